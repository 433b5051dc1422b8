import { isJsonObject, type JsonValue } from '../json/json-value.js';
import type { Pattern } from '../values/pattern.js';
import { at, member, type PlaceOrTop, type Reading, readArray, report } from './reading.js';

/** Reads `["Wildcard", {"Literal": "text"}, ..]`; a star in a literal is a star. */
export function readPattern(reading: Reading, json: JsonValue | undefined, place: PlaceOrTop): Pattern | undefined {
  const elements = readArray(reading, json, place, 'a pattern');
  if (elements === undefined) return undefined;
  const errorsBefore = reading.errors;
  let first: string | undefined;
  const rest: string[] = [];
  let piece = '';
  for (const [i, element] of elements.entries()) {
    if (element === 'Wildcard') {
      if (first === undefined) first = piece;
      else rest.push(piece);
      piece = '';
    } else piece += readLiteral(reading, element, at(place, i)) ?? '';
  }
  if (reading.errors > errorsBefore) return undefined;
  return first === undefined ? [piece] : [first, ...rest, piece];
}

function readLiteral(reading: Reading, json: JsonValue, place: PlaceOrTop): string | undefined {
  const literal = isJsonObject(json) && Object.keys(json).length === 1 ? member(json, 'Literal') : undefined;
  if (typeof literal === 'string') return literal;
  return report(reading, place, 'policy-json-pattern', 'this is no part of a pattern', {
    help: 'a pattern is a list of "Wildcard" and {"Literal": "text"}',
  });
}
