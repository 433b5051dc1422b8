import {
  installScripts,
  type PathFacts,
  pathFacts,
  type ShellContext,
  type ShellFacts,
  shellFacts,
  type TextFacts,
  textFacts,
  type UrlFacts,
  urlFacts,
} from '../facts/index.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import {
  BOOL,
  type CedarType,
  LONG,
  type RecordType,
  recordType,
  required,
  STRING,
  setType,
} from '../types/cedar-type.js';
import { createSet } from '../values/equality.js';
import { RecordMaker } from '../values/field-list.js';
import type { RecordValue, Value } from '../values/value.js';
import type { Workspace } from './agent.js';
import type { FactKind } from './fact-declarations.js';
import { RecentTexts } from './recent-texts.js';

type Facts = ShellFacts | PathFacts | UrlFacts | TextFacts;

/** Facts about one parameter, with the kind that says how to read them. */
export type KnownFacts = (
  | { readonly kind: 'shell'; readonly facts: ShellFacts }
  | { readonly kind: 'path'; readonly facts: PathFacts }
  | { readonly kind: 'url'; readonly facts: UrlFacts }
  | { readonly kind: 'text'; readonly facts: TextFacts }
  /** A text that may be a path, by its looks: where it leads counts, whether it is outside the workspace does not. */
  | { readonly kind: 'mention'; readonly facts: PathFacts }
) &
  MadeOfFacts;

/** What was made of some facts alone; it is remembered with them. */
interface MadeOfFacts {
  record: RecordValue | undefined;
  touches: RecordValue | undefined;
}

/** Said in full: what is not made yet must not be found in a prototype. */
export const NOTHING_MADE: MadeOfFacts = { record: undefined, touches: undefined };

/** Where commands and paths are understood when the agent names no workspace. */
const NOWHERE: Workspace = { root: '/workspace' };

type Remembered = Readonly<Record<FactKind, RecentTexts<KnownFacts>>>;

const remembered = new WeakMap<Workspace, Remembered>();

/**
 * The facts of a text. They follow from kind, text and workspace alone, so those of the latest texts are remembered: a
 * call is looked at when it is made, when it is approved and when its result comes. Nobody may change them.
 */
export function computeFacts(kind: FactKind, text: string, workspace: Workspace = NOWHERE): KnownFacts {
  let known = remembered.get(workspace);
  if (known === undefined) {
    known = { shell: new RecentTexts(), path: new RecentTexts(), url: new RecentTexts(), text: new RecentTexts() };
    remembered.set(workspace, known);
  }
  return known[kind].of(text, () => newFacts(kind, text, workspace));
}

function newFacts(kind: FactKind, text: string, workspace: Workspace): KnownFacts {
  switch (kind) {
    case 'shell':
      return { kind, facts: shellFacts(text, pathContext(workspace)), ...NOTHING_MADE };
    case 'path':
      return { kind, facts: pathFacts(text, pathContext(workspace)), ...NOTHING_MADE };
    case 'url':
      return { kind, facts: urlFacts(text), ...NOTHING_MADE };
    case 'text':
      return { kind, facts: textFacts(text), ...NOTHING_MADE };
  }
}

/** The workspace in the form that facts about commands and paths take it. */
export function pathContext(workspace: Workspace = NOWHERE): ShellContext {
  const { root, cwd = root, home = '/home/user', globs = {} } = workspace;
  return { cwd, workspace: root, home, globs };
}

type Fact = boolean | number | string | readonly string[];

/** The facts by their names. */
function entriesOf(facts: Facts): readonly (readonly [string, Fact])[] {
  return Object.entries<Fact>({ ...facts });
}

/** Facts of a kind all have the same names, and so has what calls touch. */
const records = new RecordMaker();

/** The facts as a Cedar record: lists become sets. Made once for facts that are remembered. */
export function factsValue(known: KnownFacts): RecordValue {
  known.record ??= records.of(Object.keys(known.facts), Object.values<Fact>({ ...known.facts }).map(factValue));
  return known.record;
}

function factValue(fact: Fact): Value {
  return typeof fact === 'object' ? createSet(fact) : fact;
}

const types = new Map<FactKind, RecordType>();

/** Cedar type of the facts of a kind, read off the facts of an empty text so that there is no second list of them. */
export function factType(kind: FactKind): RecordType {
  const known = types.get(kind);
  if (known !== undefined) return known;
  const { facts } = computeFacts(kind, '');
  const type = recordType(entriesOf(facts).map(([name, fact]) => [name, required(typeOfFact(fact))] as const));
  types.set(kind, type);
  return type;
}

function typeOfFact(fact: Fact): CedarType {
  switch (typeof fact) {
    case 'boolean':
      return BOOL;
    case 'number':
      return LONG;
    case 'string':
      return STRING;
    default:
      return setType(STRING);
  }
}

/** What each call touches: see `touchesValue`. */
export const TOUCHES_TYPE: RecordType = recordType([
  ['programs', required(setType(STRING))],
  ['commands', required(setType(STRING))],
  ['paths', required(setType(STRING))],
  ['globs', required(setType(STRING))],
  ['hosts', required(setType(STRING))],
  ['secrets', required(setType(STRING))],
  ['personalData', required(setType(STRING))],
  ['installScripts', required(setType(STRING))],
  ['outsideWorkspace', required(BOOL)],
  ['privateNetwork', required(BOOL)],
  ['opaque', required(BOOL)],
]);

/**
 * What a call touches, gathered over all its parameters, so that one policy covers every tool whatever its parameters
 * are called. `hosts` holds each host with its suffixes and the address that it spells out; `sensitive` is
 * what parameters that are no text hold: commands, URLs, lists of edits. `personalData` names account and identity numbers
 * with a checksum only, because arguments are full of other numbers. `installScripts` holds the commands that a manifest of a
 * package in the arguments runs at installation, and those of its other scripts that run what they download or decode.
 */
export function touchesValue(all: readonly KnownFacts[], sensitive: Sensitive, complete: boolean): RecordValue {
  const [only] = all;
  if (
    all.length > 1 ||
    sensitive.secrets.length > 0 ||
    sensitive.personalData.length > 0 ||
    sensitive.installScripts.length > 0 ||
    !complete
  )
    return newTouches(all, sensitive, complete);
  // Of most calls a single text tells what they touch, and its facts are remembered.
  if (only === undefined) return NOTHING_TOUCHED;
  only.touches ??= newTouches(all, sensitive, complete);
  return only.touches;
}

function newTouches(all: readonly KnownFacts[], sensitive: Sensitive, complete: boolean): RecordValue {
  const touches: Touches = {
    programs: new Set(),
    commands: new Set(),
    paths: new Set(),
    globs: new Set(),
    hosts: new Set(),
    secrets: new Set(sensitive.secrets),
    personalData: new Set(sensitive.personalData),
    installScripts: new Set(sensitive.installScripts),
    outsideWorkspace: false,
    privateNetwork: false,
    opaque: !complete,
  };
  for (const known of all) gather(touches, known);
  const found: readonly (boolean | Set<string>)[] = Object.values(touches);
  return records.of(
    Object.keys(touches),
    found.map((value) => (typeof value === 'boolean' ? value : createSet(value))),
  );
}

/** Kinds of secrets and of account and identity numbers in arguments, and scripts of packages in them. */
export interface Sensitive {
  readonly secrets: readonly string[];
  readonly personalData: readonly string[];
  readonly installScripts: readonly string[];
}

const NOTHING_SENSITIVE: Sensitive = { secrets: [], personalData: [], installScripts: [] };

/** Numbers that their checksum tells from any other number. */
export const CHECKED_NUMBERS: ReadonlySet<string> = new Set(
  (
    'payment-card iban us-bank-account de-tax-id fr-nir es-dni br-cpf be-national-number ch-ahv se-personnummer fi-hetu ' +
    'in-aadhaar cn-resident-id pl-pesel nl-bsn ca-sin au-tfn it-codice-fiscale uk-nhs-number national-id'
  ).split(' '),
);

const NOTHING_TOUCHED = newTouches([], NOTHING_SENSITIVE, true);

interface Touches {
  readonly programs: Set<string>;
  readonly commands: Set<string>;
  readonly paths: Set<string>;
  readonly globs: Set<string>;
  readonly hosts: Set<string>;
  readonly secrets: Set<string>;
  readonly personalData: Set<string>;
  readonly installScripts: Set<string>;
  outsideWorkspace: boolean;
  privateNetwork: boolean;
  opaque: boolean;
}

function gather(touches: Touches, { kind, facts }: KnownFacts): void {
  switch (kind) {
    case 'shell':
      gatherCommand(touches, facts);
      break;
    case 'path':
      touches.outsideWorkspace ||= !facts.insideWorkspace;
      add(touches.paths, [facts.absolute]);
      add(touches.globs, facts.globs);
      break;
    case 'mention':
      add(touches.paths, [facts.absolute]);
      add(touches.globs, facts.globs);
      break;
    case 'url':
      add(touches.hosts, facts.suffixes, addressOf(facts));
      touches.privateNetwork ||= isInside(facts);
      touches.opaque ||= !facts.valid;
      break;
    case 'text':
      add(touches.secrets, facts.secrets);
      add(
        touches.personalData,
        facts.personalData.filter((data) => CHECKED_NUMBERS.has(data)),
      );
      break;
  }
}

function gatherCommand(touches: Touches, facts: ShellFacts): void {
  add(touches.programs, facts.programs);
  add(touches.commands, facts.commands);
  add(touches.paths, facts.pathsRead, facts.pathsWritten, facts.pathsDeleted);
  add(touches.globs, facts.globsRead, facts.globsWritten, facts.globsDeleted);
  for (const host of facts.hosts) {
    const url = hostFacts(host);
    add(touches.hosts, [host], url.suffixes, addressOf(url));
    touches.privateNetwork ||= url.valid && isInside(url) && host !== 'unknown';
  }
  touches.outsideWorkspace ||=
    facts.readsOutsideWorkspace || facts.writesOutsideWorkspace || facts.deletesOutsideWorkspace;
  touches.opaque ||= facts.opaque;
}

function add(set: Set<string>, ...lists: readonly (readonly string[])[]): void {
  for (const list of lists) for (const item of list) set.add(item);
}

/** A host that a command contacts, read like the host of a URL. */
function hostFacts(host: string): UrlFacts {
  return urlFacts(host.includes(':') ? `http://[${host}]/` : `http://${host}/`);
}

function addressOf({ ip }: UrlFacts): readonly string[] {
  return ip === '' ? [] : [ip];
}

function isInside(url: UrlFacts): boolean {
  return url.private || url.loopback || url.linkLocal || url.metadata;
}

const rememberedSensitive = new RecentTexts<Sensitive>();

/** What all texts of a JSON value hold, whatever they are nested in; keys of objects are not read. */
export function sensitiveIn(json: JsonValue): Sensitive {
  if (typeof json === 'string') return rememberedSensitive.of(json, newSensitive);
  return isJsonArray(json) ? join(json) : isJsonObject(json) ? join(Object.values(json)) : NOTHING_SENSITIVE;
}

function newSensitive(text: string): Sensitive {
  const { secrets, personalData } = textFacts(text, { categories: ['secret', 'personal-data'] });
  const numbers = personalData.filter((kind) => CHECKED_NUMBERS.has(kind));
  if (secrets.length === 0 && numbers.length === 0) return NOTHING_SENSITIVE;
  return { ...NOTHING_SENSITIVE, secrets, personalData: numbers };
}

function join(items: readonly JsonValue[]): Sensitive {
  const all = items.map(sensitiveIn).filter((one) => one !== NOTHING_SENSITIVE);
  // Of most calls there is nothing to join.
  if (all.length === 0) return NOTHING_SENSITIVE;
  return {
    ...NOTHING_SENSITIVE,
    secrets: all.flatMap((one) => one.secrets),
    personalData: all.flatMap((one) => one.personalData),
  };
}

/** Names of parameters that hold what is taken away. */
const OLD_TEXT = /^old_?(?:str|string|text|content|value)?$/i;

/** The scripts of packages in all texts of a JSON value, except in those that say what is replaced. */
export function installScriptsIn(json: JsonValue): readonly string[] {
  if (typeof json === 'string') return installScripts(json);
  if (isJsonArray(json)) return json.flatMap(installScriptsIn);
  if (!isJsonObject(json)) return [];
  return Object.entries(json).flatMap(([name, value]) => (OLD_TEXT.test(name) ? [] : installScriptsIn(value)));
}

/**
 * A JSON value as text that facts are computed on: its texts with their names before them. JSON itself would put every
 * text between quotes, as if it were only mentioned.
 */
export function readableText(json: JsonValue): string {
  if (typeof json === 'string') return json;
  // Without lists in between, as results may have many rows.
  let text = '';
  let between = '';
  if (isJsonArray(json)) {
    for (const member of json) {
      text += between + readableText(member);
      between = '\n';
    }
    return text;
  }
  if (!isJsonObject(json)) return printJson(json);
  for (const name of Object.keys(json)) {
    text += `${between}${name}: ${readableText(json[name] ?? null)}`;
    between = '\n';
  }
  return text;
}
