import { join } from 'node:path';
import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, it } from 'vitest';
import { annotationValue } from '../../src/ast/policy.js';
import type { Adjudication } from '../../src/harness/adjudication.js';
import { createAgentSchema } from '../../src/harness/agent-schema.js';
import type { PolicyHarness } from '../../src/harness/policy-harness.js';
import { isJsonObject, type JsonValue } from '../../src/json/json-value.js';
import { runEventTest } from '../../src/packs/run-tests.js';
import { parseTestFile } from '../../src/packs/test-file.js';
import { agent, json, openHarness, pack, packFiles, policies, readPackFile } from './coding-agent-pack.js';

const testFiles = packFiles('.test.json', 'tests').map((file) => {
  const parsed = parseTestFile(json(readPackFile(`tests/${file}`)));
  expect(parsed.diagnostics).toEqual([]);
  if (!parsed.ok) throw new Error(`${file} cannot be read`);
  return { file, tests: parsed.value.tests };
});
const eventTests = testFiles.flatMap(({ tests }) => tests.flatMap((test) => (test.kind === 'event' ? [test] : [])));

function idsOf(harness: PolicyHarness): string[] {
  return harness.prepared?.policies.map(({ id }) => id) ?? [];
}

describe('the schema of the coding agent', () => {
  it('is what agent.json gives; `npx vitest run --config .config/vitest.config.ts test/packs -u` writes it anew', async () => {
    const schema = createAgentSchema(agent);
    expect(schema.diagnostics).toEqual([]);
    if (schema.ok) await expect(schema.value.text).toMatchFileSnapshot(join(pack, 'schema.cedarschema'));
  });

  it('makes every policy valid for the official engine, without an error or a warning', () => {
    for (const { file, text } of policies) {
      const answer = validate({ schema: readPackFile('schema.cedarschema'), policies: { staticPolicies: text } });
      expect(answer, file).toEqual({
        type: 'success',
        validationErrors: [],
        validationWarnings: [],
        otherWarnings: [],
      });
    }
  });
});

describe('the policies of the coding agent', () => {
  it('load in strict mode without a warning', () => {
    expect(openHarness().prepared?.warnings).toEqual([]);
  });

  it('are many, each with an id of its own in kebab case and a description of one sentence', () => {
    const compiled = openHarness().prepared?.policies ?? [];
    expect(compiled.length).toBeGreaterThanOrEqual(60);
    expect(new Set(compiled.map(({ id }) => id)).size).toBe(compiled.length);
    for (const { id, policy } of compiled) {
      expect(id).toMatch(/^(permit|forbid|escalate)(-[a-z0-9]+)+$/);
      expect(annotationValue(policy, 'description'), id).toMatch(/^[A-Z].+\.$/);
    }
  });

  it('say in their ids what they do', () => {
    for (const { id, policy } of openHarness().prepared?.policies ?? []) {
      const escalates = annotationValue(policy, 'escalate') !== undefined;
      const verb = policy.effect === 'permit' ? 'permit' : escalates ? 'escalate' : 'forbid';
      expect(id.startsWith(`${verb}-`), id).toBe(true);
    }
  });

  it('permit something at each stage', () => {
    for (const stage of ['PRE_MODEL', 'POST_MODEL', 'PRE_TOOL', 'POST_TOOL']) {
      const allowed = eventTests.filter(({ events, decision }) => decision === 'ALLOW' && stageOf(events[0]) === stage);
      expect(allowed.length, stage).toBeGreaterThan(0);
    }
  });

  it('are each named by a test that they decide', () => {
    const named = new Set(eventTests.flatMap((test) => test.policies ?? []));
    expect(idsOf(openHarness()).filter((id) => !named.has(id))).toEqual([]);
  });

  it('are all in the README', () => {
    const readme = readPackFile('README.md');
    const ids = idsOf(openHarness());
    expect(ids.filter((id) => !readme.includes(`\`${id}\``))).toEqual([]);
    expect(readme).toContain(`${ids.length} policies`);
  });
});

describe.each(testFiles)('tests/$file', ({ tests }) => {
  const harness = openHarness();
  it.each(tests.map((test, index) => ({ test, name: test.name, index })))('$name', async ({ test, index }) => {
    if (test.kind !== 'event') throw new Error('a test of an agent pack is a test of an event');
    const result = await runEventTest(test, harness, `test-${index}`);
    expect(result.differences).toEqual([]);
  });
});

describe('the recorded session of the coding agent', () => {
  const lines = readPackFile('session.jsonl').trimEnd().split('\n').map(json);

  async function adjudicateAll(): Promise<Adjudication[]> {
    const harness = openHarness();
    await harness.initialize({ trajectoryId: 'login-rate-limit' });
    const adjudications: Adjudication[] = [];
    for (const event of lines) adjudications.push(await harness.adjudicateJson(event));
    return adjudications;
  }

  it('is judged as recorded', async () => {
    const rows = (await adjudicateAll()).map((adjudication, index) => row(adjudication, lines[index]));
    await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('coding-agent-session.golden.txt');
  });

  it('has each decision at many events of all four stages, and no evaluation error', async () => {
    const adjudications = await adjudicateAll();
    expect(adjudications.length).toBeGreaterThanOrEqual(60);
    expect(new Set(adjudications.map(({ stage }) => stage)).size).toBe(4);
    for (const decision of ['ALLOW', 'DENY', 'ESCALATE'] as const) {
      expect(adjudications.filter((a) => a.decision === decision).length, decision).toBeGreaterThanOrEqual(10);
    }
    expect(adjudications.flatMap(({ errors }) => errors)).toEqual([]);
  });

  it('links every result to a call', () => {
    const calls = new Set<JsonValue | undefined>();
    for (const event of lines) {
      const content = isJsonObject(event) && isJsonObject(event.content) ? event.content : undefined;
      if (stageOf(event) === 'PRE_TOOL') calls.add(content?.callId);
      if (stageOf(event) === 'POST_TOOL') expect(calls.has(content?.callId)).toBe(true);
    }
  });
});

function stageOf(event: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(event) ? event.stage : undefined;
}

/** Lines of the golden file for one event: what a person checks. */
function row(adjudication: Adjudication, event: JsonValue | undefined): string {
  const { step, stage, toolId, decision, policies: deciding, routes, diagnostics } = adjudication;
  const why = [...deciding.map(({ id }) => id), ...diagnostics.map(({ message }) => message)].join(', ');
  const asks = routes.length === 0 ? '' : ` -> ${routes.map((route) => route ?? 'a person').join(', ')}`;
  const what = [stage, toolId, subjectOf(event)].filter((part) => part !== null && part !== '').join(' ');
  return `${String(step).padStart(3)} ${what}\n    ${decision} ${why}${asks}`;
}

/** What a call is about; texts of messages and results stay out of the golden file. */
function subjectOf(event: JsonValue | undefined): string {
  const content = isJsonObject(event) && isJsonObject(event.content) ? event.content : undefined;
  const parameters = isJsonObject(content?.parameters) ? content.parameters : {};
  const subject = ['command', 'file_path', 'url', 'query', 'pattern']
    .map((name) => parameters[name])
    .find((value) => value !== undefined);
  return subject === undefined ? '' : JSON.stringify(subject);
}
