/** A piece of text that came from a person, with the name it is known by in messages. */
export interface Source {
  /** File path or a description such as `<stdin>`; undefined when the text has no name. */
  readonly name: string | undefined;
  readonly text: string;
  /** Number of the line of the file that the text begins with, where it is a part of one; default 1. */
  readonly firstLine?: number;
}

/** Half-open range of UTF-16 offsets: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One-based line and column; the column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function createSource(text: string, name?: string): Source {
  return { name, text };
}

/** The lines of a text of JSON Lines that hold something, each as a source of its own with its place in the file. */
export function linesWithText({ text, name }: Source): readonly Source[] {
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [{ name, text: line, firstLine: index + 1 }]));
}

const lineStartsOf = new WeakMap<Source, readonly number[]>();

/** Offsets at which lines begin. LF, CR LF and a lone CR each end a line. */
function lineStarts(source: Source): readonly number[] {
  const known = lineStartsOf.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  const { text } = source;
  if (!text.includes('\r'))
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  else for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  lineStartsOf.set(source, starts);
  return starts;
}

/** Position of a UTF-16 offset; offsets past the end are clamped to the end. */
export function positionAt(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  const at = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + (source.firstLine ?? 1), column: at - (starts[low] ?? 0) + 1 };
}

/** Text of a line, without its line end; lines are numbered as by `positionAt`. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source);
  const index = line - (source.firstLine ?? 1);
  const start = starts[index] ?? source.text.length;
  let end = starts[index + 1] ?? source.text.length;
  while (end > start && (source.text[end - 1] === '\n' || source.text[end - 1] === '\r')) end--;
  return source.text.slice(start, end);
}

/** Distance of the offsets whose UTF-8 form is remembered for a source. */
const CHECKPOINT = 1024;

const checkpointsOf = new WeakMap<Source, number[]>();

/**
 * Number of UTF-8 bytes before a UTF-16 offset, as the official engine counts positions. Asking for many places of one
 * source takes one pass over its text.
 */
export function utf8Offset(source: Source, offset: number): number {
  const { text } = source;
  const end = Math.min(offset, text.length);
  let checkpoints = checkpointsOf.get(source);
  if (checkpoints === undefined) {
    checkpoints = [0];
    checkpointsOf.set(source, checkpoints);
  }
  for (let known = checkpoints.length; known * CHECKPOINT <= end; known++) {
    const start = (known - 1) * CHECKPOINT;
    checkpoints.push((checkpoints[known - 1] ?? 0) + utf8Length(text, start, start + CHECKPOINT));
  }
  const nearest = Math.floor(end / CHECKPOINT);
  return (checkpoints[nearest] ?? 0) + utf8Length(text, nearest * CHECKPOINT, end);
}

/** UTF-8 bytes of a stretch of a text; a pair of surrogates counts where it begins. */
function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(i + 1))) bytes += 4;
    else if (!isLowSurrogate(code) || !isHighSurrogate(text.charCodeAt(i - 1))) bytes += 3;
  }
  return bytes;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
