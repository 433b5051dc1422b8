import { askResident, isJudging } from './ask-resident.js';
import { blockedText, DEFAULT_TIMEOUT, lateText, MOST_INPUT, secondsOf } from './hook-limits.js';
import { residentFolder, residentSocket, trustOf } from './resident-place.js';
import { isNullDevice, readStdin, writeText } from './standard-streams.js';

/** What became of asking a resident process. */
export interface Asked {
  /** The exit code, where everything was done by the resident process. */
  readonly code?: number;
  /** Standard input, where it was read. */
  readonly stdin?: () => Promise<Uint8Array>;
  /** Starts a resident process for the next event, where there was none that answers. */
  readonly start: () => void;
}

/** The argument that has a process be a resident one. */
export const SERVE = '--serve-resident';

/** What judging reads of the environment; `hook-resident.test.ts` holds it to that. */
export const JUDGED_ENVIRONMENT: readonly string[] = [
  'CLAUDE_PROJECT_DIR',
  'FORCE_COLOR',
  'GITHUB_WORKSPACE',
  'HOME',
  'LOCALAPPDATA',
  'NO_COLOR',
  'TERM',
  'XDG_STATE_HOME',
];

/**
 * Has a resident process judge, and blocks where that takes longer than it may. Whatever else goes wrong, this process
 * judges. `hash` is that of the program that `bin` starts.
 */
export async function askResidentHook(bin: string, hash: string, args: readonly string[]): Promise<Asked | undefined> {
  const seconds = timeoutOf(args);
  if (seconds === undefined || !isJudging(args)) return undefined;
  const folder = ownFolder();
  const socket = folder === undefined ? undefined : residentSocket(folder, hash);
  if (folder === undefined || socket === undefined || isNullDevice(1)) return undefined;
  const trust = trustOf(folder);
  if (trust === 'foreign') return undefined;
  const start = (): void => startResident(bin, socket);
  if (trust === 'missing') return { start };
  const input = readStdin(MOST_INPUT);
  // Whoever reads it says what is wrong with it.
  input.catch(() => undefined);
  const late = setTimeout(() => {
    writeText(2, blockedText(lateText(seconds)));
    process.exit(2);
  }, seconds * 1000);
  const reply = await askResident(socket, requestText(args), input);
  clearTimeout(late);
  const stdin = (): Promise<Uint8Array> => input;
  if (reply === 'busy') return { stdin, start: () => undefined };
  if (typeof reply === 'string') return { stdin, start };
  writeText(1, reply.out);
  writeText(2, reply.err);
  return { code: reply.code, start: () => undefined };
}

/** Undefined where there is no home folder: whoever judges says so. */
function ownFolder(): string | undefined {
  try {
    return residentFolder(process.env);
  } catch {
    return undefined;
  }
}

function requestText(args: readonly string[]): string {
  const env = Object.fromEntries(
    JUDGED_ENVIRONMENT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  return `${JSON.stringify({ args, cwd: process.cwd(), env })}\n`;
}

/** The seconds that arguments give the hook; undefined where it takes the parser of options to say what is wrong. */
function timeoutOf(args: readonly string[]): number | undefined {
  const at = args.findIndex((each) => each === '--timeout' || each.startsWith('--timeout='));
  const given = args[at];
  if (given === undefined) return secondsOf(DEFAULT_TIMEOUT);
  return secondsOf(given === '--timeout' ? (args[at + 1] ?? '') : given.slice('--timeout='.length));
}

/** The process outlives this one, and knows nothing of its environment. */
function startResident(bin: string, socket: string): void {
  try {
    const child = process
      .getBuiltinModule('node:child_process')
      .spawn(process.execPath, [bin, 'hook', SERVE, socket], { cwd: '/', detached: true, env: {}, stdio: 'ignore' });
    child.on('error', () => undefined);
    child.unref();
  } catch {
    // The next process judges by itself as well.
  }
}
