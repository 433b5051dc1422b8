import fc from 'fast-check';

const KEYS = [
  'a',
  'b',
  'id',
  'type',
  '__proto__',
  'constructor',
  '',
  'ключ',
  'a b',
  String.raw`\u0061`,
  '__entity',
  '__extn',
];
const SCALARS = [
  'null',
  'true',
  'false',
  '0',
  '1',
  '-1',
  '-0',
  '1.0',
  '1e2',
  '-2.5e-3',
  '01',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775808',
  '-9223372036854775809',
  '1e999',
  '123456789012345678901234567890',
  '""',
  '"a"',
  '"é😀"',
  String.raw`"\ud83d\ude00"`,
  String.raw`"\ud800"`,
  String.raw`"\u0000\n\/"`,
  String.raw`"\x"`,
  '"\t"',
];
const SPACES = ['', '', '', ' ', '\n', '\t\r\n', '\u00a0', '/*c*/'];

const space = fc.constantFrom(...SPACES);
const scalar = fc.constantFrom(...SCALARS);
const key = fc.constantFrom(...KEYS).map((text) => `"${text}"`);

/** Text that is mostly JSON, now and then with a fault that is easy to make. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    scalar,
    fc
      .array(fc.tuple(space, tie('value'), space), { maxLength: 4 })
      .map((members) => `[${members.map((m) => m.join('')).join(',')}]`),
    fc
      .array(fc.tuple(space, key, space, tie('value')), { maxLength: 4 })
      .map(
        (members) =>
          `{${members.map(([before, name, between, value]) => `${before}${name}${between}:${value}`).join(',')}}`,
      ),
  ),
})).value;

const fragment = fc.constantFrom(
  ...'{}[],:"\\ \n0123456789.-+eEtfnu',
  'null',
  '""',
  '"a":',
  '\\u',
  '\ufeff',
  '\u2028',
  '\0',
);

/** JSON text with some characters taken out, put in or exchanged. */
export const mutatedText: fc.Arbitrary<string> = fc
  .tuple(jsonText, fc.array(fc.tuple(fc.nat(), fc.nat(2), fragment), { maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((now, [seed, removed, added]) => {
      const at = seed % (now.length + 1);
      return (now.slice(0, at) + added + now.slice(at + removed)).replaceAll(/\p{Surrogate}/gu, '?');
    }, text),
  );
