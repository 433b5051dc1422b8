import type { Policy, PolicySet, Template, TemplateLink } from '../ast/policy.js';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { type CompiledPolicy, compilePolicy, compileTemplate } from '../evaluator/compile-policy.js';

/**
 * Compiles the static policies and the template links of a set, in that order; templates decide nothing by
 * themselves. Ids used twice and links that do not fit their template are reported, all of them.
 */
export function compilePolicySet(set: PolicySet): Result<readonly CompiledPolicy[]> {
  return new PolicyCompiler().compile(set);
}

type Linker = ReturnType<typeof compileTemplate>;

/** Compiles sets that come one after the other; links may be of templates that came before. */
export class PolicyCompiler {
  private readonly ids = new Set<string>();
  private readonly templates = new Map<string, { readonly template: Template; readonly link: Linker }>();

  /** Compiles the policies and links of a set; one that has something wrong changes nothing. */
  compile(set: PolicySet): Result<readonly CompiledPolicy[]> {
    const diagnostics = this.duplicateIds(set);
    const templates = new Map(this.templates);
    for (const template of set.templates) templates.set(template.id, { template, link: compileTemplate(template) });
    const compiled = set.policies.map(compilePolicy);
    for (const link of set.links) {
      const found = templates.get(link.templateId);
      const fault = found === undefined ? unknownTemplate(link, templates.keys()) : wrongSlots(link, found.template);
      if (fault !== undefined) diagnostics.push(fault);
      else if (found !== undefined) compiled.push(found.link(link));
    }
    if (diagnostics.length > 0) return failure(diagnostics);
    for (const item of [...set.policies, ...set.templates, ...set.links]) this.ids.add(item.id);
    for (const { id } of set.templates) {
      const template = templates.get(id);
      if (template !== undefined) this.templates.set(id, template);
    }
    return success(compiled);
  }

  /** Makes the id of a policy or link free again. */
  release(id: string): void {
    if (!this.templates.has(id)) this.ids.delete(id);
  }

  private duplicateIds(set: PolicySet): Diagnostic[] {
    const seen = new Set<string>();
    const found: Diagnostic[] = [];
    for (const item of [...set.policies, ...set.templates, ...set.links]) {
      if (seen.has(item.id) || this.ids.has(item.id)) found.push(duplicateId(item));
      seen.add(item.id);
    }
    return found;
  }
}

function unknownTemplate({ id, templateId }: TemplateLink, known: Iterable<string>): Diagnostic {
  const near = didYouMean(templateId, known);
  const help = near === undefined ? undefined : `did you mean the template \`${near}\`?`;
  const message = `link \`${id}\` names a template \`${templateId}\` that does not exist`;
  return diagnostic('unknown-template', message, { help });
}

function wrongSlots({ id, values }: TemplateLink, template: Template): Diagnostic | undefined {
  const missing = template.slots.filter((slot) => values[slot] === undefined);
  const extra = Object.keys(values).filter((slot) => !template.slots.some((known) => known === slot));
  if (missing.length === 0 && extra.length === 0) return undefined;
  const help = `template \`${template.id}\` has ${template.slots.length === 1 ? 'the slot' : 'the slots'} ${template.slots.join(' and ')}`;
  const fault =
    missing.length > 0
      ? `gives no value for ${missing.join(' and ')}`
      : `gives a value for ${extra.join(' and ')}, which the template does not have`;
  return diagnostic('link-slots', `link \`${id}\` ${fault}`, { help });
}

function duplicateId(item: Policy | TemplateLink): Diagnostic {
  const labels =
    'source' in item && item.source !== undefined && item.span !== undefined
      ? [{ source: item.source, span: item.span }]
      : [];
  return diagnostic('duplicate-policy-id', `the policy id \`${item.id}\` is used twice`, {
    labels,
    help: 'policies, templates and links share one space of ids: rename one of them',
  });
}
