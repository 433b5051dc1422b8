// Runs every workload on Deodar and cedar-wasm side by side and prints medians and ratios. See README.md.
import { measure } from 'mitata';
import { cedarWasm, deodar } from './peers.mjs';
import { accessList, oopsla, sample } from './workloads.mjs';

const ROUNDS = Number(process.env.DEODAR_BENCH_ROUNDS ?? 5);
const sink = { value: 0 };

const workloads = [sample(), ...oopsla(5), ...oopsla(50), accessList(100), accessList(1000)];
const results = [];
for (const workload of workloads) {
  const peers = { deodar: deodar(workload), 'cedar-wasm': cedarWasm(workload) };
  assertSameAnswers(workload, peers);
  results.push({ workload: workload.name, ...(await compare(workload, peers)) });
}
print(results);

/** Both must answer every request alike before anything is timed. */
function assertSameAnswers({ name, requests }, peers) {
  for (let i = 0; i < requests.length; i++) {
    const [ours, theirs] = [peers.deodar(i), peers['cedar-wasm'](i)].map(
      ({ decision, reason }) => `${decision} ${[...reason].sort((a, b) => (a < b ? -1 : 1)).join(' ')}`,
    );
    if (ours !== theirs) throw new Error(`${name}, request ${i}: deodar answers ${ours}, cedar-wasm ${theirs}`);
  }
}

/** Interleaved rounds with rotating order; the median over rounds of each round's median. Nanoseconds a decision. */
async function compare({ requests }, peers) {
  const samples = Object.fromEntries(Object.keys(peers).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    const order = Object.entries(peers);
    if (round % 2 === 1) order.reverse();
    for (const [name, decide] of order) {
      let i = 0;
      const { p50 } = await measure(() => {
        i = i + 1 < requests.length ? i + 1 : 0;
        sink.value += decide(i).decision.length;
      });
      samples[name].push(p50);
    }
  }
  const medians = Object.fromEntries(Object.entries(samples).map(([name, list]) => [name, median(list)]));
  return { ...medians, ratio: medians['cedar-wasm'] / medians.deodar };
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function print(rows) {
  const time = (ns) =>
    ns < 1000 ? `${ns.toFixed(0)} ns` : ns < 1e6 ? `${(ns / 1000).toFixed(2)} µs` : `${(ns / 1e6).toFixed(2)} ms`;
  const table = [
    ['workload', 'deodar', 'cedar-wasm', 'ratio'],
    ...rows.map((row) => [row.workload, time(row.deodar), time(row['cedar-wasm']), `${row.ratio.toFixed(0)}x`]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table)
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  '),
    );
  console.log(
    `\nmedian time of one decision over ${ROUNDS} interleaved rounds; Node ${process.version}; answers compared first`,
  );
}
