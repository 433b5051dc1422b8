/** How much is remembered at most, and how long a text may be. */
const MOST_REMEMBERED = 256;
const LONGEST_REMEMBERED = 4096;

/** Remembers what follows from the latest texts. */
export class RecentTexts<T extends object> {
  // Two maps, as one of which the oldest entries are deleted is slow to find the next oldest.
  #recent = new Map<string, T>();
  #older: ReadonlyMap<string, T> = new Map();

  /** What follows from a text, computed where it is not known. */
  of(text: string, compute: (text: string) => T): T {
    if (text.length > LONGEST_REMEMBERED) return compute(text);
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    const found = this.#older.get(text) ?? compute(text);
    if (this.#recent.size >= MOST_REMEMBERED / 2) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(text, found);
    return found;
  }
}
