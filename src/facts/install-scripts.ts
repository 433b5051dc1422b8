/** Names of the scripts of a package that run when it is installed, in it or as a dependency. */
const atInstallation =
  /"(?:pre|post)?(?:install|prepare)"\s*:\s*"((?:[^"\\]|\\.)*)|"prepublish"\s*:\s*"((?:[^"\\]|\\.)*)/gs;
/** The same in a text between double quotes, as a shell has it. */
const quotedAtInstallation =
  /\\"(?:pre|post)?(?:install|prepare)\\"\s*:\s*\\"([^\\]*)|\\"prepublish\\"\s*:\s*\\"([^\\]*)/g;

/** A letter that JSON may write as its number. */
const numbered = /\\u00([2-7][0-9a-f])/gi;
const escaped = /\\(["\\/])/g;

/**
 * The commands that run when a package is installed, of which the manifest is this text or has this piece.
 *
 * Blanks at their ends are taken away. Never throws; linear in the length of the text.
 */
export function installScripts(text: string): readonly string[] {
  if (!/install|prep|\\u00/i.test(text)) return [];
  const plain = text.replace(numbered, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const found = new Set<string>();
  for (const pattern of [atInstallation, quotedAtInstallation])
    for (const [, first, second] of plain.matchAll(pattern))
      found.add((first ?? second ?? '').replace(escaped, '$1').trim());
  return [...found];
}
