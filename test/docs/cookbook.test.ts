import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Agent,
  combinePolicySets,
  createAgentSchema,
  PolicyHarness,
  type PolicySet,
  parsePolicySet,
  parseSchema,
  resolveSchema,
  validatePolicies,
} from '../../src/index.js';
import { parseJson } from '../../src/json/parse-json.js';
import { runEventTest, runRequestTest } from '../../src/packs/run-tests.js';
import { type PolicyTest, parseTestFile } from '../../src/packs/test-file.js';
import { createSource } from '../../src/text/source.js';
import { type Block, blocksOf } from './markdown.js';

// Each recipe of the cookbook: its policies validate strictly, and its list of tests passes.

const BLOCKS = blocksOf(readFileSync(join(import.meta.dirname, '../../policies/cookbook.md'), 'utf8'));
const RECIPES = [...new Set(BLOCKS.map(({ heading }) => heading))].filter((heading) => /^\d+\. /.test(heading));

function only(heading: string, language: string): Block {
  const [block, ...more] = BLOCKS.filter((each) => each.heading === heading && each.language === language);
  if (block === undefined || more.length > 0) throw new Error(`${heading} has not one block of ${language}`);
  return block;
}

const agent: Agent = JSON.parse(only('For agents', 'json').code);
const permits = only('For agents', 'cedar').code;
const schema = only('Plain Cedar', 'cedarschema').code;

function policiesOf(text: string): PolicySet {
  const parsed = parsePolicySet(text);
  const named = parsed.ok ? combinePolicySets([parsed.value]) : parsed;
  if (!named.ok) throw new Error(named.diagnostics.map(({ message }) => message).join('\n'));
  return named.value;
}

function testsOf({ code }: Block): readonly PolicyTest[] {
  const json = parseJson(createSource(code));
  const file = json.ok ? parseTestFile(json.value) : json;
  if (!file.ok) throw new Error(file.diagnostics.map(({ message }) => message).join('\n'));
  return file.value.tests;
}

function problemsBy(schemaText: string, policies: PolicySet): readonly string[] {
  const parsed = parseSchema(schemaText);
  const resolved = parsed.ok ? resolveSchema([parsed.value]) : parsed;
  if (!resolved.ok) throw new Error(resolved.diagnostics.map(({ message }) => message).join('\n'));
  const { errors, warnings } = validatePolicies(policies, resolved.value);
  return [...errors, ...warnings].map(({ message }) => message);
}

function agentSchema(): string {
  const made = createAgentSchema(agent);
  if (!made.ok) throw new Error(made.diagnostics.map(({ message }) => message).join('\n'));
  return made.value.text;
}

it('has 32 recipes, numbered', () => {
  expect(RECIPES.map((heading) => Number.parseInt(heading, 10))).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
});

describe.each(RECIPES)('%s', (heading) => {
  const text = only(heading, 'cedar').code;
  const tests = testsOf(only(heading, 'json'));
  const isForAgents = tests.every(({ kind }) => kind === 'event');
  const own = policiesOf(text);

  it('validates', () => {
    expect(problemsBy(isForAgents ? agentSchema() : schema, own)).toEqual([]);
  });

  it('answers as it says', async () => {
    const brings = own.policies.some(({ effect }) => effect === 'permit');
    const harness = isForAgents
      ? new PolicyHarness({ agent, policies: brings ? text : `${permits}\n${text}` })
      : undefined;
    for (const [index, test] of tests.entries()) {
      const { differences } =
        test.kind === 'request'
          ? runRequestTest(test, own)
          : await runEventTest(test, harness ?? expect.unreachable(), `run-${index}`);
      expect([index, differences]).toEqual([index, []]);
    }
  });

  it('shows something that is allowed, something that is not, and every policy at work', () => {
    const decisions = tests.map(({ decision }) => decision.toUpperCase());
    expect(decisions).toContain('ALLOW');
    expect(decisions.some((decision) => decision !== 'ALLOW')).toBe(true);
    const named = tests.flatMap((test) => (test.kind === 'event' ? test.policies : test.reason) ?? []);
    const forbids = own.policies.filter(({ effect }) => effect === 'forbid').map(({ id }) => id);
    expect(forbids.filter((id) => !named.includes(id))).toEqual([]);
    if (!isForAgents) expect(own.policies.filter(({ id }) => !named.includes(id))).toEqual([]);
  });
});
