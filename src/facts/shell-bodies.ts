import type { Machine } from './shell-machine.js';

/** Stands in a script for the text of a here-document, before the number of that; a noncharacter, so that real text does not hold it. */
const mark = '\ufffe';
/** Shorter texts are left where they are. */
const shortBody = 256;
/** A line in which nothing is quoted, expanded, grouped or left open, with one here-document at most. */
const plainLine =
  /^[\w \t./~:=,@%+>|;&-]*(?:<<(?<dash>-?)[ \t]*(?:'(?<single>[\w.-]+)'|"(?<double>[\w.-]+)"|(?<bare>\w+))[\w \t./~:=,@%+>|;&-]*)?$/;
/** Longer lines are not looked at. */
const longestLine = 4096;

/**
 * Takes long texts of here-documents out of a script, so that nobody has to parse what is no script: those in which nothing is
 * expanded, as long as only plain lines stand before them, since after any other it takes a parser to say where one starts.
 */
export function liftBodies(machine: Machine, text: string): string {
  if (!text.includes('<<') || text.includes(mark)) return text;
  let kept = '';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    if (end < 0 || end - at > longestLine) break;
    const line = plainLine.exec(text.slice(at, end));
    if (line === null) break;
    at = end + 1;
    const { dash = '', single, double, bare } = line.groups ?? {};
    const delimiter = single ?? double ?? bare;
    if (delimiter === undefined) continue;
    const last = endOfBody(text, at, delimiter, dash !== '');
    if (last < 0) break;
    const body = text.slice(at, last);
    if (bare !== undefined && /[$`\\]/.test(body)) break;
    if (body.length > shortBody) {
      machine.bodies.push(dash === '' ? body : body.replace(/^\t+/gm, ''));
      kept += `${text.slice(from, at)}${mark}${machine.bodies.length - 1}\n`;
      from = last;
    }
    const next = text.indexOf('\n', last);
    at = next < 0 ? text.length : next + 1;
  }
  return from === 0 ? text : kept + text.slice(from);
}

/** Where the line starts that ends a here-document; -1 where there is none. */
function endOfBody(text: string, from: number, delimiter: string, isIndented: boolean): number {
  for (let at = from; at >= 0 && at < text.length; ) {
    const found = text.indexOf(delimiter, at);
    if (found < 0) return -1;
    const start = text.lastIndexOf('\n', found - 1) + 1;
    const after = text[found + delimiter.length];
    const before = text.slice(start, found);
    if ((after === undefined || after === '\n') && (before === '' || (isIndented && /^\t+$/.test(before))))
      return start;
    at = text.indexOf('\n', found);
    if (at >= 0) at++;
  }
  return -1;
}

/** The text of a here-document as it stood in the script. */
export function bodyOf(machine: Machine, text: string): string {
  if (!text.startsWith(mark)) return text;
  return machine.bodies[Number(text.slice(1))] ?? text;
}
