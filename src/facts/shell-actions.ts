import { isHostLike, isThisMachine } from './host-words.js';
import { isWithin, normalizeSegments } from './path-normal.js';
import type { Role } from './programs-options.js';
import { expandBraces } from './shell-braces.js';
import { readElsewhere, type Touch, touchPath } from './shell-findings.js';
import { foldersOf, type Io, type Machine, noInput, remoteMark, spend } from './shell-machine.js';
import { isKnownButForDigits, withPort } from './shell-measures.js';
import { noteWord } from './shell-notes.js';
import { isolated } from './shell-scope.js';
import { noteSettingsFile } from './shell-settings-files.js';
import {
  below,
  type Field,
  hole,
  joinOutputs,
  type Output,
  plainField,
  silent,
  sliceField,
  unknownOutput,
} from './shell-values.js';
import { urlFacts } from './url-facts.js';

/** What is done to a path; nothing on another machine. */
export function touch(machine: Machine, kind: Touch, field: Field, recursive = false): void {
  if (field.stream !== undefined) return;
  if (machine.remote > 0) {
    if (kind === 'read') readElsewhere(machine.findings, field);
    return touchMounted(machine, kind, field, recursive);
  }
  const { home, workspace } = machine;
  const tilde = field.text.startsWith('~/') && field.pattern === undefined;
  const path = tilde ? { ...field, text: home + field.text.slice(1) } : field;
  if (kind === 'written' && machine.filling) noteFilled(machine, path);
  const whole = machine.hiddenNames && kind === 'read' && namesHidden.test(field.pattern ?? '');
  touchPath(machine.findings, kind, path, { folders: foldersOf(machine), home, workspace }, recursive, whole);
}

/** A pattern of which a part starts with a wildcard, which hidden names match where the shell is told so. */
const namesHidden = /(?:^|\/)[*?[]/;

/** Reads all that a folder holds, hidden files too, and shows it. */
export function touchWhole(machine: Machine, field: Field): void {
  if (field.stream !== undefined || machine.remote > 0) return;
  const { home, workspace } = machine;
  touchPath(machine.findings, 'read', field, { folders: foldersOf(machine), home, workspace }, true, true);
}

/** Remembers a path to which content of its own is given, where that matters: outside the workspace. */
function noteFilled(machine: Machine, field: Field): void {
  const path = absoluteOf(machine, field);
  if (path !== undefined && !isWithin(machine.workspace, path)) machine.filled.add(path);
}

/** A path in a container counts when it lies in a folder of ours; relative ones are taken to lie in the last of them. */
function touchMounted(machine: Machine, kind: Touch, field: Field, recursive: boolean): void {
  const { remote, mounts } = machine;
  const last = mounts.at(-1);
  if (last === undefined || field.text === '') return;
  const path = field.text.startsWith('/') ? field : below(plainField(last.inside), field);
  const text = normalizeSegments(path.text);
  const mount = mounts.findLast((one) => isWithin(one.inside, text));
  if (mount === undefined) return;
  const name = mount.inside === '/' ? 1 : mount.inside.length + 1;
  const rest = sliceField({ ...path, text }, name);
  machine.remote = 0;
  touch(machine, kind, rest.text === '' ? mount.here : below(mount.here, rest), recursive);
  machine.remote = remote;
}

/** The absolute path of a field, when it is fully known. */
export function absoluteOf(machine: Machine, field: Field): string | undefined {
  if (field.pattern !== undefined || field.unknown !== undefined || field.text === '') return undefined;
  // Files on another machine are told apart from ours, and from each other only by their text.
  if (machine.remote > 0) return `${remoteMark}${field.text.replace(/^\.\//, '')}`;
  if (field.text.startsWith('/')) return normalizeSegments(field.text);
  const [folder, ...others] = foldersOf(machine);
  return folder === undefined || others.length > 0 ? undefined : normalizeSegments(`${folder}/${field.text}`);
}

/** What the script itself wrote into a file, if it did. */
export function contentOfFile(machine: Machine, field: Field): Output | undefined {
  if (machine.files.size === 0) return undefined;
  const path = absoluteOf(machine, field);
  const content = path === undefined ? undefined : machine.files.get(path)?.content;
  return content === undefined || content.assumed === true ? content : { ...content, assumed: true };
}

/** The program that a file was copied or linked from by the same script. */
export function copyOfFile(machine: Machine, field: Field): Field | undefined {
  if (machine.files.size === 0) return undefined;
  const path = absoluteOf(machine, field);
  return path === undefined ? undefined : machine.files.get(path)?.copyOf;
}

/** Remembers what the script writes into a file, so that running the file later runs that. */
export function noteContent(machine: Machine, field: Field, content: Output, append = false): void {
  noteSettingsFile(machine, field.text, content.text ?? content.partial);
  const path = absoluteOf(machine, field);
  if (path === undefined) return;
  const before = append ? machine.files.get(path)?.content : undefined;
  const all = append ? joinOutputs(before ?? unknownOutput, content) : content;
  machine.files.set(path, { content: all, copyOf: undefined });
}

/** Applies what a program does with one of its values or operands. */
export function applyRole(machine: Machine, role: Role, field: Field, recursive = false): void {
  switch (role) {
    case 'x':
      return contactUrl(machine, field);
    case 'r':
      return isUrl(field.text) ? contactUrl(machine, field) : touch(machine, 'read', field, recursive);
    case 'w':
      return isUrl(field.text) ? contactUrl(machine, field) : touch(machine, 'written', field, recursive);
    case 'a':
      applyRole(machine, 'r', field, recursive);
      return withoutContent(machine, () => applyRole(machine, 'w', field, recursive));
    case 'd':
      return touch(machine, 'deleted', field, recursive);
    case 'm':
      return touchMaybe(machine, field);
    case 'p':
      return /^\.{0,2}[/~]|^\.\w|\.\w{1,8}$|:\/\/|^@|=[@./~]/.test(field.text) || field.unknown !== undefined
        ? touchMaybe(machine, field)
        : undefined;
    case 'u':
      return contactPlace(machine, field);
    case 'o':
      return contactOrRead(machine, field);
    case 't':
      return contactTold(machine, field);
    case 'b':
      return browse(machine, field);
    case 'c':
      return contactStore(machine, field);
    case 'g':
      return touchMatching(machine, field);
    case 'h':
      return contact(machine, field);
    case 'i':
      return contactRegistry(machine, field);
    case 's':
      // What concurrently takes for scripts of a package manager.
      if (/^(npm|yarn|pnpm|bun|node|deno):[\w:*.-]+$/.test(field.text)) return;
      runShellText(machine, field, noInput);
      return;
    case 'e':
      machine.findings.reasons.add('other-language');
      return;
    case 'k':
    case 'l':
    case 'q':
      return;
  }
}

/** Reads what matches a pattern of names; a pattern that starts with `!` leaves things out. */
function touchMatching(machine: Machine, { text }: Field): void {
  if (text === '' || text.startsWith('!') || text.length > 1024) return;
  for (const name of expandBraces(text) ?? []) {
    const last = name.slice(name.lastIndexOf('/') + 1);
    if (!/[*?[]/.test(last)) touch(machine, 'read', plainField(last));
    else touch(machine, 'read', { ...plainField(last), pattern: last });
  }
}

/** Reads a word that looks like a path: it has a slash, starts with a dot or a tilde, or has an extension. */
export function touchMaybe(machine: Machine, field: Field): void {
  const { text } = field;
  if (isUrl(text)) return contactUrl(machine, field);
  if (isMetadata(machine, text)) return contact(machine, field);
  if (text.startsWith('@')) return touch(machine, 'read', sliceField(field, 1));
  // What image and video programs put before a file.
  const kind = /^(?:text|label|caption|file|movie|msl|mvg|pango|concat|info|txt):@?(?=[./~])/i.exec(text);
  if (kind !== null) return touch(machine, 'read', sliceField(field, kind[0].length));
  // `type=x,src=/file`, as docker takes it.
  const part = /,(?:src|source|file|path)=(?=[./~])/.exec(text);
  if (part !== null) touch(machine, 'read', sliceField(field, part.index + part[0].length));
  // `name=@file`, `name=<file` and `name=/file`, as curl and kubectl take them.
  const named = /^[^\s/=]*=(?:@|<|(?=[./~]))/.exec(text);
  if (named !== null) return touch(machine, 'read', sliceField(field, named[0].length));
  if (/^[./~]|^[\w.+-]+\/|\.\w{1,8}$/.test(text) || field.pattern !== undefined || text.startsWith(hole)) {
    return touch(machine, 'read', field);
  }
  if (field.unknown !== undefined) machine.findings.dynamicPaths = true;
}

/** The start of URLs in which clients count no slashes and take either kind. */
const laxStart = /^(?:(?:https?|ftp|wss?):[\\/]*)+/i;
const laxUrl = /^(?:https?|ftp|wss?):[\\/]/i;

/** Whether a word is a URL with an authority, or a `file:` URL. */
export function isUrl(text: string): boolean {
  return text.includes('://') || text.startsWith('file:') || laxUrl.test(text);
}

/** Records the host of a URL; a `file:` URL is a path that is read, and other texts mean nothing here. */
export function contactUrl(machine: Machine, given: Field): void {
  const field = withPort(given);
  const { text } = field;
  if (!isUrl(text)) return;
  // A URL tells whoever is there what it is made of.
  if (field.variables !== undefined) noteWord(machine, 'url', { ...plainField(''), variables: field.variables }, false);
  const start = /[a-z][a-z0-9+.-]*:/i.exec(text)?.index ?? 0;
  const store = /^(s3|gs):/i.exec(text.slice(start))?.[1]?.toLowerCase();
  if (store !== undefined) {
    machine.findings.hosts.add(store === 's3' ? 's3.amazonaws.com' : 'storage.googleapis.com');
    return;
  }
  if (/^file:/i.test(text.slice(start))) {
    const path = text
      .slice(start + 5)
      .replace(/^\/\/[^/]*/, '')
      .replace(/[?#].*$/s, '');
    return touch(machine, 'read', plainField(decodePercent(path)));
  }
  // A page that fetches for others reaches what it is asked for.
  if (text.indexOf('http', start + 4) > 0 && spend(machine, 8) && urlFacts(text.slice(start)).metadata)
    machine.findings.hosts.add('169.254.169.254');
  const lead = laxStart.exec(text.slice(start))?.[0];
  const from = lead === undefined ? start : start + lead.length - 'http://'.length;
  const url = lead === undefined ? text.slice(start) : `http://${text.slice(start + lead.length)}`;
  contactText(machine, url, field.gap === undefined ? undefined : field.gap - from);
}

function decodePercent(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** More hosts in one word are unknown ones. */
const mostHosts = 64;
/** A scheme before a host without slashes, as `http:example.com`; what follows is no port. */
const schemeOnly = /^(?:https?|ftp|wss?|tcp|socks[45]?[ah]?):(?!\d{1,5}(?:[/,]|$))/i;

/** A host, `user@host`, `host:port`, `host:path` or URL that is contacted, or several of them with commas between. */
export function contact(machine: Machine, field: Field): void {
  const { text } = field;
  if (text === '') {
    if (field.unknown !== undefined) machine.findings.hosts.add('unknown');
    return;
  }
  const url = isUrl(text);
  if (url && text.includes(',') && field.gap === undefined) {
    const parts = text.split(/,(?=[a-z][a-z0-9+.-]{0,31}:\/\/)/i);
    if (parts.length > mostHosts) return void machine.findings.hosts.add('unknown');
    if (parts.length > 1) {
      for (const part of parts) contact(machine, plainField(part));
      return;
    }
  }
  if (url) return contactUrl(machine, field);
  const start = schemeOnly.exec(text)?.[0].length ?? 0;
  const gap = field.gap === undefined ? undefined : field.gap - start + 'ssh://'.length;
  contactText(machine, `ssh://${text.slice(start)}`, gap);
}

/** What plainly is a path of a file rather than a host. */
const plainPath = /^(?:\.{0,2}\/|~)/;

/** A URL or a host, for what contacts it however it is written; only what starts like a path is read. */
export function contactPlace(machine: Machine, field: Field): void {
  if (plainPath.test(field.text)) touch(machine, 'read', field, true);
  else contact(machine, field);
}

/** What an option is told that is named after a place, unless that is where a server listens. */
function contactTold(machine: Machine, field: Field): void {
  const { text } = field;
  if (isUrl(text) || !isHostLike(text)) touchMaybe(machine, field);
  else if (!isThisMachine(text)) contact(machine, field);
}

/** What a browser is given: a URL, or a file, or else a host, which then counts as both. */
function browse(machine: Machine, field: Field): void {
  if (isHostLike(field.text)) contact(machine, field);
  touchMaybe(machine, field);
}

/** Where a connection string of a database says that the server is. */
const serverOfStore = /(?:^|[\s;])(?:host|hostaddr|server|data source|addr|address)\s*=\s*'?(?:tcp:)?([^\s;']+)/gi;

/** A connection string: a URL, or words such as `host=…`; the name of a database contacts nobody else. */
export function contactStore(machine: Machine, field: Field): void {
  if (isUrl(field.text)) return contactUrl(machine, field);
  if (field.text.length > 4096) return;
  for (const [, host = ''] of field.text.matchAll(serverOfStore))
    if (!host.startsWith('/')) contact(machine, plainField(host));
}

/** What the metadata service may look like: an address in any notation, or one of its names with a domain. */
const mayBeMetadata =
  /^\[?(?:0x[\da-f.x]+|[\d.]{7,}|f[\da-f]{3}:[\da-f:.]+|(?=[\w.-]*(?:metadata|internal))(?:[\w-]+\.)+[\w-]+)\]?(?::\d{1,5})?(?:\/|$)/i;

/** Whether a word is the address of the metadata service, which is the name of no file. */
export function isMetadata(machine: Machine, text: string): boolean {
  if (text.length > 256 || !mayBeMetadata.test(text) || !spend(machine, 8)) return false;
  return urlFacts(`http://${text}`).metadata;
}

/** The registry of a container image, when the name holds one. */
export function contactRegistry(machine: Machine, image: Field): void {
  const slash = image.text.indexOf('/');
  const registry = slash < 0 ? '' : image.text.slice(0, slash);
  if (/^([\w-]+(\.[\w-]+)+|[\w.-]+:\d+|localhost)$/.test(registry)) contact(machine, { ...image, text: registry });
}

/** A place that may be a URL, `host:path` as git and scp write it, or a local path. */
export function contactOrRead(machine: Machine, field: Field): void {
  const { text } = field;
  if (isUrl(text)) return contactUrl(machine, field);
  // `ext::command` is for git to run.
  if (text.startsWith('ext::')) return;
  if (remoteHost(text) !== undefined) return contact(machine, { ...field, text: remoteHost(text) ?? '' });
  if (text === hole || (text === '' && field.unknown !== undefined)) machine.findings.hosts.add('unknown');
  else touch(machine, 'read', field, true);
}

/** The host of `host:path` or `user@host:path`; undefined for local paths. */
export function remoteHost(text: string): string | undefined {
  const colon = text.startsWith('[') || text.includes('@[') ? text.indexOf(']:') + 1 : text.indexOf(':');
  const slash = text.indexOf('/');
  if (colon <= 0 || (slash >= 0 && slash < colon)) return undefined;
  return text.slice(0, colon);
}

/** Names that every reader reads alike; Punycode and addresses are left to the URL facts. */
const plainHost = /^(?!.*xn--)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

function contactText(machine: Machine, url: string, gap: number | undefined): void {
  const { hosts } = machine.findings;
  const authority = url.slice(url.indexOf('://') + 3).split(/[/?#]/, 1)[0] ?? '';
  const isOpen = gap !== undefined && gap <= url.indexOf('://') + 3 + authority.length;
  if (isOpen || authority.includes(hole) || /[{}[\]*$]/.test(authority.replace(/\[[0-9a-f:.%]+\]/i, ''))) {
    hosts.add('unknown');
    noteOpenHost(hosts, authority, gap === undefined ? -1 : gap - url.indexOf('://') - 3);
    return;
  }
  if (!authority.includes(',')) return contactAuthority(machine, authority);
  // Clients of clusters are told several.
  const parts = authority.split(',');
  if (parts.length > mostHosts) return void hosts.add('unknown');
  for (const part of parts) contactAuthority(machine, part);
}

function contactAuthority(machine: Machine, authority: string): void {
  const { hosts } = machine.findings;
  if (authority === '') return;
  if (authority.length < 254 && plainHost.test(authority)) {
    hosts.add(ofThisMachine(authority));
    return;
  }
  if (!spend(machine, 16)) return void hosts.add('unknown');
  // Read like an http URL, so that every spelling of an address becomes the same host.
  const afterUser = authority.slice(authority.lastIndexOf('@') + 1);
  const isBare = /^[\da-f]*:[\da-f:.]*:[\da-f:.]*$/i.test(afterUser);
  const host = isBare ? `[${afterUser}]` : afterUser.replace(/:[^:\]]*$/, (port) => (/^:\d+$/.test(port) ? port : ''));
  const facts = urlFacts(`http://${host}/`);
  hosts.add(facts.host === '' ? afterUser.toLowerCase() : ofThisMachine(facts.host));
}

/** Each name under `localhost` is this machine's (RFC 6761). */
function ofThisMachine(host: string): string {
  return host.endsWith('.localhost') ? 'localhost' : host;
}

/** The metadata service before an unknown piece, which may start a path or be empty. */
function noteOpenHost(hosts: Set<string>, authority: string, gap: number): void {
  const end = gap < 0 ? authority.indexOf(hole) : gap;
  const known = end < 0 ? '' : authority.slice(authority.lastIndexOf('@', end) + 1, end);
  if (known.startsWith('169.254.')) hosts.add('169.254.169.254');
  else if (known.includes('.') && urlFacts(`http://${known}/`).metadata) hosts.add(known.toLowerCase());
}

/** Runs a text that a program hands to a shell, in a scope of its own. */
export function runShellText(machine: Machine, field: Field, io: Io, prepare?: () => void): Output {
  const { findings } = machine;
  const origin = field.origin ?? field.stream;
  if (origin !== undefined) noteStream(machine, origin);
  if (field.unknown !== undefined && !isKnownButForDigits(field)) {
    if (field.unknown === 'substitution') findings.pipesToInterpreter = true;
    findings.reasons.add(`program-from-${field.unknown}`);
  }
  if (field.text === '' || field.text === hole) return silent;
  return isolated(machine.scope, () => {
    prepare?.();
    return runSource(machine, field.text, io);
  });
}

/** A variable that is never known, so that a hole stays unknown through another reading. */
const neverKnown = '\u0024{_}';

/** Runs a script text; pieces that are not known stay unknown words in it. */
export function runSource(machine: Machine, text: string, io: Io): Output {
  if (!spend(machine, 1 + (text.length >> 5))) return silent;
  return machine.runText(text.replaceAll(hole, neverKnown), io);
}

/** Runs what a shell reads from a pipe, a here-document or a substitution. */
export function runStream(machine: Machine, stream: Output, io: Io): Output {
  const { findings } = machine;
  findings.pipesToInterpreter = true;
  noteStream(machine, stream);
  if (stream.assumed === true) findings.reasons.add('script-from-input');
  if (stream.text === undefined) {
    if (!stream.decoded && !stream.fetched) findings.reasons.add('script-from-input');
    return { text: undefined, decoded: stream.decoded, fetched: stream.fetched };
  }
  const { text } = stream;
  return isolated(machine.scope, () => runSource(machine, text, io));
}

function noteStream(machine: Machine, stream: Output): void {
  const { findings } = machine;
  if (stream.decoded) findings.reasons.add('decoded-into-interpreter');
  if (stream.fetched) findings.reasons.add('script-from-network');
  if (stream.decoded || stream.fetched) findings.pipesToInterpreter = true;
}

/** Does something that gives no file its content, or only more of it. */
export function withoutContent<T>(machine: Machine, run: () => T): T {
  const { filling } = machine;
  machine.filling = false;
  const result = run();
  machine.filling = filling;
  return result;
}

/** Runs something whose paths are not on this machine. */
export function elsewhere<T>(machine: Machine, run: () => T): T {
  machine.remote++;
  const result = run();
  machine.remote--;
  return result;
}
