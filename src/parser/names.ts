import type { Expr, VariableName } from '../ast/expression.js';
import { RESERVED_WORDS } from '../ast/operators.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { Span } from '../text/source.js';
import { type PlacedText, spanOf } from './places.js';
import type { Problems } from './problems.js';

const VARIABLES: Readonly<Record<VariableName, true>> = {
  principal: true,
  action: true,
  resource: true,
  context: true,
};

/** A name that is not an entity and not a variable: right before `(` it is a function, anywhere else it is a mistake. */
export interface BareName {
  readonly kind: 'name';
  readonly name: string;
  readonly span: Span;
}

/** Words of other languages for a value, with what to use in Cedar. */
const FOREIGN_VALUES: ReadonlyMap<string, string> = new Map([
  ...['null', 'nil', 'none', 'None', 'undefined'].map(
    (word) => [word, 'Cedar has no null: ask with `has` whether an attribute is there'] as const,
  ),
  ...['True', 'TRUE'].map((word) => [word, 'write `true`'] as const),
  ...['False', 'FALSE'].map((word) => [word, 'write `false`'] as const),
  ...['subject', 'user', 'actor'].map((word) => [word, 'the one who acts is `principal`'] as const),
  ...['object', 'target'].map((word) => [word, 'what is acted upon is `resource`'] as const),
  ...['request', 'env', 'environment', 'ctx'].map((word) => [word, 'data of the request is in `context`'] as const),
]);

export function isVariable(word: string): word is VariableName {
  return Object.hasOwn(VARIABLES, word);
}

/** Stands for an expression that has been complained about; nothing further is said about it. */
export const BROKEN: Expr = { kind: 'boolean', value: false, span: undefined };

/** Complains if a word cannot be a part of a type name or the name of an attribute. */
export function checkName(problems: Problems, token: PlacedText, what: 'name' | 'attribute' | 'key'): void {
  const word = token.image;
  const reserved = RESERVED_WORDS.has(word);
  if (!reserved && word !== '__cedar') return;
  const helps = {
    name: 'choose another name',
    attribute: `write \`["${word}"]\` to read the attribute`,
    key: `write the name as a string: \`"${word}"\``,
  };
  problems.report('reserved-word', spanOf(token), `\`${word}\` is reserved and cannot be used as a name here`, {
    help: helps[what],
    data: { word },
  });
}

/** Complains about a bare name that is used as a value. */
export function refuseBareName(problems: Problems, { name, span }: BareName): Expr {
  const data = { name };
  if (name.includes('::')) {
    const cut = name.lastIndexOf('::');
    const entity = `${name.slice(0, cut)}::"${name.slice(cut + 2)}"`;
    const help = `an entity is written \`${entity}\`; a type is tested with \`is ${name}\``;
    problems.report('invalid-entity', span, `\`${name}\` is the name of a type, not a value`, { help, data });
    return BROKEN;
  }
  const meant = didYouMean(name, Object.keys(VARIABLES));
  const help =
    FOREIGN_VALUES.get(name) ??
    (meant === undefined
      ? `the variables are \`principal\`, \`action\`, \`resource\` and \`context\`; a string needs quotes: \`"${name}"\``
      : `did you mean \`${meant}\`?`);
  problems.report('unknown-variable', span, `there is no variable \`${name}\``, { help, data });
  return BROKEN;
}
