import { DIGIT, isIn, LETTER } from './characters.js';
import type { LiteralRule, Reading } from './reading.js';

/** Words of wallets that stand in a numbered list or beside a path of keys. */
export const NUMBERED_PHRASE_LITERALS: readonly LiteralRule[] = [
  ...['12.', '12)', '12:', '12 ', '12\t', '12"', '12=', '12|'].map((literal) => ({ literal, onHit: readNumbered })),
  ...["m/44'", "m/49'", "m/84'", "m/86'", 'm/44h', 'm/84h', 'm/44’', 'm/84’'].map((literal) => ({
    literal,
    onHit: readBesidePath,
  })),
];

/** Letters of the longest word in the lists for wallets, whatever the language. */
const WORD_OF_LIST = '\\p{Ll}{3,10}';
const LONGEST = 560;
/** One line or piece of the list. */
const ENTRY = new RegExp(
  `(?<![\\d.])(?:#|n[or]\\.? ?|["']|(?:word|wort|mot|palabra|parola)[ _]?)?(?<![\\d.])0?(\\d{1,2})["']?(?:\\s?[.):=|–-]{1,2}|\\s)[ \\t]{0,8}["'\`*_]{0,2}(${WORD_OF_LIST})["'\`*_]{0,2}(?![\\p{L}\\w-])`,
  'giu',
);
const OF_A_WALLET =
  /\b(?:wallets?|mainnet|testnet|ledger|trezor|metamask|phantom|keplr|electrum|exodus|coinbase|seed|mnemonics?|recovery|backup|bip-?39|bip-?44|hardhat|ethers|derivation|solana|ethereum|bitcoin|btc|eth|crypto|cold storage|semilla|recuperacion|recuperation|wiederherstellung\w*|geldborse|monedero|billetera|portefeuille|portafoglio|carteira|portfel|кошел\w+|сид)\b|m\/\d\d['h’]|助记词|ウォレット|シード|지갑|시드/i;
const BESIDE = 320;
/** Words that no list for wallets has. */
const NO_SEED_WORD =
  /^(?:the|and|are|for|from|your|was|not|has|its|with|but|who|which|were|been|did|does|our|their|his|her|into|how|let|config|login|logout|readme|todo|done|der|die|das|und|les|des|pour|los|las|que|por|para|con|del)$/;
/** What is done step by step; lists for wallets have some of these words as well. */
const STEP =
  /^(?:open|click|select|enter|confirm|wait|close|check|update|install|create|delete|write|review|restore|start|stop|press|choose|save|test|build|deploy|run|add|set)$/;
const MOST_STEPS = 3;
/** Such lists name one of each thing. */
const MANY = /[^aiosu]s$/;
const MOST_PLURALS = 2;

function isOfSentence(words: readonly string[]): boolean {
  if (words.filter((word) => MANY.test(word)).length > MOST_PLURALS) return true;
  return words.some((word) => NO_SEED_WORD.test(word)) || areSteps(words);
}

/** Whether words are what is done one after the other rather than those of a wallet. */
export function areSteps(words: readonly string[]): boolean {
  return words.filter((word) => STEP.test(word)).length > MOST_STEPS;
}

const LAST_BUT_ONE = /(?<!\d)(?:11|0?6)[^\d\n]{1,5}\p{L}{3,10}/iu;

/** `1. velvet 2. orphan ... 12. fabric`: the twelfth tells of the rest. */
function readNumbered(reading: Reading, start: number): void {
  const { text } = reading;
  if (start < reading.numberedRead || isIn(text.charCodeAt(start - 1), DIGIT) || !isBeforeWord(text, start + 2)) return;
  const before = text.slice(Math.max(0, start - 48), start);
  // The eleventh stands shortly before, or the sixth where there are two columns.
  if (!(before.includes('11') || before.includes('6')) || !LAST_BUT_ONE.test(before)) return;
  reading.numberedRead = start + 3;
  const from = Math.max(0, start - LONGEST);
  const words: { readonly word: string; readonly from: number; readonly to: number }[] = [];
  for (const match of text.slice(from, start + LONGEST).matchAll(ENTRY)) {
    const number = Number(match[1]);
    if (number < 1 || number > 24) continue;
    if (words[number] !== undefined && from + match.index > start) continue;
    words[number] = {
      word: (match[2] ?? '').toLowerCase(),
      from: from + match.index,
      to: from + match.index + match[0].length,
    };
  }
  const counted = countedFrom(words);
  if (counted < 12) return;
  const all = words.slice(1, counted + 1);
  const first = Math.min(...all.map((one) => one.from));
  const last = Math.max(...all.map((one) => one.to));
  if (new Set(all.map(({ word }) => word)).size < 9 || isOfSentence(all.map(({ word }) => word))) return;
  if (!OF_A_WALLET.test(`${text.slice(Math.max(0, first - BESIDE), first)}\n${text.slice(last, last + BESIDE)}`))
    return;
  reading.numberedRead = last;
  reading.placedSecret('seed-phrase', first, last);
}

/** Whether a word of the list may follow after some signs. */
function isBeforeWord(text: string, end: number): boolean {
  let at = end;
  while (at - end < 8 && ' .):=|"\t\'-*_`#'.includes(text.charAt(at))) at++;
  const unit = text.charCodeAt(at);
  return isIn(unit, LETTER) || unit > 0x7f;
}

/** How many words have a number without a gap, as far as phrases have as many. */
function countedFrom(words: readonly unknown[]): number {
  let count = 0;
  while (words[count + 1] !== undefined) count++;
  return count - (count % 3);
}

const ROW = /(?<![\w'’-])(?:[a-z]{3,8}(?:[ \t]*[,;]?[ \t]+|[,;]|\n(?!\n))){11,23}[a-z]{3,8}(?![\w'’-])/g;

/** Twelve words or more in a row that make no sentence, where a path of keys stands near. */
function readBesidePath(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.numberedRead) return;
  reading.numberedRead = end + 60;
  const from = Math.max(0, start - BESIDE);
  for (const { 0: row, index } of text.slice(from, end + BESIDE).matchAll(ROW)) {
    const all = row.match(/[a-z]+/g) ?? [];
    if (all.length % 3 !== 0 || new Set(all).size < 9 || isOfSentence(all)) continue;
    reading.placedSecret('seed-phrase', from + index, from + index + row.length);
    return;
  }
}
