import { type Mutation, mutateJson, type PlainJson } from '../support/mutate-json.js';
import { mutateTokens } from '../support/mutate-tokens.js';
import type { Random } from '../support/random.js';

/** Pieces that are worth putting anywhere. */
const PIECES: readonly string[] = [
  ...'namespace entity action type enum in tags appliesTo attributes principal resource context Set'.split(' '),
  ...'true if has is like then A B User Long Bool Boolean String ipaddr decimal Action __cedar Record'.split(' '),
  ..."@ , ; : :: { } [ ] < > ? = ( ) . == - 1 & ' # /* > >".split(' '),
  ...'N:: ::A A::B Action::"x" N::Action::"view" Set<Long> {} [] {a:Long} @a @a("b") ?: ?'.split(' '),
  '"a"',
  '""',
  '"\\u{61}"',
  '"\\q"',
  '"a\rb"',
  '"a\nb"',
  '"',
  '// c\n',
  '// c\r',
  '\n',
  '\u00a0',
  '\u200b',
  '\ufeff',
  'é',
  '\0',
  'entity Z;',
  'type Z = Long;',
  'action z;',
  'namespace Z {}',
  'in [A, B]',
  'in B',
  'tags Long',
  'enum ["a"]',
  'attributes {}',
  'appliesTo { principal: A, resource: B }',
  'context: {}',
  'principal: A',
];

const SIMILAR: readonly (readonly string[])[] = [
  ['entity', 'action', 'type', 'namespace'],
  ['principal', 'resource', 'context'],
  ['in', 'tags', 'enum', 'appliesTo', '='],
  ['Long', 'Bool', 'String', 'Set', 'ipaddr', 'A', 'User', 'Action', 'Boolean', 'N::A', 'A::B'],
  ['{', '[', '<', '('],
  ['}', ']', '>', ')'],
  [',', ';', ':', '::', '?', '.', '?:'],
];

const TOKEN = /\/\/[^\n\r]*|"(?:[^"\\]|\\[^\n])*"|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|::|\s+|./gsu;

/** The text with one to three of its tokens deleted, doubled, exchanged, replaced or joined by others. */
export function mutateSchemaText(text: string, random: Random): string {
  return mutateTokens(text, { token: TOKEN, pieces: PIECES, similar: SIMILAR }, random);
}

/** Words of the JSON format and texts that are worth trying as keys and values. */
const WORDS: readonly string[] = [
  ...'commonTypes entityTypes actions annotations memberOfTypes shape tags enum appliesTo memberOf attributes'.split(
    ' ',
  ),
  ...'principalTypes resourceTypes context id type name element required additionalAttributes'.split(' '),
  ...'Record Set Long Boolean Bool String Entity EntityOrCommon Extension ipaddr Action A B User N::A __cedar __cedar::Long'.split(
    ' ',
  ),
  '',
  'if',
  'A ',
  'A::',
  '::A',
  'a b',
  '1',
  'é',
  'N',
  'N::M',
];

const VALUES: readonly PlainJson[] = [
  null,
  true,
  false,
  0,
  1.5,
  '',
  'A',
  'Long',
  [],
  {},
  ['A'],
  [null],
  [[], []],
  [{}, {}, {}],
  ['x', 'Action'],
  { type: 'Long' },
  { type: 'Boolean' },
  { type: 'A' },
  { type: 'Record', attributes: {} },
  { type: 'Set', element: { type: 'Long' } },
  { type: 'Entity', name: 'A' },
  { type: 'EntityOrCommon', name: 'Long' },
  { id: 'view' },
  { principalTypes: [], resourceTypes: [] },
];

const HOWS: readonly Mutation['how'][] = ['remove', 'replace', 'move', 'insert', 'rename', 'misspell'];

/** The JSON with one or two of its members changed. */
export function mutateSchemaJson(json: { [key: string]: PlainJson }, random: Random): { [key: string]: PlainJson } {
  let mutated: PlainJson = json;
  for (let left = 1 + random.below(2); left > 0; left--) {
    mutated = mutateJson(mutated, {
      where: random.below(1 << 20),
      how: random.pick(HOWS),
      from: random.below(1 << 20),
      word: random.pick(WORDS),
      value: structuredClone(random.pick(VALUES)),
    });
  }
  if (typeof mutated !== 'object' || mutated === null || Array.isArray(mutated)) return json;
  // Setting a member called `__proto__` changed the prototype; as text it is gone.
  return JSON.parse(JSON.stringify(mutated)) as { [key: string]: PlainJson };
}
