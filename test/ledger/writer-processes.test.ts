import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openLedger, verifyLedger } from '../../src/index.js';
import { ledgerFolder, rowsOf } from './ledger-folder.js';

// Writers in real processes, from the built package. `npm test` builds it first.

const WRITER = fileURLToPath(new URL('writer-process.mjs', import.meta.url));
const KILLS = Number(process.env.DEODAR_LEDGER_KILLS ?? 12);

const { path } = ledgerFolder();

/** Runs a writer to its end, or kills it some time after its first row; resolves to the rows that it was sure of. */
async function runWriter(
  count: number,
  { size = 100, maxBytes = 1e9, killAfterMs }: { size?: number; maxBytes?: number; killAfterMs?: number } = {},
): Promise<readonly number[]> {
  const child = spawn(process.execPath, [WRITER, path(), String(count), String(size), String(maxBytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  let killing: Promise<unknown> = Promise.resolve();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (out === '' && killAfterMs !== undefined) killing = pause(killAfterMs).then(() => child.kill('SIGKILL'));
    out += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  await killing;
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => Number(line));
}

describe('writers in several processes', () => {
  it('append to one ledger without losing or breaking a row', async () => {
    const writers = [1, 2, 3].map(() => runWriter(300, { maxBytes: 60_000 }));
    const numbers = (await Promise.all(writers)).flat();
    const { ok, files, diagnostics } = verifyLedger(path());
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(ok).toBe(true);
    const rows = files.flatMap(rowsOf).filter(({ kind }) => kind === 'test');
    expect(rows).toHaveLength(900);
    expect(rows.map(({ seq }) => seq)).toEqual(numbers.sort((a, b) => a - b));
  });

  it(`keep every row that was acted on when they are killed ${KILLS} times (DEODAR_LEDGER_KILLS)`, async () => {
    const sure: number[] = [];
    for (let run = 0; run < KILLS; run++) {
      // Large rows are written in more than one piece, so that some runs end inside a row.
      const size = run % 2 === 0 ? 300 : 400_000;
      const killed = runWriter(1e9, { size, maxBytes: 3_000_000, killAfterMs: (run * 7) % 23 });
      const beside = run % 3 === 0 ? runWriter(20) : Promise.resolve([]);
      sure.push(...(await killed), ...(await beside));
      const report = verifyLedger(path());
      expect(report.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const ledger = openLedger(path());
      sure.push(ledger.append('test', { run: String(run) }).seq);
      ledger.close();
    }
    const { ok, files } = verifyLedger(path());
    expect(ok).toBe(true);
    const kept = new Set(files.flatMap(rowsOf).flatMap(({ kind, seq }) => (kind === 'test' ? [seq] : [])));
    expect(sure.filter((seq) => !kept.has(seq))).toEqual([]);
    expect(kept.size - sure.length).toBeLessThanOrEqual(KILLS);
  }, 600_000);
});
