/** How far from their originals the characters of a folded text stand: the same for long stretches, told once for each. */
export class Shifts {
  /** Where the stretches begin, in order; the first at 0. */
  #from = new Uint32Array(64);
  #by = new Int32Array(64);
  #count = 1;
  /** The stretch that was asked about last: most questions go on from there. */
  #near = 0;

  /** From a place on, which is behind all others, characters are shifted by so much. */
  add(from: number, by: number): void {
    if (by === this.#by[this.#count - 1]) return;
    if (this.#count === this.#from.length) this.#grow();
    this.#from[this.#count] = from;
    this.#by[this.#count++] = by;
  }

  /** The original place of a character. */
  at(place: number): number {
    if (!this.#holds(this.#near, place))
      this.#near = this.#holds(this.#near + 1, place) ? this.#near + 1 : this.#find(place);
    return place + (this.#by[this.#near] ?? 0);
  }

  #holds(stretch: number, place: number): boolean {
    const isAfter = stretch < this.#count && (this.#from[stretch] ?? 0) <= place;
    return isAfter && (stretch + 1 === this.#count || place < (this.#from[stretch + 1] ?? 0));
  }

  #find(place: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#from[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #grow(): void {
    const from = new Uint32Array(this.#count * 2);
    from.set(this.#from);
    this.#from = from;
    const by = new Int32Array(this.#count * 2);
    by.set(this.#by);
    this.#by = by;
  }
}
