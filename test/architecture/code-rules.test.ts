import { afterAll, describe, expect, test } from 'vitest';
import { plantProject } from './planted-project.js';

/** A violation: the text of a file and the rule that must report it there. */
type Violation = readonly [rule: string, text: string];

const BIOME: readonly Violation[] = [
  ['noUnusedVariables', 'const unused = 1;\nexport const used = 2;\n'],
  ['noUnusedImports', "import { used } from './fine.js';\nexport const other = 2;\n"],
  ['noUnusedFunctionParameters', 'export function f(unused: number): number {\n  return 1;\n}\n'],
  ['noExplicitAny', 'export const wide: any = 1;\n'],
  ['noNonNullAssertion', 'export const first = (list: string[]): string => list[0]!;\n'],
  ['noDefaultExport', 'const value = 1;\nexport default value;\n'],
  ['noEnum', 'export enum Colour {\n  Red,\n}\n'],
  ['useImportType', "import { Fine } from './fine.js';\nexport type Same = Fine;\n"],
  ['useNodejsImportProtocol', "import { readFileSync } from 'fs';\nexport const read = readFileSync;\n"],
  ['noReExportAll', "export * from './fine.js';\n"],
  ['noUndeclaredDependencies', "import lodash from 'lodash';\nexport const all = lodash;\n"],
  ['noConsole', "console.log('library');\n"],
  ['noDebugger', 'debugger;\n'],
];

const OXLINT: readonly Violation[] = [
  ['no-floating-promises', 'async function f(): Promise<void> {}\nf();\n'],
  ['no-misused-promises', 'async function f(): Promise<boolean> { return true; }\nif (f()) debugger;\n'],
  ['await-thenable', 'export const one = await 1;\n'],
  [
    'switch-exhaustiveness-check',
    "export function f(k: 'a' | 'b'): void {\n  switch (k) {\n    case 'a':\n      break;\n  }\n}\n",
  ],
  ['no-explicit-any', 'export const wide: any = 1;\n'],
  ['no-non-null-assertion', 'export const first = (list: string[]): string => list[0]!;\n'],
  ['no-unsafe-assignment', "export const data: string = JSON.parse('1');\n"],
  ['no-unsafe-return', "export const data = (): string => JSON.parse('1');\n"],
  ['no-unsafe-member-access', "export const data: unknown = JSON.parse('1').x;\n"],
  ['no-unsafe-call', "export const data: unknown = JSON.parse('1')();\n"],
  ['no-unsafe-argument', "export const data = Number.isInteger(JSON.parse('1')) && parseInt(JSON.parse('1'), 10);\n"],
  ['no-unsafe-type-assertion', 'export const text = (value: unknown): string => value as string;\n'],
  ['no-unnecessary-type-assertion', "const text: string = 'a';\nexport const same = text as string;\n"],
  ['only-throw-error', "export function f(): never {\n  throw 'text';\n}\n"],
  ['restrict-template-expressions', 'export const text = (value: object): string => `${value}`;\n'],
  ['consistent-type-imports', "import { Fine } from './fine.js';\nexport type Same = Fine;\n"],
  ['no-default-export', 'const value = 1;\nexport default value;\n'],
  ['max-lines-per-function', `export function long(): void {\n${'  f();\n'.repeat(61)}}\nfunction f(): void {}\n`],
];

const TSC: readonly Violation[] = [
  ['TS2322', 'export const text: string = 1;\n'],
  ['TS1294', 'export enum Colour {\n  Red,\n}\n'],
  ['TS2835', "export { fine } from './fine';\n"],
  ['TS2550', "export const groups = Object.groupBy([1], () => 'a');\n"],
  ['TS2550', 'export const both = new Set([1]).union(new Set([2]));\n'],
  ['TS2322', 'export const first = (list: string[]): string => list[0];\n'],
];

const violations = { biome: BIOME, oxlint: OXLINT, tsc: TSC };
const tools = ['biome', 'oxlint', 'tsc'] as const;

const project = plantProject({
  'src/ast/fine.ts': 'export interface Fine {\n  readonly kind: string;\n}\nexport const used = 1;\n',
  'src/ast/cycle.ts': "import { b } from './cycle-back.js';\nexport const a = (): number => b();\n",
  'src/ast/cycle-back.ts': "import { a } from './cycle.js';\nexport const b = (): number => a();\n",
  'src/ast/type-cycle.ts': "import type { B } from './type-cycle-back.js';\nexport type A = readonly B[];\n",
  'src/ast/type-cycle-back.ts': "import type { A } from './type-cycle.js';\nexport type B = readonly A[];\n",
  'src/ast/NotKebab.ts': 'export const a = 1;\n',
  'src/evaluator/evaluation-error.ts': 'export class EvaluationError {}\nthrow new EvaluationError();\n',
  'src/cli/bin.ts': "#!/usr/bin/env node\nconsole.log('a program may print');\n",
  'dist/index.js': 'debugger;\n',
  'test/wrong.test.ts': 'debugger;\nasync function f(): Promise<void> {}\nf();\nexport const text: string = 1;\n',
  'benchmarks/wrong.bench.ts':
    'debugger;\nasync function f(): Promise<void> {}\nf();\nexport const text: string = 1;\n',
  '.config/wrong.config.ts': 'debugger;\nexport const text: string = 1;\n',
  ...Object.fromEntries(
    tools.flatMap((tool) => violations[tool].map(([, text], index) => [`src/ast/${tool}-${index}.ts`, text])),
  ),
});
afterAll(() => project.remove());

const findings = { biome: project.biome(), oxlint: project.oxlint(), tsc: project.tsc() };

function rulesIn(tool: (typeof tools)[number], file: string): readonly string[] {
  return findings[tool].filter((each) => each.file === file).map((each) => each.rule);
}

describe.each(tools)('%s', (tool) => {
  test.each(violations[tool].map(([rule], index) => [rule, `src/ast/${tool}-${index}.ts`]))(
    'reports %s',
    (rule, file) => {
      expect(rulesIn(tool, file)).toContain(rule);
    },
  );

  test.each(['test/wrong.test.ts', 'benchmarks/wrong.bench.ts'])('sees %s', (file) => {
    expect(rulesIn(tool, file)).not.toEqual([]);
  });

  test('finds nothing in a file that is right', () => {
    expect(rulesIn(tool, 'src/ast/fine.ts')).toEqual([]);
  });

  test('leaves dist alone', () => {
    expect(rulesIn(tool, 'dist/index.js')).toEqual([]);
  });
});

test('import cycles are reported on both sides, of types as well as of values', () => {
  const cyclic = findings.biome.filter((each) => each.rule === 'noImportCycles').map((each) => each.file);
  expect(cyclic.sort()).toEqual([
    'src/ast/cycle-back.ts',
    'src/ast/cycle.ts',
    'src/ast/type-cycle-back.ts',
    'src/ast/type-cycle.ts',
  ]);
});

test('file names are kebab-case', () => {
  expect(rulesIn('biome', 'src/ast/NotKebab.ts')).toContain('useFilenamingConvention');
});

test('the tools see the configuration that is TypeScript', () => {
  expect(rulesIn('biome', '.config/wrong.config.ts')).toContain('noDebugger');
  expect(rulesIn('tsc', '.config/wrong.config.ts')).toContain('TS2322');
});

test('an evaluation error may be thrown, and the CLI may print', () => {
  expect(rulesIn('oxlint', 'src/evaluator/evaluation-error.ts')).not.toContain('only-throw-error');
  expect(rulesIn('biome', 'src/cli/bin.ts')).not.toContain('noConsole');
});
