import { describe, expect, it } from 'vitest';
import {
  type AppendOptions,
  guard,
  type HarnessOptions,
  type Ledger,
  LedgerError,
  PolicyHarness,
  type RowHead,
  type RowMembers,
} from '../../src/index.js';
import { AGENT, PERMIT_ALL } from '../support/harness.js';

interface Row {
  readonly kind: string;
  readonly members: RowMembers | string;
}

/** A ledger in memory that heeds every option. */
function memoryLedger(rows: Row[]): Ledger {
  const setups = new Set<string>();
  const onces = new Set<string>();
  let head: RowHead = { seq: 0, hash: '' };
  const add = (row: Row): void => {
    rows.push(row);
    head = { seq: head.seq + 1, hash: String(head.seq + 1) };
  };
  return {
    heeds: { setup: true, once: true, before: true },
    get head() {
      return head;
    },
    append: (kind: string, members: RowMembers, { setup, once, before }: AppendOptions = {}) => {
      if (once !== undefined && onces.has(once)) throw new LedgerError('ledger-repeated', 'it is there already');
      if (once !== undefined) onces.add(once);
      if (setup !== undefined && !setups.has(setup.hash)) add({ kind: 'setup', members: setup.text() });
      if (setup !== undefined) setups.add(setup.hash);
      if (before !== undefined) add(before);
      add({ kind, members });
      return head;
    },
    close: () => undefined,
  };
}

async function run(ledger: HarnessOptions['ledger']): Promise<unknown> {
  const harness = new PolicyHarness({ agent: AGENT, policies: PERMIT_ALL, ...(ledger && { ledger }) });
  await harness.initialize();
  return guard(harness, 'shell', () => 'ran', { onDeny: 'steer' })({ command: 'ls' });
}

describe('a ledger of the host', () => {
  it('that heeds every option has setup, call, outcome and result', async () => {
    const rows: Row[] = [];
    expect(await run(memoryLedger(rows))).toBe('ran');
    expect(rows.map(({ kind }) => kind)).toEqual(['setup', 'adjudication', 'outcome', 'adjudication']);
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['less than all', { heeds: { setup: true, once: true } }],
    ['not all', { heeds: { setup: true, once: true, before: false } }],
    ['a list', { heeds: ['setup', 'once', 'before'] }],
    ['it without append', { append: undefined, heeds: { setup: true, once: true, before: true } }],
  ])('that says of its options %s is refused when the harness is made', (_, change) => {
    const ledger: object = { ...memoryLedger([]), heeds: undefined, ...change };
    expect(() => Reflect.construct(PolicyHarness, [{ agent: AGENT, policies: PERMIT_ALL, ledger }])).toThrow(
      'the setting `ledger` has a value that it does not know',
    );
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['a promise', async () => ({ seq: 1, hash: '' })],
    ['the number of the row', () => 1],
  ])('whose append gives %s has recorded nothing, so nothing is allowed', async (_, append) => {
    const ledger = Object.assign(memoryLedger([]), { append });
    expect(await run(ledger)).toMatch(/^Tool blocked: /);
  });
});
