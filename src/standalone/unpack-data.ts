import type { Makers, PackedData, PackedField } from './packed-data.js';

/** The data as it was before it was packed. */
export function unpackData<T>(packed: PackedData<T>, makers: Makers): T;
export function unpackData({ forms, nodes, root }: PackedData<unknown>, makers: Makers): unknown {
  const known: unknown[] = [];

  const valueIn = (field: PackedField | undefined): unknown => {
    if (typeof field === 'number') return field < 0 ? nodeAt(-1 - field) : field;
    if (typeof field !== 'object' || field === null) return field;
    const [digits, isBig] = field;
    return digits === undefined ? undefined : isBig === undefined ? Number(digits) : BigInt(digits);
  };

  const nodeAt = (index: number): unknown => {
    if (known[index] !== undefined) return known[index];
    const [number, ...fields] = nodes[index] ?? [];
    const form = typeof number === 'number' ? forms[number] : undefined;
    // What can refer to itself is known before its fields are.
    const keep = <Made>(made: Made): Made => {
      known[index] = made;
      return made;
    };
    switch (form) {
      case undefined:
        throw new Error('the data of this module is damaged');
      case 'list': {
        const list = keep<unknown[]>([]);
        for (const field of fields) list.push(valueIn(field));
        return list;
      }
      case 'map': {
        const map = keep(new Map<unknown, unknown>());
        for (let i = 0; i < fields.length; i += 2) map.set(valueIn(fields[i]), valueIn(fields[i + 1]));
        return map;
      }
      case 'set': {
        const set = keep(new Set<unknown>());
        for (const field of fields) set.add(valueIn(field));
        return set;
      }
      case 'uid':
      case 'elements':
      case 'function':
      case 'like':
      case 'sought':
        return keep(makers[form](fields.map(valueIn)));
      default: {
        const object = keep<Record<string, unknown>>({});
        for (const [i, name] of form.entries()) object[name] = valueIn(fields[i]);
        return object;
      }
    }
  };

  return valueIn(root);
}
