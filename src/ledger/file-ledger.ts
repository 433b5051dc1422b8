import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import type { JsonValue } from '../json/json-value.js';
import { FileLock, type LockHost } from './file-lock.js';
import { type AppendOptions, HEEDS, type Ledger, type RedactedValue } from './ledger.js';
import { LedgerError } from './ledger-error.js';
import { fileBehind, ledgerFiles, linesOf, putAwayPath, startOf, tailOf } from './ledger-files.js';
import type { LedgerKey } from './ledger-key.js';
import {
  beginsLikeRow,
  GENESIS,
  memberText,
  type NewRow,
  RowBuffer,
  type RowHead,
  type RowMembers,
  readRow,
  wholeRowIn,
} from './row.js';

export interface FileLedgerSettings {
  readonly path: string;
  readonly host: LockHost;
  /** Wait until each row is on the disk; without it a row survives the end of the process, not that of the machine. */
  readonly fsync: boolean;
  /** A file that reaches this size is put away under the number of its first row. */
  readonly maxBytes: number;
  /** Keep the lock until `close`: no other process can append, and rows are written faster. */
  readonly exclusive: boolean;
  readonly lockTimeoutMs: number;
  /** Ed25519 key that signs each row. */
  readonly signingKey: LedgerKey | undefined;
  readonly redact: ((value: JsonValue) => RedactedValue) | undefined;
}

/** The file that is appended to, as this writer knows it. */
interface OpenFile {
  readonly descriptor: number;
  readonly inode: number;
  readonly firstSeq: number;
  size: number;
  /** Hashes of the setups that this writer wrote into it. */
  readonly setups: Set<string>;
}

/**
 * A ledger in a file that several processes may append to. Each row is written under a lock, after the last row of
 * whoever wrote before. What a stopped process left of a row is removed, which a row `recovered` says.
 */
export class FileLedger implements Ledger {
  readonly heeds = HEEDS;
  readonly redact?: (value: JsonValue) => RedactedValue;
  readonly #settings: FileLedgerSettings;
  readonly #lock: FileLock;
  #file: OpenFile | undefined;
  #head: RowHead = GENESIS;
  readonly #rows = new RowBuffer();
  #closed = false;
  /** When this append began, in milliseconds. */
  #at = Number.NaN;
  /** When an exclusive writer last looked at the file, in milliseconds. */
  #looked = Number.NaN;
  /** What was appended once, by file, as far as it was read. */
  readonly #onces = new Map<number, { end: number; readonly found: Set<string> }>();
  #now = { milliseconds: Number.NaN, text: '' };

  /** Creates the folder where needed, reads the last row and throws `LedgerError` when there is none where one must be. */
  constructor(settings: FileLedgerSettings) {
    if (settings.redact !== undefined) this.redact = settings.redact;
    makeFolder(dirname(settings.path));
    const path = fileBehind(settings.path);
    this.#settings = { ...settings, path };
    this.#lock = new FileLock(`${path}.lock`, settings.host, settings.lockTimeoutMs);
    if (settings.exclusive) this.#lock.acquire();
    try {
      this.#locked(() => this.#catchUp());
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get head(): RowHead {
    return this.#head;
  }

  append(kind: string, members: RowMembers, { setup, once, before }: AppendOptions = NO_OPTIONS): RowHead {
    if (this.#closed) throw new LedgerError('ledger-closed', 'the ledger is closed');
    if (once !== undefined && once.length > LONGEST_ONCE)
      throw new TypeError(`once is longer than ${LONGEST_ONCE} characters`);
    return this.#locked(() => {
      let file = this.#catchUp();
      if (file.size >= this.#settings.maxBytes) file = this.#rotate(file);
      if (once !== undefined && this.#holds(once))
        throw new LedgerError('ledger-repeated', 'the ledger has this row already');
      const time = this.#time();
      const own: NewRow = { kind, time, members: once === undefined ? members : withOnce(members, once) };
      const rows = before === undefined ? [own] : [{ kind: before.kind, time, members: before.members }, own];
      if (setup !== undefined && !file.setups.has(setup.hash))
        rows.unshift({ kind: 'setup', time, members: { setup: JSON.stringify(setup.hash), value: setup.text() } });
      this.#write(file, rows);
      if (setup !== undefined) file.setups.add(setup.hash);
      return this.#head;
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#file !== undefined) closeSync(this.#file.descriptor);
    this.#file = undefined;
    if (this.#settings.exclusive) this.#lock.release();
    this.#lock.close();
  }

  #locked<T>(work: () => T): T {
    const { exclusive, path, host } = this.#settings;
    if (!exclusive) this.#lock.acquire();
    this.#at = exclusive ? host.now() : this.#lock.since;
    try {
      return work();
    } catch (error) {
      this.#looked = Number.NaN;
      if (error instanceof LedgerError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new LedgerError('ledger-unwritable', `the ledger ${path} cannot be written: ${why}`, error);
    } finally {
      if (!exclusive) this.#lock.release();
    }
  }

  #time(): string {
    const now = this.#at;
    if (now !== this.#now.milliseconds) this.#now = { milliseconds: now, text: new Date(now).toISOString() };
    return this.#now.text;
  }

  /** The file to append to, with the last row known, whatever others did since. */
  #catchUp(): OpenFile {
    const { path } = this.#settings;
    const known = this.#file;
    if (known !== undefined && this.#hasJustLooked()) return known;
    const now = statSync(path, MAY_BE_ABSENT);
    if (known !== undefined && now?.ino === known.inode && now.size === known.size) return known;
    if (now === undefined || now.size === 0) return this.#begin();
    if (known !== undefined && now.ino === known.inode) return this.#readEnd(known);
    const file = openFile(path);
    if (known !== undefined) closeSync(known.descriptor);
    this.#file = file;
    return this.#readEnd(file);
  }

  /**
   * Whether nobody can have written since the file was last looked at: other writers are locked out, and what people do
   * to the file by hand is seen a millisecond later.
   */
  #hasJustLooked(): boolean {
    if (!this.#settings.exclusive) return false;
    if (this.#at === this.#looked) return true;
    this.#looked = this.#at;
    return false;
  }

  /** Reads the last row, and removes what a stopped process left of another. */
  #readEnd(file: OpenFile): OpenFile {
    const { path } = this.#settings;
    const { last, unfinished, size } = tailOf(file.descriptor);
    const row = last === undefined ? undefined : readRow(last);
    if (last !== undefined && row === undefined) throw damaged(path);
    if (unfinished.length > 0) {
      const whole = wholeRowIn(unfinished);
      // What no writer of rows left behind is not removed.
      const foreign = whole === undefined ? !beginsLikeRow(unfinished) : readRow(unfinished) === undefined;
      if (foreign) throw damaged(path);
      if (whole !== undefined) {
        // Only the line break is missing: the row counts.
        this.#goOnAfter(whole);
        file.size = size;
        writeAll(file, LINE_BREAK, LINE_BREAK.length);
        return file;
      }
    }
    if (row !== undefined) this.#goOnAfter(row);
    if (unfinished.length > 0) ftruncateSync(file.descriptor, size - unfinished.length);
    file.size = size - unfinished.length;
    if (row === undefined) return this.#begin();
    if (unfinished.length > 0)
      this.#write(file, [{ kind: 'recovered', time: this.#time(), members: { bytes: String(unfinished.length) } }]);
    return file;
  }

  #goOnAfter({ seq, hash }: RowHead): void {
    const known = this.#head;
    if (seq < known.seq || (seq === known.seq && hash !== known.hash))
      throw new LedgerError(
        'ledger-damaged',
        `rows up to ${known.seq} were written to ${this.#settings.path}, and now it ends with another row ${seq}`,
      );
    this.#head = { seq, hash };
  }

  /** Starts a file that goes on where the last one ended. */
  #begin(): OpenFile {
    const { path } = this.#settings;
    const earlier = ledgerFiles(path)
      .filter((file) => file !== path)
      .at(-1);
    const open = this.#file === undefined ? undefined : lastRow(this.#file.descriptor, path);
    const away = headOf(earlier);
    if (this.#file !== undefined) closeSync(this.#file.descriptor);
    this.#file = undefined;
    this.#goOnAfter((open?.seq ?? 0) > (away?.seq ?? 0) ? (open ?? GENESIS) : (away ?? GENESIS));
    const file: OpenFile = { ...openFile(path), firstSeq: this.#head.seq + 1 };
    this.#file = file;
    const members: RowMembers = earlier === undefined ? {} : { after: JSON.stringify(basename(earlier)) };
    this.#write(file, [{ kind: 'begin', time: this.#time(), members }]);
    return file;
  }

  #rotate(file: OpenFile): OpenFile {
    const { path } = this.#settings;
    fdatasyncSync(file.descriptor);
    renameSync(path, putAwayPath(path, file.firstSeq));
    return this.#begin();
  }

  #write(file: OpenFile, rows: readonly NewRow[]): void {
    const { signingKey, fsync } = this.#settings;
    let head = this.#head;
    this.#rows.clear();
    for (const row of rows) head = this.#rows.add(row, head, signingKey);
    writeAll(file, this.#rows.room, this.#rows.length);
    if (fsync) fdatasyncSync(file.descriptor);
    this.#head = head;
  }

  /** Whether a kept row was appended once with this text. What was read of a file before is not read again. */
  #holds(once: string): boolean {
    const files = ledgerFiles(this.#settings.path);
    const read = files.map((path) => this.#readOnces(path));
    return read.some((onces) => onces.has(once));
  }

  #readOnces(path: string): ReadonlySet<string> {
    const { ino, size } = statSync(path);
    const known = this.#onces.get(ino);
    // A file that is shorter than it was is another one with the number of the first.
    const read = known !== undefined && known.end <= size ? known : { end: 0, found: new Set<string>() };
    this.#onces.set(ino, read);
    for (const { bytes, complete } of linesOf(path, read.end)) {
      if (!complete) break;
      read.end += bytes.length + 1;
      const text = onceOf(bytes);
      if (text !== undefined) read.found.add(text);
    }
    return read.found;
  }
}

/** Said in full, as are the options of every row of a harness: what is not said must not be found in a prototype. */
const NO_OPTIONS: AppendOptions = { setup: undefined, once: undefined, before: undefined };

/** The text that a row is appended once with stands at its end. */
function withOnce(members: RowMembers, once: string): string {
  const text = memberText(members);
  return `${text}${text === '' ? '' : ','}"once":${JSON.stringify(once)}`;
}

/** The text that a row was appended once with. */
function onceOf(row: Uint8Array): string | undefined {
  const end = decoder.decode(row.subarray(-LONGEST_END));
  const text =
    /,"once":("(?:[^"\\]|\\.)*"),"prev":"[0-9a-f]{64}"(?:,"signature":"[0-9a-f]{128}")?,"hash":"[0-9a-f]{64}"\}$/.exec(
      end,
    )?.[1];
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return typeof value === 'string' ? value : undefined;
}

const MAY_BE_ABSENT = { throwIfNoEntry: false } as const;

/** Bytes at the end of a row in which its `once` is looked for; longer texts are not taken. */
const LONGEST_END = 4096;
const LONGEST_ONCE = 1000;

const LINE_BREAK = new TextEncoder().encode('\n');
const decoder = new TextDecoder();

/** Writes the first bytes of some at the end of a file; when that fails, nothing of them stays. */
function writeAll(file: OpenFile, bytes: Uint8Array, length: number): void {
  let written = 0;
  try {
    while (written < length) written += writeSync(file.descriptor, bytes, written, length - written);
  } catch (error) {
    ftruncateSync(file.descriptor, file.size);
    throw error;
  }
  file.size += length;
}

function openFile(path: string): OpenFile {
  const descriptor = openSync(path, 'a+', 0o600);
  const { ino, size } = fstatSync(descriptor);
  const first = /"seq":(\d{1,15}),/.exec(decoder.decode(startOf(descriptor, 64)))?.[1];
  return { descriptor, inode: ino, firstSeq: Number(first ?? 1), size, setups: new Set() };
}

/** The last row of a file that was put away. */
function headOf(path: string | undefined): RowHead | undefined {
  if (path === undefined) return undefined;
  const descriptor = openSync(path, 'r');
  try {
    return lastRow(descriptor, path);
  } finally {
    closeSync(descriptor);
  }
}

function lastRow(descriptor: number, path: string): RowHead | undefined {
  const { last, unfinished } = tailOf(descriptor);
  const whole = unfinished.length > 0 ? readRow(unfinished) : undefined;
  if (whole !== undefined) return whole;
  if (last === undefined) return undefined;
  const row = readRow(last);
  if (row === undefined) throw damaged(path);
  return row;
}

function damaged(path: string): LedgerError {
  return new LedgerError(
    'ledger-damaged',
    `the last row of the ledger ${path} was changed: see \`deodar ledger verify\`, then move the file away`,
  );
}
