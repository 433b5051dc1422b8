import cedar from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPolicy } from '../../src/ast/print-policy.js';
import { policyFromJson, templateFromJson } from '../../src/est/policy-from-json.js';
import { policyToJson } from '../../src/est/policy-to-json.js';
import { isJsonObject } from '../../src/json/json-value.js';
import { printJson } from '../../src/json/print-json.js';
import { parsePolicy } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { arbitraryPolicy, arbitraryTemplate } from '../support/arbitrary-policy.js';
import { CONFORMANCE } from '../support/conformance-data.js';
import { arbitraryMutation, mutateJson, type PlainJson } from '../support/mutate-json.js';
import { conformancePolicies } from './conformance-policies.js';
import {
  hasLargeIntegers,
  isWantedRefusal,
  kindOfPolicy,
  officialJson,
  officialText,
  type PolicyKind,
  readJson,
} from './official.js';
import { POLICY_WORDS } from './reading-words.js';

function fromJson(text: string, kind: PolicyKind) {
  const json = readJson(text);
  return kind === 'policy' ? policyFromJson(json, 'policy0') : templateFromJson(json, 'policy0');
}

interface Comparison {
  readonly ours: readonly unknown[];
  readonly official: readonly unknown[];
}

/** JSON of a policy text, and JSON and text of what is read from the official JSON, beside what they should be. */
function thereAndBack(source: string, kind: PolicyKind): Comparison | undefined {
  const json = officialJson(source, kind);
  if (json === undefined) throw new Error(`the official engine refuses ${source}`);
  if (hasLargeIntegers(json)) return undefined;
  const parsed = parsePolicy(createSource(source), 'policy0');
  const read = fromJson(json, kind);
  if (!parsed.ok || !read.ok) return { ours: [...parsed.diagnostics, ...read.diagnostics], official: [] };
  const ours = [printJson(policyToJson(parsed.value)), printJson(policyToJson(read.value)), printPolicy(read.value)];
  return { ours, official: [json, json, officialText(JSON.parse(json), kind)] };
}

describe.skipIf(CONFORMANCE === undefined)('policies of the conformance data', () => {
  it('have the JSON and the text that the official engine gives them', () => {
    let compared = 0;
    for (const text of conformancePolicies()) {
      const parts = cedar.policySetTextToParts(text);
      if (parts.type !== 'success') continue;
      const policies = parts.policies.map((source) => thereAndBack(source, 'policy'));
      const templates = parts.policy_templates.map((source) => thereAndBack(source, 'template'));
      for (const both of [...policies, ...templates]) {
        if (both === undefined) continue;
        expect(both.ours).toEqual(both.official);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(500);
  });
});

describe('generated policies', () => {
  const policies = fc.oneof({ weight: 3, arbitrary: arbitraryPolicy() }, { weight: 1, arbitrary: arbitraryTemplate() });

  it('have the JSON that the official engine makes of their text, and the text that it makes of their JSON', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const kind = kindOfPolicy(policy);
        const json = printJson(policyToJson(policy));
        fc.pre(!hasLargeIntegers(json));
        const text = printPolicy(policy);
        expect(json).toBe(officialJson(text, kind));
        expect(text).toBe(officialText(JSON.parse(json), kind));
      }),
      { numRuns: 400, seed: 20260801 },
    );
  });

  it('come back from their JSON unchanged', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(fromJson(printJson(policyToJson(policy)), kindOfPolicy(policy))).toMatchObject({
          ok: true,
          value: policy,
        });
      }),
      { numRuns: 300, seed: 20260802 },
    );
  });
});

describe('policy JSON with something changed', () => {
  const mutations = fc.array(arbitraryMutation(POLICY_WORDS), { minLength: 1, maxLength: 2 });

  it('is accepted exactly when the official engine accepts it, and then has the same text', () => {
    let accepted = 0;
    let refused = 0;
    const policies = fc.oneof(arbitraryPolicy({ depth: 3 }), arbitraryTemplate({ depth: 2 }));
    fc.assert(
      fc.property(policies, fc.array(mutations, { minLength: 8, maxLength: 8 }), (policy, changes) => {
        const kind = kindOfPolicy(policy);
        const json = printJson(policyToJson(policy));
        fc.pre(!hasLargeIntegers(json));
        for (const change of changes) {
          const changed = change.reduce<PlainJson>(mutateJson, JSON.parse(json));
          const ours = fromJson(JSON.stringify(changed), kind);
          const text = officialText(changed, kind);
          if (text === undefined) refused++;
          else accepted++;
          if (text !== undefined && !ours.ok && isWantedRefusal(ours.diagnostics)) continue;
          expect(ours.ok ? printPolicy(ours.value) : undefined, JSON.stringify([changed, ours])).toBe(text);
        }
      }),
      { numRuns: 300, seed: 20260803 },
    );
    expect(accepted).toBeGreaterThan(200);
    expect(refused).toBeGreaterThan(1000);
  });

  it('is never refused without an error that says where', () => {
    fc.assert(
      fc.property(arbitraryPolicy({ depth: 2 }), mutations, (policy, change) => {
        const changed = change.reduce<PlainJson>(mutateJson, JSON.parse(printJson(policyToJson(policy))));
        const read = fromJson(JSON.stringify(changed), 'policy');
        if (read.ok) return;
        expect(read.diagnostics.some((d) => d.severity === 'error')).toBe(true);
        for (const found of read.diagnostics) expect(found.pointer).toMatch(/^(?:\/.*)?$/s);
      }),
      { numRuns: 300, seed: 20260804 },
    );
  });
});

describe('constants under `Value`', () => {
  const word = fc.constantFrom(...POLICY_WORDS);
  const { value } = fc.letrec<{ value: PlainJson }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<PlainJson>(true, 0, -5, 2 ** 53 - 1, 'x', 'it\'s "\u0301'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(word, tie('value'), { maxKeys: 3 }),
      fc.tuple(fc.constantFrom('A', 'A::B'), word).map(([type, id]) => ({ __entity: { type, id } })),
      fc
        .tuple(fc.constantFrom('ip', 'isIpv4', 'lessThan', 'nope', 'unknown'), tie('value'))
        .map(([fn, arg]) => ({ __extn: { fn, arg } })),
      // The official printer breaks down on a method without any argument.
      fc
        .tuple(fc.constantFrom('ip', 'offset', 'A::f'), fc.array(tie('value'), { minLength: 1, maxLength: 3 }))
        .map(([fn, args]) => ({ __extn: { fn, args } })),
    ),
  }));

  it('keep their JSON and have the text that the official engine gives them', () => {
    fc.assert(
      fc.property(value, (constant) => {
        const all = { op: 'All' };
        const conditions = [{ kind: 'when', body: { Value: constant } }];
        const policy = { effect: 'permit', principal: all, action: all, resource: all, conditions };
        const read = fromJson(JSON.stringify(policy), 'policy');
        expect(read.ok ? printPolicy(read.value) : undefined).toBe(officialText(policy, 'policy'));
        if (!read.ok) return;
        const echo = cedar.policyToJson(policy as Parameters<typeof cedar.policyToJson>[0]);
        const back = policyToJson(read.value);
        expect(isJsonObject(back)).toBe(true);
        expect(JSON.parse(printJson(back))).toEqual(echo.type === 'success' ? echo.json : undefined);
      }),
      { numRuns: 400, seed: 20260805 },
    );
  });
});
