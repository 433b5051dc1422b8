import { randomUUID } from 'node:crypto';
import { appendFileSync, closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import type { Decision } from '../harness/adjudication.js';
import type { Stage } from '../harness/event.js';
import { sha256 } from '../ledger/sha256.js';

/** What a process is about to judge. */
export interface Step {
  readonly stage: Stage;
  readonly callId: string | undefined;
  /** Session whose labels this one carries too, as a sub-agent does. */
  readonly parent: string | undefined;
  /** Text that two events share only when they are the same. */
  readonly event: string;
  /** Labels that the session carries from here on. */
  readonly labels: readonly string[];
}

/** A place in the order of a session's steps, with what the steps before it left. */
export interface Claim {
  readonly steps: number;
  readonly toolCalls: number;
  readonly labels: ReadonlySet<string>;
  /** What became of the call before this step; undefined when no step was about it. */
  readonly callStatus: 'open' | 'denied' | 'answered' | undefined;
  /** Records the answer; a call without one counts as denied. */
  readonly settle: (decision: Decision) => void;
}

/**
 * Takes the next place in a session. Each session is a file of JSON lines that processes only append to, one write for
 * each line, so that tools that run at the same time need no lock and a process that dies leaves none behind: the order
 * of the lines is the order of the steps. The same event again, as from two installed hooks, is the same step. Throws
 * when the file cannot be written or holds a line that is none of its own.
 */
export function claimStep(folder: string, session: string, step: Step): Claim {
  makeFolder(folder, 0o700);
  // Ids come from outside: a hash is a file name whatever they hold.
  const fileOf = (name: string): string => join(folder, `${sha256(name)}.jsonl`);
  const file = fileOf(session);
  const id = randomUUID();
  const call = step.callId === undefined ? undefined : sha256(step.callId);
  const own: ClaimRecord = {
    id,
    stage: step.stage,
    event: sha256(step.event),
    ...(call === undefined ? {} : { call }),
    ...(step.labels.length === 0 ? {} : { labels: step.labels }),
  };
  append(file, own);
  const records = readRecords(file);
  const end = records.findIndex((record) => 'stage' in record && record.id === id);
  if (end < 0) throw new Error(`the state file ${file} lost a line: is something else writing to it?`);
  const claims = records.slice(0, end).filter(isClaim);
  const inherited =
    step.parent !== undefined && existsSync(fileOf(step.parent))
      ? readRecords(fileOf(step.parent)).filter(isClaim)
      : [];
  const repeated = call === undefined ? -1 : claims.findIndex((claim) => claim.call === call && sameEvent(claim, own));
  const before = repeated < 0 ? claims : claims.slice(0, repeated);
  return {
    steps: before.length,
    toolCalls: before.filter((claim) => claim.stage === 'PRE_TOOL').length,
    labels: new Set([...inherited, ...claims, own].flatMap((claim) => claim.labels ?? [])),
    callStatus: call === undefined ? undefined : statusOf(call, before, records),
    settle: (decision) => append(file, { id, decision }),
  };
}

interface ClaimRecord {
  readonly id: string;
  readonly stage: string;
  readonly event: string;
  readonly call?: string;
  readonly labels?: readonly string[];
}

interface AnswerRecord {
  readonly id: string;
  readonly decision: string;
}

function isClaim(record: ClaimRecord | AnswerRecord): record is ClaimRecord {
  return 'stage' in record;
}

function sameEvent(a: ClaimRecord, b: ClaimRecord): boolean {
  return a.stage === b.stage && a.event === b.event;
}

function statusOf(call: string, before: readonly ClaimRecord[], records: readonly (ClaimRecord | AnswerRecord)[]) {
  const about = before.filter((claim) => claim.call === call);
  if (about.some((claim) => claim.stage === 'POST_TOOL')) return 'answered';
  const asked = about.filter((claim) => claim.stage === 'PRE_TOOL');
  if (asked.length === 0) return undefined;
  const answers = new Map(records.flatMap((record) => ('decision' in record ? [[record.id, record.decision]] : [])));
  return asked.every(({ id }) => answers.get(id) === 'ALLOW' || answers.get(id) === 'ESCALATE') ? 'open' : 'denied';
}

function append(file: string, record: ClaimRecord | AnswerRecord): void {
  const { O_WRONLY, O_APPEND, O_CREAT } = constants;
  withFile(file, O_WRONLY | O_APPEND | O_CREAT, (descriptor) =>
    appendFileSync(descriptor, `${JSON.stringify(record)}\n`),
  );
}

/** A pipe in the place of the file would have this process wait for ever, and a link would have it write elsewhere. */
function withFile<T>(file: string, flags: number, work: (descriptor: number) => T): T {
  const descriptor = openSync(file, flags | constants.O_NONBLOCK | constants.O_NOFOLLOW, 0o600);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error(`the state file ${file} is no file: remove it to begin anew`);
    return work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readRecords(file: string): readonly (ClaimRecord | AnswerRecord)[] {
  const lines = withFile(file, constants.O_RDONLY, (descriptor) => readFileSync(descriptor, 'utf8')).split('\n');
  lines.pop();
  return lines.map((line, index) => {
    const record = readRecord(line);
    if (record === undefined)
      throw new Error(`${file}:${index + 1}: this line of the state file is broken: remove the file to begin anew`);
    return record;
  });
}

function readRecord(line: string): ClaimRecord | AnswerRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return undefined;
  const { id } = value;
  if ('decision' in value) return typeof value.decision === 'string' ? { id, decision: value.decision } : undefined;
  if (!('stage' in value) || !('event' in value)) return undefined;
  const { stage, event } = value;
  const call = 'call' in value ? value.call : undefined;
  const labels = 'labels' in value ? value.labels : [];
  if (typeof stage !== 'string' || typeof event !== 'string' || !isTextList(labels)) return undefined;
  if (call !== undefined && typeof call !== 'string') return undefined;
  return { id, stage, event, labels, ...(call === undefined ? {} : { call }) };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}
