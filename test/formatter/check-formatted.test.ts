import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { checkFormatted } from '../../src/formatter/check-formatted.js';
import { parsePolicies } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';

const TEXT = '@id("a")\n// why\npermit (principal == ?principal, action, resource) when { "a" == "b" && 1 > 2 };\n';

function differences(formatted: string): string {
  const source = createSource(TEXT, 'a.cedar');
  const before = parsePolicies(source);
  if (!before.ok) throw new Error('the text of this test is wrong');
  return renderDiagnostics(checkFormatted(source, before.value, formatted));
}

describe('checkFormatted', () => {
  it.each([
    ['the same text', TEXT],
    ['another layout', TEXT.replaceAll('\n', '\n\n  ')],
    ['parentheses, which mean nothing', TEXT.replace('1 > 2', '(1 > 2)')],
  ])('has nothing against %s', (_, formatted) => {
    expect(differences(formatted)).toBe('');
  });

  it.each([
    ['another annotation', TEXT.replace('"a"', '"A"')],
    ['another effect', TEXT.replace('permit', 'forbid')],
    ['another scope', TEXT.replace('action', 'action in []')],
    ['another string', TEXT.replace('"b"', '"b "')],
    ['another operator', TEXT.replace('>', '>=')],
    ['another order', TEXT.replace('"a" == "b"', '"b" == "a"')],
    ['another kind of condition', TEXT.replace('when', 'unless')],
    ['a policy more', TEXT + TEXT],
    ['a policy less', '// why\n'],
  ])('tells of %s', (_, formatted) => {
    expect(differences(formatted)).toContain('error[formatter-mismatch]: formatting would change a policy');
  });

  it('tells of comments that are gone', () => {
    expect(differences(TEXT.replace('// why', ''))).toMatchInlineSnapshot(`
      "a.cedar:1:1: error[formatter-mismatch]: formatting would lose or reorder comments
        1 | @id("a")
          | ^
        help: this is a fault of the formatter: leave the text as it is, and report it"
    `);
  });

  it('tells of text that is no policy set any more', () => {
    expect(differences(TEXT.slice(0, -2))).toMatchInlineSnapshot(`
      "a.cedar:1:1: error[formatter-mismatch]: the formatted text is no policy set any more
        1 | @id("a")
          | ^
        help: this is a fault of the formatter: leave the text as it is, and report it"
    `);
  });
});
