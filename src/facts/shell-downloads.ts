import type { Arguments } from './programs-options.js';
import { absoluteOf, isUrl, noteContent } from './shell-actions.js';
import type { Call } from './shell-call.js';
import { foldersOf } from './shell-machine.js';
import { below, type Field, fetchedOutput, plainField } from './shell-values.js';

/** A command of a known program that puts files from elsewhere here; its flags are those for a file, a folder and names. */
interface Downloader {
  /** The leading words after the program. */
  readonly words: RegExp;
  readonly file?: RegExp;
  readonly folder?: RegExp;
  readonly names?: RegExp;
  /** The last operand is where it goes. */
  readonly toLast?: boolean;
}

const gh: Downloader = {
  words: /^(?:release|run) download /,
  file: /^(?:-O|--output)$/,
  folder: /^(?:-D|--dir)$/,
  names: /^(?:-p|--pattern|-n|--name|--asset-name)$/,
};
const copier = (words: RegExp): Downloader => ({ words, toLast: true });
const downloaders: ReadonlyMap<string, Downloader> = new Map([
  ['gh', gh],
  ['glab', gh],
  ['az', { words: /^storage (?:blob|file|fs file) download /, file: /^(?:-f|--file|-p|--path|-d|--destination)$/ }],
  ['mc', copier(/^(?:cp|get|mirror) /)],
  ['s3cmd', copier(/^(?:get|sync) /)],
  ['s5cmd', copier(/^cp /)],
  ['aws', copier(/^s3 (?:cp|mv|sync) /)],
  ['gsutil', copier(/^(?:cp|mv|rsync) /)],
  ['gcloud', copier(/^storage (?:cp|mv|rsync) /)],
  ['rclone', copier(/^(?:copy|copyto|copyurl|sync|move|moveto) /)],
  ['oras', { words: /^pull /, folder: /^(?:-o|--output)$/ }],
  ['crane', copier(/^(?:export|pull|blob) /)],
  ['lwp-mirror', { words: /^/, toLast: true }],
  ['lwp-download', { words: /^/, toLast: true }],
]);
const outputFlag = /^(?:-o|-O|--?(?:out|output|output-document|outfile|file))$/;

/** Whether a word that a program is given is a web address. */
export function takesUrl({ operands }: Arguments): boolean {
  return operands.some(({ text }) => /^(?:https?|ftp):\/\//i.test(text));
}

/** Whether what a known program prints is the file of a repository elsewhere. */
export function printsRemote({ name, command, args }: Call): boolean {
  if (name !== 'gh' && name !== 'glab') return false;
  const words = `${command} ${args.operands.map(({ text }) => text).join(' ')} `;
  return / api \S*(?:\/contents\/|\/raw\b)| (?:gist|snippet) (?:gist )?view /.test(words);
}

/** Remembers the files that a command fetches, so that running one of them is known for what it is. */
export function noteDownload(call: Call): void {
  const { name, args, machine } = call;
  if (machine.remote > 0) return;
  const known = downloaders.get(name);
  if (known !== undefined) {
    const words = `${args.operands.map(({ text }) => text).join(' ')} `;
    if (known.words.test(words)) noteKnown(call, known);
  } else if (call.program.options === undefined && call.program.handler === undefined && takesUrl(args)) {
    // A program that nobody described and that is given a web address may be a downloader.
    for (const value of valuesOf(call, outputFlag)) note(call, value);
    for (const { text } of args.operands) if (isUrl(text)) note(call, nameOf(text));
  }
}

function noteKnown(call: Call, known: Downloader): void {
  const { args } = call;
  const [folder] = known.folder === undefined ? [] : valuesOf(call, known.folder);
  const files = known.file === undefined ? [] : valuesOf(call, known.file);
  const names = known.names === undefined ? [] : valuesOf(call, known.names);
  const place = (field: Field): Field => (folder === undefined ? field : below(folder, field));
  for (const field of files) note(call, field);
  for (const field of names) note(call, place(field));
  if (folder !== undefined) addFolder(call, folder);
  const target = known.toLast === true && args.operands.length > 2 ? args.operands.at(-1) : undefined;
  if (target !== undefined && !isUrl(target.text)) {
    const source = args.operands.at(-2)?.text ?? '';
    if (/^\.{0,2}$|\/$/.test(target.text.replace(/^(?:\.{1,2}\/)+/, ''))) note(call, below(target, nameOf(source)));
    else note(call, target);
    if (isUrl(source) || /^[\w-]+:/.test(source)) addFolder(call, target);
  }
}

/** The values of flags, where a table says that they have one and where it says nothing. */
function valuesOf({ fields, args }: Call, wanted: RegExp): readonly Field[] {
  const given = args.flags.flatMap(({ name, value }) => (wanted.test(name) && value !== undefined ? [value] : []));
  const next = fields.flatMap((field, i) => {
    const value = fields[i + 1];
    return i > 0 && wanted.test(field.text) && value !== undefined ? [value] : [];
  });
  return [...given, ...next];
}

function note({ machine }: Call, field: Field): void {
  const path = absoluteOf(machine, field);
  if (path !== undefined && machine.files.get(path)?.content === undefined) noteContent(machine, field, fetchedOutput);
}

/** All that lies in a folder other than that of the work. */
function addFolder({ machine }: Call, folder: Field): void {
  const path = absoluteOf(machine, folder);
  if (path !== undefined && !foldersOf(machine).includes(path)) machine.fetched.add(path);
}

function nameOf(url: string): Field {
  const path = url.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  return plainField(path.slice(path.lastIndexOf('/') + 1));
}
