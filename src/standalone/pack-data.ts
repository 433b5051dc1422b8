import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import { SoughtName } from '../values/field-list.js';
import type { EntityUid, SetValue } from '../values/value.js';
import type { PackedData, PackedField, PackedForm } from './packed-data.js';
import { WrittenLike } from './written-like.js';

/** Members that nobody reads at run time: where something was declared, and what people say about it. */
const OMITTED: ReadonlySet<string> = new Set(['origin', 'annotations', 'source']);

/** Packs plain data, values of Cedar, maps and sets; what stands in several places is packed once. */
export function packData<T>(data: T): PackedData<T> {
  const packer = new Packer();
  const root = packer.field(data);
  return { forms: packer.forms, nodes: packer.nodes, root };
}

class Packer {
  readonly forms: PackedForm[] = [];
  readonly nodes: (readonly PackedField[])[] = [];
  private readonly formNumbers = new Map<string, number>();
  private readonly known = new Map<object, number>();
  /** Nodes that cannot refer to themselves, by their text: equal ones are one. */
  private readonly equal = new Map<string, number>();

  field(value: unknown): PackedField {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'undefined':
        return [];
      case 'number':
        return Number.isSafeInteger(value) && value >= 0 ? value : [String(value)];
      case 'bigint':
        return [String(value), 'n'];
      case 'object':
        return value === null ? null : -1 - this.node(value);
      default:
        throw new Error(`a ${typeof value} is no data`);
    }
  }

  private node(value: object): number {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const isCircular = !isMade(value) && !Array.isArray(value) && 'ancestors' in value;
    if (!isCircular) {
      const fields = this.fieldsOf(value);
      const text = JSON.stringify(fields);
      // Names are told apart by where they are sought.
      const equal = value instanceof SoughtName ? undefined : this.equal.get(text);
      const number = equal ?? this.nodes.push(fields) - 1;
      this.equal.set(text, number);
      this.known.set(value, number);
      return number;
    }
    const number = this.nodes.push([]) - 1;
    this.known.set(value, number);
    this.nodes[number] = this.fieldsOf(value);
    return number;
  }

  private fieldsOf(value: object): readonly PackedField[] {
    const [form, fields] = partsOf(value);
    return [this.form(form), ...fields.map((field) => this.field(field))];
  }

  private form(form: PackedForm): number {
    const key = JSON.stringify(form);
    const known = this.formNumbers.get(key);
    if (known !== undefined) return known;
    this.formNumbers.set(key, this.forms.length);
    return this.forms.push(form) - 1;
  }
}

/** The form of an object and its fields, which come before it unless it is an action, which refers to itself. */
function partsOf(value: object): readonly [PackedForm, readonly unknown[]] {
  if (Array.isArray(value)) return ['list', value];
  if (isMap(value)) return ['map', [...value].flat()];
  if (value instanceof Set) return ['set', [...value]];
  if (value instanceof SoughtName) return ['sought', [value.name]];
  if (value instanceof WrittenLike) return ['like', [value.pattern, value.path]];
  if (isExtensionFunction(value)) return ['function', [value.name]];
  if (isUid(value)) return ['uid', [value.type, value.id]];
  if (isSetValue(value)) return ['elements', [...value.elements]];
  const members: [string, unknown][] = Object.entries(value).filter(([name]) => !OMITTED.has(name));
  for (const [name] of members)
    if (!/^\??[A-Za-z]+$/.test(name)) throw new Error(`${JSON.stringify(name)} is no member of data`);
  return [members.map(([name]) => name), members.map(([, field]) => field)];
}

function isMap(value: object): value is ReadonlyMap<unknown, unknown> {
  return value instanceof Map;
}

function isMade(value: object): boolean {
  return (
    value instanceof Map ||
    value instanceof Set ||
    value instanceof SoughtName ||
    value instanceof WrittenLike ||
    isUid(value) ||
    isSetValue(value)
  );
}

function isExtensionFunction(value: object): value is { readonly name: string } {
  return 'name' in value && typeof value.name === 'string' && EXTENSION_FUNCTIONS.get(value.name) === value;
}

/** Uids have members of two names beside their kind, in which no expression resembles them. */
function isUid(value: object): value is EntityUid {
  return 'kind' in value && value.kind === 'entity' && 'type' in value && 'id' in value;
}

/** Values of sets are made by `createSet`; an expression of a set is plain and has a place. */
function isSetValue(value: object): value is SetValue {
  return 'kind' in value && value.kind === 'set' && 'elements' in value && !('span' in value);
}
