import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { blocksOf } from './markdown.js';
import { PROJECT, usePackedProject } from './packed-project.js';
import { blockRunner, RUNNABLE } from './run-blocks.js';

// Every block of the README and of the guide is run in an empty folder with the package as it would be published. Not run
// are commands "in a clone" and what `RUNNABLE` does not name.

const README = readFileSync(join(PROJECT, 'README.md'), 'utf8');
const BLOCKS = blocksOf(README).filter(
  ({ language, code }) => RUNNABLE.has(language) && !code.startsWith('# in a clone'),
);
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

// The policy above the quick start is validated once the package is installed.
const START = BLOCKS.findIndex(({ code }) => code.includes('npm install deodar'));
const IN_ORDER = [...BLOCKS.slice(START, START + 1), ...BLOCKS.slice(0, START), ...BLOCKS.slice(START + 1)];

describe('the README', () => {
  const project = usePackedProject();
  const run = blockRunner(project);

  it('has a quick start, and much to run', () => {
    expect(START).toBeGreaterThan(0);
    expect(IN_ORDER.length).toBeGreaterThan(15);
    expect(blocksOf(README).filter(({ code }) => code.startsWith('# in a clone'))).toHaveLength(1);
  });

  it.each(IN_ORDER.map((block) => [block.line, block] as const))('works at line %i', (_, block) => {
    if (block.code.includes('./my-agent.mjs')) {
      project.lend('ai');
      project.write('my-agent.mjs', MY_AGENT);
    }
    run(block);
  });

  it('fires the policy that stands first on the commands that the README names, and on no other', () => {
    const policy = BLOCKS.find(({ language }) => language === 'cedar')?.code;
    const inputSchema = { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] };
    const paragraph = README.slice(README.indexOf('This policy fires on')).split('\n\n')[0] ?? '';
    const commands = [...paragraph.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
    expect(commands).toHaveLength(4);
    project.write('first/agent.json', JSON.stringify({ id: 'a', name: 'A', tools: [{ name: 'Bash', inputSchema }] }));
    project.write('first/policies.cedar', `@id("all") permit (principal, action, resource);\n${policy}`);
    const events = commands.map((command) =>
      JSON.stringify({ stage: 'PRE_TOOL', role: 'model', content: { toolId: 'Bash', parameters: { command } } }),
    );
    project.write('first/events.jsonl', `${events.join('\n')}\n`);
    const { stdout } = project.shell('deodar adjudicate --agent first/agent.json -p first first/events.jsonl --json');
    const decisions = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).decision);
    expect(decisions).toEqual(['ESCALATE', 'ESCALATE', 'ESCALATE', 'ALLOW']);
  });
});

describe('your first policy in ten minutes', () => {
  const project = usePackedProject();
  const run = blockRunner(project);
  const guide = readFileSync(join(PROJECT, 'policies/README.md'), 'utf8');
  const blocks = blocksOf(guide).filter(({ heading }) => heading === 'Your first policy in ten minutes');

  it('has all eight steps', () => {
    expect([...guide.matchAll(/^\*\*(\d)\. \w+\.\*\*/gm)].map((match) => match[1]).join('')).toBe('12345678');
    expect(blocks.filter(({ language }) => RUNNABLE.has(language)).length).toBeGreaterThan(14);
  });

  it.each(blocks.map((block) => [block.line, block] as const))('works at line %i', (_, block) => {
    if (block.language === 'json') project.write('tests/packages.test.json', block.code);
    else run(block);
  });
});

it('lists every command', () => {
  for (const { name } of COMMANDS) expect(README).toContain(`\`deodar ${name}`);
});

const PAGES = ['README.md', 'policies/README.md', 'policies/cookbook.md', 'src/README.md', 'benchmarks/README.md'];

it.each(PAGES)('%s links what is there', (page) => {
  const text = readFileSync(join(PROJECT, page), 'utf8');
  for (const [, path = '', anchor] of text.matchAll(/\]\(([\w./-]*)(?:#([\w-]+))?\)/g)) {
    const file = path === '' ? page : join(page, '..', path.endsWith('/') ? `${path}README.md` : path);
    const linked = readFileSync(join(PROJECT, file), 'utf8');
    const anchors = [...linked.matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''));
    if (anchor !== undefined) expect(anchors, `${file}#${anchor}`).toContain(anchor);
  }
});

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
