import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { Decision } from '../harness/adjudication.js';
import { describeJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';

/** A file of tests: of requests (the official `run-tests` shape) or of agent events. */
export interface TestFile {
  /** Path of the agent file, relative to the test file; needed by tests of events. */
  readonly agent: string | undefined;
  /** Paths of the policies, relative to the test file; undefined leaves the choice to the command. */
  readonly policies: readonly string[] | undefined;
  readonly tests: readonly PolicyTest[];
}

export type PolicyTest = RequestTest | EventTest;

/** `{ request, entities, decision, reason, num_errors }`. */
export interface RequestTest {
  readonly kind: 'request';
  readonly name: string;
  readonly request: JsonObject;
  readonly entities: JsonValue;
  readonly decision: 'allow' | 'deny';
  readonly reason: readonly string[] | undefined;
  readonly errorCount: number | undefined;
}

/** `{ event, decision, policies?, routes? }`, or `events`, of which the last one is judged by the expectation. */
export interface EventTest {
  readonly kind: 'event';
  readonly name: string;
  readonly events: readonly [JsonValue, ...JsonValue[]];
  readonly decision: Decision;
  /** Ids that the adjudication must list, in any order, and no others. */
  readonly policies: readonly string[] | undefined;
  readonly routes: readonly (string | null)[] | undefined;
}

const FILE_KEYS = ['$schema', 'agent', 'policies', 'tests'];
const TEST_KEYS = [
  'name',
  'request',
  'entities',
  'event',
  'events',
  'decision',
  'reason',
  'num_errors',
  'policies',
  'routes',
  'description',
];

/** Reads a test file: an array of tests, or `{ agent?, policies?, tests }`; all problems with their JSON pointers. */
export function parseTestFile(json: JsonValue): Result<TestFile> {
  const problems: Diagnostic[] = [];
  if (isJsonArray(json))
    return finish({ agent: undefined, policies: undefined, tests: readTests(json, '', problems) }, problems);
  if (!isJsonObject(json))
    return failure([wrong('a test file is an array of tests or an object with `tests`', '', json)]);
  knownKeys(json, FILE_KEYS, '', problems);
  const agent = json.agent === undefined ? undefined : readText(json.agent, '/agent', problems);
  const policies =
    json.policies === undefined
      ? undefined
      : readTexts(isJsonArray(json.policies) ? json.policies : [json.policies], '/policies', problems);
  if (!isJsonArray(json.tests))
    return failure([
      ...problems,
      json.tests === undefined
        ? diagnostic('bad-test', '`tests` is missing', { pointer: '/tests' })
        : wrong('`tests` is an array', '/tests', json.tests),
    ]);
  return finish({ agent, policies, tests: readTests(json.tests, '/tests', problems) }, problems);
}

function finish(file: TestFile, problems: readonly Diagnostic[]): Result<TestFile> {
  return problems.length > 0 ? failure(problems) : success(file);
}

function readTests(tests: readonly JsonValue[], base: string, problems: Diagnostic[]): PolicyTest[] {
  return tests.flatMap((json, index) => {
    const pointer = memberPointer(base, index);
    if (!isJsonObject(json)) {
      problems.push(wrong('a test is an object', pointer, json));
      return [];
    }
    knownKeys(json, TEST_KEYS, pointer, problems);
    const name = typeof json.name === 'string' ? json.name : `test ${index + 1}`;
    const test =
      json.event !== undefined || json.events !== undefined
        ? readEventTest(json, name, pointer, problems)
        : readRequestTest(json, name, pointer, problems);
    return test === undefined ? [] : [test];
  });
}

function readRequestTest(
  json: JsonObject,
  name: string,
  pointer: string,
  problems: Diagnostic[],
): RequestTest | undefined {
  const { request, entities } = json;
  if (!isJsonObject(request))
    problems.push(
      request === undefined
        ? diagnostic('bad-test', 'the test has neither a `request` nor an `event`', { pointer })
        : wrong('`request` is an object', `${pointer}/request`, request),
    );
  if (entities === undefined)
    problems.push(
      diagnostic('bad-test', '`entities` is missing', {
        pointer: `${pointer}/entities`,
        help: 'write `"entities": []` when there are none',
      }),
    );
  const decision = json.decision === 'allow' || json.decision === 'deny' ? json.decision : undefined;
  if (decision === undefined)
    problems.push(
      diagnostic('bad-test', '`decision` of a request is "allow" or "deny"', { pointer: `${pointer}/decision` }),
    );
  const reason = json.reason === undefined ? undefined : readArray(json.reason, `${pointer}/reason`, problems);
  const errorCount = json.num_errors;
  if (errorCount !== undefined && typeof errorCount !== 'number')
    problems.push(wrong('`num_errors` is a number', `${pointer}/num_errors`, errorCount));
  if (!isJsonObject(request) || entities === undefined || decision === undefined) return undefined;
  return {
    kind: 'request',
    name,
    request,
    entities,
    decision,
    reason,
    errorCount: typeof errorCount === 'number' ? errorCount : undefined,
  };
}

function readEventTest(json: JsonObject, name: string, pointer: string, problems: Diagnostic[]): EventTest | undefined {
  const given = json.events ?? [json.event ?? null];
  if (!isJsonArray(given)) problems.push(wrong('`events` is an array', `${pointer}/events`, given));
  const [first, ...rest] = isJsonArray(given) ? given : [];
  if (first === undefined) problems.push(diagnostic('bad-test', '`events` is empty', { pointer: `${pointer}/events` }));
  const decision = Object.values(Decision).find((known) => known === json.decision);
  if (decision === undefined)
    problems.push(
      diagnostic('bad-test', '`decision` of an event is "ALLOW", "DENY" or "ESCALATE"', {
        pointer: `${pointer}/decision`,
      }),
    );
  const policies = json.policies === undefined ? undefined : readArray(json.policies, `${pointer}/policies`, problems);
  const routes = json.routes === undefined ? undefined : readRoutes(json.routes, `${pointer}/routes`, problems);
  if (first === undefined || decision === undefined) return undefined;
  return { kind: 'event', name, events: [first, ...rest], decision, policies, routes };
}

function readRoutes(json: JsonValue, pointer: string, problems: Diagnostic[]): (string | null)[] {
  if (isJsonArray(json) && json.every((route) => route === null || typeof route === 'string'))
    return json.map((route) => (typeof route === 'string' ? route : null));
  problems.push(
    diagnostic('bad-test', '`routes` is an array of texts and nulls', {
      pointer,
      help: 'null stands for a bare `@escalate`',
    }),
  );
  return [];
}

function readArray(json: JsonValue, pointer: string, problems: Diagnostic[]): string[] {
  if (isJsonArray(json)) return readTexts(json, pointer, problems);
  problems.push(wrong('expected an array of policy ids', pointer, json));
  return [];
}

function readTexts(json: readonly JsonValue[], pointer: string, problems: Diagnostic[]): string[] {
  return json.flatMap((item, index) => readText(item, memberPointer(pointer, index), problems) ?? []);
}

function readText(json: JsonValue, pointer: string, problems: Diagnostic[]): string | undefined {
  if (typeof json === 'string') return json;
  problems.push(wrong('expected a text', pointer, json));
  return undefined;
}

function knownKeys(object: JsonObject, known: readonly string[], pointer: string, problems: Diagnostic[]): void {
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    const near = didYouMean(key, known);
    problems.push(
      diagnostic('unknown-key', `the key ${JSON.stringify(key)} means nothing here`, {
        pointer: memberPointer(pointer, key),
        help: near === undefined ? `known: ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`,
      }),
    );
  }
}

function wrong(message: string, pointer: string, found: JsonValue): Diagnostic {
  return diagnostic('bad-test', message, { pointer, help: `found ${describeJson(found)}` });
}
