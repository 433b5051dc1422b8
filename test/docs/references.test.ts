import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { type Declared, declaredIn } from './declared.js';

// The two references are made from the code; `vitest -u` writes them. The programming interface is read from the built
// declarations, which `npm test` builds first.

const PROJECT = join(import.meta.dirname, '../..');
const MADE_BY = 'npm run -s build && npx vitest run --config .config/vitest.config.ts test/docs/references.test.ts -u';

test('src/cli/README.md has a page for each command, from its --help', async () => {
  const pages = await Promise.all(
    COMMANDS.map(async ({ name, summary, load }) => {
      const { help } = await load();
      expect(help).toContain(`deodar ${name}`);
      const [, ...text] = help.trimEnd().split('\n');
      return `## deodar ${name}\n\n${capital(summary)}.\n\n\`\`\`text\n${text.join('\n').trim()}\n\`\`\`\n`;
    }),
  );
  const index = COMMANDS.map(({ name, summary }) => `| [\`deodar ${name}\`](#deodar-${name}) | ${summary} |`);
  const text = `# The command deodar

<!-- Made from the help texts: ${MADE_BY} -->

The text under each command is what \`deodar <command> --help\` prints. Paths are files, folders or globs; \`-\` is standard
input. Exit codes: 0 ok or allow, 1 failure, 2 deny, 3 not valid.

| command | what it does |
| --- | --- |
${index.join('\n')}

${pages.join('\n')}`;
  await expect(text).toMatchFileSnapshot(join(PROJECT, 'src/cli/README.md'));
});

const ENTRIES = [
  ['deodar', 'index.d.ts', 'Policies, authorizers, the harness, guards, approvals and the ledger.'],
  ['deodar/facts', 'facts/index.d.ts', 'What a command, path, URL or text really is, without a policy.'],
  ['deodar/ai-sdk', 'adapters/ai-sdk.d.ts', 'Tools of the AI SDK, guarded.'],
] as const;

test('src/API.md has every export of the package, from its doc comments', async () => {
  const parts = ENTRIES.map(([entry, file, what]) => {
    const exports = declaredIn(join(PROJECT, 'dist'), file);
    expect(exports.length).toBeGreaterThan(3);
    const folders = [...new Set(exports.map(folderOf))].sort();
    const sections = folders.map((folder) => {
      const own = exports.filter((each) => folderOf(each) === folder);
      return `### ${folder === '.' ? entry : `${folder}/`}\n\n${own.map(describe).join('\n')}`;
    });
    return `## ${entry}\n\n${what}\n\n${sections.join('\n')}`;
  });
  const text = `# The programming interface

<!-- Made from the doc comments: ${MADE_BY} -->

Every export, by entry and by the folder of \`src\` that it comes from. \`deodar/cedar-wasm\` has the functions and types of
\`@cedar-policy/cedar-wasm\` 4.13, under their names.

${parts.join('\n')}`;
  await expect(text).toMatchFileSnapshot(join(PROJECT, 'src/API.md'));
});

function folderOf({ file }: Declared): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
}

function describe({ name, doc, code }: Declared): string {
  const paragraphs = doc === '' ? '' : `${doc}\n\n`;
  return `#### ${name}\n\n${paragraphs}\`\`\`ts\n${code.replaceAll(/^(?: {4})+/gm, (indent) => ' '.repeat(indent.length / 2))}\n\`\`\`\n`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
