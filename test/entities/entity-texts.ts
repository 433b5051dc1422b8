import fc from 'fast-check';

const TYPES = [
  'A',
  'B',
  'Action',
  'N::Action',
  'N::M::A',
  'A',
  'B',
  'A',
  'B',
  'if',
  'A :: B',
  '__cedar::A',
  '',
  'A::in',
  '__cedarx',
  'Ä',
  'principal',
];
const IDS = ['x', 'y', 'z', '', 'é😀', String.raw`a\"b`, String.raw`\u0000`];
const SCALARS = [
  'true',
  'false',
  '0',
  '1',
  '-1',
  '"a"',
  '"1.0"',
  '""',
  '9223372036854775807',
  '-9223372036854775808',
  '"10.0.0.1"',
  'null',
  '1.0',
  '-0',
  '1e2',
  '9223372036854775808',
  '-9223372036854775809',
  '1.5',
];
const KEYS = [
  'a',
  'b',
  'type',
  'id',
  '__entity',
  '__extn',
  '__expr',
  'fn',
  'arg',
  'args',
  '',
  '__proto__',
  'constructor',
];
const CALLS: readonly (readonly [string, string, boolean])[] = [
  ['ip', '10.0.0.1', true],
  ['ip', '::1/64', true],
  ['decimal', '1.0', true],
  ['decimal', '01.00', true],
  ['datetime', '2024-01-01', true],
  ['duration', '1h', true],
  ['duration', '60m', true],
  ['ip', '10.0.0.256', false],
  ['decimal', '1', false],
  ['datetime', '2024-02-30', false],
  ['duration', '', false],
  ['nope', '1', false],
  ['A::ip', '1', false],
  ['if', '1', false],
  ['contains', '1', false],
];
const METHODS = ['isIpv4', 'isInRange', 'offset', 'durationSince', 'lessThan', 'toDays', 'toDate', 'ip', 'isEmpty'];

const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight: 40 }, { arbitrary: rare, weight: 1 });

const typeText = mostly(fc.constantFrom('A', 'B', 'Action', 'N::M::A'), fc.constantFrom(...TYPES)).map((t) =>
  JSON.stringify(t),
);
const idText = fc.constantFrom(...IDS).map((id) => `"${id}"`);
const pair = fc.tuple(typeText, idText);

const uidText = mostly(
  fc.oneof(
    pair.map(([type, id]) => `{"type":${type},"id":${id}}`),
    pair.map(([type, id]) => `{"__entity":{"type":${type},"id":${id}}}`),
    pair.map(([type, id]) => `{"id":${id},"type":${type},"more":1.5}`),
    pair.map(([type, id]) => `[${type},${id}]`),
    pair.map(([type, id]) => `{"__entity":[${type},${id}],"type":"A","id":"x"}`),
  ),
  fc.constantFrom(
    '"A::\\"x\\""',
    '{}',
    '[]',
    'null',
    '1',
    '{"type":"A"}',
    '{"type":"A","id":1}',
    '{"__expr":"A::\\"x\\""}',
    '{"__expr":1,"type":"A","id":"x"}',
    '{"__expr":"q","type":"A","id":"x"}',
    '{"__entity":1,"type":"A","id":"x"}',
    '[["A","x"]]',
    '["A","x","y"]',
    '{"__extn":{"fn":"ip","arg":"1.1.1.1"}}',
  ),
);

const leafText = mostly(fc.constantFrom(...SCALARS.slice(0, 11)), fc.constantFrom(...SCALARS));

const call = (fn: string, member: string, value: string): string =>
  `{"__extn":{"fn":${JSON.stringify(fn)},"${member}":${value}}}`;

const entityEscape = pair.map(([type, id]) => `{"__entity":{"type":${type},"id":${id}}}`);
const constructed = mostly(fc.constantFrom(...CALLS.filter(([, , good]) => good)), fc.constantFrom(...CALLS));
const constructorCall = fc
  .tuple(constructed, fc.boolean())
  .map(([[fn, arg], many]) => call(fn, many ? 'args' : 'arg', many ? `["${arg}"]` : `"${arg}"`));
const nestedCall = fc.constantFrom(
  call('isIpv4', 'arg', call('ip', 'arg', '"::1"')),
  call('offset', 'args', `[${call('datetime', 'arg', '"2024-01-01"')},${call('duration', 'arg', '"1d"')}]`),
);

export const valueText: fc.Arbitrary<string> = fc.letrec<{ value: string; odd: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    { arbitrary: leafText, weight: 12 },
    { arbitrary: fc.array(tie('value'), { maxLength: 3 }).map((members) => `[${members.join(',')}]`), weight: 6 },
    { arbitrary: record(fc.constantFrom(...KEYS), tie('value')), weight: 6 },
    { arbitrary: entityEscape, weight: 6 },
    { arbitrary: constructorCall, weight: 6 },
    { arbitrary: nestedCall, weight: 2 },
    { arbitrary: tie('odd'), weight: 2 },
  ),
  odd: fc.oneof(
    record(fc.constantFrom('__entity', '__extn', '__expr'), tie('value'), 1),
    fc
      .tuple(pair, fc.constantFrom(...KEYS), tie('value'))
      .map(([[type, id], key, more]) => `{"__entity":{"type":${type},"id":${id},"_${key}":${more}}}`),
    fc
      .tuple(fc.constantFrom(...METHODS), fc.array(tie('value'), { maxLength: 3 }))
      .map(([fn, args]) => call(fn, 'args', `[${args.join(',')}]`)),
    fc
      .tuple(constructed, fc.constantFrom('', ',"args":[]', ',"more":null', ',"more":1.5'))
      .map(([[fn, arg], more]) => call(fn, 'arg', `"${arg}"${more}`)),
    fc.tuple(fc.constantFrom(...METHODS), tie('value')).map(([fn, arg]) => call(fn, 'arg', arg)),
  ),
})).value;

function record(key: fc.Arbitrary<string>, value: fc.Arbitrary<string>, maxLength = 3): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.tuple(key, value), { maxLength, selector: ([name]) => name })
    .map((members) => `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`);
}

const fieldsText = mostly(
  record(fc.constantFrom(...KEYS), valueText, 2),
  fc.constantFrom('null', '[]', '1', '{"a":1,"a":1}'),
);
const parentsText = mostly(
  fc.array(uidText, { maxLength: 2 }).map((uids) => `[${uids.join(',')}]`),
  fc.constantFrom('null', '{}', '[null]'),
);

const entityText = mostly(
  fc.tuple(uidText, fieldsText, parentsText, fc.option(fieldsText)).chain(([uid, attrs, parents, tags]) => {
    const members = [
      `"uid":${uid}`,
      `"attrs":${attrs}`,
      `"parents":${parents}`,
      ...(tags === null ? [] : [`"tags":${tags}`]),
    ];
    const positional = `[${[uid, attrs, parents, ...(tags === null ? [] : [tags])].join(',')}]`;
    return mostly(
      fc.constantFrom(`{${members.join(',')}}`, `{${members.join(',')},"other":[1.5,null]}`, positional),
      fc.constantFrom(
        ...members.map((_, i) => `{${members.filter((__, j) => j !== i).join(',')}}`),
        `[${uid},${attrs}]`,
      ),
    );
  }),
  fc.constantFrom('null', '1', '[]', '{}', '"A"'),
);

export const entitiesText: fc.Arbitrary<string> = mostly(
  fc.array(entityText, { maxLength: 4 }).map((entities) => `[${entities.join(',')}]`),
  fc.constantFrom('{}', 'null', '1', '[[]]'),
);

export const contextText: fc.Arbitrary<string> = fc.oneof(record(fc.constantFrom(...KEYS), valueText, 3), valueText);

/** A text with a few characters, or a piece of structure, taken out, doubled or exchanged. */
export function mutated(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    '',
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '1',
    '.0',
    'null',
    '"a":1,',
    '"type":"A",',
    '"id":"x",',
    '"__entity":',
    '-',
    'e',
    ' ',
  );
  return fc.tuple(text, fc.array(fc.tuple(fc.nat(), fc.nat(3), piece), { maxLength: 2 })).map(([whole, edits]) =>
    edits.reduce((now, [seed, removed, added]) => {
      const at = seed % (now.length + 1);
      return (now.slice(0, at) + added + now.slice(at + removed)).replaceAll(/\p{Surrogate}/gu, '?');
    }, whole),
  );
}
