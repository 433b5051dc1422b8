import type { Expr } from '../../src/ast/expression.js';
import { parseExpression } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';

/** A syntax tree as plain data without places in the text and marks of policy JSON, for comparison. */
export function withoutPlaces(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutPlaces);
  if (typeof tree !== 'object' || tree === null) return tree;
  const kept = Object.entries(tree).filter(([key]) => !['span', 'typeSpan', 'source', 'constant'].includes(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutPlaces(value)]));
}

/** Parses an expression; a mistake in it is a broken test. */
export function parsed(text: string): Expr {
  const read = parseExpression(createSource(text));
  if (!read.ok) throw new Error(`${read.diagnostics[0]?.message}: ${text.slice(0, 200)}`);
  return read.value;
}
