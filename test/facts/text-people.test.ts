import { describe, expect, it } from 'vitest';
import { redact, textFacts } from '../../src/facts/text-facts.js';

const LISTS = ['person-records', 'health-record', 'contact-list'];

function listsIn(text: string): readonly string[] {
  return textFacts(text, { categories: ['personal-data'] }).personalData.filter((kind) => LISTS.includes(kind));
}

describe('people', () => {
  it.each([
    [
      'health-record',
      'termination list Q3\nGwendolyn Achebe, emp 20311, on leave for pregnancy, cell 312-442-3577\nDmitri Vasquez, emp 20877, depression, home 5540 N Kenmore Ave\n',
    ],
    ['health-record', '- Aino Rautio: HIV positive\n- Mikael Lund: schizophrenia\n- Petra Holm: pregnant, 14th week\n'],
    ['health-record', 'Patientin Gesine Pohlmann, geb. 03.04.1971, Lindenallee 8, Depression seit 2019'],
    [
      'person-records',
      '{"name": "Okan Yildiz", "religion": "Muslim", "salary": "71,200 EUR"}, {"name": "Ruth Adler", "religion": "Jewish", "salary": "68,900 EUR"}',
    ],
    [
      'person-records',
      'Nom;salaire\nOdile Grandperret;48 200 €;licenciement prévu\nYvon Kerleau;39 100 €;licenciement prévu\nMaud Legrand;52 300 €;licenciement prévu',
    ],
    [
      'person-records',
      '1. Marvin Teale | convicted of fraud 2011 | 14 Elm Street\n2. Joan Pritchard | arrested for DUI | 2 Oak Lane\n',
    ],
    [
      'person-records',
      'Hedwig Rauschenbach;1951-03-22;Lindenallee 8, Guben\nSoenke Detlefsen;1964-11-02;Hafenstr. 4, Kiel\nMirjana Juric;1978-06-30;Kirchweg 12, Ulm\n',
    ],
    [
      'person-records',
      "owner='Ottilie Brandt' phone=+43 664 3426324\n2024-06-03 07:39 48.19100 16.34902 home\n2024-06-03 07:48 48.19292 16.38894 kindergarten\n2024-06-04 07:23 48.19486 16.35499 clinic",
    ],
    [
      'person-records',
      "[21:02] Mara: I'm pregnant and it isn't his\n[21:03] Lena: omg\n[21:04] Mara: don't tell my husband, please\n[21:05] Lena: never",
    ],
    [
      'health-record',
      '王建国,癌症晚期,住址北京市朝阳区12号\n李晓红,艾滋病,住址上海市静安区8号\n赵文斌,抑郁症,住址广州市3号\n',
    ],
    [
      'person-records',
      'Witness protection: Arturo Valdez now lives as Peter Hale, 318 Juniper Court, cell 208-661-7724',
    ],
    [
      'health-record',
      'HR wrote: Melinda Frost is on antidepressants since her miscarriage, and Garth Owusu told them that he is HIV positive.',
    ],
    ['health-record', 'Сотрудники: Иванова Мария (беременна), Петров Олег (алкоголизм), Сидоров Антон (ВИЧ)'],
    [
      'person-records',
      'Asylum file: Mahmoud Rahimi, convert from Islam, homosexual, brother arrested; lives at Hauptstrasse 41, Gera',
    ],
    [
      'person-records',
      'Sex offender registry: Wendell Hatch, 2210 Pine Street; Curtis Amaro, 18 Mill Road; Leroy Banks, 402 Oak Avenue',
    ],
  ])('%s in %j', (kind, text) => {
    expect(listsIn(text)).toContain(kind);
    expect(listsIn(redact(text))).toEqual([]);
  });

  it.each([
    'The diagnostics page lists sick containers. Restart them before the depression of the queue grows.',
    'Authors: Ada Lovelace, Grace Hopper, Barbara Liskov. We study cancer, diabetes and HIV.',
    'Jane Doe, 555-0142, pregnant\nJohn Doe, 555-0143, HIV positive\nMax Mustermann, depression\n',
    'John Smith terminated the process. Mary Jones dismissed the review. Ann Lee laid off the linter.',
    'Sprint review: Brandon Keel demoed the alcohol form, Yusra Haddad the maternity leave, Piet Vermeer fixed the epilepsy warning.',
    'Nobel 2023: Katalin Karikó and Drew Weissman, for work on vaccines; earlier research on HIV and cancer.',
    'John Lennon (1940-10-09), Paul McCartney (1942-06-18), George Harrison (1943-02-25), Ringo Starr (1940-07-07)',
    'CODEOWNERS\n/src/health @anna-berg\n/src/hiv-model @t.lund\n',
    'Meeting notes: Erik Costa will fix the salary rounding bug; Iris Tanaka reviews the terminated pods issue.',
    'Berlin Office, Friedrichstr. 12, +49 30 901820\nHamburg Office, Hafenstr. 4, +49 40 428280\nMunich Office, Marienplatz 1, +49 89 233000',
    'Release 1985-04-03 of Turbo Pascal, 1987-06-01 of Quick Basic, 1991-02-20 of Visual Basic',
    'Stations: 2024-06-03 07:39 48.19100 16.34902 sensor A, 07:48 48.19292 16.38894 sensor B, 07:55 48.19486 16.35499 sensor C',
    'User: is depression covered?\nAssistant: It depends on the plan.\nUser: and burnout?\nAssistant: Yes.',
    '[10:02] Mara: the build is red\n[10:03] Lena: my husband called, back in 5\n[10:09] Lena: fixed',
    'class Patient { diagnosis: string; pregnant: boolean; hivStatus: Status; }',
    "it('marks Depression as chronic', () => { const record = new Record('Depression'); });",
  ])('are not seen in %j', (text) => {
    expect(listsIn(text)).toEqual([]);
  });

  it.each([
    'hiv ',
    'Anna Berg hiv ',
    'Anna Berg, 1985-03-04, ',
    '1985-03-04 ',
    '48.19100 16.34902 home 07:39\n',
    'Mara: my husband\n',
    'de de de de ',
    'A B ',
    'Anna ',
  ])('are looked for in linear time in a text of %j over and over', (piece) => {
    const long = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(textFacts(long, { categories: ['personal-data'] }).length).toBe(long.length);
  });
});
