import { TRUE } from './expression-type.js';
import { type PolicyTest, typeTest } from './policy-tests.js';
import { conjunction } from './type-logic.js';
import { type Answer, answer, type Typing } from './typing.js';

/**
 * Types the tests of a policy as `a && (b && (c && ..))`: each with what those before it guarantee, none after one that
 * is always false. What the whole guarantees nobody asks.
 */
export function typeCondition(tests: readonly PolicyTest[], typing: Typing): Answer {
  const answers: Answer[] = [];
  for (const test of tests) {
    const found = typeTest(test, typing);
    answers.push(found);
    if (found.type?.kind === 'false') break;
    typing.known.enter(found.grants);
  }
  for (const { type, grants } of answers) if (type?.kind !== 'false') typing.known.leave(grants);
  let result = answers.pop();
  if (result === undefined) return answer(TRUE, true);
  for (let left = answers.pop(); left !== undefined; left = answers.pop()) {
    const { type, ok } = conjunction(left, result);
    result = answer(type, ok);
  }
  return result;
}
