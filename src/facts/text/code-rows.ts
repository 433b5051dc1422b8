/** A list has at least so many codes. */
const FEWEST = 8;
/** No code has so many digits, but the last of them can be one. */
const TOO_LONG = 17;

const BETWEEN = 1;
const DIGIT = 2;
/** What lists of codes are made of: hexadecimal digits, and what stands before and between them. */
const LISTED = Uint8Array.from({ length: 128 }, (_, unit) => {
  const sign = String.fromCharCode(unit);
  return /[0-9a-f]/i.test(sign) ? DIGIT : /[\sxu+&#\\,;:|/-]/i.test(sign) ? BETWEEN : 0;
});

/** Where in a text as many codes of signs stand in a row as a list of them has; each place is looked at once. */
export class CodeRows {
  readonly #text: string;
  /** Up to where it was looked, and how many codes and digits of the next one end there. */
  #read = 0;
  #codes = 0;
  #digits = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether a row may begin from `from` to `last`, for places that follow each other; where none does, no list does. */
  mayBegin(from: number, last: number): boolean {
    if (from > this.#read) this.#restart(from);
    const text = this.#text;
    const stop = text.length;
    let codes = this.#codes;
    let digits = this.#digits;
    let at = this.#read;
    while (codes < FEWEST && (at <= last || codes > 0 || digits > 0)) {
      const unit = at < stop ? text.charCodeAt(at) : 0;
      // Blanks beyond ASCII are rare, and letters beyond it no digits.
      const listed = unit < 0x80 ? (LISTED[unit] ?? 0) : BETWEEN;
      if (listed === DIGIT) digits++;
      else {
        if (digits >= TOO_LONG) codes = 1;
        else if (digits > 1) codes++;
        digits = 0;
        if (listed === 0 && codes < FEWEST) codes = 0;
      }
      if (at++ >= stop) break;
    }
    this.#read = Math.min(at, stop);
    this.#codes = codes;
    this.#digits = digits;
    return codes >= FEWEST;
  }

  #restart(from: number): void {
    this.#read = from;
    this.#codes = 0;
    this.#digits = 0;
  }
}
