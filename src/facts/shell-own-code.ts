import { deletingCall } from './programs-effects-table.js';
import { runShellText } from './shell-actions.js';
import type { Call } from './shell-call.js';
import { readCode } from './shell-code.js';
import { type Machine, noInput, spend, writtenHere } from './shell-machine.js';
import { plainField } from './shell-values.js';

/** By programs: the files of which they run those that they find, as tests, settings, plugins or modules. */
const families: readonly (readonly [programs: string, files: RegExp])[] = [
  ['python pypy ipython pytest pip uv tox nox poetry hatch pdm pipenv django-admin celery', /\.(?:py|pth)$/],
  [
    'node npm pnpm yarn bun bunx npx deno tsx ts-node jest vitest mocha ava playwright cypress eslint webpack vite next nuxt astro rollup babel gulp grunt postcss tailwindcss prettier stylelint expo metro nx turbo tsup esbuild parcel ng react-scripts storybook',
    /\.(?:[cm]?[jt]sx?|vue|svelte)$/,
  ],
  ['go', /\.go$/],
  ['cargo', /\.rs$/],
  ['ruby rake rspec bundle rails irb', /(?:\.(?:rb|rake|gemspec)|\/(?:Rake|Gem)file|\/rakefile|\/Rakefile\.rb)$/],
  ['gradle gradlew mvn mvnw', /\.(?:gradle|kts|java|kt|groovy)$/],
  ['dotnet', /\.(?:cs|fs|csproj|fsproj|targets|props)$/],
  ['mix elixir iex', /\.exs?$/],
  ['php composer artisan phpunit pest', /\.php$/],
  ['swift', /\.swift$/],
  ['terraform tofu terragrunt', /\.tf$/],
  ['cmake', /(?:\.cmake|\/CMakeLists\.txt)$/],
  ['R Rscript', /\.(?:R|r|Rprofile)$/],
  ['julia', /\.jl$/],
  ['lua luajit busted nvim vim', /\.(?:lua|vim)$/],
];
const filesOf = new Map(families.flatMap(([programs, files]) => programs.split(' ').map((name) => [name, files])));

/** Stands among the running functions while such code is read; no function has this name. */
const mark = '\0own code';
/** Longer texts are not read. */
const longestText = 65_536;

/** The whole environment rather than one of its variables. */
const wholeEnvironment =
  /\b(?:os\.environb?\b(?!\s*(?:\[|\.(?:get|setdefault|pop|update)\b))|process\.env\b(?!\s*(?:\.|\[|\?\.))|ENV\.(?:to_h|to_a|inspect|map|each)|os\.Environ\(|env::vars(?:_os)?\(|System\.getenv\(\s*\)|Deno\.env\.toObject|GetEnvironmentVariables|getenv\(\s*\)|System\.get_env\(\s*\))/;
const connects =
  /\b(?:requests\.\w+|urlopen|urlretrieve|sendto|sendall|socket\.\w+|create_connection|httpx\.\w+|aiohttp|http\.client|smtplib|fetch|axios(?:\.\w+)?|got(?:\.\w+)?|https?\.(?:request|get|post|Post|Get|NewRequest)|net\.(?:Dial\w*|connect|createConnection)|dgram|reqwest\S*|ureq\S*|TcpStream|UdpSocket|Net::HTTP|TCPSocket|HttpClient|URLSession|file_get_contents|fsockopen|curl|wget|nc)\b/;
const addresses = /\b(?:https?|wss?|ftp):\/\/(?:[^/@\s"'`]*@)?(\[[^\]]*\]|[^/:\s"'`?#]+)/g;
const ownAddress =
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|testserver|example\.(?:com|org|net)|[\w.-]+\.(?:test|localhost|invalid))$/i;
/** Names of what belongs to the person rather than to the project. */
const personal =
  /\.(?:ssh|aws|gnupg|kube|netrc|git-credentials|password-store|bash_history|zsh_history|bashrc|zshrc|profile)\b|\bid_(?:rsa|dsa|ecdsa|ed25519)\b|authorized_keys|\.docker[/\\]config|\.config[/\\]gcloud|\/etc\/(?:shadow|cron|sudoers)|Keychains/;
const opens =
  /\b(?:open|read\w*|write\w*|cat|cp|copy\w*|append\w*|tee|File\.\w+|include\w*)\s*[("'`/~$]|\b(?:read|write|append)_?(?:File|text|bytes|to_string)/i;
const outside =
  /expanduser|homedir|Path\.home|home_dir|UserHomeDir|\b(?:environ|getenv|env)\W{0,6}HOME\b|["'`](?:~|\/(?:home|etc|usr|var|Users|root)\b)/;
/** What deletes in languages whose words for it are anybody's elsewhere. */
const deletes =
  /\b(?:rmSync|rmdirSync|unlinkSync|rimraf\w*|fs\.(?:promises\.)?(?:rm|rmdir|unlink)|RemoveAll|remove_dir_all|os\.(?:remove|unlink|Remove)|\.unlink\(|FileUtils\.rm\w*|Files\.delete\w*)/;
/** A command line that code hands to a shell. */
const commandLines = [
  /\b(?:os\.(?:system|popen)|subprocess\.\w+|exec(?:Sync|Command(?:Sync)?)?|spawn(?:Sync)?|execa(?:Sync|Command\w*)?|shell_exec|system|passthru|popen|Popen)\s*\(?\s*(["'`])((?:(?!\1)[^\\\n]|\\.){1,2048})\1/g,
  /["'`]-l?c["'`]\s*[,)]\s*(?:\.args?\(\s*\[?)?\s*(["'`])((?:(?!\1)[^\\\n]|\\.){1,2048})\1/g,
];

/**
 * Reads code that the same command wrote and that a program of its language may run by itself. Tests and settings do much
 * that is daily work: of them only what takes the environment or personal files, or deletes outside, is told; of all of
 * them the command lines that they hand to a shell.
 */
export function readOwnCode({ machine, name }: Call): void {
  const files = filesOf.get(name);
  // What the code starts may be of the same family.
  if (files === undefined || machine.files.size === 0 || machine.running.has(mark)) return;
  machine.running.add(mark);
  for (const [path, { content }] of writtenHere(machine)) {
    const text = content?.text;
    if (text === undefined || text.length > longestText || !files.test(path)) continue;
    if (!spend(machine, 50 + (text.length >> 5))) break;
    readOne(machine, text);
  }
  machine.running.delete(mark);
}

function readOne(machine: Machine, text: string): void {
  for (const pattern of commandLines)
    for (const [, , line = ''] of text.matchAll(pattern))
      if (/\s/.test(line)) runShellText(machine, plainField(line.replace(/\\(["'`$\\])/g, '$1')), noInput);
  if (!doesHarm(text)) return;
  machine.findings.reasons.add('other-language');
  readCode(machine, text);
}

function doesHarm(text: string): boolean {
  if ((deletingCall.test(text) || deletes.test(text)) && outside.test(text)) return true;
  if (personal.test(text) && opens.test(text)) return true;
  return wholeEnvironment.test(text) && sends(text);
}

/** Whether code connects to anything but this machine. */
function sends(text: string): boolean {
  if (!connects.test(text)) return false;
  const hosts = [...text.matchAll(addresses)].map(([, host = '']) => host);
  return hosts.length === 0 || !hosts.every((host) => ownAddress.test(host));
}
