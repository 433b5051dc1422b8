import fc from 'fast-check';

/**
 * Small schemas and policies for them, as text. A few names are used everywhere, so that attributes, tags and groups
 * are often declared, often optional, and mean different things in different types.
 */
export interface ValidationCase {
  readonly schema: string;
  readonly policies: string;
}

const ATTRIBUTES = ['a', 'b', 'c', 'd'] as const;
const ENTITY_TYPES = ['A', 'B', 'N::C'] as const;
const ACTIONS = ['Action::"x"', 'Action::"y"', 'Action::"g"', 'N::Action::"z"'] as const;

const name = fc.constantFrom(...ATTRIBUTES);
const entityType = fc.constantFrom(...ENTITY_TYPES);
type Text = fc.Arbitrary<string>;

/** Fills the holes of a template with generated texts. */
function text(parts: TemplateStringsArray, ...holes: readonly Text[]): Text {
  return fc.tuple(...holes).map((values) => parts.map((part, i) => part + (values[i] ?? '')).join(''));
}

function oneOf(...choices: readonly (readonly [weight: number, text: Text])[]): Text {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

function list(of: Text, minLength: number, maxLength: number): Text {
  return fc.array(of, { minLength, maxLength }).map((all) => all.join(', '));
}

function typeText(depth: number, ...common: readonly string[]): Text {
  const leaf = oneOf(
    [3, fc.constantFrom('Long', 'String', 'Bool', 'ipaddr', 'decimal', 'datetime', 'duration', 'E', ...common)],
    [3, entityType],
  );
  if (depth === 0) return leaf;
  const set = text`Set<${typeText(depth - 1, ...common)}>`;
  return oneOf([5, leaf], [1, set], [3, recordText(depth - 1, ...common)]);
}

const mark = fc.constantFrom('', '?');

/** Half of the records have the same attributes, optional or not, so that what is said of one type suits the others. */
function recordText(depth: number, ...common: readonly string[]): Text {
  const attributes = fc.uniqueArray(fc.tuple(name, mark, typeText(depth, ...common)), {
    maxLength: 4,
    selector: ([key]) => key,
  });
  const any = attributes.map((all) => `{ ${all.map(([key, sign, type]) => `${key}${sign}: ${type}`).join(', ')} }`);
  if (depth === 0) return any;
  const inner = text`{ a${mark}: String, b${mark}: A, d${mark}: Bool }`;
  return oneOf([1, any], [1, text`{ a${mark}: String, b${mark}: ${entityType}, c${mark}: ${inner}, d${mark}: Bool }`]);
}

function entityText(own: string): Text {
  const parents = oneOf([1, fc.constant('')], [1, text` in [${list(entityType, 1, 2)}]`]);
  const tags = oneOf(
    [1, fc.constant('')],
    [2, oneOf([1, fc.constant(' tags String')], [1, text` tags ${typeText(1, 'T')}`])],
  );
  return text`entity ${fc.constant(own)}${parents} ${recordText(2, 'T')}${tags};\n`;
}

function actionText(own: string, groups: readonly string[]): Text {
  const inside = oneOf([1, fc.constant('')], [1, text` in [${fc.constantFrom(...groups)}]`]);
  const applies = text` appliesTo { principal: [${list(entityType, 1, 2)}], resource: [${list(entityType, 1, 2)}], context: ${recordText(2, 'T')} }`;
  return text`action ${fc.constant(own)}${inside}${oneOf([1, fc.constant('')], [7, applies])};\n`;
}

export const arbitrarySchema: Text = text`entity E enum ["r", "s"];
type T = ${recordText(1)};
${entityText('A')}${entityText('B')}${actionText('g', ['h'])}${actionText('x', ['g'])}${actionText('y', ['g', 'x'])}action h;
namespace N {
${entityText('C')}${actionText('z', ['Action::"g"', 'Action::"x"'])}}
`;

const literal = fc.constantFrom('A::"i"', 'A::"j"', 'B::"i"', 'N::C::"i"', 'E::"r"', ...ACTIONS);
const wrongLiteral = fc.constantFrom('E::"q"', 'F::"i"', 'Action::"v"', 'N::Action::"x"', 'M::Action::"x"');

/** What capabilities are about: short, so that the same comes up again. */
const path: Text = oneOf(
  [6, fc.constantFrom('principal', 'resource', 'context', 'action')],
  [4, text`${fc.constantFrom('principal', 'resource', 'context')}.${name}`],
  [1, text`${fc.constantFrom('principal', 'context')}.${name}.${name}`],
  [1, text`{${name}: principal}.${name}`],
  [1, text`(if ${fc.constantFrom('true', 'false', 'context.a', '1 != 2')} then principal else resource)`],
  [1, literal],
);
const key = fc.constantFrom('"t"', '"u"', 'context.a', 'principal.a');
const test: Text = oneOf(
  [5, text`${path} has ${name}`],
  [3, text`${path} has ${name}.${name}`],
  [1, text`${path} has ${name}.${name}.${name}`],
  [3, text`${path}.hasTag(${key})`],
);
const use: Text = oneOf(
  [4, text`${path}.${name} == ${path}.${name}`],
  [2, text`${path}.${name}`],
  [2, text`${path}.getTag(${key}) == ${path}.getTag(${key})`],
  [1, text`${path}.${name} in ${path}`],
);

function value(depth: number): Text {
  const leaf = oneOf(
    [2, fc.constantFrom('1', '-1', '"s"', '"u\\u{202e}"', '"жa"', 'true', 'false', '[]', '{}')],
    [3, path],
    [3, text`${path}.${name}`],
    [2, literal],
    [1, wrongLiteral],
    [
      1,
      fc.constantFrom(
        'ip("1.1.1.1")',
        'ip("x")',
        'decimal("1.0")',
        'datetime("2024-01-01")',
        'duration("1h")',
        'ip(context.a)',
      ),
    ],
    [1, fc.constantFrom('unknown("x")', 'decimal(1)', 'ip("1.1.1.1", "x")')],
  );
  if (depth === 0) return leaf;
  const inner = value(depth - 1);
  const bool = condition(depth - 1);
  return oneOf(
    [4, leaf],
    [2, text`[${list(inner, 0, 3)}]`],
    [1, text`{${name}: ${inner}}`],
    [1, text`{a: ${inner}, b: ${inner}}`],
    [1, text`(if ${bool} then ${inner} else ${inner})`],
    [1, text`(${inner} ${fc.constantFrom('+', '-', '*')} ${inner})`],
    [1, text`(-(${inner}))`],
    [1, text`(${bool})`],
    [1, text`(${inner}).${name}`],
    [1, text`(${inner}).getTag(${inner})`],
    [1, text`(${inner}).${fc.constantFrom('toDate', 'toTime', 'toDays')}()`],
    [1, text`(${inner}).${fc.constantFrom('offset', 'durationSince')}(${inner})`],
  );
}

function condition(depth: number): Text {
  if (depth === 0) return oneOf([2, test], [2, use], [1, fc.constantFrom('true', 'false', 'context.a')]);
  const bool = condition(depth - 1);
  const inner = value(depth - 1);
  return oneOf(
    [3, test],
    [3, use],
    [6, text`${test} && ${use}`],
    [5, text`(${bool}) && (${bool})`],
    [2, text`(${bool}) && (${bool}) && (${bool})`],
    [4, text`(${bool}) || (${bool})`],
    [1, text`(${bool}) || (${bool}) || (${bool})`],
    [2, text`!(${bool})`],
    [3, text`if ${bool} then ${bool} else ${bool}`],
    [3, text`(${inner}) ${fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in', '==', 'in')} (${inner})`],
    [1, text`(${inner}).${fc.constantFrom('contains', 'containsAll', 'containsAny', 'hasTag')}(${inner})`],
    [1, text`(${inner}).isEmpty()`],
    [1, text`(${inner}) like "a*${fc.constantFrom('b', 'ж', '\\u{301}')}"`],
    [1, text`(${inner}) is ${fc.constantFrom(...ENTITY_TYPES, 'E', 'Action', 'M::Action', 'F')}`],
    [1, text`(${inner}) is ${entityType} in (${inner})`],
    [1, text`(${inner}) has ${name}`],
    [1, text`(${inner}).${fc.constantFrom('isIpv4', 'isLoopback')}()`],
    [1, text`(${inner}).${fc.constantFrom('isInRange', 'lessThan', 'greaterThanOrEqual')}(${inner})`],
  );
}

function scope(variable: 'principal' | 'resource'): Text {
  const entity = fc.constantFrom(
    'A::"i"',
    'B::"i"',
    'N::C::"i"',
    'E::"r"',
    'E::"q"',
    'F::"i"',
    `?${variable}`,
    'A::"я"',
  );
  return oneOf(
    [6, fc.constant(variable)],
    [2, fc.constantFrom(...ENTITY_TYPES, 'E', 'F').map((type) => `${variable} is ${type}`)],
    [1, entity.map((one) => `${variable} == ${one}`)],
    [1, entity.map((one) => `${variable} in ${one}`)],
    [1, text`${fc.constant(variable)} is ${entityType} in ${entity}`],
  );
}

const action = fc.constantFrom(...ACTIONS, 'Action::"v"');
const actionScope: Text = oneOf(
  [5, fc.constant('action')],
  [2, action.map((one) => `action == ${one}`)],
  [1, action.map((one) => `action in ${one}`)],
  [1, text`action in [${list(action, 0, 3)}]`],
);

const conditions: Text = fc
  .array(text` ${fc.constantFrom('when', 'when', 'unless')} { ${condition(3)} }`, { minLength: 1, maxLength: 2 })
  .map((all) => all.join(''));

export const arbitraryPolicyText: Text = text`permit(${scope('principal')}, ${actionScope}, ${scope('resource')})${conditions};`;

export function arbitraryCase(policies: number): fc.Arbitrary<ValidationCase> {
  return fc.record({
    schema: arbitrarySchema,
    policies: fc.array(arbitraryPolicyText, { minLength: policies, maxLength: policies }).map((all) => all.join('\n')),
  });
}
