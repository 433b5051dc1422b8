import type { LikePattern } from '../compiler/like-pattern.js';
import type { Pattern } from '../values/pattern.js';

/** A pattern among the constants of code that is written to a file, with the path that it is matched against. */
export class WrittenLike implements LikePattern {
  readonly pattern: Pattern;
  readonly path: string | undefined;
  readonly scan = undefined;
  readonly number = 0;

  constructor(pattern: Pattern, path: string | undefined) {
    this.pattern = pattern;
    this.path = path;
  }
}
