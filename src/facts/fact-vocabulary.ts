import { nearNames } from '../diagnostics/did-you-mean.js';
import { pathFacts } from './path-facts.js';
import { normalizeSegments, startsWithDrive } from './path-normal.js';
import { findProgram } from './programs.js';
import { EFFECTS } from './programs-effects-table.js';
import { shellFacts } from './shell-facts.js';
import { commandReachedBy, normalCommand } from './shell-normal-command.js';
import { OPAQUE_REASONS, type ShellContext } from './shell-types.js';
import { FINDING_KINDS } from './text/finding-kinds.js';
import { classifyAddress } from './url-address.js';
import { urlFacts } from './url-facts.js';

/** Why a text is not what a fact says. */
export interface Unheard {
  /** Whether the fact can never say it; else hardly anything leads to it. */
  readonly certain: boolean;
  /** What is probably meant. */
  readonly near: readonly string[];
  /** What the fact says instead. */
  readonly form: string;
}

/** What the texts of a fact can be. */
export interface FactTexts {
  /** Undefined for a text that the fact may well say. */
  readonly judge: (text: string, context: ShellContext) => Unheard | undefined;
  /** Of facts that are one text: no text of it has a match. */
  readonly never?: RegExp;
  /** Each text of it begins so; tried on a beginning of one, too. */
  readonly begins?: RegExp;
}

/** The facts about one kind of text whose values are known, by name. */
export type FactVocabulary = Readonly<Record<string, FactTexts>>;

function oneOf(names: readonly string[], noun: string): FactTexts {
  const known = new Set(names);
  return {
    judge: (text) =>
      known.has(text) ? undefined : { certain: true, near: nearNames(text, names), form: `there is no such ${noun}` },
  };
}

const globs: FactTexts = {
  judge: (text, { globs: sets = {} }) => {
    const names = Object.keys(sets);
    if (names.includes(text)) return undefined;
    const form =
      names.length === 0
        ? 'the workspace of the agent names no sets of globs'
        : 'the workspace of the agent names no such set of globs';
    return { certain: true, near: nearNames(text, names), form };
  },
};

const programs: FactTexts = {
  judge: (text) => {
    const base = text.slice(text.lastIndexOf('/') + 1);
    const form = 'programs are named without folders and arguments';
    if (text === '' || base !== text) return { certain: true, near: base === '' ? [] : [base], form };
    const [first = ''] = text.trim().split(/\s+/);
    if (first !== text) return { certain: false, near: [first], form: `${form}; \`commands\` has them with one` };
    const lower = text.toLowerCase();
    if (!/^[A-Z]{2,}$/.test(text) || findProgram(lower).program === undefined) return undefined;
    return { certain: false, near: [lower], form: 'programs have their usual name, in its usual letters' };
  },
};

const commands: FactTexts = { judge: judgeCommand };

const COMMAND_FORM = 'a command is a program, its subcommand, and either with one flag, each in one spelling';

function judgeCommand(text: string): Unheard | undefined {
  const normal = normalCommand(text);
  if (normal === text) return undefined;
  if (normal !== undefined) return { certain: !commandReachedBy(text), near: [normal], form: COMMAND_FORM };
  // Statements for a database of tests.
  const plain = text.replace(/-test$/, '');
  if (plain !== text && normalCommand(plain) === plain) return undefined;
  const words = text.split(/\s+/).filter((word) => word !== '');
  const flags = words.slice(1).filter((word) => /^-[^-]./.test(word) || word.startsWith('-'));
  const { commands: entries } = shellFacts(words.join(' '), { cwd: '/', workspace: '/', home: '/' });
  const near = entries.filter((entry) => entry.includes(' ')).slice(0, 4);
  return { certain: words.length === 0 || (flags.length > 0 && near.length > 1), near, form: COMMAND_FORM };
}

/** Of two words, the second in lower case. */
function pairs(form: string): FactTexts {
  return {
    judge: (text) => {
      const last = text.lastIndexOf(' ') + 1;
      const lower = text.slice(0, last) + text.slice(last).toLowerCase();
      if (last > 0 && lower === text) return undefined;
      return { certain: true, near: lower === text ? [] : [lower], form };
    },
  };
}

const codeNames: FactTexts = {
  judge: (text) => {
    const lower = text.toLowerCase();
    return lower === text ? undefined : { certain: true, near: [lower], form: 'names of code are in lower case' };
  },
};

const environment: FactTexts = {
  judge: (text) => {
    const name = text.replace(/^\$\{?|\}$|=.*$/gs, '');
    if (name === text && name !== '') return undefined;
    return {
      certain: /[$=]|^$/.test(text),
      near: name === '' ? [] : [name],
      form: 'variables are named without signs',
    };
  },
};

const PATH_FORM = 'paths are absolute, without `.`, `..`, doubled and trailing slashes';

/** Absolute paths as they are in their normal form; those with a drive and in homes of others are left alone. */
const paths: FactTexts = {
  judge: (text, context) => {
    if (startsWithDrive(text) || /^~[^/]/.test(text)) return undefined;
    if (text.startsWith('/')) {
      const normal = normalizeSegments(text.normalize('NFC'));
      return normal === text ? undefined : { certain: true, near: [normal], form: PATH_FORM };
    }
    const isPlain = text !== '' && !/[*?[{\\]/.test(text);
    const form = isPlain || text === '' ? PATH_FORM : `${PATH_FORM}; sets of globs are what patterns are for`;
    return { certain: true, near: isPlain ? [pathFacts(text, context).absolute] : [], form };
  },
  never: /\/\/|\/\.\.?\//,
  begins: /^(?:[/~]|[A-Za-z](?::|$))/,
};

const baseName: FactTexts = {
  judge: (text) => {
    const name = text.slice(text.lastIndexOf('/') + 1);
    return name === text ? undefined : { certain: true, near: name === '' ? [] : [name], form: 'a name has no folder' };
  },
  never: /\//,
};

const extension: FactTexts = {
  judge: (text) => {
    const plain = text.slice(text.lastIndexOf('.') + 1).toLowerCase();
    if (plain === text) return undefined;
    return { certain: true, near: [plain], form: 'an extension is in lower case and without its dot' };
  },
  never: /[A-Z./]/,
};

const HOST_FORM = 'a host is in lower case, without scheme, port, path, trailing dot and wildcards';

/** One host; a set of them has no empty one. */
const host: FactTexts = {
  judge: (text) => {
    const address = text.replace(/^\[(.*)\]$/, '$1');
    if (text === '' || isPlainHost(text) || classifyAddress(address)?.ip === address) return undefined;
    const plain = text.replace(/^(?:[a-z][\w+.-]*:\/\/)?(?:\*\.|\.)*/i, '');
    const { host: canonical, valid } = urlFacts(isIPv6(plain) ? `http://[${plain}]/` : `http://${plain}`);
    if (canonical === text || (!valid && !NEVER_IN_HOSTS.test(text))) return undefined;
    return { certain: NEVER_IN_HOSTS.test(text), near: canonical === '' ? [] : [canonical], form: HOST_FORM };
  },
  never: /[A-Z/*\s]/,
};

const NEVER_IN_HOSTS = /[A-Z/*]/;

/** Names that have one spelling, so that nobody needs to read them. */
function isPlainHost(text: string): boolean {
  return /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z]{2,}$/.test(text) && !text.includes('xn--');
}

function isIPv6(text: string): boolean {
  return text.includes(':') && classifyAddress(text) !== undefined;
}

const hosts: FactTexts = {
  judge: (text, context) => (text === '' ? { certain: true, near: [], form: HOST_FORM } : host.judge(text, context)),
};

const scheme: FactTexts = {
  judge: (text) => {
    const name = text.replace(/:.*$/s, '').toLowerCase();
    return name === text ? undefined : { certain: true, near: [name], form: 'a scheme is in lower case, without `:`' };
  },
  never: /[A-Z:/]/,
};

const ip: FactTexts = {
  judge: (text) => {
    const plain = /^\[[^\]]*\]$/.test(text) ? text.slice(1, -1) : text;
    const address = classifyAddress(plain)?.ip;
    if (text === '' || address === text) return undefined;
    const form = text.includes('/')
      ? 'an address is no range: `private` and `isInRange` tell ranges'
      : 'addresses have one spelling';
    return { certain: true, near: address === undefined ? [] : [address], form };
  },
  never: /[^\da-f.:]/,
};

const SECRETS = oneOf(FINDING_KINDS.secret, 'kind of secret');
const PERSONAL_DATA = oneOf(FINDING_KINDS['personal-data'], 'kind of personal data');
const INJECTION = oneOf(FINDING_KINDS.injection, 'sign of injection');

/** What the texts of the facts can be, by kind of facts; what is not there can be any text. */
export const FACT_VOCABULARY: Readonly<Record<'shell' | 'path' | 'url' | 'text', FactVocabulary>> = {
  shell: {
    programs,
    commands,
    operands: pairs('an operand has its program before it, and is in lower case'),
    settings: pairs('a setting has its program before it, and is in lower case'),
    codeNames,
    effects: oneOf(EFFECTS, 'effect'),
    opaqueReasons: oneOf(Object.keys(OPAQUE_REASONS), 'reason'),
    pathsRead: paths,
    pathsWritten: paths,
    pathsDeleted: paths,
    globsRead: globs,
    globsWritten: globs,
    globsDeleted: globs,
    globsReadElsewhere: globs,
    hosts,
    environment,
  },
  path: { absolute: paths, name: baseName, extension, globs },
  url: { scheme, host, suffixes: hosts, ip },
  text: { secrets: SECRETS, personalData: PERSONAL_DATA, injection: INJECTION },
};

/** The same for what a call touches; `personalData` names the given kinds alone. */
export function touchesVocabulary(personalData: readonly string[]): FactVocabulary {
  return {
    programs,
    commands,
    paths,
    globs,
    hosts,
    secrets: SECRETS,
    personalData: oneOf(personalData, 'kind of number with a checksum'),
  };
}
