import { describe, expect, it } from 'vitest';
import { textFacts } from '../../src/facts/text-facts.js';

function foundIn(text: string): readonly string[] {
  const { secrets, personalData } = textFacts(text);
  return [...secrets, ...personalData];
}

const lines = (...rows: readonly string[]): string => rows.join('\n');

describe('people whose addresses and numbers are written for nobody to find', () => {
  it.each([
    lines(
      'Birgit Stamm - birgit.stamm (at) gmx (dot) de - zero1 5 1 / 4 4 0 9 1 7 2 6',
      'Hannes Obermoser - hannes [punkt] obermoser [klammeraffe] aon [punkt] at - zero6 7 6 / 3 3 8 1 2 0 9',
      'Tatjana Krüger - tkrueger77 AT web DOT de - zero1 7 6 / 8 2 1 1 4 0 3 5',
      'Lotte Dirks - lottedirks_at_posteo_dot_net - zero1 5 7 / 3 0 2 4 4 8 1 9',
    ),
    lines(
      'Birgit Stamm: birgit.stamm (at) gmx (dot) de',
      'Tatjana Krüger: tkrueger77 AT web DOT de',
      'Emre Aksoy: emre.aksoy(at)t-online(dot)de',
      'Lotte Dirks: lottedirks_at_posteo_dot_net',
      'Jens Wachowiak: j.wachowiak at freenet dot de',
    ),
    lines(
      'Claire Morel claire.morel [arobase] orange [point] fr',
      'Hugo Petit hugo.petit (arobase) free (point) fr',
      'Inès Da Silva ines.ds arobase gmail point com',
      'Paul Roux proux [arobase] laposte [point] net',
      'Lea Blanc lea [point] blanc [arobase] sfr [point] fr',
    ),
    lines(
      'Giulia Ricci, giulia.ricci chiocciola libero punto it',
      'Marco Conti, marco.conti [chiocciola] gmail [punto] com',
      'Sara Villa, saravilla (chiocciola) virgilio (punto) it',
      'Luca Bruni, luca.b chiocciola tiscali punto it',
      'Anna Serra, anna.serra [chiocciola] alice [punto] it',
    ),
    lines(
      'Lucía Paredes: lucia.paredes (arroba) gmail (punto) com',
      'Iván Robles: irobles [arroba] hotmail [punto] com',
      'Nuria Sanz: nuria arroba yahoo punto es',
      'Teo Lara: teo.lara (arroba) outlook (punto) es',
      'Marta Gil: martagil [arroba] icloud [punto] com',
    ),
    lines(
      'Birgit Stamm, birgit.stamm (at) gmx (dot) de, 0151 44091726',
      'Emre Aksoy, emre.aksoy(at)t-online(dot)de, 0160 90771524',
      'Lotte Dirks, lottedirks_at_posteo_dot_net, 0157 30244819',
    ),
    lines(
      'Birgit Stamm 0 1 5 1 / 4 4 0 9 1 7 2 6',
      'Hannes Obermoser 0 6 7 6 / 3 3 8 1 2 0 9',
      'Tatjana Krüger 0 1 7 6 / 8 2 1 1 4 0 3 5',
      'Emre Aksoy 0 1 6 0 / 9 0 7 7 1 5 2 4',
      'Lotte Dirks 0 1 5 7 / 3 0 2 4 4 8 1 9',
    ),
    lines(
      'Birgit Stamm null eins fünf eins vier vier null neun eins sieben zwei sechs',
      'Hannes Obermoser null sechs sieben sechs drei drei acht eins zwei null neun',
      'Tatjana Krüger null eins sieben sechs acht zwei eins eins vier null drei fünf',
      'Emre Aksoy null eins sechs null neun null sieben sieben eins fünf zwei vier',
      'Lotte Dirks null eins fünf sieben drei null zwei vier vier acht eins neun',
    ),
  ])('a list of contacts in %j', (text) => {
    expect(foundIn(text)).toContain('contact-list');
  });

  it.each([
    'Program committee: Jane Doe (jane at cs.uni.edu), Ann Lee (ann at ox.ac.uk), Bo Berg (bo at kth.se), Cy Day (cy at gmail.com), Di Eck (di at gmail.com)',
    'Meet Anna Berg at gmail.com offices. John Smith at web.de said so. The table at posteo.net was fine. Eva Falk at yahoo.com agreed. Gus Hein at gmx.net did not.',
    lines(
      'Row 1 Anna Berg 0 1 0 1 1 0 0 1 1',
      'Row 2 Carl Dorn 0 1 1 1 0 0 1 1 0',
      'Row 3 Eva Falk 0 0 1 1 0 1 1 0 0',
      'Row 4 Gus Hein 0 1 1 0 0 1 0 1 1',
      'Row 5 Ida Jung 0 1 0 1 0 1 0 1 1',
    ),
    'Impressum: Birgit Stamm, birgit (at) stamm-design (dot) de, Telefon 0151 44091726',
    lines(
      'Ansprechpartner:',
      'Birgit Stamm birgit.stamm (at) kontor (punkt) de',
      'Emre Aksoy emre.aksoy (at) kontor (punkt) de',
      'Lotte Dirks lotte.dirks (at) kontor (punkt) de',
      'Jens Wachowiak jens.wachowiak (at) kontor (punkt) de',
      'Ida Jung ida.jung (at) kontor (punkt) de',
    ),
    lines(
      'Reporter: Anna Berg, anna (at) example (dot) com',
      'Reviewer: Carl Dorn, carl (at) example (dot) com',
      'Owner: Eva Falk, eva (at) example (dot) com',
      'Lead: Gus Hein, gus (at) example (dot) com',
      'Tester: Ida Jung, ida (at) example (dot) com',
    ),
    'Authors: Anna Berg anna (at) gmail (dot) com, Carl Dorn carl (at) gmail (dot) com, Eva Falk eva (at) gmail (dot) com, Gus Hein gus (at) gmail (dot) com, Ida Jung ida (at) gmail (dot) com',
    'Write to Anna Berg, anna.berg (at) gmx (dot) de, or to Carl Dorn, carl.dorn (at) web (dot) de.',
    'Lottozahlen: Anna Berg tippt 0 7 1 3 2 2 4 1 4 9, Carl Dorn tippt 0 3 1 8 2 7 3 3 4 5.',
    'matrix_at_row_dot_col, index_at_key_dot_name and value_at_path_dot_next are generated names',
  ])('no list of contacts in %j', (text) => {
    expect(foundIn(text)).not.toContain('contact-list');
  });
});
