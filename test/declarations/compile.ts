import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { literal } from '../../src/declarations/typescript-text.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../../src/json/json-value.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** Compiler options of a careful user: everything is strict, the types of this package are those that it ships. */
const OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  skipLibCheck: false,
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  types: [],
  noEmit: true,
  paths: { deodar: [resolve(ROOT, 'dist/index.d.ts')] },
};

/** Compiles TypeScript files, by name, in a folder of their own; what the compiler says is returned. */
export function compile(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'deodar-types-'));
  try {
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: OPTIONS, files: [...files.keys()] }),
    );
    const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** JSON as an expression of TypeScript on one line, with exact integers. */
export function expressionOf(json: JsonValue): string {
  if (typeof json === 'string') return literal(json);
  if (typeof json === 'bigint') return `${json}n`;
  if (isJsonArray(json)) return `[${json.map(expressionOf).join(', ')}]`;
  if (!isJsonObject(json)) return String(json);
  const members = Object.entries(json).map(([key, value]) => `[${literal(key)}]: ${expressionOf(value)}`);
  return `{ ${members.join(', ')} }`;
}
