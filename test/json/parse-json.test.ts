import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../src/diagnostics/render.js';
import { isJsonObject, JsonFraction, type JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { createSource } from '../../src/text/source.js';

function parsed(text: string): JsonValue {
  const result = parseJson(createSource(text));
  if (!result.ok) throw new Error(result.diagnostics.map(renderDiagnostic).join('\n'));
  return result.value;
}

function codes(text: string): readonly string[] {
  const result = parseJson(createSource(text));
  return result.ok ? [] : result.diagnostics.map((d) => d.code);
}

function places(text: string): readonly string[] {
  const result = parseJson(createSource(text, 'f.json'));
  return result.ok ? [] : result.diagnostics.map((d) => renderDiagnostic(d).split(': ').slice(0, 2).join(': '));
}

describe('numbers', () => {
  it.each<[string, number | bigint]>([
    ['0', 0],
    ['42', 42],
    ['-7', -7],
    ['999999999999999', 999999999999999],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-9007199254740992', -9007199254740992n],
    ['9007199254740993', 9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['123456789012345678901234567890', 123456789012345678901234567890n],
  ])('reads the integer %s exactly', (text, value) => {
    expect(parsed(text)).toBe(value);
  });

  it.each(['1.0', '1.5', '1e2', '1E2', '-0', '-0.0', '0e0', '1e-7', '12.50e+03', '0.1'])(
    'keeps %s as it is written',
    (text) => {
      expect(parsed(text)).toEqual(new JsonFraction(text));
    },
  );

  it.each([
    '01',
    '-01',
    '+1',
    '.5',
    '-.5',
    '1.',
    '1.e3',
    '1e',
    '1e+',
    '-',
    '0x10',
    '1_000',
    '1n',
    '1.2.3',
    '--1',
    '2024-01-01',
    '00',
  ])('refuses %s with one problem', (text) => {
    expect(codes(text)).toEqual(['json-bad-number']);
    expect(codes(`{"a":${text},"b":1}`)).toEqual(['json-bad-number']);
  });

  it.each([`1${'0'.repeat(400)}`, '1e999', '-1e999', '1.7976931348623159e308'])(
    'refuses what no double can hold',
    (text) => {
      expect(codes(text)).toEqual(['json-number-too-large']);
    },
  );
});

describe('strings', () => {
  it('reads every escape', () => {
    expect(parsed(String.raw`"\"\\\/\b\f\n\r\t\u0000\u00e9\uD83D\uDE00"`)).toBe('"\\/\b\f\n\r\t\0é😀');
  });

  it('reads characters beyond U+FFFF and line separators as they are', () => {
    expect(parsed('"a😀\u2028\u007fb"')).toBe('a😀\u2028\u007fb');
  });

  it.each([
    String.raw`"\ud800"`,
    String.raw`"\udc00"`,
    String.raw`"\ud83dx"`,
    String.raw`"\ud83d\u0041"`,
    String.raw`"\ud83d\ud83d\ude00"`,
    '"\ud800"',
    '"\udc00x"',
    '"x\ud83d"',
  ])('refuses half of a surrogate pair in %j', (text) => {
    expect(codes(text)).toEqual(['json-lone-surrogate']);
  });

  it.each([
    String.raw`"\x41"`,
    String.raw`"\'"`,
    String.raw`"\v"`,
    String.raw`"\u12"`,
    String.raw`"\u{41}"`,
    String.raw`"\0"`,
    String.raw`"\ "`,
  ])('refuses the escape in %s', (text) => {
    expect(codes(text)).toEqual(['json-bad-escape']);
  });

  it.each(['"a\tb"', '"a\0b"', '"one\ntwo"', '"one\r\ntwo"'].map((text) => [text]))(
    'refuses the raw control character in %j',
    (text) => {
      expect(new Set(codes(text))).toEqual(new Set(['json-control-character']));
    },
  );
});

describe('objects', () => {
  it('have no prototype, so every key is an ordinary one', () => {
    const value = parsed('{"__proto__": 1, "constructor": 2, "": 3, "toString": 4}');
    expect(isJsonObject(value) && Object.getPrototypeOf(value)).toBeNull();
    expect(isJsonObject(value) && Object.keys(value)).toEqual(['__proto__', 'constructor', '', 'toString']);
    expect(isJsonObject(value) && Object.values(value)[0]).toBe(1);
  });

  it.each([
    '{"a":1,"a":1}',
    String.raw`{"a":1,"\u0061":2}`,
    '[[{"b":{"a":null,"a":null}}]]',
    '{"__proto__":1,"__proto__":2}',
  ])('must not repeat a key: %s', (text) => {
    expect(codes(text)).toEqual(['json-duplicate-key']);
  });

  it('show both places of a repeated key', () => {
    const result = parseJson(createSource('{"a": {"x": 1,\n "x": 2}}', 'f.json'));
    expect(result.diagnostics.map((d) => d.pointer)).toEqual(['/a/x']);
    expect(result.diagnostics[0]?.labels.map((l) => l.span)).toEqual([
      { start: 16, end: 19 },
      { start: 12, end: 13 },
    ]);
  });
});

describe('nesting', () => {
  it.each(['[', '{"a":'])('of %s is allowed 127 times and no more', (open) => {
    const close = open === '[' ? ']' : '}';
    const nested = (depth: number): string =>
      `${open.repeat(depth - 1)}${open === '[' ? '[]' : '{}'}${close.repeat(depth - 1)}`;
    expect(codes(nested(127))).toEqual([]);
    expect(codes(nested(128))).toEqual(['json-too-deep']);
    expect(codes(nested(200_000))).toEqual(['json-too-deep']);
  });

  it('is reported where it begins, and reading goes on behind it', () => {
    expect(places(`[${'['.repeat(200)}"]"${']'.repeat(200)},\nnope]`)).toEqual([
      'f.json:1:128: error[json-too-deep]',
      'f.json:2:1: error[json-unknown-word]',
    ]);
  });

  it('that is never closed does not overflow the stack', () => {
    expect(codes('['.repeat(1_000_000))).toEqual(['json-too-deep', 'json-unclosed']);
    expect(codes('{"a":'.repeat(300_000))).toEqual(['json-too-deep', 'json-unclosed']);
  });
});

describe('mistakes', () => {
  it.each<[string, readonly string[]]>([
    ['', ['json-empty']],
    [' \n\t', ['json-empty']],
    ['[1,]', ['json-trailing-comma']],
    ['{"a":1,}', ['json-trailing-comma']],
    ['{"a":1,\n // last\n}', ['json-comment', 'json-trailing-comma']],
    ['[,]', ['json-missing-value']],
    ['{,}', ['json-missing-value']],
    ['[1,,2]', ['json-missing-value']],
    ['{"a":}', ['json-missing-value']],
    ['{"a":,"b":2}', ['json-missing-value']],
    ["{'a': 'b'}", ['json-wrong-quotes', 'json-wrong-quotes']],
    ['{\u201ca\u201d: 1}', ['json-wrong-quotes']],
    ['{a: 1, b-c: 2, 3: 4}', ['json-unquoted-key', 'json-unquoted-key', 'json-unquoted-key']],
    [
      '[NaN, Infinity, -Infinity, undefined, None, True]',
      [
        'json-unknown-word',
        'json-unknown-word',
        'json-bad-number',
        'json-unknown-word',
        'json-unknown-word',
        'json-unknown-word',
      ],
    ],
    ['[nul, truely, falsey]', ['json-unknown-word', 'json-unknown-word', 'json-unknown-word']],
    ['// c\n{"a": /* x */ 1 # y\n}', ['json-comment', 'json-comment', 'json-comment']],
    ['/* never closed', ['json-comment', 'json-missing-value']],
    ['\ufeff{}', ['json-byte-order-mark']],
    ['{\u00a0"a":1\f}', ['json-white-space', 'json-white-space']],
    ['{"a" 1}', ['json-missing-colon']],
    ['{"a" = 1, "b" => 2}', ['json-missing-colon', 'json-missing-colon']],
    ['{"a"}', ['json-missing-colon']],
    ['{"a":1 "b":2}', ['json-missing-comma']],
    ['[1 2 "3" [4]]', ['json-missing-comma', 'json-missing-comma', 'json-missing-comma']],
    ['{"a":[1,2}', ['json-unclosed']],
    ['[1}', ['json-wrong-bracket']],
    ['{"a":1]', ['json-wrong-bracket']],
    ['[{"a":1]', ['json-unclosed']],
    ['{"a":[1', ['json-unclosed']],
    ['{}{}', ['json-extra-text']],
    ['1 2', ['json-extra-text']],
    ['}', ['json-missing-value']],
    ['[&]', ['json-unexpected-character']],
    ['"abc', ['json-unclosed-string']],
    ['{"a": "abc,\n "b": 1}', ['json-unclosed-string']],
    ['{"a: 1,\n "b": 1}', ['json-unclosed-string']],
    ['{"a": "abc}', ['json-unclosed-string']],
    ['{"a": \'abc', ['json-wrong-quotes']],
  ])('in %j are %j', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it('are all reported, with line and column', () => {
    const text = '{\n  // settings\n  "a": 01,\n  \'b\': True,\n  "c": [1, 2,],\n  "a": 3\n}';
    expect(places(text)).toEqual([
      'f.json:2:3: error[json-comment]',
      'f.json:3:8: error[json-bad-number]',
      'f.json:4:3: error[json-wrong-quotes]',
      'f.json:4:8: error[json-unknown-word]',
      'f.json:5:13: error[json-trailing-comma]',
      'f.json:6:3: error[json-duplicate-key]',
    ]);
  });

  it('always come with a help', () => {
    const texts = [
      '[1,]',
      "['a']",
      '{a:1}',
      '[NaN]',
      '[01]',
      '["a',
      '{"a" 1}',
      '[1 2]',
      '[1',
      '[1}',
      '[&]',
      '{}{}',
      '',
      '["\t"]',
      '["\\x"]',
      '{"a":1,"a":2}',
    ];
    for (const text of texts) {
      for (const d of parseJson(createSource(text)).diagnostics)
        expect(d.help, `${text}: ${d.code}`).toBeTypeOf('string');
    }
  });

  it('end after a hundred of them', () => {
    expect(codes(`[${'NaN,'.repeat(100_000)}1]`)).toHaveLength(100);
  });
});

describe('big texts', () => {
  it.each<[string, string]>([
    ['a string', `"${'x'.repeat(5_000_000)}"`],
    ['a string of escapes', `"${'\\n'.repeat(1_000_000)}"`],
    ['an array', `[${'1,'.repeat(1_000_000)}1]`],
    ['white space', `${' '.repeat(5_000_000)}1`],
  ])('are read: %s', (_, text) => {
    expect(codes(text)).toEqual([]);
  });

  it.each<[string, string]>([
    ['an unclosed string', `["${'x'.repeat(3_000_000)}`],
    ['a comment', `/*${'*'.repeat(3_000_000)}`],
    ['a line comment', `//${'/'.repeat(3_000_000)}`],
    ['digits', '9'.repeat(3_000_000)],
    ['digits with a point', `${'9'.repeat(3_000_000)}.`],
    ['a word', 'x'.repeat(3_000_000)],
    ['quotes', `'${'\\'.repeat(3_000_000)}`],
    ['odd spaces', '\u00a0'.repeat(3_000_000)],
    ['commas', ','.repeat(3_000_000)],
    ['line ends in a string', `"${'\n'.repeat(3_000_000)}`],
    ['line ends before a letter', `"${'\n'.repeat(3_000_000)}x`],
    ['two keys', `{"${'k'.repeat(1_000_000)}":1,"${'k'.repeat(1_000_000)}":1}`],
  ])('are refused in linear time: %s', (_, text) => {
    expect(codes(text).length).toBeGreaterThan(0);
  });
});
