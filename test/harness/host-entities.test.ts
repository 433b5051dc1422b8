import { describe, expect, it } from 'vitest';
import { type AgentEvent, DeodarError, type HarnessOptions, PolicyHarness, parseEntities } from '../../src/index.js';
import { AGENT, openHarness, PERMIT_ALL } from '../support/harness.js';

const LS: AgentEvent = {
  stage: 'PRE_TOOL',
  role: 'model',
  content: { toolId: 'shell', parameters: { command: 'ls' } },
};
const USERS = {
  agent: { ...AGENT, userSchema: { type: 'object', properties: { level: { type: 'integer' } }, required: ['level'] } },
};
const entity = (type: string, id: string, attrs: object = {}, parents: readonly object[] = []): object => ({
  uid: { type, id },
  attrs,
  parents,
});

/** Codes and pointers of what loading reports. */
function problems(entities: unknown, options: Partial<HarnessOptions> = {}): readonly string[] {
  try {
    const harness = new PolicyHarness({ ...USERS, policies: PERMIT_ALL, entities, ...options });
    return harness.prepared?.warnings.map(({ code }) => code) ?? [];
  } catch (error) {
    if (error instanceof DeodarError) return error.diagnostics.map((d) => `${d.code} ${d.pointer ?? ''}`.trim());
    throw error;
  }
}

const WRONG: readonly (readonly [string, object, string])[] = [
  ['an attribute of another type', entity('User', 'u', { level: 'high' }), 'type-mismatch /0/attrs/level'],
  ['a missing attribute', entity('User', 'u'), 'missing-attribute /0/attrs'],
  [
    'an attribute that is not declared',
    entity('User', 'u', { level: 1, root: true }),
    'unexpected-attribute /0/attrs/root',
  ],
  ['an entity type that is not declared', entity('Usr', 'u'), 'unknown-entity-type /0/uid'],
  [
    'a parent of another type',
    entity('User', 'u', { level: 1 }, [{ type: 'Agent', id: 'a' }]),
    'parent-type /0/parents/0',
  ],
  ['a role that does not exist', entity('Role', 'root'), 'unknown-enum-id /0/uid'],
  [
    'an action in a group of its own choice',
    entity('Action', 'pay', {}, [{ type: 'Action', id: 'readOnly' }]),
    'action-mismatch /0',
  ],
  ['an action that the agent does not have', entity('Action', 'launch'), 'unknown-action /0/uid'],
  ['the agent', entity('Agent', 'test-agent', { name: 'Root' }), 'reserved-entity'],
  ['a message', entity('Message', 't1#1', { role: { type: 'Role', id: 'user' }, text: 'hi' }), 'reserved-entity'],
];

describe('entities of the host', () => {
  it.each(WRONG)('with %s are refused when the harness is made', (_what, given, problem) => {
    expect(problems([given])).toContain(problem);
    expect(problems(JSON.stringify([given]))).toContain(problem);
  });

  it.each(WRONG)('with %s allow nothing where the harness is not strict', async (_what, given, problem) => {
    const harness = await openHarness(PERMIT_ALL, { ...USERS, entities: [given], strict: false });
    const { decision, ground, diagnostics } = await harness.adjudicate(LS);
    expect([decision, ground]).toEqual(['DENY', 'bad-request']);
    expect(diagnostics.map((d) => `${d.code} ${d.pointer ?? ''}`.trim())).toContain(problem);
    expect(harness.prepared?.warnings.map(({ severity }) => severity)).toContain('warning');
  });

  it('are all reported at once', () => {
    expect(problems([entity('User', 'u'), entity('Usr', 'v')])).toHaveLength(2);
  });

  it('in a store are checked as well', () => {
    const store = parseEntities([entity('User', 'u', { level: 'high' })]);
    expect(problems(store.ok ? store.value : undefined)).toEqual(['type-mismatch /attrs/level']);
  });

  it('that are no entities are refused, strict or not', () => {
    for (const strict of [true, false])
      for (const given of [[null], '{}', [{ uid: 5 }], '[', new Map()])
        expect(problems(given, { strict }).length).toBeGreaterThan(0);
  });

  it('are read by the schema, so that references need no escapes', async () => {
    const schema = 'entity Repo in [Group] = { owner: User, created: __cedar::datetime };';
    const harness = await openHarness(
      `${PERMIT_ALL} @id("old") forbid (principal, action, resource) when { Repo::"r" has owner && Repo::"r".owner == User::"u" && Repo::"r".created < datetime("2024-01-01") };`,
      {
        ...USERS,
        schema,
        entities: [entity('Repo', 'r', { owner: { type: 'User', id: 'u' }, created: '2023-01-01' })],
      },
    );
    expect((await harness.adjudicate(LS)).policies.map(({ id }) => id)).toEqual(['old']);
  });

  it('cannot say how far a run is', async () => {
    const run = entity('Trajectory', 't1', { steps: 0, toolCalls: 0, labels: [] });
    const harness = await openHarness(PERMIT_ALL, { ...USERS, entities: [run] });
    const decisions = [];
    for (let i = 0; i < 2; i++) decisions.push((await harness.adjudicate(LS)).decision);
    expect(decisions).toEqual(['ALLOW', 'DENY']);
  });
});

describe('entities of the host under the profile sondera', () => {
  it('cannot be the agent or its tools', () => {
    const profile = { kind: 'sondera', namespace: 'A' } as const;
    for (const given of [
      entity('A::Agent', 'test-agent', { name: 'x', provider: 'y', tools: [] }),
      entity('A::Tool', 'shell', { name: 'shell', description: 'harmless' }),
    ])
      expect(problems([given], { profile, agent: AGENT })).toEqual(['reserved-entity']);
    expect(problems([entity('A::Tool', 'other', { name: 'o', description: '' })], { profile, agent: AGENT })).toEqual(
      [],
    );
  });

  it('has no user, whose rights no policy could see', async () => {
    const harness = await openHarness(PERMIT_ALL, { profile: 'sondera', agent: { ...AGENT, id: 'A' } });
    await harness.initialize({ user: 'ann' });
    expect((await harness.adjudicate(LS)).diagnostics.map(({ code }) => code)).toEqual(['no-users']);
  });
});
