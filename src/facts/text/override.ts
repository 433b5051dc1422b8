import { ending } from './endings.js';
import {
  ALL,
  EVERYTHING,
  FILLER,
  JOIN,
  LATE_VERB,
  OBJECT,
  REFERENCE,
  RULE,
  STOPS,
  SYSTEM,
  TOLD,
  VERB,
  WEAK_OBJECT,
  YOUR,
} from './lexicon.js';
import { isOfProgram } from './of-programs.js';
import { isOwnRemark } from './own-words.js';
import { APART, gapBefore, type Words } from './words.js';

/** First and last word of what was found. */
export interface WordRange {
  readonly first: number;
  readonly last: number;
}

const LONGEST = 14;
const OBJECTS = OBJECT | WEAK_OBJECT | EVERYTHING;
const PHRASE = REFERENCE | OBJECT | WEAK_OBJECT | ALL | YOUR | EVERYTHING | TOLD | FILLER;

/**
 * A verb of forgetting with instructions as its object: `ignore all previous instructions`, `vergiss, was dir gesagt wurde`,
 * `olvida las instrucciones anteriores`.
 *
 * Only words that belong to such a phrase may stand between verb and object, and the object must be marked as what came
 * before, as all there is, or as the listener's own. `ignore the instructions` alone is ordinary speech.
 */
export function findOverride(words: Words, roles: Uint16Array, verb: number): WordRange | undefined {
  const role = roles[words.ids[verb] ?? 0] ?? 0;
  if (isDenied(words, roles, verb)) return undefined;
  const ahead = walk(words, roles, verb, 1);
  const light = (role & VERB) === 0;
  if (
    isDemand(ahead, light) &&
    !isNarrowed(words, ahead.end) &&
    !(light && isOnPaper(words, ahead.end)) &&
    !isOfProgram(words.text, words.starts[verb] ?? 0, words.ends[ahead.end] ?? 0) &&
    !isOwnRemark(words.text, words.starts[verb] ?? 0, words.ends[ahead.end] ?? 0)
  )
    return { first: verb, last: ahead.end };
  if ((role & LATE_VERB) === 0) return undefined;
  const behind = walk(words, roles, verb, -1);
  return isDemand(behind, false) ? { first: behind.end, last: verb } : undefined;
}

const endsInDenial = ending(/(?:n't|\bnot|\bnever|\bnicht|\bnie|\bcannot|\bdont|\bn')\s*(?:\w{2,10}\s+)?$/i);

/** `do not ignore`, `never forget`: the opposite. */
export function isDenied(words: Words, roles: Uint16Array, verb: number): boolean {
  const start = words.starts[verb] ?? 0;
  const before = words.text.slice(Math.max(0, start - 18), start);
  if (endsInDenial(before)) return true;
  if (/^\s(?:pas|nicht|non|not)\b/i.test(words.text.slice(words.ends[verb] ?? 0, (words.ends[verb] ?? 0) + 8)))
    return true;
  return verb > 0 && gapBefore(words, verb) === 0 && ((roles[words.ids[verb - 1] ?? 0] ?? 0) & STOPS) !== 0;
}

/** `forget everything you know about monads` names its subject, and that is none of the listener's orders. */
const NARROWED =
  /^\s{1,3}(?:\w{1,10}\s+){0,3}?(?:know|knew|think|thought|learne?[dt]|heard|hear|read|believed?|remember|assumed?|said)\s+(?:\w{2,10}\s+)?(?:about|of|on|regarding|concerning)\s+(?!(?:your|my|the\s+(?:previous|system|above|rules|task|user)|this\s+(?:chat|conversation|task)|previous|prior|being|instructions|rules|safety)\b)/i;

/** `delete the old instructions from the README`: an edit of a text. */
const ON_PAPER =
  /^["'`*_]?\s(?:files?|pages?|sections?|blocks?|comments?|document|paragraph|(?:from|in|of|on) (?:the|this|that|our|your) (?:\w+ )?(?:readme|files?|docs?|documentation|wiki|section|chapter|folder|page|manual|guide|repo|repository)|(?:from|in) [\w./-]+\.(?:md|txt|rst|html|ya?ml|json))\b/i;

function isOnPaper(words: Words, last: number): boolean {
  const end = words.ends[last] ?? 0;
  return ON_PAPER.test(words.text.slice(end, end + 60));
}

function isNarrowed(words: Words, last: number): boolean {
  const end = words.ends[last] ?? 0;
  return NARROWED.test(words.text.slice(end, end + 100));
}

interface Walk {
  readonly roles: number;
  readonly end: number;
  /** Whether nothing that narrows the object follows: `everything above` but not `everything above this line`. */
  readonly closed: boolean;
}

function walk(words: Words, roles: Uint16Array, from: number, step: 1 | -1): Walk {
  let seen = 0;
  let end = from;
  let at = from;
  for (let count = 0; count < LONGEST; count++) {
    const next = at + step;
    const gap = next < 0 ? APART : gapBefore(words, step === 1 ? next : at);
    if (gap === APART) return { roles: seen, end, closed: end === at };
    const known = roles[words.ids[next] ?? 0] ?? 0;
    // One unknown word may stand before the object of what came before: `previous moderation instructions`.
    const tolerated =
      gap === 1 && step === 1 && (seen & (REFERENCE | YOUR)) !== 0 && (seen & OBJECTS) === 0 && (known & OBJECT) !== 0;
    const role = gap > 0 && !tolerated ? 0 : known;
    if ((role & PHRASE) === 0)
      return { roles: seen, end, closed: (role & VERB) !== 0 || isClosed(words, roles, end, at) };
    // Once there is an object, a quotation mark or bracket ends the phrase; before, it may be there to break it up.
    if (step === 1 && (seen & OBJECTS) !== 0 && /["()`]/.test(words.text.slice(words.ends[at], words.starts[next])))
      break;
    at = next;
    seen |= role;
    if ((role & (REFERENCE | OBJECT | WEAK_OBJECT | EVERYTHING | TOLD)) !== 0) end = next;
  }
  return { roles: seen, end, closed: true };
}

/** A phrase that goes on with something unknown is closed if `and`, a comma, a colon or a new line comes first. */
function isClosed(words: Words, roles: Uint16Array, end: number, at: number): boolean {
  if (at > end && ((roles[words.ids[end + 1] ?? 0] ?? 0) & JOIN) !== 0) return true;
  return /^["'*_ ]{0,3}[,:\n-]/.test(words.text.slice(words.ends[end], (words.ends[end] ?? 0) + 5));
}

function isDemand({ roles, closed }: Walk, light: boolean): boolean {
  const marked = (roles & (REFERENCE | ALL | YOUR | SYSTEM)) !== 0;
  if ((roles & OBJECT) !== 0 && marked) return !light || (roles & (REFERENCE | YOUR)) !== 0;
  if (light) return false;
  if ((roles & WEAK_OBJECT) !== 0 && (roles & REFERENCE) !== 0 && (roles & (ALL | YOUR)) !== 0) return true;
  if ((roles & WEAK_OBJECT) !== 0 && (roles & REFERENCE) !== 0) return closed;
  if ((roles & RULE) !== 0 && ((roles & YOUR) !== 0 || ((roles & (ALL | TOLD)) !== 0 && closed))) return true;
  if ((roles & EVERYTHING) !== 0) return (roles & TOLD) !== 0 || ((roles & REFERENCE) !== 0 && closed);
  return (roles & TOLD) !== 0 && (roles & REFERENCE) !== 0 && closed;
}
