import { KeyObject } from 'node:crypto';
import type { LedgerKey } from './ledger-key.js';

/** The key as Node knows it; throws for an object that only looks like one. */
export function nodeKey(key: LedgerKey): KeyObject {
  if (key instanceof KeyObject) return key;
  throw new TypeError('the key is no KeyObject of node:crypto');
}
