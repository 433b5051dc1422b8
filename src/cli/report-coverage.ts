import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CoveredPolicy } from '../analysis/coverage.js';
import { diagnostic } from '../diagnostics/diagnostic.js';
import { type OptionValues, type Session, textOption, wordOption } from './command.js';
import { coverageJson, coverageLcov } from './reporters/coverage-data.js';
import { coverageHtml } from './reporters/coverage-html.js';
import { coverageText } from './reporters/coverage-text.js';
import { reportedPath } from './reporters/places.js';

const FILES = { text: 'coverage.txt', json: 'coverage.json', lcov: 'lcov.info', html: 'index.html' } as const;

type Format = keyof typeof FILES;

/** The format that `--coverage-format` asks for. */
export function readCoverageFormat(options: OptionValues): Format | undefined {
  return wordOption(options, 'coverage-format', ['text', 'json', 'lcov', 'html']);
}

/** Writes coverage where the options say; false when it cannot be written. */
export function reportCoverage(session: Session, policies: readonly CoveredPolicy[], options: OptionValues): boolean {
  const format = readCoverageFormat(options) ?? 'text';
  const folder = textOption(options, 'coverage-out');
  const text = render(session, policies, format);
  if (folder === undefined) {
    session.out(format === 'text' ? `\n${text}` : text);
    return true;
  }
  return writeText(session, join(folder, FILES[format]), text);
}

/**
 * Writes a file and the folders on the way; false when that cannot be, which is reported. A file that says the same is
 * left alone, so that `--watch` comes to rest.
 */
export function writeText(session: Session, file: string, text: string): boolean {
  try {
    if (isText(resolve(session.cwd, file), text)) return true;
    mkdirSync(dirname(resolve(session.cwd, file)), { recursive: true });
    writeFileSync(resolve(session.cwd, file), text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    session.report([diagnostic('file-unwritable', `cannot be written: ${why}`, { file })]);
    return false;
  }
  return true;
}

function isText(path: string, text: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true && readFileSync(path, 'utf8') === text;
}

function render(session: Session, policies: readonly CoveredPolicy[], format: Format): string {
  switch (format) {
    case 'text':
      return coverageText(policies);
    case 'json':
      return `${JSON.stringify(coverageJson(policies), null, 2)}\n`;
    case 'lcov':
      return coverageLcov(policies, (name) => reportedPath(name, session) ?? name);
    case 'html':
      return coverageHtml(policies);
  }
}
