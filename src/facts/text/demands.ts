import { addressWeight } from './addressed.js';
import { isToldOf, mayHave, mayHaveAny, OTHER_TONGUE, OVERRIDE, PARTS, type Part } from './demand-parts.js';
import { REACH, Sentences } from './demand-sentences.js';
import { DemandWindow, type Piece } from './demand-window.js';
import { ending } from './endings.js';
import type { InjectionKind } from './finding-kinds.js';
import { AGENT, FETCH, FOLLOW, FORGET, HARM, KEEP, NEGATION, RUN, SAY, SEND, TAKE } from './sign-table.js';
import type { Signs } from './signs.js';

const FIRM_PARTS = PARTS.filter(({ firm }) => firm === true);
const LOOSE_PARTS = PARTS.filter(({ firm }) => firm !== true);

/** Verbs that a `do not` before them turns round. */
const DEEDS = FORGET | SEND | TAKE | RUN | HARM | KEEP | FOLLOW | FETCH | SAY;
const isDenied = ending(
  /(?:\bnot|n't|\bnever|\bavoid|\bcannot|\bwithout|\bdont|\bno longer|\brather than|\binstead of)\s+(?:\w{1,12}\s+){0,2}$/i,
);

/** Parts that any notice has. */
const FAINT: ReadonlySet<string> = new Set(['must', 'urgent', 'authority', 'unsaid', 'say']);

/** What a demand is worth that is certain; single signs and pairs of weak ones stay below. */
const ENOUGH = 3.5;
/** What it is worth where only one part of it speaks to a model, and that without an address. */
const ENOUGH_UNADDRESSED = 5;
/** What it is worth where somebody took the trouble to disguise it. */
const ENOUGH_DISGUISED = 2.5;
/** And where nobody is addressed: such parts meet by chance in long texts. */
const REACH_UNADDRESSED = 360;

/** A demand: what it is a sign of, and from where to where. */
export interface Demand {
  readonly kind: InjectionKind;
  readonly weight: number;
  readonly start: number;
  readonly end: number;
}

/** What was found: demands, and the places where somebody speaks to a model though not everything is certain. */
export interface Demands {
  readonly demands: readonly Demand[];
  readonly spoken: readonly number[];
}

/**
 * Finds what speaks to a model and orders it about: independent signs that are weak alone and certain together.
 *
 * A sentence without anything that speaks to a model is only looked at when one that does is near.
 */
export function findDemands(signs: Signs, disguised = false): Demands {
  const search = new DemandSearch(signs, disguised);
  const sentences = new Sentences(signs);
  for (let at = 0; at < sentences.count; at++) search.read(sentences, at);
  return search;
}

/** The sentences passed over so far and what was found in them. */
class DemandSearch implements Demands {
  readonly demands: Demand[] = [];
  readonly spoken: number[] = [];
  readonly #signs: Signs;
  readonly #disguised: boolean;
  readonly #window = new DemandWindow();
  /** Whether the window would be a demand if its pieces were closer to each other. */
  #isSpread = false;
  /** Sentences whose loose parts were not looked for, as pairs of indexes. */
  #passed: number[] = [];
  /** Loose parts are looked for up to this offset. */
  #near = 0;

  constructor(signs: Signs, disguised: boolean) {
    this.#signs = signs;
    this.#disguised = disguised;
  }

  read(sentences: Sentences, at: number): void {
    const { starts } = this.#signs;
    const from = sentences.from(at);
    const to = sentences.from(at + 1);
    const all = sentences.mask(at);
    const near = (starts[from] ?? 0) < this.#near;
    // Who is called where nothing of weight is near makes no difference.
    const isCalled = (all & AGENT) !== 0 && (this.#disguised || sentences.isOfWeight(at));
    const speaks = isCalled || mayHaveAny(FIRM_PARTS, all);
    if (!near && !speaks) {
      this.#passed.push(from, to);
      return;
    }
    const meant = meantIn(this.#signs, from, to);
    const firm = speaks ? [...addresses(this.#signs, from, to), ...pieces(this.#signs, FIRM_PARTS, meant, from)] : [];
    if (firm.length === 0 && !near) {
      this.#passed.push(from, to);
      return;
    }
    if (firm.length > 0) this.#look(firm[0]?.start ?? 0);
    for (const piece of firm) {
      this.#near = Math.max(this.#near, piece.end + REACH);
      this.#take(piece);
    }
    for (const piece of pieces(this.#signs, LOOSE_PARTS, meant, from)) this.#take(piece);
  }

  /** Takes the loose parts of the sentences shortly before `start` that were passed over. */
  #look(start: number): void {
    const passed = this.#passed;
    let first = passed.length;
    while (first > 0 && start - (this.#signs.starts[passed[first - 2] ?? 0] ?? 0) <= REACH) first -= 2;
    for (let i = first; i < passed.length; i += 2) {
      const from = passed[i] ?? 0;
      const meant = meantIn(this.#signs, from, passed[i + 1] ?? from);
      for (const piece of pieces(this.#signs, LOOSE_PARTS, meant, from)) this.#take(piece);
    }
    this.#passed = [];
  }

  #take(piece: Piece): void {
    const window = this.#window;
    window.leave(piece.end - REACH);
    // What the window has already changes nothing.
    const isKnown = !this.#isSpread && window.knows(piece);
    window.add(piece);
    if (piece.firm && piece.name !== 'address' && piece.weight >= 2) this.#speak(piece.start);
    if (piece.name !== 'address' && !FAINT.has(piece.name)) {
      const address = window.address();
      if (address !== undefined) this.#speak(address.start);
    }
    if (isKnown) return;
    const demand = demandOf(window, this.#disguised);
    this.#isSpread = demand === 'spread';
    if (demand === undefined || demand === 'spread') return;
    this.demands.push(demand);
    window.clear();
  }

  #speak(start: number): void {
    if (this.spoken[this.spoken.length - 1] !== start) this.spoken.push(start);
  }
}

function demandOf(window: DemandWindow, disguised: boolean): Demand | 'spread' | undefined {
  // Most windows are worth too little even if every piece of them counted.
  if (!window.mayBeWorth(disguised ? ENOUGH_DISGUISED : ENOUGH)) return undefined;
  const best = new Map<string, Piece>();
  const inWindow = window.pieces();
  for (const piece of inWindow) if ((best.get(piece.name)?.weight ?? 0) < piece.weight) best.set(piece.name, piece);
  // Orders that are given to nobody in particular are in every guide.
  if (!best.has('address')) best.delete('order');
  let weight = 0;
  let firm = 0;
  let heaviest: Piece | undefined;
  for (const piece of best.values()) {
    weight += piece.weight;
    if (piece.firm) firm += piece.name === 'address' ? 2 : 1;
    if (piece.name !== 'address' && piece.weight > (heaviest?.weight ?? 0)) heaviest = piece;
  }
  const enough = disguised ? ENOUGH_DISGUISED : firm > 1 ? ENOUGH : ENOUGH_UNADDRESSED;
  if (firm === 0 || weight < enough || heaviest === undefined) return undefined;
  const start = Math.min(...inWindow.map((piece) => piece.start));
  const end = Math.max(...inWindow.map((piece) => piece.end));
  if (end - start > REACH_UNADDRESSED && !best.has('address')) return 'spread';
  return { kind: heaviest.kind, weight, start, end };
}

/** What the words of a sentence mean there: a verb that is denied is no order. */
function meantIn(signs: Signs, from: number, to: number): readonly number[] {
  const { text, starts } = signs;
  const meant: number[] = [];
  for (let at = from; at < to; at++) {
    let mask = signs.masks[at] ?? 0;
    const start = starts[at] ?? 0;
    if ((mask & DEEDS) !== 0 && isDenied(text.slice(Math.max(0, start - 24), start))) mask &= ~DEEDS;
    if ((mask & FORGET) !== 0 && isForbidden(signs, at, text, start)) mask &= ~FORGET;
    meant.push(mask);
  }
  return meant;
}

/** `no olvides`, `vergiss nicht`, `asks it to ignore`: the opposite, or told of somebody. */
function isForbidden({ masks, starts, ends }: Signs, at: number, text: string, start: number): boolean {
  if (at > 0 && ((masks[at - 1] ?? 0) & NEGATION) !== 0 && start - (ends[at - 1] ?? 0) < 4) return true;
  if (((masks[at + 1] ?? 0) & NEGATION) !== 0 && (starts[at + 1] ?? 0) - (ends[at] ?? 0) < 4) return true;
  return isToldOf(text.slice(Math.max(0, start - 40), start));
}

function addresses({ text, masks, starts, ends }: Signs, from: number, to: number): Piece[] {
  const found: Piece[] = [];
  for (let at = from; at < to; at++) {
    if (((masks[at] ?? 0) & AGENT) === 0) continue;
    const start = starts[at] ?? 0;
    const end = ends[at] ?? 0;
    const weight = addressWeight(text, start, end);
    if (weight > 0) found.push({ name: 'address', kind: OVERRIDE, weight, firm: true, start, end });
  }
  return found;
}

function pieces(signs: Signs, parts: readonly Part[], meant: readonly number[], from: number): Piece[] {
  let all = 0;
  for (const mask of meant) all |= mask;
  const found: Piece[] = [];
  if (all === 0) return found;
  for (const part of parts) {
    const piece = mayHave(part, all) ? pieceOf(signs, part, meant, from) : undefined;
    if (piece !== undefined) found.push(piece);
  }
  return found;
}

/** The first place where a part stands: one sign of each group, all within its reach. */
function pieceOf({ text, starts, ends }: Signs, part: Part, meant: readonly number[], from: number): Piece | undefined {
  const { groups, within, when } = part;
  const last: number[] = [];
  let missing = groups.length;
  for (let i = 0; i < meant.length; i++) {
    const mask = meant[i] ?? 0;
    let hit = false;
    for (let g = 0; g < groups.length; g++) {
      if ((mask & (groups[g] ?? 0)) === 0) continue;
      if (last[g] === undefined) missing--;
      last[g] = from + i;
      hit = true;
    }
    if (!hit || missing > 0) continue;
    let start = Number.POSITIVE_INFINITY;
    let end = 0;
    for (const at of last) {
      start = Math.min(start, starts[at] ?? 0);
      end = Math.max(end, ends[at] ?? 0);
    }
    if ((groups.length > 1 && (starts[from + i] ?? 0) - start > within) || when?.(text, start, end) === false) continue;
    const { name, kind, firm = false } = part;
    return { name, kind, weight: weightOf(part, text, starts[last[0] ?? 0] ?? 0, start), firm, start, end };
  }
  return undefined;
}

const VERBATIM =
  /\b(?:word (?:for|by) word|verbatim|exact(?:ly)?|very first|first (?:line|word|token|character)|in full|code block|leave nothing|nothing out|unabridged|do not summari[sz]e)\b/i;

/** Forgetting in other languages, of which no grammar looks at the order of the words, and the exact words of a prompt count in full. */
function weightOf({ name, weight }: Part, text: string, verb: number, start: number): number {
  if (name === 'extract') return VERBATIM.test(text.slice(start, start + 400)) ? ENOUGH_UNADDRESSED : weight;
  return name === 'forget' && OTHER_TONGUE.test(text.slice(verb, verb + 20)) ? ENOUGH_UNADDRESSED : weight;
}
