import { didYouMean } from '../diagnostics/did-you-mean.js';
import { BUILTIN_TYPES } from '../types/cedar-type.js';
import { type Declarations, fullName } from './declarations.js';

/** What a name may mean: any type, only a common type (built-in ones are some), or only an entity type. */
export type Wanted = 'any' | 'common' | 'entity';

/** What a name of a type means. */
export interface FoundType {
  readonly kind: 'common' | 'entity' | 'action' | 'builtin';
  /** Full name; that of a built-in type may have its namespace `__cedar` or not, as it was written. */
  readonly name: string;
}

const BUILTIN_PREFIX = '__cedar::';

/** Names of types in other languages and formats, with what they are called in Cedar syntax. */
const FOREIGN_NAMES: ReadonlyMap<string, string> = new Map([
  ...['Boolean', 'boolean', 'bool'].map((name) => [name, 'Bool'] as const),
  ...['Integer', 'integer', 'Int', 'int', 'Number', 'number', 'i64'].map((name) => [name, 'Long'] as const),
  ...['str', 'Text', 'text'].map((name) => [name, 'String'] as const),
  ...['ip', 'IP', 'IpAddr'].map((name) => [name, 'ipaddr'] as const),
  ...['Decimal', 'float', 'Float', 'double', 'Double'].map((name) => [name, 'decimal'] as const),
  ...['date', 'Date', 'DateTime', 'Datetime', 'timestamp', 'Timestamp'].map((name) => [name, 'datetime'] as const),
  ['Set', 'Set<..>'],
  ['List', 'Set<..>'],
  ['Array', 'Set<..>'],
]);

/** Finds what the names of types in some declarations mean. */
export class TypeNames {
  private readonly declarations: Declarations;
  /** Full names of the declared types by their last part, made when a name is not found. */
  private byLastPart: Map<string, string[]> | undefined;

  constructor(declarations: Declarations) {
    this.declarations = declarations;
  }

  /**
   * What `name` means where it is written in `namespace`. A name with a namespace is a full name; any other is looked up
   * in that namespace and then in the empty one, never in those around.
   */
  find(name: string, namespace: string, wanted: Wanted): FoundType | undefined {
    if (namespace === '' || name.includes('::')) return this.findFull(name, wanted);
    return this.findFull(fullName(namespace, name), wanted) ?? this.findFull(name, wanted);
  }

  private findFull(name: string, wanted: Wanted): FoundType | undefined {
    const { commonTypes, entityTypes, actions } = this.declarations;
    const isEntity = entityTypes.has(name);
    if (wanted !== 'entity') {
      if (commonTypes.has(name)) return { kind: 'common', name };
      if (isBuiltin(name) && !isEntity) return { kind: 'builtin', name };
    }
    if (wanted === 'common') return undefined;
    if (isEntity) return { kind: 'entity', name };
    return actions.has(name) ? { kind: 'action', name } : undefined;
  }

  /** A remedy for a name that was not found. */
  suggest(name: string, namespace: string, wanted: Wanted): string | undefined {
    const other = wanted === 'any' ? undefined : this.find(name, namespace, 'any');
    if (other !== undefined) return wrongKindHelp(name, other, wanted);
    const known = this.namesByLastPart();
    const elsewhere = known.get(lastPart(name));
    if (elsewhere !== undefined)
      return `did you mean ${elsewhere
        .slice(0, 3)
        .map((full) => `\`${full}\``)
        .join(' or ')}?`;
    const foreign = wanted === 'entity' ? undefined : FOREIGN_NAMES.get(name);
    if (foreign !== undefined) return `write \`${foreign}\``;
    const meant = didYouMean(
      lastPart(name),
      wanted === 'entity' ? known.keys() : [...BUILTIN_TYPES.keys(), ...known.keys()],
    );
    if (meant === undefined) return undefined;
    const written = this.find(meant, namespace, 'any') === undefined ? known.get(meant)?.[0] : meant;
    return `did you mean \`${written ?? meant}\`?`;
  }

  private namesByLastPart(): ReadonlyMap<string, readonly string[]> {
    if (this.byLastPart !== undefined) return this.byLastPart;
    const names = new Map<string, string[]>();
    const { commonTypes, entityTypes } = this.declarations;
    for (const name of [...entityTypes.keys(), ...commonTypes.keys()]) {
      const same = names.get(lastPart(name));
      if (same === undefined) names.set(lastPart(name), [name]);
      else same.push(name);
    }
    this.byLastPart = names;
    return names;
  }
}

function isBuiltin(name: string): boolean {
  return BUILTIN_TYPES.has(name.startsWith(BUILTIN_PREFIX) ? name.slice(BUILTIN_PREFIX.length) : name);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

function wrongKindHelp(name: string, found: FoundType, wanted: Wanted): string {
  if (wanted === 'common') return `\`${name}\` is an entity type; common types are declared with \`type\``;
  return `\`${name}\` is a ${found.kind === 'builtin' ? 'built-in' : 'common'} type; entity types are declared with \`entity\``;
}
