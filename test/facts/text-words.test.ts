import { describe, expect, it } from 'vitest';
import { SignCollector } from '../../src/facts/text/signs.js';
import { Occurrences, WordCollector } from '../../src/facts/text/words.js';

describe('what is collected while a text is scanned', () => {
  it('is no part of the next text', () => {
    const first = new WordCollector('one two');
    first.add(1, 0, 3);
    first.add(2, 4, 7);
    expect(first.finish().count).toBe(2);
    const second = new WordCollector('one');
    second.add(1, 0, 3);
    const words = second.finish();
    expect([words.count, words.ids[1], words.starts[1], words.ends[1]]).toEqual([1, undefined, undefined, undefined]);
  });

  it('ends a stem with the letters that follow it', () => {
    const text = 'ignoring it';
    const signs = new SignCollector(text);
    for (let index = 0; index < 400; index++) signs.add(index, 0, 4);
    const { count, ends } = signs.finish();
    expect(count).toBe(400);
    expect(new Set(Array.from(ends))).toEqual(new Set([4, 8]));
  });

  it('may be more than the room that is kept', () => {
    const met = new Occurrences();
    for (let i = 0; i < 100_000; i++) met.add(i, i, i + 1);
    const { values, ends } = met.taken();
    expect([values.length, values[99_999], ends[99_999]]).toEqual([100_000, 99_999, 100_000]);
    expect(met.emptied()).not.toBe(met);
    expect(met.emptied().taken().values.length).toBe(0);
  });
});
