import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { PlainRequestReader } from '../../src/authorizer/plain-request.js';
import { readRequest } from '../../src/authorizer/request.js';
import { readingBySchema } from '../../src/authorizer/request-by-schema.js';
import { readSchemaInput } from '../../src/authorizer/schema-option.js';
import { Subjects } from '../../src/authorizer/subject.js';
import { createAuthorizer, parseEntities } from '../../src/index.js';
import { printValue } from '../support/print-value.js';

const SCHEMA = `
entity Group; entity User in [Group]; entity Doc; entity Color enum ["red", "green"];
type Place = { name?: String, at: { lat: Long, exact?: Bool } };
action view appliesTo { principal: [User, Color], resource: Doc, context: {
  flag: Bool, text: String, "a b"?: Long, "__entity"?: String,
  owner?: User, color?: Color, action?: Action,
  from?: ipaddr, price?: decimal, since?: datetime, wait?: duration,
  tags?: Set<String>, owners?: Set<User>, nets?: Set<ipaddr>, place?: Place, places?: Set<Place> } };
action list appliesTo { principal: User, resource: Doc };
action group;`;

function readers() {
  const schema = readSchemaInput(SCHEMA);
  const store = parseEntities([{ uid: { type: 'User', id: 'alice' }, attrs: {}, parents: [] }], { schema: SCHEMA });
  if (!schema.ok || !store.ok) throw new Error('no schema or no store');
  const { join, contexts } = readingBySchema(schema.value);
  const reader = new PlainRequestReader(new Subjects(store.value), contexts);
  return {
    common: (request: unknown) => reader.read(request),
    careful: (request: unknown) => readRequest(request, store.value, join),
  };
}

const VIEW = { type: 'Action', id: 'view' };
const GOOD = {
  principal: { type: 'User', id: 'alice' },
  action: VIEW,
  resource: { type: 'Doc', id: 'd' },
  context: { flag: true, text: 'some' },
};

const user = { type: 'User', id: 'bob' };
/** Members of which each conforms. */
const FITTING: Readonly<Record<string, readonly unknown[]>> = {
  flag: [true, false],
  text: ['', 'some'],
  'a b': [0, -7, 2 ** 53 - 1, 2n ** 63n - 1n],
  owner: [user, { __entity: user }],
  color: [{ type: 'Color', id: 'red' }],
  action: [VIEW],
  from: ['10.0.0.1', '::1/8'],
  price: ['1.5', '-3.0'],
  since: ['2024-01-01'],
  wait: ['1h'],
  tags: [[], ['x', 'y', 'x']],
  owners: [[user, { __entity: user }]],
  nets: [['10.0.0.1', '10.0.0.1/32']],
  place: [{ at: { lat: 1 } }, { at: { exact: false, lat: 2 }, name: 'n' }],
  places: [[{ at: { lat: 1 } }, { name: 'n', at: { lat: 1, exact: true } }]],
};
/** What conforms nowhere, or only in another form. */
const odd = fc.constantFrom<unknown>(
  null,
  undefined,
  1.5,
  -0,
  2 ** 53,
  2n ** 63n,
  '\ud800',
  'no address',
  '1.23456',
  user,
  { ...user, more: 1 },
  { __entity: user, more: 1 },
  { __entity: { ...user, more: 1 } },
  { __entity: 'User::"bob"' },
  { type: 'User' },
  { type: 'Color', id: 'blue' },
  { type: 'Action', id: 'fly' },
  Object.assign(Object.create({ id: 'bob' }), { type: 'User' }),
  Object.defineProperty({ type: 'User' }, 'id', { value: 'bob', enumerable: false }),
  { __extn: { fn: 'ip', arg: '10.0.0.1' } },
  { fn: 'decimal', arg: '1.0' },
  { __expr: 'ip("10.0.0.1")' },
  [undefined],
  [null],
  ['x', 1],
  new Array(3),
  { at: { lat: 1, more: 1 } },
  { at: {} },
  { at: new Map([['lat', 1]]) },
  new Date(0),
  () => true,
);
const names = Object.keys(FITTING);
const anyMember = fc.oneof(fc.constantFrom(...Object.values(FITTING).flat()), odd);
const fittingContext = fc
  .shuffledSubarray(names.slice(2))
  .chain((chosen) => fc.shuffledSubarray(['flag', 'text', ...chosen], { minLength: chosen.length + 2 }))
  .chain((order) =>
    fc.tuple(...order.map((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(FITTING[name] ?? []))))),
  )
  .map((members) => Object.fromEntries(members));
const oddContext = fc.oneof(
  fc
    .tuple(fittingContext, fc.constantFrom(...names, 'more', '__proto__', '__entity', 'toString'), anyMember)
    .map(([context, name, value]) => ({ ...context, [name]: value })),
  fc.tuple(fittingContext, fc.constantFrom(...names)).map(([{ ...context }, name]) => {
    delete context[name];
    return context;
  }),
  odd,
);

describe('contexts that are read by a schema', () => {
  it('are read in their common form, whatever the order of their members', () => {
    const { common, careful } = readers();
    const property = fc.property(fittingContext, (context) => {
      const request = { ...GOOD, context };
      const expected = careful(request);
      if (!expected.ok) throw new Error(expected.diagnostics.map((d) => d.message).join('; '));
      const found = common(request);
      expect(found === undefined ? undefined : printValue(found.context)).toBe(printValue(expected.value.context));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('mean what they mean to the careful readers, who refuse what does not conform', () => {
    const { common, careful } = readers();
    const uid = fc.constantFrom<unknown>(
      GOOD.principal,
      GOOD.resource,
      VIEW,
      { type: 'Action', id: 'list' },
      { type: 'Action', id: 'group' },
      { type: 'Action', id: 'none' },
      { type: 'Color', id: 'red' },
      { type: 'Color', id: 'blue' },
      { type: 'Other', id: 'x' },
      { ...GOOD.principal, more: 1 },
    );
    let both = 0;
    const part = (good: unknown): fc.Arbitrary<unknown> => fc.oneof({ weight: 6, arbitrary: fc.constant(good) }, uid);
    const property = fc.property(
      part(GOOD.principal),
      part(GOOD.action),
      part(GOOD.resource),
      fc.oneof(fittingContext, oddContext, fc.constant({})),
      (principal, action, resource, context) => {
        const request = { principal, action, resource, context };
        const found = common(request);
        if (found === undefined) return;
        both++;
        const expected = careful(request);
        if (!expected.ok) throw new Error(expected.diagnostics.map((d) => d.message).join('; '));
        expect(printValue(found.context)).toBe(printValue(expected.value.context));
        for (const name of ['principal', 'action', 'resource'] as const)
          expect(printValue(found[name])).toBe(printValue(expected.value[name]));
      },
    );
    fc.assert(property, { numRuns: 3000 });
    expect(both).toBeGreaterThan(300);
  });

  it('may be missing where nothing is required', () => {
    const { common } = readers();
    const { principal, resource } = GOOD;
    expect(common({ principal, action: { type: 'Action', id: 'list' }, resource })).toBeDefined();
    expect(common({ principal, action: VIEW, resource })).toBeUndefined();
  });
});

describe('types that share types', () => {
  const depth = 28;
  const shared = Array.from({ length: depth }, (_, i) => `type T${i + 1} = { a?: T${i}, b?: T${i} };`).join('\n');
  const authorizer = createAuthorizer({
    policies: 'permit (principal, action, resource) when { context.a has b };',
    schema: `entity User; entity Doc; type T0 = { n?: Long }; ${shared}
      action view appliesTo { principal: User, resource: Doc, context: T${depth} };`,
  });

  it('are read by one reader each, however many ways lead to them', () => {
    expect(authorizer.isAuthorized({ ...GOOD, context: { a: { b: {} } } }).decision).toBe('allow');
  });

  it('are given up at what does not conform, however many members it stands in', () => {
    let context: unknown = { n: 'no number' };
    for (let i = 0; i < depth; i++) context = { a: context };
    for (let i = 0; i < 3; i++) {
      const { decision, diagnostics = [] } = authorizer.isAuthorized({ ...GOOD, context });
      expect(decision).toBe('deny');
      expect(diagnostics.map(({ pointer }) => pointer)).toEqual([`/context${'/a'.repeat(depth)}/n`]);
    }
  });

  it('do not take one object in very many places', () => {
    let context: unknown = { n: 1 };
    for (let i = 0; i < depth; i++) context = { a: context, b: context };
    const { diagnostics } = authorizer.isAuthorized({ ...GOOD, context });
    expect(diagnostics?.[0]?.code).toBe('json-too-large');
  });

  it('may be lists of more values than are read without a copy', () => {
    const policies = 'permit (principal, action, resource) when { context.tags.contains("9999") };';
    const tagged = createAuthorizer({ policies, schema: SCHEMA });
    for (const length of [10_000, 20_000]) {
      const context = { ...GOOD.context, tags: Array.from({ length }, (_, i) => String(i)) };
      expect(tagged.isAuthorized({ ...GOOD, context }).decision).toBe('allow');
    }
  });
});

describe('members that every object inherits by accident', () => {
  const target: Record<string, unknown> = Object.prototype as never;
  afterEach(() => {
    Reflect.deleteProperty(target, 'a b');
    Reflect.deleteProperty(target, '__entity');
  });

  it('are no entities', () => {
    const authorizer = createAuthorizer({ policies: 'permit (principal, action, resource);', schema: SCHEMA });
    Object.defineProperty(target, '__entity', { value: user, configurable: true });
    const { flag, text } = GOOD.context;
    const nobody = {} as never;
    expect(authorizer.isAuthorized({ ...GOOD, context: { flag, text, owner: nobody } }).decision).toBe('deny');
  });

  it('are no members of a context', () => {
    const policies = 'permit (principal, action, resource) when { context has "a b" };';
    const authorizer = createAuthorizer({ policies, schema: SCHEMA });
    const { flag, text } = GOOD.context;
    expect(authorizer.isAuthorized({ ...GOOD, context: { flag, text, 'a b': 1 } }).decision).toBe('allow');
    target['a b'] = 1;
    expect(authorizer.isAuthorized({ ...GOOD, context: { flag, text } }).decision).toBe('deny');
  });
});
