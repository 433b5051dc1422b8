import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askResident, STOP_REQUEST } from '../../src/cli/ask-resident.js';
import { programHash } from '../../src/cli/load-hook-program.js';
import { main } from '../../src/cli/main.js';
import { JUDGED_ENVIRONMENT, SERVE } from '../../src/cli/resident-hook.js';
import { residentSocket } from '../../src/cli/resident-place.js';

// `--resident` in processes of its own. `npm test` builds it first.

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

/** Short, since paths of sockets are; another run of these tests has another. */
const PREFIX = join(tmpdir(), `dr${process.pid}-`);

let folder = '';
let state = '';
const children: ChildProcess[] = [];
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(PREFIX);
  state = join(folder, 's');
  mkdirSync(join(folder, '.deodar'));
  policies('@id("all") permit (principal, action, resource);');
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  if (existsSync(resident())) chmodSync(resident(), 0o700);
  stop();
  rmSync(folder, { recursive: true, force: true });
});

// One that was begun while its test ended finds that its folder is gone.
afterAll(() => until(() => leftBehind().length === 0));

/** What Linux knows of processes that listen in folders of these tests. */
function leftBehind(): readonly string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc').filter((id) => {
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, 'utf8');
      return command.includes(SERVE) && command.includes(PREFIX);
    } catch {
      return false;
    }
  });
}

const resident = () => join(state, 'deodar', 'resident');
const sockets = () => (existsSync(resident()) ? readdirSync(resident()).filter((name) => name.endsWith('.sock')) : []);
const policies = (text: string) => writeFileSync(join(folder, '.deodar', 'a.cedar'), text);
const forbidding =
  '@id("all") permit (principal, action, resource); @id("no") forbid (principal, action in Action::"PRE_TOOL", resource);';
const environment = () => ({ ...process.env, XDG_STATE_HOME: state });
const stop = () => run(['--stop-resident'], '');

function run(options: readonly string[], input: string, bin = BIN) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'hook', 'claude-code', ...options], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: environment(),
  });
  return { status, stdout, stderr };
}

const event = (name: string, members: object = {}) =>
  JSON.stringify({ session_id: 'one', cwd: folder, hook_event_name: name, ...members });
const call = (command = 'ls', id = 'toolu_1') =>
  event('PreToolUse', { tool_name: 'Bash', tool_input: { command }, tool_use_id: id });
const ALLOWED = { status: 0, stderr: '', stdout: expect.stringContaining('"allow"') };

function socketOf(bin = BIN): string {
  const path = residentSocket(resident(), programHash(dirname(bin)) ?? '');
  if (path === undefined) throw new Error('there can be no resident process here');
  return path;
}

async function until(condition: () => boolean): Promise<void> {
  let isMet = condition();
  for (let tries = 0; tries < 800 && !isMet; tries++) {
    await new Promise((done) => setTimeout(done, 25));
    isMet = condition();
  }
  expect(isMet).toBe(true);
}

/** A resident process that the test can do things to. */
async function serve(bin = BIN): Promise<ChildProcess> {
  mkdirSync(resident(), { recursive: true, mode: 0o700 });
  const child = spawn(process.execPath, [bin, 'hook', SERVE, socketOf(bin)], { stdio: 'ignore' });
  children.push(child);
  await until(() => existsSync(socketOf(bin)));
  return child;
}

/** Something else that listens where a resident process would, and what it was sent. */
async function impostor(reply: (message: string) => string | Buffer | undefined): Promise<readonly string[]> {
  const messages: string[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let message = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      message += String(chunk);
    });
    socket.on('end', () => {
      messages.push(message);
      const text = reply(message);
      if (text !== undefined) socket.end(text);
    });
  });
  servers.push(server);
  mkdirSync(resident(), { recursive: true, mode: 0o700 });
  await new Promise<void>((done) => server.listen(socketOf(), done));
  return messages;
}

/** A hook whose end is waited for while this process does something else. */
function started(options: readonly string[], input: string) {
  const child = spawn(process.execPath, [BIN, 'hook', 'claude-code', ...options], { cwd: folder, env: environment() });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  child.stdin.end(input);
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, stdout, stderr })),
  );
}

/** Whether some process judged by itself: only those keep code. */
function judgedAlone(): boolean {
  const kept = join(state, 'deodar', 'kept');
  return existsSync(kept) && readdirSync(kept).some((name) => name.endsWith('.code'));
}

describe.skipIf(process.platform === 'win32')('a resident process', () => {
  it('is left behind by the first event, answers the next, and ends when it is told to', async () => {
    expect(run(['--resident'], call())).toMatchObject(ALLOWED);
    await until(() => sockets().length === 1);
    rmSync(join(state, 'deodar', 'kept'), { recursive: true, force: true });
    expect(run(['--resident'], call('ls', 'toolu_2'))).toMatchObject(ALLOWED);
    expect(judgedAlone()).toBe(false);
    expect(stop()).toEqual({ status: 0, stdout: 'ended 1 resident process\n', stderr: '' });
    expect(readdirSync(resident())).toEqual([]);
    expect(stop().stdout).toBe('no resident process is there\n');
  });

  it('is not begun without --resident', () => {
    expect(run([], call())).toMatchObject(ALLOWED);
    expect(existsSync(resident())).toBe(false);
  });

  it('answers what a process that judges by itself does', async () => {
    policies(
      '@id("all") permit (principal, action, resource); @id("few") forbid (principal, action in Action::"PRE_TOOL", resource) when { resource.toolCalls >= 2 };',
    );
    await serve();
    const post = {
      tool_name: 'Bash',
      tool_input: { command: 'ls' },
      tool_response: { stdout: 'a' },
      tool_use_id: 't1',
    };
    const cases: [options: readonly string[], input: string][] = [
      [[], call('ls', 't1')],
      [[], event('PostToolUse', post)],
      [['--label', 'x'], call('cat a', 't2')],
      [[], call('cat b', 't3')],
      [['--shadow'], call('cat c', 't4')],
      [[], event('UserPromptSubmit', { prompt: 'Do it' })],
      [[], event('Stop', { last_assistant_message: 'Done', stop_hook_active: false })],
      [[], event('SubagentStop', { last_assistant_message: 'Done', stop_hook_active: false, agent_id: 'a' })],
      [[], event('PreToolUse', { tool_name: 'mcp__x__y', tool_input: { a: 1 }, tool_use_id: 't5' })],
      [
        ['--unregistered', 'policy'],
        event('PreToolUse', { tool_name: 'mcp__x__y', tool_input: {}, tool_use_id: 't6' }),
      ],
      [['--workspace', '/'], call('ls /', 't7')],
      [[], ''],
      [[], '{'],
      [[], event('Unknown')],
      [['--policies', 'nowhere'], call()],
      [['--nonsense'], call()],
      [['--timeout', '0'], call()],
      [['--escalate', 'perhaps'], call()],
      [['--format', 'json'], '['],
    ];
    for (const [options, input] of cases) {
      const alone = run([...options, '--state', join(folder, 'alone')], input);
      rmSync(join(state, 'deodar', 'kept'), { recursive: true, force: true });
      // One that was told something it could not judge ends; the next is there before the next question.
      if (!existsSync(socketOf())) await serve();
      const asked = run([...options, '--state', join(folder, 'asked'), '--resident'], input);
      const name = `${options.join(' ')} ${input}`;
      expect(asked, name).toEqual({ ...alone, stderr: alone.stderr.replaceAll('/alone', '/asked') });
      if (!options.includes('--timeout')) expect(judgedAlone(), name).toBe(false);
      if (alone.status !== 0) await until(() => options.includes('--timeout') || !existsSync(socketOf()));
    }
  });

  it('reads changed policies and agents at the next event', async () => {
    await serve();
    expect(run(['--resident'], call('ls', 'a'))).toMatchObject(ALLOWED);
    policies(forbidding);
    expect(run(['--resident'], call('ls', 'b')).stdout).toContain('"deny"');
    policies('permit (');
    expect(run(['--resident'], call('ls', 'c')).status).toBe(2);
  });

  it('judges by the folder and the environment of who asks', async () => {
    await serve();
    const other = join(folder, 'other');
    mkdirSync(join(other, '.deodar'), { recursive: true });
    writeFileSync(join(other, '.deodar', 'a.cedar'), forbidding);
    const at = (project: string) =>
      spawnSync(process.execPath, [BIN, 'hook', 'claude-code', '--resident'], {
        cwd: folder,
        input: call(),
        encoding: 'utf8',
        env: { ...environment(), CLAUDE_PROJECT_DIR: project },
      }).stdout;
    expect(at(folder)).toContain('"allow"');
    expect(at(other)).toContain('"deny"');
    expect(at(folder)).toContain('"allow"');
    expect(judgedAlone()).toBe(false);
  });

  it('answers several at once', async () => {
    await serve();
    const all = Array.from({ length: 5 }, (_, i) => started(['--resident'], call('ls', `many-${i}`)));
    for (const each of await Promise.all(all)) expect(each).toMatchObject(ALLOWED);
  });

  it('takes as much as one process does, and no more', async () => {
    await serve();
    const large = call(`echo ${'x'.repeat(8 * 1024 * 1024)}`);
    expect(run(['--resident', '--timeout', '60'], large)).toEqual(run(['--timeout', '60'], large));
    expect(run(['--resident'], `"${'x'.repeat(17 * 1024 * 1024)}"`)).toMatchObject({ status: 2, stdout: '' });
  });

  it('is replaced where it was killed', async () => {
    const child = await serve();
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
    expect(sockets()).toHaveLength(1);
    expect(run(['--resident'], call())).toMatchObject(ALLOWED);
    await until(() => stop().stdout === 'ended 1 resident process\n');
  });

  it.each(['SIGKILL', 'SIGCONT'] as const)('loses no event when it hangs before %s', async (signal) => {
    const child = await serve();
    child.kill('SIGSTOP');
    const answer = started(['--resident'], call());
    await new Promise((done) => setTimeout(done, 400));
    child.kill(signal);
    expect(await answer).toMatchObject(ALLOWED);
  });

  it('loses no event when it goes on hanging', async () => {
    const child = await serve();
    child.kill('SIGSTOP');
    expect(run(['--resident'], call())).toMatchObject(ALLOWED);
    expect(judgedAlone()).toBe(true);
  });

  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['a blank', ' '],
    ['no JSON', 'allow'],
    ['null', 'null'],
    ['a list', '[0, "", ""]'],
    ['an answer without a code', '{"out":"{}","err":""}'],
    ['another code', '{"code":1,"out":"","err":""}'],
    ['a code as text', '{"code":"0","out":"","err":""}'],
    ['no text', '{"code":0,"out":{},"err":""}'],
    ['the half of an answer', '{"code":0,"out":"{\\"a\\":'],
    ['two answers', '{"code":0,"out":"x","err":""}{"code":0,"out":"x","err":""}'],
    ['more than anybody reads', Buffer.alloc(17 * 1024 * 1024, 0x20)],
    ['no text at all', Buffer.from([0xff, 0xfe, 0x00])],
  ])('does not decide by saying %s', async (_name, reply) => {
    const messages = await impostor(() => reply);
    expect(await started(['--resident'], call())).toMatchObject(ALLOWED);
    expect(messages).toHaveLength(1);
    expect(judgedAlone()).toBe(true);
  });

  it('blocks when it begins to answer and does not end', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).write(' '));
    servers.push(server);
    mkdirSync(resident(), { recursive: true, mode: 0o700 });
    await new Promise<void>((done) => server.listen(socketOf(), done));
    const { status, stdout, stderr } = await started(['--resident', '--timeout', '0.5'], call());
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('there was no answer within 0.5 seconds');
  });

  it('blocks when standard input never ends', async () => {
    await serve();
    const child = spawn(process.execPath, [BIN, 'hook', 'claude-code', '--resident', '--timeout', '0.5'], {
      cwd: folder,
      env: environment(),
    });
    children.push(child);
    child.stdin.write('{');
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(2);
  });

  it('is not asked where others may look into its folder', async () => {
    const messages = await impostor(() => '{"code":0,"out":"","err":""}');
    chmodSync(resident(), 0o755);
    expect(await started(['--resident'], call())).toMatchObject(ALLOWED);
    expect(messages).toEqual([]);
    expect(stop().stdout).toBe('no resident process is there\n');
  });

  it.skipIf(process.getuid?.() !== 0)('is not asked where the folder is that of somebody else', async () => {
    const messages = await impostor(() => '{"code":0,"out":"","err":""}');
    chownSync(resident(), 12345, 12345);
    expect(await started(['--resident'], call())).toMatchObject(ALLOWED);
    expect(messages).toEqual([]);
  });

  it('outlives messages that are none', async () => {
    await serve();
    const never = Promise.resolve(new Uint8Array());
    for (const message of ['', '\n', 'x\n', '{}\n', '[]\n', 'null\n', '{"args":[1],"cwd":"/","env":{}}\n', '{"args":'])
      expect(await askResident(socketOf(), message, never), message).toBe('broken');
    expect(await askResident(socketOf(), '{"args":["claude-code"],"cwd":"/","env":{"HOME":1}}\n', never)).toBe(
      'broken',
    );
    expect(run(['--resident'], call())).toMatchObject(ALLOWED);
    expect(judgedAlone()).toBe(false);
  });

  it('ends when its program is not what it was', async () => {
    const copy = join(folder, 'p', 'cli');
    cpSync(dirname(BIN), copy, { recursive: true });
    const child = await serve(join(copy, 'bin.js'));
    const socket = socketOf(join(copy, 'bin.js'));
    const ended = new Promise((done) => child.once('exit', done));
    const first = join(copy, 'hook.cjs');
    writeFileSync(first, readFileSync(first, 'utf8').replace(/[0-9a-f]{64}$/, 'a'.repeat(64)));
    expect(
      await askResident(socket, '{"args":["claude-code"],"cwd":"/","env":{}}\n', Promise.resolve(new Uint8Array())),
    ).toBe('broken');
    await ended;
    expect(existsSync(socket)).toBe(false);
  });

  it('gives its name to one that begins later, and takes it from nobody when it ends', async () => {
    const first = await serve();
    const { ino } = statSync(socketOf());
    const ended = new Promise((done) => first.once('exit', done));
    const second = spawn(process.execPath, [BIN, 'hook', SERVE, socketOf()], { stdio: 'ignore' });
    children.push(second);
    await until(() => statSync(socketOf()).ino !== ino);
    expect(run(['--resident'], call())).toMatchObject(ALLOWED);
    expect(readdirSync(resident())).toHaveLength(1);
    first.kill('SIGTERM');
    await ended;
    expect(sockets()).toHaveLength(1);
    expect(await askResident(socketOf(), STOP_REQUEST, Promise.resolve(new Uint8Array()))).toBe('broken');
    await until(() => sockets().length === 0);
  });

  it('is written into the settings unasked, and ends when they are taken out', async () => {
    const settings = join(folder, '.claude', 'settings.json');
    expect(run(['--install'], '')).toMatchObject({ status: 0, stderr: '' });
    const command: string = JSON.parse(readFileSync(settings, 'utf8')).hooks.PreToolUse[0].hooks[0].command;
    expect(command).toMatch(/ --resident \|\| exit 2/);
    await serve();
    expect(run(['--uninstall'], '').stdout).toContain('ended 1 resident process');
    expect(sockets()).toEqual([]);
  });

  it('tells each session once of rules that ask facts for what they never say, when it had the time to look', async () => {
    policies(
      '@id("all") permit (principal, action, resource); @id("no") forbid (principal, action == Action::"Bash", resource) when { context.facts.command.commands.contains("git push -f") };',
    );
    await serve();
    let calls = 0;
    const messages = (session: string): readonly string[] => {
      const input = JSON.parse(call('ls', `toolu_${calls++}`));
      const answer = run(['--resident'], JSON.stringify({ ...input, session_id: session }));
      expect(answer).toMatchObject(ALLOWED);
      const { systemMessage } = JSON.parse(answer.stdout);
      return systemMessage === undefined ? [] : [systemMessage];
    };
    expect(messages('a')).toEqual([]);
    let said: readonly string[] = [];
    for (let tries = 0; tries < 10 && said.length === 0; tries++) {
      await new Promise((done) => setTimeout(done, 2000));
      said = messages('a');
    }
    expect(said).toEqual([
      expect.stringMatching(/^deodar: 1 problem in the policies, which `deodar doctor` shows: in the policy "no", /),
    ]);
    expect(messages('a')).toEqual([]);
    expect(messages('b')).toEqual(said);
    policies('@id("all") permit (principal, action, resource);');
    expect(messages('c')).toEqual([]);
  });

  it('is told all that judging reads of the environment', async () => {
    const read = new Set<string>();
    const env = new Proxy<Record<string, string | undefined>>(
      { HOME: folder },
      {
        get: (target, name) => {
          if (typeof name === 'string') read.add(name);
          return Reflect.get(target, name);
        },
      },
    );
    for (const options of [[], ['--format', 'sarif'], ['--policies', 'nowhere']])
      for (const input of [call(), '{', event('Stop', { last_assistant_message: 'x', stop_hook_active: false })])
        await main(['hook', 'claude-code', ...options], {
          cwd: folder,
          env,
          color: false,
          errorColor: false,
          isScreen: false,
          out: () => undefined,
          err: () => undefined,
          stdin: async () => Buffer.from(input),
        });
    expect(read).toContain('HOME');
    expect(JUDGED_ENVIRONMENT).toEqual(expect.arrayContaining([...read]));
  });
});
