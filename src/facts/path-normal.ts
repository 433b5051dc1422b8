/** Whether a text names a drive as Windows does, such as `C:\` or `C:/`. */
export function startsWithDrive(text: string): boolean {
  const letter = text.charCodeAt(0) | 32;
  if (letter < 97 || letter > 122 || text.charCodeAt(1) !== 58) return false;
  const next = text.charCodeAt(2);
  return text.length === 2 || next === 47 || next === 92;
}

/**
 * An absolute path with `.`, `..`, `//` and the trailing slash folded away.
 *
 * Folding is lexical: `..` removes the part before it, and stays at the root. A drive is kept as the first part.
 */
export function normalizeSegments(path: string): string {
  if (isNormal(path)) return path;
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (kept.length > 1 || !startsWithDrive(kept[0] ?? '')) kept.pop();
    } else kept.push(part);
  }
  const first = kept[0] ?? '';
  return startsWithDrive(first) ? kept.join('/') : `/${kept.join('/')}`;
}

function isNormal(path: string): boolean {
  if (path.charCodeAt(0) !== 47) return false;
  for (let i = 0; i < path.length; i++) {
    if (path.charCodeAt(i) !== 47) continue;
    const next = path.charCodeAt(i + 1);
    // A slash before a slash, a dot or the end may need folding; `.env` is sent the slow way too, which is harmless.
    if (next === 47 || next === 46 || i + 1 === path.length) return path.length === 1;
  }
  return true;
}

/** Whether a normal absolute path is the folder itself or lies below it; whole parts are compared, never text prefixes. */
export function isWithin(folder: string, path: string): boolean {
  if (folder === '/') return path.startsWith('/');
  return path.startsWith(folder) && (path.length === folder.length || path.charCodeAt(folder.length) === 47);
}

/** The parts of a normal absolute path. */
export function partsOf(path: string): readonly string[] {
  return path === '/' ? [] : path.slice(path.startsWith('/') ? 1 : 0).split('/');
}

/** A path joined to the folder it is relative to, still with its `..`; absolute paths and drives stand alone. */
export function joinPath(folder: string, path: string): string {
  if (path.startsWith('/') || startsWithDrive(path)) return path;
  return path === '' ? folder : `${folder}/${path}`;
}

/** The folder that holds a normal absolute path; the root holds itself. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/**
 * The home folder that `~` or `~name` at the start of a path stands for, or undefined when it cannot be known.
 *
 * The homes of other people are taken to lie beside the known one, which serves display; they are never in the workspace.
 */
export function homeOf(name: string, home: string | undefined): string | undefined {
  if (name === '') return home;
  if (name === 'root') return '/root';
  if (home === undefined) return undefined;
  const normal = normalizeSegments(home);
  if (normal.slice(normal.lastIndexOf('/') + 1) === name) return normal;
  return normal === '/root' ? `/home/${name}` : `${parentOf(normal) === '/' ? '' : parentOf(normal)}/${name}`;
}

/** `/proc/self/root/etc` is `/etc`, and `/proc/self/cwd/x` is `x`: the path with such a beginning taken away. */
export function withoutProc(path: string, folder: string): string {
  let rest = path;
  while (rest.startsWith('/proc/')) {
    const match = /^\/proc\/(?:self|thread-self|\d+)(?:\/task\/\d+)?\/(root|cwd)(?=\/|$)/.exec(rest);
    if (match === null) return rest;
    rest = rest.slice(match[0].length);
    if (match[1] === 'cwd') return folder === '/' ? rest || '/' : folder + rest;
    if (rest === '') return '/';
  }
  return rest;
}
