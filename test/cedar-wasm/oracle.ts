import { createRequire } from 'node:module';

type Official = typeof import('@cedar-policy/cedar-wasm/nodejs');

/** Names of the functions of the package. */
export type FunctionName = keyof Official;

const require = createRequire(import.meta.url);
const PACKAGE = '@cedar-policy/cedar-wasm/nodejs';
/** Each exception that passes through the engine costs a piece of its stack; about 4,000 of them break it. */
const MOST_EXCEPTIONS = 1000;

let exceptions = 0;

/** The official package. */
export function official(): Official {
  return require(PACKAGE);
}

/** Loads the package anew when too many exceptions have passed through it; what it keeps is gone then. */
export function renewOfficial(): void {
  if (exceptions < MOST_EXCEPTIONS) return;
  delete require.cache[require.resolve(PACKAGE)];
  exceptions = 0;
}

/** What a call came to. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'throws'; readonly message: string }
  /** The engine broke down or ran out of its stack. */
  | { readonly kind: 'trap'; readonly message: string };

/** Calls the official package. */
export function officialOutcome(name: FunctionName, args: readonly unknown[]): Outcome {
  const outcome = outcomeOf(official()[name], args);
  if (outcome.kind === 'throws') exceptions++;
  if (outcome.kind === 'trap') exceptions = MOST_EXCEPTIONS;
  return outcome;
}

/** Calls a function with whatever arguments. */
export function outcomeOf(call: unknown, args: readonly unknown[]): Outcome {
  if (typeof call !== 'function') throw new Error('there is no such function');
  try {
    return { kind: 'answer', answer: Reflect.apply(call, undefined, args) };
  } catch (error) {
    const { name, message }: { name?: unknown; message?: unknown } = Object(error);
    const isTrap = name === 'RuntimeError' || /call stack/.test(String(message));
    return { kind: isTrap ? 'trap' : 'throws', message: String(message) };
  }
}
