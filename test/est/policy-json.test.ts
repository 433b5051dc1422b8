import { describe, expect, it } from 'vitest';
import { type Expr, MAX_NESTING } from '../../src/ast/expression.js';
import type { Policy } from '../../src/ast/policy.js';
import { printPolicy } from '../../src/ast/print-policy.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { expressionToJson } from '../../src/est/expression-to-json.js';
import { policyFromJson, templateFromJson } from '../../src/est/policy-from-json.js';
import { policyToJson } from '../../src/est/policy-to-json.js';
import { compileExpression } from '../../src/evaluator/compile-expression.js';
import type { JsonObject, JsonValue } from '../../src/json/json-value.js';
import { printJson } from '../../src/json/print-json.js';
import { parsePolicy } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { officialJson, readJson } from './official.js';

const ALL = { op: 'All' };
const PRINCIPAL = { Var: 'principal' };

function policyJson(changes: JsonObject = {}): JsonObject {
  return { effect: 'permit', principal: ALL, action: ALL, resource: ALL, conditions: [], ...changes };
}

function when(body: JsonValue): JsonObject {
  return policyJson({ conditions: [{ kind: 'when', body }] });
}

function parsed(text: string): Policy {
  const policy = parsePolicy(createSource(text), 'policy0');
  if (!policy.ok) throw new Error(policy.diagnostics[0]?.message);
  return policy.value;
}

function read(json: JsonValue): Policy {
  const policy = policyFromJson(json, 'policy0');
  if (!policy.ok) throw new Error(JSON.stringify(policy.diagnostics));
  return policy.value;
}

function bodyOf(policy: Policy): Expr {
  const [condition] = policy.conditions;
  if (condition === undefined) throw new Error('expected a condition');
  return condition.body;
}

function problems(
  json: JsonValue,
  reader = policyFromJson,
): readonly (readonly [string, string, string | undefined])[] {
  const policy = reader(json, 'policy0');
  expect(policy.ok).toBe(false);
  return policy.diagnostics.map((d: Diagnostic) => [d.code, d.pointer ?? 'nowhere', d.help]);
}

function places(json: JsonValue, reader = policyFromJson): readonly string[] {
  return problems(json, reader).map(([code, pointer]) => `${code} ${pointer}`);
}

describe('the JSON of a policy text', () => {
  it.each([
    'permit(principal, action, resource);',
    '@b("x") @a @c("") forbid(principal == A::B::"x", action == Action::"a", resource in R::"\\n");',
    'permit(principal is A::B, action in Action::"a", resource is R in A::"b");',
    'permit(principal, action in [Action::"a", N::Action::"b"], resource);',
    'permit(principal, action in [Action::"a"], resource);',
    'permit(principal, action in [], resource);',
    'permit(principal, action, resource) when { 1 + 2 - 3 + 4 * 5 * -6 - -(7) == 0 } unless { true || false || true && false };',
    'permit(principal, action, resource) when { principal has a.b.c && !(principal has "x y") && principal["if"] != principal.x };',
    'permit(principal, action, resource) when { "a" like "a*\\*é\\u{301}*" && principal is A::B in [A::"x"] };',
    'permit(principal, action, resource) when { if {b: 1, "a": [], é: 2}.b > 1 then 1 >= 2 else [1].containsAny([-1]) };'.replace(
      'é',
      '"é"',
    ),
    'permit(principal, action, resource) when { ip("::1").isInRange(ip("::/0")) && decimal("1.0").lessThan() && [].isEmpty() };',
    'permit(principal, action, resource) when { principal.hasTag("a") && principal.getTag("a") == context["__proto__"] };',
  ])('is that of the official engine: %s', (text) => {
    expect(printJson(policyToJson(parsed(text)))).toBe(officialJson(text, 'policy'));
  });

  it.each([
    'permit(principal == ?principal, action, resource in ?resource);',
    'permit(principal is A in ?principal, action, resource);',
  ])('is that of the official engine for a template: %s', (text) => {
    expect(printJson(policyToJson(parsed(text)))).toBe(officialJson(text, 'template'));
  });

  it('has exact 64-bit integers', () => {
    const json = printJson(
      policyToJson(parsed('permit(principal, action, resource) when { 9223372036854775807 == -9223372036854775808 };')),
    );
    expect(json).toContain('{"==":{"left":{"Value":9223372036854775807},"right":{"Value":-9223372036854775808}}}');
    expect(printPolicy(read(readJson(json)))).toContain('{ 9223372036854775807 == (-9223372036854775808) }');
  });
});

describe('policy JSON as people write it', () => {
  it('may name entities with or without __entity, and hold more than is needed in places', () => {
    const uid = { type: 'User', id: 'alice', since: 1 };
    const json = policyJson({
      principal: { op: '==', entity: uid, slot: '?principal' },
      action: { op: 'all', because: null },
      resource: { op: 'in', entity: { __entity: uid }, note: [] },
    });
    expect(printPolicy(read(json))).toBe('permit(principal == User::"alice", action, resource in User::"alice");');
  });

  it('may give null for the missing entity of `is .. in`', () => {
    const json = policyJson({
      principal: { op: 'is', entity_type: 'A', in: null },
      conditions: [{ kind: 'when', body: { is: { left: PRINCIPAL, entity_type: 'A', in: null } } }],
    });
    expect(printPolicy(read(json))).toBe('permit(principal is A, action, resource) when { principal is A };');
  });

  it('may write an attribute path as a list', () => {
    const has = (attr: JsonValue) => bodyOf(read(when({ has: { left: PRINCIPAL, attr } })));
    expect(has(['a'])).toEqual(has('a'));
    expect(has(['a', 'b c'])).toMatchObject({ kind: 'has', path: ['a', 'b c'] });
  });

  it('may put several characters and stars into one literal of a pattern', () => {
    const pattern = (elements: readonly JsonValue[]) =>
      bodyOf(read(when({ like: { left: PRINCIPAL, pattern: elements } })));
    expect(pattern([{ Literal: 'a*' }, { Literal: 'b' }, 'Wildcard', 'Wildcard'])).toMatchObject({
      pattern: ['a*b', '', ''],
    });
    expect(pattern([])).toMatchObject({ pattern: [''] });
    expect(pattern(['Wildcard'])).toMatchObject({ pattern: ['', ''] });
  });

  it('keeps its slots, in the order principal, resource', () => {
    const json = policyJson({
      principal: { op: 'in', slot: '?principal' },
      resource: { op: 'is', entity_type: 'A', in: { slot: '?resource' } },
    });
    const template = templateFromJson(json, 't');
    expect(template).toMatchObject({
      ok: true,
      value: { id: 't', slots: ['?principal', '?resource'], source: undefined },
    });
  });

  it('takes keys that every object inherits as names like any other', () => {
    const record = readJson('{"__proto__":{"Value":1},"constructor":{"Value":2}}');
    const body = bodyOf(read(when({ Record: record })));
    expect(body).toMatchObject({ kind: 'record', entries: [{ key: '__proto__' }, { key: 'constructor' }] });
    expect(Object.keys(expressionToJson(body).Record ?? {})).toEqual(['__proto__', 'constructor']);
    expect(places(when({ constructor: [] }))).toEqual(['policy-json-unknown-operator /conditions/0/body/constructor']);
    expect(places(when({ '!': readJson('{"__proto__":{"Value":true}}') }))).toEqual([
      'policy-json-unknown-field /conditions/0/body/!/__proto__',
      'policy-json-missing-field /conditions/0/body/!',
    ]);
  });

  it('warns of a function name under __extn that does not exist, and errs when such a call is evaluated', () => {
    const result = policyFromJson(when({ Value: { __extn: { fn: 'decimla', arg: '1.0' } } }), 'policy0');
    expect(result).toMatchObject({
      ok: true,
      diagnostics: [
        {
          code: 'unknown-extension-function',
          severity: 'warning',
          pointer: '/conditions/0/body/Value/__extn/fn',
          help: 'did you mean "decimal"?',
        },
      ],
    });
    if (!result.ok) return;
    const evaluate = compileExpression(bodyOf(result.value));
    const user = { kind: 'entity', type: 'User', id: 'a' } as const;
    expect(() =>
      evaluate({
        principal: user,
        action: user,
        resource: user,
        context: { kind: 'record', fields: new Map() },
        entities: NO_ENTITIES,
      }),
    ).toThrow(
      expect.objectContaining({
        kind: 'FailedExtensionFunctionLookup',
        message: 'extension function `decimla` does not exist',
      }),
    );
  });
});

const NO_ENTITIES = {
  size: 0,
  find: () => undefined,
  isIn: () => false,
  ancestors: () => [],
  entities: () => [].values(),
};

describe('what is wrong with policy JSON', () => {
  it.each<readonly [string, JsonValue, readonly (readonly [string, string, string?])[]]>([
    ['no object', [], [['policy-json-type', '']]],
    [
      'a misspelt field',
      (({ effect, ...rest }) => ({ efect: effect ?? null, ...rest }))(policyJson()),
      [['policy-json-unknown-field', '/efect', 'did you mean "effect"?']],
    ],
    [
      'an id',
      policyJson({ id: 'x' }),
      [
        [
          'policy-json-unknown-field',
          '/id',
          'it has "effect", "principal", "action", "resource", "conditions" or "annotations"',
        ],
      ],
    ],
    [
      'an unknown effect',
      policyJson({ effect: 'Permit' }),
      [['policy-json-unknown-word', '/effect', 'did you mean "permit"?']],
    ],
    [
      'an unknown scope operator',
      policyJson({ principal: { op: '=' } }),
      [['policy-json-unknown-word', '/principal/op', 'did you mean "=="?']],
    ],
    [
      'a misspelt entity',
      policyJson({ principal: { op: '==', entty: 1 } }),
      [['policy-json-unknown-field', '/principal/entty', 'did you mean "entity"?']],
    ],
    [
      'an entity as text',
      policyJson({ principal: { op: 'in', entity: 'User::"a"' } }),
      [['policy-json-entity', '/principal/entity', 'write an entity as {"type": "User", "id": "alice"}']],
    ],
    [
      'a bad type name',
      policyJson({ principal: { op: 'in', entity: { type: 'A :: B', id: 'a' } } }),
      [['policy-json-type-name', '/principal/entity/type']],
    ],
    [
      'the wrong slot',
      policyJson({ principal: { op: 'in', slot: '?resource' } }),
      [['policy-json-slot', '/principal/slot', 'the slot for principal is "?principal"']],
    ],
    [
      'an old field name',
      policyJson({ resource: { op: 'is', entityType: 'A' } }),
      [['policy-json-unknown-field', '/resource/entityType', 'did you mean "entity_type"?']],
    ],
    [
      'no action',
      policyJson({ action: { op: '==', entity: { type: 'User', id: 'a' } } }),
      [['policy-json-action-type', '/action/entity']],
    ],
    ['an action slot', policyJson({ action: { op: '==', slot: '?action' } }), [['policy-json-slot', '/action/slot']]],
    [
      'a bad annotation key',
      policyJson({ annotations: { 'a b': 'x' } }),
      [['policy-json-annotation-key', '/annotations/a b']],
    ],
    ['no annotations', policyJson({ annotations: null }), [['policy-json-type', '/annotations']]],
    [
      'a misspelt operator',
      when({ isEmty: { arg: PRINCIPAL } }),
      [['policy-json-unknown-operator', '/conditions/0/body/isEmty', 'did you mean "isEmpty"?']],
    ],
    [
      'a misspelt function',
      when({ isIPv4: [] }),
      [['policy-json-unknown-operator', '/conditions/0/body/isIPv4', 'did you mean "isIpv4"?']],
    ],
    [
      'a bare constant',
      when({ '!': { arg: true } }),
      [['policy-json-type', '/conditions/0/body/!/arg', 'write the constant as {"Value": true}']],
    ],
    ['two operators', when({ Var: 'principal', Value: 1 }), [['policy-json-operator-count', '/conditions/0/body']]],
    ['no operator', when({}), [['policy-json-operator-count', '/conditions/0/body']]],
    [
      'an unknown variable',
      when({ Var: 'principle' }),
      [['policy-json-unknown-word', '/conditions/0/body/Var', 'did you mean "principal"?']],
    ],
    ['a slot in a condition', when({ Slot: '?principal' }), [['slot-in-condition', '/conditions/0/body/Slot']]],
    ['null', when({ Value: [null] }), [['policy-json-null', '/conditions/0/body/Value/0']]],
    ['a fraction', when({ Value: { a: readJson('1.0') } }), [['policy-json-number', '/conditions/0/body/Value/a']]],
    ['a large integer', when({ Value: 2n ** 63n }), [['policy-json-number', '/conditions/0/body/Value']]],
    [
      'a bad entity constant',
      when({ Value: { __entity: { type: 'if', id: '' } } }),
      [['policy-json-type-name', '/conditions/0/body/Value/__entity/type']],
    ],
    [
      'an old escape',
      when({ Value: { __expr: '1' } }),
      [['policy-json-expr-escape', '/conditions/0/body/Value/__expr']],
    ],
    [
      'a pattern as text',
      when({ like: { left: PRINCIPAL, pattern: 'a*' } }),
      [['policy-json-type', '/conditions/0/body/like/pattern']],
    ],
    [
      'a bad pattern',
      when({ like: { left: PRINCIPAL, pattern: ['*'] } }),
      [['policy-json-pattern', '/conditions/0/body/like/pattern/0']],
    ],
    [
      'an empty path',
      when({ has: { left: PRINCIPAL, attr: [] } }),
      [['policy-json-type', '/conditions/0/body/has/attr']],
    ],
    ['a template', policyJson({ principal: { op: '==', slot: '?principal' } }), [['expected-static-policy', '']]],
  ])('%s is reported with its place', (_name, json, expected) => {
    const found = problems(json);
    expect(found.map(([code, pointer]) => [code, pointer])).toEqual(expected.map(([code, pointer]) => [code, pointer]));
    for (const [i, [, , help]] of expected.entries()) if (help !== undefined) expect(found[i]?.[2]).toBe(help);
  });

  it('a template without a slot is none', () => {
    expect(places(policyJson(), templateFromJson)).toEqual(['expected-template ']);
  });

  it('everything is reported at once, in the order of the policy', () => {
    const json = policyJson({
      effect: 1,
      principal: { op: 'is' },
      action: { op: 'in', entities: [{ type: 'Action', id: 'a' }, 1, { type: 'User', id: 'x' }] },
      conditions: [{ kind: 'if', body: { '==': { left: { Var: 'x' }, right: { Nope: 1 }, rigth: 1 } } }, 3],
    });
    expect(places(json)).toEqual([
      'policy-json-type /effect',
      'policy-json-missing-field /principal',
      'policy-json-entity /action/entities/1',
      'policy-json-action-type /action/entities/2',
      'policy-json-unknown-word /conditions/0/kind',
      'policy-json-unknown-field /conditions/0/body/==/rigth',
      'policy-json-unknown-word /conditions/0/body/==/left/Var',
      'policy-json-unknown-operator /conditions/0/body/==/right/Nope',
      'policy-json-type /conditions/1',
    ]);
  });

  it('no more than a hundred problems are listed', () => {
    const many = policyJson({ conditions: Array.from({ length: 1000 }, () => 0) });
    expect(problems(many)).toHaveLength(100);
  });
});

describe('large policy JSON', () => {
  const LENGTH = 100_000;

  function leftNested(operator: string, right: JsonValue): JsonObject {
    let json: JsonObject = { Value: 0 };
    for (let i = 0; i < LENGTH; i++) json = { [operator]: { left: json, right } };
    return json;
  }

  it.each(['&&', '||', '+', '-', '*'])(
    'nested to the left by `%s` 100,000 times becomes one chain and comes back',
    (operator) => {
      const body = bodyOf(read(when(leftNested(operator, { Value: 1 }))));
      if (body.kind === 'chain') expect(body.operands).toHaveLength(LENGTH + 1);
      else expect(body).toMatchObject({ kind: 'arithmetic', steps: { length: LENGTH } });
      let left: JsonValue = expressionToJson(body);
      let depth = 0;
      for (; (left as JsonObject)[operator] !== undefined; depth++)
        left = ((left as JsonObject)[operator] as JsonObject).left ?? null;
      expect([depth, left]).toEqual([LENGTH, { Value: 0 }]);
      expect(
        printPolicy({
          ...parsed('permit(principal, action, resource);'),
          conditions: [{ kind: 'when', body, span: undefined }],
        }),
      ).toHaveLength('permit(principal, action, resource) when { 0 };'.length + LENGTH * (operator.length + 3));
    },
  );

  it('nested otherwise is refused beyond the limit, however deep', () => {
    const nested = (depth: number, wrap: (inner: JsonObject) => JsonObject): JsonObject => {
      let json: JsonObject = PRINCIPAL;
      for (let i = 0; i < depth; i++) json = wrap(json);
      return when(json);
    };
    const set = (inner: JsonObject): JsonObject => ({ Set: [inner] });
    expect(policyFromJson(nested(MAX_NESTING, set), 'x').ok).toBe(true);
    expect(places(nested(MAX_NESTING + 1, set))).toEqual(['nesting-too-deep /conditions/0/body']);
    for (const wrap of [
      set,
      (inner: JsonObject): JsonObject => ({ '&&': { left: PRINCIPAL, right: inner } }),
      (inner: JsonObject): JsonObject => ({ '.': { left: inner, attr: 'a' } }),
    ]) {
      expect(places(nested(LENGTH, wrap))).toEqual(['nesting-too-deep /conditions/0/body']);
    }
    let constant: JsonValue = 1;
    for (let i = 0; i < LENGTH; i++) constant = [constant];
    expect(places(when({ Value: constant }))).toEqual(['nesting-too-deep /conditions/0/body']);
  });
});
