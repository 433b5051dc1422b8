import { readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { STOP_REQUEST } from './ask-resident.js';
import { count } from './count.js';
import { residentFolder, SOCKET_ENDING, trustOf } from './resident-place.js';

/** Ends the resident processes of this user, whatever program they run; says what was done, or `none` where nothing was. */
export async function stopResidents(
  env: Readonly<Record<string, string | undefined>>,
  none = 'no resident process is there\n',
): Promise<string> {
  const folder = residentFolder(env);
  if (process.platform === 'win32' || trustOf(folder) !== 'trusted') return none;
  let stopped = 0;
  for (const name of readdirSync(folder).filter((each) => each.endsWith(SOCKET_ENDING))) {
    if (await isStopped(join(folder, name))) stopped++;
    rmSync(join(folder, name), { force: true });
  }
  return stopped === 0 ? none : `ended ${count(stopped, 'resident process', 'resident processes')}\n`;
}

/** Milliseconds that a process has to end. */
const PATIENCE = 5000;

/** Whether a process was there; resolves when it has closed. */
function isStopped(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => socket.end(STOP_REQUEST));
    let isThere = false;
    socket.on('connect', () => {
      isThere = true;
    });
    socket.setTimeout(PATIENCE, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(isThere));
    socket.resume();
  });
}
