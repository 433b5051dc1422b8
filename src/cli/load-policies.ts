import { resolve } from 'node:path';
import { combinePolicySets } from '../ast/combine-policy-sets.js';
import type { PolicySet } from '../ast/policy.js';
import { type Diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { findFiles } from '../files/find-files.js';
import { readSource } from '../files/read-source.js';
import { parsePolicies } from '../parser/parse-policies.js';
import { createSource, type Source } from '../text/source.js';
import type { Terminal } from './command.js';

export interface LoadedPolicies {
  readonly sources: readonly Source[];
  /** All files as one set, with the ids that the command line uses; undefined when something is wrong with them. */
  readonly policySet: PolicySet | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads what a person names as policies: files, folders, globs, or `-` for standard input. */
export async function readPolicySources(
  terminal: Terminal,
  inputs: readonly string[],
): Promise<Result<readonly Source[]>> {
  const sources: Source[] = [];
  if (inputs.includes('-')) sources.push(createSource(await terminal.stdin(), '<stdin>'));
  const files = await findFiles(
    inputs.filter((input) => input !== '-'),
    { cwd: terminal.cwd, endings: ['.cedar'], noun: 'policy files' },
  );
  if (!files.ok) return files;
  const diagnostics: Diagnostic[] = [];
  for (const file of files.value) {
    const source = readSource(resolve(terminal.cwd, file), file);
    if (source.ok) sources.push(source.value);
    else diagnostics.push(...source.diagnostics);
  }
  return diagnostics.length > 0 ? failure(diagnostics) : success(sources);
}

/** Reads and parses policies; all problems of all files are in the diagnostics. */
export async function loadPolicies(terminal: Terminal, inputs: readonly string[]): Promise<LoadedPolicies> {
  const sources = await readPolicySources(terminal, inputs);
  if (!sources.ok) return { sources: [], policySet: undefined, diagnostics: sources.diagnostics };
  const parsed = sources.value.map(parsePolicies);
  const sets = parsed.flatMap((result) => (result.ok ? [result.value] : []));
  const combined = combinePolicySets(sets);
  const diagnostics = [...parsed.flatMap((result) => result.diagnostics), ...combined.diagnostics];
  const complete = combined.ok && sets.length === parsed.length;
  return { sources: sources.value, policySet: complete ? combined.value : undefined, diagnostics };
}
