import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import type { ValidationKind } from '../../src/validator/validation-kinds.js';
import type { ValidationDiagnostic } from '../../src/validator/validation-result.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';
import { compareValidation, policiesOf, schemaOf } from './compare-validation.js';
import { kindOfMessage } from './oracle.js';

interface RecordedVerdict {
  readonly strict: boolean;
  readonly permissive: boolean;
  readonly strictErrors?: readonly string[];
  readonly permissiveErrors?: readonly string[];
}

interface RecordedValidation {
  readonly policyValidation: { readonly perPolicy: Readonly<Record<string, RecordedVerdict>> };
}

/**
 * Kinds of errors in both modes for each policy, with those that were errors when the answers were recorded: a scope
 * that no action fits is a warning since 4.13.
 */
function verdictsOf(
  policies: string,
  schemaText: string,
): ReadonlyMap<string, Readonly<Record<'strict' | 'permissive', string>>> {
  const set = policiesOf(policies);
  const schema = schemaOf(schemaText);
  const kinds = (mode: 'strict' | 'permissive', id: string): string => {
    const { errors, warnings } = results[mode];
    const recorded = [...errors, ...warnings.filter(({ kind }) => kind === 'InvalidActionApplication')];
    return kindsOf(recorded.filter((problem) => problem.policyId === id).map(({ kind }) => kind));
  };
  const results = {
    strict: validatePolicies(set, schema),
    permissive: validatePolicies(set, schema, { mode: 'permissive' }),
  };
  return new Map(
    [...set.policies, ...set.templates].map(({ id }) => [
      id,
      { strict: kinds('strict', id), permissive: kinds('permissive', id) },
    ]),
  );
}

function kindsOf(kinds: readonly ValidationKind[]): string {
  return [...new Set(kinds)].sort((a, b) => (a < b ? -1 : 1)).join(' ');
}

/** What was recorded for each policy and is found otherwise, and how many policies there were. */
function compareRecorded(name: string, policies: string, schema: string, recorded: string) {
  const { perPolicy } = (JSON.parse(recorded) as RecordedValidation).policyValidation;
  const verdicts = verdictsOf(policies, schema);
  const differences = Object.entries(perPolicy).flatMap(([id, verdict]) => {
    const found = verdicts.get(id);
    const expected = {
      strict: kindsOf((verdict.strictErrors ?? []).map(kindOfMessage)),
      permissive: kindsOf((verdict.permissiveErrors ?? []).map(kindOfMessage)),
    };
    const isSame =
      found !== undefined &&
      found.strict === expected.strict &&
      found.permissive === expected.permissive &&
      verdict.strict === (found.strict === '') &&
      verdict.permissive === (found.permissive === '');
    return isSame ? [] : [{ name, id, found, expected }];
  });
  return { differences, policies: Object.keys(perPolicy).length };
}

const corpus = readCorpus();

describe.skipIf(corpus.size === 0)('the official corpus', () => {
  const tests = [...corpus].filter(([path]) => /^corpus-tests\/[0-9a-f]+\.json$/.test(path));

  it('validates or not, as recorded', () => {
    const { tests: since } = JSON.parse(conformanceText('validates-since-4.13.json')) as { tests: readonly string[] };
    const wrong = tests.filter(([path, text]) => {
      const test = JSON.parse(text) as { policies: string; schema: string; shouldValidate: boolean };
      const expected = test.shouldValidate || since.some((hash) => path.includes(hash));
      const schema = schemaOf(corpus.get(test.schema) ?? '');
      return (validatePolicies(policiesOf(corpus.get(test.policies) ?? ''), schema).errors.length === 0) !== expected;
    });
    expect(wrong.map(([path]) => path)).toEqual([]);
    expect(tests).toHaveLength(3871);
  });

  it('has the recorded kinds of errors in every policy, strict and permissive', () => {
    let policies = 0;
    const differences = tests.flatMap(([path, text]) => {
      const test = JSON.parse(text) as { policies: string; schema: string };
      const recorded = corpus.get(path.replace('.json', '.validation.json'));
      if (recorded === undefined) return [];
      const compared = compareRecorded(path, corpus.get(test.policies) ?? '', corpus.get(test.schema) ?? '', recorded);
      policies += compared.policies;
      return compared.differences;
    });
    expect(differences).toEqual([]);
    expect(policies).toBe(3835);
  });
});

const CASES =
  CONFORMANCE === undefined
    ? []
    : readdirSync(resolve(CONFORMANCE, 'validator'))
        .filter((file) => file.endsWith('.validation.json'))
        .map((file) => file.replace('.validation.json', ''));

describe.skipIf(CONFORMANCE === undefined)('the hand-made cases of the validator', () => {
  it('are all here', () => {
    expect(CASES).toHaveLength(55);
  });

  it.each(CASES)('%s', (name) => {
    const { policies, schema } = JSON.parse(conformanceText(`validator/${name}.json`)) as {
      policies: string;
      schema: string;
    };
    const text = (path: string): string => conformanceText(path.replace(/^testdata\//, 'validator/'));
    const recorded = conformanceText(`validator/${name}.validation.json`);
    expect(compareRecorded(name, text(policies), text(schema), recorded).differences).toEqual([]);
    expect(compareValidation(text(schema), text(policies))).toEqual([]);
  });
});

const FOLDERS = ['decimal', 'example_use_cases', 'ip', 'multi'];
const HANDWRITTEN =
  CONFORMANCE === undefined
    ? []
    : FOLDERS.flatMap((folder) =>
        readdirSync(resolve(CONFORMANCE ?? '', 'handwritten/tests', folder))
          .filter((file) => file.endsWith('.json'))
          .map((file) => `${folder}/${file}`),
      );

describe.skipIf(CONFORMANCE === undefined)('the handwritten integration tests', () => {
  it('are all here', () => {
    expect(HANDWRITTEN).toHaveLength(22);
  });

  it.each(HANDWRITTEN)('%s validates or not, as recorded', (file) => {
    const test = JSON.parse(conformanceText(`handwritten/tests/${file}`)) as {
      policies: string;
      schema: string;
      shouldValidate: boolean;
    };
    const policies = policiesOf(conformanceText(`handwritten/${test.policies}`));
    const { errors } = validatePolicies(policies, schemaOf(conformanceText(`handwritten/${test.schema}`)));
    expect(errors.length === 0).toBe(test.shouldValidate);
  });
});

describe.skipIf(CONFORMANCE === undefined)('the samples of the official command line', () => {
  const folder = 'cli-samples/tiny_sandboxes/level-validation';
  const needed = (problems: readonly ValidationDiagnostic[]): readonly string[] => problems.map(({ kind }) => kind);

  // Expected answers follow the specification of levels (RFC 76): the reference has no levels.
  it.each([
    ['policy-level-0.cedar', 0, true],
    ['policy-level-0.cedar', 1, true],
    ['policy-level-0.cedar', 2, true],
    ['policy-level-1.cedar', 0, false],
    ['policy-level-1.cedar', 1, true],
    ['policy-level-1.cedar', 2, true],
    ['policy-level-2.cedar', 0, false],
    ['policy-level-2.cedar', 1, false],
    ['policy-level-2.cedar', 2, true],
  ])('%s at level %d is valid: %s', (file, level, valid) => {
    const schema = schemaOf(conformanceText(`${folder}/schema.cedarschema`));
    const { errors } = validatePolicies(policiesOf(conformanceText(`${folder}/${file}`)), schema, { level });
    expect(needed(errors)).toEqual(valid ? [] : ['EntityDerefLevelViolation']);
  });
});

const REALWORLD = CONFORMANCE === undefined ? '' : resolve(CONFORMANCE, '../realworld/policies');
const SETS: readonly (readonly [policies: string, schema: string])[] = [
  ['coding', 'coding'],
  ['email_calendar_assistant', 'email_calendar_assistant'],
  ['investment_chatbot', 'investment_chatbot'],
  ['payment_agent', 'payment_agent'],
  ['plan_mode', 'claude_code'],
];

describe.skipIf(REALWORLD === '' || !existsSync(REALWORLD))('policies of agents that other people wrote', () => {
  it.each(SETS)('%s is valid', (policies, schema) => {
    const policyText = readFileSync(resolve(REALWORLD, `${policies}.cedar`), 'utf8');
    const schemaText = readFileSync(resolve(REALWORLD, `${schema}.cedarschema`), 'utf8');
    expect(validatePolicies(policiesOf(policyText), schemaOf(schemaText)).errors).toEqual([]);
    expect(compareValidation(schemaText, policyText)).toEqual([]);
  });
});
