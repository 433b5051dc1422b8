/** What a token of a valid text is; words are keywords, too, and signs are told apart by their text. */
export const END = 0;
export const WORD = 1;
export const INTEGER = 2;
export const TEXT = 3;
export const SLOT = 4;
const SIGN = 5;

/** The tokens of a text, each at one position of three lists; behind the last one there are several `END`. */
export interface ValidTokens {
  readonly kinds: ArrayLike<number>;
  readonly images: readonly string[];
  /** Offsets in the text. */
  readonly starts: ArrayLike<number>;
}

const WORD_RUN = /[A-Za-z0-9_]+/y;
const DIGIT_RUN = /[0-9]+/y;
const BLANK_RUN = /[\t-\r ]+/y;
const LINE_END = /[\n\r]/g;
const QUOTE_OR_ESCAPE = /["\\]/g;

/** Signs that no other one begins with. */
const ALONE: readonly (string | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  [...',.()[]{};@-+'].find((sign) => sign.charCodeAt(0) === code),
);
const SINGLE = ':!*<>';
const DOUBLE: ReadonlySet<string> = new Set(['::', '==', '!=', '<=', '>=', '&&', '||']);
/** Signs after which another one of them may make an operator of another language. */
const IN_OPERATORS = '=!<>*/&|';

/** So many tokens may be looked at beyond the last one. */
const BEYOND = 4;

/** Divides a text into tokens; undefined for a text in which anything needs an explanation. */
export function validTokens(text: string): ValidTokens | undefined {
  const reader = new TokenReader(text);
  return text.isWellFormed() && reader.run() ? reader : undefined;
}

class TokenReader implements ValidTokens {
  readonly kinds: Uint8Array;
  readonly images: string[] = [];
  readonly starts: Uint32Array;
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
    // There may be as many tokens as characters; what is not used of this is never touched.
    this.kinds = new Uint8Array(text.length + BEYOND);
    this.starts = new Uint32Array(text.length + BEYOND);
  }

  run(): boolean {
    const { text } = this;
    const { length } = text;
    while (this.at < length) {
      const code = text.charCodeAt(this.at);
      if (code === 32 && text.charCodeAt(this.at + 1) > 32) this.at++;
      else if (code === 32 || (code >= 9 && code <= 13)) this.at = runEnd(BLANK_RUN, text, this.at);
      else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) {
        const end = runEnd(WORD_RUN, text, this.at);
        if (text.charCodeAt(end) >= 128) return false;
        this.push(WORD, end);
      } else if (code === 34) {
        const end = this.textEnd();
        if (end < 0) return false;
        this.push(TEXT, end);
      } else if (code >= 48 && code <= 57) {
        const end = runEnd(DIGIT_RUN, text, this.at);
        if (/^[A-Za-z_.]/.test(text.charAt(end))) return false;
        this.push(INTEGER, end);
      } else if (code === 47 && text.charCodeAt(this.at + 1) === 47) {
        LINE_END.lastIndex = this.at;
        this.at = LINE_END.test(text) ? LINE_END.lastIndex : length;
      } else {
        const alone = ALONE[code];
        if (alone !== undefined) this.pushSign(alone);
        else if (!this.sign()) return false;
      }
    }
    for (let i = 0; i < BEYOND; i++) this.push(END, length);
    return true;
  }

  private push(kind: number, end: number): void {
    const { images } = this;
    this.kinds[images.length] = kind;
    this.starts[images.length] = this.at;
    images.push(this.text.slice(this.at, end));
    this.at = end;
  }

  private pushSign(image: string): void {
    const { images } = this;
    this.kinds[images.length] = SIGN;
    this.starts[images.length] = this.at;
    images.push(image);
    this.at += image.length;
  }

  /** Offset behind the string that begins here; -1 where it is not closed. */
  private textEnd(): number {
    const { text } = this;
    for (let from = this.at + 1; ; ) {
      QUOTE_OR_ESCAPE.lastIndex = from;
      if (!QUOTE_OR_ESCAPE.test(text)) return -1;
      const { lastIndex } = QUOTE_OR_ESCAPE;
      if (text.charCodeAt(lastIndex - 1) === 34) return lastIndex;
      from = lastIndex + 1;
    }
  }

  private sign(): boolean {
    const { text, at } = this;
    const first = text.charAt(at);
    if (first === '?') {
      const end = runEnd(WORD_RUN, text, at + 1);
      const image = text.slice(at, end);
      if (image !== '?principal' && image !== '?resource') return false;
      this.push(SLOT, end);
      return true;
    }
    const isDouble = DOUBLE.has(text.slice(at, at + 2));
    if (!isDouble && !SINGLE.includes(first)) return false;
    const end = at + (isDouble ? 2 : 1);
    if (IN_OPERATORS.includes(first) && end < text.length && IN_OPERATORS.includes(text.charAt(end)))
      if (first !== '!' || isDouble || text.charAt(end) !== '!') return false;
    this.push(SIGN, end);
    return true;
  }
}

/** Where a run that begins at an offset ends. */
function runEnd(run: RegExp, text: string, from: number): number {
  run.lastIndex = from;
  return run.test(text) ? run.lastIndex : from;
}
