// Bundles what the package runs into dist, beside the declarations of the compiler: one chunk for what every decision
// needs, the parser library within, others for what several entries share, each command of the command line by itself.
// Reading some 700 small files would cost most of a short run. The text stays readable, so it needs no source map. The
// licences of what is bundled are written beside it; declarations that no entry reaches are removed.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { esmExternalRequirePlugin } from 'rolldown/plugins';
import { loadModule } from './load-module.mjs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const named = (path) => path.replace(/^\.\/dist\/(.*)\.js$/, '$1');
const libraryEntries = Object.values(manifest.exports).flatMap((each) => (each.default ? [named(each.default)] : []));
const command = named(manifest.bin.deodar);

/** What deciding needs in one file instead of 36; apart from it what every command begins with. */
const GROUPS = [
  { name: 'text', test: /[\\/]src[\\/](?:text|diagnostics)[\\/]/, priority: 2 },
  { name: 'decide', test: /[\\/]src[\\/]authorizer[\\/]index\.ts$/, priority: 1 },
];

/** Modules of functions that need the parser library: they begin when one is called, which in most processes none is. */
const LATE = ['src/parser/by-grammar.ts', 'src/formatter/format-policies.ts'].map((file) => resolve(file));
const LATE_MARK = '?late';

const lateModules = {
  name: 'late-modules',
  resolveId: (id) => (id.endsWith(LATE_MARK) ? id : undefined),
  load(id) {
    const file = LATE.find((each) => id.startsWith(each));
    if (file === undefined) return undefined;
    const code = readFileSync(file, 'utf8');
    if (id !== file) return { code, moduleType: 'ts' };
    const late = `require(${JSON.stringify(`${file}${LATE_MARK}`)})`;
    const names = [...code.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
    return { code: names.map((name) => `export const ${name} = (...given) => ${late}.${name}(...given);`).join('\n') };
  },
};

async function bundle() {
  const build = await rolldown({
    input: Object.fromEntries([
      ...libraryEntries.map((entry) => [entry, `src/${entry}.ts`]),
      ...CALLED_BY_COMMAND.map((name) => [`chunks/${name}`, `src/cli/${name}.ts`]),
    ]),
    platform: 'node',
    // Imports instead of calls of `require`: only the command line, which reads folders, then needs Node.
    plugins: [esmExternalRequirePlugin({ external: builtinModules }), lateModules],
    external: [/^node:/],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  });
  const { output } = await build.write({
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: { groups: GROUPS },
  });
  await build.close();
  return output.flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []));
}

/** What the command imports once it knows that it is not the hook. */
const CALLED_BY_COMMAND = ['main', 'process-terminal'];

/** The start of the command as a CommonJS script, which Node reads sooner than a module. */
async function bundleCommand() {
  const build = await rolldown({
    input: `src/${command}.ts`,
    platform: 'node',
    external: [/^node:/],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [
      {
        name: 'chunks',
        resolveId: (id) =>
          CALLED_BY_COMMAND.some((name) => id === `./${name}.js`)
            ? { id: id.replace('./', '../chunks/'), external: true }
            : undefined,
      },
    ],
  });
  await build.write({ file: `dist/${command}.js`, format: 'cjs', minify: true });
  await build.close();
  chmodSync(`dist/${command}.js`, 0o755);
  writeFileSync(join('dist', dirname(command), 'package.json'), '{ "type": "commonjs" }\n');
}

/**
 * The command `hook` as scripts that `load-hook-program.ts` reads: one with all that every answer needs, others with what is
 * needed only now and then.
 */
async function bundleHook() {
  const entry = resolve('src/cli/hook-program.ts');
  const always = new Set();
  const build = await rolldown({
    input: { hook: entry },
    platform: 'node',
    external: [/^node:/, /^text:/],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [
      lateModules,
      {
        name: 'computed',
        async load(id) {
          const file = Object.keys(COMPUTED).find((each) => resolve(each) === id);
          return file === undefined ? undefined : { code: await computedModule(file), moduleType: 'js' };
        },
      },
      {
        name: 'always',
        buildEnd() {
          const waiting = [entry];
          for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
            if (!always.has(id)) waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
            always.add(id);
          }
        },
      },
    ],
  });
  const { output } = await build.write({
    dir: 'dist/cli',
    format: 'cjs',
    minify: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'hook-[name].cjs',
    codeSplitting: { groups: [{ name: 'always', test: (id) => always.has(id) || id.includes('rolldown/runtime') }] },
  });
  await build.close();
  for (const { fileName } of output) wrapScript(`dist/cli/${fileName}`);
  identifyProgram('dist/cli');
}

/** Has the first script of the hook name the contents of all files that the hook is made of, so that its hash is that of all. */
function identifyProgram(folder) {
  const all = createHash('sha256');
  const files = readdirSync(folder).filter((name) => /^(?:bin\.js|hook-.*\.(?:cjs|txt))$/.test(name));
  for (const name of files.sort()) all.update(`${name}\n`).update(readFileSync(join(folder, name)));
  const first = join(folder, 'hook.cjs');
  const body = readFileSync(first, 'utf8').replace(/\n\/\/[0-9a-f]{64}$/, `\n//${all.digest('hex')}`);
  writeFileSync(first, withHash(body));
}

/**
 * Data that takes longer to make than a hook may take, with the text of the module that has it ready instead: in files
 * that are read when something is asked of them, since all that is in a script is read thrice, compiled code included.
 */
const COMPUTED = {
  'src/facts/text/vocabulary-data.ts': ({ vocabularyData }) =>
    `export const vocabularyData = () => JSON.parse(${textFile('vocabulary', JSON.stringify(vocabularyData()))});`,
  'src/facts/text/sign-words.ts': ({ signWords }) =>
    `export const signWords = () => JSON.parse(${textFile('signs', JSON.stringify(signWords()))});`,
  'src/facts/text/number-labels.ts': ({ numberLabels }) =>
    `export const numberLabels = () => JSON.parse(${JSON.stringify(JSON.stringify(numberLabels()))});`,
  'src/facts/text/all-literals.ts': ({ allLiterals }) => {
    const { words, shapes, index, firstSign } = allLiterals();
    // Short texts need the index, not the literals.
    return `export const allLiterals = () => ({
      words: () => JSON.parse(${textFile('literals', JSON.stringify(words()))}),
      shapes: ${JSON.stringify(shapes)},
      firstSign: ${firstSign},
      index: () => JSON.parse(${textFile('literal-index', JSON.stringify(index()))}),
    });`;
  },
  'src/facts/text/wording-weights-generated.ts': ({ wordingNumbers, wordingWeights, ...figures }) => `
    export const { ENOUGH, BIAS, SCALE } = ${JSON.stringify(figures)};
    export const wordingNumbers = () => ${textFile('wording-numbers', wordingNumbers())};
    export const wordingWeights = () => ${textFile('wording-weights', wordingWeights())};`,
  // A line for each program; those that nobody asks for stay text.
  'src/facts/program-tables.ts': ({ programNames, programNamed }) => {
    const lines = programNames().map((name) => `${name}\t${JSON.stringify(programNamed(name))}`);
    return `
    let programs;
    export function programNamed(name) {
      programs ??= new Map(
        ${textFile('programs', lines.join('\n'))}.split('\\n').map((line) => [line.slice(0, line.indexOf('\\t')), line]),
      );
      const found = programs.get(name);
      if (typeof found !== 'string') return found;
      const program = JSON.parse(found.slice(name.length));
      programs.set(name, program);
      return program;
    }`;
  },
};

/** Writes a text beside the scripts; the answer is the expression that reads it. */
function textFile(name, text) {
  writeFileSync(`dist/cli/hook-${name}.txt`, ofOneByte(text));
  return `require('text:${name}')`;
}

/** Text of one byte a character is read without being decoded. */
function ofOneByte(text) {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The text for a module of `COMPUTED`. */
async function computedModule(file) {
  return COMPUTED[file](await loadModule(file));
}

function wrapScript(file) {
  const body = `(function (require, module, exports) {${ofOneByte(readFileSync(file, 'utf8'))}\n})`;
  writeFileSync(file, withHash(body));
}

/** Behind a script stands its hash, under which compiled code is kept. */
function withHash(body) {
  return `${body}\n//${createHash('sha256').update(body).digest('hex')}`;
}

/** What compiled modules begin with, as one script each without imports or exports: it makes a constant `deodar`. */
async function bundleRuntimes() {
  for (const name of ['runtime', 'runtime-by-schema']) {
    const build = await rolldown({
      input: `src/standalone/${name}.ts`,
      platform: 'neutral',
      resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    });
    await build.write({ file: `dist/standalone/${name}.js`, format: 'iife', name: 'deodar', minify: true });
    await build.close();
  }
}

/** The folders of the packages that modules come from. */
function packagesOf(moduleIds) {
  const folders = moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  return [...new Set(folders)].sort((a, b) => (a < b ? -1 : 1));
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(each));
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version} (${license})\n${text}`;
}

/** The declarations that the entries reach. */
function reachedDeclarations() {
  const reached = new Set();
  const waiting = libraryEntries.map((entry) => resolve('dist', `${entry}.d.ts`));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)\.js'/g)) {
      waiting.push(resolve(dirname(file), `${path}.d.ts`));
    }
  }
  return reached;
}

function removeOtherDeclarations() {
  const reached = reachedDeclarations();
  const all = readdirSync('dist', { recursive: true }).filter((each) => each.endsWith('.d.ts'));
  for (const path of all.map((each) => resolve('dist', each)).filter((each) => !reached.has(each))) {
    rmSync(path);
    if (existsSync(`${path}.map`)) rmSync(`${path}.map`);
  }
}

const moduleIds = await bundle();
await bundleCommand();
await bundleHook();
await bundleRuntimes();
const line = `\n${'-'.repeat(80)}\n\n`;
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', packagesOf(moduleIds).map(noticeOf).join(line));
removeOtherDeclarations();
