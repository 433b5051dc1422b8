import { BASE64, EQUALS, runEnd, runStart, SPACE } from './characters.js';
import { decodeBase64Text } from './encodings.js';
import { entropy } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';

/** `PRIVATE KEY` in base64, by how far into a group of four characters it begins there. */
const MARKS = [
  ['UFJJVkFURSBL', 0],
  ['BSSVZBVEUgS0', 2],
  ['QUklWQVRFIEt', 3],
] as const;

/** Private keys in base64 of base64, as kubeconfigs and variables of builds hold them, whatever the label. */
export const ENCODED_KEY_LITERALS: readonly LiteralRule[] = MARKS.map(([mark, into]) => ({
  literal: mark,
  onHit: (reading: Reading, start: number) => readEncodedKey(reading, mark, start, start - into),
}));

/** Characters that the longest frame before the words takes. */
const FRAME = 40;
/** What is shorter is an ellipsis, or the frame without a key. */
const LEAST = 96;
const LONGEST = 64_000;

function readEncodedKey(reading: Reading, mark: string, start: number, group: number): void {
  const { text } = reading;
  if (start < reading.coveredUntil('secret') || !text.startsWith(mark, start)) return;
  const before = runStart(text, group, BASE64, FRAME);
  const from = before + ((group - before) % 4);
  const frame = /-----BEGIN ((?:[A-Z0-9]+ ){0,3})PRIVATE KEY/.exec(decodeBase64Text(text, from, group + 24));
  if (frame === null) return;
  const to = bodyEnd(text, start);
  // What is text throughout is opened and judged as the text that it is.
  if (to - start < LEAST || decodeBase64Text(text, from, Math.min(to, from + 4096)) !== '') return;
  if (entropy(text, start, Math.min(to, start + 400)) < 4.5) return;
  reading.secret(frame[1] === 'OPENSSH ' ? 'ssh-private-key' : 'private-key', from, to);
}

/** The end of the lines of base64 that go on from an offset. */
function bodyEnd(text: string, from: number): number {
  let at = runEnd(text, from, BASE64, LONGEST);
  while (at - from < LONGEST) {
    const gap = /^\r?\n/.exec(text.slice(at, at + 2))?.[0].length ?? 0;
    if (gap === 0) break;
    const next = runEnd(text, at + gap, SPACE, 24);
    const end = runEnd(text, next, BASE64, LONGEST);
    if (end - next < 32) break;
    at = end;
  }
  return runEnd(text, at, EQUALS, 2);
}
