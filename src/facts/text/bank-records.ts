import { digitsOf, weightedSum } from './checksums.js';
import type { PersonalKind } from './finding-kinds.js';
import type { Reading } from './reading.js';

/** A line or a field of a file by which banks pay and book. */
interface BankRecord {
  readonly kind: PersonalKind;
  readonly form: RegExp;
  /** Check of the number of the bank in the first group. */
  readonly check?: (bank: string) => boolean;
}

/** The number that names a bank of the United States, with its check digit. */
const isRouting = (bank: string): boolean => weightedSum(digitsOf(bank), [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;

/** The name of a person in capitals, with or without a comma. */
const NAME = String.raw`\p{Lu}[\p{L}'.-]{1,20},? ?(?:\p{Lu}[\p{L}'.-]{0,20} ?){1,3}`;

const RECORDS: readonly BankRecord[] = [
  // NACHA: an entry with routing number, account, amount and name.
  {
    kind: 'us-bank-account',
    form: new RegExp(String.raw`6[23]\d(\d{9})\d{4,17} *\d{10}[\w -]{0,24}? {0,15}${NAME}`, 'uy'),
    check: isRouting,
  },
  // BACS: sort code, account, kind of transaction, sort code and account of who pays, amount, name.
  {
    kind: 'uk-bank-account',
    form: new RegExp(String.raw`\d{14}\d(?:99|01|17|18|19)\d{14}[\d ]{4}\d{11}\s?${NAME}`, 'uy'),
  },
  // MT940: account and name of the other side.
  { kind: 'person-records', form: new RegExp(String.raw`(?<=\?)31\w{6,34}\s?\?32${NAME}`, 'uy') },
  // DTAUS: the record of a payment.
  { kind: 'person-records', form: new RegExp(String.raw`(?<=\d{4}C)\d{50,120}[ \d]{0,40}${NAME}`, 'uy') },
];

const FEWEST = 3;

/** Finds the accounts of several people in files of banks, while long groups of digits are passed over. */
export class BankRecords {
  readonly #reading: Reading;
  readonly #met = new Map<PersonalKind, { readonly written: Set<string>; readonly first: number; last: number }>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Looks at a group of digits that is long, or stands behind the sign of a field. */
  look(start: number): void {
    const { text } = this.#reading;
    const before = text.charCodeAt(start - 1);
    if (start > 0 && before !== 0x0a && before !== 0x3f && before !== 0x43 && before !== 0x20) return;
    for (const { kind, form, check } of RECORDS) {
      form.lastIndex = start;
      const match = form.exec(text);
      if (match === null || check?.(match[1] ?? '') === false) continue;
      const known = this.#met.get(kind);
      const last = start + match[0].length;
      if (known === undefined) this.#met.set(kind, { written: new Set([match[0]]), first: start, last });
      else {
        known.written.add(match[0]);
        known.last = last;
      }
      return;
    }
  }

  /** Reports the kinds of which a text has several. */
  finish(): void {
    for (const [kind, { written, first, last }] of this.#met)
      if (written.size >= FEWEST) this.#reading.personal(kind, first, last);
  }
}
