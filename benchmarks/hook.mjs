// How long the hook takes from the start of its process to its answer, beside a process that does nothing:
//   npm run -s build && node benchmarks/hook.mjs [RUNS]
// All are started in turn, so that a busy machine is busy for all; the least of many runs disturbs least.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePolicySet } from '../dist/authorizer/index.js';

const runs = Number(process.argv[2] ?? 25);
const pack = 'policies/coding-agent';
const folder = mkdtempSync(join(tmpdir(), 'deodar-hook-'));
const input = JSON.stringify({
  session_id: 'benchmark',
  cwd: process.cwd(),
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command: 'git push --force origin main', description: 'Push' },
  tool_use_id: 'toolu_1',
});
const hook = (state, cache, policies = pack, options = []) => ({
  args: ['dist/cli/bin.js', 'hook', 'claude-code', '--policies', policies, '--state', join(folder, state), ...options],
  env: { ...process.env, XDG_STATE_HOME: join(folder, cache) },
  answer: /"permissionDecision":"deny"/,
});
/** Each with the folders that are emptied before each run. */
const variants = {
  'bare Node': { args: ['-e', '0'], env: process.env, answer: /^$/, emptied: [] },
  'first run ever': { ...hook('s1', 'c1'), emptied: ['s1', 'c1'] },
  'from the text': { ...hook('s2', 'c2'), emptied: [], forgets: 'c2' },
  'as compiled before': { ...hook('s3', 'c3'), emptied: [] },
  'resident process': { ...hook('s6', 'c6', pack, ['--resident']), emptied: [], resident: 'c6' },
  '100 policies, text': { ...hook('s4', 'c4', hundredPolicies()), emptied: [], forgets: 'c4' },
  '... as compiled': { ...hook('s5', 'c5', hundredPolicies()), emptied: [] },
};

/** A folder with the agent of the pack and 100 of its policies: every permit, and forbids file by file. */
function hundredPolicies() {
  const smaller = join(folder, 'hundred');
  mkdirSync(smaller, { recursive: true });
  copyFileSync(join(pack, 'agent.json'), join(smaller, 'agent.json'));
  const texts = readdirSync(pack)
    .filter((name) => name.endsWith('.cedar'))
    .flatMap((name) => {
      const text = readFileSync(join(pack, name), 'utf8');
      return parsePolicySet(text).value.policies.map(({ effect, span }) => [effect, text.slice(span.start, span.end)]);
    });
  const [permits, forbids] = ['permit', 'forbid'].map((wanted) => texts.filter(([effect]) => effect === wanted));
  const chosen = [...permits, ...forbids].slice(0, 100).map(([, text]) => text);
  writeFileSync(join(smaller, 'policies.cedar'), chosen.join('\n\n'));
  return smaller;
}

const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
// Three runs before the first that counts: code of two kinds is kept.
for (let run = -3; run < runs; run++) {
  for (const [name, { args, env, answer, emptied, forgets, resident }] of Object.entries(variants)) {
    for (const each of emptied) rmSync(join(folder, each), { recursive: true, force: true });
    if (forgets !== undefined && run > -3) forgetPolicies(forgets);
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8', env });
    const time = performance.now() - start;
    if (status !== 0 || !answer.test(stdout)) throw new Error(`${name} says ${stdout}${stderr}`);
    if (run >= 0) times[name].push(time);
    if (resident !== undefined && run === -3) await listens(join(folder, resident, 'deodar', 'resident'));
  }
}
for (const { resident, env } of Object.values(variants))
  if (resident !== undefined)
    spawnSync(process.execPath, ['dist/cli/bin.js', 'hook', 'claude-code', '--stop-resident'], { env });
rmSync(folder, { recursive: true, force: true });

/** Waits until the process that an event left behind is there. */
async function listens(place) {
  const isThere = () => existsSync(place) && readdirSync(place).some((name) => name.endsWith('.sock'));
  for (let tries = 0; tries < 100 && !isThere(); tries++) await new Promise((done) => setTimeout(done, 50));
  if (!isThere()) throw new Error('no resident process was left behind');
}

/** Takes away what was compiled of the policies, and leaves the code of the program. */
function forgetPolicies(cache) {
  const kept = join(folder, cache, 'deodar', 'kept');
  for (const name of readdirSync(kept)) if (name.endsWith('.bin')) rmSync(join(kept, name));
}

for (const list of Object.values(times)) list.sort((a, b) => a - b);
const bare = times['bare Node'];
for (const [name, list] of Object.entries(times)) {
  const [least, median] = [list[0], list[list.length >> 1]];
  const added = `${(least - bare[0]).toFixed(0)} ms and ${(median - bare[bare.length >> 1]).toFixed(0)} ms more`;
  console.log(`${name.padEnd(20)} least ${least.toFixed(0)} ms, median ${median.toFixed(0)} ms of ${runs}: ${added}`);
}
