import type { TierCounts } from '../compiler/tiers.js';
import type { EntityStore } from '../entities/entity.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';
import type { Environment } from '../evaluator/environment.js';
import type { EvaluationError } from '../evaluator/evaluation-error.js';
import { appliesTo } from './action-class.js';
import type { Outcomes, PolicyError, Response } from './decide.js';
import type {
  ActionClass,
  Candidates,
  ConditionRunner,
  ConditionRunners,
  Entry,
  EntryError,
  Found,
} from './index-types.js';
import { matchesScope } from './matches-scope.js';
import { RequestFrame } from './request-frame.js';
import { ScopeIndex } from './scope-index.js';

/** How an engine works; the answers are the same. */
export interface EngineOptions {
  /** False tests the scope of every policy for every request; default true. */
  readonly index?: boolean;
  /** How often conditions are evaluated by closures before code is generated for them; infinite for never. */
  readonly generateAfter?: number;
}

/** What an engine has done so far. */
export interface EngineCounts extends TierCounts {
  readonly requests: number;
  /** Candidates: policies that the index did not rule out. */
  readonly candidates: number;
  /** Texts in which the patterns of many `like` were looked for at once. */
  readonly scans: number;
}

/** Answers requests by policies, which can be added and removed. */
export class PolicyEngine {
  readonly index: ScopeIndex;
  private readonly runners: ConditionRunners;
  private readonly isIndexed: boolean;
  private readonly all = new Map<string, Entry>();
  private requests = 0;
  private candidates = 0;

  /** `store` holds the entities of most requests; requests with others are answered too. */
  constructor(
    policies: Iterable<CompiledPolicy>,
    store: EntityStore,
    runners: ConditionRunners,
    options: Pick<EngineOptions, 'index'> = {},
  ) {
    this.index = new ScopeIndex(store, runners.patterns);
    this.runners = runners;
    this.isIndexed = options.index ?? true;
    for (const policy of policies) this.add(policy);
  }

  /** Adds a policy behind all others; its id must not be in use. */
  add(policy: CompiledPolicy): void {
    this.all.set(policy.id, this.index.add(policy, this.runnerOf(policy)));
  }

  /** Removes a policy; false when there is none of that id. */
  remove(id: string): boolean {
    return this.all.delete(id) && this.index.remove(id) !== undefined;
  }

  counts(): EngineCounts {
    const { requests, candidates, runners } = this;
    return { requests, candidates, scans: runners.patterns.passes, ...runners.counts };
  }

  private runnerOf({ conditions }: CompiledPolicy): ConditionRunner | undefined {
    return this.runners.runnerOf(conditions);
  }

  /** What each policy says to a request. */
  evaluate(environment: Environment): Outcomes {
    const { permits, forbids, errors } = this.find(this.frameOf(environment));
    return {
      permits: policiesOf(permits),
      forbids: policiesOf(forbids),
      errors: errorsInOrder(errors).map(({ entry, error }) => ({ policy: entry.policy, error })),
    };
  }

  frameOf({ principal, action, resource, context, entities }: Environment): RequestFrame {
    const { subjects } = this.index;
    return new RequestFrame(
      subjects.ask(principal, entities),
      subjects.ask(action, entities),
      subjects.ask(resource, entities),
      context,
      entities,
      entities === subjects.store ? subjects.hierarchy : undefined,
    );
  }

  /** Cedar's answer to a request. */
  answer(frame: RequestFrame): Response {
    const { permits, forbids, errors } = this.find(frame);
    const determining = forbids ?? permits;
    return {
      decision: forbids === undefined && permits !== undefined ? 'allow' : 'deny',
      reason: determining === undefined ? NO_IDS : idsOf(determining),
      errors: errors === undefined ? NO_ERRORS : errorsInOrder(errors).map(policyError),
    };
  }

  private find(frame: RequestFrame): Found {
    const { index } = this;
    const found: Found = { permits: undefined, forbids: undefined, errors: undefined };
    this.requests++;
    const { principalSubject, actionSubject, resourceSubject } = frame;
    const action = actionSubject.actionClass ?? index.actionClass(actionSubject);
    if (!this.isIndexed) {
      this.visitAll(frame, action, found);
      return found;
    }
    const { number } = action;
    const principals = principalSubject.principalLists?.[number] ?? index.principalCandidates(principalSubject, action);
    for (let i = 0; i < principals.length; i++) this.visit(principals[i], frame, found);
    const resources = resourceSubject.resourceLists?.[number] ?? index.resourceCandidates(resourceSubject, action);
    for (let i = 0; i < resources.length; i++) this.visit(resources[i], frame, found);
    return found;
  }

  private visit(candidates: Candidates | undefined, frame: RequestFrame, found: Found): void {
    if (candidates === undefined) return;
    const { entries, groups, fused } = candidates;
    if (fused === undefined) this.testEach(candidates, frame, found);
    else {
      this.candidates += entries.length;
      fused(frame, found);
    }
    for (let i = 0; i < groups.length; i++) {
      const group = groups[i];
      if (group !== undefined) this.test(group.found, group.find(frame), frame, found);
    }
  }

  private testEach(candidates: Candidates, frame: RequestFrame, found: Found): void {
    const { entries } = candidates;
    this.test(entries, entries.length, frame, found);
    if (candidates.uses++ < this.runners.fuseAfter) return;
    candidates.uses = 0;
    const isOpen = entries.every((entry) => entry.principalRest === undefined && entry.resourceRest === undefined);
    if (isOpen) candidates.fused = this.runners.fuse?.(entries, note);
  }

  private test(entries: readonly Entry[], count: number, frame: RequestFrame, found: Found): void {
    this.candidates += count;
    for (let i = 0; i < count; i++) {
      const entry = entries[i];
      if (entry === undefined) continue;
      const { principalRest, resourceRest } = entry;
      if (principalRest !== undefined && !matchesScope(principalRest, frame.principalSubject)) continue;
      if (resourceRest !== undefined && !matchesScope(resourceRest, frame.resourceSubject)) continue;
      judge(entry, frame, found);
    }
  }

  private visitAll(frame: RequestFrame, action: ActionClass, found: Found): void {
    this.candidates += this.all.size;
    for (const entry of this.all.values()) {
      if (
        matchesScope(entry.principal, frame.principalSubject) &&
        appliesTo(entry.action, action) &&
        matchesScope(entry.resource, frame.resourceSubject)
      )
        judge(entry, frame, found);
    }
  }
}

/** Evaluates the conditions of a policy whose scope matches. */
function judge(entry: Entry, frame: RequestFrame, found: Found): void {
  const outcome = entry.conditions === undefined ? true : entry.conditions.evaluate(frame);
  if (outcome !== false) note(entry, outcome, found);
}

function note(entry: Entry, outcome: true | EvaluationError, found: Found): void {
  if (outcome !== true) {
    if (found.errors === undefined) found.errors = [{ entry, error: outcome }];
    else found.errors.push({ entry, error: outcome });
  } else if (entry.policy.effect === 'permit') {
    if (found.permits === undefined) found.permits = [entry];
    else found.permits.push(entry);
  } else if (found.forbids === undefined) found.forbids = [entry];
  else found.forbids.push(entry);
}

const NO_IDS: readonly string[] = Object.freeze([]);
const NO_ERRORS: readonly PolicyError[] = Object.freeze([]);

function policyError({ entry, error }: EntryError): PolicyError {
  return { policyId: entry.policy.id, error };
}

function idsOf(entries: Entry[]): readonly string[] {
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only !== undefined) return [only.policy.id];
  return inOrder(entries).map((entry) => entry.policy.id);
}

function policiesOf(entries: Entry[] | undefined): readonly CompiledPolicy[] {
  return entries === undefined ? [] : inOrder(entries).map((entry) => entry.policy);
}

/** Buckets are in order, so that mostly nothing is to be done. */
function inOrder(entries: Entry[]): readonly Entry[] {
  for (let i = 1; i < entries.length; i++) {
    const before = entries[i - 1];
    const after = entries[i];
    if (before !== undefined && after !== undefined && before.order > after.order)
      return entries.sort((a, b) => a.order - b.order);
  }
  return entries;
}

function errorsInOrder(errors: EntryError[] | undefined): readonly EntryError[] {
  return errors === undefined ? [] : errors.sort((a, b) => a.entry.order - b.entry.order);
}
