import fc from 'fast-check';
import type { Policy } from '../../src/ast/policy.js';
import { printPolicy } from '../../src/ast/print-policy.js';
import { policyToJson } from '../../src/est/policy-to-json.js';
import { printJson } from '../../src/json/print-json.js';
import { POLICY_WORDS } from '../est/reading-words.js';
import { policyText, widths } from '../formatter/policy-texts.js';
import { mutatePolicy, randomPolicy } from '../parser/mutate-policy.js';
import { mutateSchemaJson, mutateSchemaText } from '../schema/mutate-schema.js';
import { randomSchemaJson, randomSchemaText } from '../schema/random-schema.js';
import { arbitraryPolicy, arbitraryTemplate } from '../support/arbitrary-policy.js';
import { arbitraryEntities, arbitraryRequest } from '../support/arbitrary-request.js';
import { arbitraryMutation, mutateJson, type PlainJson } from '../support/mutate-json.js';
import { Random } from '../support/random.js';
import { WORLD_SCHEMA } from '../support/world.js';
import { arbitraryCase } from '../validator/arbitrary-cases.js';
import type { FunctionName } from './oracle.js';

/** Calls of the package one after the other; what an earlier one keeps is there for a later one. */
export type Calls = readonly { readonly name: FunctionName; readonly args: readonly PlainJson[] }[];

const seed = fc.nat().map((n) => new Random(n));

/** Mostly as it is, sometimes changed. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>, changed: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 3, arbitrary }, { weight: 1, arbitrary: changed });
}

function mutated(json: fc.Arbitrary<PlainJson>, words: readonly string[]): fc.Arbitrary<PlainJson> {
  const mutations = fc.array(arbitraryMutation(words), { minLength: 1, maxLength: 2 });
  return fc.tuple(json, mutations).map(([value, all]) => all.reduce<PlainJson>(mutateJson, value));
}

/** Policies of a few levels: what the engines are compared on here is the calls around them. */
const policy = arbitraryPolicy({ depth: 3 });
const template = arbitraryTemplate({ depth: 2 });

function textOf(from: fc.Arbitrary<Policy>): fc.Arbitrary<string> {
  const text = from.map((each) => printPolicy(each));
  return sometimes(
    text,
    fc.tuple(text, seed).map(([whole, random]) => mutatePolicy(whole, random)),
  );
}

function jsonOf(from: fc.Arbitrary<Policy>): fc.Arbitrary<PlainJson> {
  // As callers have it: `JSON.parse` rounds integers beyond 2^53, for both sides alike.
  const json = from.map((each): PlainJson => JSON.parse(printJson(policyToJson(each))));
  return sometimes(json, mutated(json, POLICY_WORDS));
}

const staticPolicy = fc.oneof(textOf(policy), jsonOf(policy), textOf(policy), textOf(template), jsonOf(template));
const templatePolicy = fc.oneof(textOf(template), jsonOf(template), textOf(template), textOf(policy));
const onePolicy = fc.oneof(
  { weight: 8, arbitrary: staticPolicy },
  { weight: 2, arbitrary: templatePolicy },
  { weight: 1, arbitrary: seed.map(randomPolicy) },
  { weight: 1, arbitrary: fc.constantFrom<PlainJson>(null, 1, true, [], {}, '', '// nothing') },
);

const id = fc.constantFrom('a', 'b', 'c', 'policy0', 'policy1', 'JSON policy', '', '__proto__', 'é\n');
const texts = fc
  .tuple(
    fc.array(
      fc.oneof({ weight: 40, arbitrary: arbitraryPolicy({ depth: 3 }) }, { weight: 1, arbitrary: arbitraryTemplate() }),
      { maxLength: 12 },
    ),
    seed,
  )
  .map(([each, random]) => {
    const whole = each.map((one) => printPolicy(one)).join('\n');
    return random.below(5) === 0 ? mutatePolicy(whole, random) : whole;
  });

const uid = fc.oneof(
  arbitraryRequest().map(({ principal }): PlainJson => ({ ...principal })),
  arbitraryRequest().map(({ resource }): PlainJson => ({ __entity: { ...resource } })),
  fc.constantFrom<PlainJson>(null, 'User::"alice"', ['User', 'alice'], { type: 'if', id: '' }, { type: 'A', id: 1 }),
);

const link = fc.record({
  templateId: id,
  newId: id,
  values: fc.oneof(
    fc.record<{ [key: string]: PlainJson }>({ '?principal': uid, '?resource': uid }, { requiredKeys: [] }),
    fc.record<{ [key: string]: PlainJson }>({ '?principal': uid }),
    fc.record<{ [key: string]: PlainJson }>({ '?resource': uid }),
  ),
});

function dictionary(values: fc.Arbitrary<PlainJson>): fc.Arbitrary<PlainJson> {
  return fc.dictionary(id, values, { maxKeys: 3 }).map((object): PlainJson => ({ ...object }));
}

/** Templates and links that fit each other more often than chance would have it. */
const linked = fc
  .tuple(arbitraryTemplate({ depth: 2 }), uid, uid, id, id)
  .map(([each, principal, resource, templateId, newId]): PlainJson => {
    const values = { '?principal': principal, '?resource': resource };
    const wanted = Object.fromEntries(each.slots.map((slot) => [slot, values[slot]]));
    return { templates: { [templateId]: printPolicy(each) }, templateLinks: [{ templateId, newId, values: wanted }] };
  });

const policySet: fc.Arbitrary<PlainJson> = fc.oneof(
  { weight: 4, arbitrary: texts.map((staticPolicies): PlainJson => ({ staticPolicies })) },
  { weight: 2, arbitrary: dictionary(staticPolicy).map((staticPolicies): PlainJson => ({ staticPolicies })) },
  { weight: 1, arbitrary: fc.array(staticPolicy, { maxLength: 2 }).map((all): PlainJson => ({ staticPolicies: all })) },
  { weight: 2, arbitrary: fc.tuple(texts, linked).map(([staticPolicies, rest]) => merge({ staticPolicies }, rest)) },
  {
    weight: 2,
    arbitrary: fc.record<{ [key: string]: PlainJson }>(
      {
        staticPolicies: fc.oneof(texts, dictionary(staticPolicy)),
        templates: dictionary(templatePolicy),
        templateLinks: fc.array(link, { maxLength: 2 }).map((all): PlainJson => all),
      },
      { requiredKeys: [] },
    ),
  },
);

function merge(a: PlainJson, b: PlainJson): PlainJson {
  return { ...Object(a), ...Object(b) };
}

const CALL_WORDS = [
  ...'principal action resource context schema validateRequest policies entities preparsedPolicySetId'.split(' '),
  ...'preparsedSchemaName staticPolicies templates templateLinks templateId newId values ?principal ?resource'.split(
    ' ',
  ),
  ...'uid attrs parents tags type id __entity __extn __expr fn arg args policyText lineWidth indentWidth'.split(' '),
  ...'ip decimal datetime duration offset isIpv4 1.1.1.1 1.0 2024-01-01 1h User Action A::B if __proto__'.split(' '),
];

const plain = (value: unknown): PlainJson => value as PlainJson;

const entities = fc
  .boolean()
  .chain((conforming) => arbitraryEntities({ conforming }))
  .map(plain);
const request = fc
  .boolean()
  .chain((conforming) => arbitraryRequest({ conforming }))
  .map((each) => ({ ...each }));

const set = sometimes(policySet, mutated(policySet, CALL_WORDS));
const authorization = fc
  .tuple(request, policySet, entities)
  .map(([question, policies, data]): PlainJson => merge(plain(question), { policies, entities: data }));
const stateful = fc
  .tuple(request, entities, fc.constantFrom('kept', 'kept', 'kept', 'other'))
  .map(
    ([question, data, preparsedPolicySetId]): PlainJson =>
      merge(plain(question), { preparsedPolicySetId, entities: data }),
  );
const formatting = fc
  .tuple(fc.oneof(policyText, texts, textOf(policy)), widths)
  .map(([text, options]): PlainJson => ({ policyText: text, ...options }));
const entitiesCall = entities.map((all): PlainJson => ({ entities: all }));
const contextCall = request.chain(({ context }) =>
  fc.record<{ [key: string]: PlainJson }>(
    { context: fc.constant(plain(context)), action: fc.oneof(uid, fc.constant({ type: 'Action', id: 'view' })) },
    { requiredKeys: ['context'] },
  ),
);

const schemaText = fc.tuple(seed, seed).map(([random, change]) => {
  const text = randomSchemaText(random);
  return change.below(2) === 0 ? text : mutateSchemaText(text, change);
});
const schemaJson = fc.tuple(seed, seed).map(([random, change]): PlainJson => {
  const json = randomSchemaJson(random);
  return change.below(2) === 0 ? json : mutateSchemaJson(json, change);
});
const schema = fc.oneof<fc.Arbitrary<PlainJson>[]>(schemaText, schemaJson);

/** Schemas with policies for them, mostly as they are. */
const validation = fc.oneof(
  { weight: 3, arbitrary: arbitraryCase(2) },
  { weight: 1, arbitrary: texts.map((policies) => ({ schema: WORLD_SCHEMA, policies })) },
  { weight: 1, arbitrary: fc.tuple(schemaText, texts).map(([text, policies]) => ({ schema: text, policies })) },
);
const validationCall = fc.oneof(
  validation.map(({ schema: text, policies }): PlainJson => ({ schema: text, policies: { staticPolicies: policies } })),
  fc.tuple(policySet, schemaText).map(([policies, text]): PlainJson => ({ schema: text, policies })),
  policySet.map((policies): PlainJson => ({ schema: WORLD_SCHEMA, policies })),
);

/** A policy or template and a schema. */
function environmentsCall(name: FunctionName, one: fc.Arbitrary<PlainJson>): fc.Arbitrary<Calls> {
  const fitting = fc.oneof(
    { weight: 4, arbitrary: one.map((each): PlainJson[] => [each, WORLD_SCHEMA]) },
    { weight: 1, arbitrary: fc.tuple(one, schema) },
    { weight: 4, arbitrary: arbitraryCase(1).map((each): PlainJson[] => [each.policies, each.schema]) },
  );
  return fitting.map((args) => [{ name, args }]);
}

function call(name: FunctionName, ...args: fc.Arbitrary<PlainJson>[]): fc.Arbitrary<Calls> {
  return fc.tuple(...args).map((each) => [{ name, args: each }]);
}

function changing(json: fc.Arbitrary<PlainJson>): fc.Arbitrary<PlainJson> {
  return sometimes(json, mutated(json, CALL_WORDS));
}

/** Calls of each function. */
export const ARBITRARY_CALLS = {
  isAuthorized: call('isAuthorized', changing(authorization)),
  preparsePolicySet: call('preparsePolicySet', fc.constant('kept'), set),
  statefulIsAuthorized: fc.tuple(set, changing(stateful)).map(
    ([policies, question]): Calls => [
      { name: 'preparsePolicySet', args: ['kept', { staticPolicies: 'permit(principal, action, resource);' }] },
      { name: 'preparsePolicySet', args: ['kept', policies] },
      { name: 'statefulIsAuthorized', args: [question] },
    ],
  ),
  checkParsePolicySet: call('checkParsePolicySet', set),
  checkParseEntities: call('checkParseEntities', changing(entitiesCall)),
  checkParseContext: call('checkParseContext', changing(contextCall)),
  policyToJson: call('policyToJson', onePolicy),
  policyToText: call('policyToText', onePolicy),
  templateToJson: call('templateToJson', fc.oneof(templatePolicy, onePolicy)),
  templateToText: call('templateToText', fc.oneof(templatePolicy, onePolicy)),
  policySetTextToParts: call('policySetTextToParts', texts),
  formatPolicies: call('formatPolicies', changing(formatting)),
  checkParseSchema: call('checkParseSchema', schema),
  preparseSchema: call('preparseSchema', fc.constant('kept'), schema),
  schemaToJson: call('schemaToJson', schema),
  schemaToText: call('schemaToText', schema),
  schemaToJsonWithResolvedTypes: call('schemaToJsonWithResolvedTypes', schemaText),
  validate: call('validate', changing(validationCall)),
  getValidRequestEnvsPolicy: environmentsCall('getValidRequestEnvsPolicy', staticPolicy),
  getValidRequestEnvsTemplate: environmentsCall('getValidRequestEnvsTemplate', templatePolicy),
} satisfies Partial<Record<FunctionName, fc.Arbitrary<Calls>>>;
