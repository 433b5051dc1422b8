import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installHooks, uninstallHooks } from '../../src/adapters/claude-code-settings.js';
import { barrierRemedy, barrierText, hookBarriers } from '../../src/cli/hook-barriers.js';
import { settingsFile } from '../../src/cli/install-hook.js';
import { stateFolder } from '../../src/cli/kept-file.js';
import { main } from '../../src/cli/main.js';

let project = '';
let home = '';
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'deodar-project-'));
  home = mkdtempSync(join(tmpdir(), 'deodar-home-'));
  mkdirSync(join(project, '.deodar'));
  writeFileSync(join(project, '.deodar', 'a.cedar'), '@id("all") permit (principal, action, resource);');
});
afterEach(() => {
  for (const folder of [project, home]) rmSync(folder, { recursive: true, force: true });
});

const run = (...options: string[]) => runWith({ HOME: home }, ...options);

const runWith = (env: Readonly<Record<string, string>>, ...options: string[]) =>
  mainIn(['hook', 'claude-code', '--command', 'deodar', ...options], env);

async function mainIn(args: readonly string[], env: Readonly<Record<string, string>> = { HOME: home }) {
  let out = '';
  let err = '';
  const code = await main(args, {
    cwd: project,
    env,
    color: false,
    errorColor: false,
    isScreen: false,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: () => Promise.resolve(new Uint8Array()),
  });
  return { code, out, err };
}

const settings = (scope: string = project) => join(scope, '.claude', 'settings.json');
const read = (scope?: string) => readFileSync(settings(scope), 'utf8');
function write(text: string, scope: string = project): void {
  mkdirSync(join(scope, '.claude'), { recursive: true });
  writeFileSync(settings(scope), text);
}

const COMMAND = 'deodar hook claude-code --policies .deodar --resident || exit 2 # installed by deodar hook';
const NOTE =
  process.platform === 'win32'
    ? 'on Windows --resident does nothing: each event is judged in a process of its own\n'
    : 'the first event leaves a process behind that answers the next ones; with --no-resident none does\n';

describe('deodar hook claude-code --install', () => {
  it('writes the settings of the project where there are none', async () => {
    expect(await run('--install')).toEqual({ code: 0, out: `wrote ${settings()}\n${NOTE}`, err: '' });
    const hooks = [{ type: 'command', command: COMMAND, timeout: 30 }];
    expect(JSON.parse(read())).toEqual({
      hooks: {
        PreToolUse: [{ matcher: '*', hooks }],
        PostToolUse: [{ matcher: '*', hooks }],
        PostToolUseFailure: [{ matcher: '*', hooks }],
        UserPromptSubmit: [{ hooks }],
        Stop: [{ hooks }],
        SubagentStop: [{ hooks }],
      },
    });
    expect(existsSync(settings(home))).toBe(false);
    expect(readdirSync(join(project, '.claude'))).toEqual(['settings.json']);
  });

  it.each(['', '\n', ' \t\r\n', '{}', '{}\n', '{\n}\n'])(
    'and --uninstall leave the settings %j as they were',
    async (text) => {
      write(text);
      await run('--uninstall');
      expect(read()).toBe(text);
      await run('--install');
      expect(read()).toContain(COMMAND);
      await run('--install', '--shadow');
      await run('--uninstall');
      expect(read()).toBe(text);
    },
  );

  it.each([
    '{"hooks":{}}',
    '{ "hooks": {  } , "model": "opus" }',
    '{\n  "hooks": {\n    "PreToolUse": [],\n    "Stop": [ ]\n  }\n}',
    '{"hooks":{"Stop":[{"hooks":[]}]}}\r\n',
    '{"a":"\\u00e9", "hooks": { "PostToolUseFailure": [] }}',
  ])('and --uninstall give back %j byte for byte, and keep nothing', async (text) => {
    write(text);
    await run('--install');
    await run('--install', '--escalate', 'deny');
    expect(read()).toContain('--escalate deny');
    expect(await run('--uninstall')).toEqual({ code: 0, out: `wrote ${settings()}, as it was before\n`, err: '' });
    expect(read()).toBe(text);
    expect(readdirSync(join(project, '.claude'))).toEqual(['settings.json']);
  });

  it('and --uninstall leave nothing where there were no settings', async () => {
    await run('--install');
    await run('--install', '--shadow');
    expect(readdirSync(join(project, '.claude'))).toEqual(['settings.json']);
    expect((await run('--uninstall')).out).toBe(`removed ${settings()}, which installing had made\n`);
    expect(readdirSync(project)).toEqual(['.deodar']);
    mkdirSync(join(project, '.claude', 'commands'), { recursive: true });
    await run('--install');
    await run('--uninstall');
    expect(readdirSync(join(project, '.claude'))).toEqual(['commands']);
  });

  it('and --uninstall keep what was changed between them, and say what else is kept', async () => {
    write('{"hooks":{},"model":"opus"}');
    await run('--install', '--state', 'my sessions');
    write(read().replace('opus', 'haiku'));
    mkdirSync(join(project, 'my sessions'));
    expect((await run('--uninstall')).out).toBe(
      `wrote ${settings()}\nkept: ${settings()}.before-deodar, the settings before the hook was installed\n` +
        `kept: ${join(project, 'my sessions')}, what the hook knows of sessions, also of other projects\n`,
    );
    expect(JSON.parse(read())).toEqual({ model: 'haiku' });
    mkdirSync(join(home, '.local', 'state', 'deodar'), { recursive: true });
    await run('--install');
    expect((await run('--uninstall')).out).toContain(`kept: ${join(home, '.local', 'state', 'deodar')}, what the hook`);
    expect((await run('--uninstall')).out).toBe(`${settings()} is up to date\n`);
  });

  it('writes the settings of the user with absolute paths', async () => {
    expect((await run('--install', '--user')).code).toBe(0);
    expect(read(home)).toContain(`--policies ${join(project, '.deodar')} --resident || exit 2`);
    expect(existsSync(settings())).toBe(false);
    await run('--install', '--user', '--state', 'sessions', '--escalate', 'deny');
    expect(read(home)).toContain(`--state ${join(project, 'sessions')} --escalate deny --resident || exit 2`);
  });

  it('keeps the options that matter to judging', async () => {
    await run(
      '--install',
      '--escalate',
      'deny',
      '--state',
      "it's here",
      '--label',
      'a b',
      '--timeout',
      '5',
      '--shadow',
    );
    expect(JSON.parse(read()).hooks.Stop[0].hooks[0]).toEqual({
      type: 'command',
      command: `deodar hook claude-code --policies .deodar --label 'a b' --state 'it'\\''s here' --escalate deny --timeout 5 --shadow --resident || exit 1 # installed by deodar hook`,
      timeout: 25,
    });
  });

  it('keeps every byte of the rest, and backs it up', async () => {
    const before =
      '{\n\t"model":  "opus",\n\t"big": 12345678901234567890, "f": 1.0,\n\t"hooks": {\n\t\t"PreToolUse": [\n\t\t\t{ "matcher": "Bash", "hooks": [{ "type": "command", "command": "mine" }] }\n\t\t]\n\t},\n\t"x": "\\u00e9"\n}\n';
    write(before);
    expect((await run('--install')).out).toBe(
      `wrote ${settings()}; it was before as in ${settings()}.before-deodar\n${NOTE}`,
    );
    expect(readFileSync(`${settings()}.before-deodar`, 'utf8')).toBe(before);
    const after = read();
    expect(
      after
        .replace(/,\n\t\t\t\{\n\t\t\t\t"matcher": "\*"[\s\S]*?\n\t\t\t\}(?=\n\t\t\])/, '')
        .replace(/,\n\t\t"PostToolUse"[\s\S]*?\n\t\t\](?=\n\t\},)/, ''),
    ).toBe(before);
    expect(JSON.parse(after).hooks.PreToolUse[0].hooks[0].command).toBe('mine');
  });

  it('changes nothing the second time, and replaces what other options had left', async () => {
    await run('--install');
    const once = read();
    expect((await run('--install')).out).toBe(`${settings()} is up to date\n${NOTE}`);
    expect(read()).toBe(once);
    await run('--install', '--escalate', 'deny');
    expect(JSON.parse(read()).hooks.Stop).toHaveLength(1);
    expect(read()).toContain('--escalate deny');
  });

  it.each([
    ['// a comment\n{}', 'json-'],
    ['{"a": 1,}', 'json-'],
    ['{"a": 1', 'json-'],
    ['[]', 'the settings are no object'],
    ['{"hooks": []}', '`hooks` is no object'],
    ['{"hooks": {"Stop": {}}}', '`Stop` is no array'],
    ['{"a": 1, "a": 2}', 'json-'],
  ])('refuses %j and leaves it as it is', async (text, message) => {
    write(text);
    for (const option of ['--install', '--uninstall']) {
      const { code, err } = await run(option);
      expect(code).toBe(2);
      expect(err).toContain(message);
      expect(err).toContain(settings());
    }
    expect(read()).toBe(text);
    expect(readdirSync(join(project, '.claude'))).toEqual(['settings.json']);
  });

  it('refuses policies that do not load, since they would block every call', async () => {
    writeFileSync(join(project, '.deodar', 'b.cedar'), 'permit (');
    expect((await run('--install')).code).toBe(2);
    expect((await run('--install', '-p', 'nowhere')).code).toBe(2);
    expect(existsSync(settings())).toBe(false);
  });

  it('refuses options that contradict each other', async () => {
    expect((await run('--install', '--uninstall')).err).toContain('are opposites');
    expect((await run('--install', '--user', '--project')).err).toContain('are two files');
    expect((await run('--install', '--resident', '--no-resident')).err).toContain('are opposites');
  });

  it('leaves no process behind with --no-resident, and says nothing of one', async () => {
    expect((await run('--install', '--no-resident')).out).toBe(`wrote ${settings()}\n`);
    expect(read()).toContain('deodar hook claude-code --policies .deodar || exit 2');
  });

  it('keeps a link to the settings, and the permissions of what it leads to', async () => {
    mkdirSync(join(project, '.claude'));
    writeFileSync(join(home, 'real.json'), '{}', { mode: 0o600 });
    symlinkSync(join(home, 'real.json'), settings());
    await run('--install');
    expect(lstatSync(settings()).isSymbolicLink()).toBe(true);
    expect(statSync(join(home, 'real.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(home, 'real.json'), 'utf8')).toContain(COMMAND);
  });
});

describe('deodar hook claude-code --uninstall', () => {
  it('has nothing to do without settings, or without the hook', async () => {
    expect(await run('--uninstall')).toEqual({
      code: 0,
      out: `${settings()} does not exist: nothing to remove\n`,
      err: '',
    });
    write('{"a":1}');
    expect((await run('--uninstall')).out).toBe(`${settings()} is up to date\n`);
    expect(read()).toBe('{"a":1}');
  });

  it('takes out its own entries only, also from a group that was extended', async () => {
    await run('--install');
    const edited = JSON.parse(read());
    edited.hooks.PreToolUse[0].hooks.push({ type: 'command', command: 'mine' });
    edited.hooks.Stop.unshift({ hooks: [{ type: 'command', command: 'deodar hook claude-code' }] });
    edited.hooks.SessionStart = [{ hooks: [{ type: 'command', command: 'hello' }] }];
    write(JSON.stringify(edited));
    expect((await run('--uninstall')).code).toBe(0);
    expect(JSON.parse(read())).toEqual({
      hooks: {
        PreToolUse: [{ matcher: '*', hooks: [{ type: 'command', command: 'mine' }] }],
        Stop: [{ hooks: [{ type: 'command', command: 'deodar hook claude-code' }] }],
        SessionStart: [{ hooks: [{ type: 'command', command: 'hello' }] }],
      },
    });
  });

  const member = fc.constantFrom('hooks', 'PreToolUse', 'Stop', 'model', '__proto__', 'a "quoted" key', '');
  const group = fc.record({
    matcher: fc.string(),
    hooks: fc.array(fc.record({ command: fc.string() }), { minLength: 1 }),
  });
  const document = fc.record(
    {
      before: fc.dictionary(
        member.filter((name) => name !== 'hooks'),
        fc.jsonValue({ maxDepth: 2 }),
      ),
      hooks: fc.dictionary(
        fc.constantFrom('PreToolUse', 'PostToolUse', 'Stop', 'SessionStart'),
        fc.array(group, { minLength: 1 }),
        { minKeys: 1 },
      ),
      after: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: [] },
  );
  const indent = fc.constantFrom(undefined, 2, 4, '\t');

  it('restores what was there before, whatever its layout', () => {
    fc.assert(
      fc.property(document, indent, fc.boolean(), fc.boolean(), ({ before, hooks, after }, space, crlf, shadow) => {
        const plain = JSON.stringify(
          { ...before, ...(hooks === undefined ? {} : { hooks }), ...(after === undefined ? {} : { after }) },
          undefined,
          space,
        );
        const text = crlf ? plain.replaceAll('\n', '\r\n') : plain;
        const installed = installHooks(text, { command: 'deodar', timeout: 30, shadow });
        if (!installed.ok) throw new Error(JSON.stringify(installed.diagnostics));
        expect(JSON.parse(installed.value).hooks.SubagentStop).toHaveLength(1);
        expect(installHooks(installed.value, { command: 'deodar', timeout: 30, shadow })).toMatchObject({
          value: installed.value,
        });
        expect(uninstallHooks(installed.value)).toMatchObject({ value: text });
      }),
      { numRuns: 500 },
    );
  });
});

describe('settings for which Claude Code does not run the hook', () => {
  const local = () => join(project, '.claude', 'settings.local.json');
  const user = () => join(home, '.claude', 'settings.json');
  const put = (file: string, value: unknown) => {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  };
  const off = { disableAllHooks: true };

  it.each<[string, () => string]>([
    ['project', () => settings()],
    ['local', local],
    ['user', user],
  ])('are told when it is installed: those of the %s', async (_, file) => {
    put(file(), off);
    const { code, err } = await run('--install');
    expect({ code, err }).toEqual({
      code: 0,
      err: `warning: the hook does not run: ${file()} has "disableAllHooks": true: Claude Code runs no hook, and nothing is judged\n  help: take that setting out\n`,
    });
    const doctor = await mainIn(['doctor', '--json']);
    expect(doctor.out).toContain('has \\"disableAllHooks\\": true');
    expect(doctor.code).toBe(1);
  });

  it('count in the order of precedence', async () => {
    put(user(), off);
    put(settings(), { disableAllHooks: false });
    expect((await run('--install')).err).toBe('');
    put(local(), off);
    expect((await run('--install')).err).toContain(`${local()} has "disableAllHooks"`);
  });

  it('are of an organisation, too', () => {
    const managed = join(home, 'managed');
    const session = { cwd: project, env: { HOME: home } };
    const said = () => hookBarriers(session, managed).map(({ file, name }) => [file.slice(managed.length + 1), name]);
    const whole = join(managed, 'managed-settings.json');
    put(whole, { allowManagedHooksOnly: true, strictPluginOnlyCustomization: ['skills'] });
    expect(said()).toEqual([['managed-settings.json', 'allowManagedHooksOnly']]);
    put(join(managed, 'managed-settings.d', '10-a.json'), { strictPluginOnlyCustomization: ['hooks', 'skills'] });
    put(join(managed, 'managed-settings.d', '20-b.json'), { allowManagedHooksOnly: false });
    expect(said()).toEqual([['managed-settings.d/10-a.json', 'strictPluginOnlyCustomization']]);
    put(whole, off);
    put(local(), { disableAllHooks: false });
    expect(said()).toEqual([
      ['managed-settings.d/10-a.json', 'strictPluginOnlyCustomization'],
      ['managed-settings.json', 'disableAllHooks'],
    ]);
    for (const barrier of hookBarriers(session, managed))
      expect(`${barrierText(barrier)}: ${barrierRemedy(barrier)}`).toContain(barrier.file);
  });

  it.each<unknown>([
    { disableAllHooks: 'true' },
    { disableAllHooks: 1 },
    { allowManagedHooksOnly: true, strictPluginOnlyCustomization: true },
    { env: off },
    [off],
    'no JSON',
  ])('are none of %j in a file of the user', (value) => {
    put(user(), value);
    expect(hookBarriers({ cwd: project, env: { HOME: home } }, join(home, 'none'))).toEqual([]);
  });
});

describe('the settings of the user', () => {
  it('are where CLAUDE_CONFIG_DIR says', async () => {
    const own = join(home, 'own');
    expect((await runWith({ HOME: home, CLAUDE_CONFIG_DIR: own }, '--install', '--user')).code).toBe(0);
    expect(readdirSync(home)).toEqual(['own']);
    expect(readFileSync(join(own, 'settings.json'), 'utf8')).toContain('PreToolUse');
  });

  it('are never in the project, whatever HOME is', () => {
    for (const HOME of ['', '.', 'relative/folder', undefined]) {
      const env = { HOME };
      expect(settingsFile({ cwd: project, env }, 'user')).toBe(join(userInfo().homedir, '.claude', 'settings.json'));
      expect(stateFolder(env)).toBe(join(userInfo().homedir, '.local', 'state', 'deodar'));
    }
  });
});
