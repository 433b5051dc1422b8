import { ASSIGNED_LITERALS } from './assigned-secrets.js';
import { CARRIED_LITERALS } from './carried-secrets.js';
import { CODED_LITERALS } from './coded-secrets.js';
import { COMMAND_LITERALS } from './command-secrets.js';
import { DISGUISE_LITERALS } from './disguises.js';
import { EMAIL_LITERALS } from './emails.js';
import { ENCODED_KEY_LITERALS } from './encoded-keys.js';
import type { FindingCategory } from './finding.js';
import { HEX_KEY_LITERALS } from './hex-keys.js';
import { HOME_LITERALS } from './homes.js';
import { ANCHORED_LITERALS, GLUED_LITERALS } from './injection.js';
import { LABELLED_LITERALS } from './labelled-data.js';
import { NUMBER_LABEL_LITERALS } from './labelled-numbers.js';
import { LOGIN_TABLE_LITERALS } from './login-tables.js';
import { MANIFEST_LITERALS } from './manifest-secrets.js';
import { MARKER_LITERALS } from './markers.js';
import { NEARBY_LITERALS } from './nearby-secrets.js';
import { NETWORK_KEY_LITERALS } from './network-keys.js';
import { NUMBERED_PHRASE_LITERALS } from './numbered-phrases.js';
import { ORDER_LITERALS } from './orders.js';
import { SENSITIVE_LITERALS } from './people.js';
import { RISK_LITERALS } from './people-at-risk.js';
import { PERSONAL_LABEL_LITERALS } from './personal-lists.js';
import { PLACED_LITERALS } from './placed-secrets.js';
import type { LiteralRule } from './reading.js';
import { COOKIE_LITERALS } from './session-cookies.js';
import { ALPHABET_LITERALS } from './spelled-alphabet.js';
import { SPELLED_CONTACT_LITERALS } from './spelled-contacts.js';
import { SPELLED_MAIL_LITERALS } from './spelled-mail.js';
import { SPELLED_LITERALS } from './spelled-secrets.js';
import { STRUCTURED_LITERALS } from './structured-secrets.js';
import { TOKEN_LITERALS } from './token-secrets.js';
import { TOLD_NUMBER_LITERALS } from './told-numbers.js';
import { TURNED_LITERALS } from './turned-secrets.js';
import { UNSEEN_LITERALS } from './unseen.js';
import { VENDOR_LITERALS } from './vendor-keys.js';
import { WALLET_LITERALS } from './wallet-secrets.js';

export const ALL_CATEGORIES: readonly FindingCategory[] = ['secret', 'personal-data', 'injection'];

const GROUPS: readonly (readonly [category: FindingCategory, rules: readonly LiteralRule[]])[] = [
  [
    'secret',
    [
      ...TOKEN_LITERALS,
      ...STRUCTURED_LITERALS,
      ...PLACED_LITERALS,
      ...COMMAND_LITERALS,
      ...ASSIGNED_LITERALS,
      ...NEARBY_LITERALS,
      ...CARRIED_LITERALS,
      ...MANIFEST_LITERALS,
      ...ENCODED_KEY_LITERALS,
      ...WALLET_LITERALS,
      ...NETWORK_KEY_LITERALS,
      ...VENDOR_LITERALS,
      ...SPELLED_LITERALS,
      ...ALPHABET_LITERALS,
      ...CODED_LITERALS,
      ...COOKIE_LITERALS,
      ...LOGIN_TABLE_LITERALS,
      ...TURNED_LITERALS,
      ...NUMBERED_PHRASE_LITERALS,
      ...HEX_KEY_LITERALS,
    ],
  ],
  [
    'personal-data',
    [
      ...EMAIL_LITERALS,
      ...LABELLED_LITERALS,
      ...NUMBER_LABEL_LITERALS,
      ...PERSONAL_LABEL_LITERALS,
      ...SENSITIVE_LITERALS,
      ...RISK_LITERALS,
      ...HOME_LITERALS,
      ...SPELLED_MAIL_LITERALS,
      ...SPELLED_CONTACT_LITERALS,
      ...TOLD_NUMBER_LITERALS,
    ],
  ],
  [
    'injection',
    [
      ...MARKER_LITERALS,
      ...ORDER_LITERALS,
      ...ANCHORED_LITERALS,
      ...GLUED_LITERALS,
      ...UNSEEN_LITERALS,
      ...DISGUISE_LITERALS,
    ],
  ],
];

/** The rules of some categories, in an order that does not change. */
export function literalRules(categories: ReadonlySet<FindingCategory>): readonly LiteralRule[] {
  return GROUPS.filter(([category]) => categories.has(category)).flatMap(([, list]) => list);
}

/** The category that a literal of all belongs to by its number; what stands behind the rules belongs to the last. */
export function categoryOfLiteral(number: number): FindingCategory {
  let end = 0;
  for (const [category, list] of GROUPS) {
    end += list.length;
    if (number < end) return category;
  }
  return 'injection';
}
