import { abandon, matchHere, report, type ScanState } from './scan-state.js';

const QUOTE = 34;
const BACKSLASH = 92;
const ESCAPED: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const HEX = /[0-9A-Fa-f]{4}/y;
const LOW_ESCAPE = /\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}/y;
const NEXT_LINE_LOOKS_LIKE_JSON = /[\r\n]\s{0,200}(?:["{}[\]]|$)/y;

/**
 * Reads the rest of a string that is not plain: it holds an escape, a character beyond U+FFFF, or a mistake. `state.at`
 * is at the first such place, `start` behind the opening quote; afterwards `state.at` is behind the closing quote.
 */
export function readStringSlowly(state: ScanState, start: number): string {
  const { text } = state;
  let out = '';
  let from = start;
  for (;;) {
    const code = skipPlain(state);
    if (code === QUOTE) {
      out += text.slice(from, state.at++);
      return out;
    }
    if (code === BACKSLASH) {
      out += text.slice(from, state.at) + readEscape(state);
      from = state.at;
    } else if (Number.isNaN(code)) {
      report(state, 'json-unclosed-string', 'this string is not closed', start - 1, text.length, {
        help: 'add the closing `"`',
      });
      abandon(state);
      return out + text.slice(from);
    } else if (code < 32) {
      if ((code === 10 || code === 13) && matchHere(state, NEXT_LINE_LOOKS_LIKE_JSON) !== '')
        return endAtLineEnd(state, start);
      reportControlCharacter(state, code);
      state.at++;
    } else stepOverSurrogate(state, code);
  }
}

/** Steps over characters that need no care; the code of the first that does, NaN at the end. */
function skipPlain(state: ScanState): number {
  const { text } = state;
  let at = state.at;
  let code = text.charCodeAt(at);
  while (code >= 32 && code !== QUOTE && code !== BACKSLASH && (code & 0xf800) !== 0xd800) code = text.charCodeAt(++at);
  state.at = at;
  return code;
}

/** A string whose quote was forgotten ends with its line, before the punctuation that was meant to follow it. */
function endAtLineEnd(state: ScanState, start: number): string {
  const lineEnd = state.at;
  let end = lineEnd;
  while (end > start && /[\s,}\]]/.test(state.text.charAt(end - 1))) end--;
  report(state, 'json-unclosed-string', 'this string is not closed on its line', start - 1, lineEnd, {
    help: 'add the closing `"`; a line end inside a string is written `\\n`',
  });
  state.quietUntil = Math.max(state.quietUntil, lineEnd);
  state.at = end;
  return state.text.slice(start, end);
}

function readEscape(state: ScanState): string {
  const start = state.at;
  const letter = state.text.charAt(start + 1);
  if (letter === 'u') return readUnicodeEscape(state);
  const plain = ESCAPED[letter];
  if (plain !== undefined) {
    state.at = start + 2;
    return plain;
  }
  // An escaped line end or surrogate is judged again as the character it is.
  state.at = start + (/[\s\ud800-\udfff]/.test(letter) || letter === '' ? 1 : 2);
  report(
    state,
    'json-bad-escape',
    `\`${state.text.slice(start, state.at)}\` is not an escape of JSON`,
    start,
    state.at,
    { help: escapeHelp(letter) },
  );
  return '';
}

function escapeHelp(letter: string): string {
  if (letter === "'") return "a `'` needs no backslash";
  if (letter === 'x') return 'write `\\u00` and the two digits';
  if (letter === '0') return 'write `\\u0000`';
  return 'the escapes are `\\" \\\\ \\/ \\b \\f \\n \\r \\t` and `\\u` with four hex digits; a backslash itself is written `\\\\`';
}

function readUnicodeEscape(state: ScanState): string {
  const start = state.at;
  state.at += 2;
  const digits = matchHere(state, HEX);
  if (digits === '') {
    report(state, 'json-bad-escape', '`\\u` needs four hex digits', start, start + 2, {
      help: 'write for example `\\u00e9`',
    });
    return '';
  }
  state.at += 4;
  const unit = Number.parseInt(digits, 16);
  if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
  const low = unit < 0xdc00 ? matchHere(state, LOW_ESCAPE) : '';
  if (low !== '') {
    state.at += 6;
    return String.fromCharCode(unit, Number.parseInt(low.slice(2), 16));
  }
  reportLoneSurrogate(state, start, state.at);
  return '\ufffd';
}

function stepOverSurrogate(state: ScanState, code: number): void {
  const next = state.text.charCodeAt(state.at + 1);
  if (code < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
    state.at += 2;
    return;
  }
  reportLoneSurrogate(state, state.at, state.at + 1);
  state.at++;
}

function reportLoneSurrogate(state: ScanState, start: number, end: number): void {
  report(state, 'json-lone-surrogate', 'half of a surrogate pair is not a character', start, end, {
    help: 'characters beyond U+FFFF are written as they are or as two `\\u` escapes, `\\ud800`-`\\udbff` then `\\udc00`-`\\udfff`',
  });
}

function reportControlCharacter(state: ScanState, code: number): void {
  const hex = code.toString(16).padStart(4, '0');
  const short: Readonly<Record<number, string>> = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' };
  report(
    state,
    'json-control-character',
    `the control character U+${hex.toUpperCase()} stands in a string`,
    state.at,
    state.at + 1,
    {
      help: `write \`${short[code] ?? `\\u${hex}`}\``,
    },
  );
}
