import { trimWhiteSpace } from './tokens-with-comments.js';

/**
 * Removes the lines of a policy that hold nothing but white space, and white space around the whole. Strings and
 * comments are left alone. What stands between two of them is looked at by itself, so that the rest of a line behind a
 * string counts as a line.
 */
export function removeBlankLines(printed: string): string {
  const kept: string[] = [];
  let at = 0;
  while (at < printed.length) {
    const verbatim = nextVerbatim(printed, at);
    kept.push(withoutBlankLines(printed.slice(at, verbatim.start)), printed.slice(verbatim.start, verbatim.end));
    at = verbatim.end;
  }
  return trimWhiteSpace(kept.join(''));
}

/** The next string or comment; the empty place at the end of the text when there is none. */
function nextVerbatim(printed: string, from: number): { readonly start: number; readonly end: number } {
  const start = /"|\/\//g;
  start.lastIndex = from;
  const found = start.exec(printed);
  if (found === null) return { start: printed.length, end: printed.length };
  const end = printed[found.index] === '"' ? endOfString(printed, found.index) : endOfComment(printed, found.index);
  return { start: found.index, end };
}

function endOfString(printed: string, start: number): number {
  for (let end = start + 1; end < printed.length; end++) {
    const character = printed[end];
    if (character === '\\') end++;
    else if (character === '"') return end + 1;
  }
  return printed.length;
}

function endOfComment(printed: string, start: number): number {
  const lineEnd = /[\n\r]/g;
  lineEnd.lastIndex = start;
  return lineEnd.exec(printed)?.index ?? printed.length;
}

function withoutBlankLines(chunk: string): string {
  const lines = chunk.split('\n');
  if (lines.length === 1) return chunk;
  const last = lines.pop() ?? '';
  const filled = lines.filter((line) => trimWhiteSpace(line) !== '').map((line) => `${line}\n`);
  return `${chunk.startsWith('\n') ? '\n' : ''}${filled.join('')}${last}`;
}
