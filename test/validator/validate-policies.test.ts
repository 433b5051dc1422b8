import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { isWarning, VALIDATION_CODES, type ValidationKind } from '../../src/validator/validation-kinds.js';
import { entityUid } from '../../src/values/value.js';
import { compareValidation, differences, officialPolicies, policiesOf, schemaOf } from './compare-validation.js';
import { officialValidation } from './oracle.js';
import { EXAMPLE_SCHEMA, WRONG_POLICIES } from './wrong-policies.js';

const schema = schemaOf(EXAMPLE_SCHEMA);
const kinds = Object.keys(VALIDATION_CODES) as ValidationKind[];
const withExamples = kinds.filter((kind) => WRONG_POLICIES[kind].length > 0);

function problems(text: string) {
  const { errors, warnings } = validatePolicies(policiesOf(text), schema);
  return [...errors, ...warnings];
}

/** Invisible characters as escapes, so that the golden files can be read. */
function printable(text: string): string {
  return text.replaceAll(/[\u200b\u202a-\u202e\u2066-\u2069]/gu, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`);
}

const LINE = `\n${'-'.repeat(80)}\n`;

describe('every kind of problem', () => {
  it('has examples, apart from those that no text has', () => {
    const without = kinds.filter((kind) => !withExamples.includes(kind));
    expect(without).toEqual(['NoTagsAllowed', 'UndefinedFunction', 'EntityDerefLevelViolation']);
  });

  it.each(withExamples)('%s is explained as written down', async (kind) => {
    const shown = WRONG_POLICIES[kind].map(
      (text) => `${printable(`${text}\n\n${renderDiagnostics(problems(text))}`)}\n`,
    );
    await expect(shown.join(LINE)).toMatchFileSnapshot(`golden/${VALIDATION_CODES[kind]}.txt`);
  });

  it.each(withExamples)('%s is the only thing found, and at the place that the official engine names', (kind) => {
    for (const text of WRONG_POLICIES[kind]) {
      const found = problems(text).filter(({ severity }) => isWarning(kind) || severity === 'error');
      const allowed = kind === 'InvalidActionApplication' ? [kind, 'ImpossiblePolicy'] : [kind];
      for (const problem of found) expect(allowed).toContain(problem.kind);
      expect(found.map(({ code }) => code)).toContain(VALIDATION_CODES[kind]);
      expect(compareValidation(EXAMPLE_SCHEMA, text, schema)).toEqual([]);
    }
  });

  it('of a call that only policy JSON can hold is found too', () => {
    const [policy] = policiesOf('permit(principal, action, resource) when { ip("::1").isIpv4() };').policies;
    if (policy === undefined) throw new Error('no policy');
    const call = { kind: 'call', name: 'nope', args: [], span: undefined } as const;
    const conditions = [{ kind: 'when', body: call, span: undefined }] as const;
    const { errors } = validatePolicies({ policies: [{ ...policy, conditions }], templates: [], links: [] }, schema);
    expect(errors).toMatchObject([{ kind: 'UndefinedFunction', message: 'there is no function `nope`' }]);
  });
});

describe('a set of policies', () => {
  it('is valid when nothing is wrong with any of them', () => {
    const nothing = { errors: [], warnings: [] };
    expect(validatePolicies(policiesOf('permit(principal, action, resource);'), schema)).toEqual(nothing);
    expect(validatePolicies(policiesOf(''), schema)).toEqual(nothing);
  });

  it('has the problems of each policy by position, static policies before templates', () => {
    const set = policiesOf(`permit(principal == ?principal, action, resource) when { 1 };
permit(principal, action == Action::"view", resource) when { 2 && principal.age > 1 };
permit(principal, action, resource) when { 3 };`);
    const found = validatePolicies(set, schema).errors.map(({ policyId, kind }) => `${policyId} ${kind}`);
    expect(found).toEqual([
      'policy1 UnexpectedType',
      'policy1 UnsafeAttributeAccess',
      'policy2 UnexpectedType',
      'policy0 UnexpectedType',
    ]);
  });

  it('names a mistake once, however many request environments it is in', () => {
    const text = 'permit(principal, action, resource) when { 1 + "a" == 2 };';
    expect(problems(text).map(({ kind }) => kind)).toEqual(['UnexpectedType']);
  });

  it('shows where the schema declares what a problem is about', () => {
    const [problem] = problems(WRONG_POLICIES.UnsafeOptionalAttributeAccess[0] ?? '');
    const [place, declaration] = problem?.labels ?? [];
    expect(place?.source.text.slice(place.span.start, place.span.end)).toBe('principal.nick');
    expect(declaration?.source.text.slice(declaration.span.start, declaration.span.end)).toBe('nick');
    expect(declaration?.message).toBe('`nick` is declared optional here');
  });

  it('needs no positions', () => {
    const set = policiesOf('permit(principal, action, resource) when { principal.x == 1 && 1 };');
    const bare = {
      ...set,
      policies: set.policies.map((policy) => ({ ...policy, source: undefined, span: undefined })),
    };
    const { errors } = validatePolicies(bare, schema);
    expect(errors.map(({ kind, labels }) => [kind, labels.length])).toContainEqual(['UnsafeAttributeAccess', 0]);
  });
});

describe('links', () => {
  const template = 'permit(principal == ?principal, action == Action::"view", resource in ?resource);';
  const link = (principal: ReturnType<typeof entityUid>, resource: ReturnType<typeof entityUid>) => {
    const values = { '?principal': principal, '?resource': resource };
    return { ...policiesOf(template), links: [{ id: 'l', templateId: 'policy0', values }] };
  };
  const photo = entityUid('Photo', 'p');

  it.each([
    [
      'a principal type that is not declared',
      entityUid('Nobody', 'n'),
      ['UnrecognizedEntityType', 'InvalidActionApplication'],
    ],
    ['a principal that the action does not apply to', entityUid('Group', 'g'), ['InvalidActionApplication']],
    ['an id that an enum does not list', entityUid('Color', 'blue'), ['InvalidActionApplication']],
    ['nothing wrong', entityUid('User', 'u'), []],
  ])('with %s', (_, principal, expected) => {
    const set = link(principal, photo);
    const { errors, warnings } = validatePolicies(set, schema);
    expect([...errors, ...warnings].map((d) => d.kind)).toEqual(expected);
    for (const problem of [...errors, ...warnings]) expect(problem.policyId).toBe('l');
    const official = officialValidation(EXAMPLE_SCHEMA, officialPolicies(set));
    if (typeof official === 'string') throw new Error(official);
    expect(differences(errors, official.errors)).toEqual([]);
    expect(differences(warnings, official.warnings)).toEqual([]);
  });

  it('of a template that is not in the set are left alone', () => {
    const set = { ...link(entityUid('Nobody', 'n'), photo), templates: [] };
    expect(validatePolicies(set, schema)).toEqual({ errors: [], warnings: [] });
  });
});

describe('permissive mode', () => {
  const textOf = (condition: string): string =>
    `permit(principal, action in [Action::"view", Action::"edit"], resource) when { ${condition} };`;
  const permissive = (condition: string) =>
    validatePolicies(policiesOf(textOf(condition)), schema, { mode: 'permissive' }).errors.map((d) => d.kind);

  it.each([
    'principal == "a" || 1 + 0 == "a"',
    '[].isEmpty()',
    '[].contains(1)',
    'ip(context.key).isIpv4()',
    '(if context.mfa then principal else resource) == principal',
    '[User::"a", Admin::"b"].contains(principal)',
    '(if context.mfa then User::"a" else Photo::"b") is User',
    '(if context.mfa then {a: 1, b: "x"} else {a: 2}).a == 1',
    '(if context.mfa then {a: 1, b: "x"} else {a: 2}) has b',
    '["a"].containsAny([1])',
  ])('accepts %s, which strict mode refuses', (condition) => {
    expect(permissive(condition)).toEqual([]);
    expect(validatePolicies(policiesOf(textOf(condition)), schema).errors).not.toEqual([]);
  });

  it.each([
    ['1 + "a" == 2', 'UnexpectedType'],
    ['[1, "a"].isEmpty()', 'IncompatibleTypes'],
    ['(if context.mfa then 1 else "a") == 1', 'IncompatibleTypes'],
    ['(if context.mfa then User::"a" else Photo::"b").age == 1', 'UnsafeAttributeAccess'],
    ['(if context.mfa then {a: 1, b: "x"} else {a: 2}).b == "x"', 'UnsafeAttributeAccess'],
    ['(if context.mfa then User::"a" else {age: 1}) == 1', 'IncompatibleTypes'],
    ['principal is User && principal.nick == "x"', 'UnsafeOptionalAttributeAccess'],
  ])('refuses %s', (condition, kind) => {
    expect(permissive(condition)).toEqual([kind]);
  });
});
