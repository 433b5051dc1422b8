import { normalizeSegments } from './path-normal.js';
import { requireShellContext, requireText } from './require-context.js';
import { createFindings, finishFacts } from './shell-findings.js';
import { parseScript } from './shell-parse.js';
import { createMachine, runWhole } from './shell-run.js';
import type { ShellContext, ShellFacts } from './shell-types.js';

export type { OpaqueReason, ShellContext, ShellFacts } from './shell-types.js';

/**
 * Facts about a shell command, read as bash reads it, without running anything.
 *
 * A context without absolute folders, or with options that do not exist, throws a `TypeError`.
 * Promises: no string throws, and the same input gives the same facts. Every simple command anywhere in the text counts:
 * in lists, pipelines, groups, loops, functions, substitutions and here-documents, behind wrappers such as `sudo`, `env`,
 * `xargs`, `find -exec` and `sh -c`. Quotes, escapes, braces, assignments and plain substitutions are resolved. What
 * cannot be known makes the command opaque or its paths dynamic, never empty. Branches count as if they ran.
 *
 * Does not promise: what a script in a file does, what an unlisted program does with its operands (those that look like
 * paths count as read), or where symbolic links lead.
 */
export function shellFacts(command: string, context: ShellContext): ShellFacts {
  requireText(command, 'shellFacts()');
  requireShellContext(context);
  const findings = createFindings();
  const workspace = normalizeSegments(context.workspace.normalize('NFC'));
  const places = {
    cwd: normalizeSegments(context.cwd.normalize('NFC')),
    workspace,
    home: normalizeSegments(context.home.normalize('NFC')),
  };
  // Shells drop NUL, and a text that holds one was made to be read in two ways.
  if (command.includes('\0')) findings.reasons.add('unparsable');
  const text =
    command.includes('\0') || command.includes('\r') ? command.replaceAll('\0', '').replaceAll('\r\n', '\n') : command;
  const machine = createMachine(findings, places);
  try {
    runWhole(machine, parseScript(machine, text));
  } catch (error) {
    // A caller may leave next to no stack; what was found so far stands, and the rest counts as unknown.
    if (!(error instanceof RangeError)) throw error;
    findings.reasons.add('too-deep');
  }
  return finishFacts(findings, context, workspace);
}
