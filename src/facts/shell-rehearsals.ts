import { isWithin, normalizeSegments } from './path-normal.js';
import { isClusterClient, meetsLocalCluster, noteCluster } from './shell-local-clusters.js';
import { isWebClient, requestHere } from './shell-local-requests.js';
import { isStoreClient, takesPassingStore } from './shell-local-stores.js';
import { type Io, type Machine, spend } from './shell-machine.js';
import { goesByEnvironment, isSet, takesTestDatabase } from './shell-test-databases.js';
import { type Field, hole, type Output } from './shell-values.js';

/** When a command of a program changes nothing but what is there to be changed. */
interface Rehearsal {
  /** Found in the words that are no flags, with blanks around them. */
  readonly verb: RegExp;
  /** A whole word that says so. */
  readonly said: RegExp;
  /** Words with which it may do more than that. */
  readonly unless?: RegExp;
}

const dry = /^--dry-?run(?:=(?:true|1|client|server))?$/;
/** What takes a flag back, wherever it stands. */
export const takenBack = /^--no-dry-?run|^--(?:dry-?run|check|simulate)=(?:false|none|0|no|off)$/i;
/** Options whose value is the next word, which is no flag then. */
export const takesNext =
  /^(?:-[efilmou]|--(?:exclude|include|tag|otp|access|message|extra-vars|inventory|limit|tags|namespace|filename|output|token|profile|region|set|values))$/;
const anyVerb = / /;

function rehearsal(verb: RegExp, said: RegExp = dry, unless?: RegExp): Rehearsal {
  return unless === undefined ? { verb, said } : { verb, said, unless };
}

const publishing = rehearsal(
  / publish | unpublish /,
  /^(?:-n|--dry-run(?:=true)?)$/,
  /:\/\/|^git[+@]|^github:|^--\w*shell/,
);
const releasing = rehearsal(anyVerb, /^(?:-d|--dry-run|--dryRun)$/, /^--(?:extends|plugins|config)/);
const packages = rehearsal(
  anyVerb,
  /^(?:-s|--simulate|--dry-run|--just-print|--no-act|--recon|--assumeno)$/,
  /^-[oc]|^--option/,
);
const cluster = rehearsal(
  / (?:apply|create|delete|scale|drain|cordon|uncordon|taint|label|annotate|patch|replace|set|run|expose|autoscale|undo) /,
  dry,
  /^--(?:as|token|kubeconfig|insecure)|^(?:exec|restart|debug|cp)$/,
);
const playbook = rehearsal(anyVerb, /^(?:-[vDbK]*C[vDbK]*|--check|--syntax-check|--list-(?:tasks|hosts|tags))$/);
const storage = rehearsal(anyVerb, /^(?:-n|--dry-run)$/, /^(?:serve|rcd?|mount|config)$/);
/** Options of `rsync` that are flags, or have their value in the same word; others may take `-n` for their value. */
const oddCopy =
  /^-(?!-)[A-Za-z]*[efMTB@]|^--(?!(?:dry-run|archive|verbose|recursive|relative|compress|checksum|update|inplace|partial|links|copy-links|perms|times|owner|group|hard-links|one-file-system|progress|stats|human-readable|itemize-changes|list-only|existing|ignore-existing|ignore-times|size-only|prune-empty-dirs|cvs-exclude|delete(?:-\w+)?|exclude|include|no-(?:perms|owner|group|times|links|o|p|g|t))$|(?:exclude|include|exclude-from|include-from|files-from|filter|out-format|info|max-size|min-size|bwlimit|timeout|chmod|chown)=)/;
/** Flags of `git push` that run nothing. */
const odd =
  /^-(?!(?:[nfuvqd]+|-(?:dry-run|force|force-with-lease(?:=\S*)?|force-if-includes|tags|all|set-upstream|verbose|quiet|delete|porcelain|follow-tags|no-verify|prune|atomic|progress))$)|:\/\/|::|@/;

/** By program. */
const rehearsals: ReadonlyMap<string, Rehearsal> = new Map([
  ...'npm pnpm yarn bun deno jsr cargo poetry uv dart flutter mix'
    .split(' ')
    .map((name): readonly [string, Rehearsal] => [name, name === 'mix' ? rehearsal(/ hex\.publish /) : publishing]),
  ...'semantic-release release-it standard-version commit-and-tag-version auto'
    .split(' ')
    .map((name): readonly [string, Rehearsal] => [name, releasing]),
  ['nx', rehearsal(/ release /, /^(?:-d|--dry-run)$/)],
  ['goreleaser', rehearsal(/ release /, /^--(?:snapshot|skip=[\w,]*publish[\w,]*|skip-publish)$/)],
  ...'apt apt-get dnf yum brew'.split(' ').map((name): readonly [string, Rehearsal] => [name, packages]),
  ...'kubectl oc k'.split(' ').map((name): readonly [string, Rehearsal] => [name, cluster]),
  [
    'helm',
    rehearsal(/ (?:install|upgrade|uninstall|rollback|delete) /, dry, /^--(?:post-renderer|kube-token|kubeconfig)/),
  ],
  ['argocd', rehearsal(/ sync /)],
  ['eksctl', rehearsal(/ create /)],
  ['pulumi', rehearsal(/ (?:up|destroy|refresh) /, /^--preview-only$/)],
  ['ansible-playbook', playbook],
  ['ansible', playbook],
  ['puppet', rehearsal(/ apply | agent /, /^--noop$/, /^(?:-e|--execute)/)],
  ['chef-client', rehearsal(/ /, /^(?:-W|--why-run)$/)],
  ['salt', rehearsal(/ state\.\w+ /, /^test=True$/)],
  ['salt-call', rehearsal(/ state\.\w+ /, /^test=True$/)],
  [
    'terragrunt',
    rehearsal(
      / run-all | run /,
      /^(?:plan|validate|output|init|show|providers|graph)$/,
      /^(?:apply|destroy|import|taint|state|--)$/,
    ),
  ],
  ['wrangler', rehearsal(/ deploy | publish /)],
  ['firebase', rehearsal(/ deploy /)],
  ['supabase', rehearsal(/ db push /)],
  ['sam', rehearsal(/ deploy /, /^--no-execute-changeset$/)],
  [
    'aws',
    rehearsal(
      / (?:s3 (?:cp|mv|rm|sync)|ec2 [\w-]+|cloudformation deploy) /,
      /^--(?:dryrun|dry-run|no-execute-changeset)$/,
    ),
  ],
  ['gsutil', rehearsal(/ rsync /, /^-[rdcCe]*n[rdcCe]*$/)],
  ['gcloud', rehearsal(/ storage rsync /)],
  ['bq', rehearsal(/ query /, /^--dry_run$/)],
  ...'rclone s3cmd s5cmd restic borg'.split(' ').map((name): readonly [string, Rehearsal] => [name, storage]),
  ['rsync', rehearsal(anyVerb, /^(?:-[A-Za-z]*n[A-Za-z]*|--dry-run)$/, oddCopy)],
  ['docker', rehearsal(/^ compose /, /^--dry-run$/)],
  ['docker-compose', rehearsal(anyVerb, /^--dry-run$/)],
  ['git', rehearsal(/^ (?:push|prune|reflog expire|rm|filter-repo) /, /^(?:-[fuvqd]*n[fuvqd]*|--dry-run)$/, odd)],
]);

const localUrl =
  /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|\[::1\]|localstack|minio|host\.docker\.internal)(?::\d+)?(?:\/.*)?$/;

const packagers = new Set(['npm', 'pnpm', 'yarn', 'bun']);

/** Whether a package goes to a registry on this machine, as one that is there to try that out. */
function publishesHere(words: readonly string[]): boolean {
  const given = words.flatMap((word, i) =>
    /^--registry(?:=|$)/.test(word)
      ? [word.includes('=') ? word.slice(word.indexOf('=') + 1) : (words[i + 1] ?? '')]
      : [],
  );
  const own = words.filter((word) => !word.startsWith('-'));
  return given.length === 1 && localUrl.test(given[0] ?? '') && /^(?:publish|unpublish)$/.test(own[0] ?? '');
}

/** Whether the words of a cloud's client, or its variables, send it to an emulator on this machine. */
function meetsEmulator(machine: Machine, name: string, words: readonly string[]): boolean {
  if (isClusterClient(name)) return meetsLocalCluster(machine, words);
  if (name === 'aws') {
    const at = words.findIndex((word) => /^--endpoint-url(?:=|$)/.test(word));
    if (at < 0) return isSet(machine, 'AWS_ENDPOINT_URL', localUrl);
    if (words.filter((word) => word.startsWith('--end')).length > 1) return false;
    const given = words[at] ?? '';
    return localUrl.test(given.includes('=') ? given.slice(given.indexOf('=') + 1) : (words[at + 1] ?? ''));
  }
  if (packagers.has(name)) return publishesHere(words);
  if (name === 'az') return words.some((word) => /^(?:--connection-string=)?UseDevelopmentStorage=true;?$/.test(word));
  return name === 'gcloud' && / emulators \w+ (?:start|env-init)\b/.test(` ${words.join(' ')}`);
}

function isDry(name: string, words: readonly string[]): boolean {
  const row = rehearsals.get(name);
  if (row === undefined) return false;
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  if (own.some((word) => takenBack.test(word) || row.unless?.test(word) === true)) return false;
  if (!row.verb.test(` ${own.filter((word) => !word.startsWith('-')).join(' ')} `)) return false;
  return own.some((word, i) => row.said.test(word) && !takesNext.test(own[i - 1] ?? ''));
}

/** Entries that stay: what says that it is a rehearsal. */
const kept = /-(?:n|C|s|W|-dry-?run|-check|-syntax-check|-list-\w+|-noop|-simulate|-endpoint-url)$/;

/** The text of a word, with a hole for each variable in it that nobody set. */
function wordOf({ text, unknown, gap }: Field): string {
  if (unknown === undefined) return text;
  if (gap !== undefined) return text.slice(0, gap) + hole + text.slice(gap);
  return text.includes(hole) ? text : hole + text;
}

/**
 * Runs a command. Of one that only shows what it would do, or does it to an emulator, to this machine or to what is of tests
 * and of development, the program and the flag that says so are facts, its other words are not; its paths, hosts and
 * settings are.
 */
export function rehearse(machine: Machine, name: string, fields: readonly Field[], io: Io, run: () => Output): Output {
  const texts = fields.slice(1).map(({ text }) => text);
  noteCluster(machine, name, texts);
  if (isWebClient(name)) return requestHere(machine, fields.slice(1).map(wordOf), run);
  const isStore = isStoreClient(name);
  if (!isStore && !rehearsals.has(name) && !goesByEnvironment(name) && name !== 'az') return run();
  const known = fields.every(({ text, unknown }) => unknown === undefined || (text !== '' && !text.startsWith(hole)));
  const { stdin } = io;
  const fed = stdin === undefined ? undefined : (stdin.text ?? stdin.partial ?? hole);
  const isPassing = isStore && takesPassingStore(machine, name, fields.slice(1).map(wordOf), fed);
  const isRehearsal =
    isPassing ||
    (known &&
      (isDry(name, texts) ||
        meetsEmulator(machine, name, texts) ||
        takesTestDatabase(machine, name, fields.slice(1).map(wordOf))));
  return isRehearsal ? runForgotten(machine, name, run) : run();
}

/** Runs a command of which the words are no facts. */
function runForgotten(machine: Machine, name: string, run: () => Output): Output {
  const { commands, operands, effects, codeNames } = machine.findings;
  if (!spend(machine, (commands.size + operands.size) >> 4)) return run();
  const before = {
    commands: commands.size,
    operands: operands.size,
    effects: effects.size,
    codeNames: codeNames.size,
    started: machine.started,
  };
  const output = run();
  // A command that it runs is another one, and no rehearsal.
  if (machine.started !== before.started) {
    if (isClusterClient(name)) forget(commands, before.commands, (entry) => entry.startsWith(`${name} `));
    return output;
  }
  forget(commands, before.commands);
  forget(operands, before.operands);
  forget(effects, before.effects);
  if (isStoreClient(name)) forget(codeNames, before.codeNames, (entry) => takenByCode.test(entry));
  return output;
}

/** Names of code that take data away. */
const takenByCode =
  /^\.?(?:drop|dropdatabase|dropindex(?:es)?|deletemany|deleteone|remove|findoneanddelete|updatemany)$/;

/** Takes back what was added since, except what says that it is a rehearsal. */
function forget(entries: Set<string>, before: number, isMeant: (entry: string) => boolean = () => true): void {
  let index = 0;
  for (const entry of entries)
    if (index++ >= before && !entry.includes('$') && !kept.test(entry) && isMeant(entry)) entries.delete(entry);
}

/** Hosts that are this machine, or a container beside it. */
export const localHost = /^(?:|localhost|127\.0\.0\.1|::1|\[::1\]|db|postgres|mysql|mariadb|database)$/;

/** Whether a path, as it was written, lies in the workspace. */
export function isOwnFile(machine: Machine, path: string): boolean {
  return path.startsWith('/')
    ? isWithin(machine.workspace, normalizeSegments(path))
    : !/(?:^|\/)\.\.(?:\/|$)|^~/.test(path);
}
