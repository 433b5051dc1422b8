import { describe, expect, it } from 'vitest';
import { describeExpressionType } from '../../src/validator/describe-expression-type.js';
import { typePolicy } from '../../src/validator/type-policy.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import { policiesOf, schemaOf } from './compare-validation.js';

// The oracle is strict only: the expected answers follow what the tests of the official engine say of permissive mode.

const SCHEMA = `entity User in [Group] { name: String, age: Long };
entity Group in [Group] { name: String };
entity Photo in [Album] { file_type: String, owner: User };
entity Album in [Album] { name: String };
entity Sets { longs: Set<Long>, bools: Set<Bool> };
action view_photo appliesTo { principal: [User, Group], resource: Photo };
action delete_group appliesTo { principal: User, resource: Group };`;
const schema = schemaOf(SCHEMA);

const ONE_ACTION = 'permit(principal is User, action == Action::"view_photo", resource)';

function textOf(condition: string): string {
  return `${ONE_ACTION} when { ${condition} };`;
}

/** The type of a condition for users who view photos, or the kinds of its errors. */
function typeOf(condition: string): string {
  const set = policiesOf(textOf(condition));
  const { errors } = validatePolicies(set, schema, { mode: 'permissive' });
  if (errors.length > 0) return errors.map(({ kind }) => kind).join(' ');
  const [policy] = set.policies;
  const body = policy?.conditions[0]?.body;
  if (policy === undefined || body === undefined) throw new Error('no condition');
  const typed = [...typePolicy(policy, schema, { mode: 'permissive' })].find(
    ({ environment }) => environment.principal === 'User' && environment.action.uid.id === 'view_photo',
  );
  const type = typed?.types.get(body);
  return type === undefined ? 'none' : describeExpressionType(type);
}

const SOME = 'Bool';
const TRUE = 'Bool (always true)';
const FALSE = 'Bool (always false)';

describe('permissive mode, where types unite', () => {
  it.each([
    ['(if principal.age > 0 then {a: 1} else {a: 2, b: 3}) has a', TRUE],
    ['(if principal.age > 0 then {a: 1, b: 2} else {a: 1, c: 2}) has a', TRUE],
    ['(if principal.age > 0 then {a: 1, b: 2} else {a: 1, c: 2}) has b', SOME],
    ['(if principal.age > 0 then {a: 1} else {}) has a', SOME],
    ['(if principal.age > 0 then {a: 1} else {}) has c', SOME],
    ['(if principal.age > 0 then {a: 1} else {b: 2}) has c', SOME],
    ['(if principal.age > 0 then {a: 1} else {a: false}) has a', SOME],
    ['(if principal.age > 0 then (if principal.age > 1 then {a: 1} else {}) else {}) has a', SOME],
    ['(if principal.age > 0 then {foo: true} else {foo: 1}).foo', 'UnsafeAttributeAccess'],
    ['(if principal.age > 0 then {foo: true} else 1).foo', 'IncompatibleTypes'],
    ['(if true then {} else {foo: 1}).foo == 1', 'UnsafeAttributeAccess'],
    ['(if principal.name == "foo" then principal else resource) has name || true', TRUE],
    ['(if principal.name == "foo" then principal else resource) has name', SOME],
    ['(if principal.age > 0 then User::"a" else Group::"b").name like "foo"', SOME],
    ['(if principal.age > 0 then User::"a" else Photo::"p").name == "bob"', 'UnsafeAttributeAccess'],
    ['(if principal.age > 0 then User::"a" else Photo::"p") has age', SOME],
    ['(if principal.age > 0 then User::"a" else Photo::"p") has foo', FALSE],
    ['(if principal.age > 0 then principal else resource) is User', SOME],
    ['(if principal.age > 0 then principal else resource) is Album', FALSE],
    ['(if principal.age > 0 then User::"a" else {name: "b"}).name == "c"', 'IncompatibleTypes'],
    ['principal in (if principal.age > 0 then Group::"a" else Photo::"p")', SOME],
    ['principal in [Group::"a", Photo::"p"]', SOME],
    ['principal in resource', FALSE],
    ['principal in [resource]', FALSE],
    ['principal in [Action::"view_photo", Photo::"p"]', FALSE],
    ['action in [Action::"view_photo", User::"a"]', TRUE],
    ['action in [Action::"delete_group", User::"a"]', FALSE],
    ['Sets::"a".longs == Sets::"b".bools', SOME],
    ['Sets::"a".longs.contains("a")', SOME],
    ['Sets::"a".longs.containsAll(Sets::"b".bools)', SOME],
    ['[principal, resource] == [resource.owner]', SOME],
    ['[1, true] == []', 'IncompatibleTypes'],
    ['[] == [1]', SOME],
    ['[].contains(principal)', SOME],
    ['[[], [1]].contains([2])', SOME],
    ['principal == resource', FALSE],
    ['principal.name == 1', SOME],
    ['"foo" == false', FALSE],
    ['(if principal.age > 0 then principal else resource) == User::"a"', SOME],
    ['1 + principal.name == 2', 'UnexpectedType'],
    ['ip(principal.name).isIpv4()', SOME],
    ['decimal("1.5").lessThan(decimal(principal.name))', SOME],
    ['ip("nonsense").isIpv4()', 'FunctionArgumentValidation'],
  ])('%s is %s', (condition, type) => {
    expect(typeOf(condition)).toBe(type);
  });

  it('accepts everything that strict mode accepts, with the same types', () => {
    const conditions = [
      'principal.age > 1',
      'principal == resource.owner',
      'resource.owner has name && resource in Album::"a"',
      'if principal in Group::"g" then true else resource.file_type like "*.jpg"',
      '[1, 2].containsAny([principal.age])',
    ];
    for (const condition of conditions) {
      const set = policiesOf(textOf(condition));
      expect(validatePolicies(set, schema).errors).toEqual([]);
      const [policy] = set.policies;
      if (policy === undefined) throw new Error('no policy');
      const types = (mode: 'strict' | 'permissive'): unknown =>
        [...typePolicy(policy, schema, { mode })].map((typed) => [typed.verdict, [...typed.types]]);
      expect(types('permissive')).toEqual(types('strict'));
    }
  });
});
