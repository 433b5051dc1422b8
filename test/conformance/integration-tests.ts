import { createAuthorizer, DeodarError, type EngineCounts, type EngineOptions } from '../../src/index.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { createSource } from '../../src/text/source.js';

/** Reads JSON exactly; a fault in test data is a broken test. */
export function readJson(text: string): JsonValue {
  const json = parseJson(createSource(text));
  if (!json.ok) throw new Error(json.diagnostics[0]?.message);
  return json.value;
}

export function object(json: JsonValue | undefined): JsonObject {
  if (!isJsonObject(json)) throw new Error('expected an object');
  return json;
}

export function list(json: JsonValue | undefined): readonly JsonValue[] {
  if (!isJsonArray(json)) throw new Error('expected an array');
  return json;
}

export interface IntegrationTest {
  readonly name: string;
  readonly policies: string;
  readonly schema: string;
  readonly entities: string;
  readonly requests: readonly JsonValue[];
}

export interface Tally {
  requests: number;
  readonly differences: string[];
  /** Conditions that each tier has evaluated. */
  closures?: number;
  generated?: number;
}

/** Answers the requests of an integration test by its schema and compares decision, reasons and errors as sets. */
export function runIntegrationTest(test: IntegrationTest, tally: Tally, engine: EngineOptions = {}): void {
  let authorizer: ReturnType<typeof createAuthorizer>;
  try {
    authorizer = createAuthorizer({ policies: test.policies, schema: test.schema, entities: test.entities, engine });
  } catch (error) {
    if (!(error instanceof DeodarError)) throw error;
    tally.differences.push(`${test.name}: ${error.message}`);
    return;
  }
  for (const [index, json] of test.requests.entries()) {
    const request = object(json);
    const response = authorizer.isAuthorizedJson(request);
    tally.requests++;
    const seen = summary(
      response.decision,
      response.reason,
      response.errors.map((e) => e.policyId),
    );
    const expected = summary(
      String(request.decision),
      list(request.reason).map(String),
      list(request.errors).map(String),
    );
    if (response.diagnostics !== undefined)
      tally.differences.push(`${test.name} request ${index}: ${response.diagnostics[0]?.message}`);
    else if (seen !== expected)
      tally.differences.push(`${test.name} request ${index}: expected ${expected}, got ${seen}`);
  }
  count(tally, authorizer.counts());
}

function count(tally: Tally, { closures, generated }: EngineCounts): void {
  tally.closures = (tally.closures ?? 0) + closures;
  tally.generated = (tally.generated ?? 0) + generated;
}

function summary(decision: string, reason: readonly string[], errors: readonly string[]): string {
  return `${decision} [${[...reason].sort().join(',')}] errors [${[...errors].sort().join(',')}]`;
}
