import type { Span } from '../text/source.js';
import { LONG_MAX, longOf } from '../values/long.js';
import type { Pattern } from '../values/pattern.js';
import type { Long } from '../values/value.js';
import { type PlacedText, spanOf } from './places.js';
import type { Problems } from './problems.js';

/** Integers of at most so many digits are exact as doubles. */
const EXACT_DIGITS = 15;
/** Digits of the largest int64 and uint64 numbers at most. */
const MOST_DIGITS = 20;

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '0': '\0',
  "'": "'",
  '"': '"',
};

/**
 * Value of an integer literal. `negative` says that a minus stands directly before the digits: then the value includes
 * it and may be the smallest int64.
 */
export function readInteger(problems: Problems, token: PlacedText, negative: boolean): Long {
  const { image } = token;
  if (image.length <= EXACT_DIGITS) {
    const small = Number(image);
    return negative && small !== 0 ? -small : small;
  }
  const digits = image.replace(/^0+(?=.)/, '');
  const value = digits.length > MOST_DIGITS || !/^[0-9]+$/.test(digits) ? undefined : BigInt(digits);
  if (value === undefined || value > LONG_MAX + (negative ? 1n : 0n)) {
    const smallest = value === LONG_MAX + 1n;
    problems.report('integer-out-of-range', spanOf(token), 'this integer is larger than 9223372036854775807', {
      help: smallest ? 'the smallest integer is written `-9223372036854775808`, without parentheses' : undefined,
      data: { digits: digits.slice(0, 40) },
    });
    return 0;
  }
  return longOf(negative ? -value : value);
}

/** Value of a string literal. */
export function readString(problems: Problems, token: PlacedText): string {
  const content = contentOf(token);
  if (!content.includes('\\') && !content.includes('\r')) return content;
  return new Unescaping(problems, token, content, false).run()[0];
}

/** Value of a string literal on the right side of `like`. */
export function readPattern(problems: Problems, token: PlacedText): Pattern {
  const content = contentOf(token);
  if (content.includes('\\') || content.includes('\r')) return new Unescaping(problems, token, content, true).run();
  const [first = '', ...rest] = content.split('*');
  return [first, ...rest];
}

/** Text between the quotes; empty when the scanner found the string faulty. */
function contentOf(token: PlacedText): string {
  const { image } = token;
  const proper = image.length >= 2 && image.startsWith('"') && image.endsWith('"');
  return proper ? image.slice(1, -1) : '';
}

class Unescaping {
  private readonly problems: Problems;
  private readonly content: string;
  private readonly isPattern: boolean;
  /** Offset of the content in the source. */
  private readonly offset: number;
  private readonly pieces: [string, ...string[]] = [''];
  private piece = '';
  private at = 0;

  constructor(problems: Problems, token: PlacedText, content: string, isPattern: boolean) {
    this.problems = problems;
    this.content = content;
    this.isPattern = isPattern;
    this.offset = token.startOffset + 1;
  }

  run(): [string, ...string[]] {
    const special = this.isPattern ? /[\\\r*]/g : /[\\\r]/g;
    for (;;) {
      special.lastIndex = this.at;
      const next = special.exec(this.content)?.index ?? this.content.length;
      this.piece += this.content.slice(this.at, next);
      this.at = next;
      if (next === this.content.length) break;
      if (this.content.startsWith('\\', next)) this.escape();
      else if (this.content.startsWith('*', next)) {
        this.wildcard();
        this.at++;
      } else this.carriageReturn();
    }
    this.pieces[this.pieces.length - 1] = this.piece;
    return this.pieces;
  }

  private wildcard(): void {
    this.pieces[this.pieces.length - 1] = this.piece;
    this.pieces.push('');
    this.piece = '';
  }

  private carriageReturn(): void {
    const span = this.spanTo(this.at + 1);
    this.problems.report('carriage-return-in-string', span, 'a raw carriage return cannot stand in a string', {
      help: 'write `\\r`, or save the file with LF line ends',
    });
    this.at++;
  }

  private escape(): void {
    const letter = this.content.charAt(this.at + 1);
    const simple = Object.hasOwn(SIMPLE_ESCAPES, letter) ? SIMPLE_ESCAPES[letter] : undefined;
    if (simple !== undefined) {
      this.piece += simple;
      this.at += 2;
    } else if (letter === 'x') this.hexadecimal();
    else if (letter === 'u' && this.content.startsWith('{', this.at + 2)) this.codePoint();
    else if (letter === '*' && this.isPattern) {
      this.piece += '*';
      this.at += 2;
    } else this.unknown(letter);
  }

  /** `\xHH` */
  private hexadecimal(): void {
    const digits = /^[0-9a-fA-F]{2}/.exec(this.content.slice(this.at + 2, this.at + 4))?.[0];
    if (digits === undefined) {
      this.fail(this.at + 2, '`\\x` takes exactly two hexadecimal digits', 'for other characters write `\\u{..}`');
    } else if (Number.parseInt(digits, 16) > 0x7f) {
      this.fail(this.at + 4, '`\\x` goes up to `\\x7F` only', `write \`\\u{${digits}}\``);
    } else this.character(Number.parseInt(digits, 16), this.at + 4);
  }

  /** `\u{H..}` */
  private codePoint(): void {
    const close = this.content.indexOf('}', this.at + 3);
    const inside = close < 0 || close > this.at + 40 ? undefined : this.content.slice(this.at + 3, close);
    const end = inside === undefined ? this.at + 3 : close + 1;
    const digits = inside?.replaceAll('_', '') ?? '';
    const code = Number.parseInt(digits, 16);
    if (inside === undefined || !/^[0-9a-fA-F][0-9a-fA-F_]*$/.test(inside) || digits.length > 6) {
      this.fail(end, '`\\u{..}` takes one to six hexadecimal digits', 'for example `\\u{e9}`');
    } else if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      this.fail(end, `there is no character U+${digits.toUpperCase()}`, 'code points end at 10FFFF and skip D800-DFFF');
    } else this.character(code, end);
  }

  private character(code: number, end: number): void {
    const character = String.fromCodePoint(code);
    this.at = end;
    // Cedar unescapes before it looks for wildcards.
    if (character === '*' && this.isPattern) this.wildcard();
    else this.piece += character;
  }

  private unknown(letter: string): void {
    const end = this.at + 1 + String.fromCodePoint(this.content.codePointAt(this.at + 1) ?? 0).length;
    const written =
      /[\p{Cc}\p{Cs}]/u.test(letter) || letter === '' ? '\\' : `\\${this.content.slice(this.at + 1, end)}`;
    this.fail(end, `\`${written}\` is not an escape sequence`, this.unknownHelp(letter));
  }

  private unknownHelp(letter: string): string {
    const digits = /^u([0-9a-fA-F]{4})/.exec(this.content.slice(this.at + 1, this.at + 6))?.[1];
    if (digits !== undefined) return `write \`\\u{${digits}}\``;
    if (letter === '*') return '`\\*` exists only in the pattern of `like`; here write `*`';
    if (letter === '/' || letter === '$' || letter === '.') return `write \`${letter}\` without the backslash`;
    return 'escapes are \\n \\r \\t \\0 \\\\ \\\' \\" \\xHH \\u{H..}; a backslash is written `\\\\`';
  }

  private fail(end: number, message: string, help: string): void {
    const stop = Math.min(end, this.content.length);
    this.problems.report('invalid-escape', this.spanTo(stop), message, {
      help,
      data: { escape: this.content.slice(this.at, stop) },
    });
    this.at = Math.max(stop, this.at + 1);
  }

  private spanTo(end: number): Span {
    return { start: this.offset + this.at, end: this.offset + end };
  }
}
