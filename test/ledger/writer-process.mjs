// A writer in a process of its own: appends rows until it is killed or has written as many as it was told, and prints
// the number of each row once `append` has returned.
import { writeSync } from 'node:fs';
import { openLedger } from '../../dist/index.js';

const [path, count, size, maxBytes] = process.argv.slice(2);
const ledger = openLedger(path, { maxBytes: Number(maxBytes) });
const text = JSON.stringify('x'.repeat(Number(size)));
for (let index = 0; index < Number(count); index++) {
  const { seq } = ledger.append('test', { pid: String(process.pid), index: String(index), text });
  writeSync(1, `${seq}\n`);
}
