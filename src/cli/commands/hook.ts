import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { DeodarError } from '../../diagnostics/deodar-error.js';
import { renderDiagnostics } from '../../diagnostics/render.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import { blockedText, DEFAULT_TIMEOUT, lateText, MOST_INPUT, secondsOf } from '../hook-limits.js';
import { answerUnjudged, type HookSettings, judgeHook, readHookFiles } from '../judge-hook.js';

export const hook: Command = {
  result: 'other',
  options: {
    policies: { type: 'string', short: 'p', multiple: true },
    agent: { type: 'string' },
    workspace: { type: 'string' },
    state: { type: 'string' },
    label: { type: 'string', multiple: true },
    escalate: { type: 'string' },
    allow: { type: 'string' },
    unregistered: { type: 'string' },
    shadow: { type: 'boolean' },
    timeout: { type: 'string' },
    install: { type: 'boolean' },
    uninstall: { type: 'boolean' },
    project: { type: 'boolean' },
    user: { type: 'boolean' },
    command: { type: 'string' },
    resident: { type: 'boolean' },
    'no-resident': { type: 'boolean' },
    'stop-resident': { type: 'boolean' },
  },
  help: `deodar hook: judge what a coding agent does, as its hook

Usage: deodar hook claude-code [options]
       deodar hook claude-code --install|--uninstall [--project|--user] [options]
       deodar hook claude-code --stop-resident

Reads the JSON that Claude Code gives its hooks from standard input and answers
in its words: at PreToolUse ALLOW is "allow", DENY is "deny" and ESCALATE is
"ask", which has Claude Code ask its user; at PostToolUse, UserPromptSubmit,
Stop and SubagentStop whatever is not allowed is blocked with the reason, and
at PostToolUseFailure everything ends. Whatever goes wrong exits with 2, which
blocks; where nothing is left to be blocked, it is answered like a DENY.

Options:
  -p, --policies PATH     policy file, folder or glob, from the project's folder;
                          may be repeated (default: .deodar)
      --agent FILE        agent file with glob sets and tools (default: agent.json
                          in a folder of --policies, else Claude Code's tools)
      --workspace DIR     the project's folder (default: CLAUDE_PROJECT_DIR, else
                          the current folder of the session)
      --state DIR         where sessions are kept (default: deodar/claude-code in
                          XDG_STATE_HOME or ~/.local/state)
      --label TEXT        label for the session from here on; may be repeated
      --escalate WHAT     what ESCALATE is: ask, or deny where nobody can be asked
      --allow WHAT        what ALLOW is: allow, or defer to Claude Code's permissions
      --unregistered WHAT calls of tools that are not declared, such as those of MCP
                          servers: deny, or policy
      --shadow            judge and report, block nothing
      --timeout SECONDS   give up, and block, after so long (default: 10)
      --resident          leave a process behind that answers the next events sooner
                          (not on Windows); it ends some minutes after the last
      --stop-resident     end the processes that --resident left behind
      --install           add the hook to .claude/settings.json of the project, with
                          --resident
      --no-resident       ... without it: each event is judged in its own process
      --uninstall         take it out again
      --user              the settings of the user instead of the project's, in
                          CLAUDE_CONFIG_DIR or ~/.claude
      --project           the settings in the current folder, the default
      --command TEXT      how the settings call deodar (default: this program)
  -h, --help              this text

Exit codes: 0 answered, 2 anything else: the call, prompt or stop is blocked

Examples:
  deodar hook claude-code --install --policies policies
  deodar hook claude-code --policies policies < call.json
`,
  run: async (session, positionals, options) => {
    if (positionals.length !== 1 || positionals[0] !== 'claude-code')
      throw new UsageError('the only agent that has a hook is claude-code');
    if (options['stop-resident'] === true) {
      const { stopResidents } = await import('../stop-residents.js');
      session.out(await stopResidents(session.env));
      return Exit.ok;
    }
    const settings = readHookSettings(options);
    if (options.install === true || options.uninstall === true) {
      session.out(await changeSettings(session, options, settings));
      return Exit.ok;
    }
    let text = '';
    try {
      const seconds = readTimeout(options);
      if (session.isUnread?.() === true)
        throw new Error('nobody can read the answer: standard output is closed, or is the null device');
      const input = await inTime(session.read('-', MOST_INPUT), seconds);
      if (!input.ok) throw new DeodarError(input.diagnostics);
      text = input.value.text;
      session.out(`${JSON.stringify(await judgeHook(session, text, settings, seconds))}\n`);
      return Exit.ok;
    } catch (error) {
      return unjudged(session, text, settings, messageOf(error));
    }
  },
};

/** Answers or blocks where judging failed. */
function unjudged(session: Session, text: string, settings: HookSettings, why: string): number {
  const answer = answerUnjudged(text, settings, why);
  try {
    if (answer !== undefined) {
      session.out(`${JSON.stringify(answer)}\n`);
      return Exit.ok;
    }
    session.err(blockedText(why));
  } catch {
    // Nobody can read why; what counts is the exit code.
  }
  return Exit.deny;
}

/** What the options of a hook ask for. */
export function readHookSettings(options: OptionValues): HookSettings {
  const policies = listOption(options, 'policies');
  if (policies.includes('-')) throw new UsageError('the policies cannot come from standard input');
  return {
    policies: policies.length > 0 ? policies : ['.deodar'],
    agent: textOption(options, 'agent'),
    workspace: textOption(options, 'workspace'),
    state: textOption(options, 'state'),
    labels: listOption(options, 'label'),
    escalate: choice(options, 'escalate', ['ask', 'deny']),
    allow: choice(options, 'allow', ['allow', 'defer']),
    unregistered: choice(options, 'unregistered', ['deny', 'policy']),
    shadow: options.shadow === true,
  };
}

/** The value of an option that is one of a few; the first is the default. */
function choice<T extends string>(options: OptionValues, name: string, known: readonly [T, T]): T {
  const given = textOption(options, name) ?? known[0];
  const found = known.find((value) => value === given);
  if (found === undefined) throw new UsageError(`--${name} takes ${known.join(' or ')}, not ${JSON.stringify(given)}`);
  return found;
}

function readTimeout(options: OptionValues): number {
  const text = textOption(options, 'timeout') ?? DEFAULT_TIMEOUT;
  const seconds = secondsOf(text);
  if (seconds === undefined) throw new UsageError(`--timeout takes a number of seconds, not ${JSON.stringify(text)}`);
  return seconds;
}

async function inTime<T>(work: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(lateText(seconds))), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  if (error instanceof DeodarError) return renderDiagnostics(error.diagnostics);
  return error instanceof Error ? error.message : String(error);
}

async function changeSettings(session: Session, options: OptionValues, settings: HookSettings): Promise<string> {
  if (options.install === true && options.uninstall === true)
    throw new UsageError('--install and --uninstall are opposites');
  if (options.resident === true && options['no-resident'] === true)
    throw new UsageError('--resident and --no-resident are opposites');
  if (options.user === true && options.project === true) throw new UsageError('--user and --project are two files');
  const { installHook, settingsFile, uninstallHook } = await import('../install-hook.js');
  const scope = options.user === true ? 'user' : 'project';
  const file = settingsFile(session, scope);
  if (options.uninstall === true) {
    const { stopResidents } = await import('../stop-residents.js');
    return `${uninstallHook(session, file)}${await stopResidents(session.env, '')}`;
  }
  // The user's hook runs in every project, so its paths cannot count from one.
  const place = (path: string): string => (scope === 'user' ? resolve(session.cwd, path) : path);
  // Policies that do not load would block every call from now on.
  const { prepareHook } = await import('../prepare-hook.js');
  prepareHook(await readHookFiles(session, { cwd: session.cwd }, settings), settings);
  const done = installHook(file, {
    command: commandText(session, options, settings.policies, place),
    timeout: Math.ceil(readTimeout(options)) + 20,
    shadow: settings.shadow,
  });
  const { barrierRemedy, barrierText, hookBarriers } = await import('../hook-barriers.js');
  for (const barrier of hookBarriers(session))
    session.err(`warning: the hook does not run: ${barrierText(barrier)}\n  help: ${barrierRemedy(barrier)}\n`);
  return `${done}${residentNote(options)}`;
}

/** What installing leaves behind is said. */
function residentNote(options: OptionValues): string {
  if (options['no-resident'] === true) return '';
  if (process.platform === 'win32')
    return 'on Windows --resident does nothing: each event is judged in a process of its own\n';
  return 'the first event leaves a process behind that answers the next ones; with --no-resident none does\n';
}

const PATH_OPTIONS: ReadonlySet<string> = new Set(['agent', 'workspace', 'state']);

/** The shell command of the hook: this program with the options of the installation that matter to judging. */
function commandText(
  session: Session,
  options: OptionValues,
  policies: readonly string[],
  place: (path: string) => string,
): string {
  const program = textOption(options, 'command') ?? programText(session);
  const texts = ['agent', 'workspace', 'state', 'escalate', 'allow', 'unregistered', 'timeout'].flatMap((name) => {
    const value = textOption(options, name);
    return value === undefined ? [] : [`--${name}`, quote(PATH_OPTIONS.has(name) ? place(value) : value)];
  });
  const lists = [
    ...policies.map((path) => ['--policies', quote(place(path))]),
    ...listOption(options, 'label').map((label) => ['--label', quote(label)]),
  ];
  return [
    program,
    'hook claude-code',
    ...lists.flat(),
    ...texts,
    ...(options.shadow === true ? ['--shadow'] : []),
    ...(options['no-resident'] === true ? [] : ['--resident']),
  ].join(' ');
}

/** How the shell calls this program; one that is installed in the project is called there, so that others can share it. */
function programText(session: Session): string {
  const bin = realpathSync(process.argv[1] ?? '');
  const inProject = relative(session.cwd, bin).replaceAll('\\', '/');
  if (/^node_modules\/[\w./-]+$/.test(inProject)) return `node "$CLAUDE_PROJECT_DIR"/${inProject}`;
  return [process.execPath, bin].map(quote).join(' ');
}

/** A text as one word of the shell. */
function quote(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
