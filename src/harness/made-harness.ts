import type { PolicySet } from '../ast/policy.js';
import type { JudgingHarness } from './adjudicate-event.js';

/** A harness that judges a few events, and the policies that it judges by. */
export interface MadeHarness {
  readonly harness: JudgingHarness;
  readonly policySet: PolicySet;
}

/** What harnesses have that judge for a process and do not say what they are made of. */
export const UNNAMED: Pick<JudgingHarness, 'semantics' | 'escalation' | 'policySetHash' | 'schemaHash' | 'unusable'> = {
  semantics: 'deny',
  escalation: 'permitted',
  policySetHash: '',
  schemaHash: '',
  unusable: [],
};
