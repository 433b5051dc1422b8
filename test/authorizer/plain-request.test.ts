import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { PlainRequestReader } from '../../src/authorizer/plain-request.js';
import { readRequest } from '../../src/authorizer/request.js';
import { Subjects } from '../../src/authorizer/subject.js';
import { createAuthorizer, parseEntities } from '../../src/index.js';
import { printValue } from '../support/print-value.js';

const ENTITIES = [
  { uid: { type: 'User', id: 'alice' }, attrs: { level: 4 }, parents: [{ type: 'Group', id: 'g' }] },
  { uid: { type: 'Action', id: 'view' }, attrs: {}, parents: [] },
];

function readers() {
  const store = parseEntities(ENTITIES);
  if (!store.ok) throw new Error('no store');
  const reader = new PlainRequestReader(new Subjects(store.value));
  return { store: store.value, read: (request: unknown) => reader.read(request) };
}

const GOOD = {
  principal: { type: 'User', id: 'alice' },
  action: { type: 'Action', id: 'view' },
  resource: { type: 'Doc', id: 'd' },
  context: { a: 1, b: ['x', 'y', 'x'], c: { d: true } },
};

const uid = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(GOOD.principal, GOOD.action, GOOD.resource) },
  fc.constantFrom<unknown>(
    { type: 'User', id: 'stranger' },
    { type: 'if', id: 'x' },
    { type: 'A::B', id: '\ud800' },
    { type: 'User', id: 'alice', more: 1 },
    { type: 'User' },
    { __entity: { type: 'User', id: 'alice' } },
    'User::"alice"',
    Object.assign(Object.create({ id: 'alice' }), { type: 'User' }),
    Object.defineProperty({ type: 'User' }, 'id', { value: 'alice', enumerable: false }),
    new Date(0),
    null,
    undefined,
    ['User', 'alice'],
    Object.assign(Object.create(null), { type: 'User', id: 'alice' }),
  ),
);
const leaf = fc.oneof(
  fc.constantFrom<unknown>(0, -0, 1.5, 2 ** 53, 2n ** 63n, 7n, 'text', '\udc00', true, null, undefined, Number.NaN),
  fc.constantFrom<unknown>(
    { __entity: { type: 'User', id: 'alice' } },
    { __entity: { type: 'bad name', id: 'alice' } },
    { __entity: 1 },
    { __extn: { fn: 'ip', arg: '10.0.0.1' } },
    { __extn: { fn: 'ip', arg: '10.0.0.999' } },
    { __expr: '1' },
    new Map(),
    () => 1,
    Symbol.iterator,
  ),
);
const member = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom('a', 'b', '__proto__', 'constructor', '__entity', '__x', '\ud800', '0'),
      tie('value'),
      {
        maxKeys: 3,
      },
    ),
  ),
})).value;
const context = fc.oneof(
  fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', '__entity'), member, { maxKeys: 4 }),
  fc.constantFrom<unknown>(
    undefined,
    null,
    [],
    'x',
    '{"a": 1}',
    GOOD.context,
    { __entity: { type: 'User', id: 'alice' } },
    { __x: 1 },
  ),
);

describe('a request that is read without copies', () => {
  it('means what the careful reader says, or is left to it', () => {
    const { store, read } = readers();
    const seen = { plain: 0, left: 0 };
    fc.assert(
      fc.property(fc.record({ principal: uid, action: uid, resource: uid, context }), (request) => {
        const frame = read(request);
        const careful = readRequest(request, store);
        if (frame === undefined) {
          seen.left++;
          return;
        }
        seen.plain++;
        expect(careful.ok).toBe(true);
        if (!careful.ok) return;
        for (const name of ['principal', 'action', 'resource', 'context'] as const)
          expect(printValue(frame[name])).toBe(printValue(careful.value[name]));
      }),
      { numRuns: Number(process.env.DEODAR_RUNS ?? 3000) },
    );
    expect(Math.min(seen.plain, seen.left)).toBeGreaterThan(100);
  });

  it('is the common form, so that the careful reader is the exception', () => {
    const { read } = readers();
    expect(read(GOOD)).toBeDefined();
    expect(read({ ...GOOD, context: undefined })).toBeDefined();
    expect(read({ ...GOOD, entities: [] })).toBeUndefined();
  });

  it('is read once for each member, getters included, and one that throws is a diagnostic', () => {
    let reads = 0;
    const counted = {
      get mfa() {
        reads++;
        return reads === 1;
      },
    };
    const authorizer = createAuthorizer({ policies: 'permit (principal, action, resource) when { context.mfa };' });
    expect(authorizer.isAuthorized({ ...GOOD, context: counted }).decision).toBe('allow');
    expect(reads).toBe(1);
    const throwing = {
      get mfa(): never {
        throw new Error('no');
      },
    };
    expect(authorizer.isAuthorized({ ...GOOD, context: throwing }).diagnostics?.[0]?.code).toBe('json-unreadable');
  });

  it('is answered by the policies that its getters left', () => {
    const policies =
      'permit (principal == User::"alice", action, resource); forbid (principal, action, resource) when { context.no };';
    const authorizer = createAuthorizer({ policies, entities: ENTITIES });
    expect(authorizer.isAuthorized({ ...GOOD, context: { no: false } }).decision).toBe('allow');
    const removing = {
      get no() {
        authorizer.remove('policy0');
        return false;
      },
    };
    expect(authorizer.isAuthorized({ ...GOOD, context: removing })).toMatchObject({ decision: 'deny', reason: [] });
  });

  it('that holds itself, or one object in very many places, is refused like before', () => {
    const authorizer = createAuthorizer({ policies: 'permit (principal, action, resource);' });
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;
    expect(authorizer.isAuthorized({ ...GOOD, context: circle }).diagnostics?.[0]?.code).toBe('json-cycle');
    let wide: unknown = 1;
    for (let i = 0; i < 40; i++) wide = { a: wide, b: wide };
    expect(authorizer.isAuthorized({ ...GOOD, context: { wide } }).diagnostics?.[0]?.code).toBe('json-too-large');
  });

  it('does not keep uids that only requests name', () => {
    const { store } = readers();
    const subjects = new Subjects(store);
    const reader = new PlainRequestReader(subjects);
    for (let i = 0; i < 100; i++)
      expect(reader.read({ ...GOOD, principal: { type: 'User', id: `u${i}` } })).toBeDefined();
    expect(subjects.ofType('User')?.size ?? 0).toBe(0);
    expect(subjects.ofType('Action')?.size).toBe(1);
  });
});

describe('members that every object inherits by accident', () => {
  const target: Record<string, unknown> = Object.prototype as never;
  afterEach(() => {
    delete target['id'];
    delete target['mfa'];
  });

  it('are no members of a request', () => {
    const authorizer = createAuthorizer({ policies: 'permit (principal, action, resource) when { context.mfa };' });
    authorizer.isAuthorized({ ...GOOD, context: { n: 1, mfa: true } });
    target['mfa'] = true;
    target['id'] = 'alice';
    expect(authorizer.isAuthorized({ ...GOOD, context: { n: 1 } }).errors).toHaveLength(1);
    const nameless = { type: 'User' } as never;
    expect(authorizer.isAuthorized({ ...GOOD, principal: nameless, context: {} }).diagnostics).toHaveLength(1);
  });

  it.each(['mfa', 'id', 'type', 'entities', 'context'])(
    'do not pass for %s in a context that was seen before',
    (name) => {
      const authorizer = createAuthorizer({
        policies: `permit (principal, action, resource) when { context has ${name} };`,
      });
      const [n, value] = [1, true];
      for (let i = 0; i < 3; i++) authorizer.isAuthorized({ ...GOOD, context: { n, [name]: value } });
      const bare = <T extends object>(part: T): T => Object.assign(Object.create(null), part);
      const uids = { principal: bare(GOOD.principal), action: bare(GOOD.action), resource: bare(GOOD.resource) };
      target[name] = value;
      const answers = [{}, uids].map(
        (parts) => authorizer.isAuthorized({ ...GOOD, ...parts, context: { n } }).decision,
      );
      delete target[name];
      expect(answers).toEqual(['deny', 'deny']);
    },
  );

  it('do not pass for the context of a request without one', () => {
    const authorizer = createAuthorizer({ policies: 'permit (principal, action, resource) when { context.mfa };' });
    const { principal, action, resource } = GOOD;
    Object.defineProperty(target, 'context', { value: { mfa: true }, configurable: true });
    const { decision } = authorizer.isAuthorized({ principal, action, resource });
    Reflect.deleteProperty(target, 'context');
    expect(decision).toBe('deny');
  });
});
