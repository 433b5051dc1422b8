import { PHONE } from './contact-rows.js';
import { NO_PEOPLE, namesIn, STREET } from './people.js';
import type { LiteralRule, Reading } from './reading.js';
import { foldText } from './view.js';

/** Said of a person whom somebody must not find; one with an address or a number is enough. */
const HIDDEN =
  'address protected|protected address|address withheld|address is secret|hiding from|in hiding|identity sealed|identities sealed|protected witness|' +
  'witness protection|whistleblower|whistle-blower|informant|confidential source|new identity|must not find|stalk|adresse geheim|adresse geschützt|geheime adresse|' +
  "auskunftssperre|versteckt sich|zeugenschutz|hinweisgeber|adresse secrète|adresse protégée|lanceur d'alerte|témoin protégé|dirección protegida|" +
  'testigo protegido|testigo protegida|indirizzo protetto|testimone protetto|geheim adres|klokkenluider|skyddad adress|skyddade personuppgifter|sperret adresse|' +
  'kode 6|adres chroniony|świadek koronny|endereço protegido|testemunha protegida';
/** Where such people live. */
const HOUSES =
  "women's shelter|womens shelter|women’s shelter|women's refuge|womens refuge|women’s refuge|safe house|safehouse|domestic violence|shelter residents|shelter,|frauenhaus|" +
  "schutzwohnung|foyer pour femmes|hébergement d'urgence|casa de acogida|casa rifugio|blijf-van-mijn-lijf|kvinnohus|kvinnojour|krisesenter|kvindekrisecenter|" +
  'casa-abrigo|protected,|protected:|protected)';
/** People to whom something happened. */
const GROUPS =
  'witness list|witnesses|zeugen|zeugin|témoins|testigos|testimoni|getuigen|świadkowie|свидетел|refugee|asylum|flüchtling|geflüchtet|asylbewerber|réfugié|' +
  "demandeurs d'asile|refugiad|rifugiat|richiedenti asilo|vluchteling|asielzoeker|uchodźc|беженц|біженц|victims|opfer|victimes|víctimas|vittime|slachtoffer|" +
  'survivors|inmates|detainees|häftling|patients|patienten|residents|bewohner|next of kin|orphans|waisen|unaccompanied minors|ward ';

/** People who would be in danger, or at the mercy of others, where it is known who they are and where they can be found. */
export const RISK_LITERALS: readonly LiteralRule[] = [...rules(HIDDEN, 1), ...rules(HOUSES, 2), ...rules(GROUPS, 3)];

type Least = Reading['risks'][number]['least'];

function rules(words: string, least: Least): LiteralRule[] {
  return words.split('|').map((literal) => ({
    literal: foldText(literal),
    onHit: (reading: Reading, start: number, end: number) => noteRisk(reading, least, start, end),
  }));
}

const BEFORE = 140;
const BEHIND = 520;
const PASSPORT =
  /\b(?:pass(?:port|eport|aporto|aporte)?|pasaporte|paszport|паспорт|id)\b[ .:#n°ro]{0,6}[A-Z]{0,3}\d{6,9}\b/i;
const ROOM =
  /\b(?:room|zimmer|chambre|habitacion|stanza|camera|kamer|rum|rom|pokoj|quarto|apartment|apt|flat|bed|bett|lit|cell|zelle|unit)\.? ?(?:no\.? ?|nr\.? ?)?\d{1,4}\b/i;
/** Those who work with them, and whose numbers are there to be rung. */
const AT_WORK =
  /\b(?:director|leiter\w*|leitung|manager|contact|kontakt|press|head|founder|coordinator|ansprech\w*|spokes\w*|officer|judge|richter\w*|lawyer|attorney|counsel|anwalt\w*|dr|prof|nurse|social worker|volunteer|chair\w*|police|detective|reporter|author|by)\b[^\p{L}]{0,4}$/iu;
const ROLE =
  /^[\s,(–-]{1,3}(?:the )?(?:director|leiter\w*|manager|founder|coordinator|spokes\w*|officer|lawyer|attorney|nurse|social worker|head|chair\w*|press)\b/i;

/** Words that stand so close to each other are looked at together, and count as the gravest of them. */
const TOGETHER = 96;

function noteRisk({ text, risks }: Reading, least: Least, start: number, end: number): void {
  if (/\p{L}/u.test(text.charAt(start - 1))) return;
  const last = risks[risks.length - 1];
  if (last === undefined || start > last.start + TOGETHER) risks.push({ least, start, end });
  else if (least < last.least) risks[risks.length - 1] = { least, start: last.start, end: Math.max(last.end, end) };
}

/** Reports the people who stand beside what was noted. */
export function readRisks(reading: Reading): void {
  let read = 0;
  for (const risk of reading.risks) if (risk.start >= read) read = readRisk(reading, risk);
}

/** The answer is up to where people were found. */
function readRisk(reading: Reading, { least, start, end }: Reading['risks'][number]): number {
  const { text } = reading;
  if (!mayBeFound(text, start, end)) return 0;
  const from = Math.max(0, start - (least === 1 ? BEFORE : 0));
  const window = text.slice(from, end + BEHIND);
  const names = namesIn(window);
  let found = 0;
  let reached = 0;
  let first = -1;
  let last = 0;
  for (const [i, { name, at }] of names.entries()) {
    const nameEnd = at + name.length;
    const entry =
      window.slice(nameEnd, Math.min(nameEnd + 110, names[i + 1]?.at ?? window.length)).split(/\n\s*\n/, 1)[0] ?? '';
    if (AT_WORK.test(window.slice(Math.max(0, at - 28), at)) || ROLE.test(entry)) continue;
    const canReach = isNumbered(entry) || PASSPORT.test(entry) || STREET.test(entry);
    if (!canReach && !ROOM.test(entry)) continue;
    found++;
    if (canReach) reached++;
    if (first < 0) first = at;
    last = nameEnd + entry.length;
  }
  if (first < 0 || (least === 1 ? reached < 1 : reached < (least === 3 && found < 3 ? 2 : 1) || found < 2)) return 0;
  if (NO_PEOPLE.test(window)) return 0;
  reading.personal('person-records', from + first, from + last);
  return from + last;
}

/** Whether digits stand near at all. */
function mayBeFound(text: string, start: number, end: number): boolean {
  const stop = Math.min(text.length, end + BEHIND);
  for (let at = Math.max(0, start - BEFORE); at < stop; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x30 && unit <= 0x39) return true;
  }
  return false;
}

function isNumbered(entry: string): boolean {
  return (entry.match(PHONE) ?? []).some((one) => {
    const digits = one.replace(/\D/g, '');
    return digits.length >= 8 && !/^(?:19|20)\d{6}$/.test(digits) && !/555-?01|12345|0{5}/.test(one);
  });
}
