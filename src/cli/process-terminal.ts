import { fstatSync, statSync, writeSync } from 'node:fs';
import { Exit, type Terminal } from './command.js';

/**
 * The terminal of this process. A reader that goes away early (`| head`) ends the process quietly, and with a failure:
 * the code of what it would have found is not known, and 0 would be an answer. `isPlain` leaves out finding out whether
 * there is a screen, which takes Node some time.
 */
export function processTerminal(isPlain = false): Terminal {
  const { env } = process;
  const isScreen = !isPlain && process.stdout.isTTY === true;
  return {
    cwd: process.cwd(),
    env,
    color: mayColor(env, isScreen),
    errorColor: mayColor(env, !isPlain && process.stderr.isTTY === true),
    isScreen,
    isErrorScreen: !isPlain && process.stderr.isTTY === true && env['TERM'] !== 'dumb',
    out: (text) => write(1, text),
    isUnread: () => isNullDevice(1),
    err: (text) => write(2, text),
    stdin: readStdin,
  };
}

/** `NO_COLOR` wins, then `FORCE_COLOR`, then whether there is a terminal that has colours. */
export function mayColor(env: Terminal['env'], isTerminal: boolean): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** Node itself opens the null device in the place of an output that is closed. */
function isNullDevice(descriptor: 1): boolean {
  const found = fstatSync(descriptor);
  return found.isCharacterDevice() && found.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}

function write(descriptor: 1 | 2, text: string): void {
  let rest: Uint8Array = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // With the code that was set for whatever ends it early, if any.
      if (code === 'EPIPE') process.exit(process.exitCode ?? Exit.failure);
      // A full pipe that does not block: the reader is slow, not gone.
      if (code !== 'EAGAIN') throw error;
    }
  }
}

/** Takes events as they come: a loop over the chunks needs more of Node, which a hook would wait for. */
function readStdin(most = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  return new Promise((done, fail) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const { stdin } = process;
    stdin.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= most) return;
      stdin.destroy();
      fail(new Error(`there are more than ${most} bytes`));
    });
    stdin.on('end', () => done(Buffer.concat(chunks)));
    stdin.on('error', fail);
    stdin.on('close', () => fail(new Error('standard input was closed')));
  });
}
