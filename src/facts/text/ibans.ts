import { lazily } from '../../text/lazily.js';
import { allIn, DIGIT, UPPER, UPPER_ALNUM } from './characters.js';
import { mod97 } from './checksums.js';

/**
 * How the account numbers of each country are written behind country and check digits, by the registry that SWIFT keeps for ISO 13616:
 * `n` for digits, `a` for capitals and `c` for either, each with how many of them.
 */
const STRUCTURES =
  'AD8n12c AE19n AL8n16c AT16n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BI23n BR23n1a1c BY4c4n16c CH5n12c CR18n CY8n16c CZ20n DE18n DJ23n DK14n ' +
  'DO4c20n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n GB4a14n GE2a16n GI4a15c GL14n GR7n16c GT4c20c HN4a20n HR17n HU24n ' +
  'IE4a14n IL19n IQ4a15n IS22n IT1a10n12c JO4a4n18c KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n LU3n13c LV4a13c LY21n MC10n11c2n ' +
  'MD2c18c ME18n MK3n10c2n MN16n MR23n MT4a5n18c MU4a19n3a NI4a20n NL4a10n NO11n OM3n16c PK4a16c PL24n PS4a21c PT21n QA4a21c RO4a16c RS18n ' +
  'RU14n15c SA2n18c SC4a20n3a SD14n SE20n SI15n SK20n SM1a10n12c SO19n ST21n SV4a20n TL19n TN20n TR6n16c UA6n19c VA18n VG4a16n XK16n YE4a4n18c';

/** Structures by country, and how long they are in all. */
const byCountry = lazily(
  () =>
    new Map(
      STRUCTURES.split(' ').map((entry) => [entry.slice(0, 2), { written: entry.slice(2), length: lengthOf(entry) }]),
    ),
);

function lengthOf(entry: string): number {
  return [...entry.matchAll(/\d+/g)].reduce((length, [count]) => length + Number(count), 4);
}

/** Whether what stands behind country and check digits is written so. */
function isWritten(plain: string, structure: string): boolean {
  let at = 4;
  for (const [, count, letter] of structure.matchAll(/(\d+)([nac])/g)) {
    const end = at + Number(count);
    if (!allIn(plain, letter === 'n' ? DIGIT : letter === 'a' ? UPPER : UPPER_ALNUM, at, end)) return false;
    at = end;
  }
  return true;
}

/** How many characters an IBAN of a country has, 0 where there are none. */
export function ibanLength(country: string): number {
  return byCountry().get(country)?.length ?? 0;
}

/** Whether letters in capitals and digits without blanks are an IBAN: its structure is that of its country, its check digits are right. */
export function isIban(plain: string): boolean {
  const structure = byCountry().get(plain.slice(0, 2));
  if (structure?.length !== plain.length || !allIn(plain, DIGIT, 2, 4)) return false;
  // Check digits are never 00, 01 or 99.
  return (
    !/^..(?:0[01]|99)/.test(plain) &&
    isWritten(plain, structure.written) &&
    mod97(plain.slice(4) + plain.slice(0, 4)) === 1
  );
}
