import { isId, type Trajectory } from '../harness/trajectory.js';

/** What one action has cost. */
export interface ActionTotal {
  readonly calls: number;
  readonly micros: number;
}

/** Sums as plain data, to be kept as JSON: what all calls of each action have cost, and what each run has. */
export interface SpendingSnapshot {
  readonly actions: Readonly<Record<string, ActionTotal>>;
  /** By the id of the trajectory; what its parts have cost is in it. */
  readonly runs: Readonly<Record<string, number>>;
}

/** What actions have cost, in micro-dollars (1 USD is 1,000,000), so that sums are exact. */
export interface Spending {
  /** Counts a cost that no guarded action has, such as that of a call of a model, in a run and in those that it is part of. */
  readonly add: (action: string, costUsd: number, run?: Trajectory) => void;
  /** What everything has cost. */
  readonly totalMicros: () => number;
  readonly actionMicros: (action: string) => number;
  /** What a run and its parts have cost. */
  readonly runMicros: (trajectoryId: string) => number;
  readonly snapshot: () => SpendingSnapshot;
}

/** What a guarded action costs and is about. */
export interface ActionAccount {
  readonly costUsd: number;
  readonly tags: readonly string[];
  readonly spending: Spending;
}

const MOST_USD = 1_000_000;

/** Whether a price is one that can be counted without rounding: 0 to a million dollars, in whole micro-dollars. */
export function isPrice(costUsd: unknown): costUsd is number {
  if (typeof costUsd !== 'number' || !(costUsd >= 0 && costUsd <= MOST_USD)) return false;
  // What floating point adds to a price, as in 0.1 + 0.2, is no part of it.
  const scaled = costUsd * 1e6;
  return Math.abs(scaled - Math.round(scaled)) <= 1e-9 * Math.max(1, scaled);
}

/** A price in micro-dollars. */
export function microsOf(costUsd: number): number {
  return Math.round(costUsd * 1e6);
}

/** The members of a ledger row about an action that ran, after others. */
export function accountText({ costUsd, tags }: ActionAccount): string {
  return `,"costMicros":${microsOf(costUsd)},"tags":${JSON.stringify(tags)}`;
}

/** Sums of costs, of the actions that are given it as `spending`; `before` is what an earlier process wrote down. */
export function createSpending(before: SpendingSnapshot = { actions: {}, runs: {} }): Spending {
  if (!isSnapshot(before))
    throw new TypeError('createSpending() takes what `snapshot()` of a spending gave, or nothing');
  const actions = new Map(Object.entries(before.actions));
  const runs = new Map(Object.entries(before.runs));
  let total = [...actions.values()].reduce((sum, { micros }) => plus(sum, micros), 0);
  return {
    add: (action, costUsd, run) => {
      if (!isId(action) || !isPrice(costUsd))
        throw new TypeError('add() takes the name of an action and a price in dollars, of whole micro-dollars');
      const micros = microsOf(costUsd);
      const { calls, micros: spent } = actions.get(action) ?? { calls: 0, micros: 0 };
      actions.set(action, { calls: calls + 1, micros: plus(spent, micros) });
      total = plus(total, micros);
      for (const id of run === undefined ? [] : [run.id, ...run.ancestors])
        runs.set(id, plus(runs.get(id) ?? 0, micros));
    },
    totalMicros: () => total,
    actionMicros: (action) => actions.get(action)?.micros ?? 0,
    runMicros: (trajectoryId) => runs.get(trajectoryId) ?? 0,
    snapshot: () => ({ actions: Object.fromEntries(actions), runs: Object.fromEntries(runs) }),
  };
}

/** A sum that grows beyond what is exact stays there: no budget allows it. */
function plus(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}

function isSnapshot(given: unknown): given is SpendingSnapshot {
  const { actions, runs } = membersOf(given);
  return (
    isRecord(actions) &&
    isRecord(runs) &&
    Object.values(actions).every((total) => {
      const { calls, micros } = membersOf(total);
      return isCount(calls) && isCount(micros);
    }) &&
    Object.values(runs).every(isCount)
  );
}

function isRecord(given: unknown): given is object {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function membersOf(given: unknown): Readonly<Record<string, unknown>> {
  return isRecord(given) ? Object.fromEntries(Object.entries(given)) : {};
}

function isCount(given: unknown): given is number {
  return Number.isSafeInteger(given) && Number(given) >= 0;
}
