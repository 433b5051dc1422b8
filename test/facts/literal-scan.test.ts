import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildLiteralScan, type Hits, searchedLiterals } from '../../src/facts/text/literal-scan.js';

const listed = ({ count, literal, end }: Hits) => ({
  literals: Array.from(literal.subarray(0, count)),
  ends: Array.from(end.subarray(0, count)),
});

it('finds the same in first short texts as the automaton', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', 'B', ' ', '-'), maxLength: 60 });
  const literal = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'C', '-', 'é', 'ω'), minLength: 1, maxLength: 4 });
  const literals = fc.array(literal, { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(literals, fc.array(text, { minLength: 1, maxLength: 3 }), (words, texts) => {
      const fresh = buildLiteralScan(searchedLiterals(words));
      const prepared = buildLiteralScan(searchedLiterals(words));
      // Too long to be searched literal by literal.
      prepared.scan(' '.repeat(1000));
      for (const each of texts) expect(listed(fresh.scan(each))).toEqual(listed(prepared.scan(each)));
    }),
  );
});

it('finds literals of other scripts and widths in the first text', () => {
  const { scan } = buildLiteralScan(searchedLiterals(['ignore', '指示', 'ＡＢＣ'], ['folded']));
  expect(listed(scan('IGNORE abc Folded')).literals).toEqual([0, 2, 3]);
  expect(listed(scan('指示 abc')).literals).toEqual([1, 2]);
});

it('finds literals that are shorter than what the index goes by, and units that those are filled up with', () => {
  const words = ['a', 'ab', 'a\0', 'a\0\0', 'abc', 'abcd', '', 'A', 'a\u007f'];
  const fresh = buildLiteralScan(searchedLiterals(words));
  const prepared = buildLiteralScan(searchedLiterals(words));
  prepared.scan(' '.repeat(1000));
  for (const text of ['abcd', 'a\0\0', 'a', '', 'xaby', 'ABCD a\u007f', '\0a\0'])
    expect(listed(fresh.scan(text)), JSON.stringify(text)).toEqual(listed(prepared.scan(text)));
});
