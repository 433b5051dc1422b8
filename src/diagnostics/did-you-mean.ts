/** Words longer than this are not compared: nobody mistypes them, and the comparison is quadratic. */
const LONGEST = 64;

/**
 * The candidate nearest to `word`, or undefined when none is near enough: at most one edit for each three letters
 * (insertion, deletion, substitution or swap of neighbours), letter case counting as half an edit.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > LONGEST) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 0.5;
  for (const candidate of candidates) {
    if (candidate === word || candidate.length > LONGEST) continue;
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = candidate.toLowerCase() === word.toLowerCase() ? 0.5 : editDistance(word, candidate);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

/** The candidates, at most four, that have all words of a text with several (`aws-key` is `aws-access-key`), else the nearest. */
export function nearNames(text: string, candidates: readonly string[]): readonly string[] {
  const words = text.toLowerCase().split(/[^a-z\d]+/);
  const alike = candidates.filter((name) => words.every((word) => name.split('-').includes(word)));
  if (words.length > 1 && alike.length > 0) return alike.slice(0, 4);
  const near = didYouMean(text, candidates);
  return near === undefined ? [] : [near];
}

/** Optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
