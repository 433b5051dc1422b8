// How large the package is, and what a page or a worker that imports parts of it has to load:
//   npm run -s build && node benchmarks/size.mjs
// Bundled means: one minified file of an entry with everything that it can reach, Node's own modules left out.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const row = (name, text) =>
  console.log(
    `| ${name} | ${kilobytes(Buffer.byteLength(text))} | ${kilobytes(gzipSync(text, { level: 9 }).length)} |`,
  );

const folder = mkdtempSync(join(tmpdir(), 'deodar-size-'));

function bundled(entry) {
  const target = join(folder, entry);
  const options = ['--minify', '--platform', 'node', '--format', 'esm', '--dir', target];
  execFileSync('npx', ['--no-install', 'rolldown', `dist/${entry}.js`, ...options], { stdio: 'ignore' });
  const files = readdirSync(target, { recursive: true }).filter((file) => file.endsWith('.js'));
  return files.map((file) => readFileSync(join(target, file), 'utf8')).join('');
}

console.log('| what | bytes | gzip |\n| --- | --- | --- |');
for (const [name, entry] of [
  ['`deodar`, everything', 'index'],
  ['`deodar/authorizer`', 'authorizer/index'],
  ['`deodar/cedar-wasm`', 'cedar-wasm/index'],
  ['`deodar/facts`', 'facts/index'],
])
  row(name, bundled(entry));

row('a compiled module without its policies', readFileSync('dist/standalone/runtime.js'));
row('the same with a schema', readFileSync('dist/standalone/runtime-by-schema.js'));

try {
  const policies = join(folder, 'policies.cedar');
  const rules = ['view', 'edit', 'share', 'delete', 'list'].map(
    (action) =>
      `@id("${action}") permit (principal in Group::"${action}ers", action == Action::"${action}", resource) when { resource.owner == principal || context.mfa };`,
  );
  writeFileSync(policies, rules.join('\n'));
  const compiled = (path) =>
    execFileSync(process.execPath, ['dist/cli/bin.js', 'compile', path], { maxBuffer: 1 << 28, encoding: 'utf8' });
  row('a compiled module of 5 rules', compiled(policies));
  row('a compiled module of the coding-agent pack', compiled('policies/coding-agent'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
);
console.log(
  `| \`npm pack\`, ${packed.entryCount} files (the sources among them) | ${kilobytes(packed.unpackedSize)} | ${kilobytes(packed.size)} |`,
);
