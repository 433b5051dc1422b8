import { ALL_CATEGORIES } from './literal-rules.js';
import { type TextLiterals, textLiterals } from './text-literals.js';

/** The literals of all categories. The build puts what this answers in its place where a process ends after a moment. */
export function allLiterals(): TextLiterals {
  return textLiterals(new Set(ALL_CATEGORIES));
}
