import { randomUUID } from 'node:crypto';
import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';
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
  /** What has to be said of the step just before: that only a part of it was written. */
  readonly note: string | undefined;
  /** Records the answer; a call without one counts as denied. */
  readonly settle: (decision: Decision) => void;
}

/**
 * Takes the next place in a session. Each session is a file of JSON lines that processes only append to, one write for
 * each line, so that tools that run at the same time need no lock and a process that dies leaves none behind: the order
 * of the lines is the order of the steps. The same event again, as from two installed hooks, is the same step. Throws
 * when the file cannot be written or holds a line that is none of its own.
 *
 * Where a process was killed or a disk was full, a line may be unfinished. Each write begins with a line break, so that
 * nobody's line is lost with it, and what is left of it counts as a step and as a call of which nothing is known: the
 * process that wrote it blocked its event. Labels stand first in a line, so that whoever reads knows whether some are
 * lost; then this throws.
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
    labels: step.labels,
  };
  append(file, textOf(own));
  // What stands behind the last line break may be in the middle of being written.
  const records = recordsIn(file, [...linesOf(file).slice(0, -1), '']);
  const end = records.findIndex((record) => 'stage' in record && record.id === id);
  if (end < 0) throw new Error(`the state file ${file} lost a line: is something else writing to it?`);
  const claims = records.slice(0, end).filter(isClaim);
  const parent = step.parent === undefined ? undefined : fileOf(step.parent);
  const inherited =
    parent !== undefined && existsSync(parent) ? recordsIn(parent, linesOf(parent)).filter(isClaim) : [];
  const repeated = call === undefined ? -1 : claims.findIndex((claim) => claim.call === call && sameEvent(claim, own));
  const before = repeated < 0 ? claims : claims.slice(0, repeated);
  const last = records[end - 1];
  return {
    steps: before.length,
    toolCalls: before.filter(({ stage }) => stage === 'PRE_TOOL' || stage === UNKNOWN).length,
    labels: new Set([...inherited, ...claims, own].flatMap((claim) => claim.labels)),
    callStatus: call === undefined ? undefined : statusOf(call, step.stage, before, records),
    note: last !== undefined && isClaim(last) && last.stage === UNKNOWN ? noteOf(file) : undefined,
    settle: (decision) => append(file, textOf({ id, decision })),
  };
}

interface ClaimRecord {
  readonly id: string;
  readonly stage: string;
  readonly event: string;
  readonly call?: string;
  readonly labels: readonly string[];
}

/** The stage of a step of which only a part was written. */
const UNKNOWN = '';

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

function statusOf(
  call: string,
  stage: Stage,
  before: readonly ClaimRecord[],
  records: readonly (ClaimRecord | AnswerRecord)[],
): Claim['callStatus'] {
  const about = before.filter((claim) => claim.call === call);
  if (about.some((claim) => claim.stage === 'POST_TOOL')) return 'answered';
  const asked = about.filter((claim) => claim.stage === 'PRE_TOOL');
  if (asked.length === 0) {
    // A step that is lost may have been this call, which was blocked then.
    return stage === 'POST_TOOL' && before.some((claim) => claim.stage === UNKNOWN) ? 'denied' : undefined;
  }
  const answers = new Map(records.flatMap((record) => ('decision' in record ? [[record.id, record.decision]] : [])));
  return asked.every(({ id }) => answers.get(id) === 'ALLOW' || answers.get(id) === 'ESCALATE') ? 'open' : 'denied';
}

function noteOf(file: string): string {
  return `the step before this one was not written to the end, in ${file}; it counts as a call that was denied`;
}

/** How the lines of records begin: of a claim with labels, of one without, of an answer. */
const LABELLED = ' {"labels":[';
const BEGINS: readonly string[] = [LABELLED, '{"id":"', '{"decision":"'];

function textOf(record: ClaimRecord | AnswerRecord): string {
  if ('decision' in record) return JSON.stringify({ decision: record.decision, id: record.id });
  const { labels, ...rest } = record;
  return labels.length === 0 ? JSON.stringify(rest) : ` ${JSON.stringify({ labels, ...rest })}`;
}

function append(file: string, line: string): void {
  const { O_WRONLY, O_APPEND, O_CREAT } = constants;
  const bytes = Buffer.from(`\n${line}\n`, 'utf8');
  withFile(file, O_WRONLY | O_APPEND | O_CREAT, (descriptor) => {
    try {
      // The rest of it could come behind what another process wrote.
      if (writeSync(descriptor, bytes) < bytes.length) throw new Error('the disk is full');
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`the state file ${file} cannot be written: ${why}`, { cause: error });
    }
  });
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

function linesOf(file: string): readonly string[] {
  return withFile(file, constants.O_RDONLY, (descriptor) => readFileSync(descriptor, 'utf8')).split('\n');
}

function recordsIn(file: string, lines: readonly string[]): readonly (ClaimRecord | AnswerRecord)[] {
  return lines.flatMap((line, index): readonly (ClaimRecord | AnswerRecord)[] => {
    if (line === '') return [];
    const record = readRecord(line);
    if (record !== undefined) return [record];
    // Behind what was written to the end there are two line breaks: its own, and that of the next.
    if (lines[index + 1] === '' || !BEGINS.some((begin) => isBegun(line, begin)))
      throw new Error(`${file}:${index + 1}: this line of the state file is broken: remove the file to begin anew`);
    return leftOf(line, `${file}:${index + 1}`);
  });
}

function isBegun(line: string, begin: string): boolean {
  // JSON as it is written here has no control characters.
  return begin.startsWith(line.slice(0, begin.length)) && !/[^ -\uffff]/.test(line);
}

/** What a line says of which only a part was written. */
function leftOf(line: string, place: string): readonly ClaimRecord[] {
  if (line.startsWith('{"d')) return [];
  const unknown = { id: '', stage: UNKNOWN, event: '' };
  if (!line.startsWith(' ')) return [{ ...unknown, labels: [] }];
  const text = /^ \{"labels":(\["(?:[^"\\]|\\.)*"(?:,"(?:[^"\\]|\\.)*")*\])/.exec(line)?.[1];
  const labels = text === undefined ? undefined : jsonOf(text);
  if (!isTextList(labels))
    throw new Error(
      `${place}: this line of the state file was not written to the end, and the labels of the session are lost with it: begin a new session, or remove the file to begin anew without labels`,
    );
  return [{ ...unknown, labels }];
}

function readRecord(line: string): ClaimRecord | AnswerRecord | undefined {
  const value = jsonOf(line);
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return undefined;
  const { id } = value;
  if ('decision' in value) return typeof value.decision === 'string' ? { id, decision: value.decision } : undefined;
  if (!('stage' in value) || !('event' in value)) return undefined;
  const { stage, event } = value;
  if (stage === UNKNOWN) return undefined;
  const call = 'call' in value ? value.call : undefined;
  const labels = 'labels' in value ? value.labels : [];
  if (typeof stage !== 'string' || typeof event !== 'string' || !isTextList(labels)) return undefined;
  if (call !== undefined && typeof call !== 'string') return undefined;
  return { id, stage, event, labels, ...(call === undefined ? {} : { call }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}
