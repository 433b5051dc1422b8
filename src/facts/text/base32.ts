/** What a run of base32 encodes where every byte comes out as a sign of ASCII, undefined otherwise. */
export function unitsOfBase32(text: string, start: number, end: number): Uint16Array | undefined {
  if (end - start < 24) return undefined;
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const value = code >= 0x41 && code <= 0x5a ? code - 0x41 : code >= 0x32 && code <= 0x37 ? code - 0x18 : -1;
    if (value < 0) return undefined;
    held = ((held << 5) | value) & 0xffff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (held >> bits) & 0xff;
    if (byte < 0x0a || byte > 0x7e) return undefined;
    bytes.push(byte);
  }
  return Uint16Array.from(bytes);
}
