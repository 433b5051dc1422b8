import type { PolicySet } from '../ast/policy.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import { PolicyEngine } from '../authorizer/policy-engine.js';
import { Tiers } from '../compiler/tiers.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { EMPTY_ENTITY_STORE } from '../entities/entity-store.js';
import { policySetFromCall } from '../est/policy-set-from-json.js';
import { createJsonObject, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { pointerKeys, pointerOf } from '../json/pointer.js';
import { parsePolicies, parsePolicy } from '../parser/parse-policies.js';
import type { DetailedError } from './answer-types.js';
import { arrayOf, objectOf, optionalField, readCall, requiredField, textOf, wordOf } from './call-fields.js';
import { detailedError, errorOf } from './detailed-error.js';
import { inOfficialWords } from './official-words.js';
import { type Read, readable, unreadable } from './read.js';

/** The three parts of a policy set in a call, of the right kinds; what stands in them may still be wrong. */
export function policySetCallOf(json: JsonValue): JsonObject {
  const fields = readCall(json, 'PolicySet', ['staticPolicies', 'templates', 'templateLinks']);
  const call = createJsonObject();
  const policies = optionalField(fields, 'staticPolicies');
  if (policies !== undefined) call['staticPolicies'] = staticPoliciesOf(policies);
  const templates = optionalField(fields, 'templates');
  if (templates !== undefined) call['templates'] = objectOf(templates);
  const links = optionalField(fields, 'templateLinks');
  if (links !== undefined) call['templateLinks'] = arrayOf(links).map(linkOf);
  return call;
}

function staticPoliciesOf(json: JsonValue): JsonValue {
  if (typeof json === 'string' || isJsonArray(json) || isJsonObject(json)) return json;
  throw new Error('expected a static policy set represented by a string, JSON array, or JSON object');
}

function linkOf(json: JsonValue): JsonObject {
  const link = readCall(json, 'TemplateLink', ['templateId', 'newId', 'values']);
  const values = createJsonObject();
  for (const [slot, uid] of Object.entries(objectOf(requiredField(link, 'values')))) {
    // The official reader also takes the type and the id as an array.
    const [type = null, id = null] = isJsonArray(uid) && uid.length === 2 ? uid : [];
    values[wordOf(slot, ['?principal', '?resource'])] = type === null || id === null ? uid : { type, id };
  }
  return {
    templateId: textOf(requiredField(link, 'templateId')),
    newId: textOf(requiredField(link, 'newId')),
    values,
  };
}

/** Reads the policies of a call; each text and each policy that is wrong gives one error. */
export function readPolicySet(call: JsonObject): Read<PolicySet> {
  const read = policySetFromCall(call, { parsePolicies, parsePolicy });
  if (!read.ok) return unreadable(errorsOfItems(call, read.diagnostics));
  const errors = repeatedNames(call);
  return errors.length > 0 ? unreadable(errors) : readable(read.value);
}

/** Engines of texts that were read lately: programs call with the same policies again and again. */
const lately = new Map<string, PolicyEngine>();
const MOST_TEXTS = 16;
const LONGEST_TEXT = 262_144;

/** Reads the policies of a call and makes them ready to be evaluated; those of a text are kept for the next calls. */
export function readPolicyEngine(call: JsonObject): Read<PolicyEngine> {
  const { staticPolicies: text, templates, templateLinks } = call;
  if (typeof text !== 'string' || text.length > LONGEST_TEXT || templates !== undefined || templateLinks !== undefined)
    return makeEngine(call);
  const known = lately.get(text);
  if (known !== undefined) return readable(known);
  const made = makeEngine(call);
  if (!made.ok) return made;
  const [oldest] = lately.keys();
  if (oldest !== undefined && lately.size >= MOST_TEXTS) lately.delete(oldest);
  lately.set(text, made.value);
  return made;
}

/** Entities come with every call. */
function makeEngine(call: JsonObject): Read<PolicyEngine> {
  const read = readPolicySet(call);
  if (!read.ok) return read;
  const compiled = compilePolicySet(read.value);
  if (!compiled.ok) return unreadable([errorOf('', compiled.diagnostics)]);
  return readable(new PolicyEngine(compiled.value, EMPTY_ENTITY_STORE, new Tiers()));
}

/** In a list every text is called `policy0` and every JSON policy `JSON policy`, so there is room for one of each. */
function repeatedNames(call: JsonObject): DetailedError[] {
  const list = call['staticPolicies'];
  if (!isJsonArray(list)) return [];
  const texts = list.filter((policy) => typeof policy === 'string').length;
  const repeated = texts > 1 ? 'policy0' : list.length - texts > 1 ? 'JSON policy' : undefined;
  if (repeated === undefined) return [];
  const help = 'give the policies names in an object, or put their text into one string';
  return [detailedError(`duplicate template or policy id \`${repeated}\``, help)];
}

/** Makes one error of the diagnostics of each policy, template and link. */
function errorsOfItems(call: JsonObject, diagnostics: readonly Diagnostic[]): DetailedError[] {
  const items = new Map<string, Diagnostic[]>();
  for (const d of diagnostics) {
    if (d.severity !== 'error') continue;
    const keys = pointerKeys(d.pointer ?? '') ?? [];
    const item = pointerOf(keys.slice(0, 2)) + (d.code === 'duplicate-policy-id' ? ' twice' : '');
    const found = items.get(item);
    if (found === undefined) items.set(item, [d]);
    else found.push(d);
  }
  return [...items.values()].map((found) => errorOfItem(call, found));
}

function errorOfItem(call: JsonObject, found: readonly Diagnostic[]): DetailedError {
  const [first] = found;
  const keys = pointerKeys(first?.pointer ?? '') ?? [];
  const [part = '', name = ''] = keys;
  const base = pointerOf(keys.slice(0, 2));
  if (part === 'templateLinks') return errorOf(wordsForLink(first?.code ?? ''), found, base);
  if (first?.code === 'duplicate-policy-id') return duplicateId(part, name, first);
  return errorOf(wordsForPolicy(call, part, name, first?.code ?? ''), found.map(inOfficialWords), base);
}

function duplicateId(part: string, name: string, { help }: Diagnostic): DetailedError {
  const words = part === 'templates' ? `failed to add template with id \`${name}\` to policy set: ` : '';
  return detailedError(`${words}duplicate template or policy id \`${name}\``, help);
}

function wordsForPolicy(call: JsonObject, part: string, name: string, code: string): string {
  const items = call[part] ?? null;
  if (typeof items === 'string')
    return code === 'expected-static-policy'
      ? 'static policy set includes a template: '
      : 'failed to parse policies from string: ';
  const item = isJsonObject(items) ? items[name] : isJsonArray(items) ? items[Number(name)] : undefined;
  const called = isJsonObject(items) ? ` with id \`${name}\`` : '';
  return wordsForParsing(part === 'templates' ? 'template' : 'policy', called, typeof item === 'string');
}

/** `failed to parse policy from string: ` and the like. */
export function wordsForParsing(kind: 'policy' | 'template', called: string, isText: boolean): string {
  const words = `failed to parse ${kind}${called} from ${isText ? 'string' : 'JSON'}: `;
  return isText ? words : `${words}error deserializing a policy/template from JSON: `;
}

function wordsForLink(code: string): string {
  switch (code) {
    case 'unknown-template':
    case 'link-values':
    case 'duplicate-policy-id':
      return 'unable to link template: ';
    case 'expected-template':
      return 'expected a template, but a static policy was provided: ';
    default:
      return 'failed to parse link values: failed to parse entity uid: ';
  }
}
