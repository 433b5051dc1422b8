import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { parsePolicies } from '../parser/parse-policies.js';
import { scanSource } from '../parser/scan.js';
import type { Source } from '../text/source.js';
import { removeBlankLines } from './blank-lines.js';
import { checkFormatted } from './check-formatted.js';
import { policyLayout } from './policy-layout.js';
import { printLayout } from './print-layout.js';
import { TokenReader } from './token-reader.js';
import { attachComments } from './tokens-with-comments.js';

export interface FormatOptions {
  /** Columns that a line should not exceed; 80 when left out. What cannot be broken may be longer. */
  readonly lineWidth?: number;
  /** Columns of one level of indentation; 2 when left out. A negative number indents as 0 does. */
  readonly indentWidth?: number;
}

/**
 * Writes policies in the official layout, byte for byte as the official formatter does. Comments, parentheses and the
 * spelling of literals stay as they are, except for leading zeros of numbers; commas after the last element of a list
 * and blank lines inside policies go. Comments beside such a comma are kept, which the official formatter does not do.
 * A text that is no policy set is returned as its problems. Widths that are not integers of 32 bits throw a
 * `RangeError`.
 */
export function formatPolicies(source: Source, options: FormatOptions = {}): Result<string> {
  const { lineWidth = 80, indentWidth = 2 } = options;
  checkWidth('lineWidth', lineWidth, 0, 2 ** 32 - 1);
  checkWidth('indentWidth', indentWidth, -(2 ** 31), 2 ** 31 - 1);
  const parsed = parsePolicies(source);
  if (!parsed.ok) return parsed;
  const { tokens, atEnd } = attachComments(source.text, scanSource(source).tokens);
  const reader = new TokenReader(tokens);
  const policies: string[] = [];
  while (!reader.isAtEnd) policies.push(removeBlankLines(printLayout(policyLayout(reader, indentWidth), lineWidth)));
  const formatted = [policies.join('\n\n'), ...atEnd].map((line) => `${line}\n`).join('');
  const differences = checkFormatted(source, parsed.value, formatted);
  return differences.length > 0 ? failure(differences) : success(formatted, parsed.diagnostics);
}

function checkWidth(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be an integer from ${least} to ${most}, not ${value}`);
}
