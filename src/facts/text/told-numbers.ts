import { luhnIn } from './checksums.js';
import type { PersonalKind } from './finding-kinds.js';
import { isIban } from './ibans.js';
import type { LiteralRule, NumberPiece, Reading } from './reading.js';
import { isSampleIban, isTestCard } from './sample-numbers.js';

/** What is said before numbers in pieces. */
const BEFORE_NUMBERS = (
  'first four,first 4,first three,first 3,first two,first six,first 6,first block,first group,first part,first bit,first digits,' +
  'starts with,start with,begins with,begin with,starting with,beginning with,last four,last 4,ends with,ends in,ending in,' +
  'card,iban,visa,amex,social security,ssn,account number,ersten vier,erste vier,ersten 4,erster block,erste gruppe,beginnt mit,fängt mit,' +
  'endet auf,endet mit,karte,kreditkarte,primeros cuatro,primeras cuatro,empieza con,empieza por,termina en,termina con,tarjeta,' +
  'quatre premiers,quatre premières,commence par,finit par,carte,prime quattro,inizia con,finisce con,carta,eerste vier,begint met,kaart,' +
  'começa com,termina em,cartão,pierwsze cztery,zaczyna się,karta'
).split(',');
/** What is asked for when the number of a card was told. */
const BEHIND_NUMBERS = (
  'long number,number on the front,across the front,sixteen digit,sixteen-digit,16 digit,16-digit,security code,three digits,expiry,' +
  'kreditkart,lange nummer,vorderseite,prüfnummer,prüfziffer,sicherheitscode,gültig bis,ablaufdatum,numéro long,seize chiffres,16 chiffres,cryptogramme,trois chiffres,date d’expiration,' +
  'dieciséis dígitos,16 dígitos,número largo,código de seguridad,caducidad,vencimiento,sedici cifre,16 cifre,scadenza,codice di sicurezza,dezesseis dígitos,validade,código de segurança,geldig tot,vervaldatum,data ważności'
).split(',');

/** Cards, accounts and numbers of persons that are told in pieces: `the first four are 4716, then 6100, then ...`. */
export const TOLD_NUMBER_LITERALS: readonly LiteralRule[] = [
  ...BEFORE_NUMBERS.map((literal) => ({ literal, onHit: readTold })),
  ...BEHIND_NUMBERS.map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number) => readTold(reading, start, start - BACK),
  })),
];

/** From the first piece to what is asked for afterwards. */
const BACK = 420;
const REACH = 480;
/** Windows overlap but for this much. */
const STEP = 80;
/** Digits in words, by the first letters that tell them apart. */
const DIGITS_IN_WORDS =
  'zero oh null cero nul nula|one eins uno un um een|two zwei zwo dos deux due dois twee|three drei tres trois tre drie|four vier cuatro quatre quattro quatro|' +
  'five funf cinco cinq cinque vijf|six sechs seis sei zes|seven sieben siete sept sette sete zeven|eight acht ocho huit otto oito|nine neun nueve neuf nove negen';
const WORD_DIGITS: ReadonlyMap<string, string> = new Map(
  DIGITS_IN_WORDS.split('|').flatMap((words, digit) => words.split(' ').map((word) => [word, String(digit)] as const)),
);
const TIMES: ReadonlyMap<string, number> = new Map([
  ...'double doppel doppelt zweimal doble doppio duplo dubbel'.split(' ').map((word) => [word, 2] as const),
  ...'triple treble dreimal triplo tripel'.split(' ').map((word) => [word, 3] as const),
]);
const DIGIT_WORD = `(?:(?:${anyCase(TIMES.keys())})[ -])?(?:${anyCase(WORD_DIGITS.keys())})`;
/** The words, also where a sentence begins with them. */
function anyCase(words: Iterable<string>): string {
  // As plain words, which the engine sorts by what they begin with.
  return [...words].flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)]).join('|');
}

/** Groups of digits, or of words for digits, that belong to no time, date, sum or name. */
const PIECE = new RegExp(
  `(?<![\\w:.,/$€£#@+=-])(?:([A-Z]{2}\\d{2}(?:[A-Z]{4})?|\\d{2,6}|[A-Z]{4})(?![\\w:/%€$£@]|[.,-]\\d)|(${DIGIT_WORD}(?:[ ,-]{1,2}${DIGIT_WORD}){1,15})\\b)`,
  'g',
);

function readTold(reading: Reading, start: number, back = start): void {
  if (start < reading.toldRead) return;
  const from = Math.max(back, reading.toldRead - STEP, 0);
  reading.toldRead = start + STEP;
  const pieces = piecesWithin(reading, from, start + REACH);
  if (pieces.length === 0) return;
  const said = withoutEchoes(pieces);
  const found = tellsAny(reading, pieces) ?? (said.length < pieces.length ? tellsAny(reading, said) : undefined);
  if (found === undefined) return;
  reading.toldRead = found.to;
  reading.personal(found.kind, found.from, found.to);
}

function tellsAny(reading: Reading, pieces: readonly NumberPiece[]): (Told & { readonly from: number }) | undefined {
  for (let first = 0; first < pieces.length; first++) {
    const found = tellsCard(reading, pieces, first) ?? tellsIban(pieces, first) ?? tellsSsn(reading, pieces, first);
    if (found !== undefined) return { ...found, from: pieces[first]?.from ?? found.to };
  }
  return undefined;
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
      told.pieces.push({ text: plain.toUpperCase(), from: index, to: told.read, spoken: words !== undefined });
    }
    if (told.read >= text.length) break;
  }
  return told.pieces.filter((piece) => piece.to <= to);
}

function inDigits(words: string): string {
  let times = 1;
  let digits = '';
  for (const word of words.toLowerCase().split(/[ ,-]+/)) {
    digits += (WORD_DIGITS.get(word) ?? '').repeat(times);
    times = TIMES.get(word) ?? 1;
  }
  return digits;
}

interface Told {
  readonly kind: PersonalKind;
  readonly to: number;
}

const CARD = /^(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3[47]\d{13})$/;
const OF_A_CARD =
  /\b(?:cards?|long number|on the front|security code|sicherheitscode|pruf(?:nummer|ziffer)|lange nummer|vorderseite|numero long|cryptogramme|caducidad|vencimiento|codigo de seguri?\w*|codice di sicurezza|scadenza|validade|visa|master ?card|amex|american express|digits?|cvv|cvc|expir\w*|expiry|runs out|(?:first|last) (?:four|4|six|6|block|group)|kart\w*|kreditkarte|tarjeta|carte|carta|cartao|ziffern|gultig|(?:ersten?|letzten?) (?:vier|4|gruppe|block)|vence|caduca|scade|prim[ei]r[oa]s cuatro|quatre premi\w+|prime quattro|eerste vier|kaart|pierwsze cztery)\b/i;

const WRITTEN = /^\d{3,6}$/;
/** Who says a number stops where they like. */
const SAID = /^\d{2,16}$/;

/** Whoever takes down a number says after each piece what was said. */
function withoutEchoes(pieces: readonly NumberPiece[]): readonly NumberPiece[] {
  return pieces.filter(({ text, spoken }, i) => !spoken || i === 0 || pieces[i - 1]?.text !== text);
}

function tellsCard({ text }: Reading, pieces: readonly NumberPiece[], first: number): Told | undefined {
  let digits = '';
  for (let at = first; at < pieces.length && digits.length < 16; at++) {
    const piece = pieces[at];
    if (piece === undefined || !(piece.spoken ? SAID : WRITTEN).test(piece.text)) return undefined;
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
