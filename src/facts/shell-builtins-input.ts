import { runShellText } from './shell-actions.js';
import { type Io, type Machine, valuesOfVariable } from './shell-machine.js';
import { giveItems, giveVariable, noteArithmetic } from './shell-reread.js';
import { type Cause, type Field, type Output, plainField, silent, unknownField } from './shell-values.js';

/** Runs a builtin of the shell; its words start with its own name. */
export type Builtin = (machine: Machine, fields: readonly Field[], io: Io) => Output;

/** Under this name the separators are kept that `IFS=, read a b` sets for its own command. */
export const separatorsOfRead = 'IFS of read';

/** read: each line that comes in is one possible value. */
export const read: Builtin = (machine, fields, io) => {
  const names: string[] = [];
  let array = false;
  for (let i = 1; i < fields.length; i++) {
    const { text } = fields[i] ?? plainField('');
    if (/^-\w*[dinNptu]$/.test(text)) i++;
    else if (/^-\w*a/.test(text)) array = true;
    else if (!text.startsWith('-')) names.push(text);
  }
  noteArithmetic(machine, names.map(plainField));
  if (names.length === 0) names.push('REPLY');
  const lines = io.stdin?.text?.split('\n').filter((line) => line !== '');
  const given = io.stdin?.paths ?? [unknownField('substitution')];
  if (array && names[0] !== undefined)
    giveItems(
      machine,
      names[0],
      (lines?.[0] === undefined ? undefined : wordsOf(lines[0], separatorsNow(machine)))?.map(plainField) ?? given,
    );
  else if (lines === undefined || lines.length > 16) for (const name of names) giveVariable(machine, name, given);
  else readWords(machine, names, lines, io.stdin?.assumed === true ? 'substitution' : undefined);
  return silent;
};

/** The separators of this command when they are not blanks; undefined otherwise, and when they are not known. */
function separatorsNow(machine: Machine): string | undefined {
  const own = machine.scope.bindings.has(`$${separatorsOfRead}`);
  const [field, ...others] = valuesOfVariable(machine, own ? separatorsOfRead : 'IFS');
  return others.length > 0 || field === undefined || /^\s+$/.test(field.text) ? undefined : field.text;
}

function wordsOf(line: string, separators: string | undefined): readonly string[] {
  if (separators === undefined) return line.trim().split(/\s+/);
  const words = [''];
  for (const character of line) {
    if (separators.includes(character)) words.push('');
    else words[words.length - 1] += character;
  }
  return words;
}

/** Each line is one possible value; the last name takes what is left of it. */
function readWords(
  machine: Machine,
  names: readonly string[],
  lines: readonly string[],
  unknown: Cause | undefined,
): void {
  const separators = separatorsNow(machine);
  const glue = separators === undefined ? ' ' : (separators[0] ?? '');
  names.forEach((name, index) => {
    const values = lines.map((line) => {
      const words = wordsOf(line, separators);
      const text = index + 1 === names.length ? words.slice(index).join(glue) : (words[index] ?? '');
      return { ...plainField(text), unknown };
    });
    giveVariable(machine, name, values.length === 0 ? [plainField('')] : values);
  });
}

/** mapfile and readarray, with the command of `-C`. */
export const readArray: Builtin = (machine, fields, io) => {
  const callback = fields.findIndex((field) => /^-\w*C$/.test(field.text));
  const code = fields[callback + 1];
  if (callback > 0 && code !== undefined) runShellText(machine, code, { stdin: undefined });
  const name =
    fields
      .slice(1)
      .filter((field) => !field.text.startsWith('-'))
      .at(-1)?.text ?? 'MAPFILE';
  const lines = io.stdin?.text?.split('\n').filter((line) => line !== '');
  giveItems(
    machine,
    name,
    lines?.map((line) => ({
      ...plainField(line),
      unknown: io.stdin?.assumed === true ? 'substitution' : undefined,
    })) ??
      io.stdin?.paths ?? [unknownField('substitution')],
  );
  return silent;
};
