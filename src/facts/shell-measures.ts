import { digitsOnly } from './path-overlap.js';
import { type Call, hasFlag } from './shell-call.js';
import { escapeGlob, type Field, hole, type Output } from './shell-values.js';

/** Programs that print nothing but numbers and the names of what they count. */
const counters = new Set(
  'du wc stat date nproc df free seq getconf uptime cksum crc32 size md5sum sha1sum sha256sum numfmt'.split(' '),
);
/** Those of git. */
const gitCounts = /^(?:rev-list .*--count|diff .*--(?:numstat|shortstat)|count-objects|ls-tree .*-l|cat-file -s)\b/;
/** Files in which the kernel counts. */
const kernelFile =
  /^\/proc\/(?:meminfo|loadavg|uptime|stat|cpuinfo|(?:self|\d+|\uffff)\/(?:status|stat|statm|io))$|^\/sys\/(?:class|devices)\/[\w./-]+$/;
/** Filters that only take lines and columns away, whatever their options are. */
const pickers = new Set(['head', 'tail', 'sort', 'uniq', 'grep', 'egrep', 'paste', 'column', 'nl', 'bc', 'numfmt']);
/** A program of jq that ends in a number. */
const jqNumber = /(?:^|\|)\s*(?:length|floor|round|ceil|tonumber)\s*$/;
const gitCounters = new Set(['git rev-list', 'git diff', 'git count-objects', 'git ls-tree', 'git cat-file']);
/** All programs that may print numbers alone. */
const measuring = new Set([
  ...counters,
  ...pickers,
  'git',
  'jq',
  'rg',
  'awk',
  'sed',
  'cat',
  'tac',
  'cut',
  'tr',
  'xargs',
]);
/** What could make up a command where a text is evaluated once more. */
const makesCode = /[$`(\\]/;

/** Whether what a program prints is made of numbers that it counted and of names, and of no text that code could hide in. */
export function isMeasured(call: Call): boolean {
  const { name, args, fields, io } = call;
  if (!measuring.has(name)) return false;
  if (counters.has(name)) return fields.every(({ text }) => !makesCode.test(text));
  if (name === 'git') {
    if (!gitCounters.has(call.command)) return false;
    const words = fields.slice(1).map(({ text }) => text);
    return gitCounts.test(words.join(' ')) && words.every((text) => !makesCode.test(text));
  }
  if (name === 'jq') return jqNumber.test(args.operands[0]?.text ?? '');
  if (/^(?:grep|egrep|rg)$/.test(name) && hasFlag(call, '-c')) return true;
  if (name === 'awk' && args.operands[0] !== undefined && printsNumbers(args.operands[0])) return true;
  const isScripted = name === 'awk' || name === 'sed' || name === 'grep';
  const files = args.operands.slice(isScripted ? 1 : 0);
  const isSource = files.length > 0 && (name === 'cat' || isScripted || name === 'cut' || pickers.has(name));
  if (name !== 'tr' && isSource) {
    if (!files.every(({ text }) => kernelFile.test(text))) return false;
  } else if (io.stdin?.measured !== true) return false;
  return picks(call);
}

/** Whether a filter adds nothing to what comes in that code could be made of. */
function picks(call: Call): boolean {
  const { name, args } = call;
  const [first] = args.operands;
  switch (name) {
    case 'cat':
    case 'tac':
      return true;
    case 'cut':
      return !hasFlag(call, '--output-delimiter');
    case 'xargs':
      return args.operands.length === 0;
    case 'tr':
      return args.operands.every(({ text, unknown }) => unknown === undefined && !/[$`(]/.test(text));
    case 'sed':
      return first?.unknown === undefined && sedPicks.test(first?.text ?? '$') && args.flags.every(isPlainFlag);
    case 'awk':
      return first?.unknown === undefined && awkPicks(first?.text ?? '$');
    default:
      return pickers.has(name);
  }
}

function isPlainFlag({ name }: { readonly name: string }): boolean {
  return /^-[nErsz]$/.test(name);
}

/** Lines by their numbers or words, and substitutions by words and groups. */
const sedPicks = /^(?:\d+(?:,[\d$]+)?[pdq]|\$[pd]|\/[^/]*\/[pd]|s([/|#,])(?:(?!\1).)*\1(?:\\\d|[\w .:,%-])*\1g?p?)$/;

/** Whether the strings of an awk program hold only words, and it makes no characters of numbers. */
function awkPicks(code: string): boolean {
  if (/printf|sub\s*\(|strtonum|ENVIRON|ARGV|getline|@/.test(code)) return false;
  return [...code.matchAll(/"([^"]*)"/g)].every(([, text = '']) => /^[\w .:,%/=-]*$/.test(text));
}

/** A sum, a count or a length, of which nothing else can come. */
const number =
  /^(?:\d+(?:\.\d+)?|NR|FNR|NF|length(?:\([^()]*\))?|int\([^()]*\)|[A-Za-z_]\w*(?:\[[^\]]*\])?\s*[-+*/]\s*\d+)$/;

/** Whether an awk program prints nothing but what it has summed up. */
function printsNumbers({ text, unknown }: Field): boolean {
  if (unknown !== undefined || text.length > 2048 || /getline|@|\|/.test(text)) return false;
  const plain = text.replace(/\bprintf\s*\(?\s*"((?:%[\d.]*[dfgi]|\\n|[\w ,:])*)"\s*,/g, 'print ');
  if (plain.includes('printf')) return false;
  const prints = [...plain.matchAll(/\bprint\b\s*([^;}\n>]*)/g)];
  const isNumber = (term: string): boolean => {
    const one = term.trim().replace(/^\(([^()]*)\)$/, '$1');
    if (number.test(one)) return true;
    const terms = one.split(/\s*[-+*/]\s*/);
    return terms.every((each) => number.test(each) || isSum(each, text));
  };
  return prints.length > 0 && prints.every(([, list = '']) => list.trim() !== '' && list.split(',').every(isNumber));
}

/** Whether a variable of an awk program is only ever added to, or given a number. */
function isSum(name: string, code: string): boolean {
  if (!/^[A-Za-z_]\w{0,31}$/.test(name)) return false;
  const uses = [...code.matchAll(new RegExp(`\\b${name}\\b\\s*([-+*/]=|\\+\\+|--|=(?!=)\\s*([^;}\\n]*))?`, 'g'))];
  const given = uses.filter(([, change]) => change !== undefined);
  return given.length > 0 && given.every(([, , value]) => value === undefined || number.test(value.trim()));
}

const digits: Field = { text: hole, pattern: digitsOnly, unknown: 'substitution', stream: undefined };

/** The numbers of a list such as `seq` prints, as one path of which no more is known. */
export function numbersPrinted(call: Call): Output | undefined {
  if (call.name !== 'seq' || call.fields.some(({ text }, i) => i > 0 && !/^(?:-w|[-\d.]*\uffff?)$/.test(text)))
    return undefined;
  return { text: undefined, decoded: false, fetched: false, paths: [digits] };
}

/** Whether all of a text that is not known are numbers or identifiers in digits, which mean nothing to a shell. */
export function isKnownButForDigits({ text, pattern, unknown, origin }: Field): boolean {
  if (unknown === undefined || pattern === undefined || origin !== undefined) return false;
  return escapeGlob(text).replaceAll(hole, digitsOnly) === pattern;
}

/** A URL of which only the port is not known, and that a number, with some port. */
export function withPort(field: Field): Field {
  if (!field.text.includes(`:${hole}`) || !isKnownButForDigits(field)) return field;
  return { ...field, text: field.text.replace(/(:\/\/[^/?#@\uffff]*):\uffff(?=[/?#]|$)/, '$1:1') };
}

/** The digits that a filter takes from the start of what counters print. */
export function columnPrinted({ name, args, io }: Call): readonly Field[] | undefined {
  const isFirst =
    (name === 'cut' &&
      args.flags.some(({ name: flag, value }) => /^-[cbf]$/.test(flag) && /^1(?:-\d+)?$/.test(value?.text ?? ''))) ||
    (name === 'awk' && /^\s*\{\s*print\s+\$1;?\s*\}\s*$/.test(args.operands[0]?.text ?? ''));
  const isAlone = args.operands.length === (name === 'awk' ? 1 : 0);
  return (isFirst && io.stdin?.measured === true) || name === 'wc' ? (isAlone ? [digits] : undefined) : undefined;
}
