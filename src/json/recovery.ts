import type { JsonValue } from './json-value.js';
import { matchHere, report, type ScanState } from './scan-state.js';

const NUMBER_LIKE = /[-+.\w]+/y;
const LINE_COMMENT = /(?:\/\/|#)[^\r\n]*/y;
const SPACE = /[ \t\r\n]+/y;
const ODD_SPACE = /[\v\f\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+/y;
const QUOTES: Readonly<Record<string, string>> = {
  "'": "'",
  '`': '`',
  '\u201c': '\u201d',
  '\u201d': '\u201d',
  '\u2018': '\u2019',
};

/** A function, since Node takes time to read such an expression, and most texts are JSON. */
function wordPattern(): RegExp {
  return /[\p{ID_Start}$_][\p{ID_Continue}$-]*/uy;
}

const WORD_HELP: Readonly<Record<string, string>> = {
  NaN: 'JSON has no such number; leave the member out or write a string',
  Infinity: 'JSON has no such number; leave the member out or write a string',
  undefined: 'leave the member out',
  None: 'write `null`',
  nil: 'write `null`',
  NULL: 'write `null`',
  Null: 'write `null`',
  True: 'write `true`',
  TRUE: 'write `true`',
  False: 'write `false`',
  FALSE: 'write `false`',
};

/** Steps over white space, comments and characters that only look like white space, and reports all but the first. */
export function skipOddities(state: ScanState): void {
  for (;;) {
    state.at += matchHere(state, SPACE).length;
    const start = state.at;
    const comment = commentHere(state);
    const space = comment === 0 ? matchHere(state, ODD_SPACE) : '';
    if (comment === 0 && space === '') return;
    state.at += comment + space.length;
    if (comment > 0)
      report(state, 'json-comment', 'JSON has no comments', start, state.at, { help: 'remove the comment' });
    else if (start === 0 && space.startsWith('\ufeff')) {
      report(state, 'json-byte-order-mark', 'the text begins with a byte order mark', start, start + 1, {
        help: 'save the file as UTF-8 without BOM',
      });
    } else {
      const code = state.text.charCodeAt(start).toString(16).toUpperCase().padStart(4, '0');
      report(state, 'json-white-space', `U+${code} is not white space in JSON`, start, state.at, {
        help: 'use spaces, tabs and line ends only',
      });
    }
  }
}

/** Length of the comment that begins at the current offset. */
function commentHere(state: ScanState): number {
  if (!state.text.startsWith('/*', state.at)) return matchHere(state, LINE_COMMENT).length;
  const end = state.text.indexOf('*/', state.at + 2);
  return (end === -1 ? state.text.length : end + 2) - state.at;
}

/** Reports what stands where a value should, and steps over it unless it belongs to what surrounds the value. */
export function readLooseValue(state: ScanState): JsonValue {
  const start = state.at;
  const character = state.text.charAt(start);
  if (character === '' || character === ',' || character === '}' || character === ']') {
    report(state, 'json-missing-value', 'a value is missing here', start, start + 1, {
      help: 'add a value, or remove what announces it',
    });
    state.quietUntil = Math.max(state.quietUntil, start + 1);
    return null;
  }
  const quoted = readLooseString(state);
  if (quoted !== undefined) return quoted;
  const word = matchHere(state, wordPattern());
  if (word !== '') {
    state.at += word.length;
    const help = Object.hasOwn(WORD_HELP, word) ? WORD_HELP[word] : undefined;
    report(state, 'json-unknown-word', `\`${shorten(word)}\` is not a JSON value`, start, state.at, {
      help: help ?? 'text needs double quotes',
    });
    return null;
  }
  if (/[-+.\d]/.test(character)) return readBadNumber(state);
  stepOverCharacter(state);
  return null;
}

/** Reads a key that is not a proper string; undefined when it was no key at all. */
export function readLooseKey(state: ScanState): string | undefined {
  const start = state.at;
  const quoted = readLooseString(state);
  if (quoted !== undefined) return quoted;
  const word = matchHere(state, wordPattern()) || matchHere(state, NUMBER_LIKE);
  if (word === '') {
    stepOverCharacter(state);
    return undefined;
  }
  state.at += word.length;
  report(state, 'json-unquoted-key', `the key \`${shorten(word)}\` is not quoted`, start, state.at, {
    help: `write \`"${shorten(word)}"\``,
  });
  return word;
}

/** Steps over something that begins like a number but is not one. */
export function readBadNumber(state: ScanState): null {
  const start = state.at;
  const run = matchHere(state, NUMBER_LIKE);
  state.at += run.length;
  report(state, 'json-bad-number', `\`${shorten(run)}\` is not a JSON number`, start, state.at, {
    help: numberHelp(run),
  });
  return null;
}

export function reportHugeNumber(state: ScanState, start: number): null {
  report(state, 'json-number-too-large', 'this number is beyond every range', start, state.at, {
    help: 'JSON numbers here stay below 1.8e308; integers of Cedar stay within 64 bits',
  });
  return null;
}

function numberHelp(run: string): string {
  if (/^[-+]?0x/i.test(run)) return 'write the number in decimal';
  if (/^[-+]?(Infinity|NaN)$/.test(run)) return 'JSON has no such number; leave the member out or write a string';
  if (/^[-+]?\d[\d_]*n$/.test(run)) return 'remove the `n`; JSON integers may have any size';
  if (/^-?0\d+$/.test(run)) return 'remove the leading zeros, or quote it if it is text';
  if (run.startsWith('+')) return 'remove the `+`';
  if (/^-?\./.test(run)) return 'write a digit before the point';
  if (/\.(?!\d)/.test(run)) return 'write digits after the point';
  if (/^-?[\d.]*e[-+]?$/i.test(run)) return 'write digits after the `e`';
  if (/^[\d_]+$/.test(run)) return 'remove the `_`';
  return 'if it is text, put it in double quotes';
}

/** A string in quotes that are not `"`, up to the same quote on the same line. */
function readLooseString(state: ScanState): string | undefined {
  const start = state.at;
  const open = state.text.charAt(start);
  const close = Object.hasOwn(QUOTES, open) ? QUOTES[open] : undefined;
  if (close === undefined) return undefined;
  let end = start + 1;
  for (
    let c = state.text.charAt(end);
    c !== close && c !== '' && c !== '\n' && c !== '\r';
    c = state.text.charAt(end)
  ) {
    end += c === '\\' ? 2 : 1;
  }
  end = Math.min(end, state.text.length);
  const closed = state.text.charAt(end) === close;
  state.at = closed ? end + 1 : end;
  report(state, 'json-wrong-quotes', `strings do not stand in \`${open}\``, start, state.at, {
    help: 'use double quotes `"`',
  });
  if (!closed) state.quietUntil = Math.max(state.quietUntil, end);
  return state.text.slice(start + 1, end);
}

function stepOverCharacter(state: ScanState): void {
  const start = state.at;
  const character = String.fromCodePoint(state.text.codePointAt(start) ?? 0);
  state.at += character.length;
  const shown = /[\p{C}\p{Z}]/u.test(character)
    ? `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    : `\`${character}\``;
  report(state, 'json-unexpected-character', `${shown} is unexpected here`, start, state.at, {
    help: 'remove it, or quote it if it is text',
  });
}

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
