import { describe, expect, it } from 'vitest';
import type { Agent, Tool } from '../../src/harness/agent.js';
import { createAgentSchema } from '../../src/harness/agent-schema.js';
import { type FactRow, factReport } from '../../src/harness/fact-report.js';
import { loadPack } from '../packs/pack.js';

const { agent: codingAgent } = loadPack('coding-agent');

const text = { type: 'string' };

function reportOf(agent: Agent, name: string): readonly FactRow[] {
  const schema = createAgentSchema(agent);
  if (!schema.ok) throw new Error(schema.diagnostics.map(({ message }) => message).join('; '));
  const tool = schema.value.tools.get(name);
  if (tool === undefined) throw new Error(`there is no tool ${name}`);
  return factReport(tool);
}

function rowsOf(properties: Readonly<Record<string, unknown>>, facts?: Tool['facts']): string[] {
  const tool: Tool = {
    name: 'tool',
    inputSchema: { type: 'object', properties, additionalProperties: false },
    ...(facts === undefined ? {} : { facts }),
  };
  const rows = reportOf({ id: 'a', name: 'A', tools: [tool] }, 'tool');
  return rows.map(({ field, kind, at, by }) => `${field} ${kind ?? '?'} ${at} ${by}`);
}

describe('what the parameters of tools are taken for', () => {
  it.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      'run_command',
      { CommandLine: text, Cwd: text },
      ['/CommandLine shell context.facts.CommandLine schema', '/Cwd path context.facts.Cwd schema'],
    ],
    ['execute', { command: text }, ['/command shell context.facts.command schema']],
    [
      'execute with a list of words',
      { command: { type: 'array', items: text } },
      ['/command/- shell context.touches schema'],
    ],
    ['read_file', { path: text }, ['/path path context.facts.path schema']],
    ['read_multiple_files', { paths: { type: 'array', items: text } }, ['/paths/- path context.touches schema']],
    [
      'move_file',
      { source: text, destination: text },
      ['/source path context.facts.source schema', '/destination path context.facts.destination schema'],
    ],
    ['fetch', { url: text }, ['/url url context.facts.url schema']],
    [
      'a format decides before a name',
      { page: { type: 'string', format: 'uri' } },
      ['/page url context.facts.page schema'],
    ],
    ['a name nobody knows', { thing: text }, ['/thing ? context.touches looks']],
    [
      'edits in a list',
      {
        file_path: text,
        edits: {
          type: 'array',
          items: {
            type: 'object',
            properties: { new_string: text },
            required: ['new_string'],
            additionalProperties: false,
          },
        },
      },
      ['/file_path path context.facts.file_path schema', '/edits/-/new_string text context.touches schema'],
    ],
    ['no texts', { count: { type: 'integer' }, force: { type: 'boolean' } }, []],
  ])('%s', (_, properties, rows) => {
    expect(rowsOf(properties)).toEqual(rows);
  });

  it('follows what the tool declares', () => {
    expect(rowsOf({ glob: text, command: text, 'a-b': text }, { command: 'none', 'a-b': 'path' })).toEqual([
      '/glob path context.facts.glob schema',
      '/a-b path context.facts["a-b"] declaration',
    ]);
  });

  it.each<[string, readonly string[]]>([
    ['Bash', ['command:shell', 'description:text']],
    ['Read', ['file_path:path']],
    ['Write', ['file_path:path', 'content:text']],
    ['MultiEdit', ['file_path:path']],
    ['Glob', ['pattern:path', 'path:path']],
    ['Grep', ['path:path', 'glob:path']],
    ['WebFetch', ['url:url', 'prompt:text']],
  ])('knows the parameters of %s', (name, expected) => {
    const own = reportOf(codingAgent, name).filter(({ at }) => at.startsWith('context.facts'));
    expect(own.map(({ field, kind }) => `${field.slice(1)}:${kind ?? ''}`)).toEqual(
      expect.arrayContaining([...expected]),
    );
  });
});
