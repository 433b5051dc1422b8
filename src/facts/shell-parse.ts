import { type ParsedScript, parse } from 'unbash';
import type { Findings } from './shell-findings.js';

/** Substitutions, groups and parentheses nested deeper than this are not read; people write fewer than ten. */
const deepestNesting = 100;
/** In shorter texts no nesting takes long to read. */
const shortText = 1024;

/**
 * Parses a script. A parser's time grows with text times depth, so a long text is cut where it nests too deep, and
 * counts as too deep from there on.
 */
export function parseScript(findings: Findings, text: string): ParsedScript {
  if (text.length <= shortText) return parse(text);
  const end = tooDeepAt(text);
  if (end < 0) return parse(text);
  findings.reasons.add('too-deep');
  return parse(text.slice(0, end));
}

/** Where the text nests too deep, quoted or not, as quotes may be read in more than one way; -1 for nowhere. */
function tooDeepAt(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const opens = c === 40 || (c === 123 && text.charCodeAt(i - 1) === 36);
    if (opens) {
      if (++depth > deepestNesting) return i;
    } else if ((c === 41 || c === 125) && depth > 0) depth--;
  }
  return -1;
}
