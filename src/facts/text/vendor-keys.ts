import {
  ALNUM,
  ANY_HEX,
  allIn,
  BASE64,
  EITHER_BASE64,
  EQUALS,
  HEX,
  isIn,
  LOWER_ALNUM,
  runEnd,
  runStart,
  startsToken,
  URL_SAFE,
} from './characters.js';
import { countingShare, entropy, isStandIn } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';

/** Keys of services that are known by how they end, by what stands inside them, or by the name of the service beside. */
export const VENDOR_LITERALS: readonly LiteralRule[] = [
  { literal: 'nral', onHit: readNewRelic },
  { literal: 'eu01xx', onHit: readNewRelicRegion },
  { literal: '.atlasv1.', onHit: readTerraform },
  ...['splunk', 'hec token', 'http event collector', 'services/collector'].map((literal) => ({
    literal,
    onHit: readSplunk,
  })),
  { literal: 'eyjrijoi', onHit: readGrafana },
  ...['loggly.com/inputs/', 'sumologic.com/receiver/v1/http/'].map((literal) => ({ literal, onHit: readCollector })),
];

/** Forty characters that end in `NRAL`, in some regions after the name of the region. */
function readNewRelic(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (!text.startsWith('NRAL', start) || isIn(text.charCodeAt(end), URL_SAFE)) return;
  const from = runStart(text, start, LOWER_ALNUM, 37);
  if (start - from !== 36 || isIn(text.charCodeAt(from - 1), URL_SAFE)) return;
  const digits = text.slice(from, start).replace(/^[a-z]{2}\d\dxx/, '');
  if (allIn(digits, LOWER_ALNUM) && /\d/.test(digits) && isDrawn(digits)) reading.secret('newrelic-key', from, end);
}

/** The older form: forty characters, of which the first say the region. */
function readNewRelicRegion(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const to = runEnd(text, end, HEX, 40);
  if (!startsToken(text, start) || to - start !== 40 || isIn(text.charCodeAt(to), URL_SAFE)) return;
  if (isDrawn(text.slice(end, to))) reading.secret('newrelic-key', start, to);
}

function readTerraform(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const from = runStart(text, start, ALNUM, 15);
  const to = runEnd(text, end, URL_SAFE, 80);
  if (start - from === 14 && to - end >= 60 && isDrawn(text.slice(end, to)))
    reading.secret('terraform-token', from, to);
}

const TOKEN_BESIDE =
  /^[^\n]{0,80}?\b(?:hec|token|key|authorization)\b[^\n0-9a-f]{0,24}([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![\w-])/i;

/** A UUID that is called a token where the name of the service stands. */
function readSplunk(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const window = text.slice(start, end + 240);
  const match =
    TOKEN_BESIDE.exec(window) ??
    /\bSplunk ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![\w-])/i.exec(window);
  const value = match?.[1];
  if (match === null || value === undefined || !isDrawn(value.replaceAll('-', '')) || /^(\w)\1{7}/.test(value)) return;
  const from = start + match.index + match[0].length - value.length;
  reading.placedSecret('generic-secret', from, from + value.length);
}

/** A key of which base64 begins with the name of its first field. */
function readGrafana(reading: Reading, start: number): void {
  const { text } = reading;
  if (!text.startsWith('eyJrIjoi', start) || !startsToken(text, start)) return;
  const to = runEnd(text, start, BASE64, 400);
  if (to - start < 60 || to - start > 300 || text[to] === '.') return;
  if (entropy(text, start, to) > 4) reading.secret('grafana-token', start, runEnd(text, to, EQUALS, 2));
}

/** The address of a collector of logs, to which anybody who has it can write. */
function readCollector(reading: Reading, _start: number, end: number): void {
  const to = runEnd(reading.text, end, EITHER_BASE64, 160);
  const value = reading.text.slice(end, to);
  if (value.length >= 36 && isDrawn(value.replaceAll('-', '')))
    reading.secret('url-token', end, runEnd(reading.text, to, EQUALS, 2));
}

function isDrawn(value: string): boolean {
  return entropy(value) >= (allIn(value, ANY_HEX) ? 2.8 : 3.4) && countingShare(value) <= 0.5 && !isStandIn(value);
}
