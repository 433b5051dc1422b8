import type { Agent } from '../harness/agent.js';
import { CONFIG_FILE } from './config.js';

/** The agent that `deodar init` writes: two tools, enough to see each kind of answer. */
const AGENT: Agent = {
  id: 'my-agent',
  name: 'My agent',
  tools: [
    {
      name: 'shell',
      description: 'Runs a shell command in the workspace.',
      inputSchema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
    },
    {
      name: 'read_file',
      description: 'Reads a file.',
      inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
    },
  ],
  workspace: {
    root: '/workspace',
    home: '/home/user',
    globs: { secrets: ['**/.env', '**/.env.*', '**/.ssh/**', '**/*.pem'] },
  },
};

const POLICIES = `// Everything is denied that no permit allows. A forbid beats every permit; a forbid
// with @escalate asks for approval where a permit would otherwise allow.
@id("messages")
@description("Prompts and completions are allowed")
permit (
  principal,
  action in [Action::"PRE_MODEL", Action::"POST_MODEL"],
  resource
);

@id("tool-calls")
@description("The agent may call its tools")
permit (
  principal,
  action in Action::"PRE_TOOL",
  resource
);

@id("tool-results")
@description("The agent may see what its tools return")
permit (
  principal,
  action in Action::"POST_TOOL",
  resource
);

@id("no-secrets")
@description("Files with secrets stay closed, for every tool")
forbid (
  principal,
  action in Action::"PRE_TOOL",
  resource
)
when { context.touches.globs.contains("secrets") };

@id("no-secrets-in-results")
@description("Results that contain credentials are withheld from the model")
forbid (
  principal,
  action in Action::"POST_TOOL",
  resource
)
when { context.facts.response.secretCount > 0 };

@id("no-hidden-commands")
@description("A command must show what it runs")
forbid (
  principal,
  action == Action::"shell",
  resource
)
when { context.facts.command.opaque };

@id("ask-before-deleting")
@description("Recursive deletion needs approval")
@escalate("owner")
forbid (
  principal,
  action == Action::"shell",
  resource
)
when { context.facts.command.commands.containsAny(["rm -r", "find -delete"]) };
`;

const TESTS = {
  agent: '../agent.json',
  policies: '..',
  tests: [
    {
      name: 'an ordinary command runs',
      event: call('shell', { command: 'npm test' }),
      decision: 'ALLOW',
      policies: ['tool-calls'],
    },
    {
      name: 'rm -r asks, however it is written',
      event: call('shell', { command: '/bin/r"m" -f --recursive build' }),
      decision: 'ESCALATE',
      routes: ['owner'],
    },
    {
      name: 'rm inside a quoted text is harmless',
      event: call('shell', { command: 'git commit -m "remove rm -r calls"' }),
      decision: 'ALLOW',
    },
    {
      name: 'a command that cannot be read is denied',
      event: call('shell', { command: 'echo cm0gLXJmIC8K | base64 -d | sh' }),
      decision: 'DENY',
    },
    {
      name: 'secrets stay closed',
      event: call('read_file', { path: 'config/../.env' }),
      decision: 'DENY',
      policies: ['no-secrets'],
    },
    { name: 'find -delete asks', event: call('shell', { command: 'find build -delete' }), decision: 'ESCALATE' },
    {
      name: 'an ordinary file is read',
      event: call('read_file', { path: 'README.md' }),
      decision: 'ALLOW',
      policies: ['tool-calls'],
    },
    { name: 'an unknown tool is denied', event: call('format_disk', {}), decision: 'DENY' },
    {
      name: 'a result reaches the model',
      event: result('12 passed'),
      decision: 'ALLOW',
      policies: ['tool-results'],
    },
    {
      name: 'a result with a password is withheld',
      event: result('DATABASE_URL=postgres://app:Zt7qW2vLx9Kd@db.internal/app'),
      decision: 'DENY',
      policies: ['no-secrets-in-results'],
    },
    {
      name: 'prompts reach the model',
      event: { stage: 'PRE_MODEL', role: 'user', content: { text: 'Run the tests.' } },
      decision: 'ALLOW',
      policies: ['messages'],
    },
    {
      name: 'completions reach the user',
      event: { stage: 'POST_MODEL', role: 'model', content: { text: 'The tests pass.' } },
      decision: 'ALLOW',
    },
  ],
};

function result(response: string): object {
  return { stage: 'POST_TOOL', role: 'tool', content: { toolId: 'shell', response } };
}

function call(toolId: string, parameters: object): object {
  return { stage: 'PRE_TOOL', role: 'model', content: { toolId, parameters } };
}

const SESSION: readonly object[] = [
  { stage: 'PRE_MODEL', role: 'user', content: { text: 'Clean up the build folder and run the tests.' } },
  { stage: 'PRE_TOOL', role: 'model', content: { toolId: 'shell', parameters: { command: 'npm test' }, callId: '1' } },
  { stage: 'POST_TOOL', role: 'tool', content: { toolId: 'shell', response: '12 passed', callId: '1' } },
  {
    stage: 'PRE_TOOL',
    role: 'model',
    content: { toolId: 'shell', parameters: { command: 'rm -rf build' }, callId: '2' },
  },
  { stage: 'PRE_TOOL', role: 'model', content: { toolId: 'read_file', parameters: { path: '.env' }, callId: '3' } },
  {
    stage: 'POST_MODEL',
    role: 'model',
    content: { text: 'The tests pass; I need your approval to delete the build folder.' },
  },
];

/**
 * Files of a new folder by their paths; `schemaOf` gives the schema text of the agent, and `configSchema` is where the
 * JSON Schema of the settings lies from there, for editors.
 */
export function initFiles(
  schemaOf: (agent: Agent) => string,
  configSchema: string | undefined,
): ReadonlyMap<string, string> {
  // Not the whole folder: the hook's policies in `.deodar` are those of another agent.
  const config = { policies: '**/*.cedar', schema: 'schema.cedarschema', agent: 'agent.json', tests: 'tests' };
  return new Map([
    [CONFIG_FILE, json({ ...(configSchema === undefined ? {} : { $schema: configSchema }), ...config })],
    ['agent.json', json(AGENT)],
    ['policies.cedar', POLICIES],
    ['schema.cedarschema', schemaOf(AGENT)],
    ['session.jsonl', SESSION.map((event) => `${JSON.stringify(event)}\n`).join('')],
    ['tests/policies.test.json', json(TESTS)],
  ]);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
