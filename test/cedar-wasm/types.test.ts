import { expect, it } from 'vitest';
import * as ours from '../../src/cedar-wasm/index.js';
import { official } from './oracle.js';

type Official = typeof import('@cedar-policy/cedar-wasm/nodejs');

/** Functions whose answers hold data that may be a bigint here, which the types of the official package do not know. */
type WithBigint =
  | 'policyToJson'
  | 'templateToJson'
  | 'schemaToJson'
  | 'schemaToJsonWithResolvedTypes'
  | 'isAuthorizedPartial';

it('exports the functions of the official package', () => {
  expect(Object.keys(ours).sort()).toEqual(Object.keys(official()).sort());
});

it('has functions that fit where those of the official package are expected', () => {
  // The compiler checks these; only what takes and gives the same types can be assigned.
  const functions: Omit<Official, WithBigint> = ours;
  const callable: { [Name in keyof Official]: (...args: Parameters<Official[Name]>) => object | string } = ours;
  expect(functions.isAuthorized).toBe(callable.isAuthorized);
});
