// Resumes an approved call in a process of its own, at a moment that several processes share, and prints what came of it.
import { readFileSync } from 'node:fs';
import { createApprovalStore, openLedger, PolicyHarness, resumeCall } from '../../dist/index.js';

const { text, id, secret, ledger, agent, policies, at } = JSON.parse(readFileSync(0, 'utf8'));
const store = createApprovalStore({ secret, wait: false }, text);
const harness = new PolicyHarness({ agent, policies, ledger: openLedger(ledger) });
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, at - Date.now()));
const outcome = await resumeCall(harness, store, id, () => {
  process.stdout.write('RUN ');
  return 'ran';
}).catch((error) => error.kind ?? String(error));
process.stdout.write(String(outcome));
