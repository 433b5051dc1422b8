import { type Diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { findFiles } from '../files/find-files.js';
import type { Source } from '../text/source.js';
import type { Session } from './command.js';

/** Reads what a person names as policies: files, folders, globs, or `-` for standard input. */
export async function readPolicySources(
  session: Session,
  inputs: readonly string[],
): Promise<Result<readonly Source[]>> {
  const named = inputs.filter((input) => input !== '-');
  const files = await findFiles(named, { cwd: session.cwd, endings: ['.cedar'], noun: 'policy files' });
  if (!files.ok) return files;
  const stdin = inputs.filter((input) => input === '-');
  const sources: Source[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of [...stdin, ...files.value]) {
    const source = await session.read(file);
    if (source.ok) sources.push(source.value);
    else diagnostics.push(...source.diagnostics);
  }
  return diagnostics.length > 0 ? failure(diagnostics) : success(sources);
}
