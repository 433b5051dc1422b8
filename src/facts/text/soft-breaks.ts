import { type Escape, readEscape } from './escapes.js';

/** What only texts have whose lines a mail program broke. */
const OF_MAIL = /quoted-printable|=3D|=C3=[89AB]|=E2=80/i;

/** Whether lines of a text may have been broken where nothing ends: those end with `=`, as lines of base64 do. */
export function hasSoftBreaks(text: string): boolean {
  return (text.includes('=\n') || text.includes('=\r\n')) && OF_MAIL.test(text);
}

/** Like `readEscape`, and the end of a line that a mail program broke stands for nothing. */
export function readEscapeOfMail(text: string, at: number): Escape | undefined {
  if (text.charCodeAt(at) !== 0x3d) return readEscape(text, at);
  const end = text.charCodeAt(at + 1) === 0x0d ? at + 2 : at + 1;
  if (text.charCodeAt(end) !== 0x0a || text.charCodeAt(at - 1) === 0x3d) return readEscape(text, at);
  const next = text.charCodeAt(end + 1);
  // What stands behind is told to have been written in another way.
  return next > 0x20 && next !== 0x3d && next !== 0x25 && next !== 0x26 && next !== 0x5c
    ? { text: text.charAt(end + 1), end: end + 2 }
    : { text: '', end: end + 1 };
}
