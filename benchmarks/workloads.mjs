// Workloads: policies, entities and requests as plain data. Each is { name, policies, entities, requests, links? }.
import { existsSync, readFileSync } from 'node:fs';

const uid = (type, id) => ({ type, id });
const reference = (type, id) => ({ __entity: { type, id } });

/** Linear congruential generator: the same numbers on every machine. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** Five rules of a document store: roles, owners, departments, clearance and a second factor. */
export function sample() {
  const next = random(12345);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const policies = `
    permit (principal in Group::"admins", action, resource);
    permit (principal, action in [Action::"view", Action::"edit", Action::"delete"], resource) when { resource.owner == principal };
    permit (principal, action == Action::"view", resource) when { resource.isPublic || principal.department == resource.department };
    forbid (principal, action, resource) when { resource.level > principal.clearance };
    forbid (principal, action == Action::"delete", resource) unless { context.mfa };`;
  const departments = ['engineering', 'sales', 'legal'];
  const users = Array.from({ length: 8 }, (_, i) => ({
    uid: uid('User', `user${i}`),
    attrs: { department: departments[i % 3], clearance: i % 5 },
    parents: i === 0 ? [uid('Group', 'admins'), uid('Group', 'staff')] : [uid('Group', 'staff')],
  }));
  const documents = Array.from({ length: 16 }, (_, i) => ({
    uid: uid('Doc', `doc${i}`),
    attrs: {
      owner: reference('User', `user${i % 8}`),
      isPublic: i % 4 === 0,
      department: departments[(i * 7) % 3],
      level: i % 4,
    },
    parents: [],
  }));
  const groups = ['admins', 'staff'].map((id) => ({ uid: uid('Group', id), attrs: {}, parents: [] }));
  const requests = Array.from({ length: 256 }, () => ({
    principal: pick(users).uid,
    action: uid('Action', pick(['view', 'view', 'edit', 'delete'])),
    resource: pick(documents).uid,
    context: { mfa: next() < 0.7, ip: `10.0.0.${Math.floor(next() * 255)}` },
  }));
  return { name: 'sample, 5 policies', policies, entities: [...users, ...documents, ...groups], requests };
}

/** `count` rules "this user may do this with this document". */
export function accessList(count) {
  const next = random(777 + count);
  const index = (n) => Math.floor(next() * n);
  const people = Math.max(10, Math.floor(count / 10));
  const actions = ['view', 'edit', 'delete', 'share'];
  const rows = Array.from({ length: count }, () => [`u${index(people)}`, actions[index(4)], `d${index(people)}`]);
  const policies = rows
    .map(([u, a, d]) => `permit (principal == User::"${u}", action == Action::"${a}", resource == Doc::"${d}");`)
    .join('\n');
  const entities = Array.from({ length: people }, (_, i) => [
    { uid: uid('User', `u${i}`), attrs: {}, parents: [] },
    { uid: uid('Doc', `d${i}`), attrs: { level: i % 5 }, parents: [] },
  ]).flat();
  const requests = Array.from({ length: 256 }, (_, i) => {
    const [u, a, d] = i % 2 === 0 ? rows[index(count)] : [`u${index(people)}`, actions[index(4)], `d${index(people)}`];
    return { principal: uid('User', u), action: uid('Action', a), resource: uid('Doc', d), context: {} };
  });
  return { name: `access list, ${count.toLocaleString('en')} policies`, policies, entities, requests };
}

const OOPSLA = new URL('../../shared/benchmarks/oopsla/', import.meta.url);

/** The applications of the Cedar paper, where their data is beside the project; an empty list where it is not. */
export function oopsla(size) {
  if (!existsSync(OOPSLA)) return [];
  return ['gdrive', 'github', 'tinytodo'].map((app) => {
    const read = (file) => readFileSync(new URL(`${app}/${size}/${file}`, OOPSLA), 'utf8');
    return {
      name: `${app}, n = ${size}`,
      policies: read('policies.cedar'),
      entities: JSON.parse(read('entities.actions.json')),
      requests: JSON.parse(read('requests.json')),
    };
  });
}
