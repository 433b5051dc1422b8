import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_NESTING } from '../../src/ast/expression.js';
import { parseExpression, parsePolicies, parsePolicy } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { Random } from '../support/random.js';
import { mutatePolicy } from './mutate-policy.js';
import { EVERY_CONSTRUCT, policyFiles } from './policy-texts.js';
import { when } from './wrong-policies.js';

function codes(text: string): readonly string[] {
  return parsePolicies(createSource(text)).diagnostics.map((d) => d.code);
}

/** What nests, and by how many levels each. */
const NESTS: readonly (readonly [open: string, close: string, levels: number])[] = [
  ['(', ')', 1],
  ['[', ']', 1],
  ['{a: ', '}', 1],
  ['1 + (', ')', 1],
  ['ip(', ')', 1],
  ['context.contains(', ')', 1],
  ['if true then 1 else ', '', 1],
  ['if ', ' then 1 else 2', 1],
  ['!(', ')', 2],
  ['-[', ']', 2],
  ['1 == (1 in [', '])', 2],
];

describe('nesting', () => {
  it.each(NESTS)('of %s..%s is read to the limit', (open, close, levels) => {
    const deepest = Math.floor((MAX_NESTING - 1) / levels);
    expect(codes(when(`${open.repeat(deepest)}1${close.repeat(deepest)}`))).toEqual([]);
  });

  it.each(NESTS)('of %s..%s is refused beyond the limit with one message, however deep', (open, close, levels) => {
    for (const depth of [MAX_NESTING / levels + 1, 5000, 100_000]) {
      expect(
        codes(`${when(`${open.repeat(depth)}1${close.repeat(depth)}`)} permit(principal, action, resource);`),
      ).toEqual(['nesting-too-deep']);
    }
    expect(codes(when(open.repeat(100_000)))).toEqual(['nesting-too-deep']);
  });

  it.each(['.a', '["a"]', '.isEmpty()'])('counts %s as a level', (access) => {
    expect(codes(when(`context${access.repeat(MAX_NESTING)}`))).toEqual([]);
    expect(codes(when(`context${access.repeat(MAX_NESTING + 1)}`))).toEqual(['nesting-too-deep']);
    expect(codes(when(`context${access.repeat(100_000)} == 1 || true`))).toEqual(['nesting-too-deep']);
  });

  it('counts along the deepest branch only', () => {
    const half = MAX_NESTING / 2;
    const deep = `${'('.repeat(half)}context${')'.repeat(half)}`;
    expect(codes(when(`[${deep}, ${deep}].contains(${deep}) && ${deep}`))).toEqual([]);
    expect(codes(when(`${deep}${'.a'.repeat(half)}`))).toEqual([]);
    expect(codes(when(`${deep}${'.a'.repeat(half + 1)}`))).toEqual(['nesting-too-deep']);
  });

  it('of parentheses in a scope is refused beyond the limit', () => {
    const entity = (depth: number): string =>
      `permit(principal == ${'('.repeat(depth)}A::"b"${')'.repeat(depth)}, action, resource);`;
    expect(codes(entity(MAX_NESTING))).toEqual([]);
    expect(codes(entity(100_000))).toEqual(['nesting-too-deep']);
  });

  it('beyond what the stack still holds is refused like nesting beyond the limit', () => {
    const text = createSource(when(`${'context.contains('.repeat(MAX_NESTING - 1)}1${')'.repeat(MAX_NESTING - 1)}`));
    const outcomes = new Set<string>();
    /** Parses from ever deeper in the stack, until not even the call itself fits. */
    const descend = (depth: number): void => {
      if (depth % 50 === 0)
        outcomes.add(
          parsePolicies(text)
            .diagnostics.map((d) => d.code)
            .join() || 'read',
        );
      descend(depth + 1);
    };
    expect(() => descend(0)).toThrow(RangeError);
    expect([...outcomes].sort()).toEqual(['nesting-too-deep', 'read']);
    expect(parsePolicies(text).ok).toBe(true);
  });
});

describe('long texts', () => {
  it.each(['&&', '||', '+', '-', '*'])('may hold chains of %s of any length', (operator) => {
    const result = parseExpression(createSource(`1${` ${operator} 2`.repeat(100_000)}`));
    const length =
      result.ok &&
      (result.value.kind === 'chain'
        ? result.value.operands.length
        : result.value.kind === 'arithmetic' && result.value.steps.length + 1);
    expect(length).toBe(100_001);
  });

  it('may hold chains that begin in many parentheses', () => {
    const text = `${'('.repeat(400)}true${' && true'.repeat(10_000)}${' && true)'.repeat(400)} && true`;
    const result = parseExpression(createSource(text));
    expect(result.ok && result.value.kind === 'chain' && result.value.operands.length).toBe(10_402);
  });

  it('may hold many policies', () => {
    const one =
      'permit(principal == User::"a", action in [Action::"b"], resource is C in D::"e") when { context.f > 1 };\n';
    const result = parsePolicies(createSource(one.repeat(20_000)));
    expect(result.ok && result.value.policies.length).toBe(20_000);
  });

  it.each([
    ['strings', when(`"${'a'.repeat(1_000_000)}" == ""`)],
    ['patterns', when(`"" like "${'a*'.repeat(300_000)}"`)],
    ['sets', when(`[${'1,'.repeat(200_000)}] == 1`)],
    ['records', when(`{${Array.from({ length: 50_000 }, (_, i) => `a${i}: 1`).join()}} == 1`)],
    [
      'annotations',
      `${Array.from({ length: 100_000 }, (_, i) => `@a${i}`).join('\n')} permit(principal, action, resource);`,
    ],
    ['names', when(`A${'::A'.repeat(100_000)}::"x" == 1`)],
    ['numbers', when(`${'0'.repeat(1_000_000)}1 == 1`)],
    ['comments', `//${'c'.repeat(1_000_000)}`],
    ['lists of actions', `permit(principal, action in [${'Action::"x",'.repeat(50_000)}], resource);`],
    ['lists of conditions', `permit(principal, action, resource) ${'when { true } '.repeat(50_000)};`],
  ])('may hold long %s', (_name, text) => {
    expect(codes(text)).toEqual([]);
  });

  it.each([
    '@',
    '(',
    ')',
    ';',
    'permit(',
    'permit(;',
    '"\n\\',
    "'a",
    '«a',
    '/*',
    '#\n',
    '$é\u0001',
    '!',
    'not ',
    'a(b ',
    '[1 ',
    '{',
    'foo()+',
    '"\\q" == ',
  ])('of nothing but %j are refused', (piece) => {
    for (const text of [piece.repeat(100_000), when(piece.repeat(100_000))]) {
      const found = parsePolicies(createSource(text));
      expect(found.ok).toBe(false);
      expect(found.diagnostics.length).toBeLessThanOrEqual(1001);
    }
  });
});

/** That a text is either read or refused with reasons that point into it. */
function checkAnswer(text: string): void {
  const source = createSource(text);
  for (const result of [parsePolicies(source), parseExpression(source), parsePolicy(source, 'a')]) {
    expect(result.ok).toBe(result.diagnostics.length === 0);
    for (const { severity, labels } of result.diagnostics) {
      expect(severity).toBe('error');
      for (const { span } of labels) {
        expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
      }
    }
  }
}

describe('any text', () => {
  it('of code points is read or refused', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), checkAnswer), { numRuns: 500 });
  });

  it('of UTF-16 units is read or refused', () => {
    const texts = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));
    fc.assert(fc.property(texts, checkAnswer), { numRuns: 1000 });
  });

  it('of the pieces of policies is read or refused', () => {
    const piece = fc.constantFrom(...EVERY_CONSTRUCT.flatMap((text) => text.match(/\w+|\s+|./gs) ?? []));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
        checkAnswer,
      ),
      { numRuns: 2000 },
    );
  });

  it('that was a policy file before is read or refused', () => {
    const texts = [...EVERY_CONSTRUCT, ...[...policyFiles().values()].filter((text) => text.length < 3000)];
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(...texts),
        fc.nat(),
        fc.string({ unit: 'binary', maxLength: 3 }),
        (seed, text, at, junk) => {
          const mutated = mutatePolicy(text, new Random(seed));
          const cut = at % (mutated.length + 1);
          checkAnswer(mutated);
          checkAnswer(mutated.slice(0, cut) + junk + mutated.slice(cut));
          checkAnswer(mutated.slice(0, cut));
        },
      ),
      { numRuns: 400 },
    );
  });
});
