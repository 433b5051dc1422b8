import type { IToken } from 'chevrotain';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { Span } from '../text/source.js';
import type { BareName } from './names.js';
import { isVariable } from './names.js';
import type { Problems } from './problems.js';
import { Assign, describeToken, Integer, LeftBracket, Percent, Slash, Text } from './tokens.js';

const ONLY_ENTITIES =
  'the scope compares with entities such as `User::"alice"`; other conditions belong in `when { .. }`';

/** Complains about what stands where the scope needs an entity. */
export function refuseReference(problems: Problems, found: IToken, place: Span, variable: string): void {
  const type = variable === 'action' ? 'Action' : 'Type';
  const helps = new Map([
    [Text, found.image.length <= 40 ? `write \`${type}::${found.image}\`` : ONLY_ENTITIES],
    [Integer, ONLY_ENTITIES],
    [LeftBracket, 'lists of actions cannot be nested'],
  ]);
  problems.report('expected-entity', place, `expected an entity, found ${describeToken(found)}`, {
    help: helps.get(found.tokenType) ?? ONLY_ENTITIES,
    data: { found: found.image.slice(0, 40) },
  });
}

/** Complains about a name without an id where the scope needs an entity. */
export function refuseName(problems: Problems, { name, span }: BareName, variable: string): void {
  const cut = name.lastIndexOf('::');
  const help = isVariable(name)
    ? ONLY_ENTITIES
    : cut > 0
      ? `the id of an entity is a string: \`${name.slice(0, cut)}::"${name.slice(cut + 2)}"\``
      : variable === 'action'
        ? `write \`Action::"${name}"\``
        : `write \`Type::"${name}"\`, or \`${variable} is ${name}\` for all entities of a type`;
  problems.report('expected-entity', span, `expected an entity, found \`${name}\``, { help, data: { found: name } });
}

export function refuseScopeOperator(problems: Problems, found: IToken, place: Span): void {
  if (found.tokenType === Assign) {
    problems.report('foreign-operator', place, '`=` is not an operator of Cedar', {
      help: 'write `==`',
      data: { found: '=', meant: '==' },
    });
    return;
  }
  const isArithmetic = found.tokenType === Slash || found.tokenType === Percent;
  problems.report('invalid-scope-operator', place, `\`${found.image}\` cannot be used in the scope`, {
    help: isArithmetic ? undefined : 'the scope knows `==`, `in` and `is`; anything else belongs in `when { .. }`',
    data: { found: found.image },
  });
}

export function refuseColon(problems: Problems, place: Span, variable: string): void {
  problems.report('scope-type-colon', place, 'a type is not given with `:`', { help: `write \`${variable} is Type\`` });
}

export function refuseLateIs(problems: Problems, place: Span): void {
  problems.report('invalid-scope-is', place, '`is` must stand before `in`', { help: 'write `is Type in entity`' });
}

/** The effect that a word was probably meant to be. */
export function meantEffect(word: string): string | undefined {
  return EFFECT_WORDS.get(word.toLowerCase()) ?? didYouMean(word, ['permit', 'forbid']);
}

/** Complains about a word where `permit` or `forbid` belongs. */
export function refuseEffect(problems: Problems, found: IToken, place: Span): void {
  const meant = meantEffect(found.image);
  problems.report(
    'invalid-effect',
    place,
    `a policy begins with \`permit\` or \`forbid\`, not with \`${found.image}\``,
    {
      help: meant === undefined ? undefined : `did you mean \`${meant}\`?`,
      data: { found: found.image, ...(meant === undefined ? {} : { meant }) },
    },
  );
}

const EFFECT_WORDS: ReadonlyMap<string, string> = new Map([
  ['allow', 'permit'],
  ['grant', 'permit'],
  ['deny', 'forbid'],
  ['reject', 'forbid'],
]);

/** Complains about a word where `when` or `unless` belongs; `isMissing` when no word stands there at all. */
export function refuseConditionWord(problems: Problems, found: IToken, place: Span, isMissing: boolean): void {
  if (isMissing) {
    problems.report('invalid-condition-keyword', place, 'a condition begins with `when` or `unless`', {
      help: 'write `when { .. }`',
      data: { found: found.image },
    });
    return;
  }
  const word = found.image.toLowerCase();
  const meant = CONDITION_WORDS.get(word) ?? didYouMean(found.image, ['when', 'unless']);
  problems.report(
    'invalid-condition-keyword',
    place,
    `a condition begins with \`when\` or \`unless\`, not with \`${found.image}\``,
    {
      help: meant === undefined ? undefined : `did you mean \`${meant}\`?`,
      data: { found: found.image, ...(meant === undefined ? {} : { meant }) },
    },
  );
}

const CONDITION_WORDS: ReadonlyMap<string, string> = new Map([
  ['if', 'when'],
  ['where', 'when'],
  ['while', 'when'],
  ['and', 'when'],
  ['except', 'unless'],
  ['not', 'unless'],
]);

/** Complains about a token that has no place in a scope. */
export function refuseScopeToken(problems: Problems, found: IToken, place: Span, expected: string): void {
  problems.report('unexpected-token', place, `expected ${expected}, found ${describeToken(found)}`, {
    data: { expected, found: found.image.slice(0, 40) },
  });
}
