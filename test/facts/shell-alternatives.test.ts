import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('many values of variables', () => {
  test.each([
    ['for a in 1 2 3; do for b in x y; do p --a $a --b $b --out "runs/${a}_${b}"; done; done'],
    ['for s in 1 2 3 4 5; do magick a.svg -resize ${s}x${s} "icons/i-${s}.png"; done'],
    ['for a in 1 2 3 4 5; do for b in 1 2 3 4 5; do p > "out/${a}/${b}.txt"; done; done'],
    ['for a in 1 2 3 4; do for b in w x y z; do sh -c "p $a $b"; done; done'],
  ])('%s is known', (command) => {
    expect(factsOf(command).opaqueReasons).toEqual([]);
  });

  test('are all met, each at least once', () => {
    const { pathsWritten } = factsOf('for a in 1 2 3 4 5; do for b in v w x y z; do p > "out/$a$b"; done; done');
    for (const one of '12345vwxyz') expect(pathsWritten.some((path) => path.slice(-2).includes(one))).toBe(true);
  });

  test.each([
    ['for a in x . z k l; do for b in . y w m n; do cat "keys/$a$b/c"; done; done'],
    ['for a in x .. z k l; do for b in v y w m n; do cat "keys/$a/$b"; done; done'],
    ['for a in -r -f -rf -R -v; do for b in a b c d; do rm $a $b; done; done'],
    ['for a in add rm push; do for b in a -f c; do for c in x y; do git $a $b $c; done; done; done'],
  ])('%s is not', (command) => {
    expect(factsOf(command).opaqueReasons).toContain('too-many-alternatives');
  });
});
