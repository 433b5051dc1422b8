import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPolicy } from '../../src/ast/print-policy.js';
import {
  createAuthorizer,
  DeodarError,
  type PolicySet,
  parsePolicySet,
  parseSchema,
  type Request,
  resolveSchema,
} from '../../src/index.js';
import { list, object, readJson } from '../conformance/integration-tests.js';
import { arbitraryPolicy } from '../support/arbitrary-policy.js';
import { arbitraryEntities, arbitraryRequest } from '../support/arbitrary-request.js';
import { saidBy, useCompiledModules } from '../support/compiled-module.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';

// Compiled modules against the authorizer of the package, in everything that an answer says. `npm test` builds the
// run-time part first.

const load = useCompiledModules();

function setOf(text: string): PolicySet {
  const parsed = parsePolicySet(text);
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return parsed.value;
}

function schemaOf(text: string) {
  const fragment = parseSchema(text);
  const schema = fragment.ok ? resolveSchema([fragment.value]) : fragment;
  if (!schema.ok) throw new Error(schema.diagnostics[0]?.message);
  return schema.value;
}

/** How many tests of the official corpus lie between two that are compiled. */
const STEP = Number(process.env['DEODAR_COMPILED_STEP'] ?? 120);

const corpus = readCorpus();

describe.skipIf(corpus.size === 0)('a sample of the official corpus', () => {
  it('is answered alike by compiled modules, with and without the schema', { timeout: 120_000 }, async () => {
    const names = [...corpus.keys()].filter((name) => /^corpus-tests\/[0-9a-f]+\.json$/.test(name)).sort();
    const seen = { requests: 0, errors: 0 };
    for (const name of names.filter((_, i) => i % STEP === 0)) {
      const test = object(readJson(corpus.get(name) ?? ''));
      const policies = setOf(corpus.get(String(test['policies'])) ?? '');
      const schema = schemaOf(corpus.get(String(test['schema'])) ?? '');
      const entities = corpus.get(String(test['entities'])) ?? '';
      for (const given of [undefined, schema]) {
        const { isAuthorized, parseEntities } = await load(policies, given);
        const authorizer = createAuthorizer({ policies, entities, ...(given === undefined ? {} : { schema: given }) });
        const store = parseEntities(entities);
        if (!store.ok) throw new Error(`${name}: ${store.diagnostics[0]?.message}`);
        for (const json of list(test['requests'])) {
          const request = object(json) as unknown as Request;
          const expected = authorizer.isAuthorized(request);
          expect(saidBy(isAuthorized(request, store.value)), name).toEqual(saidBy(expected));
          expect(saidBy(isAuthorized(request, entities)), name).toEqual(saidBy(expected));
          seen.requests++;
          seen.errors += expected.errors.length;
        }
      }
    }
    console.log(`compiled modules over the corpus: ${JSON.stringify(seen)}`);
    expect(Math.min(seen.requests, seen.errors)).toBeGreaterThan(0);
  });
});

describe.skipIf(CONFORMANCE === undefined)('corner cases with official answers', () => {
  it('are answered alike by compiled modules', { timeout: 120_000 }, async () => {
    const traps = list(readJson(conformanceText('traps.json'))).map(object);
    let compared = 0;
    for (const trap of traps) {
      const { policies: text, request, entities = [], entitiesText, schema } = trap;
      if (trap['kind'] !== 'evaluate' || typeof text !== 'string' || schema !== undefined || request === undefined)
        continue;
      const policies = parsePolicySet(text);
      if (!policies.ok || policies.value.templates.length > 0) continue;
      const { isAuthorized } = await load(policies.value);
      const data = typeof entitiesText === 'string' ? entitiesText : JSON.stringify(entities);
      const asked = JSON.parse(JSON.stringify(request));
      let expected: object;
      try {
        expected = saidBy(createAuthorizer({ policies: policies.value, entities: data }).isAuthorized(asked));
      } catch (error) {
        if (!(error instanceof DeodarError)) throw error;
        expected = { decision: 'deny', reason: [], errors: [], diagnostics: error.diagnostics };
      }
      expect(saidBy(isAuthorized(asked, data)), String(trap['name'])).toEqual(expected);
      compared++;
    }
    console.log(`compiled modules: ${compared} corner cases`);
    expect(compared).toBeGreaterThan(50);
  });
});

/** Each is a module of its own, which costs some ten milliseconds. */
const RUNS = Math.ceil(Number(process.env['DEODAR_FUZZ_RUNS'] ?? 1500) / 40);

describe('generated policies, entities and requests', () => {
  it.each([true, false])(
    'are answered alike by compiled modules (conforming: %s)',
    { timeout: 300_000 },
    async (conforming) => {
      const seen = { allow: 0, deny: 0, errors: 0 };
      const policySet = fc
        .array(arbitraryPolicy(), { minLength: 1, maxLength: 8 })
        .map((policies) => policies.map((policy) => printPolicy(policy)).join('\n'));
      const asked = fc.array(fc.tuple(arbitraryEntities({ conforming }), arbitraryRequest({ conforming })), {
        minLength: 4,
        maxLength: 12,
      });
      const property = fc.asyncProperty(policySet, asked, async (text, cases) => {
        const policies = setOf(text);
        const { isAuthorized, parseEntities } = await load(policies);
        for (const [entities, request] of cases) {
          const store = parseEntities(entities);
          if (!store.ok) continue;
          const expected = createAuthorizer({ policies, entities }).isAuthorized(request);
          expect(saidBy(isAuthorized(request, entities))).toEqual(saidBy(expected));
          expect(saidBy(isAuthorized(request, store.value))).toEqual(saidBy(expected));
          seen[expected.decision]++;
          seen.errors += expected.errors.length;
        }
      });
      await fc.assert(property, { numRuns: RUNS });
      console.log(`compiled modules: ${JSON.stringify(seen)}`);
      expect(Math.min(seen.allow, seen.deny, seen.errors)).toBeGreaterThan(0);
    },
  );
});
