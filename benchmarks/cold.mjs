// A process that decides once: `node cold.mjs deodar` or `cedar-wasm` prints the milliseconds from the import to the first
// decision; `node cold.mjs compiled FILE` decides with a compiled module and prints nothing, as its whole process is timed
// in turn with that of `node cold.mjs nothing`, which only does without the module.
import { createRequire } from 'node:module';

const policies = `
permit (principal in Group::"admins", action, resource);
permit (principal, action in [Action::"view", Action::"edit", Action::"delete"], resource) when { resource.owner == principal };
permit (principal, action == Action::"view", resource) when { resource.isPublic || principal.department == resource.department };
forbid (principal, action, resource) when { resource.level > principal.clearance };
forbid (principal, action == Action::"delete", resource) unless { context.mfa };`;
const user = { type: 'User', id: 'alice' };
const request = {
  principal: user,
  action: { type: 'Action', id: 'view' },
  resource: { type: 'Doc', id: 'plan' },
  context: { mfa: true },
};
const entities = [
  { uid: user, attrs: { department: 'sales', clearance: 3 }, parents: [] },
  {
    uid: request.resource,
    attrs: { owner: { __entity: user }, isPublic: false, department: 'sales', level: 1 },
    parents: [],
  },
];

const start = performance.now();
const engines = {
  async deodar() {
    const { createAuthorizer } = await import('../dist/authorizer/index.js');
    return createAuthorizer({ policies, entities }).isAuthorized(request).decision;
  },
  async 'cedar-wasm'() {
    const { isAuthorized } = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');
    return isAuthorized({ ...request, policies: { staticPolicies: policies }, entities }).response.decision;
  },
  async compiled() {
    const { isAuthorized } = await import(process.argv[3]);
    return isAuthorized(request, entities).decision;
  },
  async nothing() {
    return 'allow';
  },
  async policies() {
    process.stdout.write(policies);
    return 'allow';
  },
};
const [, , engine = 'deodar'] = process.argv;
const decision = await engines[engine]();
if (decision !== 'allow') throw new Error(`${engine} says ${decision}`);
if (engine === 'deodar' || engine === 'cedar-wasm') console.log((performance.now() - start).toFixed(3));
