import type { Adjudication } from './adjudication.js';

/** An answer that hooks and callers cannot change for each other. */
export function frozenAnswer(adjudication: Adjudication): Adjudication {
  // Problems lead to sources, which the harness goes on using; all other members are texts and numbers.
  deepFreeze(adjudication.policies);
  deepFreeze(adjudication.routes);
  deepFreeze(adjudication.errors);
  deepFreeze(adjudication.obligations);
  if (Object.hasOwn(adjudication, 'approvals')) deepFreeze(adjudication.approvals);
  if (Object.hasOwn(adjudication, 'ledgerRow')) deepFreeze(adjudication.ledgerRow);
  return Object.freeze(adjudication);
}

/** Freezes a value and all that it holds. */
export function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member);
}
