import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findings, redact, textFacts } from '../../src/facts/index.js';
import { CodeRows } from '../../src/facts/text/code-rows.js';
import { BIT_LIST, CODE_LIST } from '../../src/facts/text/coded-secrets.js';
import { listsIn } from '../../src/facts/text/personal-lists.js';
import { entropy } from '../../src/facts/text/randomness.js';
import {
  foldText,
  foldView,
  originalEnd,
  originalSpan,
  originalSpans,
  originalStart,
  viewOf,
} from '../../src/facts/text/view.js';

/** Folded character by character, with the place of the original for each. */
function foldedOneByOne(text: string): { folded: string; starts: number[]; ends: number[] } {
  let folded = '';
  const starts: number[] = [];
  let at = 0;
  for (const character of text) {
    const form = foldText(character);
    folded += form;
    for (let i = 0; i < form.length; i++) starts.push(at);
    at += character.length;
  }
  const ends = starts.map((start, i) => starts.slice(i).find((other) => other !== start) ?? text.length);
  return { folded, starts, ends };
}

describe('the way back from a folded text', () => {
  const unit = fc.constantFrom(
    ...'ab1 \n.éßﬃ㎏½—…“Ａ４а中\u200b\u00ad\ufe0f\ud800',
    '\udc00',
    '😀',
    '𝐀',
    '🅰',
    '\u{e0041}',
  );
  test('leads to the character that each character was made of, asked in any order', () => {
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), fc.array(fc.nat(60)), (text, places) => {
        const view = foldView(viewOf(text));
        const { folded, starts, ends } = foldedOneByOne(text);
        expect(view.text).toBe(folded);
        for (const place of [...places, ...starts.keys()].filter((each) => each < starts.length)) {
          expect([originalStart(view, place), originalEnd(view, place)]).toEqual([starts[place], ends[place]]);
          const last = folded.length - 1;
          expect(originalSpan(view, place, last + 1)).toEqual({ start: starts[place], end: ends[last] });
        }
        const spans = originalSpans(view, 0, folded.length);
        expect([...spans.starts]).toEqual(starts);
        expect([...spans.ends]).toEqual(ends);
      }),
    );
  });
});

describe('rows of codes', () => {
  const signs = '84|107|0x|5|ab|\\x|\\|U+00|&#|&#x|01010101|0110100|, |,| |  |:|\n|-|/|=|(|"|is |z|\u00a0|\u0000';
  const piece = fc.constantFrom('deadbeefdeadbeefdeadbeef', ...signs.split('|'));
  const row = fc
    .tuple(
      fc.constantFrom('84', '0x6b', '\\x54', '7f', 'U+0054', '&#107', '01010101'),
      fc.constantFrom(', ', ' ', ',', '-', ''),
    )
    .map(([code, mark]) => `${code}${mark}`.repeat(9));
  test('may begin wherever a list of codes is found', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, piece, row), { maxLength: 60 }), fc.array(fc.nat(200)), (pieces, steps) => {
        const text = pieces.join('');
        const rows = new CodeRows(text);
        let from = 0;
        for (const step of [0, ...steps]) {
          from += step;
          const window = text.slice(from, from + 530);
          const match = CODE_LIST.exec(window) ?? BIT_LIST.exec(window);
          const may = rows.mayBegin(from, from + 118);
          if (match !== null && match.index <= 110) expect(may).toBe(true);
        }
      }),
    );
  });

  test('begin nowhere in prose', () => {
    const text = 'The token of 12 digits was kept by 3 of them for 24 hours. '.repeat(20);
    const rows = new CodeRows(text);
    for (let from = 0; from < text.length; from += 30) expect(rows.mayBegin(from, from + 118)).toBe(false);
  });
});

test('entropy is the sum over the characters, short or long', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'abcdef012345ABZ-_'), minLength: 1, maxLength: 200 }), (text) => {
      const counts = new Map<string, number>();
      for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
      let bits = 0;
      for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
      expect(entropy(text)).toBeCloseTo(bits, 10);
    }),
  );
});

describe('a text full of findings', () => {
  const row = (i: number): string =>
    `Anna Keller, +1 415 ${String(200 + (i % 700))} ${String(1000 + ((i * 37) % 9000))}, anna.k${i}@gmail.com, api_token=q8Zt${i}Lw2Xv9Kp4Rm7Yb1\n`;
  const text = Array.from({ length: 400 }, (_, i) => row(i)).join('');

  test('has the facts of its findings', () => {
    const found = findings(text);
    const facts = textFacts(text);
    const kinds = (category: string): string[] =>
      [...new Set(found.filter((one) => one.category === category).map(({ kind }) => kind))].sort();
    expect(facts.secrets).toEqual(kinds('secret'));
    expect(facts.personalData).toEqual(kinds('personal-data'));
    expect(facts.secretCount).toBe(found.filter(({ category }) => category === 'secret').length);
    expect(facts.secretCount).toBe(400);
    expect(facts.personalData).toEqual(['contact-list', 'email', 'phone']);
    expect(facts.personalDataCount).toBe(800);
  });

  test('says no more of a finding than the contract does, in order', () => {
    const found = findings(text);
    for (const one of found) expect(Object.keys(one)).toEqual(['category', 'kind', 'start', 'end', 'encoded']);
    const places = found.filter(({ kind }) => kind !== 'contact-list').map(({ start }) => start);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('is redacted wholly', () => {
    expect(textFacts(redact(text))).toMatchObject({ secretCount: 0, personalDataCount: 0 });
  });

  test('is a list of contacts that stands where its last number does', () => {
    const found = findings(text);
    const list = listsIn(text, found).find(({ kind }) => kind === 'contact-list');
    const lastPhone = found.findLast(({ kind }) => kind === 'phone');
    expect(list).toMatchObject({ start: lastPhone?.start, end: lastPhone?.end });
  });
});
