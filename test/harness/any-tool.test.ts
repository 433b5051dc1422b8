import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/diagnostics/diagnostic.js';
import { entitiesToJson, valueToJson } from '../../src/entities/entity-to-json.js';
import type { Environment } from '../../src/evaluator/environment.js';
import { adjudicateEvent } from '../../src/harness/adjudicate-event.js';
import { parseEvent } from '../../src/harness/parse-event.js';
import { prepareHarness } from '../../src/harness/prepare-harness.js';
import { requestOfEvent } from '../../src/harness/request-of-event.js';
import { openTrajectory } from '../../src/harness/trajectory.js';
import type { Tool } from '../../src/index.js';
import { jsonFromJavaScript } from '../../src/json/from-javascript.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { printJson } from '../../src/json/print-json.js';
import { type PlainSchema, plainValues, tools, valuesFor } from '../support/arbitrary-tool.js';

const cedar: typeof import('@cedar-policy/cedar-wasm/nodejs') = createRequire(import.meta.url)(
  '@cedar-policy/cedar-wasm/nodejs',
);
/** 1,000 tools with 100 values each: DEODAR_TOOLS=1000 DEODAR_ARGUMENTS=100. */
const TOOLS = Number(process.env.DEODAR_TOOLS ?? 25);
const ARGUMENTS = Number(process.env.DEODAR_ARGUMENTS ?? 20);

const POLICIES: readonly string[] = [
  '@id("permit-calls") permit (principal, action in Action::"PRE_TOOL", resource);',
  '@id("permit-results") permit (principal, action in Action::"POST_TOOL", resource) when { context.responseJson != "[]" };',
  '@id("permit-typed") permit (principal, action in Action::"PRE_TOOL", resource) when { context.parameters has path };',
  '@id("forbid-text") forbid (principal, action in Action::"PRE_TOOL", resource) when { context.parametersJson like "*rm*" };',
  '@id("forbid-field") forbid (principal, action in Action::"PRE_TOOL", resource) when { context.parameters has a && context.parameters.a == "x" };',
  '@id("forbid-error") forbid (principal, action in Action::"PRE_TOOL", resource) when { context.parameters has b && context.parameters.b.nothing };',
  '@id("escalate") @escalate("team") forbid (principal, action in Action::"PRE_TOOL", resource) when { context.parametersJson like "*x*" };',
];

/** A permit and an escalation, which alone come to ESCALATE. */
const ASKING = POLICIES.filter((policy) => /@id\("(permit-calls|escalate)"\)/.test(policy));

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map((d) => `${d.message} ${d.pointer ?? ''}`).join('\n'));
  return result.value;
}

/** The official engine with policies and a schema, which it reads once; without a schema it checks no request. */
function createOracle(policies: string, schema: string): (request: Environment, checked: boolean) => string {
  for (const answer of [
    cedar.preparsePolicySet('any-tool', { staticPolicies: policies }),
    cedar.preparseSchema('any-tool', schema),
  ])
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer));
  const uid = (u: Environment['principal']): { type: string; id: string } => ({ type: u.type, id: u.id });
  const json = (value: JsonValue): never => JSON.parse(printJson(value)) as never;
  return ({ principal, action, resource, context, entities }, checked) => {
    const answer = cedar.statefulIsAuthorized({
      principal: uid(principal),
      action: uid(action),
      resource: uid(resource),
      context: json(unwrap(valueToJson(context))),
      entities: json(unwrap(entitiesToJson(entities))),
      preparsedPolicySetId: 'any-tool',
      ...(checked ? { preparsedSchemaName: 'any-tool', validateRequest: true } : {}),
    });
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer));
    return answer.response.decision;
  };
}

interface Case {
  readonly tool: Tool;
  readonly policies: readonly string[];
  readonly values: readonly unknown[];
}

const cases: fc.Arbitrary<Case> = tools({ structural: false })
  .filter(({ name }) => !/^(prompt|completion)$|:result$/.test(name))
  .chain((tool) =>
    fc.record({
      tool: fc.constant(tool),
      policies: fc.oneof(fc.subarray([...POLICIES], { minLength: 1 }), fc.constant(ASKING)),
      values: fc.array(
        fc.oneof(
          { weight: 4, arbitrary: valuesFor(tool.inputSchema as PlainSchema) },
          { weight: 1, arbitrary: plainValues },
        ),
        {
          minLength: ARGUMENTS,
          maxLength: ARGUMENTS,
        },
      ),
    }),
  );

describe('calls and results of any tool', () => {
  it('are judged without an exception, and allowed only where the official engine allows the same request', () => {
    const seen = new Map<string, number>();
    const property = fc.property(cases, ({ tool, policies, values }) => {
      const text = policies.join('\n');
      const harness = unwrap(
        prepareHarness({ id: 'agent', name: 'Agent', tools: [tool] }, { policies: text, strict: false }),
      );
      const oracle = createOracle(text, harness.profile.text);
      const trajectory = openTrajectory('t');
      for (const [index, value] of values.entries()) {
        const isCall = index % 4 !== 3;
        const content = isCall ? { toolId: tool.name, parameters: value } : { toolId: tool.name, response: value };
        const event = jsonFromJavaScript({
          stage: isCall ? 'PRE_TOOL' : 'POST_TOOL',
          role: isCall ? 'model' : 'tool',
          content,
        });
        const { adjudication } = adjudicateEvent(harness, trajectory, event);
        seen.set(adjudication.decision, (seen.get(adjudication.decision) ?? 0) + 1);
        expect(adjudication.diagnostics.map((d) => d.code)).not.toContain('internal-error');
        if (adjudication.decision === 'DENY') continue;
        const request = unwrap(requestOfEvent(harness, trajectory, unwrap(parseEvent(unwrap(event)))));
        if (adjudication.decision === 'ESCALATE') {
          expect(oracle(request, false)).toBe('deny');
          continue;
        }
        expect(adjudication.policies.map((p) => p.effect)).toContain('permit');
        expect(oracle(request, false)).toBe('allow');
        expect(oracle(request, true)).toBe('allow');
      }
    });
    fc.assert(property, { numRuns: TOOLS });
    for (const decision of ['ALLOW', 'DENY', 'ESCALATE']) expect([...seen.keys()]).toContain(decision);
  });
});
