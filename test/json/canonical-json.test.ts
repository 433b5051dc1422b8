import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, canonicalText } from '../../src/json/canonical-json.js';
import { jsonFromJavaScript } from '../../src/json/from-javascript.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { printJson } from '../../src/json/print-json.js';
import { quotedText } from '../../src/json/quoted-text.js';

function json(value: unknown): JsonValue {
  const result = jsonFromJavaScript(value);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value;
}

const values = fc.jsonValue({ maxDepth: 4 }).map(json);

/** The same value with the members of its objects in another order, at every level. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)]);
  return Object.fromEntries(entries.toReversed());
}

describe('canonical JSON', () => {
  it('sorts keys by their UTF-16 units, few and many', () => {
    expect(canonicalJson(json({ b: 1, a: { d: [{ z: 1, y: 2 }], c: null }, '\uff5e': 1, '\u{1f600}': 2, B: 3 }))).toBe(
      '{"B":3,"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1,"\u{1f600}":2,"\uff5e":1}',
    );
    const keys = Array.from({ length: 40 }, (_, index) => `k${(index * 7) % 40}`);
    const many = json(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(canonicalJson(many)))).toEqual(keys.toSorted());
  });

  it('is the same for every order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(canonicalJson(json(reversed(value)))).toBe(canonicalJson(json(value)));
      }),
    );
  });

  it('is what is printed exactly when it says that the order is right', () => {
    fc.assert(
      fc.property(values, (value) => {
        const { text, inOrder } = canonicalText(value);
        expect(inOrder).toBe(text === printJson(value));
        expect(JSON.parse(text)).toEqual(JSON.parse(printJson(value)));
      }),
    );
  });
});

describe('a quoted text', () => {
  it('is that of JSON.stringify', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(quotedText(text)).toBe(JSON.stringify(text));
      }),
    );
    const units = Array.from({ length: 0x250 }, (_, unit) => String.fromCharCode(unit));
    for (const text of [...units, '\ud800', 'x'.repeat(500)]) expect(quotedText(text)).toBe(JSON.stringify(text));
  });
});
