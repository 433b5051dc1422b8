import { EmbeddedActionsParser } from 'chevrotain';
import { describe, expect, it, vi } from 'vitest';
import type { Expr } from '../../src/ast/expression.js';
import { parseExpression, parsePolicies, parsePolicy } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';

function expression(text: string): Expr {
  const result = parseExpression(createSource(text));
  if (!result.ok) throw new Error(`${text}: ${result.diagnostics.map((d) => d.message).join(', ')}`);
  return result.value;
}

/** A tree as nested lists: short to write, and without spans. */
function shape(expr: Expr): unknown {
  switch (expr.kind) {
    case 'boolean':
    case 'long':
      return expr.value;
    case 'string':
      return JSON.stringify(expr.value);
    case 'entity':
      return `${expr.uid.type}::${JSON.stringify(expr.uid.id)}`;
    case 'variable':
      return expr.name;
    case 'unary':
      return [expr.op, shape(expr.operand)];
    case 'binary':
      return [shape(expr.left), expr.op, shape(expr.right)];
    case 'chain':
      return expr.operands.flatMap((each, index) => (index === 0 ? [shape(each)] : [expr.op, shape(each)]));
    case 'arithmetic':
      return [shape(expr.first), ...expr.steps.flatMap((step) => [step.op, shape(step.operand)])];
    case 'if':
      return ['if', shape(expr.test), shape(expr.then), shape(expr.else)];
    case 'access':
      return [shape(expr.object), '.', expr.attribute];
    case 'has':
      return [shape(expr.object), 'has', ...expr.path];
    case 'like':
      return [shape(expr.operand), 'like', expr.pattern];
    case 'is':
      return [shape(expr.operand), 'is', expr.entityType, ...(expr.in === undefined ? [] : ['in', shape(expr.in)])];
    case 'set':
      return ['set', ...expr.elements.map(shape)];
    case 'record':
      return ['record', ...expr.entries.map(({ key, value }) => [key, shape(value)])];
    case 'call':
      return [expr.name, ...expr.args.map(shape)];
  }
}

describe('the tree of an expression', () => {
  it.each<[string, unknown]>([
    ['1 + 2 - 3', [1, '+', 2, '-', 3]],
    ['1 + 2 * 3 - 4 * 5', [1, '+', [2, '*', 3], '-', [4, '*', 5]]],
    ['(1 + 2) - 3', [1, '+', 2, '-', 3]],
    ['((1 + 2)) - (3)', [1, '+', 2, '-', 3]],
    ['1 + (2 - 3)', [1, '+', [2, '-', 3]]],
    ['(1 + 2) * 3', [[1, '+', 2], '*', 3]],
    ['(1 * 2) * 3 * 4', [1, '*', 2, '*', 3, '*', 4]],
    ['(1 * 2) + 3', [[1, '*', 2], '+', 3]],
    ['1 * (2 * 3)', [1, '*', [2, '*', 3]]],
    ['true && false && true', [true, '&&', false, '&&', true]],
    ['(true && false) && true', [true, '&&', false, '&&', true]],
    ['true && (false && true)', [true, '&&', [false, '&&', true]]],
    ['true || false && true || false', [true, '||', [false, '&&', true], '||', false]],
    ['(true || false) && true', [[true, '||', false], '&&', true]],
    ['(true || false) || (true || false)', [true, '||', false, '||', [true, '||', false]]],
    ['1 < 2 && 3 >= 4 || 5 != 6', [[[1, '<', 2], '&&', [3, '>=', 4]], '||', [5, '!=', 6]]],
    ['1 + 2 == 3 * 4', [[1, '+', 2], '==', [3, '*', 4]]],
    ['(1 == 2) == true', [[1, '==', 2], '==', true]],
    ['!true == false', [['!', true], '==', false]],
    ['!!true', ['!', ['!', true]]],
    ['!principal.a', ['!', ['principal', '.', 'a']]],
    ['if true then 1 else if false then 2 else 3 + 4', ['if', true, 1, ['if', false, 2, [3, '+', 4]]]],
    ['(if true then 1 else 2) + 3', [['if', true, 1, 2], '+', 3]],
    ['principal.a["b c"].d', [[['principal', '.', 'a'], '.', 'b c'], '.', 'd']],
    ['context.a.contains(1)', [['context', '.', 'a'], 'contains', 1]],
    ['[].isEmpty()', ['isEmpty', ['set']]],
    ['principal.getTag("a").hasTag("b")', [['principal', 'getTag', '"a"'], 'hasTag', '"b"']],
    ['ip("1.1.1.1").isInRange(ip("1.0.0.0/8"))', ['isInRange', ['ip', '"1.1.1.1"'], ['ip', '"1.0.0.0/8"']]],
    ['decimal()', ['decimal']],
    ['unknown("x")', ['unknown', '"x"']],
    ['[1, [2, 3,], {a: {}},]', ['set', 1, ['set', 2, 3], ['record', ['a', ['record']]]]],
    ['{"a b": 1, permit: 2}', ['record', ['a b', 1], ['permit', 2]]],
    ['principal has a.b.c', ['principal', 'has', 'a', 'b', 'c']],
    ['principal has "a.b"', ['principal', 'has', 'a.b']],
    ['principal.a has b || context has c', [[['principal', '.', 'a'], 'has', 'b'], '||', ['context', 'has', 'c']]],
    ['"a" like "*"', ['"a"', 'like', ['', '']]],
    ['"a" like "a\\*b*c\\u{2a}\\x2a"', ['"a"', 'like', ['a*b', 'c', '', '']]],
    ['principal is A::B', ['principal', 'is', 'A::B']],
    ['principal is A in resource.b + 1', ['principal', 'is', 'A', 'in', [['resource', '.', 'b'], '+', 1]]],
    ['1 + 2 is A && true', [[[1, '+', 2], 'is', 'A'], '&&', true]],
    ['A :: B // c\n :: "x\\n"', 'A::B::"x\\n"'],
    ['principal::"a" == action', ['principal::"a"', '==', 'action']],
    ['"\\0\\t\\u{1F600}\\\'"', JSON.stringify("\0\t\u{1f600}'")],
    ['"a\nb"', '"a\\nb"'],
  ])('%s', (text, expected) => {
    expect(shape(expression(text))).toEqual(expected);
  });
});

describe('an integer literal', () => {
  it.each<[string, unknown]>([
    ['0', 0],
    ['-0', 0],
    ['007', 7],
    ['00000000000000000000000000012', 12],
    ['-5', -5],
    ['- 5', -5],
    ['--5', ['neg', -5]],
    ['----5', ['neg', ['neg', ['neg', -5]]]],
    ['-(5)', ['neg', 5]],
    ['-5.a', ['neg', [5, '.', 'a']]],
    ['1-1', [1, '-', 1]],
    ['1--1', [1, '-', -1]],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['--9223372036854775808', ['neg', -9223372036854775808n]],
    ['-9007199254740991', -9007199254740991],
  ])('%s', (text, expected) => {
    const value = shape(expression(text));
    expect(value).toEqual(expected);
    expect(Object.is(value, -0)).toBe(false);
  });
});

/** What the span of every node covers, the tree walked from the outside and from left to right. */
function spans(text: string): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const { span, ...rest } = value as { span?: { start: number; end: number } };
      if (span !== undefined) found.push(text.slice(span.start, span.end));
      visit(Object.values(rest));
    }
  };
  visit(expression(text));
  return found;
}

describe('the span of a node', () => {
  it.each<[string, readonly string[]]>([
    ['((1))', ['1']],
    [' (1 + (2)) ', ['1 + (2)', '1', '2']],
    ['(1) + 2 * (3)', ['(1) + 2 * (3)', '1', '2 * (3)', '2', '3']],
    ['(true && false) && true', ['(true && false) && true', 'true', 'false', 'true']],
    // The place of a negative integer is that of its digits, as in the errors of the official engine.
    ['--1', ['--1', '1']],
    ['-(1)', ['-(1)', '1']],
    ['!!true', ['!!true', '!!true', 'true']],
    // Every access has the place of the whole chain, as in the errors of the official engine.
    ['(context).a["b"].c', ['(context).a["b"].c', '(context).a["b"].c', '(context).a["b"].c', 'context']],
    ['ip("x").isIpv4()', ['ip("x").isIpv4()', 'ip("x").isIpv4()', '"x"']],
    ['[1].contains( 1 )', ['[1].contains( 1 )', '[1]', '1', '1']],
    ['principal has a . b', ['principal has a . b', 'principal']],
    ['"a" like "b"', ['"a" like "b"', '"a"']],
    ['principal is A::B in (C::"d")', ['principal is A::B in (C::"d")', 'principal', 'C::"d"']],
    ['if true then (1) else (2)', ['if true then (1) else (2)', 'true', '1', '2']],
    ['{a: (1)}', ['{a: (1)}', '1']],
    ['A // c\n :: "x"', ['A // c\n :: "x"']],
  ])('%s', (text, expected) => {
    expect(spans(text)).toEqual(expected);
  });
});

function onlyPolicy(text: string) {
  const result = parsePolicy(createSource(text), 'p');
  if (!result.ok) throw new Error(result.diagnostics.map((d) => d.message).join(', '));
  return result.value;
}

describe('a policy', () => {
  const text =
    '  @a @b("x\\n") // c\n permit(principal is A::B in ?principal, action in [Action::"x"], resource) when { 1 } unless{ (2) } ; ';
  const policy = onlyPolicy(text);
  const at = (span: { start: number; end: number } | undefined): string => text.slice(span?.start, span?.end);

  it('has its annotations in their order, with null for one without a value', () => {
    expect(policy.annotations.map(({ key, value, span }) => [key, value, at(span)])).toEqual([
      ['a', null, '@a'],
      ['b', 'x\n', '@b("x\\n")'],
    ]);
  });

  it('has its scope', () => {
    expect(policy.principal).toEqual({
      kind: 'is',
      entityType: 'A::B',
      typeSpan: { start: text.indexOf('A::B'), end: text.indexOf('A::B') + 4 },
      in: { kind: 'slot', slot: '?principal', span: { start: text.indexOf('?p'), end: text.indexOf('?p') + 10 } },
    });
    expect(policy.action).toMatchObject({ kind: 'in-list', actions: [{ uid: { type: 'Action', id: 'x' } }] });
    expect(policy.resource).toEqual({ kind: 'any' });
    expect(policy.slots).toEqual(['?principal']);
  });

  it('has its conditions, each from the word to the brace', () => {
    expect(policy.conditions.map(({ kind, body, span }) => [kind, shape(body), at(span)])).toEqual([
      ['when', 1, 'when { 1 }'],
      ['unless', 2, 'unless{ (2) }'],
    ]);
  });

  it('reaches from the first annotation to the semicolon of its source', () => {
    expect(at(policy.span)).toBe(text.trim());
    expect(policy.source?.text).toBe(text);
    expect(policy.id).toBe('p');
  });

  it.each([
    ['permit(principal == A::"b", action == Action::"c", resource in D::"e");', 'equal', 'equal', 'in'],
    ['forbid(principal in (A::"b"), action in ((N::Action::"c")), resource == ((D::"e")),);', 'in', 'in', 'equal'],
    ['forbid(principal is A, action in ([(Action::"c"), Action::"d",]), resource is D);', 'is', 'in-list', 'is'],
    ['forbid(principal, action in [], resource);', 'any', 'in-list', 'any'],
  ])('%s', (source, principal, action, resource) => {
    const { effect, ...scope } = onlyPolicy(source);
    expect([effect, scope.principal.kind, scope.action.kind, scope.resource.kind]).toEqual([
      source.slice(0, 6),
      principal,
      action,
      resource,
    ]);
  });

  it('names the places of entities in its scope without the parentheses around them', () => {
    const source = 'permit(principal == ((A::"b")), action in [(Action::"c")], resource);';
    const { principal, action } = onlyPolicy(source);
    const place = principal.kind === 'equal' ? principal.entity.span : undefined;
    const inList = action.kind === 'in-list' ? action.actions[0]?.span : undefined;
    expect([source.slice(place?.start, place?.end), source.slice(inList?.start, inList?.end)]).toEqual([
      'A::"b"',
      'Action::"c"',
    ]);
  });
});

describe('a text with several policies', () => {
  it('numbers them by position, templates counted too, whatever their annotations say', () => {
    const text = [
      '@id("x") permit(principal, action, resource);',
      'permit(principal == ?principal, action, resource in ?resource);',
      'forbid(principal, action, resource);',
    ].join('\n');
    const result = parsePolicies(createSource(text));
    expect(result.ok && result.value.policies.map((p) => [p.id, p.effect])).toEqual([
      ['policy0', 'permit'],
      ['policy2', 'forbid'],
    ]);
    expect(result.ok && result.value.templates.map((p) => [p.id, p.slots])).toEqual([
      ['policy1', ['?principal', '?resource']],
    ]);
    expect(result.ok && result.value.links).toEqual([]);
  });

  it.each(['', ' \n\t', '// nothing', '// nothing\r\n// more\n'])('may be empty: %j', (text) => {
    expect(parsePolicies(createSource(text))).toEqual({
      ok: true,
      value: { policies: [], templates: [], links: [] },
      diagnostics: [],
    });
  });

  it('keeps names that JavaScript knows better', () => {
    const text =
      'permit(principal == __proto__::"constructor", action, resource) when { context.__proto__ has toString && {constructor: 1, "__proto__": 2} == {} };';
    const { principal, conditions } = onlyPolicy(`@hasOwnProperty("x") ${text}`);
    expect(principal).toMatchObject({ entity: { uid: { type: '__proto__', id: 'constructor' } } });
    expect(conditions.map((c) => shape(c.body))).toEqual([
      [
        [['context', '.', '__proto__'], 'has', 'toString'],
        '&&',
        [['record', ['constructor', 1], ['__proto__', 2]], '==', ['record']],
      ],
    ]);
  });
});

describe('the grammar', () => {
  it('is not built when the module is loaded, nor for valid texts, but once, for the first that is wrong', async () => {
    vi.resetModules();
    const prototype = EmbeddedActionsParser.prototype as unknown as { performSelfAnalysis: () => void };
    const analysis = vi.spyOn(prototype, 'performSelfAnalysis');
    const fresh = await import('../../src/parser/parse-policies.js');
    expect(analysis).toHaveBeenCalledTimes(0);
    fresh.parsePolicies(createSource(''));
    fresh.parseExpression(createSource('1'));
    fresh.parsePolicy(createSource(''), 'a');
    expect(analysis).toHaveBeenCalledTimes(0);
    fresh.parsePolicies(createSource('permit'));
    fresh.parseExpression(createSource('1 +'));
    fresh.parsePolicy(createSource('permit('), 'a');
    expect(analysis).toHaveBeenCalledTimes(1);
    analysis.mockRestore();
  });
});
