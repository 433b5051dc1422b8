import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINT_RULES, lintPolicies } from '../../src/analysis/lint-policies.js';
import type { PolicySet } from '../../src/ast/policy.js';
import { createAuthorizer } from '../../src/authorizer/create-authorizer.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { parsePolicies } from '../../src/parser/parse-policies.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { createSource } from '../../src/text/source.js';
import { arbitraryPolicy } from '../support/arbitrary-policy.js';
import { arbitraryEntities, arbitraryRequest } from '../support/arbitrary-request.js';
import { SEEDED_DEFECTS, SOUND_POLICIES } from './seeded-defects.js';

const RUNS = Number(process.env.DEODAR_FUZZ_RUNS ?? 1500);
const ROOT = resolve(import.meta.dirname, '../..');

function policies(text: string, file = 'p.cedar'): PolicySet {
  const result = parsePolicies(createSource(text, file));
  if (!result.ok) throw new Error(renderDiagnostics(result.diagnostics));
  return result.value;
}

function lint(text: string): readonly Diagnostic[] {
  return lintPolicies(policies(text));
}

const codes = (text: string): string[] => lint(text).map(({ code }) => code);

/** Ends a forbid that stands alone: what is tested is another mistake. */
const PERMIT = '\npermit(principal, action, resource) when { context.otherwise };';

describe('seeded mistakes', () => {
  const withPermit = (code: string, text: string): string => (code === 'nothing-permitted' ? text : text + PERMIT);

  it.each(SEEDED_DEFECTS)('%s: %s', (code, text) => {
    expect(codes(withPermit(code, text))).toContain(code);
  });

  it.each(SOUND_POLICIES)('nothing about %s', (text) => {
    expect(lint(text).map(({ message }) => message)).toEqual([]);
  });

  it('are found with the recall and precision that are printed', () => {
    const found = SEEDED_DEFECTS.map(([code, text]) => ({ code, all: codes(withPermit(code, text)) }));
    const recalled = found.filter(({ code, all }) => all.includes(code)).length;
    const wrong = found.flatMap(({ code, all }) => all.filter((each) => each !== code));
    const alarms = SOUND_POLICIES.flatMap((text) => codes(text)).length;
    const precision = recalled / (recalled + wrong.length + alarms);
    console.log(
      `lint: ${recalled} of ${SEEDED_DEFECTS.length} seeded mistakes found (recall ${recalled / SEEDED_DEFECTS.length}), ` +
        `${wrong.length + alarms} other findings (precision ${precision.toFixed(2)})`,
    );
    expect(recalled).toBe(SEEDED_DEFECTS.length);
    expect([...wrong, alarms]).toEqual([0]);
  });
});

describe('policies that people use', () => {
  const folders = [resolve(ROOT, '../shared/realworld/policies'), join(ROOT, 'policies/coding-agent')].filter(
    existsSync,
  );
  it.each(folders)('have no findings: %s', (folder) => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.cedar'));
    expect(files.length).toBeGreaterThan(3);
    const found = files.flatMap((file) => lint(readFileSync(join(folder, file), 'utf8') + PERMIT));
    expect(found.map(({ message }) => message)).toEqual([]);
  });
});

describe('what a finding says', () => {
  it('names the policy, the reason and the remedy', () => {
    const text = `@id("no-rm")\nforbid(principal, action, resource)\nwhen { context.command in ["rm"] };${PERMIT}`;
    expect(
      renderDiagnostics(lint(text)),
    ).toBe(`p.cedar:3:8: error[always-fails]: the forbid \`no-rm\` can never fire, because \`context.command in ["rm"]\` always fails: \`["rm"]\` holds a string, and \`in\` takes entities
  3 | when { context.command in ["rm"] };
    |        ^^^^^^^^^^^^^^^^^^^^^^^^^
  help: for a string, write \`["a", "b"].contains(x)\`; \`in\` asks whether an entity is in a group`);
  });

  it('proposes the entity where a string was compared with one', () => {
    const [found] = lint(`permit(principal, action, resource) when { principal == "alice" };`);
    expect(found?.message).toContain('`principal` is an entity and `"alice"` is a string');
    expect(found?.help).toBe('write the entity with its type, such as `User::"alice"`');
  });
});

describe('a comment that asks to ignore a finding', () => {
  const off = 'forbid(principal, action, resource) when { false };';
  it.each([
    [`// deodar-ignore never-satisfied: off until May\n${off}`, []],
    ['forbid(principal, action, resource)\n// deodar-ignore never-satisfied: off until May\nwhen { false };', []],
    [`// deodar-ignore never-satisfied: one only\n${off}\n${off}`, ['never-satisfied']],
    [`// deodar-ignore always-fails: x\n${off}`, ['never-satisfied', 'ignore-unused']],
    [`// deodar-ignore never-satisfied\n${off}`, ['ignore-without-reason']],
    [`// deodar-ignore: x\n${off}`, ['never-satisfied', 'ignore-without-code']],
    [`// deodar-ignore never-satisfed: x\n${off}`, ['never-satisfied', 'ignore-unknown-code']],
    [`${off}\n// deodar-ignore never-satisfied: too late`, ['never-satisfied', 'ignore-unused']],
    [`@a("// deodar-ignore never-satisfied: no comment") ${off}`, ['never-satisfied']],
  ])('%s', (text, expected) => {
    expect(codes(text + PERMIT.replaceAll('\n', '\n '))).toEqual(expected);
  });

  it('proposes the code that is meant', () => {
    const found = lint(`// deodar-ignore never-satisfed: x\n${off}${PERMIT}`);
    expect(found.at(-1)?.help).toBe('did you mean `never-satisfied`?');
  });
});

describe('rules', () => {
  it('have different codes and say what they find', () => {
    expect(new Set(LINT_RULES.map(({ code }) => code)).size).toBe(LINT_RULES.length);
    for (const { code, documentation } of LINT_RULES) {
      expect(code).toMatch(/^[a-z-]+$/);
      expect(documentation).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('of style are silent unless they are asked for', () => {
    const set = policies('permit(principal, action, resource);');
    expect(lintPolicies(set)).toEqual([]);
    const found = lintPolicies(set, { style: true });
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['missing-id', 'note'],
      ['missing-description', 'note'],
    ]);
  });

  it('name the actions of a schema that no permit can allow', () => {
    const declared = parseSchema(
      createSource(
        'entity U { a: Bool }; entity R; action x, y, g appliesTo { principal: U, resource: R }; action z in g appliesTo { principal: U, resource: R }; action group;',
      ),
    );
    if (!declared.ok) throw new Error(renderDiagnostics(declared.diagnostics));
    const schema = resolveSchema([declared.value]);
    if (!schema.ok) throw new Error(renderDiagnostics(schema.diagnostics));
    const set = policies(
      'permit(principal, action in Action::"g", resource); permit(principal is R, action == Action::"y", resource);',
    );
    const found = lintPolicies(set, { schema: schema.value });
    expect(found.map(({ message }) => message)).toEqual([
      'no permit can allow Action::"x"',
      'no permit can allow Action::"y"',
    ]);
  });

  it('need no stack and little time for long and deep policies', () => {
    const deep = `${'('.repeat(300)}context.a${')'.repeat(300)}`;
    const long = Array.from({ length: 20_000 }, (_, i) => `context.a == ${i}`).join(' || ');
    expect(codes(`permit(principal, action, resource) when { ${deep} == -1 || ${long} };`)).toEqual([]);
    const many = Array.from(
      { length: 5_000 },
      (_, i) => `permit(principal == U::"${i}", action, resource) when { context.a == ${i} };`,
    );
    const forbids = Array.from(
      { length: 5_000 },
      (_, i) => `forbid(principal == U::"${i}x", action, resource) when { context.a == ${i} };`,
    );
    expect(codes([...many, ...forbids].join('\n'))).toEqual([]);
  }, 30_000);
});

/** Conditions over few subjects and values, so that they often contradict each other. */
const subject = fc.constantFrom('principal.age', 'context.n', 'context.text', 'resource', 'principal', 'action');
const value = fc.constantFrom(
  '1',
  '2',
  '3',
  '"a"',
  '"ab"',
  '"b"',
  'User::"alice"',
  'User::"bob"',
  'Action::"view"',
  'true',
);
const pattern = fc.constantFrom('"*a*"', '"a*"', '"ab"', '"*"', '"*b"', '"*ab*"');
const test: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(subject, fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in'), value).map((parts) => parts.join(' ')),
  fc.tuple(value, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), subject).map((parts) => parts.join(' ')),
  fc.tuple(subject, pattern).map(([of, like]) => `${of} like ${like}`),
  fc.tuple(subject, fc.constantFrom('User', 'Doc')).map(([of, type]) => `${of} is ${type}`),
  fc.constantFrom('context has n', 'principal has age', 'context has text', 'context has text.x', 'true', 'false'),
  fc.constantFrom('[1, 2].contains(context.n)', '["a"].contains(context.text)', '[].contains(context.n)'),
);
const condition: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: test },
  { weight: 1, arbitrary: test.map((each) => `!(${each})`) },
  { weight: 2, arbitrary: fc.tuple(test, test).map(([a, b]) => `(${a} && ${b})`) },
  { weight: 2, arbitrary: fc.tuple(test, test).map(([a, b]) => `(${a} || ${b})`) },
  { weight: 1, arbitrary: fc.tuple(test, test, test).map(([a, b, c]) => `(if ${a} then ${b} else ${c})`) },
);
const scopes = fc.constantFrom('principal', 'principal == User::"alice"', 'principal is User', 'principal is Doc');
const smallPolicy = fc
  .tuple(
    fc.constantFrom('permit', 'forbid'),
    scopes,
    fc.constantFrom('action', 'action == Action::"view"', 'action in [Action::"view", Action::"edit"]'),
    fc.array(fc.tuple(fc.constantFrom('when', 'unless'), condition), { minLength: 1, maxLength: 3 }),
  )
  .map(
    ([effect, who, what, tests]) =>
      `${effect}(${who}, ${what}, resource)${tests.map(([kind, body]) => ` ${kind} { ${body} }`).join('')};`,
  );

const entity = fc.constantFrom('User::"alice"', 'User::"bob"', 'Doc::"d"');
const smallRequest = fc.record({
  principal: entity,
  action: fc.constantFrom('Action::"view"', 'Action::"edit"'),
  resource: entity,
  context: fc.record(
    {
      n: fc.constantFrom<unknown>(0, 1, 2, 3, 4, 'a'),
      text: fc.constantFrom<unknown>('a', 'ab', 'b', 'xab', 1, { x: 1 }),
    },
    { requiredKeys: [] },
  ),
});
const smallEntities = fc
  .array(fc.tuple(fc.constantFrom('alice', 'bob'), fc.constantFrom<unknown>(1, 2, 3, 'a')), { maxLength: 2 })
  .map((all) => [...new Map(all)].map(([id, age]) => ({ uid: { type: 'User', id }, attrs: { age }, parents: [] })));

const USELESS = new Set(['never-satisfied', 'always-fails']);

describe('findings hold for every request', () => {
  it('small policies that often contradict themselves', () => {
    let found = 0;
    fc.assert(
      fc.property(
        smallPolicy,
        fc.array(smallRequest, { minLength: 4, maxLength: 8 }),
        smallEntities,
        (text, requests, entities) => {
          const set = policies(text);
          if (!lintPolicies(set).some(({ code }) => USELESS.has(code))) return;
          found++;
          const authorizer = createAuthorizer({ policies: set, entities });
          for (const request of requests) expect(authorizer.isAuthorized(request).reason, text).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
    expect(found).toBeGreaterThan(RUNS / 20);
  });

  it('any policies', () => {
    fc.assert(
      fc.property(
        arbitraryPolicy({ depth: 3 }),
        fc.array(arbitraryRequest(), { minLength: 2, maxLength: 5 }),
        arbitraryEntities(),
        (policy, requests, entities) => {
          const set: PolicySet = { policies: [policy], templates: [], links: [] };
          if (!lintPolicies(set).some(({ code }) => USELESS.has(code))) return;
          const authorizer = createAuthorizer({ policies: set, entities });
          for (const request of requests) expect(authorizer.isAuthorized(request).reason).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('a permit that is shadowed never decides', () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(smallPolicy, { minLength: 2, maxLength: 6 }),
        fc.array(smallRequest, { minLength: 4, maxLength: 8 }),
        (texts, requests) => {
          // Every policy also without its last condition, as a forbid: something that covers it.
          const all = texts.flatMap((text) => [
            text,
            text.replace(/^permit/, 'forbid').replace(/ (?:when|unless) \{[^{}]*\};$/, ';'),
          ]);
          const set = policies(all.join('\n'));
          const shadowed = lintPolicies(set).filter(({ code }) => code === 'shadowed-permit');
          found += shadowed.length;
          const authorizer = createAuthorizer({ policies: set });
          for (const request of requests) {
            const { reason } = authorizer.isAuthorized(request);
            for (const { data } of shadowed) expect(reason).not.toContain(data?.policyId);
          }
        },
      ),
      { numRuns: Math.ceil(RUNS / 4) },
    );
    expect(found).toBeGreaterThan(RUNS / 20);
  });
});
