import type { Terminal } from './command.js';
import { isNullDevice, readStdin, writeText } from './standard-streams.js';

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
    out: (text) => writeText(1, text),
    isUnread: () => isNullDevice(1),
    err: (text) => writeText(2, text),
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
