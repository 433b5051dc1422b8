import type { FindingCategory } from './finding.js';
import { TOKEN_RULES } from './token-rules.js';

// A detector cannot report another kind: `Reading` takes no other.

/** Kinds of secrets of detectors that are code; the others stand in the table of tokens. */
const TOLD_SECRETS = [
  'account-list',
  'algolia-key',
  'app-password',
  'aws-secret-key',
  'aws-session-token',
  'azure-client-secret',
  'azure-key',
  'azure-shared-access-key',
  'azure-shared-access-signature',
  'azure-storage-key',
  'basic-auth',
  'basic-auth-url',
  'bearer-token',
  'database-url',
  'datadog-key',
  'discord-webhook',
  'docker-auth',
  'fastly-token',
  'gcp-service-account',
  'generic-secret',
  'google-messaging-key',
  'jwt',
  'kubernetes-secret',
  'login-list',
  'mailchimp-key',
  'mistral-key',
  'netrc-password',
  'okta-token',
  'password',
  'password-hash',
  'pgp-private-key',
  'private-jwk',
  'private-key',
  'private-key-hex',
  'recovery-codes',
  'seed-phrase',
  'session-cookie',
  'slack-webhook',
  'spelled-password',
  'ssh-private-key',
  'teams-webhook',
  'telegram-bot-token',
  'terraform-token',
  'totp-secret',
  'twilio-key',
  'url-token',
  'wandb-key',
] as const;

export type SecretKind = (typeof TOKEN_RULES)[number]['kind'] | (typeof TOLD_SECRETS)[number];

/** Kinds of personal data. */
const PERSONAL_KINDS = [
  'au-tfn',
  'be-national-number',
  'br-cpf',
  'ca-sin',
  'ch-ahv',
  'cn-resident-id',
  'contact-list',
  'date-of-birth',
  'de-tax-id',
  'email',
  'es-dni',
  'fi-hetu',
  'fr-nir',
  'health-record',
  'iban',
  'in-aadhaar',
  'it-codice-fiscale',
  'national-id',
  'national-id-list',
  'nl-bsn',
  'passport-number',
  'passport-zone',
  'payment-card',
  'person-records',
  'phone',
  'pl-pesel',
  'sample-iban',
  'se-personnummer',
  'test-payment-card',
  'uk-bank-account',
  'uk-nhs-number',
  'uk-nino',
  'us-bank-account',
  'us-ssn',
] as const;

export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** Signs of prompt injection. */
export const INJECTION_KINDS = [
  'instruction-override',
  'jailbreak',
  'prompt-extraction',
  'concealment',
  'exfiltration',
  'role-marker',
  'forged-tool-call',
  'planted-command',
  'hidden-instruction',
  'likely-order',
] as const;

export type InjectionKind = (typeof INJECTION_KINDS)[number];

/** Kinds of a category. */
export interface KindsOf {
  readonly secret: SecretKind;
  readonly 'personal-data': PersonalKind;
  readonly injection: InjectionKind;
}

/** Every kind that a finding can have, by category, sorted. */
export const FINDING_KINDS: { readonly [C in FindingCategory]: readonly KindsOf[C][] } = {
  secret: [...new Set<SecretKind>([...TOKEN_RULES.map(({ kind }) => kind), ...TOLD_SECRETS])].toSorted(),
  'personal-data': PERSONAL_KINDS,
  injection: [...INJECTION_KINDS].toSorted(),
};
