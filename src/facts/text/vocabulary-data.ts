import { EXFILTRATION_WORDS, type ExfiltrationSets } from './exfiltration.js';
import { INJECTION_KINDS, type InjectionKind } from './finding-kinds.js';
import { createDictionary } from './lexicon.js';
import { PHRASES } from './phrases.js';
import { foldText } from './view.js';
import { firstWordsOf, type PatternText, wordsOfPatterns } from './word-patterns.js';

/** What is worked out of the lists of words and phrases, as plain data. */
export interface VocabularyData {
  /** Folded, lower case, in lines; the number of a line is that of the word. */
  readonly words: string;
  /** Role bits by number. */
  readonly roles: readonly number[];
  /** Misspellings with the number of the word that is meant. */
  readonly misspelled: readonly (readonly [text: string, id: number])[];
  readonly patterns: readonly PatternData[];
  /** The words of `EXFILTRATION_WORDS` by number. */
  readonly sets: Readonly<Record<keyof ExfiltrationSets, readonly number[]>>;
}

/** A pattern with the numbers of the words that it can begin with. */
export type PatternData = readonly [kind: InjectionKind, text: PatternText, first: readonly number[]];

/** The data of all words. The build puts what this answers in its place where a process ends after a moment. */
export function vocabularyData(): VocabularyData {
  const { words, idOf, roles, misspelled } = createDictionary([
    ...wordsOfPatterns(Object.values(PHRASES).flat()),
    ...Object.values(EXFILTRATION_WORDS).flatMap((list) => list.split(' ')),
  ]);
  const idsOf = (texts: Iterable<string>): number[] => [...texts].flatMap((text) => idOf.get(text) ?? []);
  const idsIn = (list: string): number[] => idsOf(list.split(' ').map((word) => foldText(word).toLowerCase()));
  const { send, secrets, private: data, whose, interface: ofInterface } = EXFILTRATION_WORDS;
  return {
    words: words.join('\n'),
    roles: [...roles],
    misspelled,
    patterns: INJECTION_KINDS.flatMap((kind) =>
      (PHRASES[kind] ?? []).map((text): PatternData => [kind, text, idsOf(firstWordsOf(text))]),
    ),
    sets: {
      send: idsIn(send),
      secrets: idsIn(secrets),
      private: idsIn(data),
      whose: idsIn(whose),
      interface: idsIn(ofInterface),
    },
  };
}
