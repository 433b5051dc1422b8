import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuthorizationAnswer, AuthorizationCall, CheckParseAnswer, Entities } from '../../src/cedar-wasm/index.js';
import { checkParseEntities, isAuthorized } from '../../src/cedar-wasm/index.js';
import { plainJson } from '../../src/cedar-wasm/plain-json.js';
import { storeBySchema } from '../../src/entities/entities-by-schema.js';
import { createAuthorizer, parseEntities } from '../../src/index.js';
import type { JsonObject, JsonValue } from '../../src/json/json-value.js';
import { printJson } from '../../src/json/print-json.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import type { Schema } from '../../src/schema/schema.js';
import { createSource } from '../../src/text/source.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';
import { list, object, readJson } from './integration-tests.js';

function schemaOf(text: string): Schema {
  const fragment = parseSchema(createSource(text));
  const schema = fragment.ok ? resolveSchema([fragment.value]) : fragment;
  if (!schema.ok) throw new Error(schema.diagnostics[0]?.message);
  return schema.value;
}

/** How recorded answers name an entity. */
function nameOf(entity: JsonValue): string {
  const uid = object(object(entity).uid);
  const { type, id } = object(uid['__entity'] ?? uid);
  return `${String(type)}::${String(id)}`;
}

function namesIn(folder: string, ending: string): readonly string[] {
  if (CONFORMANCE === undefined) return [];
  const files = readdirSync(resolve(CONFORMANCE, folder)).filter((file) => file.endsWith(ending));
  return files.map((file) => file.slice(0, -ending.length)).sort();
}

/** Errors that were recorded for one entity or request. */
function recordedErrors(recorded: JsonValue | undefined): readonly string[] {
  const { errors } = object(recorded);
  return errors === undefined ? [] : list(errors).map(String);
}

/** Texts with the text that an extension value was made from, which values here do not keep. */
const UNKEPT = /\b(?:decimal|ip|datetime|duration)\(".*"\)/g;

/** Recorded texts without what is not kept. */
function withoutTexts(messages: readonly string[]): readonly string[] {
  return messages.map((message) => message.replaceAll(UNKEPT, '..'));
}

function messagesOf(answer: CheckParseAnswer | AuthorizationAnswer): readonly string[] {
  return answer.type === 'success' ? [] : answer.errors.map(({ message }) => message);
}

describe.skipIf(CONFORMANCE === undefined)('recorded answers about entities', () => {
  it.each(namesIn('entity-parsing', '.parsing.json'))('%s is read as recorded', (name) => {
    const { schema: path, entities: data } = object(readJson(conformanceText(`entity-parsing/${name}.json`)));
    const recorded = object(readJson(conformanceText(`entity-parsing/${name}.parsing.json`)));
    const schema = schemaOf(conformanceText(`entity-parsing/${String(path)}`));
    const text = conformanceText(`entity-parsing/${String(data)}`);
    expect(parseEntities(text, { schema }).ok).toBe(object(recorded.allEntities).success);
    const verdicts = Object.entries(object(recorded.perEntity)).map(([key, verdict]) => [key, object(verdict).success]);
    const found = list(readJson(text)).map((entity) => [
      nameOf(entity),
      parseEntities(printJson([entity]), { schema }).ok,
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(verdicts));
  });
});

describe.skipIf(CONFORMANCE === undefined)('recorded verdicts of the validator cases', () => {
  const file = (name: string, ending: string): string => conformanceText(`validator/${name}${ending}`);

  it.each(namesIn('validator', '.validation.json'))('%s: entities and requests, word for word', (name) => {
    const { entityValidation, requestValidation } = object(readJson(file(name, '.validation.json')));
    const schema = file(name, '.cedarschema');
    const entities = list(readJson(file(name, '.entities.json')));
    const verdicts = object(object(entityValidation).perEntity);
    expect(entities.map(nameOf).sort()).toEqual(Object.keys(verdicts).sort());
    for (const entity of entities) {
      const answer = checkParseEntities({ entities: [plainJson(entity)] as Entities, schema });
      expect(withoutTexts(messagesOf(answer))).toEqual(withoutTexts(recordedErrors(verdicts[nameOf(entity)])));
    }
    const requests = list(object(readJson(file(name, '.json'))).requests);
    for (const [index, json] of requests.entries()) {
      const { principal, action, resource, context } = object(json);
      const call = { principal, action, resource, context, schema, entities: [], policies: {} };
      const answer = isAuthorized(plainJson({ ...call } as JsonObject) as AuthorizationCall);
      expect(messagesOf(answer)).toEqual(recordedErrors(list(requestValidation)[index]));
    }
  });
});

const corpus = readCorpus();

describe.skipIf(corpus.size === 0)('recorded verdicts of the corpus', () => {
  const names = [...corpus.keys()].filter((name) => name.endsWith('.validation.json')).sort();

  it('are ours, for every entity and every request', () => {
    let [entities, requests] = [0, 0];
    const differences: string[] = [];
    for (const name of names) {
      const stem = name.slice(0, -'.validation.json'.length);
      const { entityValidation, requestValidation } = object(readJson(corpus.get(name) ?? ''));
      const schema = schemaOf(corpus.get(`${stem}.cedarschema`) ?? '');
      const verdicts = object(object(entityValidation).perEntity);
      for (const entity of list(readJson(corpus.get(`${stem}.entities.json`) ?? ''))) {
        const accepted = storeBySchema([entity], schema).ok;
        if (accepted !== (recordedErrors(verdicts[nameOf(entity)]).length === 0))
          differences.push(`${stem} ${nameOf(entity)}`);
        entities++;
      }
      const authorizer = createAuthorizer({ policies: '', schema });
      const all = list(object(readJson(corpus.get(`${stem}.json`) ?? '')).requests);
      for (const [index, json] of all.entries()) {
        const accepted = authorizer.isAuthorizedJson(json).diagnostics === undefined;
        if (accepted !== object(list(requestValidation)[index]).strict) differences.push(`${stem} request ${index}`);
        requests++;
      }
    }
    console.log(`corpus: ${entities} entities and ${requests} requests as recorded`);
    expect(differences).toEqual([]);
    expect([entities, requests]).toEqual([24_794, 30_680]);
  });
});
