import type { EntityTypeDeclaration, SchemaAnnotation, TypeExpression } from '../ast/schema-fragment.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { lazily } from '../text/lazily.js';
import { type CedarType, type RecordType, recordType } from '../types/cedar-type.js';
import type { Declarations, Declared } from './declarations.js';
import { type Findings, report } from './findings.js';
import { reach, reversed } from './reach.js';
import type { EntityType } from './schema.js';
import type { TypeResolver } from './type-resolver.js';

/** What the resolution of one schema shares. */
export interface Resolution {
  readonly declarations: Declarations;
  readonly types: TypeResolver;
  readonly findings: Findings;
}

/** Names of entity types by the name of the type they belong to. */
type Edges = ReadonlyMap<string, readonly string[]>;

const EMPTY_RECORD: RecordType = recordType([]);

const NOTHING: readonly string[] = [];

/** Resolves all entity types, in alphabetical order. */
export function resolveEntityTypes(resolution: Resolution): ReadonlyMap<string, EntityType> {
  const declared = [...resolution.declarations.entityTypes.values()].sort((a, b) => compareCodePoints(a.name, b.name));
  const parents = new Map(declared.map((one) => [one.name, resolveParents(resolution, one)]));
  const children = reversed(parents.keys(), (name) => parents.get(name) ?? NOTHING);
  return new Map(declared.map((one) => [one.name, resolveEntityType(resolution, one, parents, children)]));
}

function resolveParents(
  { types }: Resolution,
  { namespace, declaration }: Declared<EntityTypeDeclaration>,
): readonly string[] {
  if (declaration.kind === 'enum') return NOTHING;
  return [...new Set(declaration.parents.flatMap((parent) => types.resolveEntityType(parent, namespace) ?? []))];
}

function resolveEntityType(
  resolution: Resolution,
  { name, namespace, declaration }: Declared<EntityTypeDeclaration>,
  parents: Edges,
  children: Edges,
): EntityType {
  const ancestors = lazily(() => reach(name, (type) => parents.get(type) ?? NOTHING));
  const descendants = lazily(() => reach(name, (type) => children.get(type) ?? NOTHING));
  const standard = declaration.kind === 'standard' ? declaration : undefined;
  const common = {
    name,
    parents: parents.get(name) ?? NOTHING,
    attributes: resolveRecord(resolution, standard?.shape, namespace, `the attributes of \`${name}\` are`),
    tags: standard?.tags && resolution.types.resolve(standard.tags, namespace),
    annotations: annotationsOf(declaration.annotations),
    origin: declaration.origin,
  };
  // Worked out when asked for: in a chain of types these sets are quadratic in its length.
  if (declaration.kind === 'standard') {
    return {
      kind: 'standard',
      ...common,
      get ancestors() {
        return ancestors();
      },
      get descendants() {
        return descendants();
      },
    };
  }
  return {
    kind: 'enum',
    ids: new Set(declaration.ids),
    ...common,
    ancestors: new Set<string>(),
    get descendants() {
      return descendants();
    },
  };
}

/** Resolves a type that has to be a record; the empty record where it is not written or cannot be resolved. */
export function resolveRecord(
  { types, findings }: Resolution,
  written: TypeExpression | undefined,
  namespace: string,
  what: string,
): RecordType {
  const type = written && types.resolve(written, namespace);
  if (written === undefined || type === undefined) return EMPTY_RECORD;
  if (type.kind === 'record') return type;
  report(findings, written.origin, 'expected-record-type', `${what} ${KINDS[type.kind]}, not a record`, {
    help: 'write a record, or the name of a common type that is one',
    data: { found: type.kind },
  });
  return EMPTY_RECORD;
}

const KINDS: Readonly<Record<CedarType['kind'], string>> = {
  bool: 'a boolean',
  long: 'an integer',
  string: 'a string',
  set: 'a set',
  record: 'a record',
  entity: 'an entity',
  extension: 'an extension value',
};

export function annotationsOf(annotations: readonly SchemaAnnotation[]): ReadonlyMap<string, string | null> {
  return new Map(annotations.map(({ key, value }) => [key, value]));
}
