/**
 * Whether a text ends in what a pattern closed by `$` stands for.
 *
 * Such a pattern would be tried at each place of the text; behind the sign of a look-behind it is read from the end on,
 * and only there.
 */
export function ending(pattern: RegExp): (text: string) => boolean {
  let behind: RegExp | undefined;
  return (text) => {
    behind ??= new RegExp(`(?<=${pattern.source})`, `${pattern.flags}y`);
    behind.lastIndex = text.length;
    return behind.test(text);
  };
}
