import type { PolicySet as OfficialPolicySet, PolicyJson } from '@cedar-policy/cedar-wasm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy, PolicySet, Slot } from '../../src/ast/policy.js';
import { printPolicy } from '../../src/ast/print-policy.js';
import { walkExpression } from '../../src/ast/walk.js';
import { policyToJson } from '../../src/est/policy-to-json.js';
import { printJson } from '../../src/json/print-json.js';
import type { Schema } from '../../src/schema/schema.js';
import { validRequestEnvironments } from '../../src/validator/type-policy.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import type { ValidationResult } from '../../src/validator/validation-result.js';
import { printEntityUid } from '../../src/values/print.js';
import { entityUid } from '../../src/values/value.js';
import { arbitraryPolicy, arbitraryTemplate } from '../support/arbitrary-policy.js';
import { ENTITY_IDS, ENTITY_TYPE_NAMES, WORLD_SCHEMA } from '../support/world.js';
import { arbitraryCase, arbitraryPolicyText, arbitrarySchema } from './arbitrary-cases.js';
import { differences, officialPolicies, policiesOf, schemaOf } from './compare-validation.js';
import { type OfficialResult, officialEnvironments, officialValidation } from './oracle.js';

// Every problem of every policy is compared: kind, place, and how many there are. `DEODAR_FUZZ=20` runs twenty times as much.
const TIMES = Number(process.env.DEODAR_FUZZ ?? 1);
const SEED = Number(process.env.DEODAR_SEED ?? 20_260);

function compare(schemaText: string, schema: Schema, set: PolicySet): readonly string[] {
  const official = officially(schemaText, officialPolicies(set));
  const ours = validatePolicies(set, schema);
  return [...differences(ours.errors, official.errors), ...differences(ours.warnings, official.warnings)];
}

function officially(schemaText: string, policies: OfficialPolicySet): OfficialResult {
  const official = officialValidation(schemaText, policies);
  if (typeof official === 'string') throw new Error(official);
  return official;
}

function kindsOf({ errors, warnings }: OfficialResult | ValidationResult): readonly string[] {
  return [...errors, ...warnings].map(({ kind }) => kind).sort();
}

/** The official engine reads `e is T in p` and `e has a.b` as two tests of `e`, and counts the names in `e` twice. */
function isReadTwice(policy: Policy): boolean {
  return policy.conditions.some(({ body }) => {
    let twice = false;
    walkExpression(body, (expr) => {
      if ((expr.kind === 'is' && expr.in !== undefined) || (expr.kind === 'has' && expr.path.length > 1)) twice = true;
      return !twice;
    });
    return twice;
  });
}

const world = schemaOf(WORLD_SCHEMA);
const worldPolicies = fc.array(
  fc.oneof({ weight: 4, arbitrary: arbitraryPolicy() }, { weight: 1, arbitrary: arbitraryTemplate({ depth: 3 }) }),
  { minLength: 20, maxLength: 20 },
);

const slotValue = fc
  .constantFrom(...(['user', 'group', 'doc', 'folder', 'color', 'action'] as const))
  .chain((kind) => fc.constantFrom(...ENTITY_IDS[kind]).map((id) => entityUid(ENTITY_TYPE_NAMES[kind], id)));

describe('the official validator', () => {
  it('finds the same problems in policies and templates over the world', () => {
    for (const policies of fc.sample(worldPolicies, { numRuns: 25 * TIMES, seed: SEED })) {
      const set = policiesOf(policies.map((policy) => printPolicy(policy, 'fewest')).join('\n'));
      expect(compare(WORLD_SCHEMA, world, set)).toEqual([]);
    }
  });

  it('finds the same problems in policies for small schemas', () => {
    for (const { schema, policies } of fc.sample(arbitraryCase(25), { numRuns: 30 * TIMES, seed: SEED })) {
      const set = policiesOf(policies);
      const found = compare(schema, schemaOf(schema), set);
      expect(found, `${schema}\n${found.length > 0 ? policies : ''}`).toEqual([]);
    }
  });

  it('finds as many problems of each kind in policies from JSON, where nothing has a place', () => {
    let counted = 0;
    // The reference reads JavaScript numbers, which do not hold every integer.
    const exact = arbitraryPolicy({ id: 'p', depth: 3 }).filter((policy) => !/\d{16}/.test(printPolicy(policy)));
    for (const policy of fc.sample(exact, { numRuns: 150 * TIMES, seed: SEED })) {
      const p = JSON.parse(printJson(policyToJson(policy))) as PolicyJson;
      const official = officially(WORLD_SCHEMA, { staticPolicies: { p } });
      const ours = validatePolicies({ policies: [policy], templates: [], links: [] }, world);
      const [found, theirs] = [kindsOf(ours), kindsOf(official)];
      if (isReadTwice(policy)) expect(new Set(found), JSON.stringify(p)).toEqual(new Set(theirs));
      else expect(found, JSON.stringify(p)).toEqual(theirs);
      if (!isReadTwice(policy) && new Set(found).size < found.length) counted++;
    }
    expect(counted).toBeGreaterThan(10 * TIMES);
  });

  it('finds the same problems in links', () => {
    const cases = fc.tuple(
      arbitraryTemplate({ id: 't', depth: 1 }),
      fc.array(fc.tuple(slotValue, slotValue), { maxLength: 5 }),
    );
    for (const [{ id, ...template }, pairs] of fc.sample(cases, { numRuns: 80 * TIMES, seed: SEED })) {
      const [read] = policiesOf(printPolicy({ id, ...template }, 'fewest')).templates;
      if (read === undefined) throw new Error('no template');
      const links = pairs.map(([principal, resource], index) => {
        const all: Readonly<Record<Slot, typeof principal>> = { '?principal': principal, '?resource': resource };
        const values = Object.fromEntries(read.slots.map((slot) => [slot, all[slot]]));
        return { id: `link${index}`, templateId: 't', values };
      });
      const set = { policies: [], templates: [{ ...read, id: 't' }], links };
      expect(compare(WORLD_SCHEMA, world, set)).toEqual([]);
    }
  });
});

describe('the request environments in which a policy may apply', () => {
  const expectSame = (schemaText: string, schema: Schema, policy: Policy): void => {
    const { source, span } = policy;
    const text = source === undefined || span === undefined ? '' : source.text.slice(span.start, span.end);
    const official = officialEnvironments(text, schemaText, policy.slots.length > 0);
    const found = validRequestEnvironments(policy, schema);
    const ours = {
      principals: new Set(found.map(({ principal }) => principal)),
      actions: new Set(found.map(({ action }) => printEntityUid(action.uid))),
      resources: new Set(found.map(({ resource }) => resource)),
    };
    expect(ours, text).toEqual({
      principals: new Set(official.principals),
      actions: new Set(official.actions),
      resources: new Set(official.resources),
    });
  };

  it('are those of the official engine over the world', () => {
    for (const policies of fc.sample(worldPolicies, { numRuns: 6 * TIMES, seed: SEED })) {
      const { policies: read, templates } = policiesOf(
        policies.map((policy) => printPolicy(policy, 'fewest')).join('\n'),
      );
      for (const policy of [...read, ...templates]) expectSame(WORLD_SCHEMA, world, policy);
    }
  });

  it('are those of the official engine for small schemas', () => {
    const cases = fc.tuple(arbitrarySchema, arbitraryPolicyText);
    for (const [schemaText, text] of fc.sample(cases, { numRuns: 120 * TIMES, seed: SEED })) {
      const { policies, templates } = policiesOf(text);
      for (const policy of [...policies, ...templates]) expectSame(schemaText, schemaOf(schemaText), policy);
    }
  });
});
