/**
 * What an expression guarantees when it is true: attributes and tags that exist, as keys made by `Shapes`. Undefined
 * is the empty set.
 */
export type Capabilities = ReadonlySet<string> | undefined;

export function unite(a: Capabilities, b: Capabilities): Capabilities {
  if (a === undefined || b === undefined) return a ?? b;
  const [large, small] = a.size < b.size ? [b, a] : [a, b];
  for (const key of small) if (!large.has(key)) return new Set([...large, ...small]);
  return large;
}

export function intersect(a: Capabilities, b: Capabilities): Capabilities {
  if (a === undefined || b === undefined) return undefined;
  const [large, small] = a.size < b.size ? [b, a] : [a, b];
  const both = new Set<string>();
  for (const key of small) if (large.has(key)) both.add(key);
  return both.size === 0 ? undefined : both;
}

/** The capabilities that hold where an expression stands. They come and go as typing enters and leaves operands. */
export class KnownCapabilities {
  private readonly counts = new Map<string, number>();

  has(key: string): boolean {
    return this.counts.has(key);
  }

  enter(keys: Iterable<string> | undefined): void {
    if (keys === undefined) return;
    for (const key of keys) this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  leave(keys: Iterable<string> | undefined): void {
    if (keys === undefined) return;
    for (const key of keys) {
      const count = this.counts.get(key) ?? 0;
      if (count > 1) this.counts.set(key, count - 1);
      else this.counts.delete(key);
    }
  }
}
