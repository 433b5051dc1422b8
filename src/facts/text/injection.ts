import { OVERRIDE } from './demand-parts.js';
import { findDemands } from './demands.js';
import { ending } from './endings.js';
import { type ExfiltrationSets, findExfiltration } from './exfiltration.js';
import type { InjectionKind } from './finding-kinds.js';
import { CUE, LIGHT_VERB, VERB } from './lexicon.js';
import { isUnlikelyInjection, likelyInjections } from './likely-injection.js';
import { isQuoted } from './markers.js';
import { isOfProgram } from './of-programs.js';
import { findOverride, isDenied, type WordRange } from './override.js';
import { isOwnSecret } from './own-secrets.js';
import type { LiteralRule, Reading } from './reading.js';
import type { Signs } from './signs.js';
import { foldText } from './view.js';
import { type PatternData, type VocabularyData, vocabularyData } from './vocabulary-data.js';
import { compilePattern, matchPattern, type WordPattern } from './word-patterns.js';
import type { Words } from './words.js';

/** The words that are looked for, with what is known of each. */
interface Vocabulary {
  /** Folded, lower case; the position is the number of a word. */
  readonly words: readonly string[];
  /** Role bits by number. */
  readonly roles: Uint16Array;
  readonly misspelled: VocabularyData['misspelled'];
  readonly sets: ExfiltrationSets;
  /** What a word can begin, by its number: bits of the `BEGINS_` kind. */
  readonly begins: Uint8Array;
  /** The patterns that begin with a word, by its number; made when a text has that word. */
  readonly patterns: (id: number) => readonly WordPattern[];
}

const BEGINS_OVERRIDE = 1;
const BEGINS_SENDING = 2;
const BEGINS_PATTERN = 4;

let known: Vocabulary | undefined;

/** The vocabulary, made when a text is first looked at: who only imports the module never waits for it. */
function vocabulary(): Vocabulary {
  if (known === undefined) {
    const { words: lines, roles, misspelled, patterns, sets } = vocabularyData();
    const words = lines.split('\n');
    const begins = Uint8Array.from(roles, (role) => ((role & (VERB | LIGHT_VERB)) !== 0 ? BEGINS_OVERRIDE : 0));
    for (const id of sets.send) begins[id] = (begins[id] ?? 0) | BEGINS_SENDING;
    for (const [, , firsts] of patterns) for (const id of firsts) begins[id] = (begins[id] ?? 0) | BEGINS_PATTERN;
    known = {
      words,
      roles: Uint16Array.from(roles),
      misspelled,
      begins,
      sets: {
        send: new Set(sets.send),
        secrets: new Set(sets.secrets),
        private: new Set(sets.private),
        whose: new Set(sets.whose),
        interface: new Set(sets.interface),
      },
      patterns: patternsByFirstWord(patterns, words),
    };
  }
  return known;
}

/** Words that the scan must find for `readInjection`, folded and in lower case, with the number to report each by. */
export function injectionWords(): { readonly texts: readonly string[]; readonly ids: Uint16Array } {
  const { words, misspelled } = vocabulary();
  const texts = [...words];
  const ids = new Uint16Array(words.length + misspelled.length);
  for (let id = 0; id < words.length; id++) ids[id] = id;
  for (const [text, id] of misspelled) {
    ids[texts.length] = id;
    texts.push(text);
  }
  return { texts, ids };
}

function patternsByFirstWord(
  patterns: readonly PatternData[],
  words: readonly string[],
): (id: number) => readonly WordPattern[] {
  const unread = new Map<number, PatternData[]>();
  for (const pattern of patterns) {
    for (const id of pattern[2]) {
      const list = unread.get(id);
      if (list === undefined) unread.set(id, [pattern]);
      else list.push(pattern);
    }
  }
  let idOf: ReadonlyMap<string, number> | undefined;
  const compiled = new Map<PatternData, WordPattern>();
  const compile = (pattern: PatternData): WordPattern => {
    idOf ??= new Map(words.map((word, id) => [word, id]));
    const read = compiled.get(pattern) ?? compilePattern(pattern[0], pattern[1], idOf);
    compiled.set(pattern, read);
    return read;
  };
  const lists: (readonly WordPattern[] | undefined)[] = Array.from({ length: words.length });
  return (id) => {
    const list = lists[id] ?? (unread.get(id) ?? []).map(compile);
    lists[id] = list;
    return list;
  };
}

type Report = (kind: InjectionKind, range: WordRange) => void;

/** Finds the signs of injection that are made of words. */
export function readInjection(reading: Reading, words: Words, signs: Signs): void {
  const all = words.count === 0 ? undefined : vocabulary();
  const cues = all === undefined ? NO_CUES : cuePositions(words, all.roles);
  const mentions: Place[] = [];
  if (all !== undefined)
    readPhrases(words, all, (kind, { first, last }) => {
      const start = words.starts[first] ?? 0;
      const end = words.ends[last] ?? 0;
      if (kind === 'concealment' && ORDINARY_SILENCE.test(words.text.slice(end, end + 40))) return;
      if (kind === 'concealment' && isOwnSecret(words.text, start, end)) return;
      if (isMention(words.text, start, end, cues)) mentions.push({ start, end });
      else if (!isRuleOfProject(words.text, start)) reading.add('injection', kind, start, end, true);
    });
  readDemands(reading, words.text, signs, cues, mentions);
  for (const { start, end } of likelyInjections(signs))
    if (!mentions.some((one) => one.start < end && one.end > start)) reading.likelyInjection(start, end);
}

/** Reports what is said in known phrases. */
function readPhrases(words: Words, { roles, sets, begins, patterns }: Vocabulary, report: Report): void {
  let overrideEnd = -1;
  for (let at = 0; at < words.count; at++) {
    const id = words.ids[at] ?? 0;
    const beginning = begins[id] ?? 0;
    if (beginning === 0) continue;
    if ((beginning & BEGINS_OVERRIDE) !== 0 && at > overrideEnd) {
      const range = findOverride(words, roles, at);
      if (range !== undefined) {
        report('instruction-override', range);
        overrideEnd = range.last;
      }
    }
    if ((beginning & BEGINS_SENDING) !== 0) {
      const range = findExfiltration(words, sets, at);
      if (range !== undefined) report('exfiltration', range);
    }
    if ((beginning & BEGINS_PATTERN) !== 0) readPatterns(words, roles, patterns(id), at, report);
  }
}

function readPatterns(
  words: Words,
  roles: Uint16Array,
  patterns: readonly WordPattern[],
  at: number,
  report: Report,
): void {
  for (const pattern of patterns) {
    const last = matchPattern(pattern, words, at);
    if (last < 0) continue;
    if (pattern.kind === OVERRIDE && isOfProgram(words.text, words.starts[at] ?? 0, words.ends[last] ?? 0)) continue;
    const isVerb = ((roles[words.ids[at] ?? 0] ?? 0) & VERB) !== 0;
    if (!(isVerb && isDenied(words, roles, at)) && !isKey(words, at, last)) report(pattern.kind, { first: at, last });
  }
}

/** Adds the demands that are neither found in a known phrase nor only spoken of. */
function readDemands(
  reading: Reading,
  text: string,
  signs: Signs,
  cues: Uint32Array,
  mentions: readonly Place[],
): void {
  if (signs.count === 0) return;
  const { demands, spoken } = findDemands(signs, reading.decoded && reading.disguised);
  reading.addresses = [...spoken].sort((a, b) => a - b);
  if (demands.length === 0) return;
  const said = spansOfInjection(reading);
  for (const { kind, weight, start, end } of demands) {
    if (overlapsAny(said, start, end) || overlapsAny(mentions, start, end)) continue;
    // Whoever disguises an order also disguises its wording.
    if (weight < CERTAIN && !reading.decoded && isUnlikelyInjection(signs, start, end)) continue;
    if (weight < CERTAIN && ABOUT_ATTACKS.test(text.slice(Math.max(0, start - 300), end + 200))) continue;
    if (!isMention(text, start, end, cues) && !isRuleOfProject(text, start))
      reading.add('injection', kind, start, end, true);
  }
}

/** `"admin.override": "Override limit"`, `system override: off`: the name of a setting or of a text, not a heading. */
function isKey({ text, starts, ends }: Words, first: number, last: number): boolean {
  if (last !== first + 1) return false;
  const end = ends[last] ?? 0;
  // A key inside what another one holds.
  if (/^["']\s*:\s*\{\s*["']$/.test(text.slice(ends[first], starts[last]))) return true;
  const after = /^["']?\s?:\s?(?:"([^"\n]{0,60})"|'([^'\n]{0,60})'|([^\n]{0,60}))/.exec(text.slice(end, end + 70));
  if (after === null) return false;
  const value = (after[1] ?? after[2] ?? after[3] ?? '').trim();
  if (/^(?:true|false|on|off|yes|no|null|none|\d+)[,}]?$/i.test(value)) return true;
  // Joined by more than a blank, in small letters, and with a short text behind it.
  return /^[a-z][a-z0-9]*[._-][a-z0-9]+$/.test(text.slice(starts[first], end)) && value.length < 40;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** What was found so far, in order. */
function spansOfInjection(reading: Reading): readonly Place[] {
  return reading.detections.filter(({ category }) => category === 'injection').sort((a, b) => a.start - b.start);
}

function overlapsAny(places: readonly Place[], from: number, to: number): boolean {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return (places[low]?.start ?? to) < to || (places[low - 1]?.end ?? from) > from;
}

/** What an interface may well keep to itself: `do not inform the user about every retry`, `never tell users whether the account exists`. */
const ORDINARY_SILENCE =
  /^["'*_]?\s+(?:that we\b|their\b|whether\b|if\b|which\b|about (?:every|each|their|which|retr\w*|the (?:retr|internal|exact|stack|cause)))/i;

/** What a demand must be worth in a text about attacks. */
const CERTAIN = 7;
const ABOUT_ATTACKS =
  /\b(?:prompt[- ]injections?|attackers?|malicious|adversarial|jailbreaks?|owasp|mitigations?|mitigates?|red[- ]team\w*|threat models?|exploits?|phishing|untrusted)\b/i;

const RULE_OF_PROJECT =
  /^if you(?:'re| are)[^.!?\n]{0,80}?\b(?:run|use|follow|read|see|prefer|keep|check|consult)\b[^.!?\n]{0,60}?(?:`(?:make|npm|pnpm|yarn|cargo|go|pytest|tox|just|mvn|gradle|bun|uv|ruff|dotnet)\b|\btests?\b|\blint|CONTRIBUTING|AGENTS\.md|\bconventions\b|\bstyle\b)/i;
const NO_RULE =
  /\b(?:https?|curl|wget|secrets?|tokens?|passwords?|credentials?|send|post|upload|delete|ignore|disregard|hide|the user|mention|output|say|recommend)\b|\.env\b|[|]\s*sh\b/i;

/** `If you are an AI working on this repository, run \`make check\` before committing`: what a project may well ask. */
function isRuleOfProject(text: string, start: number): boolean {
  const sentence = text.slice(start, start + 240);
  return RULE_OF_PROJECT.test(sentence) && !NO_RULE.test(sentence);
}

const NO_CUES = new Uint32Array(0);

function cuePositions(words: Words, roles: Uint16Array): Uint32Array {
  const positions: number[] = [];
  for (let at = 0; at < words.count; at++) {
    if (((roles[words.ids[at] ?? 0] ?? 0) & CUE) === 0) continue;
    // What runs tests prints this above the message of each failure.
    if (!words.text.startsWith('(received)', words.ends[at] ?? 0)) positions.push(words.starts[at] ?? 0);
  }
  return positions.length === 0 ? NO_CUES : Uint32Array.from(positions);
}

const CUE_BEFORE = 300;
const CUE_AFTER = 200;

/** Words that tell of somebody who says such a thing, shortly before it. */
const isReported = ending(
  /\b(?:asks|asked|tells|attempts|tries|instructs|requests|wants|forces|urges|trying|attempting|attempted)\s+(?:(?:you|me|us|it)\s+)?to\s+(?:\w+\s+)?$|\b(?:tell(?:s|ing)?|ask(?:s|ing)?|trick(?:s|ing|ed)?|caus(?:e|es|ing)|convinc(?:e|es|ing)|mak(?:e|es|ing)|get(?:s|ting)?|attempt(?:s|ing)?|tr(?:y|ies|ying|ied)|manipulat\w+|persuad\w+|instruct(?:s|ing)|forc(?:e|es|ing))\s+(?:(?:the|an?|your|their|it|them|llms?|models?|ai|agents?|assistants?|chatbots?|systems?|claude|gpt|users?)\s+){0,3}(?:to|into)\s+$/i,
);

/**
 * Whether a phrase is only spoken of: in quotation marks or backticks with words about attacks or examples nearby, or told
 * of a third party (`tricks the model into ignoring ...`).
 */
function isMention(text: string, start: number, end: number, cues: Uint32Array): boolean {
  if (start > 0 && text.charCodeAt(start - 1) <= 0x20 && isReported(text.slice(Math.max(0, start - 70), start)))
    return true;
  return hasCueNear(cues, start, end) && isQuoted(text, start, end, 120);
}

function hasCueNear(cues: Uint32Array, start: number, end: number): boolean {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle] ?? 0) < start - CUE_BEFORE) low = middle + 1;
    else high = middle;
  }
  return low < cues.length && (cues[low] ?? 0) < end + CUE_AFTER;
}

/** Phrases of languages written without spaces, or with endings: an anchor and what must stand around it, in folded form. */
const ANCHORED: readonly (readonly [anchors: string, side: 'before' | 'after', pattern: string])[] = [
  [
    '忽略 无视 忘记 忽視 無視 忘記 忽视',
    'after',
    '^(?:掉)?(?:你|您)?(?:的)?(?:之前|以上|上面|先前|所有|前面|一切|此前|上述|全部|原来|系统).{0,8}(?:指令|指示|提示|说明|說明|规则|規則|设定|命令|要求|内容)',
  ],
  [
    '無視 忘れ',
    'before',
    '(?:以前|これまで|上記|前|すべて|全て|今まで|元|システム)の?.{0,8}(?:指示|命令|プロンプト|ルール|設定|指令).{0,4}$',
  ],
  [
    '無効 破棄 従わない 取り消',
    'before',
    '(?:以前|これまで|上記|前|すべて|全て|今まで|元|システム)の?.{0,8}(?:指示|命令|プロンプト|ルール|設定|指令).{0,6}$',
  ],
  [
    'システムプロンプト 系统提示 系統提示 系统指令',
    'after',
    '^(?:词|詞)?(?:の?(?:全文|内容|全体|すべて))?(?:を|をすべて|を全て|内容|全文)?(?:出力|表示|教え|公開|明かし|输出|輸出|显示|顯示|告诉|透露)',
  ],
  [
    '무시 잊어 잊고 따르지',
    'before',
    '(?:이전|위의|모든|앞의|지금까지|기존|시스템).{0,10}(?:지시|명령|프롬프트|지침|규칙).{0,10}$',
  ],
  ['ละเว้น เพิกเฉย ลืม', 'after', '^(?:ต่อ)?(?:คำสั่ง|คำแนะนำ|กฎ).{0,12}(?:ก่อนหน้า|ข้างต้น|ทั้งหมด|เดิม)'],
];

/** Orders to keep the user in the dark, in the same form. */
const ANCHORED_CONCEALMENT: typeof ANCHORED = [
  [
    '用户 用戶 使用者 任何人',
    'before',
    '(?:不要|别|別|请勿|切勿|勿|不得|不准|不可|不必|无需|無需)(?:再)?(?:把.{0,8})?(?:告诉|告訴|告知|通知|提醒|透露给|透露給|泄露给|让|讓|向)(?:任何)?$',
  ],
  [
    'ユーザー 使用者 利用者 誰',
    'after',
    '^(?:に|には|へ|にも)(?:は)?.{0,10}(?:知らせ|伝え|言わ|話さ|教え|通知し|報告し)(?:ない|ず|てはいけ|るな)',
  ],
  [
    '사용자 아무 누구',
    'after',
    '^(?:에게|한테|께|에게도|한테도)(?:는|도)?.{0,12}(?:알리|말하|전하|언급하|공개하|보고하)지[ ]?(?:마|말|않)',
  ],
];

export const ANCHORED_LITERALS: readonly LiteralRule[] = [
  ...anchored(ANCHORED, 'instruction-override'),
  ...anchored(ANCHORED_CONCEALMENT, 'concealment'),
];

function anchored(rows: typeof ANCHORED, kind: InjectionKind): LiteralRule[] {
  return rows.flatMap(([anchors, side, source]) => anchoredRules(anchors, side, source, kind));
}

function anchoredRules(anchors: string, side: 'before' | 'after', source: string, kind: InjectionKind): LiteralRule[] {
  let pattern: RegExp | undefined;
  // The scan folds them.
  return anchors.split(' ').map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number, end: number) => {
      const { text } = reading;
      pattern ??= new RegExp(foldText(source));
      const match = pattern.exec(
        side === 'after' ? text.slice(end, end + 24) : text.slice(Math.max(0, start - 24), start),
      );
      if (match === null) return;
      const from = side === 'after' ? start : start - match[0].length;
      const to = side === 'after' ? end + match[0].length : end;
      if (kind === 'concealment' && isOwnSecret(text, from, to)) return;
      if (!isQuoted(text, from, to, 4)) reading.add('injection', kind, from, to, true);
    },
  }));
}

/** The commonest demand with its words run together, as it is left when spaced letters are joined. */
export const GLUED_LITERALS: readonly LiteralRule[] = ['ignore', 'disregard', 'forget'].flatMap((verb) =>
  [
    'previous',
    'allprevious',
    'theprevious',
    'yourprevious',
    'prior',
    'allprior',
    'above',
    'theabove',
    'all',
    'your',
    'allthe',
  ].map((reference) => ({
    literal: verb + reference,
    onHit: readGlued,
  })),
);

function readGlued(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const object = /^(?:previous|prior|above)?(?:instructions?|prompts?|rules|guidelines|directives)/i.exec(
    text.slice(end, end + 24),
  );
  if (object === null) return;
  const phrase = text.slice(start, end + object[0].length);
  // `ignorePreviousInstructions` is a name in a program.
  if (phrase !== phrase.toLowerCase() && phrase !== phrase.toUpperCase()) return;
  reading.add('injection', 'instruction-override', start, end + object[0].length, true);
}
