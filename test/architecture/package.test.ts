import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

// What is published, as `npm run build` made it.

const DIST = resolve(import.meta.dirname, '../../dist');

/** The modules that a built entry reaches at once, without those that it imports when they are needed. */
function reachedFrom(entry: string): { readonly files: readonly string[]; readonly outside: readonly string[] } {
  const files = new Set<string>();
  const outside = new Set<string>();
  const waiting = [join(DIST, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const statements = readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?:[^;'"]*? from )?['"]([^'"]+)['"];$/gm,
    );
    for (const [, path = ''] of statements) {
      if (path.startsWith('.')) waiting.push(resolve(dirname(file), path));
      else outside.add(path);
    }
  }
  return { files: [...files], outside: [...outside].sort() };
}

describe('the built package', () => {
  test.each([
    [
      'index.js',
      ['node:buffer', 'node:crypto', 'node:fs', 'node:os', 'node:path', 'node:readline/promises', 'node:util'],
    ],
    ['authorizer/index.js', []],
    ['cedar-wasm/index.js', []],
    ['facts/index.js', []],
  ])('%s needs %j from outside', (entry, outside) => {
    const reached = reachedFrom(entry);
    expect(reached.files.length).toBeGreaterThan(1);
    expect(reached.outside).toEqual(outside);
  });

  test('the authorizer comes without facts and harness', () => {
    expect(
      reachedFrom('authorizer/index.js').files.filter((each) => /facts|harness|cli|ledger/.test(relative(DIST, each))),
    ).toEqual([]);
  });

  test.each(['runtime', 'runtime-by-schema'])('what compiled modules begin with stands alone: %s', (name) => {
    expect(reachedFrom(`standalone/${name}.js`)).toEqual({ files: [join(DIST, `standalone/${name}.js`)], outside: [] });
    expect(readFileSync(join(DIST, `standalone/${name}.js`), 'utf8')).not.toMatch(
      /\bFunction\s*\(|\beval\b|<\/script|<!--/,
    );
  });

  test('the command needs Node alone', () => {
    const chunks = readdirSync(join(DIST, 'chunks')).filter((each) => each.endsWith('.js'));
    const outside = new Set(chunks.flatMap((each) => reachedFrom(`chunks/${each}`).outside));
    expect([...outside].filter((each) => !builtinModules.includes(each.replace(/^node:/, '')))).toEqual([]);
  });

  test('the command does not read the parser before a subcommand needs it', () => {
    const files = ['main', 'process-terminal'].flatMap((each) => reachedFrom(`chunks/${each}.js`).files);
    expect(files.filter((each) => /parse-(?!arguments)|facts|harness/.test(relative(DIST, each)))).toEqual([]);
    // The start itself is one script, which asks for nothing else.
    const start = readFileSync(join(DIST, 'cli/bin.js'), 'utf8');
    expect([...start.matchAll(/\brequire\("(?!node:)[^"]*"\)/g)]).toEqual([]);
    expect(start.length).toBeLessThan(20_000);
  });

  test('the licence of every bundled package is in it', () => {
    const notices = readFileSync(join(DIST, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['chevrotain', 'fast-glob', 'ipaddr.js', 'lodash-es', 'picomatch', 'unbash']) {
      expect(notices).toMatch(new RegExp(`^${name.replace('.', '\\.')} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    }
    expect(notices).toContain('Permission is hereby granted');
  });

  test('every declaration that an export names is there', () => {
    const manifest: { exports: Record<string, string | { types: string; default: string }> } = JSON.parse(
      readFileSync(join(DIST, '../package.json'), 'utf8'),
    );
    for (const each of Object.values(manifest.exports)) {
      if (typeof each !== 'string') expect(readFileSync(join(DIST, '..', each.types), 'utf8')).toContain('export');
    }
  });
});
