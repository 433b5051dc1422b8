// Measures every workload, each in a process of its own, prints what must be reached beside what was reached, and writes
// the tables into README.md and the chart. `npm run bench -- NAME` runs the workloads whose name holds NAME and writes
// nothing. See README.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.mjs';
import { goals } from './goals.mjs';
import { hasOopsla } from './workloads.mjs';

const only = process.argv[2];
const at = (file) => new URL(file, import.meta.url);
const start = performance.now();

const APPS = ['gdrive', 'github', 'tinytodo'];
const TEMPLATES = ['gdrive-templates', 'github-templates'];
const SIZES = [100, 1000, 10_000];
/** What is measured by a script of its own, each of which can be run by itself. */
const SCRIPTS = [
  ['Validation', 'validate.mjs'],
  ['Facts', 'facts.mjs'],
  ['A guarded call', 'guarded-call.mjs'],
  ['The hook', 'hook.mjs'],
  ['Size', 'size.mjs'],
];
const thousands = (count) => count.toLocaleString('en');

/** Name and how it is made; what is missing is cedar-wasm with too many policies. */
const workloads = [
  ['sample, 5 policies', 'sample'],
  ['sample and 10 erring policies', 'erring', 10],
  ...(hasOopsla ? [...APPS, ...TEMPLATES].map((app) => [`${app}, n = 50`, 'oopsla', app, 50]) : []),
  ...SIZES.flatMap((count) => [
    [`access list, ${thousands(count)} policies`, 'accessList', count],
    [`mixed, ${thousands(count)} policies`, 'mixed', count],
    [`open scopes, ${thousands(count)} policies`, 'openScopes', count],
  ]),
  ['coding agent, short commands', 'agent', 0],
  ['coding agent, 10 KB commands', 'agent', 10_000],
  ['coding agent, 10 KB results', 'agentResults', 10_000],
  ['coding agent, 1 MB results', 'agentResults', 1_000_000],
  ...[10, 100, 1000].map((count) => [`${thousands(count)} patterns, 10000 characters`, 'patterns', count, 10_000]),
].filter(([name]) => only === undefined || name.includes(only));

/** The figures of one job, from a process of its own. */
function measured(job) {
  const args = ['--expose-gc', '--max-old-space-size=8192', 'measure.mjs', JSON.stringify(job)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: at('.'), encoding: 'utf8', maxBuffer: 1 << 26 }));
}

function progress(text) {
  process.stderr.write(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);
}

const rows = {};
for (const [name, ...workload] of workloads) {
  progress(name);
  const both = measured({ kind: 'decisions', workload });
  rows[name] = { ...both, ...measured({ kind: 'lone', way: 'closures', workload }) };
}
const large = {};
const lists = {};
const more = only === undefined ? rest() : undefined;
report();

/** What is not decided beside cedar-wasm, or not decided at all. */
function rest() {
  progress('100,000 policies');
  for (const [name, maker] of [
    ['mixed, 100,000 policies', 'mixed'],
    ['access list, 100,000 policies', 'accessList'],
    ['sample, requests checked by a schema', 'sampleBySchema'],
  ])
    large[name] = measured({ kind: 'lone', way: 'deodar', workload: [maker, 100_000] }).deodar;
  progress('other engines');
  const others = measured({ kind: 'others' });
  for (const count of SIZES) lists[count] = measured({ kind: 'list', workload: ['accessList', count] });
  progress('stateless calls');
  const calls = { sliced: measured({ kind: 'calls', all: false }), all: measured({ kind: 'calls', all: true }) };
  progress('loading and memory');
  const loading = { parsing: measured({ kind: 'parsing' }), ready: measured({ kind: 'ready' }) };
  const memory = Object.fromEntries(
    [
      ['access list', 'accessList'],
      ['mixed', 'mixed'],
    ].map(([name, maker]) => [name, measured({ kind: 'memory', workload: [maker, 10_000] })]),
  );
  progress('long texts');
  const longTexts = measured({ kind: 'longTexts', lengths: [10_000, 100_000, 1_000_000, 10_000_000] });
  progress('cold starts');
  const cold = coldStarts();
  return { others, calls, loading, memory, longTexts, cold, scripts: SCRIPTS.map(printed) };
}

/** What a script of this folder prints, with its title. */
function printed([title, script]) {
  progress(title);
  const root = fileURLToPath(at('..'));
  const output = execFileSync(process.execPath, [fileURLToPath(at(script))], { cwd: root, encoding: 'utf8' }).trimEnd();
  return `${title} (\`node benchmarks/${script}\`):\n\n${output.startsWith('|') ? output : `\`\`\`text\n${output}\n\`\`\``}`;
}

/** Milliseconds of processes that decide once, started in turn. */
function coldStarts() {
  const folder = mkdtempSync(join(tmpdir(), 'deodar-bench-'));
  try {
    const run = (...args) => execFileSync(process.execPath, args, { cwd: at('.'), encoding: 'utf8' });
    writeFileSync(join(folder, 'policies.cedar'), run('cold.mjs', 'policies'));
    const cli = new URL('../dist/cli/bin.js', import.meta.url).pathname;
    const module = join(folder, 'policies.mjs');
    writeFileSync(module, run(cli, 'compile', join(folder, 'policies.cedar')));
    const whole = (...args) => {
      const begin = performance.now();
      run(...args);
      return performance.now() - begin;
    };
    const works = {
      deodar: () => Number(run('cold.mjs', 'deodar')),
      'cedar-wasm': () => Number(run('cold.mjs', 'cedar-wasm')),
      nothing: () => whole('cold.mjs', 'nothing'),
      compiled: () => whole('cold.mjs', 'compiled', module),
    };
    const spans = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
    for (let round = 0; round < 15; round++) for (const [name, work] of Object.entries(works)) spans[name].push(work());
    return Object.fromEntries(Object.entries(spans).map(([name, each]) => [name, median(each)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
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

function decisionsTable() {
  return table([
    ['workload', 'deodar', 'p99', 'closures only', 'cedar-wasm', 'ratio', 'ratio, closures'],
    ...Object.entries(rows).map(([name, { deodar, closures, 'cedar-wasm': wasm }]) => [
      name,
      time(deodar.p50),
      time(deodar.p99),
      time(closures.p50),
      time(wasm.p50),
      times(wasm.p50 / deodar.p50),
      times(wasm.p50 / closures.p50),
    ]),
    ...Object.entries(large).map(([name, { p50, p99 }]) => [name, time(p50), time(p99), '', '', '', '']),
  ]);
}

function otherTables({ others }) {
  const sample = Object.entries(others).map(([name, { p50 }]) => [name, time(p50), times(p50 / others.deodar.p50)]);
  const names = Object.keys(lists[SIZES[0]]);
  const wasm = [
    'cedar-wasm',
    ...SIZES.map((count) => time(rows[`access list, ${thousands(count)} policies`]['cedar-wasm'].p50)),
  ];
  return [
    'The rules of the sample in other engines:',
    table([['engine', 'a decision', 'deodar is faster'], ...sample]),
    'Lists of rules "this user may do this with this document" in other engines:',
    table([
      ['engine', ...SIZES.map((count) => `${thousands(count)} rules`)],
      ...names.map((name) => [name, ...SIZES.map((count) => time(lists[count][name].p50))]),
      wasm,
    ]),
    '![Time of a decision over the number of rules](scale.svg)',
  ];
}

function otherFigures({ calls, loading, memory, longTexts, cold }) {
  const call = (what, { deodar, 'cedar-wasm': wasm }) =>
    `- \`isAuthorized\` with the policies as text, ${what}: deodar/cedar-wasm ${time(deodar.p50)}, cedar-wasm ${time(wasm.p50)}: ${times(wasm.p50 / deodar.p50)}`;
  const load = (what, { deodar, 'cedar-wasm': wasm }) =>
    `- ${what}: ${deodar.toFixed(0)} ms, cedar-wasm ${wasm.toFixed(0)} ms: ${times(wasm / deodar)}`;
  return [
    call('sliced entities', calls.sliced),
    call('all entities', calls.all),
    load('parsing 10,000 policies', loading.parsing),
    load('10,000 policies from their text to the first answer', loading.ready),
    ...Object.entries(memory).map(
      ([name, { policy, entity }]) =>
        `- heap, ${name}, 10,000 policies: ${policy} bytes a policy, ${entity} bytes an entity`,
    ),
    ...longTexts.map(
      ({ length, first, next }) =>
        `- one decision over a text of ${thousands(length)} characters with 100 patterns: ${next.toFixed(2)} ms, the first of a process ${first.toFixed(2)} ms`,
    ),
    load('from the import to the first decision, 5 policies', cold),
    `- a process that decides once with a compiled module: ${(cold.compiled - cold.nothing).toFixed(1)} ms more than the same without it (${cold.nothing.toFixed(1)} ms)`,
  ].join('\n');
}

function report() {
  const text = [decisionsTable()];
  if (more !== undefined) {
    const reached = table([['what must be reached', 'target', 'reached', ''], ...goals({ rows, large, ...more })]);
    text.unshift(reached);
    text.push(...otherTables(more), otherFigures(more), ...more.scripts);
  }
  const rounds = process.env.DEODAR_BENCH_ROUNDS ?? 3;
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  text.push(
    `Medians over ${rounds} interleaved rounds; Node ${process.version}; load of the machine at the end ${loadavg()[0].toFixed(1)}; the run took ${minutes} minutes.`,
  );
  const result = text.join('\n\n');
  console.log(result);
  if (more !== undefined) write(result);
}

function write(result) {
  const [before = ''] = readFileSync(at('README.md'), 'utf8').split('<!-- results -->');
  writeFileSync(at('README.md'), `${before}<!-- results -->\n\n${result}\n`);
  const line = (name, pick) => ({
    name,
    points: SIZES.flatMap((count) => {
      const ns = pick(count);
      return ns === undefined ? [] : [[count, ns]];
    }),
  });
  const row = (count) => rows[`access list, ${thousands(count)} policies`];
  const own = line('Deodar', (count) => row(count).deodar.p50);
  own.points.push([100_000, large['access list, 100,000 policies'].p50]);
  const others = Object.keys(lists[SIZES[0]]).filter((name) => name !== 'deodar');
  const lines = [
    own,
    line('cedar-wasm', (count) => row(count)['cedar-wasm'].p50),
    ...others.map((name) => line(name, (count) => lists[count][name]?.p50)),
  ];
  writeFileSync(at('scale.svg'), chart(lines));
}
