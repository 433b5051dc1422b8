import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Folder with the official project's test data, or undefined where it is not; then the tests that need it skip, loudly. */
export const CONFORMANCE: string | undefined = find();

function find(): string | undefined {
  const folder = process.env.DEODAR_CONFORMANCE ?? resolve(import.meta.dirname, '../../../shared/conformance');
  if (existsSync(folder)) return folder;
  console.warn(`SKIPPED: there is no conformance data in ${folder}; set DEODAR_CONFORMANCE to its folder`);
  return undefined;
}

/** Text of a file of the conformance data. */
export function conformanceText(path: string): string {
  return readFileSync(resolve(CONFORMANCE ?? '', path), 'utf8');
}

/** Path of a file of the real inputs that lie beside the conformance data; undefined where they are not. */
export function realworldFile(path: string): string | undefined {
  const file = CONFORMANCE === undefined ? undefined : resolve(CONFORMANCE, '../realworld', path);
  if (file !== undefined && existsSync(file)) return file;
  console.warn(`SKIPPED: ${file ?? path} is not there`);
  return undefined;
}
