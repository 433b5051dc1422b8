import { describe, expect, it } from 'vitest';
import { entityUidFromJson } from '../../src/entities/entity-uid.js';
import {
  createAuthorizer,
  DeodarError,
  type EngineOptions,
  type Policy,
  type PolicySet,
  parseEntities,
  parsePolicySet,
  type TemplateLink,
} from '../../src/index.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json/json-value.js';
import { printJson } from '../../src/json/print-json.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { ENGINES } from '../support/engines.js';
import { list, object, readJson } from './integration-tests.js';

const TRAPS = CONFORMANCE === undefined ? [] : list(readJson(conformanceText('traps.json'))).map(object);
const of = (kind: string) =>
  TRAPS.filter((trap) => trap.kind === kind && isChecked(trap)).map((trap) => [String(trap.name), trap] as const);

/** An authorizer checks every request; calls of the cedar-wasm module need not, and have these traps too. */
function isChecked({ request }: JsonObject): boolean {
  return request === undefined || object(request).validateRequest !== false;
}

/** The schema of a trap, as options have it. */
function schemaOf({ schema }: JsonObject): { readonly schema?: string } {
  return schema === undefined ? {} : { schema: String(schema) };
}

/** Policies of a trap: text, or a call object with static policies, templates and links; undefined when refused. */
function policiesOf(json: JsonValue | undefined): PolicySet | undefined {
  if (typeof json === 'string') return staticPolicies(json);
  const call = object(json);
  const set = call.staticPolicies === undefined ? undefined : staticSet(call.staticPolicies);
  if (call.staticPolicies !== undefined && set === undefined) return undefined;
  const templates = Object.entries(isJsonObject(call.templates) ? call.templates : {}).map(([id, text]) =>
    template(id, String(text)),
  );
  if (templates.some((t) => t === undefined)) return undefined;
  const links = (call.templateLinks === undefined ? [] : list(call.templateLinks)).map(linkOf);
  return { policies: set?.policies ?? [], templates: templates.filter((t) => t !== undefined), links };
}

function staticSet(json: JsonValue): PolicySet | undefined {
  if (typeof json === 'string') return staticPolicies(json);
  const policies = Object.entries(object(json)).map(([id, text]) => {
    const [policy] = staticPolicies(String(text))?.policies ?? [];
    return policy === undefined ? undefined : { ...policy, id };
  });
  return policies.includes(undefined)
    ? undefined
    : { policies: policies.filter((p) => p !== undefined), templates: [], links: [] };
}

/** Text of static policies may hold no template. */
function staticPolicies(text: string): PolicySet | undefined {
  const parsed = parsePolicySet(text);
  return parsed.ok && parsed.value.templates.length === 0 ? parsed.value : undefined;
}

function template(id: string, text: string): Policy | undefined {
  const parsed = parsePolicySet(text);
  const [only] = parsed.ok ? parsed.value.templates : [];
  return only === undefined ? undefined : { ...only, id };
}

function linkOf(json: JsonValue): TemplateLink {
  const link = object(json);
  const values = Object.entries(object(link.values)).map(([slot, uid]) => {
    const read = entityUidFromJson(uid);
    if (!read.ok) throw new Error('bad link value');
    return [slot, read.value];
  });
  return {
    id: String(link.newId),
    templateId: String(link.templateId),
    values: Object.fromEntries(values) as TemplateLink['values'],
  };
}

function answerOf(trap: JsonObject, engine: EngineOptions): object {
  const policies = policiesOf(trap.policies);
  if (policies === undefined) return { failure: true };
  try {
    const entities = trap.entitiesText ?? printJson(trap.entities ?? []);
    const options = { policies, entities, engine, ...schemaOf(trap) };
    const response = createAuthorizer(options).isAuthorizedJson(trap.request ?? null);
    if (response.diagnostics !== undefined) return { failure: true };
    const kinds = response.errors.map(({ error }) => error.kind);
    return {
      decision: response.decision,
      reason: [...response.reason].sort(),
      errors: response.errors.map((e) => e.policyId).sort(),
      ...(kinds.length === 0 ? {} : { errorKinds: kinds }),
    };
  } catch (error) {
    if (error instanceof DeodarError) return { failure: true };
    throw error;
  }
}

function expectedOf(trap: JsonObject): object {
  const expected = object(trap.expected);
  if (expected.failure === true) return { failure: true };
  const { errorKinds } = expected;
  const kinds = errorKinds === undefined ? [] : isJsonObject(errorKinds) ? Object.values(errorKinds) : list(errorKinds);
  return {
    decision: expected.decision,
    reason: list(expected.reason).map(String).sort(),
    errors: list(expected.errors).map(String).sort(),
    ...(kinds.length === 0 ? {} : { errorKinds: kinds }),
  };
}

describe.skipIf(CONFORMANCE === undefined)('corner cases with the official answers', () => {
  it('are all here', () => {
    expect([of('parse').length, of('evaluate').length, of('entities').length]).toEqual([79, 109, 30]);
  });

  it.each(of('parse'))('parse: %s', (_name, trap) => {
    expect(policiesOf(trap.policies) !== undefined).toBe(object(trap.expected).ok);
  });

  describe.each(ENGINES)('by %s', (_engine, options) => {
    it.each(of('evaluate'))('evaluate: %s', (_name, trap) => {
      expect(answerOf(trap, options)).toEqual(expectedOf(trap));
    });
  });

  it.each(of('entities'))('entities: %s', (_name, trap) => {
    expect(parseEntities(trap.entitiesText ?? printJson(trap.entities ?? []), schemaOf(trap)).ok).toBe(
      object(trap.expected).ok,
    );
  });
});
