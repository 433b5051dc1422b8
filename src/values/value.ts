/**
 * Run-time values of the Cedar language. Bool and String are JavaScript primitives. Long is a `number` while it is a
 * safe integer and a `bigint` beyond; `long.ts` keeps that form canonical, so `===` compares Longs.
 */
export type Value = boolean | string | Long | EntityUid | SetValue | RecordValue | ExtensionValue;

export type Long = number | bigint;

/** Name of an entity: its type's full name and its id. Says nothing about whether the entity exists. */
export interface EntityUid {
  readonly kind: 'entity';
  /** Full type name, such as `Acme::User`. */
  readonly type: string;
  readonly id: string;
}

/** A set: no two elements are equal; the order carries no meaning. Made by `createSet`. */
export interface SetValue {
  readonly kind: 'set';
  readonly elements: readonly Value[];
}

export interface RecordValue {
  readonly kind: 'record';
  readonly fields: ReadonlyMap<string, Value>;
}

/** decimal(..): `units` is the value times 10,000, within int64. */
export interface DecimalValue {
  readonly kind: 'decimal';
  readonly units: bigint;
}

/** ip(..): an address with a prefix length. `address` is the unsigned 32 or 128 bit number, host bits kept. */
export interface IpaddrValue {
  readonly kind: 'ipaddr';
  readonly version: 4 | 6;
  readonly address: bigint;
  /** 0-32 or 0-128. */
  readonly prefix: number;
}

/** datetime(..): milliseconds since 1970-01-01T00:00Z, within int64. */
export interface DatetimeValue {
  readonly kind: 'datetime';
  readonly milliseconds: bigint;
}

/** duration(..): milliseconds, within int64. */
export interface DurationValue {
  readonly kind: 'duration';
  readonly milliseconds: bigint;
}

export type ExtensionValue = DecimalValue | IpaddrValue | DatetimeValue | DurationValue;

/** Kind of a value, in the words of Cedar's own messages. */
export type ValueKind = 'bool' | 'string' | 'long' | 'entity' | 'set' | 'record' | ExtensionValue['kind'];

export function kindOf(value: Value): ValueKind {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'number':
    case 'bigint':
      return 'long';
    default:
      return value.kind;
  }
}

/** A uid with room for a note that nobody sees: what somebody who looks it up often found the last time. */
class NotedUid implements EntityUid {
  readonly kind = 'entity';
  readonly type: string;
  readonly id: string;
  #note: object | undefined = undefined;

  constructor(type: string, id: string) {
    this.type = type;
    this.id = id;
  }

  static read(uid: EntityUid): object | undefined {
    return #note in uid ? uid.#note : undefined;
  }

  static write(uid: EntityUid, note: object): void {
    if (#note in uid) uid.#note = note;
  }
}

export function entityUid(type: string, id: string): EntityUid {
  return new NotedUid(type, id);
}

/** What was noted at a uid last, by whomever; undefined also for uids that were not made by `entityUid`. */
export function noteOf(uid: EntityUid): object | undefined {
  return NotedUid.read(uid);
}

/** Notes something at a uid, which does not change what the uid is. */
export function noteAt(uid: EntityUid, note: object): void {
  NotedUid.write(uid, note);
}

export function recordOf(fields: Iterable<readonly [string, Value]>): RecordValue {
  return { kind: 'record', fields: new Map(fields) };
}
