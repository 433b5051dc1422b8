// Peers: each turns a workload into a function from the number of a request to { decision, reason }.
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import * as dropIn from '../dist/cedar-wasm/index.js';
import { createAuthorizer, parsePolicySet } from '../dist/index.js';

// The optimising compiler of Node 20 inlines calls into WebAssembly and now and then ends the process with a fatal
// "unreachable code" in its deoptimiser when cedar-wasm is called often.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');

const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');

/** Deodar: policies and entities resident, the request as plain JSON. */
export function deodar(workload, engine = {}) {
  const authorizer = authorizerOf(workload, engine);
  const { requests } = workload;
  return (i) => authorizer.isAuthorized(requests[i]);
}

/** Deodar where the host forbids code that is made from text. */
export function closures(workload) {
  return deodar(workload, { generateAfter: Number.POSITIVE_INFINITY });
}

export function authorizerOf({ policies, links = [], entities, schema }, engine) {
  const parsed = parsePolicySet(policies);
  if (!parsed.ok) throw new Error(parsed.diagnostics[0].message);
  const set = parsed.value;
  const templates = namesOfTemplates(set.templates);
  const linked = links.map(({ id, template, values }) => ({ id, templateId: templates.get(template), values }));
  const checked = schema === undefined ? {} : { schema };
  return createAuthorizer({ policies: { ...set, links: linked }, entities, engine, ...checked });
}

/** Links name templates by their `@id`. */
function namesOfTemplates(templates) {
  const idOf = ({ annotations }) => annotations.find(({ key }) => key === 'id')?.value;
  return new Map(templates.map((template) => [idOf(template), template.id]));
}

/** cedar-wasm as fast as it can be called: policies preparsed, no schema, only the entities that the request needs. */
export function cedarWasm({ name, policies, links = [], entities, requests }) {
  const parsed = cedar.preparsePolicySet(
    name,
    links.length === 0 ? { staticPolicies: policies } : linkedSet(policies, links),
  );
  if (parsed.type !== 'success')
    throw new Error(`cedar-wasm refuses the policies of ${name}: ${JSON.stringify(parsed.errors)}`);
  const slice = slicer(entities);
  const calls = requests.map((request) => ({ ...request, preparsedPolicySetId: name, entities: slice(request) }));
  return (i) => {
    const answer = cedar.statefulIsAuthorized(calls[i]);
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
    const { decision, diagnostics } = answer.response;
    return { decision, reason: diagnostics.reason, errors: diagnostics.errors };
  };
}

/** Text with templates, as the call wants it: apart from the static policies, which get the names of their positions. */
function linkedSet(text, links) {
  const set = parsePolicySet(text).value;
  const templates = namesOfTemplates(set.templates);
  const written = ({ id, span }) => [id, text.slice(span.start, span.end)];
  return {
    staticPolicies: Object.fromEntries(set.policies.map(written)),
    templates: Object.fromEntries(set.templates.map(written)),
    templateLinks: links.map(({ id, template, values }) => ({
      newId: id,
      templateId: templates.get(template),
      values,
    })),
  };
}

/** The stateless call of both packages: policies as text, the same with every call, and sliced entities or all. */
export function stateless({ isAuthorized }, { policies, entities, requests }, all) {
  const slice = all ? () => entities : slicer(entities);
  const calls = requests.map((request) => ({
    ...request,
    policies: { staticPolicies: policies },
    entities: slice(request),
  }));
  return (i) => {
    const { decision, diagnostics } = isAuthorized(calls[i]).response;
    return { decision, reason: diagnostics.reason, errors: diagnostics.errors };
  };
}

export const packages = { 'cedar-wasm': cedar, deodar: dropIn };

/** Principal, action and resource, what they refer to, and the ancestors of all these. */
export function slicer(entities) {
  const key = ({ type, id }) => `${type}\0${id}`;
  const byKey = new Map(entities.map((entity) => [key(entity.uid), entity]));
  const references = (value) => {
    if (Array.isArray(value)) return value.flatMap(references);
    if (typeof value !== 'object' || value === null) return [];
    const { __entity: entity } = value;
    return entity === undefined ? Object.values(value).flatMap(references) : [entity];
  };
  return ({ principal, action, resource }) => {
    const taken = new Map();
    const take = (uid) => {
      const entity = byKey.get(key(uid));
      if (entity === undefined || taken.has(key(uid))) return;
      taken.set(key(uid), entity);
      for (const parent of entity.parents) take(parent);
    };
    for (const uid of [principal, action, resource]) {
      take(uid);
      for (const reference of references(byKey.get(key(uid))?.attrs)) take(reference);
    }
    return [...taken.values()];
  };
}
