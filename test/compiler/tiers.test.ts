import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Code, js } from '../../src/compiler/code.js';
import { emitConditions } from '../../src/compiler/emit-conditions.js';
import { Tiers } from '../../src/compiler/tiers.js';
import { createAuthorizer, parsePolicySet } from '../../src/index.js';

const REQUEST = {
  principal: { type: 'User', id: 'alice' },
  action: { type: 'Action', id: 'view' },
  resource: { type: 'Doc', id: 'd' },
  context: { n: 3, text: 'abc' },
};
const ENTITIES = [{ uid: { type: 'User', id: 'alice' }, attrs: { level: 4 }, parents: [] }];

function conditionsOf(text: string) {
  const parsed = parsePolicySet(text);
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return parsed.value.policies.map(({ conditions }) => conditions);
}

describe('conditions', () => {
  it('are evaluated by closures at first and by generated code when they are used a lot', () => {
    const policies = 'permit (principal, action, resource) when { context.n == 3 };';
    const authorizer = createAuthorizer({ policies, entities: ENTITIES });
    for (let i = 0; i < 3; i++) expect(authorizer.isAuthorized(REQUEST).decision).toBe('allow');
    expect(authorizer.counts()).toMatchObject({ closures: 3, generated: 0, functions: 0 });
    for (let i = 0; i < 997; i++) expect(authorizer.isAuthorized(REQUEST).decision).toBe('allow');
    const { closures, generated, functions } = authorizer.counts();
    expect([closures + generated, functions]).toEqual([1000, 1]);
    expect(generated).toBeGreaterThan(900);
  });

  it('share one function when they differ in literals only, and the links of a template share its code', () => {
    const texts = Array.from(
      { length: 50 },
      (_, i) => `permit (principal, action, resource) when { context.text == "${i}" && context.n < ${i} };`,
    );
    const authorizer = createAuthorizer({
      policies: texts.join('\n'),
      entities: ENTITIES,
      engine: { generateAfter: 0, index: false },
    });
    authorizer.isAuthorized(REQUEST);
    expect(authorizer.counts()).toMatchObject({ generated: 50, closures: 0, functions: 1 });
    const template = parsePolicySet('permit (principal == ?principal, action, resource) when { context.n > 1 };');
    if (!template.ok) throw new Error('no template');
    const links = ['alice', 'alice', 'bob'].map((id, i) => ({
      id: `l${i}`,
      templateId: 'policy0',
      values: { '?principal': { kind: 'entity' as const, type: 'User', id } },
    }));
    const linked = createAuthorizer({ policies: { ...template.value, links }, engine: { generateAfter: 0 } });
    expect(linked.isAuthorized(REQUEST).reason).toEqual(['l0', 'l1']);
    expect(linked.counts()).toMatchObject({ candidates: 2, generated: 2, functions: 1 });
  });

  it('are tested by one function when a short list of them is used often, until a policy comes or goes', () => {
    const policies = `
      permit (principal, action, resource) when { context.n == 7 };
      permit (principal, action, resource);
      forbid (principal, action, resource) when { context.text < 3 };
      forbid (principal, action, resource) when { context.missing };
      permit (principal == User::"bob", action, resource) when { context.n > 1 };`;
    const [plain, fusing] = [Number.POSITIVE_INFINITY, 0].map((generateAfter) =>
      createAuthorizer({ policies, engine: { generateAfter } }),
    );
    const said = (authorizer: typeof plain, n: number): unknown => {
      const { decision, reason, errors } = authorizer?.isAuthorized({ ...REQUEST, context: { n, text: 'x' } }) ?? {};
      return [decision, reason, errors?.map(({ policyId, error }) => [policyId, error.message, error.span])];
    };
    for (let n = 5; n < 9; n++) expect(said(fusing, n)).toEqual(said(plain, n));
    expect(fusing?.isAuthorized({ ...REQUEST, context: { n: 7, text: 'x' } })).toMatchObject({
      decision: 'allow',
      reason: ['policy0', 'policy1'],
      errors: [{ policyId: 'policy2' }, { policyId: 'policy3' }],
    });
    const before = fusing?.counts();
    said(fusing, 7);
    const after = fusing?.counts();
    const grown = (name: 'candidates' | 'generated' | 'deferred' | 'closures'): number =>
      (after?.[name] ?? 0) - (before?.[name] ?? 0);
    expect(before).toMatchObject({ fused: 1 });
    expect([grown('candidates'), grown('generated'), grown('deferred'), grown('closures')]).toEqual([4, 2, 1, 1]);
    for (const authorizer of [plain, fusing]) expect(authorizer?.remove('policy1')).toBe(true);
    for (let n = 5; n < 9; n++) expect(said(fusing, n)).toEqual(said(plain, n));
    expect(fusing?.counts()).toMatchObject({ fused: 2 });
  });

  it('leave to the closures what generated code cannot explain', () => {
    const policies = 'permit (principal, action, resource) when { context.text < 3 };';
    const [closures, generated] = [Number.POSITIVE_INFINITY, 0].map((generateAfter) =>
      createAuthorizer({ policies, engine: { generateAfter } }),
    );
    const answer = generated?.isAuthorized(REQUEST);
    expect(answer?.errors[0]?.error.message).toBe('type error: expected long, got string');
    expect(JSON.stringify(answer)).toBe(JSON.stringify(closures?.isAuthorized(REQUEST)));
    expect(generated?.counts()).toMatchObject({ deferred: 1, closures: 1 });
  });

  it('that are too large, or nest as deep as the language allows, are answered all the same', () => {
    const many = Array.from({ length: 3000 }, (_, i) => `context.n == ${i}`).join(' || ');
    const deep = `${'!('.repeat(240)}context.n == 3${')'.repeat(240)}`;
    const ifs = `${'if context.n == 9 then false else ('.repeat(150)}true${')'.repeat(150)}`;
    for (const condition of [many, deep, ifs]) {
      const policies = `permit (principal, action, resource) when { ${condition} };`;
      const authorizer = createAuthorizer({ policies, engine: { generateAfter: 0 } });
      expect(authorizer.isAuthorized(REQUEST).decision).toBe('allow');
    }
    expect(
      emitConditions(conditionsOf(`permit (principal, action, resource) when { ${many} };`)[0] ?? [], new Tiers()),
    ).toBeUndefined();
  });
});

describe('generated code', () => {
  const hostile = [
    '"; globalThis.broken = 1; "',
    '\\"+broken+\\"',
    '\u2028\u2029',
    '${broken}',
    '`',
    '*/',
    '__proto__',
    'constructor',
    '\\n',
  ];

  it('holds texts of policies as literals only', () => {
    for (const text of hostile) {
      const name = JSON.stringify(text)
        .slice(1, -1)
        .replaceAll('\u2028', '\\u{2028}')
        .replaceAll('\u2029', '\\u{2029}');
      const policies = `
        permit (principal, action, resource) when { context["${name}"] == "${name}" && context has "${name}" };
        permit (principal is User, action, resource) when { {"${name}": 1}["${name}"] == 1 && User::"${name}" != principal };`;
      for (const generateAfter of [0, Number.POSITIVE_INFINITY]) {
        const authorizer = createAuthorizer({ policies, engine: { generateAfter } });
        const context = JSON.parse(`{${JSON.stringify(text)}:${JSON.stringify(text)}}`);
        expect(authorizer.isAuthorized({ ...REQUEST, context }).reason).toEqual(['policy0', 'policy1']);
      }
    }
    expect('broken' in globalThis).toBe(false);
  });

  it('is the same text for conditions of one shape', () => {
    const [a, b, c] = conditionsOf(`
      permit (principal, action, resource) when { context.n == 1 && principal.x like "*a*" };
      permit (principal, action, resource) when { context.n == 2 && principal.x like "*b*" };
      permit (principal, action, resource) when { context.m == 2 && principal.x like "*b*" };`).map((conditions) =>
      emitConditions(conditions, new Tiers())?.body.toString(),
    );
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(a).not.toContain('*a*');
  });

  it('is made of code of this program, of literals and of indexes', () => {
    expect(js`a ${Code.literal('"\n\\')} ${3}`.toString()).toBe(String.raw`a "\"\n\\" 3`);
    expect(() => js`${-1}`).toThrow('no index');
    expect(() => js`${0.5}`).toThrow('no index');
  });
});

const DIST = new URL('../../dist/index.js', import.meta.url);

describe.skipIf(!existsSync(DIST))('a process that forbids code made from text', () => {
  it('is answered by closures, without being told', () => {
    const program = `
      const { createAuthorizer } = await import(${JSON.stringify(DIST.href)});
      const policies = 'permit (principal, action, resource) when { context.n == 3 };';
      const authorizer = createAuthorizer({ policies });
      const request = ${JSON.stringify(REQUEST)};
      let allowed = 0;
      for (let i = 0; i < 1000; i++) if (authorizer.isAuthorized(request).decision === 'allow') allowed++;
      console.log(JSON.stringify({ allowed, ...authorizer.counts() }));`;
    const run = (...flags: string[]): unknown =>
      JSON.parse(
        execFileSync(process.execPath, [...flags, '--input-type=module', '-e', program], { encoding: 'utf8' }),
      );
    expect(run('--disallow-code-generation-from-strings')).toMatchObject({
      allowed: 1000,
      closures: 1000,
      generated: 0,
      functions: 0,
    });
    expect(run()).toMatchObject({ allowed: 1000, functions: 1 });
  });
});
