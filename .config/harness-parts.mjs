// What makes requests of an agent's events, which the package keeps to itself: bundled from the sources when needed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const PARTS = {
  prepareHarness: 'harness/prepare-harness',
  parseAgent: 'harness/parse-agent',
  parseEvent: 'harness/parse-event',
  openTrajectory: 'harness/trajectory',
  valueToJson: 'entities/entity-to-json',
  entitiesToJson: 'entities/entity-to-json',
  parseJson: 'json/parse-json',
  createSource: 'text/source',
};

/** The functions that `PARTS` names. */
export async function harnessParts() {
  const source = fileURLToPath(new URL('../src/', import.meta.url));
  const text = Object.entries(PARTS).map(([name, file]) => `export { ${name} } from '${source}${file}.js';`);
  const entry = 'harness-parts';
  const bundle = await rolldown({
    input: entry,
    platform: 'node',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [
      {
        name: entry,
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? text.join('\n') : null),
      },
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'deodar-bench-'));
  try {
    const file = join(folder, 'parts.mjs');
    await bundle.write({ file, format: 'esm', codeSplitting: false });
    return await import(pathToFileURL(file).href);
  } finally {
    await bundle.close();
    rmSync(folder, { recursive: true });
  }
}
