// Peers: each turns a workload into a function from the number of a request to { decision, reason }.
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { createAuthorizer } from 'deodar';

// The optimising compiler of Node 20 inlines calls into WebAssembly and now and then ends the process with a fatal
// "unreachable code" in its deoptimiser when cedar-wasm is called often.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');

const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');

/** Deodar: policies and entities resident, the request as plain JSON. */
export function deodar({ policies, entities, requests }) {
  const authorizer = createAuthorizer({ policies, entities });
  return (i) => authorizer.isAuthorized(requests[i]);
}

/** cedar-wasm as fast as it can be called: policies preparsed, no schema, only the entities that the request needs. */
export function cedarWasm({ name, policies, entities, requests }) {
  const parsed = cedar.preparsePolicySet(name, { staticPolicies: policies });
  if (parsed.type !== 'success')
    throw new Error(`cedar-wasm refuses the policies of ${name}: ${JSON.stringify(parsed.errors)}`);
  const slice = slicer(entities);
  const calls = requests.map((request) => ({ ...request, preparsedPolicySetId: name, entities: slice(request) }));
  return (i) => {
    const answer = cedar.statefulIsAuthorized(calls[i]);
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
    return { decision: answer.response.decision, reason: answer.response.diagnostics.reason };
  };
}

/** Principal, action and resource, what they refer to, and the ancestors of all these. */
function slicer(entities) {
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
