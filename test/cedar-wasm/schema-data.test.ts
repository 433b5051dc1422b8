import { describe, expect, it } from 'vitest';
import type { PlainJson } from '../support/mutate-json.js';
import { callBoth } from './compare-outcomes.js';
import type { FunctionName, Outcome } from './oracle.js';
import { CONTEXTS, ENTITIES, REQUESTS, SCHEMA } from './schema-data-cases.js';

interface Answered {
  readonly type: string;
  readonly response?: unknown;
  readonly errors?: readonly { readonly message: string; readonly help: string | null }[];
}

/** What programs see of an answer: the response or the messages, and the help where the official package has any. */
function seen(outcome: Outcome, official: Outcome): unknown {
  if (outcome.kind !== 'answer' || official.kind !== 'answer') return outcome.kind;
  const { type, response, errors = [] }: Answered = Object(outcome.answer);
  const { errors: theirs = [] }: Answered = Object(official.answer);
  const helps = errors.map(({ help }, index) => ((theirs[index]?.help ?? null) === null ? null : help));
  return { type, response, messages: errors.map(({ message }) => message), helps };
}

function expectSame(name: FunctionName, call: PlainJson): void {
  const { ours, theirs } = callBoth(name, [call]);
  expect(seen(ours, theirs)).toEqual(seen(theirs, theirs));
}

/**
 * Texts that are not compared: which of its JSON readers gave up, members of JSON in an order that follows from hashes, and
 * the text that an extension value was made from.
 */
const UNSAID = /untagged enum|invalid type|failed to parse escape|but got `\{[^`]*,|(?:decimal|ip)\(/;

function expectSameOrUnsaid(name: FunctionName, call: PlainJson): void {
  const { ours, theirs } = callBoth(name, [call]);
  const official = seen(theirs, theirs);
  if (UNSAID.test(JSON.stringify(official))) expect(seen(ours, theirs)).toMatchObject({ type: 'failure' });
  else expect(seen(ours, theirs)).toEqual(official);
}

const shown = (json: PlainJson): string => JSON.stringify(json);
const all = (cases: readonly PlainJson[]): readonly (readonly [string, PlainJson])[] =>
  cases.map((json) => [shown(json), json]);

describe('data that is checked against a schema has the answers of the official package, word for word', () => {
  it.each(all(ENTITIES))('entities %s', (_name, entities) => {
    expectSameOrUnsaid('checkParseEntities', { entities, schema: SCHEMA });
  });

  it.each(all(CONTEXTS))('context %s', (_name, context) => {
    const action = { type: 'Action', id: 'view' };
    expectSameOrUnsaid('checkParseContext', { context, schema: SCHEMA, action });
    for (const validateRequest of [true, false]) {
      expectSameOrUnsaid('isAuthorized', { ...callOf(REQUESTS[0] ?? []), context, validateRequest });
    }
  });

  it.each(REQUESTS.map((request) => [shown([...request]), request] as const))('request %s', (_name, request) => {
    for (const validateRequest of [true, false]) {
      for (const context of [{}, { n: 1 }, { n: 'x' }])
        expectSame('isAuthorized', { ...callOf(request), context, validateRequest });
    }
  });

  it('reports a request, entities and policies that are wrong together', () => {
    const entities = [{ uid: { type: 'Zz', id: 'a' }, attrs: {}, parents: [] }];
    const wrong = {
      ...callOf([
        { type: 'ZZ', id: 'a' },
        { type: 'Action', id: 'view' },
        { type: 'G', id: 'g' },
      ]),
      entities,
    };
    expectSame('isAuthorized', { ...wrong, context: { n: 'x' } });
    expectSame('isAuthorized', { ...wrong, context: { n: 1 }, validateRequest: false });
  });

  it('takes a context without an action as one without a schema', () => {
    for (const context of [{ n: 'x' }, { n: null }]) {
      expectSame('checkParseContext', { context, schema: SCHEMA });
      expectSame('checkParseContext', { context, schema: SCHEMA, action: null });
      expectSame('checkParseContext', { context, action: { type: 'Action', id: 'view' } });
    }
    expectSame('checkParseContext', { context: {}, schema: SCHEMA, action: { type: 'Action', id: 'zz' } });
  });
});

function callOf([principal = null, action = null, resource = null]: readonly PlainJson[]): {
  [key: string]: PlainJson;
} {
  const staticPolicies = 'permit(principal, action in Action::"all", resource);';
  return { principal, action, resource, schema: SCHEMA, entities: [], policies: { staticPolicies } };
}
