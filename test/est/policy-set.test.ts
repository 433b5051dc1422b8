import cedar from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPolicy } from '../../src/ast/print-policy.js';
import { type PolicyTextParser, policySetFromCall, policySetFromJson } from '../../src/est/policy-set-from-json.js';
import { policySetToJson, policyToJson } from '../../src/est/policy-to-json.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { printJson } from '../../src/json/print-json.js';
import { parsePolicies, parsePolicy } from '../../src/parser/parse-policies.js';
import { arbitraryPolicy, arbitraryTemplate } from '../support/arbitrary-policy.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';
import { arbitraryMutation, mutateJson, type PlainJson } from '../support/mutate-json.js';
import { hasLargeIntegers, isWantedRefusal, readJson } from './official.js';
import { POLICY_WORDS } from './reading-words.js';

const PARSER: PolicyTextParser = { parsePolicies, parsePolicy };

const STATIC = 'permit(principal, action, resource);';
const TEMPLATE = 'permit(principal == ?principal, action, resource);';
const TWO_SLOTS = 'permit(principal == ?principal, action, resource in ?resource);';
const ALL = { op: 'All' };
const STATIC_JSON = { effect: 'permit', principal: ALL, action: ALL, resource: ALL, conditions: [] };
const TEMPLATE_JSON = { ...STATIC_JSON, principal: { op: '==', slot: '?principal' } };
const ALICE = { type: 'User', id: 'alice' };

function link(templateId: string, newId: string, values: JsonValue) {
  return { templateId, newId, values };
}

/** What is wrong, as `code pointer`. */
function wrongs(
  json: JsonValue,
  read: (json: JsonValue) => ReturnType<typeof policySetFromJson> = fromCall,
): readonly string[] {
  const set = read(json);
  expect(set.ok).toBe(false);
  return set.diagnostics.map((d) => `${d.code} ${d.pointer}`);
}

function fromCall(json: JsonValue) {
  return policySetFromCall(json, PARSER);
}

/** Whether the official engine takes the set; undefined where its JavaScript part throws before the engine sees it all. */
function officialAccepts(json: unknown): boolean {
  try {
    return cedar.checkParsePolicySet(json as Parameters<typeof cedar.checkParsePolicySet>[0]).type === 'success';
  } catch {
    return false;
  }
}

describe('the JSON policy set format', () => {
  it('is read and written', () => {
    const json = {
      staticPolicies: { a: STATIC_JSON, ['__proto__' as string]: STATIC_JSON },
      templates: { t: TEMPLATE_JSON },
      templateLinks: [link('t', 'l', { '?principal': { __entity: ALICE } })],
    };
    const set = policySetFromJson(readJson(JSON.stringify(json)));
    expect(set).toMatchObject({
      ok: true,
      value: {
        policies: [{ id: 'a' }, { id: '__proto__' }],
        templates: [{ id: 't', slots: ['?principal'] }],
        links: [{ id: 'l', templateId: 't' }],
      },
    });
    if (!set.ok) return;
    const written = printJson(policySetToJson(set.value));
    expect(written).toBe(JSON.stringify(json).replace(JSON.stringify({ __entity: ALICE }), JSON.stringify(ALICE)));
    expect(policySetFromJson(readJson(written))).toEqual(set);
  });

  it.skipIf(CONFORMANCE === undefined)('of the conformance data is read', () => {
    const text = conformanceText('cli-samples/tiny_sandboxes/json-check-parse/policy_set.cedar.json');
    expect(policySetFromJson(readJson(text))).toMatchObject({ ok: true, diagnostics: [] });
  });

  it('needs all of its parts, and policies that are JSON', () => {
    expect(wrongs({ staticPolicys: {}, templates: { t: TEMPLATE } }, policySetFromJson)).toEqual([
      'policy-json-unknown-field /staticPolicys',
      'policy-json-missing-field ',
      'policy-json-type /templates/t',
    ]);
    expect(wrongs({ staticPolicies: [], templates: [], templateLinks: {} }, policySetFromJson)).toEqual([
      'policy-json-type /staticPolicies',
      'policy-json-type /templates',
      'policy-json-type /templateLinks',
    ]);
  });
});

describe('a policy set in a call', () => {
  it.each<readonly [string, JsonValue, readonly string[], readonly string[]]>([
    ['may be empty', {}, [], []],
    ['may be one text', { staticPolicies: STATIC + STATIC }, ['policy0', 'policy1'], []],
    ['may be an empty text', { staticPolicies: '// nothing' }, [], []],
    ['may be a list', { staticPolicies: [STATIC, STATIC_JSON] }, ['policy0', 'JSON policy'], []],
    [
      'numbers what has no id',
      { staticPolicies: [STATIC, STATIC_JSON, STATIC, STATIC_JSON] },
      ['policy0', 'JSON policy', 'policy1', 'JSON policy 1'],
      [],
    ],
    [
      'may mix JSON and text',
      { staticPolicies: { a: STATIC, b: STATIC_JSON }, templates: { c: TEMPLATE, d: TEMPLATE_JSON } },
      ['a', 'b'],
      ['c', 'd'],
    ],
  ])('%s', (_name, json, policies, templates) => {
    const set = fromCall(json);
    expect(
      set.ok ? [set.value.policies.map((p) => p.id), set.value.templates.map((t) => t.id)] : set.diagnostics,
    ).toEqual([policies, templates]);
  });

  it.each<readonly [string, JsonValue, readonly string[]]>([
    ['no object', null, ['policy-json-type ']],
    ['an unknown part', { policies: {} }, ['policy-json-unknown-field /policies']],
    ['a number of policies', { staticPolicies: 1 }, ['policy-json-type /staticPolicies']],
    ['no policies', { staticPolicies: null }, ['policy-json-type /staticPolicies']],
    ['a template in the text', { staticPolicies: STATIC + TEMPLATE }, ['expected-static-policy /staticPolicies']],
    [
      'a template among the policies',
      { staticPolicies: { a: TEMPLATE, b: TEMPLATE_JSON } },
      ['expected-static-policy /staticPolicies/a', 'expected-static-policy /staticPolicies/b'],
    ],
    [
      'a policy among the templates',
      { templates: { a: STATIC, b: STATIC_JSON } },
      ['expected-template /templates/a', 'expected-template /templates/b'],
    ],
    ['two policies in one text', { staticPolicies: { a: STATIC + STATIC } }, ['expected-one-policy /staticPolicies/a']],
    [
      'an id for two',
      { staticPolicies: { a: STATIC }, templates: { a: TEMPLATE } },
      ['duplicate-policy-id /templates/a'],
    ],
    [
      'an id of the text again',
      { staticPolicies: STATIC, templates: { policy0: TEMPLATE } },
      ['duplicate-policy-id /templates/policy0'],
    ],
    [
      'two broken policies',
      { staticPolicies: { a: { effect: 'permit' }, 'b/c': 'permit(' } },
      [
        'policy-json-missing-field /staticPolicies/a',
        'policy-json-missing-field /staticPolicies/a',
        'policy-json-missing-field /staticPolicies/a',
        'policy-json-missing-field /staticPolicies/a',
        'unexpected-token /staticPolicies/b~1c',
      ],
    ],
  ])('is refused with its places: %s', (_name, json, expected) => {
    expect(wrongs(json)).toEqual(expected);
    expect(officialAccepts(json)).toBe(false);
  });

  it('points into the text of a policy that is broken', () => {
    const set = fromCall({ staticPolicies: { a: 'permit(principal, action, resource) when { 1 + };' } });
    expect(set.diagnostics).toMatchObject([{ pointer: '/staticPolicies/a', labels: [{ span: { start: 47 } }] }]);
  });
});

describe('links', () => {
  const links = (...templateLinks: readonly JsonValue[]) => ({
    staticPolicies: { s: STATIC },
    templates: { t: TEMPLATE, u: TWO_SLOTS, broken: 1 },
    templateLinks,
  });
  const sound = (json: ReturnType<typeof links>) => ({ ...json, templates: { t: TEMPLATE, u: TWO_SLOTS } });

  it.each<readonly [string, readonly JsonValue[], readonly string[]]>([
    ['of an unknown template', [link('T', 'l', {})], ['unknown-template /templateLinks/0/templateId']],
    ['of a static policy', [link('s', 'l', {})], ['expected-template /templateLinks/0/templateId']],
    [
      'with the id of a template',
      [link('t', 't', { '?principal': ALICE })],
      ['duplicate-policy-id /templateLinks/0/newId'],
    ],
    [
      'with the id of a link',
      [link('t', 'l', { '?principal': ALICE }), link('t', 'l', { '?principal': ALICE })],
      ['duplicate-policy-id /templateLinks/1/newId'],
    ],
    [
      'of a link',
      [link('t', 'l', { '?principal': ALICE }), link('l', 'm', { '?principal': ALICE })],
      ['unknown-template /templateLinks/1/templateId'],
    ],
    ['without a value', [link('u', 'l', { '?principal': ALICE })], ['link-values /templateLinks/0/values']],
    [
      'with a value too many',
      [link('t', 'l', { '?principal': ALICE, '?resource': ALICE })],
      ['link-values /templateLinks/0/values'],
    ],
    [
      'with an unknown slot',
      [link('t', 'l', { principal: ALICE })],
      ['policy-json-slot /templateLinks/0/values/principal'],
    ],
    [
      'with an entity as text',
      [link('t', 'l', { '?principal': 'User::"alice"' })],
      ['policy-json-entity /templateLinks/0/values/?principal'],
    ],
    ['without values', [{ templateId: 't', newId: 'l' }], ['policy-json-missing-field /templateLinks/0']],
    [
      'with more',
      [{ ...link('t', 'l', { '?principal': ALICE }), args: 1 }],
      ['policy-json-unknown-field /templateLinks/0/args'],
    ],
    ['that are none', [1, null], ['policy-json-type /templateLinks/0', 'policy-json-type /templateLinks/1']],
  ])('%s are refused', (_name, list, expected) => {
    const json = sound(links(...list));
    expect(wrongs(json)).toEqual(expected);
    expect(officialAccepts(json)).toBe(false);
  });

  it('of a template that cannot be read have nothing more to say', () => {
    expect(wrongs(links(link('broken', 'l', {})))).toEqual(['policy-json-type /templates/broken']);
  });
});

describe('policy sets with something changed', () => {
  const policies = fc.tuple(arbitraryPolicy({ depth: 1 }), arbitraryTemplate({ depth: 1 }), fc.boolean(), fc.boolean());
  const mutations = fc.array(arbitraryMutation(POLICY_WORDS), { minLength: 1, maxLength: 2 });

  it('are accepted exactly when the official engine accepts them', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(
        policies,
        fc.array(mutations, { minLength: 6, maxLength: 6 }),
        ([policy, template, isText, isTemplateText], changes) => {
          const plain = (each: typeof policy): PlainJson => JSON.parse(printJson(policyToJson(each)));
          const texts = printJson([policyToJson(policy), policyToJson(template)]);
          fc.pre(!hasLargeIntegers(texts));
          const set: PlainJson = {
            staticPolicies: { policy0: isText ? printPolicy(policy) : plain(policy) },
            templates: { template0: isTemplateText ? printPolicy(template) : plain(template) },
            templateLinks: [
              {
                templateId: 'template0',
                newId: 'link0',
                values: Object.fromEntries(template.slots.map((slot) => [slot, ALICE])),
              },
            ],
          };
          for (const change of changes) {
            const changed = change.reduce<PlainJson>(mutateJson, set);
            const ours = fromCall(readJson(JSON.stringify(changed)));
            const official = officialAccepts(changed);
            if (official) accepted++;
            else refused++;
            if (official && !ours.ok && isWantedRefusal(ours.diagnostics)) continue;
            expect(ours.ok, JSON.stringify([changed, ours.diagnostics])).toBe(official);
          }
        },
      ),
      { numRuns: 150, seed: 20260807 },
    );
    expect([accepted > 60, refused > 300]).toEqual([true, true]);
  });
});
