import type { FindingCategory } from './finding.js';
import { injectionWords } from './injection.js';
import { literalRules } from './literal-rules.js';
import { type SearchedLiterals, searchedLiterals, WORD_BEGINS, WORD_ENDS } from './literal-scan.js';
import { signWords } from './sign-words.js';

export interface TextLiterals extends SearchedLiterals {
  /** Number of the first sign; that of all literals where there is none. */
  readonly firstSign: number;
}

/** All that a text is searched for: the literals of the rules of some categories, then words, then signs. */
export function textLiterals(categories: ReadonlySet<FindingCategory>): TextLiterals {
  const literals = literalRules(categories).map((rule) => rule.literal);
  if (!categories.has('injection')) return { ...searchedLiterals(literals), firstSign: literals.length };
  const { texts } = injectionWords();
  const signs = signWords();
  const edges = [...texts.map(() => WORD_BEGINS | WORD_ENDS), ...signs.edges];
  const searched = searchedLiterals(literals, [...texts, ...signs.texts.split('\n')], edges);
  return { ...searched, firstSign: literals.length + texts.length };
}
