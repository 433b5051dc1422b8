import type { Chain, Expr } from '../ast/expression.js';
import { compareCodePoints } from '../text/code-point-order.js';

/**
 * Tells which expressions of a policy are written alike: they have the same shape, a number. Positions, parentheses and
 * the way a text is escaped do not count, and `a != b` is `!(a == b)`. Each expression is looked at once.
 */
export class Shapes {
  private readonly shapes = new Map<string, number>();
  private readonly known = new Map<Expr, number>();

  /** Key of the capability that an expression has an attribute. */
  attribute(object: Expr, name: string): string {
    return attributeKey(this.of(object), name);
  }

  /** Key of the capability that an expression has a tag. */
  tag(object: Expr, key: Expr): string {
    return `${this.of(object)}#${this.of(key)}`;
  }

  /** Keys of the capabilities of each part of `object has a.b.c`. */
  path(object: Expr, path: readonly string[]): readonly string[] {
    let shape = this.of(object);
    return path.map((name) => {
      const key = attributeKey(shape, name);
      shape = this.shape(accessText(shape, name));
      return key;
    });
  }

  private of(expr: Expr): number {
    let shape = this.known.get(expr);
    if (shape === undefined) {
      shape = this.shape(this.text(expr));
      this.known.set(expr, shape);
    }
    return shape;
  }

  private shape(text: string): number {
    const known = this.shapes.get(text);
    if (known !== undefined) return known;
    const shape = this.shapes.size;
    this.shapes.set(text, shape);
    return shape;
  }

  private text(expr: Expr): string {
    switch (expr.kind) {
      case 'boolean':
      case 'long':
      case 'string':
        return `${expr.kind} ${expr.value}`;
      case 'entity':
        return `entity ${expr.uid.type} ${expr.uid.id}`;
      case 'variable':
        return expr.name;
      case 'unary':
        return `${expr.op} ${this.of(expr.operand)}`;
      case 'binary':
        return this.binaryText(expr);
      case 'chain':
        return this.chainText(expr);
      case 'arithmetic':
        return `arithmetic ${this.of(expr.first)}${expr.steps.map(({ op, operand }) => `${op}${this.of(operand)}`).join('')}`;
      case 'if':
        return `if ${this.of(expr.test)} ${this.of(expr.then)} ${this.of(expr.else)}`;
      case 'access':
        return accessText(this.of(expr.object), expr.attribute);
      case 'has':
        return `has ${this.of(expr.object)} ${JSON.stringify(expr.path)}`;
      case 'like':
        return `like ${this.of(expr.operand)} ${JSON.stringify(expr.pattern)}`;
      case 'is':
        return expr.in === undefined ? this.isText(expr) : `&& ${this.isInShapes(expr, expr.in).join(' ')}`;
      case 'set':
        return `set ${this.all(expr.elements).join(' ')}`;
      case 'record':
        return `record ${[...expr.entries]
          .sort((a, b) => compareCodePoints(a.key, b.key))
          .map(({ key, value }) => `${JSON.stringify(key)}${this.of(value)}`)
          .join('')}`;
      case 'call':
        return `call ${expr.name} ${this.all(expr.args).join(' ')}`;
    }
  }

  private all(exprs: readonly Expr[]): readonly number[] {
    return exprs.map((expr) => this.of(expr));
  }

  private binaryText({ op, left, right }: Expr & { readonly kind: 'binary' }): string {
    const operands = `${this.of(left)} ${this.of(right)}`;
    switch (op) {
      case '!=':
        return `! ${this.shape(`== ${operands}`)}`;
      case '>':
        return `! ${this.shape(`<= ${operands}`)}`;
      case '>=':
        return `! ${this.shape(`< ${operands}`)}`;
      default:
        return `${op} ${operands}`;
    }
  }

  /** `x is T in e && b` is the same as `x is T && x in e && b`. */
  private chainText({ op, operands }: Chain): string {
    const [first, ...rest] = operands;
    const start =
      op === '&&' && first.kind === 'is' && first.in !== undefined
        ? this.isInShapes(first, first.in)
        : [this.of(first)];
    return `${op} ${start.join(' ')} ${this.all(rest).join(' ')}`;
  }

  private isText(expr: Expr & { readonly kind: 'is' }): string {
    return `is ${this.of(expr.operand)} ${expr.entityType}`;
  }

  private isInShapes(expr: Expr & { readonly kind: 'is' }, ancestor: Expr): readonly number[] {
    return [this.shape(this.isText(expr)), this.shape(`in ${this.of(expr.operand)} ${this.of(ancestor)}`)];
  }
}

function attributeKey(shape: number, name: string): string {
  return `${shape}.${name}`;
}

function accessText(object: number, name: string): string {
  return `. ${object} ${name}`;
}
