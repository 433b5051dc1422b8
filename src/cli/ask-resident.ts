import type { Socket } from 'node:net';

/** What a process has a resident one do in its place: a line of JSON, and behind it what stood in standard input. */
export interface ResidentRequest {
  readonly args: readonly string[];
  readonly cwd: string;
  /** What judging reads of the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Options with which the hook does something else than judging: that is not done for other processes. */
const OTHER_WORK: ReadonlySet<string> = new Set(['--install', '--uninstall', '--stop-resident', '--help', '-h']);

/** Whether arguments have the hook judge an event. */
export function isJudging(args: readonly string[]): boolean {
  return !args.some((each) => OTHER_WORK.has(each));
}

/** What a command did: its exit code, and what it wrote. */
export interface ResidentReply {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Has a resident process end itself. */
export const STOP_REQUEST = '{"stop":true}\n';

/** Why there is no reply: nothing listens, it was too busy to say that it does, or what it says is no reply. */
export type NoReply = 'absent' | 'busy' | 'broken';

/** Milliseconds within which a process that listens says so. */
const PATIENCE = 1000;

/** Most characters of a reply. */
const MOST_REPLY = 16 * 1024 * 1024;

/** Asks the process at a socket; never rejects. */
export async function askResident(
  path: string,
  request: string,
  input: Promise<Uint8Array>,
): Promise<ResidentReply | NoReply> {
  // Only who asks waits for Node to read this module.
  const socket = process.getBuiltinModule('node:net').connect(path);
  const answer = replyOf(socket);
  try {
    socket.write(request);
    // What could not be read is said by who judges without a resident process.
    socket.end(await input);
    return await answer;
  } catch {
    return 'broken';
  } finally {
    socket.destroy();
  }
}

function replyOf(socket: Socket): Promise<ResidentReply | NoReply> {
  return new Promise((resolve) => {
    let text = '';
    let isThere = false;
    const impatient = setTimeout(() => resolve('busy'), PATIENCE);
    const end = (what: ResidentReply | NoReply): void => {
      clearTimeout(impatient);
      resolve(what);
    };
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      clearTimeout(impatient);
      isThere = true;
      text += String(chunk);
      if (text.length > MOST_REPLY) end('broken');
    });
    socket.on('end', () => end(readReply(text) ?? 'broken'));
    socket.on('error', () => end(isThere ? 'broken' : 'absent'));
    socket.on('close', () => end('broken'));
  });
}

/** Exit codes of a hook: it answered, or it blocks. */
const CODES: ReadonlySet<unknown> = new Set([0, 2]);

function readReply(text: string): ResidentReply | undefined {
  try {
    const reply: unknown = JSON.parse(text);
    return isReply(reply) ? reply : undefined;
  } catch {
    return undefined;
  }
}

function isReply(value: unknown): value is ResidentReply {
  if (typeof value !== 'object' || value === null || !('code' in value && 'out' in value && 'err' in value))
    return false;
  return CODES.has(value.code) && typeof value.out === 'string' && typeof value.err === 'string';
}
