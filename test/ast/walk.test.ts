import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expr } from '../../src/ast/expression.js';
import { printExpression } from '../../src/ast/print-expression.js';
import { childrenOf, foldExpression, walkExpression } from '../../src/ast/walk.js';
import { arbitraryExpression } from '../support/arbitrary-expression.js';
import { parsed } from './syntax.js';

/** The kind of every expression that a walk meets. */
function visited(expr: Expr, skip?: Expr['kind']): readonly string[] {
  const kinds: string[] = [];
  walkExpression(expr, (inner) => {
    kinds.push(inner.kind);
    return inner.kind === skip ? false : undefined;
  });
  return kinds;
}

describe('the children of an expression', () => {
  it.each<readonly [string, readonly string[]]>([
    ['true', []],
    ['!a.b', ['a.b']],
    ['1 - 2 + 3', ['1', '2', '3']],
    ['1 && 2 && 3', ['1', '2', '3']],
    ['1 < 2', ['1', '2']],
    ['if 1 then 2 else 3', ['1', '2', '3']],
    ['(1).a', ['1']],
    ['(1) has a.b', ['1']],
    ['1 like "*"', ['1']],
    ['1 is T', ['1']],
    ['1 is T in 2', ['1', '2']],
    ['[1, 2]', ['1', '2']],
    ['{b: 1, a: 2}', ['1', '2']],
    ['1.isInRange(2)', ['1', '2']],
    ['1.contains(2)', ['1', '2']],
    ['ip(1)', ['1']],
  ])('of %s are %j', (text, children) => {
    const expr = parsed(text.replaceAll('a.b', 'context.b'));
    expect(childrenOf(expr).map((child) => printExpression(child))).toEqual(
      children.map((child) => child.replaceAll('a.b', 'context.b')),
    );
  });
});

describe('a walk', () => {
  it('meets outer before inner and left before right', () => {
    expect(visited(parsed('if principal == 1 then [2, "a"] else !context.b'))).toEqual([
      'if',
      'binary',
      'variable',
      'long',
      'set',
      'long',
      'string',
      'unary',
      'access',
      'variable',
    ]);
  });

  it('leaves out what is inside an expression for which the visit says so', () => {
    expect(visited(parsed('[1, {a: 2}, 3]'), 'record')).toEqual(['set', 'long', 'record', 'long']);
  });

  it('needs no stack', () => {
    let expr: Expr = { kind: 'variable', name: 'context', span: undefined };
    for (let i = 0; i < 200_000; i++) expr = { kind: 'access', object: expr, attribute: 'a', span: undefined };
    expect(visited(expr)).toHaveLength(200_001);
    expect(foldExpression<number>(expr, (_, [inner = 0]) => inner + 1)).toBe(200_001);
  });
});

describe('a fold', () => {
  it('gives every expression the results of its children in their order', () => {
    const texts = foldExpression<string>(parsed('if 1 then [2, 3, [4]] else -(5)'), (expr, children) =>
      expr.kind === 'long' ? String(expr.value) : `${expr.kind}(${children.join(' ')})`,
    );
    expect(texts).toBe('if(1 set(2 3 set(4)) unary(5))');
  });

  it('counts what a walk meets', () => {
    fc.assert(
      fc.property(arbitraryExpression(), (expr) => {
        const count = foldExpression<number>(expr, (_, children) => 1 + children.reduce((sum, each) => sum + each, 0));
        expect(count).toBe(visited(expr).length);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
