const SIGNS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** The bytes that a word of base58 stands for; undefined where a sign is none of it. */
export function bytesOfBase58(word: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const sign of word) {
    let carry = SIGNS.indexOf(sign);
    if (carry < 0) return undefined;
    for (let i = 0; i < bytes.length; i++) {
      carry += (bytes[i] ?? 0) * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  return Uint8Array.from(bytes.reverse());
}

/** Whether the last four bytes are the checksum of those before: what SHA-256 makes of their SHA-256 begins with it. */
export function isBase58Checked(bytes: Uint8Array): boolean {
  const end = bytes.length - 4;
  const sum = sha256(sha256(bytes.subarray(0, end)));
  return end > 0 && [0, 1, 2, 3].every((i) => sum[i] === bytes[end + i]);
}

/** The first 32 bits of the fractions of the roots of the first primes. */
function fractions(count: number, root: number): Uint32Array {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    let isPrime = true;
    for (let i = 2; i * i <= candidate; i++) isPrime &&= candidate % i !== 0;
    if (isPrime) found.push((candidate ** (1 / root) % 1) * 2 ** 32);
  }
  return Uint32Array.from(found);
}

let tables: { readonly start: Uint32Array; readonly constants: Uint32Array } | undefined;

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** SHA-256 (FIPS 180-4) of less than 56 bytes, which are one block. */
function sha256(bytes: Uint8Array): Uint8Array {
  const block = new DataView(new ArrayBuffer(64));
  for (const [i, byte] of bytes.entries()) block.setUint8(i, byte);
  block.setUint8(bytes.length, 0x80);
  block.setUint32(60, bytes.length * 8);
  const words = new Uint32Array(64);
  for (let i = 0; i < 64; i++) {
    const a = words[i - 15] ?? 0;
    const b = words[i - 2] ?? 0;
    words[i] =
      i < 16
        ? block.getUint32(i * 4)
        : (words[i - 16] ?? 0) +
          (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) +
          (words[i - 7] ?? 0) +
          (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10));
  }
  tables ??= { start: fractions(8, 2), constants: fractions(64, 3) };
  const { start, constants } = tables;
  const state = Uint32Array.from(start);
  for (let i = 0; i < 64; i++) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    const one =
      h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (words[i] ?? 0);
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    state.set([one + two, a, b, c, d + one, e, f, g]);
  }
  for (const [i, word] of state.entries()) block.setUint32(i * 4, word + (start[i] ?? 0));
  return new Uint8Array(block.buffer, 0, 32);
}
