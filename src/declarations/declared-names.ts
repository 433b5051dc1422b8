/**
 * Characters that stay in a name. The letters beyond ASCII are those that every version of Unicode since 5.0 knows, so that
 * a name does not depend on the version of whoever makes or reads it.
 */
const WORD =
  /[A-Za-z0-9_\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{24F}\u{391}-\u{3A1}\u{3A3}-\u{3CE}\u{401}-\u{481}\u{5D0}-\u{5EA}\u{621}-\u{63A}\u{3041}-\u{3096}\u{30A1}-\u{30FA}\u{4E00}-\u{9FA5}\u{AC00}-\u{D7A3}]+/gu;

/** Longer names are cut; what they stand for is in a comment beside the declaration. */
const LONGEST = 120;

/** A name for TypeScript made of any text: its words with capitals, such as `ViewPhoto` for `view photo`. */
export function nameOf(text: string): string {
  let name = '';
  for (const [word] of text.matchAll(WORD)) {
    name += word.slice(0, 1).toUpperCase() + word.slice(1);
    if (name.length > LONGEST) break;
  }
  name = name.slice(0, LONGEST);
  return /^[0-9]/.test(name) || name === '' ? `_${name}` : name;
}

/** Gives out names, each once: one that is taken gets a number behind it. */
export class DeclaredNames {
  private readonly taken: Set<string>;
  /** Numbers that were given out, by the name they stand behind. */
  private readonly numbers = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken);
  }

  claim(wanted: string): string {
    let name = wanted;
    let number = this.numbers.get(wanted) ?? 1;
    while (this.taken.has(name)) {
      number++;
      name = `${wanted}${number}`;
    }
    this.numbers.set(wanted, number);
    this.taken.add(name);
    return name;
  }
}
