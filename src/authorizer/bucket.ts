import type { LikePatterns } from '../compiler/like-pattern.js';
import { appliesTo } from './action-class.js';
import type { ActionClass, Candidates, Entry, Meeting, PolicyBucket } from './index-types.js';
import { groupByTests } from './test-group.js';

/** Policies whose scope for one variable is the same, or says nothing; in their order. */
export class Bucket implements PolicyBucket {
  private entries: Entry[] = [];
  private readonly same: (Candidates | undefined)[] = [];
  private readonly below: (Candidates | undefined)[] = [];
  /** Whether a uid below the one of the bucket meets a policy. */
  private readonly meetsBelow: (entry: Entry) => boolean;
  private readonly patterns: LikePatterns;

  constructor(patterns: LikePatterns, meetsBelow: (entry: Entry) => boolean) {
    this.patterns = patterns;
    this.meetsBelow = meetsBelow;
  }

  get size(): number {
    return this.entries.length;
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    this.forget();
  }

  remove(entry: Entry): void {
    this.entries = this.entries.filter((other) => other !== entry);
    this.forget();
  }

  private forget(): void {
    this.same.length = 0;
    this.below.length = 0;
  }

  candidates(action: ActionClass, meeting: Meeting): Candidates | undefined {
    const known = meeting === 'same' ? this.same : this.below;
    const found = known[action.number] ?? this.select(action, meeting);
    if (action.number >= 0) known[action.number] = found;
    return found.entries.length === 0 && found.groups.length === 0 ? undefined : found;
  }

  private select(action: ActionClass, meeting: Meeting): Candidates {
    const applies = this.entries.filter(
      (entry) => appliesTo(entry.action, action) && (meeting === 'same' || this.meetsBelow(entry)),
    );
    const { rest, groups } = groupByTests(
      applies.length === this.entries.length ? this.entries : applies,
      this.patterns,
    );
    return { entries: rest, groups, fused: undefined, uses: 0 };
  }
}
