import { RESERVED_WORDS } from './operators.js';

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a word can be written bare as an attribute, record key or part of a type name. */
export function isIdentifier(word: string): boolean {
  return IDENTIFIER.test(word) && !RESERVED_WORDS.has(word) && word !== '__cedar';
}

/** Whether a text is a full type name in its normal form: identifiers joined by `::`, no spaces. */
export function isNormalizedName(name: string): boolean {
  return name.split('::').every(isIdentifier);
}

/** Whether a type names actions: its last component is `Action`. */
export function isActionType(type: string): boolean {
  return type === 'Action' || type.endsWith('::Action');
}
