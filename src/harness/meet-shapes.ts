import { checkShape } from './check-shape.js';
import { ANY, type ArrayShape, type FieldShape, NEVER, type ObjectShape, type Shape, unionOf } from './shape.js';

/** Most members that a union keeps when two of them meet; beyond, the second is not looked at. */
const MOST_MEMBERS = 64;

/** What fits both shapes. */
export function meet(a: Shape, b: Shape): Shape {
  if (a.kind === 'any' || b.kind === 'never') return b;
  if (b.kind === 'any' || a.kind === 'never') return a;
  if (a.kind === 'union' && b.kind === 'union' && a.members.length * b.members.length > MOST_MEMBERS) return a;
  if (a.kind === 'union') return unionOf(a.members.map((member) => meet(member, b)));
  if (b.kind === 'union') return unionOf(b.members.map((member) => meet(a, member)));
  if (a.kind === 'constants') return constantsIn(a, b);
  if (b.kind === 'constants') return constantsIn(b, a);
  if (a.kind === 'number' && b.kind === 'number') return a.integer ? a : b;
  if (a.kind === 'array' && b.kind === 'array') return meetArrays(a, b);
  if (a.kind === 'object' && b.kind === 'object') return meetObjects(a, b);
  return a.kind === b.kind ? a : NEVER;
}

function constantsIn(constants: Extract<Shape, { kind: 'constants' }>, shape: Shape): Shape {
  const values = constants.values.filter((value) => checkShape(value, shape, '').length === 0);
  return values.length === 0 ? NEVER : { ...constants, values };
}

function meetArrays(a: ArrayShape, b: ArrayShape): Shape {
  const first = Array.from({ length: Math.max(a.first.length, b.first.length) }, (_, index) =>
    meet(a.first[index] ?? a.rest, b.first[index] ?? b.rest),
  );
  return { kind: 'array', first, rest: meet(a.rest, b.rest) };
}

function meetObjects(a: ObjectShape, b: ObjectShape): Shape {
  const fields = new Map<string, FieldShape>();
  for (const name of [...a.fields.keys(), ...b.fields.keys()]) {
    const [inA, inB] = [a.fields.get(name), b.fields.get(name)];
    fields.set(name, {
      shape: meet(inA?.shape ?? a.rest ?? ANY, inB?.shape ?? b.rest ?? ANY),
      required: inA?.required === true || inB?.required === true,
    });
  }
  const rest = a.rest === undefined || b.rest === undefined ? (a.rest ?? b.rest) : meet(a.rest, b.rest);
  return { kind: 'object', fields, rest };
}
