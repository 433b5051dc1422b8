import { types } from 'node:util';

/** Bytes that were read once. */
export interface BytesRead {
  /** Text where they are UTF-8; else base64, with the texts among them below; numbers where they stand for wider ones. */
  readonly json: string | readonly (number | bigint)[];
  /** A copy of the same kind; undefined where that is a class that somebody made. */
  readonly copy: object | undefined;
}

export type Bytes = ArrayBufferLike | NodeJS.TypedArray;

/**
 * Reads an `ArrayBuffer` or a typed array without asking it for anything that it could answer in another way. Undefined where
 * whatever text they are is longer than `maxLength`; throws for memory that was handed over to another thread.
 */
export function readBytes(value: Bytes, maxLength: number): BytesRead | undefined {
  const view = types.isTypedArray(value) ? value : new Uint8Array(value);
  const copy = copyOf(view);
  if (copy.byteLength > MOST_BYTES_OF_A_CHARACTER * maxLength) return undefined;
  if (copy.BYTES_PER_ELEMENT > 1)
    return {
      json: Array.from<number | bigint>(copy),
      copy: isOf(value, Object.getPrototypeOf(copy)) ? copy : undefined,
    };
  const buffer = Buffer.from(copy.buffer);
  return { json: textOf(buffer), copy: sameKind(value, copy, buffer) };
}

/** Of UTF-8, for one unit of UTF-16. */
const MOST_BYTES_OF_A_CHARACTER = 3;

function copyOf(view: NodeJS.TypedArray): NodeJS.TypedArray {
  if (types.isUint8Array(view)) return new Uint8Array(view);
  if (types.isInt8Array(view)) return new Int8Array(view);
  if (types.isUint8ClampedArray(view)) return new Uint8ClampedArray(view);
  if (types.isInt16Array(view)) return new Int16Array(view);
  if (types.isUint16Array(view)) return new Uint16Array(view);
  if (types.isInt32Array(view)) return new Int32Array(view);
  if (types.isUint32Array(view)) return new Uint32Array(view);
  if (types.isFloat32Array(view)) return new Float32Array(view);
  if (types.isFloat64Array(view)) return new Float64Array(view);
  if (types.isBigInt64Array(view)) return new BigInt64Array(view);
  if (types.isBigUint64Array(view)) return new BigUint64Array(view);
  throw new TypeError('a typed array of a kind that is not known');
}

function isOf(value: object, prototype: unknown): boolean {
  return Object.getPrototypeOf(value) === prototype;
}

function sameKind(value: Bytes, copy: NodeJS.TypedArray, buffer: Buffer): object | undefined {
  if (isOf(value, Buffer.prototype)) return buffer;
  if (isOf(value, ArrayBuffer.prototype)) return copy.buffer;
  return isOf(value, Object.getPrototypeOf(copy)) ? copy : undefined;
}

// With NUL they may be UTF-16, in which a text is found by nobody who takes each byte for a character.
function textOf(buffer: Buffer): string {
  const text = buffer.includes(0) ? undefined : utf8Of(buffer);
  return text ?? [buffer.toString('base64'), ...piecesOf(buffer)].join('\n');
}

function utf8Of(buffer: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer);
  } catch {
    return undefined;
  }
}

/** Texts among bytes, in UTF-8 and in UTF-16. */
function piecesOf(buffer: Buffer): readonly string[] {
  const narrow = buffer.toString('utf8').match(/[^\p{Cc}\ufffd]{6,}/gu) ?? [];
  const wide = buffer.toString('latin1').match(/(?:[\t\n\r\x20-\x7e]\0){5,}[\t\n\r\x20-\x7e]/g) ?? [];
  return [...narrow, ...wide.map((piece) => piece.replaceAll('\0', ''))];
}
