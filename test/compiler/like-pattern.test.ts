import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Automaton } from '../../src/compiler/automaton.js';
import { isLike, LikePatterns } from '../../src/compiler/like-pattern.js';
import { matchesPattern, type Pattern } from '../../src/values/pattern.js';

const RUNS = Number(process.env.DEODAR_RUNS ?? 1000);

const characters = fc.constantFrom('a', 'b', 'ab', 'ba', '*', '\\', '.', '日', '😀', '\ud83d\ude01', '\0', '"');
const text = (maxLength: number) => fc.array(characters, { maxLength }).map((list) => list.join(''));
/** Mostly open at both ends: only such patterns are worth a pass over a text. */
const end = fc.oneof({ weight: 6, arbitrary: fc.constant('') }, text(3));
const pattern = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(end, fc.array(text(3), { maxLength: 3 }), end)
      .map(([first, inner, last]): Pattern => [first, ...inner, last]),
  },
  text(3).map((whole): Pattern => [whole]),
);

describe('an automaton', () => {
  it('finds exactly the texts that occur', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          text(4).filter((t) => t !== ''),
          { minLength: 1, maxLength: 30 },
        ),
        fc.array(text(40), { minLength: 1, maxLength: 3 }),
        (texts, haystacks) => {
          const automaton = Automaton.of(texts);
          for (const haystack of haystacks) {
            automaton?.scan(haystack);
            const found = texts.filter((_, i) => automaton?.met[i] === automaton?.pass);
            expect(found).toEqual(texts.filter((t) => haystack.includes(t)));
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('finds them in long texts that are full of their beginnings', () => {
    const long = (least: number, most: number) =>
      fc.array(characters, { minLength: least, maxLength: most, size: 'max' }).map((list) => list.join(''));
    fc.assert(
      fc.property(
        fc.uniqueArray(long(3, 7), { minLength: 1, maxLength: 12 }),
        long(0, 40),
        fc.array(fc.nat(), { maxLength: 400, size: 'max' }),
        fc.boolean(),
        (texts, filler, picks, isWhole) => {
          const automaton = Automaton.of(texts);
          const parts = picks.map((pick) => {
            const sought = texts[pick % texts.length] ?? '';
            if (isWhole && pick % 7 === 0) return sought;
            return sought.slice(0, Math.min(2 + (pick % 4), sought.length - 1));
          });
          const haystack = filler + parts.join(filler.slice(0, 3));
          automaton?.scan(haystack);
          expect(texts.filter((_, i) => automaton?.met[i] === automaton?.pass)).toEqual(
            texts.filter((t) => haystack.includes(t)),
          );
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('is not made when its table would be too large', () => {
    const texts = Array.from({ length: 600 }, (_, i) => String.fromCharCode(256 + i).repeat(20));
    expect(Automaton.of(texts)).toBeUndefined();
    expect(Automaton.of(['a'])).toBeDefined();
  });

  it('looks at no state twice in one pass, so that texts inside each other cost no more', () => {
    const texts = Array.from({ length: 300 }, (_, i) => 'a'.repeat(i + 1));
    const automaton = Automaton.of(texts);
    automaton?.scan('a'.repeat(100_000));
    expect(texts.every((_, i) => automaton?.met[i] === automaton?.pass)).toBe(true);
  });
});

describe('patterns that are matched against one attribute', () => {
  it('match as each does by itself, in whatever order texts and patterns come', () => {
    let passes = 0;
    const property = fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 25 }),
      fc.array(fc.tuple(text(12), fc.boolean()), { minLength: 1, maxLength: 8 }),
      (list, texts) => {
        const patterns = new LikePatterns();
        let known = list.slice(0, 12).map((p) => patterns.add(p, 'context.command'));
        for (const [subject, isLate] of texts) {
          if (isLate) known = list.map((p) => patterns.add(p, 'context.command'));
          for (const like of known) expect(isLike(subject, like)).toBe(matchesPattern(subject, like.pattern));
        }
        passes += patterns.passes;
      },
    );
    fc.assert(property, { numRuns: RUNS });
    expect(passes).toBeGreaterThan(RUNS / 4);
  });

  it('are searched for one by one while they are few, and at once when they are many', () => {
    const few = new LikePatterns();
    for (let round = 0; round < 3; round++)
      for (let i = 0; i < 6; i++) isLike(`text ${round}`, few.add(['', `p${i}`, ''], 'path'));
    expect(few.passes).toBe(0);
    const many = new LikePatterns();
    for (let round = 0; round < 3; round++)
      for (let i = 0; i < 40; i++) isLike(`text ${round}`, many.add(['', `p${i}`, ''], 'path'));
    expect(many.passes).toBe(3);
  });

  it('have scans of their own for different attributes', () => {
    const patterns = new LikePatterns();
    const a = patterns.add(['', 'x', ''], 'a');
    expect(patterns.add(['', 'x', ''], 'a')).toBe(a);
    expect(patterns.add(['', 'x', ''], 'b').scan).not.toBe(a.scan);
    expect(patterns.add(['', 'x', ''], undefined).scan).toBeUndefined();
  });
});
