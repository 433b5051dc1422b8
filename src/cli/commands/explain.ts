import { createTracer, type PolicyTrace } from '../../analysis/trace-policy.js';
import { compilePolicySet } from '../../authorizer/compile-policy-set.js';
import { combine, evaluatePolicies } from '../../authorizer/decide.js';
import { requestFromJson } from '../../authorizer/request.js';
import { diagnostic } from '../../diagnostics/diagnostic.js';
import type { CompiledPolicy } from '../../evaluator/compile-policy.js';
import type { Environment } from '../../evaluator/environment.js';
import { parseJson } from '../../json/parse-json.js';
import { environmentOfEvent } from '../../packs/run-tests.js';
import { linesWithText } from '../../text/source.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import { count } from '../count.js';
import { readEntitiesFile } from '../load-entities.js';
import { createHarness, judgeEvent, trajectoryOf } from '../load-harness.js';
import { loadPolicies, POLICY_OPTIONS, POLICY_OPTIONS_HELP } from '../load-policies.js';
import {
  locateInRequest,
  REQUEST_OPTIONS,
  REQUEST_OPTIONS_HELP,
  readRequestOptions,
  requireRequest,
} from '../load-request.js';
import { MCP_HELP, PROFILE_HELP, PROFILE_OPTIONS, readProfileOptions } from '../profile-options.js';
import { explanationJson, explanationText } from '../reporters/explanation.js';

export const explain: Command = {
  result: 'other',
  options: {
    ...POLICY_OPTIONS,
    ...REQUEST_OPTIONS,
    entities: { type: 'string' },
    agent: { type: 'string' },
    ...PROFILE_OPTIONS,
    event: { type: 'string' },
    all: { type: 'boolean' },
  },
  settings: (positionals) => [
    'policies',
    ...(positionals.length > 0 ? (['agent', 'profile'] as const) : (['entities'] as const)),
  ],
  help: `deodar explain: show why a request or an agent's event is decided as it is

Usage: deodar explain -p POLICIES [--entities FILE] REQUEST [options]
       deodar explain -p POLICIES --agent FILE [--event N] [options] EVENTS

REQUEST is --request-json FILE, or -l UID -a UID -r UID [-c FILE]. EVENTS holds
events as JSON Lines; those before the one that is explained are judged first.

Shows the decision and the policies whose scope matches, the deciding ones first:
for each part of their conditions whether it is true, false, an error or was not
evaluated (-), with the values that were seen.

Options:
${POLICY_OPTIONS_HELP}
      --entities FILE         entities in Cedar's JSON
${REQUEST_OPTIONS_HELP}
      --agent FILE            the agent whose events are explained
      --event N               which event, counted from 1 (default: the last)
${PROFILE_HELP}
      --all                   policies whose scope does not match too
      --config FILE           settings (default: the nearest deodar.config.json);
                              --no-config takes none
      --format FORMAT         of problems: pretty, json, sarif or github
      --json                  print the explanation as JSON
  -h, --help                  this text

${MCP_HELP}

Exit codes: 0 explained, 1 failure

Examples:
  deodar explain -p policies/ --entities entities.json --request-json request.json
  deodar explain -p policies/ --agent agent.json --event 2 session.jsonl
`,
  run: async (session, positionals, options) => {
    if (listOption(options, 'policies').length === 0)
      throw new UsageError('no policies: name them with -p, or in deodar.config.json');
    const explained =
      options['agent'] === undefined
        ? await explainRequest(session, positionals, options)
        : await explainEvent(session, positionals, options);
    if (explained === undefined) return Exit.failure;
    show(session, explained, options['all'] === true);
    return Exit.ok;
  },
};

/** A decision with what every policy did. */
interface Explained {
  readonly decision: string;
  /** One sentence, where somebody has said it. */
  readonly reason: string | undefined;
  /** Ids of the policies that decided. */
  readonly deciding: readonly string[];
  readonly traces: readonly PolicyTrace[];
}

async function explainRequest(
  session: Session,
  positionals: readonly string[],
  options: OptionValues,
): Promise<Explained | undefined> {
  if (positionals.length > 0) throw new UsageError(`unexpected argument ${JSON.stringify(positionals[0])}`);
  const ofEvents = ['event', ...Object.keys(PROFILE_OPTIONS)].find((name) => options[name] !== undefined);
  if (ofEvents !== undefined) throw new UsageError(`--${ofEvents} needs --agent`);
  requireRequest(options);
  const loaded = await loadPolicies(session, listOption(options, 'policies'), options);
  const entities = await readEntitiesFile(session, textOption(options, 'entities'));
  const request = await readRequestOptions(session, options);
  session.report([...loaded.diagnostics, ...entities.diagnostics, ...request.diagnostics]);
  if (loaded.policySet === undefined || !entities.ok || !request.ok) return undefined;
  const compiled = compilePolicySet(loaded.policySet);
  const environment = requestFromJson(request.value.request, entities.value);
  session.report([...compiled.diagnostics, ...locateInRequest(request.value, environment.diagnostics)]);
  if (!compiled.ok || !environment.ok) return undefined;
  const { decision, reason } = combine(evaluatePolicies(compiled.value, environment.value));
  const traces = traceAll(compiled.value, environment.value);
  return { decision: decision.toUpperCase(), reason: undefined, deciding: reason, traces };
}

async function explainEvent(
  session: Session,
  positionals: readonly string[],
  options: OptionValues,
): Promise<Explained | undefined> {
  const given = textOption(options, 'event');
  if (given !== undefined && !/^[1-9]\d{0,8}$/.test(given))
    throw new UsageError(`--event takes the number of an event, not ${JSON.stringify(given)}`);
  if (positionals.length !== 1) throw new UsageError('name one file of events');
  const profile = await readProfileOptions(session, options);
  session.report(profile.diagnostics);
  if (!profile.ok) return undefined;
  const harness = await createHarness(session, options, profile.value);
  const events = await session.read(positionals[0] ?? '-');
  session.report(events.diagnostics);
  if (harness?.prepared === undefined || !events.ok) return undefined;
  const name = events.value.name ?? '<events>';
  const lines = linesWithText(events.value);
  const chosen = given === undefined ? lines.length : Number(given);
  if (chosen > lines.length || chosen === 0) {
    const message = chosen === 0 ? 'there is no event' : `there is no event ${chosen}`;
    session.report([
      diagnostic('no-such-event', message, { file: name, help: `there are ${count(lines.length, 'event')}` }),
    ]);
    return undefined;
  }
  for (const [position, line] of lines.slice(0, chosen).entries()) {
    const json = parseJson(line);
    if (!json.ok) session.report(json.diagnostics);
    const event = json.ok ? json.value : null;
    const trajectory = await trajectoryOf(harness, event);
    const environment = environmentOfEvent(harness.prepared, trajectory, event);
    const { decision, reason, policies } = await judgeEvent(harness, event);
    if (position + 1 < chosen) continue;
    const traces = environment === undefined ? [] : traceAll(harness.prepared.policies, environment);
    return { decision, reason, deciding: policies.map(({ id }) => id), traces };
  }
  return undefined;
}

function traceAll(policies: readonly CompiledPolicy[], environment: Environment): readonly PolicyTrace[] {
  return policies.map((policy) => createTracer(policy)(environment));
}

function show(session: Session, { decision, reason, deciding, traces }: Explained, isAll: boolean): void {
  const first = traces.filter(({ policy }) => deciding.includes(policy.id));
  const others = traces.filter((trace) => !first.includes(trace));
  const near = others.filter(({ scope }) => scope.principal && scope.action && scope.resource);
  const shown = [...first, ...(isAll ? others : near)];
  if (session.format === 'json') {
    const data = {
      decision,
      ...(reason === undefined ? {} : { reason }),
      deciding,
      policies: shown.map(explanationJson),
    };
    session.out(`${JSON.stringify(data, null, 2)}\n`);
    return;
  }
  const hidden = traces.length - shown.length;
  const because =
    reason ??
    (deciding.length === 0
      ? 'No policy decided: what nothing permits is denied.'
      : `Decided by ${deciding.join(', ')}.`);
  session.out(`${decision}: ${because}\n`);
  if (shown.length > 0) session.out(`\n${explanationText(shown)}`);
  if (hidden > 0)
    session.out(
      `\n${count(hidden, 'other policy', 'other policies')} with a scope that does not match; --all shows them\n`,
    );
}
