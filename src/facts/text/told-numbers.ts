import { luhnIn } from './checksums.js';
import type { PersonalKind } from './finding-kinds.js';
import { isIban } from './ibans.js';
import type { LiteralRule, NumberPiece, Reading } from './reading.js';
import { isSampleIban, isTestCard } from './sample-numbers.js';

/** Cards, accounts and numbers of persons that are told in pieces: `the first four are 4716, then 6100, then ...`. */
export const TOLD_NUMBER_LITERALS: readonly LiteralRule[] = (
  'first four,first 4,first three,first 3,first two,first six,first 6,first block,first group,first part,first bit,first digits,' +
  'starts with,start with,begins with,begin with,starting with,beginning with,last four,last 4,ends with,ends in,ending in,' +
  'card,iban,visa,amex,social security,ssn,account number,ersten vier,erste vier,ersten 4,erster block,erste gruppe,beginnt mit,fängt mit,' +
  'endet auf,endet mit,karte,kreditkarte,primeros cuatro,primeras cuatro,empieza con,empieza por,termina en,termina con,tarjeta,' +
  'quatre premiers,quatre premières,commence par,finit par,carte,prime quattro,inizia con,finisce con,carta,eerste vier,begint met,kaart,' +
  'começa com,termina em,cartão,pierwsze cztery,zaczyna się,karta'
)
  .split(',')
  .map((literal) => ({ literal, onHit: readTold }));

const REACH = 480;
/** Windows overlap but for this much. */
const STEP = 80;
/** Digits in words, by the first letters that tell them apart. */
const DIGITS_IN_WORDS =
  'zero oh null cero|one eins uno|two zwei zwo dos deux due|three drei tres trois tre|four vier cuatro quatre quattro|' +
  'five funf cinco cinq cinque|six sechs seis sei|seven sieben siete sept sette|eight acht ocho huit otto|nine neun nueve neuf nove';
const WORD_DIGITS: ReadonlyMap<string, string> = new Map(
  DIGITS_IN_WORDS.split('|').flatMap((words, digit) => words.split(' ').map((word) => [word, String(digit)] as const)),
);
const DIGIT_WORD = `(?:${[...WORD_DIGITS.keys()].join('|')})`;
/** Groups of digits, or of words for digits, that belong to no time, date, sum or name. */
const PIECE = new RegExp(
  `(?<![\\w:.,/$€£#@+=-])(?:([A-Z]{2}\\d{2}(?:[A-Z]{4})?|\\d{2,6}|[A-Z]{4})(?![\\w:/%€$£@]|[.,-]\\d)|(${DIGIT_WORD}(?:[ ,-]{1,2}${DIGIT_WORD}){1,5})\\b)`,
  'g',
);

function readTold(reading: Reading, start: number): void {
  if (start < reading.toldRead) return;
  reading.toldRead = start + STEP;
  const pieces = piecesWithin(reading, start, start + REACH);
  if (pieces.length < 3) return;
  for (let first = 0; first < pieces.length; first++) {
    const found = tellsCard(reading, pieces, first) ?? tellsIban(pieces, first) ?? tellsSsn(reading, pieces, first);
    if (found === undefined) continue;
    reading.toldRead = found.to;
    reading.personal(found.kind, pieces[first]?.from ?? start, found.to);
    return;
  }
}

/** The pieces between two offsets. Windows overlap, so those that were found last are kept. */
function piecesWithin({ text, told }: Reading, from: number, to: number): readonly NumberPiece[] {
  told.pieces = told.pieces.filter((piece) => piece.from >= from);
  if (told.read < from) told.read = from;
  while (told.read < to) {
    PIECE.lastIndex = told.read;
    const match = PIECE.exec(text);
    if (match === null) told.read = text.length;
    else {
      const { 0: written, 1: digits, 2: words, index } = match;
      const plain = words === undefined ? (digits ?? '') : inDigits(words);
      told.read = index + written.length;
      told.pieces.push({ text: plain.toUpperCase(), from: index, to: told.read });
    }
    if (told.read >= text.length) break;
  }
  return told.pieces.filter((piece) => piece.to <= to);
}

function inDigits(words: string): string {
  return words
    .toLowerCase()
    .split(/[ ,-]+/)
    .map((word) => WORD_DIGITS.get(word) ?? '')
    .join('');
}

interface Told {
  readonly kind: PersonalKind;
  readonly to: number;
}

const CARD = /^(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3[47]\d{13})$/;
const OF_A_CARD =
  /\b(?:cards?|visa|master ?card|amex|american express|digits?|cvv|cvc|expir\w*|expiry|runs out|(?:first|last) (?:four|4|six|6|block|group)|kart\w*|kreditkarte|tarjeta|carte|carta|cartao|ziffern|gultig|(?:ersten?|letzten?) (?:vier|4|gruppe|block)|vence|caduca|scade|prim[ei]r[oa]s cuatro|quatre premi\w+|prime quattro|eerste vier|kaart|pierwsze cztery)\b/i;

function tellsCard({ text }: Reading, pieces: readonly NumberPiece[], first: number): Told | undefined {
  let digits = '';
  for (let at = first; at < pieces.length && digits.length < 16; at++) {
    const piece = pieces[at];
    if (piece === undefined || !/^\d{3,6}$/.test(piece.text)) return undefined;
    digits += piece.text;
    if (!CARD.test(digits)) continue;
    const from = pieces[first]?.from ?? 0;
    if (!isApart(text, pieces, first, at) || !luhnIn(digits, 0, digits.length) || isTestCard(digits)) return undefined;
    return OF_A_CARD.test(text.slice(Math.max(0, from - 120), piece.to + 60))
      ? { kind: 'payment-card', to: piece.to }
      : undefined;
  }
  return undefined;
}

function tellsIban(pieces: readonly NumberPiece[], first: number): Told | undefined {
  let iban = '';
  for (let at = first; at < pieces.length && iban.length < 34; at++) {
    const piece = pieces[at];
    if (piece === undefined || (at === first && !/^[A-Z]{2}\d{2}/.test(piece.text))) return undefined;
    iban += piece.text;
    if (iban.length < 15 || !isIban(iban)) continue;
    return isSampleIban(iban) ? undefined : { kind: 'iban', to: piece.to };
  }
  return undefined;
}

const OF_SOCIAL_SECURITY = /\b(?:ssn|social(?: security)?)\b/i;

function tellsSsn({ text }: Reading, pieces: readonly NumberPiece[], first: number): Told | undefined {
  const [area, group, serial] = pieces.slice(first, first + 3);
  if (area === undefined || group === undefined || serial === undefined || !isApart(text, pieces, first, first + 2))
    return undefined;
  if (
    !/^(?!000|666|9)\d{3}$/.test(area.text) ||
    !/^(?!00)\d\d$/.test(group.text) ||
    !/^(?!0000)\d{4}$/.test(serial.text)
  )
    return undefined;
  if (/^(?:123|078|219)$/.test(area.text) && /^(?:45|05|09)$/.test(group.text)) return undefined;
  return OF_SOCIAL_SECURITY.test(text.slice(Math.max(0, area.from - 160), area.from))
    ? { kind: 'us-ssn', to: serial.to }
    : undefined;
}

/** Whether words or ends of lines stand between the pieces: what stands in one row is read elsewhere. */
function isApart(text: string, pieces: readonly NumberPiece[], first: number, last: number): boolean {
  for (let at = first; at < last; at++)
    if (/[\n\p{L}]/u.test(text.slice(pieces[at]?.to, pieces[at + 1]?.from))) return true;
  return /[a-z]/i.test(text.slice(pieces[first]?.from, pieces[last]?.to));
}
