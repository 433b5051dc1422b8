import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { CONFORMANCE } from '../support/conformance-data.js';

/** Files of the conformance data, and of the sets of policies beside it, that hold a schema. */
export function schemaFiles(): readonly string[] {
  if (CONFORMANCE === undefined) return [];
  return [CONFORMANCE, resolve(CONFORMANCE, '../realworld')].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.cedarschema(\.json)?$/.test(path))
      .map((path) => resolve(folder, path)),
  );
}
