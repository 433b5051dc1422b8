import { applyRole, runShellText, touch } from './shell-actions.js';
import { readAwk } from './shell-awk.js';
import { type Handler, hasFlag } from './shell-call.js';
import type { Machine } from './shell-machine.js';
import { noteWord } from './shell-notes.js';
import { type Field, plainField } from './shell-values.js';

/** Commands inside sed scripts that run something or touch files. */
export const sed: Handler = (call) => {
  const { machine, args } = call;
  const given = args.flags.filter((flag) => flag.name === '-e' || flag.name === '-f');
  const scripts =
    given.length === 0
      ? args.operands.slice(0, 1)
      : given.filter((flag) => flag.name === '-e').map((flag) => flag.value);
  const files = given.length === 0 ? args.operands.slice(1) : args.operands;
  for (const script of scripts) if (script !== undefined) readSedScript(machine, script);
  const inPlace = hasFlag(call, '-i');
  for (const field of files) applyRole(machine, inPlace ? 'a' : 'r', field);
  return 'filtered';
};

function readSedScript(machine: Machine, script: Field): void {
  const { text } = script;
  let at = 0;
  const skipTo = (delimiter: string): void => {
    for (at++; at < text.length && text[at] !== delimiter; at++) if (text[at] === '\\') at++;
  };
  const toLineEnd = (): string => {
    const end = text.indexOf('\n', at);
    const line = text.slice(at + 1, end < 0 ? text.length : end).trim();
    at = end < 0 ? text.length : end;
    return line;
  };
  for (; at < text.length; at++) {
    const c = text[at] ?? '';
    if (c === '/') skipTo('/');
    else if (c === '\\' && /\W/.test(text[at + 1] ?? ' ')) skipTo(text[++at] ?? '');
    else if (c === '#' || c === 'a' || c === 'i' || c === 'c' || c === ':') toLineEnd();
    else if (c === 'b' || c === 't' || c === 'T')
      while (at + 1 < text.length && !/[;\n}]/.test(text[at + 1] ?? '')) at++;
    else if (c === 'e') runSedCommand(machine, toLineEnd());
    else if (c === 'w' || c === 'W') touch(machine, 'written', plainField(toLineEnd()));
    else if (c === 'r' || c === 'R') touch(machine, 'read', plainField(toLineEnd()));
    else if (c === 's' || c === 'y') {
      const delimiter = text[at + 1] ?? '';
      at++;
      skipTo(delimiter);
      const start = at + 1;
      skipTo(delimiter);
      const replacement = text.slice(start, at);
      at++;
      for (; at < text.length && /[\w]/.test(text[at] ?? ''); at++) {
        if (text[at] === 'e') runSedCommand(machine, replacement);
        if (text[at] === 'w') touch(machine, 'written', plainField(toLineEnd()));
      }
      at--;
    }
  }
}

function runSedCommand(machine: Machine, text: string): void {
  machine.findings.reasons.add('other-language');
  if (text !== '') runShellText(machine, plainField(text), { stdin: undefined });
}

/** awk programs that only print are no code worth the name; those that run or write something are. */
export const awk: Handler = (call) => {
  const { machine, args } = call;
  const programGiven = hasFlag(call, '-f', '-E', '-e');
  const texts = programGiven
    ? args.flags.filter((flag) => flag.name === '-e').map((flag) => flag.value)
    : args.operands.slice(0, 1);
  const files = programGiven ? args.operands : args.operands.slice(1);
  for (const text of texts) {
    if (text === undefined) continue;
    if (/\bin\s+ENVIRON\b/.test(text.text)) machine.findings.printsEnvironment = true;
    readAwk(machine, text.text);
    if (text.unknown === 'substitution') machine.findings.reasons.add('other-language');
  }
  for (const { name, value } of args.flags) {
    // A program that comes in by `<(…)` is seen by nobody else.
    if (name !== '-f' && name !== '-E') continue;
    const program = value?.text === '-' || value?.text === '/dev/stdin' ? call.io.stdin : value?.stream;
    if (program === undefined) continue;
    if (value?.stream !== undefined) machine.findings.reasons.add('other-language');
    readAwk(machine, program.text ?? '@');
  }
  const inPlace = args.flags.some((flag) => flag.name === '-i' && flag.value?.text === 'inplace');
  for (const field of files) {
    if (/^[A-Za-z_]\w*=/.test(field.text)) continue;
    applyRole(machine, inPlace ? 'a' : 'r', field);
  }
  return 'filtered';
};

/** Assignments that only take something out. */
const removals = /\|=\s*(?:with_entries\(select|map\(select|map_values\(select|del)\b/g;

/** jq and yq read the environment as `env` and `$ENV`, and change what they are given by assignments. */
export const jq: Handler = (call) => {
  const { machine, name, args } = call;
  const evaluates = name === 'yq' && /^(e|ea|eval|eval-all)$/.test(args.operands[0]?.text ?? '');
  const [first, ...files] = evaluates ? args.operands.slice(1) : args.operands;
  const program = first?.text ?? '';
  // These options take a name and then a file.
  call.fields.forEach(({ text }, index) => {
    const file = /^--(?:rawfile|slurpfile)$/.test(text) ? call.fields[index + 2] : undefined;
    if (file !== undefined) applyRole(machine, 'r', file);
  });
  for (const [, , field] of program.matchAll(
    /(?<![.\w$"])(env|\$ENV|strenv|envsubst)(?![\w"])(?:\s*\.\s*(\w{1,64})|\s*[[(]\s*"?(\w{1,64})"?\s*[\])])?/g,
  )) {
    if (field === undefined) machine.findings.printsEnvironment = true;
    else noteWord(machine, 'printenv', { ...plainField(''), variables: [field] }, false);
  }
  if (/(?<![=!<>])=(?!=)|[+*]|\bset(path)?\b|\{/.test(program.replace(removals, '')))
    machine.findings.settings.add(`${name} changes`);
  if (name !== 'yq') return undefined;
  // Without a program the file is printed as it is.
  if (files.length === 0 && call.io.stdin === undefined && first !== undefined) applyRole(machine, 'm', first);
  for (const file of files) applyRole(machine, hasFlag(call, '-i') ? 'a' : 'r', file);
  return 'filtered';
};
