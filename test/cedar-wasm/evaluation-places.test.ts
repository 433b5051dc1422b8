import { describe, expect, it } from 'vitest';
import type { AuthorizationAnswer, DetailedError } from '../../src/cedar-wasm/index.js';
import { Random } from '../support/random.js';
import { ourOutcome } from './compare-outcomes.js';
import { RUNS, SEED } from './fuzz-settings.js';
import { type Outcome, officialOutcome } from './oracle.js';

const MOST = '9223372036854775807';
const OPERANDS = [
  '0',
  '1',
  '2',
  MOST,
  `-${MOST}`,
  'context.n',
  'context.most',
  'context.text',
  'principal',
  'true',
  '"a"',
];
const OVERFLOWING = [`(1 + ${MOST})`, `(2 * ${MOST})`, `(-2 - ${MOST})`];

/** An expression of sums, products, signs and tests, with parentheses here and there. */
function arithmetic(random: Random, depth: number): string {
  if (depth === 0) return random.pick(random.below(4) === 0 ? OVERFLOWING : OPERANDS);
  const inner = (): string => arithmetic(random, random.below(depth));
  switch (random.below(12)) {
    case 0:
      return `-${inner()}`.replace(/^-(?=-)/, '- ');
    case 1:
      return `(if ${inner()} == ${inner()} then ${inner()} else ${inner()})`;
    case 2:
      return `(${inner()} ${random.pick(['<', 'in', 'is User in', '&&', '||'])} ${inner()})`;
    case 3:
      return `[${inner()}, ${inner()}]`;
    case 4:
      return `{ a: ${inner()} }.a`;
    default: {
      const op = random.pick(['+', '-', '*']);
      const sum = Array.from({ length: 1 + random.below(3) }, inner).join(` ${op} `);
      return random.below(2) === 0 ? `(${sum})` : `(${sum}) ${op} ${inner()}`;
    }
  }
}

/** What went wrong, with the text that each place has. */
function placesOf(outcome: Outcome, text: string): unknown {
  if (outcome.kind !== 'answer') return outcome;
  const answer = outcome.answer as AuthorizationAnswer;
  if (answer.type === 'failure') return answer.errors.length > 0;
  const bytes = Buffer.from(text);
  const written = ({ start, end }: { start: number; end: number }): string => bytes.toString('utf8', start, end);
  return answer.response.diagnostics.errors.map(({ error }: { error: DetailedError }) => [
    error.message,
    (error.sourceLocations ?? []).map(written),
  ]);
}

describe('the place of an evaluation error', () => {
  it(`is that of the official package in sums, products and what is around them (seed ${SEED})`, () => {
    const random = new Random(SEED);
    const uid = { type: 'User', id: 'alice' };
    const context = { n: 3, most: Number.MAX_SAFE_INTEGER, text: 'é' };
    const request = { principal: uid, action: { type: 'Action', id: 'view' }, resource: uid, context, entities: [] };
    let errors = 0;
    for (let run = 0; run < RUNS * 10; run++) {
      const text = `permit (principal, action, resource) when { "é" != "" && ${arithmetic(random, 4)} == 0 };`;
      const call = { ...request, policies: { staticPolicies: text } };
      const ours = placesOf(ourOutcome('isAuthorized', [call]), text);
      expect(ours, text).toEqual(placesOf(officialOutcome('isAuthorized', [call]), text));
      if (Array.isArray(ours) && /overflow/.test(JSON.stringify(ours))) errors++;
    }
    expect(errors).toBeGreaterThan(RUNS);
  });
});
