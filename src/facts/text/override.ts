import { ALL, EVERYTHING, FILLER, LATE_VERB, LIGHT_VERB, OBJECT, REFERENCE, STOPS, TOLD, VERB, WEAK_OBJECT, YOUR } from './lexicon.js';
import { APART, gapBefore, type Words } from './words.js';

/** First and last word of what was found. */
export interface WordRange {
  readonly first: number;
  readonly last: number;
}

const LONGEST = 14;

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
  if (isDemand(ahead, (role & VERB) === 0)) return { first: verb, last: ahead.end };
  if ((role & LATE_VERB) === 0) return undefined;
  const behind = walk(words, roles, verb, -1);
  return isDemand(behind, false) ? { first: behind.end, last: verb } : undefined;
}

/** `do not ignore`, `never forget`: the opposite. */
function isDenied(words: Words, roles: Uint16Array, verb: number): boolean {
  const start = words.starts[verb] ?? 0;
  const before = words.text.slice(Math.max(0, start - 18), start);
  if (/(?:n't|\bnot|\bnever|\bnicht|\bnie|\bcannot|\bdont|\bn')\s*(?:\w{2,10}\s+)?$/i.test(before)) return true;
  return verb > 0 && gapBefore(words, verb) === 0 && ((roles[words.ids[verb - 1] ?? 0] ?? 0) & STOPS) !== 0;
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
  let closed = true;
  for (let count = 0; count < LONGEST; count++) {
    const next = at + step;
    if (next < 0 || next >= words.count) break;
    const gap = gapBefore(words, step === 1 ? next : at);
    if (gap === APART) break;
    const role = roles[words.ids[next] ?? 0] ?? 0;
    if (gap > 0) {
      closed = false;
      break;
    }
    // Once there is an object, a quotation mark or bracket ends the phrase; before, it may be there to break it up.
    if ((seen & (OBJECT | WEAK_OBJECT | EVERYTHING)) !== 0 && step === 1 && /["()`]/.test(words.text.slice(words.ends[at], words.starts[next]))) break;
    if ((role & (REFERENCE | OBJECT | WEAK_OBJECT | ALL | YOUR | EVERYTHING | TOLD | FILLER)) === 0) {
      closed = (role & VERB) !== 0;
      break;
    }
    at = next;
    seen |= role;
    if ((role & (REFERENCE | OBJECT | WEAK_OBJECT | EVERYTHING | TOLD)) !== 0) end = next;
  }
  // A phrase that trails off in articles goes on with something unknown, which is then what is meant.
  return { roles: seen, end, closed: closed || end === at };
}

function isDemand({ roles, closed }: Walk, light: boolean): boolean {
  const marked = (roles & (REFERENCE | ALL | YOUR)) !== 0;
  if ((roles & OBJECT) !== 0 && marked) return !light || (roles & (REFERENCE | YOUR)) !== 0;
  if (light) return false;
  if ((roles & WEAK_OBJECT) !== 0 && (roles & REFERENCE) !== 0 && (roles & (ALL | YOUR)) !== 0) return true;
  if ((roles & WEAK_OBJECT) !== 0 && (roles & REFERENCE) !== 0) return closed;
  if ((roles & EVERYTHING) !== 0) return (roles & TOLD) !== 0 || ((roles & REFERENCE) !== 0 && closed);
  return (roles & TOLD) !== 0 && (roles & REFERENCE) !== 0 && closed;
}
