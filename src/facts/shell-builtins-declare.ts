import { runSource } from './shell-actions.js';
import type { Builtin } from './shell-builtins-input.js';
import { itemsOfVariable, type Machine, noInput, setItems, valuesOfVariable } from './shell-machine.js';
import { giveVariable, noteArithmetic, noteNumbers } from './shell-reread.js';
import { type Field, plainField, silent, sliceField } from './shell-values.js';

const assignment = /^([A-Za-z_]\w*)(\+?)=/;

/** export, declare, local and readonly: the assignments among the words. */
export const declare: Builtin = (machine, fields) => {
  const exported = fields[0]?.text === 'export' || fields.some((field) => /^-\w*x/.test(field.text));
  // Without names they print what there is.
  if (
    fields.slice(1).every((field) => /^-\w*[px]?$/.test(field.text)) &&
    (exported || fields.length === 1 || fields.some((field) => /^-\w*p/.test(field.text)))
  )
    machine.findings.printsEnvironment = true;
  let letters = '';
  for (const field of fields.slice(1)) {
    if (/^[-+]/.test(field.text)) {
      if (field.text.startsWith('-')) letters += field.text.slice(1);
      if (/^-\w*n/.test(field.text) && fields[0]?.text !== 'export') machine.findings.reasons.add('name-reference');
    } else declareOne(machine, field, letters, exported);
  }
  return silent;
};

function declareOne(machine: Machine, field: Field, letters: string, exported: boolean): void {
  const isArray = /[aA]/.test(letters);
  const match = assignment.exec(field.text);
  if (match !== null) {
    const [all, name = '', plus = ''] = match;
    if (letters.includes('i')) machine.integers.add(name);
    const value = sliceField(field, all.length);
    const items = isArray || itemsOfVariable(machine, name) !== undefined;
    if (items && /^\s*\(.*\)\s*$/s.test(value.text)) return declareItems(machine, name + plus, value);
    const before = plus === '+' ? valuesOfVariable(machine, name) : undefined;
    return giveVariable(machine, name, before?.map((one) => joined(one, value)) ?? [value]);
  }
  const item = /^([A-Za-z_]\w*)\[/.exec(field.text);
  if (item !== null) {
    // The index is evaluated, however the word was quoted.
    const end = field.text.indexOf('=', field.text.lastIndexOf(']'));
    noteArithmetic(machine, [plainField(field.text.slice(0, end < 0 ? undefined : end))]);
    return giveVariable(machine, item[0], [end < 0 ? plainField('') : sliceField(field, end + 1)]);
  }
  if (!/^\w+$/.test(field.text)) return;
  if (exported) machine.findings.environment.add(field.text);
  if (letters.includes('i')) {
    machine.integers.add(field.text);
    // A list that was given with it is set already.
    noteNumbers(machine, field.text);
  }
  if (isArray && itemsOfVariable(machine, field.text) === undefined) setItems(machine, field.text, []);
}

/** A quoted list such as `declare -a 'x=(…)'` is expanded again. */
function declareItems(machine: Machine, target: string, value: Field): void {
  if (value.unknown !== undefined || /[$`]/.test(value.text)) machine.findings.reasons.add('eval');
  runSource(machine, `${target}=${value.text}`, noInput);
}

function joined(before: Field, after: Field): Field {
  return {
    text: before.text + after.text,
    pattern: undefined,
    unknown: before.unknown ?? after.unknown,
    stream: undefined,
    origin: before.origin ?? after.origin,
  };
}
