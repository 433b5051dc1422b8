import { describe, expect, it } from 'vitest';
import { parsePolicies, parsePolicy } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';

interface Trap {
  readonly name: string;
  readonly kind: string;
  readonly policies: string | { readonly templates: Readonly<Record<string, string>> };
  readonly expected: { readonly ok: boolean };
  readonly why: string;
}

const traps: readonly Trap[] = CONFORMANCE === undefined ? [] : JSON.parse(conformanceText('traps.json'));
const parseTraps = traps.filter((trap) => trap.kind === 'parse');

/** Whether texts are accepted where the official engine takes static policies and templates separately. */
function isAccepted(policies: Trap['policies']): boolean {
  if (typeof policies === 'string') {
    const result = parsePolicies(createSource(policies));
    return result.ok && result.value.templates.length === 0;
  }
  return Object.entries(policies.templates).every(([id, text]) => {
    const result = parsePolicy(createSource(text), id);
    return result.ok && result.value.slots.length > 0;
  });
}

describe.skipIf(parseTraps.length === 0)('the parse traps', () => {
  it('are all there', () => {
    expect(parseTraps).toHaveLength(79);
  });

  it.each(parseTraps.map((trap) => [trap.name, trap.why, trap] as const))(
    '%s: %s',
    (_name, _why, { policies, expected }) => {
      expect(isAccepted(policies)).toBe(expected.ok);
    },
  );
});

describe.skipIf(traps.length === 0)('the traps of other kinds', () => {
  it('hold policies that parse, unless they expect a failure', () => {
    const failing = traps.filter(
      ({ kind, policies }) =>
        (kind === 'evaluate' || kind === 'validate') &&
        policies !== undefined &&
        typeof policies === 'string' &&
        !isAccepted(policies),
    );
    expect(failing.filter((trap) => !('failure' in trap.expected)).map((trap) => trap.name)).toEqual([]);
  });
});
