import type { InjectionKind } from './finding-kinds.js';

/** A part of a demand that was found: `firm` ones say by themselves that a model is spoken to. */
export interface Piece {
  readonly name: string;
  readonly kind: InjectionKind;
  readonly weight: number;
  readonly firm: boolean;
  readonly start: number;
  readonly end: number;
}

interface Entry {
  readonly piece: Piece;
  readonly order: number;
  gone: boolean;
}

/** From which weight on an address is one for certain. */
const SURE = 1.5;

/** The pieces that were found lately. Each is put in and taken out once, whatever their number. */
export class DemandWindow {
  /** By their starts, from `#first` on. */
  #entries: Entry[] = [];
  #first = 0;
  #order = 0;
  /** The heaviest piece of each name, the last of several. */
  readonly #best = new Map<string, Entry>();
  /** Addresses that are sure in the order in which they came, from `#firstSure` on. */
  #sure: Entry[] = [];
  #firstSure = 0;
  /** What all of them are worth together. */
  #weight = 0;

  /** Takes out what begins before an offset. */
  leave(from: number): void {
    let at = this.#first;
    for (; at < this.#entries.length; at++) {
      const entry = this.#entries[at];
      if (entry === undefined || entry.piece.start >= from) break;
      entry.gone = true;
      this.#weight -= entry.piece.weight;
    }
    if (at === this.#first) return;
    const left = this.#entries.slice(this.#first, at);
    this.#first = at;
    if (at > 64 && at * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(at);
      this.#first = 0;
    }
    for (const entry of left) if (this.#best.get(entry.piece.name) === entry) this.#findBest(entry.piece.name);
  }

  #findBest(name: string): void {
    this.#best.delete(name);
    for (let at = this.#first; at < this.#entries.length; at++) {
      const entry = this.#entries[at];
      if (entry?.piece.name === name) this.#prefer(entry);
    }
  }

  #prefer(entry: Entry): void {
    const { name, weight, start } = entry.piece;
    const best = this.#best.get(name)?.piece;
    if (best === undefined || weight > best.weight || (weight === best.weight && start >= best.start))
      this.#best.set(name, entry);
  }

  /** Whether a piece of the same name is in it that is worth as much. */
  knows({ name, weight }: Piece): boolean {
    const best = this.#best.get(name);
    return best !== undefined && best.piece.weight >= weight;
  }

  /** Whether a demand made of them could be worth so much: each name counts once. */
  mayBeWorth(least: number): boolean {
    if (this.#weight < least) return false;
    let weight = 0;
    for (const { piece } of this.#best.values()) weight += piece.weight;
    return weight >= least;
  }

  add(piece: Piece): void {
    const entry = { piece, order: this.#order++, gone: false };
    const entries = this.#entries;
    let at = entries.length;
    for (; at > this.#first; at--) {
      const before = entries[at - 1];
      if (before === undefined || before.piece.start <= piece.start) break;
      entries[at] = before;
    }
    entries[at] = entry;
    this.#weight += piece.weight;
    this.#prefer(entry);
    if (piece.name === 'address' && piece.weight >= SURE) this.#sure.push(entry);
  }

  /** The first address of those that are sure. */
  address(): Piece | undefined {
    while (this.#sure[this.#firstSure]?.gone === true) this.#firstSure++;
    if (this.#firstSure > 64 && this.#firstSure * 2 > this.#sure.length) {
      this.#sure = this.#sure.slice(this.#firstSure);
      this.#firstSure = 0;
    }
    return this.#sure[this.#firstSure]?.piece;
  }

  /** All of them in the order in which they came. */
  pieces(): readonly Piece[] {
    return this.#entries
      .slice(this.#first)
      .sort((a, b) => a.order - b.order)
      .map(({ piece }) => piece);
  }

  clear(): void {
    this.#entries = [];
    this.#sure = [];
    this.#first = 0;
    this.#firstSure = 0;
    this.#best.clear();
    this.#weight = 0;
  }
}
