import type { Policy, PolicySet } from '../ast/policy.js';
import type { Result } from '../diagnostics/diagnostic.js';
import { describeJson, isJsonArray, isJsonObject, type JsonArray, type JsonValue } from '../json/json-value.js';
import { createSource, type Source } from '../text/source.js';
import { type Listed, readLinks } from './links-from-json.js';
import { checkSlots, readPolicy } from './policy-from-json.js';
import {
  at,
  type FieldNames,
  include,
  member,
  type Place,
  type Reading,
  readAll,
  readFields,
  readObject,
  report,
} from './reading.js';

/** Reads policies that stand as text inside JSON. */
export interface PolicyTextParser {
  readonly parsePolicies: (source: Source) => Result<PolicySet>;
  /** Reads the text of exactly one static policy or template. */
  readonly parsePolicy: (source: Source, id: string) => Result<Policy>;
}

const FIELDS = ['staticPolicies', 'templates', 'templateLinks'];

/**
 * Reads Cedar's JSON policy set format: `staticPolicies`, `templates` and `templateLinks` are all there, and every
 * policy is JSON. Errors carry JSON pointers, and all are found at once.
 */
export function policySetFromJson(json: JsonValue): Result<PolicySet> {
  return readAll((reading) => readPolicySet(reading, json, { required: FIELDS }, undefined));
}

/**
 * Reads a policy set as calls of the official WebAssembly package hand it over: each of the three parts may be absent,
 * each policy is JSON or text, and `staticPolicies` may also be one text with many policies, or an array. The texts of an
 * array are called `policy0`, `policy1` and so on, what is JSON in it `JSON policy`, `JSON policy 1` and so on: the official
 * package knows only the first of each kind and takes all the others for duplicates.
 */
export function policySetFromCall(json: JsonValue, parser: PolicyTextParser): Result<PolicySet> {
  return readAll((reading) => readPolicySet(reading, json, { required: [], optional: FIELDS }, parser));
}

/** Without a parser, policies are JSON and `staticPolicies` is an object. */
type Parser = PolicyTextParser | undefined;

function readPolicySet(reading: Reading, json: JsonValue, names: FieldNames, parser: Parser): PolicySet | undefined {
  const fields = readFields(reading, json, undefined, 'a policy set', names);
  if (fields === undefined) return undefined;
  const policies = readStaticPolicies(
    reading,
    member(fields, 'staticPolicies'),
    at(undefined, 'staticPolicies'),
    parser,
  );
  const templates = readPolicies(reading, member(fields, 'templates'), at(undefined, 'templates'), 'template', parser);
  const byId = new Map<string, Listed>();
  for (const listed of [...policies, ...templates]) {
    if (byId.has(listed.id)) reportDuplicate(reading, listed);
    else byId.set(listed.id, listed);
  }
  const links = readLinks(reading, member(fields, 'templateLinks'), at(undefined, 'templateLinks'), byId);
  return { policies: policies.flatMap(policyOf), templates: templates.flatMap(policyOf), links };
}

function policyOf({ policy }: Listed): readonly Policy[] {
  return policy === undefined ? [] : [policy];
}

function reportDuplicate(reading: Reading, { id, place }: Listed): void {
  report(reading, place, 'duplicate-policy-id', `the policy id ${JSON.stringify(id)} is used twice`, {
    help: 'static policies, templates and links share one space of ids',
    data: { id },
  });
}

function readStaticPolicies(
  reading: Reading,
  json: JsonValue | undefined,
  place: Place,
  parser: Parser,
): readonly Listed[] {
  if (parser === undefined || json === undefined || isJsonObject(json))
    return readPolicies(reading, json, place, 'static', parser);
  if (typeof json === 'string') return readText(reading, json, place, parser);
  if (isJsonArray(json)) return readUnnamed(reading, json, place, parser);
  report(
    reading,
    place,
    'policy-json-type',
    `the static policies are an object, an array or a text, not ${describeJson(json)}`,
  );
  return [];
}

function readPolicies(
  reading: Reading,
  json: JsonValue | undefined,
  place: Place,
  expected: 'static' | 'template',
  parser: Parser,
): readonly Listed[] {
  const what = expected === 'static' ? 'the list of static policies' : 'the list of templates';
  const object = readObject(reading, json, place, what);
  if (object === undefined) return [];
  return Object.keys(object).map((id) => readOne(reading, object[id] ?? null, at(place, id), id, expected, parser));
}

function readOne(
  reading: Reading,
  json: JsonValue,
  place: Place,
  id: string,
  expected: 'static' | 'template',
  parser: Parser,
): Listed {
  if (parser === undefined || typeof json !== 'string') {
    return { id, place, policy: readPolicy(reading, json, place, id, expected) };
  }
  const parsed = parser.parsePolicy(createSource(json), id);
  include(reading, place, parsed.diagnostics);
  return {
    id,
    place,
    policy: parsed.ok && checkSlots(reading, place, parsed.value, expected) ? parsed.value : undefined,
  };
}

function readText(reading: Reading, text: string, place: Place, parser: PolicyTextParser): readonly Listed[] {
  const parsed = parser.parsePolicies(createSource(text));
  include(reading, place, parsed.diagnostics);
  if (!parsed.ok) return [];
  for (const template of parsed.value.templates) checkSlots(reading, place, template, 'static');
  return parsed.value.policies.map((policy) => ({ id: policy.id, place, policy }));
}

function readUnnamed(reading: Reading, json: JsonArray, place: Place, parser: PolicyTextParser): readonly Listed[] {
  let texts = 0;
  let objects = 0;
  return json.map((entry, i) => {
    const id =
      typeof entry === 'string' ? `policy${texts++}` : objects++ === 0 ? 'JSON policy' : `JSON policy ${objects - 1}`;
    return readOne(reading, entry, at(place, i), id, 'static', parser);
  });
}
