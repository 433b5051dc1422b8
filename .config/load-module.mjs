// Loads a module of the sources, which Node cannot read itself, for scripts that build something from what it makes.
import { runInThisContext } from 'node:vm';
import { rolldown } from 'rolldown';

/** What a module of `src` exports. It runs with all that it imports, so it must need nothing of Node. */
export async function loadModule(file) {
  const build = await rolldown({
    input: file,
    platform: 'neutral',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  });
  const { output } = await build.generate({ format: 'cjs' });
  await build.close();
  const exports = {};
  runInThisContext(`(function (exports) {${output[0].code}\n})`)(exports);
  return exports;
}
