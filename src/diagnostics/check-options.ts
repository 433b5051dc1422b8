import { type Diagnostic, diagnostic } from './diagnostic.js';
import { didYouMean } from './did-you-mean.js';

/** What an option may be, with the words that say so. */
export interface OptionRule {
  readonly allowed: string;
  readonly test: (value: unknown) => boolean;
  /** Whether it has to be there. */
  readonly required?: boolean;
}

/** All options of a function, by name. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

/** One of a few values. */
export function oneOf(...choices: readonly unknown[]): OptionRule {
  return { allowed: choices.map(String).join(', '), test: (value) => choices.includes(value) };
}

/** A number for which `test` holds, which `allowed` says in words. */
export function numberThat(allowed: string, test: (value: number) => boolean): OptionRule {
  return { allowed, test: (value) => typeof value === 'number' && test(value) };
}

/** An object with functions of these names. */
export function objectWith(allowed: string, ...functions: readonly string[]): OptionRule {
  return {
    allowed,
    test: (value) =>
      typeof value === 'object' &&
      value !== null &&
      functions.every((name) => typeof Reflect.get(value, name) === 'function'),
  };
}

/** The same, and it has to be there. */
export function required(rule: OptionRule): OptionRule {
  return { ...rule, required: true };
}

export const ANYTHING: OptionRule = { allowed: 'anything', test: () => true };
export const TEXT: OptionRule = { allowed: 'a text', test: (value) => typeof value === 'string' };
export const NONEMPTY_TEXT: OptionRule = {
  allowed: 'a text that is not empty',
  test: (value) => typeof value === 'string' && value !== '',
};
export const TEXTS: OptionRule = {
  allowed: 'a list of texts',
  test: (value) => Array.isArray(value) && value.every((member) => typeof member === 'string'),
};
export const FUNCTION: OptionRule = { allowed: 'a function', test: (value) => typeof value === 'function' };
export const SWITCH = oneOf(true, false);
export const BYTES_OR_TEXT: OptionRule = {
  allowed: 'a text or bytes',
  test: (value) => typeof value === 'string' || value instanceof Uint8Array,
};

/** Options that do not exist, or have a value that they do not know: these must not quietly mean the default. */
export function checkOptions(given: object, rules: OptionRules, noun: string): readonly Diagnostic[] {
  const known = Object.keys(rules);
  const wrong = Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule !== undefined) return value === undefined || rule.test(value) ? [] : [badValue(name, noun, rule)];
    const near = didYouMean(name, known);
    const help = near === undefined ? `there are ${known.join(', ')}` : `did you mean \`${near}\`?`;
    return [diagnostic('bad-setting', `there is no ${noun} ${JSON.stringify(name)}`, { help })];
  });
  const missing = Object.entries(rules).filter(([name, rule]) => rule.required === true && !isGiven(given, name));
  return [
    ...wrong,
    ...missing.map(([name, { allowed }]) =>
      diagnostic('bad-setting', `the ${noun} \`${name}\` is missing`, { help: `needed: ${allowed}` }),
    ),
  ];
}

function isGiven(given: object, name: string): boolean {
  return Reflect.get(given, name) !== undefined;
}

/** The problem of an option with a value that it does not know. */
export function badValue(name: string, noun: string, { allowed }: OptionRule): Diagnostic {
  const message = `the ${noun} \`${name}\` has a value that it does not know`;
  return diagnostic('bad-setting', message, { help: `known: ${allowed}` });
}

/** Throws for options of a function that do not exist or have a wrong value, since that is misuse; undefined is none. */
export function requireOptions(given: unknown, rules: OptionRules, of: string): void {
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    throw new TypeError(`the options of ${of} are no object`);
  const wrong = checkOptions(given ?? {}, rules, `option of ${of}`);
  if (wrong.length === 0) return;
  throw new TypeError(wrong.map(({ message, help }) => `${message} (${help})`).join('; '));
}
