import { sign, verify } from 'node:crypto';
import { quotedKey } from '../json/quoted-key.js';
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

/** The end of a row whose hash is not known yet. */
const NO_HASH = `,"hash":"${GENESIS.hash}"}\n`;

/** Where the hash stands in it. */
const HASH_PLACE = ',"hash":"'.length;

/** Members of a row by name; each value is JSON text without line breaks. */
export type RowMembers = Readonly<Record<string, string>>;

export interface NewRow {
  readonly kind: string;
  readonly time: string;
  readonly members: RowMembers;
}

/** The bytes of a row, with its line break, that follows `last`. */
export function writeRow(
  { kind, time, members }: NewRow,
  last: RowHead,
  key?: LedgerKey,
): { readonly bytes: Uint8Array; readonly head: RowHead } {
  const seq = last.seq + 1;
  let body = `{"v":1,"seq":${seq},"time":"${time}","kind":"${kind}"`;
  for (const name of Object.keys(members)) body += `,${quotedKey(name)}:${members[name]}`;
  body += `,"prev":"${last.hash}"`;
  if (key !== undefined) body += `,"signature":"${sign(null, encoder.encode(body), nodeKey(key)).toString('hex')}"`;
  // Encoded once: the hash is taken of the very bytes that go to the file, and put in its place there.
  const bytes = encoded(`${body}${NO_HASH}`);
  const end = bytes.length - NO_HASH.length;
  const hash = sha256(bytes.subarray(0, end));
  encoder.encodeInto(hash, bytes.subarray(end + HASH_PLACE));
  return { bytes, head: { seq, hash } };
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

const encoder = new TextEncoder();
/** Room for most rows: to encode into it and copy is faster than to have the encoder make an array of unknown length. */
const room = new Uint8Array(1 << 14);

function encoded(row: string): Uint8Array {
  if (row.length * 3 > room.length) return encoder.encode(row);
  return room.slice(0, encoder.encodeInto(row, room).written);
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
