import { createRequire } from 'node:module';
import type { SchemaJson } from '@cedar-policy/cedar-wasm';

type Engine = typeof import('@cedar-policy/cedar-wasm/nodejs');

/** A schema as the official engine takes it: Cedar syntax or JSON. */
export type OfficialSchema = string | object;

/** What the official engine answers: a value, or why there is none. */
export type Answer<T> = { readonly value: T; readonly warnings: readonly string[] } | { readonly refusal: string };

const require = createRequire(import.meta.url);
const ENGINE = '@cedar-policy/cedar-wasm/nodejs';

function engine(): Engine {
  return require(ENGINE);
}

type Reply<T> =
  | ({ readonly type: 'success'; readonly warnings?: readonly { readonly message: string }[] } & T)
  | { readonly type: 'failure'; readonly errors: readonly { readonly message: string }[] };

function ask<T, R>(call: (cedar: Engine) => Reply<T>, read: (reply: T) => R): Answer<R> {
  const reply = call(engine());
  if (reply.type === 'failure') return { refusal: reply.errors[0]?.message ?? 'refused' };
  return { value: read(reply), warnings: (reply.warnings ?? []).map(({ message }) => message) };
}

function asSchema(schema: OfficialSchema): SchemaJson<string> {
  return schema as SchemaJson<string>;
}

/** Why the official engine refuses a schema; undefined when it accepts it. */
export function officialRefusal(schema: OfficialSchema): string | undefined {
  const answer = ask(
    (cedar) => cedar.checkParseSchema(asSchema(schema)),
    () => undefined,
  );
  return 'refusal' in answer ? answer.refusal : undefined;
}

export function officialJson(schema: OfficialSchema): Answer<unknown> {
  return ask(
    (cedar) => cedar.schemaToJson(asSchema(schema)),
    ({ json }) => json,
  );
}

export function officialResolvedJson(text: string): Answer<unknown> {
  return ask(
    (cedar) => cedar.schemaToJsonWithResolvedTypes(text),
    ({ json }) => json,
  );
}

export function officialText(schema: OfficialSchema): Answer<string> {
  return ask(
    (cedar) => cedar.schemaToText(asSchema(schema)),
    ({ text }) => text,
  );
}

/** The request environments that a schema has: principal types, actions and resource types, each sorted. */
export function officialEnvironments(schema: OfficialSchema): readonly (readonly string[])[] {
  const reply = engine().getValidRequestEnvsPolicy('permit(principal, action, resource);', asSchema(schema));
  if (reply.type === 'failure') return [];
  return [reply.principals, reply.actions, reply.resources].map((names) => [...names].sort());
}

/** Hands the engine JSON text as it is, with repeated keys and numbers that JavaScript cannot hold. */
export function officialRefusalOfJsonText(text: string): string | undefined {
  const stringify = JSON.stringify;
  try {
    JSON.stringify = () => text;
    return officialRefusal({});
  } catch (error) {
    return error instanceof Error ? error.message : 'refused';
  } finally {
    JSON.stringify = stringify;
  }
}
