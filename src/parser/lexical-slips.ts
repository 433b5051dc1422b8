import type { TokenType } from 'chevrotain';
import type { Span } from '../text/source.js';
import type { SyntaxCode } from './syntax-codes.js';
import {
  And,
  Bang,
  Equal,
  GreaterEqual,
  Integer,
  KEYWORDS,
  LessEqual,
  Minus,
  NotEqual,
  Or,
  Slot,
  Star,
  Text,
  Unreadable,
  Word,
} from './tokens.js';

/** Characters that are no Cedar, and what the scanner should make of them. */
export interface Slip {
  readonly end: number;
  /** Undefined where another check reports it. */
  readonly code: SyntaxCode | undefined;
  readonly message: string;
  readonly help?: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  /** What to point at, when that is less than the whole. */
  readonly span?: Span;
  /** Token that was probably meant; undefined to read on as if nothing stood there. */
  readonly type?: TokenType;
}

/** Operators of other languages that begin like one of Cedar's, longest first, with the token that is meant. */
const FOREIGN_SIGNS: readonly (readonly [sign: string, meant: string, type: TokenType])[] = [
  ['!==', '!=', NotEqual],
  ['===', '==', Equal],
  ['<>', '!=', NotEqual],
  ['=<', '<=', LessEqual],
  ['=>', '>=', GreaterEqual],
  ['**', '*', Star],
  ['&', '&&', And],
  ['|', '||', Or],
  ['\u2260', '!=', NotEqual],
  ['\u2264', '<=', LessEqual],
  ['\u2265', '>=', GreaterEqual],
  ['\u2227', '&&', And],
  ['\u2228', '||', Or],
  ['\u00ac', '!', Bang],
  ['\u00d7', '*', Star],
  ['\u2212', '-', Minus],
  ['\u2013', '-', Minus],
  ['\u2014', '-', Minus],
];

/** Opening quotes of other languages and typography, with what may close them. */
const FOREIGN_QUOTES: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['`', '`'],
  ['\u2018', '\u2018\u2019'],
  ['\u2019', '\u2019'],
  ['\u201a', '\u2018\u2019'],
  ['\u201c', '\u201c\u201d"'],
  ['\u201d', '\u201d'],
  ['\u201e', '\u201c\u201d'],
  ['\u00ab', '\u00bb'],
  ['\u00bb', '\u00ab'],
]);

const WORD_RUN = /[\p{L}\p{M}\p{N}_]+/uy;
const NUMBER_RUN = /[0-9][0-9A-Za-z_]*(?:\.[0-9][0-9A-Za-z_]*)*/y;
const DIGITS_AND_KEYWORD = /^[0-9]+([a-z]+)$/;
const INVISIBLE_RUN = /(?:(?![\t-\r\u0085])[\p{Cf}\p{Cc}])+/uy;
/** A closing quote further away than this belongs to something else. */
const LONGEST_QUOTED = 1000;

/** What is wrong at an offset of a text; undefined when valid Cedar stands there. */
export function slipAt(text: string, at: number): Slip | undefined {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (/\p{Cs}/u.test(character)) return { end: at + 1, code: undefined, message: '', data: {} };
  if (/[0-9]/.test(character)) return numberSlip(text, at);
  if (/[\p{L}\p{N}_]/u.test(character)) return wordSlip(text, at);
  if (FOREIGN_QUOTES.has(character)) return quoteSlip(text, at, character);
  if (character === '?') return slotSlip(text, at);
  if (character === '#' || text.startsWith('/*', at)) return commentSlip(text, at);
  const sign = signSlip(text, at);
  if (sign !== undefined || '=!<>*/&|'.includes(character)) return sign;
  return invisibleSlip(text, at, character) ?? unexpected(text, at, character, undefined);
}

function numberSlip(text: string, at: number): Slip | undefined {
  const run = match(NUMBER_RUN, text, at);
  // `1in x` is two tokens.
  const keyword = DIGITS_AND_KEYWORD.exec(run)?.[1];
  if (/^[0-9]+$/.test(run) || (keyword !== undefined && KEYWORDS.has(keyword))) return undefined;
  return {
    end: at + run.length,
    code: 'invalid-number',
    message: `\`${shorten(run)}\` is not an integer`,
    help: numberHelp(run),
    data: { found: shorten(run) },
    type: Integer,
  };
}

function numberHelp(run: string): string {
  if (/^[0-9]+\.[0-9]+$/.test(run)) return `Cedar has no fractions: use \`decimal("${run}")\` and its methods`;
  if (/^[0-9][0-9_]*$/.test(run)) return `write \`${run.replaceAll('_', '')}\`: digits cannot be grouped`;
  if (/^0[xX][0-9a-fA-F]+$/.test(run) && run.length < 18) return `write it in decimal: \`${BigInt(run)}\``;
  return 'integers are decimal digits only';
}

function wordSlip(text: string, at: number): Slip | undefined {
  const run = match(WORD_RUN, text, at);
  const foreign = /[^A-Za-z0-9_]/u.exec(run)?.[0];
  if (foreign === undefined) return undefined;
  return {
    end: at + run.length,
    code: 'non-ascii-identifier',
    message: `names are made of A-Z, a-z, 0-9 and _: \`${shorten(run)}\` holds \`${foreign}\``,
    help: `an attribute can be named by a string: \`["${shorten(run)}"]\`; names of types cannot`,
    data: { found: shorten(run), character: foreign },
    type: Word,
  };
}

function quoteSlip(text: string, at: number, quote: string): Slip {
  const closing = FOREIGN_QUOTES.get(quote) ?? quote;
  for (let end = at + 1; end < Math.min(text.length, at + LONGEST_QUOTED); end++) {
    const character = text.charAt(end);
    if (character === '\n' || character === '\r') break;
    if (!closing.includes(character)) continue;
    const content = text.slice(at + 1, end);
    return {
      end: end + 1,
      code: 'wrong-quotes',
      message: 'this string does not stand in straight double quotes',
      help: content.length <= 40 && !/["\\]/.test(content) ? `write \`"${content}"\`` : undefined,
      data: { found: quote },
      type: Text,
    };
  }
  return unexpected(text, at, quote, 'strings stand in straight double quotes: `"`');
}

function slotSlip(text: string, at: number): Slip {
  const name = match(/\?[A-Za-z_][A-Za-z0-9_]*/y, text, at);
  if (name !== '') {
    return {
      end: at + name.length,
      code: 'unknown-slot',
      message: `\`${shorten(name)}\` is not a slot`,
      help: 'the slots are `?principal` and `?resource`',
      data: { found: shorten(name) },
      type: Slot,
    };
  }
  return unexpected(text, at, '?', 'a choice is written `if a then b else c`; a slot has no space after `?`');
}

function commentSlip(text: string, at: number): Slip {
  const found = text.startsWith('#', at) ? '#' : '/*';
  const closing = found === '#' ? -1 : text.indexOf('*/', at + 2);
  const rest = /[\r\n]|$/g;
  rest.lastIndex = at;
  const end = closing < 0 ? (rest.exec(text)?.index ?? text.length) : closing + 2;
  return {
    end,
    span: { start: at, end: at + found.length },
    code: 'comment-style',
    message: `\`${found}\` does not begin a comment`,
    help: 'comments begin with `//` and end with the line',
    data: { found },
  };
}

function signSlip(text: string, at: number): Slip | undefined {
  const slip = FOREIGN_SIGNS.find(([sign]) => text.startsWith(sign, at));
  if (slip === undefined) return undefined;
  const [found, meant, type] = slip;
  if (text.startsWith(meant, at) && found.length < meant.length) return undefined;
  return {
    end: at + found.length,
    code: 'foreign-operator',
    message: `\`${found}\` is not an operator of Cedar`,
    help: `write \`${meant}\``,
    data: { found, meant },
    type,
  };
}

function invisibleSlip(text: string, at: number, character: string): Slip | undefined {
  const run = match(INVISIBLE_RUN, text, at);
  if (run === '') return undefined;
  const name = codePointName(character);
  const atStart = at === 0 && character === '\ufeff';
  return {
    end: at + run.length,
    code: 'invisible-character',
    message: `the invisible character ${name} is not allowed here`,
    help: atStart ? 'save the file as UTF-8 without a byte order mark' : 'delete it',
    data: { character: name },
  };
}

/** A run of one repeated character counts as one. */
function unexpected(text: string, at: number, character: string, help: string | undefined): Slip {
  let end = at + character.length;
  while (text.startsWith(character, end)) end += character.length;
  return {
    end,
    code: 'unexpected-character',
    message: `unexpected character \`${character}\``,
    help,
    data: { character: codePointName(character) },
    type: Unreadable,
  };
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
