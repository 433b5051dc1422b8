import type { Binary, Expr, ExtensionCall } from '../ast/expression.js';
import type { Origin } from '../diagnostics/origin.js';
import type { ExtensionFailure } from '../extensions/extension-function.js';
import { actionsOf } from '../schema/schema.js';
import { compareCodePoints } from '../text/code-point-order.js';
import type { Span } from '../text/source.js';
import { printEntityUid, quoteText } from '../values/print.js';
import { type AttributeAccess, nameAttribute, printAttributes, shortText } from './accessed-thing.js';
import { attributeNames, attributeOrigin, attributesOf, entityTypeOrigin } from './attributes.js';
import { describeExpressionType } from './describe-expression-type.js';
import { type ExpressionType, entityNames } from './expression-type.js';
import { placeOf } from './place.js';
import type { Problem } from './problem.js';
import type { NoBound } from './type-bounds.js';
import { retype, type Typing } from './typing.js';

/** An operand has another type than the operator needs. */
export function unexpectedType(
  expr: Expr,
  expected: readonly string[],
  actual: ExpressionType,
  typing: Typing,
  advice?: string,
): Problem {
  const found = describeExpressionType(actual);
  return {
    kind: 'UnexpectedType',
    message: `expected ${listOf(expected, 'or')}, found ${found}`,
    span: placeOf(expr, typing.source),
    help: advice,
    data: { expected, found },
    declared: declarationOf(expr, typing),
  };
}

/** Where the attribute that an expression reads is declared; for the context itself, where the action is. */
function declarationOf(expr: Expr, typing: Typing): Problem['declared'] {
  if (expr.kind === 'variable' && expr.name === 'context') {
    const { uid, origin } = typing.environment.action;
    return { origin, message: `\`${printEntityUid(uid)}\` is declared here` };
  }
  if (expr.kind !== 'access') return undefined;
  const object = retype(expr.object, typing).get(expr.object);
  const origin = object && attributeOrigin(object, expr.attribute, typing.schema);
  return origin && { origin, message: `\`${expr.attribute}\` is declared here` };
}

function firstDeclaration(parts: readonly Expr[], typing: Typing): Problem['declared'] {
  for (const part of parts) {
    const declared = declarationOf(part, typing);
    if (declared !== undefined) return declared;
  }
  return undefined;
}

const WHERE = {
  '==': 'both sides of `==` must have the same type',
  contains: 'what `.contains(..)` looks for must have the type of the elements',
  containsAll: 'both sets of `.containsAll(..)` must have elements of the same type',
  containsAny: 'both sets of `.containsAny(..)` must have elements of the same type',
  if: 'both branches of `if` must have the same type',
  set: 'all elements of a set must have the same type',
  getTag: 'the tags of all types of the entity must have the same type',
} as const;

const WHY: Readonly<Record<NoBound['reason'], string>> = {
  optionality: '; here an attribute is optional on one side and required on the other',
  attributes: '; records must have exactly the same attributes',
  'entity-types': '; different entity types are never the same, even when they have the same attributes',
  'entity-and-record': '; an entity is never a record, even with the same attributes',
  other: '',
};

/** Types that should be alike are not; `parts` are the expressions that have them. */
export function incompatibleTypes(
  where: keyof typeof WHERE,
  expr: Expr,
  types: readonly ExpressionType[],
  { reason }: NoBound,
  parts: readonly Expr[],
  typing: Typing,
): Problem {
  const names = [...new Set(types.map(describeExpressionType))].sort(compareCodePoints);
  return {
    kind: 'IncompatibleTypes',
    message: `the types ${listOf(names, 'and')} are not compatible`,
    span: expr.span,
    help: WHERE[where] + WHY[reason],
    data: { types: names },
    declared: firstDeclaration(parts, typing),
  };
}

/** Reads an attribute that does not exist. */
export function unsafeAttribute(access: AttributeAccess, typing: Typing): Problem {
  const { owner, attributes } = nameAttribute(access, typing);
  const name = printAttributes(attributes);
  const meant = typing.propose(access.attribute, attributeNames(access.type, typing.schema));
  const isUnknown = access.type.kind === 'never';
  return {
    kind: 'UnsafeAttributeAccess',
    message: isUnknown
      ? `nothing is known of this value, so it may lack the attribute \`${name}\``
      : `${owner ?? 'this record'} has no attribute \`${name}\``,
    span: access.expr.span,
    help: meant === undefined ? guardForSome(access, typing) : `did you mean \`${meant}\`?`,
    data: { attribute: access.attribute, path: attributes, owner: owner ?? null },
    declared:
      declarationOfType(access.type, typing) ??
      (access.path.length === 0 ? declarationOf(access.expr.object, typing) : undefined),
  };
}

/** How to read an attribute that principals, resources or contexts of other requests have. */
function guardForSome({ expr, attribute }: AttributeAccess, { environment, schema }: Typing): string | undefined {
  const { object } = expr;
  if (object.kind !== 'variable' || expr.kind === 'has') return undefined;
  const name = printAttributes([attribute]);
  if (object.name === 'context') {
    for (const { context, principals, resources } of actionsOf(schema)) {
      if (principals.size === 0 || resources.size === 0 || !context.attributes.has(attribute)) continue;
      return `only some actions have it; test for it first: \`context has ${name} && ..\``;
    }
    return undefined;
  }
  if (object.name === 'action') return undefined;
  for (const type of environment.action[object.name === 'principal' ? 'principals' : 'resources']) {
    if (!attributesOf(type, schema).has(attribute)) continue;
    return `only some types of \`${object.name}\` have it; test for one first: \`${object.name} is ${type} && ..\``;
  }
  return undefined;
}

/** Reads an attribute that is there in some entities or records only. */
export function unsafeOptionalAttribute(access: AttributeAccess, typing: Typing): Problem {
  const { owner, attributes } = nameAttribute(access, typing);
  const origin = attributeOrigin(access.type, access.attribute, typing.schema);
  const name = printAttributes([access.attribute]);
  return {
    kind: 'UnsafeOptionalAttributeAccess',
    message: `the attribute \`${printAttributes(attributes)}\` of ${owner ?? 'this record'} may be absent`,
    span: access.expr.span,
    help: `test for it first: \`${shortText(access.expr.object)} has ${name} && ..\``,
    data: { attribute: access.attribute, path: attributes, owner: owner ?? null },
    declared: origin && { origin, message: `\`${access.attribute}\` is declared optional here` },
  };
}

/** Reads a tag that nobody tested for. */
export function unsafeTag(expr: Binary, entity: ExpressionType, typing: Typing): Problem {
  const owner = listOf(Array.from(entityNames(entity) ?? [], quoteName), 'or');
  const key = expr.right.kind === 'string' ? quoteText(expr.right.value) : shortText(expr.right);
  return {
    kind: 'UnsafeTagAccess',
    message: `the tag \`${key}\` of ${owner} may be absent`,
    span: expr.span,
    help: `test for it first: \`${shortText(expr.left)}.hasTag(${key}) && ..\``,
    declared: declarationOfType(entity, typing),
  };
}

/** Reads a tag of an entity type that is declared without tags. */
export function noTags(expr: Binary, entity: ExpressionType, typing: Typing): Problem {
  const owner = listOf(Array.from(entityNames(entity) ?? [], quoteName), 'or');
  return {
    kind: 'NoTagsAllowed',
    message: `entities of type ${owner} have no tags`,
    span: expr.span,
    help: 'declare `tags` for the entity type in the schema',
    declared: declarationOfType(entity, typing),
  };
}

function declarationOfType(type: ExpressionType, typing: Typing): Problem['declared'] {
  if (type.kind !== 'entity') return undefined;
  const origin: Origin | undefined = entityTypeOrigin(type.name, typing.schema);
  return origin && { origin, message: `\`${type.name}\` is declared here` };
}

export function emptySet(span: Span | undefined): Problem {
  return {
    kind: 'EmptySetForbidden',
    message: 'an empty set has no type',
    span,
    help: 'to ask whether a set is empty, write `.isEmpty()`',
  };
}

/** A call of a function that does not exist; only policy JSON can hold one. */
export function undefinedFunction(expr: ExtensionCall): Problem {
  return { kind: 'UndefinedFunction', message: `there is no function \`${expr.name}\``, span: expr.span };
}

export function wrongNumberOfArguments(expr: ExtensionCall, parameters: number, isMethod: boolean): Problem {
  const receiver = isMethod ? 1 : 0;
  const expected = parameters - receiver;
  const found = expr.args.length - receiver;
  return {
    kind: 'WrongNumberArguments',
    message: `\`${expr.name}\` takes ${expected} ${expected === 1 ? 'argument' : 'arguments'}, found ${found}`,
    span: expr.span,
    data: { expected, found },
  };
}

/** A constructor does not accept its string. */
export function refusedArgument(expr: ExtensionCall, text: string, { message, help }: ExtensionFailure): Problem {
  return {
    kind: 'FunctionArgumentValidation',
    message: `\`${expr.name}\` cannot read ${quoteText(text)}: ${message}`,
    span: expr.span,
    help,
  };
}

/** A constructor gets an argument that is not written out. */
export function computedArgument(expr: ExtensionCall): Problem {
  return {
    kind: 'NonLitExtConstructor',
    message: `\`${expr.name}\` takes a string literal and nothing else`,
    span: expr.span,
    help: 'give the entity or the context an attribute of the extension type instead of a string',
  };
}

/** What the official engine calls a broken invariant: tags of a value that partial evaluation does not know. */
export function brokenInvariant(expr: Expr): Problem {
  return {
    kind: 'InternalInvariantViolation',
    message: 'nothing is known of this value, so its tags cannot be typed',
    span: expr.span,
  };
}

function quoteName(name: string): string {
  return `\`${name}\``;
}

/** `a`, `a or b`, `a, b or c`. */
function listOf(words: readonly string[], conjunction: 'and' | 'or'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
