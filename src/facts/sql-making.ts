import { hole } from './shell-values.js';

/** Longer queries are not looked at. */
const longestQuery = 16_384;
const asks = /^\s*(?:select|with|values|show|call|exec|print)\b/i;
const literal = /'((?:[^']|'')*)'/g;
/** What a text starts with that is a statement itself: one that takes away, changes or gives rights. */
const acting =
  /^\s*(?:drop|truncate|delete\s+from|grant|revoke|alter\s+(?:table|user|role|system|database)|update\s+\w*|insert\s+into|create\s+(?:user|role)|kill)\b/i;

/**
 * The statements that a query makes up of texts and columns, with a hole for each column, as in `select 'drop table ' || name`;
 * undefined where its texts are none.
 */
export function madeStatements(sql: string): string | undefined {
  if (sql.length > longestQuery || !asks.test(sql)) return undefined;
  // Texts that a function puts together are one.
  const joined = sql.replace(/'[ \t\n]{0,8}(?:\|\||,|\+)[ \t\n]{0,8}'/g, '');
  const texts = Array.from(joined.matchAll(literal), ([, text = '']) => text.replaceAll("''", "'"));
  const first = texts.findIndex((text) => acting.test(text));
  if (first < 0) return undefined;
  const filled = texts.slice(first).map((text) => text.replace(/%\d*\$?[ILsd]/g, hole));
  return `${filled.join(hole).trim()}${/;\s*$/.test(filled.at(-1) ?? '') ? '' : ` ${hole};`}\n`;
}
