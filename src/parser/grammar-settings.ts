import { FirstTokenLookahead } from './first-token-lookahead.js';
import { EXPECTATIONS } from './syntax-errors.js';

/** What one making of a grammar can have otherwise. */
export interface GrammarSettings {
  /** Whether the library's checks of the grammar itself are left out. */
  readonly skipValidations?: boolean;
}

/**
 * What the grammars of policies and of schemas have in common. That they are sound and unambiguous is checked by a test,
 * not in every process that reads a policy.
 */
export const GRAMMAR_SETTINGS = {
  maxLookahead: 1,
  skipValidations: true,
  lookaheadStrategy: new FirstTokenLookahead(),
  errorMessageProvider: EXPECTATIONS,
} as const;
