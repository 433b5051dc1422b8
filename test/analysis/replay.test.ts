import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainRow, findRows } from '../../src/analysis/explain-row.js';
import { openLedger, PolicyHarness, parsePolicySet, readRows, replay, verifyLedger } from '../../src/index.js';
import { ledgerFolder, rowsOf } from '../ledger/ledger-folder.js';
import { AGENT, PERMIT_ALL } from '../support/harness.js';
import { runCli } from '../support/terminal.js';
import { hostile, POLICIES, recordSession } from './recorded-session.js';

const { path, folder } = ledgerFolder();

const adjudications = () => rowsOf(path()).filter(({ kind }) => kind === 'adjudication');

/** Rows whose answer of today differs from the recorded one, with what differs. */
function differing(): readonly unknown[] {
  return adjudications().flatMap(({ seq }) => {
    const found = findRows(path(), String(seq));
    const [row] = found.ok ? found.value : [];
    if (row === undefined) return [[seq, 'not found']];
    const explanation = explainRow(row.json, row.setup);
    if (!explanation.ok) return [[seq, explanation.diagnostics.map(({ message }) => message)]];
    return explanation.value.differences.length > 0 ? [[seq, explanation.value.differences]] : [];
  });
}

const replayed = (policies: string) => {
  const result = replay(readRows(path()), { policies });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
};

describe('a recorded session', () => {
  const SETTINGS = [
    {},
    { semantics: 'cedar' },
    { escalation: 'always' },
    { mode: 'shadow' },
    { unregistered: 'policy' },
    { policies: [{ file: 'a.cedar', text: PERMIT_ALL }, { text: POLICIES.replace(PERMIT_ALL, '') }] },
    { entities: [{ uid: { type: 'User', id: 'ann' }, attrs: {}, parents: [{ type: 'Group', id: 'staff' }] }] },
  ] as const;

  it.each(SETTINGS)('decides again to the same answers, row by row (%j)', async (settings) => {
    await recordSession(path(), settings);
    expect(verifyLedger(path()).ok).toBe(true);
    expect(adjudications()).toHaveLength(22 + hostile().length);
    expect(differing()).toEqual([]);
    expect(replay(readRows(path()), {})).toMatchObject({ ok: true, value: { flips: [], skipped: [] } });
  });

  it('holds every kind of answer', async () => {
    await recordSession(path());
    expect(new Set(adjudications().map(({ decision }) => decision))).toEqual(new Set(['ALLOW', 'DENY', 'ESCALATE']));
    expect(adjudications().filter(({ approvals }) => approvals !== undefined)).toMatchObject([
      { decision: 'ALLOW', policies: ['big'], approvals: [{ approver: 'eve' }] },
    ]);
  });

  it('decides again where the policies were a parsed set with a link', async () => {
    const parsed = parsePolicySet(
      `${PERMIT_ALL} @id("t") forbid (principal == ?principal, action, resource) when { context has parameters };`,
    );
    if (!parsed.ok) throw new Error('the policies are wrong');
    const link = {
      id: 'linked',
      templateId: 't',
      values: { '?principal': { kind: 'entity', type: 'User', id: 'ann' } },
    } as const;
    await recordSession(path(), { policies: { ...parsed.value, links: [link] } });
    expect(adjudications().some(({ policies }) => JSON.stringify(policies) === '["linked"]')).toBe(true);
    expect(differing()).toEqual([]);
  });

  it('is written before the answer is given', async () => {
    const ledger = openLedger(path());
    const seen: unknown[] = [];
    const harness = new PolicyHarness({
      agent: AGENT,
      policies: PERMIT_ALL,
      ledger,
      onAdjudication: ({ ledgerRow }) => seen.push([ledgerRow?.hash, rowsOf(path()).at(-1)?.hash]),
    });
    await harness.initialize();
    await harness.adjudicate('PRE_MODEL', 'user', { text: 'x' });
    expect(seen).toHaveLength(1);
    expect(seen.flat()[0]).toBe(seen.flat()[1]);
    ledger.close();
  });

  it('counts an approved call once', async () => {
    const harness = await recordSession(path());
    const [asked, approved, next] = adjudications()
      .filter(({ trajectory }) => (trajectory as { id: string }).id === 't2')
      .map(({ trajectory }) => (trajectory as { toolCalls: number }).toolCalls);
    expect([asked, approved, next]).toEqual([0, 0, 1]);
    expect(harness.trajectory('t2')?.steps).toBe(11 + hostile().length);
  });
});

describe('what cannot be recorded', () => {
  const judged = async (mode: 'enforce' | 'shadow') => {
    const ledger = openLedger(path());
    const harness = new PolicyHarness({ agent: AGENT, policies: PERMIT_ALL, ledger, mode });
    await harness.initialize();
    ledger.close();
    return harness.adjudicate('PRE_MODEL', 'user', { text: 'x' });
  };

  it('is denied', async () => {
    expect(await judged('enforce')).toMatchObject({
      decision: 'DENY',
      reason: 'Denied, the answer could not be recorded: the ledger is closed.',
      diagnostics: [{ code: 'not-recorded' }],
    });
  });

  it('leaves the answer in shadow mode and says so', async () => {
    expect(await judged('shadow')).toMatchObject({ decision: 'ALLOW', diagnostics: [{ code: 'not-recorded' }] });
  });
});

describe('redacted rows', () => {
  it('hold no trace of what was redacted and say that they cannot be decided again', async () => {
    const redact = { fields: ['/content/parameters/command', '/content/text'], key: 'a secret of sixteen bytes' };
    const ledger = openLedger(path(), { redact });
    const harness = new PolicyHarness({ agent: AGENT, policies: POLICIES, ledger });
    await harness.initialize({ trajectoryId: 't1' });
    await harness.adjudicate('PRE_MODEL', 'user', { text: 'sesame boom' });
    await harness.adjudicate('PRE_TOOL', 'model', {
      toolId: 'shell',
      parameters: { command: 'echo sesame' },
      callId: 'c',
    });
    await harness.adjudicate('POST_TOOL', 'tool', { toolId: 'shell', response: 'ok', callId: 'c' });
    await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'pay', parameters: { amount: 1, to: 'bob' } });
    const older = { toolId: 'shell', args: { command: 'echo sesame' } } as unknown as {
      toolId: string;
      parameters: object;
    };
    await harness.adjudicate('PRE_TOOL', 'model', older);
    ledger.close();
    expect(readFileSync(path(), 'utf8')).not.toContain('sesame');
    const rows = adjudications();
    expect(rows.map(({ redacted }) => redacted !== undefined)).toEqual([true, true, true, false, true]);
    for (const { redacted, requestHash, reason } of rows.slice(0, 3)) {
      expect(redacted).toMatchObject({ note: 'cannot be decided again' });
      expect([requestHash, reason]).toEqual([undefined, undefined]);
    }
    expect(differing()).toHaveLength(4);
    expect(replayed(POLICIES)).toMatchObject({
      rows: 5,
      decided: 1,
      flips: [],
      skipped: [{ seq: 3 }, { seq: 4 }, { seq: 5 }, { seq: 7 }],
    });
  });
});

describe('replay', () => {
  it('lists flips, and marks what follows the first one of a trajectory or its parent', async () => {
    await recordSession(path());
    const { flips, rows, notComparable } = replayed(POLICIES.replace('contains("rm")', 'contains("ls")'));
    expect(flips.map(({ from, to, comparable, policies }) => [from, to, comparable, policies])).toEqual(
      [
        ['ALLOW', 'DENY', true, ['no-rm']],
        ['DENY', 'ALLOW', false, ['all']],
      ].slice(0, flips.length),
    );
    expect(flips.length).toBeGreaterThan(0);
    expect(notComparable).toBe(rows - 4);
  });

  it('reports policies that do not fit the recorded agent', async () => {
    await recordSession(path());
    const result = replay(readRows(path()), {
      policies: '@id("x") permit (principal, action == Action::"nothing", resource);',
    });
    expect(result.ok).toBe(false);
  });
});

describe('deodar ledger and deodar replay', () => {
  const cli = (...args: string[]) => runCli(folder(), args);

  it('verify prints the head that it accepts later', async () => {
    await recordSession(path());
    const { code, out } = await cli('ledger', 'verify', 'ledger.jsonl');
    expect(code).toBe(0);
    const head = /head (\w+)/.exec(out)?.[1] ?? '';
    expect((await cli('ledger', 'verify', '--head', head, '--ledger', 'ledger.jsonl')).code).toBe(0);
    const lines = readFileSync(path(), 'utf8').trimEnd().split('\n');
    writeFileSync(path(), `${lines.slice(0, -1).join('\n')}\n`);
    const cut = await cli('ledger', 'verify', '--head', head, 'ledger.jsonl');
    expect(cut.code).toBe(2);
    expect(cut.err).toContain('ledger-anchor');
    expect((await cli('ledger', 'verify', '--json', 'nothing.jsonl')).code).toBe(1);
    const missing = await cli('ledger', 'verify', 'nothing.jsonl');
    expect(missing.err).toContain('ledger-missing');
    expect(missing.err).not.toContain('ledger-no-anchor');
    for (const args of [
      ['show', 'nothing.jsonl'],
      ['explain', '1', '-l', 'nothing.jsonl'],
    ])
      expect((await cli('ledger', ...args)).err).toContain('there is no ledger ');
    expect((await cli('ledger', 'verfy')).err).toContain('there is no "verfy": give verify, show or explain ID');
  });

  it('show prints a line for each row, and nothing that steers the terminal', async () => {
    await recordSession(path());
    const { code, out } = await cli('ledger', 'show', 'ledger.jsonl');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(rowsOf(path()).length);
    expect(out).toMatch(/ {5}8 {2}\S+ {2}adjudication {2}t1 {2}POST_TOOL {2}shell {2}DENY/);
  });

  it('explain decides a row again, by number and by hash, and shows its policies', async () => {
    await recordSession(path());
    const { code, out } = await cli('ledger', 'explain', '7', '-l', 'ledger.jsonl');
    expect(code).toBe(0);
    expect(out).toContain('decided again: the same answer');
    expect(out).toContain('@id("no-rm")');
    const hash = String(rowsOf(path())[6]?.hash);
    expect((await cli('ledger', 'explain', hash.slice(0, 10), '-l', 'ledger.jsonl')).out).toBe(out);
    expect(await cli('ledger', 'explain', '999', '-l', 'ledger.jsonl')).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no row "999" in '),
    });
  });

  it('replay exits with 0 for the same policies and with 2 for flips', async () => {
    await recordSession(path());
    writeFileSync(join(folder(), 'same.cedar'), POLICIES);
    writeFileSync(join(folder(), 'other.cedar'), POLICIES.replace('> 100', '> 3'));
    const same = await cli('replay', 'ledger.jsonl', '-p', 'same.cedar');
    expect([same.code, same.out]).toEqual([
      0,
      expect.stringContaining('0 flips in 37 adjudications: 37 decided again'),
    ]);
    const other = await cli('replay', 'ledger.jsonl', '-p', 'other.cedar');
    expect(other.code).toBe(2);
    expect(other.out).toContain('ALLOW -> ESCALATE');
    const json = await cli('replay', 'ledger.jsonl', '-p', 'other.cedar', '--json');
    expect((JSON.parse(json.out) as { flips: unknown[] }).flips.length).toBeGreaterThan(0);
  });

  it('replay refuses a ledger that was changed', async () => {
    await recordSession(path());
    appendFileSync(path(), '{}\n');
    writeFileSync(join(folder(), 'same.cedar'), POLICIES);
    expect((await cli('replay', 'ledger.jsonl', '-p', 'same.cedar')).code).toBe(1);
  });
});
