import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { ValidationKind } from './validation-kinds.js';

/** Something that the validator found in a policy. `code` is the kind in kebab-case. */
export interface ValidationDiagnostic extends Diagnostic {
  readonly kind: ValidationKind;
  /** Id of the static policy, template or link. */
  readonly policyId: string;
}

/** What the validator found: the policies are valid when there are no errors. */
export interface ValidationResult {
  readonly errors: readonly ValidationDiagnostic[];
  readonly warnings: readonly ValidationDiagnostic[];
}
