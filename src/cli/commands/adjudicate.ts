import { diagnostic } from '../../diagnostics/diagnostic.js';
import type { Adjudication } from '../../harness/adjudication.js';
import type { PolicyHarness } from '../../harness/policy-harness.js';
import { locateDiagnostics } from '../../json/locate.js';
import { parseJson } from '../../json/parse-json.js';
import { linesWithText, type Source } from '../../text/source.js';
import { adjudicationJson, adjudicationRow, summary, tableHead } from '../adjudication-table.js';
import { type Command, Exit, listOption, type OptionValues, type Session, UsageError } from '../command.js';
import { createHarness, judgeEvent } from '../load-harness.js';
import { MCP_HELP, PROFILE_HELP, PROFILE_OPTIONS, readHostEntities, readProfileOptions } from '../profile-options.js';

export const adjudicate: Command = {
  result: 'other',
  options: {
    agent: { type: 'string' },
    policies: { type: 'string', short: 'p', multiple: true },
    'fail-on': { type: 'string', multiple: true },
    'no-strict': { type: 'boolean' },
    entities: { type: 'string' },
    ...PROFILE_OPTIONS,
  },
  settings: () => ['policies', 'agent', 'profile'],
  help: `deodar adjudicate: judge an agent's recorded events

Usage: deodar adjudicate --agent FILE --policies PATH [options] [EVENTS]

Reads events as JSON Lines from EVENTS (default: standard input), one object
{ "stage", "role", "content", "trajectoryId"?, "host"? } a line, and judges each.
An event that is wrong in any way is denied.

Options:
      --agent FILE       the agent: { id, name, tools: [{ name, inputSchema }] }
  -p, --policies PATH    policy file, folder or glob; may be repeated
      --entities FILE    entities of the host, such as users and groups, in Cedar's JSON
${PROFILE_HELP}
      --fail-on WHAT     exit with 2 when an event ends in deny or escalate; may be repeated
      --no-strict        problems of the policies are warnings
      --watch            judge again whenever a file changes
      --config FILE      settings (default: the nearest deodar.config.json);
                         --no-config takes none
      --format FORMAT    of problems: pretty, json, sarif or github
      --json             print one adjudication a line as JSON, and nothing else
  -h, --help             this text

${MCP_HELP}

Exit codes: 0 every event was judged, 1 failure, no event, or a line that is none,
2 see --fail-on

Examples:
  deodar adjudicate --agent agent.json --policies policies/ session.jsonl
  tail -n 20 session.jsonl | deodar adjudicate --agent agent.json -p policies/ --json
`,
  watched: (positionals, options) => [
    ...(positionals.length > 0 ? positionals : ['-']),
    ...listOption(options, 'policies'),
    ...listOption(options, 'agent'),
  ],
  run: async (session, positionals, options) => {
    const failOn = readFailOn(options);
    const profile = await readProfileOptions(session, options);
    const entities = await readHostEntities(session, options);
    if (!profile.ok || !entities.ok) {
      session.report([...profile.diagnostics, ...entities.diagnostics]);
      return Exit.failure;
    }
    const harness = await createHarness(session, options, { ...profile.value, ...entities.value });
    if (harness === undefined) return Exit.failure;
    if (positionals.length > 1) throw new UsageError('one file of events at a time');
    const events = await session.read(positionals[0] ?? '-');
    if (!events.ok) {
      session.report(events.diagnostics);
      return Exit.failure;
    }
    return judgeAll(session, harness, events.value, { json: session.format === 'json', failOn });
  },
};

function readFailOn(options: OptionValues): ReadonlySet<string> {
  const values = listOption(options, 'fail-on').map((value) => value.toUpperCase());
  const wrong = values.find((value) => value !== 'DENY' && value !== 'ESCALATE');
  if (wrong !== undefined)
    throw new UsageError(`--fail-on takes deny or escalate, not ${JSON.stringify(wrong.toLowerCase())}`);
  return new Set(values);
}

interface JudgeOptions {
  readonly json: boolean;
  readonly failOn: ReadonlySet<string>;
}

async function judgeAll(
  session: Session,
  harness: PolicyHarness,
  events: Source,
  { json, failOn }: JudgeOptions,
): Promise<number> {
  const adjudications: Adjudication[] = [];
  const lines = linesWithText(events);
  // Whoever judges a recording by what ends in a refusal would take an empty one for a good one.
  if (lines.length === 0) {
    session.report([diagnostic('no-events', 'there is no event to judge', { file: events.name })]);
    return Exit.failure;
  }
  let broken = 0;
  if (!json) session.out(tableHead());
  for (const line of lines) {
    const event = parseJson(line);
    if (!event.ok) {
      broken++;
      session.report(event.diagnostics);
    }
    const adjudication = await judgeEvent(harness, event.ok ? event.value : null);
    if (event.ok && adjudication.diagnostics.some((d) => d.code === 'bad-event')) {
      broken++;
      session.report(locateDiagnostics(line, adjudication.diagnostics));
    }
    adjudications.push(adjudication);
    session.out(
      json
        ? `${adjudicationJson(adjudication)}\n`
        : adjudicationRow(adjudication, event.ok ? event.value : null, session.color),
    );
  }
  if (!json) session.out(summary(adjudications));
  if (broken > 0) {
    session.err(`${broken === 1 ? 'one line is' : `${broken} lines are`} no event; denied\n`);
    return Exit.failure;
  }
  return adjudications.some((a) => failOn.has(a.decision)) ? Exit.deny : Exit.ok;
}
