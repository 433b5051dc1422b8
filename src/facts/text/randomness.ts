import { classOf, DIGIT, isIn, LETTER, LOWER, UPPER } from './characters.js';
import { PUBLISHED_CREDENTIALS } from './published-credentials-table.js';

const counts = new Uint32Array(256);

/** Shannon entropy of the characters from `start` to `end`, in bits for each character. */
export function entropy(text: string, start = 0, end = text.length): number {
  const length = end - start;
  if (length <= 0) return 0;
  let low = 0xff;
  let high = 0;
  for (let i = start; i < end; i++) {
    const slot = text.charCodeAt(i) & 0xff;
    counts[slot] = (counts[slot] ?? 0) + 1;
    if (slot < low) low = slot;
    if (slot > high) high = slot;
  }
  const known = length < KNOWN ? length * KNOWN : 0;
  // Most characters of a key stand there once.
  const once = termOf(1, length, known);
  let bits = 0;
  for (let slot = low; slot <= high; slot++) {
    const count = counts[slot] ?? 0;
    if (count === 0) continue;
    bits -= count === 1 ? once : termOf(count, length, known);
    counts[slot] = 0;
  }
  return bits;
}

/** Lengths of which the terms are kept. */
const KNOWN = 128;
/** By length and count, 0 where a term was not needed yet. */
let terms: Float64Array | undefined;

/** What characters that occur so often are in the sum; `known` is the row of the length, 0 for long ones. */
function termOf(count: number, length: number, known: number): number {
  if (known === 0) return (count / length) * Math.log2(count / length);
  terms ??= new Float64Array(KNOWN * KNOWN);
  let term = terms[known + count] ?? 0;
  if (term === 0) {
    term = (count / length) * Math.log2(count / length);
    terms[known + count] = term;
  }
  return term;
}

/**
 * Whether a value looks drawn at random rather than named by a person: digits and letters, no long stretch of one case
 * that reads as a word, not a mere count or repetition.
 */
export function looksRandom(value: string, minimumEntropy: number): boolean {
  if (entropy(value) < minimumEntropy) return false;
  let digits = 0;
  let letters = 0;
  for (let i = 0; i < value.length; i++) {
    const bits = classOf(value.charCodeAt(i));
    if ((bits & DIGIT) !== 0) digits++;
    else if ((bits & LETTER) !== 0) letters++;
  }
  if (digits === 0 || letters === 0) return false;
  return wordyShare(value) <= 0.5 && countingShare(value) <= 0.9;
}

const VOWELS = Uint8Array.from({ length: 128 }, (_, code) =>
  Number('aeiouyAEIOUY'.includes(String.fromCharCode(code))),
);

/** Share of a value that lies in stretches of at least four letters of one case, with a vowel in every five. */
export function wordyShare(value: string): number {
  let wordy = 0;
  for (let i = 0; i < value.length; ) {
    const start = i;
    if (isIn(value.charCodeAt(i), UPPER)) i++;
    const lowerStart = i;
    while (i < value.length && isIn(value.charCodeAt(i), LOWER)) i++;
    if (i === lowerStart && i > start)
      while (i < value.length && isIn(value.charCodeAt(i), UPPER) && !isIn(value.charCodeAt(i + 1), LOWER)) i++;
    if (i === start) {
      i++;
      continue;
    }
    if (i - start >= 4 && isPronounceable(value, start, i)) wordy += i - start;
  }
  return value.length === 0 ? 0 : wordy / value.length;
}

function isPronounceable(value: string, start: number, end: number): boolean {
  let sinceVowel = 0;
  let vowels = 0;
  for (let i = start; i < end; i++) {
    if (VOWELS[value.charCodeAt(i)] === 1) {
      vowels++;
      sinceVowel = 0;
    } else if (++sinceVowel > 4) return false;
  }
  return vowels > 0;
}

/** Share of characters that only repeat the one before or follow it in the alphabet. */
export function countingShare(value: string): number {
  let steps = 0;
  for (let i = 1; i < value.length; i++) {
    const step = value.charCodeAt(i) - value.charCodeAt(i - 1);
    if (step === 0 || step === 1 || step === -1) steps++;
  }
  return value.length < 2 ? 0 : steps / (value.length - 1);
}

/** Whether a value is a stand-in that shows where a secret goes, whatever kind of secret it is. */
export function isStandIn(value: string): boolean {
  return (
    hasFewCharacters(value, 3) || PUBLISHED_CREDENTIALS.has(value) || (mayHoldStandIn(value) && STAND_IN.test(value))
  );
}

/** Letters of the alphabet one after the other, whatever their case and the digits among them: `a1b2c3d4`, `AbCdEfGh1234`. */
export function isAlphabet(value: string): boolean {
  if (value.length < 16 || value.length > 256) return false;
  let letters = 0;
  let steps = 0;
  let last = 0;
  for (let i = 0; i < value.length; i++) {
    const letter = value.charCodeAt(i) | 0x20;
    if (letter < 0x61 || letter > 0x7a) continue;
    letters++;
    if (letter === last + 1) steps++;
    last = letter;
  }
  return letters >= 6 && steps >= (letters - 1) * 0.6;
}

/**
 * What only occurs in stand-ins. `EXAMPLE` covers the credentials in the documentation of AWS, the first is the client in the
 * standard of OAuth; neither are secrets: they are published, and no account has them.
 */
const STAND_IN =
  /czZCaGRSa3F0Mz|example|placeholder|redacted|x{4}|\*{3}|\.{3}|dummy|change[-_]?me|replace[-_]?(?:me|with|this)|insert[-_]|your[-_]?(?:own|api|key|token|secret|password|app|access|client|account|project|real|new|actual|[-_])|not[-_]?(?:a[-_]?)?real|fake|0{8}/i;

/** The lowest bits of three characters, in which letters of both cases are the same. */
const OF_THREE = 0x7fff;
/** 1 for what the three characters amount to with which something in `STAND_IN` begins. */
const STAND_IN_STARTS = new Uint8Array(OF_THREE + 1);
for (const start of 'czz exa pla red xxx *** ... dum cha rep ins you not fak 000'.split(' '))
  STAND_IN_STARTS[[...start].reduce(withNext, 0)] = 1;

function withNext(before: number, character: string): number {
  return ((before << 5) | (character.charCodeAt(0) & 31)) & OF_THREE;
}

/** Whether anything in a value begins as stand-ins do; few that are drawn at random have to be looked at again. */
function mayHoldStandIn(value: string): boolean {
  let three = 0;
  for (let i = 0; i < value.length; i++) {
    three = ((three << 5) | (value.charCodeAt(i) & 31)) & OF_THREE;
    if (STAND_IN_STARTS[three] === 1) return true;
  }
  return false;
}

function hasFewCharacters(value: string, most: number): boolean {
  let seen = '';
  for (let i = 0; i < value.length; i++) {
    const character = value.charAt(i);
    if (seen.includes(character)) continue;
    if (seen.length === most) return false;
    seen += character;
  }
  return true;
}

/**
 * Whether a value refers to a secret kept elsewhere instead of being one: `${TOKEN}`, `$TOKEN`, `%TOKEN%`, `<token>`,
 * `{{ token }}`, `process.env.TOKEN`, `[REDACTED]`.
 */
export function isReference(value: string): boolean {
  return holdsMark(value) && REFERENCE.test(value);
}

/** 1 for the marks of which every reference has one. */
const OF_REFERENCES = Uint8Array.from({ length: 128 }, (_, code) =>
  Number('$%<@[{`&*!.:)'.includes(String.fromCharCode(code))),
);

function holdsMark(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (OF_REFERENCES[value.charCodeAt(i)] === 1) return true;
  return false;
}

const REFERENCE =
  /^(?:\$[A-Za-z_]\w*$|%[A-Za-z_]\w*%?$|<[^<>]*>?$|@[A-Za-z_][\w.]*$|\[[^\]]*\]?$|\{[^{}]*\}?$|`|&[A-Za-z_]|\*+$|!\w+$|(?:process|os|env|ENV|System|Deno|Bun|config|cfg|secrets?|self|this|vars?|params?|args?|opts|options|settings|req|request|props|data|local|module|ctx|context|import|var|file|vault|op|ssm|arn|sops|keyring)\b[.[:])|\$\{|\{\{|\$\(|#\{|<%|%\(/;
