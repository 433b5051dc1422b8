import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, it } from 'vitest';
import { lintPolicies } from '../../src/analysis/lint-policies.js';
import { annotationValue } from '../../src/ast/policy.js';
import { formatPolicies } from '../../src/formatter/format-policies.js';
import type { Adjudication } from '../../src/harness/adjudication.js';
import { createAgentSchema } from '../../src/harness/agent-schema.js';
import type { PolicyHarness } from '../../src/harness/policy-harness.js';
import { isJsonObject, type JsonValue } from '../../src/json/json-value.js';
import { runEventTest } from '../../src/packs/run-tests.js';
import { type EventTest, parseTestFile } from '../../src/packs/test-file.js';
import { parsePolicies } from '../../src/parser/parse-policies.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { createSource } from '../../src/text/source.js';
import { json, loadPack, openHarness, type Pack, packFiles, packNames, readPackFile } from './pack.js';

/** What a pack must have at least: policies, events of its session, and events of the session with each decision. */
const LEAST: Readonly<Record<string, readonly [policies: number, events: number, each: number]>> = {
  'coding-agent': [60, 60, 10],
};
const LEAST_OF_OTHERS = [25, 25, 4] as const;

function idsOf(harness: PolicyHarness): string[] {
  return harness.prepared?.policies.map(({ id }) => id) ?? [];
}

function testFilesOf(pack: Pack): { file: string; tests: readonly EventTest[] }[] {
  return packFiles(pack, '.test.json', 'tests').map((file) => {
    const parsed = parseTestFile(json(readPackFile(pack, `tests/${file}`)));
    if (!parsed.ok) throw new Error(`${file}: ${parsed.diagnostics.map(({ message }) => message).join('; ')}`);
    const tests = parsed.value.tests.map((test) => {
      if (test.kind !== 'event') throw new Error(`${file}: a test of a pack is a test of an event`);
      return test;
    });
    return { file, tests };
  });
}

const packsReadme = readFileSync(new URL('../../policies/README.md', import.meta.url), 'utf8');

it('there are the packs that policies/README.md names', () => {
  expect([...packsReadme.matchAll(/\]\(([a-z-]+)\/README\.md\)/g)].map(([, name = '']) => name).sort()).toEqual(
    packNames,
  );
});

describe.each(packNames)('the pack %s', (name) => {
  const pack = loadPack(name);
  const { agent, policies } = pack;
  const testFiles = testFilesOf(pack);
  const tests = testFiles.flatMap((file) => file.tests);
  const [leastPolicies, leastEvents, leastOfEach] = LEAST[name] ?? LEAST_OF_OTHERS;

  describe('its schema', () => {
    it('is what agent.json gives; `npx vitest run --config .config/vitest.config.ts test/packs -u` writes it anew', async () => {
      const schema = createAgentSchema(agent);
      expect(schema.diagnostics).toEqual([]);
      if (schema.ok) await expect(schema.value.text).toMatchFileSnapshot(join(pack.folder, 'schema.cedarschema'));
    });

    it('makes every policy valid for the official engine, without an error or a warning', () => {
      for (const { file, text } of policies) {
        const answer = validate({
          schema: readPackFile(pack, 'schema.cedarschema'),
          policies: { staticPolicies: text },
        });
        expect(answer, file).toEqual({
          type: 'success',
          validationErrors: [],
          validationWarnings: [],
          otherWarnings: [],
        });
      }
    });
  });

  describe('its policies', () => {
    it('load in strict mode without a warning', () => {
      expect(openHarness(pack).prepared?.warnings).toEqual([]);
    });

    it('are laid out as `deodar format --line-width 120` does it', () => {
      for (const { file, text } of policies) {
        const formatted = formatPolicies(createSource(text), { lineWidth: 120 });
        expect(formatted.ok ? formatted.value : formatted.diagnostics, file).toBe(text);
      }
    });

    it('leave the linter nothing to say', () => {
      const set = parsePolicies(createSource(policies.map(({ text }) => text).join('\n')));
      const declared = parseSchema(createSource(readPackFile(pack, 'schema.cedarschema')));
      const schema = declared.ok ? resolveSchema([declared.value]) : declared;
      if (!set.ok || !schema.ok) throw new Error('the pack cannot be read');
      const found = lintPolicies(set.value, { schema: schema.value, style: true });
      expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
    });

    it('are many, each with an id of its own in kebab case and a description of one sentence', () => {
      const compiled = openHarness(pack).prepared?.policies ?? [];
      expect(compiled.length).toBeGreaterThanOrEqual(leastPolicies);
      expect(new Set(compiled.map(({ id }) => id)).size).toBe(compiled.length);
      for (const { id, policy } of compiled) {
        expect(id).toMatch(/^(permit|forbid|escalate)(-[a-z0-9]+)+$/);
        expect(annotationValue(policy, 'description'), id).toMatch(/^[A-Z].+\.$/);
      }
    });

    it('say in their ids what they do', () => {
      for (const { id, policy } of openHarness(pack).prepared?.policies ?? []) {
        const escalates = annotationValue(policy, 'escalate') !== undefined;
        const verb = policy.effect === 'permit' ? 'permit' : escalates ? 'escalate' : 'forbid';
        expect(id.startsWith(`${verb}-`), id).toBe(true);
      }
    });

    it('permit something at each stage', () => {
      for (const stage of ['PRE_MODEL', 'POST_MODEL', 'PRE_TOOL', 'POST_TOOL']) {
        const allowed = tests.filter(({ events, decision }) => decision === 'ALLOW' && stageOf(events[0]) === stage);
        expect(allowed.length, stage).toBeGreaterThan(0);
      }
    });

    it('are each named by a test that they decide', () => {
      const named = new Set(tests.flatMap((test) => test.policies ?? []));
      expect(idsOf(openHarness(pack)).filter((id) => !named.has(id))).toEqual([]);
    });

    it('are all in the README', () => {
      const readme = readPackFile(pack, 'README.md');
      const ids = idsOf(openHarness(pack));
      expect(ids.filter((id) => !readme.includes(`\`${id}\``))).toEqual([]);
      expect(readme).toContain(`${ids.length} policies`);
      const listed = packsReadme.split('\n').find((line) => line.startsWith(`| [\`${name}\`]`));
      expect(listed?.endsWith(`| ${ids.length} |`), listed).toBe(true);
    });
  });

  describe.each(testFiles)('tests/$file', (file) => {
    const harness = openHarness(pack);
    it.each(file.tests.map((test, index) => ({ test, name: test.name, index })))('$name', async ({ test, index }) => {
      const result = await runEventTest(test, harness, `test-${index}`);
      expect(result.differences).toEqual([]);
    });
  });

  describe('its recorded session', () => {
    const lines = readPackFile(pack, 'session.jsonl').trimEnd().split('\n').map(json);

    async function adjudicateAll(): Promise<Adjudication[]> {
      const harness = openHarness(pack);
      const [first] = lines;
      await harness.initialize({ trajectoryId: String(isJsonObject(first) ? first.trajectoryId : undefined) });
      const adjudications: Adjudication[] = [];
      for (const event of lines) adjudications.push(await harness.adjudicateJson(event));
      return adjudications;
    }

    it('is judged as recorded', async () => {
      const rows = (await adjudicateAll()).map((adjudication, index) => row(adjudication, lines[index]));
      await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(`${name}-session.golden.txt`);
    });

    it('has each decision at many events of all four stages, and no evaluation error', async () => {
      const adjudications = await adjudicateAll();
      expect(adjudications.length).toBeGreaterThanOrEqual(leastEvents);
      expect(new Set(adjudications.map(({ stage }) => stage)).size).toBe(4);
      for (const decision of ['ALLOW', 'DENY', 'ESCALATE'] as const) {
        expect(adjudications.filter((a) => a.decision === decision).length, decision).toBeGreaterThanOrEqual(
          leastOfEach,
        );
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
  const subject = [
    'command',
    'file_path',
    'url',
    'query',
    'pattern',
    'amount',
    'to',
    'action',
    'path',
    'customer_id',
    'message_id',
  ]
    .map((name) => parameters[name])
    .find((value) => value !== undefined);
  return subject === undefined ? '' : JSON.stringify(subject);
}
