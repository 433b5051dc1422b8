import { foldText } from './view.js';

/** A word as it is in folded texts: a capital can look like another letter than the small one, as the Cyrillic `\u041d`. */
export function formsOf(word: string): readonly string[] {
  const form = foldText(word).toLowerCase();
  const first = word.charCodeAt(0);
  // Only letters of Greek and Cyrillic.
  if (first < 0x370 || first > 0x52f) return [form];
  const capital = foldText(word.charAt(0).toUpperCase()).toLowerCase();
  return form.startsWith(capital) ? [form] : [form, capital + form.slice(1)];
}
