import { hole } from './shell-values.js';

/** One step of a glob: a character, or a class of texts. */
type Step =
  | string
  | typeof anyOne
  | typeof anyName
  | typeof anyPath
  | typeof anyBelow
  | typeof anyDigits
  | typeof oneDigit;
const anyOne = 1;
const anyName = 2;
const anyPath = 3;
const anyBelow = 4;
const anyDigits = 5;
const oneDigit = 6;

/** Stands for a part that is nothing but a star, which says nothing about the names it aims at. */
const someName = '\u0001';

/** Stands for any path below a folder that a search walks through, as opposed to a `hole`, which may be anything. */
export const anywhereBelow = '\u0002';

/** Stands for a time, a number or an identifier in hexadecimal digits, of which names of files hold no more than that. */
export const digitsOnly = '\u0003';
/** What such a word may be made of. */
const digit = /[\da-ftz_:+-]/i;

/**
 * Whether some path can match both the host's glob and the pattern of a shell word, and the word aims at it.
 *
 * Two globs nearly always have some path in common, `*.log` and `.env*` for one, so more is asked for: in each part of
 * the path where the host names characters, the shell word names at least one of them too. A part that is a bare `*`
 * only meets wildcards of the host. So `build/*` does not meet every set of file names, while `.e*` meets `.env`.
 * Character classes count as any character. With `everything`, any common path counts.
 */
export function globsOverlap(host: string, shell: string, ignoreCase: boolean, everything = false): boolean {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const mine = shellForm(fold(shell), everything);
  return hostForms(fold(host)).some((one) => overlap(one, mine, everything));
}

/** The last shell pattern as steps: one is compared with many globs of the host in a row. */
let last: { readonly shell: string; readonly everything: boolean; readonly steps: readonly Step[] } | undefined;

function shellForm(shell: string, everything: boolean): readonly Step[] {
  if (last?.shell !== shell || last.everything !== everything) {
    last = { shell, everything, steps: shellSteps(shell, everything) };
  }
  return last.steps;
}

const knownForms = new Map<string, readonly (readonly Step[])[]>();

/** The host's glob as steps, once for each of its alternatives; remembered, as a host's globs are few. */
function hostForms(host: string): readonly (readonly Step[])[] {
  let forms = knownForms.get(host);
  if (forms === undefined) {
    forms = expandHost(host).map(hostSteps);
    if (knownForms.size > 4096) knownForms.clear();
    knownForms.set(host, forms);
  }
  return forms;
}

/**
 * How far the host's current part is met, as bits so that a step of the host can be reached in several ways: nothing of
 * it met yet, met by wildcards of the shell word only, met by one of its characters, or covered by a hole so far.
 */
const untouched = 1;
const guessed = 2;
const named = 4;
const covered = 8;

function overlap(host: readonly Step[], shell: readonly Step[], everything: boolean): boolean {
  if (endsDiffer(host, shell)) return false;
  if (host.length > 256 || shell.length > 1024) return true;
  let reach = new Uint8Array(host.length + 1);
  let next = new Uint8Array(host.length + 1);
  reach[0] = untouched;
  skipStars(host, reach);
  for (let j = 0; j < shell.length; j++) {
    const step = shell[j] ?? '';
    next.fill(0);
    if (typeof step === 'string') takeCharacter(host, reach, next, step);
    else takeWildcard(host, reach, next, step, !everything && (j === 0 || shell[j - 1] === '/'), everything);
    skipStars(host, next);
    [reach, next] = [next, reach];
  }
  return ((reach[host.length] ?? 0) & (untouched | named)) !== 0;
}

/** Whether characters at the start or the end already rule a common path out, which decides most pairs. */
function endsDiffer(host: readonly Step[], shell: readonly Step[]): boolean {
  for (let i = 0; ; i++) {
    const mine = shell[i];
    const theirs = host[i];
    if (typeof mine !== 'string' || typeof theirs !== 'string') break;
    if (mine !== theirs) return true;
  }
  for (let i = 1; ; i++) {
    const mine = shell[shell.length - i];
    const theirs = host[host.length - i];
    if (typeof mine !== 'string' || typeof theirs !== 'string') return false;
    if (mine !== theirs) return true;
  }
}

function put(reach: Uint8Array, at: number, states: number): void {
  reach[at] = (reach[at] ?? 0) | states;
}

/** Stars of the host may match nothing. */
function skipStars(host: readonly Step[], reach: Uint8Array): void {
  for (let i = 0; i < host.length; i++) {
    const step = host[i];
    if (reach[i] !== 0 && (step === anyName || step === anyPath)) put(reach, i + 1, reach[i] ?? 0);
  }
}

/** A slash ends a part: one that only wildcards met is no match, one inside a hole must be followed by a named one. */
function afterSlash(states: number): number {
  return ((states & (untouched | named)) === 0 ? 0 : untouched) | (states & covered);
}

function takeCharacter(host: readonly Step[], reach: Uint8Array, next: Uint8Array, c: string): void {
  for (let i = 0; i < host.length; i++) {
    const states = reach[i] ?? 0;
    if (states === 0) continue;
    const step = host[i];
    if (step === c) put(next, i + 1, c === '/' ? afterSlash(states) : named);
    else if (step === anyOne && c !== '/') put(next, i + 1, states);
    else if (step === anyPath || (step === anyName && c !== '/')) put(next, i, states);
  }
}

function takeWildcard(
  host: readonly Step[],
  reach: Uint8Array,
  next: Uint8Array,
  step: Step,
  noDot: boolean,
  everything: boolean,
): void {
  const isOne = step === anyOne || step === oneDigit;
  const isDigit = step === anyDigits || step === oneDigit;
  const deep = step === anyPath || step === anyBelow;
  const guess = (states: number): number => {
    if (everything) return states;
    if (step === anyPath) return covered;
    return ((states & untouched) === 0 ? 0 : guessed) | (states & ~untouched);
  };
  for (let i = 0; i <= host.length; i++) {
    let states = reach[i] ?? 0;
    if (states === 0) continue;
    if (!isOne) put(next, i, states);
    for (let k = i; k < host.length && states !== 0; k++) {
      const at = host[k];
      if (at === anyName || at === anyPath) {
        put(next, k, states);
        if (isOne) continue;
      } else {
        if (at === '/' && !deep) break;
        if (isDigit && typeof at === 'string' && !digit.test(at)) break;
        if (noDot && k === i && at === '.') break;
        states = at === '/' ? afterSlash(states) : at === anyOne ? states : guess(states);
      }
      put(next, k + 1, states);
      if (isOne) break;
    }
  }
}

function shellSteps(pattern: string, everything: boolean): readonly Step[] {
  const steps: Step[] = [];
  pattern.split('/').forEach((part, index) => {
    if (index > 0) steps.push('/');
    if (!everything && /^[*?]+$/.test(part)) steps.push(someName, someName);
    else addSteps(steps, part, false);
  });
  return steps;
}

function hostSteps(pattern: string): readonly Step[] {
  const steps: Step[] = [];
  addSteps(steps, pattern, true);
  return steps;
}

function addSteps(steps: Step[], pattern: string, isHost: boolean): void {
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? '';
    const next = pattern[i + 1];
    if (c === '\\' && next !== undefined) {
      steps.push(next);
      i++;
    } else if (c === hole) steps.push(anyPath);
    else if (c === anywhereBelow && !isHost) steps.push(anyBelow);
    else if (c === digitsOnly && !isHost) steps.push(oneDigit, anyDigits);
    else if (isHost && /[?*+@!]/.test(c) && next === '(') {
      steps.push(anyName);
      i = endOf(pattern, i + 1, ')');
    } else if (c === '*') {
      const double = isHost && next === '*';
      steps.push(double ? anyPath : anyName);
      if (double) i++;
    } else if (c === '?') steps.push(anyOne);
    else if (c === '[' && pattern.indexOf(']', i + 2) > 0) {
      steps.push(anyOne);
      i = pattern.indexOf(']', i + 2);
    } else steps.push(c);
  }
}

function endOf(pattern: string, from: number, close: string): number {
  const end = pattern.indexOf(close, from);
  return end < 0 ? pattern.length : end;
}

/** The plain alternatives of braces and of `/**` for no folder at all; about 64 at most, which no real set exceeds. */
function expandHost(pattern: string): readonly string[] {
  if (pattern.length > 1024) return [pattern];
  const results: string[] = [];
  const open = /\{([^{}]*)\}/.exec(pattern);
  if (open !== null) {
    for (const choice of (open[1] ?? '').split(',')) {
      results.push(...expandHost(pattern.slice(0, open.index) + choice + pattern.slice(open.index + open[0].length)));
      if (results.length > 64) break;
    }
    return results;
  }
  const deep = /\/\*\*(?=\/|$)/.exec(pattern.slice(1));
  if (deep === null) return [pattern];
  const at = deep.index + 1;
  return [pattern, pattern.slice(0, at) + pattern.slice(at + 3)];
}
