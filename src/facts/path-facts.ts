import { anywhere, type CompiledGlobSet, compileGlobSets, type GlobSets } from './path-globs.js';
import { homeOf, isWithin, joinPath, normalizeSegments, partsOf, startsWithDrive, withoutProc } from './path-normal.js';
import { anywhereBelow, globsOverlap } from './path-overlap.js';
import { requirePathContext, requireText } from './require-context.js';
import { expandBraces } from './shell-braces.js';
import { letterLike } from './text/confusables.js';

/** Where a path is read: everything that the text alone does not say. */
export interface PathContext {
  /** Absolute folder that relative paths start from. */
  readonly cwd: string;
  /** Absolute folder that the agent works in. */
  readonly workspace: string;
  /** Absolute folder that `~` stands for; without it such paths are outside the workspace. */
  readonly home?: string | undefined;
  /** Named glob sets; `globs` of the facts lists those that the path belongs to. */
  readonly globs?: GlobSets | undefined;
  /** Compare glob patterns without regard to case; default true, because many file systems do. */
  readonly ignoreCase?: boolean | undefined;
  /**
   * Resolves symbolic links of an absolute path that may still hold `..`; undefined means "as it is".
   * A resolver that throws places the path outside the workspace.
   */
  readonly resolve?: ((absolute: string) => string | undefined) | undefined;
}

/** What a path really names; every field maps to an attribute of the same name in Cedar. */
export interface PathFacts {
  /** The path as it was given. */
  readonly text: string;
  /** Absolute, in Unicode form NFC, without `.`, `..`, `//` or a trailing slash, links resolved when there is a resolver. */
  readonly absolute: string;
  /** The workspace itself or below it, in every way a system could read the text. */
  readonly insideWorkspace: boolean;
  readonly isWorkspaceRoot: boolean;
  /** The last part; empty for the root. */
  readonly name: string;
  /** Lower case, without the dot; empty for `Makefile` and for `.env`. */
  readonly extension: string;
  /** Whether a part starts with a dot, below the workspace for paths inside it, else below the root. */
  readonly hidden: boolean;
  /**
   * Names of the glob sets that the path belongs to, in the order of the host's record. A path with wildcards, as tools
   * that search take it, belongs to those that it aims at by naming something of them: a bare `*` names nothing.
   */
  readonly globs: readonly string[];
  /** Number of parts below the workspace for paths inside it, else below the root. */
  readonly depth: number;
}

/**
 * Facts about a path that a tool was given.
 *
 * A context without an absolute `cwd` and `workspace`, or with options that do not exist, throws a `TypeError`.
 * Promises: no string throws; `insideWorkspace` is true only if the POSIX reading, and where they differ the readings
 * with backslashes as separators, with percent codes decoded, in compatibility form (NFKC), with look-alike letters in
 * Latin and invisible ones taken out, with `$HOME` expanded, as Windows reads the ends of names, with blanks trimmed and cut
 * at NUL, all lie inside; `globs` holds the sets of any of those readings. The other
 * fields are those of the POSIX reading, for which only `file:` URLs are decoded. Does not promise: that the path exists, or that no
 * symbolic link leads elsewhere, unless the host gives `resolve`.
 */
export function pathFacts(path: string, context: PathContext): PathFacts {
  requireText(path, 'pathFacts()');
  requirePathContext(context);
  const workspace = rootOf(context.workspace, context);
  const reading = read(path, context);
  const others = otherReadings(path, context).map((text) => read(text, context));
  const all = [reading, ...others];
  const inside = all.every((one) => one.known && isInside(workspace, one.absolute)) && path.length <= longestPath;
  const isWorkspaceRoot = inside && all.some((one) => same(one.absolute, workspace));
  const { absolute } = reading;
  const parts = partsOf(absolute);
  const below = inside ? parts.slice(partsOf(workspace).length) : parts;
  const name = parts[parts.length - 1] ?? '';
  return {
    text: path,
    absolute,
    insideWorkspace: inside,
    isWorkspaceRoot,
    name,
    extension: extensionOf(name),
    hidden: below.some((part) => part.startsWith('.')),
    globs: globsOf(path, all, context),
    depth: below.length,
  };
}

/** Systems refuse paths beyond this, so one cannot be inside anything. */
const longestPath = 4096;

interface Reading {
  readonly absolute: string;
  /** The same without the links resolved. */
  readonly lexical: string;
  readonly known: boolean;
}

function read(text: string, context: PathContext): Reading {
  const { path, known: namesThisMachine } = withoutFileScheme(text);
  const tilde = expandTilde(path, context.home);
  const slashed = isWindows(context) || startsWithDrive(tilde.path) ? tilde.path.replaceAll('\\', '/') : tilde.path;
  const joined = tilde.known ? joinPath(forward(context.cwd), slashed) : slashed;
  const lexical = tilde.known ? withoutProc(normal(joined), normal(forward(context.cwd))) : unknownHome(slashed);
  const resolved = tilde.known ? resolveLinks(joined, context) : lexical;
  const known = namesThisMachine && tilde.known && !tilde.guessed && resolved !== undefined;
  return { absolute: resolved ?? lexical, lexical, known };
}

/** `~name/x` without a known home keeps its first part, so that it can never look like an absolute path of the workspace. */
function unknownHome(path: string): string {
  return normal(`/${path}`).slice(1);
}

function normal(path: string): string {
  const text = path.normalize('NFC');
  const folded = normalizeSegments(text);
  return startsWithDrive(folded) ? (folded[0] ?? '').toUpperCase() + folded.slice(1) : folded;
}

function rootOf(folder: string, context: PathContext): string {
  return resolveLinks(forward(folder), context) ?? normal(forward(folder));
}

function forward(folder: string): string {
  return startsWithDrive(folder) ? folder.replaceAll('\\', '/') : folder;
}

function resolveLinks(absolute: string, context: PathContext): string | undefined {
  if (context.resolve === undefined) return withoutProc(normal(absolute), normal(forward(context.cwd)));
  try {
    return normal(context.resolve(absolute) ?? absolute);
  } catch {
    return undefined;
  }
}

function isWindows(context: PathContext): boolean {
  return startsWithDrive(context.workspace) || startsWithDrive(context.cwd);
}

function isInside(workspace: string, path: string): boolean {
  if (startsWithDrive(workspace)) return isWithin(workspace.toLowerCase(), path.toLowerCase());
  return isWithin(workspace, path);
}

function same(path: string, workspace: string): boolean {
  return path.length === workspace.length && isInside(workspace, path);
}

interface Tilde {
  readonly path: string;
  readonly known: boolean;
  readonly guessed: boolean;
}

function expandTilde(path: string, home: string | undefined): Tilde {
  if (!path.startsWith('~')) return { path, known: true, guessed: false };
  const slash = path.indexOf('/');
  const name = path.slice(1, slash < 0 ? path.length : slash);
  const folder = homeOf(name, home);
  if (folder === undefined) return { path, known: false, guessed: false };
  return { path: folder + (slash < 0 ? '' : path.slice(slash)), known: true, guessed: name !== '' };
}

/** The path of a `file:` URL, with its escapes decoded; other texts come back as they are. */
function withoutFileScheme(text: string): { readonly path: string; readonly known: boolean } {
  if (!/^\s*file:/i.test(text)) return { path: text, known: true };
  const rest = text.slice(text.indexOf(':') + 1).replace(/[?#].*$/s, '');
  const authority = /^\/\/([^/]*)(.*)$/s.exec(rest);
  const path = decodePercent(authority === null ? rest : (authority[2] ?? ''));
  const host = (authority?.[1] ?? '').toLowerCase();
  const local = host === '' || host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
  return { path: /^\/[a-z]:/i.test(path) ? path.slice(1) : path || '/', known: local };
}

function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8: decode what is ASCII, so that an escaped separator cannot hide behind a broken escape.
    return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
}

function otherReadings(path: string, context: PathContext): readonly string[] {
  const others = new Set<string>();
  // Whoever takes the text further may decode it, and may do so twice.
  let decoded = path;
  for (let round = 0; round < 3 && decoded.includes('%'); round++) {
    decoded = decodePercent(decoded);
    others.add(decoded);
  }
  const folded = isAscii(path) ? path : path.normalize('NFKC');
  others.add(folded);
  // What is not seen, and letters that look like others, are there to hide a name.
  if (!isAscii(path)) others.add(latin(folded.replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')));
  // Whoever expands it makes it the home folder.
  const home = /^(?:\$HOME|\$\{HOME\}|%USERPROFILE%|%HOMEPATH%|\$env:USERPROFILE)(?=[/\\])/i.exec(path);
  if (home !== null) others.add(`~${path.slice(home[0].length).replaceAll('\\', '/')}`);
  for (const one of [path, folded, ...others]) {
    const nul = one.indexOf('\0');
    if (nul >= 0) others.add(one.slice(0, nul)).add(one.replaceAll('\0', ''));
    if (one.includes('\\') && !isWindows(context)) others.add(one.replaceAll('\\', '/'));
    others.add(one.trim());
    // Windows drops full stops and blanks at the end of a name, and takes what follows a colon for a stream of the file.
    others.add(one.replace(/(?<=[^/\\. ])[. ]{1,16}(?=[/\\]|$)/g, '').replace(/(?<=[^/\\]):[^/\\:]*:\$\w+$/, ''));
  }
  others.delete(path);
  return [...others];
}

/** The Latin letters that others look like. */
function latin(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (letter) => letterLike(letter) ?? letter);
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** The extension in lower case without its dot; a name that only starts with a dot has none. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** A pattern where a path is expected, as tools that search take it. */
interface Aim {
  /** Absolute, with `anywhereBelow` for `**`. */
  readonly pattern: string;
  /** A path that it matches, when its last part is a plain name. */
  readonly sample: string | undefined;
}

/** `!*.env` tells a search what not to look at. */
function leavesOut(text: string): boolean {
  return /^!.*[.*]/.test(text) && !text.includes('\0');
}

/** The plain patterns that a text with wildcards stands for; none for other texts and for those that leave things out. */
function aimsOf(text: string, context: PathContext): readonly Aim[] {
  if (text.length > 1024 || !/[*?[{]/.test(text)) return [];
  return (expandBraces(text) ?? []).map((one) => {
    const absolute = read(one, context).lexical;
    const name = absolute.slice(absolute.lastIndexOf('/') + 1);
    const pattern = absolute.replace(/\*\*(?=\/|$)/g, anywhereBelow);
    const plain = !/[*?[]/.test(name);
    return { pattern, sample: plain ? absolute.replaceAll('**/', '').replace(/[*?]/g, 'x') : undefined };
  });
}

function aimsAt({ pattern, sample }: Aim, set: CompiledGlobSet, context: PathContext): boolean {
  if (sample !== undefined && set.matches(sample)) return true;
  if (sample !== undefined) return false;
  const name = pattern.slice(pattern.lastIndexOf('/') + 1).toLowerCase();
  return set.patterns.some(
    (one) =>
      namesSomeOf(name, one.slice(one.lastIndexOf('/') + 1).toLowerCase()) &&
      globsOverlap(anywhere(one), pattern, context.ignoreCase !== false),
  );
}

/** Whether a pattern of a search spells out a piece of the host's name, and more than its extension. */
function namesSomeOf(name: string, host: string): boolean {
  const pieces = name
    .replaceAll(anywhereBelow, '*')
    .split(/[*?]|\[[^\]]*\]/)
    .filter((piece) => piece.length > 1);
  const isExtension = (piece: string): boolean => /[*?]/.test(name) && /^\.\w+$/.test(piece) && name.endsWith(piece);
  if (/^[*?]/.test(host)) {
    const isKind = /^\*\.[\w{},]+$/.test(host);
    return pieces.some((piece) => host.includes(piece) && (isKind || !isExtension(piece)));
  }
  return pieces.some((piece) => host.includes(piece) && (host === piece || !isExtension(piece)));
}

function globsOf(text: string, readings: readonly Reading[], context: PathContext): readonly string[] {
  if (context.globs === undefined || leavesOut(text)) return [];
  const hit: string[] = [];
  const aims = aimsOf(text, context);
  for (const set of compileGlobSets(context.globs, context)) {
    if (
      aims.some((aim) => aimsAt(aim, set, context)) ||
      readings.some((one) => set.matches(one.absolute) || (one.lexical !== one.absolute && set.matches(one.lexical)))
    ) {
      hit.push(set.name);
    }
  }
  return hit;
}
