import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEntity } from '../../src/entities/conform-entity.js';
import { checkRequest } from '../../src/entities/conform-request.js';
import { checkValue, createConformance } from '../../src/entities/conform-value.js';
import { requestConforms, type WholeRequest } from '../../src/entities/conforms.js';
import type { Entity } from '../../src/entities/entity.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { findAction } from '../../src/schema/schema.js';
import { createSource } from '../../src/text/source.js';
import type { CedarType, RecordType } from '../../src/types/cedar-type.js';
import { createSet } from '../../src/values/equality.js';
import { RecordMaker } from '../../src/values/field-list.js';
import { type EntityUid, entityUid, recordOf, type Value } from '../../src/values/value.js';

const SCHEMA = `
entity Color enum ["red", "green"];
entity Group in [Group];
entity User in [Group] = { name: String, age?: Long, color: Color, home: ipaddr } tags Set<Long>;
entity Plain;
action all;
action view in [all] appliesTo { principal: [User], resource: [Plain, Color], context: {
  text: String, flag: Bool, count?: Long, price: decimal, who: User, colors: Set<Color>,
  small: { a: Long, b?: Set<String> },
  many: { a: Long, b: Long, c: Long, d: Long, e: Long, f: Long, g: Long, h: Long, i: Long, j?: Color },
} };`;

const schema = (() => {
  const parsed = parseSchema(createSource(SCHEMA));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const resolved = resolveSchema([parsed.value]);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.diagnostics));
  return resolved.value;
})();
const VIEW = entityUid('Action', 'view');

function some<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is no such value');
  return value;
}

const decimals = fc.bigInt(-9n, 9n).map((units): Value => ({ kind: 'decimal', units }));
const addresses = fc.bigInt(0n, 9n).map((address): Value => ({ kind: 'ipaddr', version: 4, address, prefix: 32 }));
const uids: fc.Arbitrary<EntityUid> = fc
  .tuple(
    fc.constantFrom('User', 'Color', 'Group', 'Plain', 'Action', 'Nothing', '__proto__'),
    fc.constantFrom('red', 'green', 'blue', 'view', 'all', 'constructor'),
  )
  .map(([type, id]) => entityUid(type, id));
const anything: fc.Arbitrary<Value> = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.constant(2n ** 62n),
  fc.string(),
  uids,
  decimals,
  addresses,
  fc.array(uids, { maxLength: 2 }).map(createSet),
  fc.constant(recordOf([['a', 1]])),
);

/** Values of a type, of which a few are something else somewhere. */
function nearly(type: CedarType): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 60, arbitrary: exactly(type) }, { weight: 1, arbitrary: anything });
}

function exactly(type: CedarType): fc.Arbitrary<Value> {
  switch (type.kind) {
    case 'bool':
      return fc.boolean();
    case 'long':
      return fc.oneof(fc.integer(), fc.constant(2n ** 62n));
    case 'string':
      return fc.string();
    case 'extension':
      return type.name === 'decimal' ? decimals : addresses;
    case 'entity':
      return fc.constantFrom('red', 'green', 'red', 'green', 'red', 'blue').map((id) => entityUid(type.name, id));
    case 'set':
      return fc.array(nearly(type.element), { maxLength: 3 }).map(createSet);
    case 'record':
      return fieldsOf(type).map((fields): Value => ({ kind: 'record', fields }));
  }
}

function fieldsOf({ attributes }: RecordType): fc.Arbitrary<ReadonlyMap<string, Value>> {
  const fields = [...attributes].map(([name, { type, required }]) =>
    fc.tuple(fc.constant(name), nearly(type), fc.integer({ min: 0, max: required ? 60 : 1 })),
  );
  const further = fc.tuple(fc.constantFrom('__proto__', 'further'), anything, fc.integer({ min: -60, max: 1 }));
  return fc.tuple(fc.tuple(...fields), further, fc.boolean()).map(([own, more, isList]) => {
    const map = new Map([...own, more].flatMap(([name, value, chance]) => (chance > 0 ? [[name, value]] : [])));
    return isList ? maker.of([...map.keys()], [...map.values()]).fields : map;
  });
}

const maker = new RecordMaker();

const entities: fc.Arbitrary<Entity> = fc
  .constantFrom('User', 'User', 'User', 'Group', 'Plain', 'Color', 'Action', 'Nothing')
  .chain((name): fc.Arbitrary<Entity> => {
    const type = schema.entityTypes.get(name);
    const tag = type?.tags === undefined ? anything : nearly(type.tags);
    const rarely = fc.constantFrom(0, 0, 0, 0, type?.tags === undefined ? 0 : 2, 1);
    return fc.record({
      uid: fc.constantFrom('red', 'view', 'blue').map((id) => entityUid(name, id)),
      attributes: type === undefined ? fc.constant(new Map()) : fieldsOf(type.attributes),
      tags: fc.tuple(rarely, tag).map(([count, value]) => new Map(count === 0 ? [] : [['t', value]])),
      parents: fc.oneof(
        fc.constant([]),
        fc.constant(name === 'User' || name === 'Group' ? [entityUid('Group', 'g')] : []),
        fc.array(uids, { maxLength: 1 }),
      ),
    });
  });

const requests: fc.Arbitrary<WholeRequest> = fc.record({
  principal: fc.oneof({ weight: 8, arbitrary: fc.constant(entityUid('User', 'u')) }, uids),
  action: fc.oneof({ weight: 8, arbitrary: fc.constant(VIEW) }, uids),
  resource: fc.oneof({ weight: 4, arbitrary: fc.constant(entityUid('Plain', 'p')) }, uids),
  context: fieldsOf(some(findAction(schema, VIEW)).context).map((fields) => ({ kind: 'record', fields })),
  entities: fc.array(entities, { maxLength: 2 }),
});

/** Whether the checker that says why finds nothing. */
function hasNoProblems(request: WholeRequest): boolean {
  const conformance = createConformance(schema);
  const action = findAction(schema, request.action);
  if (action !== undefined) checkValue(conformance, request.context, action.context);
  for (const entity of request.entities) checkEntity(conformance, entity);
  return checkRequest(schema, request).length + conformance.diagnostics.length === 0;
}

describe('whether a request conforms', () => {
  it('is what the checker that says why finds, also when the same values are asked about again', () => {
    const counts = { conforming: 0, others: 0 };
    fc.assert(
      fc.property(requests, (request) => {
        const conforms = hasNoProblems(request);
        counts[conforms ? 'conforming' : 'others']++;
        expect(requestConforms(schema, request)).toBe(conforms);
        expect(requestConforms(schema, request)).toBe(conforms);
      }),
      { numRuns: Number(process.env.DEODAR_RUNS ?? 3000) },
    );
    // Either answer must be common, or the property says little.
    expect(counts.conforming).toBeGreaterThan(200);
    expect(counts.others).toBeGreaterThan(200);
  });

  it('asks each schema anew about a record that conformed to another', () => {
    const context = recordOf([]);
    const request = { principal: entityUid('User', 'u'), action: VIEW, resource: entityUid('Plain', 'p'), context };
    const parsed = parseSchema(
      createSource('entity User, Plain; action view appliesTo { principal: User, resource: Plain };'),
    );
    const other = parsed.ok ? resolveSchema([parsed.value]) : parsed;
    if (!other.ok) throw new Error(JSON.stringify(other.diagnostics));
    expect(requestConforms(other.value, { ...request, entities: [] })).toBe(true);
    expect(requestConforms(schema, { ...request, entities: [] })).toBe(false);
  });
});
