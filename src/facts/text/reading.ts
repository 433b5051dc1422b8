import { DIGIT, isIn } from './characters.js';
import { CodeRows } from './code-rows.js';
import type { FindingCategory } from './finding.js';
import type { KindsOf, PersonalKind, SecretKind } from './finding-kinds.js';
import { WorthyValues } from './nearby-values.js';

/** What is said of a person: of their body, of what they believe or love, of law and order, of their work, in confidence. */
export type Topic = 'health' | 'private' | 'law' | 'work' | 'intimate';

/** A finding in the offsets of a view. */
export interface Detection {
  readonly category: FindingCategory;
  readonly kind: KindsOf[FindingCategory];
  readonly start: number;
  readonly end: number;
  /** Recognized by a form of its own; what only a place gives away (`password = ...`) yields to it where both overlap. */
  readonly specific: boolean;
  /** Only a guess from the neighbourhood, which yields to everything else. */
  readonly near: boolean;
}

/** Digits and capitals, or words for digits, that may be a part of a number; `text` has them in signs. */
export interface NumberPiece {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Whether it was written in words. */
  readonly spoken: boolean;
}

/** A mail address in words, and what its line says. */
export interface WrittenMail {
  readonly name: string | undefined;
  readonly phone: boolean;
  /** Whether it is a house where people rather than companies have mailboxes. */
  readonly isPrivate: boolean;
  readonly start: number;
  readonly end: number;
}

/** 1 for the characters that end a value written without quotation marks. */
const VALUE_STOPS = Uint8Array.from({ length: 128 }, (_, code) =>
  ' \t\r\n"\'`<>,;|)}]\\&([{\0'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** One text being searched: what the detectors share. */
export class Reading {
  readonly text: string;
  /** Whether the text was written in an encoding, which nobody does without a reason. */
  readonly decoded: boolean;
  readonly detections: Detection[] = [];
  /** Pieces that a reader of the rendered document does not see. */
  readonly unseen: { readonly start: number; readonly end: number }[] = [];
  /** Where somebody speaks to a model, in order. */
  addresses: readonly number[] = [];
  /** Where words of demands were met in each disguise, in order; see `DISGUISES`. */
  readonly disguises = new Map<string, number[]>();
  /** Up to where commands that could send something were looked at. */
  commandsRead = 0;
  /** Up to where values near words for secrets were looked at. */
  nearbyRead = 0;
  /** Up to where national numbers under a label were looked for. */
  idsRead = 0;
  /** Up to where manifests of secrets were read. */
  manifestsRead = 0;
  /** Up to where the words of wallets were read. */
  seedsRead = 0;
  /** Up to where secrets spelled with the words of the telephone were looked for. */
  alphabetRead = 0;
  /** Up to where passwords told sign by sign were looked for. */
  spelledRead = 0;
  /** Up to where secrets told by the codes of their signs were looked for. */
  codesRead = 0;
  /** Up to where secrets told in halves were looked for. */
  halvesRead = 0;
  /** Up to where passwords told in pieces were looked for. */
  describedRead = 0;
  /** Up to where headers of cookies were read. */
  cookiesRead = 0;
  /** Up to where objects of cookies were read. */
  jarRead = 0;
  /** Up to where pieces that a program joins were looked for. */
  joinedRead = 0;
  /** Up to where numbered words of wallets were looked for. */
  numberedRead = 0;
  /** Up to where secrets that are written backwards were looked for. */
  turnedRead = 0;
  /** Mail addresses that are written in words, by what they say. */
  readonly spelledMails = new Map<string, { readonly host: string; readonly start: number; readonly end: number }>();
  /** The same with who they belong to, for lists of few people. */
  readonly writtenMails = new Map<string, WrittenMail>();
  /** Where it is told how to get into homes, or when nobody is there. */
  readonly homes: number[] = [];
  /** Up to where tables of logins were looked for. */
  loginsRead = 0;
  /** Up to where columns of accounts were looked for. */
  accountsRead = 0;
  /** Up to where numbers told in pieces were looked for. */
  toldRead = 0;
  /** The last pieces of numbers, and up to where they were looked for. */
  readonly told: { read: number; pieces: NumberPiece[] } = { read: 0, pieces: [] };
  /** Up to where columns of national numbers were looked for. */
  columnsRead = 0;
  /** Numbers of persons under their label that no check digit proves. */
  readonly likelyIds: {
    readonly country: string;
    readonly from: number;
    readonly to: number;
    readonly label: { readonly start: number; readonly end: number };
  }[] = [];
  /** Where something is said that is nobody's business, in order. */
  readonly sensitive: { readonly topic: Topic; readonly start: number; readonly end: number }[] = [];
  /** Where people at risk are spoken of, in order, and how many of them must be known before it is a list of them. */
  readonly risks: { readonly least: 1 | 2 | 3; readonly start: number; readonly end: number }[] = [];
  /** Up to where tables with a column of secrets were read. */
  tableRead = 0;
  /** Up to where lists of bytes were looked for. */
  arraysRead = 0;
  /** Up to where demands to read a file of secrets were looked for. */
  filesRead = 0;
  readonly #searches = new Map<string, { from: number; found: number }>();
  #threeDigits = { from: Number.POSITIVE_INFINITY, found: -1 };
  #digit = { from: Number.POSITIVE_INFINITY, found: -1 };
  #lineStart = 0;
  #lineEnd = 0;
  #valueStart = 0;
  #valueEnd = 0;
  /** The values that words for secrets nearby may be about. */
  readonly values: WorthyValues;
  /** The rows of codes that words for secrets nearby may be about. */
  readonly codeRows: CodeRows;
  readonly #covered = new Map<FindingCategory, number>();

  /** Whether its words were disguised as well: shuffled, shifted, read from the end. */
  readonly disguised: boolean;

  constructor(text: string, decoded = false, disguised = false) {
    this.text = text;
    this.values = new WorthyValues(text);
    this.codeRows = new CodeRows(text);
    this.decoded = decoded;
    this.disguised = disguised;
  }

  add<C extends FindingCategory>(category: C, kind: KindsOf[C], start: number, end: number, specific: boolean): void {
    if (end <= start) return;
    this.detections.push({ category, kind, start, end, specific, near: false });
    if (specific) this.#covered.set(category, Math.max(end, this.#covered.get(category) ?? 0));
  }

  secret(kind: SecretKind, start: number, end: number): void {
    this.add('secret', kind, start, end, true);
  }

  /** A secret known only by its place. */
  placedSecret(kind: SecretKind, start: number, end: number): void {
    this.add('secret', kind, start, end, false);
  }

  /** A secret known only by words nearby. */
  nearSecret(kind: SecretKind, start: number, end: number): void {
    if (end > start) this.detections.push({ category: 'secret', kind, start, end, specific: false, near: true });
  }

  /** Words that nothing but their likeness to injections gives away. */
  likelyInjection(start: number, end: number): void {
    this.detections.push({ category: 'injection', kind: 'likely-order', start, end, specific: false, near: true });
  }

  personal(kind: PersonalKind, start: number, end: number): void {
    this.add('personal-data', kind, start, end, true);
  }

  /** End of the last specific finding of a category: nothing before it needs to be looked at again. */
  coveredUntil(category: FindingCategory): number {
    return this.#covered.get(category) ?? 0;
  }

  /** End of the unquoted value that `at` is in or before: the next blank, quotation mark, bracket, comma, semicolon or the like. */
  valueEnd(at: number): number {
    if (at < this.#valueStart || at >= this.#valueEnd) {
      this.#valueStart = at;
      let end = at;
      while (end < this.text.length && VALUE_STOPS[this.text.charCodeAt(end)] !== 1) end++;
      this.#valueEnd = end;
    }
    return Math.max(at, this.#valueEnd);
  }

  /** Where the line of an offset begins, or any place further before it than `LONG_LINE`. */
  lineStart(at: number): number {
    const isOn = at >= this.#lineEnd;
    const known = isOn ? this.#lineEnd : 0;
    const least = Math.max(known, at - LONG_LINE);
    let start = at;
    while (start > least && this.text.charCodeAt(start - 1) !== 0x0a) start--;
    if (!isOn) return start;
    // No line ends between the last start and the last offset.
    if (start > known) this.#lineStart = start;
    this.#lineEnd = at;
    return this.#lineStart;
  }

  /** Like `indexOf`, but a search that is repeated from further on is answered from the last one, so that all together are linear. */
  next(needle: string, from: number): number {
    const known = this.#searches.get(needle);
    if (known !== undefined && known.from <= from && (known.found < 0 || known.found >= from)) return known.found;
    const found = this.text.indexOf(needle, from);
    this.#searches.set(needle, { from, found });
    return found;
  }

  /** Where the next three digits in a row stand, -1 when none do; for places that follow each other, all together linear. */
  nextThreeDigits(from: number): number {
    const known = this.#threeDigits;
    if (from < known.from || (known.found >= 0 && known.found < from)) {
      THREE_DIGITS.lastIndex = from;
      this.#threeDigits = { from, found: THREE_DIGITS.test(this.text) ? THREE_DIGITS.lastIndex - 3 : -1 };
    }
    return this.#threeDigits.found;
  }

  /** The same for one digit. */
  nextDigit(from: number): number {
    const known = this.#digit;
    if (from >= known.from && (known.found < 0 || known.found >= from)) return known.found;
    const { text } = this;
    let at = from;
    while (at < text.length && !isIn(text.charCodeAt(at), DIGIT)) at++;
    known.from = from;
    known.found = at < text.length ? at : -1;
    return known.found;
  }
}

const LONG_LINE = 256;

const THREE_DIGITS = /\d{3}/g;

/** What to do where a literal occurs. `start` and `end` are the literal's. */
export interface LiteralRule {
  readonly literal: string;
  readonly onHit: (reading: Reading, start: number, end: number) => void;
}
