import type { Machine } from './shell-machine.js';
import { noteSetting } from './shell-notes.js';

/** Settings that switch a check of certificates off: whose, its name, the file by its end, and the line. */
const checksOff: readonly (readonly [program: string, key: string, file: RegExp, line: RegExp])[] = [
  [
    'curl',
    'insecure',
    /(?:^|\/)[._]?curlrc$|\.curlrc$/,
    /^\s*(?:-k|(?:--)?(?:(?:proxy-|doh-)?insecure|ssl-no-revoke))\s*$/m,
  ],
  ['wget', 'check_certificate', /(?:^|\/)\.?wget2?rc$/, /^\s*check[-_]?certificate\s*=\s*(?:off|no|0|false|quiet)/im],
  [
    'git',
    'http.sslverify',
    /(?:^|\/)\.?git(?:config|\/config)$|\.gitconfig$/,
    /^\s*(?:\[http[^\]\n]*\]\s*)?sslVerify\s*=\s*(?:false|no|off|0)/im,
  ],
  ['npm', 'strict-ssl', /(?:^|\/)\.?npmrc$/, /^\s*strict-ssl\s*=\s*(?:false|0|null)/im],
  [
    'yarn',
    'enablestrictssl',
    /(?:^|\/)\.yarnrc(?:\.yml)?$/,
    /^\s*(?:enableStrictSsl\s*:|strict-ssl)\s*"?(?:false|0)/im,
  ],
  ['pip', 'trusted-host', /(?:^|\/)pip\.(?:conf|ini)$/, /^\s*trusted-host\s*=/im],
  ['conda', 'ssl_verify', /(?:^|\/)\.?(?:conda|mamba)rc$/, /^\s*ssl_verify\s*:\s*(?:false|no|off)/im],
  ['bundle', 'ssl_verify_mode', /(?:^|\/)\.bundle\/config$/, /SSL_VERIFY_MODE\S*\s*:\s*"?0/i],
  ['gem', 'ssl_verify_mode', /(?:^|\/)\.?gemrc$/, /^\s*:?ssl_verify_mode\s*:\s*0/im],
  ['uv', 'allow-insecure-host', /(?:^|\/)(?:uv|pyproject)\.toml$/, /^\s*allow-insecure-host\s*=/im],
  ['composer', 'disable-tls', /(?:^|\/)(?:composer|config)\.json$/, /"disable-tls"\s*:\s*true/i],
  ['aws', 'verify_ssl', /(?:^|\/)\.aws\/config$/, /^\s*verify_ssl\s*=\s*false/im],
];
/** What the names of all these files end in. */
const mayBeOne = /(?:rc|\.yml|config|\.conf|\.ini|\.toml|\.json)$/;
/** Longer texts are no settings. */
const longestText = 16_384;

/** Records the settings in a file of a client that switch its check of certificates off. */
export function noteSettingsFile(machine: Machine, path: string, text: string | undefined): void {
  if (text === undefined || text.length > longestText || !mayBeOne.test(path)) return;
  for (const [program, key, file, line] of checksOff)
    if (file.test(path) && line.test(text)) noteSetting(machine, program, key);
}
