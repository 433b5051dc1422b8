import type { Policy, TemplateLink } from '../ast/policy.js';
import type { Schema } from '../schema/schema.js';

/** What a compiled module knows of its policies; the functions that were generated for them stand beside it. */
export interface StandaloneData {
  /** Policies and linked templates, whose annotations and texts are left out. */
  readonly bodies: readonly StandaloneBody[];
  /** What can decide, in policy order. */
  readonly policies: readonly StandalonePolicy[];
  readonly schema: Schema | undefined;
}

export interface StandaloneBody {
  readonly policy: Policy;
  /** Number of the generated function; undefined where closures alone evaluate the conditions. */
  readonly code: number | undefined;
  /** What the function knows as `k`. */
  readonly constants: readonly unknown[];
}

/** A static policy or a link. */
export interface StandalonePolicy {
  readonly id: string;
  /** Number of the body. */
  readonly body: number;
  readonly values: TemplateLink['values'];
}
