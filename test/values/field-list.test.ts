import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldList, RecordMaker, SoughtName } from '../../src/values/field-list.js';
import type { Value } from '../../src/values/value.js';

const names = fc.uniqueArray(fc.oneof(fc.constantFrom('a', 'b', 'a\0b', '__proto__', 'constructor', ''), fc.string()), {
  maxLength: 12,
});

describe('a maker of records', () => {
  it('makes records that hold what a map would, whatever it made before', () => {
    const maker = new RecordMaker();
    const sought = new SoughtName('a');
    fc.assert(
      fc.property(names, fc.boolean(), (list, isReversed) => {
        const keys = isReversed ? list.toReversed() : list;
        const map = new Map(keys.map((name, index): [string, Value] => [name, index]));
        const { fields } = maker.of([...map.keys()], [...map.values()]);
        expect([...fields]).toEqual([...map]);
        for (const name of [...keys, 'b', 'toString']) expect(fields.get(name)).toBe(map.get(name));
        expect(fields instanceof FieldList && fields.find(sought)).toBe(map.get('a'));
      }),
    );
  });

  it('lets records with the same names share them', () => {
    const maker = new RecordMaker();
    const made = [['a', 'b'], ['a'], ['a', 'b'], ['b', 'a'], ['a', 'b']].map((list) => maker.of(list, list).fields);
    const [first, other, again, turned, last] = made.map((fields) =>
      fields instanceof FieldList ? fields.names : undefined,
    );
    expect(first).toBe(again);
    expect(first).toBe(last);
    expect(new Set([first, other, turned]).size).toBe(3);
  });
});
