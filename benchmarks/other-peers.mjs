// The rules of the sample in other engines, each in the fastest form that it documents. They answer yes or no, without
// reasons. An engine that is not installed (`npm install` in this folder) is left out.

async function installed(name) {
  try {
    return await import(name);
  } catch {
    return undefined;
  }
}

function engines() {
  return Promise.all([installed('@casl/ability'), installed('casbin'), installed('@marcbachmann/cel-js')]);
}

/** The sample in the engines that are installed. */
export async function samplePeers(workload) {
  const [casl, casbin, cel] = await engines();
  return {
    'hand-written ifs': handWritten(workload),
    ...(casl === undefined ? {} : { '@casl/ability, cached': caslPeer(casl, workload) }),
    ...(casbin === undefined ? {} : { casbin: await casbinPeer(casbin, workload) }),
    ...(cel === undefined ? {} : { '@marcbachmann/cel-js': celPeer(cel, workload) }),
  };
}

/** Rules "this user may do this with this document" in them: one ability, one enforcer, one expression for each rule. */
export async function listPeers({ rows, requests }) {
  const [casl, casbin, cel] = await engines();
  return {
    ...(casl === undefined ? {} : { '@casl/ability': caslList(casl, rows, requests) }),
    ...(casbin === undefined ? {} : { casbin: await casbinList(casbin, rows, requests) }),
    ...(cel === undefined ? {} : { '@marcbachmann/cel-js': celList(cel, rows, requests) }),
  };
}

function caslList({ AbilityBuilder, createMongoAbility, subject }, rows, requests) {
  const { can, build } = new AbilityBuilder(createMongoAbility);
  for (const [user, action, id] of rows) can(action, 'Doc', { user, id });
  const ability = build();
  return (i) => {
    const { principal, action, resource } = requests[i];
    return ability.can(action.id, subject('Doc', { user: principal.id, id: resource.id })) ? ALLOW : DENY;
  };
}

async function casbinList({ newEnforcer, newModelFromString }, rows, requests) {
  const model = newModelFromString(`
[request_definition]
r = sub, act, obj
[policy_definition]
p = sub, act, obj
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.act == p.act && r.obj == p.obj`);
  const enforcer = await newEnforcer(model);
  await enforcer.addPolicies([...new Map(rows.map((row) => [row.join(), row])).values()]);
  return (i) => {
    const { principal, action, resource } = requests[i];
    return enforcer.enforceSync(principal.id, action.id, resource.id) ? ALLOW : DENY;
  };
}

function celList({ parse }, rows, requests) {
  const rules = rows.map(([u, a, d]) => parse(`user == "${u}" && action == "${a}" && document == "${d}"`));
  return (i) => {
    const { principal, action, resource } = requests[i];
    const values = { user: principal.id, action: action.id, document: resource.id };
    return rules.some((rule) => rule(values)) ? ALLOW : DENY;
  };
}

const ALLOW = { decision: 'allow' };
const DENY = { decision: 'deny' };

/** Users and documents by id, with what the rules need. */
function world({ entities }) {
  const of = (type) => entities.filter(({ uid }) => uid.type === type);
  const users = new Map(
    of('User').map(({ uid, attrs, parents }) => [
      uid.id,
      { id: uid.id, ...attrs, isAdmin: parents.some(({ id }) => id === 'admins') },
    ]),
  );
  const documents = new Map(
    of('Doc').map(({ uid, attrs }) => [uid.id, { ...attrs, owner: attrs.owner['__entity'].id }]),
  );
  return { users, documents };
}

function handWritten(workload) {
  const { users, documents } = world(workload);
  const { requests } = workload;
  return (i) => {
    const { principal, action, resource, context } = requests[i];
    const user = users.get(principal.id);
    const document = documents.get(resource.id);
    const name = action.id;
    if (document.level > user.clearance) return DENY;
    if (name === 'delete' && !context.mfa) return DENY;
    if (user.isAdmin) return ALLOW;
    if ((name === 'view' || name === 'edit' || name === 'delete') && document.owner === user.id) return ALLOW;
    if (name === 'view' && (document.isPublic || user.department === document.department)) return ALLOW;
    return DENY;
  };
}

/** One ability for each user, with and without a second factor, made beforehand. */
function caslPeer({ AbilityBuilder, createMongoAbility, subject }, workload) {
  const { users, documents } = world(workload);
  const { requests } = workload;
  const abilityOf = (user, mfa) => {
    const { can, cannot, build } = new AbilityBuilder(createMongoAbility);
    can(['view', 'edit', 'delete'], 'Doc', { owner: user.id });
    can('view', 'Doc', { isPublic: true });
    can('view', 'Doc', { department: user.department });
    if (user.isAdmin) can('manage', 'all');
    cannot('manage', 'Doc', { level: { $gt: user.clearance } });
    if (!mfa) cannot('delete', 'Doc');
    return build();
  };
  const abilities = [false, true].map((mfa) => new Map([...users].map(([id, user]) => [id, abilityOf(user, mfa)])));
  for (const document of documents.values()) subject('Doc', document);
  return (i) => {
    const { principal, action, resource, context } = requests[i];
    const ability = abilities[context.mfa ? 1 : 0].get(principal.id);
    return ability.can(action.id, documents.get(resource.id)) ? ALLOW : DENY;
  };
}

async function casbinPeer({ newEnforcer, newModelFromString }, workload) {
  const { users, documents } = world(workload);
  const { requests } = workload;
  const model = newModelFromString(`
[request_definition]
r = sub, act, obj, mfa
[policy_definition]
p = rule, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = eval(p.rule)`);
  const enforcer = await newEnforcer(model);
  const rules = [
    ['r.sub.isAdmin', 'allow'],
    ['(r.act == "view" || r.act == "edit" || r.act == "delete") && r.obj.owner == r.sub.id', 'allow'],
    ['r.act == "view" && (r.obj.isPublic || r.sub.department == r.obj.department)', 'allow'],
    ['r.obj.level > r.sub.clearance', 'deny'],
    ['r.act == "delete" && !r.mfa', 'deny'],
  ];
  for (const rule of rules) await enforcer.addPolicy(...rule);
  return (i) => {
    const { principal, action, resource, context } = requests[i];
    const [user, document] = [users.get(principal.id), documents.get(resource.id)];
    return enforcer.enforceSync(user, action.id, document, context.mfa) ? ALLOW : DENY;
  };
}

function celPeer({ parse }, workload) {
  const { users, documents } = world(workload);
  const { requests } = workload;
  const permits = [
    'user.isAdmin',
    'action in ["view", "edit", "delete"] && document.owner == user.id',
    'action == "view" && (document.isPublic || user.department == document.department)',
  ].map((text) => parse(text));
  const forbids = ['document.level > user.clearance', 'action == "delete" && !mfa'].map((text) => parse(text));
  // Integers of CEL are bigints in JavaScript.
  const integers = (map, key) => new Map([...map].map(([id, value]) => [id, { ...value, [key]: BigInt(value[key]) }]));
  const [celUsers, celDocuments] = [integers(users, 'clearance'), integers(documents, 'level')];
  return (i) => {
    const { principal, action, resource, context } = requests[i];
    const values = {
      user: celUsers.get(principal.id),
      document: celDocuments.get(resource.id),
      action: action.id,
      mfa: context.mfa,
    };
    if (forbids.some((rule) => rule(values))) return DENY;
    return permits.some((rule) => rule(values)) ? ALLOW : DENY;
  };
}
