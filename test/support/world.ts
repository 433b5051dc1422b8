/**
 * A small world that generated policies, requests and entities share, so that generated policies often mean something.
 * Every type has attributes of many kinds; `Stranger` and `missing` are not declared on purpose and appear in policies only.
 */
export const WORLD_SCHEMA = `
entity Group in [Group] { name: String, level: Long };
entity Color enum ["red", "green"];
entity User in [Group] {
  name: String,
  age: Long,
  admin: Bool,
  nick?: String,
  boss?: User,
  address: { city: String, zip?: Long },
  scores: Set<Long>,
  friends: Set<User>,
  home: ipaddr,
  balance: decimal,
  joined: datetime,
  session: duration,
  "if": Bool,
  "two words": Long,
} tags String;
entity Folder in [Folder, Group] { owner: User, "a\\"b": Long };
namespace Acme {
  entity Doc in [Folder] { owner: User, size: Long, labels: Set<String>, color: Color, parent?: Doc, public: Bool } tags Set<String>;
}
action all;
action view, edit in [all] appliesTo {
  principal: User,
  resource: [Acme::Doc, Folder],
  context: {
    mfa: Bool,
    count: Long,
    reason: String,
    from?: ipaddr,
    now: datetime,
    words: Set<String>,
    meta?: { a: Long, b?: { c: String } },
  },
};
action join in [all] appliesTo { principal: [User, Group], resource: Group, context: { mfa: Bool } };
`;

/** Kinds of expressions that are generated. */
export type WorldType =
  | 'bool'
  | 'long'
  | 'string'
  | 'user'
  | 'group'
  | 'doc'
  | 'folder'
  | 'color'
  | 'action'
  | 'longs'
  | 'strings'
  | 'users'
  | 'address'
  | 'meta'
  | 'context'
  | 'ipaddr'
  | 'decimal'
  | 'datetime'
  | 'duration';

export const WORLD_TYPES: readonly WorldType[] = [
  'bool',
  'long',
  'string',
  'user',
  'group',
  'doc',
  'folder',
  'color',
  'action',
  'longs',
  'strings',
  'users',
  'address',
  'meta',
  'context',
  'ipaddr',
  'decimal',
  'datetime',
  'duration',
];

type EntityKind = 'user' | 'group' | 'doc' | 'folder' | 'color' | 'action';

export const ENTITY_TYPE_NAMES: Readonly<Record<EntityKind, string>> = {
  user: 'User',
  group: 'Group',
  doc: 'Acme::Doc',
  folder: 'Folder',
  color: 'Color',
  action: 'Action',
};

/** Ids that entities and entity literals have; the last of each is in no store. */
export const ENTITY_IDS: Readonly<Record<EntityKind, readonly string[]>> = {
  user: ['alice', 'bob', 'eve"s\n', 'ghost'],
  group: ['staff', 'admins', 'everyone', 'nobody'],
  doc: ['plan', 'memo', '', 'lost'],
  folder: ['root', 'drafts', 'nowhere'],
  color: ['red', 'green', 'blue'],
  action: ['view', 'edit', 'join', 'all', 'fly'],
};

/** Attributes and what reading them gives; only the first of several declared types is kept for `owner`. */
export const ATTRIBUTES: readonly { readonly of: WorldType; readonly name: string; readonly type: WorldType }[] = [
  { of: 'user', name: 'name', type: 'string' },
  { of: 'user', name: 'age', type: 'long' },
  { of: 'user', name: 'admin', type: 'bool' },
  { of: 'user', name: 'nick', type: 'string' },
  { of: 'user', name: 'boss', type: 'user' },
  { of: 'user', name: 'address', type: 'address' },
  { of: 'user', name: 'scores', type: 'longs' },
  { of: 'user', name: 'friends', type: 'users' },
  { of: 'user', name: 'home', type: 'ipaddr' },
  { of: 'user', name: 'balance', type: 'decimal' },
  { of: 'user', name: 'joined', type: 'datetime' },
  { of: 'user', name: 'session', type: 'duration' },
  { of: 'user', name: 'if', type: 'bool' },
  { of: 'user', name: 'two words', type: 'long' },
  { of: 'group', name: 'name', type: 'string' },
  { of: 'group', name: 'level', type: 'long' },
  { of: 'folder', name: 'owner', type: 'user' },
  { of: 'folder', name: 'a"b', type: 'long' },
  { of: 'doc', name: 'owner', type: 'user' },
  { of: 'doc', name: 'size', type: 'long' },
  { of: 'doc', name: 'labels', type: 'strings' },
  { of: 'doc', name: 'color', type: 'color' },
  { of: 'doc', name: 'parent', type: 'doc' },
  { of: 'doc', name: 'public', type: 'bool' },
  { of: 'address', name: 'city', type: 'string' },
  { of: 'address', name: 'zip', type: 'long' },
  { of: 'context', name: 'mfa', type: 'bool' },
  { of: 'context', name: 'count', type: 'long' },
  { of: 'context', name: 'reason', type: 'string' },
  { of: 'context', name: 'from', type: 'ipaddr' },
  { of: 'context', name: 'now', type: 'datetime' },
  { of: 'context', name: 'words', type: 'strings' },
  { of: 'context', name: 'meta', type: 'meta' },
  { of: 'meta', name: 'a', type: 'long' },
];

/** Texts for the constructors; the last of each is refused. */
export const EXTENSION_TEXTS: Readonly<Record<'ipaddr' | 'decimal' | 'datetime' | 'duration', readonly string[]>> = {
  ipaddr: ['127.0.0.1', '10.0.0.0/8', '::1', 'ff00::/8', '300.1.1.1'],
  decimal: ['0.0', '1.5', '-12.3456', '922337203685477.5807', '1.23456'],
  datetime: ['2024-01-01', '2024-02-29T12:00:00Z', '1969-12-31T23:59:59.999+0130', '2023-02-29'],
  duration: ['1h', '-2d3h4m5s6ms', '9223372036854775807ms', '1m1h'],
};

/** Texts that strings and ids are made of: names of the world, and what escaping can get wrong. */
export const TEXTS: readonly string[] = [
  'alice',
  'city',
  'a*b',
  '',
  'x',
  'name',
  '\u0301y',
  'é\u0301',
  '日本',
  '😀',
  '\0\t\r\n\\"\'',
  '\u200b\u00a0\u2028',
  '\ufeff',
];
