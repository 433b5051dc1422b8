/** Keys whose JSON text is remembered, and how long they may be. */
const MOST_KEYS = 1000;
const LONGEST_KEY = 40;

const texts = new Map<string, string>();

/** The JSON text of a key of an object; few keys make up nearly all. */
export function quotedKey(key: string): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(key);
  if (texts.size < MOST_KEYS && key.length <= LONGEST_KEY) texts.set(key, text);
  return text;
}

/** Texts that stand in JSON as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** Longer texts are written faster by the engine. */
const LONGEST_PLAIN = 200;

/** The JSON text of a string: that of `JSON.stringify`, in half its time for most strings that are short. */
export function quotedText(text: string): string {
  return text.length <= LONGEST_PLAIN && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
