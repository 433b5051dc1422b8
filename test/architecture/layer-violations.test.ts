import { afterAll, describe, expect, test } from 'vitest';
import { plantProject, readLayers } from './planted-project.js';

const layers = readLayers();
const folders = Object.keys(layers);

/** From the lowest layer to the highest, apart from the table, so that a slip in the table is seen. */
const ORDER = [
  ['text'],
  ['diagnostics', 'values'],
  ['types'],
  ['json', 'extensions', 'files', 'facts'],
  ['ast'],
  ['parser', 'est'],
  ['formatter', 'schema'],
  ['declarations', 'entities'],
  ['validator'],
  ['evaluator'],
  ['compiler'],
  ['authorizer', 'ledger'],
  ['standalone'],
  ['cedar-wasm', 'harness'],
  ['enforcement'],
  ['adapters', 'packs'],
  ['analysis'],
  ['cli'],
];

/** Where each thing from outside may be imported. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  chevrotain: ['parser'],
  'fast-glob': ['files', 'cli'],
  picomatch: ['files', 'facts'],
  unbash: ['facts'],
  'ipaddr.js': ['facts'],
  'node:fs': ['files', 'ledger', 'cli'],
  'node:fs/promises': ['files', 'ledger', 'cli'],
  'node:path': ['files', 'ledger', 'harness', 'enforcement', 'adapters', 'packs', 'analysis', 'cli'],
  'node:crypto': ['ledger', 'harness', 'enforcement', 'adapters', 'packs', 'analysis', 'cli'],
  'node:child_process': ['harness', 'enforcement', 'adapters', 'packs', 'analysis', 'cli'],
  fs: [],
  path: [],
  typescript: [],
  deodar: [],
  'deodar/facts': [],
  '#internal': [],
  '/absolute/file.js': [],
};

const CORE = ORDER.slice(
  0,
  ORDER.findIndex((layer) => layer.includes('harness')),
).flat();

const CLOCKS = [
  'export const a = Date.now();',
  "export const a = Date['now']();",
  'export const a = Date?.now();',
  'export const { now } = Date;',
  'export const a = new Date();',
  'export const a = new Date;',
  'export const a = Date();',
  'export const clock = Date;',
  'export const a = Math.random();',
  'export const a = [1].map(Math.random);',
  'export const { random } = Math;',
  'export const a = performance.now();',
  'export const a = crypto.randomUUID();',
  'export const a = process.env;',
  'export const a = process.hrtime();',
  'export const a = globalThis.Date.now();',
  'setTimeout(() => {}, 1);',
];

const NO_CLOCKS = [
  'export const a = new Date(0).getTime();',
  'export const a = Date.UTC(2000, 1);',
  'export const a = Math.floor(1.5);',
  'export const a = { now: 1 }.now;',
];

const CODE = [
  "export const a1 = new Function('return 1');",
  "export const a2 = Function('return 1');",
  'export const make = Function;',
  "export const a3 = eval('1');",
];

interface Planted {
  readonly file: string;
  readonly lines: readonly string[];
}

const files = folders.flatMap((folder): Planted[] => [
  { file: `src/${folder}/imports.ts`, lines: importLines('../') },
  { file: `src/${folder}/deeper/imports.ts`, lines: importLines('../../') },
  { file: `src/${folder}/clocks.ts`, lines: [...CLOCKS, ...NO_CLOCKS] },
  { file: `src/${folder}/code.ts`, lines: CODE },
]);

const forms = [
  "import { x } from '../cli/x.js';",
  "import type { X } from '../cli/x.js';",
  "import { type X, x } from '../cli/x.js';",
  "import '../cli/x.js';",
  "import * as x from '../cli/x.js';",
  "export { x } from '../cli/x.js';",
  "export type { X } from '../cli/x.js';",
  "export * from '../cli/x.js';",
  "export const x = await import('../cli/x.js');",
  "import x from './../cli/x.js';",
  "import x from '../text/../cli/x.js';",
  "import x from '../text/a/../../cli/x.js';",
  "import x from './a/../../cli/x.js';",
  "import x from '../../src/cli/x.js';",
  "import x from '../../dist/cli/x.js';",
  "import x from '../unknown/x.js';",
  "import x from '../index.js';",
  "import x from '..';",
];

const otherForms = [
  'export const x1 = await import(`../cli/x.js`);',
  'export const x2 = await import(`../cli/${name}.js`);',
  "export const x3 = await import('../cli/' + name);",
  "export const x4 = require('../cli/x.js');",
  "export type X = import('../cli/x.js').X;",
];

const deeperForms = [
  "import x from '../../cli/x.js';",
  "import x from '../a/../../cli/x.js';",
  "import x from '../../text/../cli/x.js';",
  "import x from '../../../src/cli/x.js';",
  "import x from '../../index.js';",
];

const indexImports = [
  "export { x } from './cli/x.js';",
  "export { x } from './unknown/x.js';",
  "export { x } from '../src/cli/x.js';",
  "export { x } from './text/../cli/x.js';",
  "export { x } from 'ajv';",
  "export { x } from 'node:fs';",
];

const project = plantProject({
  ...Object.fromEntries(files.map(({ file, lines }) => [file, lines.join('\n')])),
  'src/ast/forms.ts': forms.join('\n'),
  'src/ast/other-forms.ts': otherForms.join('\n'),
  'src/ast/deeper/forms.ts': deeperForms.join('\n'),
  'src/ast/deeper/fine.ts':
    "import x from '../fine.js';\nimport y from './fine.js';\nimport z from '../../text/fine.js';\n",
  'src/index.ts': [...indexImports, "export { x } from './text/fine.js';", "export { x } from './packs/fine.js';"].join(
    '\n',
  ),
});
afterAll(() => project.remove());

const findings = project.biome();
const typed = project.oxlint();

function importLines(up: string): string[] {
  return [
    ...folders.map((folder) => `import * as a from '${up}${folder}/x.js';`),
    ...Object.keys(OUTSIDE).map((name) => `import * as a from '${name}';`),
  ];
}

function linesWith(rules: readonly string[], file: string, lines: readonly string[]): readonly string[] {
  const reported = new Set(
    [...findings, ...typed].filter((each) => each.file === file && rules.includes(each.rule)).map((each) => each.line),
  );
  return lines.filter((_, index) => reported.has(index + 1));
}

function level(folder: string): number {
  return ORDER.findIndex((layer) => layer.includes(folder));
}

test('the order of the layers holds each folder of the table once', () => {
  expect(ORDER.flat().sort()).toEqual([...folders].sort());
});

describe.each(folders)('src/%s/', (folder) => {
  test.each([
    ['../', `src/${folder}/imports.ts`],
    ['../../', `src/${folder}/deeper/imports.ts`],
  ])('imports only lower layers and its own packages (from %s)', (up, file) => {
    const forbidden = [
      ...folders.filter((other) => level(other) >= level(folder)).map((other) => `${up}${other}/x.js`),
      ...Object.keys(OUTSIDE).filter((name) => OUTSIDE[name]?.includes(folder) !== true),
    ];
    const expected = forbidden.map((name) => `import * as a from '${name}';`);
    const reported = linesWith(['noRestrictedImports'], file, importLines(up));
    expect([...reported].sort()).toEqual(expected.sort());
  });

  test(CORE.includes(folder) ? 'has no clock and no randomness' : 'may read the clock', () => {
    const reported = linesWith(['plugin', 'noRestrictedGlobals'], `src/${folder}/clocks.ts`, [...CLOCKS, ...NO_CLOCKS]);
    expect(reported).toEqual(CORE.includes(folder) ? CLOCKS : []);
  });

  test(folder === 'compiler' ? 'makes code from text with Function only' : 'makes no code from text', () => {
    const rules = ['noRestrictedGlobals', 'noGlobalEval', 'no-new-func', 'no-implied-eval', 'no-eval'];
    const expected = folder === 'compiler' ? CODE.filter((line) => line.includes('eval')) : CODE;
    expect(linesWith(rules, `src/${folder}/code.ts`, CODE)).toEqual(expected);
  });
});

test('every form of import is seen, and no detour hides where a path leads', () => {
  expect(linesWith(['noRestrictedImports'], 'src/ast/forms.ts', forms)).toEqual(forms);
  expect(linesWith(['noRestrictedImports'], 'src/ast/deeper/forms.ts', deeperForms)).toEqual(deeperForms);
  expect(
    findings.filter((each) => each.file === 'src/ast/deeper/fine.ts' && each.rule === 'noRestrictedImports'),
  ).toEqual([]);
});

test('forms of import that the layer rules cannot read are forbidden', () => {
  const rules = ['noUnusedTemplateLiteral', 'no-dynamic-require', 'noRestrictedGlobals', 'consistent-type-imports'];
  expect(linesWith(rules, 'src/ast/other-forms.ts', otherForms)).toEqual(otherForms);
});

test('src/index.ts exports the folders except cli, and nothing from outside', () => {
  const reported = findings.filter((each) => each.file === 'src/index.ts' && each.rule === 'noRestrictedImports');
  expect(reported.map((each) => each.line).toSorted((a, b) => a - b)).toEqual(
    indexImports.map((_, index) => index + 1),
  );
});
