import type { IToken } from 'chevrotain';
import { isActionType } from '../ast/names.js';
import type { ActionConstraint, ActionReference, EntityReference, ScopeConstraint } from '../ast/policy.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { Span } from '../text/source.js';
import { spanOf } from './places.js';
import type { Problems } from './problems.js';
import { Equal, In } from './tokens.js';

/** A name with its place, as after `is`. */
interface Named {
  readonly name: string;
  readonly span: Span;
}

/** What stands right of `==` or `in` in a scope. */
export type ScopeReference =
  | EntityReference
  | { readonly kind: 'set'; readonly elements: readonly EntityReference[]; readonly span: Span };

/** One element of a scope as it was written. */
export interface ScopeElement {
  readonly variable: IToken;
  readonly is: Named | undefined;
  readonly operator: IToken | undefined;
  /** Undefined when there is none or when it has been complained about. */
  readonly reference: ScopeReference | undefined;
}

export interface Scope {
  readonly principal: ScopeConstraint;
  readonly action: ActionConstraint;
  readonly resource: ScopeConstraint;
}

type ScopeVariable = keyof Scope;

const ORDER: readonly ScopeVariable[] = ['principal', 'action', 'resource'];
const ANY = { kind: 'any' } as const;

/** The scope without constraints; also what a scope counts as that has been complained about. */
export const OPEN_SCOPE: Scope = { principal: ANY, action: ANY, resource: ANY };

/**
 * Gives the elements of a scope their meaning. `end` is the place of the closing parenthesis, or undefined when some
 * element could not be read, so that it cannot be told which are missing.
 */
export function narrowScope(problems: Problems, elements: readonly ScopeElement[], end: Span | undefined): Scope {
  if (end !== undefined) checkVariables(problems, elements, end);
  const [principal, action, resource] = ORDER.map((name) => elements.find((each) => each.variable.image === name));
  return {
    principal: principal === undefined ? ANY : entityConstraint(problems, principal),
    action: action === undefined ? ANY : actionConstraint(problems, action),
    resource: resource === undefined ? ANY : entityConstraint(problems, resource),
  };
}

/** The three variables, each once, in their order. */
function checkVariables(problems: Problems, elements: readonly ScopeElement[], end: Span): void {
  const words = elements.map((each) => each.variable.image);
  if (words.length === 3 && words.every((word, index) => word === ORDER[index])) return;
  const unknown = elements.filter((each) => !isScopeVariable(each.variable.image));
  for (const { variable } of unknown) refuseVariable(problems, variable, elements.length);
  if (unknown.length > 0) return;
  const fourth = elements[3];
  if (fourth !== undefined) {
    problems.report(
      'extra-scope-element',
      spanOf(fourth.variable),
      `\`${fourth.variable.image}\` is one element too many`,
      {
        help: 'the scope is `principal`, `action` and `resource`; anything else belongs in `when { .. }`',
      },
    );
    return;
  }
  const missing = ORDER.filter((name) => !words.includes(name));
  const wrong = elements.find((each, index) => each.variable.image !== ORDER[index]);
  if (missing.length > 0 && new Set(words).size === words.length) {
    const names = missing
      .map((name) => `\`${name}\``)
      .join(', ')
      .replace(/, (?=[^,]*$)/, ' and ');
    problems.report(
      'missing-scope-variable',
      wrong === undefined ? end : spanOf(wrong.variable),
      `the scope lacks ${names}`,
      {
        help: 'all three are written even without a constraint: `(principal, action, resource)`',
        data: { missing },
      },
    );
    return;
  }
  if (wrong === undefined) return;
  const expected = ORDER[elements.indexOf(wrong)] ?? 'resource';
  problems.report(
    'wrong-scope-variable',
    spanOf(wrong.variable),
    `expected \`${expected}\` here, found \`${wrong.variable.image}\``,
    {
      help: 'the order is `principal`, `action`, `resource`',
      data: { expected, found: wrong.variable.image },
    },
  );
}

function refuseVariable(problems: Problems, variable: IToken, count: number): void {
  const found = variable.image;
  const meant = found === 'context' ? undefined : didYouMean(found, ORDER);
  const help =
    meant !== undefined
      ? `did you mean \`${meant}\`?`
      : count > 3 || found === 'context'
        ? 'the scope is `principal`, `action` and `resource`; anything else belongs in `when { .. }`'
        : 'the scope is `principal`, `action` and `resource`';
  problems.report('wrong-scope-variable', spanOf(variable), `\`${found}\` is not a variable of the scope`, {
    help,
    data: { found },
  });
}

function entityConstraint(problems: Problems, element: ScopeElement): ScopeConstraint {
  const { variable, is, operator, reference } = element;
  const entity = singleEntity(problems, variable, reference);
  if (is !== undefined) {
    if (operator !== undefined && operator.tokenType !== In) refuseIsEqual(problems, operator);
    return { kind: 'is', entityType: is.name, typeSpan: is.span, in: entity };
  }
  if (entity === undefined) return ANY;
  return operator?.tokenType === In ? { kind: 'in', entity } : { kind: 'equal', entity };
}

function singleEntity(
  problems: Problems,
  variable: IToken,
  reference: ScopeReference | undefined,
): EntityReference | undefined {
  if (reference === undefined) return undefined;
  const name = variable.image;
  if (reference.kind === 'set') {
    problems.report('scope-set', reference.span, 'a set cannot stand here: only `action` takes a list', {
      help: `write \`${name} in Type::"group"\`, or \`when { ${name} in [..] }\``,
      data: { variable: name },
    });
    return undefined;
  }
  if (reference.kind === 'slot' && reference.slot !== `?${name}`) {
    refuseSlot(problems, reference.span, reference.slot, `the slot of \`${name}\` is \`?${name}\``);
    return undefined;
  }
  return reference;
}

function refuseIsEqual(problems: Problems, operator: IToken): void {
  problems.report('invalid-scope-is', spanOf(operator), '`is` cannot be combined with `==`', {
    help:
      operator.tokenType === Equal ? 'an entity has its type in its name: leave out `is`' : 'write `is Type in entity`',
  });
}

function actionConstraint(problems: Problems, element: ScopeElement): ActionConstraint {
  const { is, operator, reference } = element;
  if (is !== undefined) {
    problems.report('invalid-scope-is', is.span, '`is` cannot be used with `action`', {
      help: 'write `action == Action::"name"` or `action in [..]`',
    });
    return ANY;
  }
  if (reference === undefined) return ANY;
  const isEqual = operator?.tokenType !== In;
  if (reference.kind !== 'set') {
    const action = actionReference(problems, reference);
    if (action === undefined) return ANY;
    return isEqual ? { kind: 'equal', action } : { kind: 'in', action };
  }
  if (isEqual) {
    problems.report('scope-set', reference.span, 'an action cannot equal a list of actions', {
      help: 'write `action in [..]`',
      data: { variable: 'action' },
    });
  }
  const actions = reference.elements.flatMap((each) => actionReference(problems, each) ?? []);
  return { kind: 'in-list', actions };
}

function actionReference(problems: Problems, reference: EntityReference): ActionReference | undefined {
  if (reference.kind === 'slot') {
    refuseSlot(problems, reference.span, reference.slot, 'actions have no slot');
    return undefined;
  }
  const { uid, span } = reference;
  if (!isActionType(uid.type) && span !== undefined) {
    problems.report('action-type', span, `\`${uid.type}\` is not a type of actions`, {
      help: `actions have the type \`Action\`, also in a namespace: \`Action::"${uid.id}"\``,
      data: { type: uid.type },
    });
  }
  return { uid, span };
}

function refuseSlot(problems: Problems, span: Span | undefined, slot: string, help: string): void {
  if (span !== undefined)
    problems.report('slot-mismatch', span, `the slot \`${slot}\` cannot stand here`, { help, data: { slot } });
}

export function isScopeVariable(word: string): word is ScopeVariable {
  return word === 'principal' || word === 'action' || word === 'resource';
}
