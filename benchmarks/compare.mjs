// Compares this tree with a revision: `npm run bench:compare -- REV [NAME]`. The revision is built in a folder of its
// own; both decide the workloads whose name holds NAME in processes that alternate. The least of the runs disturbs least.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = 5;
const [, , revision, only = ''] = process.argv;
if (revision === undefined) throw new Error('name a revision: npm run bench:compare -- HEAD~1');
const root = fileURLToPath(new URL('..', import.meta.url));
const all = [
  ['sample'],
  ['erring', 10],
  ['accessList', 10_000],
  ['mixed', 10_000],
  ['openScopes', 10_000],
  ['patterns', 100, 10_000],
];
const workloads = all.filter(([name]) => name.includes(only));
if (workloads.length === 0)
  throw new Error(`no workload of that name; there are ${all.map(([name]) => name).join(', ')}`);

const folder = mkdtempSync(join(tmpdir(), 'deodar-compare-'));
const other = join(folder, 'other');
const run = (command, args, cwd = root) => execFileSync(command, args, { cwd, encoding: 'utf8' });
try {
  run('git', ['worktree', 'add', '--detach', other, revision]);
  symlinkSync(join(root, 'node_modules'), join(other, 'node_modules'));
  run('npm', ['run', '-s', 'build'], other);
  const time = (tree, workload) => {
    const [index, maker] = [join(tree, 'dist/index.js'), join(root, 'benchmarks/workloads.mjs')];
    const script = `
      import { createAuthorizer } from ${JSON.stringify(index)};
      import * as workloads from ${JSON.stringify(maker)};
      const [name, ...parameters] = ${JSON.stringify(workload)};
      const { policies, entities, requests } = workloads[name](...parameters);
      const authorizer = createAuthorizer({ policies, entities });
      const said = requests.map((request) => JSON.stringify(authorizer.isAuthorized(request))).join();
      let [least, sink] = [Infinity, 0];
      const end = performance.now() + 1500;
      while (performance.now() < end) {
        const start = process.hrtime.bigint();
        for (const request of requests) sink += authorizer.isAuthorized(request).decision.length;
        least = Math.min(least, Number(process.hrtime.bigint() - start) / requests.length);
      }
      console.log(JSON.stringify({ least: sink > 0 ? least : 0, said }));`;
    const options = { encoding: 'utf8', maxBuffer: 2 ** 28 };
    return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], options));
  };
  for (const workload of workloads) {
    const least = { then: Infinity, now: Infinity };
    for (let i = 0; i < RUNS; i++) {
      const [before, after] = [time(other, workload), time(root, workload)];
      if (before.said !== after.said) throw new Error(`${workload.join(' ')}: the answers are not the same`);
      least.then = Math.min(least.then, before.least);
      least.now = Math.min(least.now, after.least);
    }
    const { then, now } = least;
    console.log(
      `${workload.join(' ').padEnd(20)} ${revision} ${then.toFixed(0)} ns, now ${now.toFixed(0)} ns: ${(then / now).toFixed(2)}x`,
    );
  }
} finally {
  run('git', ['worktree', 'remove', '--force', other]);
  rmSync(folder, { recursive: true, force: true });
}
