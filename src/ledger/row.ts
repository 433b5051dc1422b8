import { Buffer } from 'node:buffer';
import { sign, verify } from 'node:crypto';
import { quotedKey } from '../json/quoted-text.js';
import type { LedgerKey } from './ledger-key.js';
import { nodeKey } from './node-key.js';
import { sha256 } from './sha256.js';

// A row is one line of JSON that ends in
//   ,"prev":"<hash of the row before>"[,"signature":"<Ed25519>"],"hash":"<SHA-256 of everything before>"}
// The hash is taken of the bytes as they are written, not of what they mean, so that no byte can change unnoticed.

/** Number and hash of a row; everything before it follows from the hash. */
export interface RowHead {
  /** One-based, counted over all files of the ledger. */
  readonly seq: number;
  /** SHA-256 in hexadecimal digits. */
  readonly hash: string;
}

/** What stands before the first row. */
export const GENESIS: RowHead = { seq: 0, hash: '0'.repeat(64) };

/**
 * Members of a row by name, each value JSON text without line breaks; or all of them as they stand between the braces of
 * a JSON object, also without line breaks.
 */
export type RowMembers = Readonly<Record<string, string>> | string;

export interface NewRow {
  readonly kind: string;
  readonly time: string;
  readonly members: RowMembers;
}

/** Room for what most appends write; more is made where it is needed, and not kept. */
const USUAL_ROOM = 1 << 16;
/** Bytes that follow the members of a row. */
const LONGEST_REST = 320;

/** Rows as bytes, one behind the other, for one append after the other in the same memory. */
export class RowBuffer {
  #room = Buffer.allocUnsafeSlow(USUAL_ROOM);
  #length = 0;

  /** The rows since the last `clear`, until the next, in the first `length` bytes. */
  get room(): Uint8Array {
    return this.#room;
  }

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
    if (this.#room.length > USUAL_ROOM) this.#room = Buffer.allocUnsafeSlow(USUAL_ROOM);
  }

  /** Adds a row, with its line break, that follows `last`. */
  add({ kind, time, members }: NewRow, last: RowHead, key?: LedgerKey): RowHead {
    const seq = last.seq + 1;
    const own = memberText(members);
    const begin = `${BEGIN}${seq},"time":"${time}","kind":"${kind}"`;
    const body = `${begin}${own === '' ? '' : ','}${own},"prev":"${last.hash}"`;
    const start = this.#length;
    this.#makeRoom(start + body.length * 3 + LONGEST_REST);
    const room = this.#room;
    let end = start + room.write(body, start);
    if (key !== undefined) {
      const signature = sign(null, room.subarray(start, end), nodeKey(key)).toString('hex');
      end += room.write(`,"signature":"${signature}"`, end, 'latin1');
    }
    // The hash is taken of the very bytes that go to the file.
    const hash = sha256(room.subarray(start, end));
    this.#length = end + room.write(`,"hash":"${hash}"}\n`, end, 'latin1');
    return { seq, hash };
  }

  #makeRoom(length: number): void {
    if (length <= this.#room.length) return;
    const room = Buffer.allocUnsafeSlow(Math.max(length, this.#room.length * 2));
    this.#room.copy(room, 0, 0, this.#length);
    this.#room = room;
  }
}

/** Members as they stand between the braces of an object. */
export function memberText(members: RowMembers): string {
  if (typeof members === 'string') return members;
  let all = '';
  for (const name of Object.keys(members)) all += `${all === '' ? '' : ','}${quotedKey(name)}:${members[name]}`;
  return all;
}

/** The frame of a row, whose hash is right. */
export interface RowFrame extends RowHead {
  readonly kind: string;
  readonly time: string;
  readonly prev: string;
  /** In hexadecimal digits. */
  readonly signature: string | undefined;
  /** What the signature is made of. */
  readonly signed: Uint8Array;
}

const decoder = new TextDecoder('latin1');

const BEGIN = '{"v":1,"seq":';
const START = /^\{"v":1,"seq":([1-9]\d{0,14}),"time":"([^"\\]{1,40})","kind":"([a-z-]{1,40})",/;
const PREV = /^,"prev":"([0-9a-f]{64})"$/;
const SIGNATURE = /^,"signature":"([0-9a-f]{128})"$/;
const HASH = /^,"hash":"([0-9a-f]{64})"\}$/;
const START_LENGTH = 160;
const PREV_LENGTH = 74;
const SIGNATURE_LENGTH = 143;
const HASH_LENGTH = 75;

/** Reads the frame of a line (without its line break); undefined when this is no row, or one whose bytes changed. */
export function readRow(line: Uint8Array): RowFrame | undefined {
  const hashStart = line.length - HASH_LENGTH;
  const hash = HASH.exec(text(line, hashStart, line.length))?.[1];
  if (hash === undefined || sha256(line.subarray(0, hashStart)) !== hash) return undefined;
  const signature = SIGNATURE.exec(text(line, hashStart - SIGNATURE_LENGTH, hashStart))?.[1];
  const end = signature === undefined ? hashStart : hashStart - SIGNATURE_LENGTH;
  const prev = PREV.exec(text(line, end - PREV_LENGTH, end))?.[1];
  const start = START.exec(text(line, 0, Math.min(START_LENGTH, line.length)));
  if (prev === undefined || start === null) return undefined;
  const [, seq = '', time = '', kind = ''] = start;
  return { seq: Number(seq), time, kind, prev, hash, signature, signed: line.subarray(0, end) };
}

/** Most places of an unfinished line at which a whole row may end that are looked at. */
const MOST_ENDS = 8;

/**
 * Whether an unfinished last line begins with a whole row: then the row was written, and something changed or added
 * what follows it. Where it ends is not known without looking for it.
 */
export function wholeRowIn(line: Uint8Array): RowFrame | undefined {
  const ends = [...decoder.decode(line).matchAll(/,"hash":"[0-9a-f]{64}"\}/g)].map(({ index }) => index + HASH_LENGTH);
  for (const end of ends.slice(-MOST_ENDS)) {
    const row = readRow(line.subarray(0, end));
    if (row !== undefined) return row;
  }
  return undefined;
}

/** Whether bytes can be what an interrupted write left of a row. */
export function beginsLikeRow(bytes: Uint8Array): boolean {
  const begin = text(bytes, 0, Math.min(BEGIN.length, bytes.length));
  return BEGIN.startsWith(begin);
}

/** Whether the row was signed with the private part of one of the keys. */
export function isSignedBy(row: RowFrame, keys: readonly LedgerKey[]): boolean {
  const { signature } = row;
  if (signature === undefined) return false;
  return keys.some((key) => verify(null, row.signed, nodeKey(key), bytesOfHex(signature)));
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return start < 0 ? '' : decoder.decode(bytes.subarray(start, end));
}
