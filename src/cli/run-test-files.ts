import { dirname, join } from 'node:path';
import type { PolicySet } from '../ast/policy.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { PolicyHarness } from '../harness/policy-harness.js';
import type { HarnessSettings } from '../harness/prepare-harness.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import { runEventTest, runRequestTest, type TestResult } from '../packs/run-tests.js';
import { type PolicyTest, parseTestFile, type TestFile } from '../packs/test-file.js';
import type { Source } from '../text/source.js';
import { listOption, type OptionValues, type Session, textOption } from './command.js';
import { readAgentFile } from './load-agent.js';
import { type LoadedPolicies, loadPolicies } from './load-policies.js';

/** How policies see the agents of test files. */
type ProfileOfTests = Pick<HarnessSettings, 'profile' | 'schema'>;

export interface FileResult {
  readonly file: string;
  /** Text of the file, when it could be read. */
  readonly source?: Source;
  /** The policies that were tested; files that name the same ones share the set. */
  readonly policySet?: PolicySet;
  /** Schema of the agent of the file, as text; undefined when the file names none. */
  readonly schemaText?: string | undefined;
  readonly results: readonly PlacedResult[];
  /** The file could not be run; its problems were reported. */
  readonly broken: boolean;
}

/** A result with the pointer of its test. */
export interface PlacedResult extends TestResult {
  readonly pointer: string;
}

/** Runs test files one after the other; problems of files are reported. */
export async function runTestFiles(
  session: Session,
  files: readonly string[],
  options: OptionValues,
  profile: ProfileOfTests,
): Promise<readonly FileResult[]> {
  const known = new Map<string, LoadedPolicies>();
  const results: FileResult[] = [];
  for (const file of files) results.push(await runFile(session, file, { options, profile }, known));
  return results;
}

async function runFile(
  session: Session,
  file: string,
  { options, profile }: { readonly options: OptionValues; readonly profile: ProfileOfTests },
  known: Map<string, LoadedPolicies>,
): Promise<FileResult> {
  const read = await readTestFile(session, file);
  const loaded = read.ok
    ? await policiesOf(session, policyInputs(file, read.value.testFile, options), known)
    : undefined;
  const harness = read.ok
    ? await loadHarness(session, agentOf(file, read.value.testFile, options), loaded?.policySet, profile)
    : read;
  session.report(harness.diagnostics);
  if (!read.ok || !harness.ok || loaded?.policySet === undefined) return { file, results: [], broken: true };
  const { source, testFile } = read.value;
  const { policySet } = loaded;
  const filter = textOption(options, 'filter') ?? '';
  const results: PlacedResult[] = [];
  for (const [index, policyTest] of testFile.tests.entries()) {
    if (!policyTest.name.includes(filter)) continue;
    const result = await runTest(policyTest, policySet, harness.value, `test-${index + 1}`);
    results.push({ ...result, pointer: policyTest.pointer });
  }
  return { file, source, policySet, schemaText: harness.value?.prepared?.profile.text, results, broken: false };
}

/** Policies that were loaded before are the same set, and their problems have been reported. */
async function policiesOf(
  session: Session,
  inputs: readonly string[],
  known: Map<string, LoadedPolicies>,
): Promise<LoadedPolicies> {
  const key = JSON.stringify(inputs);
  const before = known.get(key);
  if (before !== undefined) return before;
  const loaded = await loadPolicies(session, inputs);
  session.report(loaded.diagnostics);
  known.set(key, loaded);
  return loaded;
}

async function runTest(
  policyTest: PolicyTest,
  policySet: PolicySet,
  harness: PolicyHarness | undefined,
  trajectoryId: string,
): Promise<TestResult> {
  if (policyTest.kind === 'request') return runRequestTest(policyTest, policySet);
  if (harness !== undefined) return runEventTest(policyTest, harness, trajectoryId);
  const needed = 'a test of an event needs an agent: name its file as `agent` in the test file, or with --agent';
  return { name: policyTest.name, differences: [needed], subject: undefined };
}

/** The harness that the tests of events need; undefined where the file names no agent. */
async function loadHarness(
  session: Session,
  agentFile: string | undefined,
  policySet: PolicySet | undefined,
  profile: ProfileOfTests,
): Promise<Result<PolicyHarness | undefined>> {
  if (agentFile === undefined) return success(undefined);
  const agent = await readAgentFile(session, agentFile);
  if (!agent.ok) return agent;
  if (policySet === undefined) return success(undefined);
  try {
    return success(new PolicyHarness({ ...profile, agent: agent.value, policies: policySet }));
  } catch (error) {
    if (error instanceof DeodarError) return failure(error.diagnostics);
    throw error;
  }
}

interface ReadTestFile {
  readonly source: Source;
  readonly testFile: TestFile;
}

async function readTestFile(session: Session, file: string): Promise<Result<ReadTestFile>> {
  const source = await session.read(file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  if (!json.ok) return json;
  const parsed = parseTestFile(json.value);
  if (!parsed.ok) return failure(locateDiagnostics(source.value, parsed.diagnostics));
  return success({ source: source.value, testFile: parsed.value });
}

/** The agent that a test file names, else the one of the command. */
function agentOf(file: string, { agent }: TestFile, options: OptionValues): string | undefined {
  return agent === undefined ? textOption(options, 'agent') : join(dirname(file), agent);
}

function policyInputs(file: string, testFile: TestFile, options: OptionValues): readonly string[] {
  if (testFile.policies !== undefined) return testFile.policies.map((path) => join(dirname(file), path));
  const given = listOption(options, 'policies');
  return given.length > 0 ? given : [join(dirname(file), '..')];
}
