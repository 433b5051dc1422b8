import { KeyObject } from 'node:crypto';

/** An Ed25519 key: what `createPrivateKey` or `createPublicKey` of `node:crypto` makes of PEM text. */
export interface LedgerKey {
  readonly type: 'private' | 'public' | 'secret';
  readonly asymmetricKeyType?: string | undefined;
}

/** The key as Node knows it; throws for an object that only looks like one. */
export function nodeKey(key: LedgerKey): KeyObject {
  if (key instanceof KeyObject) return key;
  throw new TypeError('the key is no KeyObject of node:crypto');
}
