import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The hook as it is installed, in processes of its own. `npm test` builds it first.

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deodar-process-'));
  mkdirSync(join(folder, '.deodar'));
  writeFileSync(
    join(folder, '.deodar', 'a.cedar'),
    '@id("all") permit (principal, action, resource); @id("few") forbid (principal, action in Action::"PRE_TOOL", resource) when { resource.toolCalls >= 2 };',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ARGUMENTS = (state = join(folder, 'state')) => [BIN, 'hook', 'claude-code', '--state', state];
const call = (session: string, id = 'toolu_1') =>
  JSON.stringify({
    session_id: session,
    cwd: folder,
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'ls' },
    tool_use_id: id,
  });

function hook(input: string | Uint8Array, ...options: string[]) {
  const args = options.includes('--state') ? ARGUMENTS().slice(0, -2) : ARGUMENTS();
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, ...options], {
    cwd: folder,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Whether a process has caught the signals that end it, by what Linux says of it. */
function readsInput(pid: number | undefined): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const caught = BigInt(`0x${/SigCgt:\s*([0-9a-f]+)/.exec(status)?.[1] ?? '0'}`);
  return (caught & 0x4003n) === 0x4003n;
}

const sh = (script: string) =>
  spawnSync('sh', ['-c', script, 'sh', process.execPath, ...ARGUMENTS()], {
    cwd: folder,
    input: call('sh'),
    encoding: 'utf8',
  });

describe('the hook as a process', () => {
  it('ends with 2 where folders cannot be made, and does not hang', () => {
    for (const state of ['/proc/x', '/proc/x/y', '/dev/null', '/dev/full/x', join(folder, '.deodar', 'a.cedar')])
      expect(hook(call('nowhere'), '--state', state), state).toMatchObject({ status: 2, stdout: '' });
  });

  it('ends with 2 when what it reads never ends', () => {
    spawnSync('mkfifo', [join(folder, 'pipe.cedar')]);
    expect(hook(call('pipe'), '--policies', join(folder, 'pipe.cedar')).status).toBe(2);
    expect(hook(call('pipe'), '--agent', join(folder, 'pipe.cedar')).status).toBe(2);
    expect(hook(call('zero'), '--policies', '/dev/zero').status).toBe(2);
    rmSync(join(folder, 'pipe.cedar'));
  });

  it('ends with 2 when its output cannot be written', () => {
    expect(sh('"$@" > /dev/full').status).toBe(2);
  });

  it.skipIf(process.platform === 'win32')('ends with 2 when its output is closed', () => {
    for (const script of ['>&-', '>&- 2>&-', '<&- >&- 2>&-', '>/dev/null', '1<>/dev/null'])
      expect(sh(`exec "$@" ${script}`).status, script).toBe(2);
    expect(sh('exec "$@" --uninstall >/dev/null').status).toBe(0);
    expect(sh('exec "$@" | cat').stdout).toContain('"allow"');
  });

  it('ends with 2 when something is thrown that nobody catches', () => {
    const preload = (work: string) => `data:text/javascript,process.stdin.once('data', () => { ${work} });`;
    for (const work of ['throw new Error("x")', 'Promise.reject(new Error("x"))', 'process.emit("SIGTERM")'])
      expect(
        spawnSync(process.execPath, ['--import', preload(work), ...ARGUMENTS()], { cwd: folder, input: call('thrown') })
          .status,
        work,
      ).toBe(2);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends with 2 on %s', async (signal) => {
    const child = spawn(process.execPath, ARGUMENTS(), { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => child.once('exit', (code, by) => resolve([code, by])));
    // Its handlers are there once it has begun to read.
    for (let tries = 0; tries < 200 && !readsInput(child.pid); tries++)
      await new Promise((done) => setTimeout(done, 50));
    child.kill(signal);
    expect(await ended).toEqual([2, null]);
  });

  it('answers with exit code 0', () => {
    expect(hook(call('plain'))).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('"allow"') });
  });

  it.each([
    ['one long command', { command: 'echo a b '.repeat(1_000_000) }],
    ['many commands', { command: 'cat a.txt; '.repeat(60_000) }],
    ['many members', { command: 'ls', list: Array.from({ length: 600_000 }, (_, i) => ({ i })) }],
  ])('answers by itself about %s, which have all memory looked through', (_name, given) => {
    const input = JSON.stringify({ ...JSON.parse(call('large')), tool_input: given });
    expect(hook(input, '--timeout', '100')).toMatchObject({ status: 0, stderr: '' });
  });

  it.each<[string, Uint8Array | string]>([
    ['nothing', ''],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['zeros', new Uint8Array(1000)],
    ['17 MB', `"${'x'.repeat(17 * 1024 * 1024)}"`],
  ])('blocks %s', (_name, input) => {
    const { status, stdout, stderr } = hook(input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^deodar hook: blocked/);
  });

  it('blocks when standard input is closed, or never ends', async () => {
    expect(sh('exec "$@" <&-').status).toBe(2);
    const child = spawn(process.execPath, [...ARGUMENTS(), '--timeout', '0.5'], { cwd: folder });
    child.stdin.write('{"session_id":');
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(2);
  });

  it('blocks when nobody can read the answer', () => {
    expect(sh('{ "$@"; echo "$?" >&2; } | true').stderr).toBe('2\n');
  });

  it.skipIf(!existsSync('/dev/full'))('blocks when nobody can read why', () => {
    expect(sh('echo x | "$@" 2>/dev/full').status).toBe(2);
  });

  it.skipIf(process.platform === 'win32')('blocks when a pipe or a link stands where a file should', () => {
    const state = join(folder, 'odd-state');
    const at = (session: string) => join(state, `${createHash('sha256').update(session).digest('hex')}.jsonl`);
    mkdirSync(state);
    spawnSync('mkfifo', [at('pipe'), join(folder, 'transcript')]);
    symlinkSync(join(folder, 'elsewhere'), at('link'));
    const stop = JSON.stringify({
      session_id: 'stop',
      cwd: folder,
      hook_event_name: 'Stop',
      transcript_path: join(folder, 'transcript'),
    });
    for (const input of [call('pipe'), call('link'), stop])
      expect(hook(input, '--state', state)).toMatchObject({ status: 2, stdout: '' });
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });

  it('blocks by its settings when it is not there, or is killed', () => {
    const settings = join(folder, '.claude', 'settings.json');
    const { status } = spawnSync(process.execPath, [...ARGUMENTS(), '--install', '--no-resident'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    const command: string = JSON.parse(readFileSync(settings, 'utf8')).hooks.PreToolUse[0].hooks[0].command;
    const run = (text: string) =>
      spawnSync('sh', ['-c', text], { cwd: folder, input: call('installed'), encoding: 'utf8' });
    expect(run(command)).toMatchObject({ status: 0, stdout: expect.stringContaining('"allow"') });
    expect(run(command.replace(BIN, `${BIN}.gone`)).status).toBe(2);
    expect(run(command.replace(process.execPath, 'no-such-program')).status).toBe(2);
    expect(run(command.replace(/^.* \|\|/, `sh -c 'kill -9 $$' ||`)).status).toBe(2);
  });

  it('blocks nothing in shadow mode when its program is gone, broken or wrongly called', () => {
    const settings = join(folder, '.claude', 'settings.json');
    spawnSync(process.execPath, [...ARGUMENTS(), '--install', '--shadow'], { cwd: folder, encoding: 'utf8' });
    const command: string = JSON.parse(readFileSync(settings, 'utf8')).hooks.PreToolUse[0].hooks[0].command;
    const run = (text: string) =>
      spawnSync('sh', ['-c', text], { cwd: folder, input: call('shadowed'), encoding: 'utf8' }).status;
    expect(run(command)).toBe(0);
    expect(run(command.replace(BIN, `${BIN}.gone`))).toBe(1);
    expect(run(command.replace(process.execPath, 'no-such-program'))).toBe(1);
    expect(run(command.replace(/^.* \|\|/, `sh -c 'kill -9 $$' ||`))).toBe(1);
    expect(run(command.replace('--shadow', '--shadow --no-such-option'))).toBe(1);
  });

  it('ends, and blocks by its settings, when judging takes too long', () => {
    const input = call('slow').replace('"ls"', JSON.stringify('ls a;'.repeat(2_500_000)));
    const { status, stderr } = spawnSync(process.execPath, [...ARGUMENTS(), '--timeout', '0.05'], {
      cwd: folder,
      input,
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('there was no answer within 0.05 seconds');
    const script = `"$@" --timeout 0.05 || exit 2`;
    expect(spawnSync('sh', ['-c', script, 'sh', process.execPath, ...ARGUMENTS()], { cwd: folder, input }).status).toBe(
      2,
    );
  });

  it('answers the same whatever became of the code that it kept', () => {
    const state = join(folder, 'kept-state');
    const kept = join(state, 'deodar', 'kept');
    const run = (id: string) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ARGUMENTS(), {
        cwd: folder,
        input: call(`code-${id}`),
        encoding: 'utf8',
        env: { ...process.env, XDG_STATE_HOME: state },
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return stdout;
    };
    const files = () => readdirSync(kept).map((name) => join(kept, name));
    const code = () => files().filter((file) => file.endsWith('.code'));
    const uses = () => new Set(code().map((file) => file.replace(/^.*-|\.code$/g, '')));
    const first = run('first');
    expect(uses()).toEqual(new Set(['load']));
    expect(run('second')).toBe(first);
    expect(uses()).toEqual(new Set(['judge', 'load']));
    const damages: Readonly<Record<string, (file: string) => Uint8Array>> = {
      'a byte is another': (file) => readFileSync(file).fill(1, 1000, 1001),
      'the end is missing': (file) => readFileSync(file).subarray(0, 5000),
      'it is that of another script': (file) => readFileSync(code().find((other) => other !== file) ?? file),
      'it is empty': () => new Uint8Array(),
    };
    for (const [name, damage] of Object.entries(damages)) {
      for (const file of code()) writeFileSync(file, damage(file));
      expect(run(name), name).toBe(first);
      for (const file of files()) if (!file.endsWith('.code')) rmSync(file);
      expect(run(`${name}, from the text`), name).toBe(first);
    }
  });

  it.skipIf(!existsSync('/usr/bin/prlimit'))('goes on with a session whose disk was full for a while', async () => {
    const state = join(folder, 'full-state');
    const start = (limit: string, session: string, id: string) =>
      new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
        const words = [`--fsize=${limit}`, process.execPath, ...ARGUMENTS(state)];
        const child = spawn('/usr/bin/prlimit', words, { cwd: folder });
        const said = { out: '', err: '' };
        child.stdout.on('data', (chunk: Buffer) => {
          said.out += chunk.toString();
        });
        child.stderr.on('data', (chunk: Buffer) => {
          said.err += chunk.toString();
        });
        child.on('close', (code) => resolve({ code, ...said }));
        child.stdin.end(call(session, id));
      });
    // A line is 215 bytes, and its answer 66: the disk is full in the one or in the other.
    for (const limit of ['0', '1', '60', '214', '215', '240', '280']) {
      const session = `full-${limit}`;
      const { code, out, err } = await start(limit, session, 'a');
      expect({ code, out }, limit).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/the state file .*jsonl cannot be written: (the disk is full|EFBIG)/);
      // Two at a time: neither loses what the other writes.
      const answers = await Promise.all(['b', 'c'].map((id) => start('unlimited', session, id)));
      expect(answers.map(({ code: each }) => each)).toEqual([0, 0]);
      const told = answers.filter((each) => each.out.includes('was not written to the end'));
      expect(told, limit).toHaveLength(limit === '60' ? 1 : 0);
      // The policy allows two calls: what was blocked counts as one.
      const allowed = answers.filter((each) => each.out.includes('"allow"'));
      expect(allowed, limit).toHaveLength(Number(limit) < 2 ? 2 : 1);
    }
  });

  it('counts the calls of processes that run at the same time', async () => {
    const answers = await Promise.all(
      Array.from(
        { length: 6 },
        (_, index) =>
          new Promise<string>((resolve) => {
            const child = spawn(process.execPath, ARGUMENTS(), { cwd: folder });
            let out = '';
            child.stdout.on('data', (chunk: Buffer) => {
              out += chunk.toString();
            });
            child.on('close', () => resolve(out));
            child.stdin.end(call('parallel', `toolu_${index}`));
          }),
      ),
    );
    expect(answers.filter((answer) => answer.includes('"allow"'))).toHaveLength(2);
    expect(answers.filter((answer) => answer.includes('"deny"'))).toHaveLength(4);
    expect(readdirSync(join(folder, 'state')).every((name) => name.endsWith('.jsonl'))).toBe(true);
  });
});
