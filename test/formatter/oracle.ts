import { formatPolicies as official } from '@cedar-policy/cedar-wasm/nodejs';
import { type FormatOptions, formatPolicies } from '../../src/formatter/format-policies.js';
import { scanSource } from '../../src/parser/scan.js';
import { createSource } from '../../src/text/source.js';

/** What the official formatter makes of a text; undefined when it refuses it. A fault of its own is thrown. */
export function officialFormat(policyText: string, options: FormatOptions = {}): string | undefined {
  const answer = official({ policyText, ...options });
  if (answer.type === 'success') return answer.formatted_policy;
  const message = answer.errors[0]?.message ?? '';
  if (!message.startsWith('cannot parse input policies')) throw new Error(`${message}: ${policyText}`);
  return undefined;
}

/** What this project's formatter makes of a text; undefined when it refuses it. */
export function ourFormat(text: string, options: FormatOptions = {}): string | undefined {
  const result = formatPolicies(createSource(text), options);
  return result.ok ? result.value : undefined;
}

/** The comments of a text, without the white space at their ends. */
export function commentsOf(text: string): readonly string[] {
  const comments = scanSource(createSource(text)).comments.map(({ start, end }) => text.slice(start, end));
  return comments.map((comment) => comment.replace(/\p{White_Space}+$/u, ''));
}
