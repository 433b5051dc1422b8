import { ALNUM, ANY_HEX, allIn, classOf, DIGIT, LOWER, UPPER } from './characters.js';
import { standsForNothing } from './encoded-stand-ins.js';
import { isAlgorithmName, isBarredName, isNamedUuid, isPinned, isTemplate } from './named-values.js';
import { LEAST_VALUE, type WorthyValues } from './nearby-values.js';
import { namesSomething } from './no-values.js';
import { countingShare, entropy, wordyShare } from './randomness.js';
import { isWeakPassword } from './weak-passwords.js';

/** What a value gives away by itself: 0 nothing, 1 a password that a person made up, 2 one that was drawn, 3 a long key. */
export function strengthOf(value: string): 0 | 1 | 2 | 3 {
  return strengthIn(value, 1);
}

/** The same of a value that stands at a place among others, where what is weaker than `least` is as good as nothing. */
export function strengthIn(value: string, least: number, start = 0, values?: WorthyValues): 0 | 1 | 2 | 3 {
  const { length } = value;
  if (length < LEAST_VALUE || length > 200) return 0;
  const strength = strengthOfForm(value);
  // Most values are told by their form, and that sooner than by anything else.
  if (strength === 0 || strength < least) return 0;
  const isNothing = values?.isNothing(start, value, standsForNothing) ?? standsForNothing(value);
  if (isNothing || isNoValue(value)) return 0;
  return strength > 1 && isBarredName(value) ? 1 : strength;
}

/** Paths, hashes and what else is no secret whatever its form. */
function isNoValue(value: string): boolean {
  if (isWeakPassword(value) || namesSomething(value)) return true;
  if (allIn(value, ALNUM) ? PLAIN_NO_VALUE.test(value) : isNoSignedValue(value)) return true;
  return isAlgorithmName(value) || countingShare(value) > 0.6;
}

/** What is no secret though nothing but letters and digits stand in it. */
const PLAIN_NO_VALUE = /^\d+$|^AC[0-9a-f]{32}|^0x[0-9a-f]{40}$|^eyJ|^LS0tLS1CRUdJTiB(?:DRVJU|QVUJM)/i;

/** What begins as nothing does that is a secret. */
const NO_VALUE =
  /^(?:[^A-Za-z0-9]*$|[\d.,:/%+-]+$|[a-z]{2,3}_[A-Z]{2}\.utf-?8$|\d{4}-\d\d-\d\dT\d\d:|[a-z]{3}:\d\d:|AC[0-9a-f]{32}|[a-z]+:\/\/|\/|\.{1,2}\/|~|[@$%]|0x[0-9a-f]{40}$|eyJ|LS0tLS1CRUdJTiB(?:DRVJU|QVUJM)|[a-z]{2,4}:(?=\S{20})|[\w.-]+=(?!=?$)|(?:sha\d+|md5|h1|sha\d+sum)[-:])/i;
/** What stands anywhere in names, places and patterns, each with one of `MARKS` in it. */
const HOLDS_NO_VALUE =
  /\.[a-z]{2,4}(?::\d+)*:?$|\.(?:[jt]sx?|py|go|rs|java|json|ya?ml|md)\b|[()[\]{}<>]|@[\w-]+\.|arn:|:secret:|A-Za|a-z0|0-9/i;
const MARKS = Uint8Array.from({ length: 128 }, (_, code) => Number('.()[]{}<>@:-'.includes(String.fromCharCode(code))));
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function isNoSignedValue(value: string): boolean {
  if (NO_VALUE.test(value)) return true;
  let marked = false;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0x21 || unit > 0x7e) return true;
    if (MARKS[unit] === 1) marked = true;
  }
  if (marked && (HOLDS_NO_VALUE.test(value) || (value.length === 36 && UUID.test(value)))) return true;
  return isPinned(value) || isNamedUuid(value) || isTemplate(value);
}

/** The same by nothing but the characters of a value: no value is stronger than its form. */
export function strengthOfForm(value: string): 0 | 1 | 2 | 3 {
  const { length } = value;
  const { digits, upper, lower, symbols, turns } = classesOf(value);
  const letters = upper + lower;
  // Letters alone are a name, whatever their case.
  if (letters === 0 || (digits === 0 && symbols === 0)) return 0;
  if (allIn(value, ANY_HEX)) return length >= 32 && digits > 0 && entropy(value) > 2.8 ? 2 : 0;
  const isMixed = turns >= 4 && length >= 9 && mixed(upper, lower, digits, symbols);
  const isLong = length >= 24 && digits > 0 && turns >= 6;
  if (isMixed || isLong) {
    const wordy = wordyShare(value);
    if (isMixed && wordy <= 0.3 && !isLong) return 2;
    if (wordy <= 0.4) {
      const bits = entropy(value);
      if (isLong && bits >= 3.6) return 3;
      if (isMixed && bits >= 2.8 && letters >= 3 && length >= 10) return 2;
    }
    if (isMixed && wordy <= 0.3) return 2;
  }
  return digits > 0 &&
    letters > 0 &&
    (symbols > 0 || (upper > 0 && lower > 0)) &&
    turns >= 2 &&
    !/^[\w]+(?:-[\w]+){2,}$/.test(value)
    ? 1
    : 0;
}

function mixed(upper: number, lower: number, digits: number, symbols: number): boolean {
  return Number(upper > 0) + Number(lower > 0) + Number(digits > 0) + Number(symbols > 0) >= 3;
}

interface Classes {
  readonly digits: number;
  readonly upper: number;
  readonly lower: number;
  readonly symbols: number;
  /** How often the class changes from one character to the next. */
  readonly turns: number;
}

const SYMBOL = 4;
/** A sign that names have as well. */
const SEPARATOR = 5;
const SORTS = Uint8Array.from({ length: 128 }, (_, code) => {
  const bits = classOf(code);
  if ((bits & DIGIT) !== 0) return 1;
  if ((bits & UPPER) !== 0) return 2;
  if ((bits & LOWER) !== 0) return 3;
  return '-_./'.includes(String.fromCharCode(code)) ? SEPARATOR : SYMBOL;
});

function classesOf(value: string): Classes {
  let digits = 0;
  let upper = 0;
  let lower = 0;
  let symbols = 0;
  let turns = 0;
  let before = 0;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    const sort = unit < 0x80 ? (SORTS[unit] ?? SYMBOL) : SYMBOL;
    const one = sort < SYMBOL ? sort : SYMBOL;
    if (one === 1) digits++;
    else if (one === 2) upper++;
    else if (one === 3) lower++;
    else if (sort === SYMBOL) symbols++;
    if (one !== before) turns++;
    before = one;
  }
  return { digits, upper, lower, symbols, turns };
}
