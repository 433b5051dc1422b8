import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { VERSION } from '../../src/cli/version.js';
import { runCli } from '../support/terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deodar-cli-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string | object>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const run = (...args: string[]) => runCli(folder, args);
const PERMIT = 'permit (principal, action, resource);\n';
const permitOf = (user: string): string => `permit (principal == User::"${user}", action, resource);\n`;

describe('deodar', () => {
  it('has the version of the package', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(VERSION).toBe(version);
  });

  it('lists its commands without arguments, as a failure', async () => {
    const { code, err } = await run();
    expect(code).toBe(1);
    for (const { name } of COMMANDS) expect(err).toContain(`  ${name}`);
  });

  it.each(COMMANDS.map((c) => c.name))('%s --help shows usage, exit codes and two examples', async (name) => {
    const { code, out } = await run(name, '--help');
    expect(code).toBe(0);
    expect(out).toContain(`Usage: deodar ${name}`);
    expect(out).toContain('Exit codes: 0');
    const examples = out.split('Examples:\n')[1]?.trimEnd().split('\n') ?? [];
    expect(examples).toHaveLength(2);
    for (const example of examples) expect(example).toContain(`deodar ${name}`);
  });

  it('suggests the command that was meant', async () => {
    expect((await run('chek')).err).toContain('did you mean `deodar check`?');
  });

  it('refuses options that it does not know', async () => {
    const { code, err } = await run('check', '--nope');
    expect(code).toBe(1);
    expect(err).toContain('there is no option --nope');
  });
});

describe('deodar check', () => {
  it('counts policies of files, folders and globs', async () => {
    write({ 'a.cedar': PERMIT, 'sub/b.cedar': `${permitOf('x')}${permitOf('y')}` });
    expect(await run('check', '.')).toEqual({ code: 0, out: '2 files, 3 policies, no errors\n', err: '' });
    expect((await run('check', 'sub/*.cedar')).out).toBe('1 file, 2 policies, no errors\n');
    expect((await run('check', 'a.cedar', 'sub', 'a.cedar')).out).toBe('2 files, 3 policies, no errors\n');
    expect((await run('check')).code).toBe(0);
  });

  it('reports every syntax error with file, line and column', async () => {
    write({
      'bad.cedar': 'permt (principal, action, resource);\npermit (principal, action, resource) when { 1 = 2 };\n',
    });
    const { code, err } = await run('check', 'bad.cedar');
    expect(code).toBe(1);
    expect(err).toMatch(/bad\.cedar:1:1: error\[/);
    expect(err).toMatch(/bad\.cedar:2:\d+: error\[/);
    expect(err).toContain('1 file, 2 errors\n');
  });

  it('reports an id that two files use', async () => {
    write({ 'a.cedar': `@id("x") ${PERMIT}`, 'b.cedar': `@id("x") ${PERMIT}` });
    const { code, err } = await run('check');
    expect(code).toBe(1);
    expect(err).toContain('b.cedar:1:1: error[duplicate-policy-id]');
    expect(err).toContain('a.cedar:1:1');
  });

  it('reads standard input', async () => {
    expect((await runCli(folder, ['check', '-'], PERMIT)).out).toBe('1 file, 1 policy, no errors\n');
    expect((await runCli(folder, ['check', '-'], 'nonsense')).err).toContain('<stdin>:1:1: error');
  });

  it('prints findings as JSON', async () => {
    write({ 'bad.cedar': 'permit (principal, action, resource)' });
    const { code, out, err } = await run('check', 'bad.cedar', '--json');
    expect(code).toBe(1);
    expect(err).toBe('');
    const report = JSON.parse(out) as { errors: number; diagnostics: { labels: { file: string; line: number }[] }[] };
    expect(report.errors).toBe(1);
    expect(report.diagnostics[0]?.labels[0]).toMatchObject({ file: 'bad.cedar', line: 1 });
  });

  it.each([
    ['a missing file', 'nope.cedar', 'nope.cedar: error[file-not-found]'],
    ['an empty folder', 'empty', 'empty: error[no-files]'],
    ['a pattern without matches', '*.nope', 'error[no-files]'],
    ['a file that is not UTF-8', 'latin1.cedar', 'latin1.cedar: error[file-unreadable]'],
  ])('ends with a clear message for %s', async (_name, path, message) => {
    write({});
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'latin1.cedar'), Uint8Array.from([0x2f, 0x2f, 0xe9, 0x0a]));
    const { code, err } = await run('check', path);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });

  it('ends with one clear message for a policy that is nested 100,000 levels deep', async () => {
    write({
      'deep.cedar': `permit (principal, action, resource) when { ${'('.repeat(100_000)}true${')'.repeat(100_000)} };`,
    });
    const { code, err } = await run('check', 'deep.cedar');
    expect(code).toBe(1);
    expect(err).toMatch(/deep\.cedar:1:\d+: error\[nesting-too-deep\]/);
    expect(err).toContain('1 file, 1 error\n');
  });

  it('reads 200 levels of nesting and a file of 5 MB', async () => {
    write({
      'nested.cedar': `permit (principal, action, resource) when { ${'('.repeat(200)}true${')'.repeat(200)} };`,
      'large.cedar': Array.from({ length: 100_000 }, (_, i) => permitOf(`user-${i}`)).join(''),
    });
    const { code, err, out } = await run('check');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('2 files, 100001 policies, no errors');
  });
});

describe('deodar authorize', () => {
  beforeEach(() => {
    write({
      'p.cedar':
        '@id("staff") permit (principal in Group::"staff", action, resource) when { context.n == 9223372036854775807 };\n@id("bad") forbid (principal, action, resource) when { context.nope };',
      'entities.json': [{ uid: { type: 'User', id: 'alice' }, attrs: {}, parents: [{ type: 'Group', id: 'staff' }] }],
      'request.json':
        '{ "principal": "User::\\"alice\\"", "action": "Action::\\"a\\"", "resource": { "type": "R", "id": "r" }, "context": { "n": 9223372036854775807 } }',
      'context.json': '{ "n": 1 }',
    });
  });

  it('allows with exit code 0 and exact 64-bit integers', async () => {
    const { code, out, err } = await run(
      'authorize',
      '-p',
      'p.cedar',
      '--entities',
      'entities.json',
      '--request-json',
      'request.json',
      '-v',
    );
    expect([code, out]).toEqual([0, 'ALLOW\n\nnote: this decision was due to the following policies:\n  staff\n']);
    expect(err).toBe('error while evaluating policy `bad`: record does not have the attribute `nope`\n');
  });

  it('denies with exit code 2', async () => {
    const args = ['-l', 'User::"alice"', '-a', 'Action::"a"', '-r', 'R::"r"', '-c', 'context.json'];
    const { code, out } = await run('authorize', '-p', 'p.cedar', ...args, '-v');
    expect([code, out]).toEqual([2, 'DENY\n\nnote: no policies applied to this request\n']);
  });

  it('prints the answer as JSON', async () => {
    const { out } = await run(
      'authorize',
      '-p',
      'p.cedar',
      '--entities',
      'entities.json',
      '--request-json',
      'request.json',
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({
      decision: 'allow',
      reason: ['staff'],
      errors: [{ policyId: 'bad', error: { kind: 'RecordAttrDoesNotExist' } }],
    });
  });

  it.each([
    ['no policies', ['--request-json', 'request.json'], 'no policies'],
    ['no request', ['-p', 'p.cedar'], 'the request is incomplete'],
    [
      'a request twice',
      ['-p', 'p.cedar', '--request-json', 'request.json', '-l', 'User::"a"'],
      'leave --principal out',
    ],
    ['a bad uid', ['-p', 'p.cedar', '-l', 'User', '-a', 'Action::"a"', '-r', 'R::"r"'], 'principal:1:5: error'],
    [
      'a missing entities file',
      ['-p', 'p.cedar', '--entities', 'nope.json', '--request-json', 'request.json'],
      'nope.json: error[file-not-found]',
    ],
    [
      'entities that are no entities',
      ['-p', 'p.cedar', '--entities', 'request.json', '--request-json', 'request.json'],
      'request.json:1:1: error',
    ],
    ['a missing schema', ['-p', 'p.cedar', '-s', 'x', '--request-json', 'request.json'], 'x: error[file-not-found]'],
  ])('fails with exit code 1 for %s', async (_name, args, message) => {
    const { code, err } = await run('authorize', ...args);
    expect(err).toContain(message);
    expect(code).toBe(1);
  });

  it('names the file in which a uid is wrong', async () => {
    write({
      'bad.json':
        '{ "principal": "User::alice", "action": "Action::\\"a\\"",\n  "resource": { "type": "R", "id": 1 } }',
    });
    const { code, err } = await run('authorize', '-p', 'p.cedar', '--request-json', 'bad.json');
    expect(err).toContain('bad.json:1:16: error[bad-entity-uid]: this entity uid is not complete');
    expect(err).toContain('bad.json:2:36: error');
    expect(code).toBe(1);
  });
});

describe('deodar init, test and adjudicate', () => {
  it('work together in a new folder', async () => {
    expect((await run('init')).code).toBe(0);
    const tested = await run('test', '--coverage');
    expect(tested.out).toContain('results: 12 passed, 0 failed');
    expect(tested.out).toContain('coverage: policies 100 %');
    expect(tested.code).toBe(0);
    const judged = await run('adjudicate', '--agent', 'agent.json', '--policies', '.', 'session.jsonl');
    expect(judged.err).toBe('');
    expect(judged.code).toBe(0);
    expect(judged.out).toContain('6 events: 4 ALLOW, 1 DENY, 1 ESCALATE');
    expect(judged.out).toContain('-> owner');
    expect((await run('check')).out).toContain('no errors');
  });

  it('init overwrites nothing', async () => {
    write({ 'agent.json': 'mine' });
    const { code, err } = await run('init');
    expect(code).toBe(1);
    expect(err).toContain('agent.json exists already');
    expect(readFileSync(join(folder, 'agent.json'), 'utf8')).toBe('mine');
  });

  it('test says what was expected and what was seen, and fails', async () => {
    await run('init');
    write({
      'tests/wrong.test.json': {
        agent: '../agent.json',
        policies: '..',
        tests: [
          {
            name: 'wrong',
            event: { stage: 'PRE_MODEL', role: 'user', content: { text: 'hi' } },
            decision: 'DENY',
            policies: ['nope'],
          },
        ],
      },
    });
    const { code, out } = await run('test', 'tests');
    expect(code).toBe(1);
    expect(out).toContain('FAILED wrong');
    expect(out).toContain('expected DENY, got ALLOW');
    expect(out).toContain('missing policies: nope');
  });

  it('adjudicate prints one JSON object a line', async () => {
    await run('init');
    const { out } = await run('adjudicate', '--agent', 'agent.json', '-p', '.', '--json', 'session.jsonl');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { decision: string; step: number });
    expect(lines.map((l) => l.decision)).toEqual(['ALLOW', 'ALLOW', 'ALLOW', 'ESCALATE', 'DENY', 'ALLOW']);
    expect(lines.map((l) => l.step)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('adjudicate fails on what it is told to fail on', async () => {
    await run('init');
    const args = ['adjudicate', '--agent', 'agent.json', '-p', '.', 'session.jsonl'];
    expect((await run(...args, '--fail-on', 'deny')).code).toBe(2);
    expect((await run(...args, '--fail-on', 'escalate')).code).toBe(2);
    expect((await run(...args, '--fail-on', 'maybe')).code).toBe(1);
  });

  it.each(['', '\n', ' \r\n\t\n\uFEFF'])('adjudicate fails where there is no event: %j', async (events) => {
    await run('init');
    const args = ['adjudicate', '--agent', 'agent.json', '-p', '.'];
    const { code, out, err } = await runCli(folder, args, events);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('<stdin>: error[no-events]: there is no event to judge');
    const json = await runCli(folder, [...args, '--json'], events);
    expect({ code: json.code, out: json.out }).toEqual({ code: 1, out: '' });
    expect(json.err).toContain('"no-events"');
  });

  it('adjudicate denies a line that is no event, goes on, and fails', async () => {
    await run('init');
    const good = JSON.stringify({ stage: 'PRE_MODEL', role: 'user', content: { text: 'hi' } });
    const { code, out, err } = await runCli(
      folder,
      ['adjudicate', '--agent', 'agent.json', '-p', '.'],
      `not json\n\n  {"stage":"PRE_MODL"}\r\n${good}\n{"stage": "PRE_MODEL", "role": x}\n`,
    );
    expect(code).toBe(1);
    expect(err).toContain('<stdin>:1:1: error[json-');
    expect(err).toContain('3 lines are no event; denied');
    expect(err).toContain('<stdin>:3:12: error[bad-event]');
    expect(err).toContain('3 |   {"stage":"PRE_MODL"}');
    expect(err).toContain('<stdin>:5:32: error[json-');
    expect(err).toContain('did you mean "PRE_MODEL"?');
    expect(out).toContain('4 events: 1 ALLOW, 3 DENY, 0 ESCALATE');
  });

  it('reads an agent or entities from standard input', async () => {
    await run('init');
    const agent = readFileSync(join(folder, 'agent.json'), 'utf8');
    const judged = await runCli(folder, ['adjudicate', '--agent', '-', '-p', 'policies.cedar', 'session.jsonl'], agent);
    expect(judged).toMatchObject({ code: 0, err: '' });
    const twice = await runCli(folder, ['adjudicate', '--agent', '-', '-p', 'policies.cedar'], agent);
    expect(twice.code).toBe(1);
    expect(twice.err).toContain('<stdin>: error[stdin-twice]');
    write({ 'in.cedar': 'permit (principal in G::"g", action, resource);' });
    const request = ['-l', 'U::"a"', '-a', 'Action::"a"', '-r', 'R::"r"'];
    const entities = JSON.stringify([{ uid: { type: 'U', id: 'a' }, attrs: {}, parents: [{ type: 'G', id: 'g' }] }]);
    const allowed = await runCli(folder, ['authorize', '-p', 'in.cedar', '--entities', '-', ...request], entities);
    expect(allowed).toMatchObject({ code: 0, out: 'ALLOW\n' });
  });

  it('test and format --check say to programs where something is wrong', async () => {
    await run('init');
    write({
      'tests/wrong.test.json': `[\n  ${JSON.stringify({ name: 'no', request: { principal: 'A::"a"', action: 'A::"a"', resource: 'A::"a"' }, entities: [], decision: 'allow' })}\n]`,
      'ugly.txt': 'permit(principal,action,resource);',
    });
    const tested = await run('test', 'tests/wrong.test.json', '--format', 'github');
    expect(tested.err).toMatch(
      /^::error file=tests\/wrong\.test\.json,line=2,endLine=2,col=3,endColumn=\d+,title=failed-test::no: expected allow, got deny\n$/,
    );
    expect(tested.code).toBe(1);
    const checked = await run('format', '--check', 'ugly.txt', '--format', 'github');
    expect(checked).toMatchObject({ code: 1, out: 'ugly.txt\n' });
    expect(checked.err).toContain('::error file=ugly.txt,title=not-formatted::');
    expect((await run('test', '--filter', 'no such test')).err).toContain('error[no-tests]');
  });

  it.each([
    ['a missing agent file', ['--agent', 'nope.json', '-p', '.'], 'nope.json: error[file-not-found]'],
    ['an agent that is no agent', ['--agent', 'session.jsonl', '-p', '.'], 'session.jsonl:2:1: error'],
    ['no policies', ['--agent', 'agent.json', '-p', 'tests'], 'tests: error[no-files]'],
    ['a folder of events', ['--agent', 'agent.json', '-p', '.', 'tests'], 'tests: error[file-unreadable]: is a folder'],
  ])('adjudicate fails with exit code 1 for %s', async (_name, args, message) => {
    await run('init');
    const { code, err } = await run('adjudicate', ...args);
    expect(err).toContain(message);
    expect(code).toBe(1);
  });
});
