import type { WordPart } from 'unbash';
import { homeOf } from './path-normal.js';
import { type Machine, spend, valuesOfVariable } from './shell-machine.js';
import { type Cause, escapeGlob, type Field, type Output, plainField, unknownField } from './shell-values.js';

/** More names of variables are not kept of one word. */
const mostVariables = 16;

/** Collects the pieces of one word into fields. */
export class Builder {
  readonly fields: Field[] = [];
  readonly sizes: number[] = [];
  /** No splitting: everything becomes one field. */
  whole = false;
  private text = '';
  private pattern: string | undefined;
  private unknown: Cause | undefined;
  private stream: Output | undefined;
  private gap: number | undefined;
  private variables: readonly string[] | undefined;
  private origin: Output | undefined;
  private started = false;
  /** By name, which of the choices is that of a variable. */
  private picked: Map<string, number> | undefined;
  private readonly machine: Machine;
  private readonly choices: readonly number[];
  readonly outputs: Map<WordPart, Output>;

  constructor(machine: Machine, choices: readonly number[], outputs: Map<WordPart, Output>) {
    this.machine = machine;
    this.choices = choices;
    this.outputs = outputs;
  }

  /** One of the possible values of a variable, the one whose turn it is; the same wherever its name stands in the word. */
  pick(values: readonly Field[], name?: string): Field {
    if (values.length <= 1) return values[0] ?? plainField('');
    const before = name === undefined ? undefined : this.picked?.get(name);
    const at =
      before !== undefined && this.sizes[before] === values.length ? before : this.sizes.push(values.length) - 1;
    if (name !== undefined) {
      this.picked ??= new Map();
      this.picked.set(name, at);
    }
    return values[this.choices[at] ?? 0] ?? plainField('');
  }

  /** Text that is neither split nor a pattern. */
  literal(text: string): void {
    this.started = true;
    this.text += text;
    if (this.pattern !== undefined) this.pattern += escapeGlob(text);
  }

  glob(text: string): void {
    this.globbed(text, text);
  }

  /** Text whose pattern is known apart from it, as in the variable of `for f in *.ts`. */
  private globbed(text: string, pattern: string): void {
    this.started = true;
    this.pattern = (this.pattern ?? escapeGlob(this.text)) + pattern;
    this.text += text;
  }

  flow(output: Output): void {
    this.started = true;
    this.text += '/dev/fd/63';
    this.stream = output;
  }

  taint(cause: Cause | undefined): void {
    if (cause === undefined) return;
    this.started = true;
    this.unknown ??= cause;
  }

  /** The value of an expansion: unquoted it is split at blanks and its patterns are active. */
  value(field: Field, quoted: boolean): void {
    this.taint(field.unknown);
    this.stream ??= field.stream;
    this.origin ??= field.origin;
    if (field.variables !== undefined && (this.variables?.length ?? 0) < mostVariables)
      this.variables = [...(this.variables ?? []), ...field.variables].slice(0, mostVariables);
    if (field.gap !== undefined) this.gap ??= this.text.length + field.gap;
    spend(this.machine, field.text.length >> 6);
    if (field.pattern !== undefined) this.globbed(field.text, field.pattern);
    else if (quoted || this.whole) this.literal(field.text);
    else this.split(field.text);
  }

  private split(text: string): void {
    const separators = this.pick(valuesOfVariable(this.machine, 'IFS')).text;
    if (separators === ' \t\n' && !/[ \t\n*?[]/.test(text)) {
      if (text !== '') this.literal(text);
      return;
    }
    let start = 0;
    for (let i = 0; i <= text.length; i++) {
      const isEnd = i === text.length;
      if (!isEnd && !separators.includes(text[i] ?? '')) continue;
      if (i > start) this.unquoted(text.slice(start, i));
      if (!isEnd) this.endField();
      start = i + 1;
    }
  }

  private unquoted(text: string): void {
    if (/[*?[]/.test(text)) this.glob(text);
    else this.literal(text);
  }

  endField(): void {
    if (!this.started) return;
    const { text, pattern, unknown, stream, gap, origin, variables } = this;
    this.fields.push({ text, pattern, unknown, stream, gap, origin, variables });
    this.gap = undefined;
    this.variables = undefined;
    this.origin = undefined;
    this.text = '';
    this.pattern = undefined;
    this.unknown = undefined;
    this.stream = undefined;
    this.started = false;
  }

  finish(): readonly Field[] {
    this.endField();
    return this.fields;
  }
}

/** Adds a text, with what stands for `~`, `~name`, `~+`, `~-` and `~1` at the start of it. */
export function addTilde(machine: Machine, builder: Builder, text: string): void {
  const slash = text.indexOf('/');
  const name = text.slice(1, slash < 0 ? text.length : slash);
  const known = /^[+-]$/.test(name) ? valuesOfVariable(machine, name === '+' ? 'PWD' : 'OLDPWD') : undefined;
  // Folders of the stack are not followed.
  const own = /^[+-]?\d+$/.test(name) ? [unknownField('variable')] : known;
  if (own !== undefined) {
    builder.value(builder.pick(own), true);
    return builder.literal(text.slice(1 + name.length));
  }
  const folder = /^[\w.+-]*$/.test(name) ? homeOf(name, machine.home) : undefined;
  builder.literal(folder === undefined ? text : folder + text.slice(1 + name.length));
}
