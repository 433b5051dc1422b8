import { bytesOfBase58, isBase58Checked } from './base58.js';
import { entropy, isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';

/** What programs for wallets keep keys in. */
export const WALLET_LITERALS: readonly LiteralRule[] = [{ literal: '"kdfparams"', onHit: readKeystore }];

/** Words about wallets beside which a word of the form is a key, even where a sign of it was written over. */
const WALLET =
  /wallet|bitcoin|\bbtc\b|\bwif\b|priv(?:ate)?[ _-]?key|privkey|electrum|\bsweep|p2w?(?:pkh|sh)\b|\bbc1[a-z0-9]{20}|\baddr=|litecoin|dogecoin|satoshi|seed|bip-?38/i;
const BEFORE = 160;
const BEHIND = 120;

/** Keys that manuals show; nobody keeps anything there. */
const PUBLISHED =
  /^(?:6PRVWUbk|6PYNKZ1E|6PRNFFkZ|6PRW5o9F|6PfQu77y|6PfLGnQs|6PgNBNNz|6PgGWtx2|5HueCGU8|5Kb8kLf9|5J3mBbAH|KwDiBf89|KwdMAjGm|L1aW4aub|L5oLkpV3|cVpF924E)/;

/** The private key of an address in the form in which wallets import it: a run of 51 or 52 characters. */
export function readWalletWord(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (end - start === 58 && text.startsWith('6P', start)) readEncryptedWord(reading, start, end);
  if (end - start < 51 || end - start > 52 || !'59KLc6TQ'.includes(text.charAt(start))) return;
  const word = text.slice(start, end);
  if (PUBLISHED.test(word)) return;
  const bytes = bytesOfBase58(word);
  if (bytes === undefined || bytes.length < 37 || bytes.length > 38 || (bytes[0] ?? 0) < 0x80) return;
  if (!isBase58Checked(bytes)) {
    const around = text.slice(Math.max(0, start - BEFORE), end + BEHIND).replace(word, ' ');
    if (!'59KLc'.includes(word.charAt(0)) || entropy(word) < 4 || isStandIn(word) || !WALLET.test(around)) return;
  }
  reading.secret('wallet-key', start, end);
}

/** The same under a passphrase, as paper wallets have it: as good as the passphrase is. */
function readEncryptedWord(reading: Reading, start: number, end: number): void {
  const word = reading.text.slice(start, end);
  if (PUBLISHED.test(word)) return;
  const bytes = bytesOfBase58(word);
  if (bytes === undefined || bytes.length !== 43 || bytes[0] !== 1 || (bytes[1] !== 0x42 && bytes[1] !== 0x43)) return;
  if (isBase58Checked(bytes)) reading.secret('wallet-key', start, end);
}

const CIPHERTEXT = /"ciphertext"\s{0,4}:\s{0,4}"([0-9a-f]{64})"/i;
const MAC = /"mac"\s{0,4}:\s{0,4}"[0-9a-f]{64}"/i;

/** A key under a password, with all that trying passwords takes. */
function readKeystore(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.coveredUntil('secret')) return;
  const from = Math.max(0, start - 600);
  const window = text.slice(from, end + 600);
  const match = CIPHERTEXT.exec(window);
  if (match === null || !MAC.test(window) || entropy(match[1] ?? '') < 2.8) return;
  const at = from + match.index + match[0].length - 1;
  reading.secret('wallet-key', at - 64, at);
}
