import type { PolicySet } from '../ast/policy.js';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { type CompiledPolicy, compilePolicy, compileTemplate } from '../evaluator/compile-policy.js';

/**
 * Compiles the static policies and the template links of a set, in that order; templates decide nothing by
 * themselves. Ids used twice and links that do not fit their template are reported, all of them.
 */
export function compilePolicySet(set: PolicySet): Result<readonly CompiledPolicy[]> {
  const diagnostics = [...duplicateIds(set)];
  const compiled = set.policies.map(compilePolicy);
  const templates = new Map(set.templates.map((template) => [template.id, template]));
  const linkers = new Map<string, ReturnType<typeof compileTemplate>>();
  for (const link of set.links) {
    const template = templates.get(link.templateId);
    if (template === undefined) {
      const near = didYouMean(link.templateId, templates.keys());
      const help = near === undefined ? undefined : `did you mean the template \`${near}\`?`;
      diagnostics.push(
        diagnostic(
          'unknown-template',
          `link \`${link.id}\` names a template \`${link.templateId}\` that does not exist`,
          { help },
        ),
      );
      continue;
    }
    const given = Object.keys(link.values);
    const missing = template.slots.filter((slot) => link.values[slot] === undefined);
    const extra = given.filter((slot) => !template.slots.some((known) => known === slot));
    if (missing.length > 0 || extra.length > 0) {
      const help = `template \`${template.id}\` has ${template.slots.length === 1 ? 'the slot' : 'the slots'} ${template.slots.join(' and ')}`;
      const fault =
        missing.length > 0
          ? `gives no value for ${missing.join(' and ')}`
          : `gives a value for ${extra.join(' and ')}, which the template does not have`;
      diagnostics.push(diagnostic('link-slots', `link \`${link.id}\` ${fault}`, { help }));
      continue;
    }
    const linker = linkers.get(template.id) ?? compileTemplate(template);
    linkers.set(template.id, linker);
    compiled.push(linker(link));
  }
  return diagnostics.length > 0 ? failure(diagnostics) : success(compiled);
}

function duplicateIds(set: PolicySet): Diagnostic[] {
  const seen = new Set<string>();
  const found: Diagnostic[] = [];
  for (const item of [...set.policies, ...set.templates, ...set.links]) {
    if (!seen.has(item.id)) {
      seen.add(item.id);
      continue;
    }
    const labels =
      'source' in item && item.source !== undefined && item.span !== undefined
        ? [{ source: item.source, span: item.span }]
        : [];
    found.push(
      diagnostic('duplicate-policy-id', `the policy id \`${item.id}\` is used twice`, {
        labels,
        help: 'policies, templates and links share one space of ids: rename one of them',
      }),
    );
  }
  return found;
}
