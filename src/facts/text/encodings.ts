import { unitsOfBase32 } from './base32.js';
import {
  ANY_HEX,
  allIn,
  classOf,
  DIGIT,
  EITHER_BASE64,
  EQUALS,
  isIn,
  LETTER,
  runEnd,
  SPACE,
  TILDE,
  TOKEN,
  URL_SAFE,
} from './characters.js';
import { unitsOfNumber } from './encoded-numbers.js';
import { readEscape } from './escapes.js';
import { hasSoftBreaks, readEscapeOfMail } from './soft-breaks.js';
import { hexDigit, textOfBase64, textOfBytes, textOfHex } from './text-of-bytes.js';
import { originalSpan, type View, ViewBuilder } from './view.js';

/** Shortest run worth decoding: twelve bytes, the shortest that could hold something to find. */
const LEAST_RUN = 16;

/** Called with each unbroken run of base64 characters that is long enough to be a token or an encoded text. */
export type OnRun = (start: number, end: number) => void;

/**
 * Opens one layer of encodings: every run of base64 or hexadecimal that decodes to text, and the neighbourhood of percent
 * codes, HTML entities and character escapes, joined with NUL between them. Undefined when there is nothing to open.
 *
 * The spans of decoded base64 and hexadecimal are the whole run, because a part of it cannot be taken out; those of the
 * others are exact. Without `open` only the runs are reported.
 */
export function openLayer(view: View, open: boolean, onRun: OnRun): View | undefined {
  const out = new ViewBuilder(16, view.text.length);
  openRuns(view, open ? out : undefined, onRun);
  if (open) {
    openEscapes(view, out);
    openQuoted(view, out);
  }
  return out.length === 0 ? undefined : out.build();
}

/** The text of a run of base64 between two offsets, empty when it is no text. */
export function decodeBase64Text(text: string, start: number, end: number): string {
  const units = textOfBase64(text, [start, end]);
  return units === undefined ? '' : String.fromCharCode(...units.subarray(0, 8192));
}

function openRuns(view: View, out: ViewBuilder | undefined, onRun: OnRun): void {
  const { text } = view;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    if (!isOfRun(text.charCodeAt(i))) continue;
    const start = i++;
    while (i < length && isOfRun(text.charCodeAt(i))) i++;
    if (i - start < LEAST_RUN) {
      if (out !== undefined) i = openShort(view, out, start, i);
      continue;
    }
    onRun(start, i);
    if (out === undefined) continue;
    const lines = continuedLines(text, start, i);
    const end = runEnd(text, lines[lines.length - 1] ?? i, EQUALS, 2);
    openRun(view, out, lines, end);
    i = end - 1;
  }
}

const OF_RUNS = Uint8Array.from({ length: 128 }, (_, code) => Number(isIn(code, EITHER_BASE64)));

function isOfRun(unit: number): boolean {
  return unit < 0x80 && OF_RUNS[unit] === 1;
}

/** What begins with a short run: bytes in hexadecimal, codes of characters, bits, a dump, letters on their own. */
function openShort(view: View, out: ViewBuilder, start: number, end: number): number {
  const { text } = view;
  switch (end - start) {
    case 1:
      return openSpaced(view, out, start, end);
    case 2:
    case 3: {
      const hex = end - start === 2 && isHexPair(text, start) && isHexPair(text, start + 3);
      const next = hex ? openHexPairs(view, out, start, end) : end;
      return isIn(text.charCodeAt(start), DIGIT) ? openCodes(view, out, start, next) : next;
    }
    case 8:
      if (!allIn(text, ANY_HEX, start, end)) return end;
      return Math.max(openDump(view, out, start, end), openBits(view, out, start, end));
    case 12:
    case 14:
    case 15: {
      const units = unitsOfNumber(text, start, end);
      if (units !== undefined) emitRun(view, out, units, start, runEnd(text, end, EQUALS, 2));
      return end;
    }
    default:
      return end;
  }
}

function isHexPair(text: string, at: number): boolean {
  return isIn(text.charCodeAt(at), ANY_HEX) && isIn(text.charCodeAt(at + 1), ANY_HEX);
}

/** Start and end of each line of a run that is broken into lines of equal length, as mail and PEM break them. */
function continuedLines(text: string, start: number, end: number): number[] {
  const lines = [start, end];
  const width = end - start;
  if (width < 32 || width % 4 !== 0) return lines;
  let at = end;
  for (;;) {
    let next = at;
    if (text[next] === '\r') next++;
    if (text[next] === '\\' && text[next + 1] === 'n') next += 2;
    else if (text[next] === '\n') next++;
    else return lines;
    while (text[next] === ' ' || text[next] === '\t') next++;
    const lineEnd = runEnd(text, next, EITHER_BASE64, width + 1);
    if (lineEnd - next < 2 || lineEnd - next > width) return lines;
    lines.push(next, lineEnd);
    at = lineEnd;
    if (lineEnd - next < width) return lines;
  }
}

function openRun(view: View, out: ViewBuilder, lines: readonly number[], end: number): void {
  const { text } = view;
  const start = lines[0] ?? 0;
  const first = lines[1] ?? start;
  let units = textOfBase64(text, lines);
  if (units !== undefined) emitRun(view, out, units, start, end);
  else {
    // `/`, `-` and `_` belong to the alphabet and also stand before encoded text: `path/aWdub3Jl`.
    for (let at = start; at < first; ) {
      const partEnd = runEnd(text, at, DIGIT | LETTER, first - at);
      if (partEnd - at >= LEAST_RUN && partEnd - at < first - start) {
        units = textOfBase64(text, [at, partEnd]);
        if (units !== undefined) emitRun(view, out, units, at, runEnd(text, partEnd, EQUALS, 2));
        else openHex(view, out, at, partEnd);
      }
      at = partEnd + 1;
    }
  }
  openHex(view, out, start, first);
  const units32 = unitsOfBase32(text, start, first);
  if (units32 !== undefined) emitRun(view, out, units32, start, first);
}

function openHex(view: View, out: ViewBuilder, start: number, end: number): void {
  const { text } = view;
  const from = text.startsWith('0x', start) ? start + 2 : start;
  const to = runEnd(text, from, ANY_HEX, end - from);
  if (to !== end || to - from < LEAST_RUN || (to - from) % 2 !== 0) return;
  const units = textOfHex(text, from, to);
  if (units !== undefined) emitRun(view, out, units, start, end);
}

/** `69 67 6e 6f` and the like; returns where the reading may go on. */
function openHexPairs(view: View, out: ViewBuilder, start: number, first: number): number {
  const { text } = view;
  const separator = text.charCodeAt(first);
  let count = 0;
  let at = start;
  while (isHexPair(text, at)) {
    count++;
    at += 2;
    if (text.charCodeAt(at) !== separator || (classOf(separator) & (DIGIT | LETTER)) !== 0) break;
    at++;
  }
  if (count < 8) return first;
  const bytes = new Uint8Array(count);
  for (let i = 0; i < count; i++) bytes[i] = hexDigit(text, start + 3 * i) * 16 + hexDigit(text, start + 3 * i + 1);
  const units = textOfBytes(bytes);
  if (units !== undefined) emitRun(view, out, units, start, Math.min(at, text.length));
  return at - 1;
}

/** Fewer codes are a version, a colour or a list of sizes. */
const LEAST_CODES = 10;

/** `115,107,95,108` and the like: characters by their decimal codes; returns where the reading may go on. */
function openCodes(view: View, out: ViewBuilder, start: number, first: number): number {
  const { text } = view;
  // Most short numbers are followed by neither a comma nor a blank.
  const behind = text.charCodeAt(runEnd(text, start, DIGIT, 4));
  if (behind !== 0x2c && !isIn(behind, SPACE)) return first;
  const codes: number[] = [];
  let at = start;
  for (;;) {
    const end = runEnd(text, at, DIGIT, 4);
    const code = end - at < 1 || end - at > 3 ? 0 : Number(text.slice(at, end));
    if (code < 9 || code > 126) break;
    codes.push(code);
    at = end;
    const next = runEnd(text, text[at] === ',' ? at + 1 : at, SPACE, 2);
    if (next === at) break;
    at = next;
  }
  if (codes.length < LEAST_CODES) return first;
  const units = textOfBytes(Uint8Array.from(codes));
  if (units !== undefined && codes.filter((code) => code > 0x40).length * 2 > codes.length)
    emitRun(view, out, units, start, at);
  return Math.max(first, at - 1);
}

/** `01101001 01100111`: bytes in binary. */
function openBits(view: View, out: ViewBuilder, start: number, first: number): number {
  const { text } = view;
  const bytes: number[] = [];
  let at = start;
  for (;;) {
    const bits = text.slice(at, at + 8);
    if (!/^[01]{8}$/.test(bits) || isIn(text.charCodeAt(at + 8), DIGIT)) break;
    bytes.push(Number.parseInt(bits, 2));
    at += 8;
    const next = runEnd(text, at, SPACE, 2);
    if (next === at) break;
    at = next;
  }
  if (bytes.length < 6) return first;
  const units = textOfBytes(Uint8Array.from(bytes));
  if (units !== undefined) emitRun(view, out, units, start, Math.min(at, text.length));
  return Math.max(first, at - 1);
}

const DUMP_LINE = /^[0-9a-fA-F]{8}:?[ \t]{1,2}((?:[0-9a-fA-F]{2,4}(?:[ \t]{1,2}|(?=\r?\n|$))){1,16})[^\n]{0,24}\n?/;

/** The lines of a dump of bytes as `xxd` and `hexdump -C` print them. */
function openDump(view: View, out: ViewBuilder, start: number, first: number): number {
  const { text } = view;
  const bytes: number[] = [];
  let at = start;
  for (;;) {
    const line = DUMP_LINE.exec(text.slice(at, at + 120));
    if (line === null) break;
    const digits = (line[1] ?? '').replace(/\s/g, '').slice(0, 32);
    for (let i = 0; i + 1 < digits.length; i += 2) bytes.push(Number.parseInt(digits.slice(i, i + 2), 16));
    at += line[0].length;
  }
  if (bytes.length < 8) return first;
  const units = textOfBytes(Uint8Array.from(bytes));
  if (units !== undefined) emitRun(view, out, units, start, Math.min(at, text.length));
  return Math.max(first, at - 1);
}

/** Fewer letters on their own are an abbreviation or a list. */
const LEAST_SPACED = 8;

/** `i g n o r e  t h i s`: single letters with one separator between them and more between words. */
function openSpaced(view: View, out: ViewBuilder, start: number, first: number): number {
  const { text } = view;
  const separator = text.charCodeAt(first);
  if (
    separator < 0x20 ||
    separator > 0x7e ||
    !isIn(text.charCodeAt(first + 1), LETTER | DIGIT) ||
    isIn(text.charCodeAt(first + 2), LETTER | DIGIT)
  )
    return first;
  const [count, end] = readSpaced(text, first, separator);
  if (count + 1 >= LEAST_SPACED) {
    const units = new Uint16Array(count + 1);
    units[0] = text.charCodeAt(start);
    readSpaced(text, first, separator, units);
    emitRun(view, out, units, start, end);
  }
  return Math.max(first, end - 1);
}

/** How many units letters kept apart have behind the first of them, with a blank between words, and where they end; puts them into `units`. */
function readSpaced(text: string, first: number, separator: number, units?: Uint16Array): readonly [number, number] {
  let count = 0;
  let at = first;
  for (;;) {
    let next = at;
    while (next - at < 4 && text.charCodeAt(next) === separator) next++;
    // `t.h.e  u.s.e.r`: spaces between words whose letters something else keeps apart.
    const spaced = next === at && text.charCodeAt(next) === 0x20;
    if (spaced) next = runEnd(text, next, SPACE, 4);
    if (next === at || !isIn(text.charCodeAt(next), URL_SAFE) || isIn(text.charCodeAt(next + 1), URL_SAFE))
      return [count, at];
    if (next - at > 1 || spaced) {
      count++;
      if (units !== undefined) units[count] = 0x20;
    }
    count++;
    if (units !== undefined) units[count] = text.charCodeAt(next);
    at = next + 1;
  }
}

function emitRun(view: View, out: ViewBuilder, units: Uint16Array, start: number, end: number): void {
  const span = originalSpan(view, start, end);
  out.pushAll(units, span.start, span.end);
  out.push(0, span.start, span.end);
}

/** What joins a piece of a token in quotation marks to the next: an operator, or a statement that appends. */
const JOINT =
  /[ \t]{0,4}(?:\+|\.|\.\.|<<|&|,|\\|\|\|)?[ \t]{0,4}(?:;?\r?\n[ \t]{0,24}(?:(?:const|let|var|my|val|final|static|local|set|export|string|String)[ \t]){0,2}(?:[\w.$]{1,24}[ \t]{0,3}(?:<<|\+=|\.=|\+|=)[ \t]{0,3}|[+.&][ \t]{0,3})?)?(?=["'`])/y;

/** What pieces are made of, and how many of them at most. */
const OF_PIECE = TOKEN & ~TILDE;
const LONGEST_PIECE = 600;

/** Where the quotation mark behind the piece stands that begins behind one, -1 where there is no piece. */
function pieceEnd(text: string, from: number): number {
  const end = runEnd(text, from, OF_PIECE, LONGEST_PIECE + 1);
  const unit = text.charCodeAt(end);
  const isPiece = end - from >= 2 && end - from <= LONGEST_PIECE && unit < 0x80 && MARKS[unit] === QUOTE;
  return isPiece ? end : -1;
}

/** What joints begin with. */
const JOINTS = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(' \t+.<&,\\|;\r\n"\'`'.includes(String.fromCharCode(code))),
);

/** Pieces of a token that a program puts together, joined. */
function openQuoted(view: View, out: ViewBuilder): void {
  const { text } = view;
  for (let at = nextQuote(text, 0); at >= 0; ) {
    let joined = '';
    let pieces = 0;
    let end = at;
    for (let from = at; ; ) {
      const behind = pieceEnd(text, from + 1);
      if (behind < 0) break;
      joined += text.slice(from + 1, behind);
      pieces++;
      end = behind + 1;
      JOINT.lastIndex = end;
      if (pieces > 64 || JOINTS[text.charCodeAt(end)] !== 1 || !JOINT.test(text)) break;
      if (text.charCodeAt(end) === 0x2c && isKey(text, JOINT.lastIndex)) break;
      from = JOINT.lastIndex;
    }
    if (pieces > 1 && joined.length >= LEAST_RUN && /\d/.test(joined)) {
      const units = new Uint16Array(joined.length);
      for (let i = 0; i < joined.length; i++) units[i] = joined.charCodeAt(i);
      emitRun(view, out, units, at, end);
    }
    at = nextQuote(text, Math.max(end, at + 1));
  }
}

/** Whether what stands in quotation marks from an offset on is the name of a member: `"token":`. */
function isKey(text: string, from: number): boolean {
  const end = pieceEnd(text, from + 1);
  return end >= 0 && text.charCodeAt(runEnd(text, end + 1, SPACE, 4)) === 0x3a;
}

const QUOTE = 1;
const ESCAPE = 2;
const EQUAL = 4;
const MARKS = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  return '"\'`'.includes(sign) ? QUOTE : '%&\\'.includes(sign) ? ESCAPE : sign === '=' ? EQUAL : 0;
});

/** The next of some marks, -1 when there is none. */
function nextMark(text: string, from: number, marks: number): number {
  const { length } = text;
  for (let i = from; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80 && ((MARKS[unit] ?? 0) & marks) !== 0) return i;
  }
  return -1;
}

function nextQuote(text: string, from: number): number {
  return nextMark(text, from, QUOTE);
}

/** How much unencoded text around an escape is read with it, so that words around it keep their neighbours. */
const AROUND = 160;

function openEscapes(view: View, out: ViewBuilder): void {
  const { text } = view;
  const read = hasSoftBreaks(text) ? readEscapeOfMail : readEscape;
  let copied = 0;
  for (let at = nextEscape(text, 0); at >= 0; at = nextEscape(text, at + 1)) {
    if (read(text, at) === undefined) continue;
    copied = openNeighbourhood(view, out, Math.max(copied, at - AROUND), at, read);
    at = copied - 1;
  }
}

function nextEscape(text: string, from: number): number {
  for (let at = nextMark(text, from, ESCAPE | EQUAL); at >= 0; at = nextMark(text, at + 1, ESCAPE | EQUAL))
    if (text.charCodeAt(at) !== 0x3d || text.charCodeAt(at + 3) === 0x3d || text.charCodeAt(at + 1) < 0x20) return at;
  return -1;
}

/** Copies from `from` until nothing has been escaped for a while, decoding; returns the end. */
function openNeighbourhood(
  view: View,
  out: ViewBuilder,
  from: number,
  firstEscape: number,
  read: typeof readEscape,
): number {
  const { text } = view;
  let until = Math.min(text.length, firstEscape + AROUND);
  let at = from;
  while (at < until) {
    const next = nextMark(text, at, ESCAPE | EQUAL);
    const opened = next < 0 || next >= until ? undefined : read(text, next);
    if (opened === undefined) {
      const end = next < 0 || next >= until ? until : next + 1;
      out.pushPart(view, at, end);
      at = end;
      continue;
    }
    out.pushPart(view, at, next);
    at = next;
    const span = originalSpan(view, at, opened.end);
    for (let i = 0; i < opened.text.length; i++) out.push(opened.text.charCodeAt(i), span.start, span.end);
    at = opened.end;
    until = Math.min(text.length, at + AROUND);
  }
  const last = originalSpan(view, Math.max(from, at - 1), at);
  out.push(0, last.start, last.end);
  return at;
}
