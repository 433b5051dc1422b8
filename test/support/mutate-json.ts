import fc from 'fast-check';

/** JSON as `JSON.parse` gives it. */
export type PlainJson = null | boolean | number | string | PlainJson[] | { [key: string]: PlainJson };

/** One change to a JSON value: where it happens is counted, so that it fits every value. */
export interface Mutation {
  readonly where: number;
  readonly how: 'remove' | 'replace' | 'move' | 'insert' | 'rename' | 'misspell';
  readonly from: number;
  readonly word: string;
  readonly value: PlainJson;
}

/** Changes that know the words of a format: keys and texts are mostly taken from `words`. */
export function arbitraryMutation(words: readonly string[]): fc.Arbitrary<Mutation> {
  const word = fc.constantFrom(...words);
  const { value } = fc.letrec<{ value: PlainJson }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<PlainJson>(null, true, 0, -5, 1.5),
      word,
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(word, tie('value'), { maxKeys: 2 }),
      tie('value').map((inner) => ({ Value: inner })),
      fc.constantFrom('A', 'A::B', 'if').map((type) => ({ __entity: { type, id: 'x' } })),
      fc.tuple(word, tie('value')).map(([fn, arg]) => ({ __extn: { fn, arg } })),
      fc.tuple(word, fc.array(tie('value'), { maxLength: 2 })).map(([fn, args]) => ({ __extn: { fn, args } })),
    ),
  }));
  return fc.record({
    where: fc.nat(),
    how: fc.constantFrom<Mutation['how']>('remove', 'replace', 'move', 'insert', 'rename', 'misspell'),
    from: fc.nat(),
    word,
    value,
  });
}

type Container = PlainJson[] | { [key: string]: PlainJson };

/** The value with one member changed, as a copy; the outermost container stays. */
export function mutateJson(json: PlainJson, mutation: Mutation): PlainJson {
  const copy = structuredClone(json);
  const members = [...membersOf(copy)];
  const target = members[mutation.where % Math.max(1, members.length)];
  const source = members[mutation.from % Math.max(1, members.length)];
  if (target === undefined || source === undefined) return copy;
  const { parent, key } = target;
  if (Array.isArray(parent)) mutateArray(parent, Number(key), mutation, structuredClone(source.value));
  else mutateObject(parent, key, mutation, structuredClone(source.value));
  return copy;
}

function* membersOf(json: PlainJson): Generator<{ parent: Container; key: string; value: PlainJson }> {
  if (typeof json !== 'object' || json === null) return;
  for (const [key, value] of Object.entries(json)) {
    yield { parent: json, key, value };
    yield* membersOf(value);
  }
}

function mutateArray(parent: PlainJson[], index: number, { how, value }: Mutation, other: PlainJson): void {
  if (how === 'remove') parent.splice(index, 1);
  else if (how === 'replace') parent[index] = value;
  else if (how === 'move') parent[index] = other;
  else parent.splice(index, 0, value);
}

function mutateObject(
  parent: { [key: string]: PlainJson },
  key: string,
  { how, word, value }: Mutation,
  other: PlainJson,
): void {
  const old = parent[key] ?? null;
  if (how === 'remove') delete parent[key];
  else if (how === 'replace') parent[key] = value;
  else if (how === 'move') parent[key] = other;
  else if (how === 'insert') parent[word] = value;
  else {
    delete parent[key];
    parent[how === 'rename' ? word : misspell(key)] = old;
  }
}

function misspell(key: string): string {
  return key.length > 2 ? key.slice(0, 1) + key.slice(2) : `${key}s`;
}
