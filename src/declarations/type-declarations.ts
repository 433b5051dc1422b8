import type { Attribute, CedarType, ExtensionTypeName, RecordType } from '../types/cedar-type.js';
import { nameOf } from './declared-names.js';
import type { Declaring, Importable } from './declaring.js';
import { aliasText, interfaceText, literal, type Member } from './typescript-text.js';

const EXTENSION_TYPES: Readonly<Record<ExtensionTypeName, Importable>> = {
  decimal: 'DecimalJson',
  ipaddr: 'IpaddrJson',
  datetime: 'DatetimeJson',
  duration: 'DurationJson',
};

/** Members that every JavaScript object has: where such an attribute is left out, the compiler sees the inherited one. */
const INHERITED: ReadonlySet<string> = new Set([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
]);

/** A type without a name of its own: what a declaration of it would be called, and what it is. */
export interface Unnamed {
  readonly name: string;
  readonly comment: string;
}

/**
 * How values of a type are written in TypeScript. Records and sets in sets get declarations of their own, called as `unnamed`
 * says or something like it, so that no type is nested and messages of the compiler can say its name.
 */
export function typeText(declaring: Declaring, type: CedarType, unnamed: Unnamed): string {
  switch (type.kind) {
    case 'bool':
      return 'boolean';
    case 'long':
      return declaring.imported('Long');
    case 'string':
      return 'string';
    case 'extension':
      return declaring.imported(EXTENSION_TYPES[type.name]);
    case 'entity':
      return `${declaring.imported('EntityJson')}<${declaring.uidArguments(type.name)}>`;
    case 'set':
      return declaring.commonTypes.get(type) ?? `readonly ${elementText(declaring, type.element, unnamed.name)}[]`;
    case 'record':
      return declaring.commonTypes.get(type) ?? recordText(declaring, type, unnamed);
  }
}

function elementText(declaring: Declaring, element: CedarType, owner: string): string {
  const unnamed = { name: nameOf(`${owner}Element`), comment: `An element of \`${owner}\`.` };
  if (element.kind !== 'set' || declaring.commonTypes.has(element)) return typeText(declaring, element, unnamed);
  return declareType(declaring, element, declaring.names.claim(unnamed.name), unnamed.comment);
}

function recordText(declaring: Declaring, type: RecordType, { name, comment }: Unnamed): string {
  if (type.attributes.size === 0) return declaring.imported('EmptyRecord');
  return declareType(declaring, type, declaring.names.claim(nameOf(name)), comment);
}

/** A type that can have a declaration of its own. */
export type DeclarableType = RecordType | Extract<CedarType, { readonly kind: 'set' }>;

/** Declares a set or a record of that name, and what it is made of; the name is returned. */
export function declareType(declaring: Declaring, type: DeclarableType, name: string, comment: string): string {
  declaring.declare(() => {
    if (type.kind === 'record') return interfaceText(name, comment, membersOf(declaring, type, name));
    const element = elementText(declaring, type.element, name);
    return aliasText(name, comment, [`readonly ${element}[]`]);
  });
  return name;
}

function membersOf(declaring: Declaring, type: RecordType, owner: string): readonly Member[] {
  return [...type.attributes].map(([name, attribute]) => memberOf(declaring, name, attribute, owner));
}

function memberOf(declaring: Declaring, name: string, { type, required }: Attribute, owner: string): Member {
  const unnamed = { name: `${owner}${nameOf(name)}`, comment: `\`${name}\` of \`${owner}\`.` };
  const text = typeText(declaring, type, unnamed);
  const inherited =
    !required && INHERITED.has(name) ? [`${declaring.imported('InheritedMember')}<${literal(name)}>`] : [];
  const comment =
    name === '__proto__' ? "Write `['__proto__']: ...`: without brackets it sets the prototype." : undefined;
  return { name, required, types: [text, ...inherited], comment };
}
