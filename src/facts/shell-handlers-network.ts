import { isPrivateAddress } from './code-addresses.js';
import {
  applyRole,
  contact,
  contactOrRead,
  contactUrl,
  elsewhere,
  isUrl,
  noteContent,
  remoteHost,
  runShellText,
  runStream,
  touch,
} from './shell-actions.js';
import { contactListed, contentGiven, runConfiguration } from './shell-address-lists.js';
import { type Call, flagValue, type Handler, hasFlag } from './shell-call.js';
import { enterFolder } from './shell-environment.js';
import type { Machine } from './shell-machine.js';
import { noteWord } from './shell-notes.js';
import { isolated } from './shell-scope.js';
import {
  below,
  type Field,
  fetchedOutput,
  hole,
  joinFields,
  plainField,
  silent,
  sliceField,
  unknownField,
  unknownOutput,
} from './shell-values.js';

/** The file name that curl -O and wget give to what they fetch. */
function remoteName(url: Field): Field {
  const path = url.text.replace(/[?#].*$/s, '').replace(/^[a-z][\w+.-]*:\/\/[^/]*/i, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { ...plainField(name === '' ? 'index.html' : name), unknown: name.includes(hole) ? 'variable' : undefined };
}

/** curl contacts each operand and may save what it gets. */
export const curl: Handler = (call) => {
  const { machine, args } = call;
  noteSmallTalk(call, []);
  let saved = false;
  const folder = flagValue(call, '--output-dir');
  for (const flag of args.flags) {
    if (flag.name !== '-o' || flag.value === undefined || flag.value.text === '-') continue;
    saved = true;
    noteContent(machine, folder === undefined ? flag.value : below(folder, flag.value), fetchedOutput);
  }
  for (const { name, value } of args.flags) {
    if (name === '-K' && value !== undefined) runConfiguration(call, value);
    // The host is reached at another address than its name says.
    if (name === '--resolve' && value !== undefined)
      contactText(call, value.text.split(':').slice(2).join(':').replace(/^\+/, ''));
    if (name === '--connect-to' && value !== undefined)
      contactText(call, value.text.replace(/^[^:]*:[^:]*:/, '').replace(/:\d*$/, ''));
  }
  for (const url of args.operands) {
    for (const one of hasFlag(call, '-g') ? [url] : expandUrl(url)) contact(machine, one);
    if (hasFlag(call, '-O', '--remote-name-all')) {
      saved = true;
      save(call, folder, url);
    }
  }
  if (hasFlag(call, '-K')) machine.findings.hosts.add('unknown');
  notePrivate(call);
  return saved ? silent : fetchedOutput;
};

/** An address of a private network in a URL, or behind the name in one. */
function notePrivate({ machine, args }: Call): void {
  const hosts = args.operands.map(
    ({ text }) => /^(?:[a-z]+:\/*)?(?:[^/@]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(text)?.[1] ?? '',
  );
  for (const { name, value } of args.flags) {
    if (value === undefined) continue;
    if (name === '--url') hosts.push(/^[a-z]+:\/*(?:[^/@]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(value.text)?.[1] ?? '');
    if (name === '--resolve') hosts.push(...value.text.split(':').slice(2).join(':').split(','));
    if (name === '--connect-to') hosts.push(value.text.replace(/^[^:]*:[^:]*:/, '').replace(/:\d*$/, ''));
  }
  if (hosts.some(isPrivateAddress)) machine.findings.effects.add('reach-private');
}

/** What clients say about themselves with every request, which nobody looks at. */
const smallTalk = /^(?:user-agent|referer|x-forwarded-for|forwarded|via|from|accept-language|x-request-id|origin)\s*:/i;
const smallTalkFlags = new Set(['-A', '-e', '-U', '--user-agent', '--referer']);

/** Headers in which clients prove who they are: those that are named after what they hold. */
const provesWho = /auth|token|key|secret|credential|signature|passw|session|csrf|xsrf|jwt|access|bearer/i;
const headerFlags = new Set(['-H', '--header', '--proxy-header']);
/** The name of a header, in a flag or as an item of httpie; `==` gives it a parameter, `://` makes it a URL. */
const headerName = /^([\w-]{1,64}):(?![=/])/;
/** Variables that hold what a server gave to be sent back in a cookie. */
const ofCookies = /(?:^|_)(?:cookies?|jar|session|sess|sid|csrf|xsrf|jwt)(?:_|$|id)/i;

/**
 * Notes variables in such headers, in cookies, and in all others that prove nothing about who is asking: `header $token`. What
 * a session is known by belongs into a cookie.
 */
function noteSmallTalk({ machine, name: program, args }: Call, items: readonly Field[]): void {
  const note = (variables: readonly string[] | undefined): void => {
    noteWord(machine, 'header', { ...plainField(''), variables }, false);
  };
  const noteCookie = ({ variables }: Field): void => note(variables?.filter((one) => !ofCookies.test(one)));
  const noteHeader = (field: Field): void => {
    const name = headerName.exec(field.text)?.[1];
    if (smallTalk.test(field.text)) note(field.variables);
    else if (name?.toLowerCase() === 'cookie') noteCookie(field);
    else if (name !== undefined && !provesWho.test(name)) note(field.variables);
  };
  for (const { name: flag, value } of args.flags) {
    if (value === undefined) continue;
    if (smallTalkFlags.has(flag)) note(value.variables);
    else if (headerFlags.has(flag)) noteHeader(value);
    else if (flag === '-b' && program === 'curl') noteCookie(value);
  }
  for (const item of items) noteHeader(item);
}

function contactText(call: Call, hosts: string): void {
  for (const host of hosts.split(',')) if (host !== '') contact(call.machine, plainField(host));
}

/** curl's own lists and ranges in URLs: `{a,b}`, `[1-9]`; `*` when there are more than are followed. */
function expandUrl(url: Field): readonly Field[] {
  if (url.unknown !== undefined || url.text.length > 2048 || !/[{[]/.test(url.text)) return [url];
  let texts: readonly string[] = [''];
  let at = 0;
  for (const match of url.text.matchAll(/\{([^{}]*)\}|\[(\w+)-(\w+)(?::\d+)?\]/g)) {
    const before = url.text.slice(at, match.index);
    const choices = match[1]?.split(',') ?? rangeOf(match[2] ?? '', match[3] ?? '');
    texts = texts.flatMap((text) => choices.map((choice) => text + before + choice));
    if (texts.length > 256) return [unknownField('variable')];
    at = match.index + match[0].length;
  }
  return texts.map((text) => plainField(text + url.text.slice(at)));
}

function rangeOf(from: string, to: string): readonly string[] {
  const isNumber = /^\d{1,9}$/.test(from) && /^\d{1,9}$/.test(to);
  const start = isNumber ? Number(from) : from.charCodeAt(0);
  const end = isNumber ? Number(to) : to.charCodeAt(0);
  if (end < start || end - start > 256) return ['*'];
  const choices = Array.from({ length: end - start + 1 }, (_, i) => start + i);
  return isNumber
    ? choices.map((one) => String(one).padStart(from.length, '0'))
    : choices.map((one) => String.fromCharCode(one));
}

function save(call: Call, folder: Field | undefined, url: Field): void {
  const file = folder === undefined ? remoteName(url) : below(folder, remoteName(url));
  touch(call.machine, 'written', file);
  noteContent(call.machine, file, fetchedOutput);
}

/** http, https and xh: a method, a URL, and items, of which some are sent and some are read from files. */
export const httpie: Handler = (call) => {
  noteSmallTalk(call, call.args.operands);
  const { machine, name, args, io } = call;
  const [first] = args.operands;
  const hasMethod = /^[a-z]{3,8}$/i.test(first?.text ?? '') && args.operands.length > 1;
  const method = hasMethod ? first?.text.toUpperCase() : undefined;
  const [url, ...items] = hasMethod ? args.operands.slice(1) : args.operands;
  if (url !== undefined && /^:(\d|\/|$)/.test(url.text)) contact(machine, plainField('localhost'));
  else if (url !== undefined) contact(machine, url);
  let sends = (io.stdin !== undefined && !hasFlag(call, '--ignore-stdin')) || hasFlag(call, '--raw', '-d');
  for (const item of items) {
    const file = /^[^=:@]*(?::=@|=@|@)/.exec(item.text);
    if (file !== null) applyRole(machine, 'r', sliceField(item, file[0].length));
    if (file !== null || /^[^=:]+:?=(?!=)/.test(item.text)) sends = true;
  }
  if (sends || (method !== undefined && !/^(GET|HEAD|OPTIONS)$/.test(method)))
    machine.findings.commands.add(`${name} POST`);
  return saveResponse(call, url) ? silent : fetchedOutput;
};

/** Notes the file that a response is saved to, by the name it is given or that of the URL. */
function saveResponse(call: Call, url: Field | undefined): boolean {
  const target = flagValue(call, '--output', '-o');
  if (target !== undefined) noteContent(call.machine, target, fetchedOutput);
  else if (url !== undefined && hasFlag(call, '--download', '-O')) save(call, undefined, url);
  else return false;
  return true;
}

/** wget saves what it gets unless told to print it. */
export const wget: Handler = (call) => {
  noteSmallTalk(call, []);
  const { machine, args } = call;
  const folder = flagValue(call, '-P', '-d');
  const named = flagValue(call, '-O', '-o');
  // aria2c puts the file into its folder, wget where it says.
  const target = call.name === 'aria2c' && folder !== undefined && named !== undefined ? below(folder, named) : named;
  for (const url of args.operands) {
    contact(machine, url);
    if (target === undefined && !hasFlag(call, '--spider')) save(call, folder, url);
  }
  for (const { name, value } of args.flags) if (name === '-i') contactListed(machine, contentGiven(call, value));
  const execute = flagValue(call, '-e')?.text ?? '';
  if (/use_askpass|output_document/i.test(execute)) machine.findings.reasons.add('other-language');
  if (/_proxy\s*=/i.test(execute)) machine.findings.environment.add('https_proxy');
  if (target === undefined) return silent;
  if (target.text === '-') return fetchedOutput;
  noteContent(machine, target, fetchedOutput);
  return silent;
};

/** nc, telnet and dig: the first operand is the host, except when listening. */
export const netcat: Handler = (call) => {
  const { machine, args } = call;
  for (const flag of args.flags) {
    // What is run is fed by whoever is at the other end.
    if (
      (flag.name === '-e' || flag.name === '-c') &&
      flag.value !== undefined &&
      call.name !== 'dig' &&
      call.name !== 'telnet'
    )
      runShellText(machine, flag.value, { stdin: fetchedOutput });
  }
  const listens = hasFlag(call, '-l') && !hasFlag(call, '-z');
  const hosts =
    call.name === 'dig' ? args.operands.filter((field) => !field.text.startsWith('+')) : args.operands.slice(0, 1);
  if (!listens || args.operands.length > 1) {
    for (const field of hosts) {
      if (/^(A|AAAA|MX|TXT|NS|CNAME|SOA|SRV|ANY|PTR|CAA|IN)$/i.test(field.text) && call.name === 'dig') continue;
      if (!/^\d{1,5}$/.test(field.text)) contact(machine, field.text.startsWith('@') ? sliceField(field, 1) : field);
    }
  }
  return fetchedOutput;
};

/** socat connects two addresses, of which one may be a command. */
export const socat: Handler = (call) => {
  const { machine, args } = call;
  for (const field of args.operands) readSocatAddress(call, field);
  if (args.operands.some((field) => field.unknown !== undefined)) machine.findings.hosts.add('unknown');
  return fetchedOutput;
};

function readSocatAddress(call: Call, field: Field): void {
  const { machine } = call;
  const colon = field.text.indexOf(':');
  const kind = (colon < 0 ? field.text : field.text.slice(0, colon)).toLowerCase();
  const rest = colon < 0 ? plainField('') : sliceField(field, colon + 1);
  const first = { ...rest, text: rest.text.split(',')[0] ?? '' };
  if (/^(exec|system|shell)$/.test(kind)) {
    if (/^(\/(usr\/)?bin\/)?(ba|da|z|k)?sh\b/.test(first.text)) {
      machine.findings.pipesToInterpreter = true;
      machine.findings.reasons.add('script-from-network');
    }
    runShellText(machine, first, { stdin: fetchedOutput });
  } else if (/listen|^stdio$|^-$|^pty$/.test(kind)) return;
  else if (
    /^(tcp|udp|openssl|ssl|sctp|proxy|socks4|socks4a|socks5|tcp4|tcp6|udp4|udp6|tcp-connect|udp-connect|openssl-connect|ip)/.test(
      kind,
    )
  ) {
    contact(machine, { ...first, text: first.text.replace(/:\d+$/, '') });
    // Behind a proxy stands the host that it is asked for.
    const behind = /^(?:proxy|socks)/.test(kind) ? /^[^:]*:([^:]+)/.exec(first.text)?.[1] : undefined;
    if (behind !== undefined) contact(machine, plainField(behind));
  } else if (/^(file|open|gopen)$/.test(kind)) applyRole(machine, 'a', first);
  else if (/^(create|creat)$/.test(kind)) touch(machine, 'written', first);
  else if (kind.startsWith('/') || kind.startsWith('.')) applyRole(machine, 'a', field);
}

/** Runs something in the home folder, as a login on this machine does. */
function atHome<T>(machine: Machine, run: () => T): T {
  return isolated(machine.scope, () => {
    enterFolder(machine, plainField(machine.home));
    return run();
  });
}

/** Contacts the hosts to which ssh passes on what it gets: `-L 8080:example.com:80`, `-R` likewise. */
function contactForwarded({ machine, args }: Call): void {
  for (const { name, value } of args.flags) {
    if ((name !== '-L' && name !== '-R') || value === undefined) continue;
    const host = /(?:^|[:/])(\[[^\]]+\]|[^:/]+):\d+$/.exec(value.text)?.[1];
    if (host !== undefined) contact(machine, plainField(host));
  }
}

/** ssh runs its words on the other machine, or what it reads when there are none. */
export const ssh: Handler = (call) => {
  const { machine, args, io } = call;
  const [host, ...rest] = args.operands;
  for (const flag of args.flags) {
    if (flag.name !== '-o' || flag.value === undefined) continue;
    const option = /^\s*(ProxyCommand|LocalCommand|KnownHostsCommand|Match\s+exec)[\s=]+/i.exec(flag.value.text);
    if (option !== null) runShellText(machine, sliceField(flag.value, option[0].length), { stdin: undefined });
  }
  contactForwarded(call);
  if (host === undefined) return unknownOutput;
  contact(machine, host);
  const isHere = /^(?:[^@]*@)?(localhost|127\.\d+\.\d+\.\d+|::1|0\.0\.0\.0|\[::1\])$/i.test(host.text);
  const around = isHere ? atHome : elsewhere;
  return around(machine, () => {
    if (rest.length > 0) {
      const words = rest[0]?.text === '--' ? rest.slice(1) : rest;
      const output = runShellText(machine, joinFields(words), io);
      return { ...output, fetched: true };
    }
    if (io.stdin !== undefined) runStream(machine, io.stdin, { stdin: undefined });
    return fetchedOutput;
  });
};

/** ssh-keygen writes the key that `-f` names, unless it only shows or checks it. */
export const keygen: Handler = (call) => {
  const file = flagValue(call, '-f');
  if (file === undefined) return undefined;
  const shows = hasFlag(call, '-l', '-y', '-F', '-B', '-e', '-L');
  applyRole(call.machine, shows ? 'r' : 'a', file);
  return undefined;
};

/** rsync and scp: a word with a colon is on another machine, the last word is written. */
export const rsync: Handler = (call) => {
  const { machine, name, args } = call;
  const recursive = hasFlag(call, '-r', '-a');
  const target = args.operands.length > 1 ? args.operands.at(-1) : undefined;
  for (const field of args.operands) {
    const isTarget = field === target;
    if (isUrl(field.text) || remoteHost(field.text) !== undefined) contactOrRead(machine, field);
    else if (isTarget) writeTarget(call, field);
    else {
      touch(machine, 'read', field, recursive);
      if (hasFlag(call, '--remove-source-files')) touch(machine, 'deleted', field, true);
    }
  }
  for (const flag of args.flags) {
    if (name === 'scp' && flag.name === '-o' && /^\s*ProxyCommand[\s=]/i.test(flag.value?.text ?? '')) {
      runShellText(machine, plainField((flag.value?.text ?? '').replace(/^\s*ProxyCommand[\s=]+/i, '')), {
        stdin: undefined,
      });
    }
  }
  return unknownOutput;
};

function writeTarget(call: Call, target: Field): void {
  const { machine, args } = call;
  const isFolder = /(^|\/)\.{0,2}$/.test(target.text);
  const others = args.operands.slice(0, -1);
  if (isFolder && others.length > 0) {
    for (const source of others) {
      const base = source.text.replace(/\/+$/, '').replace(/^.*[/:]/s, '');
      touch(machine, 'written', base === '' ? target : below(target, { ...source, text: base, pattern: undefined }));
    }
  } else touch(machine, 'written', target);
  if (args.flags.some((flag) => /^--del(ete.*)?$/.test(flag.name))) touch(machine, 'deleted', target, true);
}

/** `aws s3 cp` and its like write what is named last, and read the rest; buckets are on other machines. */
export const cloudCopy: Handler = (call) => {
  const { operands } = call.args;
  const at = operands.findIndex(({ text }) => /^(cp|mv|sync|rsync|copy)$/.test(text));
  const places = operands.slice(at + 1);
  if (at < 0 || places.length < 2) return undefined;
  places.forEach((field, index) => {
    if (isUrl(field.text)) contactUrl(call.machine, field);
    else touch(call.machine, index === places.length - 1 ? 'written' : 'read', field, true);
  });
  return unknownOutput;
};
