import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from './planted-project.js';

/** About 400, with a tenth of slack. */
const MAX_LINES = 440;

/** Tables and generated files may be longer; they say so in their names. */
const TABLE = /(?:^|-)(?:table|tables|generated)\.ts$/;

/** Words that say nothing about what a thing is. */
const EMPTY_WORDS = /(?:manager|helper|util|utils|service)s?(?:$|[-.]|(?=[A-Z]))/i;

const DECLARED = /^export (?:abstract |async )?(?:class|function|interface|type|const) (\w+)/gm;

const files = readdirSync(join(PROJECT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => {
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    return { name: entry.name, path: join(entry.parentPath, entry.name).slice(PROJECT.length), text };
  });

test('the source files are found', () => {
  expect(files.length).toBeGreaterThan(20);
});

test(`no source file is longer than ${MAX_LINES} lines, tables apart`, () => {
  const long = files
    .filter(({ name }) => !TABLE.test(name))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
  expect(long.filter(({ lines }) => lines > MAX_LINES)).toEqual([]);
});

test('nothing is named by a word that says nothing', () => {
  const names = files.flatMap(({ path, name, text }) => [
    { path, name },
    ...[...text.matchAll(DECLARED)].map((match) => ({ path, name: match[1] ?? '' })),
  ]);
  expect(names.length).toBeGreaterThan(files.length);
  expect(names.filter(({ name }) => EMPTY_WORDS.test(name))).toEqual([]);
});
