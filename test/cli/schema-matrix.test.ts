import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Run, runCli } from '../support/terminal.js';

const cedar: typeof import('@cedar-policy/cedar-wasm/nodejs') = createRequire(import.meta.url)(
  '@cedar-policy/cedar-wasm/nodejs',
);

const TOOLS = [
  {
    name: 'send-email',
    annotations: { destructiveHint: true },
    inputSchema: {
      type: 'object',
      properties: {
        to: { type: 'string', format: 'email' },
        retries: { type: 'number', default: 3 },
        mode: { enum: ['now', 'later'] },
      },
      required: ['to'],
    },
  },
  {
    name: 'list',
    inputSchema: { type: 'object' },
    outputSchema: { type: 'object', properties: { items: { type: 'array', items: { type: 'string' } } } },
  },
];
const STUB = `namespace Mail {
  @mcp_principal entity User;
  @mcp_resource entity Server;
  @mcp_action action call_tool;
}`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deodar-cli-'));
  const files = {
    'tools.json': { tools: TOOLS },
    'list.json': TOOLS,
    'rpc.json': { jsonrpc: '2.0', id: 1, result: { tools: TOOLS } },
    'plain.json': [{ name: 'send', inputSchema: { type: 'object', properties: { to: { type: 'string' } } } }],
    'agent.json': { id: 'mail-agent', tools: TOOLS },
    'bad.json': { tools: [{ name: 'prompt' }] },
    'stub.cedarschema': STUB,
    'p/a.cedar':
      '@id("a") permit (principal, action == Action::"list", resource);\n@id("b") @escalate forbid (principal, action == Action::"list", resource) when { resource.toolCalls > 3 };\n',
    'broken/a.cedar': '@id("a") permit (principal, action == Action::"lst", resource);\n',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<Run> => runCli(folder, args);

describe('deodar schema', () => {
  it.each(['tools.json', 'list.json', 'rpc.json'])(
    'writes a schema that the official engine reads, from %s',
    async (file) => {
      for (const profile of ['deodar', 'sondera']) {
        const { code, out, err } = await run('schema', '--from-tools', file, '--profile', profile);
        expect([code, err]).toEqual([0, '']);
        expect(cedar.checkParseSchema(out).type).toBe('success');
      }
    },
  );

  it('writes the same schema for an agent, whatever its id, in the default profile', async () => {
    const [agent, tools] = [
      await run('schema', '--agent', 'agent.json'),
      await run('schema', '--from-tools', 'tools.json'),
    ];
    expect(agent.out).toBe(tools.out);
    expect((await run('schema', '--agent', 'agent.json', '--profile', 'sondera')).out).toContain(
      'namespace mail_agent {',
    );
  });

  it('reads tools from standard input', async () => {
    const { code, out } = await runCli(folder, ['schema', '--from-tools', '-'], JSON.stringify(TOOLS));
    expect(code).toBe(0);
    expect(out).toContain('action "send-email" in ["PRE_TOOL", "destructive"]');
  });

  it('reports what policies can and cannot test', async () => {
    const { code, out } = await run('schema', '--from-tools', 'tools.json', '--report');
    expect(code).toBe(0);
    expect(out).toBe(`send-email (destructive)
  context.parameters.to: String
      not checked: format
  context.parameters.retries: Long, optional
      a fraction is refused; the option numbers: "decimal" takes it
      the tool takes 3 when it is absent
  context.parameters.mode: String, optional
      one of "now", "later"
  context.parameters.*: not visible
      further properties are allowed; only in the JSON text
  context.response.text: String, the result as text

list
  context.parameters.*: not visible
      further properties are allowed; only in the JSON text
  context.response.items: Set<String>, optional
      a set: order and repetition are not visible
  context.response.*: not visible
      further properties are allowed; only in the JSON text
`);
  });

  it('writes the schema of an MCP server', async () => {
    const { code, out } = await run(
      'schema',
      '--from-tools',
      'plain.json',
      '--profile',
      'mcp',
      '--stub',
      'stub.cedarschema',
      '--include-outputs',
    );
    expect(code).toBe(0);
    expect(out).toContain('action "send" in [Action::"call_tool"]');
    expect(out).toContain('output?: sendOutput');
    expect(cedar.checkParseSchema(out).type).toBe('success');
  });

  it('says what is wrong, and where', async () => {
    const mcp = await run('schema', '--from-tools', 'tools.json', '--profile', 'mcp', '--stub', 'stub.cedarschema');
    expect(mcp.code).toBe(1);
    expect(mcp.err).toContain('tools.json:1:');
    expect(mcp.err).toContain('"send-email" cannot be the name of a tool');
    const collision = await run('schema', '--from-tools', 'bad.json');
    expect(collision.code).toBe(1);
    expect(collision.err).toContain('"rename": { "prompt": "prompt-tool" }');
    expect((await run('schema')).err).toContain('--from-tools');
    expect((await run('schema', '--agent', 'agent.json', '--profile', 'x')).err).toContain('--profile takes');
    expect((await run('schema', '--agent', 'agent.json', '--profile', 'mcp')).err).toContain('--stub');
    expect((await run('schema', '--agent', 'agent.json', '--numbers', 'float')).err).toContain('--numbers takes');
    expect((await run('schema', '--agent', 'none.json')).code).toBe(1);
  });
});

describe('deodar matrix', () => {
  it('shows each tool and stage', async () => {
    const { code, out, err } = await run('matrix', '--agent', 'agent.json', '-p', 'p');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`TOOL        STAGE       CAN            PERMITS  ASKS  FORBIDS
prompt      PRE_MODEL   never allowed  0        0     0
completion  POST_MODEL  never allowed  0        0     0
send-email  PRE_TOOL    never allowed  0        0     0
            POST_TOOL   never allowed  0        0     0
list        PRE_TOOL    allow ask      1        1     0
            POST_TOOL   never allowed  0        0     0

6 kinds of events, 5 never allowed
`);
  });

  it('shows what is wrong with the policies and the matrix all the same', async () => {
    const { code, out, err } = await run('matrix', '--agent', 'agent.json', '-p', 'broken');
    expect(code).toBe(1);
    expect(err).toContain('did you mean `Action::"list"`?');
    expect(out).toContain('6 never allowed');
  });

  it('prints rows and findings as JSON', async () => {
    const { code, out } = await run('matrix', '--agent', 'agent.json', '-p', 'p', '--json');
    expect(code).toBe(0);
    const { rows, diagnostics } = JSON.parse(out) as {
      rows: readonly { readonly tool: string }[];
      diagnostics: unknown;
    };
    expect(rows.filter(({ tool }) => tool === 'list')).toEqual([
      {
        tool: 'list',
        stage: 'PRE_TOOL',
        action: 'list',
        canAllow: true,
        canAsk: true,
        canDeny: false,
        permits: ['a'],
        escalations: ['b'],
        forbids: [],
      },
      {
        tool: 'list',
        stage: 'POST_TOOL',
        action: 'list:result',
        canAllow: false,
        canAsk: false,
        canDeny: true,
        permits: [],
        escalations: [],
        forbids: [],
      },
    ]);
    expect(diagnostics).toEqual([]);
  });

  it('needs an agent and policies', async () => {
    expect((await run('matrix', '-p', 'p')).err).toContain('--agent');
    expect((await run('matrix', '--agent', 'agent.json')).err).toContain('--policies');
    expect((await run('matrix', '--agent', 'agent.json', '-p', 'none')).code).toBe(1);
  });
});

describe('profiles on the command line', () => {
  const EVENT = JSON.stringify({
    stage: 'PRE_TOOL',
    role: 'model',
    content: { toolId: 'list', parameters: {} },
    host: {},
  });
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  };

  it('judge events as their policies are written', async () => {
    write({
      's.cedar': '@id("s") permit (principal, action == mail_agent::Action::"list", resource);',
      'm.cedar': '@id("m") permit (principal, action in Mail::Action::"call_tool", resource);',
      'tools-agent.json': JSON.stringify({
        id: 'mail-agent',
        tools: [{ name: 'list', inputSchema: { type: 'object' } }],
      }),
      'events.jsonl': EVENT,
      'plain.jsonl': EVENT.replace(',"host":{}', ''),
    });
    const judge = (policies: string, events: string, ...rest: string[]): Promise<Run> =>
      run('adjudicate', '--agent', 'tools-agent.json', '-p', policies, events, '--fail-on', 'deny', ...rest);
    const mcp = ['--profile', 'mcp', '--stub', 'stub.cedarschema'];
    expect((await judge('s.cedar', 'plain.jsonl', '--profile', 'sondera')).code).toBe(0);
    expect((await judge('m.cedar', 'events.jsonl', ...mcp)).code).toBe(0);
    expect((await judge('s.cedar', 'plain.jsonl')).err).toContain('mail_agent::Action');
    const matrix = await run('matrix', '--agent', 'tools-agent.json', '-p', 'm.cedar', ...mcp);
    expect([matrix.code, matrix.err]).toEqual([0, '']);
    expect(matrix.out).toMatch(/list {2}PRE_TOOL {2}allow/);
  });

  it('are the same for every command about an agent', async () => {
    const plain = EVENT.replace(',"host":{}', '');
    write({
      's.cedar': '@id("s") permit (principal, action == mail_agent::Action::"list", resource);',
      'n.cedar': '@id("n") permit (principal, action == Other::Action::"list", resource);',
      'm.cedar': '@id("m") permit (principal, action in Mail::Action::"call_tool", resource);',
      'tools-agent.json': JSON.stringify({
        id: 'mail-agent',
        tools: [{ name: 'list', inputSchema: { type: 'object' } }],
      }),
      'plain.jsonl': plain,
      'host.jsonl': EVENT,
      'plain.test.json': `[{ "name": "a", "event": ${plain}, "decision": "ALLOW" }]`,
      'host.test.json': `[{ "name": "a", "event": ${EVENT}, "decision": "ALLOW" }]`,
    });
    const profiles = {
      's.cedar': ['--profile', 'sondera'],
      'n.cedar': ['--profile', 'sondera', '--namespace', 'Other'],
      'm.cedar': ['--profile', 'mcp', '--stub', 'stub.cedarschema'],
    };
    for (const [policies, profile] of Object.entries(profiles)) {
      const events = policies === 'm.cedar' ? 'host' : 'plain';
      // Named as the stub it is no schema of policies; else it would be taken for one.
      if (policies === 'm.cedar') write({ 'stub.cedarschema': STUB });
      else rmSync(join(folder, 'stub.cedarschema'), { force: true });
      const commands = [
        ['check', policies],
        ['validate', policies],
        ['matrix', '-p', policies],
        ['test', '-p', policies, `${events}.test.json`],
        ['explain', '-p', policies, `${events}.jsonl`],
        ['adjudicate', '-p', policies, `${events}.jsonl`, '--fail-on', 'deny'],
      ];
      for (const [command = '', ...rest] of commands) {
        const args = [command, '--agent', 'tools-agent.json', ...rest];
        const { code, out, err } = await run(...args, ...profile);
        expect([command, code, err.replace(/^.*no errors.*\n$/, '')]).toEqual([command, 0, '']);
        if (command === 'explain') expect(out).toContain('ALLOW');
        // Without the profile no command finds the action.
        const other = await run(...args);
        if (policies !== 'm.cedar') expect([command, other.code]).not.toEqual([command, 0]);
        expect((await run(...args, '--profile', 'cedar')).err).toContain('--profile takes deodar or sondera or mcp');
        if (!profile.includes('--stub'))
          expect((await run(...args, ...profile, '--deduplicate')).err).toContain('has no option --deduplicate');
      }
    }
    const doctor = await run('doctor', '-p', 'm.cedar', '--agent', 'tools-agent.json', ...profiles['m.cedar']);
    expect(doctor.out).toMatch(/ok +policies +1 policy in 1 file\n/);
  });

  it('take a schema and entities of the host', async () => {
    write({
      'e.cedar': '@id("e") permit (principal, action, resource) when { Repo::"r" has open && Repo::"r".open };',
      'repo.cedarschema': 'entity Repo = { open: Bool };',
      'entities.json': '[{ "uid": { "type": "Repo", "id": "r" }, "attrs": { "open": true }, "parents": [] }]',
      'wrong.json': '[{ "uid": { "type": "Repo", "id": "r" }, "attrs": { "open": 1 }, "parents": [] }]',
      'broken.json': '[{',
      'plain.jsonl': EVENT.replace(',"host":{}', ''),
    });
    const judge = (entities: string): Promise<Run> =>
      run(
        'adjudicate',
        '--agent',
        'agent.json',
        '-p',
        'e.cedar',
        'plain.jsonl',
        '--fail-on',
        'deny',
        '--schema',
        'repo.cedarschema',
        '--entities',
        entities,
      );
    expect((await judge('entities.json')).code).toBe(0);
    expect((await judge('wrong.json')).err).toContain('expected Bool, found Long');
    expect((await judge('broken.json')).err).toContain('broken.json:1:');
  });

  it('refuse options that are not theirs', async () => {
    for (const [option, value, ...rest] of [
      ['--stub', 'stub.cedarschema'],
      ['--namespace', 'N'],
      ['--deduplicate', '--report'],
      ['--schema', 'x', '--profile', 'mcp'],
    ] as const) {
      const { code, err } = await run('schema', '--agent', 'agent.json', option, value, ...rest);
      expect([code, err]).toEqual([1, expect.stringContaining(`has no option ${option}`)]);
    }
  });

  it('report what policies of the profile sondera can test', async () => {
    const { code, out } = await run('schema', '--agent', 'agent.json', '--profile', 'sondera', '--report');
    expect(code).toBe(0);
    expect(out).toContain('  context.parameters.retries: Long, optional\n      a fraction is refused\n');
    expect(out).toContain('  context.parameters_json: String, optional\n');
    const mcp = await run(
      'schema',
      '--agent',
      'agent.json',
      '--profile',
      'mcp',
      '--stub',
      'stub.cedarschema',
      '--report',
    );
    expect(mcp.err).toContain('--report is about');
  });
});
