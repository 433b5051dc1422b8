import type { Value } from './value.js';

/** Lists of more names than this look names up in a map when they are asked so often that making it pays. */
const SEARCHED = 12;

/**
 * Names with their values as two lists side by side: a map that costs little to make. Most records have a few fields and
 * are asked for one or two of them.
 */
export class FieldList implements ReadonlyMap<string, Value> {
  private readonly names: readonly string[];
  private readonly list: readonly Value[];
  private map: ReadonlyMap<string, Value> | undefined = undefined;
  private searches = 0;

  /** `names` are different from each other; each has the value at its place. */
  constructor(names: readonly string[], list: readonly Value[]) {
    this.names = names;
    this.list = list;
  }

  get size(): number {
    return this.names.length;
  }

  get(name: string): Value | undefined {
    const { names } = this;
    if (names.length > SEARCHED && (this.map !== undefined || ++this.searches > SEARCHED))
      return this.asMap().get(name);
    for (let i = 0; i < names.length; i++) if (names[i] === name) return this.list[i];
    return undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  *entries(): MapIterator<[string, Value]> {
    for (let i = 0; i < this.names.length; i++) {
      const name = this.names[i];
      const value = this.list[i];
      if (name !== undefined && value !== undefined) yield [name, value];
    }
  }

  keys(): ArrayIterator<string> {
    return this.names.values();
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

  private asMap(): ReadonlyMap<string, Value> {
    if (this.map !== undefined) return this.map;
    const map = new Map<string, Value>();
    for (const [name, value] of this.entries()) map.set(name, value);
    this.map = map;
    return map;
  }
}
