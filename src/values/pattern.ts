/**
 * The right side of `like`: literal pieces with a wildcard between each two neighbours, so `"a*b"` is `["a", "b"]`,
 * `"*"` is `["", ""]` and a pattern without a wildcard is one piece.
 */
export type Pattern = readonly [string, ...string[]];

/**
 * Whether a text matches a pattern. A wildcard stands for any run of characters. Taking each inner piece at its
 * leftmost place is exact for this kind of pattern, so the time is linear in the text for each piece and there is no
 * backtracking. Searching UTF-16 units equals searching code points because neither side holds a lone surrogate.
 */
export function matchesPattern(text: string, pattern: Pattern): boolean {
  const first = pattern[0];
  const last = pattern[pattern.length - 1] ?? '';
  if (pattern.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (let i = 1; i < pattern.length - 1; i++) {
    const piece = pattern[i] ?? '';
    const at = text.indexOf(piece, from);
    if (at < 0 || at + piece.length > end) return false;
    from = at + piece.length;
  }
  return true;
}
