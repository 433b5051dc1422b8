import { ANYTHING, type OptionRules, requireOptions, SWITCH } from '../diagnostics/check-options.js';
import { type Diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { Decision } from '../harness/adjudication.js';
import { decideAgain } from '../harness/decide-again.js';
import { prepareSetup, type SetupChange } from '../harness/harness-setup.js';
import type { PreparedHarness } from '../harness/prepare-harness.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import type { LedgerRow } from '../ledger/read-rows.js';

/** A recorded request that other policies answer otherwise. */
export interface Flip {
  readonly seq: number;
  readonly time: string;
  readonly trajectoryId: string;
  readonly stage: string;
  readonly tool: string | null;
  readonly from: Decision;
  readonly to: Decision;
  /** Why the new answer is as it is. */
  readonly reason: string;
  /** The policies that decide now. */
  readonly policies: readonly string[];
  /**
   * False after the first flip of its trajectory, or of one above it: the agent would have gone on differently there,
   * and what is recorded would not have happened.
   */
  readonly comparable: boolean;
}

export interface Replay {
  /** Adjudications that were recorded. */
  readonly rows: number;
  /** Adjudications that were decided again. */
  readonly decided: number;
  /** Adjudications after the first flip of their trajectory. */
  readonly notComparable: number;
  readonly flips: readonly Flip[];
  /** Rows that could not be decided again, with the reason. */
  readonly skipped: readonly { readonly seq: number; readonly why: string }[];
}

interface Replaying {
  readonly change: SetupChange;
  readonly setups: Map<string, JsonValue>;
  readonly prepared: Map<string, PreparedHarness>;
  readonly problems: Diagnostic[];
  readonly flipped: Set<string>;
  readonly flips: Flip[];
  readonly skipped: { readonly seq: number; readonly why: string }[];
  rows: number;
  decided: number;
  notComparable: number;
}

// What is wrong with the policies themselves is reported with them.
const CHANGE: OptionRules = { policies: ANYTHING, agent: ANYTHING, entities: ANYTHING, strict: SWITCH };

/**
 * Decides every recorded request again, with what `change` puts in place of the recorded policies (or agent, or
 * entities), and lists the answers that differ. Fails when the new policies do not fit a recorded agent.
 */
export function replay(rows: Iterable<LedgerRow>, change: SetupChange): Result<Replay> {
  // The characters of a path would be rows of no kind.
  if (typeof rows === 'string') throw new TypeError('replay() takes the rows of a ledger first: readRows(path)');
  requireOptions(change, CHANGE, 'replay()');
  const replaying: Replaying = {
    change,
    setups: new Map(),
    prepared: new Map(),
    problems: [],
    flipped: new Set(),
    flips: [],
    skipped: [],
    rows: 0,
    decided: 0,
    notComparable: 0,
  };
  for (const row of rows) {
    if (row.kind === 'setup') keepSetup(replaying, row);
    else if (row.kind === 'adjudication') replayRow(replaying, row);
    if (replaying.problems.length > 0) return failure(replaying.problems);
  }
  const { flips, skipped, decided, notComparable } = replaying;
  return success({ rows: replaying.rows, decided, notComparable, flips, skipped });
}

function keepSetup({ setups }: Replaying, row: LedgerRow): void {
  const json = row.json();
  if (json.ok && typeof json.value.setup === 'string' && json.value.value !== undefined)
    setups.set(json.value.setup, json.value.value);
}

function replayRow(replaying: Replaying, row: LedgerRow): void {
  replaying.rows++;
  const json = row.json();
  const skip = (why: string): void => {
    replaying.skipped.push({ seq: row.seq, why });
  };
  if (!json.ok) return skip('the row cannot be read');
  const harness = harnessOf(replaying, json.value.setup);
  if (harness === undefined) return skip('the setup that it refers to is not in the files that are here');
  const again = decideAgain(harness, json.value);
  if (!again.ok) return skip(again.diagnostics.map(({ message }) => message).join('; '));
  replaying.decided++;
  const comparable = !aboveOf(json.value).some((id) => replaying.flipped.has(id));
  if (!comparable) replaying.notComparable++;
  const from = Object.values(Decision).find((decision) => decision === json.value.decision);
  const { decision: to, reason, policies, stage, toolId, trajectoryId } = again.value;
  if (from === undefined || from === to) return;
  replaying.flipped.add(trajectoryId);
  replaying.flips.push({
    seq: row.seq,
    time: row.time,
    trajectoryId,
    stage: stage ?? '?',
    tool: toolId,
    from,
    to,
    reason,
    policies: policies.map(({ id }) => id),
    comparable,
  });
}

/** The trajectory of a row and those above it. */
function aboveOf({ trajectory }: JsonObject): readonly string[] {
  if (!isJsonObject(trajectory)) return [];
  const above = isJsonArray(trajectory.ancestors) ? trajectory.ancestors : [];
  return [trajectory.id, ...above].filter((id) => typeof id === 'string');
}

function harnessOf(replaying: Replaying, hash: JsonValue | undefined): PreparedHarness | undefined {
  if (typeof hash !== 'string') return undefined;
  const known = replaying.prepared.get(hash);
  if (known !== undefined) return known;
  const setup = replaying.setups.get(hash);
  if (setup === undefined) return undefined;
  const prepared = prepareSetup(setup, replaying.change);
  if (!prepared.ok) {
    replaying.problems.push(...prepared.diagnostics);
    return undefined;
  }
  replaying.prepared.set(hash, prepared.value);
  return prepared.value;
}
