import { EOF, type IToken, type TokenType } from 'chevrotain';
import type { Source, Span } from '../text/source.js';
import { slipAt } from './lexical-slips.js';
import { endOf } from './places.js';
import { Problems } from './problems.js';
import { Integer, KEYWORDS, PUNCTUATION, SLOT_NAMES, Slot, Text, UNICODE_SPACE, Word } from './tokens.js';

/** A text as tokens for the grammars, with its comments apart. */
export interface Scan {
  readonly tokens: IToken[];
  /** Comments from `//` to before their line end, in the order of the text. */
  readonly comments: readonly Span[];
}

const LINE_FEED = 10;
const RETURN = 13;
const SLASH = 47;
const BACKSLASH = 92;

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const SPACE = 3;
const QUOTE = 4;
const SIGN = 5;
const QUESTION = 6;

/** Class of every ASCII character by the token that it can start. */
const CLASS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) return LETTER;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[\t\n\v\f\r ]/.test(character)) return SPACE;
  if (character === '"') return QUOTE;
  if (character === '?') return QUESTION;
  const starts = [...PUNCTUATION.keys()].some((sign) => sign.startsWith(character));
  return starts ? SIGN : OTHER;
});

/** Characters that operators of other languages are made of. */
const IN_OPERATORS = new Set(Array.from('=!<>*/&|', (character) => character.charCodeAt(0)));

interface Sign {
  readonly image: string;
  readonly type: TokenType;
}

/** Punctuation of one character, by its character code. */
const SINGLE: readonly (Sign | undefined)[] = signTable(1);
/** Punctuation of two characters, by the code of the first and then of the second. */
const DOUBLE: readonly (readonly (Sign | undefined)[] | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const first = String.fromCharCode(code);
  const second = signTable(2, first);
  return second.some((sign) => sign !== undefined) ? second : undefined;
});

function signTable(length: number, prefix = ''): readonly (Sign | undefined)[] {
  const table = Array.from<Sign | undefined>({ length: 128 });
  for (const [image, type] of PUNCTUATION) {
    if (image.length === length && image.startsWith(prefix)) table[image.charCodeAt(prefix.length)] = { image, type };
  }
  return table;
}

/**
 * Splits a text into tokens. It never fails: what no token can begin is reported and either replaced by the token that
 * was probably meant or left out, so that the grammar can go on. `questionMark` is the token of a `?` in languages that
 * have no slots.
 */
export function scan(problems: Problems, questionMark?: TokenType): Scan {
  const scanner = new Scanner(problems, questionMark);
  scanner.run();
  reportLoneSurrogates(problems);
  return scanner;
}

/** Like `scan`, for those who have no problems yet. */
export function scanSource(source: Source): Scan & { readonly problems: Problems } {
  const problems = new Problems(source);
  return { ...scan(problems), problems };
}

/** The text is not Unicode: nothing outside this engine could read it. Reported wherever it is, even in comments. */
function reportLoneSurrogates(problems: Problems): void {
  for (const match of problems.source.text.matchAll(/[\ud800-\udfff]+/gu)) {
    const span = { start: match.index, end: match.index + match[0].length };
    problems.report('lone-surrogate', span, 'half of a surrogate pair is no character', {
      help: 'save the text as UTF-8 again',
    });
    if (problems.isFull) return;
  }
}

/** Hand-written because it is four times as fast as the lexer of the parsing library, and says what was meant. */
class Scanner implements Scan {
  readonly tokens: IToken[] = [];
  readonly comments: Span[] = [];
  private readonly text: string;
  private readonly problems: Problems;
  private readonly questionMark: TokenType | undefined;
  private at = 0;
  /** Index of the first token that is a string over several lines. */
  private firstMultiline: number | undefined;
  /** Set once a string was not closed: from then on no string goes past its line. */
  private stringsEndWithLine = false;

  constructor(problems: Problems, questionMark: TokenType | undefined) {
    this.problems = problems;
    this.text = problems.source.text;
    this.questionMark = questionMark;
  }

  run(): void {
    const { text } = this;
    while (this.at < text.length && !this.problems.isFull) {
      const code = text.charCodeAt(this.at);
      switch (code < 128 ? CLASS[code] : OTHER) {
        case SPACE:
          this.at++;
          break;
        case LETTER:
          this.word();
          break;
        case SIGN:
          this.sign(code);
          break;
        case QUOTE:
          this.string();
          break;
        case DIGIT:
          this.integer();
          break;
        case QUESTION:
          this.slot();
          break;
        default:
          if (UNICODE_SPACE.test(text.charAt(this.at))) this.at++;
          else if (!this.slip()) this.at++;
      }
    }
  }

  private push(image: string, type: TokenType): void {
    this.tokens.push({ image, startOffset: this.at, tokenTypeIdx: type.tokenTypeIdx ?? 0, tokenType: type });
    this.at += image.length;
  }

  /** End of the run of letters and digits that goes on at an offset. */
  private wordEnd(from: number): number {
    const { text } = this;
    let end = from;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      const kind = code < 128 ? CLASS[code] : OTHER;
      if (kind !== LETTER && kind !== DIGIT) break;
    }
    return end;
  }

  private word(): void {
    const end = this.wordEnd(this.at + 1);
    if (this.text.charCodeAt(end) >= 128 && this.slip()) return;
    const image = this.text.slice(this.at, end);
    this.push(image, KEYWORDS.get(image) ?? Word);
  }

  private integer(): void {
    const { text } = this;
    let end = this.at + 1;
    while (CLASS[text.charCodeAt(end)] === DIGIT) end++;
    const next = text.charCodeAt(end);
    if ((CLASS[next] === LETTER || next === 46) && this.slip()) return;
    this.push(text.slice(this.at, end), Integer);
  }

  private slot(): void {
    if (this.questionMark !== undefined) {
      this.push('?', this.questionMark);
      return;
    }
    const end = this.wordEnd(this.at + 1);
    const image = this.text.slice(this.at, end);
    if (!SLOT_NAMES.includes(image)) this.slip();
    else this.push(image, Slot);
  }

  private sign(code: number): void {
    const { text } = this;
    const next = text.charCodeAt(this.at + 1);
    if (code === SLASH && next === SLASH) {
      this.comment();
      return;
    }
    const sign = DOUBLE[code]?.[next] ?? SINGLE[code];
    // `&` and `|` start an operator without being one; a longer run may be an operator of another language.
    const unsure =
      sign === undefined ||
      (IN_OPERATORS.has(code) &&
        IN_OPERATORS.has(text.charCodeAt(this.at + sign.image.length)) &&
        !(sign.image === '<' && this.questionMark !== undefined));
    if (unsure && this.slip()) return;
    if (sign !== undefined) this.push(sign.image, sign.type);
  }

  private comment(): void {
    const { text } = this;
    let end = this.at + 2;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === LINE_FEED || code === RETURN) break;
    }
    this.comments.push({ start: this.at, end });
    this.at = end;
  }

  private string(): void {
    const { text } = this;
    let multiline = false;
    for (let end = this.at + 1; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === 34) {
        if (multiline) this.firstMultiline ??= this.tokens.length;
        this.push(text.slice(this.at, end + 1), Text);
        return;
      }
      if (code === BACKSLASH) end++;
      else if (code === LINE_FEED) {
        multiline = true;
        if (this.stringsEndWithLine) break;
      }
    }
    this.unterminatedString();
  }

  /**
   * A string that runs to the end of the text was seldom the one that lost its quote: the first string over several
   * lines is the better guess. Either way the text is read on from the next line, and no later string may span lines,
   * which also keeps the time linear.
   */
  private unterminatedString(): void {
    const suspect = this.firstMultiline;
    if (!this.stringsEndWithLine && suspect !== undefined) {
      this.at = this.tokens[suspect]?.startOffset ?? this.at;
      this.tokens.length = suspect;
      this.problems.forgetFrom(this.at);
      while ((this.comments.at(-1)?.start ?? -1) >= this.at) this.comments.pop();
    }
    this.stringsEndWithLine = true;
    const rest = /[\r\n]|$/g;
    rest.lastIndex = this.at;
    const end = rest.exec(this.text)?.index ?? this.text.length;
    this.problems.reportUnreadable('unterminated-string', { start: this.at, end }, 'this string is never closed', {
      help: 'close it with `"`; a quote inside a string is written `\\"`',
    });
    this.push(this.text.slice(this.at, end), Text);
  }

  /** Handles what is no Cedar at the current place; false when it is Cedar after all. */
  private slip(): boolean {
    const slip = slipAt(this.text, this.at);
    if (slip === undefined) return false;
    const span = { start: this.at, end: slip.end };
    if (slip.code !== undefined) {
      this.problems.reportUnreadable(slip.code, slip.span ?? span, slip.message, { help: slip.help, data: slip.data });
    }
    if (slip.type === undefined) {
      this.at = slip.end;
      return true;
    }
    this.push(this.text.slice(this.at, slip.end), slip.type);
    return true;
  }
}

/** Offset after the last token, where something is missing that should follow it. */
export function endOfTokens(tokens: readonly IToken[]): number {
  // While the library reads the tokens, it keeps marks for the end of the text behind them.
  const last = tokens.findLast((token) => token.tokenType !== EOF);
  return last === undefined ? 0 : endOf(last);
}
