import { createRequire } from 'node:module';
import type { CheckParseAnswer } from '@cedar-policy/cedar-wasm/nodejs';

/** What the official engine says: `malformed` when its JSON reader already refuses the text. */
export type Verdict = 'success' | 'failure' | 'malformed';

type Engine = typeof import('@cedar-policy/cedar-wasm/nodejs');

const require = createRequire(import.meta.url);
const ENGINE = '@cedar-policy/cedar-wasm/nodejs';
/** Each exception that passes through the engine costs a piece of its stack; about 4,000 of them break it. */
const MOST_EXCEPTIONS = 1000;

let exceptions = 0;

function engine(): Engine {
  if (exceptions >= MOST_EXCEPTIONS) {
    delete require.cache[require.resolve(ENGINE)];
    exceptions = 0;
  }
  return require(ENGINE);
}

/**
 * Hands JSON text to the official engine as it is. Its JavaScript part would write its argument with `JSON.stringify`,
 * which cannot express repeated keys, 64-bit integers or `1.0`; for the time of the call it writes our text instead.
 */
function verdictOnText(text: string, call: (engine: Engine) => CheckParseAnswer): Verdict {
  const used = engine();
  const stringify = JSON.stringify;
  try {
    JSON.stringify = () => text;
    return call(used).type;
  } catch (error) {
    if (error instanceof Error && error.name === 'RuntimeError') throw error;
    exceptions++;
    return 'malformed';
  } finally {
    JSON.stringify = stringify;
  }
}

/** `wrapped` is the text of the whole call, so that depths can be compared: `{"entities": ...}`. */
export function checkEntitiesText(wrapped: string): Verdict {
  return verdictOnText(wrapped, (cedar) => cedar.checkParseEntities({ entities: [] }));
}

/** `wrapped` is the text of the whole call: `{"context": ...}`. */
export function checkContextText(wrapped: string): Verdict {
  return verdictOnText(wrapped, (cedar) => cedar.checkParseContext({ context: {} }));
}

/** Ids of the policies that are satisfied, for the text of a whole `isAuthorized` call; undefined when the call fails. */
export function satisfiedPolicies(wrapped: string): readonly string[] | undefined {
  const stringify = JSON.stringify;
  try {
    JSON.stringify = () => wrapped;
    const answer = engine().isAuthorized({
      principal: { type: 'A', id: '' },
      action: { type: 'A', id: '' },
      resource: { type: 'A', id: '' },
      context: {},
      policies: {},
      entities: [],
    });
    if (answer.type === 'failure') return undefined;
    if (answer.response.diagnostics.errors.length > 0)
      throw new Error(answer.response.diagnostics.errors[0]?.error.message);
    return answer.response.diagnostics.reason;
  } finally {
    JSON.stringify = stringify;
  }
}
