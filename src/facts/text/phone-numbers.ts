import { ending } from './endings.js';

/** Country calling codes in use (ITU-T E.164), by their first digits. */
const COUNTRY_CODE =
  /^(?:1|7|2(?:0|1[1-8]|[23]\d|4\d|5[0-8]|6\d|7|9[01789])|3(?:[0123469]|5\d|7[0-8]|8[0-9])|4(?:[013456789]|2[013])|5(?:[1-8]|0\d|9\d)|6(?:[0-6]|7[02-9]|8[1-35-9]|9[0-2])|8(?:[1246]|5[02356]|8[06])|9(?:[0-58]|6\d|7\d|9[2-689]))/;

/** `+49 30 1234567`, `+14155552671`, `0049 30 1234567`. */
export function isInternationalNumber(written: string): boolean {
  // The national part never begins with a zero, but for one in brackets; a row of numbers does.
  if (/^00[^\n]*\n|\n[ \t]*\n|\n(?:19|20)\d{2}-/.test(written)) return false;
  if (/^00\d{1,3}[ .-]0/.test(written) || /^\d{4}(?: \d{4})+$/.test(written)) return false;
  const plain = written.replace(/\D/g, '');
  const digits = written.startsWith('00') ? plain.slice(2) : plain;
  if (digits.length < 8 || digits.length > 15 || !COUNTRY_CODE.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  if (digits.startsWith('1') && (digits.length !== 11 || !/^1[2-9]/.test(digits))) return false;
  if (/[ ().-]/.test(written)) return digits.length >= 9 && /^[+(]?\d{1,4}[ ().-]/.test(written.replace(/^00/, '+'));
  // A long plain number after a plus is as likely a sum.
  return written.startsWith('+') && digits.length >= 10 && !/0{6}/.test(digits);
}

/** How many groups a number grouped as in North America, France or Britain has; 0 when the groups are none of these. */
export function usualPhoneGroups(lengths: readonly number[], groups: number): number {
  const a = lengths[0];
  const b = lengths[1];
  const c = lengths[2];
  const d = lengths[3];
  const e = lengths[4];
  if (groups >= 3 && a === 3 && b === 3 && c === 4) return 3;
  if (groups >= 4 && a === 1 && b === 3 && c === 3 && d === 4) return 4;
  if (groups >= 5 && a === 2 && b === 2 && c === 2 && d === 2 && e === 2) return 5;
  if (groups >= 2 && a === 5 && b === 6) return 2;
  if (groups >= 3 && a === 3 && b === 4 && c === 4) return 3;
  return 0;
}

/** Whether a number in such groups is one: `(415) 555-2671`, `415.555.2671`, `06 12 34 56 78`, `07700 900123`, `020 7946 0958`. */
export function isUsualNumber(written: string): boolean {
  if (/^(?:1[-. ])?(?:\([2-9]\d{2}\)[ -]?\d{3}[-. ]|[2-9]\d{2}([-.])\d{3}\1)\d{4}$/.test(written)) return true;
  if (/^0[67]([ .-])\d{2}\1\d{2}\1\d{2}\1\d{2}$/.test(written)) return true;
  return /^07\d{3} \d{6}$/.test(written) || /^02\d \d{4} \d{4}$/.test(written);
}

const endsInCall = ending(
  /(?:phone|tel(?:e(?:fon|phone|fono))?|mobile?|mobil|(?<![a-z])(?:cell|call|dial)|handy|fax|whatsapp|sms|rufnummer|movil)[\s"'#:.=()-]{0,4}(?:(?:number|no|nummer|nr|num|me|us|him|her|them|at|on|is|under|ist|est|es)[\s"'.:=]{1,3}){0,3}$/i,
);

/** Whether `before` ends with words that call what follows a phone number, and it can be one. */
export function isCalledNumber(written: string, before: string): boolean {
  // What stands in another paragraph or ends in a version is something else.
  if (!endsInCall(before) || /\n[ \t]*\n\s*$/.test(before) || /\s\d\.\d+\.\d/.test(written)) return false;
  const digits = written.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || /^(\d)\1+$/.test(digits)) return false;
  return !/^\d{4}-\d{2}-\d{2}/.test(written) && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(written);
}
