import { Worker } from 'node:worker_threads';

const CODE = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
setTimeout(() => {
  writeSync(2, workerData.message);
  process.kill(process.pid, 'SIGKILL');
}, workerData.milliseconds);
`;

/**
 * Kills this process with a message when it takes too long, also when it is too busy to look at the clock itself. Gives
 * the function that calls it off.
 */
export function startWatchdog(milliseconds: number, message: string): () => Promise<void> {
  const worker = new Worker(CODE, { eval: true, workerData: { milliseconds, message } });
  worker.unref();
  return async () => {
    await worker.terminate();
  };
}
