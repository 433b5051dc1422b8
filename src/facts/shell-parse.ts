import { type ParsedScript, parse } from 'unbash';
import { liftBodies } from './shell-bodies.js';
import type { Machine } from './shell-machine.js';

/** Substitutions, groups and parentheses nested deeper than this are not read; people write fewer than ten. */
const deepestNesting = 100;
/** In shorter texts no nesting takes long to read. */
const shortText = 1024;
/** More here-documents in one line are not read: the parser goes through all that wait for their text at each. */
const mostWaiting = 32;
/** Words and marks that are read of a command with all the texts in it; some 200,000 characters of ordinary script. */
export const mostWords = 65_536;

/**
 * Parses a script. A parser's time grows with words times depth, so a long text is cut where it nests too deep or has had
 * too many words, and counts as too deep from there on.
 */
export function parseScript(machine: Machine, given: string): ParsedScript {
  const text = given.length <= shortText ? given : liftBodies(machine, given);
  if (text.length <= shortText) {
    machine.words -= text.length >> 3;
    return parse(machine.words >= 0 ? text : cut(machine, text, 0));
  }
  const end = endOfReading(machine, text);
  return parse(end < 0 ? text : cut(machine, text, end));
}

function cut(machine: Machine, text: string, end: number): string {
  machine.findings.reasons.add('too-deep');
  return text.slice(0, end);
}

/** Marks that start a token or an expansion: `"` `$` `&` `'` `(` `)` `;` `<` `>` `` ` `` `{` `|`. */
const marks = new Uint8Array(128);
for (const mark of '"$&\'();<>`{|') marks[mark.charCodeAt(0)] = 1;

/** Marks of patterns, of which each becomes a piece of its word: `*` `?` `[`; two count as a word. */
const isPattern = (c: number): boolean => c === 63 || c === 42 || c === 91;

/** Where the text nests too deep or has no words left, quoted or not, as quotes may be read in more than one way; -1 for nowhere. */
function endOfReading(machine: Machine, text: string): number {
  let depth = 0;
  let wasBlank = true;
  let patterns = 0;
  let waiting = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10) waiting = 0;
    else if (c === 60 && text.charCodeAt(i + 1) === 60 && ++waiting > mostWaiting) return i;
    const isBlank = c === 32 || c === 10 || c === 9;
    if ((wasBlank && !isBlank) || marks[c] === 1) {
      if (--machine.words < 0) return i;
      const opens = c === 40 || (c === 123 && text.charCodeAt(i - 1) === 36);
      if (opens && ++depth > deepestNesting) return i;
    }
    if (isPattern(c) && (++patterns & 1) === 0 && --machine.words < 0) return i;
    wasBlank = isBlank;
    if ((c === 41 || c === 125) && depth > 0) depth--;
  }
  return -1;
}
