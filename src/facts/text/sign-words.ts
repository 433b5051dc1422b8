import { formsOf } from './folded-forms.js';
import { WORD_BEGINS, WORD_ENDS } from './literal-scan.js';
import { SIGNS } from './sign-table.js';
import { SIGNS_OF_TONGUES } from './sign-tongues-table.js';
import { isLetter } from './words.js';

/** The words of the table, each once with all that it can be a sign of, as plain data. */
export interface SignWords {
  /** Folded, lower case, in lines. */
  readonly texts: string;
  readonly masks: readonly number[];
  /** Bits of where each is only found: where a word begins, where it ends. */
  readonly edges: readonly number[];
}

/** The words of signs. The build puts what this answers in its place where a process ends after a moment. */
export function signWords(): SignWords {
  const masks = new Map<string, number>();
  for (const [sign, list] of [...SIGNS, ...SIGNS_OF_TONGUES]) {
    for (const written of list.split(' ')) {
      for (const word of formsOf(written.replaceAll('_', ' ').replaceAll('~', "'")))
        masks.set(word, (masks.get(word) ?? 0) | sign);
    }
  }
  const words = [...masks.keys()];
  return {
    texts: words.map((word) => word.slice(isTail(word) ? 1 : 0, isStem(word) ? -1 : word.length)).join('\n'),
    masks: [...masks.values()],
    edges: words.map(edgesOf),
  };
}

function isStem(word: string): boolean {
  return word.endsWith('*');
}

function isTail(word: string): boolean {
  return word.startsWith('*');
}

function edgesOf(word: string): number {
  const begins = !isTail(word) && isSpaced(word.charCodeAt(0));
  const ends = !isStem(word) && isSpaced(word.charCodeAt(word.length - 1));
  return (begins ? WORD_BEGINS : 0) | (ends ? WORD_ENDS : 0);
}

/** Whether a letter is of a script that parts words by blanks. */
function isSpaced(unit: number): boolean {
  return isLetter(unit) && (unit < 0x0e00 || (unit > 0x0eff && unit < 0x2e80));
}
