import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { runCli } from '../support/terminal.js';
import { useWorkFolder } from '../support/work-folder.js';

const { path, write, run } = useWorkFolder();
const TINY = `${CONFORMANCE}/cli-samples/tiny_sandboxes`;

describe('deodar check-parse', () => {
  it('says nothing when policies, a schema, entities and an expression can be read', async () => {
    write({ 'p.cedar': 'permit (principal, action, resource);', 's.cedarschema': 'entity A;', 'e.json': [] });
    const args = ['p.cedar', '--schema', 's.cedarschema', '--entities', 'e.json', '--expression', '1 + 1'];
    expect(await run('check-parse', ...args)).toEqual({ code: 0, out: '', err: '' });
  });

  it('reads policies from standard input when nothing is named', async () => {
    expect((await runCli(path(), ['check-parse'], 'permit (principal, action, resource);')).code).toBe(0);
    const wrong = await runCli(path(), ['check-parse'], 'permit (principal, action, resource)');
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('<stdin>:1:37: error[missing-semicolon]');
    const json =
      '{ "effect": "permit", "principal": { "op": "All" }, "action": { "op": "All" }, "resource": { "op": "All" }, "conditions": [] }';
    expect((await runCli(path(), ['check-parse', '--policy-format', 'json'], json)).code).toBe(0);
  });

  it('reports everything that is wrong with everything that is named', async () => {
    write({ 'p.cedar': 'permit', 's.cedarschema': 'entity', 'e.json': '[{}]' });
    const args = ['-p', 'p.cedar', '-s', 's.cedarschema', '--entities', 'e.json', '--expression', '1 +'];
    const { code, err } = await run('check-parse', ...args);
    expect(code).toBe(1);
    for (const name of ['p.cedar', 's.cedarschema', 'e.json', '<expression>']) expect(err).toContain(`${name}:1:`);
    const json = JSON.parse((await run('check-parse', ...args, '--json')).out) as { errors: number };
    expect(json.errors).toBeGreaterThanOrEqual(4);
  });

  it.skipIf(CONFORMANCE === undefined).each([
    ['static_policy.cedar.json', 0],
    ['policy_template.cedar.json', 0],
    ['policy_set.cedar.json', 0],
    ['policy_mixed_properties.cedar.json', 1],
    ['policy_no_matching_properties.cedar.json', 1],
  ])('reads %s of the official samples with exit code %d', async (file, exit) => {
    expect(
      (await runCli(`${TINY}/json-check-parse`, ['check-parse', '-p', file, '--policy-format', 'json'])).code,
    ).toBe(exit);
  });
});

describe('deodar translate-policy', () => {
  it('translates there and back, and an @id is the id in JSON', async () => {
    const text =
      '@id("view")\npermit (\n  principal,\n  action,\n  resource in ?resource\n)\nwhen { context.n == 9223372036854775807 };\n';
    write({ 'p.cedar': `// a comment\n${text}` });
    const json = await run('translate-policy', '--direction', 'cedar-to-json', '-p', 'p.cedar');
    expect(json).toMatchObject({ code: 0, err: '' });
    expect(json.out).toContain('9223372036854775807');
    expect(JSON.parse(json.out)).toMatchObject({
      staticPolicies: {},
      templates: { view: { effect: 'permit' } },
      templateLinks: [],
    });
    const back = await runCli(path(), ['translate-policy', '--direction', 'json-to-cedar'], json.out);
    expect(back).toEqual({ code: 0, out: text, err: '' });
  });

  it('reports what cannot be translated', async () => {
    const linked = { staticPolicies: {}, templates: {}, templateLinks: [] as object[] };
    const template = {
      effect: 'permit',
      principal: { op: '==', slot: '?principal' },
      action: { op: 'All' },
      resource: { op: 'All' },
      conditions: [],
    };
    const links = [{ templateId: 't', newId: 'l', values: { '?principal': { type: 'A', id: 'a' } } }];
    write({ 'links.json': { ...linked, templates: { t: template }, templateLinks: links }, 'p.cedar': 'permit' });
    const refused = await run('translate-policy', '--direction', 'json-to-cedar', 'links.json');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('links.json: error[linked-policies]');
    expect((await run('translate-policy', '--direction', 'cedar-to-json', 'p.cedar')).code).toBe(1);
    expect((await run('translate-policy', '--direction', 'json-to-cedar', 'p.cedar')).err).toContain(
      'p.cedar:1:1: error[json',
    );
    expect((await run('translate-policy', 'p.cedar')).err).toContain('give --direction cedar-to-json or json-to-cedar');
    expect((await run('translate-policy', '--direction', 'up', 'p.cedar')).err).toContain('--direction takes');
  });

  it.skipIf(CONFORMANCE === undefined)('gives the JSON and the text of the official sample', async () => {
    const cwd = `${TINY}/translate-policy`;
    const json = await runCli(cwd, ['translate-policy', '--direction', 'cedar-to-json', '-p', 'policy.cedar']);
    expect(JSON.parse(json.out)).toEqual(JSON.parse(readFileSync(`${cwd}/policy.cedar.json`, 'utf8')));
    const text = await runCli(cwd, ['translate-policy', '--direction', 'json-to-cedar', '-p', 'policy.cedar.json']);
    expect(text.out).toBe(readFileSync(`${cwd}/policy.cedar`, 'utf8'));
  });
});

describe('deodar translate-schema', () => {
  const TEXT = 'entity A in [B] = { x: C };\nentity B;\ntype C = Long;\n';

  it('translates in each direction, from a file or standard input', async () => {
    write({ 's.cedarschema': TEXT });
    const json = await run('translate-schema', '--direction', 'cedar-to-json', '-s', 's.cedarschema');
    const x = (text: string): unknown =>
      (JSON.parse(text) as { '': { entityTypes: { A: { shape: { attributes: { x: unknown } } } } } })[''].entityTypes.A
        .shape.attributes.x;
    expect(x(json.out)).toEqual({ type: 'EntityOrCommon', name: 'C' });
    const resolved = await runCli(
      path(),
      ['translate-schema', '--direction', 'cedar-to-json-with-resolved-types'],
      TEXT,
    );
    expect(x(resolved.out)).toEqual({ type: 'C' });
    const back = await runCli(path(), ['translate-schema', '--direction', 'json-to-cedar'], json.out);
    expect(back.code).toBe(0);
    expect(back.out).toContain('entity A in [B]');
  });

  it('needs every name to be declared only where types are resolved', async () => {
    write({ 's.cedarschema': 'entity A in [Nope];' });
    expect((await run('translate-schema', '--direction', 'cedar-to-json', 's.cedarschema')).code).toBe(0);
    const resolved = await run('translate-schema', '--direction', 'cedar-to-json-with-resolved-types', 's.cedarschema');
    expect(resolved).toMatchObject({ code: 1, out: '' });
    expect(resolved.err).toContain('s.cedarschema:1:14: error[unknown-type]');
    expect((await run('translate-schema', '--direction', 'json-to-cedar', 's.cedarschema')).code).toBe(1);
  });

  it.skipIf(CONFORMANCE === undefined)('gives the JSON of the official sample', async () => {
    const { code, out } = await runCli(`${TINY}/translate-schema`, [
      'translate-schema',
      '--direction',
      'json-to-cedar',
      '-s',
      'tinytodo.cedarschema.json',
    ]);
    expect(code).toBe(0);
    const again = await runCli(path(), ['translate-schema', '--direction', 'cedar-to-json-with-resolved-types'], out);
    const official = await runCli(
      path(),
      ['translate-schema', '--direction', 'cedar-to-json-with-resolved-types'],
      conformanceText('cli-samples/tiny_sandboxes/translate-schema/tinytodo.cedarschema'),
    );
    // Printed text says of built-in types that no declaration is meant.
    expect(JSON.parse(again.out.replaceAll('__cedar::', ''))).toEqual(JSON.parse(official.out));
  });
});

describe('deodar evaluate', () => {
  it.each([
    ['1 + 1 == 2', 'true'],
    ['9223372036854775807', '9223372036854775807'],
    ['-3', '-3'],
    ['"a\\n\\u{1f600}"', '"a\\n\u{1f600}"'],
    ['Acme::User::"a\\"b"', 'Acme::User::"a\\"b"'],
    ['[1, [true], {}]', '[1, [true], {}]'],
    ['{ a: 1, "b c": { "if": "x" } }', '{a: 1, "b c": {"if": "x"}}'],
    ['decimal("1.50").greaterThan(decimal("1.5"))', 'false'],
    ['ip("10.0.0.1")', 'ip("10.0.0.1/32")'],
    ['duration("1h")', 'duration("3600000ms")'],
  ])('%s is %s', async (expression, value) => {
    expect(await run('evaluate', '--', expression)).toEqual({ code: 0, out: `${value}\n`, err: '' });
  });

  it('prints text that evaluates to the same value', async () => {
    const all = '[{ a: datetime("2024-02-29T12:00:00.001Z"), "__proto__": decimal("-0.5") }, ip("::1/64"), principal]';
    const first = await run('evaluate', '-l', 'User::"a"', all);
    expect(await run('evaluate', first.out)).toEqual(first);
  });

  it('reads of the request only what the expression needs', async () => {
    write({
      'e.json': [{ uid: { type: 'User', id: 'a' }, attrs: { n: 1 }, parents: [{ type: 'G', id: 'g' }] }],
      'c.json': { x: 'y' },
    });
    expect((await run('evaluate', '--entities', 'e.json', '-l', 'User::"a"', 'principal in G::"g"')).out).toBe(
      'true\n',
    );
    expect((await run('evaluate', '-c', 'c.json', 'context.x like "y*"')).out).toBe('true\n');
    expect((await run('evaluate', '--json', '-l', 'User::"a"', '[principal]')).out).toBe(
      `${JSON.stringify([{ __entity: { type: 'User', id: 'a' } }], null, 2)}\n`,
    );
    expect((await runCli(path(), ['evaluate', '-'], '1 < 2')).out).toBe('true\n');
    const missing = await run('evaluate', 'principal == resource');
    expect(missing.code).toBe(1);
    expect(missing.err).toContain('<expression>:1:1: error[missing-request-part]: `principal` has no value');
    expect(missing.err).toContain('<expression>:1:14: error[missing-request-part]: `resource` has no value');
  });

  it('shows where an evaluation fails', async () => {
    expect(
      (await run('evaluate', '1 + "a"')).err,
    ).toBe(`<expression>:1:5: error[type-error]: type error: expected long, got string
  1 | 1 + "a"
    |     ^^^
`);
    expect((await run('evaluate', '9223372036854775807 + 1')).err).toContain('error[integer-overflow]');
    expect((await run('evaluate', '{ a: 1 }.b')).err).toContain('error[record-attr-does-not-exist]');
    expect((await run('evaluate', '1 +')).code).toBe(1);
  });

  it('places what is wrong with a context in its file', async () => {
    write({ 'c.json': '{ "x": { "y": null } }' });
    expect((await run('evaluate', '-c', 'c.json', 'context.x')).err).toContain('c.json:1:15: error[null-value]');
  });

  it.skipIf(CONFORMANCE === undefined).each([
    ['sample1', 'principal in UserGroup::"jane_friends"', 'true'],
    ['sample1', 'principal.age >= 17', 'true'],
    ['sample2', 'resource.owner', 'User::"bob"'],
    ['sample3', 'if 10 > 5 then "good" else "bad"', '"good"'],
    ['sample5', 'principal.addr.isLoopback()', 'true'],
    ['sample6', 'principal.account.age >= 17', 'true'],
    ['sample7', 'context.role.contains("admin")', 'true'],
  ])('of the official %s: %s is %s', async (sample, expression, value) => {
    const args = ['evaluate', '--request-json', 'request.json', '--entities', 'entity.json', expression];
    expect(await runCli(`${TINY}/${sample}`, args)).toEqual({ code: 0, out: `${value}\n`, err: '' });
  });
});

describe('deodar link', () => {
  const TEMPLATE = '@id("view") permit (principal == ?principal, action, resource in ?resource);';
  const args = [
    '-p',
    't.cedar',
    '--template-id',
    'view',
    '-n',
    'alice',
    '-a',
    '{ "?principal": "User::\\"alice\\"", "?resource": "Album::\\"a\\"" }',
  ];

  it('prints the linked policy and keeps the link in a file that other commands take', async () => {
    write({ 't.cedar': TEMPLATE });
    const { code, out } = await run('link', ...args, '-k', 'links.json');
    expect(code).toBe(0);
    expect(out).toBe(`Template-linked policy added: "alice"

@id("view")
permit (
  principal == User::"alice",
  action,
  resource in Album::"a"
);
`);
    const links = JSON.parse(readFileSync(path('links.json'), 'utf8')) as unknown;
    expect(links).toEqual([
      { template_id: 'view', link_id: 'alice', args: { '?principal': 'User::"alice"', '?resource': 'Album::"a"' } },
    ]);
    const request = ['-l', 'User::"alice"', '-a', 'Action::"x"', '-r', 'Album::"a"', '-v'];
    const allowed = await run('authorize', '-p', 't.cedar', '-k', 'links.json', ...request);
    expect(allowed).toMatchObject({ code: 0, out: expect.stringContaining('  alice\n') as string });
    expect((await run('authorize', '-p', 't.cedar', ...request)).code).toBe(2);
    const again = await run('link', ...args, '-k', 'links.json');
    expect(again.code).toBe(1);
    expect(again.err).toContain('error[duplicate-policy-id]');
    expect(JSON.parse(readFileSync(path('links.json'), 'utf8'))).toEqual(links);
  });

  it.each([
    ['an unknown template', ['--template-id', 'viw', '-n', 'x', '-a', '{}'], 'did you mean "view"?'],
    ['a missing entity', ['--template-id', 'view', '-n', 'x', '-a', '{}'], 'no entity for the slot ?principal'],
    [
      'an unknown slot',
      ['--template-id', 'view', '-n', 'x', '-a', '{ "?action": "A::\\"a\\"" }'],
      '<arguments>:1:14: error[bad-template-link]',
    ],
    [
      'an entity that is none',
      ['--template-id', 'view', '-n', 'x', '-a', '{ "?principal": "alice" }'],
      '<arguments>:1:17: error[bad-entity-uid]',
    ],
    ['arguments that are no JSON', ['--template-id', 'view', '-n', 'x', '-a', 'alice'], '<arguments>:1:1: error[json'],
    ['no id', ['--template-id', 'view', '-a', '{}'], 'no --new-id'],
  ])('fails for %s', async (_name, wrong, message) => {
    write({ 't.cedar': TEMPLATE });
    const { code, out, err } = await run('link', '-p', 't.cedar', ...wrong, '-k', 'links.json');
    expect(err).toContain(message);
    expect([code, out]).toEqual([1, '']);
    expect(
      (await run('authorize', '-p', 't.cedar', '-k', 'links.json', '-l', 'A::"a"', '-a', 'A::"a"', '-r', 'A::"a"')).err,
    ).toContain('links.json: error[file-not-found]');
  });
});

describe('deodar visualize', () => {
  it('draws a cluster for each type and an edge to each parent', async () => {
    write({
      'e.json': [
        { uid: { type: 'User', id: 'a"b\\c' }, attrs: {}, parents: [{ type: 'N::Group', id: 'g\n' }] },
        { uid: { type: 'User', id: 'd' }, attrs: {}, parents: [{ type: 'User', id: 'a"b\\c' }] },
      ],
    });
    const expected = String.raw`strict digraph {
	ordering="out"
	node [shape=box]
	subgraph "cluster_N::Group" {
		label="N::Group"
		"N::Group::\"g\\n\"" [label="g\\n", style=dashed]
	}
	subgraph "cluster_User" {
		label="User"
		"User::\"a\\\"b\\\\c\"" [label="a\\\"b\\\\c"]
		"User::\"d\"" [label="d"]
	}
	"User::\"a\\\"b\\\\c\"" -> "N::Group::\"g\\n\""
	"User::\"d\"" -> "User::\"a\\\"b\\\\c\""
}
`;
    expect(await run('visualize', '--entities', 'e.json')).toEqual({ code: 0, out: expected, err: '' });
  });

  it('fails without entities, or with what is none', async () => {
    write({ 'e.json': '{}' });
    expect(await run('visualize')).toMatchObject({ code: 1, out: '' });
    expect((await run('visualize', 'e.json')).err).toContain('e.json:1:1: error[entities-not-array]');
  });
});
