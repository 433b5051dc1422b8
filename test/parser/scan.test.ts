import { describe, expect, it } from 'vitest';
import { scanSource } from '../../src/parser/scan.js';
import { createSource } from '../../src/text/source.js';

/** Tokens as type and text, and the codes of what is complained about. */
function scanned(text: string) {
  const { tokens, comments, problems } = scanSource(createSource(text));
  return {
    tokens: tokens.map((token) => `${token.tokenType.name} ${token.image}`),
    comments: comments.map(({ start, end }) => text.slice(start, end)),
    problems: problems.inOrder().map((d) => d.code),
  };
}

describe('scan', () => {
  it.each<[string, readonly string[]]>([
    ['permit when x _1 A9', ['Word permit', 'Word when', 'Word x', 'Word _1', 'Word A9']],
    [
      'true false if then else in is like has',
      ['True true', 'False false', 'If if', 'Then then', 'Else else', 'In in', 'Is is', 'Like like', 'Has has'],
    ],
    ['truex iff In', ['Word truex', 'Word iff', 'Word In']],
    ['007 1in x', ['Integer 007', 'Integer 1', 'In in', 'Word x']],
    ['1then 2.a', ['Integer 1', 'Then then', 'Integer 2', 'Dot .', 'Word a']],
    ['"" "a\\"b" "\n"', ['Text ""', 'Text "a\\"b"', 'Text "\n"']],
    ['?principal?resource', ['Slot ?principal', 'Slot ?resource']],
    ['a:::b', ['Word a', 'DoubleColon ::', 'Colon :', 'Word b']],
    [
      '<= < >= > == != !',
      ['LessEqual <=', 'Less <', 'GreaterEqual >=', 'Greater >', 'Equal ==', 'NotEqual !=', 'Bang !'].map(
        (token) => token,
      ),
    ],
    ['&&||+-*/%@', ['And &&', 'Or ||', 'Plus +', 'Minus -', 'Star *', 'Slash /', 'Percent %', 'At @']],
    [
      '(){}[].,;',
      [
        'LeftParen (',
        'RightParen )',
        'LeftBrace {',
        'RightBrace }',
        'LeftBracket [',
        'RightBracket ]',
        'Dot .',
        'Comma ,',
        'Semicolon ;',
      ],
    ],
    ['!!a==!b', ['Bang !', 'Bang !', 'Word a', 'Equal ==', 'Bang !', 'Word b']],
  ])('splits %s', (text, tokens) => {
    expect(scanned(text)).toEqual({ tokens, comments: [], problems: [] });
  });

  it('gives every token its place', () => {
    const text = ' permit(\n "a" , 12 // c\n ) ';
    const { tokens } = scanSource(createSource(text));
    expect(tokens.map((token) => text.slice(token.startOffset, token.startOffset + token.image.length))).toEqual([
      'permit',
      '(',
      '"a"',
      ',',
      '12',
      ')',
    ]);
    expect(tokens.map((token) => token.image)).toEqual(['permit', '(', '"a"', ',', '12', ')']);
  });

  it('keeps comments apart: they end at a line feed, a carriage return or the end', () => {
    expect(scanned('a // b\nc // d\re //')).toEqual({
      tokens: ['Word a', 'Word c', 'Word e'],
      comments: ['// b', '// d', '//'],
      problems: [],
    });
    expect(scanned('"// a" / /')).toEqual({
      tokens: ['Text "// a"', 'Slash /', 'Slash /'],
      comments: [],
      problems: [],
    });
  });

  it('skips exactly the characters with the property White_Space', () => {
    const isSpace = (code: number): boolean => {
      const { tokens, problems } = scanned(`a${String.fromCharCode(code)}b`);
      return tokens.length === 2 && problems.length === 0 && tokens[0] === 'Word a';
    };
    const spaces = Array.from({ length: 0x10000 }, (_, code) => code).filter(
      (code) => (code < 0x30 || code > 0x7a) && isSpace(code),
    );
    const operators = Array.from('!%()*+,-./', (c) => c.charCodeAt(0));
    const expected = spaces.filter((code) => /\p{White_Space}/u.test(String.fromCharCode(code)));
    expect(spaces.filter((code) => !operators.includes(code))).toEqual(expected);
    expect(expected.length).toBe(25);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['a & b', ['Word a', 'And &', 'Word b'], ['foreign-operator']],
    ['a &&& b', ['Word a', 'And &&', 'And &', 'Word b'], ['foreign-operator']],
    ['a === b', ['Word a', 'Equal ===', 'Word b'], ['foreign-operator']],
    ['a ≤ 1', ['Word a', 'LessEqual ≤', 'Integer 1'], ['foreign-operator']],
    ["'a' “b” «c» `d`", ["Text 'a'", 'Text “b”', 'Text «c»', 'Text `d`'], Array(4).fill('wrong-quotes')],
    ["don't", ['Word don', "Unreadable '", 'Word t'], ['unexpected-character']],
    ['ab¢¢¢cd', ['Word ab', 'Unreadable ¢¢¢', 'Word cd'], ['unexpected-character']],
    ['naïve', ['Word naïve'], ['non-ascii-identifier']],
    ['a\u00a0é', ['Word a', 'Word é'], ['non-ascii-identifier']],
    [
      '\ufeffa\u200bb\0\u0007c',
      ['Word a', 'Word b', 'Word c'],
      ['invisible-character', 'invisible-character', 'invisible-character'],
    ],
    ['a\u{1f600}b', ['Word a', 'Unreadable \u{1f600}', 'Word b'], ['unexpected-character']],
    [
      'a\ud800b "\udc00" \ud800\ud800',
      ['Word a', 'Word b', 'Text "\udc00"'],
      ['lone-surrogate', 'lone-surrogate', 'lone-surrogate'],
    ],
    [
      '1.5 1_0 0x1f 1e5 12a',
      ['Integer 1.5', 'Integer 1_0', 'Integer 0x1f', 'Integer 1e5', 'Integer 12a'],
      Array(5).fill('invalid-number'),
    ],
    [
      '?x ?principals ? principal',
      ['Slot ?x', 'Slot ?principals', 'Unreadable ?', 'Word principal'],
      ['unknown-slot', 'unknown-slot', 'unexpected-character'],
    ],
    ['a # b\nc /* d */ e', ['Word a', 'Word c', 'Word e'], ['comment-style', 'comment-style']],
  ])('complains about %s once and goes on with what was meant', (text, tokens, problems) => {
    expect(scanned(text)).toEqual({ tokens, comments: [], problems });
  });

  it('ends a string that is never closed with its line', () => {
    expect(scanned('a "b c\nd e')).toEqual({
      tokens: ['Word a', 'Text "b c', 'Word d', 'Word e'],
      comments: [],
      problems: ['unterminated-string'],
    });
  });

  it('blames the first string over several lines for a quote that is missing', () => {
    expect(scanned('"a" "b // c\nd // e\n"f" & "g"')).toEqual({
      tokens: ['Text "a"', 'Text "b // c', 'Word d', 'Text "f"', 'And &', 'Text "g"'],
      comments: ['// e'],
      problems: ['unterminated-string', 'foreign-operator'],
    });
  });
});
