/** Members that say where something is written, which is most of a schema. */
const PLACES: ReadonlySet<string> = new Set(['span', 'typeSpan', 'source', 'origin']);

/** Copies plain data, lists, maps, sets and uids, also in circles, and leaves the members out that say where it is written. */
export class PlainCopy {
  /** Whether everything so far was of these kinds. */
  isPlain = true;
  private readonly copies = new Map<object, object>();

  of<T>(data: T): T;
  of(data: unknown): unknown {
    if (typeof data === 'object' && data !== null) return this.copies.get(data) ?? this.copyOf(data);
    if (typeof data === 'function' || typeof data === 'symbol') this.isPlain = false;
    return data;
  }

  private copyOf(data: object): object {
    if (Array.isArray(data)) {
      const copy: unknown[] = [];
      this.copies.set(data, copy);
      for (const member of data) copy.push(this.of(member));
      return copy;
    }
    if (data instanceof Set) {
      const copy = new Set<unknown>();
      this.copies.set(data, copy);
      for (const member of data) copy.add(this.of(member));
      return copy;
    }
    if (data instanceof Map) {
      const copy = new Map<unknown, unknown>();
      this.copies.set(data, copy);
      for (const [key, member] of data) copy.set(this.of(key), this.of(member));
      return copy;
    }
    // Uids are of a class of their own; objects with the same members are read in the same way.
    const isUid = 'kind' in data && data.kind === 'entity' && 'type' in data && 'id' in data;
    if (!isUid && Object.getPrototypeOf(data) !== Object.prototype) this.isPlain = false;
    const copy: Record<string, unknown> = {};
    this.copies.set(data, copy);
    for (const [name, member] of Object.entries(data)) {
      if (name === '__proto__') this.isPlain = false;
      else if (!PLACES.has(name)) copy[name] = this.of(member);
    }
    return copy;
  }
}
