import cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Policy } from '../../src/ast/policy.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { createSource } from '../../src/text/source.js';

export type PolicyKind = 'policy' | 'template';

export function kindOfPolicy(policy: Policy): PolicyKind {
  return policy.slots.length === 0 ? 'policy' : 'template';
}

/** Policy JSON as the official engine writes it, exactly as text; undefined where it refuses. */
export function officialJson(policy: string, kind: PolicyKind): string | undefined {
  const answer = kind === 'policy' ? cedar.policyToJson(policy) : cedar.templateToJson(policy);
  return answer.type === 'success' ? JSON.stringify(answer.json) : undefined;
}

/** Text of policy JSON as the official engine writes it; undefined where it refuses. */
export function officialText(json: unknown, kind: PolicyKind): string | undefined {
  // The types of the package do not know all that it accepts, and refusing what they forbid is what is tested.
  const policy = json as Extract<Parameters<typeof cedar.policyToText>[0], object>;
  const answer = kind === 'policy' ? cedar.policyToText(policy) : cedar.templateToText(policy);
  return answer.type === 'success' ? answer.text : undefined;
}

/** Reads JSON exactly; a fault in it is a broken test. */
export function readJson(text: string): JsonValue {
  const json = parseJson(createSource(text));
  if (!json.ok) throw new Error(`${json.diagnostics[0]?.message}: ${text.slice(0, 200)}`);
  return json.value;
}

/** Whether JSON text has integers that the official package's JavaScript rounds. */
export function hasLargeIntegers(text: string): boolean {
  return /\d{16,}/.test(text.replace(/"(?:\\.|[^"\\])*"/g, '""'));
}

/**
 * Whether a refusal of ours is wanted although the official engine accepts: its reader also takes an array for any object
 * with named fields and `{"permit": null}` for `"permit"`, an accident of its library that nobody writes.
 */
export function isWantedRefusal(diagnostics: readonly Diagnostic[]): boolean {
  const accident = /is an object, not an array|is a string, not an object|is no entity|is no part of a pattern/;
  return diagnostics.some(({ message }) => accident.test(message));
}
