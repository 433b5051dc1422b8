import { describe, expect, it } from 'vitest';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { policiesOf, schemaOf } from './compare-validation.js';

// There are no levels in the reference: the expected answers follow RFC 76 and the specification.

const SCHEMA = `entity Group in [Group];
entity User in [Group] { age: Long, boss: User, desk?: { owner: User, room: String } } tags User;
entity Photo { owner: User };
action view appliesTo { principal: User, resource: Photo, context: { user: User, friends: { best: User }, mfa: Bool } };
action all;`;
const schema = schemaOf(SCHEMA);

/** The least level at which a policy is valid; "never" when literals are read from. */
function levelOf(text: string): number | string {
  const set = policiesOf(text.startsWith('permit') ? text : `permit(principal, action, resource) when { ${text} };`);
  expect(validatePolicies(set, schema).errors).toEqual([]);
  for (let level = 0; level < 10; level++) {
    const { errors } = validatePolicies(set, schema, { level });
    if (errors.length === 0) return level;
    expect(errors.every(({ kind }) => kind === 'EntityDerefLevelViolation')).toBe(true);
    if (errors.some(({ message }) => message.startsWith('nothing can be read'))) return 'never';
  }
  throw new Error('no level is enough');
}

describe('the level of a policy', () => {
  it.each([
    ['permit(principal, action, resource);', 0],
    ['permit(principal == User::"a", action == Action::"view", resource is Photo);', 0],
    ['context.mfa', 0],
    ['context.user == principal', 0],
    ['context.friends.best is User', 0],
    ['action == Action::"view"', 0],
    ['permit(principal in Group::"g", action, resource);', 1],
    ['permit(principal, action in Action::"view", resource);', 1],
    ['principal.age > 1', 1],
    ['principal has age', 1],
    ['principal in Group::"g"', 1],
    ['principal is User in Group::"g"', 1],
    ['principal.hasTag("a")', 1],
    ['principal.boss == resource.owner', 1],
    ['context.user.age > 1', 1],
    ['context.friends.best.age > 1', 1],
    ['resource.owner.age > 1', 2],
    ['resource.owner in Group::"g"', 2],
    ['resource.owner in principal.boss.boss', 2],
    ['principal in principal.boss.boss.boss', 3],
    ['principal.hasTag("a") && principal.getTag("a").age > 1', 2],
    ['principal.hasTag("a") && principal.getTag("a").boss.age > 1', 3],
    ['principal has desk && principal.desk.owner.age > 1', 2],
    ['principal has desk.owner.age', 2],
    ['principal has desk.room', 1],
    ['principal has boss.boss.boss', 3],
    ['context has friends.best.age', 1],
    ['(if context.mfa then principal else resource.owner).age > 1', 2],
    ['if principal.boss.boss.age > 1 then true else false', 3],
    ['[principal.boss.boss].contains(principal)', 2],
    ['{ a: principal, b: resource.owner.boss }.a.age > 1', 2],
    ['{ a: principal, b: resource.owner }.b.age > 1', 2],
    ['{ a: { b: principal } }.a.b.boss.age > 1', 2],
    ['{ a: principal } has a.age', 1],
    ['(principal.age + resource.owner.age) > 1', 2],
    ['User::"a" == principal', 0],
    ['principal in User::"a"', 1],
    ['User::"a".age > 1', 'never'],
    ['User::"a" in Group::"g"', 'never'],
    ['User::"a".boss.age > 1', 'never'],
    ['(if context.mfa then principal else User::"a").age > 1', 'never'],
    ['Action::"view" in Action::"all" || true', 1],
    ['Action::"all" in Action::"all" || true', 'never'],
  ])('%s has level %s', (text, level) => {
    expect(levelOf(text)).toBe(level);
  });

  it('does not count what is never evaluated', () => {
    expect(levelOf('true || resource.owner.boss.age > 1')).toBe(0);
    expect(levelOf('(false && resource.owner.boss.age > 1) || context.mfa')).toBe(0);
    expect(levelOf('if true then context.mfa else principal.age > 1')).toBe(0);
    expect(levelOf('permit(principal is Photo, action, resource) when { principal.owner.age > 1 };')).toBe(0);
  });

  it('is told with what is needed, at the expression that reads', () => {
    const text = 'permit(principal, action, resource) when { resource.owner.age > 1 };';
    const [problem] = validatePolicies(policiesOf(text), schema, { level: 1 }).errors;
    expect(problem).toMatchObject({ code: 'entity-deref-level-violation', data: { needed: 2, allowed: 1 } });
    const [label] = problem?.labels ?? [];
    expect(text.slice(label?.span.start, label?.span.end)).toBe('resource.owner.age');
  });

  it('comes in addition to all other errors', () => {
    const text =
      'permit(principal, action, resource) when { principal.nope } when { resource.owner.age > 1 };\npermit(principal, action, resource) when { resource.owner.age > 1 };';
    const found = validatePolicies(policiesOf(text), schema, { level: 0 }).errors;
    expect(found.map(({ policyId, kind }) => `${policyId} ${kind}`)).toEqual([
      'policy0 UnsafeAttributeAccess',
      'policy1 EntityDerefLevelViolation',
    ]);
  });

  it('is not limited when nobody says so', () => {
    expect(
      validatePolicies(
        policiesOf('permit(principal, action, resource) when { resource.owner.boss.boss.boss.age > 1 };'),
        schema,
      ).errors,
    ).toEqual([]);
  });
});
