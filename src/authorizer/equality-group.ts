import { UidMap } from '../entities/uid-map.js';
import { compileExpression } from '../evaluator/compile-expression.js';
import type { Environment, Evaluate } from '../evaluator/environment.js';
import { EvaluationError } from '../evaluator/evaluation-error.js';
import type { Long } from '../values/value.js';
import { type FirstEquality, firstEquality } from './first-equality.js';
import type { Entry, PolicyGroup } from './index-types.js';

const NO_ENTRIES: readonly Entry[] = [];

/** Policies whose conditions begin by comparing one path with a literal, found by the value of the path. */
export class EqualityGroup implements PolicyGroup {
  private readonly all: readonly Entry[];
  private readonly path: Evaluate;
  private readonly byValue = new Map<string | boolean | Long, Entry[]>();
  private readonly byUid = new UidMap<Entry[]>();

  constructor(path: FirstEquality['path'], members: readonly (readonly [Entry, FirstEquality])[]) {
    this.path = compileExpression(path);
    this.all = members.map(([entry]) => entry);
    for (const [entry, { literal }] of members) {
      const found = typeof literal === 'object' ? this.byUid.get(literal) : this.byValue.get(literal);
      if (found !== undefined) found.push(entry);
      else if (typeof literal === 'object') this.byUid.set(literal, [entry]);
      else this.byValue.set(literal, [entry]);
    }
  }

  /** The policies whose first test is not false: where the path cannot be evaluated, each of them errs by itself. */
  candidates(environment: Environment): readonly Entry[] {
    try {
      const value = this.path(environment);
      if (typeof value !== 'object') return this.byValue.get(value) ?? NO_ENTRIES;
      return value.kind === 'entity' ? (this.byUid.get(value) ?? NO_ENTRIES) : NO_ENTRIES;
    } catch (error) {
      if (error instanceof EvaluationError) return this.all;
      throw error;
    }
  }
}

/** Fewer policies than this are evaluated one by one. */
const SMALLEST_GROUP = 8;

/** Takes policies apart into groups and the rest. */
export function groupByEquality(entries: readonly Entry[]): {
  readonly rest: readonly Entry[];
  readonly groups: readonly EqualityGroup[];
} {
  if (entries.length < SMALLEST_GROUP) return { rest: entries, groups: [] };
  const found = new Map<string, [Entry, FirstEquality][]>();
  const rest: Entry[] = [];
  for (const entry of entries) {
    const first = firstEquality(entry.policy.conditions.written);
    if (first === undefined) {
      rest.push(entry);
      continue;
    }
    const members = found.get(first.key);
    if (members === undefined) found.set(first.key, [[entry, first]]);
    else members.push([entry, first]);
  }
  const groups: EqualityGroup[] = [];
  for (const members of found.values()) {
    const [, first] = members[0] ?? [];
    if (first === undefined || members.length < SMALLEST_GROUP) rest.push(...members.map(([entry]) => entry));
    else groups.push(new EqualityGroup(first.path, members));
  }
  return { rest, groups };
}
