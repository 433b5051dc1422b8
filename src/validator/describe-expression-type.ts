import { isIdentifier } from '../ast/names.js';
import { quoteText } from '../values/print.js';
import type { ExpressionType } from './expression-type.js';

/** Characters of a description, about; what is inside of records is left out beyond. */
const LENGTH = 400;

/** The type in one line, for messages: `{ path: String, recursive?: Bool }`. Large records are cut short. */
export function describeExpressionType(type: ExpressionType): string {
  return describe(type, { left: LENGTH });
}

interface Room {
  left: number;
}

function describe(type: ExpressionType, room: Room): string {
  switch (type.kind) {
    case 'bool':
      return 'Bool';
    case 'true':
      return 'Bool (always true)';
    case 'false':
      return 'Bool (always false)';
    case 'never':
      return 'an unknown type';
    case 'long':
      return 'Long';
    case 'string':
      return 'String';
    case 'extension':
    case 'entity':
      return type.name;
    case 'entities':
      return [...type.names].join(' or ');
    case 'set':
      return `Set<${describe(type.element, room)}>`;
    case 'record':
      return describeRecord(type, room);
  }
}

function describeRecord(type: ExpressionType & { readonly kind: 'record' }, room: Room): string {
  const parts: string[] = [];
  for (const [name, attribute] of type.attributes) {
    if (room.left <= 0) {
      parts.push('..');
      break;
    }
    const key = `${isIdentifier(name) ? name : quoteText(name)}${attribute.required ? '' : '?'}`;
    room.left -= key.length + 8;
    parts.push(`${key}: ${describe(attribute.type, room)}`);
  }
  if ('open' in type && type.open === true) parts.push('..');
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}
