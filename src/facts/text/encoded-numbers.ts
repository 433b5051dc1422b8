import { textOfBase64 } from './text-of-bytes.js';

const I = 0x49;
const M = 0x4d;
const O = 0x4f;

/**
 * What the base64 from `start` to `end` encodes where that is a number in digits, with blanks or dashes between some; undefined
 * otherwise. Three digits become four characters of which the first is M, N or O, so that most runs are passed over at once.
 */
export function unitsOfNumber(text: string, start: number, end: number): Uint16Array | undefined {
  if (!isOf(text, start, M) || !isOf(text, start + 4, I) || !isOf(text, start + 8, I)) return undefined;
  const units = textOfBase64(text, [start, end]);
  return units !== undefined && /^\d{3}[-\d ]{6}/.test(String.fromCharCode(...units)) ? units : undefined;
}

function isOf(text: string, at: number, least: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= least && unit <= O;
}
