import { contact, contentOfFile } from './shell-actions.js';
import type { Call } from './shell-call.js';
import { isStdin } from './shell-handlers-interpreters.js';
import { type Machine, spend } from './shell-machine.js';
import { type Field, type Output, plainField } from './shell-values.js';

/** Longest list of addresses that is followed. */
const mostListed = 256;

/** Contacts the addresses that a list holds, one on a line; those of a list that nobody knows are unknown. */
export function contactListed(machine: Machine, list: Output | undefined): void {
  const lines = list?.text?.split('\n', mostListed + 1);
  if (lines === undefined || lines.length > mostListed) return void machine.findings.hosts.add('unknown');
  for (const line of lines) if (!/^\s*(?:#|$)/.test(line)) contact(machine, plainField(line.trim()));
}

/** What is read from the file that a flag names, when that is known: `-` and `/dev/stdin` are what comes in. */
export function contentGiven({ machine, io }: Call, value: Field | undefined): Output | undefined {
  if (value === undefined) return undefined;
  return value.text === '-' || isStdin(value) ? io.stdin : (value.stream ?? contentOfFile(machine, value));
}

/** Reads the lines of a configuration of curl as the options that they are. */
export function runConfiguration(call: Call, value: Field): void {
  const { machine } = call;
  const text = contentGiven(call, value)?.text;
  // A file may name itself again.
  if (text === undefined || !spend(machine, 500)) return;
  const [program] = call.fields;
  if (program === undefined) return;
  const words = text.split('\n', mostListed).flatMap((line) => {
    const [, name, given] = /^\s*-{0,2}([\w-]+)[=:\s]*(.*)$/s.exec(line) ?? [];
    if (name === undefined) return [];
    const option = plainField(name.length === 1 ? `-${name}` : `--${name}`);
    const bare = (given ?? '').replace(/^"((?:[^"\\]|\\.)*)".*$/s, '$1').trim();
    return bare === '' ? [option] : [option, plainField(bare)];
  });
  if (words.length > 0) machine.runFields([program, ...words], { stdin: undefined });
}
