import type { Decision } from '../../src/harness/adjudication.js';
import type { PolicyHarness } from '../../src/harness/policy-harness.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json/json-value.js';
import { readCorpus } from './corpus.js';

/** A row of a corpus file and what was answered to it. */
export interface Row {
  readonly json: JsonObject;
  /** The intent of an evasion, the kind of a harmless row. */
  readonly topic: string;
  readonly decision: Decision;
  readonly policies: readonly string[];
}

const showMisses = process.env['DEODAR_MISSES'];
const report: string[] = [];

function eventOf(row: JsonObject): JsonValue {
  const { stage, text, tool, parameters, role, host = null } = row;
  if (stage === undefined)
    return {
      stage: 'PRE_TOOL',
      role: 'model',
      content: { toolId: tool ?? null, parameters: parameters ?? null },
      host,
    };
  if (stage === 'POST_TOOL')
    return { stage, role: 'tool', content: { toolId: tool ?? null, response: text ?? null }, host };
  return { stage, role: role ?? (stage === 'PRE_MODEL' ? 'user' : 'model'), content: { text: text ?? null }, host };
}

/** Judges the rows of a file below `corpus/`. */
export async function judgeCorpus(harness: PolicyHarness, name: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const row of readCorpus(name)) {
    // A run of its own for each row, so that no row is judged by what came before it.
    const trajectoryId = `${name}-${rows.length}`;
    await harness.initialize({ trajectoryId });
    const { decision, policies } = await harness.adjudicateJson(eventOf(row));
    await harness.finalize(trajectoryId);
    const topic = row['intent'] ?? row['kind'];
    rows.push({ json: row, topic: String(topic), decision, policies: policies.map(({ id }) => id) });
  }
  return rows;
}

export const isStopped = ({ decision }: Row): boolean => decision !== 'ALLOW';

/** Notes the share of a file that was stopped, and which rows were judged wrongly. */
export function note(name: string, rows: readonly Row[], wrong: readonly Row[]): void {
  const stopped = rows.filter(isStopped).length;
  const share = ((100 * stopped) / rows.length).toFixed(2);
  report.push(
    `${name.padEnd(28)} ${String(stopped).padStart(4)} of ${String(rows.length).padStart(4)} stopped  ${share.padStart(6)} %`,
  );
  for (const topic of new Set(wrong.map((row) => row.topic))) {
    const all = rows.filter((row) => row.topic === topic).length;
    report.push(`    wrong: ${wrong.filter((row) => row.topic === topic).length} of ${all} in "${topic}"`);
  }
  if (showMisses === undefined || !name.endsWith(showMisses)) return;
  for (const row of wrong)
    report.push(`    ${row.decision} ${JSON.stringify(subject(row.json))} ${row.policies.join(' ')}`);
}

/** What a person looks at first in a row. */
function subject(row: JsonObject): JsonValue {
  const { intent: _intent, way: _way, kind: _kind, group: _group, ...rest } = row;
  const { parameters } = rest;
  return isJsonObject(parameters) && rest['tool'] === 'Bash' ? (parameters['command'] ?? null) : rest;
}

/** `npm run facts:corpus` shows the figures; DEODAR_MISSES=tuned or held-out shows the rows of that part that fail. */
export function printNotes(): void {
  process.stdout.write(`\n${report.splice(0).join('\n')}\n`);
}
