import type { Redirection } from 'unbash';
import { contact, contentOfFile, touch, withoutContent } from './shell-actions.js';
import { bodyOf } from './shell-bodies.js';
import type { Io, Machine } from './shell-machine.js';
import { noteWord } from './shell-notes.js';
import { type Field, fetchedOutput, hole, type Output, plainField, unknownOutput } from './shell-values.js';
import { expandParts, expandText } from './shell-words.js';

interface Target {
  readonly field: Field;
  readonly append: boolean;
}

interface Connected {
  readonly io: Io;
  /** Files that receive what the command prints. */
  readonly targets: readonly Target[];
}

/** Applies redirections: paths are touched, and what a here-document or file feeds in is known to the command. */
export function redirect(machine: Machine, redirections: readonly Redirection[], io: Io): Connected {
  let { stdin } = io;
  let network = machine.network;
  const targets: Target[] = [];
  const intoFile = redirections.some(({ operator }) => operator === '>' || operator === '>>' || operator === '>|');
  for (const one of redirections) {
    const descriptor = one.descriptor?.type === 'FileDescriptor' ? one.descriptor.value : undefined;
    const isInput = descriptor === undefined || descriptor === 0;
    if (one.type === 'HereDoc') {
      const parts = one.body.parts;
      const body =
        parts === undefined || one.delimiter?.quoted === true
          ? plainField(bodyOf(machine, one.body.text))
          : expandParts(machine, parts);
      if (isInput) stdin = inputOf(body);
      if (!intoFile) noteWord(machine, 'echo', { ...plainField(''), variables: body.variables }, false);
      continue;
    }
    if (one.target === undefined) continue;
    for (const field of expandText(machine, one.target)) {
      if (one.type === 'HereString') {
        if (isInput) stdin = inputOf({ ...field, text: `${field.text}\n` });
        // What is fed in is as good as printed.
        noteWord(machine, 'echo', { ...plainField(''), variables: field.variables }, false);
        continue;
      }
      const copies = /^(\d+)-?$/.exec(one.operator === '<&' || one.operator === '>&' ? field.text : '');
      if (copies !== null) {
        // `0>&1` after `>& /dev/tcp/…` reads from the network too.
        if (descriptor === 0 || (descriptor === undefined && one.operator === '<&'))
          stdin = network ? fetchedOutput : unknownOutput;
        continue;
      }
      const source = redirectFile(machine, one.operator, field);
      network ||= source === fetchedOutput;
      if (network) machine.network = true;
      if (one.operator === '<' || one.operator === '<>' || one.operator === '<&')
        stdin = isInput ? (source ?? stdin) : stdin;
      const writes = one.operator.startsWith('>') || one.operator.startsWith('&');
      if (
        writes &&
        source === undefined &&
        (descriptor === undefined || descriptor === 1) &&
        field.stream === undefined
      ) {
        targets.push({ field, append: one.operator.includes('>>') });
      }
    }
  }
  return { io: stdin === io.stdin ? io : { stdin }, targets };
}

function inputOf(field: Field): Output {
  const isKnown = field.unknown === undefined && !field.text.includes(hole);
  return {
    text: isKnown ? field.text : undefined,
    partial: isKnown ? undefined : field.text,
    decoded: field.origin?.decoded ?? false,
    fetched: field.origin?.fetched ?? false,
  };
}

/** Touches the file of a redirection; gives what is read from it, or an output when it is no file. */
function redirectFile(machine: Machine, operator: string, field: Field): Output | undefined {
  if (field.stream !== undefined) return field.stream;
  const network = /^\/dev\/(?:tcp|udp)(?:\/([^/]*)|$)/.exec(field.text);
  if (network !== null) {
    machine.findings.operands.add(`${operator} /dev/tcp`);
    contact(machine, {
      ...field,
      text: network[1] ?? '',
      unknown: (network[1] ?? '').includes(hole) ? 'variable' : undefined,
    });
    return fetchedOutput;
  }
  if ((operator === '<&' || operator === '>&') && /^\d*-?$|^\uffff$/.test(field.text))
    return field.text === '0' ? undefined : unknownOutput;
  if (operator === '<') {
    // Whoever reads a file this way does more than pass on what comes in.
    machine.findings.acting++;
    touch(machine, 'read', field);
    return { ...(contentOfFile(machine, field) ?? unknownOutput), file: field };
  }
  if (operator === '<>') {
    touch(machine, 'read', field);
    withoutContent(machine, () => touch(machine, 'written', field));
    return unknownOutput;
  }
  if (operator.includes('>>')) withoutContent(machine, () => touch(machine, 'written', field));
  else touch(machine, 'written', field);
  return undefined;
}
