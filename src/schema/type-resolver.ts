import type {
  AttributeDeclaration,
  CommonTypeDeclaration,
  NameReference,
  TypeExpression,
} from '../ast/schema-fragment.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { Origin } from '../diagnostics/origin.js';
import {
  type Attribute,
  BOOL,
  BUILTIN_TYPES,
  type CedarType,
  entityType,
  LONG,
  recordType,
  STRING,
  setType,
} from '../types/cedar-type.js';
import type { Declarations, Declared } from './declarations.js';
import { type Findings, report } from './findings.js';
import { TypeNames, type Wanted } from './type-names.js';

/** Sets and records that may stand inside each other in a type, those of its common types included. */
const MAX_TYPE_DEPTH = 1000;
/** So many unknown names get a proposal; finding one takes longer than everything else. */
const MAX_PROPOSALS = 100;

const PRIMITIVES = { Bool: BOOL, Long: LONG, String: STRING } as const;

/**
 * Resolves types as written to types without names of common types. A type that cannot be resolved is reported once, and
 * undefined.
 */
export class TypeResolver {
  readonly names: TypeNames;
  /** The resolved common types by full name, once `resolveCommonTypes` has run; undefined where that failed. */
  readonly commonTypes = new Map<string, CedarType | undefined>();
  private readonly declarations: Declarations;
  private readonly findings: Findings;
  /** Levels of sets and records in a type. */
  private readonly depths = new Map<CedarType, number>();
  private proposals = 0;

  constructor(declarations: Declarations, findings: Findings) {
    this.declarations = declarations;
    this.findings = findings;
    this.names = new TypeNames(declarations);
  }

  /** Resolves every common type, those that it is made of first. */
  resolveCommonTypes(): void {
    const open = new Map<string, number>();
    const path: Visit[] = [];
    for (const declared of this.declarations.commonTypes.values()) {
      if (!this.commonTypes.has(declared.name)) path.push(this.visit(declared));
      for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
        open.set(visit.declared.name, path.length - 1);
        const next = visit.references.pop();
        if (next === undefined) {
          const { name, namespace, declaration } = visit.declared;
          open.delete(name);
          path.pop();
          if (!this.commonTypes.has(name)) this.commonTypes.set(name, this.resolve(declaration.type, namespace));
        } else if (open.has(next.name)) this.refuseCycle(path.slice(open.get(next.name)));
        else if (!this.commonTypes.has(next.name)) path.push(this.visit(next));
      }
    }
  }

  /** Resolves a type that is written in a namespace; all common types it needs must be resolved already. */
  resolve(type: TypeExpression, namespace: string): CedarType | undefined {
    switch (type.kind) {
      case 'primitive':
        return PRIMITIVES[type.name];
      case 'set': {
        const element = this.resolve(type.element, namespace);
        return element && this.deepen(setType(element), this.depthOf(element), type.origin);
      }
      case 'record':
        return this.resolveRecord(type.attributes, namespace, type.origin);
      case 'extension':
        return this.resolveExtension(type);
      case 'named':
        return this.resolveName(type, namespace, 'any');
      case 'common':
      case 'entity':
        return this.resolveName(type, namespace, type.kind);
    }
  }

  /** Full name of the entity type that a name means; the types of actions are refused. */
  resolveEntityType(reference: NameReference, namespace: string): string | undefined {
    const found = this.names.find(reference.name, namespace, 'entity');
    if (found?.kind === 'entity') return found.name;
    if (found === undefined) this.refuseUnknown(reference, namespace, 'entity');
    else {
      report(this.findings, reference.origin, 'expected-entity-type', `\`${reference.name}\` is the type of actions`, {
        help: 'actions cannot be principals, resources or parents of entities',
        data: { name: reference.name },
      });
    }
    return undefined;
  }

  private resolveRecord(
    attributes: readonly AttributeDeclaration[],
    namespace: string,
    origin: Origin,
  ): CedarType | undefined {
    const resolved = new Map<string, Attribute>();
    let depth = 0;
    let isComplete = true;
    const repeated = (name: string, place: Origin, first: Origin): void => this.warnDuplicate(name, place, first);
    for (const { name, required, type, origin: place } of lastOfEachName(attributes, repeated)) {
      const attribute = this.resolve(type, namespace);
      if (attribute === undefined) isComplete = false;
      else {
        depth = Math.max(depth, this.depthOf(attribute));
        resolved.set(name, { type: attribute, required, origin: place });
      }
    }
    return isComplete ? this.deepen(recordType(resolved), depth, origin) : undefined;
  }

  private resolveExtension({ name, origin }: NameReference): CedarType | undefined {
    const type = BUILTIN_TYPES.get(name);
    if (type?.kind === 'extension') return type;
    const known = [...BUILTIN_TYPES.values()].flatMap((builtin) => (builtin.kind === 'extension' ? builtin.name : []));
    const meant = name === 'ip' ? 'ipaddr' : didYouMean(name, known);
    report(this.findings, origin, 'unknown-extension', `there is no extension type \`${name}\``, {
      help:
        meant === undefined
          ? `the extension types are ${known.map((n) => `\`${n}\``).join(', ')}`
          : `did you mean \`${meant}\`?`,
      data: { name },
    });
    return undefined;
  }

  private resolveName(reference: NameReference, namespace: string, wanted: Wanted): CedarType | undefined {
    const found = this.names.find(reference.name, namespace, wanted);
    switch (found?.kind) {
      case 'common':
        return this.commonTypes.get(found.name);
      case 'builtin':
        return BUILTIN_TYPES.get(found.name.slice(found.name.lastIndexOf(':') + 1));
      case 'entity':
      case 'action':
        return entityType(found.name);
      default:
        this.refuseUnknown(reference, namespace, wanted);
        return undefined;
    }
  }

  private depthOf(type: CedarType): number {
    return this.depths.get(type) ?? 0;
  }

  /** Notes the depth of a new set or record, of which `inner` is the depth of what is in it. */
  private deepen(type: CedarType, inner: number, origin: Origin): CedarType | undefined {
    if (inner >= MAX_TYPE_DEPTH) {
      report(
        this.findings,
        origin,
        'type-too-deep',
        `more than ${MAX_TYPE_DEPTH} sets and records stand inside each other here`,
        {
          help: 'flatten the types it is made of',
          data: { limit: MAX_TYPE_DEPTH },
        },
      );
      return undefined;
    }
    this.depths.set(type, inner + 1);
    return type;
  }

  private refuseUnknown({ name, origin }: NameReference, namespace: string, wanted: Wanted): void {
    const kinds = { any: 'type', common: 'common type', entity: 'entity type' } as const;
    const help = this.proposals++ < MAX_PROPOSALS ? this.names.suggest(name, namespace, wanted) : undefined;
    report(this.findings, origin, 'unknown-type', `there is no ${kinds[wanted]} \`${name}\``, {
      help: help ?? 'declare it, or correct the name',
      data: { name, namespace },
    });
  }

  private warnDuplicate(name: string, origin: Origin, first: Origin): void {
    report(this.findings, origin, 'duplicate-attribute', `the attribute \`${name}\` is declared twice`, {
      severity: 'warning',
      help: 'the last declaration counts; delete the other',
      data: { name },
      related: [first, 'this declaration has no effect'],
    });
  }

  private visit(declared: Declared<CommonTypeDeclaration>): Visit {
    const references: Declared<CommonTypeDeclaration>[] = [];
    const pending: TypeExpression[] = [declared.declaration.type];
    for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
      if (type.kind === 'set') pending.push(type.element);
      else if (type.kind === 'record')
        for (const attribute of lastOfEachName(type.attributes)) pending.push(attribute.type);
      else if (type.kind === 'named' || type.kind === 'common') {
        const found = this.names.find(type.name, declared.namespace, type.kind === 'named' ? 'any' : 'common');
        const target = found?.kind === 'common' ? this.declarations.commonTypes.get(found.name) : undefined;
        if (target !== undefined) references.push(target);
      }
    }
    return { declared, references };
  }

  private refuseCycle(cycle: readonly Visit[]): void {
    const names = cycle.map(({ declared }) => declared.name);
    for (const name of names) this.commonTypes.set(name, undefined);
    const [first] = cycle;
    if (first === undefined) return;
    report(
      this.findings,
      first.declared.declaration.origin,
      'common-type-cycle',
      `the common type \`${names[0]}\` is made of itself`,
      {
        help: names.length === 1 ? 'refer to an entity type instead' : `the way round is ${wayRound(names)}`,
        data: { cycle: names },
      },
    );
  }
}

/** The attributes that count: of repeated ones the last. */
export function lastOfEachName(
  attributes: readonly AttributeDeclaration[],
  repeated?: (name: string, origin: Origin, first: Origin) => void,
): Iterable<AttributeDeclaration> {
  const last = new Map<string, AttributeDeclaration>();
  for (const attribute of attributes) {
    const first = last.get(attribute.name);
    if (first !== undefined) repeated?.(attribute.name, attribute.origin, first.origin);
    last.set(attribute.name, attribute);
  }
  return last.values();
}

/** A common type whose parts are being resolved, with those of its common types that are still to be looked at. */
interface Visit {
  readonly declared: Declared<CommonTypeDeclaration>;
  readonly references: Declared<CommonTypeDeclaration>[];
}

const SHOWN_STEPS = 8;

/** `A`, `B`, .. `A` in the words of a message. */
export function wayRound(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_STEPS).map((name) => `\`${name}\``);
  const more = names.length > SHOWN_STEPS ? [`${names.length - SHOWN_STEPS} more`] : [];
  return [...shown, ...more, ...shown.slice(0, 1)].join(', ');
}
