// What a guard adds to the call of a tool: facts, hashes, decision and the row in the ledger. See README.md.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guardSync, openLedger, PolicyHarness } from '../dist/index.js';

const CALLS = Number(process.env.DEODAR_BENCH_CALLS ?? 2000);
const BATCHES = 9;
const TOOL = {
  name: 'pay',
  inputSchema: { type: 'object', properties: { amount: { type: 'integer' } }, required: ['amount'] },
};
const SHELL = {
  name: 'shell',
  inputSchema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
};
const FIVE = `@id("all") permit (principal, action, resource);
@id("big") forbid (principal, action == Action::"pay", resource) when { context.parameters.amount > 100 };
@id("rm") forbid (principal, action == Action::"shell", resource) when { context.facts.command.programs.contains("rm") };
@id("opaque") forbid (principal, action == Action::"shell", resource) when { context.facts.command.opaque };
@id("many") @escalate("ops") forbid (principal, action in Action::"PRE_TOOL", resource) when { resource.toolCalls > 1000000000 };`;

const small = { agent: { id: 'a', name: 'a', tools: [TOOL, SHELL] }, policies: FIVE };
const pack = fileURLToPath(new URL('../policies/coding-agent/', import.meta.url));
const coding = {
  agent: JSON.parse(readFileSync(join(pack, 'agent.json'), 'utf8')),
  policies: readdirSync(pack)
    .filter((name) => name.endsWith('.cedar'))
    .map((file) => ({ file, text: readFileSync(join(pack, file), 'utf8') })),
};
/** @type {readonly [string, object, string, object][]} */
const workloads = [
  ['five policies, pay', small, 'pay', { amount: 5 }],
  ['five policies, shell', small, 'shell', { command: 'git status --short' }],
  ['coding-agent pack, Bash', coding, 'Bash', { command: 'git status --short' }],
];
const ledgers = [
  ['no ledger', () => undefined],
  ['ledger', (path) => openLedger(path)],
  ['exclusive ledger', (path) => openLedger(path, { exclusive: true })],
  ['... with fsync', (path) => openLedger(path, { exclusive: true, fsync: true })],
];

const folder = mkdtempSync(join(process.env.DEODAR_BENCH_FOLDER ?? tmpdir(), 'deodar-bench-'));
console.log(`${' '.repeat(44)}${'the call'.padStart(13)}${'the call and its result'.padStart(34)}`);
try {
  for (const [workload, options, tool, parameters] of workloads) {
    for (const [index, [name, open]] of ledgers.entries()) {
      let line = `${workload.padEnd(26)}${name.padEnd(18)}`;
      for (const results of ['trust', 'judge']) {
        const ledger = open(join(folder, `${workload}-${index}-${results}.jsonl`));
        const calls = name.includes('fsync') ? 20 : CALLS;
        const { wall, cpu } = await measure(options, tool, parameters, ledger, calls, results);
        line += `${wall.toFixed(1).padStart(10)} µs${cpu.toFixed(1).padStart(8)} µs CPU`;
      }
      console.log(line);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`\nadded to one call, fastest of ${BATCHES} batches of ${CALLS}; Node ${process.version}`);

/** Microseconds a call, of the fastest batch: what else the machine does only adds to it. */
async function measure(options, tool, parameters, ledger, calls, results) {
  const harness = new PolicyHarness({ ...options, ...(ledger === undefined ? {} : { ledger }) });
  await harness.initialize();
  let ran = 0;
  const run = guardSync(harness, tool, () => ++ran, { results });
  const samples = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const cpu = process.cpuUsage();
    const begin = performance.now();
    for (let call = 0; call < calls; call++) run(parameters);
    const wall = ((performance.now() - begin) * 1000) / calls;
    const { user, system } = process.cpuUsage(cpu);
    samples.push({ wall, cpu: (user + system) / calls });
  }
  if (ran !== BATCHES * calls) throw new Error('a call did not run');
  ledger?.close();
  const least = (name) => Math.min(...samples.map((sample) => sample[name]));
  return { wall: least('wall'), cpu: least('cpu') };
}
