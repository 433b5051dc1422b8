const OF_LICENCE =
  /\b(?:licen[cs](?:e[ds]?|ors?|ees?|ing)|copyrights?|warrant(?:y|ies)|liabilit(?:y|ies)|trademarks?|patents?|redistribut\w+|herein|hereby|thereof|derivative works?)\b/gi;

/** Whether a stretch stands in the text of a licence, which orders much of whoever reads it: two of its words are near. */
export function isOfLicence(text: string, start: number, end: number): boolean {
  const around = text.slice(Math.max(0, start - 200), end + 200);
  return new Set(around.match(OF_LICENCE)?.map((word) => word.slice(0, 6).toLowerCase())).size > 1;
}
