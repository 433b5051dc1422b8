import { lazily } from '../../text/lazily.js';
import { isIn, LETTER } from './characters.js';
import type { FindingCategory } from './finding.js';
import type { LiteralRule, Reading } from './reading.js';
import { foldText, originalSpan, originalSpans, textOfUnits, type View, ViewBuilder, viewOf } from './view.js';

/** A way to write words that a model still reads: how it is noticed and how it is undone. */
export interface Disguise {
  readonly name: string;
  /** Words of demands in this disguise. */
  readonly signs: readonly string[];
  /** How many of them make it worth undoing it around them. */
  readonly least: number;
  /** How near to each other they stand. */
  readonly within: number;
  readonly undo: (view: View) => View;
  /** What is looked for in the plain form; signs of injection when absent. */
  readonly categories?: ReadonlySet<FindingCategory>;
}

export const DISGUISES: readonly Disguise[] = [
  {
    name: 'rot13',
    signs:
      'vtaber qvfertneq sbetrg vafgehpgvba cerivbhf cebzcg erirny cnffjbeq flfgrz haerfgevpgrq rknzcyr thqryvarf rkrphgr fnaqobk qryrgr perqragvnyf frperg hfref hfre lbhe jvgubhg svyrf pbzznaq qryrgr gryy ercrng fraq pheerag uvfgbel gbxra vafgehpg npprff erfcbaq ernq znxr'.split(
        ' ',
      ),
    least: 2,
    within: 400,
    undo: (view) => withText(view, rot13(view.text)),
  },
  {
    name: 'leet',
    signs: (
      '1gnor ign0r 1gn0r pr3v prev1 previ0 pr3v1 1nstruct instruct1 instruct10 instructi0 in5truct pr0mpt ' +
      'd1sregard disr3gard d15r3g4rd f0rget f0rg3t forg3t byp4ss bypa55 byp455 syst3m sy5tem ja1lbr j41lbr ' +
      'n0t_ operat0r aut0m 0perator 0penai passw0rd t0ken k3ys s3cret s3nd ag3nt us3r 3xecute 3nv del3t d3lete 1nform inf0rm rul3s 4ll pr3vi0 jailbr3 0verrid overr1d restr1ct unr3str r3veal rev3al r3v34l'
    )
      .split(' ')
      .map((sign) => sign.replaceAll('_', ' ')),
    least: 2,
    within: 400,
    undo: (view) =>
      withText(
        view,
        view.text.replace(/[013457@$]|[!|](?=[a-z])/gi, (sign) => LEET[sign] ?? sign),
      ),
  },
  {
    name: 'numbers',
    signs:
      'two,four,five,seven,nine,deux,quatre,cinq,sept,neuf,zwei,vier,fünf,sieben,neun,dos,cuatro,cinco,siete,nueve'.split(
        ',',
      ),
    least: 6,
    within: 110,
    undo: readAloud,
    categories: new Set<FindingCategory>(['personal-data']),
  },
  { name: 'shuffled', signs: [], least: 3, within: 200, undo: unshuffled },
  {
    name: 'morse',
    signs: ['. / .', '- / -', '. / -', '- / .'],
    least: 2,
    within: 400,
    undo: fromMorse,
  },
  {
    name: 'reversed',
    signs:
      'erongi dragersid tegrof snoitcurtsni suoiverp tpmorp laever detcirtsernu edirrevo selur ytefas drowssap eteled etucexe nekot terces tuohtiw slaitnederc daolpu yrotisoper'.split(
        ' ',
      ),
    least: 2,
    within: 400,
    undo: reverse,
  },
];

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
};

/** The literals that notice disguises; each occurrence is noted in the reading. */
export const DISGUISE_LITERALS: readonly LiteralRule[] = DISGUISES.flatMap(({ name, signs }) =>
  signs.map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number) => {
      const places = reading.disguises.get(name);
      if (places === undefined) reading.disguises.set(name, [start]);
      else places.push(start);
    },
  })),
);

/** The places that have enough others near them. */
export function densePlaces(places: readonly number[], least: number, within: number): readonly number[] {
  if (places.length < least) return [];
  return places.filter((_, i) => {
    for (let k = 0; k < least; k++) {
      const first = places[i - k];
      const last = places[i - k + least - 1];
      if (first !== undefined && last !== undefined && last - first <= within) return true;
    }
    return false;
  });
}

/** How far around a word in disguise the text is read without it. */
const AROUND = 500;

/** The parts of a view around some places, in order, each as a view. */
export function partsAround(view: View, places: readonly number[]): View[] {
  const { text } = view;
  const parts: View[] = [];
  for (let i = 0; i < places.length; ) {
    const from = Math.max(0, (places[i] ?? 0) - AROUND);
    let to = 0;
    for (; i < places.length && (i === 0 || to === 0 || (places[i] ?? 0) - AROUND <= to); i++)
      to = Math.min(text.length, (places[i] ?? 0) + AROUND);
    parts.push(from === 0 && to === text.length ? view : part(view, from, to));
  }
  return parts;
}

function part(view: View, from: number, to: number): View {
  const { starts, ends } = originalSpans(view, from, to);
  return viewOf(view.text.slice(from, to), starts, ends);
}

/** Letters of ASCII moved on by thirteen; everything else stays. */
export function rot13(text: string): string {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    units[i] = !isIn(unit, LETTER) ? unit : (unit & 0x1f) <= 13 ? unit + 13 : unit - 13;
  }
  return textOfUnits(units);
}

/** The text read from its end, with the way back for each character. */
function reverse(view: View): View {
  const { text } = view;
  const { length } = text;
  const { starts, ends } = originalSpans(view, 0, length);
  const units = new Uint16Array(length);
  for (let i = 0; i < length; i++) units[length - 1 - i] = text.charCodeAt(i);
  return viewOf(textOfUnits(units), starts.reverse(), ends.reverse());
}

const DIGIT_WORDS: readonly string[] = [
  'zero oh null zéro cero',
  'one un eins uno',
  'two deux zwei dos',
  'three trois drei tres',
  'four quatre vier cuatro',
  'five cinq fünf cinco',
  'six sechs seis',
  'seven sept sieben siete',
  'eight huit acht ocho',
  'nine neuf neun nueve',
];

const digitOf = lazily(
  (): ReadonlyMap<string, string> =>
    new Map(
      DIGIT_WORDS.flatMap((words, digit) =>
        words.split(' ').map((word): [string, string] => [foldText(word), String(digit)]),
      ),
    ),
);

/** Replaces what `pattern` finds, with the way back to the original for each character. */
function replaced(view: View, pattern: RegExp, plain: (match: string) => string): View {
  const out = new ViewBuilder(view.text.length);
  let copied = 0;
  const copy = (to: number): void => {
    for (; copied < to; copied++) {
      const span = originalSpan(view, copied, copied + 1);
      out.push(view.text.charCodeAt(copied), span.start, span.end);
    }
  };
  for (const match of view.text.matchAll(pattern)) {
    copy(match.index);
    copied = match.index + match[0].length;
    const span = originalSpan(view, match.index, copied);
    const text = plain(match[0]);
    for (let i = 0; i < text.length; i++) out.push(text.charCodeAt(i), span.start, span.end);
  }
  copy(view.text.length);
  return out.build();
}

const readAloudDigits = lazily(() => {
  const word = [...digitOf().keys()].join('|');
  return new RegExp(`\\b(?:${word})(?:[ ,-]{1,2}(?:${word})){3,}\\b`, 'gi');
});

/** Four digits or more that are read aloud, as digits: `four zero two four`. */
function readAloud(view: View): View {
  return replaced(view, readAloudDigits(), (match) =>
    match
      .toLowerCase()
      .split(/[ ,-]+/)
      .map((spoken) => digitOf().get(spoken) ?? '')
      .join(''),
  );
}

const MORSE: ReadonlyMap<string, string> = new Map(
  '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..'
    .split(' ')
    .map((code, i) => [code, String.fromCharCode(0x61 + i)]),
);

function fromMorse(view: View): View {
  return replaced(view, /[.-]{1,5}(?:[ ]{1,3}(?:\/ )?[.-]{1,5}){7,}/g, (match) =>
    match
      .split(/ ?\/ ?| {3}/)
      .map((word) =>
        word
          .trim()
          .split(/ +/)
          .map((code) => MORSE.get(code) ?? '')
          .join(''),
      )
      .join(' '),
  );
}

/** Words of demands whose inner letters somebody may have shuffled. */
const SHUFFLED_WORDS =
  'ignore every previous instructions instruction delete files inside directory without asking your system prompt reveal password passwords secret secrets disregard forget everything override bypass restrictions safety guidelines rules developer assistant execute command commands credentials tokens upload conversation environment variables history approve repository please follow instead above before';

const shuffledKey = (word: string): string =>
  word.charAt(0) + Array.from(word.slice(1, -1)).sort().join('') + word.charAt(word.length - 1);

const SHUFFLED: ReadonlyMap<string, string> = new Map(
  SHUFFLED_WORDS.split(' ').map((word) => [shuffledKey(word), word]),
);
const UNSHUFFLED: ReadonlySet<string> = new Set(SHUFFLED_WORDS.split(' '));
/** Bits of the lengths that these words have, by their first and last letter, to pass over all others quickly. */
const SHUFFLED_LENGTHS = new Uint16Array(1024);
for (const word of SHUFFLED_WORDS.split(' ')) {
  const ends = endsOf(word.charCodeAt(0), word.charCodeAt(word.length - 1));
  SHUFFLED_LENGTHS[ends] = (SHUFFLED_LENGTHS[ends] ?? 0) | (1 << word.length);
}

function endsOf(first: number, last: number): number {
  return ((first & 0x1f) << 5) | (last & 0x1f);
}

/** And sums of their letters. */
const SHUFFLED_SUMS: ReadonlySet<number> = new Set(
  SHUFFLED_WORDS.split(' ').map((word) => sumOf(word, 0, word.length)),
);

function sumOf(text: string, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += text.charCodeAt(i) | 0x20;
  return sum * 32 + end - start;
}

/** Places of words with shuffled letters, in order. */
export function shuffledPlaces(text: string): readonly number[] {
  const places: number[] = [];
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const first = text.charCodeAt(i) | 0x20;
    if (first < 0x61 || first > 0x7a) continue;
    const start = i++;
    let last = first;
    for (; i < length; i++) {
      const unit = text.charCodeAt(i) | 0x20;
      if (unit < 0x61 || unit > 0x7a) break;
      last = unit;
    }
    if (i - start < 5 || i - start > 14 || (((SHUFFLED_LENGTHS[endsOf(first, last)] ?? 0) >> (i - start)) & 1) === 0)
      continue;
    if (!SHUFFLED_SUMS.has(sumOf(text, start, i))) continue;
    const word = text.slice(start, i).toLowerCase();
    if (!UNSHUFFLED.has(word) && SHUFFLED.has(shuffledKey(word))) places.push(start);
  }
  return places;
}

function unshuffled(view: View): View {
  return withText(
    view,
    view.text.replace(/[A-Za-z]{5,14}/g, (word) => SHUFFLED.get(shuffledKey(word.toLowerCase())) ?? word),
  );
}

/** The same place with a text as long. */
function withText({ starts, ends, shifts }: View, text: string): View {
  return viewOf(text, starts, ends, shifts);
}
