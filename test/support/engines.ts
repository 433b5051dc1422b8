import type { EngineOptions } from '../../src/index.js';

/** Every way in which answers are found; all must give the same. */
export const ENGINES: readonly (readonly [name: string, options: EngineOptions])[] = [
  ['closures, unindexed', { generateAfter: Number.POSITIVE_INFINITY, index: false }],
  ['closures, indexed', { generateAfter: Number.POSITIVE_INFINITY }],
  ['generated code, unindexed', { generateAfter: 0, index: false }],
  ['generated code, indexed', { generateAfter: 0 }],
];
