import type {
  ActionDeclaration,
  CommonTypeDeclaration,
  EntityTypeDeclaration,
  NamespaceDeclaration,
  SchemaFragment,
} from '../ast/schema-fragment.js';
import type { Origin } from '../diagnostics/origin.js';
import { quoteText } from '../values/print.js';
import { type Findings, report } from './findings.js';

/** A declaration with the namespace it stands in. */
export interface Declared<T> {
  readonly namespace: string;
  /** Full name; for an action that of its type. */
  readonly name: string;
  readonly declaration: T;
}

/** Everything that some fragments declare, by full name. Of repeated declarations the first counts. */
export interface Declarations {
  readonly commonTypes: ReadonlyMap<string, Declared<CommonTypeDeclaration>>;
  readonly entityTypes: ReadonlyMap<string, Declared<EntityTypeDeclaration>>;
  /** By the name of their type, then by id. */
  readonly actions: ReadonlyMap<string, ReadonlyMap<string, Declared<ActionDeclaration>>>;
}

/** Names that no common type may have, because types of JSON schemas and built-in types are called so. */
const RESERVED_COMMON_TYPES: ReadonlySet<string> = new Set([
  'Bool',
  'Boolean',
  'Entity',
  'Extension',
  'Long',
  'Record',
  'Set',
  'String',
]);

/** Full name of what is declared as `name` in a namespace. */
export function fullName(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}::${name}`;
}

/** Puts the declarations of fragments together and reports those that cannot stand beside each other. */
export function collectDeclarations(fragments: readonly SchemaFragment[], findings: Findings): Declarations {
  const collection = new Collection(findings);
  for (const { namespaces } of fragments) for (const namespace of namespaces) collection.add(namespace);
  collection.checkEmptyNamespace();
  return collection;
}

class Collection implements Declarations {
  readonly commonTypes = new Map<string, Declared<CommonTypeDeclaration>>();
  readonly entityTypes = new Map<string, Declared<EntityTypeDeclaration>>();
  readonly actions = new Map<string, Map<string, Declared<ActionDeclaration>>>();
  private readonly findings: Findings;

  constructor(findings: Findings) {
    this.findings = findings;
  }

  add(namespace: NamespaceDeclaration): void {
    const { name: prefix } = namespace;
    if (prefix.split('::').includes('__cedar')) this.refuseReserved(prefix, namespace.origin);
    for (const declaration of namespace.commonTypes) this.addCommonType(prefix, declaration);
    for (const declaration of namespace.entityTypes) this.addEntityType(prefix, declaration);
    for (const declaration of namespace.actions) this.addAction(prefix, declaration);
  }

  /** No name of the empty namespace may be declared again elsewhere, since it could not be referred to from there. */
  checkEmptyNamespace(): void {
    for (const types of [this.commonTypes, this.entityTypes]) {
      for (const { namespace, name, declaration } of types.values()) {
        if (namespace === '') continue;
        const shadowed = this.commonTypes.get(declaration.name) ?? this.entityTypes.get(declaration.name);
        if (shadowed !== undefined)
          this.refuseShadowing(name, declaration.origin, declaration.name, shadowed.declaration.origin);
      }
    }
    const loose = this.actions.get('Action');
    for (const [type, actions] of this.actions) {
      if (type === 'Action') continue;
      for (const [id, { declaration }] of actions) {
        const shadowed = loose?.get(id);
        if (shadowed === undefined) continue;
        const [name, other] = [`${type}::${quoteText(id)}`, `Action::${quoteText(id)}`];
        this.refuseShadowing(name, declaration.origin, other, shadowed.declaration.origin);
      }
    }
  }

  private addCommonType(namespace: string, declaration: CommonTypeDeclaration): void {
    const { name, origin } = declaration;
    if (RESERVED_COMMON_TYPES.has(name)) {
      report(this.findings, origin, 'reserved-schema-name', `a common type cannot be called \`${name}\``, {
        help: 'choose another name',
        data: { name },
      });
    } else if (name === '__cedar') this.refuseReserved(name, origin);
    const full = fullName(namespace, name);
    const first = this.commonTypes.get(full);
    if (first === undefined) this.commonTypes.set(full, { namespace, name: full, declaration });
    else this.refuseDuplicate('the common type', full, origin, first.declaration.origin);
  }

  private addEntityType(namespace: string, declaration: EntityTypeDeclaration): void {
    const { name, origin } = declaration;
    if (name === '__cedar') this.refuseReserved(name, origin);
    if (name === 'Action') {
      report(this.findings, origin, 'action-entity-type', 'an entity type cannot be called `Action`', {
        help: 'it is the type of the actions and exists wherever an action is declared',
      });
    }
    const full = fullName(namespace, name);
    const first = this.entityTypes.get(full);
    if (first === undefined) this.entityTypes.set(full, { namespace, name: full, declaration });
    else this.refuseDuplicate('the entity type', full, origin, first.declaration.origin);
  }

  private addAction(namespace: string, declaration: ActionDeclaration): void {
    const type = fullName(namespace, 'Action');
    let actions = this.actions.get(type);
    if (actions === undefined) {
      actions = new Map();
      this.actions.set(type, actions);
    }
    const first = actions.get(declaration.name);
    if (first === undefined) actions.set(declaration.name, { namespace, name: type, declaration });
    else {
      const name = `${type}::${quoteText(declaration.name)}`;
      this.refuseDuplicate('the action', name, declaration.origin, first.declaration.origin);
    }
  }

  private refuseReserved(name: string, origin: Origin): void {
    report(
      this.findings,
      origin,
      'reserved-schema-name',
      '`__cedar` is reserved and cannot be a part of a declared name',
      {
        help: 'choose another name',
        data: { name },
      },
    );
  }

  private refuseDuplicate(what: string, name: string, origin: Origin, first: Origin): void {
    report(this.findings, origin, 'duplicate-declaration', `${what} \`${name}\` is declared twice`, {
      help: 'delete one of the two or give it another name',
      data: { name },
      related: [first, 'first declared here'],
    });
  }

  private refuseShadowing(name: string, origin: Origin, shadowed: string, first: Origin): void {
    report(
      this.findings,
      origin,
      'shadowed-declaration',
      `\`${name}\` would hide \`${shadowed}\` of the empty namespace`,
      {
        help: 'rename one of the two, or move the one outside of namespaces into a namespace',
        data: { name, shadowed },
        related: [first, 'declared in the empty namespace here'],
      },
    );
  }
}
