import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CONFORMANCE } from './conformance-data.js';

/** Size of a block of a tar file, in bytes. */
const BLOCK = 512;

/** Files of the official corpus by their path, such as `corpus-tests/<hash>.cedar`; empty where the data is not. */
export function readCorpus(): ReadonlyMap<string, string> {
  const archive = CONFORMANCE === undefined ? undefined : resolve(CONFORMANCE, 'corpus.tar.gz');
  if (archive === undefined || !existsSync(archive)) return new Map();
  return new Map(readTar(gunzipSync(readFileSync(archive))));
}

/** The regular files of a tar archive. */
function* readTar(bytes: Buffer): Generator<[path: string, text: string]> {
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const name = field(bytes, at, 100);
    const size = Number.parseInt(field(bytes, at + 124, 12), 8);
    const type = String.fromCharCode(bytes[at + 156] ?? 0);
    const prefix = field(bytes, at + 345, 155);
    const start = at + BLOCK;
    if (type === '0' || type === '\0') {
      const path = prefix === '' ? name : `${prefix}/${name}`;
      yield [path.replace(/^\.\//, ''), bytes.toString('utf8', start, start + size)];
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

/** A text field that ends at a NUL or a space. */
function field(bytes: Buffer, start: number, length: number): string {
  const raw = bytes.toString('latin1', start, start + length);
  return raw.split('\0')[0]?.trim() ?? '';
}
