import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimStep, type Step } from '../../src/cli/session-log.js';
import { Decision } from '../../src/harness/adjudication.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deodar-session-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const step = (call: string | undefined, more: Partial<Step> = {}): Step => ({
  stage: 'PRE_TOOL',
  callId: call,
  parent: undefined,
  event: `event ${call}`,
  labels: [],
  ...more,
});
const claim = (given: Step, session = 's') => claimStep(folder, session, given);
const fileOf = () => join(folder, readdirSync(folder)[0] ?? '');
const summary = ({ steps, toolCalls, labels, callStatus }: ReturnType<typeof claim>) => ({
  steps,
  toolCalls,
  labels: [...labels],
  callStatus,
});

/** Every file that an interrupted write leaves of one that `work` appended to, from a byte of it on. */
function* interrupted(work: () => void): Generator<{ readonly file: string; readonly left: string }> {
  const before = readdirSync(folder).length === 0 ? Buffer.alloc(0) : readFileSync(fileOf());
  work();
  const file = fileOf();
  const after = readFileSync(file);
  for (let size = before.length + 1; size < after.length; size++) {
    writeFileSync(file, after.subarray(0, size));
    yield { file, left: after.toString('utf8', before.length, size) };
  }
}

describe('a line of a session that was not written to the end', () => {
  it('counts as a step and a call at whatever byte it ends, and is told once', () => {
    claim(step('a')).settle(Decision.ALLOW);
    for (const { file, left } of interrupted(() => claim(step('b')))) {
      const next = claim(step('c'));
      // Nothing is left of a step but that it may have been one; of a whole line only the line break is missing.
      const steps = left === '\n' ? 1 : 2;
      expect(summary(next), left).toEqual({ steps, toolCalls: steps, labels: [], callStatus: undefined });
      const isPart = left !== '\n' && !left.endsWith('}');
      expect(next.note, left).toEqual(isPart ? expect.stringContaining(file) : undefined);
      next.settle(Decision.ALLOW);
      const after = claim(step('c', { stage: 'POST_TOOL' }));
      expect({ note: after.note, callStatus: after.callStatus }, left).toEqual({ note: undefined, callStatus: 'open' });
      expect(after.steps).toBe(steps + 1);
      expect(claim(step('a', { stage: 'POST_TOOL' })).callStatus, left).toBe('open');
    }
  });

  it('has the result of a call that may be lost with it taken for that of a denied one', () => {
    claim(step('a'));
    for (const { left } of interrupted(() => claim(step('b')))) {
      const status = claim(step('b', { stage: 'POST_TOOL' })).callStatus;
      expect(status, left).toBe(left === '\n' ? undefined : 'denied');
    }
  });

  it('leaves a call denied whose answer was cut', () => {
    const { settle } = claim(step('a'));
    for (const { left } of interrupted(() => settle(Decision.ALLOW))) {
      const { callStatus, steps } = claim(step('a', { stage: 'POST_TOOL' }));
      expect(callStatus, left).toBe(left.endsWith('}') ? 'open' : 'denied');
      // Only the first two bytes could be of a step as well.
      expect(steps, left).toBe(left === '\n{' || left === '\n{"' ? 2 : 1);
    }
  });

  it('keeps the labels of it, and lets nothing pass where they are lost', () => {
    claim(step('a'));
    const labels = ['ta"]inted', 'ä\\", \u0085'];
    let kept = 0;
    for (const { file, left } of interrupted(() => claim(step('b', { labels })))) {
      const next = () => [...claim(step('c')).labels];
      const subAgent = () => [...claim(step('d', { parent: 's' }), 'sub').labels];
      if (left === '\n') {
        expect(next()).toEqual([]);
      } else if (left.includes('],"id"') || /\\u0085"\]|\u0085"\]/.test(left)) {
        kept++;
        expect(subAgent(), left).toEqual(labels);
        expect(next(), left).toEqual(labels);
        expect(next(), left).toEqual(labels);
      } else {
        const lost = new RegExp(`^${file.replaceAll('.', '\\.')}:\\d+: .*the labels of the session are lost`);
        expect(subAgent, left).toThrow(lost);
        expect(next, left).toThrow(lost);
        expect(next, left).toThrow(lost);
      }
    }
    expect(kept).toBeGreaterThan(100);
  });

  it('can be the first of a session, and several can follow one another', () => {
    for (const { left } of interrupted(() => claim(step('a')))) {
      const file = fileOf();
      const parts = left === '\n' ? 0 : 1;
      expect(claim(step('b')).steps, left).toBe(parts);
      // Disks stay full: each process leaves a part of what it wrote.
      for (const cut of [2, 40, 2]) truncateSync(file, readFileSync(file).length - cut);
      claim(step('c'));
      truncateSync(file, readFileSync(file).length - 30);
      const { steps, note } = claim(step('d'));
      expect(steps, left).toBe(parts + 2);
      expect(note, left).toContain('was not written to the end');
    }
  });
});

describe('anything else that is wrong with the file of a session', () => {
  it('blocks where a line was cut that had been written to the end', () => {
    for (const call of ['a', 'b', 'c']) claim(step(call)).settle(Decision.ALLOW);
    const file = fileOf();
    const text = readFileSync(file, 'utf8');
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (line === '') continue;
      for (const changed of [line.slice(0, -1), line.slice(1), `${line}x`, line.slice(0, 12), `${line}${line}`]) {
        writeFileSync(file, lines.with(index, changed).join('\n'));
        expect(() => claim(step('d')), changed).toThrow(
          `${file}:${index + 1}: this line of the state file is broken: remove the file to begin anew`,
        );
      }
    }
  });

  it.each(['\u0000'.repeat(100), 'text', '{"id":"\u0000', '{"id":7', '\ufffd'])(
    'blocks at the unfinished line %j',
    (line) => {
      claim(step('a'));
      writeFileSync(fileOf(), line, { flag: 'a' });
      expect(() => claim(step('b'))).toThrow('is broken: remove the file to begin anew');
    },
  );

  it('goes on with files in which each line was only ended', () => {
    claim(step('a')).settle(Decision.ALLOW);
    writeFileSync(fileOf(), readFileSync(fileOf(), 'utf8').replaceAll('\n\n', '\n').trimStart());
    expect(claim(step('a', { stage: 'POST_TOOL' })).callStatus).toBe('open');
  });
});
