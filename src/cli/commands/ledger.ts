import { createPublicKey } from 'node:crypto';
import { resolve } from 'node:path';
import { explainRow, type FoundRow, findRows, type RowExplanation } from '../../analysis/explain-row.js';
import type { Result } from '../../diagnostics/diagnostic.js';
import { readSource } from '../../files/read-source.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.js';
import { printJson } from '../../json/print-json.js';
import { ledgerFiles } from '../../ledger/ledger-files.js';
import { readRows } from '../../ledger/read-rows.js';
import { type LedgerReport, type VerifyOptions, verifyLedger } from '../../ledger/verify-ledger.js';
import { printable } from '../adjudication-table.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import { diagnosticJson } from '../reporters/json.js';
import { withLedger } from '../with-ledger.js';

export const ledger: Command = {
  result: 'other',
  options: {
    ledger: { type: 'string', short: 'l' },
    head: { type: 'string' },
    'public-key': { type: 'string', multiple: true },
  },
  help: `deodar ledger: check and read what was recorded

Usage: deodar ledger verify [options] [LEDGER]
       deodar ledger show [options] [LEDGER]
       deodar ledger explain ID [options]

verify checks every row: that it is as it was written, and follows the row before.
It prints the head; note it elsewhere, and later --head finds rows that were cut off.
show prints a line for each row.
explain decides the recorded request ID again, under the policies recorded with it,
and shows these policies. ID is the number of a row or the beginning of its hash.

Files that were put away beside LEDGER (default: .deodar/ledger.jsonl) are read as well.

Options:
  -l, --ledger FILE      the ledger
      --head HASH        verify: this row must be there
      --public-key FILE  verify: each row must be signed with this Ed25519 key; may be repeated
      --json             print JSON
  -h, --help             this text

Exit codes: 0 the ledger is whole, or the answer the same, 1 failure, 2 it was changed, or the answer differs

Examples:
  deodar ledger verify .deodar/ledger.jsonl
  deodar ledger explain 2 --ledger .deodar/ledger.jsonl
`,
  run: async (session, positionals, options) => {
    const [what, first, ...more] = positionals;
    const given = textOption(options, 'ledger');
    const isExplain = what === 'explain';
    if (more.length > 0 || (!isExplain && first !== undefined && given !== undefined))
      throw new UsageError('one ledger at a time');
    const path = resolve(session.cwd, given ?? (isExplain ? undefined : first) ?? '.deodar/ledger.jsonl');
    switch (what) {
      case 'verify':
        return withLedger(session, () => verify(session, path, options));
      case 'show':
        return withLedger(session, () => show(session, path, options));
      case 'explain':
        if (first === undefined) throw new UsageError('no row: give its number or the beginning of its hash');
        return withLedger(session, () => explain(session, path, first, options));
      default:
        throw new UsageError(
          `${what === undefined ? 'nothing to do' : `there is no ${JSON.stringify(what)}`}: give verify, show or explain ID`,
        );
    }
  },
};

function verify(session: Session, path: string, options: OptionValues): number {
  const keys = listOption(options, 'public-key').map((file) => readKey(session, file));
  const head = textOption(options, 'head');
  const report = verifyLedger(path, {
    publicKeys: keys,
    ...(head === undefined ? {} : { anchor: head }),
  } satisfies VerifyOptions);
  if (options.json === true) {
    session.out(`${JSON.stringify({ ...report, diagnostics: report.diagnostics.map(diagnosticJson) })}\n`);
  } else {
    session.report(report.diagnostics);
    session.out(reportText(report));
  }
  if (report.files.length === 0) return Exit.failure;
  return report.ok ? Exit.ok : Exit.deny;
}

function reportText({ ok, rows, firstSeq, head, signed, files }: LedgerReport): string {
  if (head === undefined) return ok ? 'no rows\n' : 'the ledger is not whole\n';
  const what = ok ? 'whole' : 'NOT whole';
  const signatures = signed === 0 ? '' : `, ${signed} signed`;
  return `the ledger is ${what}: rows ${firstSeq} to ${head.seq}, ${rows} in ${files.length === 1 ? 'one file' : `${files.length} files`}${signatures}\nhead ${head.hash}\n`;
}

function readKey(session: Session, file: string): ReturnType<typeof createPublicKey> {
  const source = readSource(resolve(session.cwd, file), file);
  if (!source.ok) throw new UsageError(`the key ${file} cannot be read`);
  try {
    const key = createPublicKey(source.value.text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below.
  }
  throw new UsageError(`${file} is no Ed25519 public key in PEM`);
}

function show(session: Session, path: string, options: OptionValues): number {
  let rows = 0;
  for (const row of readRows(path)) {
    rows++;
    const json = row.json();
    if (!json.ok) {
      session.report(json.diagnostics);
      return Exit.failure;
    }
    session.out(
      options.json === true ? `${printJson(json.value)}\n` : `${rowText(row.seq, row.time, row.kind, json.value)}\n`,
    );
  }
  if (rows > 0) return Exit.ok;
  session.err(`deodar ledger: ${isThere(path) ? 'there is no row in' : 'there is no ledger'} ${path}\n`);
  return Exit.failure;
}

function isThere(path: string): boolean {
  return ledgerFiles(path).length > 0;
}

function rowText(seq: number, time: string, kind: string, row: JsonObject): string {
  return printable(`${String(seq).padStart(6)}  ${time}  ${kind.padEnd(12)}  ${summaryOf(kind, row)}`);
}

/** Members that every row has. */
const FRAME: ReadonlySet<string> = new Set(['v', 'seq', 'time', 'kind', 'prev', 'hash', 'signature']);

function summaryOf(kind: string, row: JsonObject): string {
  const text = (value: JsonValue | undefined): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (kind) {
    case 'adjudication': {
      const trajectory = isJsonObject(row.trajectory) ? text(row.trajectory.id) : '';
      const policies = isJsonArray(row.policies) ? row.policies.map(text).join(', ') : '';
      const shadow = row.mode === 'shadow' ? ' (shadow)' : '';
      const redacted = row.redacted === undefined ? '' : '  [redacted: cannot be decided again]';
      return `${trajectory}  ${text(row.stage)}  ${text(row.tool)}  ${text(row.decision)}${shadow}  ${policies}${redacted}`;
    }
    case 'setup':
      return text(row.setup).slice(0, 12);
    default: {
      return Object.entries(row)
        .filter(([name]) => !FRAME.has(name))
        .map(([name, value]) => `${name} ${printJson(value)}`)
        .join('  ');
    }
  }
}

function explain(session: Session, path: string, name: string, options: OptionValues): number {
  const found = findRows(path, name);
  if (!found.ok) {
    session.report(found.diagnostics);
    return Exit.failure;
  }
  const [first, ...more] = found.value;
  if (first === undefined || more.length > 0) {
    const what = `${first === undefined ? 'there is no row' : 'there are several rows'} ${JSON.stringify(name)} in`;
    session.err(`deodar ledger: ${isThere(path) ? what : 'there is no ledger'} ${path}\n`);
    return Exit.failure;
  }
  if (first.row.kind !== 'adjudication') {
    session.out(`${rowText(first.row.seq, first.row.time, first.row.kind, first.json)}\n`);
    return Exit.ok;
  }
  const explanation = explainRow(first.json, first.setup);
  session.out(options.json === true ? explanationJson(first, explanation) : explanationText(first, explanation));
  if (!explanation.ok) {
    session.report(explanation.diagnostics);
    return Exit.failure;
  }
  return explanation.value.differences.length === 0 ? Exit.ok : Exit.deny;
}

function explanationJson({ json }: FoundRow, explanation: Result<RowExplanation>): string {
  const again = explanation.ok
    ? {
        agrees: explanation.value.differences.length === 0,
        differences: explanation.value.differences,
        decision: explanation.value.adjudication.decision,
        policies: explanation.value.policies,
      }
    : null;
  return `{"row":${printJson(json)},"again":${JSON.stringify(again)}}\n`;
}

function explanationText({ row, json }: FoundRow, explanation: Result<RowExplanation>): string {
  const lines = [
    rowText(row.seq, row.time, row.kind, json),
    ...(typeof json.reason === 'string' ? [printable(json.reason)] : []),
    `hash ${row.hash}`,
    `event ${printable(printJson(json.event ?? null))}`,
  ];
  if (explanation.ok) {
    const { adjudication, differences, policies } = explanation.value;
    lines.push(
      differences.length === 0
        ? 'decided again: the same answer'
        : `decided again: ${adjudication.decision}, which differs in ${differences.join(', ')}: ${printable(adjudication.reason)}`,
      ...policies.map(({ text }) => `\n${text}`),
    );
  }
  return `${lines.join('\n')}\n`;
}
