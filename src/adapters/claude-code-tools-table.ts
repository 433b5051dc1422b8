import type { Tool } from '../harness/agent.js';

type Properties = Readonly<Record<string, unknown>>;

const TEXT = { type: 'string' };
const INTEGER = { type: 'integer' };
const FLAG = { type: 'boolean' };
const TEXTS = { type: 'array', items: TEXT };
const EDIT = {
  type: 'object',
  properties: { old_string: TEXT, new_string: TEXT, replace_all: FLAG },
  required: ['old_string', 'new_string'],
};

/** Versions of Claude Code add parameters, so every tool takes further ones; policies see them as JSON and in `touches`. */
function tool(name: string, properties: Properties, required: readonly string[], rest: Partial<Tool> = {}): Tool {
  return { name, inputSchema: { type: 'object', properties, required, additionalProperties: true }, ...rest };
}

const READS: Partial<Tool> = { annotations: { readOnlyHint: true } };
const CHANGES: Partial<Tool> = { annotations: { destructiveHint: true } };
const READS_WEB: Partial<Tool> = { annotations: { readOnlyHint: true, openWorldHint: true } };

const SUB_AGENT: Properties = {
  description: TEXT,
  prompt: TEXT,
  subagent_type: TEXT,
  model: TEXT,
  run_in_background: FLAG,
};
const BASH: Properties = {
  command: TEXT,
  timeout: INTEGER,
  description: TEXT,
  run_in_background: FLAG,
  dangerouslyDisableSandbox: FLAG,
};
const GREP: Properties = {
  pattern: TEXT,
  path: TEXT,
  glob: TEXT,
  output_mode: { type: 'string', enum: ['content', 'files_with_matches', 'count'] },
  '-A': INTEGER,
  '-B': INTEGER,
  '-C': INTEGER,
  '-n': FLAG,
  '-i': FLAG,
  type: TEXT,
  head_limit: INTEGER,
  offset: INTEGER,
  multiline: FLAG,
};

/** The tools of Claude Code with what their parameters hold; tools of MCP servers are not among them. */
export const CLAUDE_CODE_TOOLS: readonly Tool[] = [
  tool('Bash', BASH, ['command'], { annotations: { destructiveHint: true, openWorldHint: true } }),
  tool('BashOutput', { bash_id: TEXT, filter: TEXT }, ['bash_id'], READS),
  tool('KillShell', { shell_id: TEXT }, ['shell_id']),
  tool('TaskOutput', { task_id: TEXT, block: FLAG, timeout: INTEGER }, ['task_id'], READS),
  tool('TaskStop', { task_id: TEXT, shell_id: TEXT }, []),
  tool('Read', { file_path: TEXT, offset: INTEGER, limit: INTEGER, pages: TEXT }, ['file_path'], READS),
  tool('Write', { file_path: TEXT, content: TEXT }, ['file_path', 'content'], CHANGES),
  tool(
    'Edit',
    { file_path: TEXT, old_string: TEXT, new_string: TEXT, replace_all: FLAG },
    ['file_path', 'old_string', 'new_string'],
    CHANGES,
  ),
  tool('MultiEdit', { file_path: TEXT, edits: { type: 'array', items: EDIT } }, ['file_path', 'edits'], CHANGES),
  tool('NotebookRead', { notebook_path: TEXT, cell_id: TEXT }, ['notebook_path'], READS),
  tool(
    'NotebookEdit',
    { notebook_path: TEXT, new_source: TEXT, cell_id: TEXT, cell_type: TEXT, edit_mode: TEXT },
    ['notebook_path', 'new_source'],
    CHANGES,
  ),
  tool('LS', { path: TEXT, ignore: TEXTS }, ['path'], READS),
  tool('Glob', { pattern: TEXT, path: TEXT }, ['pattern'], { ...READS, facts: { pattern: 'path' } }),
  tool('Grep', GREP, ['pattern'], { ...READS, facts: { glob: 'path' } }),
  tool('WebFetch', { url: { type: 'string', format: 'uri' }, prompt: TEXT }, ['url'], READS_WEB),
  tool('WebSearch', { query: TEXT, allowed_domains: TEXTS, blocked_domains: TEXTS }, ['query'], READS_WEB),
  tool('Task', SUB_AGENT, ['prompt']),
  tool('Agent', SUB_AGENT, ['prompt']),
  tool('TodoWrite', { todos: { type: 'array', items: { type: 'object' } } }, ['todos']),
  tool('TaskCreate', { subject: TEXT, description: TEXT }, []),
  tool('TaskGet', { taskId: TEXT }, ['taskId'], READS),
  tool('TaskUpdate', { taskId: TEXT, status: TEXT, subject: TEXT, description: TEXT }, ['taskId']),
  tool('TaskList', {}, [], READS),
  tool('EnterPlanMode', {}, []),
  tool('ExitPlanMode', { plan: TEXT }, [], { facts: { plan: 'text' } }),
  tool('AskUserQuestion', { questions: { type: 'array', items: { type: 'object' } } }, ['questions']),
  tool('Skill', { skill: TEXT, args: TEXT }, ['skill'], { facts: { args: 'text' } }),
  tool('SlashCommand', { command: TEXT }, ['command'], { facts: { command: 'text' } }),
  tool('ToolSearch', { query: TEXT, max_results: INTEGER }, ['query'], READS),
  tool('LSP', { operation: TEXT, filePath: TEXT, line: INTEGER, character: INTEGER }, ['operation'], READS),
  tool('ListMcpResourcesTool', { server: TEXT }, [], READS),
  tool('ReadMcpResourceTool', { server: TEXT, uri: TEXT }, ['server', 'uri'], READS),
];
