import { NO_PEOPLE, namesIn, SPOT, STREET } from './people.js';
import type { LiteralRule, Reading } from './reading.js';
import { foldText } from './view.js';

/** Codes and keys of homes, and when nobody is there. */
const WORDS =
  'alarm_code|alarm code|alarmcode|alarm-code|alarm pin|alarm_pin|alarmpin|alarm:|disarm|gate code|gate_code|gatecode|door code|door_code|doorcode|entry code|entry_code|keybox|' +
  'key box|key_box|lockbox|lock_box|key safe|key_safe|keysafe|spare key|key under|key is under|usually_away|usually away|away_|away from|away until|away:|"away"|is away|on holiday|' +
  'on vacation|vacation|nobody home|nobody is home|nobody_home|home_alone|home alone|empty from|absence|absent|absen|abwesen|urlaub|verreist|schlüssel unter|ersatzschlüssel|schlüsselkasten|' +
  "türcode|alarmanlage|absences|code d'alarme|code alarme|digicode|clé sous|boîte à clés|ausente|ausencia|vacaciones|código de alarma|codigo_alarma|llave bajo|codice allarme|codice_allarme|assente|" +
  'assenza|in vacanza|chiave sotto|afwezig|op vakantie|alarmcode|sleutel onder|código do alarme|férias|kod do alarmu|kod alarmu|nieobecn|urlop|код сигнализации|отпуск|bortrest|larmkod';

/** Those that say so. */
export const HOME_LITERALS: readonly LiteralRule[] = [...new Set(WORDS.split('|').map((word) => foldText(word)))].map(
  (literal) => ({
    literal,
    onHit: ({ homes }: Reading, start: number) => {
      const last = homes.at(-1);
      if (last === undefined || start - last >= TOGETHER) homes.push(start);
    },
  }),
);

/** Words that stand so close to each other are told of the same home. */
const TOGETHER = 24;
const FEWEST = 3;
/** How much is told of a home around such a word. */
const ENTRY = 320;
const BELOW = 1600;
const MOST = 400;
/** A code, or the days or hours on which somebody is away. */
const TOLD =
  /(?<![\d.,-])\d{4,6}[#*]?(?![\d.,-]|\s?(?:€|\p{L}{3}))|\b\d{1,2}(?::\d\d)?\s?(?:-|to|bis|–)\s?\d{1,2}(?::\d\d)?\b|\b(?:mon|tue|wed|thu|fri|sat|sun|nights?|weekends?|weekdays?|daily)\b/iu;

/** Where several people live, with the codes of their doors or the times at which they are away. */
export function readHomes(reading: Reading): void {
  const { homes } = reading;
  if (homes.length === 0) return;
  if (homes.length < FEWEST || !readEntries(reading)) readBelow(reading);
}

function isHome(stretch: string): boolean {
  return STREET.test(stretch) || SPOT.test(stretch);
}

/** An entry for each home. */
function readEntries(reading: Reading): boolean {
  const { text, homes } = reading;
  const names = new Set<string>();
  let first = -1;
  let before = 0;
  for (const [i, at] of homes.slice(0, MOST).entries()) {
    const end = Math.min(text.length, at + 80, homes[i + 1] ?? text.length);
    const from = Math.max(before, at - ENTRY);
    const stretch = text.slice(from, end);
    before = at;
    const name = namesIn(stretch).find((one) => !names.has(one.name))?.name;
    if (name === undefined || !isHome(stretch) || !TOLD.test(text.slice(at, at + 80))) continue;
    names.add(name);
    if (first < 0) first = from;
    if (names.size < FEWEST) continue;
    if (NO_PEOPLE.test(text.slice(Math.max(0, first - 300), end))) return false;
    reading.personal('person-records', first, end);
    return true;
  }
  return false;
}

/** Rows below a heading. */
function readBelow(reading: Reading): void {
  const { text, homes } = reading;
  for (const at of homes.slice(0, FEWEST)) {
    const window = text.slice(at, at + BELOW);
    const rows = window
      .split('\n')
      .slice(1)
      .filter(
        (row) => row.length < 300 && isHome(row) && TOLD.test(row.replace(STREET, '')) && namesIn(row).length > 0,
      );
    const last = rows.at(-1);
    if (last === undefined || new Set(rows).size < FEWEST || NO_PEOPLE.test(window)) continue;
    reading.personal('person-records', at, at + window.lastIndexOf(last) + last.length);
    return;
  }
}
