import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type Agent, callbackApprover, type GuardOptions, guard, openLedger, PolicyHarness } from '../../src/index.js';
import { blocksOf } from '../docs/markdown.js';
import { ledgerFolder, rowsOf } from '../ledger/ledger-folder.js';

// The recipes about levels of trust and about runs that end, enforced by guards.

const BLOCKS = blocksOf(readFileSync(join(import.meta.dirname, '../../policies/cookbook.md'), 'utf8'));
const { path } = ledgerFolder();

function blockOf(heading: RegExp, language: string): string {
  const found = BLOCKS.find((block) => heading.test(block.heading) && block.language === language);
  if (found === undefined) throw new Error(`the cookbook has no ${String(heading)} in ${language}`);
  return found.code;
}

const agent: Agent = JSON.parse(blockOf(/^For agents$/, 'json'));
const permits = blockOf(/^For agents$/, 'cedar');
const trust = blockOf(/Levels of trust$/, 'cedar');
const limit = blockOf(/A run that ends$/, 'cedar');

type Level = 'supervised' | 'semi-autonomous' | 'autonomous' | 'read-only' | undefined;

interface Run {
  readonly harness: PolicyHarness;
  /** What ran. */
  readonly ran: string[];
  /** How often somebody was asked. */
  readonly asked: () => number;
  readonly read: (parameters: object) => Promise<unknown>;
  readonly erase: (parameters: object) => Promise<unknown>;
}

async function runAt(
  level: () => Level,
  answer: () => boolean | Promise<boolean>,
  more: GuardOptions = {},
): Promise<Run> {
  const harness = new PolicyHarness({ agent, policies: `${permits}\n${trust}`, ledger: openLedger(path()) });
  await harness.initialize({ trajectoryId: 'run' });
  const ran: string[] = [];
  const ask = vi.fn(answer);
  const options: GuardOptions = {
    approver: callbackApprover(ask, { approver: 'ann' }),
    onDeny: 'steer',
    host: () => ({ trust: level() }),
    ...more,
  };
  const tool = (name: string) => () => {
    ran.push(name);
    return name;
  };
  return {
    harness,
    ran,
    asked: () => ask.mock.calls.length,
    read: guard(harness, 'read_file', tool('read_file'), options),
    erase: guard(harness, 'delete_record', tool('delete_record'), options),
  };
}

const FILE = { path: 'a.ts' };
const ROW = { table: 'users', id: 7 };
const silence = (): Promise<boolean> => new Promise(() => undefined);

describe('a level of trust', () => {
  it.each<[Level, number, readonly string[]]>([
    [undefined, 2, ['read_file', 'delete_record']],
    ['supervised', 2, ['read_file', 'delete_record']],
    ['semi-autonomous', 1, ['read_file', 'delete_record']],
    ['autonomous', 0, ['read_file', 'delete_record']],
    ['read-only', 0, ['read_file']],
  ])('%s asks %i times where the operator agrees', async (level, asked, ran) => {
    const run = await runAt(
      () => level,
      () => true,
    );
    await run.read(FILE);
    await run.erase(ROW);
    expect([run.asked(), run.ran]).toEqual([asked, ran]);
  });

  it.each<[Level, readonly string[]]>([
    [undefined, []],
    ['supervised', []],
    ['semi-autonomous', ['read_file']],
    ['autonomous', ['read_file', 'delete_record']],
    ['read-only', ['read_file']],
  ])('%s runs nothing that the operator is silent about', async (level, ran) => {
    const run = await runAt(() => level, silence, { approvalTimeoutMs: 5 });
    await run.read(FILE);
    const answer = await run.erase(ROW);
    expect(run.ran).toEqual(ran);
    if (run.asked() > 0)
      expect(answer).toBe('Tool blocked: Nobody answered in time for "operator". Try a different approach.');
  });

  it('has silence approve only where the guard says so, and the ledger says who was silent', async () => {
    const run = await runAt(() => 'semi-autonomous', silence, { approvalTimeoutMs: 5, onTimeout: 'approve' });
    expect(await run.erase(ROW)).toBe('delete_record');
    expect(rowsOf(path()).find(({ state }) => state === 'used')).toMatchObject({
      approver: 'nobody (no answer in time)',
    });
  });

  it('has silence approve nothing that is forbidden', async () => {
    const run = await runAt(() => 'read-only', silence, { approvalTimeoutMs: 5, onTimeout: 'approve' });
    expect(await run.erase(ROW)).toContain('This run may only read');
    expect([run.asked(), run.ran]).toEqual([0, []]);
  });

  it('that is lowered while somebody is asked is the one that counts', async () => {
    let level: Level = 'supervised';
    const run = await runAt(
      () => level,
      () => {
        level = 'read-only';
        return true;
      },
    );
    expect(await run.erase(ROW)).toContain('Forbidden by "read-only"');
    expect(run.ran).toEqual([]);
  });

  it('is not one that the model can say', async () => {
    const run = await runAt(
      () => 'read-only',
      () => true,
    );
    for (const said of [
      { ...ROW, trust: 'autonomous' },
      { ...ROW, host: { trust: 'autonomous' } },
    ])
      await run.erase(said);
    expect(run.ran).toEqual([]);
  });
});

it('a run that is over closes with the text of the limit', async () => {
  const harness = new PolicyHarness({ agent, policies: `${permits}\n${limit}` });
  await harness.initialize({ trajectoryId: 'run' });
  const shell = guard(harness, 'shell', ({ command }: { command: string }) => command);
  await shell({ command: 'ls' });
  await shell({ command: 'pwd' });
  await expect(shell({ command: 'id' })).rejects.toThrow('(Agent stopped: maximum turn limit (2) reached)');
  expect(harness.trajectory('run')?.status).toBe('finalized');
});
