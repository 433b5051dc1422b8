import type { Access, Expr, Has } from '../ast/expression.js';
import { isIdentifier } from '../ast/names.js';
import { printEntityUid, quoteText } from '../values/print.js';
import { findAttribute } from './attributes.js';
import { type ExpressionType, entityNames } from './expression-type.js';
import { retype, type Typing } from './typing.js';

/** An attribute that an expression reads or asks for. */
export interface AttributeAccess {
  readonly expr: Access | Has;
  /** For `has a.b.c`, the parts before the attribute. */
  readonly path: readonly string[];
  readonly attribute: string;
  /** Type of what should have the attribute. */
  readonly type: ExpressionType;
}

/** How messages name an attribute: by the entity type or action that the schema declares it for, where there is one. */
export interface NamedAttribute {
  /** `the context of ..`, an entity type, or undefined for a record that no declaration names. */
  readonly owner: string | undefined;
  /** The attributes that lead from the owner to it, itself included. */
  readonly attributes: readonly string[];
}

/** Finds the entity or the context that an attribute stands in, through the records between them. */
export function nameAttribute(access: AttributeAccess, typing: Typing): NamedAttribute {
  const attributes = [access.attribute];
  const names = entityNames(access.type);
  if (names !== undefined) return { owner: quoteNames(names), attributes };
  const types = retype(access.expr.object, typing);
  const owners = pathTypes(types.get(access.expr.object), access.path, typing);
  for (let index = access.path.length - 1; index >= 0; index--) {
    attributes.unshift(access.path[index] ?? '');
    const owner = ownerOf(owners[index]);
    if (owner !== undefined) return { owner, attributes };
  }
  let object: Expr = access.expr.object;
  for (; object.kind === 'access'; object = object.object) {
    attributes.unshift(object.attribute);
    const owner = ownerOf(types.get(object.object));
    if (owner !== undefined) return { owner, attributes };
  }
  const isContext = object.kind === 'variable' && object.name === 'context';
  return { owner: isContext ? contextName(typing) : undefined, attributes };
}

function ownerOf(type: ExpressionType | undefined): string | undefined {
  const names = entityNames(type);
  return names && quoteNames(names);
}

function quoteNames(names: Iterable<string>): string {
  return Array.from(names, (name) => `\`${name}\``).join(' or ');
}

function contextName(typing: Typing): string {
  return `the context of \`${printEntityUid(typing.environment.action.uid)}\``;
}

/** Types of `object`, `object.a`, `object.a.b`, .. */
function pathTypes(
  objectType: ExpressionType | undefined,
  path: readonly string[],
  typing: Typing,
): readonly (ExpressionType | undefined)[] {
  let type = objectType;
  return path.map((name) => {
    const owner = type;
    type = type && findAttribute(type, name, typing.schema)?.type;
    return owner;
  });
}

/** Most attributes of an expression that is still written out in a proposal. */
const SHORT = 6;

/** An expression as a proposal writes it; `..` when it is long. */
export function shortText(expr: Expr): string {
  const attributes: string[] = [];
  let object = expr;
  for (; object.kind === 'access' && attributes.length < SHORT; object = object.object)
    attributes.unshift(object.attribute);
  const root =
    object.kind === 'variable' ? object.name : object.kind === 'entity' ? printEntityUid(object.uid) : undefined;
  return root === undefined ? '..' : root + attributes.map(printAttribute).join('');
}

function printAttribute(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quoteText(name)}]`;
}

/** Attributes as messages write them: `a.b`. */
export function printAttributes(names: readonly string[]): string {
  return names.map((name) => (isIdentifier(name) ? name : quoteText(name))).join('.');
}
