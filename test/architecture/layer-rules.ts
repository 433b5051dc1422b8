/** What the files of one folder of src may reach. */
export interface Folder {
  /** Only folders of a lower layer may be imported, never one of the same layer. */
  readonly layer: number;
  /** Packages that may be imported, with all their subpaths. */
  readonly packages?: readonly string[];
  /** Modules of Node, without `node:`; `*` is all of them, `!` takes one away. */
  readonly builtins?: readonly string[];
  /** Whether the time, randomness, timers and the process may be used instead of being passed in. */
  readonly clock?: boolean;
  /** Whether JavaScript may be made from text with `new Function`; `eval` is allowed nowhere. */
  readonly generatesCode?: boolean;
}

/** `.config/layers.json`: the folders of src by name. */
export type Layers = Readonly<Record<string, Folder>>;

/** How deep files may lie below src; the rules are written out for each depth because imports are relative. */
export const DEPTHS: readonly number[] = [1, 2];

const AMBIENT: Readonly<Record<string, string>> = {
  Buffer: 'Buffer exists in Node only: use Uint8Array, TextEncoder and TextDecoder.',
  crypto: 'No randomness below src/harness/: pass it in.',
  fetch: 'No network below src/harness/.',
  global: 'Name the global itself, so that these rules see it.',
  globalThis: 'Name the global itself, so that these rules see it.',
  performance: 'No clock below src/harness/: pass the time in.',
  process: 'The core runs outside Node too: pass in what is needed of the process.',
  require: 'Import modules instead.',
  setImmediate: 'No timers below src/harness/.',
  setInterval: 'No timers below src/harness/.',
  setTimeout: 'No timers below src/harness/.',
};

const CODE: Readonly<Record<string, string>> = { Function: 'Only src/compiler/ makes code from text.' };

/** Folders that `folder` may import, in the order of the table. */
function importable(layers: Layers, folder: string): readonly string[] {
  const own = layers[folder]?.layer ?? Number.NEGATIVE_INFINITY;
  return Object.keys(layers).filter((name) => (layers[name]?.layer ?? own) < own);
}

/** The table as overrides of biome's configuration, which `.config/biome.json` extends. */
function biomeOverrides(layers: Layers): readonly object[] {
  const folders = Object.entries(layers);
  const core = folders.filter(([, folder]) => folder.clock !== true);
  const higher = folders.filter(([, folder]) => folder.clock === true);
  const generating = core.filter(([, folder]) => folder.generatesCode === true);
  const plain = core.filter(([, folder]) => folder.generatesCode !== true);
  return [
    styleRule(['src/*.ts'], 'noRestrictedImports', indexImports(layers)),
    ...folders.flatMap(([name, folder]) =>
      DEPTHS.map((depth) =>
        styleRule(
          [`src/${name}/${'*/'.repeat(depth - 1)}*.ts`],
          'noRestrictedImports',
          folderImports(layers, name, folder, depth),
        ),
      ),
    ),
    styleRule(filesOf(plain), 'noRestrictedGlobals', { deniedGlobals: { ...AMBIENT, ...CODE } }),
    styleRule(filesOf(generating), 'noRestrictedGlobals', { deniedGlobals: AMBIENT }),
    styleRule(['src/*.ts', ...filesOf(higher)], 'noRestrictedGlobals', { deniedGlobals: CODE }),
    { includes: filesOf(core), plugins: ['./clock.grit'] },
  ];
}

/** The text of `.config/biome.layers.json`, one override a line. */
export function biomeLayersFile(layers: Layers): string {
  const lines = biomeOverrides(layers).map((override) => JSON.stringify(override));
  return `{ "root": false, "overrides": [\n${lines.join(',\n')}\n] }\n`;
}

function filesOf(folders: readonly (readonly [string, Folder])[]): string[] {
  return folders.map(([name]) => `src/${name}/**`);
}

function styleRule(includes: readonly string[], rule: string, options: object): object {
  return { includes, linter: { rules: { style: { [rule]: { level: 'error', options } } } } };
}

function folderImports(layers: Layers, name: string, folder: Folder, depth: number): object {
  const up = '../'.repeat(depth);
  const lower = importable(layers, name);
  const below = lower.length === 0 ? 'no other folder' : `only ${lower.join(', ')}`;
  const outside = [...(folder.packages ?? []), ...(folder.builtins ?? []).map((each) => `node:${each}`)];
  return {
    patterns: [
      {
        group: [`${up}**`, ...lower.map((each) => `!${up}${each}/**`)],
        message: `src/${name}/ is layer ${folder.layer} and imports ${below}.`,
      },
      { group: detours(depth), message: 'Write the shortest path, so that the layer rules see where it leads.' },
      {
        group: ['**', '!./**', '!../**', ...allowedOutside(folder)],
        message: `src/${name}/ imports ${outside.length === 0 ? 'no package and no module of Node' : `only ${outside.join(', ')} from outside`}.`,
      },
    ],
  };
}

function allowedOutside(folder: Folder): readonly string[] {
  const packages = (folder.packages ?? []).flatMap((name) => [`!${name}`, `!${name}/**`]);
  const builtins = (folder.builtins ?? []).flatMap((name) => {
    if (name === '*') return ['!node:*', '!node:*/**'];
    return name.startsWith('!') ? [`node:${name.slice(1)}`] : [`!node:${name}`];
  });
  return [...packages, ...builtins];
}

/** Paths that go down and up again, or out of src. */
function detours(depth: number): readonly string[] {
  const shorter = Array.from({ length: depth - 1 }, (_, index) => '../'.repeat(index + 1));
  return [
    './**/../**',
    `${'../'.repeat(depth)}**/../**`,
    ...shorter.flatMap((up) => [`${up}*/../**`, `${up}*/*/../**`]),
  ];
}

function indexImports(layers: Layers): object {
  const folders = Object.keys(layers).filter((name) => name !== 'cli');
  return {
    patterns: [
      {
        group: ['./**', ...folders.map((name) => `!./${name}/**`), './**/../**'],
        message: 'src/index.ts exports the library, not the CLI.',
      },
      { group: ['**', '!./**'], message: 'src/index.ts only re-exports: it imports nothing from outside src.' },
    ],
  };
}
