import { isIdentifier } from '../ast/names.js';
import { diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { createSource, type Source } from '../text/source.js';
import { type EntityUid, entityUid } from '../values/value.js';

const SPACE = /\p{White_Space}+/uy;
const COMMENT = /\/\/[^\r\n]*/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const ESCAPE = /\\(?:x([0-7][0-9A-Fa-f])|u\{([0-9A-Fa-f][0-9A-Fa-f_]*)\}|(.))|[\\\r]/gsu;
const LONE_SURROGATE = /\p{Surrogate}/u;
const NAMED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/**
 * Reads the name of an entity as Cedar text, `Acme::User::"alice"`, with the escapes of Cedar strings. White space and
 * comments may stand between its parts, as in a policy.
 */
export function parseEntityUid(text: string): Result<EntityUid> {
  const source = createSource(text);
  const parts: string[] = [];
  let at = skipBlank(text, 0);
  while (parts.length === 0 || text.charAt(at) !== '"') {
    const word = matchAt(WORD, text, at);
    if (word === '') return refuse(source, at);
    if (!isIdentifier(word)) return refuseWord(source, at, word);
    parts.push(word);
    at = skipBlank(text, at + word.length);
    if (!text.startsWith('::', at)) return refuse(source, at);
    at = skipBlank(text, at + 2);
  }
  const end = stringEnd(text, at);
  if (end === undefined) return refuse(source, at);
  const rest = skipBlank(text, end);
  if (rest < text.length) return refuse(source, rest);
  const id = unescapeText(text.slice(at + 1, end - 1));
  return id === undefined ? refuseEscape(source, at, end) : success(entityUid(parts.join('::'), id));
}

function matchAt(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? '';
}

/** Offset behind white space and comments. */
function skipBlank(text: string, start: number): number {
  let at = start;
  for (;;) {
    const length = (matchAt(SPACE, text, at) || matchAt(COMMENT, text, at)).length;
    if (length === 0) return at;
    at += length;
  }
}

/** Offset behind the string that begins at `start`; undefined when it is not closed. */
function stringEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    // A backslash before a line end is no escape, and no token of Cedar.
    if (character === '\\' && text.charAt(++at) === '\n') return undefined;
  }
  return undefined;
}

/** The text that stands between the quotes of a Cedar string; undefined when it has an escape that does not exist. */
function unescapeText(raw: string): string | undefined {
  let good = !LONE_SURROGATE.test(raw);
  const text = raw.replace(ESCAPE, (_, hex?: string, digits?: string, letter?: string) => {
    const plain = hex === undefined ? unescapeOther(digits, letter) : String.fromCharCode(Number.parseInt(hex, 16));
    if (plain === undefined) good = false;
    return plain ?? '';
  });
  return good ? text : undefined;
}

function unescapeOther(digits: string | undefined, letter: string | undefined): string | undefined {
  if (digits === undefined) return letter !== undefined && Object.hasOwn(NAMED, letter) ? NAMED[letter] : undefined;
  const bare = digits.replaceAll('_', '');
  const code = Number.parseInt(bare, 16);
  if (bare.length > 6 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
  return String.fromCodePoint(code);
}

function refuse(source: Source, at: number): Result<EntityUid> {
  const labels = [{ source, span: { start: at, end: Math.min(at + 1, source.text.length) } }];
  const message =
    at < source.text.length ? 'this is not an entity uid from here on' : 'this entity uid is not complete';
  return failure([
    diagnostic('bad-entity-uid', message, { labels, help: 'write `Type::"id"`, such as `User::"alice"`' }),
  ]);
}

function refuseWord(source: Source, at: number, word: string): Result<EntityUid> {
  const labels = [{ source, span: { start: at, end: at + word.length } }];
  return failure([
    diagnostic('bad-type-name', `\`${word}\` is reserved`, { labels, help: 'an entity type has another name' }),
  ]);
}

function refuseEscape(source: Source, start: number, end: number): Result<EntityUid> {
  const help = 'the escapes are `\\n \\r \\t \\\\ \\0 \\\' \\"`, `\\x41` up to `\\x7f` and `\\u{1f600}`';
  return failure([
    diagnostic('bad-escape', 'the id holds an escape that does not exist', {
      labels: [{ source, span: { start, end } }],
      help,
    }),
  ]);
}
