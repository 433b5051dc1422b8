import type { PersonalKind } from './finding-kinds.js';
import type { PersonCheck } from './person-number-checks.js';
import * as of from './person-number-checks.js';

/** A number of persons that its label names. */
export interface PersonNumber {
  /** Country of ISO 3166, in small letters. */
  readonly country: string;
  /** As findings name it: that of numbers which are also told in other ways, `national-id` for all others. */
  readonly kind: PersonalKind;
  /**
   * What it is called in the languages of the country, in small letters, with `|` between; a space stands for `_`, `-` and
   * nothing as well.
   */
  readonly labels: string;
  /** How it is written, separators included, without anything around it. */
  readonly form: string;
  readonly check: PersonCheck;
}

function number(
  country: string,
  labels: string,
  form: string,
  check: PersonCheck,
  kind: PersonalKind = 'national-id',
): PersonNumber {
  return { country, kind, labels, form, check };
}

/** Labels of any country. */
const ANY =
  'national id|national identity|nationalid|id number|idnumber|identity number|id card|identity card|citizen id|personal id';

/**
 * Numbers of persons by country: labels, form and check. Sources: the publications of the issuing authorities and of the
 * tax administrations of the OECD, as of 2025.
 */
export const PERSON_NUMBERS: readonly PersonNumber[] = [
  // North
  number(
    'no',
    'fødselsnummer|fødselsnr|fodselsnummer|fodselsnr|fnr|f.nr|f. nr|personnummer|personnr|d-nummer',
    String.raw`\d{6} ?\d{5}`,
    of.norwegian,
  ),
  number('dk', 'cpr|cpr-nr|cpr nr|cpr nummer|cprnr|personnummer|personnr', String.raw`\d{6}[- ]?\d{4}`, of.danish),
  number(
    'se',
    'personnummer|personnr|pers.nr|pnr|samordningsnummer',
    String.raw`(?:19|20)?\d{6}[-+]?\d{4}`,
    of.swedish,
    'se-personnummer',
  ),
  number('is', 'kennitala|kt', String.raw`\d{6}-?\d{4}`, of.icelandic),
  number('ee', 'isikukood|isikukoodi|personal code|ik', String.raw`\d{11}`, of.baltic),
  number('lt', 'asmens kodas|asmens kodo|a.k.', String.raw`\d{11}`, of.baltic),
  number('lv', 'personas kods|personas koda|pers. kods|p.k.', String.raw`\d{6}-?\d{5}`, of.latvian),
  // Middle and east of Europe
  number('pl', 'dowód osobisty|dowodu osobistego|nr dowodu|seria i numer', String.raw`[A-Z]{3} ?\d{6}`, of.polishCard),
  number(
    'cz',
    'rodné číslo|rodného čísla|rodne cislo|rč|r.č.|r. č.|rod. č.|rod.č.|rodné č.|rod. číslo|rc|birth number',
    String.raw`\d{6}\/?\d{3,4}`,
    of.czech,
  ),
  number('ro', 'cnp|cod numeric personal', String.raw`[1-8]\d{12}`, of.romanian),
  number('md', 'idnp', String.raw`[02]\d{12}`, of.moldovan),
  number('bg', 'егн|egn|единен граждански номер', String.raw`\d{10}`, of.bulgarian),
  number('yu', 'jmbg|јмбг|матични број|matični broj|emšo|emso|embg|ембг|umcn', String.raw`\d{13}`, of.yugoslav),
  number('hr', 'oib', String.raw`\d{11}`, of.croatian),
  number('si', 'davčna številka|davčna št|davcna stevilka', String.raw`(?:SI)?\d{8}`, of.slovenianTax),
  number(
    'hu',
    'taj|taj szám|tajszám|tb szám|társadalombiztosítási azonosító',
    String.raw`\d{3}[ -]?\d{3}[ -]?\d{3}`,
    of.hungarianHealth,
  ),
  number('hu', 'adóazonosító|adóazonosító jel|adószám|adójel', String.raw`8\d{9}`, of.hungarianTax),
  number('hu', 'személyi szám|személyi azonosító|személyi', String.raw`[1-8][ -]?\d{6}[ -]?\d{4}`, of.hungarianPerson),
  number('gr', 'αμκα|amka', String.raw`\d{11}`, of.greekInsurance),
  number('gr', 'αφμ|α.φ.μ.|afm', String.raw`\d{9}`, of.greekTax),
  number(
    'at',
    'svnr|sv nr|sv nummer|sozialversicherungsnummer|versicherungsnummer|sozialversicherungsnr',
    String.raw`\d{4}[ -]?\d{6}`,
    of.austrian,
  ),
  number(
    'de',
    'rentenversicherungsnummer|rvnr|sozialversicherungsnummer|sv nummer|sv nr|versicherungsnummer|rv nummer',
    String.raw`\d{2} ?\d{6} ?[A-Z] ?\d{3}`,
    of.germanPension,
  ),
  number(
    'de',
    'krankenversicherungsnummer|kvnr|krankenversichertennummer|versichertennummer|versicherten nr|kv nummer',
    String.raw`[A-Z]\d{9}`,
    of.germanHealth,
  ),
  number(
    'de',
    'personalausweis|personalausweisnummer|ausweisnummer|ausweis nr|ausweis',
    String.raw`[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\d`,
    of.machineRead,
  ),
  // South and west of Europe
  number(
    'pt',
    'nif|contribuinte|número de contribuinte',
    String.raw`[1234]\d{2}[ .]?\d{3}[ .]?\d{3}`,
    of.portugueseTax,
  ),
  number('pt', 'niss|segurança social', String.raw`[12]\d{10}`, of.portugueseInsurance),
  number(
    'es',
    'nuss|naf|número de la seguridad social|nº seguridad social|afiliación',
    String.raw`\d{2}[ \/-]?\d{8}[ \/-]?\d{2}`,
    of.spanishInsurance,
  ),
  number('fr', 'numéro fiscal|spi', String.raw`[0-3]\d ?\d{2} ?\d{3} ?\d{3} ?\d{3}`, of.frenchTax),
  number(
    'be',
    'rijksregisternummer|rijksregister|rijksregisternr|insz|niss|registre national|numéro national|numero de registre national|rrn',
    String.raw`\d{2}[. ]?\d{2}[. ]?\d{2}[ -]?\d{3}[. ]?\d{2}`,
    of.belgian,
    'be-national-number',
  ),
  number(
    'nl',
    'bsn|burgerservicenummer|sofinummer|sofi nummer',
    String.raw`\d{3}[. ]\d{3}[. ]\d{3}|\d{4}[. ]\d{2}[. ]\d{3}|\d{9}`,
    of.dutch,
    'nl-bsn',
  ),
  number(
    'lu',
    'matricule|matricule nationale|sozialversicherungsnummer',
    String.raw`(?:19|20)\d{11}`,
    of.luxembourgish,
  ),
  number('ie', 'pps|ppsn|pps number|pps no|personal public service', String.raw`\d{7}[A-W][A-IW]?`, of.irish),
  number('gb', 'chi|chi number|chi no', String.raw`\d{10}`, of.scottish),
  number('gb', 'utr|unique taxpayer reference', String.raw`\d{5} ?\d{5}`, of.britishTax),
  // Turkey and the Near East
  number(
    'tr',
    `tckn|tc kimlik|t.c. kimlik|kimlik no|kimlik numarası|tc no|kimlik|tc kimlik no|t.c. no|${ANY}`,
    String.raw`[1-9]\d{10}`,
    of.turkish,
  ),
  number(
    'il',
    'ת.ז.|ת.ז|ת"ז|תז|תעודת זהות|מספר זהות|מס׳ זהות|teudat zehut|israeli id|tz',
    String.raw`\d{8}-?\d`,
    of.luhnNumber,
  ),
  number(
    'sa',
    `iqama|saudi id|هوية|رقم الهوية|الهوية الوطنية|إقامة|رقم الإقامة|${ANY}`,
    String.raw`[12]\d{9}`,
    of.luhnNumber,
  ),
  number('ae', 'emirates id|eid|رقم الهوية|الهوية الإماراتية', String.raw`784-?\d{4}-?\d{7}-?\d`, of.luhnNumber),
  number('eg', `الرقم القومي|رقم قومي|بطاقة|${ANY}`, String.raw`[23]\d{13}`, of.egyptian),
  number('kw', 'civil id|الرقم المدني|رقم مدني', String.raw`[123]\d{11}`, of.kuwaiti),
  number(
    'ir',
    'کد ملی|کدملی|کد ملي|code melli|codemelli|melli code|national code',
    String.raw`\d{3}-?\d{6}-?\d`,
    of.iranian,
  ),
  // South Asia
  number('pk', `cnic|nicop|شناختی کارڈ|${ANY}`, String.raw`[1-8]\d{4}-?\d{7}-?\d`, of.unchecked),
  number(
    'bd',
    'nid|nid no|nid number|জাতীয় পরিচয়পত্র|এনআইডি|national id',
    String.raw`\d{10}(?:\d{3})?(?:\d{4})?`,
    of.unchecked,
  ),
  number('lk', 'nic|nic no|nic number', String.raw`\d{9}[VXvx]|(?:19|20)\d{10}`, of.sriLankan),
  number('in', 'pan|pan no|pan number|pan card', String.raw`[A-Z]{3}P[A-Z]\d{4}[A-Z]`, of.indianTax),
  number('in', 'voter id|epic no|epic', String.raw`[A-Z]{3}\d{7}`, of.unchecked),
  // East and south-east of Asia
  number(
    'th',
    'บัตรประชาชน|เลขประจำตัวประชาชน|เลขบัตร|thai id|citizen id|id card',
    String.raw`\d(?:[ -]?\d{4})(?:[ -]?\d{5})(?:[ -]?\d{2})[ -]?\d`,
    of.thai,
  ),
  number('sg', 'nric|fin|nric/fin|fin no|nric no', String.raw`[STFGM]\d{7}[A-Z]`, of.singaporean),
  number(
    'my',
    'mykad|ic|i.c.|ic number|ic no|no. kp|no kp|kad pengenalan|nric',
    String.raw`\d{6}-?\d{2}-?\d{4}`,
    of.malaysian,
  ),
  number('id', 'nik|ktp|no ktp|nomor ktp|nomor induk kependudukan', String.raw`\d{16}`, of.indonesian),
  number('ph', 'philsys|psn|pcn|philid|national id', String.raw`\d{4}-\d{4}-\d{4}(?:-\d{4})?`, of.unchecked),
  number(
    'ph',
    'sss|sss no|sss number|umid|philhealth',
    String.raw`\d{2}-\d{7}-\d|\d{4}-\d{7}-\d|\d{2}-\d{9}-\d`,
    of.unchecked,
  ),
  number(
    'vn',
    'cccd|căn cước|căn cước công dân|số căn cước|cmnd|chứng minh nhân dân|số cmnd|cmtnd',
    String.raw`\d{12}|\d{9}`,
    of.vietnamese,
  ),
  number(
    'hk',
    'hkid|hong kong id|身份證號碼|身份證|香港身份證|hkid no',
    String.raw`[A-Z]{1,2}\d{6} ?\(?[0-9A]\)?`,
    of.hongKong,
  ),
  number('tw', '身分證字號|身分證|統一編號|身分證號|arc|taiwan id', String.raw`[A-Z][1289]\d{8}`, of.taiwanese),
  number(
    'kr',
    '주민등록번호|주민번호|외국인등록번호|rrn|resident registration',
    String.raw`\d{6} ?- ?\d{7}|\d{13}`,
    of.korean,
  ),
  number(
    'jp',
    'マイナンバー|個人番号|my number|mynumber|kojin bango',
    String.raw`\d{4}[ -]?\d{4}[ -]?\d{4}`,
    of.japanese,
  ),
  // Oceania
  number(
    'au',
    'medicare|medicare no|medicare number',
    String.raw`[2-6]\d{3} ?\d{5} ?\d(?:[ /-]?\d)?`,
    of.australianHealth,
  ),
  number('nz', 'ird|ird no|ird number', String.raw`\d{2,3}-?\d{3}-?\d{3}`, of.newZealandTax),
  number('nz', 'nhi|nhi no|nhi number', String.raw`[A-HJ-NP-Z]{3}\d{4}`, of.newZealandHealth),
  // Africa
  number(
    'za',
    `rsa id|sa id|south african id|id no|id nommer|id|${ANY}`,
    String.raw`\d{6} ?\d{4} ?\d{2} ?\d|\d{13}`,
    of.southAfrican,
  ),
  number('ng', 'bvn|nin|bank verification number|national identification number', String.raw`\d{11}`, of.unchecked),
  number('ke', 'kra pin', String.raw`[AP]\d{9}[A-Z]`, of.unchecked),
  number('gh', 'ghana card|ghana id', String.raw`GHA-\d{9}-\d`, of.unchecked),
  // Russia and its neighbours
  number('ru', 'инн|inn', String.raw`\d{12}`, of.russianTax),
  number('ru', 'снилс|snils', String.raw`\d{3}-?\d{3}-?\d{3}[ -]?\d{2}`, of.russianInsurance),
  number(
    'ru',
    'паспорт|паспорта|паспортные данные|серия и номер',
    String.raw`\d{2} ?\d{2} ?(?:№|No|N)? ?\d{6}`,
    of.unchecked,
  ),
  number('ua', 'рнокпп|іпн|ипн|rnokpp|ідентифікаційний код|податковий номер', String.raw`\d{10}`, of.ukrainian),
  number('kz', 'иин|жсн|iin', String.raw`\d{12}`, of.kazakh),
  number(
    'by',
    'личный номер|идентификационный номер|асабісты нумар|identification number',
    String.raw`[1-7]\d{6}[ABCHKEM]\d{3}[A-Z]{2}\d`,
    of.machineRead,
  ),
  number('uz', 'пинфл|pinfl|jshshir|жшшир', String.raw`[1-6]\d{13}`, of.uzbek),
  number('ge', 'პირადი ნომერი|პ/ნ', String.raw`\d{11}`, of.unchecked),
  // The Americas
  number('us', 'itin|individual taxpayer', String.raw`9\d{2}-[5-9]\d-\d{4}|9\d{2}[5-9]\d{5}`, of.unchecked),
  number(
    'us',
    'mbi|medicare|medicare id|medicare number',
    String.raw`[1-9][A-Z][A-Z0-9]\d-?[A-Z][A-Z0-9]\d-?[A-Z]{2}\d{2}`,
    of.unchecked,
  ),
  number(
    'ca',
    'ohip|health card|health card number',
    String.raw`\d{4}[ -]?\d{3}[ -]?\d{3}(?:[ -]?[A-Z]{2})?`,
    of.unchecked,
  ),
  number('ca', 'ramq|assurance maladie', String.raw`[A-Z]{4} ?\d{4} ?\d{4}`, of.unchecked),
  number('mx', 'curp', String.raw`[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d`, of.mexican),
  number('mx', 'rfc', String.raw`[A-ZÑ&]{4}-?\d{6}-?[A-Z0-9]{3}`, of.mexicanTax),
  number('mx', 'clabe', String.raw`\d{18}|\d{3} \d{3} \d{11} \d`, of.clabe),
  number('mx', 'nss|imss', String.raw`\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{4}[ -]?\d`, of.luhnNumber),
  number('br', 'pis|nis|pasep|nit', String.raw`\d{3}\.?\d{5}\.?\d{2}-?\d`, of.brazilianWorker),
  number(
    'br',
    'cns|cartão sus|cartão nacional de saúde',
    String.raw`[12789]\d{2} ?\d{4} ?\d{4} ?\d{4}`,
    of.brazilianHealth,
  ),
  number('br', 'rg|identidade', String.raw`\d{1,2}\.\d{3}\.\d{3}-[\dXx]`, of.unchecked),
  number('cl', 'rut|run|rol único', String.raw`\d{1,2}\.?\d{3}\.?\d{3}-[\dkK]`, of.chilean),
  number('ar', 'cuil|cuit|cuil/cuit', String.raw`2[03-7]-?\d{8}-?\d`, of.argentine),
  number('ar', 'dni|documento', String.raw`\d{1,2}\.\d{3}\.\d{3}|\d{8}`, of.unchecked),
  number(
    'co',
    'cédula|cedula|c.c.|cédula de ciudadanía|cc no',
    String.raw`\d{1,3}(?:\.\d{3}){2,3}|\d{8,10}`,
    of.unchecked,
  ),
  number('ec', 'cédula|cedula|c.i.|ci', String.raw`\d{9}-?\d`, of.ecuadorian),
  number('do', 'cédula|cedula', String.raw`\d{3}-?\d{7}-?\d`, of.luhnNumber),
  number('uy', 'cédula|cedula|c.i.|ci', String.raw`\d\.?\d{3}\.?\d{3}-?\d`, of.uruguayan),
  number('ve', 'cédula|cedula|c.i.|ci', String.raw`[VE]-?\d{1,2}\.?\d{3}\.?\d{3}`, of.unchecked),
  number('gt', 'dpi|cui', String.raw`\d{4}[ -]?\d{5}[ -]?\d{4}`, of.guatemalan),
  number('cr', 'cédula|cedula', String.raw`[1-9]-\d{4}-\d{4}`, of.unchecked),
  // Driving licences and passports
  number(
    'gb',
    'driving licence|driving licences|driver licence|driving license|licence number|licence no|licence|dvla|driver number',
    String.raw`[A-Z][A-Z9]{4} ?\d{6} ?[A-Z9]{2}[A-Z0-9]{3}(?: \d{2})?`,
    of.britishDriver,
  ),
  number(
    'us',
    "driver license|drivers license|driver's license|dl number|dl no|dl#|dl #|dl:|license number|license no|lic no|drivers lic",
    String.raw`(?<![A-Za-z])[A-Z]{1,2}\d{6,8}|[A-Z]\d{12,14}|[A-Z]\d{3}-\d{3}-\d{2}-\d{3}-\d|[A-Z]\d{3}-?\d{4}-?\d{4}`,
    of.unchecked,
  ),
  number('us', "driver license|drivers license|driver's license", String.raw`\d{7,9}`, of.unchecked),
  number('ca', 'ontario dl|dl ontario|dl no|dl number|dl#|dl #', String.raw`[A-Z]\d{4}-\d{5}-\d{5}`, of.unchecked),
  number(
    'ca',
    "driver licence|drivers licence|driver's licence|licence no",
    String.raw`[A-Z]\d{4}-?\d{5}-?\d{5}`,
    of.unchecked,
  ),
  number(
    'au',
    "driver licence|drivers licence|driver's licence|licence no|licence number",
    String.raw`\d{8,9}`,
    of.unchecked,
  ),
  number('nz', "driver licence|drivers licence|driver's licence|licence no", String.raw`[A-Z]{2}\d{6}`, of.unchecked),
  number(
    'in',
    'dl no|dl number|driving licence|driving license|driving licence no|licence no',
    String.raw`[A-Z]{2}[- ]?\d{2}[- ]?(?:19|20)\d{2} ?\d{7}`,
    of.unchecked,
  ),
  number(
    'de',
    'führerschein|führerscheinnummer|führerschein nr|führerscheinnr|fahrerlaubnis|fs nr',
    String.raw`[A-Z]\d{2}[A-Z0-9]{6}\d[A-Z0-9]`,
    of.unchecked,
  ),
  number(
    'fr',
    'permis de conduire|permis n°|permis no|numéro de permis|n° permis|permis b',
    String.raw`\d{2}[A-Z]{2}\d{5}|\d{12}`,
    of.unchecked,
  ),
  number(
    'it',
    'patente|patente di guida|n. patente|patente n.',
    String.raw`[A-Z]{2}\d{7}[A-Z]|U1[A-Z0-9]{7}[A-Z]`,
    of.unchecked,
  ),
  number('es', 'permiso de conducir|carnet de conducir|carné de conducir', String.raw`\d{8}-?[A-Z]`, of.unchecked),
  number('pl', 'prawo jazdy|prawa jazdy|nr prawa jazdy', String.raw`\d{5}\/\d{2}\/\d{4}`, of.unchecked),
  number('nl', 'rijbewijs|rijbewijsnummer', String.raw`\d{10}`, of.unchecked),
  number(
    'ru',
    'водительское удостоверение|водительские права|в/у',
    String.raw`\d{2} ?(?:\d{2}|[А-ЯA-Z]{2}) ?\d{6}`,
    of.unchecked,
  ),
  number('br', 'cnh|carteira de habilitação|carteira de motorista|habilitação', String.raw`\d{11}`, of.unchecked),
  number('jp', '運転免許|運転免許証|免許証番号|免許番号', String.raw`\d{12}`, of.unchecked),
  number('kr', '운전면허|운전면허번호|면허번호', String.raw`\d{2}-?\d{2}-?\d{6}-?\d{2}`, of.unchecked),
  number(
    'passport',
    'passport|passports|passport no|passport number|reisepass|reisepassnummer|reisepass nr|passnummer|pass nr|passeport|passeports|' +
      'pasaporte|pasaportes|passaporto|passaporti|passaporte|paspoort|paspoortnummer|paszport|paszportu|paszporty|cestovní pas|' +
      'útlevél|pașaport|pasaport|pasoš|putovnica|passnr|pasnummer|загранпаспорт|загранпаспорта|закордонний паспорт|διαβατήριο|' +
      '護照|护照|护照号|パスポート|旅券番号|旅券|여권|여권번호|جواز السفر|جواز سفر|דרכון|hộ chiếu|paspor|nomor paspor',
    String.raw`(?<![A-Za-z])(?:[A-Z]{1,3}\d{6,8}|[A-Z]\d[A-Z0-9]{5,7}|[A-Z]{2}\d[A-Z]{2}\d{4})|\d{2}[A-Z]{2}\d{5}|\d{2} \d{7}|\d{8,9}`,
    of.passport,
  ),
  // Those that are told by their form and check digits elsewhere: here where the check digits are wrong.
  number('fi', 'hetu|henkilötunnus|henkilötunnuksen|sotu', String.raw`\d{6}[-+A]\d{3}[0-9A-Y]`, of.dayFirst, 'fi-hetu'),
  number('pl', 'pesel', String.raw`\d{11}`, of.polish, 'pl-pesel'),
  number(
    'de',
    'steuer id|steueridentifikationsnummer|steuer identifikationsnummer|steuerliche identifikationsnummer|idnr',
    String.raw`[1-9]\d ?\d{3} ?\d{3} ?\d{3}`,
    of.croatian,
    'de-tax-id',
  ),
  number(
    'fr',
    'sécurité sociale|numéro de sécu|n° de sécu|n° sécu|nir|nss',
    String.raw`[1278] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d[\dAB] ?\d{3} ?\d{3}(?: ?\d{2})?`,
    of.unchecked,
    'fr-nir',
  ),
  number(
    'es',
    'dni|nie|nif|d.n.i.',
    String.raw`(?:\d{8}|\d{2}\.\d{3}\.\d{3}|[XYZ]-?\d{7})-?[A-Z]`,
    of.unchecked,
    'es-dni',
  ),
  number('br', 'cpf', String.raw`\d{3}\.?\d{3}\.?\d{3}-?\d{2}`, of.unchecked, 'br-cpf'),
  number(
    'it',
    'codice fiscale|c.f.|cod. fisc.|cf|tessera sanitaria',
    String.raw`[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]`,
    of.unchecked,
    'it-codice-fiscale',
  ),
  number('ch', 'ahv|avs|ahv nr|n° avs', String.raw`756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}`, of.unchecked, 'ch-ahv'),
  number(
    'cn',
    '身份证|身份证号|居民身份证|resident id',
    String.raw`[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]`,
    of.unchecked,
    'cn-resident-id',
  ),
  number('in', 'aadhaar|aadhar|uidai|आधार', String.raw`[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}`, of.unchecked, 'in-aadhaar'),
  number('ca', 'sin|social insurance|sin no|nas', String.raw`[1-79]\d{2}[ -]?\d{3}[ -]?\d{3}`, of.unchecked, 'ca-sin'),
  number('au', 'tfn|tax file number', String.raw`\d{3} ?\d{3} ?\d{3}`, of.unchecked, 'au-tfn'),
  number('gb', 'nhs|nhs no|nhs number', String.raw`[4679]\d{2}[ -]?\d{3}[ -]?\d{4}`, of.unchecked, 'uk-nhs-number'),
];

/** A form that is rare enough to be told without a label. */
export interface UnlabelledNumber {
  /** How it is written, with what may not stand around it; tried where its first character is. */
  readonly form: RegExp;
  /** Characters before its first group of digits. */
  readonly lead: number;
  /** Lengths that its first group of digits can have. */
  readonly digits: readonly number[];
  /** What can stand behind that group; anything when empty. */
  readonly next: string;
  readonly check: PersonCheck;
  /** So many different ones must stand in a text. */
  readonly least: number;
}

function unlabelled(
  form: RegExp,
  check: PersonCheck,
  least: number,
  digits: readonly number[],
  next: string,
  lead = 0,
): UnlabelledNumber {
  return { form, lead, digits, next, check, least };
}

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Forms of digits with signs between. */
export const UNLABELLED: readonly UnlabelledNumber[] = [
  unlabelled(/(?<![\w-])\d-\d{4}-\d{5}-\d{2}-\d(?![\w-])/y, of.thai, 1, [1], '-'),
  unlabelled(/(?<![\w-])784-(?:19\d\d|20[0-2]\d)-\d{7}-\d(?![\w-])/y, () => 'good', 1, [3], '-'),
  unlabelled(/(?<![\w-])\d{6}-[1-8]\d{6}(?![\w-])/y, of.korean, 2, [6], '-'),
  unlabelled(/(?<![\w.-])\d{1,2}\.\d{3}\.\d{3}-[\dkK](?![\w-])/y, of.chilean, 2, [1, 2], '.'),
  unlabelled(/(?<![\w-])2[03-7]-\d{8}-\d(?![\w-])/y, of.argentine, 2, [2], '-'),
  unlabelled(/(?<![\w-])\d{3}-\d{3}-\d{3} \d{2}(?![\w-])/y, of.russianInsurance, 2, [3], '-'),
  unlabelled(/(?<![\w/-])\d{6}\/\d{4}(?![\w/-])/y, of.czech, 2, [6], '/'),
  unlabelled(/(?<![\w-])\d{6}-\d{5}(?![\w-])/y, of.latvian, 2, [6], '-'),
  unlabelled(/(?<![\w-])[1-8]\d{4}-\d{7}-\d(?![\w-])/y, () => 'good', 2, [5], '-'),
  unlabelled(/(?<![\w-])\d{3}-\d{7}-\d(?![\w-])/y, of.luhnNumber, 2, [3], '-'),
  unlabelled(/(?<![\w-])GHA-\d{9}-\d(?![\w-])/y, () => 'good', 1, [9], '-', 4),
];

/** Those with letters, most of them at the beginning. */
export const UNLABELLED_LETTERED: readonly UnlabelledNumber[] = [
  unlabelled(
    /(?<![\w-])[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d(?![\w-])/y,
    (plain) => (of.mexican(plain) === 'bad' ? 'bad' : 'good'),
    1,
    [6],
    'HM',
    4,
  ),
  unlabelled(/(?<![\w-])[STFG]\d{7}[A-Z](?![\w-])/y, of.singaporean, 2, [7], CAPITALS, 1),
  unlabelled(/(?<![\w-])[A-Z][12]\d{8}(?![\w-])/y, of.taiwanese, 3, [9], '', 1),
  unlabelled(/(?<![\w-])[A-Z]\d{6}\([0-9A]\)/y, of.hongKong, 1, [6], '(', 1),
  unlabelled(/(?<![\w-])[A-Z]{5}\d{6}[A-Z9]{2}\d[A-Z]{2}(?![\w-])/y, of.britishDriver, 1, [6, 7], '', 5),
  unlabelled(/(?<![\w-])[A-Z]{4}9\d{6}[A-Z9]{2}\d[A-Z]{2}(?![\w-])/y, of.britishDriver, 1, [7, 8], '', 4),
  unlabelled(/(?<![\w-])[A-Z]{3}99\d{6}[A-Z9]{2}\d[A-Z]{2}(?![\w-])/y, of.britishDriver, 1, [8, 9], '', 3),
  unlabelled(/(?<![\w-])[1-7]\d{6}[ABCHKEM]\d{3}[A-Z]{2}\d(?![\w-])/y, of.machineRead, 1, [7], 'ABCHKEM'),
];
