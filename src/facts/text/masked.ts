const WORD_WITH_NUMBER = /^[a-z]{3,10}\d{0,3}$/i;
const MASK = /^["']?\s?[=:]\s?["']?(?:\*{3}|x{4}|•{3}|[[<(](?:redacted|masked|hidden|filtered|secret)[\])>])/i;

/**
 * Whether the value that ends at `to` is shown a second time under its key, masked: `['password=hunter2', 'password=****']`,
 * as tests of programs do that mask values. Only for a word with a number, which proves nothing by itself.
 */
export function isShownMasked(text: string, key: string, value: string, to: number): boolean {
  if (!WORD_WITH_NUMBER.test(value)) return false;
  const rest = text.slice(to, to + 100).split('\n', 1)[0] ?? '';
  const again = rest.toLowerCase().indexOf(key.toLowerCase());
  return again >= 0 && MASK.test(rest.slice(again + key.length));
}
