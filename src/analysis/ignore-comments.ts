import type { Policy } from '../ast/policy.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { commentsByGrammar } from '../parser/by-grammar.js';
import type { Source, Span } from '../text/source.js';

/** A comment `// deodar-ignore code, code: reason`. */
interface IgnoreComment {
  readonly source: Source;
  readonly span: Span;
  readonly codes: readonly string[];
  readonly reason: string;
  /** The policy it stands in or before; undefined behind the last one. */
  readonly policy: Policy | undefined;
}

const COMMENT = /^\/\/\s*deodar-ignore\b([^:]*)(?::(.*))?$/su;

function ignoreComments(policies: readonly Policy[]): readonly IgnoreComment[] {
  const bySource = new Map<Source, Policy[]>();
  for (const policy of policies) {
    if (policy.source === undefined) continue;
    const own = bySource.get(policy.source);
    if (own === undefined) bySource.set(policy.source, [policy]);
    else own.push(policy);
  }
  return [...bySource].flatMap(([source, own]) =>
    source.text.includes('deodar-ignore') ? commentsOf(source, own) : [],
  );
}

function commentsOf(source: Source, policies: readonly Policy[]): readonly IgnoreComment[] {
  return commentsByGrammar(source).flatMap((span) => {
    const found = COMMENT.exec(source.text.slice(span.start, span.end));
    if (found === null) return [];
    const codes = (found[1] ?? '').split(/[\s,]+/u).filter((code) => code !== '');
    const policy = policies.find((each) => each.span !== undefined && each.span.end > span.start);
    return [{ source, span, codes, reason: (found[2] ?? '').trim(), policy }];
  });
}

/**
 * Leaves out the findings that comments ask to ignore, and adds what is wrong with the comments: no code, one that is
 * not known, no reason, or nothing to ignore.
 */
export function applyIgnoreComments(
  findings: readonly Diagnostic[],
  policies: readonly Policy[],
  codes: readonly string[],
): readonly Diagnostic[] {
  const comments = ignoreComments(policies);
  if (comments.length === 0) return findings;
  const used = new Set<string>();
  const kept = findings.filter((finding) => {
    const label = finding.labels[0];
    const by = comments.findIndex(
      ({ policy, codes: named }) =>
        label !== undefined &&
        policy?.source === label.source &&
        policy.id === finding.data?.policyId &&
        named.includes(finding.code),
    );
    if (by >= 0) used.add(`${by} ${finding.code}`);
    return by < 0;
  });
  return [...kept, ...comments.flatMap((comment, i) => problemsOf(comment, codes, (code) => used.has(`${i} ${code}`)))];
}

function problemsOf(comment: IgnoreComment, codes: readonly string[], isUsed: (code: string) => boolean): Diagnostic[] {
  const { source, span, codes: named, reason } = comment;
  const problem = (code: string, message: string, help: string): Diagnostic =>
    diagnostic(code, message, { severity: 'warning', labels: [{ source, span }], help });
  const form = 'write `// deodar-ignore CODE: reason` before the policy';
  if (named.length === 0) return [problem('ignore-without-code', 'the comment does not say what to ignore', form)];
  const found = reason === '' ? [problem('ignore-without-reason', 'the comment does not say why', form)] : [];
  for (const code of named) {
    if (!codes.includes(code)) {
      const near = didYouMean(code, codes);
      const help = near === undefined ? `the codes are ${codes.join(', ')}` : `did you mean \`${near}\`?`;
      found.push(problem('ignore-unknown-code', `there is no finding \`${code}\``, help));
    } else if (!isUsed(code)) {
      found.push(problem('ignore-unused', `there is no \`${code}\` to ignore here`, 'remove the comment'));
    }
  }
  return found;
}
