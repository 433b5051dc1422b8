import type {
  ActionDeclaration,
  ActionParent,
  AppliesTo,
  AttributeDeclaration,
  CommonTypeDeclaration,
  EntityTypeDeclaration,
  NameReference,
  NamespaceDeclaration,
  SchemaAnnotation,
  SchemaFragment,
  TypeExpression,
  TypeReference,
} from '../ast/schema-fragment.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { createJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { candidateTypes } from './actions.js';
import { collectDeclarations } from './declarations.js';
import { createFindings } from './findings.js';
import { compareNamespaces } from './namespace-order.js';
import { resolveSchema } from './resolve-schema.js';
import { type FoundType, TypeNames, type Wanted } from './type-names.js';
import { lastOfEachName } from './type-resolver.js';

/** How references to types and actions are written. */
interface References {
  type(reference: TypeReference, namespace: string): JsonObject;
  entityType(reference: NameReference, namespace: string): string;
  parent(parent: ActionParent, namespace: string): JsonObject;
}

/**
 * Writes declarations in Cedar's JSON format. References stay as they were written, so the fragment should be known to
 * resolve: the official converter refuses others.
 */
export function schemaToJson(fragment: SchemaFragment): JsonObject {
  return writeFragment(fragment, AS_WRITTEN);
}

/**
 * Writes declarations in Cedar's JSON format with full names that say whether they mean an entity or a common type. Fails
 * when the fragment is no schema of its own.
 */
export function schemaToJsonWithResolvedTypes(fragment: SchemaFragment): Result<JsonObject> {
  const resolved = resolveSchema([fragment]);
  if (!resolved.ok) return failure(resolved.diagnostics);
  return success(writeFragment(fragment, resolvedReferences(fragment)), resolved.diagnostics);
}

const AS_WRITTEN: References = {
  type: ({ kind, name }) => {
    switch (kind) {
      case 'named':
        return object([
          ['type', 'EntityOrCommon'],
          ['name', name],
        ]);
      case 'entity':
        return object([
          ['type', 'Entity'],
          ['name', name],
        ]);
      case 'common':
        return object([['type', name]]);
    }
  },
  entityType: ({ name }) => name,
  parent: ({ type, id }) =>
    object([
      ['id', id],
      ['type', type],
    ]),
};

function resolvedReferences(fragment: SchemaFragment): References {
  const declarations = collectDeclarations([fragment], createFindings());
  const names = new TypeNames(declarations);
  const find = ({ name }: NameReference, namespace: string, wanted: Wanted): FoundType =>
    names.find(name, namespace, wanted) ?? { kind: 'common', name };
  return {
    type: (reference, namespace) => {
      const { kind, name } = find(reference, namespace, reference.kind === 'named' ? 'any' : reference.kind);
      const isEntity = kind === 'entity' || kind === 'action';
      return isEntity
        ? object([
            ['type', 'Entity'],
            ['name', name],
          ])
        : object([['type', name]]);
    },
    entityType: (reference, namespace) => find(reference, namespace, 'entity').name,
    parent: (parent, namespace) => {
      const type = candidateTypes(parent, namespace).find((name) => declarations.actions.get(name)?.has(parent.id));
      return object([
        ['id', parent.id],
        ['type', type],
      ]);
    },
  };
}

/** An object with these members; members whose value is undefined are left out. */
function object(members: Iterable<readonly [string, JsonValue | undefined]>): JsonObject {
  const written = createJsonObject();
  for (const [key, value] of members) if (value !== undefined) written[key] = value;
  return written;
}

/** An object with a member for each declaration, in alphabetical order. */
function byName<T extends { readonly name: string }>(
  declarations: Iterable<T>,
  write: (declaration: T) => JsonValue,
): JsonObject {
  const sorted = [...declarations].sort((a, b) => compareCodePoints(a.name, b.name));
  return object(sorted.map((declaration) => [declaration.name, write(declaration)]));
}

function writeFragment({ namespaces }: SchemaFragment, references: References): JsonObject {
  const sorted = [...namespaces].sort((a, b) => compareNamespaces(a.name, b.name));
  return object(sorted.map((namespace) => [namespace.name, writeNamespace(namespace, references)]));
}

function writeNamespace(namespace: NamespaceDeclaration, references: References): JsonObject {
  const writer = new NamespaceWriter(namespace.name, references);
  const { commonTypes, entityTypes, actions, annotations } = namespace;
  return object([
    [
      'commonTypes',
      commonTypes.length === 0 ? undefined : byName(commonTypes, (declared) => writer.commonType(declared)),
    ],
    ['entityTypes', byName(entityTypes, (declared) => writer.entityType(declared))],
    ['actions', byName(actions, (declared) => writer.action(declared))],
    ['annotations', writeAnnotations(annotations)],
  ]);
}

class NamespaceWriter {
  private readonly namespace: string;
  private readonly references: References;

  constructor(namespace: string, references: References) {
    this.namespace = namespace;
    this.references = references;
  }

  commonType({ type, annotations }: CommonTypeDeclaration): JsonObject {
    return object([...Object.entries(this.type(type)), ['annotations', writeAnnotations(annotations)]]);
  }

  entityType(declared: EntityTypeDeclaration): JsonObject {
    const annotations = writeAnnotations(declared.annotations);
    if (declared.kind === 'enum')
      return object([
        ['enum', declared.ids],
        ['annotations', annotations],
      ]);
    const { parents, shape, tags } = declared;
    return object([
      ['memberOfTypes', parents.length === 0 ? undefined : this.entityTypes(parents)],
      ['shape', isEmptyRecord(shape) ? undefined : this.type(shape)],
      ['tags', tags && this.type(tags)],
      ['annotations', annotations],
    ]);
  }

  action({ appliesTo, parents, annotations }: ActionDeclaration): JsonObject {
    return object([
      ['appliesTo', appliesTo && this.appliesTo(appliesTo)],
      ['memberOf', parents?.map((parent) => this.references.parent(parent, this.namespace))],
      ['annotations', writeAnnotations(annotations)],
    ]);
  }

  private appliesTo({ principals, resources, context }: AppliesTo): JsonObject {
    return object([
      ['resourceTypes', this.entityTypes(resources)],
      ['principalTypes', this.entityTypes(principals)],
      ['context', isEmptyRecord(context) ? undefined : this.type(context)],
    ]);
  }

  private entityTypes(references: readonly NameReference[]): JsonValue {
    return references.map((reference) => this.references.entityType(reference, this.namespace));
  }

  private type(type: TypeExpression): JsonObject {
    switch (type.kind) {
      case 'primitive':
        return object([['type', type.name === 'Bool' ? 'Boolean' : type.name]]);
      case 'extension':
        return object([
          ['type', 'Extension'],
          ['name', type.name],
        ]);
      case 'set':
        return object([
          ['type', 'Set'],
          ['element', this.type(type.element)],
        ]);
      case 'record': {
        const attributes = byName(lastOfEachName(type.attributes), (attribute) => this.attribute(attribute));
        return object([
          ['type', 'Record'],
          ['attributes', attributes],
        ]);
      }
      default:
        return this.references.type(type, this.namespace);
    }
  }

  private attribute({ type, required, annotations }: AttributeDeclaration): JsonObject {
    return object([
      ...Object.entries(this.type(type)),
      ['annotations', writeAnnotations(annotations)],
      ['required', required ? undefined : false],
    ]);
  }
}

function isEmptyRecord(type: TypeExpression | undefined): type is undefined {
  return type === undefined || (type.kind === 'record' && type.attributes.length === 0);
}

function writeAnnotations(annotations: readonly SchemaAnnotation[]): JsonObject | undefined {
  if (annotations.length === 0) return undefined;
  const sorted = [...annotations].sort((a, b) => compareCodePoints(a.key, b.key));
  return object(sorted.map(({ key, value }) => [key, value]));
}
