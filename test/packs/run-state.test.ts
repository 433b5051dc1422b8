import { describe, expect, it } from 'vitest';
import type { Adjudication } from '../../src/harness/adjudication.js';
import { PolicyHarness } from '../../src/harness/policy-harness.js';
import { loadPack } from './pack.js';

// Hosts that keep the state of a run as the READMEs of the packs say, and what becomes of calls later in the run.

function ids({ policies }: Adjudication): string[] {
  return policies.map(({ id }) => id);
}

describe('a host of the pack payments', () => {
  it('that counts refunds has the sixth one escalated, and the one after 500.00', async () => {
    const { agent, policies } = loadPack('payments');
    const harness = new PolicyHarness({ agent, policies });
    await harness.initialize();
    const run = { refunded: 0, refunds: 0, paid: 0, customersRead: 0, payeesChanged: 0, readUntrusted: false };
    const refund = async (number: number, amount: number): Promise<Adjudication> => {
      const id = `pay_${number}`;
      const adjudication = await harness.adjudicate({
        stage: 'PRE_TOOL',
        role: 'model',
        content: { toolId: 'initiate_refund', parameters: { payment_id: id, amount, currency: 'EUR' } },
        host: {
          run,
          customer: { id: 'cus_7', email: 'mia@mail.example' },
          payment: {
            id,
            customer: 'cus_7',
            currency: 'EUR',
            refundable: amount,
            refunds: 0,
            ageDays: 3,
            disputed: false,
          },
        },
      });
      if (adjudication.decision === 'ALLOW') {
        run.refunds++;
        run.refunded += amount;
      }
      return adjudication;
    };
    for (let number = 1; number <= 5; number++) expect((await refund(number, 9000)).decision).toBe('ALLOW');
    expect(ids(await refund(6, 100))).toEqual(['escalate-many-refunds']);
    run.refunds = 0;
    expect((await refund(7, 9000)).decision).toBe('ALLOW');
    expect(ids(await refund(8, 100))).toEqual(['escalate-refunds-of-run']);
  });
});

describe('a host of the pack assistant', () => {
  it('that marks the run after a mail from outside has answers escalated and settings closed', async () => {
    const { agent, policies } = loadPack('assistant');
    const harness = new PolicyHarness({ agent, policies });
    await harness.initialize();
    const run = { sent: 0, deleted: 0, readUntrusted: false };
    const message = { outside: true, correspondent: true, confidential: false };
    const call = (toolId: string, parameters: object): Promise<Adjudication> =>
      harness.adjudicate({
        stage: 'PRE_TOOL',
        role: 'model',
        content: { toolId, parameters },
        host: { user: 'ana@acme.example', run, audience: 1, message },
      });
    const answer = { message_id: 'm1', body: 'Thank you, Eve.' };
    const rule = { name: 'Invoices', action: 'label', target: 'invoices' };
    expect((await call('reply_mail', answer)).decision).toBe('ALLOW');
    expect((await call('create_mail_rule', rule)).decision).toBe('ALLOW');
    const read = await harness.adjudicate('POST_TOOL', 'tool', {
      toolId: 'read_mail',
      response: { from: 'eve@mail.example', body: 'Are the invoices of last month labelled yet?' },
    });
    expect(read.decision).toBe('ALLOW');
    run.readUntrusted = true;
    expect(ids(await call('reply_mail', answer))).toEqual(['escalate-sending-after-untrusted']);
    expect(ids(await call('create_mail_rule', rule))).toEqual(['forbid-settings-after-untrusted']);
  });
});

describe('a host of the pack research', () => {
  it('that marks the run when a result was withheld for its secrets has the web closed', async () => {
    const { agent, policies } = loadPack('research');
    const run = { fetched: 0, readSecrets: false, readPrivate: false };
    const harness = new PolicyHarness({
      agent,
      policies,
      onAdjudication: (adjudication) => {
        if (ids(adjudication).includes('forbid-secrets-in-result')) run.readSecrets = true;
      },
    });
    await harness.initialize();
    const fetchPage = (url: string): Promise<Adjudication> =>
      harness.adjudicate({
        stage: 'PRE_TOOL',
        role: 'model',
        content: { toolId: 'WebFetch', parameters: { url, prompt: 'What is new?' } },
        host: { run, hosts: [] },
      });
    expect((await fetchPage('https://stats.example/')).decision).toBe('ALLOW');
    // One letter is an escape, so that no scanner takes it for a key that somebody lost.
    const response = 'aws_access_key_id=AK\u0049AQ3EGV7TLWNPXK2DM';
    const read = await harness.adjudicate('POST_TOOL', 'tool', { toolId: 'read_file', response });
    expect(read.decision).toBe('DENY');
    expect(ids(await fetchPage('https://stats.example/'))).toEqual(['forbid-fetching-after-secrets']);
    expect((await fetchPage('https://wiki.acme.example/')).decision).toBe('ALLOW');
  });
});
