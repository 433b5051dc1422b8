import fc from 'fast-check';
import { printPolicy } from '../../src/ast/print-policy.js';
import { jsonOfArgument } from '../../src/cedar-wasm/call-json.js';
import { entitiesToJson, valueToJson } from '../../src/entities/entity-to-json.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { printJson } from '../../src/json/print-json.js';
import { type RequestEnvironment, requestEnvironments, type Schema } from '../../src/schema/schema.js';
import type { EntityUid } from '../../src/values/value.js';
import { arbitraryPolicy } from '../support/arbitrary-policy.js';
import { arbitraryEntities, arbitraryRequest } from '../support/arbitrary-request.js';
import { arbitraryMutation, type Mutation, mutateJson, type PlainJson } from '../support/mutate-json.js';
import { WORLD_SCHEMA } from '../support/world.js';
import { arbitraryPolicyText, arbitrarySchema } from '../validator/arbitrary-cases.js';
import { schemaOf } from '../validator/compare-validation.js';
import { conformingRequest, conformingStore, type Random, randomFrom } from '../validator/conforming-world.js';
import type { Calls } from './arbitrary-calls.js';

const WORDS = [
  ...'uid attrs parents tags type id __entity __extn __expr fn arg args'.split(' '),
  ...'a b c d t u i j k r s q x y z g h A B E F N::C N::Action Action User __proto__'.split(' '),
  ...'ip decimal datetime duration offset isIpv4 toDate 1.1.1.1 1.0 2024-01-01 1h'.split(' '),
];

/** Data of a small schema, as a call has it: it conforms unless something was changed. */
interface World {
  readonly schema: string;
  readonly entities: PlainJson;
  readonly principal: PlainJson;
  readonly action: PlainJson;
  readonly resource: PlainJson;
  readonly context: PlainJson;
}

const world: fc.Arbitrary<World> = fc.tuple(arbitrarySchema, fc.nat()).map(([text, seed]) => {
  const random = randomFrom(seed);
  const schema = schemaOf(text);
  const store = conformingStore(schema, random);
  const entities = entitiesToJson(store);
  const environment = anyEnvironment(schema, random);
  const request = environment && conformingRequest(environment, schema, store, random);
  const context = request && valueToJson(request.context);
  return {
    schema: text,
    entities: entities.ok ? inShort(plain(entities.value), random) : [],
    principal: uidOf(request?.principal),
    action: uidOf(request?.action),
    resource: uidOf(request?.resource),
    context: context?.ok === true ? inShort(plain(context.value), random) : {},
  };
});

function anyEnvironment(schema: Schema, random: Random): RequestEnvironment | undefined {
  const all = [...requestEnvironments(schema)];
  return all[Math.floor(random() * all.length)];
}

function uidOf(uid: EntityUid | undefined): PlainJson {
  return uid === undefined ? { type: 'Action', id: 'g' } : { type: uid.type, id: uid.id };
}

/** As callers have it, without the integers beyond 2^53 that `JSON.parse` rounds: both sides refuse the largest then. */
function plain(json: JsonValue): PlainJson {
  return JSON.parse(printJson(json), (_key, value: unknown) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? 7 : value,
  );
}

/** Some of the escapes in the short forms that only a schema makes sense of. */
function inShort(json: PlainJson, random: Random): PlainJson {
  if (Array.isArray(json)) return json.map((inner) => inShort(inner, random));
  if (typeof json !== 'object' || json === null) return json;
  const copy = Object.fromEntries(Object.entries(json).map(([key, inner]) => [key, inShort(inner, random)]));
  const { __entity: uid, __extn: call } = copy;
  if (uid !== undefined && random() < 0.5) return uid;
  if (typeof call !== 'object' || call === null || Array.isArray(call) || random() < 0.3) return copy;
  const { arg } = call;
  return arg !== undefined && random() < 0.6 ? arg : call;
}

const mutations = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Mutation[]>([]) },
  { weight: 5, arbitrary: fc.array(arbitraryMutation(WORDS), { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.array(arbitraryMutation(WORDS), { minLength: 2, maxLength: 3 }) },
);

function changed(json: PlainJson, all: readonly Mutation[]): PlainJson {
  return all.reduce<PlainJson>(mutateJson, json);
}

const otherUid = fc
  .tuple(
    fc.constantFrom('A', 'B', 'N::C', 'E', 'F', 'Action', 'N::Action'),
    fc.constantFrom('i', 'r', 'q', 'x', 'y', 'g', 'h', 'z'),
  )
  .map(([type, id]): PlainJson => ({ type, id }));

const sometimesOther = fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: otherUid });

/** What stands in a request in place of what fits. */
const others = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ principal: otherUid }),
      fc.record({ action: otherUid }),
      fc.record({ resource: otherUid }),
    ),
  },
);

const policies = fc
  .array(fc.oneof(arbitraryPolicyText, fc.constant('permit(principal, action, resource);')), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all): PlainJson => ({ staticPolicies: all.filter((text) => !/\?|unknown\(/.test(text)).join('\n') }));

/** A request and entities of the world that the other tests are about. */
const ofTheWorld = fc.boolean().chain((conforming) =>
  fc.record({
    request: arbitraryRequest({ conforming }).map((each) => plain(jsonOfArgument(each))),
    entities: arbitraryEntities({ conforming }).map((all) => plain(jsonOfArgument(all))),
  }),
);

/** Calls with data that is checked against a schema. */
export const SCHEMA_CALLS: Readonly<Record<string, fc.Arbitrary<Calls>>> = {
  'checkParseEntities by a schema': fc.tuple(world, mutations).map(([{ schema, entities }, all]): Calls => {
    return [{ name: 'checkParseEntities', args: [{ entities: changed(entities, all), schema }] }];
  }),
  'checkParseContext by a schema': fc
    .tuple(world, mutations, sometimesOther)
    .map(([{ schema, context, action }, all, other]): Calls => {
      return [
        { name: 'checkParseContext', args: [{ context: changed(context, all), schema, action: other ?? action }] },
      ];
    }),
  'isAuthorized by the schema of the world': fc
    .tuple(ofTheWorld, mutations, arbitraryPolicy({ depth: 3 }), fc.boolean())
    .map(([{ request, entities }, all, policy, validateRequest]): Calls => {
      const given = { staticPolicies: printPolicy(policy) };
      const call = { ...Object(request), entities: changed(entities, all), policies: given, schema: WORLD_SCHEMA };
      return [{ name: 'isAuthorized', args: [{ ...call, validateRequest }] }];
    }),
  'isAuthorized by a schema': fc
    .tuple(world, mutations, mutations, others, policies, fc.boolean())
    .map(([all, ofEntities, ofContext, other, given, validateRequest]): Calls => {
      const entities = changed(all.entities, ofEntities);
      const context = changed(all.context, ofContext);
      const call = { ...all, entities, context, policies: given, validateRequest, ...other };
      return [{ name: 'isAuthorized', args: [call] }];
    }),
};
