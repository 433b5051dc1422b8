import { describe, expect, it } from 'vitest';
import { nameList } from '../../src/diagnostics/name-list.js';

describe('a list of names in a message', () => {
  it('names all where there is room for them', () => {
    expect(nameList([])).toBe('');
    expect(nameList(['a'])).toBe('a');
    expect(nameList(['a', 'b', 'c'])).toBe('a, b, c');
  });

  it('names whole names only, and says how many there are beside them', () => {
    const names = Array.from({ length: 100 }, (_, i) => `name-${i}`);
    const list = nameList(names);
    expect(list.length).toBeLessThan(320);
    const [, shown = '', rest] = /^(.*) and (\d+) more$/.exec(list) ?? [];
    expect(shown.split(', ')).toEqual(names.slice(0, 100 - Number(rest)));
  });

  it('cuts a single name that is too long, and says so', () => {
    expect(nameList(['x'.repeat(1000)])).toBe(`${'x'.repeat(300)}...`);
    expect(nameList(['x'.repeat(1000), 'y'])).toBe(`${'x'.repeat(300)}... and 1 more`);
  });
});
