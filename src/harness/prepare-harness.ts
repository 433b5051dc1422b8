import { combinePolicySets } from '../ast/combine-policy-sets.js';
import { annotationValue, type Policy, type PolicySet } from '../ast/policy.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import { isPolicySet } from '../authorizer/create-authorizer.js';
import { PolicyEngine } from '../authorizer/policy-engine.js';
import { type JsonInput, readJson } from '../authorizer/request.js';
import { residentBySchema } from '../authorizer/schema-option.js';
import { Tiers } from '../compiler/tiers.js';
import { type Diagnostic, diagnostic, failure, hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import { entitiesFromJson } from '../entities/entities-from-json.js';
import type { EntityStore } from '../entities/entity.js';
import { createEntityStore, isEntityStore } from '../entities/entity-store.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { JsonValue } from '../json/json-value.js';
import { sha256 } from '../ledger/sha256.js';
import { parsePolicies } from '../parser/parse-policies.js';
import { createSource } from '../text/source.js';
import { printEntityUid } from '../values/print.js';
import type { EntityUid } from '../values/value.js';
import type { EscalationRule, Mode, Semantics } from './adjudication.js';
import type { Agent } from './agent.js';
import type { AgentSchemaOptions } from './agent-schema.js';
import { checkPolicies } from './check-policies.js';
import { isNamedText } from './check-settings.js';
import { createProfile, type ProfileSettings } from './create-profile.js';
import type { NamedText, Profile, RequestWorld } from './profile.js';

/** Text of a policy file with the name that messages know it by. */
export type PolicyFile = NamedText;

export interface HarnessSettings extends AgentSchemaOptions {
  /** Policies as text, as files, or parsed; every policy needs an `@id`. */
  readonly policies: string | readonly PolicyFile[] | PolicySet;
  /** Entities of the host (users, groups, tenants and what policies name): entity JSON, as values or text, or a store. */
  readonly entities?: JsonInput;
  /** How policies see the agent; default `deodar`. */
  readonly profile?: ProfileSettings;
  /** Declarations of the host beside those of the default profile, in Cedar syntax: for entities that it adds. */
  readonly schema?: string | readonly NamedText[];
  readonly semantics?: Semantics;
  readonly escalation?: EscalationRule;
  readonly mode?: Mode;
  /**
   * False turns problems of the policies (not of their syntax) into warnings, and entities that do not conform to the
   * schema into a denial of every event; default true.
   */
  readonly strict?: boolean;
}

/** Everything about a harness that is known before the first event. */
export interface PreparedHarness extends RequestWorld {
  readonly profile: Profile;
  readonly policySet: PolicySet;
  readonly policies: readonly CompiledPolicy[];
  /** Evaluates the policies. */
  readonly engine: PolicyEngine;
  readonly semantics: Semantics;
  readonly escalation: EscalationRule;
  readonly mode: Mode;
  readonly policySetHash: string;
  readonly schemaHash: string;
  /** Entities of the host that do not conform, of a harness that is not strict: every event is denied with these. */
  readonly unusable: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/** Loads an agent and its policies; every problem that can be found without an event is reported. */
export function prepareHarness(agent: Agent, settings: HarnessSettings): Result<PreparedHarness> {
  try {
    return prepare(agent, settings);
  } catch (error) {
    const message = `the harness cannot be made: ${error instanceof Error ? error.message : String(error)}`;
    const help = 'give policies and entities as text or data, or as this package made them';
    return failure([diagnostic('unreadable-setting', message, { help })]);
  }
}

function prepare(agent: Agent, settings: HarnessSettings): Result<PreparedHarness> {
  const created = createProfile(agent, settings);
  const read = readPolicies(settings.policies);
  const diagnostics: Diagnostic[] = [...created.diagnostics, ...read.flatMap((result) => result.diagnostics)];
  if (!created.ok || hasErrors(diagnostics)) return failure(diagnostics);
  const profile = created.value;
  const sets = read.flatMap((result) => (result.ok ? [result.value] : []));
  const parsed = combinePolicySets(sets);
  diagnostics.push(...parsed.diagnostics);
  const strict = settings.strict ?? true;
  // Ids that are used twice keep nobody from hearing of everything else.
  for (const found of (parsed.ok ? [parsed.value] : sets.map(namedById)).flatMap((set) =>
    checkPolicies(set, profile, settings.escalation),
  ))
    diagnostics.push(strict ? found : { ...found, severity: found.severity === 'error' ? 'warning' : found.severity });
  if (!parsed.ok) return failure(diagnostics);
  const compiled = compilePolicySet(parsed.value);
  const { store: entities, unusable } = hostEntities(settings.entities, profile, strict);
  const tolerated = unusable.map((found): Diagnostic => ({ ...found, severity: 'warning' }));
  diagnostics.push(...compiled.diagnostics, ...entities.diagnostics, ...tolerated);
  if (!compiled.ok || !entities.ok || hasErrors(diagnostics)) return failure(diagnostics);
  return success({
    agent,
    profile,
    policySet: parsed.value,
    entities: entities.value,
    policies: compiled.value,
    engine: new PolicyEngine(compiled.value, entities.value, new Tiers()),
    semantics: settings.semantics ?? 'deny',
    escalation: settings.escalation ?? 'permitted',
    mode: settings.mode ?? 'enforce',
    policySetHash: sha256(policySetText(parsed.value)),
    schemaHash: sha256(profile.text),
    unusable,
    warnings: diagnostics,
  });
}

interface HostEntities {
  readonly store: Result<EntityStore>;
  /** What does not conform where that is no reason not to start. */
  readonly unusable: readonly Diagnostic[];
}

/** The store of the host's entities with the actions of the profile; they have to conform to its schema. */
function hostEntities(given: JsonInput, profile: Profile, strict: boolean): HostEntities {
  const json = isEntityStore(given) ? given : readJson(given ?? [], 'entities');
  const store = residentBySchema(json, profile.schema);
  const made = store.ok ? [...store.value.entities()].filter(({ uid }) => profile.makesEntity(uid)) : [];
  const wrong = store.ok ? made.map(({ uid }) => ownEntity(uid)) : store.diagnostics;
  if (wrong.length === 0) return { store, unusable: [] };
  const readable = strict ? undefined : readableStore(json);
  if (readable?.ok !== true) return { store: failure(wrong), unusable: [] };
  return { store: readable, unusable: wrong };
}

/** The store of entities of which nobody asks whether they conform. */
function readableStore(given: Result<JsonValue> | EntityStore): Result<EntityStore> {
  if (!('ok' in given)) return success(given);
  const entities = given.ok ? entitiesFromJson(given.value) : given;
  return entities.ok ? createEntityStore(entities.value) : entities;
}

function ownEntity(uid: EntityUid): Diagnostic {
  return diagnostic('reserved-entity', `the harness itself makes the entity ${printEntityUid(uid)}`, {
    help: 'leave it out of the entities of the host; what it says comes from the agent and its events',
  });
}

/** The policies as one set or several, each read as far as it can be. */
function readPolicies(policies: HarnessSettings['policies']): readonly Result<PolicySet>[] {
  if (typeof policies === 'string') return readFiles([{ text: policies }]);
  if (isFileList(policies)) return readFiles(policies);
  if (isPolicySet(policies)) return [success(policies)];
  return [failure([diagnostic('bad-policies', 'the policies are no text, list of `{ file, text }` or policy set')])];
}

function isFileList(policies: HarnessSettings['policies']): policies is readonly PolicyFile[] {
  return Array.isArray(policies) && policies.every(isNamedText);
}

function readFiles(files: readonly PolicyFile[]): readonly Result<PolicySet>[] {
  return files.map(({ text, file }) => parsePolicies(createSource(text, file)));
}

/** A set whose policies go by their `@id`, even where an id is used twice. */
function namedById(set: PolicySet): PolicySet {
  const named = (policy: Policy): Policy => ({ ...policy, id: annotationValue(policy, 'id') ?? policy.id });
  return { ...set, policies: set.policies.map(named), templates: set.templates.map(named) };
}

/** What a set says, for its hash: ids, written text and links, in order. */
function policySetText(set: PolicySet): string {
  const texts = [...set.policies, ...set.templates].map((policy) => JSON.stringify([policy.id, policyText(policy)]));
  return [...texts, ...set.links.map((link) => JSON.stringify([link.id, link.templateId, link.values]))].join('\n');
}

function policyText(policy: Policy): string {
  if (policy.source === undefined || policy.span === undefined) {
    return JSON.stringify(policy, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  }
  return policy.source.text.slice(policy.span.start, policy.span.end);
}
