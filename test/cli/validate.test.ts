import { describe, expect, it } from 'vitest';
import { CONFORMANCE } from '../support/conformance-data.js';
import { runCli } from '../support/terminal.js';
import { useWorkFolder } from '../support/work-folder.js';

const SCHEMA = `entity User in [Group] { age?: Long };
entity Group;
entity Doc { owner: User };
action view appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };
`;
const GOOD = '@id("good") permit (principal, action == Action::"view", resource) when { context.mfa };\n';
const BAD = 'permit (principal, action == Action::"view", resource) when { principal.age > 17 };\n';
const NEVER = '@id("never") permit (principal is Doc, action == Action::"view", resource);\n';
const TEMPLATE = '@id("mine") permit (principal == ?principal, action, resource);\n';

const { path, write, run } = useWorkFolder();

describe('deodar validate', () => {
  it.each([
    ['valid policies', GOOD, [], 0, '1 file, 1 policy, valid for s.cedarschema\n'],
    ['policies that are not valid', BAD, [], 3, '1 file, 1 error, not valid for s.cedarschema\n'],
    ['warnings', NEVER, [], 0, '1 file, 1 policy, 2 warnings, valid for s.cedarschema\n'],
    ['denied warnings', NEVER, ['--deny-warnings'], 3, 'not valid for s.cedarschema\n'],
    ['a syntax error', 'permit (', [], 1, 'not validated\n'],
    ['a level that is kept', GOOD, ['--level', '0'], 0, 'valid for'],
    [
      'a level that is not kept',
      'permit (principal, action, resource) when { resource.owner in Group::"a" };',
      ['--level', '1'],
      3,
      '1 error',
    ],
    [
      'the permissive mode',
      'permit (principal, action, resource) when { [] == [1] };',
      ['--mode', 'permissive'],
      0,
      'valid for',
    ],
    [
      'the strict mode',
      'permit (principal, action, resource) when { [] == [1] };',
      ['--validation-mode', 'strict'],
      3,
      'error',
    ],
  ])('ends with its exit code for %s', async (_name, policies, args, exit, text) => {
    write({ 'p.cedar': policies, 's.cedarschema': SCHEMA });
    const { code, out, err } = await run('validate', 'p.cedar', '--schema', 's.cedarschema', ...args);
    expect(out + err).toContain(text);
    expect(code).toBe(exit);
  });

  it('points at the declaration in the schema beside the policies', async () => {
    write({ 'p.cedar': BAD, 's.cedarschema': SCHEMA });
    const { code, err } = await run('validate', 'p.cedar');
    expect(code).toBe(3);
    expect(
      err,
    ).toBe(`p.cedar:1:63: error[unsafe-optional-attribute-access]: the attribute \`age\` of \`User\` may be absent
  1 | permit (principal, action == Action::"view", resource) when { principal.age > 17 };
    |                                                               ^^^^^^^^^^^^^
  s.cedarschema:1:26:
  1 | entity User in [Group] { age?: Long };
    |                          ^^^ \`age\` is declared optional here
  help: test for it first: \`principal has age && ..\`

1 file, 1 error, not valid for s.cedarschema
`);
  });

  it('puts several fragments together, as text and as JSON', async () => {
    write({
      'p.cedar': GOOD,
      'a.cedarschema': 'entity User in [Group]; entity Group;',
      'b.cedarschema.json': {
        '': {
          entityTypes: { Doc: {} },
          actions: {
            view: {
              appliesTo: {
                principalTypes: ['User'],
                resourceTypes: ['Doc'],
                context: { type: 'Record', attributes: { mfa: { type: 'Boolean' } } },
              },
            },
          },
        },
      },
    });
    expect((await run('validate', 'p.cedar')).out).toContain('valid for a.cedarschema, b.cedarschema.json\n');
    const named = await run('validate', 'p.cedar', '-s', 'a.cedarschema', '-s', 'b.cedarschema.json');
    expect(named.code).toBe(0);
    expect((await run('validate', 'p.cedar', '-s', 'a.cedarschema')).code).toBe(3);
  });

  it('reports what is wrong with a schema in its file, text or JSON, with exit code 1', async () => {
    write({
      'p.cedar': GOOD,
      'a.cedarschema': 'entity A in [B];',
      'b.json': '{ "": { "entityTypes": { "A": { "memberOfTypes": ["B"] } }, "actions": {} } }',
    });
    const text = await run('validate', 'p.cedar', '-s', 'a.cedarschema');
    expect(text).toMatchObject({ code: 1 });
    expect(text.err).toContain('a.cedarschema:1:14: error[unknown-type]');
    const json = await run('validate', 'p.cedar', '-s', 'b.json');
    expect(json).toMatchObject({ code: 1 });
    expect(json.err).toContain('b.json:1:51: error[unknown-type]');
  });

  it('finds the nearest schema above the policies, up to the current folder', async () => {
    write({ 'apps/x/policies/deep/p.cedar': GOOD, 'apps/x/s.cedarschema': SCHEMA, 's.cedarschema': 'entity Wrong;' });
    expect((await run('validate', 'apps')).out).toContain('valid for apps/x/s.cedarschema\n');
    const inside = await runCli(path('apps/x/policies'), ['validate', '.']);
    expect(inside.err).toContain('error[no-schema]');
    expect(inside.code).toBe(1);
  });

  it('validates each pack of a folder against its own schema', async () => {
    write({
      'a/p.cedar': GOOD,
      'a/s.cedarschema': SCHEMA,
      'b/p.cedar': '@id("good") permit (principal, action == Action::"b", resource);',
      'b/s.cedarschema': 'entity B; action b appliesTo { principal: B, resource: B };',
    });
    const { code, out } = await run('validate', '.');
    expect(out).toBe('2 files, 2 policies, valid for a/s.cedarschema and b/s.cedarschema\n');
    expect(code).toBe(0);
  });

  it('reads policies or the schema from standard input, once', async () => {
    write({ 's.cedarschema': SCHEMA, 'p.cedar': GOOD });
    expect((await runCli(path(), ['validate'], GOOD)).out).toContain('valid for s.cedarschema');
    expect((await runCli(path(), ['validate', 'p.cedar', '-s', '-'], SCHEMA)).out).toContain('valid for <stdin>');
    const twice = await runCli(path(), ['validate', '-', '-s', '-'], SCHEMA);
    expect(twice.code).toBe(1);
    expect(twice.err).toContain('<stdin>: error[stdin-twice]');
  });

  it('checks links of templates, and places what is wrong with them in their file', async () => {
    write({
      'p.cedar': TEMPLATE,
      's.cedarschema': SCHEMA,
      'links.json': [{ template_id: 'mine', link_id: 'alice', args: { '?principal': 'User::"alice"' } }],
      'wrong.json': [{ template_id: 'mine', link_id: 'alice', args: { '?principal': 'Usr::"alice"' } }],
      'other.json': [{ template_id: 'min', link_id: 'alice', args: {} }],
      'shape.json': [{ template_id: 'mine', args: { '?action': 'User::"alice"' } }, 3],
    });
    expect((await run('validate', 'p.cedar', '-k', 'links.json')).code).toBe(0);
    const wrong = await run('validate', 'p.cedar', '-k', 'wrong.json');
    expect(wrong.code).toBe(3);
    expect(wrong.err).toContain('wrong.json:1:2: error[unrecognized-entity-type]: there is no entity type `Usr`');
    const other = await run('validate', 'p.cedar', '-k', 'other.json');
    expect(other.code).toBe(1);
    expect(other.err).toContain('other.json:1:2: error[unknown-template]: there is no template "min"');
    expect(other.err).toContain('did you mean "mine"?');
    const shape = await run('validate', 'p.cedar', '-k', 'shape.json');
    expect(shape.err.match(/error\[bad-template-link\]/g)).toHaveLength(3);
  });

  it('reads JSON policies and places their problems in the file', async () => {
    const policy = {
      effect: 'permit',
      principal: { op: 'All' },
      action: { op: '==', entity: { type: 'Action', id: 'nope' } },
      resource: { op: 'All' },
      conditions: [],
    };
    write({
      's.cedarschema': SCHEMA,
      'p.json': { staticPolicies: { a: policy }, templates: {}, templateLinks: [] },
      'single.json': policy,
      'neither.json': {},
    });
    const { code, err } = await run('validate', 'p.json');
    expect(code).toBe(3);
    expect(err).toContain('p.json:1:24: error[unrecognized-action-id]');
    expect((await run('validate', 'single.json')).err).toContain('single.json:1:1: error[unrecognized-action-id]');
    expect((await run('validate', 'neither.json')).err).toContain('neither.json:1:1: error[policy-json-kind]');
    expect((await run('validate', 'p.json', '--policy-format', 'cedar')).code).toBe(1);
  });
});

describe.skipIf(CONFORMANCE === undefined)('deodar validate, on the samples of the official command line', () => {
  const TINY = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n): [string, string, number] => [
    'policy.cedar',
    `tiny_sandboxes/sample${n}`,
    0,
  ]);

  it.each<[string, string, number]>([
    ['doesnotexist.cedar', 'sandbox_a', 1],
    ['policies_1.cedar', 'sandbox_a', 0],
    ['policies_1_bad.cedar', 'sandbox_a', 3],
    ['policies_2.cedar', 'sandbox_a', 0],
    ['policies_3.cedar', 'sandbox_a', 0],
    ['policies_4.cedar', 'sandbox_b', 0],
    ['policies_5_bad.cedar', 'sandbox_b', 3],
    ['policies_5.cedar', 'sandbox_b', 0],
    ['policies_6.cedar', 'sandbox_b', 0],
    ...TINY,
    ['policy_bad.cedar', 'tiny_sandboxes/sample9', 3],
  ])('%s of %s ends with its exit code, with the schema in text and in JSON', async (file, folder, exit) => {
    const cwd = `${CONFORMANCE}/cli-samples/${folder}`;
    for (const schema of ['schema.cedarschema', 'schema.cedarschema.json'])
      expect((await runCli(cwd, ['validate', '-p', file, '--schema', schema])).code).toBe(exit);
  });

  it.each([
    ['policy-level-0.cedar', 0, 0],
    ['policy-level-1.cedar', 0, 3],
    ['policy-level-1.cedar', 1, 0],
    ['policy-level-2.cedar', 1, 3],
    ['policy-level-2.cedar', 2, 0],
  ])('%s at level %d ends with %d', async (file, level, exit) => {
    const cwd = `${CONFORMANCE}/cli-samples/tiny_sandboxes/level-validation`;
    expect((await runCli(cwd, ['validate', file, '-s', 'schema.cedarschema', '--level', `${level}`])).code).toBe(exit);
  });
});
