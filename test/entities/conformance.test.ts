import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { checkRequest } from '../../src/entities/conform-request.js';
import { contextBySchema } from '../../src/entities/context-by-schema.js';
import { conformingStore, extendStoreBySchema, storeBySchema } from '../../src/entities/entities-by-schema.js';
import { entitiesFromJson } from '../../src/entities/entities-from-json.js';
import type { EntityStore } from '../../src/entities/entity.js';
import { createEntityStore } from '../../src/entities/entity-store.js';
import { createJsonObject, type JsonValue } from '../../src/json/json-value.js';
import { findAction } from '../../src/schema/schema.js';
import { entityUid, type Value } from '../../src/values/value.js';
import { readJson } from '../conformance/integration-tests.js';
import { schemaOf } from '../validator/compare-validation.js';

const SCHEMA = schemaOf(`
entity Team enum ["red", "blue"];
entity Group in [Group];
entity User in [Group, Team] = {
  name: String,
  age?: Long,
  address?: ipaddr,
  since?: datetime,
  boss?: User,
  team?: Team,
  labels?: Set<String>,
  home?: { street: String, number?: Long },
  places?: Set<{ street: String, number?: Long }>,
} tags Set<Long>;
action read, write in [Action::"any"] appliesTo { principal: [User], resource: [Group, Team], context: { ip?: ipaddr, user: User } };
action any;
`);

/** Code, pointer, message and help in one line. */
function lines(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, pointer = '', message, help = '' }) => `${code} ${pointer}: ${message}; ${help}`);
}

function entity(
  type: string,
  id: string,
  attrs: JsonValue = {},
  parents: JsonValue = [],
  tags: JsonValue = {},
): JsonValue {
  return { uid: { type, id }, attrs, parents, tags };
}

function user(attrs: { readonly [name: string]: JsonValue }, ...rest: JsonValue[]): JsonValue {
  return entity('User', 'ann', { name: 'Ann', ...attrs }, ...rest);
}

function store(...entities: JsonValue[]): EntityStore {
  const read = storeBySchema(entities, SCHEMA);
  if (!read.ok) throw new Error(lines(read.diagnostics).join('\n'));
  return read.value;
}

function problems(...entities: JsonValue[]): readonly string[] {
  const read = storeBySchema(entities, SCHEMA);
  return read.ok ? [] : lines(read.diagnostics);
}

function attribute(read: EntityStore, name: string): Value | undefined {
  return read.find(entityUid('User', 'ann'))?.attributes.get(name);
}

describe('entities that are read by a schema', () => {
  it('have entities and extension values where these are declared, however they are written', () => {
    const bob = { type: 'User', id: 'bob' };
    const forms: JsonValue[] = [bob, { __entity: bob }, ['User', 'bob']];
    for (const boss of forms) expect(attribute(store(user({ boss })), 'boss')).toEqual(entityUid('User', 'bob'));
    const calls: JsonValue[] = [
      '10.0.0.1',
      { fn: 'ip', arg: '10.0.0.1' },
      { __extn: { fn: 'ip', args: ['10.0.0.1'] } },
    ];
    for (const address of calls) {
      const found = attribute(store(user({ address })), 'address');
      expect(found).toEqual({ kind: 'ipaddr', version: 4, address: 0x0a000001n, prefix: 32 });
    }
    const since: JsonValue = { fn: 'offset', args: ['2024-01-01', '1h'] };
    expect(attribute(store(user({ since })), 'since')).toEqual({
      kind: 'datetime',
      milliseconds: BigInt(Date.UTC(2024, 0, 1, 1)),
    });
  });

  it('are joined by the actions of the schema', () => {
    const all = [...store(user({})).entities()].map(({ uid }) => `${uid.type} ${uid.id}`).sort();
    expect(all).toEqual(['Action any', 'Action read', 'Action write', 'User ann']);
    const [write, any] = [entityUid('Action', 'write'), entityUid('Action', 'any')];
    expect(store().isIn(write, any)).toBe(true);
    expect(store(entity('Action', 'write', {}, [{ type: 'Action', id: 'any' }])).isIn(write, any)).toBe(true);
  });

  it('say everything that is wrong at once, what cannot be read first', () => {
    expect(
      problems(
        user({ age: '30', nick: 'x', address: 'nowhere' }),
        user({ home: { number: 'x', zip: 1 }, places: 5 }),
        entity('User', 'bob', { boss: { type: 'Group', id: 'a' }, labels: ['a', 'a', 1], agee: 3 }),
        entity('Grup', 'a'),
        entity('Group', 'a', { x: 1 }, [{ type: 'Team', id: 'red' }], { t: 1 }),
        entity('Team', 'rde', {}, [{ type: 'Group', id: 'a' }]),
        entity('Action', 'raed'),
      ),
    ).toEqual([
      'unexpected-attribute /0/attrs/nick: the schema declares no attribute `nick` of User; leave it out, or declare it',
      'extension-failure /0/attrs/address: `ip`: invalid IP address: nowhere; valid IP strings are IPv4/IPv6 addresses or CIDR ranges like `127.0.0.1`, `127.0.0.1/24`, or `ffee::/64`',
      'missing-record-attribute /1/attrs/home: this record has no attribute `street`; the schema requires it; add it, or declare it with `?`',
      'unexpected-record-attribute /1/attrs/home/zip: the schema declares no attribute `zip` here; leave it out, or declare it',
      'not-a-set /1/attrs/places: expected a set of records, found Long; put the values into an array',
      'unexpected-attribute /2/attrs/agee: the schema declares no attribute `agee` of User; did you mean `age`?',
      'unknown-entity-type /3/uid: the schema declares no entity type `Grup`; did you mean `Group`?',
      'unexpected-attribute /4/attrs/x: the schema declares no attribute `x` of Group; leave it out, or declare it',
      'unexpected-tag /4/tags/t: the schema declares no tags of Group; leave the tag out, or declare the type with `tags`',
      'missing-attribute /2/attrs: User::"bob" has no attribute `name`; the schema requires it; add it, or declare it with `?`',
      'type-mismatch /2/attrs/boss: expected User, found an entity of type Group; write {"type": "User", "id": ..}',
      'type-mismatch /2/attrs/labels/2: expected String, found Long; write "1"',
      'parent-type /4/parents/0: Group is not declared to be in Team; its parents are of type `Group`',
      'unknown-enum-id /5/uid: "rde" is none of the ids of Team; did you mean "red"?',
      'parent-type /5/parents/0: Team is not declared to be in Group; entities of type Team have no parents',
      'unknown-action /6/uid: the schema declares no action Action::"raed"; did you mean Action::"read"?',
    ]);
  });

  it('say what is wrong with the whole of them when each can be read', () => {
    expect(
      problems(
        user({ age: 1 }),
        user({ age: '2' }),
        entity('Group', 'a', {}, [{ type: 'Group', id: 'b' }]),
        entity('Group', 'b', {}, [{ type: 'Group', id: 'a' }]),
      ),
    ).toEqual([
      'duplicate-entity /1: User::"ann" is given twice, with different data; keep one of the two; the other is at /0',
      'type-mismatch /1/attrs/age: expected Long, found String; write 2 without quotes',
      'entity-cycle /2/parents: an entity is its own ancestor: Group::"a" in Group::"b" in Group::"a"; take one of these parents away',
    ]);
    expect(problems(entity('Action', 'write', {}, []))).toEqual([
      'action-mismatch /0: the schema declares Action::"write" with other groups; leave the action out: the actions of the schema are there without it',
    ]);
  });

  it('keep hostile names apart from what objects have anyway', () => {
    const attrs = readJson('{"name": "x", "__proto__": 1, "constructor": 2, "toString": 3}');
    expect(problems(entity('User', '__proto__', attrs)).map((line) => line.slice(0, 45))).toEqual([
      'unexpected-attribute /0/attrs/__proto__: the ',
      'unexpected-attribute /0/attrs/constructor: th',
      'unexpected-attribute /0/attrs/toString: the s',
    ]);
    expect(problems(entity('__proto__', 'x'), entity('constructor', 'x'))).toHaveLength(2);
    const record = readJson('{"street": "x", "__proto__": {"number": 1}}');
    expect(problems(user({ home: record }))[0]).toMatch(/^unexpected-record-attribute \/0\/attrs\/home\/__proto__:/);
    const declared = schemaOf('entity A { "__proto__": Long, "constructor"?: String };');
    const data = (text: string) => storeBySchema([entity('A', 'x', readJson(text))], declared);
    expect(data('{"__proto__": 1}').ok).toBe(true);
    expect(data('{"__proto__": "1"}').ok).toBe(false);
    expect(data('{"constructor": "1"}').ok).toBe(false);
  });

  it('need no stack and little time, however large they are', () => {
    let deep: JsonValue = 'x';
    for (let level = 0; level < 20_000; level++) deep = level % 2 === 0 ? [deep] : { street: deep };
    for (const value of [user({ age: deep }), user({ places: deep }), user({ home: deep }), user({ address: deep })])
      expect(problems(value).length).toBeGreaterThan(0);
    let calls: JsonValue = '2024-01-01';
    for (let level = 0; level < 20_000; level++) calls = { fn: 'offset', args: [calls, '1h'] };
    expect(problems(user({ since: calls }))[0]).toMatch(/^json-too-deep/);
    const id = 'i'.repeat(1_000_000);
    expect(problems(entity('Team', id))[0]).toMatch(/^unknown-enum-id/);
    const labels = Array.from({ length: 100_000 }, (_, index) => `label ${index % 1000}`);
    expect(problems(user({ labels: [...labels, 1] }))).toEqual([
      'type-mismatch /0/attrs/labels/100000: expected String, found Long; write "1"',
    ]);
  });

  it('name types of any size in a few words', () => {
    const types = Array.from({ length: 60 }, (_, n) => `type T${n + 1} = { a: T${n}, b: T${n} };`).join('\n');
    const schema = schemaOf(`type T0 = Long;\n${types}\nentity A { all: Set<T60>, one: T60 };`);
    const read = storeBySchema([entity('A', 'x', { all: 1, one: 'x' })], schema);
    expect(lines(read.diagnostics).map((line) => line.slice(0, 70))).toEqual([
      'not-a-set /0/attrs/all: expected a set of records, found Long; put the',
      'not-a-record /0/attrs/one: expected a record, found String; write an o',
    ]);
  });
});

describe('a store that was made without the schema', () => {
  const made = (...entities: JsonValue[]): EntityStore => {
    const read = entitiesFromJson(entities);
    const built = read.ok ? createEntityStore(read.value) : read;
    if (!built.ok) throw new Error(lines(built.diagnostics).join('\n'));
    return built.value;
  };

  it('gets the actions of the schema when it conforms', () => {
    const boss: JsonValue = { __entity: { type: 'User', id: 'bob' } };
    const read = conformingStore(made(user({ boss })), SCHEMA);
    expect(read.ok && read.value.size).toBe(4);
    const again = read.ok ? conformingStore(read.value, SCHEMA) : read;
    expect(again.ok && again.value.size).toBe(4);
  });

  it('is refused when it does not, with the names of its entities', () => {
    const read = conformingStore(
      made(
        user({ boss: { type: 'User', id: 'bob' }, places: [{ street: 'x' }, { number: 1 }] }),
        entity('Action', 'write'),
        entity('Action', 'other', { a: 1 }),
      ),
      SCHEMA,
    );
    expect(lines(read.diagnostics).map((line) => line.split(';')[0])).toEqual([
      'type-mismatch /attrs/boss: User::"ann" at /attrs/boss: expected User, found a record',
      'missing-record-attribute /attrs/places/1: User::"ann" at /attrs/places/1: this record has no attribute `street`',
      'action-mismatch : Action::"write" at : the schema declares Action::"write" with other groups',
      'unknown-action /uid: Action::"other" at /uid: the schema declares no action Action::"other"',
    ]);
  });

  it('can be extended by entities that conform', () => {
    const resident = store(user({}));
    expect(extendStoreBySchema(resident, [entity('Group', 'a')], SCHEMA).ok).toBe(true);
    const write = (...parents: JsonValue[]) => [entity('Action', 'write', {}, parents)];
    expect(extendStoreBySchema(resident, write({ type: 'Action', id: 'any' }), SCHEMA).ok).toBe(true);
    expect(lines(extendStoreBySchema(resident, write(), SCHEMA).diagnostics)[0]).toMatch(/^entity-conflict \/0/);
    expect(lines(extendStoreBySchema(resident, [entity('Groop', 'a')], SCHEMA).diagnostics)[0]).toMatch(
      /^unknown-entity/,
    );
    expect(lines(extendStoreBySchema(resident, [user({ age: 'x' })], SCHEMA).diagnostics)[0]).toMatch(/^type-mismatch/);
  });
});

describe('a context that is read by a schema', () => {
  const action = findAction(SCHEMA, entityUid('Action', 'read'));
  const read = (json: JsonValue) => {
    if (action === undefined) throw new Error('no action');
    return contextBySchema(json, SCHEMA, action, '/context');
  };

  it('has the declared attributes in any form', () => {
    const { read: found, mismatches } = read({ ip: '10.0.0.1', user: { type: 'User', id: 'x' } });
    expect(mismatches).toEqual([]);
    expect(found.ok && [...found.value.fields.keys()]).toEqual(['ip', 'user']);
  });

  it('keeps what cannot be read apart from what does not conform', () => {
    const wrong = read({ ip: { fn: 'decimal', arg: '1.0' }, user: { type: 'Group', id: 'x' } });
    expect(wrong.read.ok).toBe(true);
    expect(lines(wrong.mismatches).map((line) => line.split(';')[0])).toEqual([
      'type-mismatch /context/ip: expected ipaddr, found decimal',
      'type-mismatch /context/user: expected User, found an entity of type Group',
    ]);
    expect(lines(read({ ip: 'x', iq: 1 }).read.diagnostics).map((line) => line.split(' ')[0])).toEqual([
      'extension-failure',
      'missing-record-attribute',
      'unexpected-record-attribute',
    ]);
    for (const json of [null, [], 1, 'x', createJsonObject()]) expect(read(json).read.ok).toBe(false);
  });
});

describe('the entities of a request', () => {
  const check = (principal: string, action: string, resource: string): readonly string[] => {
    const uid = (text: string) => {
      const [type = '', id = ''] = text.split(' ');
      return entityUid(type, id);
    };
    return lines(checkRequest(SCHEMA, { principal: uid(principal), action: uid(action), resource: uid(resource) }));
  };

  it('are what the action applies to', () => {
    expect(check('User x', 'Action read', 'Group x')).toEqual([]);
    expect(check('User x', 'Action read', 'Team red')).toEqual([]);
  });

  it.each([
    ['Group x', 'Action read', 'User x', ['principal-type /principal', 'resource-type /resource']],
    ['Usr x', 'Action read', 'Action read', ['unknown-entity-type /principal', 'unknown-entity-type /resource']],
    ['User x', 'Action red', 'Team x', ['unknown-enum-id /resource', 'unknown-action /action']],
    ['User x', 'Action any', 'Group x', ['principal-type /principal', 'resource-type /resource']],
    ['User x', 'User x', 'Group x', ['unknown-action /action']],
  ])('%s %s %s: %j', (principal, action, resource, expected) => {
    const found = check(principal, action, resource);
    expect(found.map((line) => line.split(':')[0])).toEqual(expected);
    for (const line of found) expect(line.split('; ')[1]).not.toBe('');
  });
});
