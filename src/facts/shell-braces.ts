/** The most words and the most text that one word may become by brace expansion. */
const mostWords = 512;
const mostText = 65_536;
/** Longer words are not expanded, which keeps unbalanced braces from costing quadratic time. */
const longestWord = 2048;

/**
 * Brace expansion on the raw text of a word, as bash does it before anything else: `{a,b}`, `{1..5}`, nested and with
 * quotes left in place. Undefined when there would be too many results.
 */
export function expandBraces(raw: string): readonly string[] | undefined {
  if (raw.length > longestWord) return undefined;
  const budget = { text: mostText };
  return expand(raw, budget, 0);
}

function expand(raw: string, budget: { text: number }, depth: number): readonly string[] | undefined {
  if (depth > 64) return undefined;
  for (let open = nextOpen(raw, 0); open >= 0; open = nextOpen(raw, open + 1)) {
    const group = readGroup(raw, open);
    if (group === undefined) continue;
    const choices = group.parts.length > 1 ? group.parts : rangeOf(group.parts[0] ?? '');
    if (choices === undefined) continue;
    return combine(raw.slice(0, open), choices, raw.slice(group.end), budget, depth, group.parts.length > 1);
  }
  return [raw];
}

function combine(
  before: string,
  choices: readonly string[],
  after: string,
  budget: { text: number },
  depth: number,
  nested: boolean,
): readonly string[] | undefined {
  const tails = expand(after, budget, depth + 1);
  if (tails === undefined) return undefined;
  const result: string[] = [];
  for (const choice of choices) {
    const middles = nested ? expand(choice, budget, depth + 1) : [choice];
    if (middles === undefined || result.length + middles.length * tails.length > mostWords) return undefined;
    for (const middle of middles) {
      for (const tail of tails) {
        const text = before + middle + tail;
        budget.text -= text.length;
        if (budget.text < 0) return undefined;
        result.push(text);
      }
    }
  }
  return result;
}

/** Offset of the next `{` that is neither quoted, escaped nor part of `${`. */
function nextOpen(raw: string, from: number): number {
  for (let i = from; i < raw.length; i++) {
    const skipped = skipQuoted(raw, i);
    if (skipped > i) i = skipped - 1;
    else if (raw[i] === '{') return i;
  }
  return -1;
}

/** Offset after a quoted, escaped or `$` piece that starts here, or the offset itself. */
function skipQuoted(raw: string, at: number): number {
  switch (raw[at]) {
    case '\\':
      return at + 2;
    case "'": {
      const end = raw.indexOf("'", at + 1);
      return end < 0 ? raw.length : end + 1;
    }
    case '"':
    case '`':
      return skipTo(raw, at + 1, raw[at] ?? '');
    case '$':
      if (raw[at + 1] === '{') return skipNested(raw, at + 2, '{', '}');
      if (raw[at + 1] === '(') return skipNested(raw, at + 2, '(', ')');
      return at;
    default:
      return at;
  }
}

function skipTo(raw: string, from: number, close: string): number {
  for (let i = from; i < raw.length; i++) {
    if (raw[i] === '\\') i++;
    else if (raw[i] === close) return i + 1;
  }
  return raw.length;
}

function skipNested(raw: string, from: number, open: string, close: string): number {
  let depth = 1;
  for (let i = from; i < raw.length; i++) {
    if (raw[i] === '\\') i++;
    else if (raw[i] === open) depth++;
    else if (raw[i] === close && --depth === 0) return i + 1;
  }
  return raw.length;
}

function readGroup(raw: string, open: number): { readonly parts: readonly string[]; readonly end: number } | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let i = open + 1; i < raw.length; i++) {
    const skipped = skipQuoted(raw, i);
    if (skipped > i) {
      i = skipped - 1;
      continue;
    }
    const c = raw[i];
    if (c === '{') depth++;
    else if (c === '}' && depth > 0) depth--;
    else if (c === '}') {
      parts.push(raw.slice(start, i));
      return { parts, end: i + 1 };
    } else if (c === ',' && depth === 0) {
      parts.push(raw.slice(start, i));
      start = i + 1;
    }
  }
  return undefined;
}

function rangeOf(text: string): readonly string[] | undefined {
  const match = /^(-?\d{1,9}|[A-Za-z])\.\.(-?\d{1,9}|[A-Za-z])(?:\.\.(-?\d{1,9}))?$/.exec(text);
  if (match === null) return undefined;
  const [, first = '', last = '', by] = match;
  const letters = /^[A-Za-z]$/.test(first) && /^[A-Za-z]$/.test(last);
  if (!letters && (/^[A-Za-z]$/.test(first) || /^[A-Za-z]$/.test(last))) return undefined;
  const from = letters ? first.charCodeAt(0) : Number(first);
  const to = letters ? last.charCodeAt(0) : Number(last);
  const step = Math.max(1, Math.abs(Number(by ?? 1)));
  if (Math.abs(to - from) / step >= mostWords) return Array.from({ length: mostWords + 1 }, () => '');
  const width = /^-?0\d/.test(first) || /^-?0\d/.test(last) ? Math.max(first.length, last.length) : 0;
  const result: string[] = [];
  for (let n = from; from <= to ? n <= to : n >= to; n += from <= to ? step : -step) {
    result.push(letters ? escapeLetter(n) : padNumber(n, width));
  }
  return result;
}

/** A range such as `{Z..a}` passes through `[` and `\`, which must stay literal when the word is read again. */
function escapeLetter(code: number): string {
  const letter = String.fromCharCode(code);
  return /[A-Za-z]/.test(letter) ? letter : `\\${letter}`;
}

function padNumber(value: number, width: number): string {
  const digits = String(Math.abs(value)).padStart(value < 0 ? width - 1 : width, '0');
  return value < 0 ? `-${digits}` : digits;
}
