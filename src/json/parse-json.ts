import { type Diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { Source } from '../text/source.js';
import { createJsonObject, JsonFraction, type JsonValue, MAX_JSON_DEPTH } from './json-value.js';
import { locatePointers } from './locate.js';
import type { JsonStep } from './pointer.js';
import { readStringSlowly } from './read-string.js';
import { readBadNumber, readLooseKey, readLooseValue, reportHugeNumber, skipOddities } from './recovery.js';
import { abandon, report, type ScanState } from './scan-state.js';

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Integers of at most this many digits are exact in a double while they are added up. */
const EXACT_DIGITS = 15;
const FRACTION = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD_CHARACTER = /[\w$]/;
const VALUE_START = /["'{[\w+.-]/;
const KEY_START = /["'\w$]/;

/**
 * Reads JSON text strictly (RFC 8259) and exactly: integers keep their value, other numbers their text, an object must
 * not repeat a key, a string must not hold half a surrogate pair, and at most `MAX_JSON_DEPTH` containers may stand
 * inside each other. A mistake does not end the reading: up to 100 are reported, each with its place.
 */
export function parseJson(source: Source): Result<JsonValue> {
  const reader = new JsonReader(source);
  const value = reader.readDocument();
  return reader.problems.length === 0 ? success(value) : failure(withFirstUses(source, reader.problems));
}

/** Adds to each repeated key where it stood first. */
function withFirstUses(source: Source, problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const repeated = problems.flatMap((p) =>
    p.code === 'json-duplicate-key' && p.pointer !== undefined ? [p.pointer] : [],
  );
  if (repeated.length === 0) return problems;
  const firsts = locatePointers(source, repeated);
  return problems.map((p) => {
    const span = p.code === 'json-duplicate-key' ? firsts.get(p.pointer ?? '') : undefined;
    return span === undefined ? p : { ...p, labels: [...p.labels, { source, span, message: 'its first value' }] };
  });
}

class JsonReader implements ScanState {
  readonly source: Source;
  readonly text: string;
  readonly problems: Diagnostic[] = [];
  readonly path: JsonStep[] = [];
  at = 0;
  depth = 0;
  quietUntil = 0;

  constructor(source: Source) {
    this.source = source;
    this.text = source.text;
  }

  readDocument(): JsonValue {
    if (this.peek() === -1) {
      report(this, 'json-empty', 'there is no JSON value', 0, this.text.length, {
        help: 'write at least `null`, `{}` or `[]`',
      });
      return null;
    }
    const value = this.readValue();
    if (this.peek() !== -1) this.readExtraText();
    return value;
  }

  /** Code of the next character that is not white space, or -1 at the end. */
  private peek(): number {
    const { text } = this;
    let at = this.at;
    let code = text.charCodeAt(at);
    while (code === SPACE || code === LINE_FEED || code === RETURN || code === TAB) code = text.charCodeAt(++at);
    this.at = at;
    return at < text.length ? code : -1;
  }

  /** Like `peek`, past comments and odd spaces, which it reports. */
  private peekBeyondOddities(): number {
    skipOddities(this);
    return this.peek();
  }

  private readValue(): JsonValue {
    const code = this.peek();
    switch (code) {
      case QUOTE:
        return this.readString();
      case OPEN_BRACE:
        return this.readObject();
      case OPEN_BRACKET:
        return this.readArray();
      case 116:
        return this.readLiteral('true', true);
      case 102:
        return this.readLiteral('false', false);
      case 110:
        return this.readLiteral('null', null);
      default:
        if (code === MINUS || (code >= ZERO && code <= NINE)) return this.readNumber();
        return this.readUnusualValue();
    }
  }

  private readUnusualValue(): JsonValue {
    const before = this.at;
    this.peekBeyondOddities();
    return this.at > before ? this.readValue() : readLooseValue(this);
  }

  private readLiteral(word: string, value: boolean | null): JsonValue {
    const end = this.at + word.length;
    if (!this.text.startsWith(word, this.at) || WORD_CHARACTER.test(this.text.charAt(end))) return readLooseValue(this);
    this.at = end;
    return value;
  }

  private readString(): string {
    const { text } = this;
    const start = this.at + 1;
    let at = start;
    let code = text.charCodeAt(at);
    while (code >= SPACE && code !== QUOTE && code !== BACKSLASH && (code & 0xf800) !== 0xd800)
      code = text.charCodeAt(++at);
    if (code === QUOTE) {
      this.at = at + 1;
      return text.slice(start, at);
    }
    this.at = at;
    return readStringSlowly(this, start);
  }

  private readNumber(): JsonValue {
    const { text } = this;
    const start = this.at;
    const negative = text.charCodeAt(start) === MINUS;
    const first = negative ? start + 1 : start;
    let at = first;
    let sum = 0;
    let code = text.charCodeAt(at);
    while (code >= ZERO && code <= NINE) {
      sum = sum * 10 + (code - ZERO);
      code = text.charCodeAt(++at);
    }
    const digits = at - first;
    if (digits === 0 || (digits > 1 && text.charCodeAt(first) === ZERO)) return readBadNumber(this);
    if (isNumberTail(code)) return this.readFraction();
    this.at = at;
    if (digits <= EXACT_DIGITS) {
      if (!negative) return sum;
      return sum === 0 ? new JsonFraction('-0') : -sum;
    }
    if (!Number.isFinite(sum)) return reportHugeNumber(this, start);
    const exact = BigInt(text.slice(start, at));
    const small = Number(exact);
    return Number.isSafeInteger(small) ? small : exact;
  }

  private readFraction(): JsonValue {
    FRACTION.lastIndex = this.at;
    const token = FRACTION.exec(this.text)?.[0] ?? '';
    const end = this.at + token.length;
    if (token === '' || isNumberTail(this.text.charCodeAt(end))) return readBadNumber(this);
    const start = this.at;
    this.at = end;
    return Number.isFinite(Number(token)) ? new JsonFraction(token) : reportHugeNumber(this, start);
  }

  private readArray(): JsonValue {
    const open = this.at++;
    const values: JsonValue[] = [];
    if (this.depth >= MAX_JSON_DEPTH) return this.skipTooDeep(open);
    const level = this.depth++;
    this.path[level] = 0;
    if (this.peek() === CLOSE_BRACKET) this.at++;
    else {
      do {
        this.path[level] = values.length;
        values.push(this.readValue());
      } while (this.continueAfterMember(open, CLOSE_BRACKET));
    }
    this.depth = level;
    return values;
  }

  private readObject(): JsonValue {
    const open = this.at++;
    const object = createJsonObject();
    if (this.depth >= MAX_JSON_DEPTH) return this.skipTooDeep(open);
    const level = this.depth++;
    this.path[level] = '';
    if (this.peek() === CLOSE_BRACE) this.at++;
    else {
      do this.readMember(object, level);
      while (this.continueAfterMember(open, CLOSE_BRACE));
    }
    this.depth = level;
    return object;
  }

  private readMember(object: Record<string, JsonValue>, level: number): void {
    const code = this.peek();
    const keyStart = this.at;
    const key = code === QUOTE ? this.readString() : this.readUnusualKey();
    if (key === undefined) return;
    const keyEnd = this.at;
    if (this.peek() === COLON) this.at++;
    else if (!this.findColon(key, keyStart, keyEnd)) return;
    this.path[level] = key;
    const value = this.readValue();
    if (object[key] === undefined) object[key] = value;
    else {
      report(
        this,
        'json-duplicate-key',
        `the key ${JSON.stringify(key)} stands twice in this object`,
        keyStart,
        keyEnd,
        {
          help: 'keep one of the two',
          data: { key },
        },
      );
    }
  }

  private readUnusualKey(): string | undefined {
    const code = this.peekBeyondOddities();
    if (code === QUOTE) return this.readString();
    if (code === -1 || code === CLOSE_BRACE || code === CLOSE_BRACKET) return undefined;
    if (code === COMMA) {
      report(this, 'json-missing-value', 'a member is missing before this comma', this.at, this.at + 1, {
        help: 'remove the comma',
      });
      this.quietUntil = Math.max(this.quietUntil, this.at + 1);
      return undefined;
    }
    return readLooseKey(this);
  }

  /** What to do when no colon follows a key; false when there is no value to read either. */
  private findColon(key: string, keyStart: number, keyEnd: number): boolean {
    const code = this.peekBeyondOddities();
    if (code === COLON) {
      this.at++;
      return true;
    }
    const sign = /=>?/y;
    sign.lastIndex = this.at;
    const found = sign.exec(this.text)?.[0] ?? '';
    report(this, 'json-missing-colon', `no \`:\` follows the key ${JSON.stringify(key)}`, keyStart, keyEnd, {
      help: 'write `"key": value`',
    });
    this.at += found.length;
    return found !== '' || VALUE_START.test(this.text.charAt(this.at));
  }

  /** Reads the comma or the closing bracket behind a member; true when another member is to be read. */
  private continueAfterMember(open: number, close: number): boolean {
    let code = this.peek();
    for (;;) {
      if (code === COMMA) return this.continueAfterComma(close);
      if (code === close) {
        this.at++;
        return false;
      }
      const before = this.at;
      code = this.peekBeyondOddities();
      if (this.at > before) continue;
      if (code === -1 || code === CLOSE_BRACE || code === CLOSE_BRACKET) return this.closeWrongly(open, code);
      if ((close === CLOSE_BRACE ? KEY_START : VALUE_START).test(this.text.charAt(this.at))) {
        report(this, 'json-missing-comma', 'a comma is missing before this', before, before + 1, {
          help: 'put a `,` between the two',
        });
        return true;
      }
      readLooseKey(this);
      code = this.peek();
    }
  }

  private continueAfterComma(close: number): boolean {
    const comma = this.at++;
    let code = this.peek();
    if (code === close || code < SPACE || code === 35 || code === 47 || code > 126) code = this.peekBeyondOddities();
    if (code !== close) return true;
    report(this, 'json-trailing-comma', 'the last member is followed by a comma', comma, comma + 1, {
      help: 'remove the comma',
    });
    this.at++;
    return false;
  }

  /** The text, or a bracket of the other kind, ends a container; always false. */
  private closeWrongly(open: number, code: number): false {
    const opener = this.text.charAt(open);
    const ownKind = opener === '{' ? 'string' : 'number';
    const belongsOutside = code !== -1 && this.path.slice(0, this.depth - 1).some((step) => typeof step !== ownKind);
    if (code === -1 || belongsOutside) {
      report(this, 'json-unclosed', `this \`${opener}\` is not closed`, open, open + 1, {
        help: `add \`${opener === '{' ? '}' : ']'}\``,
      });
      if (code === -1) abandon(this);
      return false;
    }
    const closer = this.text.charAt(this.at);
    report(this, 'json-wrong-bracket', `\`${closer}\` does not close \`${opener}\``, this.at, this.at + 1, {
      help: `write \`${opener === '{' ? '}' : ']'}\``,
    });
    this.at++;
    return false;
  }

  /** Steps over a container that is nested too deeply, without recursion. */
  private skipTooDeep(open: number): null {
    report(
      this,
      'json-too-deep',
      `more than ${MAX_JSON_DEPTH} objects and arrays stand inside each other`,
      open,
      open + 1,
      {
        help: 'flatten the data',
        data: { limit: MAX_JSON_DEPTH },
      },
    );
    let level = 1;
    while (level > 0 && this.at < this.text.length) {
      const code = this.text.charCodeAt(this.at);
      if (code === QUOTE) this.readString();
      else {
        if (code === OPEN_BRACE || code === OPEN_BRACKET) level++;
        else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) level--;
        this.at++;
      }
    }
    return null;
  }

  private readExtraText(): void {
    const code = this.peekBeyondOddities();
    if (code === -1) return;
    const start = this.at;
    const isLines = code === OPEN_BRACE || code === OPEN_BRACKET;
    report(this, 'json-extra-text', 'text follows the JSON value', start, start + 1, {
      help: isLines ? 'put several values into one array `[..., ...]`' : 'remove it',
    });
    abandon(this);
  }
}

/** Whether a character would make the digits before it part of something longer. */
function isNumberTail(code: number): boolean {
  return (
    code === POINT ||
    (code >= ZERO && code <= NINE) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 97 && code <= 122) ||
    code === MINUS ||
    code === 43
  );
}
