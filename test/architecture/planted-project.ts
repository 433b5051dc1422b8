import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Layers } from './layer-rules.js';

/** The folder of the project itself, with a slash at its end. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** What a tool reports: the rule as the tool names it, and a one-based line (0 where the tool gives none). */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

/**
 * A project in a temporary folder with the configuration of this one and files of the caller's: rules are proved on
 * violations planted there.
 */
export interface PlantedProject {
  biome(): readonly Finding[];
  oxlint(): readonly Finding[];
  knip(): readonly Finding[];
  tsc(): readonly Finding[];
  remove(): void;
}

/** `.config/layers.json` as it stands. */
export function readLayers(): Layers {
  return JSON.parse(readFileSync(join(PROJECT, '.config/layers.json'), 'utf8'));
}

/** Writes `files` (path from the project's root -> text) next to a copy of the project's configuration. */
export function plantProject(files: Readonly<Record<string, string>>): PlantedProject {
  const root = mkdtempSync(join(tmpdir(), 'deodar-planted-'));
  for (const name of ['.config', '.gitignore', 'package.json', 'tsconfig.json']) {
    cpSync(join(PROJECT, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(root, 'node_modules'), 'dir');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return {
    biome: () => biomeFindings(root),
    oxlint: () => oxlintFindings(root),
    knip: () => knipFindings(root),
    tsc: () => tscFindings(root),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Standard output of a program of the project's own node_modules, run in `root`. */
function run(root: string, program: string, args: readonly string[]): string {
  const result = spawnSync(process.execPath, [join(PROJECT, 'node_modules', program), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error !== undefined) throw result.error;
  if (result.stdout === '') throw new Error(`${program} printed nothing but: ${result.stderr}`);
  return result.stdout;
}

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly start?: { readonly line: number } };
  }[];
}

function biomeFindings(root: string): readonly Finding[] {
  const args = ['lint', '--config-path=.config', '--max-diagnostics=none', '--reporter=json', '.'];
  const report: BiomeReport = JSON.parse(run(root, '@biomejs/biome/bin/biome', args));
  // Of the plain severities only `info` lets `npm run lint` pass.
  const failing = report.diagnostics.filter((each) => each.severity !== 'info');
  return failing.map(({ category, location }) => ({
    file: location.path,
    line: location.start?.line ?? 0,
    rule: category.replace(/^lint\/\w+\//, ''),
  }));
}

interface OxlintReport {
  readonly diagnostics: readonly {
    /** Missing for text that is no TypeScript. */
    readonly code?: string;
    readonly filename: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

function oxlintFindings(root: string): readonly Finding[] {
  const args = ['-c', '.config/oxlint.json', '--type-aware', '-f', 'json', 'src', 'test', 'benchmarks'];
  const report: OxlintReport = JSON.parse(run(root, 'oxlint/bin/oxlint', args));
  return report.diagnostics.map(({ code, filename, labels }) => ({
    file: filename,
    line: labels[0]?.span.line ?? 0,
    rule: code?.replace(/^.*\((.*)\)$/, '$1') ?? 'syntax',
  }));
}

interface KnipReport {
  readonly issues: readonly Readonly<Record<string, unknown>>[];
}

function knipFindings(root: string): readonly Finding[] {
  const args = ['--config', '.config/knip.json', '--reporter', 'json'];
  const report: KnipReport = JSON.parse(run(root, 'knip/bin/knip.js', args));
  return report.issues.flatMap((issue) =>
    Object.entries(issue).flatMap(([rule, found]) =>
      Array.isArray(found)
        ? found.map((each) => ({ file: String(issue.file), line: Number(each.line ?? 0), rule }))
        : [],
    ),
  );
}

function tscFindings(root: string): readonly Finding[] {
  const lines = run(root, 'typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit', '--pretty', 'false']).split('\n');
  return lines.flatMap((line) => {
    const found = /^(.+?)\((\d+),\d+\): error (TS\d+)/.exec(line);
    return found === null ? [] : [{ file: String(found[1]), line: Number(found[2]), rule: String(found[3]) }];
  });
}
