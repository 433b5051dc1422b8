import { compareCodePoints } from '../text/code-point-order.js';

/** The order in which the official engine writes namespaces: the empty one, then by the last part of their names, then by the others. */
export function compareNamespaces(a: string, b: string): number {
  const [pathA, pathB] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.min(pathA.length, pathB.length); i++) {
    const order = compareCodePoints(pathA[i] ?? '', pathB[i] ?? '');
    if (order !== 0) return order;
  }
  return pathA.length - pathB.length;
}

/** The last part of a name, then the others. */
function partsOf(name: string): readonly string[] {
  if (name === '') return [];
  const parts = name.split('::');
  return [...parts.slice(-1), ...parts.slice(0, -1)];
}
