import { mutateTokens } from '../support/mutate-tokens.js';
import type { Random } from '../support/random.js';

/** Pieces that are worth putting anywhere. There are few brackets among them: deep nesting traps the official build. */
const PIECES: readonly string[] = [
  ...'permit forbid when unless principal action resource context'.split(' '),
  ...'true false if then else in is like has __cedar A Action User x'.split(' '),
  ...'ip decimal datetime duration unknown contains containsAll isEmpty getTag hasTag isIpv4 lessThan offset toDate foo'.split(
    ' ',
  ),
  ...'@ . , ; : :: ( ) { } [ ] == != < <= > >= || && + - * / % ! ='.split(' '),
  ..."& | ? ' # $ ~ ^ \\ ` /* */ === <> => -> ..".split(' '),
  ...'?principal ?resource ?action ? 0 1 007 9223372036854775807 9223372036854775808 18446744073709551616 1.5 1_0 0x1 1a'.split(
    ' ',
  ),
  '"a"',
  '""',
  '"a*"',
  '"a\\*"',
  '"\\n\\u{41}\\x41"',
  '"\\q"',
  '"\\x80"',
  '"\\u{110000}"',
  '"\\u{d800}"',
  '"a\nb"',
  '"a\rb"',
  '"',
  '"\\"',
  'User::"a"',
  'Action::"view"',
  'A::B',
  'A::B::"x"',
  '(1)',
  '("a")',
  '[]',
  '{}',
  '{a: 1}',
  '{"a": 1, a: 2}',
  '[1, 2]',
  '["a",]',
  '// c\n',
  '// c\r',
  '\n',
  '\t',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\u200b',
  'é',
  '\u{1d54f}',
  '\0',
  '“a”',
  'when { true }',
  'unless { }',
  '@id("x")',
  '@id',
  'permit(principal, action, resource);',
  'if true then 1 else 2',
  '- 1',
  '!true',
  '.a',
  '.contains(1)',
  '["a"]',
  '.isEmpty()',
  'has a.b',
  'has "a"',
  'like "a"',
  'is A',
  'is A in A::"x"',
  'in [A::"x"]',
  '== 1',
  '&& true',
];

/** Tokens that can often stand for each other. */
const SIMILAR: readonly (readonly string[])[] = [
  ['permit', 'forbid'],
  ['when', 'unless'],
  ['principal', 'action', 'resource', 'context'],
  ['==', '!=', '<', '<=', '>', '>=', 'in', '&&', '||', '+', '-', '*', 'has', 'like', 'is'],
  ['(', '[', '{'],
  [')', ']', '}'],
  ['.', ',', '::', ':', ';'],
  ['true', 'false', '1', '"a"', 'User::"a"', '[]', '{}', '-9223372036854775808', 'ip("1.1.1.1")'],
];

const SHORT_PIECES = [
  ...'principal context a A if then else true in is has like ip contains isEmpty ?principal __cedar'.split(' '),
  ...'. . , :: : ( ) ( ) [ ] { } == < = && || + - * ! ! 1 1 "a" "a" A::"x" 9223372036854775808'.split(' '),
];

/** A policy with a few random tokens in one of its places: little of it is Cedar, but what is, is unlike any example. */
export function randomPolicy(random: Random): string {
  const soup = Array.from({ length: 1 + random.below(8) }, () => random.pick(SHORT_PIECES)).join(' ');
  switch (random.below(8)) {
    case 0:
      return `permit(principal ${soup}, action, resource);`;
    case 1:
      return `permit(principal, action ${soup}, resource);`;
    case 2:
      return `@${soup} permit(principal, action, resource);`;
    case 3:
      return `permit(principal, action, resource) when { context == {${soup}} };`;
    case 4:
      return `permit(principal, action, resource) when { context.${soup} };`;
    default:
      return `permit(principal, action, resource) when { ${soup} };`;
  }
}

const TOKEN =
  /\/\/[^\n\r]*|"(?:[^"\\]|\\[^\n])*"|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|\?[a-z]+|::|==|!=|<=|>=|&&|\|\||\s+|./gsu;

/** The text with one to three of its tokens deleted, doubled, exchanged, replaced or joined by others. */
export function mutatePolicy(text: string, random: Random): string {
  return mutateTokens(text, { token: TOKEN, pieces: PIECES, similar: SIMILAR }, random);
}
