import { didYouMean } from '../diagnostics/did-you-mean.js';

/** So many names are compared in one run; finding proposals takes longer than everything else. */
const MOST = 50_000;

/** Finds what a wrong name may have meant; undefined when nothing is near, or enough was compared. */
export type Propose = (word: string, candidates: Iterable<string>) => string | undefined;

/** Proposals for one run of the validator. */
export function startProposals(): Propose {
  let left = MOST;
  function* limited(candidates: Iterable<string>): IterableIterator<string> {
    for (const candidate of candidates) {
      if (left-- <= 0) return;
      yield candidate;
    }
  }
  return (word, candidates) => (left > 0 ? didYouMean(word, limited(candidates)) : undefined);
}
