import { shellFacts } from './shell-facts.js';
import type { OpaqueReason } from './shell-types.js';

/** Names of the scripts of a package that run when it is installed, in it or as a dependency. */
const atInstallation =
  /"(?:pre|post)?(?:install|prepare)"\s*:\s*"((?:[^"\\]|\\.)*)|"prepublish"\s*:\s*"((?:[^"\\]|\\.)*)/gs;
/** The same in a text between double quotes, as a shell has it. */
const quotedAtInstallation =
  /\\"(?:pre|post)?(?:install|prepare)\\"\s*:\s*\\"([^\\]*)|\\"prepublish\\"\s*:\s*\\"([^\\]*)/g;

/** A letter that JSON may write as its number. */
const numbered = /\\u00([2-7][0-9a-f])/gi;
const escaped = /\\(["\\/])/g;

/** Words without which nothing is fetched or decoded, and a sign without which nothing of it is run. */
const fetches =
  /\b(?:curl|wget|wget2|fetch|aria2c|httpie|https?|xh|nc|ncat|base64|base32|basenc|xxd|openssl|gzip|gunzip|zcat)\b/i;
const joins = /[|;&<$`]/;
/** Scripts of manifests are shorter and fewer; what is beyond is not read but counts. */
const longestScript = 4096;
const mostScripts = 64;
/** The scripts of a manifest run in its folder, which may be anywhere. */
const anywhere = { cwd: '/workspace', workspace: '/workspace', home: '/home/user' };
const fromElsewhere: readonly OpaqueReason[] = ['script-from-network', 'decoded-into-interpreter'];

/** Texts between quotes, or from one to the next; no value of a manifest goes over a line. */
const values = [/(?:[^"\\\n]|\\.)+/g, /'[^'\n]+'/g];

/** The values in a manifest, or in a piece of one, that run what they fetch or decode. */
function fetchingScripts(text: string): readonly string[] {
  if (!fetches.test(text) || !joins.test(text)) return [];
  const scripts: string[] = [];
  let read = 0;
  for (const pattern of values)
    for (const [value] of text.matchAll(pattern)) {
      if (!joins.test(value) || !fetches.test(value)) continue;
      const script = value.replace(/^'|'$/g, '').replace(escaped, '$1').trim();
      if (script.length > longestScript || read++ === mostScripts) scripts.push(script.slice(0, longestScript));
      else if (read <= mostScripts && runsFetched(script)) scripts.push(script);
    }
  return scripts;
}

function runsFetched(script: string): boolean {
  const { opaqueReasons } = shellFacts(script, anywhere);
  return fromElsewhere.some((reason) => opaqueReasons.includes(reason));
}

/**
 * The commands that run when a package is installed, of which the manifest is this text or has this piece, and those of any
 * other script that run what they download or decode: a piece may lack the name of the script that it is the value of.
 *
 * Blanks at their ends are taken away; of one longer than 4,096 characters the beginning is told. Never throws; linear in the length of the text.
 */
export function installScripts(text: string): readonly string[] {
  const plain = /\\u00/i.test(text)
    ? text.replace(numbered, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
  const found = new Set<string>(fetchingScripts(plain));
  if (!/install|prep/i.test(plain)) return [...found];
  for (const pattern of [atInstallation, quotedAtInstallation])
    for (const [, first, second] of plain.matchAll(pattern))
      found.add((first ?? second ?? '').replace(escaped, '$1').trim());
  return [...found];
}
