import type { ActionConstraint } from '../ast/policy.js';
import type { ActionClass, ActionTest, Subject } from './index-types.js';
import type { Subjects } from './subject.js';

const ANY: ActionTest = { kind: 'any', actions: [] };

/** Makes the test of a scope; takes part in the mentions of its actions. */
export function actionTestOf(constraint: ActionConstraint, subjects: Subjects): ActionTest {
  switch (constraint.kind) {
    case 'any':
      return ANY;
    case 'equal':
    case 'in':
      return { kind: constraint.kind, actions: [subjects.mention(constraint.action.uid)] };
    case 'in-list':
      return { kind: 'in-list', actions: constraint.actions.map(({ uid }) => subjects.mention(uid)) };
  }
}

export function appliesTo({ kind, actions }: ActionTest, { self, above }: ActionClass): boolean {
  switch (kind) {
    case 'any':
      return true;
    case 'equal':
      return actions[0] === self;
    case 'in':
    case 'in-list':
      return actions.some((action) => action === self || above.includes(action));
  }
}

/** More classes than this are not told apart; only requests that bring their own action entities could make them. */
const MOST_CLASSES = 4096;

/** The classes of actions that were met so far. */
export class ActionClasses {
  private readonly numbers = new Map<string, number>([['|', 0]]);
  /** The class of all actions that no scope names and that are in none that one names. */
  private readonly none: ActionClass = { number: 0, self: undefined, above: [] };
  private nameCount = 0;
  private readonly names = new WeakMap<Subject, number>();

  /** The class of an action; `self` only when a scope names it. */
  classOf(self: Subject | undefined, above: readonly Subject[]): ActionClass {
    if (self === undefined && above.length === 0) return this.none;
    const mentioned = self !== undefined && self.mentions > 0 ? self : undefined;
    const names = above.map((subject) => this.nameOf(subject)).sort((a, b) => a - b);
    const key = `${mentioned === undefined ? '' : this.nameOf(mentioned)}|${names.join()}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.numbers.size < MOST_CLASSES ? this.numbers.size : -1;
      if (number >= 0) this.numbers.set(key, number);
    }
    return { number, self: mentioned, above };
  }

  private nameOf(subject: Subject): number {
    const known = this.names.get(subject);
    if (known !== undefined) return known;
    const name = this.nameCount++;
    this.names.set(subject, name);
    return name;
  }
}
