import { type OptionRules, objectWith, requireOptions } from '../diagnostics/check-options.js';
import type { PolicyHarness } from '../harness/policy-harness.js';
import { isId } from '../harness/trajectory.js';
import { GUARD_RULES, type GuardOptions, type GuardSettings, guardSettings } from './guard-options.js';
import { type ActionAccount, createSpending, isPrice, type Spending } from './spending.js';

/** What an action costs and is about. */
export interface AccountOptions {
  /** What one call costs, from 0 to a million dollars, in whole micro-dollars; default 0. */
  readonly costUsd?: number;
  /** What the action is about, for policies and the ledger. */
  readonly tags?: readonly string[];
  /** Where costs are summed; default: one for all actions of the harness. */
  readonly spending?: Spending;
}

export const ACCOUNT_RULES: OptionRules = {
  costUsd: { allowed: 'a price from 0 to 1,000,000, in whole micro-dollars', test: isPrice },
  tags: { allowed: 'a list of texts that are not empty', test: isNames },
  spending: objectWith('what `createSpending()` makes', 'add', 'totalMicros', 'actionMicros', 'runMicros'),
};

/** Whether a value is a list of texts that can name something. */
export function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isId);
}

/** Settings of a guard that counts what calls cost, where any of these options is given. */
export function accountedSettings(
  harness: PolicyHarness,
  given: (GuardOptions & AccountOptions) | undefined,
  of: string,
): GuardSettings {
  // Read once, so that nobody can change what was checked, and without a prototype that could hold what is not set.
  const options: GuardOptions & AccountOptions = typeof given === 'object' && given !== null ? { ...given } : {};
  requireOptions(typeof given === 'object' && given !== null ? options : given, RULES, of);
  Object.setPrototypeOf(options, null);
  const { costUsd, tags, spending, ...rest } = options;
  const settings = guardSettings(rest, of);
  if (costUsd === undefined && tags === undefined && spending === undefined) return settings;
  const account: ActionAccount = {
    costUsd: costUsd ?? 0,
    tags: Object.freeze([...(tags ?? [])]),
    spending: spending ?? spendingOf(harness),
  };
  return Object.assign(settings, { account });
}

const RULES: OptionRules = { ...GUARD_RULES, ...ACCOUNT_RULES };

const spendings = new WeakMap<PolicyHarness, Spending>();

function spendingOf(harness: PolicyHarness): Spending {
  const known = spendings.get(harness) ?? createSpending();
  spendings.set(harness, known);
  return known;
}
