import { isIdentifier } from '../ast/names.js';
import type {
  ActionDeclaration,
  ActionParent,
  AttributeDeclaration,
  CommonTypeDeclaration,
  EntityTypeDeclaration,
  NameReference,
  NamespaceDeclaration,
  SchemaAnnotation,
  SchemaFragment,
  TypeExpression,
} from '../ast/schema-fragment.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { quoteText } from '../values/print.js';
import { collectDeclarations, fullName } from './declarations.js';
import { createFindings, type Findings, report } from './findings.js';
import { compareNamespaces } from './namespace-order.js';
import { type FoundType, TypeNames } from './type-names.js';
import { lastOfEachName } from './type-resolver.js';

const INDENT = '  ';

/**
 * Writes declarations in Cedar syntax, as the official converter does: namespaces, types and actions in alphabetical
 * order, without comments. Fails where that syntax cannot say what the declarations mean; the official converter writes
 * some names that mean something else in Cedar syntax, and so does this one, with a warning for each. The fragment should
 * be known to resolve: the official converter refuses others.
 */
export function printSchema(fragment: SchemaFragment): Result<string> {
  const findings = createFindings();
  const names = new TypeNames(collectDeclarations([fragment], createFindings()));
  for (const namespace of fragment.namespaces) {
    checkPrintable(namespace, findings);
    for (const type of writtenTypes(namespace)) checkReferences(type, namespace.name, names, findings);
  }
  if (findings.errors > 0) return failure(findings.diagnostics);
  const sorted = [...fragment.namespaces].sort((a, b) => compareNamespaces(a.name, b.name));
  return success(sorted.map(printNamespace).join('\n'), findings.diagnostics);
}

function checkPrintable({ name: namespace, commonTypes, entityTypes }: NamespaceDeclaration, findings: Findings): void {
  const common = new Set(commonTypes.map(({ name }) => name));
  for (const declared of entityTypes) {
    const { name, origin } = declared;
    const full = fullName(namespace, name);
    if (common.has(name) && namespace !== '') {
      report(findings, origin, 'name-collision', `\`${full}\` is an entity type and a common type`, {
        help: 'rename one of the two: in Cedar syntax a name cannot say which of them it means',
        data: { name: full },
      });
    }
    if (declared.kind === 'standard' && declared.shape !== undefined && declared.shape.kind !== 'record') {
      report(
        findings,
        declared.shape.origin,
        'unprintable-shape',
        `the attributes of \`${full}\` are given by a common type`,
        {
          help: 'write them as a record: Cedar syntax knows nothing else',
          data: { name: full },
        },
      );
    }
  }
}

/** The types of a namespace whose names mean any type in Cedar syntax; only a context is always a common type. */
function writtenTypes({ commonTypes, entityTypes, actions }: NamespaceDeclaration): readonly TypeExpression[] {
  return [
    ...commonTypes.map(({ type }) => type),
    ...entityTypes.flatMap((declared) =>
      declared.kind === 'standard' ? [declared.shape ?? [], declared.tags ?? []].flat() : [],
    ),
    ...actions.flatMap(({ appliesTo }) => (appliesTo?.context?.kind === 'record' ? appliesTo.context : [])),
  ];
}

/** Warns of references whose kind JSON says and Cedar syntax cannot, where the bare name means something else. */
function checkReferences(type: TypeExpression, namespace: string, names: TypeNames, findings: Findings): void {
  if (type.kind === 'set') checkReferences(type.element, namespace, names, findings);
  else if (type.kind === 'record') {
    for (const attribute of lastOfEachName(type.attributes))
      checkReferences(attribute.type, namespace, names, findings);
  } else if (type.kind === 'common' || type.kind === 'entity') {
    const [meant, read] = [names.find(type.name, namespace, type.kind), names.find(type.name, namespace, 'any')];
    if (meant === undefined || read === undefined || (meant.kind === read.kind && meant.name === read.name)) return;
    const message = `in Cedar syntax \`${type.name}\` does not mean the ${describeFound(meant)} but the ${describeFound(read)}`;
    report(findings, type.origin, 'changed-reference', message, {
      severity: 'warning',
      help: 'rename one of the two',
      data: { name: type.name, meant: meant.name, read: read.name },
    });
  }
}

function describeFound({ kind, name }: FoundType): string {
  const kinds = { common: 'common type', entity: 'entity type', action: 'type of actions', builtin: 'built-in type' };
  return `${kinds[kind]} \`${name}\``;
}

function printNamespace({ name, annotations, commonTypes, entityTypes, actions }: NamespaceDeclaration): string {
  const indent = name === '' ? '' : INDENT;
  const blocks = [
    ...inOrder(commonTypes).map((declared) => printCommonType(declared, indent)),
    ...inOrder(entityTypes).map((declared) => printEntityType(declared, indent)),
    ...inOrder(actions).map((declared) => printAction(declared, indent)),
  ];
  const content = blocks.join('\n');
  return name === '' ? content : `${printAnnotations(annotations, '')}namespace ${name} {\n${content}}\n`;
}

function inOrder<T extends { readonly name: string }>(declarations: readonly T[]): readonly T[] {
  return [...declarations].sort((a, b) => compareCodePoints(a.name, b.name));
}

function printAnnotations(annotations: readonly SchemaAnnotation[], indent: string): string {
  const sorted = [...annotations].sort((a, b) => compareCodePoints(a.key, b.key));
  return sorted.map(({ key, value }) => `${indent}@${key}${value === null ? '' : `(${quoteText(value)})`}\n`).join('');
}

function printCommonType({ name, annotations, type }: CommonTypeDeclaration, indent: string): string {
  return `${printAnnotations(annotations, indent)}${indent}type ${name} = ${printType(type, indent)};\n`;
}

function printEntityType(declared: EntityTypeDeclaration, indent: string): string {
  const head = `${printAnnotations(declared.annotations, indent)}${indent}entity ${declared.name}`;
  if (declared.kind === 'enum') return `${head} enum [${declared.ids.map(quoteText).join(', ')}];\n`;
  const { parents, shape, tags } = declared;
  const within = parents.length === 0 ? '' : ` in ${printNames(parents)}`;
  const isEmpty = shape === undefined || (shape.kind === 'record' && shape.attributes.length === 0);
  const attributes = isEmpty ? '' : ` = ${printType(shape, indent)}`;
  // The official converter starts tags at the left margin, whatever the namespace.
  const tagged = tags === undefined ? '' : ` tags ${printType(tags, '')}`;
  return `${head}${within}${attributes}${tagged};\n`;
}

function printAction({ name, annotations, parents = [], appliesTo }: ActionDeclaration, indent: string): string {
  const head = `${printAnnotations(annotations, indent)}${indent}action ${quoteText(name)}`;
  const within = parents.length === 0 ? '' : ` in [${parents.map(printParent).join(', ')}]`;
  if (appliesTo === undefined || appliesTo.principals.length === 0 || appliesTo.resources.length === 0)
    return `${head}${within};\n`;
  const { principals, resources, context } = appliesTo;
  const inner = `${indent}${INDENT}`;
  const isEmpty = context === undefined || (context.kind === 'record' && context.attributes.length === 0);
  const entries = [
    `principal: ${printNames(principals)}`,
    `resource: ${printNames(resources)}`,
    `context: ${isEmpty ? '{}' : printType(context, inner)}`,
  ];
  return `${head}${within} appliesTo {\n${entries.map((entry) => `${inner}${entry}`).join(',\n')}\n${indent}};\n`;
}

function printParent({ type = 'Action', id }: ActionParent): string {
  return `${type}::${quoteText(id)}`;
}

function printNames(references: readonly NameReference[]): string {
  return `[${references.map(({ name }) => name).join(', ')}]`;
}

function printType(type: TypeExpression, indent: string): string {
  switch (type.kind) {
    case 'primitive':
    case 'extension':
      return `__cedar::${type.name}`;
    case 'set':
      return `Set<${printType(type.element, indent)}>`;
    case 'record': {
      // An empty record is printed like one whose attributes take no space.
      if (type.attributes.length === 0) return `{${indent}}`;
      const inner = `${indent}${INDENT}`;
      const attributes = inOrder([...lastOfEachName(type.attributes)]);
      return `{\n${attributes.map((attribute) => printAttribute(attribute, inner)).join(',\n')}\n${indent}}`;
    }
    default:
      return type.name;
  }
}

function printAttribute({ name, required, annotations, type }: AttributeDeclaration, indent: string): string {
  const written = isIdentifier(name) ? name : quoteText(name);
  return `${printAnnotations(annotations, indent)}${indent}${written}${required ? '' : '?'}: ${printType(type, indent)}`;
}
