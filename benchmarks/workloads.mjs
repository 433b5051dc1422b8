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

/** The sample with a schema that its entities and every request must conform to. */
export function sampleBySchema() {
  const schema = `
    entity Group;
    entity User in [Group] { department: String, clearance: Long };
    entity Doc { owner: User, isPublic: Bool, department: String, level: Long };
    action view, edit, delete appliesTo { principal: User, resource: Doc, context: { mfa: Bool, ip: String } };`;
  return { ...sample(), schema };
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
  return { name: `access list, ${count.toLocaleString('en')} policies`, policies, entities, requests, rows };
}

/**
 * `count` policies as an organisation has them: 70 in 100 name a user and a document, 15 a group and a folder, 10 a group
 * with a condition, 5 forbid something unless there is a second factor.
 */
export function mixed(count) {
  const next = random(4242 + count);
  const index = (n) => Math.floor(next() * n);
  const people = Math.max(10, Math.floor(count / 10));
  const groups = Math.max(4, Math.floor(count / 20));
  const actions = ['view', 'edit', 'delete', 'share'];
  const user = () => `User::"u${index(people)}"`;
  const group = () => `Group::"g${index(groups)}"`;
  const folder = () => `Folder::"f${index(groups)}"`;
  const action = () => `Action::"${actions[index(4)]}"`;
  const policies = Array.from({ length: count }, () => {
    const kind = next();
    if (kind < 0.7)
      return `permit (principal == ${user()}, action == ${action()}, resource == Doc::"d${index(people)}");`;
    if (kind < 0.85)
      return `permit (principal in ${group()}, action in [Action::"view", Action::"edit"], resource in ${folder()}) when { resource.level <= 3 };`;
    if (kind < 0.95)
      return `permit (principal is User in ${group()}, action == ${action()}, resource is Doc) when { resource.owner == principal || context.mfa };`;
    return `forbid (principal == ${user()}, action, resource in ${folder()}) unless { context.mfa };`;
  }).join('\n');
  const entities = [
    ...Array.from({ length: people }, (_, i) => ({
      uid: uid('User', `u${i}`),
      attrs: {},
      parents: [uid('Group', `g${index(groups)}`), uid('Group', `g${index(groups)}`)],
    })),
    ...Array.from({ length: people }, (_, i) => ({
      uid: uid('Doc', `d${i}`),
      attrs: { owner: reference('User', `u${index(people)}`), level: index(5) },
      parents: [uid('Folder', `f${index(groups)}`)],
    })),
    ...Array.from({ length: groups }, (_, i) => ({ uid: uid('Group', `g${i}`), attrs: {}, parents: [] })),
    ...Array.from({ length: groups }, (_, i) => ({ uid: uid('Folder', `f${i}`), attrs: {}, parents: [] })),
  ];
  const requests = Array.from({ length: 256 }, () => ({
    principal: uid('User', `u${index(people)}`),
    action: uid('Action', actions[index(4)]),
    resource: uid('Doc', `d${index(people)}`),
    context: { mfa: next() < 0.7 },
  }));
  return { name: `mixed, ${count.toLocaleString('en')} policies`, policies, entities, requests };
}

/** `count` policies for everybody and everything that begin by asking for the department of the resource. */
export function openScopes(count) {
  const next = random(99 + count);
  const index = (n) => Math.floor(next() * n);
  const policies = Array.from(
    { length: count },
    (_, i) =>
      `permit (principal, action, resource) when { resource.department == "d${i}" && principal.level >= ${i % 5} };`,
  ).join('\n');
  const users = Array.from({ length: 64 }, (_, i) => ({
    uid: uid('User', `u${i}`),
    attrs: { level: i % 6 },
    parents: [],
  }));
  const documents = Array.from({ length: 256 }, (_, i) => ({
    uid: uid('Doc', `d${i}`),
    attrs: { department: `d${index(count * 1.2)}` },
    parents: [],
  }));
  const requests = Array.from({ length: 256 }, () => ({
    principal: users[index(64)].uid,
    action: uid('Action', 'view'),
    resource: documents[index(256)].uid,
    context: {},
  }));
  return {
    name: `open scopes, ${count.toLocaleString('en')} policies`,
    policies,
    entities: [...users, ...documents],
    requests,
  };
}

/** The sample with policies that err on every request. */
export function erring(count) {
  const workload = sample();
  const policies = Array.from(
    { length: count },
    (_, i) => `forbid (principal, action, resource) when { resource.missing${i} == 1 };`,
  );
  return {
    ...workload,
    name: `sample and ${count} erring policies`,
    policies: [workload.policies, ...policies].join('\n'),
  };
}

/** `count` patterns on one attribute of the context, against commands of about `length` characters. */
export function patterns(count, length) {
  const next = random(7 + count);
  const letters = 'abcdefghijklmnopqrstuvwxyz -/._';
  const word = (n) => Array.from({ length: n }, () => letters[Math.floor(next() * letters.length)]).join('');
  const policies = [
    'permit (principal, action, resource);',
    ...Array.from(
      { length: count },
      () =>
        `forbid (principal, action, resource) when { context.command like "*${word(6 + Math.floor(next() * 8))}*" };`,
    ),
  ].join('\n');
  const requests = Array.from({ length: 32 }, () => ({
    principal: uid('User', 'u'),
    action: uid('Action', 'run'),
    resource: uid('Shell', 's'),
    context: { command: word(length) },
  }));
  return { name: `${count.toLocaleString('en')} patterns, ${length} characters`, policies, entities: [], requests };
}

const OOPSLA = new URL('../../shared/benchmarks/oopsla/', import.meta.url);

/** Whether the applications of the Cedar paper lie beside the project. */
export const hasOopsla = existsSync(OOPSLA);

/** An application of the Cedar paper; in some the permissions are template links. */
export function oopsla(app, size) {
  const place = (file) => new URL(`${app}/${size}/${file}`, OOPSLA);
  const read = (file) => readFileSync(place(file), 'utf8');
  const links = existsSync(place('links.json')) ? JSON.parse(read('links.json')) : [];
  return {
    name: `${app}, n = ${size}`,
    policies: read('policies.cedar'),
    links: links.map(({ template, principal, resource }, i) => ({
      id: `link${i}`,
      template,
      values: {
        ...(principal === undefined ? {} : { '?principal': principal }),
        ...(resource === undefined ? {} : { '?resource': resource }),
      },
    })),
    entities: JSON.parse(read(existsSync(place('entities.actions.json')) ? 'entities.actions.json' : 'entities.json')),
    requests: JSON.parse(read('requests.json')),
  };
}
