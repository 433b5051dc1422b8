import type { ActionParent, NamespaceDeclaration, SchemaAnnotation, SchemaFragment } from '../ast/schema-fragment.js';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { placedAt } from '../diagnostics/origin.js';
import { compareCodePoints } from '../text/code-point-order.js';

/** What the stub of an MCP schema says of all tools. */
export interface McpStub {
  readonly namespace: NamespaceDeclaration;
  /** Names of the entity types with `@mcp_principal`. */
  readonly principals: readonly string[];
  /** Names of the entity types with `@mcp_resource`. */
  readonly resources: readonly string[];
  /** Attributes that every context has, with the names of their types: `@mcp_context("session")`. */
  readonly contexts: readonly (readonly [string, string])[];
  /** Groups that every tool is in: actions with `@mcp_action`; undefined when there are none. */
  readonly parents: readonly ActionParent[] | undefined;
}

const ANNOTATIONS: ReadonlySet<string> = new Set(['mcp_principal', 'mcp_resource', 'mcp_context', 'mcp_action']);

/** Reads a stub: one namespace with at least one principal and one resource type. */
export function readMcpStub({ namespaces }: SchemaFragment, keepAnnotations: boolean): Result<McpStub> {
  const [namespace] = namespaces;
  if (namespace === undefined || namespaces.length > 1)
    return failure([stubProblem(namespaces[1], `a stub has exactly one namespace, found ${namespaces.length}`)]);
  if (namespace.name === '') return failure([stubProblem(namespace, 'the namespace of the stub has no name')]);
  const { commonTypes, entityTypes, actions } = namespace;
  const principals = namesWith(entityTypes, 'mcp_principal');
  const resources = namesWith(entityTypes, 'mcp_resource');
  const missing = [
    ...(principals.length === 0 ? [stubProblem(namespace, 'no entity type carries `@mcp_principal`')] : []),
    ...(resources.length === 0 ? [stubProblem(namespace, 'no entity type carries `@mcp_resource`')] : []),
  ];
  if (missing.length > 0) return failure(missing);
  const contexts = [...entityTypes, ...commonTypes].flatMap(({ name, annotations }) => {
    const key = annotations.find((annotation) => annotation.key === 'mcp_context')?.value;
    return key === undefined || key === null ? [] : [[key, name] as const];
  });
  const parents = actions
    .filter(({ annotations }) => has(annotations, 'mcp_action'))
    .sort((a, b) => compareCodePoints(a.name, b.name))
    .map(({ name, origin }): ActionParent => ({ type: undefined, id: name, origin }));
  return success({
    namespace: keepAnnotations ? namespace : withoutAnnotations(namespace),
    principals,
    resources,
    contexts,
    parents: parents.length === 0 ? undefined : parents,
  });
}

interface Annotated {
  readonly name: string;
  readonly annotations: readonly SchemaAnnotation[];
}

function namesWith(declared: readonly Annotated[], key: string): readonly string[] {
  const names = declared.filter(({ annotations }) => has(annotations, key)).map(({ name }) => name);
  return names.sort(compareCodePoints);
}

function has(annotations: readonly SchemaAnnotation[], key: string): boolean {
  return annotations.some((annotation) => annotation.key === key);
}

function withoutAnnotations(namespace: NamespaceDeclaration): NamespaceDeclaration {
  const bare = <T extends Annotated>(declared: T): T => ({
    ...declared,
    annotations: declared.annotations.filter(({ key }) => !ANNOTATIONS.has(key)),
  });
  return {
    ...namespace,
    commonTypes: namespace.commonTypes.map(bare),
    entityTypes: namespace.entityTypes.map(bare),
    actions: namespace.actions.map(bare),
  };
}

function stubProblem(namespace: NamespaceDeclaration | undefined, message: string): Diagnostic {
  return diagnostic('bad-stub', message, {
    ...(namespace === undefined ? {} : placedAt(namespace.origin)),
    help: 'a stub declares entity types with `@mcp_principal` and `@mcp_resource` in one namespace',
  });
}
