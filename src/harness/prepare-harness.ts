import { combinePolicySets } from '../ast/combine-policy-sets.js';
import type { Policy, PolicySet } from '../ast/policy.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import { isEntityStore, isPolicySet } from '../authorizer/create-authorizer.js';
import { type JsonInput, readEntities } from '../authorizer/request.js';
import { type Diagnostic, diagnostic, failure, hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { Entity } from '../entities/entity.js';
import { createEntityStore } from '../entities/entity-store.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import { parsePolicies } from '../parser/parse-policies.js';
import { createSource } from '../text/source.js';
import { entityUid } from '../values/value.js';
import { HINT_GROUPS } from './action-names.js';
import type { EscalationRule, Mode, Semantics } from './adjudication.js';
import type { Agent } from './agent.js';
import { type AgentSchema, type AgentSchemaOptions, createAgentSchema } from './agent-schema.js';
import type { RequestWorld } from './build-request.js';
import { sha256 } from './canonical-json.js';
import { checkPolicies } from './check-policies.js';
import { STAGES } from './event.js';

/** Text of a policy file with the name that messages know it by. */
export interface PolicyFile {
  readonly file?: string;
  readonly text: string;
}

export interface HarnessSettings extends AgentSchemaOptions {
  /** Policies as text, as files, or parsed; every policy needs an `@id`. */
  readonly policies: string | readonly PolicyFile[] | PolicySet;
  /** Entities of the host (users, groups, tenants and what policies name): entity JSON, as values or text, or a store. */
  readonly entities?: JsonInput;
  readonly semantics?: Semantics;
  readonly escalation?: EscalationRule;
  readonly mode?: Mode;
  /** False turns problems of the policies (not of their syntax) into warnings; default true. */
  readonly strict?: boolean;
}

/** Everything about a harness that is known before the first event. */
export interface PreparedHarness extends RequestWorld {
  readonly policies: readonly CompiledPolicy[];
  readonly semantics: Semantics;
  readonly escalation: EscalationRule;
  readonly mode: Mode;
  readonly policySetHash: string;
  readonly schemaHash: string;
  readonly warnings: readonly Diagnostic[];
}

/** Loads an agent and its policies; every problem that can be found without an event is reported. */
export function prepareHarness(agent: Agent, settings: HarnessSettings): Result<PreparedHarness> {
  const wrong = checkSettings(settings);
  if (wrong.length > 0) return failure(wrong);
  const schema = createAgentSchema(agent, settings);
  const parsed = readPolicies(settings.policies);
  const diagnostics: Diagnostic[] = [...schema.diagnostics, ...parsed.diagnostics];
  if (!schema.ok || !parsed.ok) return failure(diagnostics);
  const strict = settings.strict ?? true;
  diagnostics.push(
    ...checkPolicies(parsed.value, schema.value).map((d): Diagnostic => (strict ? d : { ...d, severity: 'warning' })),
  );
  if (parsed.value.policies.length === 0 && parsed.value.links.length === 0) {
    diagnostics.push(
      diagnostic('no-policies', 'there is no policy, so every event would be denied', {
        severity: strict ? 'error' : 'warning',
        help: 'write at least one permit',
      }),
    );
  }
  const compiled = compilePolicySet(parsed.value);
  const host = hostEntities(settings.entities);
  if (!host.ok) return failure([...diagnostics, ...host.diagnostics]);
  const entities = createEntityStore([...actionEntities(schema.value), ...host.value]);
  diagnostics.push(...compiled.diagnostics, ...entities.diagnostics);
  if (!compiled.ok || !entities.ok || hasErrors(diagnostics)) return failure(diagnostics);
  return success({
    agent,
    schema: schema.value,
    entities: entities.value,
    policies: compiled.value,
    semantics: settings.semantics ?? 'deny',
    escalation: settings.escalation ?? 'permitted',
    mode: settings.mode ?? 'enforce',
    policySetHash: sha256(policySetText(parsed.value)),
    schemaHash: sha256(schema.value.text),
    warnings: diagnostics,
  });
}

const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  semantics: ['deny', 'cedar'],
  escalation: ['permitted', 'always'],
  mode: ['enforce', 'shadow'],
  unregistered: ['deny', 'policy'],
  numbers: ['long', 'decimal'],
  strict: [true, false],
};
const OTHER_SETTINGS: readonly string[] = ['agent', 'policies', 'entities', 'onAdjudication', 'clock'];

/** A misspelt setting must not quietly mean the default of another. */
function checkSettings(settings: HarnessSettings): readonly Diagnostic[] {
  const known = [...Object.keys(CHOICES), ...OTHER_SETTINGS];
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]) => {
    const choices = Object.hasOwn(CHOICES, name) ? CHOICES[name] : undefined;
    if (choices !== undefined) {
      if (value === undefined || choices.includes(value)) return [];
      return [
        diagnostic('bad-setting', `the setting \`${name}\` has a value that it does not know`, {
          help: `known: ${choices.map(String).join(', ')}`,
        }),
      ];
    }
    if (known.includes(name)) return [];
    const near = didYouMean(name, known);
    return [
      diagnostic('bad-setting', `there is no setting ${JSON.stringify(name)}`, {
        help: near === undefined ? `the settings are ${known.join(', ')}` : `did you mean \`${near}\`?`,
      }),
    ];
  });
}

function hostEntities(given: JsonInput): Result<readonly Entity[]> {
  if (given === undefined) return success([]);
  return isEntityStore(given) ? success([...given.entities()]) : readEntities(given);
}

function readPolicies(policies: HarnessSettings['policies']): Result<PolicySet> {
  if (typeof policies === 'string') return readFiles([{ text: policies }]);
  if (isFileList(policies)) return readFiles(policies);
  if (isPolicySet(policies)) return combinePolicySets([policies]);
  return failure([diagnostic('bad-policies', 'the policies are no text, list of `{ file, text }` or policy set')]);
}

function isFileList(policies: HarnessSettings['policies']): policies is readonly PolicyFile[] {
  return Array.isArray(policies) && policies.every(isPolicyFile);
}

function isPolicyFile(file: unknown): file is PolicyFile {
  return typeof file === 'object' && file !== null && 'text' in file && typeof file.text === 'string';
}

function readFiles(files: readonly PolicyFile[]): Result<PolicySet> {
  const parsed = files.map(({ text, file }) => parsePolicies(createSource(text, file)));
  const diagnostics = parsed.flatMap((result) => result.diagnostics);
  if (hasErrors(diagnostics)) return failure(diagnostics);
  return combinePolicySets(parsed.flatMap((result) => (result.ok ? [result.value] : [])));
}

function actionEntities(schema: AgentSchema): Entity[] {
  const groups = [...STAGES, ...HINT_GROUPS].map((id) => ({ id, groups: [] as readonly string[] }));
  return [...groups, ...schema.actions.values()].map(({ id, groups: parents }) => ({
    uid: entityUid('Action', id),
    attributes: new Map(),
    tags: new Map(),
    parents: parents.map((group) => entityUid('Action', group)),
  }));
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
