import { PERSON_NUMBERS } from './person-numbers-table.js';
import { foldText } from './view.js';

/**
 * What numbers of persons are called, in all spellings, each with the places in the table of what goes by it. The build
 * puts what this answers in its place where a process ends after a moment.
 */
export function numberLabels(): readonly (readonly [label: string, places: readonly number[]])[] {
  const labels = new Map<string, number[]>();
  for (const [place, one] of PERSON_NUMBERS.entries())
    for (const label of new Set(one.labels.split('|').flatMap(spellings)))
      labels.set(label, [...(labels.get(label) ?? []), place]);
  return [...labels];
}

/** `tc kimlik` is also written `tc_kimlik`, `tc-kimlik` and `tckimlik`; what looks like a Latin letter depends on the case. */
function spellings(label: string): readonly string[] {
  const cases = new Map(
    [label, label.toUpperCase(), label.charAt(0).toUpperCase() + label.slice(1)].map((one) => [
      foldText(one).toLowerCase(),
      one,
    ]),
  );
  return [...cases.values()].flatMap((one) =>
    one.includes(' ') ? [' ', '_', '-', ''].map((mark) => one.replaceAll(' ', mark)) : one,
  );
}
