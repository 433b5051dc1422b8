import { lazily } from '../../text/lazily.js';
import type { PersonalKind } from './finding-kinds.js';
import type { LiteralRule, Reading, Topic } from './reading.js';

const TOPICS: Readonly<Record<Topic, string>> = {
  health:
    'diagnosis|diagnosed|diagnose:|diagnosen|diagnostico:|diagnostic:|diagnosi:|hiv|pregnan|depress|schizophren|bipolar|cancer|carcinom|tumor|tumour|chemo|hepatitis|epilep|diabet|alcohol|rehab|overdos|' +
    'suicid|abortion|miscarr|anorexi|bulimi|ptsd|psychiatr|psychos|burnout|burn-out|sick leave|maternity|disabilit|dementia|adhd|autis|' +
    'addict|oncolog|syphilis|gonorrh|ivf|antidepress|insulin|dialysis|multiple sclerosis|parkinson|self-harm|eating disorder|' +
    'schwanger|krebs|krank|sucht|behinder|abtreibung|psychother|erkrank|enceinte|grossesse|maladie|séropositi|avortement|handicap|' +
    'toxicoman|arrêt de travail|embaraza|enfermedad|cáncer|depresi|vih|aborto|esquizofren|adicci|incinta|gravidanza|malattia|tumore|' +
    'grávida|câncer|depressão|doença|zwanger|kanker|ziekte|verslav|ciąż|nowotw|depresj|chorob|gravid|sjuk|kreft|syöpä|raskaana|' +
    'беремен|депресси|ВИЧ|шизофрен|алкогол|инвалид|онколог|gebelik|hamile|kanser|怀孕|抑郁|癌|艾滋|精神分裂|妊娠|うつ|精神科|' +
    '임신|우울증|조현병|암 진단|حامل|اكتئاب|سرطان|בהריון|דיכאון|סכיזופרניה|סרטן',
  private:
    'muslim|jewish|catholic|protestant|jehovah|atheist|religion|religious|church member|konfession|evangelisch|katholisch|union member|' +
    'union steward|union rep|trade union|gewerkschaft|works council|betriebsrat|syndica|syndiqu|sindica|vakbond|związk|homosexual|lesbian|' +
    'bisexual|transgender|sexual orientation|is gay|political party|party member|ethnicity|undocumented|asylum|deport|homosexuell|' +
    'parteimitglied|islam|musulm|judío|juif|católic|профсоюз|мусульман|工会|信仰|宗教|노조|종교',
  law:
    'convict|arrest|felony|criminal record|misdemean|probation|on parole|sex offender|restraining order|witness protection|safe house|new identity|domestic violence|dui|fraud case|' +
    'vorstrafe|vorbestraft|verurteil|haft|condamn|casier judiciaire|antecedentes penales|condena|precedenti penali|condenad|skazan|' +
    'karany|судим|осужд|insolven|bankrupt|wage garnish|debt collect|schulden|pfändung|deudor|有罪|前科',
  work:
    'terminat|dismiss|laid off|layoff|severance|to be fired|salary|salaries|disciplinary|performance improvement plan|written warning|' +
    'kündigung|entlass|abmahnung|gehalt|licenci|salaire|despido|sueldo|salario|nómina|licenziament|stipendio|demiss|salário|ontslag|' +
    'salaris|zwolnien|wynagrodzen|pensja|увольнен|оклад|зарплат|解雇|工资|薪|年収|給与|연봉|해고',
  intimate:
    "don't tell|dont tell|do not tell|my affair|slept with|sleeping with|my therapist|my psychiatrist|my abortion|cheating on|cheated on|" +
    "nudes|tested positive|i'm pregnant|i am pregnant|im pregnant|bin schwanger|suis enceinte|estoy embarazada|sono incinta|estou grávida|" +
    'ben zwanger|jestem w ciąży|я беременна|my period|unprotected|miscarriage|hit me|my husband|my wife|my ex|sag es niemand|erzähl niemand|' +
    'no le digas|ne dis rien|non dirlo|kill myself|cut myself|my secret|niemandem',
};

/** Words that say something of a person that is nobody's business. They count only where a person is named beside them. */
export const SENSITIVE_LITERALS: readonly LiteralRule[] = topicWords().flatMap(([topic, words]) =>
  words.map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number, end: number) => noteTopic(reading, topic, start, end),
  })),
);

function noteTopic({ text, sensitive }: Reading, topic: Topic, start: number, end: number): void {
  // Scripts without blanks have no beginnings of words.
  const joined = text.charCodeAt(start) > 0x2fff;
  if (!joined && start > 0 && /\p{L}/u.test(text.charAt(start - 1))) return;
  // `hive`, `duis` and `shaft` are something else.
  if (!joined && end - start <= 4 && /\p{L}/u.test(text.charAt(end))) return;
  sensitive.push({ topic, start, end });
}

function topicWords(): readonly (readonly [Topic, readonly string[]])[] {
  const entry = (topic: Topic): readonly [Topic, readonly string[]] => [topic, TOPICS[topic].split('|')];
  return [entry('health'), entry('private'), entry('law'), entry('work'), entry('intimate')];
}

/** Parts of names of places, firms and things, which are written like those of people. */
export const NO_NAME =
  /\b(?:The|This|That|These|New|North|South|East|West|San|Los|Las|Saint|Street|Avenue|Road|Lane|Drive|Square|Inc|Ltd|LLC|GmbH|Corp|University|Hospital|Clinic|Department|Center|Centre|Institute|School|Church|Court|Company|Bank|Office|Team|Project|Service|Services|Health|Healthcare|Care|Medical|Mental|National|International|United|American|European|Human|Resources|Sales|Support|Manager|Director|Engineer|Data|System|Software|Public|Private|General|Foundation|Association|Act|Law|Rights|Employee|Patient|Customer|Name|Date|Birth|Phone|Address|Status|Type|Note|Notes|Privacy|Policy|Report|List|Total|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|September|October|November|December|Visual|Studio|Open|Source|Google|Amazon|Microsoft|Apple|Red|Hat|Linux|Windows|Docker|Kubernetes|Confidential|Breast|Lung|Type|Multiple|Unknown|None|Null|True|False|Please|Dear|Best|Kind|Regards|Hello|Test|User|Example|Sample|Doe|Mustermann|Jane|Foo|Acme|Lorem)\b/;

const PARTICLE = "(?:(?:de|da|del|van|von|der|den|bin|al|el|la|le|dos|di|ter|zu|y|e|O'|Mc|Mac) ?){0,2}";
/** A first and a last name, or the reverse. */
const NAME = String.raw`\p{Lu}[\p{Ll}'’]+(?:-\p{Lu}\p{Ll}+)?,?(?: \p{Lu}\.)?[ ]${PARTICLE}\p{Lu}[\p{Ll}'’]+(?:-\p{Lu}\p{Ll}+)?|\p{Lu}{2,14},? \p{Lu}{3,14}(?: \p{Lu}{3,14})?|(?<![\p{Script=Han}])[\p{Script=Han}]{2,4}(?=[,、;|(（:：\s/])|(?<![\p{Script=Hangul}])\p{Script=Hangul}{3}(?=[,;|(:\s/])|[\p{Script=Hebrew}]{2,} [\p{Script=Hebrew}]{2,}|[\p{Script=Arabic}]{2,} [\p{Script=Arabic}]{2,}`;
const nameForm = lazily(() => new RegExp(NAME, 'gu'));
/** What stands before the first word of a row or a cell. */
const ROW_START =
  /(?:^|[\n\r;|,"'>:([{•·*\t-]|\d[.)]?)\s*(?:(?:Mr|Mrs|Ms|Dr|Herr|Frau|Hr|Fr|Mme|M|Sr|Sra|D|Dna|Sig|Pan|Pani)\.? )?$/;

/** Where people are named in a stretch, and how. */
export function namesIn(stretch: string): readonly { readonly name: string; readonly at: number }[] {
  return [...stretch.matchAll(nameForm())]
    .filter(([name]) => !NO_NAME.test(name))
    .map(({ 0: name, index }) => ({ name, at: index }));
}

interface Named {
  readonly name: string;
  readonly at: number;
  readonly row: boolean;
}

/** The last name of a person in a stretch. */
function lastName(text: string, from: number, to: number): Named | undefined {
  let last: Named | undefined;
  for (const match of text.slice(from, to).matchAll(nameForm())) {
    const at = from + match.index;
    // Who treats and teaches is spoken of for that; a name in brackets at the end of a line is that of who made the change.
    if (
      NO_NAME.test(match[0]) ||
      /\b(?:Dr|Prof|Professor|Doctor)\.? $/.test(text.slice(Math.max(0, at - 10), at)) ||
      (text[at - 1] === '(' && /^\)?\s*(?:\[|\n|$)/.test(text.slice(at + match[0].length, at + match[0].length + 4)))
    )
      continue;
    last = { name: match[0], at, row: ROW_START.test(text.slice(Math.max(0, at - 12), at)) };
  }
  return last;
}

/** Data of documentation, and people who are named for what they made. */
export const NO_PEOPLE =
  /example\.(?:com|org|net)|\b555-?01|\bjohn doe\b|\bjane doe\b|mustermann|lorem ipsum|acme (?:corp|inc)|\bfaker\b|fictional|fixture|\bauthors?\b|contributors?|maintainers?|co-authored-by|signed-off-by|reviewed-by|©|all rights reserved|doi:|et al\.|biography|novel|wikipedia/i;

export const STREET =
  /\b\d{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:\p{Lu}[\p{L}'’]+ ){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Ln|Lane|Dr|Drive|Ct|Court|Way|Pl|Place|Terrace|Ter|Close|Crescent|Cres|Gardens|Hill|Row|Pkwy|Hwy)\b|\p{L}{2,}(?:[Ss]tr\.|[Ss]trasse|[Ww]eg|gasse|[Aa]llee|[Pp]latz|damm|ufer|laan|straat|gracht|gatan|vagen|gade|vej|katu|utca|veien|gata) ?\d{1,4}\b|\b(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]hemin|[Cc]alle|[Cc]\/|[Aa]vda|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Rr]ua|[Tt]ravessa|[Uu]l\.|[Uu]lica)\s[\p{L}'’. ]{3,30},? ?\d{1,4}\b|(?:ул\.|улица|ул )\s?\p{Lu}[\p{L}. ]{2,30},? ?\d{1,4}|\d+\s?(?:号|號|番地|丁目)|\p{Script=Han}\d{1,2}-\d{1,2}\b/u;
const MONEY =
  /(?:salary|salaire|gehalt|sueldo|salario|stipendio|salaris|pensja|lohn)["'\s:=]{1,5}\d{4,6}\b|(?:[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|PLN|SEK|BRL|INR|JPY))\s?\d{2,3}[.,\s]?\d{3}|\d{2,3}[.,\s]\d{3}(?:[.,]\d{2})?\s?(?:[$€£¥₹]|zł|kr\b|USD|EUR|GBP|CHF|PLN|SEK|BRL|INR|JPY)|\d{2,3}k\b/i;
const MEMBER =
  /\b(?:emp(?:loyee)?|patient|member|staff|policy|personal|case|file|mrn|pers)[ .#-]{0,2}(?:id|no|nr|number|nummer)?[ .:#-]{0,3}\d{3,}/i;
const BORN =
  /\b(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19[2-9]\d|200\d|201[0-5])\b|\b(?:19[2-9]\d|200\d|201[0-5])[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])\b|\b(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|[12]\d|3[01])\/(?:19[2-9]\d|200\d|201[0-5])\b/;
const REACHED_AT =
  /\b(?:cell|mobile|mob|handy|private|home|privat|portable|movil|celular|gsm|tel|phone)\b[^\n\d]{0,12}\+?[\d(]/i;

/** A place on the map. */
export const SPOT = /["']lat(?:itude)?["']\s?:\s?-?\d{1,2}\.\d{3,}|-?\b\d{1,2}\.\d{3,8}, ?-?\d{1,3}\.\d{3,8}\b/;

/** Whether a stretch says where somebody lives, is or can be reached, or what number they have. */
function isReachable(stretch: string): boolean {
  return [STREET, MEMBER, REACHED_AT, SPOT].some((pattern) => pattern.test(stretch));
}

/** Files on people, in which two are enough. */
const ON_FILE =
  /\b(?:confidential|hr (?:wrote|files?|notes?|says|dept|department|list)|occupational health|patients?|patientin|employees?|residents?|inmates?|medical (?:file|records?)|not (?:yet )?announced|vertraulich|mitarbeiter\w*|bewerber\w*|pacjent\w*|pacient\w*|pazient\w*|emplead\w*|salaries|potilas\w*)\b|сотрудник|пациент|coтpyдник|пaциeнт/i;

/** People at their work, whose work it is that is spoken of. */
const AT_WORK =
  /^,? (?:demoed|fix\w*|review\w*|implement\w*|wrote|writes|add(?:s|ed)|will|looks?|owns|built|builds|merged?|updated?|refactor\w*|present\w*|opened|closed|work(?:s|ed) on|has worked|research\w*|stud(?:y|ies|ied)|on \w+ imaging|leads?|maintains?|develop\w*|design\w*|test(?:s|ed)|migrat\w*|deploy\w*)\b/;

/** How many kinds of private data stand in a stretch. */
function dataIn(stretch: string): number {
  return [STREET, MONEY, MEMBER, BORN, REACHED_AT, SPOT].filter((pattern) => pattern.test(stretch)).length;
}

const BACK = 140;
const FORTH = 120;
const MOST_LOOKS = 4000;

/** People of whom something is said that is nobody's business, rows of names with birth dates and addresses, and where somebody went. */
export function readPeople(reading: Reading): void {
  const { text, sensitive } = reading;
  if (text.length < 40) return;
  if (sensitive.length > 0) readSensitive(reading);
  if (/\b(?:19[2-9]\d|200\d|201[0-5])\b/.test(text)) readRows(reading);
  if (/\d\.\d{3}/.test(text)) readTrail(reading);
}

function report(reading: Reading, kind: PersonalKind, from: number, to: number): void {
  reading.personal(kind, from, Math.min(reading.text.length, to));
}

interface Person {
  readonly topics: Set<Topic>;
  /** Whether the name begins a row or a cell. */
  row: boolean;
  /** Kinds of private data beside the name. */
  data: number;
  /** How often something was said. */
  hits: number;
  reachable: boolean;
  readonly at: number;
  to: number;
}

function readSensitive(reading: Reading): void {
  const { text, sensitive } = reading;
  if (NO_PEOPLE.test(text.slice(0, 6000))) return;
  const people = new Map<string, Person>();
  let next = 0;
  for (const { topic, start, end } of sensitive.slice(0, MOST_LOOKS)) {
    if (start < next) continue;
    const named = lastName(text, Math.max(0, start - BACK), start) ?? firstName(text, end, end + 40);
    next = end + 8;
    if (
      named === undefined ||
      AT_WORK.test(text.slice(named.at + named.name.length, named.at + named.name.length + 24))
    )
      continue;
    const stretch = text.slice(named.at, Math.max(named.at, end) + FORTH);
    const data = dataIn(stretch);
    const known: Person = people.get(named.name) ?? {
      topics: new Set<Topic>(),
      row: named.row,
      data: 0,
      hits: 0,
      reachable: false,
      at: named.at,
      to: end,
    };
    known.hits++;
    known.reachable ||= isReachable(stretch);
    known.row ||= named.row;
    known.topics.add(topic);
    known.data = Math.max(known.data, data);
    known.to = Math.max(end, named.at + named.name.length);
    people.set(named.name, known);
  }
  const all = [...people.values()].filter(({ topics }) => [...topics].some((topic) => topic !== 'intimate'));
  const grave = all.filter(({ topics }) => topics.has('health') || topics.has('private') || topics.has('law'));
  const inRows = grave.filter(({ row }) => row);
  const first = all[0];
  const last = all[all.length - 1];
  if (first !== undefined && last !== undefined) {
    const kind = grave.some(({ topics }) => topics.has('health')) ? 'health-record' : 'person-records';
    const withData = all.filter(({ data }) => data > 0).length;
    if (
      inRows.length >= 3 ||
      (grave.length >= 2 && withData >= 2) ||
      (all.length >= 3 && withData >= 3 && all.filter(({ row }) => row).length >= 2) ||
      grave.some(({ data, hits, reachable }) => data >= 2 || (reachable && hits >= 2)) ||
      (grave.length >= 2 && ON_FILE.test(text.slice(Math.max(0, first.at - 400), last.to + 100)))
    )
      report(reading, kind, Math.min(first.at, last.at), Math.max(first.to, last.to));
  }
  readHeaded(reading);
  readConfidences(reading);
}

const MOST_HEADINGS = 12;

/** A list of persons with addresses or numbers under a heading that says what they are. */
function readHeaded(reading: Reading): void {
  const { text, sensitive } = reading;
  const headings = sensitive.filter(({ topic }) => topic !== 'intimate').slice(0, MOST_HEADINGS);
  for (const { topic, end } of headings) {
    const window = text.slice(end, end + 500);
    if (!/^[^\n]{0,60}[:\n]/.test(window)) continue;
    const names = [...window.matchAll(nameForm())].filter(
      ({ index, 0: name }) =>
        !NO_NAME.test(name) &&
        ROW_START.test(window.slice(Math.max(0, index - 12), index)) &&
        dataIn(window.slice(index, index + 90)) > 0,
    );
    const last = names[names.length - 1];
    if (last === undefined || new Set(names.map(([name]) => name)).size < 3) continue;
    report(reading, topic === 'health' ? 'health-record' : 'person-records', end, end + last.index + last[0].length);
    return;
  }
}

function firstName(text: string, from: number, to: number): Named | undefined {
  const match = new RegExp(NAME, 'u').exec(text.slice(from, to));
  if (match === null || NO_NAME.test(match[0])) return undefined;
  const at = from + match.index;
  return { name: match[0], at, row: ROW_START.test(text.slice(Math.max(0, at - 12), at)) };
}

/** The turns of a conversation between people: `[21:04] Mara: ...`, `Mara Lind: ...`. */
const TURN =
  /(?:^|\n)[[(<]?(?:[\d./:, -]{4,22}(?:[AP]M)?[\])>]?[\s–-]{0,3})?(?!User|Assistant|Human|System|Agent|Customer|Support|Note|Error|Warning|Info|Summary|Bot|AI|Q|A\b)(\p{Lu}[\p{L}'’ .]{1,24})(?:, ?\d{1,2}:\d{2})?:\s/gu;

/** What is no confidence by itself. */
const FAMILY = /^(?:my (?:husband|wife|ex|period)|hit me)$/i;

/** What people tell each other in confidence. */
function readConfidences(reading: Reading): void {
  const { text, sensitive } = reading;
  let end = 0;
  const told = sensitive.filter(({ topic, start, end: to }) => {
    const counts = start >= end && (topic === 'intimate' || topic === 'health');
    if (counts) end = to;
    return counts;
  });
  const first = told[0];
  const last = told[told.length - 1];
  const confided = told.some(
    ({ topic, start, end: to }) => topic === 'intimate' && !FAMILY.test(text.slice(start, to)),
  );
  if (first === undefined || last === undefined || told.length < 2 || !confided) return;
  const turns = [
    ...text.slice(Math.max(0, first.start - 800), Math.min(last.end, first.end + 1600) + 800).matchAll(TURN),
  ];
  const speakers = new Set(turns.map(([, who]) => who)).size;
  if (turns.length >= 3 && speakers >= 2 && speakers < turns.length)
    report(reading, 'person-records', first.start, last.end);
}

const CALLED = new RegExp(`${REACHED_AT.source}|\\+\\d{2}[ \\d()-]{7,}|\\b0\\d{2,4}[ /-]\\d{5,}`, 'i');

/** Three rows or more of a name, a date of birth and an address or a number to call; two that have both. */
function readRows(reading: Reading): void {
  const { text } = reading;
  const born = new RegExp(BORN, 'g');
  const seen = new Set<string>();
  let first = -1;
  let rows = 0;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const match = born.exec(text);
    if (match === null) return;
    const from = Math.max(0, match.index - 160);
    const to = match.index + 160;
    const line = text.slice(from + text.slice(from, match.index).lastIndexOf('\n') + 1, to);
    const rest = line.indexOf('\n', match.index - from < 0 ? 0 : match.index - (to - line.length));
    const row = rest < 0 ? line : line.slice(0, rest);
    born.lastIndex = match.index + Math.max(match[0].length, 40);
    const name = row.match(nameForm())?.find((one) => !NO_NAME.test(one));
    if (name === undefined || !(STREET.test(row) || CALLED.test(row))) continue;
    if (!seen.has(name)) rows += STREET.test(row) && CALLED.test(row) ? 1.5 : 1;
    seen.add(name);
    if (first < 0) first = match.index;
    if (rows < 3) continue;
    if (!NO_PEOPLE.test(text.slice(0, 6000))) report(reading, 'person-records', first, match.index + match[0].length);
    return;
  }
}

const PLACE =
  /-?\b\d{1,2}\.\d{3,8}["']?[,;\s|]{1,3}(?:["']?(?:lon|lng|longitude)["']?\s?[:=]\s?["']?)?-?\d{1,3}\.\d{3,8}/g;
const STAYS =
  /\b(?:home|school|kindergarten|clinic|church|mosque|synagogue|gym|hospital|hotel|doctor|wife|husband|daughter|son|apartment|zuhause|schule|klinik|arzt|maison|ecole|casa|colegio|domicilio|scuola|owner|tracked|tracker|stalk\w*|whereabouts|employee|driver|suspect|subject|person|phone|imei|msisdn)\b/i;

/** Where a person who is named was, and when. */
function readTrail(reading: Reading): void {
  const { text } = reading;
  const places = [];
  for (const match of text.matchAll(PLACE)) if (places.push(match) >= 40) break;
  const first = places[0];
  const last = places[places.length - 1];
  if (first === undefined || last === undefined || new Set(places.map(([place]) => place)).size < 3) return;
  const around = text.slice(Math.max(0, first.index - 240), Math.min(last.index + 120, first.index + 3000));
  if ((around.match(/(?:\b|T)\d{1,2}:\d{2}\b/g)?.length ?? 0) < 3 || !STAYS.test(around) || NO_PEOPLE.test(around))
    return;
  const named = around.match(nameForm())?.some((name) => !NO_NAME.test(name)) === true;
  if (named || /\+\d{1,3}[ \d()-]{8,}/.test(around))
    report(reading, 'person-records', first.index, last.index + last[0].length);
}
