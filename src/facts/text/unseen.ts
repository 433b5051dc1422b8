import { isIn, LETTER, URL_SAFE } from './characters.js';
import { isOfLicence } from './licences.js';
import type { LiteralRule, Reading } from './reading.js';

/** Places of a document that its reader does not see: comments, and elements styled away. */
export const UNSEEN_LITERALS: readonly LiteralRule[] = [
  { literal: '<!--', onHit: readComment },
  { literal: '[//]: #', onHit: readLine },
  { literal: '[comment]: #', onHit: readLine },
  { literal: '[comment]: <>', onHit: readLine },
  { literal: '<noscript', onHit: readTag },
  { literal: '<template', onHit: readTag },
  { literal: '<desc', onHit: readTag },
  { literal: '<metadata', onHit: readTag },
  { literal: 'hidden>', onHit: readTag },
  { literal: 'aria-hidden="true"', onHit: readTag },
  { literal: '![', onHit: readImageText },
  { literal: 'alt="', onHit: readAttribute },
  { literal: 'title="', onHit: readAttribute },
  { literal: 'aria-label="', onHit: readAttribute },
  { literal: 'placeholder="', onHit: readAttribute },
  { literal: '\u001b[8m', onHit: readConcealed },
  { literal: '[8m', onHit: readConcealed },
  ...(
    'display:none,display: none,visibility:hidden,visibility: hidden,font-size:0,font-size: 0,font-size:1px,' +
    'font-size: 1px,opacity:0,opacity: 0,color:white,color: white,color:#fff,color: #fff,left:-9999,' +
    'left: -9999'
  )
    .split(',')
    .map((literal) => ({ literal, onHit: readElement })),
];

/** Longest piece that is looked at. */
const LONGEST = 4000;

function readComment(reading: Reading, start: number, end: number): void {
  const last = reading.unseen[reading.unseen.length - 1];
  if (last !== undefined && start < last.end) return;
  const close = reading.next('-->', end);
  reading.unseen.push({ start, end: Math.min(close < 0 ? reading.text.length : close + 3, start + LONGEST) });
}

function readLine(reading: Reading, start: number, end: number): void {
  const close = reading.next('\n', end);
  reading.unseen.push({ start, end: Math.min(close < 0 ? reading.text.length : close, start + LONGEST) });
}

/** The text of the element whose style attribute this is; a style sheet has no `>` on the way to its text. */
function readElement(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const head = /^[^<>{}]{0,160}>/.exec(text.slice(end, end + 161));
  if (head === null || !/<\w[^<>]{0,200}style\s{0,3}=[^<>]{0,200}$/i.test(text.slice(Math.max(0, start - 240), start)))
    return;
  const from = end + head[0].length;
  const close = reading.next('</', from);
  reading.unseen.push({ start: from, end: Math.min(close < 0 ? text.length : close, from + LONGEST) });
}

function readTag(reading: Reading, _start: number, end: number): void {
  const { text } = reading;
  const last = text.charCodeAt(end - 1);
  // `<description>` and `<Templates>` are other elements.
  if (isIn(last, LETTER) && isIn(text.charCodeAt(end), URL_SAFE)) return;
  const head = last === 0x3e ? 0 : text.slice(end, end + 120).search(/>|`|\n\s*\n/);
  const mark = end + head - (head > 0 ? 0 : 1);
  // A tag or an attribute that prose speaks of hides nothing.
  if (head < 0 || text[mark] !== '>' || text[mark + 1] === '`' || text[mark - 1] === '/') return;
  const from = mark + 1;
  const close = reading.next('</', from);
  add(reading, from, close < 0 ? text.length : close);
}

/** What stands for a picture where it cannot be shown. */
function readImageText(reading: Reading, _start: number, end: number): void {
  const close = reading.next(']', end);
  if (close - end > 40) add(reading, end, close);
}

function readAttribute(reading: Reading, _start: number, end: number): void {
  const close = reading.next('"', end);
  if (close - end > 40) add(reading, end, close);
}

/** What a terminal is told not to show. */
function readConcealed(reading: Reading, _start: number, end: number): void {
  const close = reading.next('[0m', end);
  add(reading, end, close < 0 ? reading.text.length : close);
}

/** Places are kept in order and apart. */
function add(reading: Reading, start: number, end: number): void {
  const last = reading.unseen[reading.unseen.length - 1];
  if (last === undefined || start >= last.end) reading.unseen.push({ start, end: Math.min(end, start + LONGEST) });
}

const AGENT =
  '(?:ai(?: (?:agents?|assistants?|models?|systems?|tools?|coding agents?))?|llms?|(?:large )?language models?|(?:coding )?(?:assistants?|agents?)|chatbots?|claude(?: code)?|chatgpt|(?:github )?copilot|gpt-?\\d?\\w*|gemini|ki|sprachmodelle?)';

/** Speech to a model, not about one. */
const ADDRESS = new RegExp(
  [
    `\\b(?:note|notice|attention|instructions?|message|hinweis|anweisung(?:en)?)\\s+(?:to|for|fur|an|a|para|pour)\\s+(?:(?:the|all|any|every|die|alle|los|les)\\s+)?${AGENT}\\b`,
    `\\b(?:attention|hey|hi|hello|dear|important|listen),?\\s+${AGENT}\\b`,
    `\\bif you(?:'re| are) (?:an? )?${AGENT}\\b`,
    `^\\W{0,8}${AGENT}\\s?[:,]\\s`,
    `\\b${AGENT}\\s+(?:must|should|shall|please|needs? to|has to|have to|are (?:required|instructed|asked)|reading this|processing this|will now)\\b`,
    `\\byou are (?:now )?(?:an? )?${AGENT}\\b`,
    '\\bwhen (?:you (?:are )?)?(?:summari[sz]|review|analy[sz]|answer|respond|reply|read|process|translat)\\w*\\b.{0,60}\\b(?:say|state|claim|add|include|mention|recommend|always|never|tell|output|rate|insist|link)\\b',
    '\\b(?:tell|ask|convince|inform|instruct|advise) the user\\b',
  ].join('|'),
  'i',
);

/** Adds a finding for every unseen place that speaks to a model or holds another sign of injection. Linear: both lists are in order. */
export function readUnseen(reading: Reading): void {
  const signs = reading.detections
    .filter((detection) => detection.category === 'injection')
    .sort((a, b) => a.start - b.start);
  let at = 0;
  let addressed = 0;
  for (const place of reading.unseen) {
    while (at < signs.length && (signs[at]?.start ?? 0) < place.start) at++;
    while (addressed < reading.addresses.length && (reading.addresses[addressed] ?? 0) < place.start) addressed++;
    const called =
      addressed < reading.addresses.length &&
      (reading.addresses[addressed] ?? 0) < place.end &&
      !isOfLicence(reading.text, place.start, place.end);
    const inside = called || (at < signs.length && (signs[at]?.start ?? 0) < place.end);
    if (inside || ADDRESS.test(reading.text.slice(place.start, Math.min(place.end, place.start + 1000)))) {
      reading.add('injection', 'hidden-instruction', place.start, place.end, true);
    }
  }
}
