import { digitsOnly } from './path-overlap.js';
import { type Arguments, rolesOf } from './programs-options.js';
import { absoluteOf, contentOfFile } from './shell-actions.js';
import type { Call } from './shell-call.js';
import { printsRemote } from './shell-downloads.js';
import { columnPrinted, isMeasured, numbersPrinted } from './shell-measures.js';
import { filterText, isDecoder } from './shell-printing.js';
import {
  escapeGlob,
  type Field,
  fetchedOutput,
  hole,
  type Output,
  plainField,
  silent,
  textOutput,
  unknownOutput,
} from './shell-values.js';

const filters = new Set(['grep', 'head', 'tail', 'sort', 'uniq', 'rg', 'sed', 'awk', 'cat', 'shuf', 'tac']);
const fetchers = new Set([
  'GET',
  'POST',
  'HEAD',
  'lwp-request',
  'lwp-dump',
  'fetch',
  'links2',
  'browsh',
  'chromium',
  'chrome',
  'google-chrome',
  'lynx',
  'w3m',
  'links',
  'elinks',
  'http',
  'https',
  'xh',
  'mongosh',
  'mongo',
  'redis-cli',
  'host',
  'nslookup',
  'drill',
  'whois',
  'ftp',
  'tftp',
  'lftp',
]);

/** A real path is taken to be the absolute one, as if there were no links. */
function realName({ machine, args }: Call): Output {
  const [path] = args.operands;
  const absolute = path === undefined ? undefined : absoluteOf(machine, path);
  return absolute === undefined ? unknownOutput : { ...textOutput(`${absolute}\n`), assumed: true };
}

/** What a list with hidden names may hold. */
const anyName: Field = { text: '*', pattern: '.*', unknown: 'substitution', stream: undefined };
const listings = new Set(['stat', 'du', 'ls', 'dir', 'eza', 'exa', 'lsd', 'tree', 'll', 'la']);

/** Lists of names stand for everything in the folder. */
function namesListed(args: Arguments): Output {
  const [first, ...others] = args.operands;
  const names: Field = { text: '*', pattern: '*', unknown: 'substitution', stream: undefined };
  if (first === undefined && args.flags.some(({ name }) => name === '-a' || name === '-A'))
    return { text: undefined, decoded: false, fetched: false, paths: [anyName] };
  const paths = others.length > 0 ? undefined : (first ?? names);
  return { text: undefined, decoded: false, fetched: false, paths: paths && [{ ...paths, unknown: 'substitution' }] };
}

/** Programs that print one word that is no name: digits, or an identifier of such and letters. */
const wordPrinters: ReadonlyMap<string, RegExp> = new Map([
  ['date', /^(?:-u |-d \S+ |--utc )*\+(?:%(?:-|[36]?(?=N))?[YysdHmMSFTjIuVN]|[\d._:+TZ-])+$/],
  ['nproc', /^$/],
  ['uuidgen', /^/],
  ['git rev-parse', /^(?:--short(?:=\d+)? |--verify )*(?:HEAD|@)[~^\d]*$/],
  ['git rev-list', /^--count [\w./~^-]+$/],
  ['git log', /^(?:-1 |-n ?1 )--(?:pretty|format)=(?:format:)?%(?:h|H|ct|at)$/],
  ['openssl', /^rand -hex \d+$/],
]);

/** What such a program prints, as a part of a path. */
export function wordPrinted(command: string, fields: readonly Field[]): Output | undefined {
  const words = wordPrinters.get(command);
  if (words === undefined || fields.some(({ unknown }) => unknown !== undefined)) return undefined;
  const given = fields.slice(command.includes(' ') ? 2 : 1).map(({ text }) => text);
  if (!words.test(given.join(' '))) return undefined;
  return { ...unknownOutput, paths: [{ text: hole, pattern: digitsOnly, unknown: 'substitution', stream: undefined }] };
}

/** Programs that print which devices there are, or on which of them a folder lies. */
export const deviceLists: ReadonlySet<string> = new Set([
  'lsblk',
  'findmnt',
  'blkid',
  'df',
  'mount',
  'losetup',
  'pvs',
  'swapon',
  'findfs',
  'lsscsi',
]);
/** Any of the devices. */
export const devicesListed: Output = {
  ...unknownOutput,
  paths: [{ ...plainField('/dev/*'), pattern: '/dev/*', unknown: 'substitution' }],
};

/** The name of a file that mktemp makes, below the temporary folder unless it is told another. */
function temporaryName({ machine, args }: Call): Output {
  const given = args.operands[0]?.text ?? '';
  const folder = args.flags.find(({ name, value }) => (name === '-p' || name === '--tmpdir') && value !== undefined)
    ?.value?.text;
  const slash = given.lastIndexOf('/');
  if (given.includes(hole) || folder?.includes(hole) === true) return unknownOutput;
  const place = folder ?? (slash >= 0 ? given.slice(0, slash) : '/tmp');
  machine.temporary.add(`${place}/*`);
  const path: Field = { ...plainField(`${place}/*`), pattern: `${escapeGlob(place)}/*`, unknown: 'substitution' };
  return { text: undefined, decoded: false, fetched: false, paths: [path] };
}

/** The usual place of a program's own files, where it is asked for that. */
function ownPath({ machine, command, args }: Call): string | undefined {
  const first = args.operands[0]?.text;
  if (/^(npm|pnpm|yarn) config get$/.test(command) && first === 'userconfig') return `${machine.home}/.npmrc`;
  if (/^(npm|pnpm|yarn) config get$/.test(command) && first === 'globalconfig') return '/etc/npmrc';
  if (command === 'gpgconf' && args.operands.some(({ text }) => text === 'homedir')) return `${machine.home}/.gnupg`;
  if (command === 'printenv' && first === 'HOME') return machine.home;
  return undefined;
}

/** What a program prints, as far as its row and its input tell. */
export function outputOf(call: Call): Output {
  const output = printedBy(call);
  if (output.text !== undefined || output === silent || !isMeasured(call)) return output;
  return { ...output, measured: true, paths: columnPrinted(call) ?? output.paths };
}

function printedBy(call: Call): Output {
  const { name, program, args, io, machine } = call;
  if (program.silent === true) return silent;
  if (fetchers.has(name) || printsRemote(call)) return fetchedOutput;
  if (listings.has(name)) return namesListed(args);
  if (name === 'mktemp') return temporaryName(call);
  if (deviceLists.has(name)) return devicesListed;
  const word = wordPrinted(call.command, call.fields) ?? numbersPrinted(call);
  if (word !== undefined) return word;
  if (name === 'realpath' || name === 'readlink') return realName(call);
  const path = ownPath(call);
  if (path !== undefined) return { ...textOutput(`${path}\n`), assumed: true };
  const given = contentOf(call) ?? io.stdin;
  const decoded = isDecoder(name, args);
  if (given === undefined) return decoded ? { text: undefined, decoded, fetched: false } : unknownOutput;
  const text = given.text === undefined ? statementsSought(call) : filterText(name, args, given.text);
  if (given.text !== undefined) machine.budget -= given.text.length >> 6;
  const paths = filters.has(name) ? given.paths : undefined;
  const partial = name === 'cat' && text === undefined ? given.partial : undefined;
  const file = name === 'cat' ? (args.operands.length === 1 ? args.operands[0] : io.stdin?.file) : undefined;
  return {
    text,
    partial,
    decoded: given.decoded || decoded,
    fetched: given.fetched,
    assumed: given.assumed,
    paths,
    file,
  };
}

/** The statements that a search for the lines of one kind leaves of a dump that comes in: `grep ^DROP`. */
function statementsSought({ name, args, io }: Call): string | undefined {
  if (name !== 'grep' || io.stdin === undefined || args.operands.length !== 1) return undefined;
  if (args.flags.some((flag) => !/^-[ieEFw]$/.test(flag.name))) return undefined;
  const verb = /^\^(DROP|TRUNCATE|DELETE FROM)\b/i.exec(args.operands[0]?.text ?? '')?.[1];
  return verb === undefined ? undefined : `${verb} ${hole};\n`;
}

/** The known content of the file that a filter reads, when the script itself wrote it. */
function contentOf(call: Call): Output | undefined {
  const { args, machine } = call;
  const roles = rolesOf(call.program.operands ?? 'm*');
  if (roles.rest !== 'r' && roles.lead[0] !== 'r') return undefined;
  const files = args.operands.slice(roles.lead[0] === 'x' ? 1 : 0);
  const [file] = files;
  if (file === undefined || file.text === '-') return undefined;
  if (files.length > 1) return unknownOutput;
  return file.stream ?? contentOfFile(machine, file) ?? unknownOutput;
}
