import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { openLedger } from '../../src/harness/open-ledger.js';
import { PolicyHarness } from '../../src/harness/policy-harness.js';
import { installed } from '../docs/packed-project.js';
import { useWorkFolder } from '../support/work-folder.js';

// Every example of every help text, in a shell, with the command of the packed package. `npm test` builds it first.

const { path, write, run } = useWorkFolder();

const POLICY = `@id("staff")
permit (principal in Group::"staff", action == Action::"view", resource)
when { resource.isPublic };
`;
const ENTITIES = [
  { uid: { type: 'User', id: 'alice' }, attrs: {}, parents: [{ type: 'Group', id: 'staff' }] },
  { uid: { type: 'Group', id: 'staff' }, attrs: {}, parents: [] },
  { uid: { type: 'Photo', id: 'p.jpg' }, attrs: { isPublic: true }, parents: [] },
];
const REQUEST = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"p.jpg"', context: {} };
const FILES = {
  'entities.json': ENTITIES,
  'request.json': REQUEST,
  'requests.jsonl': `${JSON.stringify(REQUEST)}\n${JSON.stringify({ ...REQUEST, principal: 'User::"bob"' })}\n`,
  'schema.cedarschema':
    'entity User in [Group];\nentity Group;\nentity Photo { isPublic: Bool };\naction view appliesTo { principal: User, resource: Photo };\n',
  'schema.cedarschema.json': { '': { entityTypes: { A: {} }, actions: {} } },
  'policies/view.cedar': POLICY,
  'policies/tests/refund.test.json': [
    { name: 'a refund', request: REQUEST, entities: ENTITIES, decision: 'allow', reason: ['staff'], num_errors: 0 },
  ],
  'new.cedar': POLICY,
  'policy.cedar': POLICY,
  'policies.json': {
    staticPolicies: {
      a: { effect: 'permit', principal: { op: 'All' }, action: { op: 'All' }, resource: { op: 'All' }, conditions: [] },
    },
    templates: {},
    templateLinks: [],
  },
  'templates.cedar': '@id("view") permit (principal == ?principal, action, resource);',
};

/** What an example ends with, where that is not 0: denying is an answer too. */
const EXIT: Readonly<Record<string, number>> = {
  [`deodar authorize -p policies/ -l 'User::"alice"' -a 'Action::"view"' -r 'Photo::"p.jpg"' -v`]: 2,
};

/** Commands whose examples need an agent with its policies. */
const WITH_AGENT: ReadonlySet<string> = new Set([
  'adjudicate',
  'hook',
  'ledger',
  'replay',
  'matrix',
  'schema',
  'explain',
]);

/** Judges the session of a pack into a ledger. */
async function recordSession(pack: string, file: string): Promise<void> {
  const agent = JSON.parse(readFileSync(join(pack, 'agent.json'), 'utf8'));
  const policies = [{ file: 'policies.cedar', text: readFileSync(join(pack, 'policies.cedar'), 'utf8') }];
  mkdirSync(dirname(file), { recursive: true });
  const harness = new PolicyHarness({ agent, policies, ledger: openLedger(file) });
  await harness.initialize();
  for (const line of readFileSync(join(pack, 'session.jsonl'), 'utf8').trim().split('\n').slice(0, 5)) {
    const { stage, role, content } = JSON.parse(line);
    await harness.adjudicate(stage, role, content);
  }
}

async function examplesOf(name: string): Promise<readonly string[]> {
  const { out } = await run(name, '--help');
  return (out.split('Examples:\n')[1] ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => line.trim());
}

describe.skipIf(process.platform === 'win32')('the examples of --help', () => {
  it.each(COMMANDS.map(({ name }) => name))('of %s do what they show', async (name) => {
    // Agents and policies that belong together come from `init`, where a command needs them.
    if (WITH_AGENT.has(name)) {
      await run('init', 'policies');
      write({
        'agent.json': readFileSync(path('policies/agent.json')),
        'session.jsonl': readFileSync(path('policies/session.jsonl')),
        'tools.json': JSON.parse(readFileSync(path('policies/agent.json'), 'utf8')).tools,
        'entities.json': ENTITIES,
        'request.json': REQUEST,
        'call.json': { session_id: 's', hook_event_name: 'UserPromptSubmit', cwd: path('.'), prompt: 'hello' },
      });
      await recordSession(path('policies'), path('.deodar/ledger.jsonl'));
    } else if (name === 'doctor') await run('init');
    else if (name !== 'init') write(FILES);
    if (name === 'types') write({ 'photos.cedarschema': FILES['schema.cedarschema'] });
    if (name === 'test') write({ 'tests.json': FILES['policies/tests/refund.test.json'] });
    write({
      'bin/deodar': `#!/bin/sh\nexec "${process.execPath}" "${join(installed(), 'node_modules/deodar/dist/cli/bin.js')}" "$@"\n`,
    });
    chmodSync(path('bin/deodar'), 0o755);
    const examples = await examplesOf(name);
    expect(examples).toHaveLength(2);
    for (const [i, example] of examples.entries()) {
      // A new folder is where `init` begins.
      const folder = name === 'init' ? `new-${i}` : '.';
      mkdirSync(path(folder), { recursive: true });
      const env = {
        ...process.env,
        XDG_STATE_HOME: path('state'),
        PATH: `${path('bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      };
      const { status, stderr } = spawnSync('sh', ['-c', example], { cwd: path(folder), env, encoding: 'utf8' });
      expect(stderr, example).not.toMatch(/error|internal|there is no/);
      expect(status, example).toBe(EXIT[example] ?? 0);
    }
  });
});
