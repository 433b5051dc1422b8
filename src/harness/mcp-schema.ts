import { isIdentifier } from '../ast/names.js';
import type {
  ActionDeclaration,
  AttributeDeclaration,
  CommonTypeDeclaration,
  EntityTypeDeclaration,
  NameReference,
  NamespaceDeclaration,
  SchemaFragment,
  TypeExpression,
} from '../ast/schema-fragment.js';
import { type Diagnostic, diagnostic, failure, hasErrors, type Result, success } from '../diagnostics/diagnostic.js';
import type { Origin } from '../diagnostics/origin.js';
import { type Fingerprint, findSharedTypes, fingerprintOf, type SharedType } from './mcp-shared-types.js';
import { type McpStub, readMcpStub } from './mcp-stub.js';
import type {
  McpDefinitions,
  McpObject,
  McpParameters,
  McpProperty,
  McpServer,
  McpTool,
  McpType,
} from './mcp-types.js';

/** How the schema of an MCP server is written; each is off by default. */
export interface McpSchemaOptions {
  /** `context.output` beside `context.input`. */
  readonly includeOutputs?: boolean;
  /** Objects without `additionalProperties` of a type are records instead of entities. */
  readonly objectsAsRecords?: boolean;
  /** The annotations `@mcp_...` of the stub stay. */
  readonly keepAnnotations?: boolean;
  /** All types stand in the namespace of the stub, with `_` for `::` in their names. */
  readonly flattenNamespaces?: boolean;
  /** `number` and `float` are decimals instead of entities that can only be compared. */
  readonly numbersAsDecimal?: boolean;
  /** Types that are declared alike in several places stand once, in the namespace that these share. */
  readonly deduplicateTypes?: boolean;
}

/**
 * The schema of an MCP server, as the official schema generator for MCP tools makes it of a stub and a list of tools: an
 * action for each tool with `context.input`. Names that are no identifiers and types that would be declared twice are
 * reported, as there.
 */
export function createMcpSchema(
  stub: SchemaFragment,
  server: McpServer,
  options: McpSchemaOptions = {},
): Result<SchemaFragment> {
  const read = readMcpStub(stub, options.keepAnnotations === true);
  if (!read.ok) return read;
  const making = new McpSchemaMaking(read.value, options);
  making.declareAll(server);
  if (hasErrors(making.diagnostics)) return failure(making.diagnostics);
  return success({ namespaces: making.namespaces() }, making.diagnostics);
}

interface Namespace {
  readonly commonTypes: Map<string, CommonTypeDeclaration>;
  readonly entityTypes: Map<string, EntityTypeDeclaration>;
  readonly actions: Map<string, ActionDeclaration>;
}

/** Names of the types that references under `$defs` mean, full. */
type Known = ReadonlyMap<string, string>;

const RESERVED_TYPES: ReadonlySet<string> = new Set([
  'Bool',
  'Boolean',
  'Entity',
  'Extension',
  'Long',
  'Record',
  'Set',
  'String',
]);

class McpSchemaMaking {
  readonly diagnostics: Diagnostic[] = [];
  readonly #stub: McpStub;
  readonly #options: McpSchemaOptions;
  readonly #namespaces = new Map<string, Namespace>();
  #shared: ReadonlyMap<Fingerprint, SharedType> = new Map();

  constructor(stub: McpStub, options: McpSchemaOptions) {
    this.#stub = stub;
    this.#options = options;
    const { commonTypes, entityTypes, actions } = stub.namespace;
    this.#namespaces.set(stub.namespace.name, {
      commonTypes: new Map(commonTypes.map((declared) => [declared.name, declared])),
      entityTypes: new Map(entityTypes.map((declared) => [declared.name, declared])),
      actions: new Map(actions.map((declared) => [declared.name, declared])),
    });
  }

  /** The namespaces that hold something, the stub's with its annotations. */
  namespaces(): readonly NamespaceDeclaration[] {
    const { namespace: root } = this.#stub;
    return [...this.#namespaces].map(([name, { commonTypes, entityTypes, actions }]) => ({
      name,
      annotations: name === root.name ? root.annotations : [],
      commonTypes: [...commonTypes.values()],
      entityTypes: [...entityTypes.values()],
      actions: [...actions.values()],
      origin: root.origin,
    }));
  }

  declareAll(server: McpServer): void {
    const root = this.#stub.namespace.name;
    const known = this.#declareDefinitions(server.definitions, root, new Map());
    if (this.#options.deduplicateTypes === true) this.#shareTypes(server, root);
    for (const tool of server.tools) this.#declareTool(tool, known);
  }

  #shareTypes(server: McpServer, root: string): void {
    const { includeOutputs = false, objectsAsRecords = false } = this.#options;
    const taken = (namespace: string, name: string): boolean => {
      const declared = this.#namespaces.get(namespace);
      return declared?.entityTypes.has(name) === true || declared?.commonTypes.has(name) === true;
    };
    const shared = findSharedTypes(server, root, { includeOutputs, objectsAsRecords }, taken);
    for (const { name, type, namespace } of shared.values()) {
      if (type.kind === 'enum') this.#declareEnum(type.variants, name, namespace, '');
      else if (type.kind === 'object') this.#declareObject(type, name, namespace, new Map(), '');
    }
    this.#shared = shared;
  }

  #declareTool(tool: McpTool, outer: Known): void {
    const { namespace: root, principals, resources, contexts, parents } = this.#stub;
    const { name, pointer } = tool;
    if (!this.#isName(name, pointer, 'name of a tool')) return;
    const namespace = `${root.name}::${name}`;
    const known = this.#declareDefinitions(tool.definitions, namespace, outer);
    const origin = originAt(pointer);
    const attributes = new Map<string, AttributeDeclaration>(
      contexts.map(([key, type]) => [key, attributeOf(key, true, { kind: 'named', name: type, origin }, origin)]),
    );
    const declareSide = (side: 'input' | 'output', parameters: McpParameters): void => {
      const suffix = side === 'input' ? 'Input' : 'Output';
      const type = this.#recordOf(parameters, `${namespace}::${suffix}`, known, origin);
      this.#addCommonType(type, `${name}${suffix}`, root.name, pointer);
      const reference: TypeExpression = { kind: 'common', name: `${name}${suffix}`, origin };
      attributes.set(side, attributeOf(side, side === 'input', reference, origin));
    };
    declareSide('input', tool.input);
    if (this.#options.includeOutputs === true) declareSide('output', tool.output);
    const context: TypeExpression = { kind: 'record', attributes: [...attributes.values()], origin };
    const appliesTo = { principals: principals.map(toReference), resources: resources.map(toReference), context };
    this.#namespaces.get(root.name)?.actions.set(name, { name, annotations: [], parents, appliesTo, origin });
  }

  #declareDefinitions(definitions: McpDefinitions, namespace: string, outer: Known): Known {
    const usable = definitions.filter(({ name, pointer }) => {
      if (!this.#isName(name, pointer, 'name of a type')) return false;
      if (RESERVED_TYPES.has(name)) this.#reserved(name, pointer);
      return !RESERVED_TYPES.has(name);
    });
    const known = new Map([...outer, ...usable.map(({ name }) => [name, `${namespace}::${name}`] as const)]);
    for (const { name, type, pointer } of usable)
      this.#addCommonType(this.#typeOf(type, name, namespace, known, pointer), name, namespace, pointer);
    return known;
  }

  #recordOf(parameters: McpParameters, namespace: string, outer: Known, origin: Origin): TypeExpression {
    const known = this.#declareDefinitions(parameters.definitions, namespace, outer);
    return { kind: 'record', attributes: this.#attributesOf(parameters.properties, namespace, known), origin };
  }

  #attributesOf(properties: readonly McpProperty[], namespace: string, known: Known): readonly AttributeDeclaration[] {
    return properties.flatMap(({ name, required, type, pointer }) => {
      if (!this.#isName(name, pointer, 'name of a property')) return [];
      return [attributeOf(name, required, this.#typeOf(type, name, namespace, known, pointer), originAt(pointer))];
    });
  }

  /** The type that stands for a type of a tool; `name` and `namespace` say where its declaration goes when it has one. */
  #typeOf(type: McpType, name: string, namespace: string, known: Known, pointer: string): TypeExpression {
    const origin = originAt(pointer);
    const named = (builtin: string): TypeExpression => ({ kind: 'named', name: builtin, origin });
    switch (type.kind) {
      case 'boolean':
        return named('Bool');
      case 'integer':
        return named('Long');
      case 'string':
        return named('String');
      case 'decimal':
      case 'datetime':
      case 'duration':
      case 'ipaddr':
        return named(type.kind);
      case 'number':
      case 'float':
        if (this.#options.numbersAsDecimal === true) return named('decimal');
        return this.#opaque(type.kind === 'number' ? 'Number' : 'Float', pointer);
      case 'null':
        return this.#opaque('Null', pointer);
      case 'unknown':
        return this.#opaque('Unknown', pointer);
      case 'array':
        return { kind: 'set', element: this.#typeOf(type.element, name, namespace, known, pointer), origin };
      case 'tuple':
        return this.#choices(type.types, 'proj', `${namespace}::${name}`, namespace, known, pointer);
      case 'union':
        return this.#choices(type.types, 'typeChoice', `${namespace}::${name}`, namespace, known, pointer);
      case 'reference':
        return this.#reference(type.name, known, type.pointer);
      case 'enum':
      case 'object': {
        const shared = this.#sharedType(type, name);
        if (shared !== undefined) return { kind: 'entity', name: this.#flat(`${shared}::${name}`), origin };
        if (type.kind === 'enum') this.#declareEnum(type.variants, name, namespace, pointer);
        else this.#declareObject(type, name, namespace, known, pointer);
        const isRecord = type.kind === 'object' && this.#isRecord(type);
        return { kind: isRecord ? 'named' : 'entity', name: this.#flat(`${namespace}::${name}`), origin };
      }
    }
  }

  #sharedType(type: McpType, name: string): string | undefined {
    const fingerprint = fingerprintOf(name, type, this.#options.objectsAsRecords === true);
    return fingerprint === undefined ? undefined : this.#shared.get(fingerprint)?.namespace;
  }

  #isRecord({ further }: McpObject): boolean {
    return this.#options.objectsAsRecords === true && further === undefined;
  }

  #reference(name: string, known: Known, pointer: string): TypeExpression {
    const full = known.get(name);
    if (full === undefined) this.#refuse(pointer, `there is no type \`${name}\` under \`$defs\``);
    return { kind: 'named', name: this.#flat(full ?? name), origin: originAt(pointer) };
  }

  /** A record with one attribute for each of several types. */
  #choices(
    types: readonly McpType[],
    prefix: 'proj' | 'typeChoice',
    namespace: string,
    outer: string,
    known: Known,
    pointer: string,
  ): TypeExpression {
    const capital = prefix === 'proj' ? 'Proj' : 'TypeChoice';
    const attributes = types.map((type, index) => {
      const inner = this.#typeOf(type, `${capital}${index}`, namespace, known, pointer);
      return attributeOf(`${prefix}${index}`, prefix === 'proj', unqualified(inner, outer), originAt(pointer));
    });
    return { kind: 'record', attributes, origin: originAt(pointer) };
  }

  #opaque(name: string, pointer: string): TypeExpression {
    const root = this.#stub.namespace.name;
    const origin = originAt(pointer);
    const declared = this.#at(root).entityTypes;
    if (!declared.has(name)) declared.set(name, entityOf(name, undefined, undefined, origin));
    return { kind: 'entity', name: `${root}::${name}`, origin };
  }

  #declareEnum(ids: readonly string[], name: string, namespace: string, pointer: string): void {
    const origin = originAt(pointer);
    this.#addEntityType({ kind: 'enum', name, annotations: [], ids, origin }, namespace, pointer);
  }

  #declareObject(type: McpObject, name: string, namespace: string, known: Known, pointer: string): void {
    const within = `${namespace}::${name}`;
    const origin = originAt(pointer);
    const tags =
      type.further === undefined ? undefined : this.#typeOf(type.further, `${name}Tag`, within, known, pointer);
    const attributes = this.#attributesOf(type.properties, within, known).map((attribute) => ({
      ...attribute,
      type: unqualified(attribute.type, namespace),
    }));
    const shape: TypeExpression = { kind: 'record', attributes, origin };
    if (this.#isRecord(type)) this.#addCommonType(shape, name, namespace, pointer);
    else this.#addEntityType(entityOf(name, shape, tags, origin), namespace, pointer);
  }

  #addEntityType(declared: EntityTypeDeclaration, namespace: string, pointer: string): void {
    const place = this.#placeOf(declared.name, namespace);
    const { entityTypes } = this.#at(place.namespace);
    if (entityTypes.has(place.name)) this.#conflict(place.name, place.namespace, pointer);
    else entityTypes.set(place.name, { ...declared, name: place.name });
  }

  #addCommonType(type: TypeExpression, name: string, namespace: string, pointer: string): void {
    const place = this.#placeOf(name, namespace);
    // A definition of an object or of listed texts has declared itself already.
    const own = unqualified(type, place.namespace);
    if ('name' in own && own.name === place.name) return;
    const { commonTypes } = this.#at(place.namespace);
    if (RESERVED_TYPES.has(place.name)) this.#reserved(place.name, pointer);
    else if (commonTypes.has(place.name)) this.#conflict(place.name, place.namespace, pointer);
    else commonTypes.set(place.name, { name: place.name, annotations: [], type, origin: originAt(pointer) });
  }

  #at(namespace: string): Namespace {
    const known = this.#namespaces.get(namespace);
    if (known !== undefined) return known;
    const fresh: Namespace = { commonTypes: new Map(), entityTypes: new Map(), actions: new Map() };
    this.#namespaces.set(namespace, fresh);
    return fresh;
  }

  #placeOf(name: string, namespace: string): { readonly name: string; readonly namespace: string } {
    const full = this.#flat(`${namespace}::${name}`);
    const end = full.lastIndexOf('::');
    return { name: full.slice(end + 2), namespace: full.slice(0, end) };
  }

  /** A full name; with flat namespaces all that stands behind the root is one word. */
  #flat(full: string): string {
    const root = this.#stub.namespace.name;
    if (this.#options.flattenNamespaces !== true || !full.startsWith(`${root}::`)) return full;
    return `${root}::${full.slice(root.length + 2).replaceAll('::', '_')}`;
  }

  #isName(name: string, pointer: string, what: string): boolean {
    if (isIdentifier(name)) return true;
    this.#refuse(pointer, `${JSON.stringify(name.slice(0, 100))} cannot be the ${what}: it is no identifier of Cedar`);
    return false;
  }

  #reserved(name: string, pointer: string): void {
    this.#refuse(pointer, `\`${name}\` is the name of a type of Cedar`);
  }

  #conflict(name: string, namespace: string, pointer: string): void {
    this.#refuse(pointer, `the type \`${namespace}::${name}\` would be declared twice`);
  }

  #refuse(pointer: string, message: string): void {
    this.diagnostics.push(
      diagnostic('bad-tool', message, { pointer, help: 'the profile `deodar` takes tools of any form' }),
    );
  }
}

function originAt(pointer: string): Origin {
  return { kind: 'json', file: undefined, pointer };
}

function attributeOf(name: string, required: boolean, type: TypeExpression, origin: Origin): AttributeDeclaration {
  return { name, required, annotations: [], type, origin };
}

function entityOf(
  name: string,
  shape: TypeExpression | undefined,
  tags: TypeExpression | undefined,
  origin: Origin,
): EntityTypeDeclaration {
  return { kind: 'standard', name, annotations: [], parents: [], shape, tags, origin };
}

function toReference(name: string): NameReference {
  return { name, origin: originAt('') };
}

/** A type in which names of a namespace stand without it. */
function unqualified(type: TypeExpression, namespace: string): TypeExpression {
  switch (type.kind) {
    case 'set':
      return { ...type, element: unqualified(type.element, namespace) };
    case 'record':
      return {
        ...type,
        attributes: type.attributes.map((attribute) => ({
          ...attribute,
          type: unqualified(attribute.type, namespace),
        })),
      };
    case 'named':
    case 'common':
    case 'entity': {
      const rest = type.name.startsWith(`${namespace}::`) ? type.name.slice(namespace.length + 2) : undefined;
      return rest === undefined || rest.includes('::') ? type : { ...type, name: rest };
    }
    default:
      return type;
  }
}
