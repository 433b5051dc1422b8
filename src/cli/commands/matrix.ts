import { type MatrixRow, policyMatrix } from '../../harness/policy-matrix.js';
import { policyReaches } from '../../harness/policy-reach.js';
import { prepareHarness } from '../../harness/prepare-harness.js';
import { type Command, Exit, listOption, type Session, textOption, UsageError } from '../command.js';
import { readAgentFile } from '../load-agent.js';
import { readPolicySources } from '../policy-sources.js';
import { MCP_HELP, PROFILE_HELP, PROFILE_OPTIONS, readProfileOptions } from '../profile-options.js';
import { diagnosticJson } from '../reporters/json.js';

export const matrix: Command = {
  result: 'other',
  options: {
    agent: { type: 'string' },
    policies: { type: 'string', short: 'p', multiple: true },
    ...PROFILE_OPTIONS,
  },
  settings: () => ['policies', 'agent', 'profile'],
  help: `deodar matrix: show what policies can say of each tool, before they are switched on

Usage: deodar matrix --agent FILE --policies PATH [options]
       deodar matrix     where a deodar.config.json names both

For each tool and stage: whether events can be allowed, can be held until somebody
approves, can be denied, or are never allowed, and how many policies have a say.
What is wrong with the policies is reported besides; the matrix shows what they
would do all the same.

Options:
      --agent FILE       the agent: { id, name, tools: [{ name, inputSchema }] }
  -p, --policies PATH    policy file, folder or glob; may be repeated
${PROFILE_HELP}
      --config FILE      settings (default: the nearest deodar.config.json);
                         --no-config takes none
      --json             print the rows and findings as JSON on standard output
  -h, --help             this text

${MCP_HELP}

Exit codes: 0 no error, 1 errors or files that cannot be read

Examples:
  deodar matrix --agent agent.json --policies policies/
  deodar matrix --agent agent.json -p policies/ --json
`,
  run: async (session, _positionals, options) => {
    const agentFile = textOption(options, 'agent');
    const inputs = listOption(options, 'policies');
    if (agentFile === undefined) throw new UsageError('no agent: name its file with --agent, or in deodar.config.json');
    if (inputs.length === 0) throw new UsageError('no policies: name them with --policies, or in deodar.config.json');
    const agent = await readAgentFile(session, agentFile);
    const sources = await readPolicySources(session, inputs);
    const profiled = await readProfileOptions(session, options);
    if (!agent.ok || !sources.ok || !profiled.ok)
      return fail(session, [...agent.diagnostics, ...sources.diagnostics, ...profiled.diagnostics]);
    const policies = sources.value.map(({ name, text }) => ({ text, ...(name === undefined ? {} : { file: name }) }));
    const settings = { policies, ...profiled.value };
    const strict = prepareHarness(agent.value, settings);
    const prepared = strict.ok ? strict : prepareHarness(agent.value, { ...settings, strict: false });
    const found = strict.ok ? strict.value.warnings : strict.diagnostics;
    if (!prepared.ok) return fail(session, prepared.diagnostics);
    const { profile, policySet } = prepared.value;
    const rows = policyMatrix(profile, policyReaches(policySet, profile.schema));
    if (options.json === true) {
      session.out(`${JSON.stringify({ rows, diagnostics: found.map(diagnosticJson) }, null, 2)}\n`);
    } else {
      session.report(found);
      session.out(renderMatrix(rows));
    }
    return strict.ok ? Exit.ok : Exit.failure;
  },
};

function fail(session: Session, diagnostics: Parameters<Session['report']>[0]): number {
  session.report(diagnostics);
  return Exit.failure;
}

const HEAD = ['TOOL', 'STAGE', 'CAN', 'PERMITS', 'ASKS', 'FORBIDS'] as const;

/** The matrix as a table. */
function renderMatrix(rows: readonly MatrixRow[]): string {
  let last: string | undefined;
  const cells = rows.map((row) => {
    const name = row.tool ?? row.action;
    const shown = name === last ? '' : printable(name);
    last = name;
    const { permits, escalations, forbids } = row;
    return [shown, row.stage, canDo(row), ...[permits, escalations, forbids].map((ids) => String(ids.length))];
  });
  const table = [HEAD, ...cells];
  const widths = HEAD.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const lines = table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const never = rows.filter(({ canAllow, canAsk }) => !canAllow && !canAsk).length;
  const note = never === 0 ? '' : `, ${never} never allowed`;
  return `${lines.join('\n')}\n\n${rows.length} kinds of events${note}\n`;
}

function canDo({ canAllow, canAsk, canDeny }: MatrixRow): string {
  if (!canAllow && !canAsk) return 'never allowed';
  return [canAllow ? 'allow' : '', canAsk ? 'ask' : '', canDeny ? 'deny' : ''].filter((word) => word !== '').join(' ');
}

/** Names of tools cannot steer the terminal, and long ones are cut. */
function printable(text: string): string {
  const shown = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '.');
  return shown.length <= 40 ? shown : `${shown.slice(0, 39)}…`;
}
