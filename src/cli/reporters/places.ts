import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { type Position, positionAt } from '../../text/source.js';
import type { Terminal } from '../command.js';

/** Where something stands in a file, for programs that open it. */
export interface FilePlace {
  /** As messages call it. */
  readonly name: string;
  /** One-based, in UTF-16 units; undefined when the whole file is meant. */
  readonly start: Position | undefined;
  /** Behind the last character. */
  readonly end: Position | undefined;
  /** What is remarked there. */
  readonly remark: string | undefined;
}

/** The places of a diagnostic, the first being its own. */
export function placesOf(d: Diagnostic): readonly FilePlace[] {
  if (d.labels.length === 0)
    return d.file === undefined ? [] : [{ name: d.file, start: undefined, end: undefined, remark: undefined }];
  return d.labels.map(({ source, span, message }) => ({
    name: source.name ?? '<input>',
    start: positionAt(source, span.start),
    end: positionAt(source, span.end),
    remark: message,
  }));
}

/** The folder that the paths of a report count from: the checkout in a workflow of GitHub, else the current folder. */
function baseFolder({ cwd, env }: Pick<Terminal, 'cwd' | 'env'>): string {
  const workspace = env['GITHUB_WORKSPACE'];
  return workspace !== undefined && workspace !== '' && isBelow(cwd, resolve(workspace)) ? resolve(workspace) : cwd;
}

/** Path from the base folder with `/`, absolute where it is elsewhere; undefined for what is no file, such as `<stdin>`. */
export function reportedPath(name: string, terminal: Pick<Terminal, 'cwd' | 'env'>): string | undefined {
  if (/^<.*>( line \d+)?$/.test(name)) return undefined;
  const path = resolve(terminal.cwd, name);
  const base = baseFolder(terminal);
  return isBelow(path, base) ? relative(base, path).split(sep).join('/') : path;
}

/** Reference to a file as an RFC 3986 URI, relative to the base folder where it lies below. */
export function reportedUri(name: string, terminal: Pick<Terminal, 'cwd' | 'env'>): string {
  const path = reportedPath(name, terminal);
  if (path === undefined) return encodePart(name);
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split('/').map(encodePart).join('/');
}

/** Half a surrogate pair cannot be encoded and becomes U+FFFD. */
function encodePart(part: string): string {
  return encodeURIComponent(Buffer.from(part, 'utf8').toString('utf8'));
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}
