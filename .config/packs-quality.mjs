// Prints how well the tests of every pack cover its policies, and how many changes of them they notice.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const packs = new URL('../policies/', import.meta.url);
const bin = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));
const rows = [['pack', 'tests', 'policies fired', 'branches', 'mutation score', 'list members']];
let code = 0;
for (const entry of readdirSync(packs, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const args = [bin, 'test', entry.name, '--coverage', '--mutate', '--json', ...process.argv.slice(2)];
  const run = spawnSync(process.execPath, args, { cwd: packs, encoding: 'utf8', maxBuffer: 2 ** 30 });
  process.stderr.write(run.stderr);
  code ||= run.status ?? 1;
  if (run.stdout === '') continue;
  const { passed, failed, coverage, mutation } = JSON.parse(run.stdout);
  const share = ({ percent, covered, total }) => `${percent} % (${covered}/${total})`;
  const { killed, survived, score, members } = mutation;
  rows.push([
    entry.name,
    `${passed}${failed === 0 ? '' : `, ${failed} failed`}`,
    share(coverage.figures.policies),
    share(coverage.figures.branches),
    share({ percent: score, covered: killed, total: killed + survived }),
    share(members),
  ]);
}
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
for (const row of rows)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
process.exitCode = code;
