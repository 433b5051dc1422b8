import { decodeBase64Text } from './encodings.js';
import { isAlphabet, isReference, isStandIn } from './randomness.js';
import { mayBePrintable } from './text-of-bytes.js';
import { isWeakPassword } from './weak-passwords.js';

/** The values of the pages on Secrets in the documentation of Kubernetes. */
const DOCUMENTED = new Set(['1f2d1e2e67df', '39528$vdg7Jb', 'S!B\\*d$zDsb=', 'value-1', 'value-2']);

/** Whether a value is a stand-in or a password as good as none in base64, as samples of manifests have them. */
export function isEncodedStandIn(value: string): boolean {
  if (value.length > 64 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]{4,}={0,2}$/.test(value)) return false;
  const end = value.endsWith('==') ? value.length - 2 : value.endsWith('=') ? value.length - 1 : value.length;
  if (!mayBePrintable(value, 0, end)) return false;
  const plain = decodeBase64Text(value, 0, end).trim();
  if (!/^[\x20-\x7e]{3,}$/.test(plain)) return false;
  // A name may stand before it: `user:password`.
  const password = plain.slice(plain.indexOf(':') + 1);
  return (
    DOCUMENTED.has(plain) ||
    isWeakPassword(plain) ||
    isWeakPassword(password) ||
    isStandIn(plain) ||
    isStandIn(password)
  );
}

/** Whether a value is a declaration of a style sheet with a colour: `color:#9ca3af`. */
function isStyle(value: string): boolean {
  return value.includes(':#') && /^[a-z-]{3,40}:#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value);
}

/** Whether a value only shows where a secret goes, or refers to one kept elsewhere. */
export function standsForNothing(value: string): boolean {
  return isReference(value) || isStyle(value) || isStandIn(value) || isAlphabet(value) || isEncodedStandIn(value);
}
