import { compilePolicySet } from '../../authorizer/compile-policy-set.js';
import { requestFromJson } from '../../authorizer/request.js';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../../diagnostics/diagnostic.js';
import type { EntityStore } from '../../entities/entity.js';
import type { Environment } from '../../evaluator/environment.js';
import { isJsonArray, type JsonValue } from '../../json/json-value.js';
import { locateDiagnostics } from '../../json/locate.js';
import { parseJson } from '../../json/parse-json.js';
import { memberPointer } from '../../json/pointer.js';
import { linesWithText, type Source } from '../../text/source.js';
import { type BenchAnswer, type BenchEngine, cedarWasmEngine, deodarEngine } from '../bench-engines.js';
import { type PolicyCost, slowestPolicies, type Timing, timeEngines, timeOnce } from '../bench-measure.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import { count } from '../count.js';
import { policiesAt } from '../git-revision.js';
import { readEntitiesFile } from '../load-entities.js';
import {
  type LoadedPolicies,
  POLICY_OPTIONS,
  POLICY_OPTIONS_HELP,
  parseSources,
  readLinksFile,
} from '../load-policies.js';
import { readPolicySources } from '../policy-sources.js';
import { type BenchReport, benchJson, benchText } from '../reporters/bench.js';

export const bench: Command = {
  result: 'other',
  options: {
    ...POLICY_OPTIONS,
    requests: { type: 'string' },
    entities: { type: 'string' },
    compare: { type: 'string' },
    seconds: { type: 'string' },
  },
  settings: (positionals) => [...(positionals.length > 0 ? [] : (['policies'] as const)), 'entities'],
  help: `deodar bench: measure how long your requests take, and what takes the time

Usage: deodar bench [options] --requests FILE [FILE|FOLDER|GLOB]...

FILE holds requests { principal, action, resource, context } as a JSON array or as
JSON Lines. Prints decisions a second, the median and the 99th percentile of one
decision, how the times are spread, what parsing, indexing and compiling take, and
the policies that take longest by themselves. @cedar-policy/cedar-wasm is measured
beside, where it is installed in the current folder or above: after each request was
answered by both, and equally. Figures of one run can be compared, those of
different machines or runs cannot.

Options:
${POLICY_OPTIONS_HELP}
      --requests FILE         the requests, - for standard input
      --entities FILE         entities in Cedar's JSON
      --compare REV           measure the policies of this revision of git, too, and
                              count the requests that they answer otherwise
      --seconds N             time for the decisions (default: 2)
      --config FILE           settings (default: the nearest deodar.config.json);
                              --no-config takes none
      --json                  print the figures as JSON
  -h, --help                  this text

Exit codes: 0 measured, 1 something cannot be read, 2 the engines answer differently

Examples:
  deodar bench policies/ --entities entities.json --requests requests.jsonl
  deodar bench -p policies/ --requests requests.jsonl --seconds 0.5 --json
`,
  run: async (session, positionals, options) => {
    const seconds = readSeconds(options);
    const inputs = [...positionals, ...listOption(options, 'policies')];
    if (inputs.length === 0) throw new UsageError('no policies: name them, or have them in deodar.config.json');
    const file = textOption(options, 'requests');
    if (file === undefined) throw new UsageError('no requests: name their file with --requests');
    const input = await readInput(session, inputs, file, options);
    session.report(input.diagnostics);
    if (!input.ok) return Exit.failure;
    const revision = textOption(options, 'compare');
    const before = revision === undefined ? undefined : readRevision(session, revision, inputs, input.value, options);
    session.report(before?.diagnostics ?? []);
    if (before?.ok === false) return Exit.failure;
    const report = await measure(session, input.value, before?.value, seconds);
    session.report(report.diagnostics);
    if (!report.ok) return Exit.deny;
    session.out(session.format === 'json' ? benchJson(report.value) : benchText(report.value));
    return Exit.ok;
  },
};

function readSeconds(options: OptionValues): number {
  const text = textOption(options, 'seconds') ?? '2';
  if (!/^\d{1,3}(?:\.\d{1,3})?$/.test(text) || Number(text) === 0)
    throw new UsageError(`--seconds takes a number of seconds, not ${JSON.stringify(text)}`);
  return Number(text);
}

interface BenchInput {
  readonly sources: readonly Source[];
  readonly links: Source | undefined;
  readonly policySet: NonNullable<LoadedPolicies['policySet']>;
  readonly entities: EntityStore;
  /** The requests as policies see them. */
  readonly environments: readonly Environment[];
}

async function readInput(
  session: Session,
  inputs: readonly string[],
  file: string,
  options: OptionValues,
): Promise<Result<BenchInput>> {
  const sources = await readPolicySources(session, inputs);
  const links = await readLinksFile(session, options);
  const entities = await readEntitiesFile(session, textOption(options, 'entities'));
  const text = await session.read(file);
  const requests = text.ok ? readRequests(text.value) : text;
  const read = [sources, links, entities, requests].flatMap(({ diagnostics }) => diagnostics);
  if (!sources.ok || !links.ok || !entities.ok || !requests.ok || !text.ok) return failure(read);
  const { policySet, diagnostics } = parseSources(sources.value, links.value, options);
  const made = requests.value.map(({ json, source, pointer }) => {
    const request = requestFromJson(json, entities.value);
    const found = request.diagnostics.map((d) => ({ ...d, pointer: `${pointer}${d.pointer ?? ''}` }));
    return { request, diagnostics: locateDiagnostics(source, found) };
  });
  const found = [...read, ...diagnostics, ...made.flatMap((each) => each.diagnostics)];
  const environments = made.flatMap(({ request }) => (request.ok ? [request.value] : []));
  if (policySet === undefined || environments.length < made.length) return failure(found);
  return success(
    {
      sources: sources.value,
      links: links.value,
      policySet,
      entities: entities.value,
      environments,
    },
    found,
  );
}

interface BenchRequest {
  readonly json: JsonValue;
  readonly source: Source;
  readonly pointer: string;
}

/** Requests of a JSON array, or one of each line. */
function readRequests(source: Source): Result<readonly BenchRequest[]> {
  const isArray = /^\uFEFF?\s*\[/.test(source.text);
  const parts = isArray ? [source] : linesWithText(source);
  const diagnostics: Diagnostic[] = [];
  const requests: BenchRequest[] = [];
  for (const part of parts) {
    const json = parseJson(part);
    if (!json.ok) diagnostics.push(...json.diagnostics);
    else if (isArray && isJsonArray(json.value))
      requests.push(...json.value.map((each, i) => ({ json: each, source: part, pointer: memberPointer('', i) })));
    else requests.push({ json: json.value, source: part, pointer: '' });
  }
  if (diagnostics.length === 0 && requests.length === 0)
    diagnostics.push(diagnostic('no-requests', 'there is no request', { file: source.name }));
  return diagnostics.length > 0 ? failure(diagnostics) : success(requests);
}

interface Revision {
  readonly name: string;
  readonly policySet: BenchInput['policySet'];
}

function readRevision(
  session: Session,
  name: string,
  inputs: readonly string[],
  { links }: BenchInput,
  options: OptionValues,
): Result<Revision> {
  const sources = policiesAt(session, name, inputs);
  if (!sources.ok) return sources;
  const { policySet, diagnostics } = parseSources(sources.value, links, options);
  return policySet === undefined ? failure(diagnostics) : success({ name, policySet }, diagnostics);
}

/** Every engine with the same requests; a failure where the official engine answers one of them otherwise. */
async function measure(
  session: Session,
  input: BenchInput,
  before: Revision | undefined,
  seconds: number,
): Promise<Result<BenchReport>> {
  const { policySet, entities, environments, sources, links } = input;
  const parse = timeOnce(3, () => parseSources(sources, links, {}));
  const index = timeOnce(3, () => deodarEngine('', { policies: policySet, entities }, environments));
  const own = deodarEngine(before === undefined ? 'deodar' : 'now', { policies: policySet, entities }, environments);
  // What is made when a policy is first needed is made here.
  const first = timeOnce(1, () => environments.map((_, i) => own.decide(i)));
  const wasm = await cedarWasmEngine(session.cwd, policySet, entities, environments);
  const differences = wasm === undefined ? [] : differencesOf(own, wasm, environments.length);
  if (differences.length > 0) return failure(differences);
  const other =
    before === undefined
      ? undefined
      : deodarEngine(before.name, { policies: before.policySet, entities }, environments);
  const changed = other === undefined ? [] : changedAnswers(own, other, environments.length);
  const engines = [own, other, wasm].filter((engine) => engine !== undefined);
  const timings: readonly Timing[] = timeEngines(engines, environments.length, seconds, session.progress);
  const decide = ((timings[0]?.p50 ?? 0) * environments.length) / 1e6;
  return success({
    policies: policySet.policies.length + policySet.links.length,
    requests: environments.length,
    timings,
    phases: { parse, index, compile: Math.max(0, first - decide), decide },
    slowest: slowest(input, seconds),
    changed: before === undefined ? undefined : { revision: before.name, requests: changed },
    isOfficial: wasm !== undefined,
  });
}

function slowest({ policySet, environments }: BenchInput, seconds: number): readonly PolicyCost[] {
  const compiled = compilePolicySet(policySet);
  return compiled.ok ? slowestPolicies(compiled.value, environments, seconds * 250).slice(0, 5) : [];
}

/** Most requests that a message names. */
const MOST_NAMED = 5;

function differencesOf(own: BenchEngine, official: BenchEngine, requests: number): readonly Diagnostic[] {
  return changedAnswers(own, official, requests)
    .slice(0, MOST_NAMED)
    .map((i) =>
      diagnostic(
        'different-answers',
        `request ${i + 1}: ${own.name} says ${describe(own.answer(i))}, ${official.name} ${describe(official.answer(i))}`,
        { help: 'nothing was measured; please report it' },
      ),
    );
}

/** Numbers of the requests that two engines answer differently, counted from 0. */
function changedAnswers(a: BenchEngine, b: BenchEngine, requests: number): readonly number[] {
  return Array.from({ length: requests }, (_, i) => i).filter(
    (i) => JSON.stringify(a.answer(i)) !== JSON.stringify(b.answer(i)),
  );
}

function describe({ decision, reason, errors }: BenchAnswer): string {
  const failed = errors.length === 0 ? '' : `, ${count(errors.length, 'error')}`;
  return `${decision}${reason.length === 0 ? '' : ` (${reason.join(', ')})`}${failed}`;
}
