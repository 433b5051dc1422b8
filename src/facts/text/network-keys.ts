import { ANY_HEX, allIn } from './characters.js';
import { isAlgorithmName } from './named-values.js';
import { entropy, isReference, isStandIn, wordyShare } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { isWeakPassword } from './weak-passwords.js';

const PLAIN = /^["']?([^\s"'<>]{8,64})(?=["'\s]|$)/;
/** `the key is ...` in one of the languages of guests, close behind the name of the network. */
const SPOKEN =
  /^[^\n]{0,60}?\b(?:(?:key|password)\s{0,2}(?:is\b|[:=])|(?:schl[uü]ssel|schluessel|clave|contrase[nñ]a|passwort|cl[eé]|mot de passe|chiave|senha|wachtwoord|has[lł]o|пароль|密码|パスワード|비밀번호)(?:\s{1,2}(?:ist|lautet|es|est|e|to)\b)?)[\s"'`*:=]{1,4}([^\s"'`,;<>]{8,63})(?=[\s"'`,;.]|$)/i;
const QUOTED = /^\s{0,2}"([^"\n]{8,63})"/;

/** Keys of wireless networks and tunnels, by how the programs that join them write them down. */
export const NETWORK_KEY_LITERALS: readonly LiteralRule[] = [
  ...on(
    ['\npsk=', '\\npsk=', '\tpsk=', ' psk=', '.psk '],
    [PLAIN],
    /ssid|key[-_]?mgmt|wpa|wlan|wifi|nmcli|802-11|\[security\]|passphrase/i,
  ),
  ...on(
    ['psk=#psk=', 'wpa_passphrase=', 'wpa_psk=', 'wpa2-pre-shared-key=', 'wpa-pre-shared-key=', 'pre-shared-key='],
    [PLAIN],
  ),
  ...on(
    ['wpa-psk ascii 0 ', 'wpa-psk ascii ', 'wpa-psk ', 'wpa2-psk '],
    [/^["']?([^\s"'<>]{8,64})(?=["'\s]|$)/],
    /ssid|interface|iface|wlan|network/i,
  ),
  ...on(["option key '", 'option key "'], [/^([^'"\n]{8,64})['"]/]),
  ...on(['<keymaterial>', '<presharedkey>', '<sharedsecret>'], [/^([^<>\n]{8,64})<\//]),
  ...on(
    [
      'key content',
      'schlüsselinhalt',
      'contenu de la clé',
      'contenido de la clave',
      'contenuto chiave',
      'sleutelinhoud',
      'conteúdo da chave',
    ],
    [/^\s{0,20}:\s{0,3}(\S[^\n]{6,62}\S)/],
  ),
  ...on(['wifi:'], [/^(?:[STHR]:(?:[^;\\\n]|\\.){0,64};){0,4}P:"?((?:[^;\\\n"]|\\.){8,64})"?;/i]),
  ...on([': psk ', 'pre-shared-key '], [QUOTED, /^(?:ascii-text|local|remote|address \S+ key)\s{1,2}"?([^\s"]{8,64})/]),
  ...on(['presharedkey = ', 'presharedkey='], [/^([A-Za-z0-9+/]{43}=)/]),
  ...on(['"presharedkey">', "'presharedkey'>"], [/^(?:&quot;|")?([^<>\n"&]{8,64})(?:&quot;|")?<\//]),
  ...on(['wpa_passphrase '], [/^["']?[^\s"']{1,32}["']? ["']?([^\s"'<$]{8,63})(?=["']?(?:\s|$))/]),
  ...on(
    ['password</key>', 'passphrase</key>', 'sharedsecret</key>', 'psk</key>'],
    [/^\s{0,24}<string>([^<>\n]{8,64})<\/string>/],
  ),
  ...on(['cloud.auth'], [/^["']?\s{0,2}[:=]\s{0,2}["']?[\w.-]{1,40}:([^\s"']{8,64})/]),
  ...on(['wifi connect ', 'wlan connect '], [/^[^\n]{1,80}?\spassword\s{1,2}["']?([^\s"']{8,64})/]),
  ...on(['wifi.begin('], [/^\s{0,2}["'][^"'\n]{1,40}["'],\s{0,2}["']([^"'\n]{8,64})["']/]),
  ...on(['ssid', 'wlan', 'wifi', 'wi-fi'], [SPOKEN]),
  ...on(['isakmp key ', 'ikev2 key ', 'psksecret ', 'preshared-key '], [/^(?:0 |6 )?([^\s"]{8,64})(?=\s|$)/]),
  ...on(['password 7 ', 'key 7 '], [/^((?:0\d|1[0-5])(?:[0-9A-F]{2}){5,40})(?![0-9A-Fa-f])/]),
  ...on(
    ['secret = ', 'secret='],
    [PLAIN],
    /\bipaddr\b|\bnas\d?\b|radius|\btype=(?:friend|peer|endpoint|user)|\bhost=dynamic|\bsip\b|voip/i,
  ),
  ...on(['[linkkey]', '[longtermkey]'], [/^\s{0,4}Key=([0-9A-F]{32})(?!\w)/]),
  ...on(['l2tpd ', 'pptpd ', 'pppoe '], [/^"([^"\n]{6,64})"\s{1,8}(?:\*|\d)/]),
];

function on(literals: readonly string[], patterns: readonly RegExp[], beside?: RegExp): LiteralRule[] {
  return literals.map((literal) => ({
    literal: literal,
    onHit: (reading: Reading, start: number, end: number) => {
      if (beside === undefined || beside.test(reading.text.slice(Math.max(0, start - 240), end + 160)))
        readKey(reading, end, patterns);
    },
  }));
}

function readKey(reading: Reading, end: number, patterns: readonly RegExp[]): void {
  const window = reading.text.slice(end, end + 400);
  for (const pattern of patterns) {
    const match = pattern.exec(window);
    const value = match?.[1];
    if (match === null || value === undefined || !isNetworkKey(value)) continue;
    const from = end + match[0].lastIndexOf(value);
    reading.placedSecret('password', from, from + value.length);
    return;
  }
}

/** What somebody would have to know: 64 digits as they are derived, letters with digits or signs, or letters that make no words. */
function isNetworkKey(value: string): boolean {
  if (
    isStandIn(value) ||
    isReference(value) ||
    isWeakPassword(value) ||
    (/\ufffd|^\(?[A-Za-z_]+[:.!?)]?$/.test(value) && wordyShare(value) > 0.5) ||
    isAlgorithmName(value)
  )
    return false;
  if (/^(?:wpa|wep|aes|tkip|802|ieee|sha|psk|ccmp|cisco)[\w./+-]{0,8}$/i.test(value)) return false;
  if (value.length === 64) return allIn(value, ANY_HEX) && entropy(value) > 2.8;
  if (/\s/.test(value)) return /\d/.test(value) && /[A-Za-z]/.test(value) && !/\b(?:the|your|of|in|is)\b/i.test(value);
  if (
    /^(?:my|the|your|some|wpa|wifi|wlan|psk|pass|secret|test|demo|key)[\w-]*(?:pass(?:word|phrase|wd)?|key|psk|secret)\d{0,4}$/i.test(
      value,
    )
  )
    return false;
  if (/^\d+$/.test(value)) return !/^(?:0?123456789?0?|(\d)\1+|87654321|11223344|12341234)/.test(value);
  if (/[A-Za-z]/.test(value) && /[^A-Za-z_-]/.test(value)) return true;
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && wordyShare(value) <= 0.5;
}
