import { letterLike } from './text/confusables.js';

/**
 * Whether a canonical host is written to look like another: a label that mixes scripts, or one whose every letter outside
 * ASCII has an ASCII double (`аррӏе` in Cyrillic), or one that looks like a well-known name; a well-known name in front of
 * another counts too. Names wholly in one foreign script under a top-level name of that kind
 * are ordinary. Labels that are no valid Punycode count as deceptive.
 */
export function isDeceptiveHost(host: string): boolean {
  const labels = host.split('.');
  if (leadsWithKnown(labels) || isNearlyKnown(labels)) return true;
  if (!host.includes('xn--')) return false;
  const foreignTop = labels[labels.length - 1]?.startsWith('xn--') === true;
  return labels.some((label, i) => {
    if (!label.startsWith('xn--')) return false;
    const text = decodePunycode(label.slice(4));
    return (
      text === undefined ||
      looksKnown(text) ||
      mixesScripts(text) ||
      (!(foreignTop && i < labels.length) && isDoubleOfAscii(text))
    );
  });
}

/** Names that others are made to look like. */
const KNOWN = new Set(
  (
    'github.com githubusercontent.com gitlab.com bitbucket.org npmjs.org npmjs.com pypi.org pythonhosted.org crates.io docker.com ' +
    'docker.io microsoftonline.com microsoft.com live.com openai.com anthropic.com claude.ai slack.com stackoverflow.com ' +
    'python.org nodejs.org golang.org rubygems.org debian.org ubuntu.com google.com googleapis.com amazonaws.com amazon.com ' +
    'cloudflare.com paypal.com apple.com icloud.com facebook.com dropbox.com atlassian.com huggingface.co okta.com telegram.org discord.com'
  ).split(' '),
);
const knownLabels: ReadonlySet<string> = new Set([...KNOWN].map((name) => name.slice(0, name.indexOf('.'))));

/** Whether a known name stands in front of another, as in `github.com.example.net`; `google.com.au` is a country's. */
function leadsWithKnown(labels: readonly string[]): boolean {
  for (let i = 0; i + 2 < labels.length; i++) {
    const isCountry = i + 3 === labels.length && labels[i + 2]?.length === 2;
    if (!isCountry && KNOWN.has(`${labels[i] ?? ''}.${labels[i + 1] ?? ''}`)) return true;
  }
  return false;
}

/** Top-level names under which the owners of the known ones have no site, and which cost little. */
const CHEAP_TOPS = new Set(
  'co cm om cc xyz top tk ml ga cf gq icu site online click link support help pw biz zip mov buzz rest cam monster'.split(
    ' ',
  ),
);
/** Words that are put beside a known name to make it look like a part of that site. */
const BAIT = new Set(
  'com org io net login signin sso secure security auth account accounts verify support update updates download downloads api registry raw cdn packages mirror office'.split(
    ' ',
  ),
);
/** Known names that no other name of one letter's difference is in honest use for. */
const RARE =
  'github githubusercontent gitlab bitbucket pythonhosted microsoft microsoftonline anthropic stackoverflow cloudflare facebook huggingface rubygems googleapis amazonaws'.split(
    ' ',
  );

/** Whether a name in ASCII is a known one with digits for letters, a letter wrong, bait beside it or a cheap end. */
function isNearlyKnown(labels: readonly string[]): boolean {
  const own = labels.at(-2);
  if (own === undefined || KNOWN.has(`${own}.${labels.at(-1) ?? ''}`)) return false;
  for (const [at, label] of labels.slice(0, -1).entries()) {
    const words = label.split('-');
    if (words.length === 1 || !words.some((word) => knownLabels.has(word))) continue;
    // `github-com.example.net` and `accounts-google.com.example.net`.
    if (label === own ? words.some((word) => BAIT.has(word)) : words.at(-1) === 'com' || labels[at + 1] === 'com')
      return true;
  }
  if (own.length < 4 || own.length > 24) return false;
  if (knownLabels.has(own)) return CHEAP_TOPS.has(labels.at(-1) ?? '') && (own.length > 5 || own === 'npmjs');
  return [...folded(own)].some((one) => knownLabels.has(one)) || RARE.some((name) => isOneOff(own, name));
}

/** What digits and pairs of letters are taken for at a glance. */
function folded(label: string): ReadonlySet<string> {
  const plain = label.replaceAll('0', 'o').replaceAll('3', 'e').replaceAll('4', 'a').replaceAll('5', 's');
  const forms = new Set<string>();
  for (const one of ['1', 'l', 'i']) {
    const text = plain.replaceAll('1', one);
    for (const form of [text, text.replaceAll('rn', 'm'), text.replaceAll('vv', 'w')])
      if (form !== label) forms.add(form);
  }
  return forms;
}

/** Whether two names differ by one letter: another, one more, one less, or two that changed places. */
function isOneOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const restA = a.slice(start);
  const restB = b.slice(start);
  if (a.length !== b.length) return a.length > b.length ? restA.slice(1) === restB : restA === restB.slice(1);
  if (restA.slice(1) === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}

/** Whether a label reads as a known name with its letters changed, or with others put in. */
function looksKnown(text: string): boolean {
  return knownLabels.has(skeletonOf(text)) || knownLabels.has(text.replace(/[^\0-\x7f]/gu, ''));
}

/** The ASCII letters that a text looks like, without its accents. */
function skeletonOf(text: string): string {
  return Array.from(text.normalize('NFD').replace(/\p{M}/gu, ''), (letter) => letterLike(letter) ?? letter)
    .join('')
    .toLowerCase();
}

/** Which of the scripts that are told apart a letter belongs to. */
function scriptOf(character: string): string | undefined {
  if (/\p{Script=Latin}/u.test(character)) return 'Latin';
  if (/\p{Script=Cyrillic}/u.test(character)) return 'Cyrillic';
  if (/\p{Script=Greek}/u.test(character)) return 'Greek';
  if (/\p{Script=Han}/u.test(character)) return 'Han';
  if (/\p{Script=Hiragana}/u.test(character)) return 'Hiragana';
  if (/\p{Script=Katakana}/u.test(character)) return 'Katakana';
  if (/\p{Script=Bopomofo}/u.test(character)) return 'Bopomofo';
  return /\p{Script=Hangul}/u.test(character) ? 'Hangul' : undefined;
}

/** Scripts that are written together in one word in ordinary Japanese, Chinese and Korean. */
const TOGETHER = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Bopomofo']),
  new Set(['Latin', 'Han', 'Hangul']),
];

function mixesScripts(text: string): boolean {
  const used = new Set<string>();
  for (const character of text) {
    if (!/\p{L}/u.test(character)) continue;
    used.add(scriptOf(character) ?? otherScript(character));
  }
  return used.size > 1 && !TOGETHER.some((set) => [...used].every((name) => set.has(name)));
}

/** Letters of the rarer scripts count as one further script each block of 256 code points: enough to see a mixture. */
function otherScript(character: string): string {
  return `block ${(character.codePointAt(0) ?? 0) >> 8}`;
}

/** Latin letters with an ASCII double that are part of a living alphabet and so no sign by themselves. */
const ORDINARY_LATIN = new Set(['ı', 'ß', 'ø', 'ł', 'đ', 'ħ', 'ð', 'þ', 'æ', 'œ', 'ŋ']);

function isDoubleOfAscii(text: string): boolean {
  let doubles = 0;
  for (const character of text) {
    if (character.charCodeAt(0) < 0x80) continue;
    if (ORDINARY_LATIN.has(character) || letterLike(character) === undefined) return false;
    doubles++;
  }
  return doubles > 0;
}

/** RFC 3492; undefined when `input` is no Punycode. A label has at most 63 characters, so no step here can run away. */
/** Whether a label of a host claims to be Punycode and is none, or spells out a control character. */
export function isBrokenPunycode(label: string): boolean {
  if (!label.startsWith('xn--')) return false;
  const text = decodePunycode(label.slice(4));
  return text === undefined || text === '' || /\p{C}/u.test(text);
}

function decodePunycode(input: string): string | undefined {
  const dash = input.lastIndexOf('-');
  const output = dash > 0 ? Array.from(input.slice(0, dash), (c) => c.codePointAt(0) ?? 0) : [];
  let n = 128;
  let i = 0;
  let bias = 72;
  for (let at = dash > 0 ? dash + 1 : 0; at < input.length; ) {
    const before = i;
    let weight = 1;
    for (let k = 36; ; k += 36) {
      const digit = digitOf(input.charCodeAt(at++));
      if (digit < 0) return undefined;
      i += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const length = output.length + 1;
    bias = adapt(i - before, length, before === 0);
    n += Math.floor(i / length);
    i %= length;
    if (n > 0x10ffff) return undefined;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  return -1;
}

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
