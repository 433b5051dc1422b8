import { describe, expect, it } from 'vitest';
import { formatPolicies } from '../../src/formatter/format-policies.js';
import { createSource } from '../../src/text/source.js';
import { ourFormat } from './oracle.js';

const LONG = 60_000;
const when = (condition: string): string => `permit (principal, action, resource) when { ${condition} };`;

describe('formatPolicies', () => {
  it.each<[what: string, text: string, expected: string]>([
    ['an empty text is an empty line', '', '\n'],
    ['comments alone stand behind an empty line', '// a\n\n  // b  ', '\n// a\n// b\n'],
    [
      'policies are separated by one empty line',
      'permit(principal,action,resource);\n\n\nforbid(principal,action,resource);',
      'permit (principal, action, resource);\n\nforbid (principal, action, resource);\n',
    ],
    [
      'a constraint puts every variable on its own line',
      'permit(principal==User::"a",action,resource);',
      'permit (\n  principal == User::"a",\n  action,\n  resource\n);\n',
    ],
    [
      'comments of a policy stay above it, comments behind the last one at the end',
      '// above\npermit(principal,action,resource); // behind\n// end',
      '// above\npermit (principal, action, resource); // behind\n// end\n',
    ],
    [
      'parentheses and the spelling of strings stay, leading zeros do not',
      when('((1)) == 007 && "\\u{41}\\x41" == "AA"'),
      'permit (principal, action, resource)\nwhen { ((1)) == 7 && "\\u{41}\\x41" == "AA" };\n',
    ],
    [
      'empty lines inside strings stay, others go',
      'permit(principal,action,resource)\n\nwhen\n\n{ "a\n\n\nb" };',
      'permit (principal, action, resource)\nwhen { "a\n\n\nb" };\n',
    ],
    [
      'line ends become line feeds',
      'permit(principal,action,resource)\r\n// a\r\nwhen { 1 };\r\n// b\r\n',
      'permit (principal, action, resource)\n// a\nwhen { 1 };\n// b\n',
    ],
  ])('%s', (_, text, expected) => {
    expect(ourFormat(text)).toBe(expected);
  });

  it('returns all problems of a text that is no policy set', () => {
    const source = createSource(
      'permt (principal, action, resource);\npermit (principal, action, resource) when { 1 = 2 };',
    );
    const result = formatPolicies(source);
    expect(result.ok).toBe(false);
    expect(result.diagnostics.length).toBe(2);
    expect(
      result.diagnostics.every(({ severity, labels }) => severity === 'error' && labels[0]?.source === source),
    ).toBe(true);
  });

  it.each([
    { lineWidth: -1 },
    { lineWidth: 80.5 },
    { lineWidth: 2 ** 32 },
    { lineWidth: Number.NaN },
    { lineWidth: Number.POSITIVE_INFINITY },
    { indentWidth: 1.5 },
    { indentWidth: 2 ** 31 },
    { indentWidth: -(2 ** 31) - 1 },
  ])('throws at %j, which is a mistake of the caller', (options) => {
    expect(() => formatPolicies(createSource(''), options)).toThrow(RangeError);
  });

  it.each([{ lineWidth: 0, indentWidth: 0 }, { lineWidth: 2 ** 32 - 1 }, { indentWidth: -(2 ** 31) }])(
    'takes %j',
    (options) => {
      expect(ourFormat(when('1 || 2'), options)).toBeDefined();
    },
  );

  it.each([
    ['parentheses', '(', ')'],
    ['sets', '[', ']'],
    ['records', '{ a: ', ' }'],
    ['calls', 'ip(', ')'],
    ['method calls', 'context.contains(', ')'],
    ['conditions', 'if true then 1 else ', ''],
    ['conditions in conditions', 'if ', ' then 1 else 2'],
    ['sums in parentheses', '(1 + ', ')'],
  ])('formats %s as deep as the parser reads them', (_, open, close) => {
    const nested = (depth: number): string => when(`${open.repeat(depth)}1${close.repeat(depth)}`);
    expect(ourFormat(nested(490))).toBeDefined();
    expect(formatPolicies(createSource(nested(100_000))).ok).toBe(false);
  });

  it.each<[what: string, make: (n: number) => string]>([
    ['&&', (n) => when(Array.from({ length: n }, () => 'true').join(' && '))],
    ['|| with comments', (n) => when(Array.from({ length: n }, () => 'true').join(' // c\n || '))],
    ['+', (n) => when(`${Array.from({ length: n }, () => '1').join(' + ')} == 1`)],
    ['*', (n) => when(`${Array.from({ length: n }, () => '1').join(' * ')} == 1`)],
    ['elements', (n) => when(`[${'1, '.repeat(n)}]`)],
    ['policies', (n) => 'permit (principal, action, resource);'.repeat(n)],
    ['comments', (n) => when(`${'// c\n'.repeat(n)} 1`)],
    ['conditions', (n) => `permit (principal, action, resource) ${'when { 1 } '.repeat(n)};`],
    ['characters of a string', (n) => when(`"${'\\n'.repeat(n)}"`)],
    ['empty lines in a string', (n) => when(`"${'\n'.repeat(n)}"`)],
  ])('formats 100,000 %s in a row', { timeout: LONG }, (_, make) => {
    const formatted = ourFormat(make(100_000));
    expect(formatted?.length).toBeGreaterThan(100_000);
  });
});
