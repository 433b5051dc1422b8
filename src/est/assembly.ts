import type { Expr } from '../ast/expression.js';
import type { JsonValue } from '../json/json-value.js';
import type { Place, Reading } from './reading.js';

/** A piece of JSON that is to become an expression; undefined where a field is missing, which was reported already. */
export interface Task {
  readonly json: JsonValue | undefined;
  readonly place: Place;
  readonly expand: Expand;
}

/** Looks at one level of JSON; undefined when that level is wrong, which it has reported. */
export type Expand = (reading: Reading, json: JsonValue, place: Place) => Expansion | undefined;

export interface Expansion {
  readonly children: readonly Task[];
  /** Makes the expression; each call of `next` gives the expression of the next child. */
  readonly build: (next: () => Expr) => Expr;
}

export function leaf(expr: Expr): Expansion {
  return { children: [], build: () => expr };
}

/**
 * Reads an expression of any depth without recursion: first every level is looked at, outer before inner and left
 * before right, so that problems come in the order of the JSON; then the expressions are made from the inside out.
 */
export function assemble(reading: Reading, root: Task): Expr | undefined {
  const errorsBefore = reading.errors;
  const expansions: Expansion[] = [];
  const pending = [root];
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    if (task.json === undefined) continue;
    const expansion = task.expand(reading, task.json, task.place);
    if (expansion === undefined) continue;
    expansions.push(expansion);
    for (let i = expansion.children.length - 1; i >= 0; i--) {
      const child = expansion.children[i];
      if (child !== undefined) pending.push(child);
    }
  }
  return reading.errors > errorsBefore ? undefined : build(expansions);
}

function build(expansions: readonly Expansion[]): Expr | undefined {
  const made: Expr[] = [];
  const next = (): Expr => {
    const expr = made.pop();
    if (expr === undefined) throw new Error('an expression was read with fewer parts than it has');
    return expr;
  };
  for (let i = expansions.length - 1; i >= 0; i--) {
    const expr = expansions[i]?.build(next);
    if (expr !== undefined) made.push(expr);
  }
  return made.pop();
}
