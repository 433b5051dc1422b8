import { describe, expect, it } from 'vitest';
import type { PolicySet } from '../../src/ast/policy.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import type { ValidationDiagnostic } from '../../src/validator/validation-result.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { policiesOf, schemaOf } from './compare-validation.js';

interface Link {
  readonly templateId: string;
  readonly newId: string;
  readonly values: PolicySet['links'][number]['values'];
}

interface Trap {
  readonly name: string;
  readonly kind: string;
  readonly schema: string;
  readonly policies: string | { readonly templates?: Record<string, string>; readonly templateLinks?: readonly Link[] };
  readonly expected: {
    readonly valid: boolean;
    readonly errors: readonly string[];
    readonly warnings: readonly string[];
  };
}

const TRAPS = CONFORMANCE === undefined ? [] : (JSON.parse(conformanceText('traps.json')) as Trap[]);
const VALIDATION = TRAPS.filter(({ kind }) => kind === 'validate').map((trap) => [trap.name, trap] as const);

function setOf({ policies }: Trap): PolicySet {
  if (typeof policies === 'string') return policiesOf(policies);
  const templates = Object.entries(policies.templates ?? {}).flatMap(([id, text]) =>
    policiesOf(text).templates.map((template) => ({ ...template, id })),
  );
  const links = (policies.templateLinks ?? []).map(({ templateId, newId, values }) => ({
    id: newId,
    templateId,
    values,
  }));
  return { policies: [], templates, links };
}

function namesOf(problems: readonly ValidationDiagnostic[]): readonly string[] {
  return [...new Set(problems.map(({ policyId, kind }) => `${policyId}:${kind}`))].sort((a, b) => (a < b ? -1 : 1));
}

describe.skipIf(CONFORMANCE === undefined)('corner cases of the validator', () => {
  it('are all here', () => {
    expect(VALIDATION).toHaveLength(59);
  });

  it.each(VALIDATION)('%s', (_, trap) => {
    const { errors, warnings } = validatePolicies(setOf(trap), schemaOf(trap.schema));
    const { valid, ...expected } = trap.expected;
    expect({ errors: namesOf(errors), warnings: namesOf(warnings) }).toEqual(expected);
    expect(errors.length === 0).toBe(valid);
  });
});
