import { combinePolicySets } from '../ast/combine-policy-sets.js';
import type { EntityReference, Policy, PolicySet, ScopeConstraint, TemplateLink } from '../ast/policy.js';
import { printPolicy } from '../ast/print-policy.js';
import { isPolicySet } from '../authorizer/create-authorizer.js';
import { diagnostic, failure, type Result } from '../diagnostics/diagnostic.js';
import { entityToJson } from '../entities/entity-to-json.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import { createJsonObject, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import { sha256 } from '../ledger/sha256.js';
import { findAction } from '../schema/schema.js';
import { parseAgent } from './parse-agent.js';
import { type HarnessSettings, type PolicyFile, type PreparedHarness, prepareHarness } from './prepare-harness.js';

// A setup is everything that answers depend on beside events and trajectories: agent, policies, entities, settings.
// A ledger holds each setup once a file, so that its rows can be decided again with nothing else at hand.

export interface HarnessSetup {
  readonly hash: string;
  readonly text: string;
}

/** Settings that change no answer. */
const NO_ANSWER: ReadonlySet<string> = new Set(['agent', 'policies', 'entities', 'onAdjudication', 'clock', 'ledger']);

/** The setup of a harness, from the agent and the settings that it was prepared from. */
export function harnessSetup(agent: JsonValue, settings: HarnessSettings, prepared: PreparedHarness): HarnessSetup {
  const json = createJsonObject();
  json.agent = agent;
  json.policies = policyFiles(settings.policies).map(({ file, text }) => {
    const entry = createJsonObject();
    if (file !== undefined) entry.file = file;
    entry.text = text;
    return entry;
  });
  json.entities = hostEntities(prepared);
  json.settings = answerSettings(settings);
  // Not canonical: the order of a tool's fields is part of its schema's text.
  const text = printJson(json);
  return { hash: sha256(text), text };
}

function answerSettings(settings: HarnessSettings): JsonObject {
  const given = Object.entries(settings).filter(([name, value]) => !NO_ANSWER.has(name) && value !== undefined);
  const json = jsonFromJavaScript(Object.fromEntries(given));
  return json.ok && isJsonObject(json.value) ? json.value : createJsonObject();
}

/** Entities that the host gave: what the store holds beside the agent's actions. Values that JSON cannot say are left out. */
function hostEntities({ entities, profile }: PreparedHarness): JsonValue {
  return [...entities.entities()].flatMap((entity) => {
    if (findAction(profile.schema, entity.uid) !== undefined) return [];
    const json = entityToJson(entity, entities);
    return json.ok ? [json.value] : [];
  });
}

function policyFiles(policies: HarnessSettings['policies']): readonly PolicyFile[] {
  if (typeof policies === 'string') return [{ text: policies }];
  if (isPolicySet(policies)) {
    // Links name templates as the harness does, by their `@id`.
    const combined = combinePolicySets([policies]);
    return policyTexts(combined.ok ? combined.value : policies).map((text) => ({ text }));
  }
  return policies.map(({ file, text }) => ({ text, ...(file === undefined ? {} : { file }) }));
}

/** The policies of a set as they are written; a linked template as the policy that it stands for. */
function policyTexts(set: PolicySet): readonly string[] {
  const templates = new Map(set.templates.map((template) => [template.id, template]));
  const linked = set.links.flatMap((link) => {
    const template = templates.get(link.templateId);
    return template === undefined ? [] : [printPolicy(linkedPolicy(template, link))];
  });
  return [...set.policies.map(policyText), ...linked];
}

function policyText(policy: Policy): string {
  const { source, span } = policy;
  return source === undefined || span === undefined ? printPolicy(policy) : source.text.slice(span.start, span.end);
}

/** The static policy that a link makes of its template, named by the link. */
function linkedPolicy(template: Policy, link: TemplateLink): Policy {
  const id = { key: 'id', value: link.id, span: undefined };
  return {
    ...template,
    id: link.id,
    annotations: [...template.annotations.filter(({ key }) => key !== 'id'), id],
    principal: fillSlots(template.principal, link),
    resource: fillSlots(template.resource, link),
    slots: [],
  };
}

function fillSlots(constraint: ScopeConstraint, link: TemplateLink): ScopeConstraint {
  const fill = (reference: EntityReference): EntityReference => {
    const uid = reference.kind === 'slot' ? link.values[reference.slot] : undefined;
    return uid === undefined ? reference : { kind: 'entity', uid, span: undefined };
  };
  switch (constraint.kind) {
    case 'any':
      return constraint;
    case 'equal':
    case 'in':
      return { ...constraint, entity: fill(constraint.entity) };
    case 'is':
      return constraint.in === undefined ? constraint : { ...constraint, in: fill(constraint.in) };
  }
}

/** What of a recorded setup is put in place of it when its rows are decided again. */
export type SetupChange = Partial<Pick<HarnessSettings, 'policies' | 'entities' | 'strict'>> & {
  readonly agent?: JsonValue;
};

/** Prepares a harness from a recorded setup. */
export function prepareSetup(setup: JsonValue | undefined, change: SetupChange = {}): Result<PreparedHarness> {
  const unreadable = failure([diagnostic('bad-setup', 'the setup that is recorded cannot be read')]);
  if (!isJsonObject(setup)) return unreadable;
  const { entities } = setup;
  const settings: unknown = setup.settings;
  const policies = change.policies ?? recordedFiles(setup.policies);
  if (!isSettings(settings) || policies === undefined || setup.agent === undefined) return unreadable;
  const { agent: given, ...changed } = change;
  const agent = parseAgent(given ?? setup.agent);
  return agent.ok ? prepareHarness(agent.value, { ...settings, entities, ...changed, policies }) : agent;
}

/** Policies of a recorded setup. */
function recordedFiles(json: JsonValue | undefined): readonly PolicyFile[] | undefined {
  if (!isJsonArray(json)) return undefined;
  const files = json.flatMap((entry): PolicyFile[] => {
    if (!isJsonObject(entry) || typeof entry.text !== 'string') return [];
    return [{ text: entry.text, ...(typeof entry.file === 'string' ? { file: entry.file } : {}) }];
  });
  return files.length === json.length ? files : undefined;
}

/** Which settings there are and what they may be is checked where the harness is prepared. */
function isSettings(json: unknown): json is Omit<HarnessSettings, 'policies' | 'entities'> {
  return typeof json === 'object' && json !== null;
}
