import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { policiesOf, schemaOf } from './compare-validation.js';
import { officialValidation } from './oracle.js';

// The tables of characters come from the official engine, see derive-uts39-table.mjs. Here they are asked about samples.

const TIMES = Number(process.env.DEODAR_FUZZ ?? 1);
const SEED = Number(process.env.DEODAR_SEED ?? 20_260);
const SCHEMA = 'entity U; action a appliesTo { principal: U, resource: U };';
const schema = schemaOf(SCHEMA);

/** What is said of each text, as a string literal or as the id of an entity: the kinds of warnings by text. */
function warningsOf(texts: readonly string[], form: 'string' | 'id') {
  const literals = texts.map((text) => {
    const escaped = Array.from(text, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`).join('');
    return form === 'string' ? `"${escaped}"` : `U::"${escaped}"`;
  });
  const policy = `permit(principal, action, resource) when { [${literals.join(', ')}].isEmpty() };`;
  const starts = new Map<number, string>();
  let at = policy.indexOf('[') + 1;
  for (const [index, literal] of literals.entries()) {
    starts.set(at, texts[index] ?? '');
    at += literal.length + 2;
  }
  const byText = (problems: Iterable<readonly [number | undefined, string]>): ReadonlyMap<string, string> =>
    new Map([...problems].map(([start, kind]) => [starts.get(start ?? -1) ?? '', kind]));
  const official = officialValidation(SCHEMA, { staticPolicies: policy });
  if (typeof official === 'string') throw new Error(official);
  const ours = validatePolicies(policiesOf(policy), schema).warnings;
  return {
    ours: byText(ours.map(({ kind, labels }) => [labels[0]?.span.start, kind])),
    theirs: byText(official.warnings.map(({ kind, place }) => [place?.start, kind])),
  };
}

const codePoint = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x10ffff }) },
  { weight: 3, arbitrary: fc.integer({ min: 0x80, max: 0x33ff }) },
  { weight: 2, arbitrary: fc.integer({ min: 0xa000, max: 0x1ffff }) },
);
const character = codePoint.filter((code) => code < 0xd800 || code > 0xdfff).map((code) => String.fromCodePoint(code));
const letters = fc.constantFrom(...'aбγא한漢かカㄅ1 -ー々़॥');
const mixture = fc
  .array(fc.oneof(letters, letters, character), { minLength: 2, maxLength: 4 })
  .map((all) => all.join(''));

function samplesOf(arbitrary: fc.Arbitrary<string>, count: number): readonly string[] {
  return [...new Set(fc.sample(arbitrary, { numRuns: count * TIMES, seed: SEED }))];
}

describe('characters of strings and names', () => {
  it.each(['string', 'id'] as const)('are judged one by one as by the official engine: %s', (form) => {
    const { ours, theirs } = warningsOf(samplesOf(character, 6000), form);
    expect(ours).toEqual(theirs);
    expect(theirs.size).toBeGreaterThan(1000);
  });

  it.each(['string', 'id'] as const)('are judged together as by the official engine: %s', (form) => {
    const { ours, theirs } = warningsOf(samplesOf(mixture, 4000), form);
    expect(ours).toEqual(theirs);
    expect(theirs.size).toBeGreaterThan(1000);
  });

  it('are all known up to U+33FF, in strings', () => {
    const all = Array.from({ length: 0x3400 - 0x80 }, (_, index) => String.fromCodePoint(0x80 + index));
    const { ours, theirs } = warningsOf(all, 'string');
    expect(ours).toEqual(theirs);
  });
});
