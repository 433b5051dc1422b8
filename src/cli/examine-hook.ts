import { existsSync, realpathSync } from 'node:fs';
import { CLAUDE_CODE_EVENTS } from '../adapters/claude-code-input.js';
import { installedHooks } from '../adapters/claude-code-settings.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import { readSource } from '../files/read-source.js';
import type { Session } from './command.js';
import { hook, readHookSettings } from './commands/hook.js';
import { count } from './count.js';
import { type Examination, examination } from './examination.js';
import { barrierRemedy, barrierText, type HookBarrier, hookBarriers } from './hook-barriers.js';
import { hookWords } from './hook-words.js';
import { settingsFile } from './install-hook.js';
import { readHookFiles } from './judge-hook.js';
import { parseArguments } from './parse-arguments.js';
import { prepareHook } from './prepare-hook.js';

const INSTALL = '`deodar hook claude-code --install` installs it again';

/** The hook in the settings of Claude Code: of the project, and of the user. */
export async function examineHooks(session: Session): Promise<readonly Examination[]> {
  const files = (['project', 'local', 'user'] as const)
    .map((scope) => settingsFile(session, scope))
    .filter((file, i, all) => existsSync(file) && all.indexOf(file) === i);
  const found: Examination[] = [];
  for (const file of files) {
    const examined = await examineSettings(session, file);
    if (examined !== undefined) found.push(examined);
  }
  if (found.length > 0) return [...found, ...hookBarriers(session).map(examineBarrier)];
  return [examination('hook', 'none', 'not installed in Claude Code', 'for that, `deodar hook claude-code --install`')];
}

function examineBarrier(barrier: HookBarrier): Examination {
  return examination('hook', 'fail', barrierText(barrier), barrierRemedy(barrier));
}

/** Undefined where the settings have no hook of ours. */
async function examineSettings(session: Session, file: string): Promise<Examination | undefined> {
  const source = readSource(realpathSync(file), file);
  const hooks = source.ok ? installedHooks(source.value.text, file) : source;
  if (!hooks.ok) return examination('hook', 'fail', `${file}: ${hooks.diagnostics[0]?.message}`, 'mend the settings');
  const [command] = hooks.value.values();
  if (command === undefined) return undefined;
  const missing = CLAUDE_CODE_EVENTS.filter((event) => !hooks.value.has(event));
  if (missing.length > 0) return examination('hook', 'fail', `${file}: nothing judges ${missing.join(', ')}`, INSTALL);
  const at = hookWords(command, session.cwd);
  const begin = at.indexOf('hook');
  const program = at.slice(0, begin).filter((word) => /[\\/]/.test(word));
  const absent = program.find((path) => !existsSync(path));
  if (absent !== undefined) return examination('hook', 'fail', `${file}: its program ${absent} is gone`, INSTALL);
  return loadHook(session, file, at.slice(begin + 2));
}

/** Whether the policies that the hook names load: if not, it blocks everything, or judges nothing. */
async function loadHook(session: Session, file: string, words: readonly string[]): Promise<Examination> {
  const end = words.indexOf('||');
  const own = end < 0 ? words : words.slice(0, end);
  try {
    const settings = readHookSettings(parseArguments(own, hook.options).values);
    const prepared = prepareHook(await readHookFiles(session, { cwd: session.cwd }, settings), settings);
    const policies = count(prepared.policySet.policies.length, 'policy', 'policies');
    if (settings.shadow) return examination('hook', 'warn', `${file}: ${policies}, and --shadow blocks nothing`);
    return examination('hook', 'ok', `${file}: ${policies}, ${count(CLAUDE_CODE_EVENTS.length, 'event')}`);
  } catch (error) {
    const found = error instanceof DeodarError ? error.diagnostics : [];
    // Judging does not look for these.
    if (found.length > 0 && found.every(({ code }) => code === 'unknown-fact-value')) {
      const rules = count(found.length, 'text', 'texts');
      return examination(
        'hook',
        'fail',
        `${file}: it judges, but ${rules} of its policies are never said by the facts they are compared with: ${found[0]?.message}`,
        '`deodar check` shows all',
      );
    }
    const why = error instanceof DeodarError ? error.diagnostics[0]?.message : String(error);
    const then = own.includes('--shadow') ? 'judges nothing' : 'blocks everything';
    return examination('hook', 'fail', `${file}: its policies do not load, so it ${then}: ${why}`, INSTALL);
  }
}
