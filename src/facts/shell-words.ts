import {
  type ArithmeticExpression,
  forEachChild,
  type ParameterExpansionPart,
  type ParameterOperation,
  parse,
  type Script,
  type SyntaxNode,
  type Word,
  type WordPart,
} from 'unbash';
import { digitsOnly } from './path-overlap.js';
import { alternatives, type Expansion } from './shell-alternatives.js';
import { evaluateArithmetic } from './shell-arithmetic.js';
import { expandBraces } from './shell-braces.js';
import { itemsOfVariable, type Machine, noInput, spend, valuesOfVariable } from './shell-machine.js';
import { applyOperation } from './shell-parameters.js';
import { giveVariable, noteArithmetic, noteNumbers, notePrompts } from './shell-reread.js';
import { hasHole, isolated, mostAlternatives } from './shell-scope.js';
import {
  type Cause,
  type Field,
  hole,
  type Output,
  plainField,
  unknownField,
  withoutLineEnds,
} from './shell-values.js';
import { addTilde, type Builder } from './shell-word-builder.js';

/** The field of a word without quotes, expansions or patterns; undefined for other words. */
export function simpleField(word: Word): Field | undefined {
  if (word.parts !== undefined || word.text.charCodeAt(0) === 126) return undefined;
  return plainField(word.value);
}

/** All expansions of a word in the order of bash: braces, tilde, parameters, substitutions, splitting, patterns. */
export function expandWord(machine: Machine, word: Word): Expansion {
  const simple = simpleField(word);
  if (simple !== undefined) return [[simple]];
  if (!spend(machine, 1)) return [[unknownField('variable')]];
  if (word.parts?.some((part) => part.type === 'BraceExpansion') === true) return expandBraced(machine, word);
  return alternatives(machine, (builder) => {
    addWord(machine, builder, word);
    return builder.finish();
  });
}

/** A word without splitting and braces, as in assignments, redirections and here-strings. */
export function expandText(machine: Machine, word: Word): readonly Field[] {
  const simple = simpleField(word);
  if (simple !== undefined) return [simple];
  if (!spend(machine, 1)) return [unknownField('variable')];
  const lists = alternatives(machine, (builder) => {
    builder.whole = true;
    addWord(machine, builder, word);
    return builder.finish();
  });
  return lists.map((list) => list[0] ?? plainField(''));
}

/** The text of parts that stand in a here-document, where quotes mean nothing. */
export function expandParts(machine: Machine, parts: readonly WordPart[]): Field {
  const lists = alternatives(machine, (builder) => {
    builder.whole = true;
    for (const part of parts) addPart(machine, builder, part, true);
    return builder.finish();
  });
  const [first, ...others] = lists.map((list) => list[0] ?? plainField(''));
  if (first === undefined) return plainField('');
  return others.length === 0 ? first : { ...first, unknown: 'variable' };
}

function expandBraced(machine: Machine, word: Word): Expansion {
  const texts = expandBraces(word.text);
  if (texts === undefined || !spend(machine, 4 * texts.length))
    return [[{ ...unknownField('variable'), pattern: hole }]];
  if (texts.length === 1 && texts[0] === word.text) {
    return alternatives(machine, (builder) => {
      addWord(machine, builder, word);
      return builder.finish();
    });
  }
  let lists: readonly (readonly Field[])[] = [[]];
  for (const text of texts) {
    // A colon keeps a first word such as `if` or `a=b` an argument.
    const command = parse(`: ${text}`).commands[0]?.command;
    if (command?.type !== 'Command') continue;
    for (const part of command.suffix) {
      if (part.type !== 'Word') continue;
      const more = hasBraces(part) ? [[plainField(part.value)]] : expandWord(machine, part);
      lists = lists.flatMap((list) => more.map((fields) => [...list, ...fields])).slice(0, mostAlternatives);
    }
  }
  return lists;
}

function hasBraces(word: Word): boolean {
  return word.parts?.some((part) => part.type === 'BraceExpansion') ?? false;
}

function addWord(machine: Machine, builder: Builder, word: Word): void {
  const parts = word.parts;
  const tilde = word.text.charCodeAt(0) === 126;
  if (parts === undefined) {
    if (tilde) addTilde(machine, builder, word.value);
    else builder.literal(word.value);
    return;
  }
  parts.forEach((part, index) => {
    if (index === 0 && tilde && part.type === 'Literal') addTilde(machine, builder, part.value);
    else addPart(machine, builder, part, false);
  });
}

/** Whether an arithmetic expression is short enough to be read; the parser's time grows with its depth. */
export function isReadable(machine: Machine, node: { readonly pos: number; readonly end: number }): boolean {
  if (node.end - node.pos <= 16_384) return true;
  machine.findings.reasons.add('too-deep');
  return false;
}

/**
 * Pays for reading the inside of an expansion. The parser reads it again for each level, so long ones cost more: their
 * nesting is what makes the time grow.
 */
function canRead(machine: Machine, text: string): boolean {
  return spend(machine, text.length > 4096 ? text.length >> 1 : text.length >> 4);
}

function addPart(machine: Machine, builder: Builder, part: WordPart, quoted: boolean): void {
  if (part.type.endsWith('Expansion') && !canRead(machine, part.text))
    return builder.value(unknownField('variable'), true);
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return builder.literal(part.value);
    case 'DoubleQuoted':
    case 'LocaleString': {
      const isItems = part.parts.length === 1 && part.parts[0]?.text.includes('@') === true;
      if (!isItems) builder.literal('');
      for (const child of part.parts) addPart(machine, builder, child, true);
      return;
    }
    case 'Glob':
      return quoted ? builder.literal(part.value) : builder.glob(part.text);
    case 'ExtendedGlob':
      for (const child of part.parts ?? []) runEmbedded(machine, child);
      return addAlternatives(builder, part.text);
    case 'BraceExpansion':
      return builder.literal(part.text);
    case 'SimpleExpansion':
      return addVariable(machine, builder, part.text.slice(1), quoted);
    case 'ParameterExpansion':
      return addParameter(machine, builder, part, quoted);
    case 'CommandExpansion':
      return addOutput(
        builder,
        once(builder, part, () => runSubstitution(machine, part.script)),
        quoted,
      );
    case 'ArithmeticExpansion':
      return addArithmetic(machine, builder, isReadable(machine, part) ? part.expression : undefined);
    case 'ProcessSubstitution':
      return builder.flow(once(builder, part, () => runSubstitution(machine, part.script, part.operator === '>')));
  }
}

/** The names of `@(a|b)` one by one; of any other group of alternatives anything. */
function addAlternatives(builder: Builder, text: string): void {
  const names = /^[@?+]\(([\w.|-]{1,128})\)$/.exec(text)?.[1]?.split('|') ?? [];
  if (names.length === 0 || names.length > mostAlternatives >> 1) return builder.glob('*');
  if (text.startsWith('?')) names.push('');
  builder.value(builder.pick(names.map(plainField)), true);
}

/** A substitution runs once however many choices of variables surround it. */
function once(builder: Builder, part: WordPart, run: () => Output): Output {
  let output = builder.outputs.get(part);
  if (output === undefined) {
    output = run();
    builder.outputs.set(part, output);
  }
  return output;
}

function runSubstitution(machine: Machine, script: Script | undefined, fed = false): Output {
  if (script === undefined) {
    machine.findings.reasons.add('unparsable');
    return { text: undefined, decoded: false, fetched: false };
  }
  const io = fed ? { stdin: { text: undefined, decoded: false, fetched: false } } : noInput;
  return isolated(machine.scope, () => machine.runScript(script, io));
}

function addOutput(builder: Builder, output: Output, quoted: boolean): void {
  const origin = output.decoded || output.fetched || output.settings === true ? output : undefined;
  const names = output.paths ?? [unknownField('substitution')];
  if (output.text === undefined) builder.value({ ...builder.pick(names), unknown: 'substitution', origin }, quoted);
  else {
    const unknown = output.assumed === true ? 'substitution' : undefined;
    builder.value({ ...plainField(withoutLineEnds(output.text)), unknown, origin }, quoted);
  }
}

/** What a sum comes to, or how long a text is, where that is not known. */
const unknownNumber: Field = { ...unknownField('variable'), pattern: digitsOnly };

function addArithmetic(machine: Machine, builder: Builder, expression: ArithmeticExpression | undefined): void {
  if (expression === undefined) return builder.value(unknownField('variable'), true);
  runEmbedded(machine, expression);
  const value = evaluateArithmetic(expression, (name) => {
    const [field, ...others] = valuesOfVariable(machine, name);
    return field === undefined || others.length > 0 || field.unknown !== undefined ? undefined : field.text;
  });
  if (value === undefined) builder.value(unknownNumber, true);
  else builder.literal(String(value));
}

function addVariable(machine: Machine, builder: Builder, name: string, quoted: boolean): void {
  const items = name === '@' || name === '*' ? itemsOfVariable(machine, name) : undefined;
  if (items !== undefined) return addItems(machine, builder, items, quoted, name === '@');
  builder.value(builder.pick(valuesOfVariable(machine, name), name), quoted);
}

function addItems(
  machine: Machine,
  builder: Builder,
  items: readonly Field[],
  quoted: boolean,
  separate: boolean,
): void {
  // A list that grows by itself must not take longer with each command.
  if (!spend(machine, items.length >> 2)) return builder.value(unknownField('variable'), quoted);
  items.forEach((item, index) => {
    if (index > 0) {
      if (builder.whole || (quoted && !separate)) builder.literal(' ');
      else builder.endField();
    }
    if (quoted) builder.literal('');
    builder.value(item, quoted);
  });
}

function addParameter(machine: Machine, builder: Builder, part: ParameterExpansionPart, quoted: boolean): void {
  const { operation, index, prefix } = part;
  let name = part.parameter;
  notePrompts(machine, part);
  if (prefix === '!') {
    const target = operation?.type === 'Names' ? undefined : builder.pick(valuesOfVariable(machine, name));
    if (target === undefined || !/^\w+$/.test(target.text)) return builder.value(unknownField('variable'), quoted);
    name = target.text;
  }
  const all = index?.text === '@' || index?.text === '*';
  const items = itemsOfVariable(machine, name);
  if (prefix === '#') {
    if (index !== undefined) runEmbedded(machine, index);
    return addLength(machine, builder, name, all, items);
  }
  if (items !== undefined && (all || name === '@' || name === '*')) {
    const many = operation === undefined ? items : operatedItems(machine, name, items, part);
    if (many !== undefined) return addItems(machine, builder, many, quoted, (index?.text ?? name) === '@');
  }
  const value = index !== undefined && !all ? pickItem(machine, builder, items, index) : undefined;
  const field = value ?? builder.pick(itemValues(machine, name, items, all), items === undefined ? name : undefined);
  if (operation === undefined) return builder.value(field, quoted);
  builder.value(operated(machine, name, field, part), quoted);
}

/** What an operation makes of a list; undefined where the list is empty and a word takes its place. */
function operatedItems(
  machine: Machine,
  name: string,
  items: readonly Field[],
  part: ParameterExpansionPart,
): readonly Field[] | undefined {
  const { operation } = part;
  if (operation?.type === 'Default') return items.length === 0 || operation.operator.endsWith('+') ? undefined : items;
  if (operation?.type === 'Slice') return slicedItems(machine, name, items, operation);
  return items.map((item) => operated(machine, name, item, part));
}

/** Items from one place on, as in `${@:2:1}`; all of them where the place is not known. */
function slicedItems(
  machine: Machine,
  name: string,
  items: readonly Field[],
  { offset, length }: Extract<ParameterOperation, { readonly type: 'Slice' }>,
): readonly Field[] {
  const numberOf = (word: Word | undefined): number | undefined => {
    const fields = word === undefined ? [] : expandText(machine, word);
    noteArithmetic(machine, fields);
    const [field] = fields;
    return fields.length === 1 && field?.unknown === undefined && /^\s*-?\d{1,6}$/.test(field?.text ?? '')
      ? Number(field?.text)
      : undefined;
  };
  const start = numberOf(offset);
  const count = numberOf(length);
  const binding = machine.scope.bindings.get(`$${name === '*' ? '@' : name}`);
  const isWhole = binding?.kind === 'items' && binding.whole;
  if (start === undefined || (length !== undefined && count === undefined) || !isWhole)
    return items.map((item) => ({ ...item, unknown: item.unknown ?? 'variable' }));
  // The list of positional parameters starts at the name of the script.
  const all = name === '@' || name === '*' ? [...valuesOfVariable(machine, '0').slice(0, 1), ...items] : items;
  const from = start < 0 ? all.length + start : start;
  return from < 0 ? [] : all.slice(from, count === undefined ? undefined : count < 0 ? count : from + count);
}

/** With an operation on all items, each item is one possible value. */
function itemValues(
  machine: Machine,
  name: string,
  items: readonly Field[] | undefined,
  all: boolean,
): readonly Field[] {
  if (all && items !== undefined && items.length > 0) return items.slice(0, mostAlternatives);
  return valuesOfVariable(machine, name);
}

function pickItem(machine: Machine, builder: Builder, items: readonly Field[] | undefined, index: Word): Field {
  const expanded = expandText(machine, index);
  noteArithmetic(machine, expanded);
  const [at] = expanded;
  if (items === undefined || at === undefined || at.unknown !== undefined || !/^-?\d{1,6}$/.test(at.text)) {
    return items === undefined || items.length === 0
      ? unknownField('variable')
      : builder.pick(items.slice(0, mostAlternatives));
  }
  return items.at(Number(at.text)) ?? plainField('');
}

function addLength(
  machine: Machine,
  builder: Builder,
  name: string,
  all: boolean,
  items: readonly Field[] | undefined,
): void {
  if (items !== undefined && (all || name === '@' || name === '*')) return builder.literal(String(items.length));
  const field = builder.pick(valuesOfVariable(machine, name), name);
  if (field.unknown !== undefined) return builder.value(unknownNumber, true);
  builder.literal(String(field.text.length));
}

function operated(machine: Machine, name: string, field: Field, part: ParameterExpansionPart): Field {
  const { operation } = part;
  if (operation === undefined) return field;
  if (operation.type === 'Slice') {
    for (const word of [operation.offset, operation.length])
      if (word !== undefined) noteArithmetic(machine, expandText(machine, word));
  }
  if (operation.type === 'Replace' && /\$\(|`/.test(part.text)) runRaw(machine, part.text);
  if (!spend(machine, 1 + Math.min(field.text.length, 2048) ** 2 / 256)) return unknownField('variable');
  let cause: Cause | undefined;
  const textOf = (word: Word): string | undefined => {
    const [operand, ...others] = expandText(machine, word);
    if (operand === undefined || others.length > 0 || hasHole(operand)) return undefined;
    cause ??= operand.unknown;
    return operand.text;
  };
  // Operands hold commands of their own, which run whether or not their text matters.
  const result = hasHole(field)
    ? withHole(machine, field, part, textOf)
    : applyOperation(field.text, operation, textOf);
  if (result === undefined) return unknownField(field.unknown ?? 'variable');
  const isDefault = operation.type === 'Default';
  if (isDefault && operation.operator.endsWith('=') && field.text === '')
    giveVariable(machine, name, [plainField(result)]);
  // `${unset:-rm}` is taken to be `rm`, yet stays marked: the variable might be set outside.
  const { variables, origin } = field;
  return { text: result, pattern: undefined, unknown: field.unknown ?? cause, stream: undefined, origin, variables };
}

/** Runs the substitutions of `${x/$(a/b)/}`, whose pattern the parser ends at the first slash. */
function runRaw(machine: Machine, text: string): void {
  const command = parse(`: "${text.slice(2, -1).replaceAll('"', '')}"`).commands[0]?.command;
  if (command?.type === 'Command') for (const one of command.suffix) runEmbedded(machine, one);
}

function withHole(
  machine: Machine,
  field: Field,
  part: ParameterExpansionPart,
  textOf: (word: Word) => string | undefined,
): string {
  if (part.operation?.type === 'Default' && part.operation.operator.endsWith('+')) {
    return textOf(part.operation.operand) ?? hole;
  }
  runEmbedded(machine, part);
  return field.text;
}

/** Runs the command substitutions inside an expression or a pattern, whose own value is not needed. */
export function runEmbedded(machine: Machine, node: SyntaxNode): void {
  // A stack of its own: a sum of many terms is a tree as deep as it is long.
  const waiting: SyntaxNode[] = [node];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one.type === 'CommandExpansion' || one.type === 'ArithmeticCommandExpansion')
      runSubstitution(machine, one.script);
    else if (one.type === 'ProcessSubstitution') runSubstitution(machine, one.script, one.operator === '>');
    else if (spend(machine, 1)) {
      if (one.type === 'ArithmeticWord') noteNumbers(machine, one.value);
      else if (one.type === 'ParameterExpansion') notePrompts(machine, one);
      const from = waiting.length;
      forEachChild(one, (child) => {
        waiting.push(child);
      });
      reverseFrom(waiting, from);
    }
  }
}

/** Turns the end of a list round, so that a stack gives it back in order. */
function reverseFrom(list: SyntaxNode[], from: number): void {
  for (const item of list.splice(from).reverse()) list.push(item);
}
