import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { type Command, Exit, type Session, type Setting, textOption, UsageError } from '../command.js';
import { CONFIG_FILE, CONFIG_OPTIONS, findConfig, withConfig } from '../config.js';
import { count } from '../count.js';
import { type Examination, examination } from '../examination.js';
import { examineHooks } from '../examine-hook.js';
import {
  examineLedger,
  examineNode,
  examinePacks,
  examinePolicies,
  examineTests,
  examineTools,
  examineVersion,
} from '../examine-project.js';
import { PROFILE_WITHOUT_SCHEMA } from '../profile-options.js';

export const doctor: Command = {
  result: 'other',
  options: {
    policies: { type: 'string', short: 'p', multiple: true },
    schema: { type: 'string', short: 's', multiple: true },
    agent: { type: 'string' },
    'from-tools': { type: 'string' },
    ...PROFILE_WITHOUT_SCHEMA,
    mode: { type: 'string' },
    level: { type: 'string' },
    rule: { type: 'string', multiple: true },
    tests: { type: 'string', multiple: true },
    ledger: { type: 'string', short: 'l' },
    ...CONFIG_OPTIONS,
  },
  help: `deodar doctor: say what is found here, whether it works, and what to do about it

Usage: deodar doctor [options]

Looks at the version of Node and of deodar, the settings, policies with their schema,
agent and tests, copies of policy packs, the hook in the settings of Claude Code, and
the ledger. Each line is ok, warn or fail, with the remedy below it; -- is what is
not there and need not be. Nothing is changed, and no test is run.

Options:
  -p, --policies PATH    the policies; may be repeated
  -s, --schema FILE      their schema; may be repeated
      --agent FILE       their agent
      --from-tools FILE  a list of tools, where there is no agent
      --profile NAME     how policies see the agent: deodar (default), sondera or mcp,
                         with --namespace, --stub and so on as for \`deodar check\`
      --mode MODE, --level N, --rule CODE=LEVEL
                         as for \`deodar check\`
      --tests PATH       test files; may be repeated
  -l, --ledger FILE      the ledger (default: .deodar/ledger.jsonl)
      --config FILE      settings (default: the nearest deodar.config.json);
                         --no-config takes none
      --json             print the lines as JSON
  -h, --help             this text

Exit codes: 0 nothing fails, 1 something does

Examples:
  deodar doctor
  deodar doctor --json
`,
  run: async (session, positionals, given) => {
    if (positionals.length > 0) throw new UsageError(`unexpected argument ${JSON.stringify(positionals[0])}`);
    // Settings with a mistake are one line of many.
    const merged = await withConfig(session, { ...doctor, settings: () => SETTINGS }, positionals, given);
    const options = merged.ok ? merged.value : given;
    const config = given['no-config'] === true ? undefined : (textOption(given, 'config') ?? findConfig(session.cwd));
    const root = config === undefined ? '' : dirname(config);
    const found = [
      examineNode(process.versions.node),
      examineVersion(session),
      examineConfig(config, merged.diagnostics),
      ...(await examinePolicies(session, options)),
      await examineTools(session, options),
      await examineTests(session, options),
      ...examinePacks(session, options),
      ...(await examineHooks(session)),
      examineLedger(session, textOption(options, 'ledger') ?? join(root, '.deodar/ledger.jsonl')),
    ];
    show(session, found);
    return found.some(({ status }) => status === 'fail') ? Exit.failure : Exit.ok;
  },
};

const SETTINGS: readonly Setting[] = [
  'policies',
  'schema',
  'agent',
  'tools',
  'profile',
  'mode',
  'level',
  'rules',
  'tests',
];

function examineConfig(file: string | undefined, [problem, ...more]: readonly Diagnostic[]): Examination {
  if (file === undefined) {
    const remedy = '`deodar init` writes one, with all that belongs to it';
    return examination('settings', 'none', `there is no ${CONFIG_FILE}`, remedy);
  }
  if (problem === undefined) return examination('settings', 'ok', file);
  const others = more.length === 0 ? '' : `, and ${count(more.length, 'more mistake')}`;
  return examination('settings', 'fail', `${file}: ${problem.message}${others}`, '`deodar check` shows where');
}

const COLORS = { ok: 32, warn: 33, fail: 31, none: 2 } as const;

function show(session: Session, found: readonly Examination[]): void {
  if (session.format === 'json') {
    session.out(`${JSON.stringify({ checks: found }, null, 2)}\n`);
    return;
  }
  const width = Math.max(...found.map(({ name }) => name.length));
  for (const { name, status, message, remedy } of found) {
    const word = (status === 'none' ? '--' : status).padEnd(4);
    const shown = session.color ? `\u001b[${COLORS[status]}m${word}\u001b[0m` : word;
    session.out(`${shown}  ${name.padEnd(width)}  ${message}\n`);
    if (remedy !== undefined) session.out(`${' '.repeat(width + 8)}-> ${remedy}\n`);
  }
  const [warned, failed] = (['warn', 'fail'] as const).map(
    (word) => found.filter(({ status }) => status === word).length,
  );
  session.out(
    `\n${failed === 0 ? 'nothing fails' : `${failed} of ${count(found.length, 'line')} fail`}${warned === 0 ? '' : `, ${count(warned ?? 0, 'warning')}`}\n`,
  );
}
