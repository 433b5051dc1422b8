import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { findFiles } from '../files/find-files.js';
import { type LedgerReport, verifyLedger } from '../ledger/verify-ledger.js';
import { tally } from './check-policies.js';
import { type Command, listOption, type OptionValues, type Session, textOption, UsageError } from './command.js';
import { check } from './commands/check.js';
import { schema } from './commands/schema.js';
import { count } from './count.js';
import { type Examination, examination } from './examination.js';
import { packageFolder } from './package-folder.js';
import { PROFILE_WITHOUT_SCHEMA } from './profile-options.js';
import { VERSION } from './version.js';

/** Whether this version of Node is one of those that the package is made for. */
export function examineNode(version: string): Examination {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isSupported = major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  return isSupported
    ? examination('node', 'ok', version)
    : examination(
        'node',
        'warn',
        `${version} is not tested`,
        'take Node 20.19, 22.12 or 24 and newer ones of these lines',
      );
}

/** The version that runs, beside the one that is installed in the project. */
export function examineVersion(session: Session): Examination {
  const installed = installedVersion(session.cwd);
  const what = `${VERSION}, the language of Cedar 4.13`;
  if (installed === undefined || installed === VERSION) return examination('deodar', 'ok', what);
  return examination('deodar', 'warn', `${what}; the project has ${installed}`, 'run it as `npx deodar`');
}

function installedVersion(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, 'node_modules', 'deodar', 'package.json');
    if (existsSync(file)) return /"version": "([^"]*)"/.exec(readFileSync(file, 'utf8'))?.[1];
    if (folder === dirname(folder)) return undefined;
  }
}

const MEND_SETTINGS = 'mend the settings';

/** What a command finds, without a word. */
interface Overheard {
  readonly diagnostics: readonly Diagnostic[];
  readonly facts: Readonly<Record<string, unknown>>;
  /** Why it did not begin: settings that do not go together. */
  readonly refused?: string;
}

async function overhear(session: Session, command: Command, options: OptionValues): Promise<Overheard> {
  const diagnostics: Diagnostic[] = [];
  let facts: Overheard['facts'] = {};
  const silent: Session = {
    ...session,
    out: () => {},
    err: () => {},
    report: (found) => diagnostics.push(...found),
    summarize: (summary) => {
      facts = summary.facts;
    },
  };
  try {
    await command.run(silent, [], options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { diagnostics, facts, refused: error.message };
  }
  return { diagnostics, facts };
}

/** Policies with their schema and agent, as `deodar check` sees them. */
export async function examinePolicies(session: Session, options: OptionValues): Promise<readonly Examination[]> {
  const inputs = listOption(options, 'policies');
  const found = await findFiles(inputs.length > 0 ? inputs : ['.'], {
    cwd: session.cwd,
    endings: ['.cedar'],
    noun: 'policy files',
  });
  if (!found.ok) {
    const message = found.diagnostics.map((d) => [d.file, d.message].filter((part) => part !== undefined).join(': '));
    const remedy = inputs.length > 0 ? 'mend `policies` in the settings' : 'start with `deodar init`';
    return [examination('policies', inputs.length > 0 ? 'fail' : 'none', message.join('; '), remedy)];
  }
  const { diagnostics, facts, refused } = await overhear(session, check, options);
  if (refused !== undefined) return [examination('policies', 'fail', refused, MEND_SETTINGS)];
  const { errors, warnings } = tally(diagnostics);
  const policies = examination(
    'policies',
    errors > 0 ? 'fail' : warnings > 0 ? 'warn' : 'ok',
    [
      `${count(Number(facts.policies), 'policy', 'policies')} in ${count(found.value.length, 'file')}`,
      ...(errors > 0 ? [count(errors, 'error')] : []),
      ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    ].join(', '),
    errors + warnings > 0 ? '`deodar check` shows them' : undefined,
  );
  return [policies, examineSchema(facts)];
}

function examineSchema({ schemas, errors }: Overheard['facts']): Examination {
  const names = Array.isArray(schemas) ? schemas.map(String) : [];
  if (names.length > 0) return examination('schema', 'ok', names.join(' and '));
  if (Number(errors) > 0) return examination('schema', 'none', 'not looked at before the policies are mended');
  const remedy = 'name a schema or an agent in the settings, or put *.cedarschema or agent.json beside the policies';
  return examination('schema', 'warn', 'none, so misspelt names in policies are not found', remedy);
}

/** The agent, or the list of tools. */
export async function examineTools(session: Session, options: OptionValues): Promise<Examination> {
  const name = ['agent', 'from-tools'].find((each) => textOption(options, each) !== undefined);
  const file = name === undefined ? undefined : textOption(options, name);
  if (name === undefined || file === undefined) {
    const remedy = existsSync(resolve(session.cwd, 'agent.json'))
      ? 'name agent.json as `agent` in the settings'
      : undefined;
    return examination('tools', 'none', 'the settings name no agent and no list of tools', remedy);
  }
  const profile = Object.entries(options).filter(([option]) => Object.hasOwn(PROFILE_WITHOUT_SCHEMA, option));
  const { diagnostics, refused } = await overhear(session, schema, { [name]: file, ...Object.fromEntries(profile) });
  if (refused !== undefined) return examination('tools', 'fail', refused, MEND_SETTINGS);
  const { errors } = tally(diagnostics);
  if (errors === 0) return examination('tools', 'ok', file);
  return examination('tools', 'fail', `${file}: ${count(errors, 'error')}`, '`deodar schema` shows them');
}

/** Whether there are tests; they are not run. */
export async function examineTests(session: Session, options: OptionValues): Promise<Examination> {
  const named = listOption(options, 'tests');
  const files = await findFiles(named.length > 0 ? named : ['.'], {
    cwd: session.cwd,
    endings: ['.test.json'],
    noun: 'test files',
  });
  if (files.ok) return examination('tests', 'ok', `${count(files.value.length, 'file')}; \`deodar test\` runs them`);
  const remedy = 'write down in tests/NAME.test.json what must be allowed and what must not; `deodar test --help`';
  return examination('tests', named.length > 0 ? 'fail' : 'warn', 'there are no *.test.json', remedy);
}

/** Copies of packs, beside those of this version. */
export function examinePacks(session: Session, options: OptionValues): readonly Examination[] {
  const shipped = join(packageFolder(), 'policies');
  if (!existsSync(shipped)) return [];
  const folders = new Set(['.deodar', ...listOption(options, 'policies')].map((name) => resolve(session.cwd, name)));
  const packs = readdirSync(shipped, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...folders].flatMap((folder) => {
    const own = policyFilesIn(folder);
    const [best] = packs
      .map(({ name }) => ({ name, files: policyFilesIn(join(shipped, name)) }))
      .map(({ name, files }) => ({ name, files, shared: files.filter((file) => own.includes(file)) }))
      .filter(({ files, shared }) => shared.length * 2 > files.length)
      .sort((a, b) => b.shared.length - a.shared.length);
    if (best === undefined) return [];
    const { name, files, shared } = best;
    const isSame = (file: string): boolean =>
      readFileSync(join(folder, file)).equals(readFileSync(join(shipped, name, file)));
    const changed = files.length - shared.filter(isSame).length;
    const what =
      changed === 0
        ? `as it comes with ${VERSION}`
        : `${changed} of ${count(files.length, 'file')} differ from ${VERSION}`;
    return [examination('pack', 'ok', `${name}: ${what}`)];
  });
}

function policyFilesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.cedar'));
  } catch {
    return [];
  }
}

/** Whether the ledger is as it was written. */
export function examineLedger(session: Session, file: string): Examination {
  let report: LedgerReport;
  try {
    report = verifyLedger(resolve(session.cwd, file));
  } catch (error) {
    // It is a folder, or lies in what is none.
    return examination('ledger', 'fail', `${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { ok, rows, files, head } = report;
  if (files.length === 0) return examination('ledger', 'none', `there is no ${file}`);
  const shownHead = head === undefined ? '' : `, head ${head.hash.slice(0, 12)}`;
  if (ok) return examination('ledger', 'ok', `${file}: whole, ${count(rows, 'row')}${shownHead}`);
  return examination('ledger', 'fail', `${file} was changed`, `\`deodar ledger verify --ledger ${file}\` says where`);
}
