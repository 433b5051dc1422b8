import type { EvaluationError } from '../evaluator/evaluation-error.js';
import { Code, js, makeFunction } from './code.js';
import type { ConditionCode } from './emit-conditions.js';
import type { Frame } from './frame.js';

/** Conditions of a policy: their code, and what evaluates them where the code cannot say what the outcome is. */
export interface FusedConditions {
  readonly code: ConditionCode;
  readonly constants: readonly unknown[];
  readonly defer: (frame: Frame) => boolean | EvaluationError;
}

/** Hands every outcome that is not false to the function that it was made with, in the order of the list. */
export type FusedTest<Found> = (frame: Frame, found: Found) => void;

/**
 * One function that evaluates the conditions of a few policies in turn: the host's compiler sees which code is called and
 * puts it in place. Undefined conditions always hold. Undefined where the host cannot make the function.
 */
export function fuseConditions<Entry, Found>(
  list: readonly (readonly [entry: Entry, conditions: FusedConditions | undefined])[],
  note: (entry: Entry, outcome: true | EvaluationError, found: Found) => void,
  counts: { generated: number },
): FusedTest<Found> | undefined {
  const scope: Record<string, unknown> = { note, counts };
  const lines = list.map(([entry, conditions], i) => {
    scope[`entry${i}`] = entry;
    if (conditions === undefined) return js`note(entry${i}, true, found);`;
    scope[`code${i}`] = conditions.code;
    scope[`constants${i}`] = conditions.constants;
    scope[`defer${i}`] = conditions.defer;
    return js`o = code${i}(f, constants${i});
if (o === undefined) o = defer${i}(f);
else counts.generated++;
if (o !== false) note(entry${i}, o, found);`;
  });
  const made = makeFunction(js`f, found`, Code.join([js`let o;`, ...lines], '\n'), scope);
  return isTest<Found>(made) ? made : undefined;
}

function isTest<Found>(made: unknown): made is FusedTest<Found> {
  return typeof made === 'function';
}
