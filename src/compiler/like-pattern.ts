import { matchesPattern, type Pattern } from '../values/pattern.js';
import { Automaton } from './automaton.js';

/** A pattern with the scan that it takes part in. */
export interface LikePattern {
  readonly pattern: Pattern;
  /** The patterns that are matched against the same attribute; undefined when nothing is known of them. */
  readonly scan: PatternScan | undefined;
  readonly number: number;
}

/** Whether a text matches a pattern. */
export function isLike(text: string, like: LikePattern): boolean {
  const { scan } = like;
  if (scan === undefined) return matchesPattern(text, like.pattern);
  return scan.scanned === text ? scan.isMet(text, like) : scan.matches(text, like);
}

/** The patterns of a set of policies, by the attribute that they are matched against. */
export class LikePatterns {
  private readonly scans = new Map<string, PatternScan>();

  add(pattern: Pattern, path: string | undefined): LikePattern {
    return path === undefined ? { pattern, scan: undefined, number: 0 } : this.of(path).add(pattern);
  }

  /** The patterns that are matched against one attribute. */
  of(path: string): PatternScan {
    let scan = this.scans.get(path);
    if (scan === undefined) {
      scan = new PatternScan();
      this.scans.set(path, scan);
    }
    return scan;
  }

  /** How often a text was scanned for all its patterns at once. */
  get passes(): number {
    let passes = 0;
    for (const scan of this.scans.values()) passes += scan.passes;
    return passes;
  }
}

/** As long as no more patterns than this are matched against one text, each is searched for by itself. */
export const FEW_PATTERNS = 8;

/**
 * Patterns that are matched against the same texts. The first few questions about a text are answered one by one; when
 * more are asked, one pass over the text finds the pieces of all patterns. A pass tells which pieces occur: where one
 * does not, the pattern does not match, and where all occur their order is looked at.
 */
export class PatternScan {
  passes = 0;
  private readonly patterns = new Map<string, LikePattern>();
  /** Positions of pieces in the automaton, by pattern. */
  private pieces: (readonly number[])[] = [];
  /** Numbers of patterns by the longest of their pieces, and of those that have none. */
  private byPiece: number[][] = [];
  private withoutPiece: number[] = [];
  private automaton: Automaton | undefined = undefined;
  private text: string | undefined = undefined;
  /** The text of the last pass. */
  scanned: string | undefined = undefined;
  /** Questions about the current and about the last text. */
  private asked = 0;
  private askedBefore = 0;
  /** Questions that the automaton could not answer since it was made. */
  private missed = 0;

  add(pattern: Pattern): LikePattern {
    const key = JSON.stringify(pattern);
    let like = this.patterns.get(key);
    if (like === undefined) {
      like = { pattern, scan: this, number: this.patterns.size };
      this.patterns.set(key, like);
    }
    return like;
  }

  /** Whether a text that is not the one of the last pass matches. */
  matches(text: string, like: LikePattern): boolean {
    if (!endsFit(text, like.pattern)) return false;
    if (this.text !== text) this.begin(text);
    return this.isWorthScanning(text) ? this.isMet(text, like) : matchesPattern(text, like.pattern);
  }

  /** Whether the text of the last pass matches. */
  isMet(text: string, { pattern, number }: LikePattern): boolean {
    const { automaton } = this;
    if (!endsFit(text, pattern)) return false;
    // The same characters in another string would be compared each time; one string with itself is not.
    this.scanned = text;
    this.asked++;
    const pieces = this.pieces[number];
    if (pieces === undefined || automaton === undefined) {
      this.missed++;
      return matchesPattern(text, pattern);
    }
    const { met, pass } = automaton;
    for (let i = 0; i < pieces.length; i++) if (met[pieces[i] ?? 0] !== pass) return false;
    return isContains(pattern) || matchesPattern(text, pattern);
  }

  private begin(text: string): void {
    this.askedBefore = this.asked;
    this.asked = 0;
    this.text = text;
    this.scanned = undefined;
  }

  private isWorthScanning(text: string): boolean {
    if (this.askedBefore <= FEW_PATTERNS && this.asked < FEW_PATTERNS) {
      this.asked++;
      return false;
    }
    this.pass(text);
    return true;
  }

  private pass(text: string): void {
    if (this.pieces.length < this.patterns.size && this.missed >= this.pieces.length) this.build();
    this.automaton?.scan(text);
    this.scanned = text;
    this.passes++;
  }

  /**
   * Calls `visit` with the numbers of some patterns, each once, among them all that the text matches. False when that
   * cannot be known without asking each of them.
   */
  visitPossible(text: string, visit: (number: number) => void): boolean {
    if (this.text !== text) this.begin(text);
    if (this.scanned !== text) this.pass(text);
    const { automaton, byPiece, withoutPiece, pieces } = this;
    if (automaton === undefined) return false;
    for (let i = 0; i < automaton.count; i++)
      for (const number of byPiece[automaton.found[i] ?? 0] ?? []) visit(number);
    for (const number of withoutPiece) visit(number);
    for (let number = pieces.length; number < this.patterns.size; number++) visit(number);
    return true;
  }

  private build(): void {
    const numbers = new Map<string, number>();
    this.missed = 0;
    this.pieces = Array.from(this.patterns.values(), ({ pattern }) =>
      pattern.slice(1, -1).flatMap((piece) => {
        if (piece === '') return [];
        const number = numbers.get(piece) ?? numbers.size;
        numbers.set(piece, number);
        return [number];
      }),
    );
    const texts = [...numbers.keys()];
    this.byPiece = texts.map(() => []);
    this.withoutPiece = [];
    for (const [number, pieces] of this.pieces.entries()) {
      const longest = pieces.reduce<number | undefined>(
        (a, b) => (a === undefined || (texts[b] ?? '').length > (texts[a] ?? '').length ? b : a),
        undefined,
      );
      (longest === undefined ? this.withoutPiece : this.byPiece[longest])?.push(number);
    }
    this.automaton = Automaton.of(texts);
  }
}

/** Whether a text begins and ends as a pattern does: to be asked first, as it takes no search. */
function endsFit(text: string, pattern: Pattern): boolean {
  return text.startsWith(pattern[0]) && text.endsWith(pattern[pattern.length - 1] ?? '');
}

function isContains(pattern: Pattern): boolean {
  return pattern.length === 3 && pattern[0] === '' && pattern[2] === '';
}
