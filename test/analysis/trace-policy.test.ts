import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CoverageRecorder, percent, sharesOf } from '../../src/analysis/coverage.js';
import { createTracer } from '../../src/analysis/trace-policy.js';
import { printExpression } from '../../src/ast/print-expression.js';
import { compilePolicySet } from '../../src/authorizer/compile-policy-set.js';
import { createAuthorizer, parseEntities } from '../../src/authorizer/create-authorizer.js';
import { combine } from '../../src/authorizer/decide.js';
import { readRequest } from '../../src/authorizer/request.js';
import type { CompiledPolicy } from '../../src/evaluator/compile-policy.js';
import type { Environment } from '../../src/evaluator/environment.js';
import { EvaluationError } from '../../src/evaluator/evaluation-error.js';
import { parsePolicies } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { arbitraryPolicy } from '../support/arbitrary-policy.js';
import { arbitraryEntities, arbitraryRequest } from '../support/arbitrary-request.js';

const RUNS = Number(process.env['DEODAR_FUZZ_RUNS'] ?? 1500);

function compiled(text: string): readonly CompiledPolicy[] {
  const set = parsePolicies(createSource(text));
  const result = set.ok ? compilePolicySet(set.value) : set;
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value;
}

function environment(context: object = {}, entities: readonly object[] = []): Environment {
  const store = parseEntities(entities);
  const request = { principal: 'U::"u"', action: 'Action::"a"', resource: 'R::"r"', context };
  const result = store.ok ? readRequest(request, store.value) : store;
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value;
}

/** Every expression that was evaluated, with its value or `error`. */
function seen(text: string, context: object): Readonly<Record<string, unknown>> {
  const [policy] = compiled(text);
  if (policy === undefined) throw new Error('no policy');
  const { values } = createTracer(policy)(environment(context));
  return Object.fromEntries(
    Array.from(values, ([expr, value]) => [
      printExpression(expr, 'fewest'),
      value instanceof EvaluationError ? 'error' : value,
    ]),
  );
}

describe('a trace', () => {
  it('has the values of what was evaluated, and nothing of what was not', () => {
    const text = 'permit(principal, action, resource) when { context.a && (context.b || context.c) && context.d };';
    expect(seen(text, { a: true, b: true, d: false })).toMatchObject({
      'context.a': true,
      'context.b': true,
      'context.b || context.c': true,
      'context.d': false,
    });
    expect(seen(text, { a: true, b: true, d: false })).not.toHaveProperty(['context.c']);
    expect(seen(text, { a: false })).not.toHaveProperty(['context.b']);
  });

  it('has errors where they arise and in all that is around them', () => {
    const text = 'permit(principal, action, resource) when { if context.a then context.b == 1 else true };';
    expect(seen(text, { a: true })).toMatchObject({
      'context.a': true,
      'context.b': 'error',
      'context.b == 1': 'error',
    });
  });

  it('says which part of the scope does not match', () => {
    const [policy] = compiled('permit(principal == U::"u", action == Action::"b", resource is R);');
    if (policy === undefined) throw new Error('no policy');
    const trace = createTracer(policy)(environment());
    expect(trace.scope).toEqual({ principal: true, action: false, resource: true });
    expect(trace.outcome).toBe(false);
  });

  it('of any policies leads to what the authorizer answers', () => {
    const shape = fc.record({
      policies: fc.array(arbitraryPolicy({ depth: 4 }), { minLength: 1, maxLength: 4 }),
      request: arbitraryRequest(),
      entities: arbitraryEntities(),
    });
    fc.assert(
      fc.property(shape, ({ policies, request, entities }) => {
        const set = {
          policies: policies.map((policy, i) => ({ ...policy, id: `p${i}`, slots: [] })),
          templates: [],
          links: [],
        };
        const store = parseEntities(entities);
        const read = store.ok ? readRequest(request, store.value) : store;
        const all = compilePolicySet(set);
        if (!read.ok || !all.ok) return;
        const recorder = new CoverageRecorder(all.value);
        const answer = createAuthorizer({ policies: set, entities }).isAuthorized(request);
        const traced = combine(recorder.add(read.value));
        expect(traced.decision).toBe(answer.decision);
        expect(traced.reason).toEqual(answer.reason);
        expect(traced.errors.map(({ policyId }) => policyId)).toEqual(answer.errors.map(({ policyId }) => policyId));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('coverage', () => {
  const TEXT = `permit(principal, action, resource)
when { context.a like "x*" && (context.b || context.c) }
unless { if context.d then true else context.e };`;

  function cover(...contexts: readonly object[]) {
    const recorder = new CoverageRecorder(compiled(TEXT));
    for (const context of contexts) recorder.add(environment(context));
    return recorder.coverage().policies;
  }

  it('names every place that can be true and false once', () => {
    expect(cover()[0]?.points.map(({ kind, text }) => [kind, text])).toEqual([
      ['condition', 'context.a like "x*" && (context.b || context.c)'],
      ['pattern', 'context.a like "x*"'],
      ['operand', 'context.b || context.c'],
      ['operand', 'context.b'],
      ['operand', 'context.c'],
      ['condition', 'if context.d then true else context.e'],
      ['test', 'context.d'],
    ]);
  });

  it('counts what was true, false and failed', () => {
    const all = cover(
      { a: 'x', b: true, d: true },
      { a: 'y' },
      { a: 'x', b: false, c: false },
      { a: 'x', b: false, c: true, d: false, e: false },
      { a: 1 },
    );
    const [only] = all;
    expect(only).toMatchObject({ satisfied: 1, unsatisfied: 3, errors: 1 });
    expect(only?.points.map(({ isTrue, isFalse, errors }) => [isTrue, isFalse, errors])).toEqual([
      [2, 2, 1],
      [3, 1, 1],
      [2, 1, 0],
      [1, 2, 0],
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 0],
    ]);
    expect(sharesOf(all)).toEqual({ policies: { covered: 1, total: 1 }, branches: { covered: 14, total: 14 } });
  });

  it('of links counts for their template', () => {
    const set = parsePolicies(
      createSource('@id("t") permit(principal == ?principal, action, resource) when { context.a };'),
    );
    if (!set.ok) throw new Error('no template');
    const links = ['u', 'v'].map((id) => ({
      id,
      templateId: 'policy0',
      values: { '?principal': { kind: 'entity', type: 'U', id } as const },
    }));
    const all = compilePolicySet({ ...set.value, links });
    if (!all.ok) throw new Error(all.diagnostics[0]?.message);
    const recorder = new CoverageRecorder(all.value);
    recorder.add(environment({ a: true }));
    expect(recorder.coverage().policies).toMatchObject([{ satisfied: 1, unsatisfied: 1 }]);
  });

  it('is a hundred percent only where nothing is missing', () => {
    expect(percent({ covered: 9999, total: 10_000 })).toBe(99.9);
    expect(percent({ covered: 0, total: 0 })).toBe(100);
  });
});
