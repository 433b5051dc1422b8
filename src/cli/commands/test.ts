import { dirname, join } from 'node:path';
import type { PolicySet } from '../../ast/policy.js';
import { DeodarError } from '../../diagnostics/deodar-error.js';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../../diagnostics/diagnostic.js';
import { findFiles } from '../../files/find-files.js';
import { PolicyHarness } from '../../harness/policy-harness.js';
import { isJsonArray } from '../../json/json-value.js';
import { locateDiagnostics } from '../../json/locate.js';
import { parseJson } from '../../json/parse-json.js';
import { memberPointer } from '../../json/pointer.js';
import { runEventTest, runRequestTest, type TestResult } from '../../packs/run-tests.js';
import { type PolicyTest, parseTestFile, type TestFile } from '../../packs/test-file.js';
import type { Source } from '../../text/source.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption } from '../command.js';
import { count } from '../count.js';
import { readAgentFile } from '../load-agent.js';
import { loadPolicies } from '../load-policies.js';

export const test: Command = {
  result: 'other',
  options: {
    policies: { type: 'string', short: 'p', multiple: true },
    tests: { type: 'string', multiple: true },
    filter: { type: 'string' },
  },
  help: `deodar test: run the tests of policies

Usage: deodar test [options] [FILE|FOLDER|GLOB]...

Runs test files (default: every *.test.json below the current folder). A file
is an array of tests or { "agent"?, "policies"?, "tests": [...] }, paths relative
to it. A test of a request has the official shape { "name"?, "request",
"entities", "decision", "reason"?, "num_errors"? }; a test of an agent's event is
{ "name"?, "event" or "events", "decision", "policies"?, "routes"? }.

Options:
  -p, --policies PATH   policies for files that name none (default: the folder
                        above the test file's); may be repeated
      --tests FILE      the same as a path without the option; may be repeated
      --filter TEXT     only tests whose name contains the text
      --format FORMAT   of problems: pretty, json, sarif or github
      --json            print the results as JSON
  -h, --help            this text

Exit codes: 0 all passed, 1 a test failed, a file cannot be read, or no test ran

Examples:
  deodar test policies/
  deodar test -p policy.cedar --tests tests.json --filter refund
`,
  run: async (session, positionals, options) => {
    const named = [...positionals, ...listOption(options, 'tests')];
    const files = await findFiles(named.length > 0 ? named : ['.'], {
      cwd: session.cwd,
      endings: ['.test.json'],
      noun: 'test files',
    });
    if (!files.ok) {
      session.report(files.diagnostics);
      return Exit.failure;
    }
    const results: FileResult[] = [];
    for (const file of files.value) results.push(await runFile(session, file, options));
    if (results.every(({ results: run, broken }) => run.length === 0 && !broken)) session.report([NO_TESTS]);
    // People and programs that read JSON see failed tests among the results.
    if (session.format === 'sarif' || session.format === 'github')
      for (const result of results) session.report(failures(result));
    return report(session, results, session.format === 'json');
  },
};

const NO_TESTS = diagnostic('no-tests', 'no test ran', {
  help: 'tests are in files *.test.json; --filter leaves those whose name contains its text',
});

interface FileResult {
  readonly file: string;
  /** Text of the file, when it could be read. */
  readonly source?: Source;
  readonly results: readonly PlacedResult[];
  /** The file could not be run; its problems were reported. */
  readonly broken: boolean;
}

/** A result with the pointer of its test. */
interface PlacedResult extends TestResult {
  readonly pointer: string;
}

/** The tests of a file that failed, each in its place. */
function failures({ file, source, results }: FileResult): readonly Diagnostic[] {
  const failed = results.filter(({ differences }) => differences.length > 0);
  const found = failed.map(({ name, differences, pointer }) =>
    diagnostic('failed-test', `${name}: ${differences.join('; ')}`, { file, pointer }),
  );
  return source === undefined ? found : locateDiagnostics(source, found);
}

async function runFile(session: Session, file: string, options: OptionValues): Promise<FileResult> {
  const read = await readTestFile(session, file);
  const loaded = read.ok
    ? await loadPolicies(session, policyInputs(file, read.value.testFile, options))
    : { policySet: undefined, diagnostics: [] };
  const harness = read.ok ? await loadHarness(session, file, read.value.testFile, loaded.policySet) : read;
  session.report([...loaded.diagnostics, ...harness.diagnostics]);
  if (!read.ok || !harness.ok || loaded.policySet === undefined) return { file, results: [], broken: true };
  const { source, testFile, base } = read.value;
  const filter = textOption(options, 'filter') ?? '';
  const results: PlacedResult[] = [];
  for (const [index, policyTest] of testFile.tests.entries()) {
    if (!policyTest.name.includes(filter)) continue;
    const result = await runTest(policyTest, loaded.policySet, harness.value, `test-${index + 1}`);
    results.push({ ...result, pointer: memberPointer(base, index) });
  }
  return { file, source, results, broken: false };
}

async function runTest(
  policyTest: PolicyTest,
  policySet: PolicySet,
  harness: PolicyHarness | undefined,
  trajectoryId: string,
): Promise<TestResult> {
  if (policyTest.kind === 'request') return runRequestTest(policyTest, policySet);
  if (harness !== undefined) return runEventTest(policyTest, harness, trajectoryId);
  const needed = 'a test of an event needs `agent`, the path of the agent file, in its test file';
  return { name: policyTest.name, differences: [needed] };
}

/** The harness that the tests of events need; undefined where the file names no agent. */
async function loadHarness(
  session: Session,
  file: string,
  { agent: name }: TestFile,
  policySet: PolicySet | undefined,
): Promise<Result<PolicyHarness | undefined>> {
  if (name === undefined) return success(undefined);
  const agent = await readAgentFile(session, join(dirname(file), name));
  if (!agent.ok) return agent;
  if (policySet === undefined) return success(undefined);
  try {
    return success(new PolicyHarness({ agent: agent.value, policies: policySet }));
  } catch (error) {
    if (error instanceof DeodarError) return failure(error.diagnostics);
    throw error;
  }
}

interface ReadTestFile {
  readonly source: Source;
  readonly testFile: TestFile;
  /** Pointer of the list of tests. */
  readonly base: string;
}

async function readTestFile(session: Session, file: string): Promise<Result<ReadTestFile>> {
  const source = await session.read(file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  if (!json.ok) return json;
  const parsed = parseTestFile(json.value);
  if (!parsed.ok) return failure(locateDiagnostics(source.value, parsed.diagnostics));
  return success({ source: source.value, testFile: parsed.value, base: isJsonArray(json.value) ? '' : '/tests' });
}

function policyInputs(file: string, testFile: TestFile, options: OptionValues): readonly string[] {
  if (testFile.policies !== undefined) return testFile.policies.map((path) => join(dirname(file), path));
  const given = listOption(options, 'policies');
  return given.length > 0 ? given : [join(dirname(file), '..')];
}

function report(session: Session, files: readonly FileResult[], json: boolean): number {
  const all = files.flatMap((f) => f.results);
  const failed = all.filter((r) => r.differences.length > 0).length;
  const broken = files.filter((f) => f.broken).length;
  if (json) {
    session.out(
      `${JSON.stringify({ passed: all.length - failed, failed, broken, files: files.map(({ file, results }) => ({ file, tests: results })) }, null, 2)}\n`,
    );
  } else {
    for (const { file, results } of files) {
      const bad = results.filter((r) => r.differences.length > 0);
      session.out(`${file}: ${count(results.length, 'test')}${bad.length === 0 ? '' : `, ${bad.length} failed`}\n`);
      for (const { name, differences } of bad)
        session.out(`  FAILED ${name}\n${differences.map((d) => `    ${d}\n`).join('')}`);
    }
    session.out(
      `\nresults: ${all.length - failed} passed, ${failed} failed${broken === 0 ? '' : `, ${count(broken, 'file')} could not be run`}\n`,
    );
  }
  return failed === 0 && broken === 0 && all.length > 0 ? Exit.ok : Exit.failure;
}
