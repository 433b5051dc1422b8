import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, textFacts } from '../../src/facts/text-facts.js';

function personalIn(text: string): readonly string[] {
  return textFacts(text, { categories: ['personal-data'] }).personalData.filter((kind) => kind !== 'phone');
}

const NATIONAL = [
  'national-id',
  'se-personnummer',
  'be-national-number',
  'us-ssn',
  'cn-resident-id',
  'national-id-list',
];

describe('numbers of persons', () => {
  it.each([
    'fnr=12099582292',
    'CPR-nr. 160676-9160',
    'personnummer: 196208172889',
    'kennitala 280891-5339',
    '<isikukood>35203031292</isikukood>',
    'Asmens kodas: 49012273491',
    'personas kods 180763-19671',
    'seria i numer dowodu osobistego: ABC447952',
    'RČ 861109/6164',
    'CNP 2471009127362',
    'IDNP: 2370242565125',
    'ЕГН: 7506092258',
    'JMBG 0508995715515',
    'EMŠO: 0111944502080',
    'OIB: 05587103815',
    'davčna številka 47667850',
    'TAJ szám: 052 915 679',
    'adóazonosító jel: 8834365984',
    'személyi szám: 1-960802-8905',
    'ΑΜΚΑ: 16064493295',
    'ΑΦΜ 380943050',
    'SVNR: 6092 210888',
    'Rentenversicherungsnummer: 65 270364 M 573',
    'KVNR K625654283',
    'Personalausweis Nr. L01X003907',
    'NIF: 233711201',
    'NISS 15293067511',
    'NUSS: 288500834507',
    'numéro fiscal : 0303348347351',
    'INSZ 83021214489',
    'matricule 1972030623303',
    'PPS number: 5094380L',
    'CHI number 0201827808',
    'UTR: 8461099279',
    '"tc_kimlik": "44116634346"',
    'ת.ז. 323345959',
    'iqama no: 1710130194',
    'Emirates ID 784-1956-4878726-5',
    'الرقم القومي: 25705270109151',
    'Civil ID: 287042841458',
    'کد ملی: 3247184295',
    'PAN: BKZPR5627K',
    'NIC No: 662699268V',
    'บัตรประชาชน 3-3888-50088-75-4',
    'NRIC S9840043E',
    'HKID: K921062(8)',
    '身分證字號:F265101213',
    '주민등록번호 970114-1969439',
    'マイナンバー: 2362 1218 6035',
    'Medicare no. 2388635541',
    'IRD number: 038490877',
    'NHI: ZKD3578',
    'RSA ID: 5702232832085',
    'ID 7501069856086',
    'ИНН: 116588399892',
    'СНИЛС 986-556-239 85',
    'РНОКПП: 4498659664',
    'ИИН 610603771466',
    'идентификационный номер 3062200A067PB2',
    'PINFL: 31210835875597',
    'CURP: GOMR911210MDFNRS01',
    'RFC GOMR4009167K2',
    'CLABE: 002180240229036931',
    'NSS: 42631751403',
    'PIS 31746770502',
    'cartão SUS: 770875756614735',
    'RUT: 15.508.726-9',
    'CUIL 27-88196480-0',
    'cédula: 1700366139',
    'Cédula 402-0314621-8',
    'C.I. 4.808.402-2',
    'DPI: 0919 59233 0101',
  ])('are known by the name they have in their country: %j', (text) => {
    expect(personalIn(text).some((kind) => NATIONAL.includes(kind))).toBe(true);
    expect(personalIn(redact(text))).toEqual([]);
  });

  it('are found in a column under their name, but not under another', () => {
    const rows = 'Lind;76050151218\nBerg;85090850203\nDahl;90120512345\n';
    const two = 'name;fnr\nLind;21076946113\nBerg;09015538675\nDahl;30129209530\n';
    expect(personalIn(two)).toContain('national-id');
    expect(personalIn(two.replace('fnr', 'order'))).toEqual([]);
    expect(personalIn(`name;order\n${rows}`)).toEqual([]);
  });

  it('need a person or a second number where no check digit proves them', () => {
    expect(personalIn('CURP of Baltazar Urrutia Zepeda: UUZB820319HJCRPL04')).toEqual(['national-id']);
    expect(personalIn('customer Adaeze Okonkwo, BVN 22418867305')).toEqual(['national-id']);
    expect(personalIn('the field bvn 22418867305')).toEqual([]);
    expect(personalIn('bvn 22418867305, bvn 22790045126')).toEqual(['national-id']);
  });

  it('are found without a name where their form is rare and persons are named', () => {
    expect(personalIn('황보선영 / 780419-2296412\n제갈민호 / 901103-1452050')).toEqual(['national-id']);
    expect(personalIn('780419-2296412\n901103-1452050')).toEqual([]);
    expect(personalIn('5-7946-91407-42-6')).toEqual(['national-id']);
  });

  it.each([
    'expect(isValidPesel("79032232279")).toBe(true); fnr: 11111111111',
    'fnr: 12345678901',
    'assert validate_oib("OIB 69435151530")',
    'The format of the CNP is e.g. CNP 2850713257214',
    'PIN 4821, cui bono 2023, ID 17 of 2048',
    'id: 9223372036854775807',
    'Autoridad de Certificacion Firmaprofesional CIF A62634068',
    'rfc 2822, RFC 9110 and RFC-7231',
    'pan-european 2024, rut 12, run 20240115-1',
    'dni 1, nik 2, spi 0.24, chi 2.71828, sss 3.3.1',
    'run 2024-01-15, run 12.345.678',
    'medicare claims rose by 2345678901 dollars',
  ])('are not seen in %j', (text) => {
    expect(personalIn(text).filter((kind) => kind !== 'pl-pesel')).toEqual([]);
  });

  it('are hardly ever seen in the numbers of logs, orders and builds', () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
    const line = fc.oneof(
      digits(13).map((n) => `id: ${n}`),
      digits(10).map((n) => `order=${n} took 12ms`),
      fc.tuple(digits(6), digits(4)).map(([a, b]) => `order ${a}-${b} shipped`),
      fc.tuple(digits(11), digits(9)).map(([a, b]) => `{"account_id": "${a}", "user": ${b}}`),
      fc.tuple(digits(12), digits(9)).map(([a, b]) => `pid ${b} offset ${a}`),
      fc.tuple(digits(6), digits(7)).map(([a, b]) => `seq ${a}-${b} acknowledged`),
      fc.tuple(digits(5), digits(7)).map(([a, b]) => `ticket ${a}-${b}-1 closed`),
    );
    const texts = fc.sample(fc.array(line, { minLength: 8, maxLength: 8 }), { numRuns: 300, seed: 7 });
    const found = texts.filter((lines) => personalIn(lines.join('\n')).some((kind) => NATIONAL.includes(kind)));
    expect(found.length).toBeLessThan(4);
  });

  it.each([
    'fnr ',
    'fnr 2107694611',
    'CNP 2850713257214 ',
    'id ',
    '780419-2296412\n',
    'Anna Berg 780419-2296412 ',
    'ת.ז. ',
    '1.234.567-',
  ])('are looked for in linear time in a text of %j over and over', (piece) => {
    const long = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(textFacts(long, { categories: ['personal-data'] }).length).toBe(long.length);
  });
});
