import { isAlphabet, isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { strengthOf } from './value-strength.js';

/** Words that say in which case a letter is, in front of it or behind. */
const CASES =
  'capital|cap|upper(?:[ -]?case)?|lower(?:[ -]?case)?|small|big|gross(?:es|er|e)?|klein(?:es|er|e)?|majuscule|minuscule|mayuscula|minuscula|maiuscol[ao]|minuscol[ao]|maiuscul[ao]|minuscul[ao]';
const DIGITS =
  'zero|one|two|three|four|five|six|seven|eight|nine|null|eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|un|deux|trois|quatre|cinq|sept|huit|neuf|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|due|tre|quattro|cinque|sei|sette|otto|nove|cero|dois|quatro|sete|oito';
const SIGNS =
  'dollar(?:zeichen)?|signo de dolar|exclamation(?: mark| point)?|bang|ausrufezeichen|point d.exclamation|hash(?:tag)?|pound|raute|at|klammeraffe|arroba|arobase|percent|prozent(?:zeichen)?|ampersand|asterisk|star|sternchen|asterisco|underscore|unterstrich|dash|hyphen|bindestrich|minus|plus|equals|gleich|dot|period|point|punkt|punto|question mark|fragezeichen|(?:back|forward )?slash|semi-?colon|colon|comma|caret|hat|tilde|pipe|bracket|parenthesis|quote|space';
const SPOKEN =
  'alfa|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|x-?ray|yankee|zulu';

const ONE = `(?:the |letter |digit |number |sign |then |and |dann |und |puis |luego )*(?:(?:${CASES})[ -](?:letter )?(?:[a-z]|double[ -]u|${SPOKEN})|(?:[a-z]|double[ -]u) (?:${CASES})|(?:${DIGITS})|(?:${SIGNS})(?: sign| mark| symbol)?|(?:${SPOKEN})|\\d|[a-z])`;
const GAP = '[\\s,;.·–-]{1,4}';
/** A password that is told sign by sign: `capital Q, seven, lowercase v, dollar sign`. */
const SPELLED = new RegExp(`^${ONE}(?:${GAP}${ONE}){5,40}(?![\\w])`, 'i');
const CASED = new RegExp(`\\b(?:${CASES})\\b`, 'gi');

/** Secrets that people tell in words: sign by sign, or in two halves. */
export const SPELLED_LITERALS: readonly LiteralRule[] = [
  ...(
    'capital ,cap ,upper ,lower ,big ,small ,uppercase ,upper case ,upper-case ,lowercase ,lower case ,lower-case ,großes ,großer ,kleines ,majuscule,minuscule,' +
    'mayúscula,minúscula,maiuscola,minuscola,maiúscula'
  )
    .split(',')
    .map((literal) => ({ literal, onHit: readSpelled })),
  ...(
    'first half,first part,first piece,piece one,two pieces,two parts,two halves,starts with,begins with,beginning is,part 1,part one,erste hälfte,erster teil,beginnt mit,' +
    'première moitié,première partie,commence par,primera mitad,primera parte,empieza con,empieza por,prima metà,prima parte,inizia con,primeira metade,começa com,' +
    'eerste helft,begint met,pierwsza połowa,pierwsza część,zaczyna się od'
  )
    .split(',')
    .map((literal) => ({ literal, onHit: readHalves })),
  ...(
    'you type,so type,type in,all together,altogether,put together,in full,in one go,written out,as one word,that gives,that makes,which gives,which makes,it reads,as a whole,' +
    'zusammen,ausgeschrieben,tippst du,tippen sie,gibst du,am stück,en entier,tout attaché,ce qui donne,todo junto,queda,tutto attaccato,tutto insieme,alles bij elkaar,aan elkaar,razem,tudo junto'
  )
    .split(',')
    .map((literal) => ({ literal, onHit: readWhole })),
  ...'followed by,exclamation mark,question mark,dollar sign,hash sign,then the number,then the digits,gefolgt von,suivi de,seguido de,seguido por,seguito da'
    .split(',')
    .map((literal) => ({ literal, onHit: readDescribed })),
  ...(
    'app password,app-password,app_password,apppassword,app passwort,app-passwort,app-specific password,application password,application-specific password,' +
    "mot de passe d'application,mot de passe d’application,mot de passe application,contraseña de aplicación,contraseña de aplicaciones,password per le app,password per l'app,password specifica,senha de app,senha de aplicativo,hasło aplikacji,wachtwoord voor app,app-wachtwoord,anwendungspasswort,anwendungsspezifisches passwort,smtp_pass,smtp pass,mail_password,email_password,gmail_pass"
  )
    .split(',')
    .map((literal) => ({ literal, onHit: readAppPassword })),
];

const LONGEST_SPELLED = 640;

function readSpelled(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.spelledRead) return;
  reading.spelledRead = end + 24;
  const from =
    /[a-z] $/i.test(text.slice(start - 2, start)) && /^m[ai]/i.test(text.slice(start, end)) ? start - 2 : start;
  const match = SPELLED.exec(text.slice(from, from + LONGEST_SPELLED));
  if (match === null) return;
  reading.spelledRead = from + match[0].length;
  // The alphabet in capitals is no password, nor is a sentence of short words.
  if ((match[0].match(CASED)?.length ?? 0) >= 2) reading.nearSecret('spelled-password', from, from + match[0].length);
}

const OF_A_SECRET =
  /pass(?:word|phrase|code|wort)|\bpin\b|secret|token|\bkey\b|credential|kennwort|schlussel|mot de passe|contrasena|clave|senha|haslo|wachtwoord|chiave|\b(?:pwd|pw|psk|login)\b/i;
const REST =
  /second|other half|then|followed by|ends? (?:with|in)|rest|remain|last part|(?:part|piece) (?:2|two)|zweite|endet|danach|seconde|deuxieme|finit|segunda|termina|seconda|finisce|tweede|druga|konczy/i;
const PIECE =
  /["'`]([^\s"'`]{3,60})["'`]|(?:\b(?:is|with|by|in|ist|mit|est|par|es|con|e|met|od)|[:=])\s{1,2}([^\s"'`,;]{4,60})(?=[\s,;]|\.\s|\.?$)/g;

/** `the first half of the key is X, the rest Y`. */
function readHalves(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.halvesRead) return;
  const around = text.slice(Math.max(0, start - 160), end + 260);
  if (!OF_A_SECRET.test(around)) return;
  reading.halvesRead = end + 80;
  // With the last word of what announces it, behind which the first piece may stand.
  const from = end - 5;
  const window = text.slice(from, end + 320);
  if (!REST.test(window)) return;
  let joined = '';
  for (const match of window.matchAll(PIECE)) {
    const piece = (match[1] ?? match[2] ?? '').replace(/[.]+$/, '');
    const first = joined === '';
    joined += piece;
    if (first || strengthOf(joined) < 2 || joined.length < 10 || !/\d/.test(joined)) continue;
    reading.nearSecret('generic-secret', end, from + match.index + match[0].length);
    return;
  }
}

const SAID_TO_BE =
  /\b(?:pass(?:word|phrase|code|wort)|kennwort|mot de passe|contrasena|senha|wachtwoord)\b[^.!?\n]{0,60}?(?:\b(?:is|was|ist|est|es|e|set to|reads)|[:=])\s/gi;
/** Rules for passwords speak of what there has to be, and of how many. */
const OF_RULES =
  /\b(?:must|should|at least|contain|require|minimum|policy|valid|format|pattern|between|characters?|optional|default(?:s|ed)?|concat|example|such as|your (?:own )?(?:user|birth|name))/i;
const NEXT =
  /\b(?:followed by|then|and finally|gefolgt von|dann|suivi de|puis|seguid[oa] (?:de|por)|luego|seguito da|poi)\b/i;
const NUMBER = /(?<![\w.:/-])\d{3,8}(?![\w:/%-]|\.\d)/;

/** `the password is tangerine followed by 4471`: told in pieces, with digits that are written out. */
function readDescribed(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.describedRead) return;
  const from = Math.max(0, start - 140);
  const before = [...text.slice(from, start).matchAll(SAID_TO_BE)].at(-1);
  if (before === undefined) return;
  reading.describedRead = end + 40;
  const told = from + before.index + before[0].length;
  const rest = /^[^\n]{0,120}?(?=[.!?](?:\s|$)|\n|$)/.exec(text.slice(end, end + 121))?.[0] ?? '';
  const words = text.slice(told, end + rest.length);
  if (!NEXT.test(words) || OF_RULES.test(before[0] + words)) return;
  if (NUMBER.test(words)) reading.nearSecret('spelled-password', told, end + rest.length);
}

const BESIDE_WHOLE = 360;

/** `so you type T9m#q4Wzw!7k`, after it was spelled or described. */
function readWhole(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const match =
    /^[\s:,"'`*„“«–-]{1,6}(?:(?:is|it is|it|ist|es|das|est|e|é|just|exactly) ){0,2}["'`„“«]?([^\s"'`„“”«»]{8,60})/i.exec(
      text.slice(end, end + 90),
    );
  const value = (match?.[1] ?? '').replace(/[.,;:)]+$/, '');
  if (match === null || strengthOf(value) < (/[#$%&*+=!?@^~].*\d|\d.*[#$%&*+=!?@^~]/.test(value) ? 1 : 2)) return;
  if (!OF_A_SECRET.test(text.slice(Math.max(0, start - BESIDE_WHOLE), end + 120))) return;
  const from = end + match[0].length - (match[1] ?? '').length;
  reading.nearSecret('password', from, from + value.length);
}

const FOURS =
  /^[^\n]{0,48}?(?:\n[ \t]{0,8})?(?<![\w-])(([a-z]{4})([ -]|\u00a0)([a-z]{4})\3([a-z]{4})\3([a-z]{4})|[a-z]{16})(?![\w-])/;
/** Words of four letters that sentences about such passwords have. */
const SHORT_WORD =
  /^(?:this|that|with|from|have|your|will|must|they|them|then|when|here|what|does|need|only|sent|code|text|four|mail|gmail|same|work|into|just|also|each|used|uses|user|make|copy|like|open|some|more|over|been|were|note|name|abcd|efgh|ijkl|mnop|aaaa|bbbb|cccc|dddd|word|pass|real|goes|show|once|page|link|menu|list|save|step|left|type|dein|wird|kann|oder|eine|dann|hier|code|para|como|esta|este|pour|avec|dans|vous|nous)$/;

/** Four groups of four letters, as mailboxes give them out for programs. */
function readAppPassword(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const match = FOURS.exec(text.slice(end, end + 120));
  const value = match?.[1];
  if (match === null || value === undefined || isStandIn(value) || isAlphabet(value.replace(/[^a-z]/g, ''))) return;
  const groups = value.match(/[a-z]{4}/g) ?? [];
  if (groups.some((group) => SHORT_WORD.test(group)) || new Set(value).size < 7) return;
  // Among drawn letters some do not make a syllable.
  if (!groups.some((group) => !/[aeiouy]/.test(group) || /[^aeiouy]{3}|[aeiouy]{3}|q[^u]/.test(group))) return;
  const from = end + match[0].length - value.length;
  reading.nearSecret('app-password', from, from + value.length);
}
