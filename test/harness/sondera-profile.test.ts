import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/diagnostics/diagnostic.js';
import { entitiesToJson, valueToJson } from '../../src/entities/entity-to-json.js';
import type { CreateProfileOptions } from '../../src/harness/create-profile.js';
import { createProfile } from '../../src/harness/create-profile.js';
import { parseEvent } from '../../src/harness/parse-event.js';
import { requestOfEvent } from '../../src/harness/request-of-event.js';
import { openTrajectory } from '../../src/harness/trajectory.js';
import { type Agent, type AgentEvent, PolicyHarness, parseSchema, resolveSchema, type Tool } from '../../src/index.js';
import { jsonFromJavaScript } from '../../src/json/from-javascript.js';
import { printJson } from '../../src/json/print-json.js';
import { findAction } from '../../src/schema/schema.js';
import { schemaToJsonWithResolvedTypes } from '../../src/schema/schema-to-json.js';
import type { CedarType } from '../../src/types/cedar-type.js';
import { entityUid } from '../../src/values/value.js';
import { realworldFile } from '../support/conformance-data.js';
import { AGENT, openHarness, PERMIT_ALL } from '../support/harness.js';

const cedar: typeof import('@cedar-policy/cedar-wasm/nodejs') = createRequire(import.meta.url)(
  '@cedar-policy/cedar-wasm/nodejs',
);

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map((d) => `${d.message} ${d.pointer ?? ''}`).join('\n'));
  return result.value;
}

/** The policy sets that other people wrote, with the agents that they were written for. */
const SETS = [
  { policies: 'payment_agent.cedar', schema: 'payment_agent.cedarschema', namespace: 'payment_agent' },
  { policies: 'investment_chatbot.cedar', schema: 'investment_chatbot.cedarschema', namespace: 'investment_chatbot' },
  {
    policies: 'email_calendar_assistant.cedar',
    schema: 'email_calendar_assistant.cedarschema',
    namespace: 'email_calendar_assistant',
  },
  { policies: 'coding.cedar', schema: 'coding.cedarschema', namespace: 'Coding_Agent' },
  { policies: 'plan_mode.cedar', schema: 'claude_code.cedarschema', namespace: 'claude_code' },
] as const;

const folder = realworldFile('policies');
const read = (file: string): string => readFileSync(`${folder ?? ''}/${file}`, 'utf8');

/** A JSON Schema of which the type is the mapping. */
function jsonSchemaOf(type: CedarType): object {
  switch (type.kind) {
    case 'bool':
      return { type: 'boolean' };
    case 'long':
      return { type: 'integer' };
    case 'set':
      return { type: 'array', items: jsonSchemaOf(type.element) };
    case 'record': {
      const attributes = [...type.attributes];
      return {
        type: 'object',
        properties: Object.fromEntries(attributes.map(([name, attribute]) => [name, jsonSchemaOf(attribute.type)])),
        required: attributes.filter(([, attribute]) => attribute.required).map(([name]) => name),
      };
    }
    default:
      return { type: 'string' };
  }
}

/** An agent whose tools are the actions of a schema of this layout. */
function agentOf(schemaText: string, namespace: string): Agent {
  const schema = unwrap(resolveSchema([unwrap(parseSchema(schemaText))]));
  const actions = [...(schema.actionTypes.get(`${namespace}::Action`)?.actions.keys() ?? [])];
  const tools = actions
    .filter((name) => name !== 'Prompt')
    .map((name): Tool => {
      const attributes = findAction(schema, entityUid(`${namespace}::Action`, name))?.context.attributes;
      const schemaOf = (side: string): object | undefined => {
        const type = attributes?.get(side)?.type;
        if (type?.kind !== 'record') return undefined;
        // What was no object stands under `value`.
        const value = type.attributes.size === 1 ? type.attributes.get('value') : undefined;
        return jsonSchemaOf(value?.required === true ? value.type : type);
      };
      const [inputSchema, outputSchema] = [schemaOf('parameters'), schemaOf('response')];
      return { name, description: name, ...(inputSchema && { inputSchema }), ...(outputSchema && { outputSchema }) };
    });
  return { id: namespace, name: namespace, provider: 'tests', tools };
}

const call = (toolId: string, parameters: unknown): AgentEvent => ({
  stage: 'PRE_TOOL',
  role: 'model',
  content: { toolId, parameters },
});
const EVENTS: Readonly<Record<string, readonly AgentEvent[]>> = {
  payment_agent: [
    { stage: 'PRE_MODEL', role: 'user', content: { text: 'hello' } },
    { stage: 'POST_MODEL', role: 'model', content: { text: 'hi' } },
    call('initiate_refund', { amount: 10, transaction_id: 't' }),
    call('initiate_refund', { amount: 10001, transaction_id: 't' }),
    call('initiate_refund', { amount: 0, transaction_id: 't' }),
    call('send_email', { body: 'Your Card Number', subject: 's', to: 'x' }),
    call('get_customer_profile', { customer_id: 'c' }),
    { stage: 'POST_TOOL', role: 'tool', content: { toolId: 'get_transactions', response: [{ amount: 5 }] } },
  ],
  investment_chatbot: [
    call('make_trade_recommendation', { action: 'buy', customer_id: 'c', shares: 1000, symbol: 'X' }),
    call('make_trade_recommendation', { action: 'hold', customer_id: 'c', shares: 1, symbol: 'X' }),
    call('make_trade_recommendation', { action: 'sell', customer_id: 'c', shares: 5000, symbol: 'X' }),
    call('send_notification', { customer_id: 'c', message: 'your SSN', subject: 's' }),
  ],
  email_calendar_assistant: [
    call('send_email', { body: 'b', subject: 's', to: 'a@company.com' }),
    call('send_email', { body: 'b', subject: 's', to: 'a@evil.com' }),
    call('send_email', { body: 'b', subject: 'my password', to: 'a@company.com' }),
    call('create_calendar_event', { attendees: ['a'], end_time: '1', start_time: '0', title: 't' }),
  ],
  Coding_Agent: [
    call('Bash', { command: 'ls' }),
    call('Bash', { command: 'rm -rf /' }),
    call('Bash', { command: 'mkfs.ext4 /dev/sda' }),
    call('Write', { content: 'x', file_path: 'a/.env.local' }),
    call('Edit', { file_path: 'a.ts', new_string: 'b', old_string: 'a' }),
    call('WebFetch', { prompt: 'p', url: 'https://pastebin.com/x' }),
    call('Glob', { pattern: '*' }),
    { stage: 'POST_TOOL', role: 'tool', content: { toolId: 'Bash', response: { stdout: 'x' } } },
  ],
  claude_code: [
    call('Write', { permission_mode: 'plan', file_path: 'a' }),
    call('Write', { permission_mode: 'plan', is_plan_file: true }),
    call('Edit', { permission_mode: 'default' }),
  ],
};

describe.skipIf(folder === undefined)('policy sets of other people', () => {
  describe.each(SETS)('$policies', ({ policies, schema, namespace }) => {
    const text = read(policies);
    const schemaText = read(schema);
    const agent = agentOf(schemaText, namespace);
    const profile = { kind: 'sondera', namespace, schema: { file: schema, text: schemaText } } as const;

    it('loads in strict mode with the schema beside it', () => {
      const harness = new PolicyHarness({ agent, policies: [{ file: policies, text }], profile });
      expect(harness.prepared?.warnings).toEqual([]);
    });

    it('decides as the official engine does on the same requests, which the schema accepts', async () => {
      const harness = new PolicyHarness({ agent, policies: text, profile });
      await harness.initialize({ trajectoryId: 't' });
      const { prepared } = harness;
      if (prepared === undefined) throw new Error('not loaded');
      const decisions: string[] = [];
      for (const event of EVENTS[namespace] ?? []) {
        const json = unwrap(parseEvent(unwrap(jsonFromJavaScript(event))));
        const trajectory = harness.trajectory('t') ?? openTrajectory('t');
        const request = unwrap(requestOfEvent(prepared, trajectory, json));
        const uid = (u: { type: string; id: string }): { type: string; id: string } => ({ type: u.type, id: u.id });
        const answer = cedar.isAuthorized({
          principal: uid(request.principal),
          action: uid(request.action),
          resource: uid(request.resource),
          context: JSON.parse(printJson(unwrap(valueToJson(request.context)))),
          entities: JSON.parse(printJson(unwrap(entitiesToJson(request.entities)))),
          schema: schemaText,
          validateRequest: true,
          policies: { staticPolicies: text },
        });
        if (answer.type !== 'success') throw new Error(JSON.stringify(answer));
        const { decision } = await harness.adjudicate(event);
        expect(decision.toLowerCase()).toBe(answer.response.decision);
        decisions.push(decision);
      }
      expect(new Set(decisions)).toEqual(new Set(['ALLOW', 'DENY']));
    });

    it.skipIf(namespace === 'claude_code')(
      'has the schema that the profile derives, but for the older name of an attribute',
      () => {
        const derived = unwrap(createProfile({ ...agent, id: namespace.replace('_', ' ') }, { profile: 'sondera' }));
        const older = derived.text.replace('provider: __cedar::String', 'provider_id: __cedar::String');
        expect(older.trim()).toBe(schemaText.trim());
        const resolved = (t: string): unknown => unwrap(schemaToJsonWithResolvedTypes(unwrap(parseSchema(t))));
        expect(resolved(older)).toEqual(resolved(schemaText));
      },
    );
  });
});

describe('the profile `sondera`', () => {
  const derive = (
    tools: readonly Tool[],
    options: CreateProfileOptions = { profile: 'sondera' },
    id = 'my-agent x',
  ): Result<string> => {
    const made = createProfile({ id, name: 'n', tools }, options);
    return made.ok ? { ok: true, value: made.value.text, diagnostics: [] } : made;
  };

  it('names the namespace and actions with `_` for spaces and `-`', () => {
    const text = unwrap(derive([{ name: 'send-email now' }]));
    expect(text).toContain('namespace my_agent_x {');
    expect(text).toContain('action "send_email_now"');
    expect(cedar.checkParseSchema(text).type).toBe('success');
  });

  it('maps types as published', () => {
    const text = unwrap(
      derive([
        {
          name: 't',
          inputSchema: {
            type: 'object',
            properties: {
              n: { type: 'number' },
              i: { type: 'INTEGER' },
              u: { anyOf: [] },
              l: { type: ['string', 'null'] },
              a: { type: 'array' },
              f: { type: 'file' },
            },
            required: ['n'],
          },
          outputSchema: { type: 'array', items: { type: 'boolean' } },
        },
        { name: 'none', inputSchema: { type: 'object' } },
      ]),
    );
    expect(text).toContain('n: __cedar::Long');
    expect(text).toContain('i?: __cedar::Long');
    expect(text).toContain('l?: __cedar::String');
    expect(text).toContain('f?: __cedar::String');
    expect(text).toMatch(/response\?: \{\s+value: Set<__cedar::Bool>/);
    expect(cedar.checkParseSchema(text).type).toBe('success');
  });

  it('has a schema with Prompt alone for an agent without tools', () => {
    const text = unwrap(derive([]));
    expect(text.match(/action /g)).toHaveLength(1);
    expect(cedar.checkParseSchema(text).type).toBe('success');
  });

  it.each<[string, readonly Tool[], string, string]>([
    ['names that become one action', [{ name: 'a-b' }, { name: 'a b' }], 'x', 'tool-name-collision'],
    ['a tool named Prompt', [{ name: 'Prompt' }], 'x', 'tool-name-collision'],
    ['an id that is no namespace', [], 'a.b', 'bad-namespace'],
  ])('refuses %s', (_name, tools, id, code) => {
    expect(derive(tools, { profile: 'sondera' }, id).diagnostics.map((d) => d.code)).toEqual([code]);
  });

  it('refuses a schema that demands what no event has', () => {
    const schema = {
      text: 'namespace n { entity Agent = { team: String }; entity Trajectory; action "t" appliesTo { principal: Agent, resource: Trajectory, context: { cost: Long } }; }',
    };
    const made = derive([], { profile: { kind: 'sondera', namespace: 'n', schema } });
    expect(made.diagnostics.map((d) => d.code)).toEqual(['unknown-attribute', 'unknown-attribute']);
    const wrong = derive([], { profile: { kind: 'sondera', namespace: 'm', schema } });
    expect(wrong.diagnostics[0]?.help).toBe('did you mean `n`?');
  });

  it('denies what does not fit, with the place', async () => {
    const harness = new PolicyHarness({
      agent: {
        id: 'a',
        name: 'a',
        tools: [{ name: 't', inputSchema: { type: 'object', properties: { n: { type: 'number' } } } }],
      },
      policies: '@id("p") permit (principal, action, resource);',
      profile: 'sondera',
      undeclared: 'deny',
    });
    await harness.initialize();
    for (const [parameters, pointer] of [
      [{ n: 1.5 }, '/content/parameters/n'],
      [{ n: 'x' }, '/content/parameters/n'],
      [{ m: 1 }, '/content/parameters/m'],
      [5, '/content/parameters'],
    ] as const) {
      const { decision, diagnostics } = await harness.adjudicate(call('t', parameters));
      expect([decision, diagnostics[0]?.pointer]).toEqual(['DENY', pointer]);
    }
    expect((await harness.adjudicate(call('t', { n: 1 }))).decision).toBe('ALLOW');
    expect((await harness.adjudicate(call('u', {}))).diagnostics[0]?.code).toBe('unknown-tool');
  });
});

describe('settings that a profile does not know', () => {
  it.each([
    ['sondera', { numbers: 'decimal' }],
    ['sondera', { unregistered: 'policy' }],
    ['sondera', { schema: 'entity Repo;' }],
    [{ kind: 'sondera', namespace: 'A' }, { numbers: 'long' }],
    [{ kind: 'mcp', stub: { text: '' } }, { undeclared: 'accept' }],
    [{ kind: 'mcp', stub: { text: '' } }, { schema: 'entity Repo;' }],
  ])('are refused instead of doing nothing: %j %j', (profile, settings) => {
    const made = createProfile(AGENT, { profile, ...settings } as object);
    expect(made.ok).toBe(false);
    expect(made.diagnostics.map(({ code }) => code)).toContain('bad-setting');
  });
});

describe('what an agent declares for the profile deodar', () => {
  it('is named where another profile does not use it', () => {
    const agent: Agent = { ...AGENT, tenant: 'acme', hostSchema: { type: 'object' } };
    const found = createProfile(agent, { profile: 'sondera' }).diagnostics;
    expect(found.map((d) => `${d.severity} ${d.code} ${d.pointer ?? ''}`)).toEqual([
      'warning unused-declaration /tenant',
      'warning unused-declaration /hostSchema',
    ]);
    expect(createProfile(agent).diagnostics).toEqual([]);
  });
});

describe('arguments that are not declared', () => {
  const decisionOf = async (options: object): Promise<string> => {
    const harness = await openHarness(PERMIT_ALL, { profile: 'sondera', agent: { ...AGENT, id: 'A' }, ...options });
    const parameters = { command: 'ls', force: true };
    return (await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'shell', parameters })).decision;
  };

  it('are let through where policies see them, unless the host wants otherwise', async () => {
    const { text } = unwrap(createProfile({ ...AGENT, id: 'A' }, { profile: 'sondera' }));
    const blind = text.replaceAll(/,?\s*"?parameters_json"?\?: (__cedar::)?String/g, '');
    expect(blind).not.toContain('parameters_json');
    expect(await decisionOf({})).toBe('ALLOW');
    expect(await decisionOf({ undeclared: 'deny' })).toBe('DENY');
    expect(await decisionOf({ profile: { kind: 'sondera', schema: { text: blind } } })).toBe('DENY');
  });
});
