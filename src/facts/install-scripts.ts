import { shellFacts } from './shell-facts.js';
import { localHost } from './shell-rehearsals.js';
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

/** Words without which nothing is fetched or decoded and run, apart from what a Windows shell is given encoded. */
const fetches =
  /\b(?:curl|wget|wget2|fetch|aria2c|httpie|https?|xh|nc|ncat|base64|base32|basenc|atob|b64decode|xxd|openssl|powershell|pwsh|iex|github|gitlab|bitbucket)\b|\/dev\/(?:tcp|udp)\//i;
/** Without one of these a line is one command, which has to be one that runs what it is given itself. */
const joins = /[|;&<$`]/;
const runsAlone =
  /\b(?:npx|bunx|dlx|exec|bun x|uvx|pipx|node|deno|bun|python\d?|perl|ruby|php|Rscript|powershell|pwsh)\b/;
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
  if (!fetches.test(text)) return [];
  const scripts: string[] = [];
  let read = 0;
  for (const pattern of values)
    for (const [value] of text.matchAll(pattern)) {
      if (!fetches.test(value) || !(joins.test(value) || runsAlone.test(value))) continue;
      const script = value.replace(/^'|'$/g, '').replace(escaped, '$1').trim();
      if (script.length > longestScript || read++ === mostScripts) scripts.push(script.slice(0, longestScript));
      else if (read <= mostScripts && runsFetched(script)) scripts.push(script);
    }
  return scripts;
}

/** Commands that fetch a package from elsewhere than the registry, and run it. */
const runsPackage =
  /\b(?:npx|bunx|dlx|npm exec|bun x|uvx|uv tool run|pipx run)(?:\s+-[^\s=]+)*\s+(?:--package=)?['"]?(?:https?:|git[+@:]|github:|gitlab:|bitbucket:|gist:)/;
/** Names with which code of other languages runs what it has made. */
const evaluates = ['eval', 'exec', '.exec', 'execsync', '.execsync', 'child_process', 'vm', 'function'];
const decodes = ['atob', 'base64', '.b64decode', 'b64decode', 'buffer.from'];
const encodedForWindows = /(?:powershell|pwsh)\b.*\s-e(?:c|nc\w*)?\s|\biex\b|\binvoke-expression\b/i;

function runsFetched(script: string): boolean {
  if ([encodedForWindows, runsPackage, /\/dev\/(?:tcp|udp)\//].some((pattern) => pattern.test(script))) return true;
  const { opaqueReasons, hosts, codeNames } = shellFacts(script, anywhere);
  if (fromElsewhere.some((reason) => opaqueReasons.includes(reason))) return true;
  const isElsewhere = hosts.some((host) => !localHost.test(host));
  return (
    opaqueReasons.includes('other-language') &&
    evaluates.some((name) => codeNames.includes(name)) &&
    (isElsewhere || decodes.some((name) => codeNames.includes(name)))
  );
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
