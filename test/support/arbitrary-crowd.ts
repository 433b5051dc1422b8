import fc from 'fast-check';

/** Text of a static policy or template of a crowded set; `slots` when it is a template. */
export interface CrowdPolicy {
  readonly text: string;
  readonly slots: readonly ('?principal' | '?resource')[];
}

const user = fc.constantFrom('User::"alice"', 'User::"bob"', 'User::"nobody"');
const group = fc.constantFrom('Group::"staff"', 'Group::"admins"', 'Group::"nobody"');
const doc = fc.constantFrom('Acme::Doc::"d1"', 'Acme::Doc::"d2"', 'Folder::"root"', 'Folder::"home"');
const actions = fc.constantFrom('Action::"view"', 'Action::"edit"', 'Action::"all"');

function scope(name: 'principal' | 'resource'): fc.Arbitrary<string> {
  const one = name === 'principal' ? user : doc;
  const above = name === 'principal' ? group : doc;
  const type = name === 'principal' ? fc.constantFrom('User', 'Group') : fc.constantFrom('Acme::Doc', 'Folder');
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(name) },
    { weight: 2, arbitrary: one.map((uid) => `${name} == ${uid}`) },
    { weight: 2, arbitrary: above.map((uid) => `${name} in ${uid}`) },
    { weight: 1, arbitrary: type.map((t) => `${name} is ${t}`) },
    { weight: 1, arbitrary: fc.tuple(type, above).map(([t, uid]) => `${name} is ${t} in ${uid}`) },
  );
}

function template(name: 'principal' | 'resource'): fc.Arbitrary<string> {
  return fc.constantFrom(`${name} == ?${name}`, `${name} in ?${name}`, `${name} is User in ?${name}`);
}

const action = fc.oneof(
  { weight: 3, arbitrary: fc.constant('action') },
  { weight: 2, arbitrary: actions.map((uid) => `action == ${uid}`) },
  { weight: 2, arbitrary: actions.map((uid) => `action in ${uid}`) },
  { weight: 1, arbitrary: fc.array(actions, { maxLength: 3 }).map((uids) => `action in [${uids.join(', ')}]`) },
);

/** Paths that many policies begin by comparing: some are missing for some requests, some stop at something else. */
const path = fc.constantFrom(
  'resource.kind',
  'resource.kind',
  'resource.kind',
  'resource.owner',
  'principal.name.first',
  'context.tenant',
  'context["tenant"]',
  'principal',
  'action',
);
const ANY_PATH = /resource\.(?:kind|owner)(?= ==)|principal\.name\.first|context(?:\.tenant|\["tenant"\])(?= ==)/g;
const literal = fc.constantFrom('"a"', '"b"', '1', '-9223372036854775808', 'true', 'User::"alice"', 'Action::"view"');

const equality = fc
  .tuple(path, literal, fc.boolean())
  .map(([p, l, isTurned]) => (isTurned ? `${l} == ${p}` : `${p} == ${l}`));

/** Paths of sets and bools; now and then there is something else, or nothing. */
const setPath = fc.constantFrom('context.tags', 'context.tags', 'principal.docs', 'context.deep.tags');
const flagPath = fc.constantFrom('context.flag', 'context.deep.flag', 'resource.kind', 'context.deep');
const elements = fc.array(literal, { maxLength: 3 }).map((list) => `[${list.join(', ')}]`);

const setTest = fc.oneof(
  fc
    .tuple(setPath, elements, fc.constantFrom('containsAny', 'containsAny', 'containsAll'), fc.boolean())
    .map(([p, list, op, isTurned]) => (isTurned ? `${list}.${op}(${p})` : `${p}.${op}(${list})`)),
  fc.tuple(setPath, literal).map(([p, l]) => `${p}.contains(${l})`),
  fc.tuple(elements, path).map(([list, p]) => `${list}.contains(${p})`),
  fc.tuple(setPath, literal).map(([p, l]) => `${p} != ${l}`),
  setPath.map((p) => `${p}.isEmpty()`),
  flagPath,
);
const joined = fc
  .tuple(fc.oneof(setTest, equality), fc.oneof(setTest, equality, fc.constantFrom('true', 'false')), fc.nat(3))
  .map(
    ([a, b, form]) =>
      [`${a} && ${b}`, `${a} || ${b}`, `${b} || ${a}`, `!${/[ =]/.test(a) ? `(${a})` : a} || ${b}`][form],
  );
const firstTest = fc
  .tuple(fc.oneof(setTest, joined), fc.boolean())
  .map(([text, isNegated]) => (isNegated ? `!(${text})` : `(${text})`));

const other = fc.constantFrom(
  'context.tenant like "*a*"',
  'context.n < 3',
  'resource has kind',
  'resource.kind like "a*b*"',
  'principal in Group::"staff"',
  'resource in principal.docs',
  'context.n + 9223372036854775807 > 0',
  'principal.docs.contains(resource)',
  'true',
  'if',
);

const conditionWith = (test: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(test, other, fc.constantFrom('first', 'first', 'alone', 'second', 'or', 'not', 'unless'))
    .map(([first, text, form]) => {
      const second = text === 'if' ? '(if context.n == 1 then true else context.missing)' : text;
      switch (form) {
        case 'first':
          return `when { ${first} && ${second} }`;
        case 'alone':
          return `when { ${first} } unless { ${second} }`;
        case 'second':
          return `when { ${second} && ${first} }`;
        case 'or':
          return `when { ${first} || ${second} }`;
        case 'not':
          return `when { !(${first}) && ${second} }`;
        default:
          return `unless { ${first} }`;
      }
    });
const condition = conditionWith(equality);

const effect = fc.constantFrom('permit', 'permit', 'forbid');

const staticPolicy = fc
  .tuple(effect, scope('principal'), action, scope('resource'), fc.option(condition))
  .map(([e, p, a, r, c]): CrowdPolicy => ({ text: `${e} (${p}, ${a}, ${r}) ${c ?? ''};`, slots: [] }));
const templatePolicy = fc
  .tuple(effect, template('principal'), action, fc.option(template('resource')), fc.option(condition))
  .map(
    ([e, p, a, r, c]): CrowdPolicy => ({
      text: `${e} (${p}, ${a}, ${r ?? 'resource'}) ${c ?? ''};`,
      slots: r === null ? ['?principal'] : ['?principal', '?resource'],
    }),
  );

/** Policies with the same scope that mostly begin by comparing the same path. */
const alike = fc
  .tuple(fc.constantFrom('principal', 'principal is User'), fc.constantFrom('resource.kind', 'principal.name.first'))
  .chain(([scoped, compared]) =>
    fc.array(
      fc.tuple(effect, condition).map(
        ([e, c]): CrowdPolicy => ({
          text: `${e} (${scoped}, action, resource) ${c.replaceAll(ANY_PATH, compared)};`,
          slots: [],
        }),
      ),
      { minLength: 12, maxLength: 40 },
    ),
  );

/** Policies for everybody that mostly begin by testing sets and bools. */
const testing = fc.array(
  fc
    .tuple(effect, conditionWith(firstTest))
    .map(([e, c]): CrowdPolicy => ({ text: `${e} (principal, action, resource) ${c};`, slots: [] })),
  { minLength: 12, maxLength: 40 },
);

/** Many policies that have scopes and first tests in common. */
export const arbitraryCrowd: fc.Arbitrary<readonly CrowdPolicy[]> = fc.oneof(
  alike,
  testing,
  fc.array(fc.oneof({ weight: 5, arbitrary: staticPolicy }, { weight: 1, arbitrary: templatePolicy }), {
    minLength: 5,
    maxLength: 60,
  }),
);

const uid = (text: string): { type: string; id: string } => {
  const at = text.lastIndexOf('::');
  return { type: text.slice(0, at), id: text.slice(at + 3, -1) };
};

const scalar = fc.constantFrom<unknown>('a', 'b', 'axb', 1, true, { __entity: uid('User::"alice"') });
const docs = fc.constantFrom<unknown>(
  [],
  [{ __entity: uid('Folder::"root"') }],
  [{ __entity: uid('Acme::Doc::"d1"') }, { __entity: uid('Folder::"home"') }],
  ['a', { __entity: uid('Folder::"root"') }],
);

const tags = fc.oneof({ weight: 6, arbitrary: fc.array(scalar, { maxLength: 4 }) }, { weight: 1, arbitrary: scalar });
const flag = fc.constantFrom<unknown>(true, false, false, 'a');
const deep = fc.record({ tags, flag }, { requiredKeys: [] });

/** Entities for crowds; attributes are missing now and then. */
export const arbitraryCrowdEntities: fc.Arbitrary<readonly object[]> = fc
  .tuple(
    fc.record({ name: fc.oneof(fc.record({ first: scalar }), scalar), docs }, { requiredKeys: [] }),
    fc.subarray(['Group::"staff"', 'Group::"admins"']),
    fc.record({ kind: scalar, owner: scalar }, { requiredKeys: [] }),
    fc.subarray(['Folder::"root"', 'Folder::"home"', 'Acme::Doc::"d2"']),
    fc.boolean(),
  )
  .map(([attrs, groups, docAttrs, folders, hasAction]) => [
    { uid: uid('User::"alice"'), attrs, parents: groups.map(uid) },
    { uid: uid('Group::"staff"'), attrs: {}, parents: [uid('Group::"admins"')] },
    { uid: uid('Acme::Doc::"d1"'), attrs: docAttrs, parents: folders.map(uid) },
    { uid: uid('Folder::"home"'), attrs: docAttrs, parents: [uid('Folder::"root"')] },
    ...(hasAction ? [{ uid: uid('Action::"view"'), attrs: {}, parents: [uid('Action::"all"')] }] : []),
  ]);

/** Requests for crowds, with entities of their own now and then. */
export const arbitraryCrowdRequest = fc.record({
  principal: fc.oneof(user, group).map(uid),
  action: actions.map(uid),
  resource: doc.map(uid),
  context: fc.record(
    { tenant: scalar, n: fc.constantFrom<unknown>(1, 5, 'x'), tags, flag, deep: fc.oneof(deep, deep, scalar) },
    { requiredKeys: [] },
  ),
});

export const arbitraryOwnEntities = fc.constantFrom<readonly object[]>(
  [],
  [{ uid: uid('User::"bob"'), attrs: { docs: [] }, parents: [uid('Group::"staff"')] }],
  [{ uid: uid('Action::"edit"'), attrs: {}, parents: [uid('Action::"all"')] }],
);

export const linkValue = { '?principal': fc.oneof(user, group).map(uid), '?resource': doc.map(uid) };
