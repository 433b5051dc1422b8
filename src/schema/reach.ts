/** Everything that is reached from `start` by one step or more; the start itself only where a way leads back to it. */
export function reach<T>(start: T, step: (from: T) => Iterable<T>): ReadonlySet<T> {
  const found = new Set<T>(step(start));
  // A set goes through what is added while it is gone through.
  for (const next of found) for (const further of step(next)) found.add(further);
  return found;
}

/** Turns edges round. */
export function reversed<T>(all: Iterable<T>, step: (from: T) => Iterable<T>): ReadonlyMap<T, readonly T[]> {
  const edges = new Map<T, T[]>();
  for (const from of all) {
    for (const to of step(from)) {
      const known = edges.get(to);
      if (known === undefined) edges.set(to, [from]);
      else known.push(from);
    }
  }
  return edges;
}

/** The ways round that a search finds: one for each set of items that can all reach each other, in order of `all`. */
export function findCycles<T>(all: Iterable<T>, step: (from: T) => Iterable<T>): readonly (readonly T[])[] {
  const cycles: T[][] = [];
  const done = new Set<T>();
  const inCycle = new Set<T>();
  for (const root of all) {
    if (done.has(root)) continue;
    const path: { readonly item: T; readonly rest: Iterator<T> }[] = [];
    const position = new Map<T, number>();
    const enter = (item: T): void => {
      position.set(item, path.length);
      path.push({ item, rest: step(item)[Symbol.iterator]() });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) {
        done.add(top.item);
        position.delete(top.item);
        path.pop();
        continue;
      }
      const at = position.get(next.value);
      if (at === undefined) {
        if (!done.has(next.value)) enter(next.value);
      } else if (!inCycle.has(next.value)) {
        const cycle = path.slice(at).map(({ item }) => item);
        for (const item of cycle) inCycle.add(item);
        cycles.push(cycle);
      }
    }
  }
  return cycles;
}
