import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { LedgerError, openLedger, readRows, verifyLedger } from '../../src/index.js';
import { useWorkFolder } from '../support/work-folder.js';

const { path, write, run } = useWorkFolder();

beforeEach(() => {
  write({
    'p.cedar': '@id("all") permit (principal, action, resource);',
    'empty.jsonl': '',
    'other.jsonl': '{"a":1}\nno JSON\n',
  });
  mkdirSync(path('folder'));
  execFileSync('mkfifo', [path('pipe')]);
});

const COMMANDS = [
  ['ledger', 'verify', '--ledger'],
  ['ledger', 'show', '--ledger'],
  ['ledger', 'explain', '1', '--ledger'],
  ['replay', '-p', 'p.cedar'],
];

describe('a ledger that is none', () => {
  it.each([
    ['folder', 'cannot be read: it is a folder'],
    ['pipe', 'cannot be read: it is no file'],
  ])('is said to be so by every command: %s', async (name, message) => {
    for (const command of COMMANDS) {
      const { code, err } = await run(...command, name);
      expect([command, code]).toEqual([command, 1]);
      expect(err).toContain(`error[ledger-unreadable]: the ledger ${path(name)} ${message}`);
    }
    expect(() => verifyLedger(path(name))).toThrow(LedgerError);
    expect(() => [...readRows(path(name))]).toThrow(LedgerError);
  });

  it.each(['folder/none.jsonl', 'none/none.jsonl', 'empty.jsonl/none.jsonl'])('is missing: %s', async (name) => {
    for (const command of COMMANDS) {
      const { code, err } = await run(...command, name);
      expect([command, code]).toEqual([command, 1]);
      expect(err).toMatch(/there is no (?:such )?ledger/);
    }
  });

  it('is asked whether it is one where it has other lines, and replayed by nobody', async () => {
    expect((await run('ledger', 'verify', 'other.jsonl')).err).toContain('no line is a row: is this a ledger?');
    expect((await run('replay', 'other.jsonl', '-p', 'p.cedar')).code).toBe(1);
  });

  it('is not replayed with success where nothing was recorded', async () => {
    for (const name of ['empty.jsonl', 'begun.jsonl']) {
      if (name === 'begun.jsonl') openLedger(path(name)).close();
      const { code, out, err } = await run('replay', name, '-p', 'p.cedar');
      expect([code, out.split(':', 1)]).toEqual([1, ['0 flips in 0 adjudications']]);
      expect(err).toContain('error[no-adjudications]: there is no adjudication to decide again');
    }
  });
});
