import type { Binary, Expr, Like, StringLiteral } from '../ast/expression.js';
import type { Policy, PolicySet } from '../ast/policy.js';
import { printExpression } from '../ast/print-expression.js';
import { childrenOf } from '../ast/walk.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { FACT_VOCABULARY, type FactTexts, touchesVocabulary, type Unheard } from '../facts/fact-vocabulary.js';
import type { ShellContext } from '../facts/index.js';
import { type Action, actionsOf, type Schema } from '../schema/schema.js';
import type { CedarType } from '../types/cedar-type.js';
import { decidedActions } from '../validator/action-application.js';
import { quoteText } from '../values/print.js';
import type { FactKind } from './fact-declarations.js';
import { CHECKED_NUMBERS, factType } from './facts.js';

/**
 * Texts in conditions that the facts which they are compared with never say, so that a rule does nothing: flags in
 * another spelling, kinds that do not exist, sets of globs that the agent does not name, paths that are not absolute.
 * Errors where that is certain, else warnings.
 */
export function unknownFactValues(set: PolicySet, schema: Schema, context: ShellContext): readonly Diagnostic[] {
  return [...set.policies, ...set.templates].flatMap((policy) => {
    const compared = policy.conditions.flatMap(({ kind, body }) => comparisonsIn(body, kind === 'unless'));
    if (compared.length === 0) return [];
    const actions = [...(decidedActions(policy.action, schema) ?? actionsOf(schema))];
    return compared.flatMap((comparison) => problemsOf(policy, comparison, actions, context));
  });
}

/** A text or pattern that a fact is compared with. */
interface Comparison {
  readonly fact: readonly Fact[];
  readonly written: string;
  readonly texts: readonly StringLiteral[];
  readonly expr: Binary | Like;
  /** Whether the fact is a set. */
  readonly isSet: boolean;
  /** Whether it can be true without one of the texts, because another may do. */
  readonly hasOthers: boolean;
  /** Whether a text more takes nothing away. */
  readonly harmless: boolean;
  /** Whether the policy asks for the opposite. */
  readonly negated: boolean;
}

/** The member of `context.facts.<parameter>`, or of `context.touches` where there is no parameter; of a result, also those of the call. */
interface Fact {
  readonly path: readonly string[];
  readonly parameter: string | undefined;
  readonly member: string;
}

/** All comparisons of a condition; needs no stack, however deep it nests. */
function comparisonsIn(body: Expr, negated: boolean): readonly Comparison[] {
  const found: Comparison[] = [];
  const pending = [{ expr: body, negated }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { expr } = next;
    const comparison = comparisonOf(expr, next.negated);
    if (comparison !== undefined) found.push(comparison);
    const inside = expr.kind === 'unary' && expr.op === '!' ? !next.negated : next.negated;
    for (const child of childrenOf(expr)) pending.push({ expr: child, negated: inside });
  }
  return found;
}

function comparisonOf(expr: Expr, negated: boolean): Comparison | undefined {
  if (expr.kind === 'like') {
    const fact = factsIn(expr.operand);
    const written = printExpression(expr.operand);
    const plain = { isSet: false, hasOthers: false, harmless: false };
    return fact.length === 0 ? undefined : { fact, written, texts: [], expr, negated, ...plain };
  }
  if (expr.kind !== 'binary' || !COMPARING.has(expr.op)) return undefined;
  const { op, left, right } = expr;
  for (const isLeft of [true, false]) {
    const [side, other] = isLeft ? [left, right] : [right, left];
    const fact = factsIn(side);
    const texts = fact.length === 0 ? [] : textsIn(other);
    if (texts.length === 0) continue;
    const isAny = op === 'containsAny' || (op.startsWith('contains') && !isLeft);
    return {
      fact,
      written: printExpression(side),
      texts,
      expr,
      isSet: op === 'contains' ? isLeft : op !== '==' && op !== '!=' ? true : other.kind === 'set',
      hasOthers: other.kind === 'if' || (isAny && other.kind === 'set' && other.elements.length > 1),
      harmless: op === 'containsAll' && !isLeft,
      negated,
    };
  }
  return undefined;
}

const COMPARING: ReadonlySet<string> = new Set(['==', '!=', 'contains', 'containsAll', 'containsAny']);

/** The facts that an expression may be: more than one for `if`. None when it may be something else. */
function factsIn(expr: Expr): readonly Fact[] {
  if (expr.kind === 'if') {
    const [one, other] = [factsIn(expr.then), factsIn(expr.else)];
    return one.length === 0 || other.length === 0 ? [] : [...one, ...other];
  }
  const path: string[] = [];
  let root: Expr = expr;
  for (; root.kind === 'access'; root = root.object) path.unshift(root.attribute);
  if (root.kind !== 'variable' || root.name !== 'context') return [];
  const [group, ...rest] = path[0] === 'call' ? path.slice(1) : path;
  const member = rest.at(-1);
  if (member === undefined) return [];
  if (group === 'touches' && rest.length === 1) return [{ path, parameter: undefined, member }];
  return group === 'facts' && rest.length === 2 ? [{ path, parameter: rest[0], member }] : [];
}

/** The texts that an expression may be or hold. */
function textsIn(expr: Expr): readonly StringLiteral[] {
  if (expr.kind === 'string') return [expr];
  if (expr.kind === 'set') return expr.elements.flatMap(textsIn);
  return expr.kind === 'if' ? [...textsIn(expr.then), ...textsIn(expr.else)] : [];
}

function problemsOf(
  policy: Policy,
  comparison: Comparison,
  actions: readonly Action[],
  context: ShellContext,
): readonly Diagnostic[] {
  const { fact, expr, texts } = comparison;
  const vocabularies = fact.flatMap((one) => actions.map((action) => vocabularyOf(one, action)));
  // An action that does not have the fact says nothing about it.
  const known = new Set(vocabularies.filter((one) => one !== undefined));
  if (known.size === 0 || known.has('any')) return [];
  const all = [...known].filter((one) => one !== 'any');
  if (expr.kind === 'like')
    return all.every((one) => matchesNothing(expr, one))
      ? [unmatched(policy, comparison, expr, formOf(expr, all, context))]
      : [];
  return texts.flatMap((literal) => {
    const judged = all.map((one) => one.judge(literal.value, context));
    const heard = judged.filter((one) => one !== undefined);
    const [first] = heard;
    if (first === undefined || heard.length < judged.length) return [];
    const certain = heard.every((one) => one.certain);
    return [unheard(policy, comparison, literal, { ...first, certain })];
  });
}

/** What the texts of a fact can be in the requests of an action; undefined where they have no such fact. */
function vocabularyOf({ path, parameter, member }: Fact, action: Action): FactTexts | 'any' | undefined {
  const owner = typeAt(action.context, path.slice(0, -1));
  if (owner?.kind !== 'record' || !owner.attributes.has(member)) return undefined;
  if (parameter === undefined) return memberOf(TOUCHES, member);
  const kind = KINDS.find((one) => isTypeOf(owner.attributes, factType(one).attributes));
  return kind === undefined ? 'any' : memberOf(FACT_VOCABULARY[kind], member);
}

const TOUCHES = touchesVocabulary([...CHECKED_NUMBERS]);
const KINDS: readonly FactKind[] = ['shell', 'path', 'url', 'text'];

function memberOf(vocabulary: Readonly<Record<string, FactTexts>>, member: string): FactTexts | 'any' {
  return Object.hasOwn(vocabulary, member) ? (vocabulary[member] ?? 'any') : 'any';
}

function typeAt(type: CedarType, path: readonly string[]): CedarType | undefined {
  let found: CedarType | undefined = type;
  for (const name of path) found = found?.kind === 'record' ? found.attributes.get(name)?.type : undefined;
  return found;
}

/** By the names alone: each kind of facts has others. */
function isTypeOf(found: ReadonlyMap<string, unknown>, type: ReadonlyMap<string, unknown>): boolean {
  return found.size === type.size && [...type.keys()].every((name) => found.has(name));
}

function matchesNothing({ pattern }: Like, { never, begins }: FactTexts): boolean {
  const [first] = pattern;
  return (
    (never !== undefined && pattern.some((piece) => never.test(piece))) ||
    (begins !== undefined && first !== '' && !begins.test(first))
  );
}

/** What the texts of a fact are instead of what a pattern asks for. */
function formOf({ pattern }: Like, all: readonly FactTexts[], context: ShellContext): string | undefined {
  const [form] = all.flatMap(({ judge }) => judge(pattern.join(''), context)?.form ?? []);
  return form;
}

function unheard(policy: Policy, comparison: Comparison, literal: StringLiteral, why: Unheard): Diagnostic {
  const { written, isSet } = comparison;
  const text = quoteText(literal.value);
  const near = why.near.map((one) => `\`${quoteText(one)}\``);
  const says = isSet ? `never holds ${text}` : `is never ${text}`;
  return report(policy, comparison, {
    expr: literal,
    says: why.certain ? says : says.replace('never', HARDLY_EVER),
    follows: why.certain ? meaning(comparison) : meaning(comparison).replace('never', HARDLY_EVER),
    help: near.length === 0 ? why.form : `did you mean ${near.join(' or ')}? ${why.form}`,
    severity: why.certain && !comparison.harmless ? 'error' : 'warning',
    data: { policy: policy.id, fact: written, text: literal.value },
  });
}

const HARDLY_EVER = 'hardly ever';

function unmatched(policy: Policy, comparison: Comparison, like: Like, help: string | undefined): Diagnostic {
  const pattern = `"${like.pattern.map((piece) => quoteText(piece).slice(1, -1).replaceAll('*', '\\*')).join('*')}"`;
  return report(policy, comparison, {
    expr: like,
    says: `is never like ${pattern}`,
    follows: meaning(comparison),
    help,
    severity: 'error',
    data: { policy: policy.id, fact: comparison.written, pattern },
  });
}

interface Report {
  readonly expr: Expr;
  readonly says: string;
  readonly follows: string;
  readonly help: string | undefined;
  readonly severity: 'error' | 'warning';
  readonly data: Readonly<Record<string, unknown>>;
}

function report(policy: Policy, comparison: Comparison, found: Report): Diagnostic {
  const { expr, says, follows, help, severity, data } = found;
  const span = expr.span ?? policy.span;
  return diagnostic(
    'unknown-fact-value',
    `in the policy ${JSON.stringify(policy.id)}, \`${comparison.written}\` ${says}, so ${follows}`,
    {
      severity,
      labels: policy.source === undefined || span === undefined ? [] : [{ source: policy.source, span }],
      help,
      data,
    },
  );
}

/** What follows for the policy. */
function meaning({ expr, hasOthers, negated }: Comparison): string {
  if (hasOthers) return 'it adds nothing to the others';
  const isAlways = expr.kind === 'binary' && expr.op === '!=';
  const [here, opposite] = isAlways ? ['always', 'never'] : ['never', 'always'];
  return negated ? `this is ${here} true, and its negation ${opposite}` : `this is ${here} true`;
}
