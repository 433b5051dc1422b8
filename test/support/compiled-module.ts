import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import type { AuthorizerResponse } from '../../src/authorizer/answerer.js';
import type { Result } from '../../src/diagnostics/diagnostic.js';
import type { EntityStore, PolicySet, Request } from '../../src/index.js';
import type { Schema } from '../../src/schema/schema.js';
import { printModule } from '../../src/standalone/print-module.js';

const DIST = resolve(import.meta.dirname, '../../dist/standalone');

/** What a compiled module exports. */
export interface CompiledModule {
  readonly isAuthorized: (request: Request, entities?: unknown) => AuthorizerResponse;
  readonly parseEntities: (entities: unknown) => Result<EntityStore>;
}

/** The text of a compiled module, with the run-time part of the built package. */
export function moduleText(set: PolicySet, schema?: Schema): Result<string> {
  const runtime = readFileSync(join(DIST, schema === undefined ? 'runtime.js' : 'runtime-by-schema.js'), 'utf8');
  return printModule(set, { command: 'deodar compile', runtime, schema });
}

/** Writes compiled modules to a folder of the test file and loads them. */
export function useCompiledModules(): (set: PolicySet, schema?: Schema) => Promise<CompiledModule> {
  const root = mkdtempSync(join(tmpdir(), 'deodar-modules-'));
  // What stands in a folder of this name is loaded by Node as it is.
  const folder = join(root, 'node_modules');
  mkdirSync(folder);
  let count = 0;
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return async (set, schema) => {
    const text = moduleText(set, schema);
    if (!text.ok) throw new Error(text.diagnostics[0]?.message);
    const file = join(folder, `policy-${count++}.mjs`);
    writeFileSync(file, text.value);
    const loaded: CompiledModule = await import(/* @vite-ignore */ pathToFileURL(file).href);
    return loaded;
  };
}

/** Everything that an answer says. */
export function saidBy({ decision, reason, errors, diagnostics }: AuthorizerResponse): object {
  return {
    decision,
    reason,
    errors: errors.map(({ policyId, error: { kind, message, help, span } }) => [policyId, kind, message, help, span]),
    ...(diagnostics === undefined ? {} : { diagnostics }),
  };
}
