import { foldText } from './view.js';

/** A word as it is in folded texts: a capital can look like another letter than the small one, as the Cyrillic `\u041d`. */
export function formsOf(word: string): ReadonlySet<string> {
  return new Set([word, word.charAt(0).toUpperCase() + word.slice(1)].map((form) => foldText(form).toLowerCase()));
}
