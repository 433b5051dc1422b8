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
    case 'expected-static-policy': {
      const slot = d.data?.['slot'];
      const containing = typeof slot === 'string' ? ` containing the slot ${slot}` : '';
      return {
        ...d,
        message: `expected a static policy, got a template${containing}`,
        help: 'try removing the template slot(s) from this policy',
      };
    }
    default:
      return d;
  }
}
