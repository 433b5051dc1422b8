import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { ruleDescription } from '../../src/cli/reporters/rules-table.js';
import { RULE_CODES } from '../../src/cli/rule-levels.js';
import { parseJson } from '../../src/json/parse-json.js';
import { validateJson } from '../../src/json/validate.js';
import { createSource } from '../../src/text/source.js';
import { runCli } from '../support/terminal.js';
import { useWorkFolder } from '../support/work-folder.js';

const { path, write, run } = useWorkFolder();

const SCHEMA = 'entity A { b?: A, ok: Bool }; action a appliesTo { principal: A, resource: A };';
const ALLOW = '@id("allow") permit (principal, action, resource);\n';
const REQUEST = { principal: 'A::"x"', action: 'Action::"a"', resource: 'A::"x"', context: {} };
const ENTITIES = [{ uid: { type: 'A', id: 'x' }, attrs: { ok: true }, parents: [] }];
const AGENT = {
  id: 'a',
  tools: [{ name: 'shell', inputSchema: { type: 'object', properties: { command: { type: 'string' } } } }],
};
const EVENT = { stage: 'PRE_TOOL', role: 'model', content: { toolId: 'shell', parameters: { command: 'ls' } } };
const PROJECT = {
  'cedar/p.cedar': ALLOW,
  'cedar/s.cedarschema': SCHEMA,
  'data/entities.json': ENTITIES,
  'checks/p.test.json': [{ name: 'allowed', request: REQUEST, entities: ENTITIES, decision: 'allow' }],
  'request.json': REQUEST,
};
const CONFIG = {
  policies: 'cedar',
  schema: ['cedar/s.cedarschema'],
  entities: 'data/entities.json',
  tests: ['checks/**/*.test.json'],
};

describe('deodar.config.json', () => {
  it('stands in for arguments and options that are not given', async () => {
    write({ ...PROJECT, 'deodar.config.json': CONFIG });
    expect((await run('check')).out).toBe('1 file, 1 policy, no errors, valid for cedar/s.cedarschema\n');
    expect((await run('validate')).out).toContain('1 file, 1 policy, valid for cedar/s.cedarschema');
    expect((await run('test')).out).toContain('checks/p.test.json: 1 test\n');
    expect((await run('authorize', '--request-json', 'request.json')).out).toBe('ALLOW\n');
    expect((await run('explain', '--request-json', 'request.json')).out).toContain('ALLOW');
    expect((await run('evaluate', '-r', 'A::"x"', 'resource.ok')).out).toBe('true\n');
    expect((await run('types')).out).toContain('interface A');
    expect((await run('compile')).out).toContain('isAuthorized');
    expect((await run('format', '--check')).code).toBe(1);
  });

  it('is found from a folder below, and its paths count from its own', async () => {
    write({ ...PROJECT, 'deodar.config.json': CONFIG });
    const { code, out } = await runCli(path('cedar'), ['validate']);
    expect(code).toBe(0);
    expect(out).toContain('valid for s.cedarschema');
    expect((await runCli(path('checks'), ['test'])).out).toContain('results: 1 passed, 0 failed');
  });

  it('is not looked for above the root of a repository', async () => {
    write({ 'deodar.config.json': '{', 'repo/p.cedar': ALLOW });
    mkdirSync(path('repo/.git'));
    expect((await runCli(path('repo'), ['check'])).code).toBe(0);
    expect((await run('check')).code).toBe(1);
  });

  it('gives way to what the command line says', async () => {
    write({ ...PROJECT, 'other.cedar': `${ALLOW}\npermit (`, 'deodar.config.json': { ...CONFIG, denyWarnings: true } });
    expect((await run('check', 'other.cedar')).code).toBe(1);
    expect((await run('check', '-p', 'other.cedar')).err).toContain('other.cedar:3');
    write({ 'other.cedarschema': 'entity B; action a appliesTo { principal: B, resource: B };' });
    expect((await run('check', '-s', 'other.cedarschema')).out).toContain('valid for other.cedarschema');
    expect((await run('test', 'nowhere')).err).toContain('nowhere: error[file-not-found]');
  });

  it('is another one with --config, and none with --no-config', async () => {
    write({ ...PROJECT, 'deodar.config.json': '[]', 'sub/mine.json': { policies: '../cedar' } });
    expect((await run('check', '--config', 'sub/mine.json')).out).toContain('1 policy, no errors');
    expect((await run('check', '--no-config')).code).toBe(0);
    expect((await run('check', '--config', 'nope.json')).err).toContain('nope.json: error[file-not-found]');
    expect((await run('check', '--config', 'sub/mine.json', '--no-config')).err).toContain('exclude each other');
  });

  it('tells every mistake with its place and what was meant', async () => {
    write({
      ...PROJECT,
      'deodar.config.json': `{
  "polices": "cedar",
  "mode": "strickt",
  "level": -1,
  "policies": [],
  "thresholds": { "score": 101 },
  "rules": { "shadowed-permits": "off", "missing-id": "warn" }
}`,
    });
    const { code, err } = await run('test');
    expect(code).toBe(1);
    expect(err).toContain('deodar.config.json:2:14: error[unknown-key]: the key "polices" means nothing here');
    expect(err).toContain('help: did you mean "policies"?');
    expect(err).toContain('deodar.config.json:3:11: error[bad-config]: `mode` has a value that is not allowed');
    expect(err).toContain('help: did you mean "strict"?');
    expect(err).toContain('deodar.config.json:4:12: error[bad-config]: `level` is negative');
    expect(err).toContain('deodar.config.json:5:15: error[bad-config]: `policies` is empty');
    expect(err).toContain('deodar.config.json:6:28: error[bad-config]: `score` is more than 100');
    expect(err).toContain('help: did you mean "shadowed-permit"?');
    expect(err).toContain('`missing-id` has a value that is not allowed');
    expect((await run('check', '--json')).out).toContain('"bad-config"');
  });

  it.each(['', '{', 'null', '7', '{"__proto__":1}', '{"rules":{"constructor":"off"}}', '{"policies":"\\u0000"}'])(
    'is refused where it is %j',
    async (text) => {
      write({ 'p.cedar': ALLOW, 'deodar.config.json': text });
      const { code, err } = await run('check');
      expect(code).toBe(1);
      expect(err).toContain('error[');
      expect(err).not.toContain('internal');
    },
  );

  it('has policies of an agent judged, tested and shown without a word', async () => {
    write({
      'p.cedar': ALLOW,
      'agent.json': AGENT,
      'events.jsonl': JSON.stringify(EVENT),
      'tests/a.test.json': [{ name: 'a call', event: EVENT, decision: 'ALLOW' }],
      'deodar.config.json': { policies: '.', agent: 'agent.json', profile: 'deodar' },
    });
    expect((await run('adjudicate', 'events.jsonl')).out).toContain('1 event: 1 ALLOW');
    expect((await run('matrix')).out).toContain('shell');
    expect((await run('schema')).out).toContain('action "shell"');
    expect((await run('test')).out).toContain('results: 1 passed, 0 failed');
    expect((await run('explain', 'events.jsonl')).out).toContain('ALLOW');
    // The profile counts for all of them alike.
    write({ 'deodar.config.json': { policies: '.', agent: 'agent.json', profile: 'sondera' } });
    expect((await run('schema')).out).toContain('Trajectory');
    expect((await run('check')).out).toContain('valid for <schema of agent.json>');
    expect((await run('adjudicate', 'events.jsonl')).out).toContain('1 ALLOW');
  });

  it('has all that a profile takes', async () => {
    write({
      'm.cedar': '@id("m") permit (principal, action in Mail::Action::"call_tool", resource);',
      'n.cedar': '@id("n") permit (principal, action == Other::Action::"shell", resource);',
      'types.cedarschema': `namespace Mail {
        @mcp_principal entity User;
        @mcp_resource entity Server;
        @mcp_action action call_tool;
      }`,
      'agent.json': AGENT,
      'events.jsonl': JSON.stringify({ ...EVENT, host: {} }),
      'plain.jsonl': JSON.stringify(EVENT),
      'a.test.json': [{ name: 'a call', event: { ...EVENT, host: {} }, decision: 'ALLOW' }],
    });
    const all = { agent: 'agent.json', tests: 'a.test.json' };
    const mcp = { ...all, policies: 'm.cedar', profile: 'mcp', stub: 'types.cedarschema' };
    write({ 'deodar.config.json': mcp });
    for (const args of [
      ['check'],
      ['validate'],
      ['matrix'],
      ['test'],
      ['adjudicate', 'events.jsonl', '--fail-on', 'deny'],
    ])
      expect([args, await run(...args)]).toMatchObject([args, { code: 0 }]);
    expect((await run('explain', 'events.jsonl')).out).toContain('ALLOW');
    expect((await run('doctor')).out).toMatch(/ok +policies +1 policy in 1 file\n/);
    expect((await run('schema')).out).toContain('namespace Mail');
    write({ 'deodar.config.json': { ...mcp, objectsAsRecords: true, flattenNamespaces: true, deduplicate: false } });
    const flags = ['--objects-as-records', '--flatten-namespaces'];
    const named = ['schema', '--no-config', '--agent', 'agent.json', '--profile', 'mcp', '--stub', 'types.cedarschema'];
    expect((await run('schema')).out).toBe((await run(...named, ...flags)).out);
    // What belongs to the profile of the file is nothing to the one that the command line names.
    expect((await run('schema', '--profile', 'deodar')).out).toContain('action "shell"');
    write({ 'deodar.config.json': { ...all, policies: 'n.cedar', profile: 'sondera', namespace: 'Other' } });
    expect((await run('adjudicate', 'plain.jsonl')).out).toContain('1 ALLOW');
    write({ 'deodar.config.json': { ...all, policies: 'n.cedar', namespace: 'Other' } });
    expect((await run('matrix')).err).toContain('the profile deodar has no option --namespace');
    write({ 'deodar.config.json': { ...all, policies: 'm.cedar', profile: 'mcp' } });
    expect((await run('matrix')).err).toContain('the profile mcp needs a stub');
    expect((await run('doctor')).out).toMatch(/fail +policies +the profile mcp needs a stub/);
  });

  it('has a list of tools described, where there is no agent', async () => {
    write({ 'tools.json': AGENT.tools, 'deodar.config.json': { tools: 'tools.json' } });
    expect((await run('schema')).out).toContain('action "shell"');
  });

  it('has figures of tests compared only where they are measured', async () => {
    write({ ...PROJECT, 'deodar.config.json': { ...CONFIG, thresholds: { policies: 100, score: 100, members: 50 } } });
    write({ 'cedar/q.cedar': '@id("never") forbid (principal, action, resource) when { resource has b };' });
    expect((await run('test')).code).toBe(0);
    const { code, err } = await run('test', '--coverage', '--mutate');
    expect(code).toBe(1);
    expect(err).toContain('error[below-threshold]: policies: 50 % is less than 100 %');
    expect((await run('test', '--coverage', '--threshold', 'policies=50')).code).toBe(0);
  });
});

describe('levels of findings', () => {
  const TWICE = '@id("a") permit (principal, action, resource);\n@id("b") permit (principal, action, resource);\n';

  it('are those of the file, then of --rule', async () => {
    write({ 'p.cedar': TWICE });
    expect((await run('check')).err).toContain('warning[duplicate-policy]');
    expect((await run('check', '--rule', 'duplicate-policy=off')).err).toBe('');
    write({ 'deodar.config.json': { rules: { 'duplicate-policy': 'error', 'missing-description': 'note' } } });
    const { code, err } = await run('check');
    expect(code).toBe(1);
    expect(err).toContain('error[duplicate-policy]');
    expect(err).toContain('note[missing-description]');
    expect(err).not.toContain('[missing-id]');
    expect((await run('check', '--rule', 'duplicate-policy=note')).code).toBe(0);
  });

  it('hold for warnings of the validator, and never for its errors', async () => {
    const schema = 'entity A; entity B; action a appliesTo { principal: A, resource: A };';
    write({ 'p.cedar': '@id("x") permit (principal is B, action, resource);', 's.cedarschema': schema });
    expect((await run('validate', 'p.cedar')).code).toBe(0);
    const invalid = await run('validate', 'p.cedar', '--rule', 'impossible-policy=error');
    expect(invalid.code + invalid.err).toContain('error[impossible-policy]');
    expect((await run('validate', 'p.cedar', '--rule', 'unexpected-type=off')).err).toContain('there is no finding');
  });

  it('leave comments that accept a finding alone', async () => {
    write({ 'p.cedar': TWICE.replace('\n', '\n// deodar-ignore duplicate-policy: on purpose\n') });
    expect((await run('check', '--rule', 'duplicate-policy=off')).err).toBe('');
  });

  it('let warnings fail with --deny-warnings', async () => {
    write({ 'p.cedar': TWICE });
    expect((await run('check')).code).toBe(0);
    expect((await run('check', '--deny-warnings')).code).toBe(1);
  });

  it.each([
    ['shadow-permit=off', 'did you mean shadowed-permit?'],
    ['zzz=off', 'the codes are always-fails'],
    ['missing-id', '--rule takes missing-id=off|note|warning|error'],
    ['missing-id=loud', 'not "missing-id=loud"'],
    ['', 'there is no finding ""'],
  ])('are refused where they are written as %j', async (text, said) => {
    write({ 'p.cedar': ALLOW });
    expect((await run('check', '--rule', text)).err).toContain(said);
  });
});

describe('the JSON Schema of settings', () => {
  const file = fileURLToPath(new URL('../../grammar/schemas/config.schema.json', import.meta.url));
  const { properties } = JSON.parse(readFileSync(file, 'utf8'));

  it('knows each code whose level can be chosen, with its description', () => {
    const described = Object.entries<{ description: string }>(properties.rules.properties);
    expect(described.map(([code, { description }]) => [code, description])).toEqual(
      RULE_CODES.map((code) => [code, ruleDescription(code)]),
    );
  });

  it('describes every setting', () => {
    for (const [key, value] of Object.entries<{ description?: string }>(properties))
      if (key !== '$schema') expect(value.description, key).toBeTruthy();
  });

  it('accepts what init writes', async () => {
    await run('init');
    const json = parseJson(createSource(readFileSync(path('deodar.config.json'), 'utf8')));
    if (!json.ok) throw new Error('it is no JSON');
    expect(validateJson('config', json.value)).toEqual([]);
  });

  it('and all else that init writes pass every check', async () => {
    await run('init');
    for (const command of [['check'], ['validate'], ['format', '--check'], ['test'], ['matrix'], ['doctor']])
      expect((await run(...command)).code, command.join(' ')).toBe(0);
  });

  it('is named by what init writes, where the package is installed', async () => {
    write({ 'node_modules/deodar/grammar/schemas/config.schema.json': readFileSync(file) });
    await run('init', 'sub');
    expect(JSON.parse(readFileSync(path('sub/deodar.config.json'), 'utf8')).$schema).toBe(
      '../node_modules/deodar/grammar/schemas/config.schema.json',
    );
  });
});

it('every command that takes settings says so in its help, and has an option for each', async () => {
  for (const { name, load } of COMMANDS) {
    const { help, settings, options } = await load();
    expect(help.includes('--config FILE'), name).toBe(settings !== undefined || 'no-config' in options);
    if (settings === undefined) continue;
    const names = {
      tools: 'from-tools',
      denyWarnings: 'deny-warnings',
      rules: 'rule',
      thresholds: 'threshold',
    } as const;
    const given = { check: true, coverage: true, 'request-json': 'x' };
    for (const setting of [...settings([], given), ...settings(['x'], {}), ...settings([], {})]) {
      const option = Object.entries(names).find(([key]) => key === setting)?.[1] ?? setting;
      expect(Object.keys(options), `${name} ${setting}`).toContain(option);
    }
  }
});
