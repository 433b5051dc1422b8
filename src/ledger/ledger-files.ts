import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LedgerError, systemCode } from './ledger-error.js';

const CHUNK = 1 << 16;
const LINE_FEED = 0x0a;

/** One line of a file, without its line break. */
export interface Line {
  readonly bytes: Uint8Array;
  /** False for what follows the last line break. */
  readonly complete: boolean;
}

/** Path of the file that is put away when its first row has this number: `ledger.000000000001.jsonl`. */
export function putAwayPath(path: string, firstSeq: number): string {
  const { stem, ending } = parts(path);
  return join(dirname(path), `${stem}.${String(firstSeq).padStart(12, '0')}${ending}`);
}

/**
 * The path of the file that symbolic links at `path` lead to, whether it exists or not: its lock and the files that are put
 * away stand beside it, by whatever name it is opened. What is no file keeps its path.
 */
export function fileBehind(path: string): string {
  let file = path;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) return path;
    for (let links = 0; links < MOST_LINKS; links++) file = resolve(realpathSync(dirname(file)), readlinkSync(file));
  } catch {
    // It is no link, or leads nowhere, which whoever opens it is told.
  }
  return file;
}

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Every file of the ledger at `named`, or where symbolic links there lead to, oldest first; the file itself, where it exists, is
 * the last.
 */
export function ledgerFiles(named: string): readonly string[] {
  const path = fileBehind(named);
  const { stem, ending } = parts(path);
  const folder = dirname(path);
  const names = namesIn(folder);
  const number = (name: string): string | undefined =>
    name.startsWith(`${stem}.`) && name.endsWith(ending)
      ? /^\d{12}$/.exec(name.slice(stem.length + 1, name.length - ending.length))?.[0]
      : undefined;
  const away = names.filter((name) => number(name) !== undefined).sort();
  return [...away.map((name) => join(folder, name)), ...(names.includes(basename(path)) ? [path] : [])];
}

function parts(path: string): { readonly stem: string; readonly ending: string } {
  const name = basename(path);
  return name.endsWith('.jsonl') ? { stem: name.slice(0, -6), ending: '.jsonl' } : { stem: name, ending: '' };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = systemCode(error);
    // Where a file stands in the place of the folder, there is nothing either.
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw unreadable(folder, error);
  }
}

function unreadable(path: string, error: unknown): LedgerError {
  const why = error instanceof Error ? error.message : String(error);
  return new LedgerError('ledger-unreadable', `the ledger ${path} cannot be read: ${why}`, error);
}

function openLedgerFile(path: string): number {
  let descriptor: number | undefined;
  try {
    // A pipe would have this process wait until somebody writes to it.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new Error(found.isDirectory() ? 'it is a folder' : 'it is no file');
    return descriptor;
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    throw unreadable(path, error);
  }
}

/** The lines of a file from a place on at which one begins, in constant memory apart from the longest line. */
export function* linesOf(path: string, from = 0): Generator<Line> {
  const descriptor = openLedgerFile(path);
  let position = from;
  try {
    const rest: Uint8Array[] = [];
    for (;;) {
      const chunk = new Uint8Array(CHUNK);
      const length = readSync(descriptor, chunk, 0, CHUNK, position);
      if (length === 0) break;
      position += length;
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1 && end < length; end = chunk.indexOf(LINE_FEED, start)) {
        yield { bytes: joined([...rest, chunk.subarray(start, end)]), complete: true };
        rest.length = 0;
        start = end + 1;
      }
      if (start < length) rest.push(chunk.subarray(start, length));
    }
    if (rest.length > 0) yield { bytes: joined(rest), complete: false };
  } finally {
    closeSync(descriptor);
  }
}

/** Pieces of bytes as one. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}

/** How a file ends. */
export interface Tail {
  /** The last line that has a line break; undefined when there is none. */
  readonly last: Uint8Array | undefined;
  /** What follows it. */
  readonly unfinished: Uint8Array;
  /** Size of the file in bytes. */
  readonly size: number;
}

/** Reads the end of an open file, as much of it as the last line takes. */
export function tailOf(descriptor: number): Tail {
  const { size } = fstatSync(descriptor);
  for (let length = Math.min(size, 1 << 16); ; length = Math.min(size, length * 4)) {
    const bytes = readAt(descriptor, size - length, length);
    const end = bytes.lastIndexOf(LINE_FEED);
    const start = end <= 0 ? -1 : bytes.lastIndexOf(LINE_FEED, end - 1);
    if (start === -1 && length < size) continue;
    return { last: end === -1 ? undefined : bytes.subarray(start + 1, end), unfinished: bytes.subarray(end + 1), size };
  }
}

/** The first bytes of an open file. */
export function startOf(descriptor: number, length: number): Uint8Array {
  return readAt(descriptor, 0, length);
}

function readAt(descriptor: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const more = readSync(descriptor, bytes, read, length - read, position + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}
