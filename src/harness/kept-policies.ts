import type { Policy, PolicySet } from '../ast/policy.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import { TestedConditions, type TestsByPath, testsByPath } from '../authorizer/tested-conditions.js';
import { type Result, success } from '../diagnostics/diagnostic.js';
import type { CompiledPolicy } from '../evaluator/compile-policy.js';

/** A policy set as text: what every event needs in one, the conditions of each policy, which few events need, apart. */
export interface KeptPolicies {
  /** JSON of policies, templates and links without conditions. */
  readonly heads: string;
  /** JSON of the conditions of each policy, then of each template. */
  readonly conditions: readonly string[];
}

type Head = Omit<Policy, 'conditions' | 'span' | 'source'> & {
  /** Absent where nothing is known; `none` where there are no conditions. */
  readonly tests?: TestsByPath | 'none';
};

interface Heads {
  readonly policies: readonly Head[];
  readonly templates: readonly Head[];
  readonly links: PolicySet['links'];
}

/** What is known of the conditions of policies and templates: nothing, that there are none, or tests that come first. */
export type KnownTests = ReadonlyMap<Policy, TestsByPath | 'none' | undefined>;

/** Finds out what comes first in the conditions of each policy and template of a set. */
export function knownTests({ policies, templates }: PolicySet): KnownTests {
  return new Map(
    [...policies, ...templates].map((policy) => [
      policy,
      policy.conditions.length === 0 ? 'none' : testsByPath(policy.conditions),
    ]),
  );
}

/** What evaluates the conditions of compiled policies by what is known of them. */
export function testedConditions(compiled: readonly CompiledPolicy[], tests: KnownTests): TestedConditions {
  const runners = new TestedConditions();
  for (const { policy, conditions } of compiled) runners.add(conditions, tests.get(policy));
  return runners;
}

/** Writes a set, without the places where things stand in files. */
export function keepPolicies({ policies, templates, links }: PolicySet, known: KnownTests): KeptPolicies {
  const headOf = (policy: Policy): Head => {
    const { span: _span, source: _source, conditions: _conditions, ...head } = policy;
    const tests = known.get(policy);
    return tests === undefined ? head : { ...head, tests };
  };
  const heads: Heads = { policies: policies.map(headOf), templates: templates.map(headOf), links };
  return { heads: print(heads), conditions: [...policies, ...templates].map((policy) => print(policy.conditions)) };
}

/** Compiles a kept set, with what evaluates its conditions. */
export function restorePolicies(kept: KeptPolicies): Result<{
  readonly policies: readonly CompiledPolicy[];
  readonly runners: TestedConditions;
}> {
  const { conditions } = kept;
  const heads = parse(kept.heads);
  if (!isHeads(heads)) throw new TypeError('these are no kept policies');
  const tests = new Map<Policy, TestsByPath | 'none' | undefined>();
  const restore = ({ tests: known, ...head }: Head, text = '[]'): Policy => {
    let read: Policy['conditions'] | undefined;
    const policy: Policy = {
      ...head,
      span: undefined,
      source: undefined,
      get conditions() {
        read ??= conditionsIn(text);
        return read;
      },
    };
    tests.set(policy, known);
    return policy;
  };
  const compiled = compilePolicySet({
    policies: heads.policies.map((head, i) => restore(head, conditions[i])),
    templates: heads.templates.map((head, i) => restore(head, conditions[heads.policies.length + i])),
    links: heads.links,
  });
  if (!compiled.ok) return compiled;
  return success({ policies: compiled.value, runners: testedConditions(compiled.value, tests) }, compiled.diagnostics);
}

/** Plain data of this package as JSON, without the places where it is written, with its bigints. */
function print(data: object): string {
  return JSON.stringify(data, (name, value: unknown) =>
    name === 'span' || name === 'typeSpan' ? undefined : typeof value === 'bigint' ? { bigint: String(value) } : value,
  );
}

function parse(text: string): unknown {
  // Quotes within texts are escaped, so that only a member is found.
  return text.includes('{"bigint":') ? JSON.parse(text, readBigint) : JSON.parse(text);
}

function readBigint(_name: string, value: unknown): unknown {
  const isBigint = typeof value === 'object' && value !== null && 'bigint' in value && !('kind' in value);
  return isBigint ? BigInt(String(value.bigint)) : value;
}

function isHeads(kept: unknown): kept is Heads {
  return typeof kept === 'object' && kept !== null && 'policies' in kept && 'templates' in kept && 'links' in kept;
}

function conditionsIn(text: string): Policy['conditions'] {
  const kept = parse(text);
  if (!isConditions(kept)) throw new TypeError('these are no kept conditions');
  return kept;
}

function isConditions(kept: unknown): kept is Policy['conditions'] {
  return Array.isArray(kept);
}
