import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/terminal.js';
import { useWorkFolder } from '../support/work-folder.js';

const { path, write, run } = useWorkFolder();

const AGENT = {
  id: 'a',
  tools: [
    {
      name: 'shell',
      inputSchema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
    },
  ],
};
const ALLOW = '@id("allow") permit (principal, action, resource);\n';

describe('deodar check', () => {
  it('validates against the schema that lies beside the policies', async () => {
    write({
      'p.cedar': 'permit (principal is Nope, action, resource);',
      's.cedarschema': 'entity A; action a appliesTo { principal: A, resource: A };',
    });
    const { code, err } = await run('check');
    expect(code).toBe(1);
    expect(err).toContain('p.cedar:1:22: error[unrecognized-entity-type]');
    expect(err).toContain('1 file, 1 error, 2 warnings\n');
  });

  it('says against which schema the policies are valid', async () => {
    write({ 'p.cedar': ALLOW, 'x.cedarschema': 'entity A; action a appliesTo { principal: A, resource: A };' });
    expect((await run('check', 'p.cedar')).out).toBe('1 file, 1 policy, no errors, valid for x.cedarschema\n');
    expect((await run('check', '-s', 'x.cedarschema')).code).toBe(0);
    expect((await run('check', '-s', 'nope.cedarschema')).err).toContain('nope.cedarschema: error[file-not-found]');
  });

  it.each([
    ['a policy without an id', 'permit (principal, action, resource);', 'missing-id'],
    ['@escalate on a permit', `@escalate("o") ${ALLOW}`, 'escalate-on-permit'],
    [
      'an action that the agent does not have',
      '@id("x") permit (principal, action == Action::"shel", resource);',
      'unrecognized-action-id',
    ],
    ['a template without a link', '@id("t") permit (principal == ?principal, action, resource);', 'unlinked-template'],
    ['an id that is used twice', ALLOW + ALLOW, 'duplicate-policy-id'],
    [
      'an attribute that the calls do not have',
      '@id("x") permit (principal, action == Action::"shell", resource) when { context.parameters.comand == "ls" };',
      'unsafe-attribute-access',
    ],
  ])('with an agent beside the policies finds %s', async (_name, policies, problem) => {
    write({ 'p.cedar': policies, 'agent.json': AGENT });
    const { code, err } = await run('check');
    expect(err).toContain(`error[${problem}]`);
    expect(code).toBe(1);
    // The command that loads the harness agrees.
    if (problem !== 'unsafe-attribute-access')
      expect((await runCli(path(), ['adjudicate', '--agent', 'agent.json', '-p', 'p.cedar'], '')).code).toBe(1);
  });

  it('reports what the harness finds where the validator warns', async () => {
    const template =
      '@id("t") permit (principal == ?principal, action == Action::"prompt", resource == Trajectory::"t");';
    write({ 'p.cedar': template, 'agent.json': AGENT });
    const { code, err } = await run('check');
    expect(err).toContain('warning[invalid-action-application]');
    expect(err).toContain('error[unlinked-template]');
    expect(code).toBe(1);
  });

  it('reports one problem once, although validator and harness find it', async () => {
    write({ 'p.cedar': '@id("x") permit (principal, action == Action::"shel", resource);', 'agent.json': AGENT });
    expect((await run('check')).err.match(/ error\[/g)).toHaveLength(1);
  });

  it('reports it once where a schema file says the same as the agent, too', async () => {
    await run('init');
    const text = readFileSync(join(path(), 'policies.cedar'), 'utf8');
    write({ 'policies.cedar': text.replace('command.commands', 'command.comands') });
    const { err, code } = await run('check');
    expect(err.match(/ error\[unsafe-attribute-access\]/g)).toHaveLength(1);
    expect(err).toContain('help: did you mean `commands`?');
    expect(code).toBe(1);
  });

  it('accepts what the harness loads, and names the schema that follows from the agent', async () => {
    write({ 'p.cedar': ALLOW, 'sub/agent.json': AGENT });
    expect((await run('check', '--agent', 'sub/agent.json')).out).toBe(
      '1 file, 1 policy, no errors, valid for <schema of sub/agent.json>\n',
    );
  });

  it('reports what is wrong with the agent itself', async () => {
    const twice = { ...AGENT, tools: [...AGENT.tools, ...AGENT.tools] };
    write({ 'p.cedar': ALLOW, 'agent.json': twice, 'bad.json': { id: 3 } });
    const { err } = await run('check');
    expect(err).toContain('agent.json: error[duplicate-tool]');
    expect(err.match(/duplicate-tool/g)).toHaveLength(1);
    expect((await run('check', '--agent', 'bad.json')).err).toContain('bad.json:1:7: error[bad-agent]');
  });

  it('takes each pack with what lies around it', async () => {
    write({ 'a/p.cedar': ALLOW, 'a/agent.json': AGENT, 'b/p.cedar': ALLOW, 'b/agent.json': { ...AGENT, id: 'b' } });
    expect((await run('check', '.')).code).toBe(0);
  });

  it('reads the agent from standard input', async () => {
    write({ 'p.cedar': ALLOW });
    expect((await runCli(path(), ['check', 'p.cedar', '--agent', '-'], JSON.stringify(AGENT))).code).toBe(0);
  });
});

/** Gates that look right and let everything pass. */
const USELESS_GATES = `@id("no-rm") forbid (principal, action, resource) when { context.command in ["rm", "dd"] };
@id("no-secrets") forbid (principal, action, resource) when { context.path in ".env" };
@id("only-alice") forbid (principal, action, resource) unless { principal != "alice" };
@id("no-night") forbid (principal, action, resource) when { context.hour < 6 && context.hour > 22 };
@id("no-mail") forbid (principal, action == Action::"shell", resource) when { action == Action::"mail" };
@id("otherwise") permit (principal, action, resource);
`;

describe('policies that do nothing', () => {
  it('are named one by one, with the reason', async () => {
    write({ 'pack/gates.cedar': USELESS_GATES });
    const { code, err } = await run('check', 'pack');
    expect(code).toBe(1);
    await expect(err).toMatchFileSnapshot('golden/useless-gates.txt');
  });

  it('are accepted where a comment says why', async () => {
    write({
      'p.cedar': `// deodar-ignore never-satisfied: off until May\n@id("off") forbid (principal, action, resource) when { false };\n${ALLOW}`,
    });
    expect((await run('check')).out).toBe('1 file, 2 policies, no errors\n');
    write({ 'p.cedar': `@id("off") forbid (principal, action, resource) when { false };\n${ALLOW}` });
    expect((await run('check')).err).toContain('the forbid `off` can never fire, because `false` is always false');
  });

  it('are told once: the validator does not call them impossible too', async () => {
    write({
      'p.cedar': `@id("x") forbid (principal, action, resource) when { principal is B };\n@id("y") forbid (principal, action, resource) when { resource is A && resource is B };\n${ALLOW}`,
      's.cedarschema': 'entity A; entity B; action a appliesTo { principal: A, resource: [A, B] };',
    });
    const { err } = await run('check');
    expect(err.match(/impossible-policy/g)).toHaveLength(1);
    expect(err.match(/never-satisfied/g)).toHaveLength(1);
  });

  it('are looked for in each pack as a whole, and what is missing in folders only', async () => {
    const forbid = '@id("f") forbid (principal, action, resource) when { context.x };';
    write({ 'a/f.cedar': forbid, 'a/p.cedar': ALLOW, 'b/f.cedar': forbid, 'b/s.cedarschema': 'entity A;' });
    expect((await run('check', 'a')).err).toBe('');
    expect((await run('check', 'a/f.cedar')).err).toBe('');
    expect((await run('check', 'b')).err).toContain('warning[nothing-permitted]: the set has no permit');
    // Policies of one folder are one set, however many files it has.
    write({ 'a/q.cedar': ALLOW.replace('"allow"', '"again"') });
    expect((await run('check', 'a')).err).toContain('warning[duplicate-policy]: `again` is the same permit as `allow`');
  });

  it('and style is noted when it is asked for', async () => {
    write({ 'p.cedar': 'permit (principal, action, resource);' });
    expect((await run('check', '--style')).out).toBe('1 file, 1 policy, no errors, 2 notes\n');
    expect((await run('check')).out).toBe('1 file, 1 policy, no errors\n');
    expect((await run('check', '--style', '--format', 'sarif')).out).toContain('a policy without `@description`');
  });

  const shared = fileURLToPath(new URL('../../../shared/realworld/policies/', import.meta.url));
  const packs = fileURLToPath(new URL('../../policies/', import.meta.url));

  it.runIf(existsSync(shared)).each([
    ['coding', 'coding'],
    ['email_calendar_assistant', 'email_calendar_assistant'],
    ['investment_chatbot', 'investment_chatbot'],
    ['payment_agent', 'payment_agent'],
    ['plan_mode', 'claude_code'],
  ])('are not found among policies that people use: %s', async (policies, schema) => {
    write({
      'p.cedar': readFileSync(`${shared}${policies}.cedar`),
      's.cedarschema': readFileSync(`${shared}${schema}.cedarschema`),
    });
    const { code, err } = await run('check', 'p.cedar');
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('are not found in the packs that ship', async () => {
    const { code, err } = await runCli(packs, ['check', '.']);
    expect(err).toBe('');
    expect(code).toBe(0);
  });
});

describe('files', () => {
  it.skipIf(process.platform === 'win32')(
    'with a backslash, a star or brackets in their names are found in folders',
    async () => {
      write({
        'f/a\\b.cedar': ALLOW,
        'f/[x]*.cedar': 'permit (principal == A::"x", action, resource);',
        'f/UPPER.CEDAR': 'permit (principal == A::"y", action, resource);',
        'f/.hidden.cedar': 'permit (principal == A::"z", action, resource);',
      });
      expect((await run('check', 'f')).out).toBe('4 files, 4 policies, no errors\n');
      expect((await run('check', 'f/a\\b.cedar')).out).toBe('1 file, 1 policy, no errors\n');
    },
  );

  it('that links lead to count, and a link that leads nowhere is a failure', async () => {
    write({ 'real/p.cedar': ALLOW, 'f/q.cedar': 'permit (principal is A, action, resource);' });
    symlinkSync(path('real/p.cedar'), path('f/link.cedar'));
    expect((await run('check', 'f')).out).toBe('2 files, 2 policies, no errors\n');
    symlinkSync(path('nowhere'), path('f/broken.cedar'));
    expect((await run('check', 'f')).err).toContain('f/broken.cedar: error[file-not-found]');
  });

  it('in node_modules and .git are left alone, and links to folders are not followed', async () => {
    write({ 'f/p.cedar': ALLOW, 'f/node_modules/x/p.cedar': 'wrong', 'f/.git/p.cedar': 'wrong' });
    symlinkSync(path('f'), path('f/round'));
    expect((await run('check', 'f')).out).toBe('1 file, 1 policy, no errors\n');
  });
});

describe('deodar init', () => {
  it.skipIf(process.platform !== 'linux')('ends where no folder can be made', async () => {
    const { code, err } = await run('init', '/proc/deodar/x');
    expect(code).toBe(1);
    expect(err).toMatch(/^deodar init: cannot write: ENOENT/);
  });

  it('makes the folders on the way', async () => {
    expect((await run('init', 'a/b/c')).code).toBe(0);
    expect((await run('check', 'a')).out).toContain(
      '1 file, 7 policies, no errors, valid for a/b/c/schema.cedarschema',
    );
  });
});

describe('reports', () => {
  it('of a file with 130,000 policies and an agent are complete', async () => {
    write({ 'p.cedar': 'permit (principal, action, resource);\n'.repeat(130_000), 'agent.json': AGENT });
    const { code, err } = await run('check');
    expect(code).toBe(1);
    expect(err).toContain('1 file, 130000 errors');
  });

  it('are not slowed down by very many problems', async () => {
    write({
      'many.cedar': 'permit (principal, action, resource) when { 1 = 2 };\n'.repeat(30_000),
      'twice.cedar': ALLOW.repeat(30_000),
    });
    const format = await run('format', 'many.cedar');
    expect(format.code).toBe(1);
    expect(format.err).toMatch(/\nand \d+ more problems; --format json lists all\n$/);
    expect((await run('check', 'twice.cedar')).err).toContain('and 29899 more problems');
  });
});
