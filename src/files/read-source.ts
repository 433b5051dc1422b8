import { readFileSync, statSync } from 'node:fs';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { createSource, type Source } from '../text/source.js';

/**
 * Reads a file as UTF-8 text, nothing trimmed. `name` is how messages call it. A missing file, a folder, a file that
 * may not be read and one that is not UTF-8 are diagnostics.
 */
export function readSource(path: string, name: string = path): Result<Source> {
  let bytes: Uint8Array;
  try {
    if (statSync(path).isDirectory())
      return failure([unreadable(name, 'is a folder, not a file', 'name a file in it')]);
    bytes = readFileSync(path);
  } catch (error) {
    return failure([fileProblem(name, error)]);
  }
  return sourceOfBytes(bytes, name);
}

/** The bytes of a file as text; what is not UTF-8 is a diagnostic. */
export function sourceOfBytes(bytes: Uint8Array, name: string): Result<Source> {
  try {
    return success(createSource(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), name));
  } catch {
    return failure([unreadable(name, 'is not UTF-8 text', 'save it in the encoding UTF-8')]);
  }
}

/** The diagnostic for a failure of the file system. */
export function fileProblem(name: string, error: unknown): Diagnostic {
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return diagnostic('file-not-found', 'no such file or folder', {
        file: name,
        help: 'check the path; it counts from the current folder',
      });
    case 'EACCES':
    case 'EPERM':
      return unreadable(name, 'may not be read', 'check the permissions of the file');
    case 'ERR_INVALID_ARG_VALUE':
      return unreadable(name, 'is no file name', undefined);
    default:
      return unreadable(name, `cannot be read: ${error instanceof Error ? error.message : String(error)}`, undefined);
  }
}

function unreadable(name: string, why: string, help: string | undefined): Diagnostic {
  return diagnostic('file-unreadable', why, { file: name, help });
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
