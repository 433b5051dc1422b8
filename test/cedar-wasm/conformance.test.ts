import { describe, expect, it } from 'vitest';
import type { AuthorizationAnswer } from '../../src/cedar-wasm/index.js';
import type { JsonObject, JsonValue } from '../../src/json/json-value.js';
import { list, object, readJson } from '../conformance/integration-tests.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';
import { ourOutcome } from './compare-outcomes.js';
import type { FunctionName } from './oracle.js';

/** JSON that was read exactly goes into the calls as it is: integers beyond 2^53 are bigints. */
function answerOf(name: FunctionName, ...args: readonly JsonValue[]): AuthorizationAnswer {
  const outcome = ourOutcome(name, args);
  if (outcome.kind !== 'answer') throw new Error(outcome.message);
  return Object(outcome.answer);
}

function summaryOf(answer: AuthorizationAnswer): object {
  if (answer.type === 'failure') return { failure: true };
  const { decision, diagnostics } = answer.response;
  const errors = diagnostics.errors.map(({ policyId }) => policyId).sort();
  return { decision, reason: [...diagnostics.reason].sort(), errors };
}

function expectedOf(expected: JsonObject): object {
  if (expected.failure === true) return { failure: true };
  const texts = (json: JsonValue | undefined): string[] => list(json).map(String).sort();
  return { decision: expected.decision, reason: texts(expected.reason), errors: texts(expected.errors) };
}

function question({ principal, action, resource, context, validateRequest = true }: JsonObject): JsonObject {
  const uids = { principal: principal ?? null, action: action ?? null, resource: resource ?? null };
  return { ...uids, context: context ?? {}, validateRequest };
}

function schemaOf({ schema }: JsonObject): JsonObject {
  return schema === undefined ? {} : { schema };
}

const corpus = readCorpus();

describe.skipIf(corpus.size === 0)('the official corpus by calls of this module', () => {
  it('has the expected answers, with integers that other packages round', () => {
    const names = [...corpus.keys()].filter((name) => /^corpus-tests\/[0-9a-f]+\.json$/.test(name)).sort();
    let large = 0;
    for (const name of names) {
      const test = object(readJson(corpus.get(name) ?? ''));
      const text = corpus.get(String(test.entities)) ?? '';
      if (/[^"\d]\d{17,}[^"\d]/.test(text)) large++;
      const entities = readJson(text);
      const staticPolicies = corpus.get(String(test.policies)) ?? '';
      const schema = corpus.get(String(test.schema)) ?? '';
      const kept = [
        ourOutcome('preparsePolicySet', ['corpus', { staticPolicies }]),
        ourOutcome('preparseSchema', ['corpus', schema]),
      ];
      for (const outcome of kept) expect(outcome).toMatchObject({ answer: { type: 'success' } });
      for (const json of list(test.requests)) {
        const request = object(json);
        // The expected decisions are written in lower case, as in the answers.
        const call = {
          ...question(request),
          preparsedPolicySetId: 'corpus',
          preparsedSchemaName: 'corpus',
          entities,
        };
        expect(summaryOf(answerOf('statefulIsAuthorized', call)), name).toEqual(expectedOf(request));
      }
    }
    expect(names.length).toBe(3871);
    expect(large).toBeGreaterThan(10);
  });
});

const TRAPS = CONFORMANCE === undefined ? [] : list(readJson(conformanceText('traps.json'))).map(object);

function trapsOf(kind: string): readonly (readonly [string, JsonObject])[] {
  return TRAPS.filter((trap) => trap.kind === kind).map((trap) => [String(trap.name), trap]);
}

function policySetOf(json: JsonValue | undefined): JsonValue {
  return typeof json === 'string' ? { staticPolicies: json } : object(json);
}

function entitiesOf({ entities, entitiesText }: JsonObject): JsonValue | undefined {
  if (entitiesText === undefined) return entities ?? [];
  try {
    return readJson(String(entitiesText));
  } catch {
    return undefined;
  }
}

describe.skipIf(CONFORMANCE === undefined)('corner cases by calls of this module', () => {
  it.each(trapsOf('parse'))('parse: %s', (_name, trap) => {
    const answer = answerOf('checkParsePolicySet', policySetOf(trap.policies));
    expect(answer.type === 'success').toBe(object(trap.expected).ok);
  });

  it.each(trapsOf('evaluate'))('evaluate: %s', (_name, trap) => {
    const entities = entitiesOf(trap);
    if (entities === undefined) throw new Error('the entities are no JSON');
    const call = {
      ...question(object(trap.request)),
      policies: policySetOf(trap.policies),
      entities,
      ...schemaOf(trap),
    };
    expect(summaryOf(answerOf('isAuthorized', call))).toEqual(expectedOf(object(trap.expected)));
  });

  it.each(trapsOf('entities'))('entities: %s', (_name, trap) => {
    const entities = entitiesOf(trap);
    const accepted =
      entities !== undefined && answerOf('checkParseEntities', { entities, ...schemaOf(trap) }).type === 'success';
    expect(accepted).toBe(object(trap.expected).ok);
  });

  it.each(trapsOf('schema'))('schema: %s', (_name, trap) => {
    expect(answerOf('checkParseSchema', trap.schema ?? null).type === 'success').toBe(object(trap.expected).ok);
  });

  it('are all here', () => {
    const kinds = ['parse', 'evaluate', 'entities', 'schema', 'validate'] as const;
    expect(kinds.map((kind) => trapsOf(kind).length)).toEqual([79, 111, 30, 39, 59]);
  });
});
