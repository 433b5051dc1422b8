import type { RecordValue, Value } from './value.js';

/** Longer lists are looked up by a map of positions. */
const SEARCHED = 8;

/** Names of the members of records, in their order; one object can serve all records with the same members. */
export class FieldNames {
  readonly list: readonly string[];
  private positions: ReadonlyMap<string, number> | undefined = undefined;

  /** The names are different from each other. */
  constructor(list: readonly string[]) {
    this.list = list;
  }

  /** Where a name stands; undefined when it is not there. */
  indexOf(name: string): number | undefined {
    const { list } = this;
    if (list.length > SEARCHED) {
      this.positions ??= new Map(list.map((each, i) => [each, i]));
      return this.positions.get(name);
    }
    for (let i = 0; i < list.length; i++) if (list[i] === name) return i;
    return undefined;
  }

  /** Whether these are exactly some names, in their order. */
  are(names: readonly string[]): boolean {
    const { list } = this;
    if (list.length !== names.length) return false;
    for (let i = 0; i < list.length; i++) if (list[i] !== names[i]) return false;
    return true;
  }
}

/** Lists of names, each of them once. */
export class KnownNames<Names extends FieldNames> {
  private readonly lists = new Map<string, Names>();
  private readonly make: (list: readonly string[]) => Names;

  constructor(make: (list: readonly string[]) => Names) {
    this.make = make;
  }

  get size(): number {
    return this.lists.size;
  }

  /** The same object for the same names; a new one for some names with NUL in them. */
  of(list: readonly string[]): Names {
    const key = list.join('\0');
    const known = this.lists.get(key);
    if (known?.are(list) === true) return known;
    const made = this.make(list);
    if (known === undefined) this.lists.set(key, made);
    return made;
  }
}

/** Lists of names that are remembered by one maker of records. */
const MOST_LISTS = 1000;

/** Makes records of values that are given in the order of their names; those with the same names share them. */
export class RecordMaker {
  private readonly known = new KnownNames((list) => new FieldNames(list));
  private last = new FieldNames([]);

  /** The names are different from each other, and each has the value at its place; neither list changes later. */
  of(names: readonly string[], values: readonly Value[]): RecordValue {
    if (!this.last.are(names)) this.last = this.known.size < MOST_LISTS ? this.known.of(names) : new FieldNames(names);
    return { kind: 'record', fields: new FieldList(this.last, values) };
  }
}

/** A name with the place where it was found last. */
export class SoughtName {
  readonly name: string;
  names: FieldNames | undefined = undefined;
  /** -1 when it was not there. */
  at = -1;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Names with their values side by side: a map that costs little to make. Most records have a few fields and are asked for
 * one or two of them, and many records have the same names.
 */
export class FieldList implements ReadonlyMap<string, Value> {
  readonly names: FieldNames;
  private readonly list: readonly Value[];

  /** Each name has the value at its place. */
  constructor(names: FieldNames, list: readonly Value[]) {
    this.names = names;
    this.list = list;
  }

  get size(): number {
    return this.list.length;
  }

  get(name: string): Value | undefined {
    const at = this.names.indexOf(name);
    return at === undefined ? undefined : this.list[at];
  }

  /** The value at a place of the names. */
  at(place: number): Value | undefined {
    return this.list[place];
  }

  /** The value of a name that is asked for again and again, mostly in lists with the same names. */
  find(sought: SoughtName): Value | undefined {
    if (sought.names !== this.names) {
      sought.names = this.names;
      sought.at = this.names.indexOf(sought.name) ?? -1;
    }
    const { at } = sought;
    return at < 0 ? undefined : this.list[at];
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  *entries(): MapIterator<[string, Value]> {
    for (let i = 0; i < this.list.length; i++) {
      const name = this.names.list[i];
      const value = this.list[i];
      if (name !== undefined && value !== undefined) yield [name, value];
    }
  }

  keys(): ArrayIterator<string> {
    return this.names.list.values();
  }

  values(): ArrayIterator<Value> {
    return this.list.values();
  }

  forEach(visit: (value: Value, name: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [name, value] of this.entries()) visit(value, name, this);
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
}

/** The value of a name that is asked for again and again. */
export function fieldOf(fields: ReadonlyMap<string, Value>, sought: SoughtName): Value | undefined {
  return fields instanceof FieldList ? fields.find(sought) : fields.get(sought.name);
}
