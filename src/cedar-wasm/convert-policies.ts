import { type Policy as PolicyNode, slotSpanOf } from '../ast/policy.js';
import { printPolicy } from '../ast/print-policy.js';
import { type Diagnostic, diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import { policyFromJson, templateFromJson } from '../est/policy-from-json.js';
import { policyToJson as toJson } from '../est/policy-to-json.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { parsePolicies, parsePolicy } from '../parser/parse-policies.js';
import { createSource } from '../text/source.js';
import type { PolicySetTextToPartsAnswer, PolicyToJsonAnswer, PolicyToTextAnswer } from './answer-types.js';
import { textArgument } from './call-fields.js';
import { jsonOfArgument } from './call-json.js';
import type { Policy, Template } from './call-types.js';
import { canonicalPolicyJson } from './canonical-policy-json.js';
import { errorOf } from './detailed-error.js';
import type { PolicyJson } from './json-types.js';
import { inOfficialWords } from './official-words.js';
import { plainJson } from './plain-json.js';
import { wordsForParsing } from './policy-set.js';
import { type Read, readable, unreadable } from './read.js';

type Kind = 'policy' | 'template';

/** A static policy as JSON; JSON comes back in the same form, without what means nothing. */
export function policyToJson(policy: Policy): PolicyToJsonAnswer {
  return toJsonAnswer(jsonOfArgument(policy), 'policy');
}

/** A template as JSON. */
export function templateToJson(template: Template): PolicyToJsonAnswer {
  return toJsonAnswer(jsonOfArgument(template), 'template');
}

/** A static policy as text; text comes back as it is, with its comments. */
export function policyToText(policy: Policy): PolicyToTextAnswer {
  return toTextAnswer(jsonOfArgument(policy), 'policy');
}

/** A template as text. */
export function templateToText(template: Template): PolicyToTextAnswer {
  return toTextAnswer(jsonOfArgument(template), 'template');
}

function toJsonAnswer(given: JsonValue, kind: Kind): PolicyToJsonAnswer {
  const read = readOnePolicy(given, kind);
  if (!read.ok) return { type: 'failure', errors: read.errors };
  return { type: 'success', json: policyJson(isJsonObject(given) ? canonicalPolicyJson(given) : toJson(read.value)) };
}

function policyJson(json: JsonValue): PolicyJson {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the JSON was made from a policy
  return plainJson(json) as PolicyJson;
}

function toTextAnswer(given: JsonValue, kind: Kind): PolicyToTextAnswer {
  const read = readOnePolicy(given, kind);
  if (!read.ok) return { type: 'failure', errors: read.errors };
  return { type: 'success', text: typeof given === 'string' ? given : printPolicy(read.value) };
}

/** Reads a static policy or a template as text or JSON. */
export function readOnePolicy(given: JsonValue, kind: Kind): Read<PolicyNode> {
  const read = typeof given === 'string' ? fromText(given, kind) : fromJson(given, kind);
  if (read.ok) return readable(read.value);
  return unreadable([
    errorOf(wordsForParsing(kind, '', typeof given === 'string'), read.diagnostics.map(inOfficialWords)),
  ]);
}

function fromJson(json: JsonValue, kind: Kind): Result<PolicyNode> {
  return kind === 'policy' ? policyFromJson(json, 'JSON policy') : templateFromJson(json, 'JSON policy');
}

function fromText(text: string, kind: Kind): Result<PolicyNode> {
  const parsed = parsePolicy(createSource(text), 'policy0');
  if (!parsed.ok) return parsed;
  const [slot] = parsed.value.slots;
  return (slot === undefined) === (kind === 'policy') ? parsed : failure([wrongKind(parsed.value)]);
}

function wrongKind(policy: PolicyNode): Diagnostic {
  const { source, slots } = policy;
  const span = slotSpanOf(policy) ?? policy.span;
  const labels = source === undefined || span === undefined ? [] : [{ source, span }];
  const [slot] = slots;
  return slot === undefined
    ? diagnostic('expected-template', 'this policy has no slot', { labels })
    : diagnostic('expected-static-policy', `this policy has the slot ${slot}`, { labels, data: { slot } });
}

/** Splits a text into the texts of its static policies and of its templates, without what stands between them. */
export function policySetTextToParts(policyset_str: string): PolicySetTextToPartsAnswer {
  const source = createSource(textArgument(policyset_str));
  const parsed = parsePolicies(source);
  if (!parsed.ok) return { type: 'failure', errors: [errorOf('', parsed.diagnostics)] };
  const { policies, templates } = parsed.value;
  return { type: 'success', policies: textsOf(policies), policy_templates: textsOf(templates) };
}

/** In the alphabetical order of ids, where `policy10` comes before `policy2`. */
function textsOf(policies: readonly PolicyNode[]): string[] {
  return [...policies]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ source, span }) =>
      source === undefined || span === undefined ? '' : source.text.slice(span.start, span.end),
    );
}
