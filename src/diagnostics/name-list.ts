/** Most characters of a list; beyond that names are counted, not shown. */
const MOST = 300;

/** Names in a row for a message: whole ones, as many as there is room for, and how many more there are. */
export function nameList(names: readonly string[]): string {
  let shown = 0;
  for (let length = 0; shown < names.length; shown++) {
    length += (names[shown]?.length ?? 0) + 2;
    if (length > MOST && shown > 0) break;
  }
  const listed = names.slice(0, shown).map((name) => (name.length <= MOST ? name : `${name.slice(0, MOST)}...`));
  const rest = names.length - shown;
  return rest > 0 ? `${listed.join(', ')} and ${rest} more` : listed.join(', ');
}
