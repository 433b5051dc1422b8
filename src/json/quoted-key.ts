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
