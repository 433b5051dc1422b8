import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../support/terminal.js';

const POLICIES = `
@id("all") permit (principal, action, resource);
@id("no-rm") @description("Nothing is deleted") forbid (principal, action == Action::"Bash", resource)
when { context.facts.command.programs.contains("rm") };
@id("ask-push") @escalate("owner") forbid (principal, action == Action::"Bash", resource)
when { context.facts.command.commands.contains("git push") };
@id("stay") forbid (principal, action in Action::"PRE_TOOL", resource) when { context has touches && context.touches.outsideWorkspace };
@id("three-calls") forbid (principal, action in Action::"PRE_TOOL", resource) when { resource.toolCalls >= 3 };
@id("no-secrets") forbid (principal, action in Action::"POST_TOOL", resource) when { context.facts.response.secretCount > 0 };
@id("rm-results") forbid (principal, action == Action::"Bash:result", resource)
when { context has call && context.call.parameters.command like "*unlink*" };
@id("no-swearing") forbid (principal, action in [Action::"PRE_MODEL", Action::"POST_MODEL"], resource)
when { resource.text like "*damn*" };
@id("tainted") forbid (principal, action in Action::"PRE_TOOL", resource) when { resource.labels.contains(Label::"tainted") };
@id("no-sub-agents") forbid (principal, action in Action::"PRE_TOOL", resource) when { resource in Trajectory::"watched" && resource has parent };
`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deodar-hook-'));
  mkdirSync(join(folder, '.deodar'));
  writeFileSync(join(folder, '.deodar', 'policies.cedar'), POLICIES);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Input = Record<string, unknown>;

const common = (): Input => ({
  session_id: 's1',
  transcript_path: join(folder, 't.jsonl'),
  cwd: folder,
  permission_mode: 'default',
});
const call = (command: string, id = 'toolu_1', more: Input = {}): Input => ({
  ...common(),
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command },
  tool_use_id: id,
  ...more,
});
const result = (command: string, response: unknown, id = 'toolu_1', more: Input = {}): Input => ({
  ...call(command, id),
  hook_event_name: 'PostToolUse',
  tool_response: response,
  ...more,
});
const failed = (command: string, error: unknown, id = 'toolu_1', more: Input = {}): Input => ({
  ...call(command, id),
  hook_event_name: 'PostToolUseFailure',
  error,
  is_interrupt: false,
  ...more,
});
const prompt = (text: string): Input => ({ ...common(), hook_event_name: 'UserPromptSubmit', prompt: text });
const stop = (message: string | undefined, again = false): Input => ({
  ...common(),
  hook_event_name: 'Stop',
  stop_hook_active: again,
  ...(message === undefined ? {} : { last_assistant_message: message }),
});

const raw = (text: string, ...options: string[]) =>
  runCli(folder, ['hook', 'claude-code', '--state', join(folder, 'state'), ...options], text);

async function hook(input: unknown, ...options: string[]) {
  const { code, out, err } = await raw(JSON.stringify(input), ...options);
  return { code, err, answer: out === '' ? undefined : JSON.parse(out) };
}

async function permission(input: unknown, ...options: string[]) {
  const { code, answer, err } = await hook(input, ...options);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return answer.hookSpecificOutput?.permissionDecision;
}

describe('deodar hook claude-code before a tool runs', () => {
  it('answers allow, deny and ask with the reason', async () => {
    expect((await hook(call('ls src', 'a'))).answer).toEqual({
      suppressOutput: true,
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'allow',
        permissionDecisionReason: 'Permitted by "all".',
      },
    });
    expect((await hook(call('rm -r src', 'b'))).answer).toEqual({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'deny',
        permissionDecisionReason: 'Forbidden by "no-rm" (Nothing is deleted).',
      },
    });
    expect((await hook(call('git push', 'c'))).answer).toEqual({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'ask',
        permissionDecisionReason: 'Needs approval from "owner": "ask-push".',
      },
    });
  });

  it('denies instead of asking, and defers instead of allowing, where that is wanted', async () => {
    expect(await permission(call('git push', 'a'), '--escalate', 'deny')).toBe('deny');
    expect((await hook(call('ls', 'b'), '--allow', 'defer')).answer).toEqual({ suppressOutput: true });
    expect(await permission(call('rm x', 'c'), '--allow', 'defer')).toBe('deny');
  });

  it('takes the folder of the project for the workspace, and the current folder for relative paths', async () => {
    const read = (path: string, id: string, cwd = folder) =>
      ({ ...call('', id), tool_name: 'Read', tool_input: { file_path: path }, cwd }) satisfies Input;
    expect(await permission(read('src/a.ts', 'a'))).toBe('allow');
    expect(await permission(read('../elsewhere', 'b'))).toBe('deny');
    expect(await permission(read('../elsewhere', 'c', join(folder, 'src')), '--workspace', folder)).toBe('allow');
    // Whoever changes into the root folder does not make it the project.
    expect(
      await permission(
        { ...read('etc/passwd', 'd'), session_id: 's2', cwd: '/' },
        '--workspace',
        folder,
        '-p',
        join(folder, '.deodar'),
      ),
    ).toBe('deny');
  });

  it('denies a tool that nobody declared, unless policies are to decide', async () => {
    const unknown = { ...call('', 'a'), tool_name: 'mcp__files__read', tool_input: { path: 'x' } };
    expect(await permission(unknown)).toBe('deny');
    expect(await permission({ ...unknown, tool_use_id: 'b' }, '--unregistered', 'policy')).toBe('allow');
    const done = { ...unknown, hook_event_name: 'PostToolUse', tool_response: 'text', tool_use_id: 'b' };
    expect((await hook(done, '--unregistered', 'policy')).answer).toEqual({ suppressOutput: true });
    expect((await hook({ ...done, tool_use_id: 'c' })).answer.decision).toBe('block');
  });

  it('reports and blocks nothing in shadow mode', async () => {
    expect((await hook(call('rm x'), '--shadow')).answer).toEqual({
      suppressOutput: true,
      systemMessage: 'deodar (shadow): DENY. Forbidden by "no-rm" (Nothing is deleted).',
    });
  });

  it('reads glob sets and tools from an agent file, and keeps the built-in tools', async () => {
    writeFileSync(
      join(folder, '.deodar', 'agent.json'),
      JSON.stringify({
        id: 'mine',
        name: 'Mine',
        tools: [{ name: 'mcp__db__query', inputSchema: { type: 'object', properties: { sql: { type: 'string' } } } }],
        workspace: { root: '/elsewhere', globs: { keys: ['*.key'] } },
      }),
    );
    writeFileSync(
      join(folder, '.deodar', 'keys.cedar'),
      '@id("keys") forbid (principal, action == Action::"Read", resource) when { context.touches.globs.contains("keys") };',
    );
    const read = (path: string, id: string) => ({
      ...call('', id),
      tool_name: 'Read',
      tool_input: { file_path: path },
    });
    expect(await permission(read('a.key', 'a'))).toBe('deny');
    expect(await permission(read('a.txt', 'b'))).toBe('allow');
    expect(await permission({ ...read('', 'c'), tool_name: 'mcp__db__query', tool_input: { sql: 'select 1' } })).toBe(
      'allow',
    );
  });
});

describe('deodar hook claude-code after a tool ran', () => {
  const SECRET = ['ghp', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_');

  it('lets a result pass', async () => {
    expect((await hook(result('ls', { stdout: 'a b', stderr: '', interrupted: false }))).answer).toEqual({
      suppressOutput: true,
    });
  });

  it('blocks a result and puts a notice of the same form in its place', async () => {
    const { answer } = await hook(
      result('ls', { type: 'text', stdout: SECRET, lines: [SECRET, 7], interrupted: false, extra: null }),
    );
    expect(answer.decision).toBe('block');
    expect(JSON.stringify(answer)).not.toContain(SECRET);
    expect(answer.hookSpecificOutput).toEqual({
      hookEventName: 'PostToolUse',
      updatedToolOutput: {
        type: 'text',
        stdout: 'Tool result withheld: Forbidden by "no-secrets".',
        lines: ['', 0],
        interrupted: false,
        extra: null,
      },
    });
  });

  it('gives the result of an MCP tool as MCP content', async () => {
    const { answer } = await hook(
      { ...result('', SECRET), tool_name: 'mcp__x__y', tool_input: {} },
      '--unregistered',
      'policy',
    );
    expect(answer.hookSpecificOutput.updatedMCPToolOutput).toEqual([
      { type: 'text', text: 'Tool result withheld: Forbidden by "no-secrets".' },
    ]);
  });

  it('shows policies the call that a result answers', async () => {
    expect((await hook(result('unlink x', 'done'))).answer.reason).toBe('Forbidden by "rm-results".');
  });

  it('blocks the result of a call that was denied, and a second result of a call', async () => {
    expect(await permission(call('rm x', 'a'))).toBe('deny');
    expect((await hook(result('rm x', 'gone', 'a'))).answer.reason).toContain('was denied, so there can be no result');
    expect(await permission(call('ls', 'b'))).toBe('allow');
    expect((await hook(result('ls', 'one', 'b'))).answer.decision).toBeUndefined();
    expect((await hook(result('ls', 'two', 'b'))).answer.reason).toContain('has been answered already');
  });
});

describe('deodar hook claude-code after a tool failed', () => {
  const SECRET = ['ghp', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_');
  const stopped = (tool: string, reason: string) => ({
    continue: false,
    stopReason: `The error of the tool ${tool} is not for the model: ${reason}`,
  });

  it('lets an error pass that policies permit, and shows them the call that failed', async () => {
    expect(await permission(call('ls', 'a'))).toBe('allow');
    expect((await hook(failed('ls', 'Exit code 1\nno such file', 'a'))).answer).toEqual({ suppressOutput: true });
    expect((await hook(failed('ls', '', 'b'))).answer).toEqual({ suppressOutput: true });
    expect((await hook(failed('unlink x', 'Exit code 1', 'c'))).answer).toEqual(
      stopped('Bash', 'Forbidden by "rm-results".'),
    );
  });

  it('ends everything where the error is not for the model, since it cannot be withheld', async () => {
    expect((await hook(failed('ls', `Exit code 1\n${SECRET}`))).answer).toEqual(
      stopped('Bash', 'Forbidden by "no-secrets".'),
    );
  });

  it('counts the failure as the one result of its call', async () => {
    expect(await permission(call('rm x', 'a'))).toBe('deny');
    expect((await hook(failed('rm x', 'Exit code 1', 'a'))).answer.stopReason).toContain(
      'there can be no result of it',
    );
    expect(await permission(call('ls', 'b'))).toBe('allow');
    expect((await hook(failed('ls', 'Exit code 1', 'b'))).answer).toEqual({ suppressOutput: true });
    expect((await hook(result('ls', 'ok', 'b'))).answer.reason).toContain('has been answered already');
  });

  it('carries labels, and counts as a step', async () => {
    await hook(failed('ls', 'Exit code 1', 'a'), '--label', 'tainted');
    expect(await permission(call('ls', 'b'))).toBe('deny');
    const [name = ''] = readdirSync(join(folder, 'state'));
    expect(readFileSync(join(folder, 'state', name), 'utf8')).toContain('"stage":"POST_TOOL"');
  });

  it('judges the error of a tool whose results have a declared form as a message of the tool', async () => {
    const output = { type: 'object', properties: { rows: { type: 'integer' } }, required: ['rows'] };
    const tools = [{ name: 'mcp__db__query', inputSchema: { type: 'object' }, outputSchema: output }];
    writeFileSync(join(folder, '.deodar', 'agent.json'), JSON.stringify({ id: 'mine', name: 'Mine', tools }));
    const query = { tool_name: 'mcp__db__query', tool_input: {} };
    expect((await hook(failed('', 'no such table', 'a', query))).answer).toEqual({ suppressOutput: true });
    expect((await hook(failed('', 'damn', 'b', query))).answer).toEqual(
      stopped('mcp__db__query', 'Forbidden by "no-swearing".'),
    );
    expect((await hook(failed('', 'no such table', 'a', { ...query, session_id: 's2' }))).code).toBe(0);
  });

  it('finds the agent file beside a file of policies as in their folder', async () => {
    const tools = [{ name: 'mcp__db__query', inputSchema: { type: 'object' } }];
    const query = { ...call('', 'a'), tool_name: 'mcp__db__query', tool_input: {} };
    const judged = async (...options: string[]) =>
      (await hook(query, ...options)).answer.hookSpecificOutput.permissionDecision;
    expect(await judged('--policies', '.deodar/policies.cedar')).toBe('deny');
    writeFileSync(join(folder, '.deodar', 'agent.json'), JSON.stringify({ id: 'mine', name: 'Mine', tools }));
    expect(await judged('--policies', '.deodar')).toBe('allow');
    expect(await judged('--policies', '.deodar/policies.cedar')).toBe('allow');
  });

  it('stops at a tool that nobody declared, and with --unregistered policy lets policies decide', async () => {
    const unknown = { tool_name: 'mcp__x__y', tool_input: {} };
    expect((await hook(failed('', 'no', 'a', unknown))).answer.continue).toBe(false);
    expect((await hook(failed('', 'no', 'b', unknown), '--unregistered', 'policy')).answer).toEqual({
      suppressOutput: true,
    });
  });

  it('reports and stops nothing in shadow mode', async () => {
    expect((await hook(failed('ls', SECRET), '--shadow')).answer).toEqual({
      suppressOutput: true,
      systemMessage: 'deodar (shadow): DENY. Forbidden by "no-secrets".',
    });
  });
});

describe('deodar hook claude-code at prompts and completions', () => {
  it('blocks a prompt', async () => {
    expect((await hook(prompt('hello'))).answer).toEqual({ suppressOutput: true });
    expect((await hook(prompt('damn'))).answer).toEqual({ decision: 'block', reason: 'Forbidden by "no-swearing".' });
  });

  it('refuses to stop once, and ends everything when the model does not mend what it said', async () => {
    expect((await hook(stop('all done'))).answer).toEqual({ suppressOutput: true });
    expect((await hook(stop('damn'))).answer).toEqual({ decision: 'block', reason: 'Forbidden by "no-swearing".' });
    expect((await hook(stop('damn', true))).answer).toEqual({
      continue: false,
      stopReason: 'Forbidden by "no-swearing".',
    });
  });

  it('finds what the model said in the transcript where the input does not hold it', async () => {
    const line = (type: string, content: unknown) => `${JSON.stringify({ type, message: { content } })}\n`;
    writeFileSync(
      join(folder, 't.jsonl'),
      `cut off"}\n${line('assistant', 'fine')}${line('user', 'damn')}${line('assistant', [{ type: 'text', text: 'well, damn' }])}`,
    );
    expect((await hook(stop(undefined))).answer.decision).toBe('block');
    writeFileSync(join(folder, 't.jsonl'), line('assistant', [{ type: 'tool_use', name: 'Bash' }]));
    expect((await hook(stop(undefined))).answer).toEqual({ suppressOutput: true });
    writeFileSync(
      join(folder, 't.jsonl'),
      `${line('assistant', 'fine')}{"type":"assistant","message":{"content":"da\n`,
    );
    expect((await hook(stop(undefined))).code).toBe(2);
    rmSync(join(folder, 't.jsonl'));
    const { code, err } = await hook(stop(undefined));
    expect(code).toBe(2);
    expect(err).toContain(`the transcript ${join(folder, 't.jsonl')} cannot be read: ENOENT`);
  });

  it('blocks once where it cannot judge what the model said, and then lets it stop and says so', async () => {
    for (const event of ['Stop', 'SubagentStop']) {
      const input = { ...stop(undefined), hook_event_name: event, agent_transcript_path: join(folder, 'none.jsonl') };
      const { code, answer } = await hook(input);
      expect({ code, answer }).toEqual({ code: 2, answer: undefined });
      const again = await hook({ ...input, stop_hook_active: true });
      expect(again.code).toBe(0);
      expect(again.answer.continue).toBe(false);
      expect(again.answer.stopReason).toMatch(/^This could not be judged\. the transcript .* cannot be read: ENOENT/);
    }
    writeFileSync(join(folder, '.deodar', 'policies.cedar'), 'permit (principal');
    expect((await hook(stop('fine'))).code).toBe(2);
    for (const input of [stop('fine', true), { ...stop('', true), last_assistant_message: {} }])
      expect((await hook(input)).answer).toMatchObject({ continue: false });
    expect((await hook({ ...call('ls'), stop_hook_active: true })).code).toBe(2);
  });
});

it('says where it looked for policies that are not there', async () => {
  rmSync(join(folder, '.deodar'), { recursive: true });
  const { code, err } = await hook(call('ls'));
  expect(code).toBe(2);
  expect(err).toContain('.deodar: error[file-not-found]: no such file or folder');
  expect(err).toContain(`help: policies are looked for in the project's folder, ${folder}; put them there`);
  mkdirSync(join(folder, '.deodar'));
  const empty = await hook(call('ls'));
  expect(empty.code).toBe(2);
  expect(empty.err).toContain('.deodar: error[no-files]: there are no policy files (*.cedar) in the folder');
  expect(empty.err).toContain(`help: policies are looked for in the project's folder, ${folder}; put them there`);
});

describe('the session of the hook', () => {
  it('counts steps and calls over its processes, for each session by itself', async () => {
    for (const id of ['a', 'b', 'c']) expect(await permission(call('ls', id))).toBe('allow');
    expect(await permission(call('ls', 'd'))).toBe('deny');
    expect(await permission(call('ls', 'd', { session_id: 's2' }))).toBe('allow');
  });

  it('counts an event once that two hooks judge, and refuses another event under the id of a call', async () => {
    for (let i = 0; i < 5; i++) expect(await permission(call('ls', 'a'))).toBe('allow');
    expect((await hook(call('ls -a', 'a'))).answer.hookSpecificOutput.permissionDecisionReason).toContain(
      'was used before',
    );
  });

  it('counts calls at the same time without losing one', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => permission(call('ls', `toolu_${i}`))));
    expect(answers.filter((answer) => answer === 'allow')).toHaveLength(3);
  });

  it('carries labels from the process that put them on', async () => {
    expect(await permission(call('ls', 'a'))).toBe('allow');
    await hook(prompt('read the page'), '--label', 'tainted');
    expect(await permission(call('ls', 'b'))).toBe('deny');
    expect(await permission(call('ls', 'c', { agent_id: 'sub-agent' }))).toBe('deny');
    expect(await permission(call('ls', 'b', { session_id: 's2' }))).toBe('allow');
  });

  it('gives a sub-agent a trajectory of its own below that of the session', async () => {
    expect(await permission(call('ls', 'a', { session_id: 'watched' }))).toBe('allow');
    expect(await permission(call('ls', 'b', { session_id: 'watched', agent_id: 'x' }))).toBe('deny');
  });

  it.each([
    '../../../etc/passwd',
    '/etc/passwd',
    '__proto__',
    'constructor',
    '.',
    '..',
    'a\u0000b',
    'x'.repeat(10_000),
    'ä/ö\n',
  ])('keeps the session %j inside its folder', async (id) => {
    for (const each of ['a', 'b', 'c']) expect(await permission(call('ls', each, { session_id: id }))).toBe('allow');
    expect(await permission(call('ls', 'd', { session_id: id }))).toBe('deny');
    expect(readdirSync(join(folder, 'state')).every((name) => /^[0-9a-f]{64}\.jsonl$/.test(name))).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['.deodar', 'state']);
  });

  it.each(['{"id":1}', 'nonsense', '[]', '{"id":"x","stage":"PRE_TOOL"}', '{"id":"x', '\u0000'])(
    'blocks when its file holds the line %j',
    async (line) => {
      await hook(call('ls', 'a'));
      const [name = ''] = readdirSync(join(folder, 'state'));
      const path = join(folder, 'state', name);
      writeFileSync(path, `${readFileSync(path, 'utf8')}${line}\n`);
      const { code, err } = await hook(call('ls', 'b'));
      expect(code).toBe(2);
      expect(err).toContain('is broken: remove the file to begin anew');
    },
  );

  it('counts a call without an answer as denied', async () => {
    await hook(call('ls', 'a'));
    const [name = ''] = readdirSync(join(folder, 'state'));
    const path = join(folder, 'state', name);
    const [, first] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `\n${first}\n`);
    expect((await hook(result('ls', 'ok', 'a'))).answer.decision).toBe('block');
  });

  it('blocks when the state cannot be written', async () => {
    writeFileSync(join(folder, 'state'), 'a file');
    expect((await hook(call('ls'))).code).toBe(2);
  });
});

describe('whatever goes wrong', () => {
  const blocked = async (text: string, ...options: string[]) => {
    const { code, out, err } = await raw(text, ...options);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^deodar hook: /);
  };

  it.each([
    '',
    ' ',
    '{',
    'null',
    '[]',
    '"PreToolUse"',
    '\u0000',
    '{"session_id":"a"}{}',
    '// comment\n{}',
    '{"hook_event_name":"PreToolUse"}',
    '['.repeat(100_000),
    `{"session_id":"\\ud800"}`,
  ])('blocks the input %.40j', async (text) => blocked(text));

  it.each<[string, Input]>([
    ['session_id', { session_id: 7 }],
    ['session_id', { session_id: '' }],
    ['session_id', { session_id: null }],
    ['session_id', { session_id: ['s1'] }],
    ['cwd', { cwd: undefined }],
    ['cwd', { cwd: 'relative/path' }],
    ['cwd', { cwd: {} }],
    ['hook_event_name', { hook_event_name: 'preToolUse' }],
    ['hook_event_name', { hook_event_name: ['PreToolUse'] }],
    ['hook_event_name', { hook_event_name: '__proto__' }],
    ['hook_event_name', { hook_event_name: 'Notification' }],
    ['tool_name', { tool_name: undefined }],
    ['tool_name', { tool_name: '' }],
    ['tool_name', { tool_name: { toString: 'Bash' } }],
    ['tool_input', { tool_input: undefined }],
    ['tool_name', { tool_name: undefined, toolName: 'Bash' }],
    ['tool_input', { tool_input: undefined, tool_inputs: { command: 'ls' } }],
    ['tool_input', { tool_input: undefined, toolInput: { command: 'ls' } }],
    ['tool_input', { tool_input: 'ls' }],
    ['tool_input', { tool_input: [] }],
    ['tool_input', { tool_input: null }],
    ['tool_use_id', { tool_use_id: 1 }],
    ['tool_use_id', { tool_use_id: '' }],
    ['agent_id', { agent_id: false }],
  ])('blocks a wrong %s: %j', async (field, change) => {
    const { code, answer, err } = await hook({ ...call('ls'), ...change });
    expect({ code, answer }).toEqual({ code: 2, answer: undefined });
    expect(err).toContain(field);
  });

  it('passes over members that it does not know', async () => {
    const { code, answer } = await hook({
      ...call('ls'),
      permission_mode: 'plan',
      tool_inputs: { command: 'rm' },
      x: [1],
    });
    expect(code).toBe(0);
    expect(answer.hookSpecificOutput.permissionDecision).toBe('allow');
  });

  it.each<[string, Input]>([
    ['tool_response', { ...result('ls', 'x'), tool_response: undefined }],
    ['prompt', { ...prompt(''), prompt: 7 }],
    ['last_assistant_message', { ...stop(''), last_assistant_message: {} }],
    ['stop_hook_active', { ...stop(''), stop_hook_active: 'no' }],
  ])('blocks a wrong %s of other events', async (field, input) => {
    const { code, err } = await hook(input);
    expect(code).toBe(2);
    expect(err).toContain(field);
  });

  it('withholds what a tool answered, as exit code 2 would not', async () => {
    writeFileSync(join(folder, '.deodar', 'policies.cedar'), 'permit (principal');
    const { code, answer } = await hook(result('ls', { stdout: 'a b' }));
    expect(code).toBe(0);
    expect(answer.decision).toBe('block');
    expect(answer.reason).toMatch(/^This could not be judged\. [\s\S]*policies\.cedar/);
    expect(answer.hookSpecificOutput.updatedToolOutput.stdout).toMatch(
      /^Tool result withheld: This could not be judged/,
    );
    expect((await hook(failed('ls', 'Exit code 1'))).answer.continue).toBe(false);
    expect((await hook(failed('ls', 7))).code).toBe(2);
  });

  const deep = (levels: number) => `${'{"a":'.repeat(levels)}"secret"${'}'.repeat(levels)}`;
  it.each<[string, string]>([
    ['half of a surrogate pair', '{"stdout":"secret \\ud83d"}'],
    ['a number out of range', '{"stdout":"secret","n":1e999}'],
    ['members twice', '{"stdout":"secret","stdout":"secret"}'],
    ['too many levels', deep(1000)],
    ['far too many levels', deep(200_000)],
  ])('withholds a result that its JSON hides from judging: %s', async (_, response) => {
    for (const tool of ['Bash', 'mcp__a__b']) {
      const input = JSON.stringify({ ...result('ls', 'RESPONSE'), tool_name: tool }).replace('"RESPONSE"', response);
      const { code, out } = await raw(input);
      expect(code).toBe(0);
      const answer = JSON.parse(out);
      expect(answer.decision).toBe('block');
      expect(JSON.stringify(answer.hookSpecificOutput)).not.toContain('secret');
      expect(Object.keys(answer.hookSpecificOutput)).toEqual([
        'hookEventName',
        tool === 'Bash' ? 'updatedToolOutput' : 'updatedMCPToolOutput',
      ]);
    }
  });

  it('withholds what failed and lets a model stop where text is half of a surrogate pair, and blocks anything else', async () => {
    const half = (input: Input) => raw(JSON.stringify(input).replaceAll('HALF', '\\ud83d'));
    expect(JSON.parse((await half(failed('ls', 'HALF'))).out)).toMatchObject({ continue: false });
    expect(JSON.parse((await half(stop('HALF', true))).out)).toMatchObject({ continue: false });
    for (const input of [stop('HALF'), prompt('HALF'), call('HALF'), { ...call('ls'), hook_event_name: 'HALF' }])
      expect(await half(input)).toMatchObject({ code: 2, out: '' });
  });

  it('withholds a result where another member of the input is wrong', async () => {
    for (const change of [{ session_id: 7 }, { tool_use_id: '' }, { cwd: undefined }, { tool_input: 'ls' }])
      expect((await hook({ ...result('ls', 'x'), ...change })).answer, JSON.stringify(change)).toMatchObject({
        decision: 'block',
        hookSpecificOutput: { updatedToolOutput: expect.stringContaining('Tool result withheld') },
      });
  });

  it('blocks nothing in shadow mode, and says so', async () => {
    writeFileSync(join(folder, '.deodar', 'policies.cedar'), 'permit (principal');
    for (const input of [
      call('ls'),
      result('ls', 'x'),
      failed('ls', 'x'),
      prompt('x'),
      stop('x'),
      stop('x', true),
      7,
    ]) {
      const { code, answer, err } = await hook(input, '--shadow');
      expect({ code, err, keys: Object.keys(answer) }).toEqual({
        code: 0,
        err: '',
        keys: ['suppressOutput', 'systemMessage'],
      });
      expect(answer.systemMessage).toMatch(/^deodar \(shadow\): This could not be judged\./);
    }
  });

  it('denies calls of tools and arguments that are not what they should be', async () => {
    for (const change of [
      { tool_name: 'constructor' },
      { tool_name: '\u0000' },
      { tool_input: { command: 7 } },
      { tool_input: {} },
    ])
      expect(await permission({ ...call('ls', JSON.stringify(change)), ...change })).toBe('deny');
    for (const key of ['__proto__', 'constructor'])
      expect((await raw(JSON.stringify(call('ls', key)).replace('"command"', `"${key}"`))).out).toContain('"deny"');
  });

  it('judges a long command', async () => {
    expect(await permission(call(`echo ${'x'.repeat(200_000)}; rm y`))).toBe('deny');
  });

  it('blocks when the policies are wrong, missing or empty', async () => {
    writeFileSync(join(folder, '.deodar', 'policies.cedar'), 'permit (principal');
    await blocked(JSON.stringify(call('ls')));
    writeFileSync(join(folder, '.deodar', 'policies.cedar'), '// nothing');
    await blocked(JSON.stringify(call('ls')));
    await blocked(JSON.stringify(call('ls')), '--policies', 'nowhere');
    await blocked(JSON.stringify(call('ls')), '--policies', '*.none');
    await blocked(JSON.stringify(call('ls')), '--agent', 'none.json');
  });

  it.each([
    ['--nope'],
    ['--escalate', 'allow'],
    ['--allow', 'always'],
    ['--unregistered', 'allow'],
    ['--timeout', '0'],
    ['--timeout', 'soon'],
    ['--policies', '-'],
    ['another'],
  ])('blocks when it is called wrongly: %s', async (...options) => blocked(JSON.stringify(call('ls')), ...options));

  it('blocks without the name of an agent, or with another', async () => {
    for (const names of [[], ['cursor'], ['claude-code', 'claude-code']])
      expect((await runCli(folder, ['hook', ...names], JSON.stringify(call('ls')))).code).toBe(2);
  });

  it('never answers allow to an input that something was changed in', async () => {
    const text = JSON.stringify(call('rm -r x'));
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(6), fc.string({ maxLength: 4 }), async (at, cut, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + cut);
        const { code, out } = await raw(changed);
        // A change of the command itself may make it another, harmless command.
        const command = (() => {
          try {
            return JSON.parse(changed).tool_input.command;
          } catch {
            return undefined;
          }
        })();
        if (code === 0 && out.includes('"allow"')) expect(command).not.toBe('rm -r x');
        else expect(code === 2 || code === 0).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
