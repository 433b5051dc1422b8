import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/diagnostics/diagnostic.js';
import type { Entity, EntityStore } from '../../src/entities/entity.js';
import { createEntityStore, EMPTY_ENTITY_STORE, extendEntityStore } from '../../src/entities/entity-store.js';
import { ExtendedStore } from '../../src/entities/extended-store.js';
import { Hierarchy } from '../../src/entities/hierarchy.js';
import { layOutPlaces } from '../../src/entities/place.js';
import { sameUid } from '../../src/values/equality.js';
import { printEntityUid } from '../../src/values/print.js';
import { type EntityUid, entityUid } from '../../src/values/value.js';
import { checkEntitiesText, satisfiedPolicies } from '../json/oracle.js';
import { acyclicEntities, anyEntities, entitiesJson, entity, NAMES } from './hierarchies.js';

const RUNS = Number(process.env.DEODAR_RUNS ?? 500);
const u = (id: string): EntityUid => entityUid('U', id);

function storeOf(result: Result<EntityStore>): EntityStore {
  if (!result.ok) throw new Error(result.diagnostics.map((d) => d.message).join('\n'));
  return result.value;
}

function problems(result: Result<unknown>): readonly string[] {
  return result.diagnostics.map((d) => `${d.pointer} ${d.code}`);
}

/** What can be reached by following parents, by definition: slowly. */
function reaches(entities: readonly Entity[], from: EntityUid, to: EntityUid): boolean {
  const seen: EntityUid[] = [from];
  for (const uid of seen) {
    for (const parent of entities.find((e) => sameUid(e.uid, uid))?.parents ?? []) {
      if (!seen.some((s) => sameUid(s, parent))) seen.push(parent);
    }
  }
  return seen.some((s) => sameUid(s, to));
}

function expectHierarchy(store: EntityStore, entities: readonly Entity[]): void {
  for (const from of NAMES) {
    const above = NAMES.filter((to) => !sameUid(from, to) && reaches(entities, from, to));
    expect(store.ancestors(from).map(printEntityUid).sort()).toEqual(above.map(printEntityUid).sort());
    for (const to of NAMES) {
      expect(store.isIn(from, to), `${printEntityUid(from)} in ${printEntityUid(to)}`).toBe(
        reaches(entities, from, to),
      );
    }
  }
}

describe('createEntityStore', () => {
  it('answers `in` as the official engine does', () => {
    const policies = Object.fromEntries(
      NAMES.map((to) => [printEntityUid(to), `permit(principal in ${printEntityUid(to)}, action, resource);`]),
    );
    fc.assert(
      fc.property(anyEntities, fc.constantFrom(...NAMES), (entities, from) => {
        const principal = { type: from.type, id: from.id };
        const call = {
          principal,
          action: principal,
          resource: principal,
          context: {},
          entities: entitiesJson(entities),
          policies: { staticPolicies: policies },
        };
        const expected = satisfiedPolicies(JSON.stringify(call));
        const store = createEntityStore(entities);
        expect(store.ok).toBe(expected !== undefined);
        if (!store.ok) expect(store.diagnostics.every((d) => d.code === 'entity-cycle')).toBe(true);
        else
          expect(
            NAMES.filter((to) => store.value.isIn(from, to))
              .map(printEntityUid)
              .sort(),
          ).toEqual([...(expected ?? [])].sort());
      }),
      { numRuns: RUNS },
    );
  });

  it('agrees with the definition of `in` for every pair', () => {
    fc.assert(
      fc.property(acyclicEntities, (entities) => {
        const store = storeOf(createEntityStore(entities));
        expect(store.size).toBe(entities.length);
        expectHierarchy(store, entities);
      }),
      { numRuns: RUNS },
    );
  });

  it('agrees with it also without room to remember ancestors', () => {
    fc.assert(
      fc.property(acyclicEntities, fc.nat(4), (entities, room) => {
        expectHierarchy(new Hierarchy(layOutPlaces(entities).places, entities.length, room), entities);
      }),
      { numRuns: RUNS },
    );
  });

  it('refuses duplicates, and actions below what is no action, as the official engine does', () => {
    const uid = fc.constantFrom(
      u('x'),
      entityUid('Action', 'x'),
      entityUid('N::Action', 'x'),
      entityUid('MyAction', 'x'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(uid, fc.uniqueArray(uid, { maxLength: 1 })), { maxLength: 3 }), (list) => {
        const entities = list.map(([id, parents]) =>
          entity(
            id,
            parents.map((p) => entityUid(p.type, 'parent')),
          ),
        );
        const text = JSON.stringify({ entities: entitiesJson(entities) });
        expect(createEntityStore(entities).ok).toBe(checkEntitiesText(text) === 'success');
      }),
      { numRuns: RUNS },
    );
  });

  it('points to what is wrong, and reports everything', () => {
    const one = entity(u('x'));
    const other: Entity = { ...one, attributes: new Map([['a', 1]]) };
    const action = entity(entityUid('Action', 'view'), [entityUid('Action', 'all'), u('x'), u('y')]);
    const self = entity(u('s'), [u('z'), u('s')]);
    const pair = [entity(u('p'), [u('q')]), entity(u('q'), [u('p')])];
    expect(problems(createEntityStore([one, action, other, one, self, ...pair]))).toEqual([
      '/1/parents/1 action-parent',
      '/1/parents/2 action-parent',
      '/2 duplicate-entity',
      '/4/parents entity-cycle',
      '/5/parents entity-cycle',
    ]);
  });

  it('takes equal copies as one', () => {
    const a: Entity = { ...entity(u('x'), [u('p'), u('q'), u('p')]), tags: new Map([['t', 'v']]) };
    const b: Entity = { ...entity(u('x'), [u('q'), u('p')]), tags: new Map([['t', 'v']]) };
    expect(storeOf(createEntityStore([a, b])).size).toBe(1);
    expect(problems(createEntityStore([a, { ...b, tags: new Map() }]))).toEqual(['/1 duplicate-entity']);
    expect(problems(createEntityStore([a, { ...b, parents: [u('q')] }]))).toEqual(['/1 duplicate-entity']);
  });

  it('finds entities by type and id, whatever these are', () => {
    const odd = [
      entityUid('__proto__', 'constructor'),
      entityUid('A', ''),
      entityUid('A', '\0'),
      entityUid('A::B', 'x'),
      entityUid('A', 'B::x'),
    ];
    const store = storeOf(createEntityStore(odd.map((uid) => entity(uid))));
    for (const uid of odd) expect(store.find({ ...uid })?.uid).toEqual(uid);
    expect(store.find(entityUid('constructor', 'x'))).toBeUndefined();
    expect([...store.entities()]).toHaveLength(odd.length);
  });

  it('shows the way round of a long cycle briefly', () => {
    const ring = Array.from({ length: 150_000 }, (_, i) => entity(u(String(i)), [u(String((i + 1) % 150_000))]));
    const result = createEntityStore(ring);
    expect(problems(result)).toEqual(['/0/parents entity-cycle']);
    expect(result.diagnostics[0]?.message.length).toBeLessThan(300);
  });
});

describe('large stores', () => {
  const SIZE = 100_000;
  const id = (i: number): EntityUid => entityUid('U', `e${i}`);

  it('answer in a chain of 100,000, from every entity', () => {
    const store = storeOf(createEntityStore(Array.from({ length: SIZE }, (_, i) => entity(id(i), [id(i + 1)]))));
    for (let i = 0; i < SIZE; i++) {
      const other = (i * 7919) % (SIZE + 1);
      if (store.isIn(id(i), id(other)) !== i <= other) throw new Error(`${i} in ${other}`);
    }
    expect(store.ancestors(id(0))).toHaveLength(SIZE);
  });

  it('answer where every entity has two parents, without remembering everything', () => {
    const store = storeOf(
      createEntityStore(
        Array.from({ length: SIZE }, (_, i) => entity(id(i), i + 2 < SIZE ? [id(i + 1), id(i + 2)] : [])),
      ),
    );
    expect(store.isIn(id(0), id(SIZE - 1))).toBe(true);
    for (let i = 0; i < SIZE; i += 997) {
      expect(store.isIn(id(i), id(Math.min(i + 2, SIZE - 1)))).toBe(i + 2 < SIZE);
      expect(store.isIn(id(i + 1), id(i))).toBe(false);
    }
  });

  it('answer for 100,000 users in shared groups', () => {
    const group = (i: number): EntityUid => entityUid('G', `g${i}`);
    const groups = Array.from({ length: 1000 }, (_, i) =>
      entity(group(i), i === 0 ? [] : [group(i >> 1), group(i >> 2)]),
    );
    const users = Array.from({ length: SIZE }, (_, i) => entity(id(i), [group(i % 1000), group((i * 7) % 1000)]));
    const store = storeOf(createEntityStore([...groups, ...users]));
    for (let i = 0; i < SIZE; i++) if (!store.isIn(id(i), group(0))) throw new Error(`${i}`);
    expect(store.isIn(id(3), group(999))).toBe(false);
  });
});

describe('extendEntityStore', () => {
  /** Enough other entities for additions to be put beside the store instead of into a new one. */
  const FILLER = Array.from({ length: 400 }, (_, i) =>
    entity(entityUid('Filler', String(i)), [entityUid('Filler', String(i + 1))]),
  );

  it.each([
    ['a small store', [] as readonly Entity[]],
    ['a large store', FILLER],
  ])('of %s gives what one store of everything gives', (_, filler) => {
    fc.assert(
      fc.property(anyEntities, fc.nat(10), fc.nat(10), (entities, first, second) => {
        const [cut, end] = [Math.min(first, second), Math.max(first, second)];
        const base = createEntityStore([...entities.slice(0, cut), ...filler]);
        if (!base.ok) return;
        const whole = createEntityStore([...entities, ...filler]);
        const once = extendEntityStore(base.value, entities.slice(cut));
        expect(once.ok).toBe(whole.ok);
        if (once.ok) expectHierarchy(once.value, entities);
        else expect(once.diagnostics.map((d) => d.code)).toContain('entity-cycle');
        const half = extendEntityStore(base.value, entities.slice(cut, end));
        if (!half.ok) return;
        const twice = extendEntityStore(half.value, entities.slice(end));
        expect(twice.ok).toBe(whole.ok);
        if (twice.ok) expectHierarchy(twice.value, entities);
        expect(base.value.size).toBe(cut < entities.length ? cut + filler.length : entities.length + filler.length);
      }),
      { numRuns: RUNS },
    );
  });

  it('puts a few entities beside a large store', () => {
    const base = storeOf(createEntityStore(FILLER));
    const extended = storeOf(extendEntityStore(base, [entity(u('x'), [entityUid('Filler', '0')])]));
    expect(extended).toBeInstanceOf(ExtendedStore);
    expect(extended.isIn(u('x'), entityUid('Filler', '399'))).toBe(true);
    expect(extended.size).toBe(401);
    expect([...extended.entities()]).toHaveLength(401);
    expect(base.find(u('x'))).toBeUndefined();
  });

  it('completes a chain through a parent that the store lacks', () => {
    const base = storeOf(createEntityStore([...FILLER, entity(u('a'), [u('gone')])]));
    expect(base.isIn(u('a'), u('top'))).toBe(false);
    const extended = storeOf(extendEntityStore(base, [entity(u('gone'), [u('top')])]));
    expect(extended.isIn(u('a'), u('top'))).toBe(true);
    expect(base.isIn(u('a'), u('top'))).toBe(false);
    expect(problems(extendEntityStore(base, [entity(u('other')), entity(u('gone'), [u('a')])]))).toEqual([
      '/1/parents entity-cycle',
    ]);
  });

  it('lets a resident entity be given again when it is equal', () => {
    const resident: Entity = { ...entity(u('a'), [u('b')]), attributes: new Map([['n', 1]]) };
    const base = storeOf(createEntityStore([...FILLER, resident, entity(u('b'), [u('c')])]));
    expect(extendEntityStore(base, [{ ...resident }])).toEqual({ ok: true, value: base, diagnostics: [] });
    expect(extendEntityStore(base, [{ ...resident, parents: [u('c'), u('b')] }]).ok).toBe(true);
    expect(problems(extendEntityStore(base, [entity(u('new')), { ...resident, attributes: new Map() }]))).toEqual([
      '/1 entity-conflict',
    ]);
    expect(problems(extendEntityStore(base, [{ ...resident, parents: [u('c')] }]))).toEqual(['/0 entity-conflict']);
    expect(problems(extendEntityStore(base, [entity(u('new')), entity(u('new'), [u('b')])]))).toEqual([
      '/1 duplicate-entity',
    ]);
  });

  it('checks the parents of added actions', () => {
    expect(problems(extendEntityStore(EMPTY_ENTITY_STORE, [entity(entityUid('Action', 'x'), [u('a')])]))).toEqual([
      '/0/parents/0 action-parent',
    ]);
  });

  it('of the empty store by nothing is the empty store', () => {
    expect(extendEntityStore(EMPTY_ENTITY_STORE, [])).toEqual({ ok: true, value: EMPTY_ENTITY_STORE, diagnostics: [] });
    expect(EMPTY_ENTITY_STORE.size).toBe(0);
    expect(EMPTY_ENTITY_STORE.isIn(u('a'), u('a'))).toBe(true);
    expect(EMPTY_ENTITY_STORE.ancestors(u('a'))).toEqual([]);
  });
});
