import type { Diagnostic } from '../diagnostics/diagnostic.js';

/** A diagnostic in the official engine's words, where those are worth keeping because programs may look for them. */
export function inOfficialWords(d: Diagnostic): Diagnostic {
  switch (d.code) {
    case 'expected-template':
      return {
        ...d,
        message: 'expected a template, got a static policy',
        help: 'a template should include slot(s) `?principal` or `?resource`',
      };
    case 'expected-static-policy':
      return {
        ...d,
        message: `expected a static policy, got a template containing the slot ${String(d.data?.['slot'] ?? '?')}`,
        help: 'try removing the template slot(s) from this policy',
      };
    default:
      return d;
  }
}
