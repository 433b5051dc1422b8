import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { readSource } from '../files/read-source.js';
import { Exit, type Session } from './command.js';

/** A file that a command makes. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** What a report says of a file that is not as it should be. */
export interface OutdatedWords {
  readonly code: string;
  readonly absent: string;
  readonly different: string;
  /** The command that makes the file. */
  readonly command: string;
}

/** A command line that gives the same arguments to a shell. */
export function commandText(words: readonly string[]): string {
  return words.map(quoteArgument).join(' ');
}

function quoteArgument(argument: string): string {
  return /^[\w./:@%+=,~*-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** Says which files on disk are not up to date, and fails when one is not. */
export function compareGenerated(session: Session, files: readonly GeneratedFile[], words: OutdatedWords): number {
  const diagnostics = files.flatMap((file) => differenceOf(session, file, words));
  session.report(diagnostics);
  return diagnostics.length === 0 ? Exit.ok : Exit.failure;
}

function differenceOf(session: Session, { path, text }: GeneratedFile, words: OutdatedWords): readonly Diagnostic[] {
  const full = resolve(session.cwd, path);
  const isThere = existsSync(full);
  if (isThere) {
    const source = readSource(full, path);
    if (!source.ok) return source.diagnostics;
    // A checkout may have given the lines other ends.
    if (source.value.text.replaceAll('\r\n', '\n') === text) return [];
  }
  const message = isThere ? words.different : words.absent;
  return [diagnostic(words.code, message, { file: path, help: `run \`${words.command}\`` })];
}

/** Writes files, with the folders that they are in. */
export function writeGenerated(session: Session, files: readonly GeneratedFile[]): number {
  for (const { path, text } of files) {
    const full = resolve(session.cwd, path);
    try {
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      session.report([diagnostic('file-unwritable', `cannot be written: ${why}`, { file: path })]);
      return Exit.failure;
    }
    session.err(`wrote ${path}\n`);
  }
  return Exit.ok;
}
