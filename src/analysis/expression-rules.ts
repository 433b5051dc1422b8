import type { Chain, Expr } from '../ast/expression.js';
import { printExpression } from '../ast/print-expression.js';
import { quoteText } from '../values/print.js';
import { patternCovers } from './contradiction.js';
import { shown, whyNeverEqual } from './infer-outcome.js';
import { type AnalysedPolicy, expressionsOf, type Finding, type LintInput, type LintRule } from './lint-rule.js';
import { mayBe } from './outcome.js';

/** Applies a check to every expression of every policy. */
function eachExpression(
  check: (expr: Expr, policy: AnalysedPolicy) => Omit<Finding, 'policy'> | undefined,
): (input: LintInput) => Iterable<Finding> {
  return function* find({ policies }) {
    for (const each of policies) {
      for (const expr of expressionsOf(each)) {
        const found = check(expr, each);
        if (found !== undefined) yield { policy: each.policy, at: expr.span, ...found };
      }
    }
  };
}

export const LIKE_WITHOUT_WILDCARD: LintRule = {
  code: 'like-without-wildcard',
  severity: 'warning',
  documentation:
    'A pattern without `*` matches one text only: it was meant to be found anywhere, or `==` says it better.',
  find: eachExpression((expr) => {
    if (expr.kind !== 'like' || expr.pattern.length > 1) return undefined;
    const [text] = expr.pattern;
    return {
      message: `the pattern ${quoteText(text)} has no wildcard, so only that text itself matches`,
      help: `write \`like ${quoteText(`*${text}*`)}\` to find it anywhere, or \`== ${quoteText(text)}\``,
    };
  }),
};

/** Marks of regular expressions that no path, command or address begins, ends or is written with. */
const REGEXP_MARKS = /^\^|\$$|\\[dswbDSWB]|\[\^?(?:a-z|A-Z|0-9)|\(\?[:!=]|\(\?:/;

export const LIKE_WITH_REGEXP: LintRule = {
  code: 'like-with-regular-expression',
  severity: 'warning',
  documentation: 'In a pattern only `*` has a meaning; `^`, `$`, `\\d` and `[a-z]` stand for themselves.',
  find: eachExpression((expr) => {
    if (expr.kind !== 'like') return undefined;
    const mark = REGEXP_MARKS.exec(expr.pattern.join('*'))?.[0];
    if (mark === undefined) return undefined;
    return {
      message: `\`${mark}\` stands for itself in a pattern: \`like\` knows no regular expressions`,
      help: 'use `*` for any characters; for more, let the host pass what it found out as an attribute',
    };
  }),
};

/** The first operand that decides a chain whatever comes before it, if something comes after it. */
function decidedEarly({ op, operands }: Chain, { outcomes }: AnalysedPolicy): Expr | undefined {
  return operands.slice(0, -1).find((operand) => {
    const outcome = outcomes.get(operand);
    return outcome !== undefined && outcome.kinds !== 0 && !mayBe(outcome, op === '&&') && mayBe(outcome, op === '||');
  });
}

export const UNREACHABLE_OPERAND: LintRule = {
  code: 'unreachable-operand',
  severity: 'warning',
  documentation: 'An operand before it always decides `&&` or `||`, so what follows is never evaluated.',
  find: eachExpression((expr, policy) => {
    if (expr.kind !== 'chain') return undefined;
    const deciding = decidedEarly(expr, policy);
    if (deciding === undefined) return undefined;
    const next = expr.operands[expr.operands.indexOf(deciding) + 1];
    return {
      message: `${shown(deciding)} is always ${expr.op === '||'}, so what follows \`${expr.op}\` is never evaluated`,
      at: next?.span ?? expr.span,
    };
  }),
};

/** An operand that adds nothing to an earlier one of the same chain. */
function superfluous({ op, operands }: Chain): { readonly operand: Expr; readonly earlier: Expr } | undefined {
  const seen = new Map<string, Expr>();
  for (const operand of operands) {
    const text = printExpression(operand);
    const same = seen.get(text);
    if (same !== undefined) return { operand, earlier: same };
    if (operand.kind === 'like') {
      const subject = printExpression(operand.operand);
      for (const other of seen.values()) {
        if (other.kind !== 'like' || printExpression(other.operand) !== subject) continue;
        const [wider, narrower] = op === '||' ? [other, operand] : [operand, other];
        if (patternCovers(wider.pattern, narrower.pattern)) return { operand, earlier: other };
      }
    }
    seen.set(text, operand);
  }
  return undefined;
}

export const SUPERFLUOUS_OPERAND: LintRule = {
  code: 'superfluous-operand',
  severity: 'warning',
  documentation:
    'An operand of `&&` or `||` says nothing that an earlier one does not say: often a copy that was not changed.',
  find: eachExpression((expr) => {
    if (expr.kind !== 'chain') return undefined;
    const found = superfluous(expr);
    if (found === undefined) return undefined;
    const { operand, earlier } = found;
    return { message: `${shown(operand)} adds nothing to ${shown(earlier)}`, at: operand.span };
  }),
};

export const CONSTANT_COMPARISON: LintRule = {
  code: 'constant-comparison',
  severity: 'warning',
  documentation:
    'A comparison inside a condition has the same result for every request, because its sides are of kinds that are never equal.',
  find: eachExpression((expr, { outcomes, conjuncts }) => {
    if (expr.kind !== 'binary' || (expr.op !== '==' && expr.op !== '!=' && expr.op !== 'contains')) return undefined;
    const outcome = outcomes.get(expr);
    const variable = [expr.left, expr.right].some((side) => outcomes.get(side)?.constant !== true);
    // One that makes the policy useless is reported as that.
    if (!variable || typeof outcome?.value !== 'boolean' || conjuncts.some((conjunct) => conjunct.expr === expr))
      return undefined;
    const apart = expr.op === 'contains' ? undefined : whyNeverEqual(expr, (side) => outcomes.get(side) ?? outcome);
    const because = apart === undefined ? '' : `: ${apart.because}`;
    return { message: `${shown(expr)} is always ${outcome.value}${because}`, help: apart?.help };
  }),
};
