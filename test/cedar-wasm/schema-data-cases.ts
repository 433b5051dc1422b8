import type { PlainJson } from '../support/mutate-json.js';

export const SCHEMA = `
type R = { x: Long, y?: String };
entity G in [H];
entity H;
entity E enum ["r", "s"];
entity N;
entity L in [L];
entity T tags Set<E>;
entity User in [G, E] = {
  n?: Long, b?: Bool, s?: String, g?: G, e?: E, ip?: ipaddr, d?: decimal, dt?: datetime, du?: duration,
  ss?: Set<String>, si?: Set<ipaddr>, r?: R, rr?: Set<R>, a?: Action,
  f?: { fn: String, arg: String }, t?: { type: String, id: String }, ex?: { "__entity": { type: String, id: String } },
  em?: {}, deep?: { x: Long, y: { z?: Set<String> } }, "__proto__"?: Long,
} tags ipaddr;
entity Must = { m: Long };
action all;
action mid in all;
action view in [mid] appliesTo {
  principal: [User],
  resource: [G, E],
  context: { n: Long, ip?: ipaddr, e?: E, r?: R, a?: Action, s?: Set<Long>, g?: G, st?: String }
};
action none;
namespace Q { entity W; action act; }
`;

const uid = (type: string, id: string): PlainJson => ({ type, id });
const extn = (fn: string, arg: PlainJson): PlainJson => ({ __extn: { fn, arg } });

function entity(type: string, id: string, attrs: PlainJson = {}, parents: PlainJson = [], tags?: PlainJson): PlainJson {
  return { uid: uid(type, id), attrs, parents, ...(tags === undefined ? {} : { tags }) };
}

/** Members that mean nothing, in arguments of functions. */
const STRAYS: readonly PlainJson[] = [
  1.5,
  [1.5],
  { a: 1.5 },
  null,
  'x',
  extn('uid', [1.5]),
  { __expr: 'x' },
  { __entity: 5 },
].flatMap((z): readonly PlainJson[] => [
  { fn: 'toDate', arg: { fn: 'datetime', arg: '2024-01-01', z } },
  { fn: 'offset', args: ['2024-01-01', { fn: 'duration', arg: '1h', z }] },
  { fn: 'offset', args: [{ __extn: { fn: 'datetime', arg: '2024-01-01', z } }, '1h'] },
  { fn: 'offset', args: [{ __extn: { fn: 'datetime', arg: '2024-01-01' }, z }, '1h'] },
]);

/** Values for attributes of a user. */
const VALUES: readonly (readonly [attribute: string, value: PlainJson])[] = [
  ...[1, 'x', 1.5, null, true, [], {}, { a: [1, { type: 'x' }] }, ['a', 1], { __entity: uid('G', 'x') }, -5, [-5]].map(
    (value) => ['n', value] as const,
  ),
  ['n', extn('toDays', '1d')],
  ['n', extn('toDays', extn('duration', '1d'))],
  ['n', extn('toDays', { fn: 'duration', arg: '1d' })],
  ['n', { fn: 'toDays', arg: '1d' }],
  ['n', { 'a b': 1, if: { 'x y': 2, ok: [{ q: 'w' }] } }],
  ['n', 'q\'é\n\u0007😀"\\'],
  ['b', extn('isIpv4', extn('ip', '1.1.1.1'))],
  ['b', 'true'],
  ['s', 1],
  ...['x', null, 4, ['G', 'x'], { type: 'G', id: 4 }, { type: 'G' }, uid('G', 'x'), uid('H', 'x'), uid('ZZ', 'x')].map(
    (value) => ['g', value] as const,
  ),
  ['g', { __entity: ['G', 'x'] }],
  ['g', { __expr: 'x' }],
  ['g', { type: 'G', id: 'x', z: 1.5 }],
  ['g', { __entity: uid('G', 'x'), z: null }],
  ['g', { __entity: 5, type: 'G', id: 'x' }],
  ['g', { type: 'G', id: 'x', __expr: 'a' }],
  ['g', extn('ip', '1.1.1.1')],
  ['e', uid('E', 'r')],
  ['e', uid('E', 'q')],
  ['a', uid('Action', 'view')],
  ['a', uid('Action', 'zz')],
  ['a', uid('Q::Action', 'act')],
  ...['1.1.1.1', 'x', 4, null, ['1.1.1.1'], {}, ['ip', '1.1.1.1'], { __entity: uid('G', 'a') }].map(
    (value) => ['ip', value] as const,
  ),
  ['ip', extn('ip', '1.1.1.1')],
  ['ip', extn('decimal', '1.0')],
  ['ip', extn('nope', '1.0')],
  ['ip', extn('ip', 4)],
  ['ip', { __expr: 'ip("1.1.1.1")' }],
  ['ip', { __extn: ['ip', '1.1.1.1'] }],
  ['ip', { fn: 'ip', arg: '1.1.1.1' }],
  ['ip', { fn: 'ip', arg: '1.1.1.1', z: 1.5 }],
  ['ip', { fn: 'ip', args: ['1.1.1.1'] }],
  ['ip', { fn: 'ip', args: [] }],
  ['ip', { fn: 'ip', args: '1.1.1.1' }],
  ['ip', { fn: 'ip', arg: '1.1.1.1', args: 5 }],
  ['ip', { fn: 'ip', arg: null, args: ['1.1.1.1'] }],
  ['ip', { fn: 'ip', arg: { fn: 'ip', arg: '1.1.1.1' } }],
  ['ip', { fn: 'ip', arg: extn('ip', '1.1.1.1') }],
  ['ip', { fn: 'decimal', arg: '1.0' }],
  ['ip', { fn: 5, arg: '1.1.1.1' }],
  ['ip', { __extn: { fn: 'ip', arg: '1.1.1.1' }, z: 1.5 }],
  ['ip', { __extn: 5, fn: 'ip', arg: '1.1.1.1' }],
  ['ip', { __expr: 5, fn: 'ip', arg: '1.1.1.1' }],
  ['ip', { __expr: 'x', __extn: { fn: 'ip', arg: '1.1.1.1' } }],
  ['d', 'x'],
  ['d', '1.0'],
  ['du', '1x'],
  ['dt', '2024-13-01'],
  ['dt', { fn: 'offset', args: ['2024-01-01', '1h'] }],
  ['dt', { fn: 'offset', args: [extn('datetime', '2024-01-01'), { fn: 'duration', arg: '1h' }] }],
  ['dt', { fn: 'offset', args: ['2024-01-01'] }],
  ['dt', { fn: 'offset', args: ['2024-01-01', '1h', '2h'] }],
  ['dt', { fn: 'offset', arg: '2024-01-01' }],
  ['dt', { fn: 'offset', args: ['x', '1h'] }],
  ['dt', { fn: 'offset', args: [['2024-01-01'], '1h'] }],
  ['dt', { fn: 'offset', args: ['2024-01-01', { fn: 'ip', arg: '1.1.1.1' }] }],
  ...STRAYS.map((value): [string, PlainJson] => ['dt', value]),
  ['dt', { fn: 'toDate', arg: '2024-01-01T00:00:00Z' }],
  ['dt', { fn: 'toTime', arg: '2024-01-01' }],
  ['dt', { fn: 'isInRange', args: ['1.1.1.1', '1.1.1.1'] }],
  ['dt', { fn: 'nope', args: [null] }],
  ...[[], ['a'], ['a', 1], ['a', 'a', 1], 'a', {}, null, [null]].map((value) => ['ss', value] as const),
  ['si', ['1.1.1.1', { fn: 'ip', arg: '::1' }]],
  ['si', ['1.1.1.1', 3]],
  ['si', '1.1.1.1'],
  ...[{ x: 1 }, { x: 1, y: 2 }, { x: 1, z: 2 }, {}, { x: 'a' }, [1], 1, null, { __entity: uid('G', 'x') }].map(
    (value) => ['r', value] as const,
  ),
  ['rr', [{ x: 1 }, { x: 2, y: 'a' }]],
  ['rr', [{ x: 1 }, { y: 'a' }]],
  ['rr', [1]],
  ['f', { fn: 'a', arg: 'b' }],
  ['t', { type: 'a b', id: 'x' }],
  ['ex', { __entity: { type: 'x y', id: 'b' } }],
  ['em', {}],
  ['em', { a: 1 }],
  ['deep', { x: 1, y: { z: ['a', ['b']] } }],
  ['deep', { x: 1, y: { z: 'q' } }],
  ['deep', { x: 1, y: { w: 'q' } }],
  ['deep', { x: 1, y: [] }],
  ['zz', 1],
  ['toString', 1],
];

/** Lists of entities. */
export const ENTITIES: readonly PlainJson[][] = [
  ...VALUES.map(([attribute, value]) => [entity('User', 'a', { [attribute]: value })]),
  [entity('User', 'a', JSON.parse('{"__proto__": 1}'))],
  [entity('User', 'a', JSON.parse('{"__proto__": "x"}'))],
  [entity('N', 'a', JSON.parse('{"__proto__": 1}'))],
  [entity('__proto__', 'a')],
  [entity('constructor', 'a')],
  [entity('Must', 'a')],
  [entity('Must', 'a', { m: 1 })],
  [entity('Zz', 'a')],
  [entity('Zz', 'a', { n: null })],
  [entity('X::User', 'a')],
  [entity('X::W', 'a')],
  [entity('E', 'r'), entity('E', 'q')],
  [entity('E', 'r', { a: 1 })],
  [entity('E', 'r', {}, [uid('G', 'x')])],
  [entity('E', 'r', {}, [], { t: 1 })],
  [entity('E', 'r', {}, [], {})],
  [entity('N', 'r', {}, [], { t: 1 })],
  [entity('N', 'r', {}, [], {})],
  [entity('User', 'a', {}, [], { t: '1.1.1.1' })],
  [entity('User', 'a', {}, [], { t: 4 })],
  [entity('User', 'a', {}, [], { t: { fn: 'decimal', arg: '1.0' } })],
  [entity('User', 'a', {}, [], { t: null })],
  [entity('User', 'a', {}, [], null)],
  [entity('User', 'a', null)],
  [entity('User', 'a', {}, null)],
  [entity('T', 'a', {}, [], { t: [uid('E', 'r')] })],
  [entity('T', 'a', {}, [], { t: [uid('E', 'q')] })],
  [entity('T', 'a', {}, [], { t: 'x' })],
  [entity('User', 'a', {}, [uid('H', 'x')])],
  [entity('User', 'a', {}, [uid('E', 'r')])],
  [entity('User', 'a', {}, [uid('N', 'x')])],
  [entity('User', 'a', {}, [uid('Zz', 'x')])],
  [entity('User', 'a', {}, [uid('E', 'q')])],
  [entity('User', 'a', {}, [uid('User', 'q')])],
  [entity('User', 'a', {}, [uid('Action', 'view')])],
  [entity('User', 'a', {}, ['x'])],
  [entity('G', 'a', {}, [uid('H', 'h')]), entity('H', 'h', {}, [uid('N', 'x')])],
  [entity('L', 'a', {}, [uid('L', 'a')])],
  [entity('H', 'a', {}, [uid('H', 'a')])],
  [entity('H', 'a'), entity('H', 'a')],
  [entity('User', 'a', { n: 1 }), entity('User', 'a', { n: 2 })],
  [entity('User', 'a', { n: 'x' }), entity('User', 'a', { n: 2 })],
  [entity('User', 'a', { ip: '1.1.1.1' }), entity('User', 'a', { ip: extn('ip', '1.1.1.1/32') })],
  [entity('Action', 'view')],
  [entity('Action', 'none')],
  [entity('Action', 'view', {}, [uid('Action', 'mid')])],
  [entity('Action', 'view', {}, [uid('Action', 'mid'), uid('Action', 'all')]), entity('Action', 'mid')],
  [entity('Action', 'view', {}, [uid('Action', 'mid')]), entity('Action', 'mid', {}, [uid('Action', 'all')])],
  [entity('Action', 'view', {}, [uid('Action', 'mid'), uid('Action', 'all')])],
  [entity('Action', 'view', {}, [uid('Action', 'mid'), uid('Action', 'all'), uid('Action', 'none')])],
  [entity('Action', 'view', {}, [uid('Action', 'mid'), uid('Action', 'zz')])],
  [entity('Action', 'view', { a: 1 }, [uid('Action', 'mid'), uid('Action', 'all')])],
  [entity('Action', 'view', {}, [uid('Action', 'mid'), uid('Action', 'all')], { t: 1 })],
  [entity('Action', 'mid', {}, [uid('Action', 'all'), uid('Action', 'mid')])],
  [entity('Action', 'mid', {}, [uid('G', 'all')])],
  [entity('Action', 'zz')],
  [entity('Zz::Action', 'zz')],
  [entity('Q::Action', 'act')],
  [entity('Action', 'all'), entity('Action', 'all')],
  [entity('Action', 'all'), entity('Action', 'all', {}, [uid('Action', 'none')])],
  [{ uid: 'x', attrs: {}, parents: [] }],
  [[uid('N', 'a'), {}, []]],
  [[uid('N', 'a'), { a: 1 }, []]],
];

/** Contexts of `view`. */
export const CONTEXTS: readonly PlainJson[] = [
  { n: 1 },
  {},
  { n: 'x' },
  { n: 1, zz: 1 },
  { n: 1, ip: '1.1.1.1' },
  { n: 1, ip: 'x' },
  { n: 1, ip: 3 },
  { n: 1, ip: { fn: 'decimal', arg: '1.0' } },
  { n: 1, ip: { fn: 'nope', arg: '1.0' } },
  { n: 1, ip: { fn: 'ip', args: [] } },
  { n: 1, ip: { __expr: 'x' } },
  { n: 1, e: uid('E', 'r') },
  { n: 1, e: uid('E', 'q') },
  { n: 'x', e: uid('E', 'q') },
  { n: 1, e: uid('G', 'q') },
  { n: 1, a: uid('Action', 'zz') },
  { n: 1, r: { x: 'a' } },
  { n: 1, r: {} },
  { n: 1, r: { x: 1, z: 1 } },
  { n: 1, r: 3 },
  { n: 1, s: [1, 'a'] },
  { n: 1, s: ['a'] },
  { n: 1, s: [] },
  { n: 1, s: 3 },
  { n: 1, g: uid('N', 'x') },
  { n: 1, g: 'x' },
  { n: null },
  { n: -1.5 },
  [],
  1,
  null,
  'x',
  { __entity: uid('G', 'g') },
  { n: 'x', ip: '1.1.1.1', g: uid('G', 'g'), r: { x: 1 }, s: [-1, 2, 3], st: 'a', a: uid('Action', 'view') },
];

/** Principals, actions and resources. */
export const REQUESTS: readonly (readonly [PlainJson, PlainJson, PlainJson])[] = [
  [uid('User', 'a'), uid('Action', 'view'), uid('G', 'g')],
  [uid('G', 'a'), uid('Action', 'view'), uid('G', 'g')],
  [uid('ZZ', 'a'), uid('Action', 'view'), uid('ZY', 'g')],
  [uid('G', 'a'), uid('Action', 'view'), uid('ZY', 'g')],
  [uid('User', 'a'), uid('Action', 'view'), uid('N', 'g')],
  [uid('User', 'a'), uid('Action', 'view'), uid('E', 'q')],
  [uid('User', 'a'), uid('Action', 'view'), uid('E', 'r')],
  [uid('E', 'q'), uid('Action', 'view'), uid('E', 'q')],
  [uid('User', 'a'), uid('Action', 'none'), uid('G', 'g')],
  [uid('Action', 'view'), uid('Action', 'view'), uid('G', 'g')],
  [uid('User', 'a'), uid('Action', 'zz'), uid('G', 'g')],
  [uid('User', 'a'), uid('User', 'view'), uid('G', 'g')],
  [uid('User', 'a'), uid('Q::Action', 'act'), uid('G', 'g')],
];
