import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { type Block, blocksOf, commandsOf, printedBy } from './markdown.js';
import { PROJECT, usePackedProject } from './packed-project.js';

// Every block of the README is run in an empty folder with the package as it would be published, in the order of the
// page. A block whose first line names a file is written there. Not run are `text` and `yaml`, and commands "in a clone".

const README = readFileSync(join(PROJECT, 'README.md'), 'utf8');
const BLOCKS = blocksOf(README).filter(({ code }) => !code.startsWith('# in a clone'));
const { write, shell, node, compile, lend } = usePackedProject();

/** The agent of somebody who uses the AI SDK, with a model that follows a script. */
const MY_AGENT = `
import { jsonSchema, tool } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };
const input = JSON.stringify({ command: 'cat .env' });
const steps = [
  { content: [{ type: 'tool-call', toolCallId: '1', toolName: 'shell', input }], finishReason: { unified: 'tool-calls' } },
  { content: [{ type: 'text', text: 'I may not read it.' }], finishReason: { unified: 'stop' } },
];
let step = 0;
export const model = new MockLanguageModelV3({ doGenerate: async () => ({ ...steps[step++], usage, warnings: [] }) });
const inputSchema = jsonSchema({ type: 'object', properties: { command: { type: 'string' } }, required: ['command'] });
export const tools = { shell: tool({ inputSchema, execute: () => { throw new Error('it ran'); } }) };
`;

/** What is printed has the lines that the comments say, in their order. */
function expectPrinted(stdout: string, code: string): void {
  const said = printedBy(code);
  expect(said).toHaveLength(code.split('console.log(').length - 1);
  let rest = stdout;
  for (const text of said) {
    expect(rest).toContain(text);
    rest = rest.slice(rest.indexOf(text) + text.length);
  }
}

const RUN: Readonly<Record<string, (block: Block) => void>> = {
  sh: ({ code }) => {
    for (const line of commandsOf(code)) {
      const { status, stderr } = shell(line);
      expect({ line, status, stderr }).toMatchObject({ line, status: 0, stderr: expect.not.stringMatching(/error/) });
    }
  },
  js: ({ code, file = '' }) => {
    if (code.includes('./my-agent.mjs')) {
      lend('ai');
      write('my-agent.mjs', MY_AGENT);
    }
    write(file, code);
    const { status, stdout, stderr } = node(file);
    expect([status, stderr]).toEqual([0, '']);
    if (code.includes('./my-agent.mjs')) expect(stdout).toBe('I may not read it.\n');
    else expectPrinted(stdout, code);
  },
  ts: ({ code, file = '' }) => {
    write(file, code);
    expect(compile(file)).toMatchObject({ status: 0, stdout: '' });
    expectPrinted(node(file.replace(/ts$/, 'js')).stdout, code);
  },
  cedar: ({ code, file }) => {
    write(file ?? 'shown.cedar', code);
    if (file !== undefined) return;
    const schema = 'node_modules/deodar/policies/coding-agent/schema.cedarschema';
    expect(shell(`deodar validate shown.cedar --schema ${schema} && rm shown.cedar`)).toMatchObject({ status: 0 });
  },
  cedarschema: ({ code, file = '' }) => write(file, code),
};

const RUN_FIRST = BLOCKS.findIndex(({ code }) => code.includes('npm install deodar'));

// Policies that stand above the quick start are validated once the package is installed.
const IN_ORDER = [
  ...BLOCKS.slice(RUN_FIRST, RUN_FIRST + 1),
  ...BLOCKS.slice(0, RUN_FIRST),
  ...BLOCKS.slice(RUN_FIRST + 1),
];

it.each(IN_ORDER.filter(({ language }) => Object.hasOwn(RUN, language)).map((block) => [block.line, block] as const))(
  'what line %i of the README shows works in an empty folder',
  (_, block) => {
    RUN[block.language]?.(block);
  },
);

it('runs all that can be run', () => {
  const languages = new Set(BLOCKS.map(({ language }) => language));
  expect([...languages].filter((language) => !Object.hasOwn(RUN, language)).sort()).toEqual(['text', 'yaml']);
  expect(IN_ORDER.filter(({ language }) => Object.hasOwn(RUN, language)).length).toBeGreaterThan(15);
});

it('fires the policy that stands first on the commands that the README names, and on no other', () => {
  const [policy] = BLOCKS.filter(({ language }) => language === 'cedar');
  const agent = {
    id: 'a',
    name: 'A',
    tools: [
      {
        name: 'Bash',
        inputSchema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
      },
    ],
  };
  const paragraph = README.slice(README.indexOf('This policy fires on')).split('\n\n')[0] ?? '';
  const commands = [...paragraph.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
  expect(commands).toHaveLength(4);
  write('first/agent.json', JSON.stringify(agent));
  write('first/policies.cedar', `@id("all") permit (principal, action, resource);\n${policy?.code}`);
  const events = commands.map((command) =>
    JSON.stringify({ stage: 'PRE_TOOL', role: 'model', content: { toolId: 'Bash', parameters: { command } } }),
  );
  write('first/events.jsonl', `${events.join('\n')}\n`);
  const { stdout } = shell('deodar adjudicate --agent first/agent.json -p first first/events.jsonl --json');
  const decisions = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).decision);
  expect(decisions).toEqual(['ESCALATE', 'ESCALATE', 'ESCALATE', 'ALLOW']);
});

it('lists every command', () => {
  for (const { name } of COMMANDS) expect(README).toContain(`\`deodar ${name}`);
});

it('shows the matrix as it is', () => {
  const shown = BLOCKS.find(({ language, code }) => language === 'text' && code.startsWith('TOOL'))?.code ?? '';
  const { stdout } = shell('deodar matrix --agent policies/agent.json --policies policies');
  for (const line of shown.trimEnd().split('\n')) expect(stdout).toContain(line);
});

it.each([...README.matchAll(/\]\(([\w./-]+)(?:#[\w-]+)?\)/g)].map((match) => match[1] ?? ''))(
  'links %s, which is there',
  (path) => {
    expect(() => readFileSync(join(PROJECT, path.endsWith('/') ? `${path}README.md` : path))).not.toThrow();
  },
);
