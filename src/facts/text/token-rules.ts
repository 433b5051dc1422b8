import {
  ALNUM,
  ANY_HEX,
  allIn,
  BASE64,
  DASH,
  DOTTED,
  EITHER_BASE64,
  EQUALS,
  HEX,
  LOWER_ALNUM,
  UPPER_ALNUM,
  URL_SAFE,
  WORD,
} from './characters.js';

/** A kind of secret that its issuer marks with a fixed beginning. */
export interface TokenRule<Kind extends string = string> {
  readonly kind: Kind;
  /** Compared exactly, letter case included. */
  readonly prefixes: readonly string[];
  /** Alphabet of what follows the prefix. */
  readonly alphabet: number;
  readonly min: number;
  readonly max: number;
  /** Bits for each character that what follows must have; by default a measure that follows from the alphabet. */
  readonly entropy?: number;
  /** What else must hold of what follows the prefix. */
  readonly check?: (body: string, prefix: string) => boolean;
}

type Extra = Pick<TokenRule, 'entropy' | 'check'>;

function rule<Kind extends string>(
  kind: Kind,
  prefixes: string,
  alphabet: number,
  min: number,
  max = min,
  extra: Extra = {},
): TokenRule<Kind> {
  return { kind, prefixes: prefixes.split(' '), alphabet, min, max, ...extra };
}

const LONG = 512;

/** `parts` of the given alphabets and least lengths, joined by dots. */
function dotted(...parts: readonly (readonly [alphabet: number, min: number])[]): (body: string) => boolean {
  return (body) => {
    const pieces = body.split('.');
    return (
      pieces.length === parts.length &&
      parts.every(([alphabet, min], i) => (pieces[i]?.length ?? 0) >= min && allIn(pieces[i] ?? '', alphabet))
    );
  };
}

const hasDigit = (body: string): boolean => /\d/.test(body);

/** Keys of OpenAI and of those who copied their form; Anthropic and others have rules of their own with longer prefixes. */
const plainSk = (body: string): boolean =>
  !/^(?:ant|or|lf|proj|svcacct|admin|None)-/.test(body) && hasDigit(body) && !/^[a-z]+(?:-[a-z]+)+/.test(body);

/**
 * The table of marked secrets. Sources: the issuers' documentation and the public rules of secret scanners, as of 2025.
 * Lengths are what is issued today with some room above, because issuers lengthen their tokens.
 */
export const TOKEN_RULES = [
  // The body of a private key whose frame was taken away: how each kind begins in base64.
  rule(
    'private-key',
    'MHcCAQEE MIGkAgEBBD MIIEpAIBAAKC MIIEowIBAAKC MIIEogIBAAKC MIIEpQIBAAKC MIIJKAIBAAKC MIIJKQIBAAKC MIIJKgIBAAKC ' +
      'MIICXAIBAAKB MIICXQIBAAKB MIICWwIBAAKB MIIEvAIBADAN MIIEvQIBADAN MIIEvgIBADAN MIIEwAIBADAN MIICdgIBADAN ' +
      'MIICdwIBADAN MIIJQgIBADAN MIIJQwIBADAN MIIJRAIBADAN MIGHAgEAMBMG MIG2AgEAMBAG MC4CAQAwBQYDK2Vw b3BlbnNzaC1rZXktdjE',
    BASE64,
    24,
    16_384,
  ),
  rule('aws-access-key', 'AKIA ASIA ABIA ACCA', UPPER_ALNUM, 16),
  rule('alibaba-key', 'LTAI', ALNUM, 16, 26, { entropy: 3 }),
  rule('tencent-key', 'AKID', ALNUM, 32, 40),
  rule('google-api-key', 'AIza', URL_SAFE, 35),
  rule('google-oauth-token', 'ya29.', URL_SAFE, 40, LONG),
  rule('google-oauth-secret', 'GOCSPX-', URL_SAFE, 24, 32),
  rule('google-refresh-token', '1//0', URL_SAFE, 60, 160),
  rule('github-token', 'ghp_ gho_ ghu_ ghs_ ghr_', ALNUM, 36, 255),
  rule('github-token', 'github_pat_', WORD, 60, 255),
  rule(
    'gitlab-token',
    'glpat- gldt- glrt- glptt- glft- glimt- glagent- gloas- glsoat- glcbt- glffct- glwt-',
    DOTTED,
    20,
    300,
  ),
  rule('gitlab-token', 'GR1348941', URL_SAFE, 20, 30),
  rule('bitbucket-token', 'ATBB', ALNUM, 24, 36),
  rule('atlassian-token', 'ATATT3 ATCTT3', EITHER_BASE64 | EQUALS, 60, 260),
  rule(
    'slack-token',
    'xoxb- xoxp- xoxa- xoxr- xoxs- xoxc- xoxd- xoxo- xoxe- xoxe.xoxp- xoxe.xoxb-',
    URL_SAFE,
    20,
    LONG,
    { check: hasDigit },
  ),
  rule('slack-token', 'xapp-', URL_SAFE, 30, 200, { check: hasDigit }),
  rule('stripe-key', 'sk_live_ rk_live_ sk_test_ rk_test_', ALNUM, 16, 250),
  rule('stripe-webhook-secret', 'whsec_', BASE64, 24, 80),
  rule('npm-token', 'npm_', ALNUM, 36),
  rule('pypi-token', 'pypi-AgE', URL_SAFE, 50, LONG),
  rule('rubygems-key', 'rubygems_', HEX, 48),
  rule('crates-token', 'cio', ALNUM, 32),
  rule('nuget-key', 'oy2', LOWER_ALNUM, 43),
  rule('docker-token', 'dckr_pat_ dckr_oat_', URL_SAFE, 24, 60),
  rule('jfrog-token', 'AKCp', ALNUM, 68, 100),
  rule('openai-key', 'sk-proj- sk-svcacct- sk-admin- sk-None-', URL_SAFE, 20, 300, { check: hasDigit }),
  rule('openai-key', 'sk-', URL_SAFE, 32, 200, { check: plainSk }),
  rule('anthropic-key', 'sk-ant-', URL_SAFE, 20, 200, { check: hasDigit }),
  rule('openrouter-key', 'sk-or-v1- sk-or-', HEX, 40, 80),
  rule('langfuse-key', 'sk-lf-', URL_SAFE, 30, 60),
  rule('groq-key', 'gsk_', ALNUM, 48, 60),
  rule('xai-key', 'xai-', ALNUM, 70, 100),
  rule('perplexity-key', 'pplx-', ALNUM, 40, 64),
  rule('replicate-token', 'r8_', ALNUM, 37, 40),
  rule('huggingface-token', 'hf_', ALNUM, 34, 40),
  rule('huggingface-token', 'api_org_', ALNUM, 34, 40),
  rule('langsmith-key', 'lsv2_pt_ lsv2_sk_', WORD, 40, 60),
  rule('tavily-key', 'tvly-', URL_SAFE, 28, 60, { check: hasDigit }),
  rule('pinecone-key', 'pcsk_', WORD, 60, 90),
  rule('elevenlabs-key', 'sk_', HEX, 48),
  rule('nvidia-key', 'nvapi-', URL_SAFE, 60, 80),
  rule('sendgrid-key', 'SG.', DOTTED, 60, 90, { check: dotted([URL_SAFE, 16], [URL_SAFE, 39]) }),
  rule('mailgun-key', 'key-', LOWER_ALNUM, 32, 32, { entropy: 3, check: hasDigit }),
  rule('brevo-key', 'xkeysib-', URL_SAFE, 70, 100),
  rule('resend-key', 're_', WORD, 28, 40, {
    check: (body) => /^[A-Za-z0-9]{6,12}_[A-Za-z0-9]{18,}$/.test(body) && hasDigit(body),
  }),
  rule('postmark-token', 'POSTMARK-', ANY_HEX, 32, 40),
  rule('digitalocean-token', 'dop_v1_ doo_v1_ dor_v1_', HEX, 64),
  rule('heroku-key', 'HRKU-', URL_SAFE, 36, 80),
  rule('fly-token', 'fm2_ fm1r_ fm1a_ fo1_', EITHER_BASE64, 40, LONG),
  rule('netlify-token', 'nfp_', ALNUM, 36, 44),
  rule('vercel-token', 'vcp_ vck_ vci_', ALNUM, 24, 80),
  rule('supabase-key', 'sbp_ sb_secret_', URL_SAFE, 30, 60),
  rule('planetscale-token', 'pscale_tkn_ pscale_pw_ pscale_oauth_', DOTTED, 32, 64),
  rule('cloudflare-token', 'v1.0-', URL_SAFE, 100, 220),
  rule('shopify-token', 'shpat_ shpca_ shppa_ shpss_', ANY_HEX, 32),
  rule('square-token', 'sq0atp- sq0csp- sq0idp-', URL_SAFE, 22, 50),
  rule('square-token', 'EAAAE EAAAl', URL_SAFE, 55, 70),
  rule('facebook-token', 'EAACEdEose0cBA EAAB EAAG', ALNUM, 60, 300),
  rule('plaid-token', 'access-production- access-development- access-sandbox-', URL_SAFE, 36),
  rule('dropbox-token', 'sl.', URL_SAFE, 120, LONG),
  rule('dropbox-token', 'sl.u. sl.A. sl.B.', URL_SAFE, 80, LONG),
  rule('databricks-token', 'dapi', URL_SAFE, 32, 34, { check: (body) => /^[0-9a-f]{32}(?:-\d)?$/.test(body) }),
  rule('doppler-token', 'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.', DOTTED, 40, 64),
  rule('vault-token', 'hvs. hvb. hvr.', URL_SAFE, 24, 300),
  rule('pulumi-token', 'pul-', HEX, 40),
  rule('grafana-token', 'glsa_', WORD, 40, 60),
  rule('grafana-token', 'glc_', BASE64, 40, LONG),
  rule('newrelic-key', 'NRAK-', UPPER_ALNUM, 27),
  rule('newrelic-key', 'NRII- NRAA- NRRA- NRSP-', URL_SAFE, 27, 64),
  rule('honeycomb-key', 'hcaik_ hcbik_ hcamk_ hcbmk_ hcxik_ hcxmk_ hcxlk_', LOWER_ALNUM, 32, 64),
  rule('axiom-token', 'xaat- xapt-', ANY_HEX | DASH, 36),
  rule('posthog-key', 'phx_', ALNUM, 40, 64),
  rule('coralogix-key', 'cxtp_ cxup_', ALNUM, 24, 40),
  rule('launchdarkly-key', 'sdk-', HEX | DASH, 36, 36, { check: hasDigit }),
  rule('logfire-token', 'pylf_v1_', WORD, 40, 64),
  rule('sentry-token', 'sntrys_ sntryu_', EITHER_BASE64, 40, 300),
  rule('dynatrace-token', 'dt0c01. dt0s01.', DOTTED, 70, 100, { check: dotted([UPPER_ALNUM, 20], [UPPER_ALNUM, 40]) }),
  rule('sonar-token', 'squ_ sqp_ sqa_', HEX, 40),
  rule('sourcegraph-token', 'sgp_', WORD, 40, 64, { check: hasDigit }),
  rule('linear-key', 'lin_api_ lin_oauth_', ALNUM, 40, 64),
  rule('notion-token', 'ntn_', ALNUM, 40, 50),
  rule('notion-token', 'secret_', ALNUM, 43),
  rule('figma-token', 'figd_ figo_', URL_SAFE, 36, 60),
  rule('postman-key', 'PMAK-', HEX | DASH, 59),
  rule('contentful-token', 'CFPAT-', URL_SAFE, 43),
  rule('airtable-token', 'pat', DOTTED, 79, 79, { check: dotted([ALNUM, 14], [HEX, 64]) }),
  rule('hubspot-token', 'pat-na1- pat-eu1-', ANY_HEX | DASH, 36),
  rule('mapbox-token', 'sk.eyJ', DOTTED, 60, 200),
  rule('duffel-token', 'duffel_live_ duffel_test_', URL_SAFE, 40, 50),
  rule('easypost-key', 'EZAK EZTK', ALNUM, 54),
  rule('shippo-token', 'shippo_live_ shippo_test_', HEX, 40),
  rule('readme-key', 'rdme_', LOWER_ALNUM, 60, 80),
  rule('typeform-token', 'tfp_', DOTTED, 40, 64),
  rule('prefect-key', 'pnu_ pnb_', LOWER_ALNUM, 36),
  rule('tailscale-key', 'tskey-auth- tskey-api- tskey-client- tskey-scim- tskey-webhook-', URL_SAFE, 20, 80, {
    check: hasDigit,
  }),
  rule('trello-token', 'ATTA', HEX, 64, 72),
  rule('onepassword-token', 'ops_eyJ', EITHER_BASE64, 200, 1024),
  rule('age-key', 'AGE-SECRET-KEY-1', UPPER_ALNUM, 58),
  rule('infracost-key', 'ico-', ALNUM, 32),
  rule('adafruit-key', 'aio_', ALNUM, 28),
  rule('discord-token', 'mfa.', URL_SAFE, 80, 100),
  rule('mattermost-token', 'mmtok-', ALNUM, 26),
  rule('clojars-token', 'CLOJARS_', LOWER_ALNUM, 60),
  rule('buildkite-token', 'bkua_ bkct_', ALNUM, 40, 48),
  rule('circleci-token', 'CCIPAT_ CCIPRJ_', WORD, 40, 100),
  rule('snyk-token', 'snyk_uat. snyk_sat.', DOTTED, 40, 200),
  rule('cohere-key', 'co_api_', ALNUM, 32, 64),
  rule('brevo-key', 'xsmtpsib-', URL_SAFE, 70, 100),
  rule('cerebras-key', 'csk-', LOWER_ALNUM, 48, 52),
  rule('together-key', 'tgp_v1_', URL_SAFE, 40, 50),
  rule('jina-key', 'jina_', URL_SAFE, 60, 70),
  rule('aws-bedrock-key', 'ABSKQmVkcm9ja0FQSUtleS', BASE64 | EQUALS, 60, 200),
  rule('runpod-key', 'rpa_', UPPER_ALNUM, 36, 50),
  rule('apify-token', 'apify_api_', ALNUM, 36),
  rule('firecrawl-key', 'fc-', HEX, 32),
  rule('flutterwave-key', 'FLWSECK- FLWSECK_TEST- FLWSECK_LIVE-', URL_SAFE, 30, 50, { check: hasDigit }),
  rule('neon-key', 'napi_', LOWER_ALNUM, 60, 72),
  rule('inngest-key', 'signkey-prod- signkey-test-', HEX, 32, 64),
  rule('vercel-token', 'vercel_blob_rw_', WORD, 40, 80),
  rule('wakatime-key', 'waka_', HEX | DASH, 36, 36, { check: hasDigit }),
  rule('frameio-token', 'fio-u-', URL_SAFE, 60, 70),
  rule('calendly-key', 'cal_live_', HEX, 32),
  rule('yandex-token', 'y0_', URL_SAFE, 50, 64),
  rule('yandex-key', 'AQVN', URL_SAFE, 35, 40),
  rule('honeybadger-key', 'hbp_', ALNUM, 30, 40),
  rule('defined-key', 'dnkey-', URL_SAFE, 70, 90),
  rule('backblaze-key', 'K001 K002 K003 K004 K005', BASE64, 27, 27, {
    check: (body) => hasDigit(body) && /[a-z]/.test(body) && /[A-Z]/.test(body),
  }),
  rule('stream-key', 'live_', WORD, 36, 48, { check: (body) => /^\d{6,12}_[A-Za-z0-9]{28,36}$/.test(body) }),
  rule('wallet-key', 'nsec1', LOWER_ALNUM, 58),
  rule('wallet-key', 'edsk', ALNUM, 50, 94, {
    check: (body) => (body.length === 50 || body.length === 94) && hasDigit(body),
  }),
  rule('aikido-key', 'AIK_CI_ AIK_', ALNUM, 40, 80),
];
