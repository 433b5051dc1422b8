import { describe, expect, it } from 'vitest';
import { findings, redact, textFacts } from '../../src/facts/text-facts.js';
import { drawn, HEX } from './text-samples.js';

function personalIn(text: string): readonly string[] {
  return textFacts(text, { categories: ['personal-data'] }).personalData;
}

describe('personal data', () => {
  it.each([
    ['email', 'jane.doe@gmail.com'],
    ['email', 'j.doe+tag@mail.example.co.uk'],
    ['email', 'john.doe@example.com'],
    ['email', 'o_brien-9@sub.domain.museum'],
    ['phone', '+14155552671'],
    ['phone', '+1 415 555 2671'],
    ['phone', '+1 (415) 555-2671'],
    ['phone', '(212) 555-0187'],
    ['phone', '555-867-5309'],
    ['phone', '415.555.2671'],
    ['phone', '1-800-555-0199'],
    ['phone', '+44 20 7946 0958'],
    ['phone', '020 7946 0958'],
    ['phone', '07700 900123'],
    ['phone', '+49 171 1234567'],
    ['phone', '+49 (0)30 1234567'],
    ['phone', '0049 30 1234567'],
    ['phone', '+33 6 12 34 56 78'],
    ['phone', '06 12 34 56 78'],
    ['phone', '+34 612 345 678'],
    ['phone', '+5511987654321'],
    ['phone', '+81 90-1234-5678'],
    ['phone', '+91 98765 43210'],
    ['payment-card', '4539329861471774'],
    ['payment-card', '4539 3298 6147 1774'],
    ['payment-card', '4539-3298-6147-1774'],
    ['payment-card', '5425 7159 9682 1186'],
    ['payment-card', '3757 244111 18682'],
    ['payment-card', '6011027682925208'],
    ['iban', 'DE80 5001 0517 0546 4752 21'],
    ['iban', 'gb22-nwbk-4119-6458-4176-15'],
    ['test-payment-card', '4111111111111111'],
    ['test-payment-card', '4111 1111 1111 1111'],
    ['test-payment-card', '4111-1111-1111-1111'],
    ['test-payment-card', '5500 0000 0000 0004'],
    ['test-payment-card', '5555555555554444'],
    ['test-payment-card', '2223003122003222'],
    ['test-payment-card', '378282246310005'],
    ['test-payment-card', '3782 822463 10005'],
    ['test-payment-card', '6011111111111117'],
    ['test-payment-card', '3530111333300000'],
    ['test-payment-card', '30569309025904'],
    ['sample-iban', 'DE89370400440532013000'],
    ['sample-iban', 'DE89 3704 0044 0532 0130 00'],
    ['sample-iban', 'GB29 NWBK 6016 1331 9268 19'],
    ['sample-iban', 'FR1420041010050500013M02606'],
    ['sample-iban', 'NL91ABNA0417164300'],
    ['sample-iban', 'ES9121000418450200051332'],
    ['sample-iban', 'MT84MALT011000012345MTLCAST001S'],
    ['us-ssn', '536-22-1234'],
    ['uk-nino', 'AB123456C'],
    ['uk-nino', 'AB 12 34 56 C'],
    ['de-tax-id', '65 929 970 489'],
    ['fr-nir', '1 85 05 78 006 084 91'],
    ['fr-nir', '185057800608491'],
    ['es-dni', '12345678Z'],
    ['es-dni', '12345678-Z'],
    ['es-dni', 'X1234567L'],
    ['it-codice-fiscale', 'RSSMRA85T10A562S'],
    ['br-cpf', '529.982.247-25'],
    ['be-national-number', '85.07.30-033.28'],
    ['ch-ahv', '756.9217.0769.85'],
    ['se-personnummer', '811218-9876'],
    ['fi-hetu', '131052-308T'],
    ['in-aadhaar', '2341 2341 2346'],
    ['cn-resident-id', '11010519491231002X'],
  ])('%s %s is found at its place, in a sentence, in JSON and in CSV', (kind, value) => {
    for (const around of ['@@', 'Please use @@, thanks.', '{"value":"@@"}', 'a;@@;b', 'x\n@@\ny', '(@@)']) {
      const text = around.replace('@@', value);
      expect(findings(text).map((finding) => [finding.kind, text.slice(finding.start, finding.end)])).toEqual([
        [kind, value],
      ]);
      expect(personalIn(redact(text))).toEqual([]);
    }
  });

  it.each([
    ['phone', 'phone: 030 1234567'],
    ['phone', 'Tel. 0171 2345678'],
    ['phone', 'call me at 555 123 4567'],
    ['phone', 'my phone number is 555 123 4567'],
    ['phone', '"mobile": "9876543210"'],
    ['us-ssn', 'SSN 536221234'],
    ['us-ssn', 'social security number: 536 22 1234'],
    ['de-tax-id', 'Steuer-ID: 86095742719'],
    ['pl-pesel', 'PESEL 44051401359'],
    ['nl-bsn', 'BSN: 111222333'],
    ['ca-sin', 'SIN 046 454 286'],
    ['br-cpf', 'CPF 52998224725'],
    ['in-aadhaar', 'Aadhaar: 234123412346'],
    ['passport-number', 'Passport No: C01X00T47'],
    ['passport-number', 'passport number 123456789'],
    ['date-of-birth', 'Date of birth: 1985-04-12'],
    ['date-of-birth', 'DOB: 04/12/1985'],
    ['date-of-birth', 'born on April 12, 1985'],
    ['date-of-birth', 'Geburtsdatum: 12.04.1985'],
  ])('%s is known by the word before it: %j', (kind, text) => {
    expect(personalIn(text)).toEqual([kind]);
    expect(personalIn(redact(text))).toEqual([]);
  });

  it('finds several in a row', () => {
    expect(
      textFacts('4111 1111 1111 1111 12/26 123, 5500 0000 0000 0004; 555-867-5309 and 212-555-0187').personalDataCount,
    ).toBe(4);
    expect(textFacts('a.one@mail.org,b.two@mail.org;c.three@mail.org').personalDataCount).toBe(3);
  });

  it('is found in full-width digits and with invisible characters inside', () => {
    expect(personalIn('４５３９３２９８６１４７１７７４')).toEqual(['payment-card']);
    expect(personalIn('4539\u200b3298\u200b6147\u200b1774')).toEqual(['payment-card']);
    expect(personalIn('jane.doe＠gmail.com')).toEqual(['email']);
    expect(personalIn('jane.doe@gmаil.com')).toEqual(['email']);
  });
});

describe('numbers and words that are nobody’s', () => {
  it.each([
    // wrong checksums and shapes
    '4111111111111112',
    '4111 1111 1111 1112',
    'DE89370400440532013001',
    'DE00370400440532013000',
    'XX89370400440532013000',
    '000-12-3456',
    '666-12-3456',
    '900-12-3456',
    '123-00-4567',
    '123-45-0000',
    '12345678A',
    'RSSMRA85T10A562T',
    '529.982.247-26',
    'QQ123456C',
    'GB123456A',
    // ordinary numbers
    '192.168.1.100',
    '10.0.0.0/8',
    '2024-01-15T10:30:00.123456789Z',
    '2024-01-15 10:30:45',
    '15/01/2024',
    '1700000000',
    '1700000000000',
    '1700000000000000000',
    '1.2.3-beta.4',
    '0.1.2.3.4.5.6.7',
    '3.14159265358979323846',
    '12345678901234567890123456789012345678',
    '1,234,567.89',
    '555-1234',
    '978-3-16-148410-0',
    'ISO 8601, RFC 3339, IEEE 802.11',
    'rgb(255, 255, 255)',
    '-rw-r--r-- 1 root root 123456 Jan 15 10:30 file',
    '@@ -123,7 +123,8 @@',
    'line 123, column 456',
    '0x1234567890abcdef',
    '<Buffer 08 07 06 05 04 03 02 01>',
    '4111 1111 1111 1111 1111 1111 1111 1111',
    '53A0 5375 541D 542D 541E 543E 5426 544E',
    '252.227-7013',
    'a+12345678901',
    'x = +1000000000',
    `commit ${drawn(HEX, 40)}`,
    drawn(HEX, 64),
    '123e4567-e89b-12d3-a456-426614174000',
    'lat 48.858370, lon 2.294481',
    '100.00 200.00 300.00 400.00',
    'order 4000-1234',
    // addresses that are no one's, and at signs that are no addresses
    'noreply@github.com',
    'git@github.com:owner/repo.git',
    'ssh://git@host.example.org/x',
    'user@example.com',
    'you@example.org',
    '49699333+dependabot[bot]@users.noreply.github.com',
    'https://user:secret@host.example.org/',
    'npm install lodash@4.17.21',
    'actions/checkout@v4.1.0',
    'import x from "@scope/pkg"',
    'logo@2x.png',
    'user@host',
    'root@server:~#',
    'a@b',
    'foo@bar.service',
    '@media (max-width: 10px)',
    '$foo@bar.local',
  ])('%j', (text) => {
    expect(personalIn(text)).toEqual([]);
  });
});
