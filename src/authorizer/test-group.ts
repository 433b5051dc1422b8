import type { Frame } from '../compiler/frame.js';
import {
  FEW_PATTERNS,
  isLike,
  type LikePattern,
  type LikePatterns,
  type PatternScan,
} from '../compiler/like-pattern.js';
import { UidMap } from '../entities/uid-map.js';
import { setContains } from '../values/equality.js';
import { fieldOf, SoughtName } from '../values/field-list.js';
import type { SetValue, Value } from '../values/value.js';
import { type FirstTest, firstTests, type Literal } from './first-tests.js';
import type { Entry, PolicyGroup } from './index-types.js';

/** Positions in the list of a group. */
type Members = readonly number[];

/** Collects members, each once. */
class Collected {
  /** Those of the last pass come first; the list is as long as it ever was. */
  readonly entries: Entry[] = [];
  count = 0;
  private readonly all: readonly Entry[];
  private readonly passes: Float64Array;
  private pass = 0;

  constructor(all: readonly Entry[]) {
    this.all = all;
    this.passes = new Float64Array(all.length);
  }

  begin(): void {
    this.pass++;
    this.count = 0;
  }

  add(members: Members): void {
    const { all, passes, pass, entries } = this;
    for (let i = 0; i < members.length; i++) {
      const member = members[i] ?? 0;
      if (passes[member] === pass) continue;
      passes[member] = pass;
      const entry = all[member];
      if (entry !== undefined) entries[this.count++] = entry;
    }
  }
}

/** Members by the literal that they compare with. */
class MembersByLiteral {
  private readonly literals: Literal[] = [];
  private readonly byValue = new Map<Value, number[]>();
  private readonly byUid = new UidMap<number[]>();

  add(literal: Literal, member: number): void {
    const found = this.of(literal);
    if (found !== undefined) return addOnce(found, member);
    this.literals.push(literal);
    if (typeof literal === 'object') this.byUid.set(literal, [member]);
    else this.byValue.set(literal, [member]);
  }

  private of(value: Value): number[] | undefined {
    if (typeof value !== 'object') return this.byValue.get(value);
    return value.kind === 'entity' ? this.byUid.get(value) : undefined;
  }

  /** Collects the members whose literal a value is. */
  collectEqual(value: Value, collected: Collected): void {
    const members = this.of(value);
    if (members !== undefined) collected.add(members);
  }

  /** Collects the members whose literal is in a set. */
  collectElements(set: SetValue, collected: Collected): void {
    const { elements } = set;
    // Only the smaller side is walked: entities have sets of any size, and large ones know what is in them.
    const isLarge = elements.length > this.literals.length;
    const values: readonly Value[] = isLarge ? this.literals : elements;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value !== undefined && (!isLarge || setContains(set, value))) this.collectEqual(value, collected);
    }
  }
}

/** Members that ask for a set, by what they ask of it. */
class SetTests {
  readonly all: number[] = [];
  readonly whenEmpty: number[] = [];
  readonly whenNotEmpty: number[] = [];
  readonly byElement = new MembersByLiteral();

  collect(value: Value, collected: Collected): void {
    if (typeof value !== 'object' || value.kind !== 'set') return collected.add(this.all);
    if (value.elements.length === 0) return collected.add(this.whenEmpty);
    collected.add(this.whenNotEmpty);
    this.byElement.collectElements(value, collected);
  }
}

/** Members that ask for a bool. */
class BoolTests {
  readonly whenTrue: number[] = [];
  readonly whenFalse: number[] = [];

  collect(value: Value, collected: Collected): void {
    if (value !== false) collected.add(this.whenTrue);
    if (value !== true) collected.add(this.whenFalse);
  }
}

/**
 * So many texts, and all where there are few patterns, are left to the policies: looking for all patterns at once takes a
 * while to prepare. Not where the policies would look at more characters than this.
 */
const FIRST_TEXTS = 32;
const MOST_CHARACTERS = 1_000_000;

/** Members that ask for a text like a pattern. */
class LikeTests {
  readonly all: number[] = [];
  private readonly byPattern = new Map<number, { readonly like: LikePattern; readonly members: number[] }>();
  private readonly scan: PatternScan;
  private texts = 0;

  constructor(scan: PatternScan) {
    this.scan = scan;
  }

  add(like: LikePattern, member: number): void {
    addOnce(this.all, member);
    const known = this.byPattern.get(like.number);
    if (known === undefined) this.byPattern.set(like.number, { like, members: [member] });
    else addOnce(known.members, member);
  }

  collect(value: Value, collected: Collected): void {
    const { byPattern } = this;
    if (typeof value !== 'string' || this.isLeft(value)) return collected.add(this.all);
    const isKnown = this.scan.visitPossible(value, (number) => {
      const found = byPattern.get(number);
      if (found !== undefined && isLike(value, found.like)) collected.add(found.members);
    });
    if (!isKnown) collected.add(this.all);
  }

  private isLeft(text: string): boolean {
    const count = this.byPattern.size;
    return count <= FEW_PATTERNS || (this.texts++ < FIRST_TEXTS && text.length * count <= MOST_CHARACTERS);
  }
}

/** What the tests of a group ask of the value of one path, and of its attributes. */
class Probe {
  private readonly attribute: SoughtName;
  private readonly below: Probe[] = [];
  private readonly byAttribute = new Map<string, Probe>();
  /** All members with a test here or below: where there is no value each of them errs by itself. */
  private readonly all: number[] = [];
  private equal: MembersByLiteral | undefined = undefined;
  private sets: SetTests | undefined = undefined;
  private bools: BoolTests | undefined = undefined;
  private likes: LikeTests | undefined = undefined;

  constructor(attribute: string) {
    this.attribute = new SoughtName(attribute);
  }

  add(test: FirstTest, member: number, patterns: LikePatterns): void {
    switch (test.kind) {
      case 'equals':
        this.equal ??= new MembersByLiteral();
        for (const literal of test.literals) this.equal.add(literal, member);
        return;
      case 'has-element':
        this.sets ??= new SetTests();
        addOnce(this.sets.all, member);
        for (const literal of test.literals) this.sets.byElement.add(literal, member);
        return;
      case 'is-empty':
        this.sets ??= new SetTests();
        addOnce(this.sets.all, member);
        return addOnce(test.value ? this.sets.whenEmpty : this.sets.whenNotEmpty, member);
      case 'is':
        this.bools ??= new BoolTests();
        return addOnce(test.value ? this.bools.whenTrue : this.bools.whenFalse, member);
      case 'like': {
        const scan = patterns.of(JSON.stringify(test.path));
        this.likes ??= new LikeTests(scan);
        return this.likes.add(scan.add(test.pattern), member);
      }
    }
  }

  /** The probe of an attribute, which `member` needs. */
  step(attribute: string, member: number): Probe {
    let next = this.at(attribute);
    if (next === undefined) {
      next = new Probe(attribute);
      this.below.push(next);
      this.byAttribute.set(attribute, next);
    }
    addOnce(next.all, member);
    return next;
  }

  at(attribute: string): Probe | undefined {
    return this.byAttribute.get(attribute);
  }

  private read(attributes: ReadonlyMap<string, Value> | undefined): Value | undefined {
    return attributes === undefined ? undefined : fieldOf(attributes, this.attribute);
  }

  visit(value: Value | undefined, frame: Frame, collected: Collected): void {
    if (value === undefined) return collected.add(this.all);
    this.equal?.collectEqual(value, collected);
    this.sets?.collect(value, collected);
    this.bools?.collect(value, collected);
    this.likes?.collect(value, collected);
    const { below } = this;
    if (below.length === 0) return;
    const attributes = attributesOf(value, frame);
    for (let i = 0; i < below.length; i++) {
      const probe = below[i];
      probe?.visit(probe.read(attributes), frame, collected);
    }
  }
}

/** Members come in their order. */
function addOnce(members: number[], member: number): void {
  if (members.at(-1) !== member) members.push(member);
}

function attributesOf(value: Value, frame: Frame): ReadonlyMap<string, Value> | undefined {
  if (typeof value !== 'object') return undefined;
  if (value.kind === 'record') return value.fields;
  if (value.kind !== 'entity') return undefined;
  // Mostly the attributes of these two are asked for, and their entities are at hand.
  if (value === frame.resource) return frame.resourceSubject.entity?.attributes;
  if (value === frame.principal) return frame.principalSubject.entity?.attributes;
  return frame.entities.find(value)?.attributes;
}

/** Policies that are found by the values of the paths which their conditions test first. */
export class TestGroup implements PolicyGroup {
  private readonly principal: Probe | undefined;
  private readonly action: Probe | undefined;
  private readonly resource: Probe | undefined;
  private readonly context: Probe | undefined;
  private readonly collected: Collected;

  constructor(members: readonly (readonly [Entry, readonly FirstTest[]])[], patterns: LikePatterns) {
    this.collected = new Collected(members.map(([entry]) => entry));
    const root = new Probe('');
    for (const [member, [, tests]] of members.entries()) {
      for (const test of tests) {
        let probe = root;
        for (const attribute of test.path) probe = probe.step(attribute, member);
        probe.add(test, member, patterns);
      }
    }
    this.principal = root.at('principal');
    this.action = root.at('action');
    this.resource = root.at('resource');
    this.context = root.at('context');
  }

  get found(): readonly Entry[] {
    return this.collected.entries;
  }

  find(frame: Frame): number {
    const { collected } = this;
    collected.begin();
    this.principal?.visit(frame.principal, frame, collected);
    this.action?.visit(frame.action, frame, collected);
    this.resource?.visit(frame.resource, frame, collected);
    this.context?.visit(frame.context, frame, collected);
    return collected.count;
  }
}

/** A value that fewer policies ask for something is looked at by the policies alone. */
const FEWEST = 3;

/** Fewer policies than this are evaluated one by one. */
const SMALLEST_GROUP = 8;

/** Takes policies apart into those that are found by their first tests and the rest. */
export function groupByTests(
  entries: readonly Entry[],
  patterns: LikePatterns,
): {
  readonly rest: readonly Entry[];
  readonly groups: readonly TestGroup[];
} {
  const ungrouped = { rest: entries, groups: [] };
  if (entries.length < SMALLEST_GROUP) return ungrouped;
  const uses = new Map<string, number>();
  const tested = entries.map((entry) => {
    const tests = firstTests(entry.policy.conditions.written) ?? [];
    const keys = [...new Set(tests.map(({ path }) => JSON.stringify(path.slice(0, Math.max(1, path.length - 1)))))];
    for (const key of keys) uses.set(key, (uses.get(key) ?? 0) + 1);
    return { entry, tests, keys };
  });
  const isFound = ({ tests, keys }: (typeof tested)[number]): boolean =>
    tests.length > 0 && keys.every((key) => (uses.get(key) ?? 0) >= FEWEST);
  const members = tested.filter(isFound);
  if (members.length < SMALLEST_GROUP) return ungrouped;
  return {
    rest: tested.filter((each) => !isFound(each)).map(({ entry }) => entry),
    groups: [
      new TestGroup(
        members.map(({ entry, tests }) => [entry, tests]),
        patterns,
      ),
    ],
  };
}
