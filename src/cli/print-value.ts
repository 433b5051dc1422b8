import { isIdentifier } from '../ast/names.js';
import { printExtensionValue } from '../extensions/print-extension-value.js';
import { printEntityUid, quoteText } from '../values/print.js';
import type { Value } from '../values/value.js';

/** A value as Cedar text that evaluates to it. */
export function printValue(value: Value): string {
  if (typeof value === 'string') return quoteText(value);
  if (typeof value !== 'object') return String(value);
  switch (value.kind) {
    case 'entity':
      return printEntityUid(value);
    case 'set':
      return `[${value.elements.map(printValue).join(', ')}]`;
    case 'record':
      return `{${Array.from(value.fields, ([key, field]) => `${isIdentifier(key) ? key : quoteText(key)}: ${printValue(field)}`).join(', ')}}`;
    default:
      return printExtensionValue(value);
  }
}
