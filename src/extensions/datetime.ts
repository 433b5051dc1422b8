import { checkedLong } from '../values/long.js';
import type { DatetimeValue } from '../values/value.js';
import { extensionArgument, textArgument } from './arguments.js';
import { readFixedDigits } from './digits.js';
import { durationText } from './duration.js';
import { type ExtensionFailure, type ExtensionFunction, extensionFailure } from './extension-function.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Offsets in the text of what follows the date and the time of day. */
const DATE_END = 10;
const TIME_END = 19;

const SHAPE =
  'valid datetime strings start with `YYYY-MM-DD` and may optionally include `THH:MM:SS` plus `Z`, `.SSSZ`, or an offset like `+0700`';

/**
 * Reads what `datetime(..)` accepts: a date, or a date and a time of day with `Z` or an offset.
 *
 * Shapes are judged before numbers, each from left to right, so the message for a text with several faults is the
 * official engine's.
 */
export function parseDatetime(text: string): DatetimeValue | ExtensionFailure {
  const date = readDate(text);
  if (date === undefined) return failure('invalid date pattern');
  if (text.length === DATE_END) return isCalendarDate(date) ? datetimeOf(dayNumber(date) * DAY) : invalidDate(text);
  const time = readTime(text);
  if (time === undefined) return failure('invalid hour/minute/second pattern');
  const zone = readZone(text);
  if (zone === undefined) return failure('invalid millisecond and/or offset pattern');
  if (!isCalendarDate(date)) return invalidDate(text);
  if (time.hour > 23 || time.minute > 59 || time.second > 59) {
    return failure(`invalid hour/minute/second: ${text.slice(DATE_END + 1, TIME_END)}`);
  }
  // The message joins the numbers, not the texts: `+2405` is reported as 245.
  if (zone.hour > 23 || zone.minute > 59) return failure(`invalid offset range: ${zone.hour}${zone.minute}`);
  const local = dayNumber(date) * DAY + time.hour * HOUR + time.minute * MINUTE + time.second * 1000 + zone.millisecond;
  return datetimeOf(local - zone.sign * (zone.hour * HOUR + zone.minute * MINUTE));
}

/** Cedar text for a datetime. No literal reaches every datetime, so it is written as a distance from the epoch. */
export function printDatetime(value: DatetimeValue): string {
  return `datetime("1970-01-01").offset(duration("${value.milliseconds}ms"))`;
}

/** The constructor and the methods of datetime. */
export const DATETIME_FUNCTIONS: readonly ExtensionFunction[] = [
  {
    name: 'datetime',
    style: 'function',
    parameters: ['string'],
    returns: 'datetime',
    apply: (args) => parseDatetime(textArgument(args)),
  },
  {
    name: 'offset',
    style: 'method',
    parameters: ['datetime', 'duration'],
    returns: 'datetime',
    apply: (args) => {
      const datetime = extensionArgument(args, 0, 'datetime');
      const duration = extensionArgument(args, 1, 'duration');
      const milliseconds = datetime.milliseconds + duration.milliseconds;
      return isLong(milliseconds)
        ? { kind: 'datetime', milliseconds }
        : extensionFailure(`overflows when adding an offset: ${printDatetime(datetime)}+(${durationText(duration)})`);
    },
  },
  {
    name: 'durationSince',
    style: 'method',
    parameters: ['datetime', 'datetime'],
    returns: 'duration',
    apply: (args) => {
      const later = extensionArgument(args, 0, 'datetime');
      const earlier = extensionArgument(args, 1, 'datetime');
      const milliseconds = later.milliseconds - earlier.milliseconds;
      if (isLong(milliseconds)) return { kind: 'duration', milliseconds };
      const between = `${printDatetime(later)} and ${printDatetime(earlier)}`;
      return extensionFailure(`overflows when computing the duration between ${between}`);
    },
  },
  {
    name: 'toDate',
    style: 'method',
    parameters: ['datetime'],
    returns: 'datetime',
    apply: (args) => {
      const datetime = extensionArgument(args, 0, 'datetime');
      const milliseconds = datetime.milliseconds - timeOfDay(datetime);
      return isLong(milliseconds)
        ? { kind: 'datetime', milliseconds }
        : extensionFailure(`overflows when computing the date of ${printDatetime(datetime)}`);
    },
  },
  {
    name: 'toTime',
    style: 'method',
    parameters: ['datetime'],
    returns: 'duration',
    apply: (args) => ({ kind: 'duration', milliseconds: timeOfDay(extensionArgument(args, 0, 'datetime')) }),
  },
];

interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What stands after the seconds; `Z` is an offset of nothing. */
interface Zone {
  readonly millisecond: number;
  readonly sign: 1 | -1;
  readonly hour: number;
  readonly minute: number;
}

function readDate(text: string): CalendarDate | undefined {
  const year = readFixedDigits(text, 0, 4);
  const month = readFixedDigits(text, 5, 2);
  const day = readFixedDigits(text, 8, 2);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return text[4] === '-' && text[7] === '-' ? { year, month, day } : undefined;
}

function readTime(text: string): TimeOfDay | undefined {
  const hour = readFixedDigits(text, 11, 2);
  const minute = readFixedDigits(text, 14, 2);
  const second = readFixedDigits(text, 17, 2);
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  return text[10] === 'T' && text[13] === ':' && text[16] === ':' ? { hour, minute, second } : undefined;
}

function readZone(text: string): Zone | undefined {
  const hasFraction = text[TIME_END] === '.';
  const millisecond = hasFraction ? readFixedDigits(text, TIME_END + 1, 3) : 0;
  if (millisecond === undefined) return undefined;
  const at = hasFraction ? TIME_END + 4 : TIME_END;
  const mark = text[at];
  if (mark === 'Z') return text.length === at + 1 ? { millisecond, sign: 1, hour: 0, minute: 0 } : undefined;
  if ((mark !== '+' && mark !== '-') || text.length !== at + 5) return undefined;
  const hour = readFixedDigits(text, at + 1, 2);
  const minute = readFixedDigits(text, at + 3, 2);
  if (hour === undefined || minute === undefined) return undefined;
  return { millisecond, sign: mark === '+' ? 1 : -1, hour, minute };
}

const DAYS_OF_MONTH: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isCalendarDate({ year, month, day }: CalendarDate): boolean {
  const days = DAYS_OF_MONTH[month - 1];
  return days !== undefined && day >= 1 && day <= days + (month === 2 && isLeapYear(year) ? 1 : 0);
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar, negative before. */
function dayNumber({ year, month, day }: CalendarDate): number {
  let days = daysBeforeYear(year) - daysBeforeYear(1970) + day - 1;
  for (let each = 1; each < month; each++) days += DAYS_OF_MONTH[each - 1] ?? 0;
  return month > 2 && isLeapYear(year) ? days + 1 : days;
}

/** Days of all years from year 0, itself a leap year, up to but without this one. */
function daysBeforeYear(year: number): number {
  return 365 * year + Math.ceil(year / 4) - Math.ceil(year / 100) + Math.ceil(year / 400);
}

/** Milliseconds since the beginning of the day, 0 to 86,399,999 before 1970 as well. */
function timeOfDay(datetime: DatetimeValue): bigint {
  const day = BigInt(DAY);
  const rest = datetime.milliseconds % day;
  return rest < 0n ? rest + day : rest;
}

function datetimeOf(milliseconds: number): DatetimeValue {
  return { kind: 'datetime', milliseconds: BigInt(milliseconds) };
}

function isLong(value: bigint): boolean {
  return checkedLong(value) !== undefined;
}

function invalidDate(text: string): ExtensionFailure {
  return failure(`invalid date: ${text.slice(0, DATE_END)}`);
}

function failure(message: string): ExtensionFailure {
  return extensionFailure(message, SHAPE);
}
