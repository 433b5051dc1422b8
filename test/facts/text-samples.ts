/** Alphabets of tokens. */
export const HEX = '0123456789abcdef';
export const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const URL_SAFE = `${ALNUM}-_`;
export const BASE64 = `${ALNUM}+/`;

/**
 * Text of a length drawn from an alphabet, the same for the same seed. The tokens of these tests are made at run time, so
 * that no file of the project holds anything that looks like a live secret.
 */
export function drawn(alphabet: string, length: number, seed = 1): string {
  let state = (seed * 2654435761 + length * 40503 + alphabet.length) >>> 0;
  let text = '';
  for (let i = 0; i < length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    text += alphabet.charAt(state % alphabet.length);
  }
  return text;
}

/** A UUID of drawn digits. */
export function drawnUuid(seed = 1): string {
  const digits = drawn(HEX, 32, seed);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}

export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function armor(label: string, seed = 1): string {
  const body = drawn(BASE64, 320, seed).replace(/(.{64})/g, '$1\n');
  return `-----BEGIN ${label}-----\n${body}-----END ${label}-----`;
}

function jwt(seed = 1): string {
  const part = (value: object): string =>
    base64(JSON.stringify(value)).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: drawn(LOWER, 8, seed), iat: 1_700_000_000 })}.${drawn(URL_SAFE, 43, seed)}`;
}

/** A secret of each kind with the text it stands in: [kind, secret, text around it with `@@` in its place]. */
export function secretSamples(seed = 1): readonly (readonly [kind: string, secret: string, text: string])[] {
  const d = (alphabet: string, length: number): string => drawn(alphabet, length, seed);
  return [
    ['aws-access-key', `AKIA${d(UPPER, 16)}`, 'aws_access_key_id = @@'],
    ['aws-access-key', `ASIA${d(UPPER, 16)}`, 'key @@.'],
    ['aws-secret-key', d(BASE64, 40), 'aws_secret_access_key = @@'],
    ['aws-secret-key', d(BASE64, 40), '"SecretAccessKey": "@@",'],
    ['aws-session-token', `IQoJb3${d(BASE64, 200)}`, 'AWS_SESSION_TOKEN=@@'],
    ['google-api-key', `AIza${d(URL_SAFE, 34)}x`, 'https://maps.example.org/?key=@@'],
    ['google-oauth-token', `ya29.${d(URL_SAFE, 59)}x`, 'access: @@'],
    ['google-oauth-secret', `GOCSPX-${d(URL_SAFE, 27)}x`, '@@'],
    ['gcp-service-account', d(HEX, 40), '{"type": "service_account", "private_key_id": "@@"}'],
    ['github-token', `ghp_${d(ALNUM, 36)}`, 'git clone https://@@@github.com/a/b'],
    ['github-token', `gho_${d(ALNUM, 36)}`, 'token @@'],
    ['github-token', `ghs_${d(ALNUM, 36)}`, "'@@'"],
    ['github-token', `github_pat_${d(ALNUM, 22)}_${d(ALNUM, 59)}`, 'export GH=@@'],
    ['gitlab-token', `glpat-${d(URL_SAFE, 19)}x`, 'PRIVATE-TOKEN: @@'],
    ['atlassian-token', `ATATT3xFfGF0${d(URL_SAFE, 170)}=${d(UPPER, 8)}`, '@@'],
    ['slack-token', `xoxb-${d('0123456789', 12)}-${d('0123456789', 13)}-${d(ALNUM, 24)}`, 'SLACK=@@'],
    ['slack-token', `xapp-1-${d(UPPER, 11)}-${d('0123456789', 13)}-${d(HEX, 64)}`, '@@'],
    ['slack-webhook', `hooks.slack.com/services/T${d(UPPER, 9)}/B${d(UPPER, 10)}/${d(ALNUM, 24)}`, 'curl https://@@'],
    ['discord-webhook', `/api/webhooks/${d('123456789', 18)}/${d(URL_SAFE, 67)}x`, 'https://discord.com@@'],
    ['discord-token', `${base64(d('123456789', 18))}.G${d(ALNUM, 5)}.${d(URL_SAFE, 37)}x`, 'client.login("@@")'],
    ['telegram-bot-token', `${d('123456789', 10)}:AA${d(URL_SAFE, 32)}x`, 'https://api.telegram.org/bot@@/getMe'],
    ['stripe-key', `sk_live_${d(ALNUM, 24)}`, "stripe('@@')"],
    ['stripe-key', `rk_test_${d(ALNUM, 99)}`, '@@'],
    ['stripe-webhook-secret', `whsec_${d(ALNUM, 32)}`, '@@'],
    ['shopify-token', `shpat_${d(HEX, 32)}`, 'X-Shopify-Access-Token: @@'],
    ['square-token', `sq0atp-${d(URL_SAFE, 21)}x`, '@@'],
    ['openai-key', `sk-${d(ALNUM, 20)}T3BlbkFJ${d(ALNUM, 20)}`, 'OPENAI_API_KEY=@@'],
    ['openai-key', `sk-proj-${d(URL_SAFE, 120)}x`, '"@@"'],
    ['anthropic-key', `sk-ant-api03-${d(URL_SAFE, 92)}x`, 'x-api-key: @@'],
    ['huggingface-token', `hf_${d(ALNUM, 34)}`, 'HF_TOKEN=@@'],
    ['openrouter-key', `sk-or-v1-${d(HEX, 64)}`, '@@'],
    ['groq-key', `gsk_${d(ALNUM, 52)}`, '@@'],
    ['replicate-token', `r8_${d(ALNUM, 37)}`, '@@'],
    ['langsmith-key', `lsv2_pt_${d(HEX, 32)}_${d(HEX, 10)}`, '@@'],
    ['npm-token', `npm_${d(ALNUM, 36)}`, '//registry.npmjs.org/:_authToken=@@'],
    ['npm-token', drawnUuid(seed), '//registry.npmjs.org/:_authToken=@@'],
    ['pypi-token', `pypi-AgEIcHlwaS5vcmc${d(URL_SAFE, 140)}x`, 'password = @@'],
    ['rubygems-key', `rubygems_${d(HEX, 48)}`, '@@'],
    ['docker-token', `dckr_pat_${d(URL_SAFE, 26)}x`, 'docker login -u me -p @@'],
    ['docker-auth', base64(`deploy:${d(ALNUM, 12)}`), '{"auths":{"ghcr.io":{"auth":"@@"}}}'],
    ['azure-storage-key', `${d(BASE64, 86)}==`, 'AccountName=x;AccountKey=@@;EndpointSuffix=core.windows.net'],
    ['azure-shared-access-key', `${d(BASE64, 43)}=`, 'Endpoint=sb://x;SharedAccessKeyName=n;SharedAccessKey=@@'],
    ['azure-client-secret', `${d(ALNUM, 3)}8Q~${d(ALNUM, 33)}`, 'AZURE_CLIENT_SECRET: @@'],
    ['sendgrid-key', `SG.${d(URL_SAFE, 21)}x.${d(URL_SAFE, 42)}x`, '@@'],
    ['mailgun-key', `key-${d(HEX, 32)}`, '@@'],
    ['mailchimp-key', `${d(HEX, 32)}-us12`, '@@'],
    ['twilio-key', `SK${d(HEX, 32)}`, '@@'],
    ['twilio-key', d(HEX, 32), 'TWILIO_AUTH_TOKEN=@@'],
    ['digitalocean-token', `dop_v1_${d(HEX, 64)}`, '@@'],
    ['heroku-key', drawnUuid(seed), 'HEROKU_API_KEY=@@'],
    ['datadog-key', d(HEX, 32), 'DD_API_KEY=@@'],
    ['cloudflare-token', d(URL_SAFE, 39).concat('x'), 'CLOUDFLARE_API_TOKEN=@@'],
    ['databricks-token', `dapi${d(HEX, 32)}`, '@@'],
    ['vault-token', `hvs.${d(URL_SAFE, 90)}x`, 'VAULT_TOKEN=@@'],
    ['grafana-token', `glsa_${d(ALNUM, 32)}_${d(HEX, 8)}`, '@@'],
    ['newrelic-key', `NRAK-${d(UPPER, 27)}`, '@@'],
    ['sentry-token', `sntrys_${d(BASE64, 80)}`, '@@'],
    ['linear-key', `lin_api_${d(ALNUM, 40)}`, '@@'],
    ['notion-token', `ntn_${d(ALNUM, 46)}`, '@@'],
    ['figma-token', `figd_${d(URL_SAFE, 39)}x`, '@@'],
    ['postman-key', `PMAK-${d(HEX, 24)}-${d(HEX, 34)}`, '@@'],
    ['airtable-token', `pat${d(ALNUM, 14)}.${d(HEX, 64)}`, '@@'],
    ['tailscale-key', `tskey-auth-${d(ALNUM, 12)}-${d(ALNUM, 32)}`, '@@'],
    ['doppler-token', `dp.pt.${d(ALNUM, 43)}`, '@@'],
    ['planetscale-token', `pscale_tkn_${d(URL_SAFE, 42)}x`, '@@'],
    ['jwt', jwt(seed), 'Authorization: Bearer @@'],
    ['jwt', jwt(seed), '@@'],
    ['private-key', armor('RSA PRIVATE KEY', seed), '@@'],
    ['private-key', armor('PRIVATE KEY', seed), 'key:\n@@\n'],
    ['private-key', armor('ENCRYPTED PRIVATE KEY', seed), '@@'],
    ['private-key', armor('PRIVATE KEY', seed).replaceAll('\n', '\\n'), '{"private_key": "@@"}'],
    ['ssh-private-key', armor('OPENSSH PRIVATE KEY', seed), '@@'],
    ['pgp-private-key', armor('PGP PRIVATE KEY BLOCK', seed), '@@'],
    ['database-url', `a${d(ALNUM, 10)}9`, 'postgres://app:@@@db.example.org:5432/app'],
    ['database-url', `a${d(ALNUM, 10)}9`, 'mongodb+srv://app:@@@cluster0.mongodb.net/test'],
    ['database-url', `a${d(ALNUM, 10)}9`, 'REDIS_URL=redis://:@@@10.0.0.5:6379/0'],
    ['basic-auth-url', `a${d(ALNUM, 10)}9`, 'https://alice:@@@intranet.example.org/'],
    ['bearer-token', d(ALNUM, 40), 'Authorization: Bearer @@'],
    ['basic-auth', base64(`alice:${d(ALNUM, 10)}`), 'Authorization: Basic @@'],
    ['basic-auth', `a${d(ALNUM, 10)}9`, 'curl -u alice:@@ https://example.org'],
    ['netrc-password', `a${d(ALNUM, 10)}9`, 'machine api.example.org\n  login me\n  password @@'],
    ['password-hash', `$6$${d(ALNUM, 16)}$${d(ALNUM, 86)}`, 'root:@@:19000:0:99999:7:::'],
    ['generic-secret', d(ALNUM, 32), 'api_key = "@@"'],
    ['generic-secret', d(ALNUM, 32), 'export SERVICE_TOKEN=@@'],
    ['generic-secret', d(HEX, 40), '{"client_secret":"@@"}'],
    ['private-key-hex', `0x${d(HEX, 64)}`, 'PRIVATE_KEY=@@'],
  ];
}
