/** The three things the facts of a text look for. */
export type FindingCategory = 'secret' | 'personal-data' | 'injection';

/** One piece of a text that is a secret, personal data or a sign of prompt injection. */
export interface Finding {
  readonly category: FindingCategory;
  /** Stable, kebab-case: `github-token`, `email`, `instruction-override`. */
  readonly kind: string;
  /** UTF-16 offset in the original text, inclusive. */
  readonly start: number;
  /** UTF-16 offset in the original text, exclusive; always greater than `start`. */
  readonly end: number;
  /** The piece was found only after decoding (base64, hex, percent, entities, escapes, rot13); the span is the encoded run. */
  readonly encoded: boolean;
}

/** Names of the categories: as in `Finding` and as in `TextFacts`. */
export type CategoryName = FindingCategory | 'secrets' | 'personalData';

export interface TextOptions {
  /** What to look for, as findings or as the facts call it; everything when absent. */
  readonly categories?: readonly CategoryName[];
  /** How many encodings inside each other are opened; 0 opens none, the default is 3. */
  readonly layers?: number;
}
