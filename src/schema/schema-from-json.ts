import { isIdentifier } from '../ast/names.js';
import type {
  ActionDeclaration,
  ActionParent,
  AppliesTo,
  CommonTypeDeclaration,
  EntityTypeDeclaration,
  NameReference,
  NamespaceDeclaration,
  SchemaFragment,
} from '../ast/schema-fragment.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { JsonValue } from '../json/json-value.js';
import {
  type FieldNames,
  originOf,
  type Placed,
  type Reading,
  readElements,
  readFields,
  readMembers,
  readString,
  report,
} from './json-reading.js';
import { isWrittenName, readAnnotations, readName, readType } from './type-from-json.js';

const NAMESPACE: FieldNames = {
  all: ['commonTypes', 'entityTypes', 'actions', 'annotations'],
  required: ['entityTypes', 'actions'],
  positional: true,
};
const ENTITY: FieldNames = {
  all: ['memberOfTypes', 'shape', 'tags', 'enum', 'annotations'],
  required: [],
  positional: true,
};
const ACTION: FieldNames = {
  all: ['attributes', 'appliesTo', 'memberOf', 'annotations'],
  required: [],
  positional: true,
};
const APPLIES_TO: FieldNames = {
  all: ['resourceTypes', 'principalTypes', 'context'],
  required: ['resourceTypes', 'principalTypes'],
  positional: true,
};
const PARENT: FieldNames = { all: ['id', 'type'], required: ['id'], positional: true };

/**
 * Reads a schema in Cedar's JSON format. Names are not resolved: `resolveSchema` does that. `file` is named in
 * diagnostics, here and when the schema is resolved. Repeated keys are the business of whoever reads the JSON text.
 */
export function schemaFromJson(json: JsonValue, file?: string): Result<SchemaFragment> {
  const reading: Reading = { file, problems: [], errors: 0, warnings: 0 };
  const top = { json, pointer: '' };
  const members = readMembers(reading, top, 'a schema');
  const namespaces = members.flatMap(([name, value]) => readNamespace(reading, name, value) ?? []);
  if (reading.errors > 0) return failure(reading.problems);
  return success({ namespaces }, reading.problems);
}

function readNamespace(reading: Reading, name: string, value: Placed): NamespaceDeclaration | undefined {
  if (name !== '' && !isWrittenName(name)) {
    report(reading, value, 'schema-json-name', `${JSON.stringify(name)} is not a name of a namespace`, {
      help: NAMESPACE.all.includes(name)
        ? 'declarations stand inside a namespace: `{"": { .. }}`'
        : 'write identifiers joined by `::`',
      data: { name },
    });
    return undefined;
  }
  if (NAMESPACE.required.includes(name)) {
    report(reading, value, 'schema-json-namespace', `"${name}" stands where the name of a namespace is expected`, {
      severity: 'warning',
      help: 'declarations stand inside a namespace: `{"": { .. }}`',
    });
  }
  const fields = readFields(reading, value, 'a namespace', NAMESPACE);
  if (fields === undefined) return undefined;
  const annotations = readAnnotations(reading, fields);
  const first = annotations[0];
  if (name === '' && first !== undefined) {
    report(
      reading,
      fields.get('annotations') ?? value,
      'schema-json-annotations',
      'the empty namespace cannot have annotations',
      {
        help: 'annotate its declarations instead',
      },
    );
  }
  return {
    name,
    annotations,
    commonTypes: readDeclared(reading, fields.get('commonTypes'), 'a common type', readCommonType),
    entityTypes: readDeclared(reading, fields.get('entityTypes'), 'an entity type', readEntityType),
    actions: readActions(reading, fields.get('actions')),
    origin: originOf(reading, value),
  };
}

/** Reads an object whose keys are the names of what it declares. */
function readDeclared<T>(
  reading: Reading,
  value: Placed | undefined,
  what: string,
  read: (reading: Reading, name: string, value: Placed) => T | undefined,
): readonly T[] {
  if (value === undefined) return [];
  return readMembers(reading, value, `the list of ${what.replace(/^an? /, '')}s`).flatMap(([name, member]) => {
    if (!isIdentifier(name) && name !== '__cedar') refuseIdentifier(reading, member, name, what);
    return read(reading, name, member) ?? [];
  });
}

function refuseIdentifier(reading: Reading, value: Placed, name: string, what: string): void {
  const qualified = isWrittenName(name) && name.includes('::');
  const namespace = name.slice(0, name.lastIndexOf('::'));
  report(reading, value, 'schema-json-name', `${JSON.stringify(name)} is not a name of ${what}`, {
    help: qualified ? `declare it in the namespace "${namespace}"` : 'write one identifier that is no reserved word',
    data: { name },
  });
}

function readCommonType(reading: Reading, name: string, value: Placed): CommonTypeDeclaration | undefined {
  const read = readType(reading, value, { what: `the common type ${name}`, extra: ['annotations'] });
  if (read === undefined) return undefined;
  const annotations = readAnnotations(reading, read.fields);
  return { name, annotations, type: read.type, origin: originOf(reading, value) };
}

function readEntityType(reading: Reading, name: string, value: Placed): EntityTypeDeclaration | undefined {
  const fields = readFields(reading, value, 'an entity type', ENTITY);
  if (fields === undefined) return undefined;
  const annotations = readAnnotations(reading, fields);
  const origin = originOf(reading, value);
  const ids = fields.get('enum');
  const parents = readNames(reading, fields.get('memberOfTypes'), 'memberOfTypes');
  const shape = readOptionalType(reading, fields.get('shape'));
  const tags = readOptionalType(reading, fields.get('tags'));
  if (ids === undefined) return { kind: 'standard', name, annotations, parents, shape, tags, origin };
  for (const clause of ['memberOfTypes', 'shape', 'tags']) {
    const extra = fields.get(clause);
    if (extra === undefined) continue;
    report(reading, extra, 'enum-with-clauses', `an enumerated entity type has no "${clause}"`, {
      help: `leave out either "enum" or "${clause}"`,
    });
  }
  return { kind: 'enum', name, annotations, ids: readIds(reading, ids), origin };
}

function readIds(reading: Reading, value: Placed): readonly string[] {
  const before = reading.errors;
  const ids = readElements(reading, value, 'enum').flatMap((id) => readString(reading, id, 'an id') ?? []);
  if (ids.length === 0 && reading.errors === before) {
    report(reading, value, 'empty-list', 'an enumerated entity type has at least one id');
  }
  return ids;
}

function readActions(reading: Reading, value: Placed | undefined): readonly ActionDeclaration[] {
  if (value === undefined) return [];
  return readMembers(reading, value, 'the list of actions').flatMap(([name, member]) => {
    const fields = readFields(reading, member, 'an action', ACTION);
    if (fields === undefined) return [];
    const attributes = fields.get('attributes');
    if (attributes !== undefined && attributes.json !== null) {
      report(reading, attributes, 'action-attributes', 'actions have no attributes', {
        help: 'leave "attributes" out',
      });
    }
    return {
      name,
      annotations: readAnnotations(reading, fields),
      parents: readParents(reading, fields.get('memberOf')),
      appliesTo: readAppliesTo(reading, fields.get('appliesTo')),
      origin: originOf(reading, member),
    };
  });
}

function readParents(reading: Reading, value: Placed | undefined): readonly ActionParent[] | undefined {
  if (value === undefined || value.json === null) return undefined;
  return readElements(reading, value, 'memberOf').flatMap((element) => {
    const fields = readFields(reading, element, 'a group of actions', PARENT);
    const id = fields?.get('id');
    const name = id === undefined ? undefined : readString(reading, id, 'the id of an action');
    if (fields === undefined || name === undefined) return [];
    const type = fields.get('type');
    const isTyped = type !== undefined && type.json !== null;
    return { type: isTyped ? readName(reading, type)?.name : undefined, id: name, origin: originOf(reading, element) };
  });
}

function readAppliesTo(reading: Reading, value: Placed | undefined): AppliesTo | undefined {
  if (value === undefined || value.json === null) return undefined;
  const fields = readFields(reading, value, 'appliesTo', APPLIES_TO);
  if (fields === undefined) return undefined;
  return {
    principals: readNames(reading, fields.get('principalTypes'), 'principalTypes'),
    resources: readNames(reading, fields.get('resourceTypes'), 'resourceTypes'),
    context: readOptionalType(reading, fields.get('context')),
  };
}

function readNames(reading: Reading, value: Placed | undefined, what: string): readonly NameReference[] {
  if (value === undefined) return [];
  return readElements(reading, value, what).flatMap((element) => readName(reading, element) ?? []);
}

function readOptionalType(reading: Reading, value: Placed | undefined): AppliesTo['context'] {
  return value === undefined ? undefined : readType(reading, value, { what: 'a type', extra: [] })?.type;
}
