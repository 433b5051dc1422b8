import type { Assignment } from 'unbash';
import { separatorsOfRead } from './shell-builtins-input.js';
import { itemsOfVariable, type Machine, setItems, setVariable, spend, valuesOfVariable } from './shell-machine.js';
import { noteArithmetic, noteValues } from './shell-reread.js';
import { bind, mostAlternatives } from './shell-scope.js';
import { type Field, plainField, unknownField } from './shell-values.js';
import { expandText, expandWord } from './shell-words.js';

/** Sets a variable as `name=value` or `name=(…)` does. */
export function assign(machine: Machine, one: Assignment, forCommand: boolean): void {
  const { name, value } = one;
  if (one.index !== undefined) noteArithmetic(machine, expandText(machine, one.index));
  if (name === 'BASH_ALIASES' || name === 'BASH_CMDS') machine.findings.reasons.add('alias');
  if (value.type === 'ArrayValue') {
    const items = value.elements.flatMap((word) => expandWord(machine, word).flat());
    noteValues(machine, name, items);
    for (const item of items) if (item.text.startsWith('[')) noteArithmetic(machine, [indexOf(item)]);
    const before = one.append === true ? (itemsOfVariable(machine, name) ?? []) : [];
    if (!spend(machine, before.length >> 3)) return setItems(machine, name, [unknownField('variable')]);
    const all = before.length === 0 ? items : [...before, ...items];
    return setItems(machine, name, all.slice(0, 65_536));
  }
  const values = expandText(machine, value);
  // An index is evaluated wherever arithmetic meets the text later.
  if (values.some((field) => /\[\s*(\$\(|`)/.test(field.text))) machine.findings.reasons.add('eval');
  noteValues(machine, name, values);
  // It changes how `read` splits, and no word of the command itself.
  if (forCommand && name === 'IFS') return setVariable(machine, separatorsOfRead, values);
  if (one.index !== undefined) return setItem(machine, name, values);
  if (one.append !== true) return setVariable(machine, name, values);
  const items = itemsOfVariable(machine, name);
  if (items !== undefined)
    return setItems(machine, name, spend(machine, items.length >> 3) ? [...items, ...values] : values);
  const joined = valuesOfVariable(machine, name).flatMap((before) =>
    values.map((after) => appended(machine, before, after)),
  );
  setVariable(machine, name, joined.slice(0, mostAlternatives));
}

/** The index of an item such as `[x]=value`. */
function indexOf({ text }: Field): Field {
  const end = text.lastIndexOf(']=');
  return plainField(text.slice(1, end < 0 ? undefined : end));
}

function setItem(machine: Machine, name: string, values: readonly Field[]): void {
  const items = itemsOfVariable(machine, name) ?? [];
  bind(machine.scope, `$${name}`, { kind: 'items', items: [...items, ...values].slice(-64), whole: false });
}

function appended(machine: Machine, before: Field, after: Field): Field {
  // A variable that grows in a loop must not grow without end here.
  if (!spend(machine, (before.text.length + after.text.length) >> 8)) return unknownField('variable');
  const isNew = before.text === '' && before.unknown !== undefined;
  return {
    text: before.text + after.text,
    pattern: undefined,
    unknown: (isNew ? undefined : before.unknown) ?? after.unknown,
    stream: undefined,
    origin: before.origin ?? after.origin,
  };
}
