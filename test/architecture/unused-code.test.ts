import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PROJECT, plantProject } from './planted-project.js';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
}

const project = plantProject({
  'src/index.ts': "export { used } from './ast/used.js';\n",
  'src/facts/index.ts': "export { fact } from './fact.js';\n",
  'src/facts/fact.ts': 'export const fact = 1;\n',
  'src/cli/bin.ts': "await import('./commands/check.js');\n",
  'src/cli/commands/check.ts': 'export {};\n',
  'src/ast/used.ts':
    'export const used = 1;\nexport const unused = 2;\nexport interface Unused {\n  readonly a: 1;\n}\n',
  'src/ast/own.ts':
    'export interface Part {\n  readonly a: 1;\n}\nexport interface Whole {\n  readonly part: Part;\n}\n',
  'src/ast/tested.ts': 'export const tested = 1;\n',
  'src/ast/forgotten.ts': 'export const forgotten = 1;\n',
  'test/tested.test.ts':
    "import { tested } from '../src/ast/tested.js';\nimport type { Whole } from '../src/ast/own.js';\nexport const a: [number, Whole?] = [tested];\n",
  'benchmarks/run.mjs': "import './support.mjs';\nimport 'not-declared';\n",
  'benchmarks/support.mjs': 'export {};\n',
});
afterAll(() => project.remove());

const findings = project.knip();

function filesWith(rule: string): readonly string[] {
  return findings.filter((each) => each.rule === rule).map((each) => each.file);
}

test('a file that nothing imports is reported', () => {
  expect(filesWith('files')).toEqual(['src/ast/forgotten.ts']);
});

test('an export that nothing uses is reported, unless it is a type that its own file needs', () => {
  expect(filesWith('exports')).toEqual(['src/ast/used.ts']);
  expect(filesWith('types')).toEqual(['src/ast/used.ts']);
});

test('a dependency that nothing imports is reported', () => {
  const dependencies = findings.filter((each) => each.rule === 'devDependencies');
  expect(dependencies.length).toBeGreaterThan(3);
  expect(dependencies.every((each) => each.file === 'package.json')).toBe(true);
});

test('an import of a package that is not declared is reported', () => {
  expect(filesWith('unlisted')).toEqual(['benchmarks/run.mjs']);
});

// The run-time parts of compiled modules and the program of the hook are read as texts.
const READ_AS_TEXT = ['src/cli/hook-program.ts!', 'src/standalone/runtime-by-schema.ts!', 'src/standalone/runtime.ts!'];

test('the entries that are searched from are the exports and the program of the package', () => {
  const manifest: Manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  const { entry }: { entry: string[] } = JSON.parse(readFileSync(join(PROJECT, '.config/knip.json'), 'utf8'));
  const published = [
    ...Object.values(manifest.exports).map((each) => (typeof each === 'string' ? each : each.default)),
    ...Object.values(manifest.bin),
  ];
  const sources = published
    .filter((path) => path.startsWith('./dist/'))
    .map((path) => path.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts!'));
  expect(entry.filter((path) => path.startsWith('src/')).sort()).toEqual([...sources, ...READ_AS_TEXT].sort());
});
