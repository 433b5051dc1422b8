import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSource, utf8Offset } from '../../src/text/source.js';

/** Texts longer than what is counted at once, with characters of every length in UTF-8. */
const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'é', '日', '😀', '\n', 'plain text '.repeat(30)), { maxLength: 200 }), fc.nat(5))
  .map(([parts, times]) => parts.join('').repeat(times));

it('the offset in UTF-8 is the number of bytes before it, in whatever order places are asked for', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(), { maxLength: 10 }), (written, places) => {
      const source = createSource(written);
      const characters = [...written];
      for (const place of places) {
        const before = characters.slice(0, place % (characters.length + 1)).join('');
        expect(utf8Offset(source, before.length)).toBe(Buffer.byteLength(before));
      }
      expect(utf8Offset(source, written.length + 5)).toBe(Buffer.byteLength(written));
    }),
    { numRuns: 200 },
  );
});
