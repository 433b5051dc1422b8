import { resolve } from 'node:path';
import { diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import { fileProblem, readSource, sourceOfBytes } from '../files/read-source.js';
import type { Source } from '../text/source.js';
import type { Session, Terminal } from './command.js';
import type { Reporter } from './reporters/reporter.js';
import { showProgress } from './show-progress.js';

/** Name of standard input in messages. */
const STDIN = '<stdin>';

/** Standard input as a file, which cannot be opened when it is a socket. */
const STDIN_FILES: ReadonlySet<string> = new Set(['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/** Starts one run of a command. */
export function openSession(terminal: Terminal, reporter: Reporter): Session {
  let isStdinTaken = false;
  const readStdin = async (name: string, most: number | undefined): Promise<Result<Source>> => {
    if (isStdinTaken) {
      return failure([
        diagnostic('stdin-twice', 'standard input was read already', {
          file: name,
          help: '`-` can stand for one input only; give the others as files',
        }),
      ]);
    }
    isStdinTaken = true;
    try {
      return sourceOfBytes(await terminal.stdin(most), name);
    } catch (error) {
      return failure([fileProblem(name, error)]);
    }
  };
  return {
    ...terminal,
    format: reporter.format,
    read: (file, most) => {
      if (file === '-') return readStdin(STDIN, most);
      const path = resolve(terminal.cwd, file);
      return STDIN_FILES.has(path) ? readStdin(file, most) : Promise.resolve(readSource(path, file));
    },
    report: (diagnostics) => reporter.add(diagnostics),
    summarize: (summary) => reporter.summarize(summary),
    progress: showProgress(terminal),
  };
}
