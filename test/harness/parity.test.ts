import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { annotationValue } from '../../src/ast/policy.js';
import { compilePolicySet } from '../../src/authorizer/compile-policy-set.js';
import { evaluatePolicies } from '../../src/authorizer/decide.js';
import { readRequest } from '../../src/authorizer/request.js';
import type { Result } from '../../src/diagnostics/diagnostic.js';
import { EMPTY_ENTITY_STORE } from '../../src/entities/entity-store.js';
import { decideOutcomes, parsePolicySet } from '../../src/index.js';
import { realworldFile } from '../support/conformance-data.js';

interface Fixture {
  readonly name: string;
  readonly policies: string;
  readonly input: {
    readonly principal: unknown;
    readonly action: unknown;
    readonly resource: unknown;
    readonly context: unknown;
  };
  readonly expected: { readonly decision: string; readonly matching_rule_ids: readonly string[] };
}

const folder = realworldFile('parity');
const fixtures: readonly Fixture[] =
  folder === undefined
    ? []
    : readdirSync(folder)
        .sort()
        .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map((d) => d.message).join('\n'));
  return result.value;
}

/** Decision and `@rule_id`s of the deciding policies. */
function judge(
  { policies, input }: Fixture,
  semantics: 'cedar' | 'deny',
): { decision: string; rules: readonly string[] } {
  const compiled = unwrap(compilePolicySet(unwrap(parsePolicySet(policies))));
  const outcomes = evaluatePolicies(compiled, unwrap(readRequest(input, EMPTY_ENTITY_STORE)));
  const verdict = decideOutcomes(outcomes, { semantics, escalation: 'permitted' });
  const rules = verdict.policies.map(({ policy }) => annotationValue(policy, 'rule_id') ?? '');
  return { decision: verdict.decision === 'ALLOW' ? 'allow' : 'deny', rules };
}

describe.skipIf(folder === undefined)('requests whose answers two other engines share', () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    const { decision, matching_rule_ids: ids } = fixture.expected;
    const { decision: decided, rules } = judge(fixture, 'cedar');
    expect([decided, [...rules].sort()]).toEqual([decision, [...ids].sort()]);
  });

  it('include one that fails open in plain Cedar, and is denied by default', () => {
    const open = fixtures.find(({ name }) => name === 'read-only-missing-attribute');
    if (open === undefined) throw new Error('the fixture is missing');
    expect(judge(open, 'cedar').decision).toBe('allow');
    expect(judge(open, 'deny').decision).toBe('deny');
  });

  it('are denied by default wherever they are denied in plain Cedar', () => {
    for (const fixture of fixtures.filter(({ expected }) => expected.decision === 'deny')) {
      expect(judge(fixture, 'deny')).toEqual(judge(fixture, 'cedar'));
    }
  });
});
