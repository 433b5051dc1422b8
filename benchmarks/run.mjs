// Runs every workload on Deodar and its peers side by side and writes the tables into README.md. See there.
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { measure } from 'mitata';
import { createAuthorizer, parseEntities, parsePolicySet } from '../dist/index.js';
import { agent } from './agent-workload.mjs';
import { otherPeers } from './other-peers.mjs';
import { cedarWasm, closures, deodar, packages, stateless } from './peers.mjs';
import * as workloads from './workloads.mjs';

const ROUNDS = Number(process.env.DEODAR_BENCH_ROUNDS ?? 3);
/** Least time that one peer is measured in one round, in nanoseconds. */
const SPAN = 120e6;
/** Fast calls are timed so many at once: few enough that most batches are not interrupted by other programs. */
const BATCH = 256;
const only = process.argv[2];
const sink = { value: 0 };

const { accessList, erring, mixed, oopsla, oopslaTemplates, openScopes, patterns, sample } = workloads;
const lists = [
  sample(),
  erring(10),
  ...oopsla(5),
  ...oopsla(50),
  ...oopslaTemplates(50),
  ...[100, 1000, 10_000].flatMap((count) => [accessList(count), mixed(count)]),
  ...[100, 10_000].map(openScopes),
  await agent(0),
  await agent(10_000),
  ...[10, 100, 1000].map((count) => patterns(count, 10_000)),
].filter(({ name }) => only === undefined || name.includes(only));

const rows = [];
for (const workload of lists) {
  const peers = { deodar: deodar(workload), closures: closures(workload), 'cedar-wasm': cedarWasm(workload) };
  rows.push({ name: workload.name, ...(await compare(workload, peers)) });
}
const large = only === undefined ? [await alone(mixed(100_000)), await alone(accessList(100_000))] : [];
const others = only === undefined ? await compareOthers() : {};
const calls = only === undefined ? await compareCalls() : {};
const costs = only === undefined ? [loading(), ...memory()] : [];
report();

/** All must answer alike before anything is timed; on the largest sets, where one call takes long, a part of the requests. */
function assertSameAnswers({ name, requests, policies }, peers) {
  const step = policies.length > 500_000 ? 8 : 1;
  const [first, ...rest] = Object.entries(peers);
  for (let i = 0; i < requests.length; i += step) {
    const expected = said(first[1](i));
    for (const [peer, decide] of rest) {
      const found = said(decide(i), expected);
      if (found !== expected)
        throw new Error(`${name}, request ${i}: ${peer} answers ${found}, ${first[0]} ${expected}`);
    }
  }
}

/** An answer as text; of an engine without reasons what it decides, with the rest of what was expected. */
function said({ decision, reason, errors = [] }, expected = '') {
  if (reason === undefined) return expected.replace(/^\w+/, decision);
  const sorted = (list) => [...list].sort((a, b) => (a < b ? -1 : 1)).join(' ');
  const messages = errors.map(({ policyId, error }) => `${policyId}: ${error.message} (${error.help ?? ''})`);
  return `${decision} ${sorted(reason)} | ${sorted(messages)}`;
}

/** Interleaved rounds with rotating order; medians over the rounds of each round's p50 and p99, in nanoseconds. */
async function compare(workload, peers) {
  assertSameAnswers(workload, peers);
  const { requests } = workload;
  const samples = Object.fromEntries(Object.keys(peers).map((name) => [name, { p50: [], p99: [] }]));
  for (let round = 0; round < ROUNDS; round++) {
    const order = Object.entries(peers);
    if (round % 2 === 1) order.reverse();
    for (const [name, decide] of order) {
      warmUp(decide, requests.length);
      let i = 0;
      const { p50, p99 } = await measure(
        () => {
          i = i + 1 < requests.length ? i + 1 : 0;
          sink.value += decide(i).decision.length;
        },
        // A collection before the measurement would throw compiled code away.
        { min_cpu_time: SPAN, gc: false, batch_samples: BATCH },
      );
      samples[name].p50.push(p50);
      samples[name].p99.push(p99);
    }
  }
  return Object.fromEntries(
    Object.entries(samples).map(([name, { p50, p99 }]) => [name, { p50: median(p50), p99: median(p99) }]),
  );
}

/**
 * Calls until the host has optimised what it will optimise, or a call is so slow that this makes no difference. Before
 * every round: the host throws compiled code away that was not used for a while, as during the round of another engine.
 */
function warmUp(decide, count) {
  const end = process.hrtime.bigint() + 300_000_000n;
  for (let i = 0; i < 60_000 && process.hrtime.bigint() < end; i++) sink.value += decide(i % count).decision.length;
}

/** Sets for which one call of cedar-wasm takes a quarter of a second: not compared. */
async function alone(workload) {
  const { deodar: own } = await compare(workload, { deodar: deodar(workload) });
  return `${workload.name}: ${time(own.p50)} (p99 ${time(own.p99)})`;
}

async function compareOthers() {
  const workload = sample();
  return compare(workload, { deodar: deodar(workload), ...(await otherPeers(workload)) });
}

async function compareCalls() {
  const workload = sample();
  const peers = Object.entries(packages).map(([name, api]) => [name, stateless(api, workload)]);
  return compare(workload, Object.fromEntries(peers));
}

/** Reading 10,000 policies, with the engine's own function for it. */
function loading() {
  const { policies } = mixed(10_000);
  const [ours, theirs] = [[], []];
  for (let round = 0; round < 5; round++) {
    ours.push(milliseconds(() => parsePolicySet(policies)));
    theirs.push(milliseconds(() => packages['cedar-wasm'].checkParsePolicySet({ staticPolicies: policies })));
  }
  const [a, b] = [median(ours), median(theirs)];
  return `parsing 10,000 policies: ${a.toFixed(0)} ms, checkParsePolicySet ${b.toFixed(0)} ms: ${(b / a).toFixed(1)}x`;
}

function milliseconds(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Heap of an authorizer beside its syntax trees and entities, and of entities beside their JSON. */
function memory() {
  if (globalThis.gc === undefined) return ['memory: run node with --expose-gc'];
  const heap = () => {
    globalThis.gc();
    globalThis.gc();
    return process.memoryUsage().heapUsed;
  };
  const bytes = (count, make) => {
    const before = heap();
    const made = make();
    const after = heap();
    sink.made = made;
    return ((after - before) / count).toFixed(0);
  };
  const found = [];
  for (const workload of [accessList(10_000), mixed(10_000)]) {
    const { entities } = workload;
    const store = parseEntities(entities).value;
    const policies = parsePolicySet(workload.policies).value;
    const entityBytes = bytes(entities.length, () => parseEntities(entities).value);
    const policyBytes = bytes(10_000, () => createAuthorizer({ policies, entities: store }));
    found.push(`heap, ${workload.name}: ${policyBytes} bytes a policy, ${entityBytes} bytes an entity`);
  }
  return found;
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function time(ns) {
  if (ns < 1000) return `${ns.toFixed(0)} ns`;
  return ns < 1e6 ? `${(ns / 1000).toFixed(2)} µs` : `${(ns / 1e6).toFixed(2)} ms`;
}

function times(ratio) {
  return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString('en')}x`;
}

function table(lines) {
  const [head = []] = lines;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [head, rule, ...lines.slice(1)].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function report() {
  const main = table([
    ['workload', 'deodar', 'p99', 'closures only', 'cedar-wasm', 'ratio', 'ratio, closures'],
    ...rows.map((row) => [
      row.name,
      time(row.deodar.p50),
      time(row.deodar.p99),
      time(row.closures.p50),
      time(row['cedar-wasm'].p50),
      times(row['cedar-wasm'].p50 / row.deodar.p50),
      times(row['cedar-wasm'].p50 / row.closures.p50),
    ]),
  ]);
  const text = [main, ...large.map((line) => `- ${line}`)];
  if (only === undefined) {
    const peers = Object.entries(others).map(([name, { p50 }]) => [name, time(p50), times(p50 / others.deodar.p50)]);
    text.push(
      'The rules of the sample in other engines:',
      table([['engine', 'a decision', 'deodar is faster'], ...peers]),
    );
    const [wasm, own] = [calls['cedar-wasm'].p50, calls.deodar.p50];
    const stated = `\`isAuthorized\` with the policies as text: deodar/cedar-wasm ${time(own)}, cedar-wasm ${time(wasm)}: ${times(wasm / own)}`;
    text.push([stated, ...costs].map((line) => `- ${line}`).join('\n'));
  }
  const load = loadavg()[0].toFixed(1);
  text.push(`Medians over ${ROUNDS} interleaved rounds; Node ${process.version}; load of the machine ${load}.`);
  const result = text
    .join('\n\n')
    .replaceAll(/\n\n(?=- )/g, '\n')
    .replace(/\|\n-/, '|\n\n-');
  console.log(result);
  if (only === undefined) write(result);
}

function write(result) {
  const file = new URL('README.md', import.meta.url);
  const [before = ''] = readFileSync(file, 'utf8').split('<!-- results -->');
  writeFileSync(file, `${before}<!-- results -->\n\n${result}\n`);
}
