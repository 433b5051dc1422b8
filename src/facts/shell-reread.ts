import type { ParameterExpansionPart } from 'unbash';
import { noteEnvironment, runPrompt } from './shell-environment.js';
import { itemsOfVariable, type Machine, setItems, setVariable, spend, valuesOfVariable } from './shell-machine.js';
import { type Field, hole, unknownField } from './shell-values.js';

/** What runs something when a text is expanded once more. */
const runs = /\$\(|`|@P\}/;
/** Texts of more characters are no numbers and name none. */
const longestNumber = 1024;
/** More names are not followed from one number to the next. */
const mostNames = 64;

/** Texts in an arithmetic place or an index are evaluated again, with the substitutions in them and in what they name. */
export function noteArithmetic(machine: Machine, fields: readonly Field[]): void {
  for (const field of fields) {
    if (runs.test(field.text)) machine.findings.reasons.add('eval');
    else noteNumbers(machine, field.text);
  }
}

/** Looks for substitutions in the variables that an arithmetic text names, and in those that their values name. */
export function noteNumbers(machine: Machine, text: string): void {
  if (machine.scope.bindings.size < 2) return;
  const waiting = [text];
  const seen = new Set<string>();
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one.length > longestNumber || seen.size > mostNames) return void machine.findings.reasons.add('too-deep');
    for (const [, name, position] of one.matchAll(/([A-Za-z_]\w*)|\$\{?(\d+|[@*])/g)) {
      const key = name ?? position ?? '';
      if (seen.has(key) || !spend(machine, 1)) continue;
      seen.add(key);
      for (const value of heldBy(machine, key)) {
        if (runs.test(value.text) || isHidden(value)) return void machine.findings.reasons.add('eval');
        if (/[A-Za-z_]/.test(value.text) && value.text.length <= longestNumber) waiting.push(value.text);
      }
    }
  }
}

/** Whether a value came out of a decoder, other than a filter of what a program has counted. */
function isHidden({ origin }: Field): boolean {
  return origin?.decoded === true && origin.measured !== true;
}

function heldBy(machine: Machine, name: string): readonly Field[] {
  const isOwn = /^[A-Za-z_]/.test(name);
  if (isOwn && !machine.scope.bindings.has(`$${name}`)) return [];
  return itemsOfVariable(machine, name) ?? valuesOfVariable(machine, name);
}

/** A value that is expanded as a prompt is, as in `${x@P}`, runs the substitutions in it. */
export function notePrompts(machine: Machine, part: ParameterExpansionPart): void {
  const { operation } = part;
  if (operation?.type !== 'Transform' || operation.operand.text !== 'P') return;
  for (const field of expandedBy(machine, part)) {
    const isKnown = field.unknown === undefined && !field.text.includes(hole);
    if (isKnown && !/[$`\\]/.test(field.text)) continue;
    machine.findings.reasons.add('eval');
    runPrompt(machine, field.text);
  }
}

/** Every value that an expansion may take, whichever item it asks for. */
function expandedBy(machine: Machine, { parameter, prefix }: ParameterExpansionPart): readonly Field[] {
  const valuesOf = (name: string): readonly Field[] =>
    itemsOfVariable(machine, name) ?? valuesOfVariable(machine, name);
  const own = valuesOf(parameter);
  if (prefix !== '!') return own;
  return own.flatMap((target) => (/^\w+$/.test(target.text) ? valuesOf(target.text) : [unknownField('variable')]));
}

/** Gives a variable, or an item of an array, its values, some of which mean something to whoever reads the variable. */
export function giveVariable(machine: Machine, name: string, values: readonly Field[]): void {
  const bracket = name.indexOf('[');
  const own = bracket < 0 ? name : name.slice(0, bracket);
  noteValues(machine, own, values);
  if (bracket < 0) setVariable(machine, own, values);
  else setItems(machine, own, [...(itemsOfVariable(machine, own) ?? []), ...values].slice(-mostNames));
}

/** Gives an array its items. */
export function giveItems(machine: Machine, name: string, items: readonly Field[]): void {
  noteValues(machine, name, items);
  setItems(machine, name, items);
}

/** Records what the values of a variable do by its name alone, or as numbers. */
export function noteValues(machine: Machine, name: string, values: readonly Field[]): void {
  if (values.length === 0) machine.findings.environment.add(name);
  for (const value of values) noteEnvironment(machine, name, value);
  if (machine.integers.has(name)) noteArithmetic(machine, values);
}
