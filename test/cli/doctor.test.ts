import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examineNode } from '../../src/cli/examine-project.js';
import { openLedger } from '../../src/harness/open-ledger.js';
import { PolicyHarness } from '../../src/harness/policy-harness.js';
import { useWorkFolder } from '../support/work-folder.js';

const { path, write, run } = useWorkFolder();

/** Status and message of a line of the report. */
async function lines(): Promise<Readonly<Record<string, string>>> {
  const { out } = await run('doctor', '--json');
  const { checks }: { checks: readonly { name: string; status: string; message: string }[] } = JSON.parse(out);
  return Object.fromEntries(checks.map(({ name, status, message }) => [name, `${status}: ${message}`]));
}

describe('deodar doctor', () => {
  it('has nothing to object to an empty folder but that there are no tests', async () => {
    const { code, out } = await run('doctor');
    expect(code).toBe(0);
    expect(out).toMatch(/^--\s+settings\s+there is no deodar.config.json\n\s+-> `deodar init` writes one/m);
    expect(out).toMatch(/^--\s+policies\s+\.: there are no policy files/m);
    expect(out).toMatch(/^warn\s+tests\s+there are no \*\.test\.json/m);
    expect(out).toMatch(/^--\s+ledger\s+there is no \.deodar\/ledger\.jsonl/m);
    expect(out).toContain('nothing fails, 1 warning\n');
  });

  it('finds all that init has written', async () => {
    await run('init');
    expect(await lines()).toMatchObject({
      settings: 'ok: deodar.config.json',
      policies: 'ok: 7 policies in 1 file',
      schema: 'ok: schema.cedarschema',
      tools: 'ok: agent.json',
      tests: 'ok: 1 file; `deodar test` runs them',
    });
  });

  it('fails where something is wrong, and says which command shows it', async () => {
    await run('init');
    write({
      'more.cedar': 'permit (',
      'agent.json': '{}',
      'deodar.config.json': '{ "agent": "agent.json", "polices": 1 }',
    });
    const { code, out } = await run('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^fail\s+settings\s+deodar.config.json: the key "polices" means nothing here\n\s+-> `deodar check`/m,
    );
    expect(out).toMatch(/^fail\s+policies\s+.*\n\s+-> `deodar check` shows them/m);
    write({ 'deodar.config.json': { agent: 'agent.json', policies: 'nowhere', tests: 'nowhere' } });
    expect(await lines()).toMatchObject({
      policies: expect.stringMatching(/^fail: nowhere/),
      tools: 'fail: agent.json: 1 error',
      tests: expect.stringMatching(/^fail/),
    });
  });

  it('refuses arguments that mean nothing to it', async () => {
    const { code, err } = await run('doctor', 'policies');
    expect(err).toContain('unexpected argument "policies"');
    expect(code).toBe(1);
  });

  it('warns of policies without a schema', async () => {
    write({ 'p.cedar': 'permit (principal, action, resource);' });
    expect((await lines())['schema']).toMatch(/^warn: none/);
  });

  it('tells a copy of a pack from one that was changed', async () => {
    const pack = new URL('../../policies/payments/', import.meta.url);
    const names = ['amounts', 'data', 'messages', 'payees', 'permits', 'refunds'].map((name) => `${name}.cedar`);
    write(Object.fromEntries(names.map((name) => [`.deodar/${name}`, readFileSync(new URL(name, pack))])));
    expect((await lines())['pack']).toMatch(/^ok: payments: as it comes with/);
    write({ '.deodar/amounts.cedar': '' });
    expect((await lines())['pack']).toMatch(/^ok: payments: 1 of 6 files differ/);
  });

  it('loads what the hook of Claude Code would load', async () => {
    const shell = { name: 'shell' };
    write({
      '.deodar/p.cedar': '@id("all") permit (principal, action, resource);',
      '.deodar/agent.json': { id: 'a', tools: [shell] },
      'bin/deodar.js': '',
    });
    const command = `node "$CLAUDE_PROJECT_DIR"/bin/deodar.js`;
    expect((await run('hook', 'claude-code', '--install', '--command', command)).code).toBe(0);
    expect((await lines())['hook']).toMatch(/^ok: .*settings\.json: 1 policy, 6 events$/);
    const rule =
      '@id("no") forbid (principal, action == Action::"Bash", resource) when { context.facts.command.commands.contains("git push -f") };';
    write({ '.deodar/p.cedar': `@id("all") permit (principal, action, resource); ${rule}` });
    expect((await lines())['hook']).toMatch(/^fail: .*it judges, but 1 text of its policies/);
    write({ '.deodar/p.cedar': 'permit (' });
    expect((await lines())['hook']).toMatch(/^fail: .*its policies do not load, so it blocks everything/);
    const settings = readFileSync(path('.claude/settings.json'), 'utf8');
    write({ '.claude/settings.json': settings.replaceAll('bin/deodar.js', 'gone/deodar.js') });
    expect((await lines())['hook']).toMatch(/^fail: .*its program .*gone.deodar\.js is gone$/);
    write({ '.claude/settings.json': settings.replace('"Stop"', '"Other"') });
    expect((await lines())['hook']).toMatch(/^fail: .*nothing judges Stop$/);
    write({ '.claude/settings.json': '{' });
    expect((await lines())['hook']).toMatch(/^fail/);
    write({ '.claude/settings.json': '{"hooks":{}}' });
    expect((await lines())['hook']).toBe('none: not installed in Claude Code');
  });

  it('says whether the ledger is whole', async () => {
    await run('init');
    const agent = JSON.parse(readFileSync(path('agent.json'), 'utf8'));
    const policies = readFileSync(path('policies.cedar'), 'utf8');
    const file = path('.deodar/ledger.jsonl');
    const harness = new PolicyHarness({ agent, policies, ledger: openLedger(file) });
    await harness.initialize();
    await harness.adjudicate('PRE_MODEL', 'user', { text: 'hello' });
    expect((await lines())['ledger']).toMatch(/^ok: \.deodar\/ledger\.jsonl: whole, \d rows, head [0-9a-f]{12}$/);
    write({ '.deodar/ledger.jsonl': readFileSync(file, 'utf8').replace('hello', 'jello') });
    expect((await lines())['ledger']).toBe('fail: .deodar/ledger.jsonl was changed');
  });

  it('says when the project has another version installed', async () => {
    write({ 'node_modules/deodar/package.json': '{ "version": "0.0.1" }' });
    expect((await lines())['deodar']).toMatch(/^warn: .*the project has 0\.0\.1$/);
  });

  it.each([
    ['18.20.0', 'warn'],
    ['20.18.9', 'warn'],
    ['20.19.0', 'ok'],
    ['22.12.0', 'ok'],
    ['23.1.0', 'warn'],
    ['24.0.0', 'ok'],
  ])('calls Node %s %s', (version, status) => {
    expect(examineNode(version).status).toBe(status);
  });
});
