import { type CoveredPolicy, percent, sharesOf } from '../../analysis/coverage.js';
import type { ScoredMutant } from '../../analysis/score-mutants.js';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js';
import { findFiles } from '../../files/find-files.js';
import { locateDiagnostics } from '../../json/locate.js';
import { type Command, Exit, listOption, type Session, textOption, UsageError } from '../command.js';
import { count } from '../count.js';
import { explainFailure } from '../explain-failure.js';
import { MCP_HELP, PROFILE_HELP, PROFILE_OPTIONS, readProfileOptions } from '../profile-options.js';
import { readCoverageFormat, reportCoverage, writeText } from '../report-coverage.js';
import { coverageJson } from '../reporters/coverage-data.js';
import { explanationText } from '../reporters/explanation.js';
import { junitReport } from '../reporters/junit.js';
import { membersOf, mutationJson, mutationText, scoreOf } from '../reporters/mutation.js';
import { type FileResult, runTestFiles } from '../run-test-files.js';
import { coverTests, groupTests, mutateTests } from '../test-groups.js';
import { type Figure, readThresholds } from '../thresholds.js';

export const test: Command = {
  result: 'other',
  options: {
    policies: { type: 'string', short: 'p', multiple: true },
    agent: { type: 'string' },
    ...PROFILE_OPTIONS,
    tests: { type: 'string', multiple: true },
    filter: { type: 'string' },
    junit: { type: 'string' },
    coverage: { type: 'boolean' },
    'coverage-format': { type: 'string' },
    'coverage-out': { type: 'string' },
    mutate: { type: 'boolean' },
    threshold: { type: 'string' },
  },
  settings: (positionals, options) => [
    ...(positionals.length > 0 ? [] : (['tests'] as const)),
    'policies',
    'agent',
    'profile',
    ...(QUALITY.some((name) => options[name] !== undefined) ? (['thresholds'] as const) : []),
  ],
  help: `deodar test: run the tests of policies

Usage: deodar test [options] [FILE|FOLDER|GLOB]...

Runs test files (default: those of deodar.config.json, else every *.test.json
below the current folder). A file
is an array of tests or { "agent"?, "policies"?, "tests": [...] }, paths relative
to it. A test of a request has the official shape { "name"?, "request",
"entities", "decision", "reason"?, "num_errors"? }; a test of an agent's event is
{ "name"?, "event" or "events", "decision", "policies"?, "routes"? }. With
"table": { "columns": [...], "rows": [[...]] } or "cases": [{...}] a test is many:
a column is a member of the test or a JSON pointer into it.

Options:
  -p, --policies PATH   policies for files that name none (default: the folder
                        above the test file's); may be repeated
      --agent FILE      agent for files that name none
      --tests FILE      the same as a path without the option; may be repeated
      --filter TEXT     only tests whose name contains the text
      --junit FILE      write the results as JUnit XML too
      --watch           run again whenever a file changes
      --coverage        show what the tests make the policies do: which fire,
                        which conditions, operands and patterns are both true
                        and false
      --coverage-format FORMAT  text, json, lcov or html
      --coverage-out DIR        write it to a file in this folder
      --mutate          change the policies one by one and show the changes that
                        no test notices, each with a request that would
      --threshold N     fail when less than N percent is covered or noticed; for
                        one figure each: policies=100,branches=80,score=85;
                        members of lists count apart: members=50
      --config FILE     settings (default: the nearest deodar.config.json);
                        --no-config takes none
      --format FORMAT   of problems: pretty, json, sarif or github
      --json            print the results as JSON
  -h, --help            this text

How policies see the agent:
${PROFILE_HELP}

${MCP_HELP}

Exit codes: 0 all passed, 1 a test failed, a file cannot be read, no test ran, or
a figure is below its threshold

Examples:
  deodar test policies/ --mutate --threshold score=50
  deodar test -p policy.cedar --tests tests.json --filter refund --coverage
`,
  watched: (positionals, options) => {
    const named = [...positionals, ...listOption(options, 'tests')];
    return [
      ...(named.length > 0 ? named : ['.']),
      ...listOption(options, 'policies'),
      ...listOption(options, 'agent'),
      ...listOption(options, 'schema'),
      ...listOption(options, 'stub'),
    ];
  },
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
    const thresholds = readThresholds(options);
    if (options['threshold'] !== undefined && !QUALITY.some((name) => options[name] !== undefined))
      throw new UsageError('--threshold needs --coverage or --mutate');
    const format = readCoverageFormat(options);
    const profile = await readProfileOptions(session, options);
    session.report(profile.diagnostics);
    if (!profile.ok) return Exit.failure;
    const results = await runTestFiles(session, files.value, options, profile.value);
    const junit = textOption(options, 'junit');
    const isSaved = junit === undefined || writeText(session, junit, junitReport(results));
    if (results.every(({ results: run, broken }) => run.length === 0 && !broken)) session.report([NO_TESTS]);
    // People and programs that read JSON see failed tests among the results.
    if (session.format === 'sarif' || session.format === 'github')
      for (const result of results) session.report(failures(result));
    const isCovered = COVERAGE.some((name) => options[name] !== undefined);
    const isMutated = options['mutate'] === true;
    const groups = isCovered || isMutated ? groupTests(results) : [];
    const coverage = isCovered ? coverTests(groups) : undefined;
    const mutants = isMutated ? mutateTests(groups, session.progress) : undefined;
    const isJson = session.format === 'json';
    const isToFile = options['coverage-out'] !== undefined;
    // What programs read stands alone on standard output.
    const isAside = !isJson && !isToFile && format !== undefined && format !== 'text';
    const more = {
      ...(coverage === undefined ? {} : { coverage: coverageJson(coverage) }),
      ...(mutants === undefined ? {} : { mutation: mutationJson(mutants) }),
    };
    const isPassed = report(results, isJson, more, isAside ? session.err : session.out);
    const isWritten = coverage === undefined || (isJson && !isToFile) || reportCoverage(session, coverage, options);
    if (mutants !== undefined && !isJson) (isAside ? session.err : session.out)(`\n${mutationText(mutants)}`);
    const isEnough = checkThresholds(session, thresholds, figuresOf(coverage, mutants));
    return isPassed && isSaved && isWritten && isEnough ? Exit.ok : Exit.failure;
  },
};

/** Options that ask for coverage, and for a figure at all. */
const COVERAGE = ['coverage', 'coverage-format', 'coverage-out'];
const QUALITY = [...COVERAGE, 'mutate'];

const NO_TESTS = diagnostic('no-tests', 'no test ran', {
  help: 'tests are in files *.test.json; --filter leaves those whose name contains its text',
});

/** The tests of a file that failed, each in its place. */
function failures({ file, source, results }: FileResult): readonly Diagnostic[] {
  const failed = results.filter(({ differences }) => differences.length > 0);
  const found = failed.map(({ name, differences, pointer }) =>
    diagnostic('failed-test', `${name}: ${differences.join('; ')}`, { file, pointer }),
  );
  return source === undefined ? found : locateDiagnostics(source, found);
}

function figuresOf(
  coverage: readonly CoveredPolicy[] | undefined,
  mutants: readonly ScoredMutant[] | undefined,
): Readonly<Partial<Record<Figure, number>>> {
  const shares = coverage === undefined ? undefined : sharesOf(coverage);
  return {
    ...(shares === undefined ? {} : { policies: percent(shares.policies), branches: percent(shares.branches) }),
    ...(mutants === undefined ? {} : { score: percent(scoreOf(mutants)), members: percent(membersOf(mutants)) }),
  };
}

/** Whether every figure that was asked for is reached; says which are not. */
function checkThresholds(
  session: Session,
  thresholds: Readonly<Partial<Record<Figure, number>>>,
  figures: Readonly<Partial<Record<Figure, number>>>,
): boolean {
  const missed = Object.entries(thresholds).flatMap(([name, least]) => {
    const seen = Object.entries(figures).find(([each]) => each === name)?.[1];
    if (seen === undefined || seen >= least) return [];
    return [diagnostic('below-threshold', `${name}: ${seen} % is less than ${least} %`)];
  });
  session.report(missed);
  return missed.length === 0;
}

/** Shows the results; whether all tests passed. */
function report(files: readonly FileResult[], json: boolean, more: object, out: Session['out']): boolean {
  const all = files.flatMap((f) => f.results);
  const failed = all.filter((r) => r.differences.length > 0).length;
  const broken = files.filter((f) => f.broken).length;
  if (json) {
    out(
      `${JSON.stringify({ passed: all.length - failed, failed, broken, files: files.map(fileJson), ...more }, null, 2)}\n`,
    );
  } else {
    for (const fileResult of files) {
      const { file, results } = fileResult;
      const bad = results.filter((r) => r.differences.length > 0);
      out(`${file}: ${count(results.length, 'test')}${bad.length === 0 ? '' : `, ${bad.length} failed`}\n`);
      for (const result of bad) {
        out(`  FAILED ${result.name}\n${result.differences.map((d) => `    ${d}\n`).join('')}`);
        const explanation = explanationText(explainFailure(fileResult, result), '      ');
        if (explanation !== '') out(`\n${explanation}\n`);
      }
    }
    out(
      `\nresults: ${all.length - failed} passed, ${failed} failed${broken === 0 ? '' : `, ${count(broken, 'file')} could not be run`}\n`,
    );
  }
  return failed === 0 && broken === 0 && all.length > 0;
}

function fileJson({ file, results }: FileResult): object {
  return { file, tests: results.map(({ name, differences, pointer }) => ({ name, differences, pointer })) };
}
