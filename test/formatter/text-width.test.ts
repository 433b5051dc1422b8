import { describe, expect, it } from 'vitest';
import { textWidth } from '../../src/formatter/text-width.js';
import { officialFormat } from './oracle.js';

const WIDTHS: readonly [text: string, width: number, what: string][] = [
  ['', 0, 'nothing'],
  ['abc', 3, 'ASCII'],
  ['a\tb\nc\0', 6, 'control characters'],
  ['\u0085\u009f', 2, 'more control characters'],
  ['é\u00ad', 1, 'a letter and a soft hyphen'],
  ['e\u0301', 1, 'a letter with a combining mark'],
  ['日本語', 6, 'wide characters'],
  ['ｗｉｄｅ ﾊﾝ', 11, 'full-width and half-width forms'],
  ['한글 \u1112\u1161\u11ab', 7, 'Hangul, composed and in parts'],
  ['👍', 2, 'an emoji'],
  ['👍🏽', 2, 'an emoji with a skin colour'],
  ['👩🏽‍🚀', 2, 'joined emoji'],
  ['👨‍👩‍👧‍👦👍', 4, 'joined emoji and another one'],
  ['🏳️‍🌈', 2, 'joined emoji, the first by a variation selector'],
  ['❤❤\ufe0f', 3, 'a symbol, and the same as an emoji'],
  ['⌚\ufe0e', 1, 'an emoji as a symbol'],
  ['1\ufe0f\u20e3', 2, 'a keycap'],
  ['🇩🇪', 2, 'a flag'],
  ['🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', 2, 'a flag of tags'],
  ['a\u200db', 2, 'a joiner between letters'],
  ['\u200b\ufeff\u2060', 0, 'characters that are not shown'],
  ['\u0644\u0627', 1, 'lam and alef'],
  ['\u0644\u064b\u0622', 1, 'lam and alef with marks'],
  ['\u0628\u0627', 2, 'other Arabic letters'],
  ['\u05d0\u200d\u05dc', 1, 'Hebrew alef joined with lamed'],
  ['\u1780\u17d2\u1780', 1, 'Khmer with a letter below'],
  ['\u17d8', 3, 'Khmer beyyal'],
  ['\u1a15\u1a17\u200d\u1a10', 1, 'a Buginese ligature'],
  ['\u2d31\u2d7f\u2d32', 1, 'a Tifinagh ligature'],
  ['\ua4f8\ua4fc', 1, 'Lisu tone letters'],
  ['\u{10c32}\u200d\u{10c03}', 1, 'an Old Turkic ligature'],
  ['\u{16d63}\u{16d67}\u{16d67}', 1, 'Kirat Rai vowels'],
  ['“\ufe01', 2, 'a wide quotation mark'],
];

/** The official formatter keeps `when { "text" };` on one line of so many columns, and of none fewer. */
function officialWidth(text: string): number {
  for (let width = 0; width < 100; width++) {
    const policy = `permit (principal, action, resource) when { "${text}" };`;
    if (officialFormat(policy, { lineWidth: width + 12 })?.includes('when {')) return width;
  }
  return Number.NaN;
}

describe('textWidth', () => {
  it.each(WIDTHS)('%j is %i columns wide: %s', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  it.each(WIDTHS)('%j is as wide as for the official formatter: %i', (text) => {
    expect(textWidth(text)).toBe(officialWidth(text));
  });

  it('agrees with the official formatter about every block of characters', () => {
    const samples: string[] = [];
    for (let code = 0x80; code < 0x110000; code += code < 0x20000 ? 37 : 7919) {
      if (code < 0xd800 || code > 0xdfff) samples.push(String.fromCodePoint(code));
    }
    const text = (padding: number): string =>
      `permit (principal, action, resource) ${samples.map((c) => `when { "${'a'.repeat(padding - textWidth(c))}${c}" } `).join('')} when { 1 };`;
    const brokenAt = (padding: number): number =>
      (officialFormat(text(padding), { lineWidth: 31 }) ?? '').split('\nwhen\n').length - 1;
    expect(samples.length).toBeGreaterThan(3000);
    expect(brokenAt(20)).toBe(0);
    expect(brokenAt(21)).toBe(samples.length);
  });
});
