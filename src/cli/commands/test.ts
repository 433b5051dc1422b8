import { dirname, join, resolve } from 'node:path';
import { failure, type Result } from '../../diagnostics/diagnostic.js';
import { findFiles } from '../../files/find-files.js';
import { readSource } from '../../files/read-source.js';
import { PolicyHarness } from '../../harness/policy-harness.js';
import { locateDiagnostics } from '../../json/locate.js';
import { parseJson } from '../../json/parse-json.js';
import { runEventTest, runRequestTest, type TestResult } from '../../packs/run-tests.js';
import { parseTestFile, type TestFile } from '../../packs/test-file.js';
import { type Command, Exit, listOption, type OptionValues, type Terminal } from '../command.js';
import { loadPolicies } from '../load-policies.js';
import { readAgentFile } from '../read-agent-file.js';
import { count, reportDiagnostics } from '../report.js';

export const test: Command = {
  options: {
    policies: { type: 'string', short: 'p', multiple: true },
    tests: { type: 'string', multiple: true },
    filter: { type: 'string' },
    json: { type: 'boolean' },
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
      --json            print the results as JSON
  -h, --help            this text

Exit codes: 0 all passed, 1 a test failed, a file cannot be read, or no test ran

Examples:
  deodar test policies/
  deodar test -p policy.cedar --tests tests.json --filter refund
`,
  run: async (terminal, positionals, options) => {
    const named = [...positionals, ...listOption(options, 'tests')];
    const files = await findFiles(named.length > 0 ? named : ['.'], {
      cwd: terminal.cwd,
      endings: ['.test.json'],
      noun: 'test files',
    });
    if (!files.ok) {
      reportDiagnostics(terminal, files.diagnostics);
      return Exit.failure;
    }
    const results: FileResult[] = [];
    for (const file of files.value) results.push(await runFile(terminal, file, options));
    return report(terminal, results, options.json === true);
  },
};

interface FileResult {
  readonly file: string;
  readonly results: readonly TestResult[];
  /** The file could not be run; its problems were reported. */
  readonly broken: boolean;
}

async function runFile(terminal: Terminal, file: string, options: OptionValues): Promise<FileResult> {
  const read = readTestFile(terminal, file);
  if (!read.ok) {
    reportDiagnostics(terminal, read.diagnostics);
    return { file, results: [], broken: true };
  }
  const filter = typeof options.filter === 'string' ? options.filter : '';
  const tests = read.value.tests.filter((t) => t.name.includes(filter));
  const loaded = await loadPolicies(terminal, policyInputs(file, read.value, options));
  reportDiagnostics(terminal, loaded.diagnostics);
  const { policySet } = loaded;
  if (policySet === undefined) return { file, results: [], broken: true };
  const agentPath = read.value.agent === undefined ? undefined : join(dirname(file), read.value.agent);
  const agent = agentPath === undefined ? undefined : readAgentFile(terminal, agentPath);
  if (agent !== undefined && !agent.ok) {
    reportDiagnostics(terminal, agent.diagnostics);
    return { file, results: [], broken: true };
  }
  const harness = agent === undefined ? undefined : new PolicyHarness({ agent: agent.value, policies: policySet });
  const results: TestResult[] = [];
  for (const [index, policyTest] of tests.entries()) {
    if (policyTest.kind === 'request') results.push(runRequestTest(policyTest, policySet));
    else if (harness === undefined)
      results.push({
        name: policyTest.name,
        differences: ['a test of an event needs `agent`, the path of the agent file, in its test file'],
      });
    else results.push(await runEventTest(policyTest, harness, `test-${index + 1}`));
  }
  return { file, results, broken: false };
}

function readTestFile(terminal: Terminal, file: string): Result<TestFile> {
  const source = readSource(resolve(terminal.cwd, file), file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  if (!json.ok) return json;
  const parsed = parseTestFile(json.value);
  return parsed.ok ? parsed : failure(locateDiagnostics(source.value, parsed.diagnostics));
}

function policyInputs(file: string, testFile: TestFile, options: OptionValues): readonly string[] {
  if (testFile.policies !== undefined) return testFile.policies.map((path) => join(dirname(file), path));
  const given = listOption(options, 'policies');
  return given.length > 0 ? given : [join(dirname(file), '..')];
}

function report(terminal: Terminal, files: readonly FileResult[], json: boolean): number {
  const all = files.flatMap((f) => f.results);
  const failed = all.filter((r) => r.differences.length > 0).length;
  const broken = files.filter((f) => f.broken).length;
  if (json) {
    terminal.out(
      `${JSON.stringify({ passed: all.length - failed, failed, broken, files: files.map(({ file, results }) => ({ file, tests: results })) }, null, 2)}\n`,
    );
  } else {
    for (const { file, results } of files) {
      const bad = results.filter((r) => r.differences.length > 0);
      terminal.out(`${file}: ${count(results.length, 'test')}${bad.length === 0 ? '' : `, ${bad.length} failed`}\n`);
      for (const { name, differences } of bad)
        terminal.out(`  FAILED ${name}\n${differences.map((d) => `    ${d}\n`).join('')}`);
    }
    terminal.out(
      `\nresults: ${all.length - failed} passed, ${failed} failed${broken === 0 ? '' : `, ${count(broken, 'file')} could not be run`}\n`,
    );
  }
  if (all.length === 0) terminal.err('no test ran\n');
  return failed === 0 && broken === 0 && all.length > 0 ? Exit.ok : Exit.failure;
}
