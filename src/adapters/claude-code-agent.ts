import type { Agent, Tool, Workspace } from '../harness/agent.js';
import { CLAUDE_CODE_TOOLS } from './claude-code-tools-table.js';

/** What an agent is without an agent file: Claude Code with its own tools, and one glob set for secrets. */
const CLAUDE_CODE: Agent = {
  id: 'claude-code',
  name: 'Claude Code',
  provider: 'anthropic',
  tools: [],
  trustToolHints: true,
  workspace: {
    root: '/workspace',
    globs: { secrets: ['.env', '.env.*', '!.env.example', '**/.ssh/**', '**/.aws/**', '*.pem', '*.key'] },
  },
};

/**
 * The agent that Claude Code is in a workspace. The agent file adds names, glob sets and tools; a tool of Claude Code
 * that it does not declare is taken from the built-in list, so that one file serves several versions.
 */
export function claudeCodeAgent(workspace: Workspace, file: Agent = CLAUDE_CODE): Agent {
  const declared = new Set(file.tools.map((tool) => tool.name));
  const tools = [...file.tools, ...CLAUDE_CODE_TOOLS.filter((tool) => !declared.has(tool.name))];
  return { ...file, tools, workspace: { ...file.workspace, ...workspace } };
}

/** An agent with one tool more, whose arguments are not described. */
export function withUndescribedTool(agent: Agent, name: string): Agent {
  const tool: Tool = { name, inputSchema: { type: 'object' } };
  return { ...agent, tools: [...agent.tools, tool] };
}
