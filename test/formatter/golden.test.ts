import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { commentsOf, ourFormat } from './oracle.js';

function goldens(): readonly [input: string, expected: string][] {
  if (CONFORMANCE === undefined || !existsSync(CONFORMANCE)) return [];
  const names = readdirSync(resolve(CONFORMANCE, 'formatter')).filter((name) => name.endsWith('.cedar'));
  const pairs = names.map((name): [string, string] => [
    `formatter/${name}`,
    `formatter/${name.replace(/cedar$/, 'formatted')}`,
  ]);
  const sample = 'cli-samples/tiny_sandboxes/format';
  return [...pairs, [`${sample}/unformatted.cedar`, `${sample}/formatted.cedar`]];
}

describe.skipIf(CONFORMANCE === undefined)('the golden files of the official formatter', () => {
  it('are there', () => {
    expect(goldens().length).toBeGreaterThan(10);
  });

  it.each(goldens())('%s is formatted to %s, byte for byte', (input, expected) => {
    expect(ourFormat(conformanceText(input))).toBe(conformanceText(expected));
  });

  it.each(goldens())('all comments of %s are in the result', (input) => {
    const text = conformanceText(input);
    expect(commentsOf(ourFormat(text) ?? '')).toEqual(commentsOf(text));
  });

  it.each(goldens())('%s: the result %s is formatted to itself', (_, expected) => {
    expect(ourFormat(conformanceText(expected))).toBe(conformanceText(expected));
  });
});
