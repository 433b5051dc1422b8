import type { Arguments } from './programs-options.js';
import { type Field, hole, type Output, textOutput } from './shell-values.js';

/** Programs that decode what passes through them. */
const decoders = new Set([
  'base64',
  'base32',
  'basenc',
  'xxd',
  'uudecode',
  'rev',
  'tr',
  'openssl',
  'gpg',
  'gzip',
  'gunzip',
  'zcat',
  'bzcat',
  'xzcat',
  'bzip2',
  'bunzip2',
  'xz',
  'unxz',
  'zstd',
  'unzstd',
  'zstdcat',
  'iconv',
  'jq',
  'od',
  'hexdump',
  'sed',
  'awk',
  'cut',
  'python',
  'perl',
  'node',
  'ruby',
  'php',
]);
/** Of these only with a flag that says so. */
const decodingFlag: Readonly<Record<string, readonly string[]>> = {
  base64: ['-d', '-D', '--decode'],
  base32: ['-d'],
  basenc: ['-d'],
  xxd: ['-r'],
  openssl: ['-d'],
  gpg: ['-d'],
  gzip: ['-d'],
  bzip2: ['-d'],
  xz: ['-d'],
  zstd: ['-d'],
  jq: ['-r', '-j'],
};

/** Whether a program with these flags turns hidden text into plain text. */
export function isDecoder(name: string, args: Arguments): boolean {
  if (!decoders.has(name)) return false;
  const wanted = decodingFlag[name];
  return wanted === undefined || args.flags.some((flag) => wanted.includes(flag.name));
}

/** What `echo` prints. */
export function echoOutput(fields: readonly Field[]): Output {
  let from = 1;
  let escapes = false;
  let lineEnd = '\n';
  for (; from < fields.length; from++) {
    const flags = /^-([neE]+)$/.exec(fields[from]?.text ?? '')?.[1];
    if (flags === undefined) break;
    if (flags.includes('n')) lineEnd = '';
    if (flags.includes('e')) escapes = true;
  }
  const words = fields.slice(from);
  const text = words.map((field) => field.text).join(' ');
  const unknown = words.some((field) => field.unknown !== undefined || field.pattern !== undefined);
  const stream = words.find((field) => field.origin !== undefined)?.origin;
  const found = words.filter((field) => field.pattern !== undefined);
  const paths = found.length === 0 ? undefined : found.slice(0, 8);
  const flags = { decoded: stream?.decoded ?? false, fetched: stream?.fetched ?? false, paths, assumed: unknown };
  if (unknown)
    return { text: text.includes(hole) || text === '' || paths !== undefined ? undefined : text + lineEnd, ...flags };
  if (!escapes || !text.includes('\\')) return { text: text + lineEnd, ...flags };
  return { text: unescapeText(text) + lineEnd, decoded: true, fetched: flags.fetched };
}

/** What `printf format words` prints; formats are reused for further words as the shell does. */
export function printfOutput(fields: readonly Field[], from: number): Output {
  const format = fields[from];
  const rest = fields.slice(from + 1);
  if (format === undefined) return textOutput('');
  const all = [format, ...rest];
  const stream = all.find((field) => field.origin !== undefined)?.origin;
  const fetched = stream?.fetched ?? false;
  if (all.some((field) => field.text.includes(hole) || field.pattern !== undefined)) {
    const found = rest.filter((field) => field.pattern !== undefined);
    const paths = found.length === 0 ? undefined : found.slice(0, 8);
    return { text: undefined, decoded: stream?.decoded ?? false, fetched, paths };
  }
  const escaped = /\\([xuU0-7])/.test(format.text) || /%b|%c/.test(format.text);
  const text = formatText(
    format.text,
    rest.map((field) => field.text),
  );
  const assumed = all.some((field) => field.unknown !== undefined);
  return { text, decoded: escaped || (stream?.decoded ?? false), fetched, assumed };
}

function formatText(format: string, words: readonly string[]): string | undefined {
  const pieces = format.split(/(%%|%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z])/);
  let at = 0;
  let text = '';
  do {
    const before = at;
    for (const piece of pieces) {
      if (piece === '%%') text += '%';
      else if (piece.startsWith('%') && piece.length > 1) text += formatWord(piece, words[at++] ?? '') ?? '';
      else text += unescapeText(piece);
    }
    if (at === before) break;
    if (text.length > 1_000_000) return undefined;
  } while (at < words.length);
  return text;
}

function formatWord(directive: string, word: string): string | undefined {
  const kind = directive[directive.length - 1] ?? '';
  const width = Number(/^%-?0?(\d+)/.exec(directive)?.[1] ?? 0);
  switch (kind) {
    case 's': {
      const precision = /\.(\d+)s$/.exec(directive)?.[1];
      const text = precision === undefined ? word : word.slice(0, Number(precision));
      return width > 0 && width < 1000 ? text.padStart(width) : text;
    }
    case 'b':
      return unescapeText(word);
    case 'c':
      return word.slice(0, 1);
    case 'q':
      return word;
    case 'o':
      return Math.trunc(numberOf(word)).toString(8).padStart(Math.min(width, 64), '0');
    case 'x':
      return Math.trunc(numberOf(word)).toString(16).padStart(Math.min(width, 64), '0');
    case 'X':
      return Math.trunc(numberOf(word)).toString(16).toUpperCase().padStart(Math.min(width, 64), '0');
    default:
      return String(Math.trunc(numberOf(word))).padStart(Math.min(width, 64), directive.includes('%0') ? '0' : ' ');
  }
}

function numberOf(word: string): number {
  if (/^['"]/.test(word)) return word.codePointAt(1) ?? 0;
  const value = /^0[0-7]+$/.test(word) ? Number.parseInt(word, 8) : Number(word);
  return Number.isSafeInteger(value) ? value : 0;
}

/** Backslash escapes as `echo -e` and `printf` know them. */
function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|0?[0-7]{1,3}|[abefnrtv\\"'])/g,
    (_, code: string) => {
      const first = code[0] ?? '';
      if (first === 'x' || first === 'u' || first === 'U') return character(Number.parseInt(code.slice(1), 16));
      if (/[0-7]/.test(first)) return character(Number.parseInt(code, 8) & 255);
      return plainEscapes[first] ?? code;
    },
  );
}

const plainEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function character(code: number): string {
  return code > 0x10ffff ? '' : String.fromCodePoint(code);
}

/** What a filter makes of text that is known; undefined when that is not worked out here. */
export function filterText(name: string, args: Arguments, input: string): string | undefined {
  const flag = (...names: string[]): boolean => args.flags.some((one) => names.includes(one.name));
  switch (name) {
    case 'cat':
    case 'tee':
    case 'sponge':
    case 'pv':
      return input;
    case 'base64':
      return flag('-d', '-D') ? decodeBase64(input) : undefined;
    case 'base32':
      return flag('-d') ? decodeBase32(input) : undefined;
    case 'openssl':
      return flag('-d') && flag('-base64', '-a') ? decodeBase64(input) : undefined;
    case 'xxd':
      return flag('-r') && flag('-p') ? decodeHex(input) : undefined;
    case 'rev':
      return input.replace(/[^\n]+/g, (line) => [...line].reverse().join(''));
    case 'tac':
      return `${input.replace(/\n$/, '').split('\n').reverse().join('\n')}\n`;
    case 'tr':
      return translate(args, input);
    case 'grep':
    case 'sort':
    case 'uniq':
    case 'shuf':
      // Lines of which only a part is known are as good as all of them.
      return input.includes(hole) ? input : undefined;
    case 'head':
    case 'tail':
      return pickLines(name, args, input);
    case 'sed':
      return substitute(args, input);
    case 'cut':
      return cutFields(args, input);
    default:
      return undefined;
  }
}

function decodeBase64(text: string): string | undefined {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return decodeDigits(text.replace(/[\s=]/g, '').replaceAll('-', '+').replaceAll('_', '/'), digits, 6);
}

function decodeBase32(text: string): string | undefined {
  return decodeDigits(text.replace(/[\s=]/g, '').toUpperCase(), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 5);
}

function decodeHex(text: string): string | undefined {
  return decodeDigits(text.replace(/\s/g, '').toLowerCase(), '0123456789abcdef', 4);
}

function decodeDigits(text: string, digits: string, size: number): string | undefined {
  let bits = 0;
  let held = 0;
  const bytes: number[] = [];
  for (const c of text) {
    const value = digits.indexOf(c);
    if (value < 0) return undefined;
    held = ((held << size) | value) & 0xfff;
    bits += size;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function translate(args: Arguments, input: string): string | undefined {
  const [from, to] = args.operands.map((field) => expandSet(field.text));
  if (from === undefined) return undefined;
  if (args.flags.some((flag) => flag.name === '-c')) return undefined;
  if (args.flags.some((flag) => flag.name === '-d')) {
    const removed = new Set(from);
    return [...input].filter((c) => !removed.has(c)).join('');
  }
  if (to === undefined || to.length === 0) return undefined;
  const map = new Map<string, string>();
  for (const [i, c] of from.entries()) map.set(c, to[Math.min(i, to.length - 1)] ?? '');
  return [...input].map((c) => map.get(c) ?? c).join('');
}

function expandSet(text: string): readonly string[] {
  const named = text
    .replaceAll('[:lower:]', 'a-z')
    .replaceAll('[:upper:]', 'A-Z')
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:space:]', ' \t\n\v\f\r');
  const plain = unescapeText(named);
  const set: string[] = [];
  for (let i = 0; i < plain.length && set.length < 1024; i++) {
    const first = plain.charCodeAt(i);
    if (plain[i + 1] === '-' && i + 2 < plain.length) {
      const last = Math.min(plain.charCodeAt(i + 2), first + 255);
      for (let code = first; code <= last; code++) set.push(String.fromCharCode(code));
      i += 2;
    } else set.push(plain[i] ?? '');
  }
  return set;
}

function pickLines(name: string, args: Arguments, input: string): string | undefined {
  const bytes = args.flags.find((flag) => flag.name === '-c')?.value?.text;
  const wanted = bytes ?? args.flags.find((flag) => flag.name === '-n')?.value?.text ?? digitFlags(args) ?? '10';
  if (!/^\+?\d{1,6}$/.test(wanted)) return undefined;
  const units = bytes === undefined ? input.split(/(?<=\n)/) : [...input];
  const count = Number(wanted);
  if (name === 'head') return units.slice(0, count).join('');
  return (
    wanted.startsWith('+') ? units.slice(Math.max(0, count - 1)) : units.slice(Math.max(0, units.length - count))
  ).join('');
}

function digitFlags(args: Arguments): string | undefined {
  const digits = args.flags.map((flag) => flag.name.slice(1)).filter((name) => /^\d$/.test(name));
  return digits.length === 0 ? undefined : digits.join('');
}

/** The simplest use of sed, one substitution of plain text. */
function substitute(args: Arguments, input: string): string | undefined {
  const given = args.flags.find((flag) => flag.name === '-e')?.value ?? args.operands[0];
  const match = /^s([/|#,:!_@])([\w ./-]*)\1([\w ./-]*)\1(g?)$/.exec(given?.text ?? '');
  if (match === null || args.flags.length > 1 || /[.*]/.test(match[2] ?? '.') || match[2] === '') return undefined;
  const [, , from = '', to = '', all] = match;
  return input
    .split('\n')
    .map((line) => (all === 'g' ? line.replaceAll(from, to) : line.replace(from, () => to)))
    .join('\n');
}

function cutFields(args: Arguments, input: string): string | undefined {
  const value = (name: string): string | undefined => args.flags.find((flag) => flag.name === name)?.value?.text;
  const range = /^(\d{1,4})(?:-(\d{1,4})?)?$/.exec(value('-c') ?? value('-f') ?? '');
  if (range === null) return undefined;
  const by = value('-f') === undefined ? '' : (value('-d') ?? '\t');
  const from = Number(range[1]) - 1;
  const to = range[0].includes('-') ? Number(range[2] ?? Number.MAX_SAFE_INTEGER) : from + 1;
  return input.replace(/[^\n]+/g, (line) => line.split(by).slice(from, to).join(by));
}
