import { didYouMean } from '../diagnostics/did-you-mean.js';

/** So many unknown names get a proposal; finding one takes longer than everything else. */
const MOST = 200;

/** Finds what a wrong name may have meant; undefined when nothing is near or enough was proposed. */
export type Propose = (word: string, candidates: Iterable<string>) => string | undefined;

/** Proposals for one run of the validator. */
export function startProposals(): Propose {
  let left = MOST;
  return (word, candidates) => (left-- > 0 ? didYouMean(word, candidates) : undefined);
}
