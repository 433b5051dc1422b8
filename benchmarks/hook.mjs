// How long the hook takes from the start of its process to its answer, beside a process that does nothing:
//   npm run -s build && node benchmarks/hook.mjs [RUNS]
// Both are started in turn, so that a busy machine is busy for both; the least of many runs disturbs least.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runs = Number(process.argv[2] ?? 25);
const pack = 'policies/coding-agent';
const state = mkdtempSync(join(tmpdir(), 'deodar-hook-'));
const input = JSON.stringify({
  session_id: 'benchmark',
  cwd: process.cwd(),
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command: 'git push --force origin main', description: 'Push' },
  tool_use_id: 'toolu_1',
});
const variants = {
  'bare Node': ['-e', '0'],
  hook: ['dist/cli/bin.js', 'hook', 'claude-code', '--policies', pack, '--state', state],
};

const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
for (let run = 0; run < runs; run++) {
  for (const [name, args] of Object.entries(variants)) {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8' });
    times[name].push(performance.now() - start);
    if (status !== 0) throw new Error(stderr);
  }
}
rmSync(state, { recursive: true, force: true });
for (const [name, list] of Object.entries(times)) {
  list.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(10)} least ${list[0].toFixed(0)} ms, median ${list[list.length >> 1].toFixed(0)} ms of ${runs}`,
  );
}
