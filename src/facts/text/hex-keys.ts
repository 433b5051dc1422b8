import { ANY_HEX, isIn, runEnd, WORD } from './characters.js';
import { entropy, isAlphabet, isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';

/** Private keys of 32 bytes in base 16, which only what they are called tells from hashes. */
export const HEX_KEY_LITERALS: readonly LiteralRule[] = [
  ...[
    'accounts: [',
    'accounts:[',
    '"accounts"',
    'private key',
    'privatekey',
    'private_key',
    'deployer',
    'mnemonic',
  ].map((literal) => ({ literal, onHit: readLabelledKey })),
  { literal: '0x', onHit: readCalledKey },
];

const BEHIND_LABEL = /^([^\n0]{0,40}?["'\s:=[])((?:0x)?[0-9a-fA-F]{64})(?![0-9a-fA-F])/;

function readLabelledKey(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const match = BEHIND_LABEL.exec(text.slice(end, end + 110));
  const key = match?.[2];
  if (match === null || key === undefined || isStandIn(key) || isAlphabet(key) || entropy(key) < 2.8) return;
  if (NO_KEY.test(text.slice(start, end) + match[1])) return;
  const from = end + match[0].length - key.length;
  reading.nearSecret('private-key-hex', from, from + key.length);
}

const CALLED_KEY =
  /(?:priv(?:ate)?|derived|secret|sign(?:ing|er)|deployer|wallet|owner|admin|operator|minter|relayer|funder|faucet|hot|treasury|validator)[ _'s-]{0,3}(?:wallet )?(?:private )?(?:key|pk)\b|\b(?:priv_?key|privkey|sk|pk|pkey|deployer|clef? priv\w+|clave priv\w+|chiave priv\w+|chave priv\w+|privater? schlussel|geheimer schlussel|klucz prywatny)\b|\b(?:ethers\.)?Wallet\(|приватный ключ/i;
/** Words beside which 32 bytes are anything but a key. */
const NO_KEY =
  /\b(?:public|pub_?key|tx|txn|transactions?|hash(?:es)?|block|topics?|keccak\w*|sha3|sha256|root|merkle|bytecode|codehash|storage|slot|salt|domain|separator|digest|message|commitment|nullifier|proof|role|event|selector|receipt|uid|attestation|verifying|verification|vk|vkey|program|image|genesis|state|index|key ?hash|key ?id|mapping)\b|_?ROLE\b|(?:tx|block|code|key|msg)hash/i;

/** `derived key at m/44'/60'/0'/0/0 is 0x5130...`: 32 bytes that are called a key. */
function readCalledKey(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  // Sixty-four of them and no more.
  if (!isIn(text.charCodeAt(end + 63), ANY_HEX) || isIn(text.charCodeAt(start - 1), WORD)) return;
  const to = runEnd(text, end, ANY_HEX, 65);
  if (to - end !== 64 || isIn(text.charCodeAt(to), WORD)) return;
  const line = text.slice(Math.max(0, start - 72), start);
  const before = line.slice(line.lastIndexOf('\n', line.length - 2) + 1);
  if (!CALLED_KEY.test(before) || NO_KEY.test(before)) return;
  const digits = text.slice(end, to);
  if (entropy(digits) < 3 || isStandIn(digits) || /^0{8}/.test(digits)) return;
  reading.placedSecret('private-key-hex', start, to);
}
