import type { PolicySet } from '../ast/policy.js';
import type { JudgingHarness } from './adjudicate-event.js';
import type { KnownTests } from './kept-policies.js';

/** A harness that judges a few events, and the policies that it judges by. */
export interface MadeHarness {
  readonly harness: JudgingHarness;
  readonly policySet: PolicySet;
  /** What is known of the conditions of its policies, where it was found out. */
  readonly tests?: KnownTests;
}

/** What harnesses have that judge for a process and do not say what they are made of. */
export const UNNAMED: Pick<JudgingHarness, 'semantics' | 'escalation' | 'policySetHash' | 'schemaHash' | 'unusable'> = {
  semantics: 'deny',
  escalation: 'permitted',
  policySetHash: '',
  schemaHash: '',
  unusable: [],
};
