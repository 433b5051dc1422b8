import { resolve } from 'node:path';
import { diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import { fileProblem, readSource, sourceOfBytes } from '../files/read-source.js';
import type { Source } from '../text/source.js';
import type { Session, Terminal } from './command.js';
import type { Reporter } from './reporters/reporter.js';

/** Name of standard input in messages. */
const STDIN = '<stdin>';

/** Starts one run of a command. */
export function openSession(terminal: Terminal, reporter: Reporter): Session {
  let isStdinTaken = false;
  const readStdin = async (most: number | undefined): Promise<Result<Source>> => {
    if (isStdinTaken) {
      return failure([
        diagnostic('stdin-twice', 'standard input was read already', {
          file: STDIN,
          help: '`-` can stand for one input only; give the others as files',
        }),
      ]);
    }
    isStdinTaken = true;
    try {
      return sourceOfBytes(await terminal.stdin(most), STDIN);
    } catch (error) {
      return failure([fileProblem(STDIN, error)]);
    }
  };
  return {
    ...terminal,
    format: reporter.format,
    read: (file, most) =>
      file === '-' ? readStdin(most) : Promise.resolve(readSource(resolve(terminal.cwd, file), file)),
    report: (diagnostics) => reporter.add(diagnostics),
    summarize: (summary) => reporter.summarize(summary),
  };
}
