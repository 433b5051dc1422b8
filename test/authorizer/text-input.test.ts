import { describe, expect, it } from 'vitest';
import { formatPolicies, parsePolicySet, parseSchema } from '../../src/index.js';

describe('texts that callers hand over', () => {
  it('name the file that they are from', () => {
    for (const read of [parsePolicySet, parseSchema, formatPolicies]) {
      const result = read('permit (', { file: 'a/b.cedar' });
      expect(result.ok).toBe(false);
      expect(result.diagnostics[0]?.labels[0]?.source.name).toBe('a/b.cedar');
    }
  });

  it('are read as what they are', () => {
    expect(parsePolicySet('permit(principal,action,resource);')).toMatchObject({
      value: { policies: [{ id: 'policy0' }] },
    });
    expect(parseSchema('entity A;')).toMatchObject({ value: { namespaces: [{}] } });
    const text = 'permit(principal,action,resource);';
    expect(formatPolicies(text)).toMatchObject({ value: 'permit (principal, action, resource);\n' });
    const narrow = 'permit\n(principal, action, resource);\n';
    expect(formatPolicies(text, { lineWidth: 1 })).toMatchObject({ value: narrow });
  });

  it.each([undefined, null, 1, {}, { name: 'a', text: 'entity A;' }])(
    'are refused when they are no texts: %j',
    (text) => {
      for (const read of [parsePolicySet, parseSchema, formatPolicies]) {
        const result: unknown = Reflect.apply(read, undefined, [text]);
        expect(result).toMatchObject({ ok: false, diagnostics: [{ severity: 'error' }] });
      }
    },
  );
});
