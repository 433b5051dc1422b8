import fc from 'fast-check';
import type { Entity } from '../../src/entities/entity.js';
import { type EntityUid, entityUid } from '../../src/values/value.js';

export function entity(uid: EntityUid, parents: readonly EntityUid[] = []): Entity {
  return { uid, attributes: new Map(), tags: new Map(), parents };
}

/** Names that are used in generated hierarchies; not all of them are entities there. */
export const NAMES: readonly EntityUid[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((id, i) =>
  entityUid(i % 3 === 0 ? 'G' : 'U', id),
);

const name = fc.constantFrom(...NAMES);

/** Entities with different names and any parents, cycles included. */
export const anyEntities: fc.Arbitrary<readonly Entity[]> = fc
  .uniqueArray(fc.tuple(name, fc.array(name, { maxLength: 2 })), { maxLength: NAMES.length, selector: ([uid]) => uid })
  .map((list) => list.map(([uid, parents]) => entity(uid, parents)));

/** Entities without cycles: parents have later names. */
export const acyclicEntities: fc.Arbitrary<readonly Entity[]> = fc
  .uniqueArray(fc.tuple(fc.nat(NAMES.length - 1), fc.array(fc.nat(), { maxLength: 3 })), {
    maxLength: NAMES.length,
    selector: ([index]) => index,
  })
  .map((list) =>
    list.map(([index, seeds]) => {
      const later = NAMES.slice(index + 1);
      return entity(
        NAMES[index] ?? entityUid('X', ''),
        later.length === 0 ? [] : seeds.flatMap((seed) => later[seed % later.length] ?? []),
      );
    }),
  );

export function entitiesJson(entities: readonly Entity[]): readonly object[] {
  const plain = ({ type, id }: EntityUid): object => ({ type, id });
  return entities.map(({ uid, parents }) => ({ uid: plain(uid), attrs: {}, parents: parents.map(plain) }));
}
