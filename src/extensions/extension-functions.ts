import { DATETIME_FUNCTIONS } from './datetime.js';
import { DECIMAL_FUNCTIONS } from './decimal.js';
import { DURATION_FUNCTIONS } from './duration.js';
import type { ExtensionFunction } from './extension-function.js';
import { IPADDR_FUNCTIONS } from './ipaddr.js';

/** Every extension function by its name; a name has one meaning, whatever the receiver. */
export const EXTENSION_FUNCTIONS: ReadonlyMap<string, ExtensionFunction> = new Map(
  [...DECIMAL_FUNCTIONS, ...IPADDR_FUNCTIONS, ...DATETIME_FUNCTIONS, ...DURATION_FUNCTIONS].map((row) => [
    row.name,
    row,
  ]),
);
