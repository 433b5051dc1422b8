import { isEncodedStandIn } from './encoded-stand-ins.js';
import { decodeBase64Text } from './encodings.js';
import { isReference } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { strengthOf } from './value-strength.js';

/** The values of a Kubernetes Secret, which stand in base64 under `data`. */
export const MANIFEST_LITERALS: readonly LiteralRule[] = [
  { literal: 'kind: secret', onHit: readYaml },
  { literal: '"kind": "secret"', onHit: readJson },
  { literal: '"kind":"secret"', onHit: readJson },
];

const REACH = 8000;
const ENTRY = /^[ \t]+["']?([\w.-]{1,80})["']?:[ \t]*["']?([A-Za-z0-9+/]{6,}={0,2})["']?[ \t]*\r?$/;

function readYaml(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (/\w/.test(text.charAt(end)) || start < reading.manifestsRead) return;
  // `data` may stand before or behind, but not in another document.
  const back = Math.max(0, start - REACH);
  const from = Math.max(back, back + text.slice(back, start).lastIndexOf('\n---'));
  const next = reading.next('\n---', end);
  const to = Math.min(next < 0 ? text.length : next, end + REACH);
  reading.manifestsRead = to;
  let inData = false;
  let at = from;
  for (const line of text.slice(from, to).split('\n')) {
    if (/^\s*data:\s*$/.test(line)) inData = true;
    else if (/^\S/.test(line) || /^\s*(?:metadata|stringData|type|kind|apiVersion):/.test(line)) inData = false;
    else if (inData) {
      const match = ENTRY.exec(line);
      if (match !== null) readValue(reading, match[1] ?? '', match[2] ?? '', at + line.lastIndexOf(match[2] ?? ''));
    }
    at += line.length + 1;
  }
}

function readJson(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (start < reading.manifestsRead) return;
  reading.manifestsRead = end + REACH;
  const from = Math.max(0, start - REACH);
  const window = text.slice(from, end + REACH);
  const data = /"data"\s{0,8}:\s{0,8}\{([^{}]{1,6000})\}/.exec(window);
  if (data === null) return;
  const at = from + data.index + data[0].indexOf('{') + 1;
  for (const match of (data[1] ?? '').matchAll(/"([\w.-]{1,80})"\s{0,4}:\s{0,4}"([A-Za-z0-9+/]{6,}={0,2})"/g))
    readValue(reading, match[1] ?? '', match[2] ?? '', at + match.index + match[0].lastIndexOf(match[2] ?? ''));
}

const SECRET_KEY = /pass|secret|token|key|pwd|credential|auth|dsn|url|conn/i;
function readValue(reading: Reading, key: string, value: string, from: number): void {
  if (/\.crt$|^ca\b|public/i.test(key)) return;
  const plain = decodeBase64Text(reading.text, from, from + value.replace(/=+$/, '').length).trim();
  if (!/^[\x20-\x7e\n\r\t]{6,}$/.test(plain) || isEncodedStandIn(value) || isReference(plain)) return;
  const word = /^[A-Za-z]+$/.test(plain);
  if (SECRET_KEY.test(key) ? !word && /\d|[^\w\s.-]/.test(plain) : strengthOf(plain) >= 2)
    reading.placedSecret('kubernetes-secret', from, from + value.length);
}
