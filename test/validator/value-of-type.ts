import type { ExpressionType } from '../../src/validator/expression-type.js';
import { kindOf, type Value } from '../../src/values/value.js';

/** Whether a value is one of a type. `true` and `false` are Bools here: they hold in their place only. */
export function isOfType(value: Value, type: ExpressionType): boolean {
  switch (type.kind) {
    case 'never':
      return false;
    case 'bool':
    case 'true':
    case 'false':
      return typeof value === 'boolean';
    case 'long':
    case 'string':
      return kindOf(value) === type.kind;
    case 'extension':
      return kindOf(value) === type.name;
    case 'entity':
      return typeof value === 'object' && value.kind === 'entity' && value.type === type.name;
    case 'entities':
      return typeof value === 'object' && value.kind === 'entity' && type.names.has(value.type);
    case 'set':
      return (
        typeof value === 'object' &&
        value.kind === 'set' &&
        value.elements.every((element) => isOfType(element, type.element))
      );
    case 'record': {
      if (typeof value !== 'object' || value.kind !== 'record') return false;
      const { fields } = value;
      for (const [name, { type: declared, required }] of type.attributes) {
        const field = fields.get(name);
        if (field === undefined ? required : !isOfType(field, declared)) return false;
      }
      const isOpen = 'open' in type && type.open === true;
      return isOpen || [...fields.keys()].every((name) => type.attributes.has(name));
    }
  }
}
