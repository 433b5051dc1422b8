import type { PolicySet } from '../ast/policy.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { parsePolicies } from '../parser/parse-policies.js';
import { scanSource } from '../parser/scan.js';
import { createSource, type Source } from '../text/source.js';
import { trimWhiteSpace } from './tokens-with-comments.js';

/**
 * Compares a formatted text with the text it was made from: the policies with their ids, annotations, scopes and
 * conditions, and the comments in their order. Any difference is a fault of the formatter; it is told as a diagnostic,
 * so that nobody replaces a good text by a damaged one.
 */
export function checkFormatted(source: Source, before: PolicySet, formatted: string): readonly Diagnostic[] {
  const after = parsePolicies(createSource(formatted));
  if (!after.ok) return [mismatch(source, 'the formatted text is no policy set any more')];
  const policiesBefore = [...before.policies, ...before.templates];
  const policiesAfter = [...after.value.policies, ...after.value.templates];
  const changed = policiesBefore.findIndex((policy, index) => !isSameData(policy, policiesAfter[index]));
  if (changed >= 0 || policiesAfter.length !== policiesBefore.length) {
    return [mismatch(source, 'formatting would change a policy', policiesBefore[changed]?.span)];
  }
  if (!isSameData(commentsOf(source), commentsOf(createSource(formatted)))) {
    return [mismatch(source, 'formatting would lose or reorder comments')];
  }
  return [];
}

function commentsOf(source: Source): readonly string[] {
  return scanSource(source).comments.map(({ start, end }) => trimWhiteSpace(source.text.slice(start, end)));
}

function mismatch(source: Source, message: string, span = { start: 0, end: 0 }): Diagnostic {
  return diagnostic('formatter-mismatch', message, {
    labels: [{ source, span }],
    help: 'this is a fault of the formatter: leave the text as it is, and report it',
  });
}

/** Keys under which the syntax tree says where something stands in its text. */
const PLACES: ReadonlySet<string> = new Set(['span', 'typeSpan', 'source']);

/** Whether two pieces of plain data are equal, places in texts aside; as deep as they like. */
function isSameData(one: unknown, other: unknown): boolean {
  const pending = [one, other];
  while (pending.length > 0) {
    const right = pending.pop();
    const left = pending.pop();
    if (Object.is(left, right)) continue;
    if (!isComposite(left) || !isComposite(right)) return false;
    const keys = Object.keys(left);
    if (keys.length !== Object.keys(right).length) return false;
    for (const key of keys) if (!PLACES.has(key)) pending.push(left[key], right[key]);
  }
  return true;
}

function isComposite(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null;
}
