import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { Decision } from '../harness/adjudication.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer } from '../json/pointer.js';
import { validateJson } from '../json/validate.js';
import { type ExpandedTest, expandTest } from './expand-table.js';

/** A file of tests: of requests (the official `run-tests` shape) or of agent events. */
export interface TestFile {
  /** Path of the agent file, relative to the test file; needed by tests of events. */
  readonly agent: string | undefined;
  /** Paths of the policies, relative to the test file; undefined leaves the choice to the command. */
  readonly policies: readonly string[] | undefined;
  readonly tests: readonly PolicyTest[];
}

export type PolicyTest = (RequestTest | EventTest) & {
  /** JSON pointer of the test in its file: of a table, of its row. */
  readonly pointer: string;
};

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

/** Reads a test file (`grammar/schemas/test-file.schema.json`), or a bare array of tests as the official command line has it. */
export function parseTestFile(json: JsonValue): Result<TestFile> {
  const bare = isJsonArray(json);
  const file: JsonValue = bare ? { tests: json } : json;
  const problems = [...validateJson('test-file', file)];
  if (!isJsonObject(file)) return failure(problems);
  const tests = isJsonArray(file.tests) ? readTests(file.tests, problems) : [];
  if (problems.length > 0) return failure(bare ? problems.map(withoutTests) : problems);
  const { agent, policies } = file;
  return success({
    agent: typeof agent === 'string' ? agent : undefined,
    policies: policies === undefined ? undefined : isJsonArray(policies) ? texts(policies) : texts([policies]),
    tests: bare ? tests.map(withoutTests) : tests,
  });
}

/** In a bare array the pointers do not begin with the key that was put around it. */
function withoutTests<T extends { readonly pointer?: string }>(d: T): T {
  return d.pointer === undefined ? d : { ...d, pointer: d.pointer.replace(/^\/tests/, '') };
}

function readTests(tests: readonly JsonValue[], problems: Diagnostic[]): readonly PolicyTest[] {
  // What is wrong with a test as it is written need not be told again for each of its rows.
  const isClean = problems.length === 0;
  return tests.flatMap((json, index) => {
    if (!isJsonObject(json)) return [];
    return expandTest(json, index, problems).flatMap((test) => {
      if (test.isMade && isClean) problems.push(...rowProblems(test));
      return readTest(test, problems).map((read) => ({ ...read, pointer: test.pointer }));
    });
  });
}

/** What the JSON Schema says of a test that a row makes, at the place of the row. */
function rowProblems({ json, pointer }: ExpandedTest): readonly Diagnostic[] {
  return validateJson('test-file', { tests: [json] }).map(({ message, ...d }) => {
    const inside = (d.pointer ?? '').replace(/^\/tests\/0/, '');
    return { ...d, message: inside === '' ? message : `${message} (${inside})`, pointer };
  });
}

function readTest({ json, name, pointer }: ExpandedTest, problems: Diagnostic[]): readonly (RequestTest | EventTest)[] {
  if (json.event !== undefined || isJsonArray(json.events)) return readEventTest(json, name, pointer, problems);
  return readRequestTest(json, name, pointer, problems);
}

function readRequestTest(json: JsonObject, name: string, pointer: string, problems: Diagnostic[]): RequestTest[] {
  const { request, entities, decision } = json;
  if (request === undefined) problems.push(problem('the test has neither a `request` nor an `event`', pointer));
  else if (entities === undefined)
    problems.push(problem('`entities` is missing; write `"entities": []` when there are none', pointer));
  if (decision !== 'allow' && decision !== 'deny') {
    problems.push(problem('`decision` of a request is "allow" or "deny"', memberPointer(pointer, 'decision')));
    return [];
  }
  if (!isJsonObject(request) || entities === undefined) return [];
  const reason = isJsonArray(json.reason) ? texts(json.reason) : undefined;
  const errorCount = typeof json.num_errors === 'number' ? json.num_errors : undefined;
  return [{ kind: 'request', name, request, entities, decision, reason, errorCount }];
}

function readEventTest(json: JsonObject, name: string, pointer: string, problems: Diagnostic[]): EventTest[] {
  const [first, ...rest] = isJsonArray(json.events) ? json.events : [json.event ?? null];
  const decision = Object.values(Decision).find((known) => known === json.decision);
  if (decision === undefined)
    problems.push(
      problem('`decision` of an event is "ALLOW", "DENY" or "ESCALATE"', memberPointer(pointer, 'decision')),
    );
  if (first === undefined || decision === undefined) return [];
  const policies = isJsonArray(json.policies) ? texts(json.policies) : undefined;
  const routes = isJsonArray(json.routes)
    ? json.routes.map((route) => (typeof route === 'string' ? route : null))
    : undefined;
  return [{ kind: 'event', name, events: [first, ...rest], decision, policies, routes }];
}

function texts(json: readonly JsonValue[]): string[] {
  return json.filter((item) => typeof item === 'string');
}

function problem(message: string, pointer: string): Diagnostic {
  return diagnostic('bad-test-file', message, { pointer });
}
