import fc from 'fast-check';
import { ENTITY_IDS, ENTITY_TYPE_NAMES, EXTENSION_TEXTS, TEXTS } from './world.js';

/** A value of entities or context JSON, in the explicit forms that need no schema. */
export type ValueJson = boolean | number | string | readonly ValueJson[] | { readonly [key: string]: ValueJson };

export interface UidJson {
  readonly type: string;
  readonly id: string;
}

export interface EntityJson {
  readonly uid: UidJson;
  readonly attrs: { readonly [key: string]: ValueJson };
  readonly parents: readonly UidJson[];
  readonly tags?: { readonly [key: string]: ValueJson };
}

export interface RequestJson {
  readonly principal: UidJson;
  readonly action: UidJson;
  readonly resource: UidJson;
  readonly context: { readonly [key: string]: ValueJson };
}

export interface WorldOptions {
  /** Whether the schema of the world is kept; otherwise attributes are missing or of other types. Default true. */
  readonly conforming?: boolean;
}

type Kind = keyof typeof ENTITY_IDS;

function uid(kind: Kind, id: string): UidJson {
  return { type: ENTITY_TYPE_NAMES[kind], id };
}

function anyUid(kind: Kind): fc.Arbitrary<UidJson> {
  return fc.constantFrom(...ENTITY_IDS[kind]).map((id) => uid(kind, id));
}

function entityValue(kind: Kind, ids = ENTITY_IDS[kind]): fc.Arbitrary<ValueJson> {
  return fc.constantFrom(...ids).map((id) => ({ __entity: { type: ENTITY_TYPE_NAMES[kind], id } }));
}

function extensionValue(kind: keyof typeof EXTENSION_TEXTS): fc.Arbitrary<ValueJson> {
  const fn = kind === 'ipaddr' ? 'ip' : kind;
  return fc.constantFrom(...EXTENSION_TEXTS[kind].slice(0, -1)).map((arg) => ({ __extn: { fn, arg } }));
}

const text = fc.constantFrom(...TEXTS);
const long = fc.oneof(fc.integer({ min: -3, max: 20 }), fc.constantFrom(2 ** 53 - 1, -(2 ** 53) + 1));
const texts = fc.array(text, { maxLength: 3 });

type Fields = { readonly [key: string]: fc.Arbitrary<ValueJson> };

const wrongValue: fc.Arbitrary<ValueJson> = fc.oneof(
  fc.boolean(),
  long,
  text,
  texts,
  entityValue('user'),
  extensionValue('decimal'),
  fc.constant({}),
);

/** A record with all fields but some of the optional ones; when it need not conform, fields are dropped or replaced. */
function recordWith(
  fields: Fields,
  optional: readonly string[],
  conforming: boolean,
): fc.Arbitrary<{ [key: string]: ValueJson }> {
  const required = Object.keys(fields).filter((key) => !optional.includes(key));
  const right = fc.record({ ...fields }, { requiredKeys: required }).map((record) => present(record));
  if (conforming) return right;
  const keys = [...Object.keys(fields), 'missing'];
  const change = fc.tuple(fc.constantFrom(...keys), fc.option(wrongValue, { nil: undefined }));
  return fc
    .tuple(right, fc.array(change, { maxLength: 2 }))
    .map(([record, changes]) => present({ ...record, ...Object.fromEntries(changes) }));
}

function present(record: { readonly [key: string]: ValueJson | undefined }): { [key: string]: ValueJson } {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

const address = recordWith({ city: text, zip: long }, ['zip'], true);

const USER: Fields = {
  name: text,
  age: long,
  admin: fc.boolean(),
  nick: text,
  boss: entityValue('user'),
  address,
  scores: fc.array(long, { maxLength: 3 }),
  friends: fc.array(entityValue('user'), { maxLength: 3 }),
  home: extensionValue('ipaddr'),
  balance: extensionValue('decimal'),
  joined: extensionValue('datetime'),
  session: extensionValue('duration'),
  if: fc.boolean(),
  'two words': long,
};

const DOC: Fields = {
  owner: entityValue('user'),
  size: long,
  labels: texts,
  color: entityValue('color', ['red', 'green']),
  parent: entityValue('doc'),
  public: fc.boolean(),
};

const CONTEXT: Fields = {
  mfa: fc.boolean(),
  count: long,
  reason: text,
  from: extensionValue('ipaddr'),
  now: extensionValue('datetime'),
  words: texts,
  meta: recordWith({ a: long, b: recordWith({ c: text }, [], true) }, ['b'], true),
};

const GROUP: Fields = { name: text, level: long };
const FOLDER: Fields = { owner: entityValue('user'), 'a"b': long };

/** Entities of the world as JSON: without cycles, the last id of each type missing, others missing now and then. */
export function arbitraryEntities(options: WorldOptions = {}): fc.Arbitrary<EntityJson[]> {
  const conforming = options.conforming ?? true;
  const groups = stored('group', (i) => later('group', i), recordWith(GROUP, [], conforming), undefined);
  const users = stored('user', () => allUids('group'), recordWith(USER, ['nick', 'boss'], conforming), text);
  const folders = stored(
    'folder',
    (i) => [...later('folder', i), ...allUids('group')],
    recordWith(FOLDER, [], conforming),
    undefined,
  );
  const docs = stored('doc', () => allUids('folder'), recordWith(DOC, ['parent'], conforming), texts);
  return fc.tuple(groups, users, folders, docs).map((kinds) => kinds.flat());
}

function allUids(kind: Kind): readonly UidJson[] {
  return ENTITY_IDS[kind].map((id) => uid(kind, id));
}

function later(kind: Kind, index: number): readonly UidJson[] {
  return allUids(kind).slice(index + 1);
}

function stored(
  kind: Kind,
  parentsOf: (index: number) => readonly UidJson[],
  attrs: fc.Arbitrary<{ [key: string]: ValueJson }>,
  tag: fc.Arbitrary<ValueJson> | undefined,
): fc.Arbitrary<EntityJson[]> {
  const ids = ENTITY_IDS[kind].slice(0, -1);
  const entities = ids.map((id, index) => {
    const tags =
      tag === undefined
        ? fc.constant(undefined)
        : fc.option(fc.dictionary(text, tag, { maxKeys: 2 }), { nil: undefined });
    return fc
      .tuple(fc.subarray([...parentsOf(index)]), attrs, tags, fc.integer({ min: 0, max: 9 }))
      .map(([parents, attributes, tagged, luck]) => {
        if (luck === 0) return [];
        return [{ uid: uid(kind, id), attrs: attributes, parents, ...(tagged === undefined ? {} : { tags: tagged }) }];
      });
  });
  return fc.tuple(...entities).map((list) => list.flat());
}

/** Requests over the world as JSON. */
export function arbitraryRequest(options: WorldOptions = {}): fc.Arbitrary<RequestJson> {
  const conforming = options.conforming ?? true;
  const context = recordWith(CONTEXT, ['from', 'meta'], conforming);
  const read = fc.record({
    principal: anyUid('user'),
    action: fc.constantFrom(uid('action', 'view'), uid('action', 'edit')),
    resource: fc.oneof(anyUid('doc'), anyUid('folder')),
    context,
  });
  const join = fc.record({
    principal: fc.oneof(anyUid('user'), anyUid('group')),
    action: fc.constant(uid('action', 'join')),
    resource: anyUid('group'),
    context: recordWith({ mfa: fc.boolean() }, [], conforming),
  });
  const right = fc.oneof({ weight: 4, arbitrary: read }, { weight: 1, arbitrary: join });
  if (conforming) return right;
  const any = fc.oneof(...(['user', 'group', 'doc', 'folder', 'color', 'action'] as const).map(anyUid));
  return fc.oneof(
    { weight: 4, arbitrary: right },
    { weight: 1, arbitrary: fc.record({ principal: any, action: any, resource: any, context }) },
  );
}
