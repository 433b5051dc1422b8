import { resolve } from 'node:path';
import { type Flip, type Replay, replay as replayRows } from '../../analysis/replay.js';
import { diagnostic } from '../../diagnostics/diagnostic.js';
import { readRows } from '../../ledger/read-rows.js';
import { verifyLedger } from '../../ledger/verify-ledger.js';
import { printable } from '../adjudication-table.js';
import { type Command, Exit, listOption, UsageError } from '../command.js';
import { count } from '../count.js';
import { readPolicySources } from '../policy-sources.js';
import { withLedger } from '../with-ledger.js';

export const replay: Command = {
  result: 'other',
  options: {
    policies: { type: 'string', short: 'p', multiple: true },
    'no-strict': { type: 'boolean' },
  },
  settings: () => ['policies'],
  help: `deodar replay: what other policies would have answered

Usage: deodar replay LEDGER --policies PATH [options]

Decides every request that LEDGER records again under the policies of PATH and lists
the flips: the requests that they answer otherwise. After the first flip of a
trajectory its agent would have gone on differently, so what follows is marked as
not comparable. Rows with redacted inputs cannot be decided again.

Options:
  -p, --policies PATH    the new policies: file, folder or glob; may be repeated
      --no-strict        problems of the policies are warnings
      --config FILE      settings (default: the nearest deodar.config.json);
                         --no-config takes none
      --json             print JSON
  -h, --help             this text

Exit codes: 0 no flips, 1 failure or nothing to decide, 2 flips

Examples:
  deodar replay .deodar/ledger.jsonl --policies policies/
  deodar replay .deodar/ledger.jsonl -p policies/ --json
`,
  run: async (session, positionals, options) => {
    const [ledger, ...more] = positionals;
    if (ledger === undefined || more.length > 0) throw new UsageError('which ledger? name one file');
    const inputs = listOption(options, 'policies');
    if (inputs.length === 0) throw new UsageError('no policies: name them with --policies, or in deodar.config.json');
    const sources = await readPolicySources(session, inputs);
    if (!sources.ok) {
      session.report(sources.diagnostics);
      return Exit.failure;
    }
    const path = resolve(session.cwd, ledger);
    const policies = sources.value.map(({ name, text }) => ({ text, ...(name === undefined ? {} : { file: name }) }));
    return withLedger(session, () => {
      const verified = verifyLedger(path);
      if (!verified.ok) {
        session.report(verified.diagnostics);
        return Exit.failure;
      }
      const result = replayRows(readRows(path), { policies, strict: options['no-strict'] !== true });
      if (!result.ok) {
        session.report(result.diagnostics);
        return Exit.failure;
      }
      session.out(options.json === true ? `${JSON.stringify(result.value)}\n` : replayText(result.value));
      // As tests that did not run have not passed.
      if (result.value.rows === 0) {
        session.report([diagnostic('no-adjudications', 'there is no adjudication to decide again', { file: path })]);
        return Exit.failure;
      }
      return result.value.flips.length === 0 ? Exit.ok : Exit.deny;
    });
  },
};

function replayText({ rows, decided, flips, notComparable, skipped }: Replay): string {
  const lines = flips.map(flipText);
  if (flips.length > 0) lines.unshift(columns('ROW', 'TRAJECTORY', 'STAGE', 'TOOL', 'FLIP', 'WHY'));
  lines.push(
    `${count(flips.length, 'flip')} in ${count(rows, 'adjudication')}: ${decided} decided again, ${notComparable} of them not comparable, ${skipped.length} not decided`,
    ...skipped.map(({ seq, why }) => `  row ${seq}: ${printable(why)}`),
  );
  return `${lines.join('\n')}\n`;
}

function flipText({ seq, trajectoryId, stage, tool, from, to, reason, comparable }: Flip): string {
  const mark = comparable ? '' : ' (not comparable)';
  return columns(String(seq), trajectoryId, stage, tool ?? '', `${from} -> ${to}${mark}`, reason);
}

function columns(row: string, trajectory: string, stage: string, tool: string, flip: string, why: string): string {
  const cells = [row.padStart(6), trajectory.padEnd(12), stage.padEnd(10), tool.padEnd(14), flip.padEnd(18), why];
  return printable(cells.join('  ')).trimEnd();
}
