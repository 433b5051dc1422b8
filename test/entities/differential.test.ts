import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../src/diagnostics/diagnostic.js';
import { contextFromJson, entitiesFromJson } from '../../src/entities/entities-from-json.js';
import { createEntityStore } from '../../src/entities/entity-store.js';
import { isJsonObject } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { createSource } from '../../src/text/source.js';
import { checkContextText, checkEntitiesText, type Verdict } from '../json/oracle.js';
import { contextText, entitiesText, mutated } from './entity-texts.js';

const RUNS = Number(process.env.DEODAR_RUNS ?? 2000);

/** Our verdict on the text of a call `{"entities": ...}` or `{"context": ...}`, in the words of the oracle. */
function verdict(wrapped: string, member: 'entities' | 'context'): Verdict {
  const json = parseJson(createSource(wrapped));
  if (!json.ok) return 'malformed';
  const value = isJsonObject(json.value) ? json.value[member] : undefined;
  if (value === undefined) return 'malformed';
  if (member === 'context') return contextFromJson(value).ok ? 'success' : 'failure';
  const entities = entitiesFromJson(value);
  if (!entities.ok) {
    expect(hasErrors(entities.diagnostics)).toBe(true);
    return 'failure';
  }
  return createEntityStore(entities.value).ok ? 'success' : 'failure';
}

describe('without a schema, the official engine and we accept the same', () => {
  it('entities', () => {
    fc.assert(
      fc.property(fc.oneof(entitiesText, mutated(entitiesText)), (text) => {
        const wrapped = `{"entities":${text}}`;
        expect(verdict(wrapped, 'entities')).toBe(checkEntitiesText(wrapped));
      }),
      { numRuns: RUNS },
    );
  });

  it('contexts', () => {
    fc.assert(
      fc.property(fc.oneof(contextText, mutated(contextText)), (text) => {
        const wrapped = `{"context":${text}}`;
        expect(verdict(wrapped, 'context')).toBe(checkContextText(wrapped));
      }),
      { numRuns: RUNS },
    );
  });
});
