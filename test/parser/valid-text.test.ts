import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printExpression } from '../../src/ast/print-expression.js';
import { expressionByGrammar, policiesByGrammar } from '../../src/parser/by-grammar.js';
import { readValidExpression, readValidPolicies } from '../../src/parser/valid-text.js';
import { createSource } from '../../src/text/source.js';
import { arbitraryExpression } from '../support/arbitrary-expression.js';
import { Random } from '../support/random.js';
import { likelyPolicy } from './likely-policy.js';
import { mutatePolicy, randomPolicy } from './mutate-policy.js';
import { EVERY_CONSTRUCT, policyFiles } from './policy-texts.js';

// Valid texts are read without the grammar. Whatever is read so has to be what the grammar reads, places included.

const RUNS = Number(process.env.DEODAR_FUZZ_RUNS ?? 4000);
const SEED = Number(process.env.DEODAR_FUZZ_SEED ?? 20251121);

const files = policyFiles();

/** Compares one text; says whether it was read without the grammar. */
function compare(text: string): boolean {
  const source = createSource(text);
  const valid = readValidPolicies(source);
  if (valid === undefined) return false;
  const { value, problems } = policiesByGrammar(source);
  expect(problems.isEmpty, text).toBe(true);
  expect(valid, text).toStrictEqual(value);
  return true;
}

function compareExpression(text: string): boolean {
  const source = createSource(text);
  const valid = readValidExpression(source);
  if (valid === undefined) return false;
  const { value, problems } = expressionByGrammar(source);
  expect(problems.isEmpty, text).toBe(true);
  expect(valid, text).toStrictEqual(value);
  return true;
}

const isRight = (text: string): boolean => policiesByGrammar(createSource(text)).problems.isEmpty;

describe.skipIf(files.size === 0)('the policy files of the conformance data', () => {
  it('are read as by the grammar, most of the right ones without it', () => {
    const right = [...files.values()].filter(isRight);
    const read = [...files.values()].filter(compare);
    console.log(`${files.size} policy files, ${right.length} right, ${read.length} read without the grammar`);
    expect(read.length).toBeGreaterThan(right.length * 0.95);
  });
});

describe('policies', () => {
  // Parentheses in scopes are left to the grammar. Whoever adds a construct and forgets this reader learns it here.
  it.each(EVERY_CONSTRUCT)('%s', (text) => {
    expect(compare(text)).toBe(isRight(text) && !/ in \(/.test(text));
  });

  const originals = [...files.values()].filter((text) => text.length < 4000);
  it.each([
    [
      'mutated',
      (random: Random) => mutatePolicy(random.pick(random.below(3) === 0 ? EVERY_CONSTRUCT : originals), random),
    ],
    ['random', randomPolicy],
    ['likely', likelyPolicy],
  ] as const)(`that are %s are read as by the grammar (${RUNS} cases, seed ${SEED})`, (name, make) => {
    const random = new Random(SEED);
    let read = 0;
    let right = 0;
    for (let run = 0; run < RUNS; run++) {
      const text = make(random);
      if (compare(text)) read++;
      if (isRight(text)) right++;
    }
    console.log(`${name}: ${RUNS} cases, ${right} right, ${read} read without the grammar`);
    expect(read).toBeGreaterThan(0);
  });

  it('that are right and common need no grammar', () => {
    expect(
      compare(`// a comment
@id("one") @flag
permit (principal is Team::User in Team::Group::"a\\"b", action in [Action::"x", N::Action::"y",], resource == ?resource,)
when { context.a["b c"].contains(-1) && !(principal has x.y || resource like "a*\\*b") }
unless { if [1, {a: "x", "b": ip("::1")}] == [] then 1 + 2 - 3 * -4 < 5 else --action.y.isEmpty() };`),
    ).toBe(true);
  });
});

describe('expressions', () => {
  it(`that are printed are read as by the grammar (seed ${SEED})`, () => {
    fc.assert(
      fc.property(arbitraryExpression('bool'), (expr) => {
        compareExpression(printExpression(expr));
      }),
      { numRuns: Math.min(RUNS, 2000), seed: SEED },
    );
  });

  it.each([
    '(a && b) && c',
    '(true && false) && true',
    '((true || false) || (true || false)) || true',
    'true && (false && true)',
    '(1 + 2) + 3 == 6',
    '(1 * 2) + 3 == 5',
    '(1 + 2) * 3 == 9',
    '1 - -1 == 2',
    '-1.isEmpty()',
    '--1 == 1',
    '----1 == 1',
    '-----1 == 1',
    '!-1',
    '!!true',
    '(!true)',
    '-9223372036854775808 == -(9223372036854775808)',
    '9223372036854775807 == 007',
    'principal is A::B in A::"x"',
    'principal is A::B in (A::"x") && true',
    'principal is A::B::"x"',
    'principal has a.b.c',
    'principal has "a b"',
    'principal has "a".b',
    'principal has if',
    'context.if',
    'context.a.b["c"].d.contains(1)',
    '(context.a).b',
    '(context).a.contains((1))',
    'if true then 1 else 2 == 3',
    '(if true then 1 else 2) == 3',
    'if true then 1 else "a" like "b" + 1',
    'if true then 1 else "a" like "b" == 1',
    'if true then 1 else principal is A has b',
    'if true then 1 else principal has a like "b"',
    'if true then 1 else "a" like "b".contains(1)',
    'if true then 1 else "a" like "b"["c"]',
    '(if true then 1 else 2).a',
    'if if true then true else false then 1 else if true then 2 else 3',
    'true && if true then true else false',
    '!if true then true else false',
    '[1, 2, 3,] == [,]',
    '{a: 1, a: 2}',
    '{"a": 1, b: {c: []},} == {}',
    'ip("1.2.3.4").isInRange(ip("1.0.0.0/8"))',
    'A::ip("x")',
    'ip == 1',
    'a::b == A::"x"',
    '"a\\u{1f600}\\x41\\0" like "a\\*b*\\u{2a}"',
    '"a" like "b" like "c"',
    '1 < 2 < 3',
    '1 == 2 in 3',
    'true&&!false',
    '1==-1',
    'true||!!false',
    '1<-2',
    'a=b',
    'true & false',
    '1 / 2',
    'principal == ?principal',
    'context.a == "\ud800"',
    `${'('.repeat(99)}1${')'.repeat(99)} == 1`,
    `${'('.repeat(480)}1${')'.repeat(480)} == 1`,
    `${'['.repeat(600)}1${']'.repeat(600)}`,
    `context${'.a'.repeat(300)}`,
    `context${'.a'.repeat(600)}`,
    '1 == 1 // the end',
    '1 == 1\u00a0',
    '',
  ])('%s', (text) => {
    compareExpression(text);
  });
});
