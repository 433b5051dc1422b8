import { generateKeyPairSync } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitmentTo, LedgerError, openLedger, redactionSalt, verifyLedger } from '../../src/index.js';
import { createRedaction } from '../../src/ledger/redaction.js';
import { ledgerFolder, rowsOf } from './ledger-folder.js';

const { path, folder } = ledgerFolder();

function write(count: number, options = {}, text = 'row'): void {
  const ledger = openLedger(path(), options);
  for (let index = 0; index < count; index++) ledger.append('test', { text: JSON.stringify(`${text} ${index} ✓`) });
  ledger.close();
}

const codes = (options = {}) => verifyLedger(path(), options).diagnostics.map(({ code }) => code);
const errors = (options = {}) =>
  verifyLedger(path(), options)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

describe('a ledger', () => {
  it('begins with a row that follows nothing and numbers its rows', () => {
    write(2);
    const rows = rowsOf(path());
    expect(rows.map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'begin'],
      [2, 'test'],
      [3, 'test'],
    ]);
    expect(rows[0]?.prev).toBe('0'.repeat(64));
    expect(rows[1]?.prev).toBe(rows[0]?.hash);
    expect(verifyLedger(path())).toMatchObject({
      ok: true,
      rows: 3,
      firstSeq: 1,
      head: { seq: 3, hash: rows[2]?.hash },
    });
  });

  it('goes on where it ended when it is opened again', () => {
    write(2);
    write(2);
    expect(rowsOf(path())).toHaveLength(5);
    expect(verifyLedger(path()).ok).toBe(true);
  });

  it('can be read by nobody else', () => {
    write(1);
    expect(statSync(path()).mode & 0o077).toBe(0);
  });

  it('interleaves several writers without a break', () => {
    const ledgers = [openLedger(path()), openLedger(path()), openLedger(path())];
    for (let index = 0; index < 30; index++) ledgers[index % 3]?.append('test', { index: String(index) });
    for (const ledger of ledgers) ledger.close();
    expect(verifyLedger(path())).toMatchObject({ ok: true, rows: 31 });
  });

  it('has no break when several writers write many rows each in turn, and files are put away', () => {
    const options = { maxBytes: 20_000 };
    const ledgers = [openLedger(path(), options), openLedger(path(), options), openLedger(path(), options)];
    let written = 0;
    for (let turn = 0; turn < 60; turn++)
      for (let row = 0; row <= (turn * 7) % 25; row++)
        if (ledgers[turn % 3]?.append('test', { turn: String(turn) }) !== undefined) written++;
    for (const ledger of ledgers) ledger.close();
    const { ok, files } = verifyLedger(path());
    expect(ok).toBe(true);
    expect(files.length).toBeGreaterThan(3);
    expect(files.flatMap(rowsOf).filter(({ kind }) => kind === 'test')).toHaveLength(written);
    expect(readdirSync(folder()).filter((name) => name.includes('.lock'))).toEqual([]);
  });

  it.each([['before there is one'], ['of one that there is']])(
    'is one ledger by whatever link it is opened: %s',
    (when) => {
      if (when === 'of one that there is') write(1);
      const links = join(dirname(path()), 'links');
      mkdirSync(links);
      symlinkSync('../links/second.jsonl', join(links, 'first.jsonl'));
      symlinkSync(path(), join(links, 'second.jsonl'));
      const writers = [path(), join(links, 'first.jsonl'), join(links, 'second.jsonl')].map((name) =>
        openLedger(name, { maxBytes: 1000 }),
      );
      for (let index = 0; index < 12; index++) for (const writer of writers) writer.append('test', {});
      for (const writer of writers) writer.close();
      expect(readdirSync(links)).toEqual(['first.jsonl', 'second.jsonl']);
      const reports = [path(), join(links, 'first.jsonl')].map((name) => verifyLedger(name));
      expect(reports.map(({ ok }) => ok)).toEqual([true, true]);
      expect(reports[1]).toEqual(reports[0]);
      expect(reports[0]?.files.length).toBeGreaterThan(3);
    },
  );

  it('keeps other writers out when it is exclusive', () => {
    const ledger = openLedger(path(), { exclusive: true });
    ledger.append('test', {});
    expect(() => openLedger(path(), { lockTimeoutMs: 30 })).toThrow(/locked by/);
    ledger.close();
    write(1);
    expect(verifyLedger(path()).ok).toBe(true);
  });

  it('waits for each row with fsync', () => {
    write(2, { fsync: true });
    expect(verifyLedger(path()).ok).toBe(true);
  });

  it('throws after it was closed', () => {
    const ledger = openLedger(path());
    ledger.close();
    ledger.close();
    expect(() => ledger.append('test', {})).toThrow(LedgerError);
  });

  it('writes a setup once into each file', () => {
    const ledger = openLedger(path(), { maxBytes: 1500 });
    for (let index = 0; index < 10; index++)
      ledger.append('test', { index: String(index) }, { setup: { hash: 'abc', text: () => '{"policies":[]}' } });
    ledger.close();
    const { files } = verifyLedger(path());
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(rowsOf(file).filter(({ kind }) => kind === 'setup')).toHaveLength(1);
  });

  it('refuses what may be recorded once only, in every file and for every writer', () => {
    const first = openLedger(path(), { maxBytes: 600 });
    first.append('approval', {}, { once: 'used "a"' });
    for (let index = 0; index < 5; index++) first.append('test', { x: '{"once":"used b"}' });
    const second = openLedger(path());
    expect(() => second.append('approval', {}, { once: 'used "a"' })).toThrow(/has this row already/);
    expect(second.append('approval', {}, { once: 'used c' }).seq).toBeGreaterThan(7);
    first.close();
    second.close();
    expect(verifyLedger(path()).ok).toBe(true);
  });
});

describe('rows that are appended', () => {
  it('take their members as text as well', () => {
    const ledger = openLedger(path());
    ledger.append('test', '"a":[1],"b":"\u00e9\u{1f600}"');
    ledger.append('test', '');
    ledger.append('test', '"c":1', { once: 'x' });
    ledger.close();
    expect(rowsOf(path()).slice(1)).toMatchObject([{ a: [1], b: '\u00e9\u{1f600}' }, { seq: 3 }, { c: 1, once: 'x' }]);
    expect(verifyLedger(path())).toMatchObject({ ok: true, rows: 4 });
  });

  it.each([10, 20_000, 70_000, 300_000])('may be long: %d characters of three bytes each', (length) => {
    const text = '\u20ac'.repeat(length);
    write(3, {}, text);
    write(1, {}, 'short');
    expect(rowsOf(path()).map((row) => String(row.text ?? '').length > length)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(verifyLedger(path()).ok).toBe(true);
  });

  it('with a row in front of them are written both or not at all', () => {
    const setup = { hash: 'abc', text: () => '{}' };
    const before = { kind: 'outcome', members: '"first":true' };
    const ledger = openLedger(path());
    expect(ledger.append('test', '"second":true', { before, setup, once: 'x' }).seq).toBe(4);
    expect(() => ledger.append('test', {}, { before, once: 'x' })).toThrow(/has this row already/);
    ledger.close();
    expect(() => ledger.append('test', {}, { before })).toThrow(LedgerError);
    expect(rowsOf(path()).map(({ kind }) => kind)).toEqual(['begin', 'setup', 'outcome', 'test']);
    expect(verifyLedger(path()).ok).toBe(true);
  });
});

describe('rotation', () => {
  it('puts full files away and goes on with the chain', () => {
    write(20, { maxBytes: 1000 });
    write(20, { maxBytes: 1000 });
    const { files, ok, rows, head } = verifyLedger(path());
    expect(ok).toBe(true);
    expect(files.length).toBeGreaterThan(5);
    expect(head?.seq).toBe(rows);
    expect(rows).toBe(40 + files.length);
  });

  it('is followed by the other writers', () => {
    const ledgers = [openLedger(path(), { maxBytes: 900 }), openLedger(path(), { maxBytes: 900 })];
    for (let index = 0; index < 40; index++) ledgers[index % 2]?.append('test', { index: String(index) });
    expect(verifyLedger(path())).toMatchObject({ ok: true });
  });

  it('survives a writer that died between putting the file away and starting the next', () => {
    write(3);
    renameSync(path(), join(folder(), 'ledger.000000000001.jsonl'));
    write(3);
    expect(verifyLedger(path())).toMatchObject({ ok: true, rows: 8 });
  });

  it('goes on when somebody moves the file away while it is open', () => {
    const ledger = openLedger(path());
    ledger.append('test', {});
    renameSync(path(), join(folder(), 'archive.jsonl'));
    ledger.append('test', {});
    ledger.close();
    const report = verifyLedger(path());
    expect(report).toMatchObject({ ok: true, firstSeq: 3, rows: 2 });
    expect(report.diagnostics.map(({ code }) => code)).toContain('ledger-begins-late');
  });
});

describe('a writer that was stopped', () => {
  it('at any byte loses at most the row that it was writing', () => {
    write(3);
    const whole = readFileSync(path());
    const ends = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([index]) => index + 1);
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(path(), whole.subarray(0, length));
      expect(errors()).toEqual([]);
      const ledger = openLedger(path());
      ledger.append('test', { after: String(length) });
      ledger.close();
      const report = verifyLedger(path());
      expect(report.ok, `stopped at byte ${length}`).toBe(true);
      // A row counts when all of it but its line break was written.
      const kept = ends.filter((end) => end - 1 <= length).length;
      const kinds = rowsOf(path()).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'test')).toHaveLength(Math.max(kept - 1, 0) + 1);
      expect(kinds.includes('recovered')).toBe(kept > 0 && !ends.includes(length) && !ends.includes(length + 1));
    }
  });

  it('between two rows of one append keeps the first', () => {
    write(1);
    const first = readFileSync(path()).length;
    const ledger = openLedger(path());
    ledger.append('test', '"second":true', { before: { kind: 'outcome', members: '"first":true' } });
    ledger.close();
    const whole = readFileSync(path());
    const between = whole.indexOf(0x0a, first);
    for (let length = first; length <= whole.length; length++) {
      writeFileSync(path(), whole.subarray(0, length));
      openLedger(path()).close();
      expect(verifyLedger(path()).ok, `stopped at byte ${length}`).toBe(true);
      const kinds = rowsOf(path()).map(({ kind }) => kind);
      expect(kinds.includes('outcome')).toBe(length >= between);
      expect(kinds.filter((kind) => kind === 'test')).toHaveLength(length >= whole.length - 1 ? 2 : 1);
    }
  });

  it('is told apart from a change of the last line break', () => {
    write(2);
    const bytes = readFileSync(path());
    bytes[bytes.length - 1] = 0x20;
    writeFileSync(path(), bytes);
    expect(errors()).toEqual(['ledger-row-changed']);
    expect(() => openLedger(path())).toThrow(/was changed/);
  });
});

describe('a file that is no ledger', () => {
  it.each(['notes', 'notes\n', '{"v":2,', '{"v":1}\n{"v":1}'])('is not touched: %j', (text) => {
    writeFileSync(path(), text);
    expect(() => openLedger(path())).toThrow(LedgerError);
    expect(readFileSync(path(), 'utf8')).toBe(text);
    expect(verifyLedger(path()).ok).toBe(false);
  });
});

describe('a ledger that was changed while it was open', () => {
  it('is not written to when rows were cut off', () => {
    const ledger = openLedger(path());
    ledger.append('test', {});
    const [first] = readFileSync(path(), 'utf8').split('\n');
    writeFileSync(path(), `${first}\n`);
    expect(() => ledger.append('test', {})).toThrow(/now it ends with another row/);
    expect(() => ledger.append('test', {})).toThrow(LedgerError);
    ledger.close();
    expect(existsSync(`${path()}.lock`)).toBe(false);
  });

  it('is not opened when its last row was changed', () => {
    write(1);
    appendFileSync(path(), '{"seq":3}\n');
    expect(() => openLedger(path())).toThrow(/was changed/);
  });
});

describe('verify', () => {
  it('finds every change of one byte', () => {
    write(2);
    const whole = readFileSync(path());
    for (let index = 0; index < whole.length; index++) {
      for (const change of [1, 0x20, 0x80]) {
        const bytes = Buffer.from(whole);
        bytes[index] = (bytes[index] ?? 0) ^ change;
        writeFileSync(path(), bytes);
        expect(verifyLedger(path()).ok, `byte ${index}`).toBe(false);
      }
    }
  });

  it('finds every inserted and, but for the last line break, every removed byte', () => {
    write(1);
    const whole = readFileSync(path());
    for (let index = 0; index < whole.length; index++) {
      const removed = Buffer.concat([whole.subarray(0, index), whole.subarray(index + 1)]);
      writeFileSync(path(), removed);
      if (index < whole.length - 1) expect(verifyLedger(path()).ok, `byte ${index} removed`).toBe(false);
      for (const byte of [0x20, 0x0a, 0x7d]) {
        writeFileSync(path(), Buffer.concat([whole.subarray(0, index), Buffer.from([byte]), whole.subarray(index)]));
        expect(verifyLedger(path()).ok, `byte inserted at ${index}`).toBe(false);
      }
    }
  });

  it('finds rows that are missing, twice there, or in another order', () => {
    write(8, { maxBytes: 900 });
    const { files } = verifyLedger(path());
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const lines = text.trimEnd().split('\n');
      const isLast = file === path();
      for (let row = 0; row < lines.length; row++) {
        const rest = lines.filter((_, index) => index !== row);
        const swapped = [...rest.slice(0, row + 1), lines[row] ?? '', ...rest.slice(row + 1)];
        const twice = [...lines.slice(0, row + 1), ...lines.slice(row)];
        const last = row === lines.length - 1;
        for (const [what, changed] of Object.entries({ rest, swapped, twice })) {
          // Nothing follows the last row of all, and nothing can change places with the last of a file.
          if (last && (what === 'swapped' || (what === 'rest' && isLast))) continue;
          writeFileSync(file, changed.map((line) => `${line}\n`).join(''));
          expect(verifyLedger(path()).ok, `${what} of ${row} in ${file}`).toBe(false);
        }
      }
      writeFileSync(file, text);
    }
    expect(verifyLedger(path()).ok).toBe(true);
  });

  it('finds a cut at the end against a head that was noted, and only so', () => {
    write(5);
    const { head } = verifyLedger(path());
    const lines = readFileSync(path(), 'utf8').trimEnd().split('\n');
    writeFileSync(path(), `${lines.slice(0, -1).join('\n')}\n`);
    expect(errors()).toEqual([]);
    expect(codes()).toContain('ledger-no-anchor');
    expect(errors({ anchor: head?.hash })).toEqual(['ledger-anchor']);
  });

  it('knows a noted head again after more rows', () => {
    write(2);
    const { head } = verifyLedger(path());
    write(2);
    expect(errors({ anchor: head?.hash })).toEqual([]);
  });

  it('finds a ledger that was rewritten as a whole by its signatures', () => {
    const keys = generateKeyPairSync('ed25519');
    const forger = generateKeyPairSync('ed25519');
    write(2, { signingKey: keys.privateKey });
    expect(errors({ publicKeys: [keys.publicKey] })).toEqual([]);
    expect(codes()).toContain('ledger-keys');
    expect(errors({ publicKeys: [forger.publicKey] })).toEqual(Array.from({ length: 3 }, () => 'ledger-signature'));
    for (const file of readdirSync(folder())) writeFileSync(join(folder(), file), '');
    write(2);
    expect(errors()).toEqual([]);
    expect(errors({ publicKeys: [keys.publicKey] })).toHaveLength(3);
  });

  it('finds every changed byte of a signed row without the key', () => {
    write(1, { signingKey: generateKeyPairSync('ed25519').privateKey });
    const whole = readFileSync(path());
    for (let index = 0; index < whole.length; index++) {
      const bytes = Buffer.from(whole);
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      writeFileSync(path(), bytes);
      expect(verifyLedger(path()).ok, `byte ${index}`).toBe(false);
    }
  });

  it('says that there is no ledger', () => {
    expect(errors()).toEqual(['ledger-missing']);
  });
});

describe('redaction', () => {
  const key = 'a secret of sixteen bytes or more';
  const value = { content: { parameters: { token: 'hunter2', list: [{ pin: 1234 }, { pin: 1234 }], path: 'x' } } };

  it('replaces fields by commitments that the salt opens', () => {
    const redact = createRedaction(
      { fields: ['/content/parameters/token', '/content/parameters/list/*/pin'], key },
      () => 'n1',
    );
    const { value: kept, pointers, nonce } = redact(value);
    const commitment = (pointer: string, what: string | number) =>
      commitmentTo(what, redactionSalt(key, nonce, pointer));
    expect(pointers).toEqual([
      '/content/parameters/token',
      '/content/parameters/list/0/pin',
      '/content/parameters/list/1/pin',
    ]);
    expect(JSON.parse(JSON.stringify(kept))).toEqual({
      content: {
        parameters: {
          token: { redacted: commitment('/content/parameters/token', 'hunter2') },
          list: [
            { pin: { redacted: commitment('/content/parameters/list/0/pin', 1234) } },
            { pin: { redacted: commitment('/content/parameters/list/1/pin', 1234) } },
          ],
          path: 'x',
        },
      },
    });
  });

  it('gives equal values different commitments', () => {
    const redact = createRedaction({ fields: ['/content/parameters/list/*/pin'], key }, () => 'n1');
    const text = JSON.stringify(redact(value).value);
    const [first, second] = [...text.matchAll(/"redacted":"(\w+)"/g)].map((match) => match[1]);
    expect(first).not.toBe(second);
  });

  it.each([
    ['arguments as JSON text', '{"token":"hunter2"}'],
    ['arguments in a list', [{ token: 'hunter2' }]],
  ])('hides %s, in which the field may stand elsewhere', (_name, parameters) => {
    const redact = createRedaction({ fields: ['/content/parameters/token'], key }, () => 'n1');
    const { value: kept, pointers } = redact({ content: { parameters, toolId: 't' } });
    expect(pointers).toEqual(['/content/parameters']);
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    expect(JSON.stringify(kept)).toContain('"toolId":"t"');
  });

  it('leaves what a pattern for many members does not mean', () => {
    const redact = createRedaction({ fields: ['/content/*/pin'], key }, () => 'n1');
    const event = { stage: 'PRE_TOOL', content: { toolId: 't', parameters: { pin: 1234 } } };
    expect(redact(event).pointers).toEqual(['/content/parameters/pin']);
  });

  it.each([
    [{ fields: ['token'], key }, /no JSON pointer/],
    [{ fields: [''], key }, /no JSON pointer/],
    [{ fields: ['/token'], key: 'short' }, /shorter than 16 bytes/],
  ])('refuses %j', (redact, message) => {
    expect(() => openLedger(path(), { redact })).toThrow(message);
  });
});
