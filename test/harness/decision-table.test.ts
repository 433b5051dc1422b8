import { describe, expect, it } from 'vitest';
import type { Adjudication, AgentEvent } from '../../src/index.js';
import { openHarness } from '../support/harness.js';

// Every combination of six kinds of policy at every stage, against the contract's table written as a function.

const PARTS = {
  permit: '@id("permit") permit (principal, action, resource);',
  hard: '@id("hard") forbid (principal, action, resource);',
  escalateA: '@id("escalate-a") @escalate("finance") forbid (principal, action, resource);',
  escalateB: '@id("escalate-b") @escalate forbid (principal, action, resource);',
  forbidError: '@id("forbid-error") forbid (principal, action, resource) when { context.nothing };',
  permitError: '@id("permit-error") permit (principal, action, resource) when { context.nothing };',
} as const;
type Part = keyof typeof PARTS;

const EVENTS: readonly AgentEvent[] = [
  { stage: 'PRE_MODEL', role: 'user', content: { text: 'hello' } },
  { stage: 'POST_MODEL', role: 'model', content: { text: 'hello' } },
  { stage: 'PRE_TOOL', role: 'model', content: { toolId: 'shell', parameters: { command: 'ls' } } },
  { stage: 'POST_TOOL', role: 'tool', content: { toolId: 'shell', response: 'a.txt' } },
];

const COMBINATIONS: readonly ReadonlySet<Part>[] = Array.from({ length: 64 }, (_, bits) => {
  const parts = Object.keys(PARTS) as Part[];
  return new Set(parts.filter((_part, index) => (bits >> index) % 2 === 1));
});

interface Expected {
  readonly decision: string;
  readonly policies: readonly string[];
  readonly routes: readonly (string | null)[];
}

/** The contract's table, row by row. */
function contract(has: ReadonlySet<Part>, rules: { cedar: boolean; always: boolean }): Expected {
  const hard = has.has('hard') ? ['hard'] : [];
  const escalating = [...(has.has('escalateA') ? ['escalate-a'] : []), ...(has.has('escalateB') ? ['escalate-b'] : [])];
  const denied = { decision: 'DENY', policies: [...hard, ...escalating], routes: [] };
  if (has.has('forbidError') && !rules.cedar) return denied;
  if (hard.length > 0) return denied;
  if (escalating.length > 0 && (has.has('permit') || rules.always)) {
    return {
      decision: 'ESCALATE',
      policies: escalating,
      routes: [...(has.has('escalateA') ? ['finance'] : []), ...(has.has('escalateB') ? [null] : [])],
    };
  }
  if (escalating.length > 0) return denied;
  if (has.has('permit')) return { decision: 'ALLOW', policies: ['permit'], routes: [] };
  return { decision: 'DENY', policies: [], routes: [] };
}

function seen(a: Adjudication): Expected {
  return { decision: a.decision, policies: a.policies.map((p) => p.id), routes: a.routes };
}

interface Rules {
  readonly name: string;
  readonly cedar: boolean;
  readonly always: boolean;
  readonly mode?: 'shadow';
}

describe.each([
  { name: 'default rules', cedar: false, always: false },
  { name: 'semantics: "cedar"', cedar: true, always: false },
  { name: 'escalation: "always"', cedar: false, always: true },
  { name: 'both options', cedar: true, always: true },
  { name: 'mode: "shadow"', cedar: false, always: false, mode: 'shadow' },
] as const satisfies readonly Rules[])('the decision table under $name', (rules: Rules) => {
  it.each(COMBINATIONS.map((parts) => [[...parts].join(' + ') || 'nothing', parts] as const))(
    'answers as the contract says with %s',
    async (_name, parts) => {
      const harness = await openHarness([...parts].map((part) => PARTS[part]).join('\n'), {
        // Policies that err by design, and sets without a permit, are refused in strict mode.
        strict: false,
        semantics: rules.cedar ? 'cedar' : 'deny',
        escalation: rules.always ? 'always' : 'permitted',
        mode: rules.mode ?? 'enforce',
      });
      for (const event of EVENTS) {
        const adjudication = await harness.adjudicate(event);
        expect(seen(adjudication)).toEqual(contract(parts, rules));
        expect(adjudication.stage).toBe(event.stage);
        expect(adjudication.errors.map((e) => e.policyId)).toEqual([
          ...(parts.has('forbidError') ? ['forbid-error'] : []),
          ...(parts.has('permitError') ? ['permit-error'] : []),
        ]);
        expect(adjudication.semantics).toBe(rules.cedar ? 'cedar' : undefined);
        expect(adjudication.escalation).toBe(rules.always ? 'always' : undefined);
        expect(adjudication.mode).toBe(rules.mode ?? 'enforce');
        expect(adjudication.routes.length > 0).toBe(adjudication.decision === 'ESCALATE');
      }
    },
  );
});
