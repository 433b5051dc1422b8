import { printExtensionValue } from '../../src/extensions/print-extension-value.js';
import { printEntityUid } from '../../src/values/print.js';
import type { Value } from '../../src/values/value.js';

/** A value as text, for comparisons: members of sets and records sorted. */
export function printValue(value: Value): string {
  if (typeof value !== 'object') return `${typeof value} ${JSON.stringify(String(value))}`;
  switch (value.kind) {
    case 'entity':
      return printEntityUid(value);
    case 'set':
      return `[${value.elements.map(printValue).sort().join(', ')}]`;
    case 'record':
      return `{${[...value.fields]
        .map(([key, field]) => `${JSON.stringify(key)}: ${printValue(field)}`)
        .sort()
        .join(', ')}}`;
    default:
      return printExtensionValue(value);
  }
}
