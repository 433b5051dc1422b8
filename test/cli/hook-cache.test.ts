import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheKey } from '../../src/cli/hook-cache.js';
import { main } from '../../src/cli/main.js';

// What one process found out about policies is kept for the next. It must never answer otherwise than the texts do.

const POLICIES = `@id("all") permit (principal, action, resource);
@id("no-rm") @description("Nothing is deleted") forbid (principal, action == Action::"Bash", resource)
when { context.facts.command.programs.contains("rm") };
@id("ask") @escalate("owner") forbid (principal, action, resource)
when { context has touches && context.touches.commands.containsAny(["git push", "git tag"]) };
@id("like") forbid (principal, action == Action::"Write", resource) when { context.parameters.content like "*a\\*b*" };
@id("many") forbid (principal, action in Action::"PRE_TOOL", resource) when { resource.toolCalls * 9223372036854775807 > 3 };
@id("text") forbid (principal, action in [Action::"prompt", Action::"completion"], resource)
when { resource.text like "*damn*" || {"a": ["one", "two"]}.a.contains("three") || principal == Agent::"x" };
@id("secrets") forbid (principal, action in Action::"POST_TOOL", resource) when { context.facts.response.secretCount > 0 };`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deodar-kept-'));
  mkdirSync(join(folder, '.deodar'));
  writePolicies(POLICIES);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept = () => join(folder, 'cache', 'deodar', 'kept');
const keptFiles = () => readdirSync(kept()).map((name) => join(kept(), name));
const writePolicies = (text: string) => writeFileSync(join(folder, '.deodar', 'a.cedar'), text);

async function answer(input: object, { cache = join(folder, 'cache'), options = [] as readonly string[] } = {}) {
  let out = '';
  let err = '';
  const state = mkdtempSync(join(folder, 'state-'));
  const code = await main(['hook', 'claude-code', '--state', state, ...options], {
    cwd: folder,
    env: { XDG_STATE_HOME: cache },
    color: false,
    errorColor: false,
    isScreen: false,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: () => Promise.resolve(Buffer.from(JSON.stringify({ session_id: 's', cwd: folder, ...input }))),
  });
  return { code, out, err };
}

const call = (tool_name: string, tool_input: object) => ({
  hook_event_name: 'PreToolUse',
  tool_name,
  tool_input,
  tool_use_id: 't',
});
const bash = (command: string) => call('Bash', { command });

const INPUTS = [
  bash('ls'),
  bash('rm -r x'),
  bash('git push'),
  bash('$(('),
  call('Write', { file_path: join(folder, 'x'), content: 'a*b' }),
  call('Write', { file_path: join(folder, 'x'), content: 'a-b' }),
  call('Write', { file_path: 5 }),
  call('Bsah', { command: 'ls' }),
  call('__proto__', {}),
  { ...bash('ls'), hook_event_name: 'PostToolUse', tool_response: 'AKIAIOSFODNN7ABCDEFG' },
  { hook_event_name: 'UserPromptSubmit', prompt: 'damn' },
  { hook_event_name: 'UserPromptSubmit', prompt: 'hello' },
  { hook_event_name: 'Stop', last_assistant_message: 'damn' },
];

describe('what the hook keeps', () => {
  it.each([[[]], [['--shadow']], [['--unregistered', 'policy']], [['--escalate', 'deny', '--allow', 'defer']]])(
    'gives the answers that the texts give, with the options %j',
    async (options) => {
      for (const input of INPUTS) {
        const fresh = await answer(input, { cache: mkdtempSync(join(folder, 'fresh-')), options });
        const first = await answer(input, { options });
        const second = await answer(input, { options });
        expect([first, second], JSON.stringify(input)).toEqual([fresh, fresh]);
        expect(fresh.code, fresh.err).toBe(0);
      }
    },
  );

  it('is of use for the same texts only', async () => {
    expect((await answer(bash('ls'))).out).toContain('"allow"');
    expect(keptFiles()).toHaveLength(1);
    writePolicies(POLICIES.replace('"rm"', '"ls"'));
    expect((await answer(bash('ls'))).out).toContain('no-rm');
    writePolicies(POLICIES);
    expect((await answer(bash('ls'))).out).toContain('"allow"');
    writeFileSync(
      join(folder, '.deodar', 'b.cedar'),
      '@id("none") forbid (principal, action == Action::"Bash", resource);',
    );
    expect((await answer(bash('ls'))).out).toContain('none');
    writePolicies('@id("all") permit (principal, action, resource)');
    expect(await answer(bash('ls'))).toMatchObject({ code: 2, out: '' });
    rmSync(join(folder, '.deodar'), { recursive: true });
    expect(await answer(bash('ls'))).toMatchObject({ code: 2, out: '' });
    expect(keptFiles()).toHaveLength(3);
  });

  it('is not used when a byte of it changed, and made anew', async () => {
    const before = await answer(bash('rm x'));
    const [file = ''] = keptFiles();
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at += Math.max(97, Math.ceil(bytes.length / 150))) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      expect(await answer(bash('rm x'))).toEqual(before);
      expect(readFileSync(file).equals(changed)).toBe(false);
    }
    writeFileSync(file, bytes.subarray(0, 40));
    expect(await answer(bash('rm x'))).toEqual(before);
  }, 120_000);

  it('is not used under the name of something else', async () => {
    expect((await answer(bash('ls'))).out).toContain('"allow"');
    const [allowing = ''] = keptFiles();
    writePolicies(POLICIES.replace('"rm"', '"ls"'));
    const refused = await answer(bash('ls'));
    expect(refused.out).toContain('no-rm');
    const refusing = keptFiles().find((file) => file !== allowing) ?? '';
    writeFileSync(refusing, readFileSync(allowing));
    expect(await answer(bash('ls'))).toEqual(refused);
  });

  it('is kept apart by what it was made with', async () => {
    const keptNow = () => keptFiles().length;
    await answer(bash('ls'));
    for (const options of [['--shadow'], ['--unregistered', 'policy'], ['--shadow', '--unregistered', 'policy']]) {
      const before = keptNow();
      await answer(bash('ls'), { options });
      expect(keptNow(), options.join(' ')).toBe(before + 1);
    }
    // What is decided afterwards from the same answer needs no other file.
    const before = keptNow();
    await answer(bash('ls'), { options: ['--allow', 'defer', '--escalate', 'deny', '--label', 'x'] });
    expect(keptNow()).toBe(before);
    expect(cacheKey(['a', 'b'])).not.toBe(cacheKey(['ab', '']));
  });

  it('is done without where it cannot be kept', async () => {
    for (const cache of ['/proc/x', '/dev/null', join(folder, '.deodar', 'a.cedar')])
      expect((await answer(bash('rm x'), { cache })).out, cache).toContain('no-rm');
  });

  it('makes room', async () => {
    for (let each = 0; each < 40; each++) {
      writePolicies(`${POLICIES} // ${each}`);
      await answer(bash('ls'));
    }
    expect(keptFiles().length).toBeLessThanOrEqual(32);
  }, 120_000);
});
