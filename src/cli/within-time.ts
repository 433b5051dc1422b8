import { runInThisContext } from 'node:vm';
import { lateText } from './hook-limits.js';

/**
 * Does something that must come to an end: where it is too busy to do so in time, it is broken off and this throws. Only
 * this thread waits, so no other has to be started; what waits for the system in one call is not broken off. `seconds` is
 * what is said of the limit where the work is a part of something.
 */
export function withinTime<T>(milliseconds: number, work: () => T, seconds = milliseconds / 1000): T {
  const done: { value?: { readonly result: T } } = {};
  const name = '__deodarWork';
  const begin = (): void => {
    done.value = { result: work() };
  };
  Object.defineProperty(globalThis, name, { value: begin, configurable: true });
  try {
    runInThisContext(`${name}()`, { timeout: Math.ceil(milliseconds) });
  } catch (error) {
    const late = error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw late ? new Error(lateText(seconds)) : error;
  } finally {
    Reflect.deleteProperty(globalThis, name);
  }
  if (done.value === undefined) throw new Error('the work was not done');
  return done.value.result;
}
