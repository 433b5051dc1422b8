import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyFromJson } from '../../src/est/policy-from-json.js';
import { policySetToJson, policyToJson } from '../../src/est/policy-to-json.js';
import { parseEntities } from '../../src/index.js';
import { arbitraryPolicy, arbitraryTemplate } from '../support/arbitrary-policy.js';
import { arbitraryEntities, arbitraryRequest } from '../support/arbitrary-request.js';

// The JSON Schemas that editors and other tools use describe what we read and write.

const FOLDER = new URL('../../grammar/schemas/', import.meta.url);
const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false, strictRequired: false });

function schema(name: string): ValidateFunction {
  const file = new URL(`${name}.schema.json`, FOLDER);
  return ajv.getSchema(`deodar/${name}`) ?? ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
}

/** JSON with its 64-bit integers as doubles, which is all that ajv knows. */
function asNumbers(json: unknown): unknown {
  return JSON.parse(
    JSON.stringify(json, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
  );
}

describe('the published JSON Schemas', () => {
  it('all compile and say what they describe', () => {
    for (const file of readdirSync(FOLDER)) {
      const text = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as { title?: string; description?: string };
      expect(text.title).toBeTruthy();
      expect(text.description).toBeTruthy();
    }
  });

  it('accept every policy and template that we write', () => {
    const accepts = schema('policy');
    const acceptsSet = schema('policy-set');
    fc.assert(
      fc.property(fc.oneof(arbitraryPolicy(), arbitraryTemplate()), (policy) => {
        expect(accepts(asNumbers(policyToJson(policy))), JSON.stringify(accepts.errors)).toBe(true);
        const set = {
          policies: policy.slots.length === 0 ? [policy] : [],
          templates: policy.slots.length > 0 ? [policy] : [],
          links: [],
        };
        expect(acceptsSet(asNumbers(policySetToJson(set))), JSON.stringify(acceptsSet.errors)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('accept entities and requests that we read', () => {
    const entities = schema('entities');
    const request = schema('request');
    fc.assert(
      fc.property(arbitraryEntities(), arbitraryRequest(), (list, asked) => {
        expect(parseEntities(list).ok).toBe(true);
        expect(entities(list), JSON.stringify(entities.errors)).toBe(true);
        expect(request(asked), JSON.stringify(request.errors)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    { effect: 'allow', principal: { op: 'All' }, action: { op: 'All' }, resource: { op: 'All' }, conditions: [] },
    { effect: 'permit', principal: { op: 'All' }, action: { op: 'All' }, resource: { op: 'All' } },
    { effect: 'permit', principal: { op: '==' }, action: { op: 'All' }, resource: { op: 'All' }, conditions: [] },
    {
      effect: 'permit',
      principal: { op: 'All' },
      action: { op: 'is', entity_type: 'A' },
      resource: { op: 'All' },
      conditions: [],
    },
    {
      effect: 'permit',
      principal: { op: 'All' },
      action: { op: 'All' },
      resource: { op: 'All' },
      conditions: [{ kind: 'when', body: {} }],
    },
    {
      effect: 'permit',
      principal: { op: 'All' },
      action: { op: 'All' },
      resource: { op: 'All' },
      conditions: [{ kind: 'if', body: { Value: 1 } }],
    },
    {
      effect: 'permit',
      principal: { op: 'All' },
      action: { op: 'All' },
      resource: { op: 'All' },
      conditions: [],
      id: 'x',
    },
  ])('refuse what the reader refuses: %j', (json) => {
    expect(policyFromJson(json, 'p').ok).toBe(false);
    expect(schema('policy')(json)).toBe(false);
  });
});
