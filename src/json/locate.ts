import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Source, Span } from '../text/source.js';
import { MAX_JSON_DEPTH } from './json-value.js';
import { pointerKeys } from './pointer.js';

/** Pointers that are looked for, as a tree of their keys. */
interface Wanted {
  readonly members: Map<string, Wanted>;
  /** The pointers that end here; two spellings may mean one place. */
  readonly pointers: string[];
}

/**
 * Where the value of a JSON pointer stands in JSON text, or undefined when there is none. Of repeated keys the first
 * counts. The text may be faulty: what stands before the fault is found.
 */
export function locatePointer(source: Source, pointer: string): Span | undefined {
  return locatePointers(source, [pointer]).get(pointer);
}

/** Like `locatePointer` for many pointers in one pass over the text; pointers without a value are left out. */
export function locatePointers(source: Source, pointers: Iterable<string>): ReadonlyMap<string, Span> {
  const root: Wanted = { members: new Map(), pointers: [] };
  for (const pointer of new Set(pointers)) {
    const keys = pointerKeys(pointer);
    if (keys !== undefined && keys.length <= MAX_JSON_DEPTH) want(root, keys).pointers.push(pointer);
  }
  const search = new Search(source.text);
  search.readValue(root);
  return search.found;
}

/**
 * Gives each diagnostic that has a JSON pointer but no label the name of the file and the place of what the pointer
 * means, or of the nearest thing around it that exists.
 */
export function locateDiagnostics(source: Source, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const missing = diagnostics.filter((d) => d.labels.length === 0 && d.pointer !== undefined);
  if (missing.length === 0) return diagnostics;
  const spans = locatePointers(
    source,
    missing.flatMap((d) => withPrefixes(d.pointer ?? '')),
  );
  return diagnostics.map((d) => {
    if (d.labels.length > 0 || d.pointer === undefined) return d;
    const nearest = withPrefixes(d.pointer).find((pointer) => spans.has(pointer));
    const span = nearest === undefined ? undefined : spans.get(nearest);
    const file = d.file ?? source.name;
    return { ...d, ...(file === undefined ? {} : { file }), labels: span === undefined ? [] : [{ source, span }] };
  });
}

/** A pointer and all pointers to what is around it, the longest first. */
function withPrefixes(pointer: string): readonly string[] {
  const all = [pointer];
  for (let end = pointer.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : pointer.lastIndexOf('/', end - 1))
    all.push(pointer.slice(0, end));
  return all;
}

function want(root: Wanted, keys: readonly string[]): Wanted {
  let node = root;
  for (const key of keys) {
    let next = node.members.get(key);
    if (next === undefined) {
      next = { members: new Map(), pointers: [] };
      node.members.set(key, next);
    }
    node = next;
  }
  return node;
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /[^\s,:{}[\]"]+/y;

class Search {
  readonly found = new Map<string, Span>();
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads the value at the current offset and what is wanted in it; false when the text is not JSON here. */
  readValue(wanted: Wanted): boolean {
    this.skip(SPACE);
    const start = this.at;
    const opener = this.text.charAt(start);
    const isContainer = opener === '{' || opener === '[';
    const complete =
      isContainer && wanted.members.size > 0 ? this.readMembers(wanted, opener === '{') : this.skipValue();
    for (const pointer of wanted.pointers)
      if (!this.found.has(pointer) && this.at > start) this.found.set(pointer, { start, end: this.at });
    return complete;
  }

  private readMembers(wanted: Wanted, keyed: boolean): boolean {
    const seen = new Set<string>();
    this.at++;
    for (let index = 0; ; index++) {
      this.skip(SPACE);
      const key = keyed ? this.readKey() : String(index);
      const next = key === undefined || seen.has(key) ? undefined : wanted.members.get(key);
      if (next !== undefined && key !== undefined) seen.add(key);
      const complete = next === undefined ? this.skipValue() : this.readValue(next);
      if (!complete) return this.closes(keyed);
      this.skip(SPACE);
      if (this.text.charAt(this.at) !== ',') return this.closes(keyed);
      this.at++;
    }
  }

  private closes(keyed: boolean): boolean {
    const closed = this.text.charAt(this.at) === (keyed ? '}' : ']');
    if (closed) this.at++;
    return closed;
  }

  private readKey(): string | undefined {
    const start = this.at;
    if (!this.skipString()) return undefined;
    const raw = this.text.slice(start, this.at);
    this.skip(SPACE);
    if (this.text.charAt(this.at) === ':') this.at++;
    this.skip(SPACE);
    if (!raw.includes('\\')) return raw.slice(1, -1);
    try {
      return String(JSON.parse(raw));
    } catch {
      return undefined;
    }
  }

  /** Steps over a value without recursion. */
  private skipValue(): boolean {
    this.skip(SPACE);
    for (let level = 0; this.at < this.text.length; ) {
      const character = this.text.charAt(this.at);
      if (character === '"') {
        if (!this.skipString()) return false;
      } else if (character === '{' || character === '[') {
        level++;
        this.at++;
      } else if (level > 0 && (character === '}' || character === ']')) {
        level--;
        this.at++;
      } else if (level === 0) {
        return this.skip(SCALAR) !== '';
      } else this.at++;
      if (level === 0) return true;
    }
    return false;
  }

  /** Steps over a string; false when there is none or it has no end. */
  private skipString(): boolean {
    const { text } = this;
    if (text.charAt(this.at) !== '"') return false;
    for (let at = this.at + 1; at < text.length; at++) {
      const character = text.charAt(at);
      if (character === '"') {
        this.at = at + 1;
        return true;
      }
      if (character === '\\') at++;
    }
    this.at = text.length;
    return false;
  }

  private skip(sticky: RegExp): string {
    sticky.lastIndex = this.at;
    const token = sticky.exec(this.text)?.[0] ?? '';
    this.at += token.length;
    return token;
  }
}
