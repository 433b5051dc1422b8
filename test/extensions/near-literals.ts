import fc from 'fast-check';

/** Characters that are near misses in one or several of the literal grammars. */
const CHARACTERS = [
  ...'0123456789',
  ...'0123456789abcdefABCDEF',
  ...'+-.:/TZtzdhms_%[] ',
  '..',
  '::',
  '--',
  '00',
  'ms',
  '\n',
  '\r',
  '\t',
  '\0',
  '\u0660',
  '\u0969',
  '\uff11',
  '\u{1d7d8}',
  '\u00b2',
  '\u2460',
  'é',
  '\u2212',
  '\uff0e',
  '\u200b',
  '\ufeff',
  '\u{1f600}',
];

/** A text with up to three characters inserted, removed, replaced, doubled or exchanged. */
function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const edit = fc.record({
    place: fc.nat({ max: 999 }),
    character: fc.constantFrom(...CHARACTERS),
    how: fc.constantFrom('insert', 'insert at the end', 'remove', 'replace', 'double', 'exchange'),
  });
  return fc.tuple(texts, fc.array(edit, { maxLength: 3, size: 'max' })).map(([text, edits]) => {
    let characters = [...text];
    for (const { place, character, how } of edits) {
      const at = characters.length === 0 ? 0 : place % characters.length;
      const here = characters[at] ?? '';
      const next = characters[at + 1] ?? '';
      if (how === 'insert') characters.splice(at, 0, character);
      else if (how === 'insert at the end') characters.push(character);
      else if (how === 'remove') characters.splice(at, 1);
      else if (how === 'replace') characters.splice(at, 1, character);
      else if (how === 'double') characters.splice(at, 0, here);
      else characters.splice(at, 2, next, here);
      characters = [...characters.join('')];
    }
    return characters.join('');
  });
}

const INT64 = 2n ** 63n;

/** Whole numbers with many near the ends of int64, of uint64 and of the given numbers. */
function wholeNumber(...edges: readonly bigint[]): fc.Arbitrary<string> {
  const centre = fc.constantFrom(0n, 1n, INT64 - 1n, INT64, 2n * INT64 - 1n, 10n ** 19n, 10n ** 20n, ...edges);
  const near = fc
    .tuple(centre, fc.bigInt({ min: -2n, max: 2n }))
    .map(([from, by]) => (from + by < 0n ? 0n : from + by));
  const zeros = fc.constantFrom('', '', '', '0', '000000000000000000000');
  return fc
    .tuple(zeros, fc.oneof(near, fc.bigInt({ min: 0n, max: 100n }), fc.bigInt({ min: 0n, max: 2n * INT64 })))
    .map(([zero, number]) => `${zero}${number}`);
}

/** A number written with a width, now and then at one of its edges. */
function padded(max: number, width: number, ...edges: readonly number[]): fc.Arbitrary<string> {
  return fc
    .oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 1, max, max + 1, ...edges) },
    )
    .map((number) => String(number).padStart(width, '0'));
}

const sign = fc.constantFrom('', '-');

const decimal = fc
  .tuple(
    sign,
    wholeNumber(INT64 / 10_000n, INT64 / 1000n),
    fc.oneof(
      fc.constantFrom('0', '5', '5807', '5808', '5809', '58', '580', '0000', '00000', '12345'),
      padded(99_999, 1),
    ),
  )
  .map(([minus, whole, fraction]) => `${minus}${whole}.${fraction}`);

const octet = padded(255, 1, 256, 127, 224, 239, 999);
const ipv4 = fc.array(octet, { minLength: 4, maxLength: 4 }).map((octets) => octets.join('.'));
const group = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16)) },
  { weight: 9, arbitrary: fc.constantFrom('0', '0', '0000', 'FFFF', 'ff00', '1') },
  { weight: 1, arbitrary: fc.constantFrom('00001', 'g') },
);
const someGroups = fc.array(group, { maxLength: 9, size: 'max' });
const eightGroups = fc.array(group, { minLength: 8, maxLength: 8 });
const ipv6 = fc.tuple(fc.oneof(someGroups, eightGroups), fc.nat({ max: 12 })).map(([groups, gap]) => {
  if (gap > groups.length) return groups.join(':');
  return `${groups.slice(0, gap).join(':')}::${groups.slice(gap).join(':')}`;
});
const prefix = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  { weight: 8, arbitrary: padded(32, 1, 33, 128, 129, 255, 256, 999, 1000).map((bits) => `/${bits}`) },
  { weight: 2, arbitrary: padded(128, 1, 129, 255, 256, 999, 1000).map((bits) => `/${bits}`) },
  { weight: 1, arbitrary: padded(9, 2).map((bits) => `/${bits}`) },
);
const mixed = fc.tuple(ipv6, ipv4).map(([left, right]) => `${left}:${right}`);
const ip = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: ipv4 }, { weight: 6, arbitrary: ipv6 }, { weight: 1, arbitrary: mixed }),
    prefix,
  )
  .map(([address, bits]) => address + bits);

const date = fc
  .tuple(
    padded(9999, 4, 1, 4, 99, 100, 399, 400, 1582, 1900, 1969, 1970, 2000, 2024),
    padded(12, 2, 2, 2, 13),
    padded(31, 2, 28, 29, 30, 32),
  )
  .map((parts) => parts.join('-'));
const time = fc
  .tuple(padded(23, 2, 24), padded(59, 2, 60), padded(59, 2, 60, 99))
  .map((parts) => `T${parts.join(':')}`);
const zone = fc.oneof(
  { weight: 3, arbitrary: fc.constant('Z') },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('+', '-'), padded(23, 2, 24, 99), padded(59, 2, 60, 5))
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.constant('') },
);
const fraction = fc.oneof(
  fc.constant(''),
  padded(999, 3).map((digits) => `.${digits}`),
);
const datetime = fc.oneof(
  { weight: 1, arbitrary: date },
  { weight: 3, arbitrary: fc.tuple(date, time, fraction, zone).map((parts) => parts.join('')) },
);

const units: readonly (readonly [name: string, milliseconds: bigint])[] = [
  ['d', 86_400_000n],
  ['h', 3_600_000n],
  ['m', 60_000n],
  ['s', 1000n],
  ['ms', 1n],
];
const quantities = units.map(([name, milliseconds]) => {
  const quantity = fc
    .oneof(wholeNumber(INT64 / milliseconds), padded(99, 1), padded(99, 1))
    .map((digits) => digits + name);
  return fc.oneof(quantity, fc.constant(''));
});
/** Exactly an end of int64, or one millisecond past it, in all units. */
const edgeDuration = fc.constantFrom(
  '106751991167d7h12m55s807ms',
  '106751991167d7h12m55s808ms',
  '106751991167d7h12m55s809ms',
  '2562047788015h12m55s808ms',
  '153722867280912m55s808ms',
  '9223372036854775s808ms',
  '0d0h0m0s9223372036854775808ms',
  '1ms9223372036854775807d',
);
const duration = fc
  .tuple(
    sign,
    fc.oneof(
      { weight: 6, arbitrary: fc.tuple(...quantities).map((parts) => parts.join('')) },
      { weight: 1, arbitrary: edgeDuration },
    ),
  )
  .map((parts) => parts.join(''));

/** Texts near what each constructor accepts: a good part of them well formed, many at an edge. */
export const NEAR_LITERALS: Readonly<Record<'decimal' | 'ip' | 'datetime' | 'duration', fc.Arbitrary<string>>> = {
  decimal: fc.oneof(decimal, mutated(decimal)),
  ip: fc.oneof(ip, mutated(ip)),
  datetime: fc.oneof(datetime, mutated(datetime)),
  duration: fc.oneof(duration, mutated(duration)),
};
