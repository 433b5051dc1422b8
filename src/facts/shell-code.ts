import { asksMetadata, computedAddresses } from './code-addresses.js';
import { deletingCall } from './programs-effects-table.js';
import { contact, isUrl, touchMaybe } from './shell-actions.js';
import type { Findings } from './shell-findings.js';
import { type Machine, spend } from './shell-machine.js';
import { noteWord } from './shell-notes.js';
import { hole, plainField } from './shell-values.js';

/** Longer strings are data; their words are names of nothing. */
const longestString = 4096;

/**
 * Reads code of another language as far as every language looks alike: names, and strings with their words. Paths and
 * URLs among the strings count as read and contacted. Nothing is concluded about what the code does with them.
 */
export function readCode(machine: Machine, given: string): void {
  if (!spend(machine, 1 + (given.length >> 4))) return;
  const code = plainer(given);
  const { codeNames } = machine.findings;
  noteWhole(machine, code);
  const imports = readImports(code);
  let joined: string | undefined;
  let mayJoin = false;
  // The path that the strings before make up, where they are joined by a function or by `/`.
  let folder: string | undefined;
  let isListed = false;
  const hasJoin = /\b(?:join|implode)\b/.test(code);
  const endString = (): void => {
    if (joined !== undefined) {
      readString(machine, joined);
      if (folder !== undefined && isListed && /^[\w.*-][\w./*-]{0,255}$/.test(joined)) folder = `${folder}/${joined}`;
      else folder = /^[~/.]/.test(joined) ? joined : undefined;
      if (folder !== undefined && folder !== joined) readString(machine, folder);
      isListed = hasJoin;
    }
    joined = undefined;
    mayJoin = false;
  };
  const mayCompare = /[=!]=|\bin\b/.test(code) && !byName.test(code);
  const unclosed = new Set<string>();
  for (let at = 0; at < code.length; ) {
    const c = code[at] ?? '';
    if ((c === '"' || c === "'" || c === '`') && !unclosed.has(c)) {
      if (c === '`') codeNames.add('`');
      const end = endOfString(code, at + 1, c);
      if (end < 0) {
        unclosed.add(c);
        at++;
        continue;
      }
      if (!mayJoin) endString();
      if (mayCompare && isCompared(code, at, end + 1)) {
        endString();
        at = end + 1;
        continue;
      }
      joined = (joined ?? '') + code.slice(at + 1, end);
      mayJoin = true;
      at = end + 1;
    } else if (isNameStart(c)) {
      endString();
      isListed = false;
      const end = endOfName(code, at);
      // What is taken out of a list by its name, as in `os.environ["PORT"]`, is not the list.
      noteName(machine.findings, code.slice(at, end) + (code[end] === '[' ? '[]' : ''), imports);
      at = end;
    } else {
      // Only these may stand between two strings that make up one.
      if (!/[\s+.()\\]/.test(c)) endString();
      if (c === '/') isListed = folder !== undefined;
      else if (joined === undefined && !/[\s,+()[\]]/.test(c)) isListed = false;
      if (c === '%' && /^x[^\w\s]/.test(code.slice(at + 1, at + 3))) codeNames.add('%x');
      at++;
    }
  }
  endString();
}

const variableRead =
  /\b(?:environ(?:\.get\(|\[)|getenv\(|process\.env\[|ENV\[|ENV\.fetch\()\s{0,8}["'](\w{1,64})["']|\b(?:process|Bun|import\.meta)\.env\.(\w{1,64})/g;

/** Code in which a text that makes up a part of another, or that names a member, stands as it is meant. */
function plainer(given: string): string {
  const code = given.includes('${') ? given.replace(filledIn, '$2') : given;
  return code.includes('getattr') ? code.replace(literalMember, '') : code;
}

/** What is told by the code as a whole. */
function noteWhole(machine: Machine, code: string): void {
  noteVariables(machine, code);
  if (asksMetadata(code)) contact(machine, plainField('169.254.169.254'));
  if (deletingCall.test(code)) machine.findings.effects.add('delete-by-code');
  for (const address of computedAddresses(code)) contact(machine, plainField(address));
}

/** Variables of the environment that code reads by their names count as printed. */
export function noteVariables(machine: Machine, code: string): void {
  for (const [, quoted, member] of code.matchAll(variableRead))
    noteWord(machine, 'printenv', { ...plainField(''), variables: [quoted ?? member ?? ''] }, false);
}

function endOfString(code: string, from: number, quote: string): number {
  for (let i = from; i < code.length; i++) {
    const c = code[i];
    if (c === '\\') i++;
    else if (c === quote) return i;
  }
  return -1;
}

function isNameStart(c: string): boolean {
  return /[A-Za-z_]/.test(c);
}

/** A plain text that is put into another: `delete${"Many"}`. */
const filledIn = /\$\{\s?(["'])(\w{1,64})\1\s?\}/g;
/** `getattr(node, 'id', None)`: a member that is asked for by a plain text is one like any other, and that is read as its name. */
const literalMember = /\bgetattr(?=\s?\(\s?[a-z][\w.]{0,64}\s?,\s?["']\w{1,64}["']\s?[,)](?!\s*\())/g;
/** Ways to what a text names. */
const byName =
  /builtins|\b(?:globals|locals|vars|dir|__import__|import_module|Reflect|globalThis|eval|exec)\b\s*[([.]|__dict__|__getattr|importlib|sys\.modules|\bmodules\b|\bprocess\b|\brequire\b|\bimport\s*\(|send\b|const_get|\bmethod\b|\.call\b|\$\{/;

/** Whether a word in quotes is only compared with another text, and so is the name of nothing here. */
function isCompared(code: string, from: number, end: number): boolean {
  if (!/^\w*$/.test(code.slice(from + 1, end - 1))) return false;
  const before = code.slice(Math.max(0, from - 128), from);
  if (/\bfor\s+[\w, ]{1,32}\bin\s*[[({]?[\s\w"',]{0,64}$/.test(before)) return false;
  if (/(?:[=!]==?|\bin)\s{0,4}(?:[[({]\s{0,4}(?:["']\w{0,32}["']\s{0,4},\s{0,4}){0,8})?$/.test(before)) return true;
  return /^\s{0,4}(?:[=!]==?|in\b)/.test(code.slice(end, end + 16));
}

/** The end of a name with its members: `os.path.join`, `File::Path`, `$x->run`. */
function endOfName(code: string, from: number): number {
  let i = from;
  while (i < code.length) {
    if (/\w/.test(code[i] ?? '')) i++;
    else {
      const joint = /^(?:\?\.|\.|::|->)(?=[A-Za-z_])/.exec(code.slice(i, i + 4))?.[0];
      if (joint === undefined) break;
      i += joint.length;
    }
  }
  return i;
}

/** What names stand for that the code imports: `o` for `os` after `import os as o`. */
function readImports(code: string): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  if (!code.includes('import')) return imports;
  for (const [, module = '', name = ''] of code.matchAll(/\bimport\s+([\w.]{1,64})\s+as\s+(\w{1,64})/g))
    imports.set(name, module);
  for (const [, module = '', names = ''] of code.matchAll(/\bfrom\s+([\w.]{1,64})\s+import\s+([^\n;]{1,512})/g)) {
    for (const one of names.split(',')) {
      const [name = '', as, other = ''] = one.trim().replace(/[()]/g, '').split(/\s+/);
      imports.set(as === 'as' ? other : name, `${module}.${name}`);
    }
  }
  return imports;
}

/** All variables of the environment at once. */
const environments = new Set([
  'process.env',
  'os.environ',
  'os.environb',
  'bun.env',
  'deno.env.toobject',
  'env.to_h',
  'env.to_a',
  'env.inspect',
  'import.meta.env',
]);

function noteName(findings: Findings, text: string, imports: ReadonlyMap<string, string>): void {
  const names = findings.codeNames;
  if (text.length > 256) return;
  const dotted = text.replace(/\?\.|::|->/g, '.');
  const dot = dotted.indexOf('.');
  const first = dot < 0 ? dotted : dotted.slice(0, dot);
  const meant = imports.get(first);
  const whole = (meant === undefined ? dotted : meant + dotted.slice(first.length)).toLowerCase();
  names.add(whole);
  if (environments.has(whole)) findings.printsEnvironment = true;
  const [start, ...members] = whole.split('.');
  if (members.length === 0) return;
  names.add(start ?? '');
  let path = start ?? '';
  for (const member of members.slice(0, 8)) {
    names.add(`.${member}`);
    path += `.${member}`;
    // What is taken out of the environment by its name is not the environment.
    if (path !== whole && !whole.endsWith('environ.get')) names.add(path);
  }
}

/** Words of a string, and the path or URL that it is. */
function readString(machine: Machine, raw: string): void {
  if (raw.length > longestString) return;
  const text = raw.includes('\\') ? unescaped(raw) : raw;
  const { codeNames } = machine.findings;
  // Code in a URL, for an import or an include.
  if (/^data:(?!image|font|audio|video)/i.test(text)) codeNames.add('data:');
  for (const word of text.toLowerCase().split(/[^\w.-]+/)) if (word !== '' && word.length <= 64) codeNames.add(word);
  if (text === '' || text.includes(hole) || text.includes('\0')) return;
  // Several paths in one string, as `glob("/etc/*.d /usr/*")` takes them.
  if (/\s/.test(text)) {
    for (const word of text.split(/\s+/, 64))
      if (/^(?:~\/|\/[\w.*])/.test(word)) touchMaybe(machine, plainField(word.replace(/^~(?=\/)/, machine.home)));
  }
  if (isUrl(text) || (!/\s/.test(text) && /^[~./]|\/|^id_|\.\w{1,8}$/.test(text))) {
    const path = text.replace(/^~(?=\/|$)/, machine.home);
    // A pattern for `glob`; those of the workspace are daily work.
    touchMaybe(machine, { ...plainField(path), pattern: /^\/.*[*?]/.test(path) ? path : undefined });
  }
}

function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|([0-7]{2,3})|(.))/gis,
    (all: string, x?: string, u?: string, braced?: string, octal?: string, other?: string) => {
      const hex = x ?? u ?? braced;
      if (hex !== undefined) return fromCode(Number.parseInt(hex, 16), all);
      if (octal !== undefined) return fromCode(Number.parseInt(octal, 8), all);
      return other === 'n' || other === 't' || other === 'r' ? ' ' : (other ?? all);
    },
  );
}

function fromCode(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}
