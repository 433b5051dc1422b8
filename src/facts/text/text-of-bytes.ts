/** The six bits of each character of base64, of both alphabets. */
const SEXTETS = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 0x61) return code - 0x61 + 26;
  if (code === 0x5f) return 63;
  if (code >= 0x41) return code - 0x41;
  if (code >= 0x30) return code - 0x30 + 52;
  return code === 0x2f ? 63 : 62;
});

/** After how many bytes a run is looked at for the first time whether it can still be text, and how many more times of them each time after. */
const FIRST_LOOK = 12;
const NEXT_LOOK = 4;
/** How many bytes are looked at for odd ones. */
const PROBE = 24;

/** Bytes being looked at: most runs are no text, and an array for each of them would cost more than reading it. */
let scratch = new Uint8Array(1024);
/** More is not kept. */
const MOST_KEPT = 0x10000;

/** The text that the characters between pairs of offsets encode; undefined as soon as the beginning shows that it is none. */
export function textOfBase64(text: string, lines: readonly number[]): Uint16Array | undefined {
  let length = 0;
  for (let i = 0; i < lines.length; i += 2) length += (lines[i + 1] ?? 0) - (lines[i] ?? 0);
  const room = Math.floor((length * 3) / 4);
  const bytes = roomFor(room);
  let count = 0;
  let look = FIRST_LOOK;
  let odd = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < lines.length; i += 2) {
    const end = lines[i + 1] ?? 0;
    for (let at = lines[i] ?? 0; at < end; at++) {
      held = ((held << 6) | (SEXTETS[text.charCodeAt(at)] ?? 0)) & 0xffffff;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      const byte = (held >> bits) & 0xff;
      bytes[count++] = byte;
      // Zeros are half of UTF-16.
      if (count <= PROBE && isOdd(byte) && byte !== 0 && ++odd > PROBE / 3) return undefined;
      if (count !== look) continue;
      look *= NEXT_LOOK;
      if (!isWide(bytes) && !isText(bytes, room, count)) return undefined;
    }
  }
  return textOfBytes(bytes, room);
}

/** The same for pairs of hexadecimal digits between two offsets. */
export function textOfHex(text: string, start: number, end: number): Uint16Array | undefined {
  const length = (end - start) >> 1;
  const bytes = roomFor(length);
  let count = 0;
  for (let look = FIRST_LOOK; count < length; look *= NEXT_LOOK) {
    const next = Math.min(look, length);
    for (; count < next; count++)
      bytes[count] = hexDigit(text, start + 2 * count) * 16 + hexDigit(text, start + 2 * count + 1);
    if (next < length && !isWide(bytes) && !isText(bytes, length, next)) return undefined;
  }
  return textOfBytes(bytes, length);
}

/** What a hexadecimal digit stands for. */
export function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code <= 0x39 ? code - 0x30 : (code | 0x20) - 0x57;
}

/** An array of so many bytes or more for what is looked at next. */
function roomFor(length: number): Uint8Array {
  if (length <= scratch.length) return scratch;
  const bytes = new Uint8Array(length);
  if (length <= MOST_KEPT) scratch = bytes;
  return bytes;
}

/** 1 for bytes of printable ASCII, and for those of blanks around it in UTF-8. */
const OF_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(
    (byte >= 0x20 && byte < 0x7f) ||
      (byte >= 9 && byte <= 13) ||
      (byte >= 0x80 && byte <= 0x8a) ||
      [0x9a, 0x9f, 0xa0, 0xa8, 0xa9, 0xaf, 0xbb, 0xbf, 0xc2, 0xe1, 0xe2, 0xe3, 0xef].includes(byte),
  ),
);

/** Whether base64 can encode nothing but printable ASCII, with blanks around it; most that is no text cannot. */
export function mayBePrintable(text: string, start: number, end: number): boolean {
  let bits = 0;
  let held = 0;
  let count = 0;
  for (let at = start; at < end; at++) {
    held = ((held << 6) | (SEXTETS[text.charCodeAt(at)] ?? 0)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    // Any blank can stand in UTF-16.
    if (++count === 2 && ((held >> bits) & 0xff) === 0) return true;
    if (OF_PLAIN[(held >> bits) & 0xff] !== 1) return false;
  }
  return true;
}

/** Bytes that plain text has few of: controls, and everything beyond ASCII, which only some languages use much. */
function isOdd(byte: number): boolean {
  return byte < 0x20
    ? byte !== 9 && byte !== 10 && byte !== 13
    : byte === 0x7f || (byte >= 0x80 && byte < 0xc2 ? false : byte > 0xf4);
}

/** UTF-16 units of the first `length` bytes when they are text in UTF-8 or UTF-16LE; undefined when more than one in ten is not. */
export function textOfBytes(bytes: Uint8Array, length = bytes.length): Uint16Array | undefined {
  if (length < 6) return undefined;
  if (isWide(bytes)) {
    const units = new Uint16Array(Math.ceil(length / 2));
    for (let i = 0; i < length; i += 2)
      units[i / 2] = (bytes[i] ?? 0) | ((i + 1 < length ? (bytes[i + 1] ?? 0) : 0) << 8);
    return units;
  }
  if (!isText(bytes, length)) return undefined;
  const units = new Uint16Array(length);
  let count = 0;
  for (let i = 0; i < length; ) {
    const size = sizeOfSequence(bytes, i, length);
    if (size === 0) {
      units[count++] = 0xfffd;
      i++;
    } else {
      count = pushSequence(bytes, i, size, units, count);
      i += size;
    }
  }
  return units.subarray(0, count);
}

function isWide(bytes: Uint8Array): boolean {
  return bytes[1] === 0 && bytes[3] === 0 && bytes[0] !== 0;
}

/** Whether so many bytes can be text; only the first ones need to be `known`. */
function isText(bytes: Uint8Array, length: number, known = length): boolean {
  const allowed = Math.floor(length / 10);
  const last = known < length ? known - LONGEST_SEQUENCE : length;
  let bad = 0;
  for (let i = 0; i < last; ) {
    const size = sizeOfSequence(bytes, i, length);
    if (size === 0 && ++bad > allowed) return false;
    i += size === 0 ? 1 : size;
  }
  return true;
}

const LONGEST_SEQUENCE = 4;

/** How many bytes the character at a place has, 0 when there is none that a text has. */
function sizeOfSequence(bytes: Uint8Array, at: number, length: number): number {
  const byte = bytes[at] ?? 0;
  if (byte < 0x80) return isOdd(byte) ? 0 : 1;
  const size = sequenceLength(bytes, at);
  return at + size > length ? 0 : size;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  const size = byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
  for (let i = 1; i < size; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return size;
}

function pushSequence(bytes: Uint8Array, at: number, size: number, units: Uint16Array, count: number): number {
  const byte = bytes[at] ?? 0;
  const tail = (i: number): number => (bytes[at + i] ?? 0) & 0x3f;
  if (size === 1) units[count] = byte;
  else if (size === 2) units[count] = ((byte & 0x1f) << 6) | tail(1);
  else if (size === 3) units[count] = ((byte & 0x0f) << 12) | (tail(1) << 6) | tail(2);
  else {
    const point = (((byte & 0x07) << 18) | (tail(1) << 12) | (tail(2) << 6) | tail(3)) - 0x10000;
    units[count] = 0xd800 | ((point >> 10) & 0x3ff);
    units[count + 1] = 0xdc00 | (point & 0x3ff);
    return count + 2;
  }
  return count + 1;
}
