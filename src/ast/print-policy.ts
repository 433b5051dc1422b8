import { compareCodePoints } from '../text/code-point-order.js';
import { printEntityUid, quoteText } from '../values/print.js';
import type { ActionConstraint, Annotation, EntityReference, Policy, ScopeConstraint } from './policy.js';
import { type Parentheses, printExpression } from './print-expression.js';

/**
 * Prints a policy or template as the official engine turns policy JSON into text: annotations on lines of their own,
 * sorted by key, and the rest on one line. Comments and layout of the text that a policy came from are not kept.
 */
export function printPolicy(policy: Policy, parentheses: Parentheses = 'official'): string {
  const annotations = [...policy.annotations]
    .sort((a, b) => compareCodePoints(a.key, b.key))
    .map((annotation) => `${printAnnotation(annotation)}\n`)
    .join('');
  const scope = [
    printScopeConstraint('principal', policy.principal),
    printActionConstraint(policy.action),
    printScopeConstraint('resource', policy.resource),
  ].join(', ');
  const conditions = policy.conditions
    .map(({ kind, body }) => ` ${kind} { ${printExpression(body, parentheses)} }`)
    .join('');
  return `${annotations}${policy.effect}(${scope})${conditions};`;
}

function printAnnotation({ key, value }: Annotation): string {
  return value === null ? `@${key}` : `@${key}(${quoteText(value)})`;
}

function printScopeConstraint(variable: 'principal' | 'resource', constraint: ScopeConstraint): string {
  switch (constraint.kind) {
    case 'any':
      return variable;
    case 'equal':
      return `${variable} == ${printReference(constraint.entity)}`;
    case 'in':
      return `${variable} in ${printReference(constraint.entity)}`;
    case 'is': {
      const test = `${variable} is ${constraint.entityType}`;
      return constraint.in === undefined ? test : `${test} in ${printReference(constraint.in)}`;
    }
  }
}

function printReference(reference: EntityReference): string {
  return reference.kind === 'slot' ? reference.slot : printEntityUid(reference.uid);
}

function printActionConstraint(constraint: ActionConstraint): string {
  switch (constraint.kind) {
    case 'any':
      return 'action';
    case 'equal':
      return `action == ${printEntityUid(constraint.action.uid)}`;
    case 'in':
      return `action in ${printEntityUid(constraint.action.uid)}`;
    case 'in-list':
      return `action in [${constraint.actions.map(({ uid }) => printEntityUid(uid)).join(', ')}]`;
  }
}
