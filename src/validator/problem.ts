import type { Origin } from '../diagnostics/origin.js';
import type { Span } from '../text/source.js';
import type { ValidationKind } from './validation-kinds.js';

/** Something that is wrong with one policy, wherever the policy stands. */
export interface Problem {
  readonly kind: ValidationKind;
  readonly message: string;
  /** In the text of the policy. */
  readonly span: Span | undefined;
  readonly help?: string | undefined;
  readonly data?: Readonly<Record<string, unknown>>;
  /** A declaration of the schema that explains the problem. */
  readonly declared?: { readonly origin: Origin; readonly message: string } | undefined;
}
