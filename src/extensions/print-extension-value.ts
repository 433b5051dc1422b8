import type { ExtensionValue } from '../values/value.js';
import { printDatetime } from './datetime.js';
import { decimalText } from './decimal.js';
import { durationText } from './duration.js';
import { ipaddrText } from './ipaddr.js';

/**
 * Canonical Cedar text of an extension value: an expression that evaluates to it. Equal values print alike, whatever
 * text they were made from.
 */
export function printExtensionValue(value: ExtensionValue): string {
  switch (value.kind) {
    case 'decimal':
      return `decimal("${decimalText(value)}")`;
    case 'ipaddr':
      return `ip("${ipaddrText(value)}")`;
    case 'datetime':
      return printDatetime(value);
    case 'duration':
      return `duration("${durationText(value)}")`;
  }
}
