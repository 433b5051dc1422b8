import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFromJavaScript, type OtherwiseReader } from '../../src/json/from-javascript.js';
import { JsonFraction, type JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { printJson } from '../../src/json/print-json.js';
import { createSource } from '../../src/text/source.js';

function problems(value: unknown): readonly string[] {
  const result = jsonFromJavaScript(value);
  return result.ok ? [] : result.diagnostics.map((d) => `${d.pointer} ${d.code}`);
}

function copied(value: unknown): JsonValue {
  const result = jsonFromJavaScript(value);
  if (!result.ok) throw new Error(problems(value).join());
  return result.value;
}

const throwing = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error('no');
    },
  },
);
const throwingPrototype = new Proxy(
  {},
  {
    getPrototypeOf: () => {
      throw new Error('no');
    },
  },
);
const throwingGet = new Proxy(
  { a: 1 },
  {
    get: () => {
      throw new Error('no');
    },
  },
);
const revoked = (() => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
})();
const cycle = { list: [] as unknown[] };
cycle.list = [cycle];

describe('jsonFromJavaScript', () => {
  it('copies plain data, with bigints of any size', () => {
    const copy = copied({ a: [1, 'x', null, true, 10n ** 30n], ['__proto__']: 2 });
    expect(printJson(copy)).toBe('{"a":[1,"x",null,true,1000000000000000000000000000000],"__proto__":2}');
    expect(Object.getPrototypeOf(copy)).toBeNull();
  });

  it('takes as many characters as it is told, and says which value is one too many', () => {
    const value = { key: ['four', 10n ** 20n, 1, null] };
    expect(jsonFromJavaScript(value, { maxLength: 48 }).ok).toBe(true);
    const short = jsonFromJavaScript(value, { maxLength: 40 });
    expect(short.diagnostics.map(({ code, pointer }) => [code, pointer])).toEqual([['json-too-large', '/key/3']]);
    expect(jsonFromJavaScript('a'.repeat(41), { maxLength: 40 }).ok).toBe(false);
    expect(jsonFromJavaScript({ ['k'.repeat(41)]: 1 }, { maxLength: 40 }).ok).toBe(false);
    expect(jsonFromJavaScript(new Array(100), { maxLength: 40, leaveOutUndefined: true }).ok).toBe(false);
    expect(jsonFromJavaScript(1n << 3_000_000n, { maxLength: 2_000_000 }).diagnostics).toHaveLength(1);
  });

  it('reads what JSON cannot say as it is told', () => {
    const visited: object[] = [];
    const self: unknown[] = [];
    self.push(self, Number.NaN, new Date(0), 'a\ud800', undefined);
    const inner = { self };
    const otherwise: OtherwiseReader = {
      visit: (value) => visited.push(value),
      instead: (value, isCycle) => {
        if (isCycle) return { kind: 'value', value: 'again' };
        if (value instanceof Date) return { kind: 'members', of: inner };
        if (typeof value === 'string') return { kind: 'value', value: 'a?' };
        if (value === undefined) return { kind: 'unreadable', message: 'no', help: 'do not' };
        throw new Error('no');
      },
    };
    const { diagnostics } = jsonFromJavaScript(self, { otherwise });
    expect(diagnostics.map(({ pointer, message }) => [pointer, message])).toEqual([
      ['/1', 'this object cannot be read: reading it throws'],
      ['/4', 'no'],
    ]);
    expect(visited).toEqual([self, inner]);
    self.splice(1, 4, new Date(0), 'a\ud800');
    const read = jsonFromJavaScript(self, { otherwise });
    expect(read.ok && read.value).toEqual(['again', { self: 'again' }, 'a?']);
  });

  it('keeps the text of numbers that are no safe integers, and knows one zero', () => {
    expect(copied([1.5, 2 ** 53, 1e21, -0])).toEqual([
      new JsonFraction('1.5'),
      new JsonFraction('9007199254740992'),
      new JsonFraction('1e+21'),
      0,
    ]);
    expect(Object.is(copied(-0), 0)).toBe(true);
    expect(copied(new JsonFraction('1.0'))).toEqual(new JsonFraction('1.0'));
  });

  it('counts own enumerable members with string keys only', () => {
    const value = Object.create({ inherited: 1 }, {}) as object;
    expect(problems(value)).toEqual([' json-not-data']);
    const own = Object.defineProperty({ a: 1, [Symbol('s')]: 2 }, 'hidden', { value: 3, enumerable: false });
    expect(printJson(copied(own))).toBe('{"a":1}');
    expect(printJson(copied({ toJSON: null, a: 1 }))).toBe('{"toJSON":null,"a":1}');
  });

  it.each<[string, unknown, string]>([
    ['undefined', { a: undefined }, '/a json-not-data'],
    ['a function', { a: [() => 1] }, '/a/0 json-not-data'],
    ['a symbol', [Symbol('x')], '/0 json-not-data'],
    ['NaN', { 'a/b': Number.NaN }, '/a~1b json-not-data'],
    ['Infinity', Number.NEGATIVE_INFINITY, ' json-not-data'],
    ['a hole', Object.assign(new Array(2), { 0: 1 }), '/1 json-not-data'],
    ['a Date', { d: new Date(0) }, '/d json-not-data'],
    ['a Map', new Map([['a', 1]]), ' json-not-data'],
    ['a Set', new Set(), ' json-not-data'],
    [
      'a class instance',
      new (class Point {
        x = 1;
      })(),
      ' json-not-data',
    ],
    ['a boxed number', Object(1), ' json-not-data'],
    ['a cycle', cycle, '/list/0 json-cycle'],
    ['half a pair', ['\ud800'], '/0 json-lone-surrogate'],
    ['half a pair in a key', { '\udc00': 1 }, ' json-lone-surrogate'],
    [
      'a getter that throws',
      {
        get a(): number {
          throw new Error('no');
        },
      },
      '/a json-unreadable',
    ],
    ['a proxy that throws on keys', { a: throwing }, '/a json-unreadable'],
    ['a proxy that throws on its prototype', throwingPrototype, ' json-unreadable'],
    ['a proxy that throws on reading', throwingGet, '/a json-unreadable'],
    ['a revoked proxy', [revoked], '/0 json-unreadable'],
  ])('refuses %s', (_, value, problem) => {
    expect(problems(value)).toEqual([problem]);
  });

  it('reports all problems', () => {
    expect(problems({ a: undefined, b: [1, Number.NaN, { c: () => 0 }] })).toEqual([
      '/a json-not-data',
      '/b/1 json-not-data',
      '/b/2/c json-not-data',
    ]);
  });

  it('accepts the same object in two places', () => {
    const shared = { x: 1 };
    expect(printJson(copied([shared, shared]))).toBe('[{"x":1},{"x":1}]');
  });

  it('ends on what is endless', () => {
    let deep: unknown = [];
    for (let i = 0; i < 200_000; i++) deep = [deep];
    expect(problems(deep)).toEqual([`${'/0'.repeat(127)} json-too-deep`]);
    const long = new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 32 - 1 : undefined) });
    expect(problems(long)).toHaveLength(100);
    let twice: unknown = 1;
    for (let i = 0; i < 100; i++) twice = [twice, twice];
    expect(problems(twice).map((p) => p.split(' ')[1])).toEqual(['json-too-large']);
  });

  it('gives for parsed JSON what the text gives', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const read = parseJson(createSource(text));
        const direct = jsonFromJavaScript(JSON.parse(text));
        if (read.ok && direct.ok)
          expect(JSON.parse(printJson(direct.value))).toEqual(JSON.parse(printJson(read.value)));
        else expect(read.ok).toBe(direct.ok);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withMap: true,
          withSet: true,
          withDate: true,
          withNullPrototype: true,
          withSparseArray: true,
          withTypedArray: true,
          withBoxedValues: true,
        }),
        (value) => {
          const result = jsonFromJavaScript(value);
          if (result.ok) expect(parseJson(createSource(printJson(result.value))).ok).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
