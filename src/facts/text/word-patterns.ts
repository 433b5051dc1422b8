import type { InjectionKind } from './finding-kinds.js';
import { foldText } from './view.js';
import { APART, gapBefore, type Words } from './words.js';

/**
 * A sequence of words to look for. A step is a word or alternatives (`reveal|show`), in brackets when it may be missing
 * (`[the|your]`), or `..3` for up to three words of any kind; `:` at the end demands a colon in the text.
 */
export type PatternText = string;

interface Step {
  readonly words: ReadonlySet<number>;
  readonly optional: boolean;
  /** How many other words may stand before this one. */
  readonly skip: number;
}

export interface WordPattern {
  readonly kind: InjectionKind;
  readonly steps: readonly Step[];
  readonly after: RegExp | undefined;
}

const COLON = /^["'*_ ]{0,3}:/;
const CLAUSE_END = /^["'*_ ]{0,3}(?:[.,:;!?\n)-]|$|and\b|or\b)/i;

/** The words that patterns are made of, for the dictionary. */
export function wordsOfPatterns(texts: Iterable<PatternText>): Set<string> {
  const words = new Set<string>();
  for (const text of texts) {
    for (const step of text.split(' ')) {
      if (!step.startsWith('..') && step !== ':' && step !== ';')
        for (const word of step.replace(/[[\]]/g, '').split('|')) words.add(word);
    }
  }
  return words;
}

/** The words that a pattern can begin with, as the dictionary has them. Throws where it can begin with any word. */
export function firstWordsOf(text: PatternText): ReadonlySet<string> {
  const [first = ''] = text.split(' ', 1);
  if (/^(?:[[:;]|\.\.|$)/.test(first)) throw new RangeError(`a pattern begins with a word that must be there: ${text}`);
  return new Set(first.split('|').map((word) => foldText(word).toLowerCase()));
}

/** Reads a pattern whose words have these numbers. */
export function compilePattern(kind: InjectionKind, text: PatternText, idOf: ReadonlyMap<string, number>): WordPattern {
  const steps: Step[] = [];
  let skip = 0;
  let after: RegExp | undefined;
  for (const part of text.split(' ')) {
    if (part === ':') after = COLON;
    else if (part === ';') after = CLAUSE_END;
    else if (part.startsWith('..')) skip = Number(part.slice(2));
    else {
      const words = new Set<number>();
      for (const word of part.replace(/[[\]]/g, '').split('|')) words.add(idOf.get(foldText(word).toLowerCase()) ?? -1);
      steps.push({ words, optional: part.startsWith('['), skip });
      skip = 0;
    }
  }
  // A text is only compared where its first word was found.
  return { kind, steps: steps.slice(1), after };
}

/** Index of the last word of the pattern whose first word is at `index`; -1 when it does not match. */
export function matchPattern(pattern: WordPattern, words: Words, index: number): number {
  let at = index;
  for (const step of pattern.steps) {
    const next = findStep(step, words, at);
    if (next >= 0) at = next;
    else if (!step.optional) return -1;
  }
  const end = words.ends[at] ?? 0;
  return pattern.after === undefined || pattern.after.test(words.text.slice(end, end + 8)) ? at : -1;
}

function findStep(step: Step, words: Words, after: number): number {
  // Which word comes next is known sooner than what stands between.
  if (step.skip === 0 && !step.words.has(words.ids[after + 1] ?? -1)) return -1;
  let skipped = 0;
  for (let at = after + 1; at < words.count; at++) {
    const gap = gapBefore(words, at);
    if (gap === APART) return -1;
    skipped += gap;
    if (skipped > step.skip) return -1;
    if (step.words.has(words.ids[at] ?? -1)) return at;
    if (++skipped > step.skip) return -1;
  }
  return -1;
}
