import { checkParsePolicySet } from '@cedar-policy/cedar-wasm/nodejs';

/** What the official engine says to a text: undefined when it accepts it as static policies, else its first message. */
export function officialRefusal(staticPolicies: string): string | undefined {
  return answer({ staticPolicies });
}

/** The same for a text that is to be one template. */
export function officialTemplateRefusal(template: string): string | undefined {
  return answer({ templates: { t: template } });
}

function answer(policies: Parameters<typeof checkParsePolicySet>[0]): string | undefined {
  const result = checkParsePolicySet(policies);
  return result.type === 'success' ? undefined : (result.errors[0]?.message ?? 'refused');
}
