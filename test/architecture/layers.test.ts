import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { biomeLayersFile, DEPTHS } from './layer-rules.js';
import { PROJECT, readLayers } from './planted-project.js';

const layers = readLayers();
const sources = readdirSync(join(PROJECT, 'src'), { withFileTypes: true });

test('every folder of src has a row in .config/layers.json', () => {
  const folders = sources.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(folders.length).toBeGreaterThan(10);
  expect(folders.filter((name) => !Object.hasOwn(layers, name))).toEqual([]);
});

test('.config/biome.layers.json is made from .config/layers.json (vitest -u writes it)', async () => {
  await expect(biomeLayersFile(layers)).toMatchFileSnapshot(join(PROJECT, '.config/biome.layers.json'));
});

test('the table allows the packages that are bundled, which are no dependencies of those who install it', () => {
  const manifest: { dependencies?: object; devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(PROJECT, 'package.json'), 'utf8'),
  );
  const allowed = new Set(Object.values(layers).flatMap((folder) => folder.packages ?? []));
  expect([...allowed].sort()).toEqual(['chevrotain', 'fast-glob', 'ipaddr.js', 'picomatch', 'unbash']);
  expect(manifest.dependencies).toBeUndefined();
  expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining([...allowed]));
});

test('src holds only folders, index.ts, the README and the reference', () => {
  const files = sources.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  expect(files.filter((name) => !['API.md', 'README.md', 'index.ts'].includes(name))).toEqual([]);
});

test('no file of src lies deeper than the layer rules reach, and all are TypeScript', () => {
  const files = readdirSync(join(PROJECT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(PROJECT, 'src/').length));
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((name) => name.split('/').length - 1 > Math.max(...DEPTHS))).toEqual([]);
  expect(files.filter((name) => !name.endsWith('.ts') && !name.endsWith('README.md') && name !== 'API.md')).toEqual([]);
});

test('src/README.md lists every folder with its layer', () => {
  const readme = readFileSync(join(PROJECT, 'src/README.md'), 'utf8');
  const table = readme.split('| layer | folder | what |')[1]?.split('\n\n')[0] ?? '';
  const listed = [...table.matchAll(/^\| ([\d.]+) \| ([\w-]+) \| .+ \|$/gm)].map(([, layer, folder]) => [
    String(folder),
    Number(layer),
  ]);
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.entries(layers).map(([folder, { layer }]) => [folder, layer])),
  );
});
