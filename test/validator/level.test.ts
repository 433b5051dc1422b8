import { describe, expect, it } from 'vitest';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { policiesOf, schemaOf } from './compare-validation.js';

// There are no levels in the oracle: the expected answers follow RFC 76, the specification, and what the tests of the
// official engine say of levels and places.

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

  it.each([
    ['permit(principal in Group::"g", action, resource);', 'Group::"g"'],
    ['permit(principal is User in Group::"g", action, resource);', 'Group::"g"'],
    ['permit(principal, action in Action::"view", resource);', 'Action::"view"'],
    ['permit(principal, action in [Action::"view", Action::"all"], resource);', 'Action::"view", Action::"all"'],
  ])('is told in the scope where something is compared: %s', (text, place) => {
    const { errors } = validatePolicies(policiesOf(text), schema, { level: 0 });
    expect(errors.map(({ labels: [label] }) => text.slice(label?.span.start, label?.span.end))).toEqual([place]);
  });

  it('is told of policies only that have no other errors', () => {
    const text =
      'permit(principal, action, resource) when { principal.nope } when { resource.owner.age > 1 };\npermit(principal, action, resource) when { resource.owner.age > 1 || principal is Phto };\npermit(principal, action, resource) when { resource.owner.age > 1 };';
    const found = validatePolicies(policiesOf(text), schema, { level: 0 }).errors;
    expect(found.map(({ policyId, kind }) => `${policyId} ${kind}`)).toEqual([
      'policy0 UnsafeAttributeAccess',
      'policy1 UnrecognizedEntityType',
      'policy2 EntityDerefLevelViolation',
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

const OFFICIAL_SCHEMA = `entity User in [User] { user: User, bool: Bool, other: String, ip: ipaddr, nested: { user: User } } tags User;
entity Photo { user: User };
action view appliesTo { principal: User, resource: Photo, context: { user: User, nested: { user: User } } };`;
const officialSchema = schemaOf(OFFICIAL_SCHEMA);

/** The levels that expressions need at a level that is not enough, and the places that say so. */
function shortfall(condition: string, level: number): readonly string[] {
  const text = `permit(principal, action, resource) when { ${condition} };`;
  const { errors } = validatePolicies(policiesOf(text), officialSchema, { level });
  return errors
    .map(({ data, labels: [label] }) => lineOf(data?.needed, text.slice(label?.span.start, label?.span.end)))
    .sort();
}

function lineOf(needed: unknown, place: string): string {
  return `${String(needed)}: ${place}`;
}

describe('levels as the official engine counts them', () => {
  it.each<[string, number, readonly string[]]>([
    ['context.nested.user is User', 0, []],
    ['{foo: principal} has foo', 0, []],
    ['{foo: principal}.foo is User', 0, []],
    ['{foo: {bar: principal}}.foo.bar is User', 0, []],
    ['User::"alice" is User', 0, []],
    ['principal.nested.user is User', 1, ['principal.nested.user']],
    ['principal has user', 1, ['principal has user']],
    [
      'principal.hasTag("tag") && principal.getTag("tag") is User',
      1,
      ['principal.hasTag("tag")', 'principal.getTag("tag")'],
    ],
    ['principal in [User::"other"]', 1, ['principal in [User::"other"]']],
    ['action in Action::"view"', 1, ['action in Action::"view"']],
    ['Action::"view" in action', 1, ['Action::"view" in action']],
    ['context.nested.user.bool', 1, ['context.nested.user.bool']],
    ['principal.nested.user.bool', 2, ['principal.nested.user.bool']],
    ['principal.hasTag("tag") && principal.getTag("tag").bool', 2, ['principal.getTag("tag").bool']],
    [
      'principal.user.hasTag("tag") && principal.user.getTag("tag") is User',
      2,
      ['principal.user.hasTag("tag")', 'principal.user.getTag("tag")'],
    ],
    ['context.nested.user.nested.user.bool', 2, ['context.nested.user.nested.user.bool']],
    [
      'principal.user.hasTag("t") && principal.user.getTag("t") in resource.user',
      3,
      ['principal.user.getTag("t") in resource.user'],
    ],
    [
      'principal has user.user.bool && principal.user.user.bool',
      3,
      ['principal has user.user.bool', 'principal.user.user.bool'],
    ],
    [
      'principal.hasTag(principal.user.other) && principal.getTag(principal["user"]["other"]) is User',
      2,
      ['principal.user.other', 'principal["user"]["other"]'],
    ],
    ['principal in principal.user.user', 2, ['principal.user.user']],
    ['if principal.bool then principal.user.user.bool else resource.user.bool', 3, ['principal.user.user.bool']],
    [
      '(if principal.user.user.bool then principal.user.user else resource.user.user).bool',
      3,
      [
        '(if principal.user.user.bool then principal.user.user else resource.user.user).bool',
        'principal.user.user.bool',
      ],
    ],
    [
      '(if principal.bool then principal.user else resource.user.user).bool',
      3,
      ['(if principal.bool then principal.user else resource.user.user).bool'],
    ],
    ['{foo: principal, bar: principal.user.user.user.user}.foo.bool', 4, ['principal.user.user.user.user']],
    [
      '{foo: principal, bar: principal.user.user, baz: resource.user.user}.foo.bool',
      2,
      ['principal.user.user', 'resource.user.user'],
    ],
    [
      '{foo: principal.user, bar: principal.bool} == {foo: principal.nested.user, bar: false}',
      1,
      ['principal.user', 'principal.bool', 'principal.nested.user'],
    ],
    ['{foo: {bar: principal}}.foo.bar.bool', 1, ['{foo: {bar: principal}}.foo.bar.bool']],
    [
      '{biz: {foo: {bar: principal.user}}.foo}.biz.bar.bool',
      2,
      ['{biz: {foo: {bar: principal.user}}.foo}.biz.bar.bool'],
    ],
    [
      '{biz: {foo: {bar: principal}.bar.user}.foo}.biz.bool',
      2,
      ['{biz: {foo: {bar: principal}.bar.user}.foo}.biz.bool'],
    ],
    [
      '{biz: {baz: {bar: {foo: principal.nested.user}.foo.nested.user}}.baz}.biz.bar.nested.user.bool',
      4,
      ['{biz: {baz: {bar: {foo: principal.nested.user}.foo.nested.user}}.baz}.biz.bar.nested.user.bool'],
    ],
    [
      '[context.user.user, principal.user].containsAny([resource.user])',
      1,
      ['context.user.user', 'principal.user', 'resource.user'],
    ],
    ['principal.ip.isInRange(ip("192.168.0.0/12"))', 1, ['principal.ip.isInRange(ip("192.168.0.0/12"))']],
    ['ip("192.168.0.0").isInRange(principal.ip)', 1, ['principal.ip']],
    ['principal.other like "*"', 1, ['principal.other']],
    ['!(principal.bool)', 1, ['principal.bool']],
    ['(principal.bool || true) || true', 1, ['principal.bool']],
    ['(principal.bool && false) && false', 1, ['principal.bool']],
    ['if (principal.bool && false) then true else false', 1, ['principal.bool']],
    ['if true then principal.bool else false', 1, ['principal.bool']],
    ['if false then principal.bool else false', 0, []],
    ['if true then true else principal.bool', 0, []],
    ['true || principal.bool', 0, []],
    ['false && principal.bool', 0, []],
  ])('%s has level %i', (condition, level, places) => {
    expect(shortfall(condition, level)).toEqual([]);
    if (level === 0) return;
    expect(shortfall(condition, level - 1)).toEqual(places.map((place) => lineOf(level, place)).sort());
  });

  it.each([
    ['User::"alice".bool', ['User::"alice"']],
    ['User::"alice" has user.user', ['User::"alice"']],
    ['User::"alice".hasTag("foo")', ['User::"alice"']],
    ['User::"alice" in User::"bob"', ['User::"alice"']],
    ['(if principal.bool then User::"alice" else User::"bob").bool', ['User::"alice"', 'User::"bob"']],
    ['{foo: User::"alice", bar: User::"bob"}.foo.bool', ['User::"alice"']],
  ])('%s reads from what is written, at any level', (condition, places) => {
    const expected = places.map((place) => lineOf(undefined, place)).sort();
    expect(shortfall(condition, 2)).toEqual(expected);
    expect(shortfall(condition, 9)).toEqual(expected);
  });

  it('says how much more is needed, however much that is', () => {
    const condition = 'principal.user.user.user.user.user.bool';
    expect(shortfall(condition, 0)).toEqual([lineOf(6, condition)]);
    expect(shortfall(condition, 2)).toEqual([lineOf(6, condition)]);
    expect(shortfall('{foo: principal.user}.foo.bool', 0)).toEqual([lineOf(2, '{foo: principal.user}.foo.bool')]);
  });
});
