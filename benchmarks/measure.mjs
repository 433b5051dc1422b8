// One measurement in a process of its own: `node --expose-gc measure.mjs '{"kind": ...}'` prints its figures as JSON. The
// engines of other measurements would leave their traces in what the host's compiler knows of the code. See README.md.
import { measure } from 'mitata';
import { createAuthorizer, parseEntities, parsePolicySet } from '../dist/index.js';
import * as agentWorkloads from './agent-workload.mjs';
import { listPeers, samplePeers } from './other-peers.mjs';
import { cedarWasm, closures, deodar, packages, slicer, stateless } from './peers.mjs';
import * as workloads from './workloads.mjs';

const ROUNDS = Number(process.env.DEODAR_BENCH_ROUNDS ?? 3);
/** Least time that one peer is measured in one round, in nanoseconds. */
const SPAN = 120e6;
/** Fast calls are timed so many at once: few enough that most batches are not interrupted by other programs. */
const BATCH = 256;
/** So many single calls, or so many milliseconds of them, tell how long the slowest hundredth takes. */
const SINGLE = 100_000;
const SINGLE_SPAN = 400;
const sink = { value: 0 };

const makers = { ...workloads, ...agentWorkloads };
const kinds = { decisions, lone, others, list: ruleList, calls, parsing, ready, memory, longTexts };
const job = JSON.parse(process.argv[2]);
console.log(JSON.stringify(await kinds[job.kind](job)));

async function workloadOf({ workload: [name, ...parameters] }) {
  return { ...(await makers[name](...parameters)), name };
}

/** Deodar beside cedar-wasm; closures are only asked whether they answer alike. */
async function decisions(given) {
  const workload = await workloadOf(given);
  const peers = { deodar: deodar(workload), 'cedar-wasm': cedarWasm(workload) };
  assertSameAnswers(workload, peers);
  const found = await compare(workload, peers);
  found.deodar.p99 = slowest(workload, peers.deodar);
  assertSameAnswers(workload, { deodar: peers.deodar, closures: closures(workload) });
  return found;
}

/**
 * One of our two ways to evaluate by itself. What nobody else was asked is answered by the other way afterwards, without a
 * schema, so that requests which a schema refuses are not taken for fast ones.
 */
async function lone(given) {
  const workload = await workloadOf(given);
  const decide = given.way === 'closures' ? closures(workload) : deodar(workload);
  const found = await compare(workload, { [given.way]: decide });
  found[given.way].p99 = slowest(workload, decide);
  if (given.way !== 'closures')
    assertSameAnswers(workload, { [given.way]: decide, closures: closures({ ...workload, schema: undefined }) });
  return found;
}

async function others() {
  const workload = workloads.sample();
  return checked(workload, { deodar: deodar(workload), ...(await samplePeers(workload)) });
}

async function ruleList(given) {
  const workload = await workloadOf(given);
  return checked(workload, { deodar: deodar(workload), ...(await listPeers(workload)) });
}

/** The stateless call, with sliced entities or all. */
async function calls({ all }) {
  const workload = workloads.sample();
  const peers = Object.entries(packages).map(([name, api]) => [name, stateless(api, workload, all)]);
  return checked(workload, Object.fromEntries(peers));
}

async function checked(workload, peers) {
  assertSameAnswers(workload, peers);
  return compare(workload, peers);
}

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
  const sorted = (texts) => [...texts].sort((a, b) => (a < b ? -1 : 1)).join(' ');
  const messages = errors.map(({ policyId, error }) => `${policyId}: ${error.message} (${error.help ?? ''})`);
  return `${decision} ${sorted(reason)} | ${sorted(messages)}`;
}

/** Interleaved rounds with rotating order; the median over the rounds of each round's median, in nanoseconds. */
async function compare({ requests }, peers) {
  const samples = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    const order = Object.entries(peers);
    if (round % 2 === 1) order.reverse();
    for (const [name, decide] of order) {
      warmUp(decide, requests.length, round === 0 ? 1000 : 300);
      let i = 0;
      const { p50 } = await measure(
        () => {
          i = i + 1 < requests.length ? i + 1 : 0;
          sink.value += decide(i).decision.length;
        },
        // A collection before the measurement would throw compiled code away.
        { min_cpu_time: SPAN, gc: false, batch_samples: BATCH },
      );
      samples[name].push(p50);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, p50s]) => [name, { p50: median(p50s) }]));
}

/**
 * Calls until the host has optimised what it will optimise, or a call is so slow that this makes no difference. Before
 * every round: the host throws compiled code away that was not used for a while, as during the round of another engine.
 */
function warmUp(decide, count, most) {
  const end = process.hrtime.bigint() + BigInt(most) * 1_000_000n;
  for (let i = 0; i < 60_000 && process.hrtime.bigint() < end; i++) sink.value += decide(i % count).decision.length;
}

/** What 99 in 100 single calls do not exceed, without what reading the clock takes; the best of some tries. */
function slowest({ requests }, decide) {
  const tries = Array.from({ length: 3 }, () => {
    const clock = percentile(() => 0);
    return percentile((i) => decide(i % requests.length).decision.length) - clock;
  });
  return Math.max(0, Math.min(...tries));
}

function percentile(call) {
  const times = new BigInt64Array(SINGLE);
  const end = process.hrtime.bigint() + BigInt(SINGLE_SPAN) * 1_000_000n;
  let count = 0;
  for (let start = process.hrtime.bigint(); count < SINGLE && start < end; start = process.hrtime.bigint()) {
    sink.value += call(count);
    times[count++] = process.hrtime.bigint() - start;
  }
  return Number(times.subarray(0, count).sort()[Math.floor(count * 0.99)] ?? 0n);
}

/** Reading 10,000 policies, with each engine's own function for it, in milliseconds. */
function parsing() {
  const { policies } = workloads.mixed(10_000);
  const check = () => packages['cedar-wasm'].checkParsePolicySet({ staticPolicies: policies });
  if (!parsePolicySet(policies).ok || check().type !== 'success') throw new Error('the policies cannot be parsed');
  return inTurns({ deodar: () => parsePolicySet(policies), 'cedar-wasm': check });
}

/** From the text of 10,000 policies to the first answer, in milliseconds; entities and code are there already. */
function ready() {
  const { policies, entities, requests } = workloads.mixed(10_000);
  const store = parseEntities(entities).value;
  const api = packages['cedar-wasm'];
  const slice = slicer(entities);
  const works = {
    deodar: () => createAuthorizer({ policies, entities: store }).isAuthorized(requests[0]),
    'cedar-wasm': () => {
      api.preparsePolicySet('ready', { staticPolicies: policies });
      const call = { ...requests[0], preparsedPolicySetId: 'ready', entities: slice(requests[0]) };
      return api.statefulIsAuthorized(call).response;
    },
  };
  const [ours, theirs] = [works.deodar().decision, works['cedar-wasm']().decision];
  if (ours !== theirs) throw new Error(`the first answer is ${ours}, that of cedar-wasm ${theirs}`);
  return inTurns(works);
}

function inTurns(works) {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = 0; round < 9; round++) {
    for (const [name, work] of Object.entries(works)) {
      const start = performance.now();
      sink.made = work();
      if (round > 1) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/**
 * How long one decision over a text of some length holds the process, in milliseconds: with 100 patterns to look for,
 * the first decision of an authorizer and later ones, every text a new one.
 */
function longTexts({ lengths }) {
  const { policies, requests } = workloads.patterns(100, 10);
  const [piece] = workloads.patterns(100, 100_000).requests.map(({ context }) => context.command);
  const [request] = requests;
  return lengths.map((length) => {
    const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
    const spans = Array.from({ length: 9 }, () => {
      const authorizer = createAuthorizer({ policies });
      return Array.from({ length: 3 }, (_, i) => {
        // Bytes are decoded to a flat string, as texts from outside are.
        const command = Buffer.from(`${text}${i}`).toString('latin1');
        const start = performance.now();
        const { decision, reason } = authorizer.isAuthorized({ ...request, context: { command } });
        const span = performance.now() - start;
        if (decision !== 'allow' || reason.length !== 1) throw new Error(`a text of ${length} characters: ${decision}`);
        return span;
      });
    });
    return { length, first: median(spans.map(([first]) => first)), next: median(spans.map(([, , last]) => last)) };
  });
}

/** Heap of an authorizer beside its syntax trees and entities, and of entities beside their JSON. */
async function memory(given) {
  const { entities, policies: text } = await workloadOf(given);
  const heap = () => {
    globalThis.gc();
    globalThis.gc();
    return process.memoryUsage().heapUsed;
  };
  const bytes = (count, make) => {
    sink.made = undefined;
    const before = heap();
    sink.made = make();
    return Math.round((heap() - before) / count);
  };
  const store = parseEntities(entities).value;
  const policies = parsePolicySet(text).value;
  const entity = bytes(entities.length, () => parseEntities(entities).value);
  return { entity, policy: bytes(policies.policies.length, () => createAuthorizer({ policies, entities: store })) };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
