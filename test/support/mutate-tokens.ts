import type { Random } from './random.js';

/** What a language's tokens are replaced by. */
export interface TokenChanges {
  /** Matches every token, spaces and comments among them. */
  readonly token: RegExp;
  /** Pieces that are worth putting anywhere. */
  readonly pieces: readonly string[];
  /** Groups of tokens that could stand for each other. */
  readonly similar: readonly (readonly string[])[];
}

/** The text with one to three of its tokens deleted, doubled, exchanged, replaced or joined by others. */
export function mutateTokens(text: string, changes: TokenChanges, random: Random): string {
  const tokens: string[] = text.match(changes.token) ?? [];
  for (let left = 1 + random.below(3) * random.below(2); left > 0; left--) mutateOnce(tokens, changes, random);
  return tokens.join('');
}

function mutateOnce(tokens: string[], { pieces, similar }: TokenChanges, random: Random): void {
  const places = tokens.flatMap((token, index) => (token.trim() === '' ? [] : [index]));
  if (places.length === 0) {
    tokens.push(random.pick(pieces));
    return;
  }
  const at = random.pick(places);
  const other = random.pick(places);
  const token = tokens[at] ?? '';
  switch (random.below(10)) {
    case 0:
      tokens.splice(at, 1);
      break;
    case 1:
      tokens.splice(at, 0, token, ' ');
      break;
    case 2:
      [tokens[at], tokens[other]] = [tokens[other] ?? '', token];
      break;
    case 3:
      tokens[at] = random.pick(pieces);
      break;
    case 4:
      tokens[at] = tokens[other] ?? '';
      break;
    case 5:
      tokens.splice(at, 0, ' ', random.pick(pieces), ' ');
      break;
    case 6:
      tokens[at] = `(${token})`;
      break;
    default:
      tokens[at] = random.pick(
        similar.find((each) => each.includes(token)) ?? tokens.filter((each) => isSimilar(each, token)),
      );
  }
}

function isSimilar(a: string, b: string): boolean {
  return /\w/.test(a) === /\w/.test(b) && a.startsWith('"') === b.startsWith('"');
}
