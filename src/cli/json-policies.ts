import type { Policy, PolicySet } from '../ast/policy.js';
import { diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { policyFromJson, templateFromJson } from '../est/policy-from-json.js';
import { policySetFromJson } from '../est/policy-set-from-json.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import { memberPointer } from '../json/pointer.js';
import type { Source } from '../text/source.js';

/** Id of the policy in a file that holds a single one, as the official command line calls it. */
const SINGLE_ID = 'JSON policy';

const SET_FIELDS = ['staticPolicies', 'templates', 'templateLinks'];
const POLICY_FIELDS = ['effect', 'principal', 'action', 'resource', 'conditions'];

/** Reads a file in Cedar's JSON format: a policy set, a single static policy, or a single template. */
export function parseJsonPolicies(source: Source): Result<PolicySet> {
  const json = parseJson(source);
  if (!json.ok) return json;
  const read = readJsonPolicies(json.value);
  const diagnostics = locateDiagnostics(source, [...json.diagnostics, ...read.diagnostics]);
  return read.ok ? success(read.value, diagnostics) : failure(diagnostics);
}

function readJsonPolicies(json: JsonValue): Result<PolicySet> {
  const has = (name: string): boolean => isJsonObject(json) && Object.hasOwn(json, name);
  const isSet = SET_FIELDS.some(has);
  const isPolicy = POLICY_FIELDS.some(has);
  if (isSet === isPolicy) {
    const message = isSet
      ? 'this has fields of a policy and of a policy set'
      : 'this is neither a policy nor a policy set';
    const help = `a policy has ${POLICY_FIELDS.join(', ')}; a policy set has ${SET_FIELDS.join(', ')}`;
    return failure([diagnostic('policy-json-kind', message, { pointer: '', help })]);
  }
  if (isSet) return policySetFromJson(json);
  const single = readSingle(json);
  if (!single.ok) return single;
  const isTemplate = single.value.slots.length > 0;
  const [policies, templates] = isTemplate ? [[], [single.value]] : [[single.value], []];
  return success({ policies, templates, links: [] }, single.diagnostics);
}

function readSingle(json: JsonValue): Result<Policy> {
  const policy = policyFromJson(json, SINGLE_ID);
  if (policy.ok || policy.diagnostics.every((d) => d.code !== 'expected-static-policy')) return policy;
  return templateFromJson(json, SINGLE_ID);
}

/** Where the policies of such a file stand in it, by id. */
export function policyPointers(set: PolicySet): ReadonlyMap<string, string> {
  const of = (list: string, policies: readonly Policy[]): [string, string][] =>
    policies.map(({ id }) => [id, id === SINGLE_ID ? '' : memberPointer(`/${list}`, id)]);
  return new Map([...of('staticPolicies', set.policies), ...of('templates', set.templates)]);
}
