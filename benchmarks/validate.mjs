// Validates the pack for coding agents with Deodar and with the official WebAssembly package, in one process.
// npm run -s build && node benchmarks/validate.mjs

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { validate } from '../dist/cedar-wasm/index.js';

const ROUNDS = Number(process.env.DEODAR_BENCH_ROUNDS ?? 5);
const CALLS = 20;

const official = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');
const pack = new URL('../policies/coding-agent/', import.meta.url);
const read = (name) => readFileSync(new URL(name, pack), 'utf8');
const policies = readdirSync(pack).filter((name) => name.endsWith('.cedar'));
const call = {
  validationSettings: { mode: 'strict' },
  schema: read('schema.cedarschema'),
  policies: { staticPolicies: policies.map(read).join('\n') },
};

function medianOf(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function medianTime(validateOnce) {
  const times = Array.from({ length: CALLS }, () => {
    const start = performance.now();
    validateOnce();
    return performance.now() - start;
  });
  return medianOf(times);
}

const engines = [
  { name: 'deodar', run: () => validate(call), times: [] },
  { name: 'cedar-wasm', run: () => official.validate(call), times: [] },
];
for (const { name, run } of engines) {
  const answer = run();
  if (answer.type !== 'success' || answer.validationErrors.length > 0)
    throw new Error(`${name}: the pack is not valid`);
}
for (let round = 0; round < ROUNDS; round++) {
  const order = round % 2 === 0 ? engines : [...engines].reverse();
  for (const { run, times } of order) times.push(medianTime(run));
}
for (const { name, times } of engines)
  console.log(`${name.padEnd(10)} ${medianOf(times).toFixed(1)} ms to read and validate the pack`);
