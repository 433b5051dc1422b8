/** An Ed25519 key: what `createPrivateKey` or `createPublicKey` of `node:crypto` makes of PEM text. */
export interface LedgerKey {
  readonly type: 'private' | 'public' | 'secret';
  readonly asymmetricKeyType?: string | undefined;
}
