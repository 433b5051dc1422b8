import { isIn, UPPER } from './characters.js';
import { isCounted, isSampleOf, namesPerson, plainOf } from './labelled-numbers.js';
import { PeopleByNumber } from './people-by-number.js';
import { UNLABELLED, UNLABELLED_LETTERED, type UnlabelledNumber } from './person-numbers-table.js';
import type { Reading } from './reading.js';

/** Forms by the length of their first group of digits. */
const BY_DIGITS: readonly (readonly UnlabelledNumber[] | undefined)[] = byDigits();

function byDigits(): (UnlabelledNumber[] | undefined)[] {
  const lists: (UnlabelledNumber[] | undefined)[] = [];
  for (const one of [...UNLABELLED, ...UNLABELLED_LETTERED])
    for (const digits of one.digits) lists[digits] = [...(lists[digits] ?? []), one];
  return lists;
}

interface Found {
  readonly from: number;
  readonly to: number;
}

/** Collects rare forms of national numbers while the groups of digits of a text are passed over. */
export class UnlabelledNumbers {
  readonly #reading: Reading;
  readonly #people: PeopleByNumber;
  readonly #found = new Map<UnlabelledNumber, Found[]>();
  /** Whether the text has four digits in a row. */
  #hasFour = false;
  /** Whether it has six behind a capital. */
  #hasLettered = false;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#people = new PeopleByNumber(reading);
  }

  /** Looks at a whole group of digits. */
  look(start: number, end: number): void {
    const digits = end - start;
    const { text } = this.#reading;
    if (digits >= 4) {
      this.#hasFour = true;
      if (digits >= 6 && isIn(text.charCodeAt(start - 1), UPPER)) this.#hasLettered = true;
    }
    this.#people.look(start, end);
    const forms = BY_DIGITS[digits];
    if (forms === undefined) return;
    const next = text.charAt(end);
    for (const one of forms) {
      if (start < one.lead || (one.next !== '' && (next === '' || !one.next.includes(next)))) continue;
      one.form.lastIndex = start - one.lead;
      if (one.form.test(text)) this.#take(one, start - one.lead, one.form.lastIndex);
    }
  }

  #take(one: UnlabelledNumber, from: number, to: number): void {
    const { text } = this.#reading;
    const written = text.slice(from, to);
    if (isCounted(written) || one.check(plainOf(written)) !== 'good') return;
    const before = text.slice(Math.max(0, from - 80), from);
    if (isSampleOf(text, from, to)) return;
    if (one.least > 1 && !namesPerson(before.slice(before.lastIndexOf('\n') + 1))) return;
    const found = this.#found.get(one);
    if (found === undefined) this.#found.set(one, [{ from, to }]);
    else found.push({ from, to });
  }

  /** Reports the forms of which several stand in the text, each behind a name, and those that are told by one. */
  finish(): void {
    this.#people.finish();
    if (this.#found.size === 0) return;
    const { text } = this.#reading;
    const forms = [...(this.#hasFour ? UNLABELLED : []), ...(this.#hasLettered ? UNLABELLED_LETTERED : [])];
    for (const one of forms) {
      const found = this.#found.get(one) ?? [];
      if (new Set(found.map(({ from, to }) => text.slice(from, to))).size < one.least) continue;
      for (const { from, to } of found) this.#reading.personal('national-id', from, to);
    }
  }
}
