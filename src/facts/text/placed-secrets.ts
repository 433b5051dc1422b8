import { ALNUM, ANY_HEX, EQUALS, isIn, runEnd, URL_SAFE } from './characters.js';
import { ending } from './endings.js';
import { JOINED_LITERALS } from './joined-tokens.js';
import { areSteps } from './numbered-phrases.js';
import { entropy, isReference, isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';

/** Secrets that only the words around them give away. */
export const PLACED_LITERALS: readonly LiteralRule[] = [
  ...(
    'mnemonic,seed phrase,recovery phrase,seed words,wallet phrase,backup phrase,recovery words,secret words,backup words,' +
    'wallet words,hot wallet,cold wallet,ledger backup,wallet backup,trezor,metamask,seed:,12 words,24 words,twelve words,' +
    'passphrase words,secret recovery,wallet,seed,recovery,bip39,bip-39,ledger,phantom,coinbase,phrase,mnemo,semilla,' +
    'recuperación,récupération,wiederherstellung,wörter,palabras,mots,parole,słowa,слов,сид-фраза,助记词,助記詞,シード,복구 구문'
  )
    .split(',')
    .map((literal) => ({
      literal,
      onHit: readSeed,
    })),
  ...['private key 0x', 'private key: 0x', 'private key is 0x', 'wallet key 0x', 'wallet key: 0x'].map((literal) => ({
    literal,
    onHit: readWalletKey,
  })),
  ...JOINED_LITERALS,
  { literal: 'root:x:0:0:', onHit: readAccounts },
  { literal: '_key=', onHit: readDecodedKey },
  ...['_pat=', '_pat: ', '_pat = '].map((literal) => ({ literal, onHit: readAccessToken })),
];

const SEED =
  /^[^\n]{0,60}?(?:[:=>-]|\bis|\bare|\border|\n)[\s:"'`([>*-]{0,8}((?:(?:\d{1,2}[.):=-]?\s{0,2})?["']?[a-z]{3,8}["']?(?:[,;|][ \n\t]{0,4}|[ \n\t]{1,4})){11,23}(?:\d{1,2}[.):=-]?\s{0,2})?["']?[a-z]{3,8})\b(?!\.\w)/i;

/** Words that no list of words for wallets has, and hardly any sentence can do without. */
const NO_SEED_WORD =
  /\b(?:the|and|are|for|from|your|was|can|not|has|its|with|but|all|who|which|were|been|did|does|our|their|his|her|into|out|how|let|use|set|add|run|new|der|die|das|und|les|des|pour|los|las|que|por|para|con|del)\b/i;

/** Words of wallets come by twelve, fifteen, eighteen, twenty-one or twenty-four, none of which a sentence could do without. */
function readSeed(reading: Reading, start: number, end: number): void {
  if (start < reading.seedsRead || readSeedInHalves(reading, end)) return;
  const match = SEED.exec(reading.text.slice(end, end + 420));
  const words = match?.[1] ?? '';
  if (match === null) readNumberedSeed(reading, start);
  if (match === null || NO_SEED_WORD.test(words)) return;
  const all = words.toLowerCase().match(/[a-z]+/g) ?? [];
  if (all.length % 3 !== 0 || new Set(all).size < 9 || all.some((word, i) => i > 10 && all[i - 1] === word)) return;
  if (areSteps(all)) return;
  // Words in the order of the alphabet are a list of words, unless they are called a phrase.
  const named = /^(?:mnemonic|\w+ phrase)$/i.test(reading.text.slice(start, end));
  if (!named && all.every((word, i) => i === 0 || (all[i - 1] ?? '') <= word)) return;
  reading.seedsRead = end + match[0].length;
  reading.placedSecret('seed-phrase', end + match[0].length - words.length, end + match[0].length);
}

const WORD_OF_SEED = `["']?[a-z]{3,8}["']?`;
const HALF = String.raw`((?:${WORD_OF_SEED}(?:[,;|]\s{0,4}|\s{1,4})){4,11}${WORD_OF_SEED})`;
const BRIDGE = String.raw`[.,;:]?\s{1,3}(?:-\s)?(?:\((?=the|second))?(?:(?:and|und|et|y|e|en|i)\s)?(?:then|next|after that|followed by|finally|(?:the )?(?:other|second|last|remaining)(?: half| part| six| twelve| words| ones){0,2}|dann|danach|gefolgt von|puis|ensuite|suivi de|luego|despues|seguido de|poi|depois|daarna|potem)(?:\)|\s(?:come|comes|are|is|kommen|the|by))?[\s:,]{1,4}`;
const IN_HALVES = new RegExp(
  String.raw`^[^\n]{0,60}?(?:[:=>,(-]|\bis|\bare|\border|\n)[\s:"'${'`'}([>*-]{0,8}${HALF}${BRIDGE}${HALF}(?![\w-]|\.\w)`,
  'i',
);
const MAY_BE_BRIDGED =
  /\b(?:then|next|after that|followed|finally|other|second|last|remaining|dann|danach|gefolgt|puis|ensuite|suivi|luego|despues|seguido|poi|depois|daarna|potem)\b/i;

/** `glimpse orbit fabric mention tunnel walnut, then radar squeeze ...`: words of a wallet in two halves. */
function readSeedInHalves(reading: Reading, end: number): boolean {
  const window = reading.text.slice(end, end + 420);
  if (!MAY_BE_BRIDGED.test(window)) return false;
  const match = IN_HALVES.exec(window);
  const [, written = '', second = ''] = match ?? [];
  const first = written.replace(/[;,]?\s(?:and|und|the|et)$/i, '');
  if (match === null || NO_SEED_WORD.test(first) || NO_SEED_WORD.test(second)) return false;
  const all = `${first} ${second}`.toLowerCase().match(/[a-z]+/g) ?? [];
  if (all.length < 12 || all.length % 3 !== 0 || new Set(all).size < 9) return false;
  reading.seedsRead = end + match[0].length;
  reading.placedSecret('seed-phrase', end + match[0].indexOf(first), end + match[0].length);
  return true;
}

/** `1. gravity 2. machine ... 12. stay <- ledger`: numbered, and called so behind. */
const NUMBERED =
  /(?:^|[\s"'])1[.):=-]? {0,2}([a-z]{3,8}(?:[\s,;]{1,4}\d{1,2}[.):=-]? {0,2}[a-z]{3,8}){11,23})\W{1,12}(?:\w{1,10}\W){0,3}$/;
const endsNumbered = ending(/(?:12|15|18|21|24)[.):=-]? {0,2}[a-z]{3,8}\W{1,12}(?:\w{1,10}\W){0,3}/);

function readNumberedSeed(reading: Reading, start: number): void {
  const { text } = reading;
  if (!endsNumbered(text.slice(Math.max(0, start - 64), start))) return;
  const before = text.slice(Math.max(reading.seedsRead, start - 400), start);
  const words = NUMBERED.exec(before)?.[1];
  if (words === undefined || NO_SEED_WORD.test(words)) return;
  const all = words.match(/[a-z]+/g) ?? [];
  if (all.length % 3 !== 0 || new Set(all).size < 9 || areSteps(all)) return;
  reading.seedsRead = start;
  const from = start - before.length + before.lastIndexOf(words);
  reading.placedSecret('seed-phrase', from, from + words.length);
}

function readWalletKey(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const to = runEnd(text, end, ANY_HEX, 65);
  if (to - end === 64 && entropy(text, end, to) >= 3 && !isStandIn(text.slice(end, to)))
    reading.placedSecret('private-key-hex', end - 2, to);
}

/** `STRIPE_KEY=sk` in decoded text: a line of an environment, even where the rest of it was left out. */
function readDecodedKey(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (!reading.decoded || !/[A-Z][A-Z0-9_]{1,40}_KEY=$/.test(text.slice(Math.max(0, start - 48), end))) return;
  const to = reading.valueEnd(end);
  const value = text.slice(end, to);
  if (to - end >= 4 && !isStandIn(value) && !isReference(value)) reading.placedSecret('generic-secret', end, to);
}

/** The personal access token of a service whose tokens have no form of their own. */
function readAccessToken(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const from = text[end] === '"' || text[end] === "'" ? end + 1 : end;
  const to = runEnd(text, from, ALNUM, 100);
  const value = text.slice(from, to);
  if (to - from < 40 || !/\d/.test(value) || entropy(value) < 3.4 || isStandIn(value)) return;
  reading.placedSecret('generic-secret', from, to);
}

/** The list of accounts of a machine: no secret to read, but nobody encodes it for a good reason. */
function readAccounts(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (!reading.decoded) return;
  const to = runEnd(text, end, URL_SAFE | EQUALS, 40);
  if (!isIn(text.charCodeAt(start - 1), URL_SAFE)) reading.placedSecret('account-list', start, to);
}
