import { describe, expect, it } from 'vitest';
import {
  combinePolicySets,
  createAuthorizer,
  type PolicySet,
  parsePolicySet,
  parseSchema,
  resolveSchema,
} from '../../src/index.js';
import { printModuleTypes } from '../../src/standalone/print-module-types.js';
import { entityUid } from '../../src/values/value.js';
import { moduleText, saidBy, useCompiledModules } from '../support/compiled-module.js';

const load = useCompiledModules();

function setOf(...texts: string[]): PolicySet {
  const parsed = texts.map((text) => parsePolicySet(text));
  const combined = combinePolicySets(parsed.flatMap((each) => (each.ok ? [each.value] : [])));
  if (!combined.ok || parsed.some(({ ok }) => !ok)) throw new Error('cannot be read');
  return combined.value;
}

const REQUEST = { principal: 'U::"u"', action: 'A::"a"', resource: 'R::"r"' };

const HOSTILE = [
  '"',
  "'",
  '`${process.exit(1)}`',
  '*/',
  '</script>',
  '<!-- <script>',
  '\u2028\u2029',
  '\\',
  '\n\r',
  '\0',
  '__proto__',
  'constructor',
  '😀',
];

/** Cedar's literal of a text. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"\n\r\0]/g, (c) => ({ '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\0': '\\0' })[c] ?? c)}"`;
}

describe('a compiled module', () => {
  it.each(HOSTILE)(
    'takes %j as an id, an attribute, a text, a pattern and an entity for what they are',
    async (text) => {
      const literal = quoted(text);
      const set = setOf(`@id(${literal}) permit (principal == U::${literal}, action, resource)
      when { context[${literal}] == ${literal} && context has ${literal} && ${literal} like ${quoted(text).replaceAll('*', '\\*')} }
      when { { ${literal}: U::${literal} }[${literal}] == principal && [${literal}].contains(${literal}) };
      @id("error") forbid (principal, action, resource) when { context.x[${literal}] };`);
      const entities: object[] = [];
      const { isAuthorized } = await load(set);
      const authorizer = createAuthorizer({ policies: set, entities });
      for (const context of [JSON.parse(`{${JSON.stringify(text)}:${JSON.stringify(text)},"x":{}}`), {}]) {
        const request = { ...REQUEST, principal: { type: 'U', id: text }, context };
        expect(saidBy(isAuthorized(request, entities))).toEqual(saidBy(authorizer.isAuthorized(request)));
      }
      expect(
        isAuthorized({
          ...REQUEST,
          principal: { type: 'U', id: text },
          context: JSON.stringify({ [text]: text, x: {} }),
        }).errors,
      ).toHaveLength(1);
      const written = moduleText(set);
      if (!written.ok) throw new Error('cannot be written');
      expect(written.value).not.toMatch(/<\/script|<!--|[\u2028\u2029\0]/);
      expect(printModuleTypes(set)).not.toMatch(/[\u2028\u2029\0\r]/);
    },
  );

  it('imports nothing and makes no code', () => {
    for (const schema of [undefined, schemaOf('entity U; action a appliesTo { principal: U, resource: U };')]) {
      const text = moduleText(setOf('permit (principal, action, resource) when { context.a + 1 > 2 };'), schema);
      if (!text.ok) throw new Error('cannot be written');
      expect(text.value).not.toMatch(/\bimport\b|\brequire\b|\bFunction\s*\(|\beval\b|node:|\bprocess\b/);
      expect(text.value.match(/^export /gm)).toHaveLength(1);
    }
  });

  it('is the same text for the same policies', () => {
    const text = 'permit (principal, action, resource) when { context.a like "*a*" && [1, 2].contains(context.b) };';
    expect(moduleText(setOf(text))).toEqual(moduleText(setOf(text)));
  });

  it('has the links of templates, in policy order', async () => {
    const set = setOf(
      'permit (principal == ?principal, action, resource in ?resource) when { context.n > 0 };\nforbid (principal, action, resource) when { context.n > 9 };',
    );
    const links = ['a', 'b', 'c'].map((id) => ({
      id: `link-${id}`,
      templateId: 'policy0',
      values: { '?principal': entityUid('U', id === 'c' ? 'other' : 'u'), '?resource': entityUid('R', 'r') },
    }));
    const linked = { ...set, links };
    const { isAuthorized } = await load(linked);
    const authorizer = createAuthorizer({ policies: linked });
    for (const context of [{ n: 1 }, { n: 10 }, { n: -1 }, { n: 'x' }, {}])
      expect(saidBy(isAuthorized({ ...REQUEST, context }))).toEqual(
        saidBy(authorizer.isAuthorized({ ...REQUEST, context })),
      );
    expect(isAuthorized({ ...REQUEST, context: { n: 1 } }).reason).toEqual(['link-a', 'link-b']);
  });

  it('keeps integers, bigints and values of extensions exact', async () => {
    const set = setOf(`permit (principal, action, resource) when { context.n == 9223372036854775807 };
      permit (principal, action, resource) when { context.n == -9223372036854775808 || context.n == -5 };
      permit (principal, action, resource) when { context.d == decimal("-1.5") || context.n + 9223372036854775807 == 0 };
      permit (principal, action, resource) when { ip("::1/64") == ip("::1/64") && duration("-1d") < duration("1ms") };
      permit (principal, action, resource) when { datetime("2024-01-01") > datetime("1969-12-31") && ip("nope").isIpv4() };`);
    const { isAuthorized } = await load(set);
    const authorizer = createAuthorizer({ policies: set });
    for (const n of [9223372036854775807n, -9223372036854775808n, -5, 5, 0, 1]) {
      const request = { ...REQUEST, context: { n, d: { __extn: { fn: 'decimal', arg: '-1.5' } } } };
      expect(saidBy(isAuthorized(request))).toEqual(saidBy(authorizer.isAuthorized(request)));
    }
  });

  it('takes conditions of any size and depth', async () => {
    const deep = `${'!('.repeat(200)}context.a${')'.repeat(200)}`;
    const ifs = `${'if context.a then ('.repeat(120)}true${') else false'.repeat(120)}`;
    const long = Array.from({ length: 3000 }, (_, i) => `context.n == ${i}`).join(' || ');
    const set = setOf(...[deep, ifs, long].map((body) => `permit (principal, action, resource) when { ${body} };`));
    const { isAuthorized } = await load(set);
    const authorizer = createAuthorizer({ policies: set });
    for (const context of [{ a: true, n: 2999 }, { a: false, n: -1 }, { a: 1 }, {}])
      expect(saidBy(isAuthorized({ ...REQUEST, context }))).toEqual(
        saidBy(authorizer.isAuthorized({ ...REQUEST, context })),
      );
  });

  it('denies whatever it cannot read, with what is wrong', async () => {
    const { isAuthorized, parseEntities } = await load(setOf('permit (principal, action, resource);'));
    const throwing = new Proxy({}, { get: () => fail(), ownKeys: () => fail(), getPrototypeOf: () => fail() });
    for (const entities of [
      null,
      1,
      'no json',
      [{ uid: 1 }],
      throwing,
      [throwing],
      { isIn: 1 },
      Symbol('s'),
      () => [],
    ]) {
      const answer = isAuthorized(REQUEST, entities);
      expect([answer.decision, answer.reason, (answer.diagnostics?.length ?? 0) > 0]).toEqual(['deny', [], true]);
    }
    expect(parseEntities('[{"uid":1}]').ok).toBe(false);
    expect(isAuthorized(throwing as never).decision).toBe('deny');
    expect(isAuthorized({ ...REQUEST, context: '{"a":1,"a":2}' }).diagnostics).toEqual(
      createAuthorizer({ policies: '' }).isAuthorized({ ...REQUEST, context: '{"a":1,"a":2}' }).diagnostics,
    );
  });

  it('reads and checks by a schema, with its actions and groups', async () => {
    const text = `namespace N { entity G; entity U in [G] { age?: Long }; entity R enum ["r"]; action all;
      action a in [all] appliesTo { principal: U, resource: R, context: { ip: ipaddr, "__proto__"?: Bool } }; }`;
    const schema = schemaOf(text);
    const set = setOf(
      'permit (principal in N::G::"g", action in N::Action::"all", resource) when { context.ip.isLoopback() };',
    );
    const { isAuthorized, parseEntities } = await load(set, schema);
    const user = { uid: { type: 'N::U', id: 'u' }, attrs: { age: 3 }, parents: [{ type: 'N::G', id: 'g' }] };
    const request = {
      principal: 'N::U::"u"',
      action: 'N::Action::"a"',
      resource: 'N::R::"r"',
      context: { ip: '127.0.0.1' },
    };
    const authorizer = createAuthorizer({ policies: set, schema, entities: [user] });
    const store = parseEntities([user]);
    expect(store.ok).toBe(true);
    for (const asked of [
      request,
      { ...request, context: {} },
      { ...request, context: { ip: '127.0.0.1', ['__proto__']: true } },
      { ...request, resource: 'N::R::"s"' },
      { ...request, action: 'N::Action::"nope"' },
      { ...request, principal: 'N::G::"g"' },
      { ...request, entities: [{ ...user, attrs: { age: 'x' } }] },
    ]) {
      const expected = saidBy(authorizer.isAuthorized(asked));
      expect(saidBy(isAuthorized(asked, [user]))).toEqual(expected);
      if (store.ok) expect(saidBy(isAuthorized(asked, store.value))).toEqual(expected);
    }
    expect(isAuthorized(request, [user]).decision).toBe('allow');
    expect(isAuthorized(request, [{ ...user, attrs: { age: 'x' } }]).diagnostics).toHaveLength(1);
  });

  it('reports links that do not fit instead of writing a module', () => {
    const set = setOf('permit (principal == ?principal, action, resource);');
    const links = [{ id: 'l', templateId: 'policy0', values: {} }];
    expect(moduleText({ ...set, links }).diagnostics.map(({ code }) => code)).toEqual(['link-slots']);
  });
});

function schemaOf(text: string) {
  const fragment = parseSchema(text);
  const schema = fragment.ok ? resolveSchema([fragment.value]) : fragment;
  if (!schema.ok) throw new Error(schema.diagnostics[0]?.message);
  return schema.value;
}

function fail(): never {
  throw new Error('read');
}
