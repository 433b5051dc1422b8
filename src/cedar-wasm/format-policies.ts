import { formatPolicies as format } from '../formatter/format-policies.js';
import type { JsonValue } from '../json/json-value.js';
import { createSource } from '../text/source.js';
import type { FormattingAnswer } from './answer-types.js';
import { integerOf, optionalField, readCall, requiredField, textOf } from './call-fields.js';
import { jsonOfArgument } from './call-json.js';
import type { FormattingCall } from './call-types.js';
import { errorOf } from './detailed-error.js';

/** Formats policies in the official layout. Widths outside of 32 bits throw. */
export function formatPolicies(call: FormattingCall): FormattingAnswer {
  const fields = readCall(jsonOfArgument(call), 'FormattingCall', ['policyText', 'lineWidth', 'indentWidth']);
  const text = textOf(requiredField(fields, 'policyText'));
  const lineWidth = widthOf(optionalField(fields, 'lineWidth'), 80, 0, 2 ** 32 - 1);
  const indentWidth = widthOf(optionalField(fields, 'indentWidth'), 2, -(2 ** 31), 2 ** 31 - 1);
  const formatted = format(createSource(text), { lineWidth, indentWidth });
  return formatted.ok
    ? { type: 'success', formatted_policy: formatted.value }
    : { type: 'failure', errors: [errorOf('cannot parse input policies: ', formatted.diagnostics)] };
}

function widthOf(json: JsonValue | undefined, absent: number, least: number, most: number): number {
  return json === undefined ? absent : integerOf(json, least, most);
}
