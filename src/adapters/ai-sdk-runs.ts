import type { PolicyHarness } from '../harness/policy-harness.js';

/** What ends a trajectory with the last of the calls that are under way in it: their results are still judged. */
export class RunsUnderWay {
  private readonly harness: PolicyHarness;
  private readonly runs = new Map<string, { calls: number; ends: boolean }>();

  constructor(harness: PolicyHarness) {
    this.harness = harness;
  }

  /** Whether no further call may be made: the run ends with those that are under way, or has ended. */
  isOver(id: string): boolean {
    return this.runs.get(id)?.ends === true || this.harness.trajectory(id)?.status !== 'open';
  }

  begin(id: string): void {
    const run = this.runs.get(id);
    if (run === undefined) this.runs.set(id, { calls: 1, ends: false });
    else run.calls++;
  }

  end(id: string): void {
    const run = this.runs.get(id);
    if (run !== undefined) run.ends = true;
  }

  async finish(id: string): Promise<void> {
    const run = this.runs.get(id);
    if (run === undefined || --run.calls > 0) return;
    this.runs.delete(id);
    if (run.ends && this.harness.trajectory(id)?.status === 'open') await this.harness.finalize(id);
  }
}

const allRuns = new WeakMap<PolicyHarness, RunsUnderWay>();

/** One for all maps of a harness: they may be tools of one trajectory. */
export function runsOf(harness: PolicyHarness): RunsUnderWay {
  const known = allRuns.get(harness);
  if (known !== undefined) return known;
  const runs = new RunsUnderWay(harness);
  allRuns.set(harness, runs);
  return runs;
}
