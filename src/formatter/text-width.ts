import {
  type CodePoints,
  EMOJI,
  MODIFIER_BASES,
  TEXT_EMOJI,
  VARIABLE_EMOJI,
  WIDE,
  ZERO_WIDTH,
} from './text-width-tables.js';

const NOT_ASCII = /[^\0-\x7f]/;

/** Made when the first text needs it: most policies are plain ASCII. */
let sequences: RegExp | undefined;

/**
 * Columns that a text takes on a terminal, as the official formatter counts them: a control character, a line feed
 * among them, is one column wide.
 */
export function textWidth(content: string): number {
  if (!NOT_ASCII.test(content)) return content.length;
  sequences ??= sequencePattern();
  let width = 0;
  let at = 0;
  for (const match of content.matchAll(sequences)) {
    const { one, two } = match.groups ?? {};
    width += widthOfEach(content.slice(at, match.index));
    if (one !== undefined) width += 1;
    else if (two !== undefined) width += 2;
    at = match.index + match[0].length;
  }
  return width + widthOfEach(content.slice(at));
}

const KHMER_BEYYAL = 0x17d8;

/** Sum of the widths of characters that stand alone. */
function widthOfEach(content: string): number {
  let width = 0;
  for (const character of content) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) width++;
    else if (includes(WIDE, code)) width += 2;
    else if (code === KHMER_BEYYAL) width += 3;
    else if (!includes(ZERO_WIDTH, code)) width++;
  }
  return width;
}

function includes(ranges: CodePoints, code: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined || code < range[0]) high = middle;
    else if (code <= range[1]) return true;
    else low = middle + 1;
  }
  return false;
}

function characterClass(...ranges: CodePoints): string {
  const inClass = (code: number): string => `\\u{${code.toString(16)}}`;
  return `[${ranges.map(([first, last]) => `${inClass(first)}-${inClass(last)}`).join('')}]`;
}

/**
 * What is shown as one character: joined emoji, ligatures of several scripts, characters whose width a variation
 * selector changes. The group that matches tells the width; without a group it is zero.
 */
function sequencePattern(): RegExp {
  const variable = characterClass(...VARIABLE_EMOJI);
  const modified = `${characterClass(...MODIFIER_BASES)}[\\u{1f3fb}-\\u{1f3ff}]`;
  const emoji = `(?:${modified}|${variable}\\ufe0f|${characterClass(...EMOJI)})`;
  /** Invisible marks that do not keep a ligature from forming. */
  const mark = '[\\u034f\\u17b4\\u17b5\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]';
  const marks = `(?:${mark}|\\u200d)*`;
  const joiner = `${mark}*\\u200d${marks}`;
  const tifinagh = '[\\u2d31-\\u2d65\\u2d6f]';
  const lam = '[\\u0644\\u06b5-\\u06b8\\u076a\\u08a6\\u08c7]';
  const alef = '[\\u0622\\u0623\\u0625\\u0627\\u0671-\\u0673\\u0675\\u0773\\u0774\\u0870-\\u0882]';
  const khmer =
    '[\\u1780-\\u1782\\u1784-\\u1787\\u1789-\\u178c\\u178e-\\u1793\\u1795-\\u1798\\u179b-\\u179d\\u17a0\\u17a2\\u17a7\\u17ab\\u17ac\\u17af]';
  const one = [
    `${characterClass(...TEXT_EMOJI)}\\ufe0e`,
    `${lam}[\\p{Mn}\\p{Me}]*${alef}`,
    `\\u05d0${joiner}\\u05dc`,
    `\\u1a15${marks}\\u1a17${joiner}\\u1a10`,
    `${tifinagh}(?:${joiner}|${marks}\\u2d7f${marks})${tifinagh}`,
    `[\\ua4f8-\\ua4fb]${marks}[\\ua4fc\\ua4fd]`,
    `\\u{10c32}${joiner}\\u{10c03}`,
    '\\u{16d63}\\u{16d67}{1,2}|\\u{16d67}\\u{16d67}|\\u{16d63}\\u{16d68}|\\u{16d69}\\u{16d67}',
  ];
  const two = [`${emoji}(?:\\u200d${emoji})*`, '[\\u2018\\u2019\\u201c\\u201d]\\ufe01'];
  return new RegExp(`(?<one>${one.join('|')})|(?<two>${two.join('|')})|\\u17d2${marks}${khmer}`, 'gu');
}
