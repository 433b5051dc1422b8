import type { LiteralRule, Reading } from './reading.js';

/** Words that stand for letters on the telephone: those of NATO and of ITU, and the older ones of German. */
const LETTERS = new Map<string, string>();
for (const words of [
  'alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu',
  'alpha - - - - - - - - juliet - - - - oskar - - - - - - viktor whisky x-ray - -',
  'anton berta casar dora emil friedrich gustav heinrich ida julius kaufmann ludwig martha nordpol otto paula quelle richard samuel theodor ulrich - wilhelm xanthippe ypsilon zacharias',
  '- - - - - - - - - - konrad - - - - - - - siegfried - - - - - - zeppelin',
])
  words.split(' ').forEach((word, at) => {
    if (word !== '-') LETTERS.set(word, String.fromCharCode(0x61 + at));
  });

/** Digits and signs in words, and which case a letter has. */
const OTHERS = new Set(
  (
    'zero one two three four five six seven eight nine niner fife fower tree null eins zwei zwo drei vier funf sechs sieben acht neun ' +
    'un deux trois quatre cinq sept huit neuf uno dos tres cuatro cinco seis siete ocho nueve due tre quattro cinque sei sette otto nove ' +
    'dash hyphen minus plus hash dollar percent ampersand asterisk star underscore dot point bang exclamation slash colon semicolon ' +
    'comma equals caret tilde pipe at raute bindestrich unterstrich punkt stern ausrufezeichen klammeraffe prozent komma ' +
    'capital upper uppercase lower lowercase small big cap gross grosses klein kleines majuscule minuscule mayuscula minuscula maiuscola minuscola'
  ).split(' '),
);
/** What only joins them. */
const JOINTS = new Set(
  'mark sign symbol case letter then and und the dann et y e as in digit number double'.split(' '),
);

/** Words that are said of hardly anything else: of every eight letters one is spelled with one of them. */
const ANCHORS =
  'bravo,charlie,delta,foxtrot,hotel,juliet,kilo,lima,november,oscar,quebec,romeo,sierra,tango,uniform,victor,whiskey,whisky,x-ray,xray,yankee,zulu,' +
  'berta,friedrich,heinrich,kaufmann,ludwig,nordpol,samuel,siegfried,theodor,wilhelm,xanthippe,ypsilon,zacharias,zeppelin,cäsar';

/** Secrets spelled with the words of the telephone: `kilo seven Romeo dash uniform nine`. */
export const ALPHABET_LITERALS: readonly LiteralRule[] = ANCHORS.split(',').map((literal) => ({
  literal,
  onHit: readSpelled,
}));

const SECRET_WORD =
  /pass(?:word|phrase|code|wort)?\b|password|passwort|\bpin\b|secret|token|\bkey\b|credential|kennwort|schlussel|zugang|mot de passe|contrasena|\bclave\b|senha|haslo|wachtwoord|chiave|\b(?:pwd?|psk|code|login)\b/i;
/** What follows a secret that is named behind it. */
const CALLED_BEHIND = /^\W{0,6}(?:(?:that|this|it|which)(?:'s| is| was)|is|was|as|for|ist|es|est)\b[^\n.]{0,40}/i;
/** `hotel-1, sierra-4`: names of machines. */
const MACHINES = /^(?:[a-z]{3,9}[-_]\d{1,3}\W{1,3}(?:(?:and|und|or|et|y) )?){3}/i;
const BEFORE = 140;
const AFTER = 60;
const LEAST_SIGNS = 6;
const LEAST_LETTERS = 4;
const MOST_SIGNS = 64;
const WORD = /[A-Za-z](?:-?ray\b|[a-z]*)|\d|[^\sA-Za-z\d]/g;

interface Run {
  readonly end: number;
  readonly signs: number;
  readonly letters: string;
}

/** What is spelled from an offset on: words for letters, digits, signs and letters themselves, and what joins them. */
function spelledFrom(text: string, start: number): Run {
  let end = start;
  let signs = 0;
  let letters = '';
  const window = text.slice(start, start + 600);
  for (const { 0: word, index } of window.matchAll(WORD)) {
    if (signs === MOST_SIGNS) break;
    if (/^[^A-Za-z\d]/.test(word)) {
      // Only what stands between the words of a list.
      if (!/[-,;.:·–/|!#$%&*+=@_?~"'()]/.test(word) || start + index - end > 4) break;
      continue;
    }
    const plain = word.toLowerCase();
    const letter = LETTERS.get(plain);
    if (letter === undefined && plain.length > 1 && !OTHERS.has(plain)) {
      if (JOINTS.has(plain)) continue;
      break;
    }
    if (start + index - end > 14) break;
    if (letter !== undefined) letters += letter;
    signs++;
    end = start + index + word.length;
  }
  return { end, signs, letters };
}

/** One after the other in the order of the alphabet: the alphabet itself, or names of teams and builds. */
function isInOrder(letters: string): boolean {
  const span = letters.charCodeAt(letters.length - 1) - letters.charCodeAt(0);
  if (span > 2.5 * (letters.length - 1)) return false;
  for (let at = 1; at < letters.length; at++) if (letters.charAt(at) < letters.charAt(at - 1)) return false;
  return true;
}

function readSpelled(reading: Reading, start: number): void {
  const { text } = reading;
  if (start < reading.alphabetRead) return;
  const from = beginOf(text, start);
  const { end, signs, letters } = spelledFrom(text, from);
  reading.alphabetRead = Math.max(end, start + 1);
  if (signs < LEAST_SIGNS || letters.length < LEAST_LETTERS || isInOrder(letters)) return;
  // Names alone are a list of names.
  if (signs === letters.length && signs < 10) return;
  if (MACHINES.test(text.slice(from, end + 1))) return;
  const behind = CALLED_BEHIND.exec(text.slice(end, end + AFTER))?.[0] ?? '';
  if (SECRET_WORD.test(`${text.slice(Math.max(0, from - BEFORE), from)}\n${behind}`))
    reading.nearSecret('spelled-password', from, end);
}

/** Where the row of words begins that an anchor stands in. */
function beginOf(text: string, anchor: number): number {
  const least = Math.max(0, anchor - 96);
  const before = text.slice(least, anchor);
  let from = anchor;
  for (const { 0: word, index } of [...before.matchAll(WORD)].reverse()) {
    const at = least + index;
    if (from - at - word.length > 4) break;
    if (/^[^A-Za-z\d]/.test(word)) continue;
    const plain = word.toLowerCase();
    if (plain.length > 1 && !LETTERS.has(plain) && !OTHERS.has(plain) && !JOINTS.has(plain)) break;
    from = at;
  }
  return from;
}
