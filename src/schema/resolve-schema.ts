import type { SchemaFragment } from '../ast/schema-fragment.js';
import { type Diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { compareCodePoints } from '../text/code-point-order.js';
import type { Source } from '../text/source.js';
import { BUILTIN_TYPES } from '../types/cedar-type.js';
import { resolveActions } from './actions.js';
import { collectDeclarations, type Declarations } from './declarations.js';
import { annotationsOf, resolveEntityTypes } from './entity-types.js';
import { createFindings, type Findings, report } from './findings.js';
import type { CommonType, Schema } from './schema.js';
import { TypeResolver } from './type-resolver.js';

/**
 * Makes one schema of fragments: finds what every name means and checks that the declarations fit together. All
 * problems are reported, those of the first fragment first; warnings come with success too.
 */
export function resolveSchema(fragments: readonly SchemaFragment[]): Result<Schema> {
  const findings = createFindings();
  const declarations = collectDeclarations(fragments, findings);
  const types = new TypeResolver(declarations, findings);
  types.resolveCommonTypes();
  const resolution = { declarations, types, findings };
  const entityTypes = resolveEntityTypes(resolution);
  const actionTypes = resolveActions(resolution);
  const commonTypes = commonTypesOf(declarations, types);
  warnOfShadowing(declarations, findings);
  const found = inOrder(findings.diagnostics);
  return findings.errors > 0 ? failure(found) : success({ entityTypes, actionTypes, commonTypes }, found);
}

function commonTypesOf({ commonTypes }: Declarations, types: TypeResolver): ReadonlyMap<string, CommonType> {
  const resolved = [...commonTypes.values()].flatMap(({ name, declaration }) => {
    const type = types.commonTypes.get(name);
    const { annotations, origin } = declaration;
    return type === undefined ? [] : { name, type, annotations: annotationsOf(annotations), origin };
  });
  return new Map(resolved.sort((a, b) => compareCodePoints(a.name, b.name)).map((common) => [common.name, common]));
}

/** In Cedar syntax a declared type can hide another one; in JSON every reference says what it means. */
function warnOfShadowing({ commonTypes, entityTypes }: Declarations, findings: Findings): void {
  for (const { name, declaration } of commonTypes.values()) {
    const entity = entityTypes.get(name);
    if (entity === undefined || declaration.origin.kind === 'json') continue;
    report(
      findings,
      declaration.origin,
      'shadows-entity',
      `the common type \`${name}\` hides the entity type of that name`,
      {
        severity: 'warning',
        help: 'rename one of the two',
        data: { name },
        related: [entity.declaration.origin, 'the entity type is declared here'],
      },
    );
  }
  for (const { name, declaration } of [...commonTypes.values(), ...entityTypes.values()]) {
    if (!BUILTIN_TYPES.has(declaration.name) || declaration.origin.kind === 'json') continue;
    // Such a common type is an error already.
    if ('type' in declaration && BUILTIN_TYPES.get(declaration.name)?.kind !== 'extension') continue;
    report(
      findings,
      declaration.origin,
      'shadows-builtin',
      `\`${name}\` hides the built-in type \`${declaration.name}\``,
      {
        severity: 'warning',
        help: `the built-in type can be written \`__cedar::${declaration.name}\``,
        data: { name },
      },
    );
  }
}

/** Problems by the text they are in, then by their place in it; those in JSON keep their order. */
function inOrder(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const texts = new Map<Source | undefined, number>();
  const placed = problems.map((problem) => {
    const [label] = problem.labels;
    if (!texts.has(label?.source)) texts.set(label?.source, texts.size);
    return { problem, text: texts.get(label?.source) ?? 0, start: label?.span.start ?? 0 };
  });
  return placed.sort((a, b) => a.text - b.text || a.start - b.start).map(({ problem }) => problem);
}
