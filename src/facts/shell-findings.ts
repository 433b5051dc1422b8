import { anywhere, type CompiledGlobSet, compileGlobSets } from './path-globs.js';
import { isWithin, joinPath, normalizeSegments, parentOf, withoutProc } from './path-normal.js';
import { anywhereBelow, digitsOnly, globsOverlap } from './path-overlap.js';
import type { Effect } from './programs-effects-table.js';
import type { OpaqueReason, ShellContext, ShellFacts } from './shell-types.js';
import { escapeGlob, type Field, hole } from './shell-values.js';

/** What is done with a path. */
export type Touch = 'read' | 'written' | 'deleted';

/** A path and how much of it is known. */
interface Touched {
  readonly path: string;
  readonly pattern: string | undefined;
  /** With everything below it. */
  readonly recursive: boolean;
  /** Whether all that it may hold is shown, hidden files too. */
  readonly whole: boolean;
}

/** What has been found so far while a script is read. */
export interface Findings {
  readonly programs: Set<string>;
  readonly programPaths: Set<string>;
  readonly commands: Set<string>;
  readonly operands: Set<string>;
  readonly settings: Set<string>;
  readonly codeNames: Set<string>;
  readonly effects: Set<Effect>;
  /** How many simple commands do something. */
  acting: number;
  readonly reasons: Set<OpaqueReason>;
  /** By path, or by path and pattern where there is one. */
  readonly read: Map<string, Touched>;
  readonly written: Map<string, Touched>;
  readonly deleted: Map<string, Touched>;
  /** What is read in a container or on another machine. */
  readonly elsewhere: Map<string, Touched>;
  /** Patterns of paths whose start is unknown, such as `$DIR/.env`, by what is done with them. */
  readonly loose: Readonly<Record<Touch, Set<string>>>;
  readonly hosts: Set<string>;
  /** Folders beside the workspace that the script made as further work trees of its repository. */
  readonly worktrees: Set<string>;
  readonly environment: Set<string>;
  deletesRoot: boolean;
  pipesToInterpreter: boolean;
  printsEnvironment: boolean;
  privileged: boolean;
  dynamicPaths: boolean;
}

/** Findings of an empty script. */
export function createFindings(): Findings {
  return {
    programs: new Set(),
    programPaths: new Set(),
    commands: new Set(),
    operands: new Set(),
    settings: new Set(),
    codeNames: new Set(),
    effects: new Set(),
    acting: 0,
    reasons: new Set(),
    read: new Map(),
    written: new Map(),
    deleted: new Map(),
    elsewhere: new Map(),
    loose: { read: new Set(), written: new Set(), deleted: new Set() },
    hosts: new Set(),
    worktrees: new Set(),
    environment: new Set(),
    deletesRoot: false,
    pipesToInterpreter: false,
    printsEnvironment: false,
    privileged: false,
    dynamicPaths: false,
  };
}

/** The folders that matter for a path. */
export interface Places {
  /** Where a relative path may start; none when that is unknown. */
  readonly folders: readonly string[];
  readonly workspace: string;
  readonly home: string;
}

/** No file system takes longer paths; matching longer patterns takes too long. */
const longestPath = 8192;

/** Records that a path is read, written or deleted. */
export function touchPath(
  findings: Findings,
  touch: Touch,
  field: Field,
  places: Places,
  recursive: boolean,
  whole: boolean,
): void {
  if (field.unknown !== undefined || field.pattern !== undefined) findings.dynamicPaths = true;
  const text = field.text;
  if (text === '' || isStream(text)) return;
  if (text.length > longestPath) {
    findings.reasons.add('too-deep');
    findings.dynamicPaths = true;
    return;
  }
  if (text.startsWith(hole) && field.pattern?.startsWith(digitsOnly) !== true) {
    // A part of the path may still be telling: `$DIR/.env`.
    if (text.length > 1) addLoose(findings, touch, field.pattern ?? escapeGlob(text));
    return;
  }
  const absolute = text.startsWith('/');
  if (!absolute && places.folders.length === 0) {
    findings.dynamicPaths = true;
    addLoose(findings, touch, `${hole}/${field.pattern ?? escapeGlob(text)}`);
    if (touch === 'deleted' && recursive && isEverything(text)) findings.deletesRoot = true;
    return;
  }
  for (const folder of absolute ? ['/'] : places.folders)
    touchOne(findings, touch, field, folder, places, recursive, whole);
}

/** Records that a path is read in a container or on another machine, where relative ones are taken to start at the root. */
export function readElsewhere(findings: Findings, field: Field): void {
  const { text } = field;
  if (text === '' || text.length > longestPath || isStream(text)) return;
  const path = normalizePath(joinPath('/', text)).replaceAll(hole, '*');
  const pattern = field.pattern ?? (text.includes(hole) ? escapeGlob(text) : undefined);
  if (findings.elsewhere.size > mostPatterns) return void findings.reasons.add('too-deep');
  findings.elsewhere.set(path, {
    path,
    pattern: pattern === undefined ? undefined : normalizePath(joinPath('/', pattern)),
    recursive: false,
    whole: false,
  });
}

/** More patterns than people write; each is compared with each of the host's. */
const mostPatterns = 2048;

function addLoose(findings: Findings, touch: Touch, pattern: string): void {
  if (findings.loose[touch].size < mostPatterns) findings.loose[touch].add(pattern);
  else findings.reasons.add('too-deep');
}

function touchOne(
  findings: Findings,
  touch: Touch,
  field: Field,
  folder: string,
  places: Places,
  recursive: boolean,
  whole: boolean,
): void {
  const path = withoutProc(normalizePath(joinPath(folder, field.text)), places.folders[0] ?? places.workspace);
  const shown = path.includes(hole) ? path.replaceAll(hole, '*') : path;
  const partial = field.pattern ?? (path === shown ? undefined : escapeGlob(field.text));
  const pattern = partial === undefined ? undefined : normalizePath(joinPath(escapeGlob(folder), partial));
  const map = findings[touch];
  if (pattern !== undefined && map.size > mostPatterns) return void findings.reasons.add('too-deep');
  const key = pattern === undefined ? shown : `${shown}\0${pattern}`;
  const before = map.get(key);
  if (recursive || whole || before === undefined)
    map.set(key, {
      path: shown,
      pattern,
      recursive: recursive || before?.recursive === true,
      whole: whole || before?.whole === true,
    });
  if (touch === 'deleted' && (recursive || field.pattern !== undefined) && emptiesRoot(path, pattern, places)) {
    findings.deletesRoot = true;
  }
}

function normalizePath(path: string): string {
  return normalizeSegments(isAscii(path) ? path : path.normalize('NFC'));
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** Devices that are streams rather than files, serial lines to boards among them; reading and writing them touches nothing. */
function isStream(path: string): boolean {
  if (path === '-') return true;
  if (!path.startsWith('/dev/') && !path.startsWith('/proc/self/fd/')) return false;
  return /^\/dev\/(null|zero|full|u?random|tty|std(in|out|err)|fd\/\d+|ptmx|tty(?:USB|ACM)\d+|(?:cu|tty)\.usb\w+|serial\/by-id\/[\w.:-]+)$|^\/proc\/self\/fd\/\d+$/.test(
    path,
  );
}

const everyName = /^(\.|\.\.|\.?[*?]+|\.\?*\*|\.?\[[!^]\.\][*?]*|\.\[[!^]\.\][*?]*|\{.*\*.*\})$/;

/** Whether a relative path stands for all there is in a folder: `.`, `*`, `./*`, `.*`. */
function isEverything(text: string): boolean {
  return text.split('/').every((part) => part === '' || everyName.test(part));
}

/** Whether deleting this with all below it takes away the workspace, the home folder or the root. */
function emptiesRoot(path: string, pattern: string | undefined, places: Places): boolean {
  let folder = path;
  let glob = pattern;
  // Deleting everything in a folder is as good as deleting the folder.
  while (
    folder !== '/' &&
    glob !== undefined &&
    !isPartlyUnknown(glob) &&
    everyName.test(folder.slice(folder.lastIndexOf('/') + 1))
  ) {
    folder = parentOf(folder);
    glob = parentOf(glob);
  }
  if (isWithin(folder, places.workspace) || isWithin(folder, places.home)) return true;
  return glob !== undefined && hasWildcard(glob) && coversRoot(glob, places);
}

function isPartlyUnknown(glob: string): boolean {
  return glob.includes(hole) || glob.includes(anywhereBelow);
}

function hasWildcard(glob: string): boolean {
  return isPartlyUnknown(glob) || /[*?[]/.test(glob.replace(/\\./g, ''));
}

/** The folder in which the first wildcard of a pattern stands. */
function fixedFolder(pattern: string): string {
  let fixed = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? '';
    if (c === '\\') fixed += pattern[++i] ?? '';
    else if (c === '*' || c === '?' || c === '[' || c === hole || c === anywhereBelow) break;
    else fixed += c;
  }
  return parentOf(`${fixed}x`);
}

/** Whether a pattern such as `/wor*` can match the workspace, the home folder or a folder around them. */
function coversRoot(pattern: string, places: Places): boolean {
  const start = fixedFolder(pattern).toLowerCase();
  if (!isWithin(start, places.workspace.toLowerCase()) && !isWithin(start, places.home.toLowerCase())) return false;
  return [places.workspace, places.home].some((root) => {
    for (let folder = root; folder !== '/'; folder = parentOf(folder)) {
      if (globsOverlap(escapeGlob(folder), pattern, true, true)) return true;
    }
    return false;
  });
}

/** The finished facts. */
export function finishFacts(findings: Findings, context: ShellContext, workspace: string): ShellFacts {
  const sets = context.globs === undefined ? [] : compileGlobSets(context.globs, context);
  const ignoreCase = context.ignoreCase !== false;
  const globs = (touch: Touch): readonly string[] =>
    sets.length === 0 ? [] : hitSets(findings, touch, sets, workspace, ignoreCase);
  return {
    programs: [...findings.programs],
    programPaths: [...findings.programPaths],
    commands: [...findings.commands],
    operands: [...findings.operands],
    settings: [...findings.settings],
    codeNames: [...findings.codeNames],
    effects: [...findings.effects],
    single: findings.acting < 2,
    opaque: findings.reasons.size > 0,
    opaqueReasons: [...findings.reasons],
    pathsRead: pathsOf(findings.read),
    pathsWritten: pathsOf(findings.written),
    pathsDeleted: pathsOf(findings.deleted),
    globsRead: globs('read'),
    globsWritten: globs('written'),
    globsDeleted: globs('deleted'),
    globsReadElsewhere: sets
      .filter((set) => hits(findings.elsewhere, set, 'read', workspace, ignoreCase))
      .map(({ name }) => name),
    readsOutsideWorkspace: anyOutside(findings.read, workspace, findings.worktrees),
    writesOutsideWorkspace: anyOutside(findings.written, workspace, findings.worktrees),
    deletesOutsideWorkspace: anyOutside(findings.deleted, workspace, noFolders),
    deletesWorkspaceRoot: findings.deletesRoot,
    hosts: [...findings.hosts],
    environment: [...findings.environment],
    printsEnvironment: findings.printsEnvironment,
    pipesToInterpreter: findings.pipesToInterpreter,
    privileged: findings.privileged,
    dynamicPaths: findings.dynamicPaths,
  };
}

function pathsOf(touched: ReadonlyMap<string, Touched>): readonly string[] {
  const paths: string[] = [];
  for (const { path } of touched.values()) paths.push(path);
  // One that is touched by its name and by a pattern is one path.
  return paths.length < 2 ? paths : [...new Set(paths)];
}

const noFolders: ReadonlySet<string> = new Set();

function anyOutside(paths: ReadonlyMap<string, Touched>, workspace: string, own: ReadonlySet<string>): boolean {
  for (const { path } of paths.values()) {
    if (isWithin(workspace, path)) continue;
    if (own.size === 0 || ![...own].some((folder) => isWithin(folder, path))) return true;
  }
  return false;
}

function hitSets(
  findings: Findings,
  touch: Touch,
  sets: readonly CompiledGlobSet[],
  workspace: string,
  ignoreCase: boolean,
): readonly string[] {
  const hit: string[] = [];
  const loose = [...findings.loose[touch]];
  for (const set of sets) {
    if (hits(findings[touch], set, touch, workspace, ignoreCase) || looseHits(loose, set, ignoreCase))
      hit.push(set.name);
  }
  return hit;
}

function hits(
  paths: ReadonlyMap<string, Touched>,
  set: CompiledGlobSet,
  touch: Touch,
  workspace: string,
  ignoreCase: boolean,
): boolean {
  for (const { path, pattern, recursive, whole } of paths.values()) {
    if (set.matches(path)) return true;
    if (whole && mayHold(pattern ?? `${escapeGlob(path === '/' ? '' : path)}/${anywhereBelow}*`, set, ignoreCase))
      return true;
    if (
      pattern !== undefined &&
      !set.excludes(sampleOf(pattern)) &&
      set.patterns.some((one) => isAimed(one, pattern) && globsOverlap(anywhere(one), pattern, ignoreCase))
    )
      return true;
    // Reading or writing the whole workspace is daily work and would meet every set; deleting it is not.
    if (recursive && (touch === 'deleted' || !isWithin(workspace, path)) && liesBelow(path, set)) return true;
  }
  return false;
}

/** Whether any path that a pattern matches, however little it names, is one of the set's. */
function mayHold(pattern: string, set: CompiledGlobSet, ignoreCase: boolean): boolean {
  return set.patterns.some((one) => globsOverlap(anywhere(one), pattern, ignoreCase, true));
}

/** A path that a pattern matches; what is taken out of a set by the pattern's own letters is taken out of this too. */
function sampleOf(pattern: string): string {
  if (pattern.length > 1024) return pattern;
  const plain = pattern.replaceAll(hole, '*').replaceAll(anywhereBelow, 'x/').replaceAll(digitsOnly, '0');
  return plain.replace(/\\(.)|\[[^\]/]+\]|[*?]/g, (_, escaped?: string) => escaped ?? 'x');
}

/** What stands for all files of a kind. */
const ofKind = /^\*\.[\w{},]+$|^\*+$/;

/**
 * Whether a pattern asks for files such as the host's: `*.json` asks for all of a kind, which is not for
 * `credentials.json`, and `a*.json` not for `*-credentials.json`.
 */
function isAimed(host: string, pattern: string): boolean {
  const last = pattern.slice(Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf(anywhereBelow)) + 1);
  const name = host.slice(host.lastIndexOf('/') + 1);
  if (/^\*\.\w+$/.test(last)) return ofKind.test(name);
  // A name of which nothing is known but its ending asks for no more, unless all of the host's name is such an ending.
  const ending = /^\uffff(?:\.(?:test|spec|stories|module|min|d))?(\.\w+)$/.exec(last)?.[1];
  if (ending !== undefined) return ofKind.test(name) || globsOverlap(name, ending, true);
  if (!/[*?[\uffff]/.test(last) && last !== '' && !/^\*+$/.test(name)) return globsOverlap(name, last, true);
  if (/^\*+$/.test(name) || !(/^\.?[*?]/.test(name) || /^\*[^*]/.test(last))) return true;
  const pieces = last.replace(/\.\w{1,8}$/, '').split(/[*?\uffff]|\[[^\]]*\]/);
  return pieces.some((piece) => piece.length > 1 && name.toLowerCase().includes(piece.toLowerCase()));
}

function liesBelow(folder: string, set: CompiledGlobSet): boolean {
  return set.patterns.some((pattern) => {
    if (!pattern.startsWith('/')) return false;
    const fixed = /^[^*?[{!(]*/.exec(pattern)?.[0] ?? '';
    return isWithin(folder, fixed.length === pattern.length ? pattern : parentOf(`${fixed}x`));
  });
}

function looseHits(loose: readonly string[], set: CompiledGlobSet, ignoreCase: boolean): boolean {
  return loose.some((pattern) =>
    set.patterns.some((one) => isAimed(one, pattern) && globsOverlap(anywhere(one), pattern, ignoreCase)),
  );
}
