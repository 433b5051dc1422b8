import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutantsOf } from '../../src/analysis/mutate-policy.js';
import { type ScoredMutant, scoreMutants } from '../../src/analysis/score-mutants.js';
import type { Policy, PolicySet } from '../../src/ast/policy.js';
import { printPolicy } from '../../src/ast/print-policy.js';
import { compilePolicySet } from '../../src/authorizer/compile-policy-set.js';
import { runRequestTest } from '../../src/packs/run-tests.js';
import type { RequestTest } from '../../src/packs/test-file.js';
import { parsePolicies } from '../../src/parser/parse-policies.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import type { Schema } from '../../src/schema/schema.js';
import { createSource } from '../../src/text/source.js';
import { arbitraryPolicy } from '../support/arbitrary-policy.js';

function policies(text: string): PolicySet {
  const set = parsePolicies(createSource(text));
  if (!set.ok) throw new Error(set.diagnostics[0]?.message);
  return set.value;
}

function changesOf(text: string): readonly string[] {
  const [policy] = policies(text).policies;
  return policy === undefined ? [] : mutantsOf(policy).map(({ kind, change }) => `${kind}: ${change}`);
}

function body(text: string): readonly string[] {
  const heads = ['removed', 'effect', 'condition', 'negated'];
  return changesOf(`permit(principal, action, resource) when { ${text} };`).filter(
    (change) => !heads.some((head) => change.startsWith(`${head}:`)),
  );
}

function test(name: string, decision: 'allow' | 'deny', context: object, more: Partial<RequestTest> = {}): RequestTest {
  const request = {
    principal: 'U::"u"',
    action: 'Action::"a"',
    resource: 'R::"r"',
    context: JSON.parse(JSON.stringify(context)),
  };
  return { kind: 'request', name, request, entities: [], decision, reason: undefined, errorCount: undefined, ...more };
}

function score(set: PolicySet, tests: readonly RequestTest[], schema?: Schema): readonly ScoredMutant[] {
  const compiled = compilePolicySet(set);
  if (!compiled.ok) throw new Error(compiled.diagnostics[0]?.message);
  const cases = tests.flatMap((each) => {
    const { subject, differences } = runRequestTest(each, set);
    expect(differences).toEqual([]);
    const environment = subject?.environment();
    if (subject === undefined || environment === undefined) return [];
    return [{ name: each.name, environment, differences: subject.differences, hasEscalations: false }];
  });
  return scoreMutants({ policySet: set, compiled: compiled.value, cases, schema });
}

describe('changes of a policy', () => {
  it('are those of the policy itself', () => {
    expect(
      changesOf('@escalate("x") forbid(principal == U::"u", action in [Action::"a", Action::"b"], resource is R);'),
    ).toEqual([
      'removed: without the forbid',
      'effect: as a permit',
      'escalate: without @escalate',
      'scope: for any principal',
      'scope: for any resource',
      'scope: for any action',
      'scope: not for Action::"a"',
      'scope: not for Action::"b"',
    ]);
  });

  it.each([
    [
      'context.a && context.b',
      ['operator: with `||` for `&&`', 'operand: without `context.a`', 'operand: without `context.b`'],
    ],
    ['context.n < 3', ['number: with 4 for 3', 'number: with 2 for 3']],
    ['context.n < 9223372036854775807', ['number: with 9223372036854775806 for 9223372036854775807']],
    ['context.s == "a"', ['text: with another text for `"a"`']],
    ['principal == U::"a"', ['text: with another entity for U::"a"']],
    [
      '["a", "b"].contains(context.s)',
      [
        'text: with other texts in a list',
        'member: with another text for `"a"`',
        'member: with another text for `"b"`',
      ],
    ],
    [
      '[80, 81].contains(context.n)',
      [
        'number: with other numbers in a list',
        'member: with another number for `80`',
        'member: with another number for `81`',
      ],
    ],
    ['["a"].contains(context.s)', ['text: with another text for `"a"`']],
    [
      'context.s like "*a*"',
      ['pattern: with "a*" for "*a*"', 'pattern: with "*a" for "*a*"', 'pattern: with "*a~*" for "*a*"'],
    ],
    ['context.s like "*"', ['pattern: with "" for "*"']],
    ['context.s like "a"', ['pattern: with "a~" for "a"']],
    ['ip("1.2.3.4") == context.i', []],
    ['context.a && true', ['operator: with `||` for `&&`', 'operand: without `context.a`']],
  ])('of %s', (text, expected) => {
    expect(body(text)).toEqual(expected);
  });

  it('leave slots to templates', () => {
    const [template] = policies('permit(principal == ?principal, action, resource == R::"r");').templates;
    const changes = template === undefined ? [] : mutantsOf(template).map(({ change }) => change);
    expect(changes).toEqual(['without the permit', 'as a forbid', 'for any resource']);
  });

  it('are policies that can be written down, each another one', () => {
    fc.assert(
      fc.property(arbitraryPolicy({ depth: 3 }), (policy: Policy) => {
        const texts = mutantsOf(policy).flatMap(({ mutated }) => (mutated === undefined ? [] : [printPolicy(mutated)]));
        expect(new Set([printPolicy(policy), ...texts]).size).toBe(texts.length + 1);
        for (const text of texts) {
          const read = parsePolicies(createSource(text));
          const again = read.ok
            ? [...read.value.policies, ...read.value.templates].map((each) => printPolicy(each))
            : read;
          expect(again).toEqual([text]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const TEXT = `permit(principal, action, resource) when { context.role == "staff" && (context.hour > 8 || context.urgent) };
forbid(principal, action, resource) when { context has path && context.path like "*.env" };
forbid(principal == U::"x", action, resource) when { context.hour < 3 && context.hour > 5 };`;
const TESTS = [
  test('staff', 'allow', { role: 'staff', hour: 9, urgent: false }),
  test('night', 'deny', { role: 'staff', hour: 8, urgent: false }),
  test('secret', 'deny', { role: 'staff', hour: 9, urgent: false, path: '.env' }),
  test('guest', 'deny', { role: 'guest', hour: 9, urgent: true }),
];

describe('the score of mutants', () => {
  it('is what running the tests with the changed policies finds', () => {
    const set = policies(TEXT);
    const mutants = score(set, TESTS);
    expect(mutants.length).toBeGreaterThan(20);
    for (const { original, mutated, killedBy, change } of mutants) {
      const changed = {
        ...set,
        policies: set.policies.flatMap((policy) => (policy === original ? (mutated ?? []) : [policy])),
      };
      const failed = TESTS.filter((each) => runRequestTest(each, changed).differences.length > 0);
      expect(failed[0]?.name, change).toBe(killedBy);
    }
  });

  it('names what no test notices', () => {
    const survived = score(policies(TEXT), TESTS).filter(({ killedBy }) => killedBy === undefined);
    expect(survived.map(({ original, change }) => `${original.id} ${change}`)).toMatchSnapshot();
  });

  it('leaves out what can never make a difference', () => {
    const changes = (text: string): readonly string[] => score(policies(text), []).map(({ change }) => change);
    // It never fires, so only what makes it fire is a change.
    expect(changes('forbid(principal, action, resource) when { context.n < 3 && context.n > 5 };')).toEqual([
      'without the condition `when`',
      'with `unless` for `when`',
      'with `||` for `&&`',
      'without `context.n < 3`',
      'without `context.n > 5`',
    ]);
    expect(changes('permit(principal, action, resource) when { context.a && context.a };')).not.toContain(
      'without `context.a`',
    );
  });

  it('leaves out what is not valid', () => {
    const declared = parseSchema(
      createSource('entity U; entity R; action a appliesTo { principal: U, resource: R, context: { x?: Bool } };'),
    );
    const schema = declared.ok ? resolveSchema([declared.value]) : declared;
    if (!schema.ok) throw new Error(schema.diagnostics[0]?.message);
    const set = policies('permit(principal, action, resource) when { context has x && context.x };');
    const changes = score(set, [], schema.value).map(({ change }) => change);
    expect(changes).not.toContain('without `context has x`');
    expect(changes).toContain('without `context.x`');
    expect(score(set, []).map(({ change }) => change)).toContain('without `context has x`');
  });

  it('counts a template through its links', () => {
    const set = policies('@id("t") permit(principal == ?principal, action, resource) when { context.a };');
    const link = {
      id: 'l',
      templateId: 'policy0',
      values: { '?principal': { kind: 'entity', type: 'U', id: 'u' } as const },
    };
    const mutants = score({ ...set, links: [link] }, [test('t', 'allow', { a: true })]);
    expect(mutants.map(({ change, killedBy }) => [change, killedBy])).toEqual([
      ['without the permit', 't'],
      ['as a forbid', 't'],
      ['without the condition `when`', undefined],
      ['with `unless` for `when`', 't'],
    ]);
  });

  it('is the same every time', () => {
    const once = (): unknown => score(policies(TEXT), TESTS).map(({ change, killedBy }) => [change, killedBy]);
    expect(once()).toEqual(once());
  });
});
