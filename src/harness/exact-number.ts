import { JsonFraction, type JsonValue } from '../json/json-value.js';

/** A number exactly: `digits` times ten to the power of minus `scale`, with the smallest scale that is not negative. */
export interface ExactNumber {
  readonly digits: bigint;
  readonly scale: number;
}

/** More digits than any number has that Cedar can hold; beyond, powers of ten are not written out. */
const MOST_DIGITS = 400;

/**
 * The exact value of a JSON number, however it is written: `1e2` is 100, `2.50` is 2.5. Undefined for what is no
 * number, and for numbers of several hundred digits.
 */
export function exactNumber(json: JsonValue): ExactNumber | undefined {
  if (typeof json === 'number' || typeof json === 'bigint') return { digits: BigInt(json), scale: 0 };
  if (!(json instanceof JsonFraction) || json.text.length > MOST_DIGITS) return undefined;
  const parts = /^(-?)(\d+)(?:\.(\d*?)0*)?(?:[eE]([+-]?\d+))?$/.exec(json.text);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  if (digits === 0n) return { digits, scale: 0 };
  if (Math.abs(scale) > MOST_DIGITS) return undefined;
  return scale <= 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : withoutZeros(digits, scale);
}

function withoutZeros(digits: bigint, scale: number): ExactNumber {
  let [shorter, left] = [digits, scale];
  while (left > 0 && shorter % 10n === 0n) [shorter, left] = [shorter / 10n, left - 1];
  return { digits: shorter, scale: left };
}

/** The number in plain digits, without an exponent. */
export function printExactNumber({ digits, scale }: ExactNumber): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const point = text.length - scale;
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale === 0 ? '' : `.${text.slice(point)}`}`;
}
