import type { Expr } from '../ast/expression.js';
import type { Policy } from '../ast/policy.js';
import { printPattern } from '../ast/print-expression.js';
import type { Span } from '../text/source.js';
import { escapeText, quoteText } from '../values/print.js';
import type { Problem } from './problem.js';
import { confusableCharacter, hasBidiControl, isSingleScript } from './uts39.js';

/** A text of a policy that people read. */
export interface PolicyText {
  readonly kind: 'string' | 'identifier';
  readonly text: string;
  readonly span: Span | undefined;
}

const ASCII = /^[\x20-\x7e]*$/;

/** Collects the texts of a policy: those of its scope at once, those of its conditions by `visit`. Plain ASCII is left out. */
export function textsOf(policy: Policy): { readonly found: PolicyText[]; readonly visit: (expr: Expr) => void } {
  const found: PolicyText[] = [];
  const add = (kind: PolicyText['kind'], text: string, span: Span | undefined): void => {
    if (!ASCII.test(text)) found.push({ kind, text, span });
  };
  for (const constraint of [policy.principal, policy.resource]) {
    if (constraint.kind === 'any') continue;
    const reference = constraint.kind === 'is' ? constraint.in : constraint.entity;
    if (reference?.kind === 'entity') add('identifier', reference.uid.id, reference.span);
  }
  const { action } = policy;
  const actions = action.kind === 'any' ? [] : action.kind === 'in-list' ? action.actions : [action.action];
  for (const { uid, span } of actions) add('identifier', uid.id, span);
  return { found, visit: (expr) => addTexts(expr, add) };
}

function addTexts(expr: Expr, add: (kind: PolicyText['kind'], text: string, span: Span | undefined) => void): void {
  switch (expr.kind) {
    case 'string':
      add('string', expr.value, expr.span);
      return;
    case 'like':
      if (!expr.pattern.every((piece) => ASCII.test(piece)))
        add('string', printPattern(expr.pattern).slice(1, -1), expr.span);
      return;
    case 'entity':
      add('identifier', expr.uid.id, expr.span);
      return;
    case 'access':
      add('identifier', expr.attribute, expr.span);
      return;
    case 'has':
      for (const part of expr.path) add('identifier', part, expr.span);
      return;
    case 'record':
      for (const { key } of expr.entries) add('identifier', key, expr.span);
      return;
    default:
      return;
  }
}

/** Texts that are not what they seem. */
export function* textProblems(texts: readonly PolicyText[]): IterableIterator<Problem> {
  for (const text of texts) {
    const problem = text.kind === 'string' ? stringProblem(text) : identifierProblem(text);
    if (problem !== undefined) yield problem;
  }
}

const BIDI_HELP = 'remove the characters that change the direction of the text, or write them `\\u{..}`';
const MIXED_HELP = 'letters of several scripts can look alike; make sure that each is the one you mean';

function stringProblem({ text, span }: PolicyText): Problem | undefined {
  if (hasBidiControl(text)) {
    return {
      kind: 'BidiCharsInString',
      message: `the string ${quoteText(text)} holds characters that change the direction of text`,
      span,
      help: BIDI_HELP,
    };
  }
  if (isSingleScript(text)) return undefined;
  return {
    kind: 'MixedScriptString',
    message: `the string ${quoteText(text)} mixes letters of several scripts`,
    span,
    help: MIXED_HELP,
  };
}

function identifierProblem({ text, span }: PolicyText): Problem | undefined {
  if (hasBidiControl(text)) {
    return {
      kind: 'BidiCharsInIdentifier',
      message: `the name \`${escapeText(text)}\` holds characters that change the direction of text`,
      span,
      help: BIDI_HELP,
    };
  }
  const character = confusableCharacter(text);
  if (character !== undefined) {
    return {
      kind: 'ConfusableIdentifier',
      message: `the name \`${escapeText(text)}\` holds the character \`${escapeText(character)}\` (${codeOf(character)}), which names should not have`,
      span,
      help: 'use printable ASCII, or letters and digits of a script in common use',
      data: { character },
    };
  }
  if (isSingleScript(text)) return undefined;
  return {
    kind: 'MixedScriptIdentifier',
    message: `the name \`${escapeText(text)}\` mixes letters of several scripts`,
    span,
    help: MIXED_HELP,
  };
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
