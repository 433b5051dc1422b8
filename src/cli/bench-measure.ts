import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { Environment } from '../evaluator/environment.js';
import type { BenchEngine } from './bench-engines.js';
import type { Progress } from './command.js';

/** How long decisions of an engine take; times are nanoseconds. */
export interface Timing {
  readonly engine: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly decisions: number;
  /** Time of a decision of each batch, sorted. */
  readonly samples: readonly number[];
}

/** Calls of one request that are timed together: one alone is shorter than the clock can tell. */
const BATCH = 32;

/**
 * Times engines in turn, each for its share of the time, with all requests in turn, after an eighth of it to warm up. A
 * batch of calls of one request is one sample.
 */
export function timeEngines(
  engines: readonly BenchEngine[],
  requests: number,
  seconds: number,
  progress: Progress,
): readonly Timing[] {
  const ROUNDS = 4;
  const share = (seconds * 1000) / ROUNDS / engines.length;
  const runs = engines.map((engine) => ({ engine, samples: [] as number[], calls: 0, elapsed: 0 }));
  for (const { engine } of runs) runFor(engine, requests, share / 2, undefined);
  for (let round = 0; round < ROUNDS; round++) {
    progress('measuring, round', round, ROUNDS);
    for (const run of round % 2 === 0 ? runs : runs.toReversed()) {
      const { calls, elapsed } = runFor(run.engine, requests, share, run.samples);
      run.calls += calls;
      run.elapsed += elapsed;
    }
  }
  progress('measuring, round', ROUNDS, ROUNDS);
  return runs.map(({ engine, samples, calls, elapsed }) => {
    const sorted = samples.sort((a, b) => a - b);
    const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
    const perSecond = (calls / elapsed) * 1000;
    return { engine: engine.name, perSecond, p50: at(0.5), p99: at(0.99), decisions: calls, samples: sorted };
  });
}

function runFor(
  { decide }: BenchEngine,
  requests: number,
  milliseconds: number,
  samples: number[] | undefined,
): { readonly calls: number; readonly elapsed: number } {
  const begin = performance.now();
  let calls = 0;
  // What takes long is not called more often than can be waited for.
  let batch = 1;
  for (let request = 0; ; request = (request + 1) % requests) {
    const start = performance.now();
    for (let i = 0; i < batch; i++) decide(request);
    const end = performance.now();
    calls += batch;
    // The first call finds nothing in the caches of the processor.
    if (calls > 1) samples?.push(((end - start) * 1e6) / batch);
    if (end - begin >= milliseconds) return { calls, elapsed: end - begin };
    batch = end - start < 0.5 ? BATCH : Math.max(1, Math.floor(BATCH / 8));
  }
}

/** Milliseconds that something takes: the median of some runs. */
export function timeOnce(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[times.length >> 1] ?? 0;
}

/** What one policy costs by itself. */
export interface PolicyCost {
  readonly id: string;
  /** Nanoseconds of one evaluation, over all requests. */
  readonly time: number;
  /** Requests that it fires for. */
  readonly fires: number;
}

/** The policies that take longest to evaluate, each by itself, without the index that keeps most from being looked at. */
export function slowestPolicies(
  policies: readonly CompiledPolicy[],
  environments: readonly Environment[],
  milliseconds: number,
): readonly PolicyCost[] {
  const share = milliseconds / Math.max(1, policies.length);
  return policies
    .map((policy) => {
      const fires = environments.filter((environment) => policy.evaluate(environment) === true).length;
      for (const environment of environments) policy.evaluate(environment);
      const start = performance.now();
      let rounds = 0;
      do {
        for (const environment of environments) policy.evaluate(environment);
        rounds++;
      } while (performance.now() - start < share);
      const time = ((performance.now() - start) * 1e6) / (rounds * Math.max(1, environments.length));
      return { id: policy.id, time, fires };
    })
    .sort((a, b) => b.time - a.time);
}
