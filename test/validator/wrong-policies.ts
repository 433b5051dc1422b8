import type { ValidationKind } from '../../src/validator/validation-kinds.js';

/** Schema of the examples below. */
export const EXAMPLE_SCHEMA = `entity Group in [Group];
entity User in [Group] {
  age: Long,
  nick?: String,
  address?: { city: String, zip?: Long },
  boss?: User,
} tags String;
entity Admin { level: Long };
entity Photo { owner: User, labels: Set<String> };
entity Color enum ["red", "green"];
action all;
action view, edit in [all] appliesTo {
  principal: [User, Admin],
  resource: Photo,
  context: { mfa: Bool, key: String, from?: ipaddr },
};
action join in [all] appliesTo { principal: User, resource: Group };
namespace Acme {
  entity Document;
  action read appliesTo { principal: User, resource: Document };
}
`;

/** A policy for users that view photos. */
function when(condition: string): string {
  return `permit(principal is User, action == Action::"view", resource) when { ${condition} };`;
}

/** For each kind of problem policies that have it, and nothing else of the same severity. */
export const WRONG_POLICIES: Readonly<Record<ValidationKind, readonly string[]>> = {
  UnrecognizedEntityType: [
    'permit(principal is Usr, action, resource);',
    when('principal in Grup::"a" || principal is Document'),
    when('principal // is\n is // Foo\n Foo :: // bar\n Bar in Group::"x"'),
    when('(principal) is Zebra || false && Zebra // x\n :: "x" == principal'),
  ],
  UnrecognizedActionId: [
    'permit(principal, action == Action::"veiw", resource);',
    'permit(principal, action in [Action::"view", Action::"read"], resource);',
    when('action == Nope::Action::"q"'),
  ],
  InvalidEnumEntity: [when('Color::"rde" == Color::"red"'), when('Color::"blue" == Color::"red"')],
  InvalidActionApplication: [
    'permit(principal == Group::"g", action == Action::"view", resource);',
    'permit(principal is Photo, action, resource);',
    'permit(principal, action == Action::"all", resource);',
  ],
  ImpossiblePolicy: [
    when('principal is Admin'),
    when('1 == 2'),
    when('principal has age && !(action == Action::"view")'),
  ],
  UnexpectedType: [
    when('principal.age'),
    when('principal.age + "1" == 2'),
    when('principal.age > "1"'),
    when('(principal has nick) < 1'),
    when('resource.labels like "a*"'),
    when('principal == principal && "a".contains("b")'),
    when('resource.labels in principal'),
    when('principal.age is User'),
    when('ip(-007) == ip("::1")'),
    when('principal has age.x'),
  ],
  IncompatibleTypes: [
    when('principal.age == "1"'),
    when('["a"].contains(principal.age)'),
    when('resource.labels.containsAll([1])'),
    when('(if principal.age > 1 then principal else resource) == principal'),
    when('[1, "a", principal].isEmpty()'),
    when('principal has address && principal.address == {city: "x"}'),
    when('principal has address && principal.address == {city: "x", zip: 1}'),
    when('[principal].contains({age: 1})'),
  ],
  UnsafeAttributeAccess: [
    when('principal.agee > 1'),
    when('context.mffa'),
    when('principal has address && principal.address.town == "x"'),
    when('{a: 1}.b == 1'),
    when('action.name == "view"'),
    'permit(principal, action == Action::"view", resource) when { principal.age > 1 };',
    when('unknown("x").a == 1'),
  ],
  UnsafeOptionalAttributeAccess: [
    when('principal.nick == "x"'),
    when('principal has address && principal.address.zip == 1'),
    when('context.from.isIpv4()'),
    when('(principal has boss) || principal.boss.age == 1'),
  ],
  UnsafeTagAccess: [
    when('principal.getTag("a") == "b"'),
    when('principal.hasTag("a") && principal.getTag(context.key) == ""'),
  ],
  // A tag that was tested for, of a type without tags: what is behind such a test is never typed.
  NoTagsAllowed: [],
  // Text cannot call a function that does not exist.
  UndefinedFunction: [],
  WrongNumberArguments: [when('ip() == ip("::1")'), when('ip("::1").isInRange()'), when('ip("::1").isIpv4("a", "b")')],
  FunctionArgumentValidation: [when('ip("1.2.3").isIpv4()'), when('decimal("1").lessThan(decimal("1.0"))')],
  NonLitExtConstructor: [when('ip(context.key).isIpv4()')],
  EmptySetForbidden: [when('[].contains(1)'), 'permit(principal, action in [], resource);'],
  InternalInvariantViolation: [when('unknown("x").hasTag("a")')],
  // Only with a limit: see the tests of levels.
  EntityDerefLevelViolation: [],
  MixedScriptString: [when('context.key == "say_һello"'), when('context.key like "*_һello"')],
  BidiCharsInString: [when('context.key != "user\u202e \u2066&& principal.is_admin\u2069 \u2066"')],
  MixedScriptIdentifier: [
    when('principal == User::"say_һello"'),
    'permit(principal in Group::"say_һello", action, resource);',
  ],
  BidiCharsInIdentifier: [when('principal == User::"a\u202eb"')],
  ConfusableIdentifier: [when('principal == User::"is\\u{200b}Admin"'), when('{"a\\n": 1} has "🍌" || true')],
};
