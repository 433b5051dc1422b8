import { isIdentifier } from '../ast/names.js';
import type { McpDefinitions, McpParameters, McpProperty, McpServer, McpType } from './mcp-types.js';

/** What makes types of several tools the same: their name and all that they say. */
export type Fingerprint = string;

/** A type that stands once for all that are the same. */
export interface SharedType {
  readonly name: string;
  readonly type: McpType;
  /** The longest namespace that all of them are in. */
  readonly namespace: string;
}

interface Occurrences {
  readonly name: string;
  readonly type: McpType;
  readonly namespaces: string[];
}

/** Types whose values are not made of others: what a record may hold to be shared. */
const LEAVES: ReadonlySet<McpType['kind']> = new Set([
  'boolean',
  'integer',
  'float',
  'number',
  'string',
  'decimal',
  'datetime',
  'duration',
  'ipaddr',
  'null',
  'unknown',
]);

/**
 * The name under which a type may be shared: enums by their ids in order, objects of plain properties by these. Undefined
 * for all other types.
 */
export function fingerprintOf(name: string, type: McpType, objectsAsRecords: boolean): Fingerprint | undefined {
  if (type.kind === 'enum') return JSON.stringify(['enum', name, type.variants]);
  if (type.kind !== 'object' || objectsAsRecords || type.further !== undefined) return undefined;
  const { properties } = type;
  if (properties.length === 0 || properties.some((property) => !LEAVES.has(property.type.kind))) return undefined;
  const attributes = properties.map((property) => [property.name, property.type.kind, property.required]);
  return JSON.stringify(['record', name, attributes.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))]);
}

/** Finds the types that several tools, or one in several places, declare alike. `taken` says which names exist already. */
export function findSharedTypes(
  server: McpServer,
  root: string,
  options: { readonly includeOutputs: boolean; readonly objectsAsRecords: boolean },
  taken: (namespace: string, name: string) => boolean,
): ReadonlyMap<Fingerprint, SharedType> {
  const found = new Map<Fingerprint, Occurrences>();
  const note = (name: string, type: McpType, namespace: string): void => {
    const fingerprint = isIdentifier(name) ? fingerprintOf(name, type, options.objectsAsRecords) : undefined;
    if (fingerprint === undefined) return;
    const known = found.get(fingerprint);
    if (known === undefined) found.set(fingerprint, { name, type, namespaces: [namespace] });
    else known.namespaces.push(namespace);
  };
  const collect = (name: string, type: McpType, namespace: string): void => {
    note(name, type, namespace);
    for (const [member, inner, within] of partsOf(name, type, namespace)) collect(member, inner, within);
  };
  const collectAll = (types: McpDefinitions | readonly McpProperty[], namespace: string): void => {
    for (const { name, type } of types) collect(name, type, namespace);
  };
  const collectParameters = ({ properties, definitions }: McpParameters, namespace: string): void => {
    collectAll(properties, namespace);
    collectAll(definitions, namespace);
  };
  for (const tool of server.tools) {
    const namespace = `${root}::${tool.name}`;
    collectParameters(tool.input, `${namespace}::Input`);
    if (options.includeOutputs) collectParameters(tool.output, `${namespace}::Output`);
    // What stands inside the definitions of a tool is not looked at, as in the official generator.
    for (const { name, type } of tool.definitions) note(name, type, namespace);
  }
  return withoutConflicts(found, taken);
}

/** The types that stand inside a type, each with its name and namespace. */
function partsOf(name: string, type: McpType, namespace: string): readonly (readonly [string, McpType, string])[] {
  const within = `${namespace}::${name}`;
  switch (type.kind) {
    case 'array':
      return [[name, type.element, namespace]];
    case 'tuple':
      return type.types.map((member, index) => [`Proj${index}`, member, within] as const);
    case 'union':
      return type.types.map((member, index) => [`TypeChoice${index}`, member, within] as const);
    case 'object': {
      const members = type.properties.map((property) => [property.name, property.type, within] as const);
      return type.further === undefined ? members : [...members, [`${name}Tag`, type.further, within]];
    }
    default:
      return [];
  }
}

/** Types of one name that would come to stand in one namespace stay where they are, and so do those whose name is taken. */
function withoutConflicts(
  found: ReadonlyMap<Fingerprint, Occurrences>,
  taken: (namespace: string, name: string) => boolean,
): ReadonlyMap<Fingerprint, SharedType> {
  const repeated = [...found].flatMap(([fingerprint, { name, type, namespaces }]) =>
    namespaces.length < 2 ? [] : [[fingerprint, { name, type, namespace: commonNamespace(namespaces) }] as const],
  );
  const targets = new Map<string, number>();
  for (const [, { name, namespace }] of repeated) {
    const target = `${namespace}::${name}`;
    targets.set(target, (targets.get(target) ?? 0) + 1);
  }
  return new Map(
    repeated.filter(([, { name, namespace }]) => targets.get(`${namespace}::${name}`) === 1 && !taken(namespace, name)),
  );
}

function commonNamespace(namespaces: readonly string[]): string {
  const paths = namespaces.map((namespace) => namespace.split('::'));
  const [first = []] = paths;
  const length = first.findIndex((part, index) => paths.some((path) => path[index] !== part));
  return (length === -1 ? first : first.slice(0, length)).join('::');
}
