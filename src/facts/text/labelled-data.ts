import type { PersonalKind } from './finding-kinds.js';
import { namesPerson } from './labelled-numbers.js';
import type { LiteralRule, Reading } from './reading.js';

/** Personal data that only its label gives away: a date after `date of birth`, a number after `passport no`. */
export const LABELLED_LITERALS: readonly LiteralRule[] = [
  ...(
    'date of birth,birth date,birthdate,birthday,date_of_birth,dateofbirth,dob,born on,geburtsdatum,' +
    'date de naissance,fecha de nacimiento,data di nascita,geb.,geboren,born,bday,né le,née le,nacido,nacida,nato il,nata il,' +
    'nascido,nascida,urodzon,födelsedatum,d.o.b,geburtstag,дата рождения,生年月日,出生日期,생년월일,birth, b., n.,*'
  )
    .split(',')
    .map((literal) => ({ literal, onHit: readBirthDate })),
  ...['\npid|', '\\npid|', '\rpid|'].map((literal) => ({ literal, onHit: readPatient })),
  ...['p<', 'i<', 'id<'].map((literal) => ({ literal, onHit: readZone })),
  ...'passport,reisepass,passeport,pasaporte,passaporto,passaporte,paspoort,paszport,útlevél,pașaport,загранпаспорт,护照,護照,パスポート,여권'
    .split(',')
    .map((literal) => ({ literal, onHit: readPassport })),
];

const DATE =
  /^(?:\s(?:on|am|le|el|op|a|w))?["'\s:=(-]{1,6}((?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)\d{2}|(?:0?[1-9]|[12]\d|3[01])\.? ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} (?:19|20)\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,2},? (?:19|20)\d{2})(?!\w)/i;

function readBirthDate(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (/[A-Za-z]/.test(text.charAt(start - 1))) return;
  const match = DATE.exec(text.slice(end, end + 40));
  if (match !== null && text.charAt(start) === '*' && !isBehindName(text, start, match[0])) return;
  report(reading, 'date-of-birth', end, match);
}

/** `Anna Berger (* 3.5.1961)`: an asterisk that begins a line marks an item or a comment. */
function isBehindName(text: string, start: number, rest: string): boolean {
  const before = text.slice(Math.max(0, start - 80), start);
  return !rest.includes('\n') && namesPerson(before.slice(before.lastIndexOf('\n') + 1));
}

const PASSPORT = /^\s{0,2}(?:no|number|nr|num|nummer|#|id)?\.?["'\s:=#]{1,5}((?=[A-Z]{0,8}\d)[A-Z0-9]{7,9})(?!\w)/i;

function readPassport(reading: Reading, _start: number, end: number): void {
  report(reading, 'passport-number', end, PASSPORT.exec(reading.text.slice(end, end + 40)));
}

function report(reading: Reading, kind: PersonalKind, from: number, match: RegExpExecArray | null): void {
  const value = match?.[1];
  if (match === null || value === undefined) return;
  const end = from + match[0].length;
  reading.personal(kind, end - value.length, end);
}

/** The lines of a passport or identity card that machines read. */
function readZone(reading: Reading, start: number): void {
  const match = /^[PI][A-Z<][A-Z<]{3}(?:[A-Z]+<+){2,6}<*\n(?=[A-Z0-9<]{0,12}\d)[A-Z0-9<]{20,44}/.exec(
    reading.text.slice(start, start + 100),
  );
  if (match !== null && !/UTOERIKSSON|SPECIMEN|MUSTERMANN/.test(match[0]))
    reading.personal('passport-zone', start, start + match[0].length);
}

/** The line of a patient in a message between clinics (HL7): numbers, names apart by `^`, a date of birth. */
function readPatient(reading: Reading, _start: number, end: number): void {
  const match = PATIENT.exec(reading.text.slice(end, end + 320));
  if (match !== null) reading.personal('person-records', end, end + match[0].length);
}

const PATIENT =
  /^[^|\n]{0,8}\|[^|\n]{0,40}\|[^|\n]{1,80}\|[^|\n]{0,40}\|[^|^\n]{1,40}\^[^|\n]{1,60}\|[^|\n]{0,40}\|(?:19|20)\d{6}/;
