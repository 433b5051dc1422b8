import { printExtensionValue } from '../../src/extensions/print-extension-value.js';
import type { Value } from '../../src/values/value.js';
import { call, isExtensionValue, isFailure } from './cedar-values.js';
import { judge, literal, type Verdict } from './oracle.js';

/** What we answer for a call, as Cedar text, or the error that the official engine reports for it. */
export interface Answer {
  readonly expression: string;
  readonly expected: string | Verdict;
}

/** Our answer for a call, beside the expression that makes the same call. */
export function answerOf(name: string, expression: string, args: readonly Value[]): Answer {
  const result = call(name, ...args);
  if (isFailure(result)) {
    const extension = name === 'ip' ? 'ipaddr' : name;
    const message = `error while evaluating \`${extension}\` extension function: ${result.message}`;
    return { expression, expected: { kind: 'error', message, help: result.help } };
  }
  return { expression, expected: isExtensionValue(result) ? printExtensionValue(result) : String(result) };
}

/** The first few answers that the official engine does not give. */
export function disagreements(answers: readonly Answer[]): readonly unknown[] {
  const conditions = answers.map(({ expression, expected }) => {
    return `${expression} == ${typeof expected === 'string' ? expected : '0'}`;
  });
  const verdicts = judge(conditions);
  const wrong = answers.flatMap((answer, index) => {
    const verdict = verdicts[index];
    const wanted: Verdict = typeof answer.expected === 'string' ? { kind: 'holds', holds: true } : answer.expected;
    return JSON.stringify(verdict) === JSON.stringify(wanted) ? [] : [{ ...answer, verdict }];
  });
  return wrong.slice(0, 5);
}

/** As `disagreements`, for the constructor of a type called with each of some texts. */
export function literalDisagreements(name: string, texts: readonly string[]): readonly unknown[] {
  return disagreements(texts.map((text) => answerOf(name, `${name}(${literal(text)})`, [text])));
}
