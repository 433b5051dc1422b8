import { addressWeight } from './addressed.js';
import {
  AGENT,
  ASK,
  AUTHORITY,
  FETCH,
  FOLLOW,
  FORGET,
  GRAVE,
  HARM,
  INSTRUCTION,
  KEEP,
  LASTING,
  LIMIT,
  MUST,
  NEGATION,
  PLACE,
  PLAY,
  PRIOR,
  PROMPT,
  READING,
  RUN,
  SAY,
  SECRET,
  SECRETLY,
  SEND,
  TAKE,
  TELL,
  URGENT,
  USER,
  VOID,
  WITHOUT,
} from './sign-table.js';
import type { Signs } from './signs.js';

/** A part of a demand: which signs stand near each other in a sentence, and how much that says. */
interface Part {
  readonly name: string;
  readonly kind: string;
  readonly weight: number;
  /** Says by itself that a model is spoken to; the others are ordinary talk as well. */
  readonly firm?: boolean;
  /** One sign of each, any two of them no further apart than `within` characters. */
  readonly groups: readonly number[];
  readonly within: number;
  readonly when?: (text: string, start: number, end: number) => boolean;
}

const TARGET =
  /https?:\/\/(?!localhost|127\.|0\.0\.0\.0|\[::1)|\bwww\.|\w@[\w-]{1,40}\.[a-z]{2}|\b(?!127\.|0\.0\.|10\.|192\.168)(?:\d{1,3}\.){3}\d{1,3}\b|\b[\w-]{2,40}\.(?:com|net|org|io|dev|site|xyz|ru|cn|top|info|online|app|sh|me|co|example|invalid|test)\b/i;
const INTERFACE = /\b(?:(?<!hidden )headers?|endpoint|api call|sdk|curl -H|request body)\b/i;

/** Secrets that are somebody's, rather than the one that a guide says where to enter. */
const SOMEBODYS =
  /~\/\.|\$HOME|\/(?:home|Users|root)\/|\.ssh\b(?!\/\w+\.pub)|\.bash_history|\.zsh_history|\.netrc|\.aws\/|\.kube\b|id_(?:rsa|ed25519)(?!\.pub)|\/etc\/(?:passwd|shadow)|\b(?:all|every|each|any|his|her|their|the users?'?s?|your users?'?s?|the owner'?s?)\s+(?:\w+\s+){0,2}(?:secrets?|tokens?|keys?|passwords?|credentials?|cookies?|e-?mails?|conversations?|files?)\b|\b(?:secrets?|tokens?|keys?|passwords?|credentials?) (?:of|from|belonging to) (?:the|your|this) (?:user|owner|machine|company|host)/i;

/** `asks it to reveal`, `must not show`: told of somebody, or forbidden. */
const TOLD_OF =
  /(?:\b(?:ask(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|wants?|attempt\w*|tells?|told|request\w*|refuse[sd]?)\b[^.!?\n]{0,20}|\bnot|n't|\bnever|\bcannot|\bavoid)\s+(?:to\s+|be\s+)?$/i;

/** `without restrictions on bandwidth` says what is not restricted. */
function isUnlimited(text: string, _start: number, end: number): boolean {
  return !/^\s+(?:on|in|to|for|of|about|from)\s+(?!what|topics?|your|you|content|any|language)/i.test(
    text.slice(end, end + 24),
  );
}

const BEFORE_ORDER =
  /(?:^|[.!?:;,\n>"'`(*#|[{-]\s{0,3}|\b(?:and|then|please|must|should|shall|now|also|to|first|just|always|will|immediately|silently|quietly|kindly|instead|simply|either|or|not|is)\s+)$/i;

/** Whether a verb in English stands where orders begin; other languages are not looked at. */
function isOrder(text: string, start: number, end: number): boolean {
  return !/^[A-Za-z_-]+$/.test(text.slice(start, end)) || BEFORE_ORDER.test(text.slice(Math.max(0, start - 16), start));
}

const OVERRIDE = 'instruction-override';
const OTHER_TONGUE =
  /^(?!ignore\b|disregard|forget|override|overrule|supersede|discard|abandon|drop|bypass|neglect|overrid|whatever|regardless|no matter|even |priority|precedence|instead|stop |do not|don't|stands above|takes? prec|outrank|overrule|comes before|above what|more important|set aside|put aside|throw out|pay no)/i;

const PARTS: readonly Part[] = [
  { name: 'forget', firm: true, kind: OVERRIDE, weight: 3, groups: [FORGET, INSTRUCTION, PRIOR], within: 60 },
  { name: 'void', firm: true, kind: OVERRIDE, weight: 2.5, groups: [INSTRUCTION, PRIOR, VOID], within: 80 },
  {
    name: 'conceal',
    firm: true,
    kind: 'concealment',
    weight: 2.5,
    groups: [NEGATION | WITHOUT, TELL, USER],
    within: 60,
  },
  { name: 'unasked', kind: OVERRIDE, weight: 1.5, groups: [NEGATION | WITHOUT, ASK], within: 40 },
  {
    name: 'exfil',
    firm: true,
    kind: 'exfiltration',
    weight: 2.5,
    groups: [SEND, SECRET | PROMPT],
    within: 140,
    when: (text, start, end) =>
      TARGET.test(text.slice(Math.max(0, start - 80), end + 120)) &&
      !INTERFACE.test(text.slice(start, end + 80)) &&
      !/\$\{\{|=>|process\.env/.test(text.slice(start, end + 30)),
  },
  {
    name: 'exfil',
    firm: true,
    kind: 'exfiltration',
    weight: 4,
    groups: [SEND | KEEP | TAKE, SECRET],
    within: 90,
    when: (text, start, end) =>
      TARGET.test(text.slice(Math.max(0, start - 60), end + 110)) &&
      SOMEBODYS.test(text.slice(Math.max(0, start - 4), end + 24)) &&
      !INTERFACE.test(text.slice(start, end + 80)),
  },
  {
    name: 'disobey',
    kind: OVERRIDE,
    firm: true,
    weight: 2.5,
    groups: [FORGET, USER],
    within: 28,
    when: (text, start) => !/^(?:users?|humans?|people)\b/i.test(text.slice(start, start + 8)),
  },
  {
    name: 'exfil',
    kind: 'exfiltration',
    weight: 1.25,
    groups: [SEND],
    within: 0,
    when: (text, _start, end) => TARGET.test(text.slice(end, end + 140)),
  },
  { name: 'lapsed', kind: OVERRIDE, weight: 1, groups: [INSTRUCTION | LIMIT, VOID], within: 24 },
  { name: 'decode', kind: OVERRIDE, weight: 1.5, groups: [FETCH, FOLLOW], within: 80 },
  {
    name: 'trigger',
    firm: true,
    kind: OVERRIDE,
    weight: 1.5,
    groups: [READING, FOLLOW | RUN | SEND | HARM | TAKE | KEEP],
    within: 160,
  },
  { name: 'unsaid', kind: 'concealment', weight: 0.75, groups: [NEGATION, TELL], within: 25 },
  { name: 'exfil', kind: 'exfiltration', weight: 1, groups: [SEND, SECRET], within: 100 },
  { name: 'take', kind: 'exfiltration', weight: 1, groups: [TAKE, SECRET], within: 80 },
  {
    name: 'extract',
    firm: true,
    kind: 'prompt-extraction',
    weight: 2.5,
    groups: [TAKE | TELL | SEND | SAY, PROMPT],
    within: 110,
    when: (text, start) =>
      !/^(?:your|system|initial|hidden|developer)/i.test(text.slice(start, start + 10)) &&
      !TOLD_OF.test(text.slice(Math.max(0, start - 40), start)),
  },
  {
    name: 'unlimited',
    firm: true,
    kind: 'jailbreak',
    weight: 2,
    groups: [NEGATION | WITHOUT, LIMIT],
    within: 40,
    when: isUnlimited,
  },
  { name: 'play', firm: true, kind: 'jailbreak', weight: 2, groups: [PLAY, LIMIT], within: 140, when: isUnlimited },
  { name: 'harm', kind: OVERRIDE, weight: 1, groups: [HARM, GRAVE], within: 60 },
  { name: 'remote', kind: 'planted-command', weight: 1.5, groups: [RUN, PLACE], within: 100 },
  { name: 'indirect', firm: true, kind: OVERRIDE, weight: 2.5, groups: [FETCH, FOLLOW, INSTRUCTION], within: 140 },
  { name: 'persist', kind: OVERRIDE, firm: true, weight: 2, groups: [KEEP, LASTING], within: 80 },
  { name: 'output', firm: true, kind: OVERRIDE, weight: 2.5, groups: [READING, SAY], within: 160 },
  {
    name: 'order',
    kind: OVERRIDE,
    weight: 0.75,
    groups: [FORGET | SEND | TAKE | RUN | HARM | KEEP | FOLLOW],
    within: 0,
    when: isOrder,
  },
  { name: 'say', kind: OVERRIDE, weight: 0.75, groups: [SAY], within: 0 },
  { name: 'secretly', kind: 'concealment', weight: 0.75, groups: [SECRETLY], within: 0 },
  { name: 'urgent', kind: OVERRIDE, weight: 0.5, groups: [URGENT], within: 0 },
  { name: 'authority', kind: OVERRIDE, weight: 0.5, groups: [AUTHORITY], within: 0 },
  { name: 'must', kind: OVERRIDE, weight: 0.25, groups: [MUST], within: 0 },
];

/** Verbs that a `do not` before them turns round. */
const DEEDS = FORGET | SEND | TAKE | RUN | HARM | KEEP | FOLLOW | FETCH | SAY;
const DENIED =
  /(?:\bnot|n't|\bnever|\bavoid|\bcannot|\bwithout|\bdont|\bno longer|\brather than|\binstead of)\s+(?:\w{1,12}\s+){0,2}$/i;

/** Parts that any notice has. */
const FAINT: ReadonlySet<string> = new Set(['must', 'urgent', 'authority', 'unsaid', 'say']);

/** What a demand is worth that is certain; single signs and pairs of weak ones stay below. */
const ENOUGH = 3.5;
/** What it is worth where only one part of it speaks to a model, and that without an address. */
const ENOUGH_UNADDRESSED = 5;
/** What it is worth where somebody took the trouble to disguise it. */
const ENOUGH_DISGUISED = 2.5;
/** How far apart the parts of a demand may be. */
const REACH = 600;

interface Piece {
  readonly name: string;
  readonly kind: string;
  readonly weight: number;
  readonly firm: boolean;
  readonly start: number;
  readonly end: number;
}

/** A demand: what it is a sign of, and from where to where. */
export interface Demand {
  readonly kind: string;
  readonly weight: number;
  readonly parts: readonly {
    readonly name: string;
    readonly weight: number;
    readonly start: number;
    readonly end: number;
  }[];
  readonly start: number;
  readonly end: number;
}

/** Finds what speaks to a model and orders it about: independent signs that are weak alone and certain together. */
export function findDemands(
  signs: Signs,
  disguised = false,
): {
  readonly demands: readonly Demand[];
  readonly addresses: readonly number[];
} {
  const demands: Demand[] = [];
  const addresses: number[] = [];
  let window: Piece[] = [];
  for (let from = 0; from < signs.count; ) {
    const to = sentenceEnd(signs, from);
    for (const piece of piecesOf(signs, from, to)) {
      window = window.filter(({ start }) => piece.end - start <= REACH);
      window.push(piece);
      if (piece.firm && piece.name !== 'address' && piece.weight >= 2) addresses.push(piece.start);
      const address = window.find(({ name, weight }) => name === 'address' && weight >= 1.5);
      if (
        address !== undefined &&
        piece.name !== 'address' &&
        !FAINT.has(piece.name) &&
        addresses[addresses.length - 1] !== address.start
      )
        addresses.push(address.start);
      const demand = demandOf(window, disguised);
      if (demand === undefined) continue;
      demands.push(demand);
      window = [];
    }
    from = to;
  }
  return { demands, addresses };
}

function demandOf(window: readonly Piece[], disguised: boolean): Demand | undefined {
  const best = new Map<string, Piece>();
  for (const piece of window) if ((best.get(piece.name)?.weight ?? 0) < piece.weight) best.set(piece.name, piece);
  let weight = 0;
  let firm = 0;
  let heaviest: Piece | undefined;
  if (!best.has('address')) best.delete('order');
  for (const piece of best.values()) {
    weight += piece.weight;
    if (piece.firm) firm += piece.name === 'address' ? 2 : 1;
    if (piece.name !== 'address' && piece.weight > (heaviest?.weight ?? 0)) heaviest = piece;
  }
  if (
    firm === 0 ||
    weight < (disguised ? ENOUGH_DISGUISED : firm > 1 ? ENOUGH : ENOUGH_UNADDRESSED) ||
    heaviest === undefined
  )
    return undefined;
  const start = Math.min(...window.map((piece) => piece.start));
  return {
    kind: heaviest.kind,
    weight,
    parts: [...best.values()],
    start,
    end: Math.max(...window.map((piece) => piece.end)),
  };
}

const MOST_SIGNS = 48;
const LONGEST_GAP = 160;

/** Index after the last sign of the sentence that begins with the sign at `from`. */
function sentenceEnd({ text, count, starts, ends }: Signs, from: number): number {
  let to = from + 1;
  for (; to < count && to - from < MOST_SIGNS; to++) {
    const gapFrom = ends[to - 1] ?? 0;
    const gapTo = starts[to] ?? 0;
    if (gapTo - gapFrom > LONGEST_GAP || endsBetween(text, gapFrom, gapTo)) break;
  }
  return to;
}

function endsBetween(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0) return true;
    if (unit === 0x2e || unit === 0x21 || unit === 0x3f || unit === 0x3b) {
      const next = text.charCodeAt(i + 1);
      if (
        next === 0x20 ||
        next === 0x0a ||
        next === 0x22 ||
        next === 0x5c ||
        next > 0x2e80 ||
        text.charCodeAt(i - 1) > 0x2e80
      )
        return true;
    } else if (unit === 0x0a) {
      const next = text.charCodeAt(i + 1);
      if (next === 0x0a || next === 0x2d || next === 0x2a || next === 0x23 || next === 0x7c) return true;
    } else if (unit === 0x5c && text.startsWith('\\n', i)) return true;
  }
  return false;
}

function piecesOf(signs: Signs, from: number, to: number): Piece[] {
  const { text, starts, ends } = signs;
  const masks: number[] = [];
  let all = 0;
  const pieces: Piece[] = [];
  for (let at = from; at < to; at++) {
    let mask = signs.masks[at] ?? 0;
    const start = starts[at] ?? 0;
    if ((mask & DEEDS) !== 0 && DENIED.test(text.slice(Math.max(0, start - 24), start))) mask &= ~DEEDS;
    if ((mask & FORGET) !== 0 && isForbidden(signs, at, text, start)) mask &= ~FORGET;
    masks.push(mask);
    all |= mask;
    if ((mask & AGENT) !== 0) {
      const weight = addressWeight(text, start, ends[at] ?? 0);
      if (weight > 0) pieces.push({ name: 'address', kind: OVERRIDE, weight, firm: true, start, end: ends[at] ?? 0 });
    }
  }
  for (const part of PARTS) {
    if (part.groups.some((group) => (all & group) === 0)) continue;
    const piece = pieceOf(signs, part, masks, from);
    if (piece !== undefined) pieces.push(piece);
  }
  return pieces;
}

/** `no olvides`, `vergiss nicht`, `asks it to ignore`: the opposite, or told of somebody. */
function isForbidden({ masks, starts, ends }: Signs, at: number, text: string, start: number): boolean {
  if (at > 0 && ((masks[at - 1] ?? 0) & NEGATION) !== 0 && start - (ends[at - 1] ?? 0) < 4) return true;
  if (((masks[at + 1] ?? 0) & NEGATION) !== 0 && (starts[at + 1] ?? 0) - (ends[at] ?? 0) < 4) return true;
  return TOLD_OF.test(text.slice(Math.max(0, start - 40), start));
}

/** The first place where a part stands: one sign of each group, all within its reach. */
function pieceOf({ text, starts, ends }: Signs, part: Part, masks: readonly number[], from: number): Piece | undefined {
  const { name, kind, groups, within, when } = part;
  const last = groups.map(() => -1);
  for (const [i, mask] of masks.entries()) {
    let hit = false;
    for (const [g, group] of groups.entries()) {
      if ((mask & group) === 0) continue;
      last[g] = i;
      hit = true;
    }
    if (!hit || last.includes(-1)) continue;
    const start = Math.min(...last.map((k) => starts[from + k] ?? 0));
    const end = Math.max(...last.map((k) => ends[from + k] ?? 0));
    if ((starts[from + i] ?? 0) - start > within && groups.length > 1) continue;
    if (when !== undefined && !when(text, start, end)) continue;
    return { name, kind, weight: weightOf(part, text, starts, ends, from, last), firm: part.firm === true, start, end };
  }
  return undefined;
}

const VERBATIM =
  /\b(?:word (?:for|by) word|verbatim|exact(?:ly)?|very first|first (?:line|word|token|character)|in full|code block|leave nothing|nothing out|unabridged|do not summari[sz]e)\b/i;

/** In other languages no grammar looks at the order of the words, so these count in full. */
function weightOf(
  part: Part,
  text: string,
  starts: Uint32Array,
  ends: Uint32Array,
  from: number,
  last: readonly number[],
): number {
  if (part.name === 'extract') {
    const from0 = starts[from] ?? 0;
    return VERBATIM.test(text.slice(from0, from0 + 400)) ? ENOUGH_UNADDRESSED : part.weight;
  }
  if (part.name !== 'forget') return part.weight;
  const at = from + (last[0] ?? 0);
  return OTHER_TONGUE.test(text.slice(starts[at], ends[at])) ? ENOUGH_UNADDRESSED : part.weight;
}
