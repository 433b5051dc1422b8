import type { PolicyCost, Timing } from '../bench-measure.js';
import { count } from '../count.js';

export interface BenchReport {
  readonly policies: number;
  readonly requests: number;
  readonly timings: readonly Timing[];
  /** Milliseconds; `compile` and `decide` are those of every request once. */
  readonly phases: Readonly<Record<'parse' | 'index' | 'compile' | 'decide', number>>;
  readonly slowest: readonly PolicyCost[];
  /** Numbers of the requests that another revision answers otherwise, counted from 0. */
  readonly changed: { readonly revision: string; readonly requests: readonly number[] } | undefined;
  /** Whether the official engine was there, and has answered every request equally. */
  readonly isOfficial: boolean;
}

/** Longest bar of a chart. */
const WIDTH = 40;

/** The figures for people. */
export function benchText(report: BenchReport): string {
  const { timings, phases, slowest, changed } = report;
  const [own] = timings;
  const rows = timings.map(({ engine, perSecond, p50, p99 }) => [
    engine,
    Math.round(perSecond).toLocaleString('en-US'),
    duration(p50),
    duration(p99),
    own === undefined || engine === own.engine ? '' : `${(p50 / own.p50).toFixed(2)} x`,
  ]);
  const total = phases.parse + phases.index + phases.compile + phases.decide;
  const parts = [
    ['parse the policies', phases.parse],
    ['build the index', phases.index],
    ['compile what the requests need', phases.compile],
    ['decide every request once', phases.decide],
  ] as const;
  return [
    `${count(report.policies, 'policy', 'policies')}, ${count(report.requests, 'request')}${report.isOfficial ? ', each answered equally by @cedar-policy/cedar-wasm' : ''}\n`,
    table([['engine', 'decisions/s', 'p50', 'p99', 'of the first'], ...rows]),
    ...(changed === undefined ? [] : [`${changedText(changed)}\n`]),
    ...(own === undefined ? [] : [`time of a decision (${own.engine})\n${histogram(own.samples)}`]),
    `where the time goes, from text to answers\n${table(parts.map(([name, time]) => [name, duration(time * 1e6), bar(time / total)]))}`,
    ...(slowest.length === 0
      ? []
      : [
          `slowest policies, each evaluated by itself\n${table(slowest.map(({ id, time, fires }) => [printable(id), duration(time), `fires for ${count(fires, 'request')}`]))}`,
        ]),
  ].join('\n');
}

function changedText({ revision, requests }: NonNullable<BenchReport['changed']>): string {
  if (requests.length === 0) return `${revision} answers every request equally`;
  const numbers = requests.slice(0, 10).map((i) => i + 1);
  const more = requests.length > numbers.length ? ', ...' : '';
  return `${revision} answers ${count(requests.length, 'request')} otherwise: ${numbers.join(', ')}${more}`;
}

/** Samples in classes that double. */
function histogram(samples: readonly number[]): string {
  const classOf = (time: number): number => Math.floor(Math.log2(Math.max(1, time)));
  const counts = new Map<number, number>();
  for (const sample of samples) counts.set(classOf(sample), (counts.get(classOf(sample)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const rows = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([each, number]) => [
      `${duration(2 ** each)} - ${duration(2 ** (each + 1))}`,
      bar(number / most),
      `${((number / samples.length) * 100).toFixed(1)} %`,
    ]);
  return table(rows);
}

function bar(share: number): string {
  return '#'.repeat(Math.round(share * WIDTH));
}

function duration(nanoseconds: number): string {
  if (nanoseconds < 1000) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(1)} µs`;
  return `${(nanoseconds / 1e6).toFixed(1)} ms`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd())
    .join('\n')
    .concat('\n');
}

/** Names of policies cannot steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '.');
}

/** The figures for programs: times in nanoseconds, but for the phases, which are in milliseconds. */
export function benchJson({ timings, changed, ...report }: BenchReport): string {
  const figures = timings.map((timing) => {
    const { samples: _, ...others } = timing;
    return others;
  });
  const others = changed === undefined ? {} : { changed: { ...changed, requests: changed.requests.map((i) => i + 1) } };
  return `${JSON.stringify({ ...report, timings: figures, ...others }, null, 2)}\n`;
}
