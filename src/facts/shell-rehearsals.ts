import { isWithin, normalizeSegments } from './path-normal.js';
import { type Machine, spend, valuesOfVariable } from './shell-machine.js';
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

/** Whether the words of a cloud's client, or its variables, send it to an emulator on this machine. */
function meetsEmulator(machine: Machine, name: string, words: readonly string[]): boolean {
  if (clusterClients.has(name)) return meetsLocalCluster(words);
  if (name === 'aws') {
    const at = words.findIndex((word) => /^--endpoint-url(?:=|$)/.test(word));
    if (at < 0) return isSet(machine, 'AWS_ENDPOINT_URL', localUrl);
    if (words.filter((word) => word.startsWith('--end')).length > 1) return false;
    const given = words[at] ?? '';
    return localUrl.test(given.includes('=') ? given.slice(given.indexOf('=') + 1) : (words[at + 1] ?? ''));
  }
  if (name === 'az') return words.some((word) => /^(?:--connection-string=)?UseDevelopmentStorage=true;?$/.test(word));
  return name === 'gcloud' && / emulators \w+ (?:start|env-init)\b/.test(` ${words.join(' ')}`);
}

/** Programs whose words say which cluster they meet. */
const clusterClients = new Set(['kubectl', 'oc', 'k', 'helm']);
/** Contexts that tools for clusters on one's own machine give their name. */
const localContext =
  /^(?:kind-[\w.-]+|k3d-[\w.-]+|minikube|docker-desktop|docker-for-desktop|rancher-desktop|colima|colima-[\w.-]+|orbstack|microk8s|k3s-local|podman-desktop)$/;
/** What sends a client to another cluster than its context does, or to another user of it. */
const otherCluster =
  /^(?:-s|--(?:server|kubeconfig|cluster|token|user|as|as-group|as-uid|kube-(?:apiserver|token|as-user|as-group|ca-file)|post-renderer))(?:=|$)/;

/** What shows secrets, or the settings of every cluster, and what comes from elsewhere. */
const keptByCluster = /:\/\/|^(?:secrets?(?:[./,].*)?|\S*,secrets?|view|proxy|port-forward|exec|attach|debug|--raw)$/;

/** Whether a client of clusters is told the context of one on this machine. */
function meetsLocalCluster(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  const told = own.flatMap((word, i) => {
    const [, given] = /^--(?:kube-?)?context(?:=(.*))?$/.exec(word) ?? [];
    return /^--(?:kube-?)?context(?:=|$)/.test(word) ? [given ?? own[i + 1] ?? ''] : [];
  });
  if (own.join(' ').startsWith('config use-context ')) told.push(own[2] ?? '');
  const [context] = told;
  if (context === undefined || told.length > 1 || !localContext.test(context) || /prod/i.test(context)) return false;
  return !own.some((word) => otherCluster.test(word) || keptByCluster.test(word));
}

/** Variables that name the environment, by the tools that go by them. */
const environmentOf: ReadonlyMap<string, readonly string[]> = new Map([
  ...'rails rake'.split(' ').map((name): readonly [string, readonly string[]] => [name, ['RAILS_ENV', 'RACK_ENV']]),
  ['mix', ['MIX_ENV']],
  ['php', ['APP_ENV']],
  ['console', ['APP_ENV']],
  ['artisan', ['APP_ENV']],
  ...'sequelize sequelize-cli knex typeorm prisma'
    .split(' ')
    .map((name): readonly [string, readonly string[]] => [name, ['NODE_ENV']]),
  ...'python python3 django-admin manage.py'
    .split(' ')
    .map((name): readonly [string, readonly string[]] => [name, ['DJANGO_SETTINGS_MODULE']]),
]);
const testName = /^(?:test|testing|[\w.]*settings[\w.]*\.test(?:ing|s)?|[\w.]*test_settings)$/;
const testWord =
  /^(?:(?:RAILS|RACK)_ENV=test|--env(?:ironment)?=test(?:ing)?|--settings=(?:[\w.]*settings[\w.]*\.test(?:ing|s)?|[\w.]*test_settings))$/;
const localDatabase =
  /@(?:localhost|127\.0\.0\.1|\[::1\]|db|postgres|mysql)[:/]\S*|^sqlite|^postgres(?:ql)?:\/\/\/\w*test/;

/** Whether a tool that resets databases is told to take the one of the tests. */
function takesTestDatabase(machine: Machine, name: string, words: readonly string[]): boolean {
  const variables = environmentOf.get(name);
  if (variables === undefined || words.some((word) => /prod|stag|live|demo|remote/i.test(word))) return false;
  if (/^php$|^python3?$/.test(name) && !/^(?:\.\/)?(?:bin\/console|artisan|manage\.py)$/.test(words[0] ?? ''))
    return false;
  if (machine.scope.bindings.has('$DATABASE_URL') && !isSet(machine, 'DATABASE_URL', localDatabase)) return false;
  const named = words.some(
    (word, i) => testWord.test(word) || (/^(?:--env|-e)$/.test(word) && testName.test(words[i + 1] ?? '')),
  );
  // What a word says goes before the variable.
  const other = words.some((word) => /^(?:--env|-e|--settings|\w+_ENV)(?:=|$)/.test(word));
  return named || (!other && variables.some((variable) => isSet(machine, variable, testName)));
}

/** Whether the script gives a variable such a value, in each way that leads here. */
function isSet(machine: Machine, variable: string, value: RegExp): boolean {
  if (!machine.scope.bindings.has(`$${variable}`)) return false;
  const values = valuesOfVariable(machine, variable);
  return values.length > 0 && values.every(({ text, unknown }) => unknown === undefined && value.test(text));
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

/**
 * Runs a command. Of one that only shows what it would do, or does it to an emulator or to the database of the tests, the
 * program and the flag that says so are facts, its other words are not; its paths, hosts and settings are.
 */
export function rehearse(machine: Machine, name: string, fields: readonly Field[], run: () => Output): Output {
  const { commands, operands, effects } = machine.findings;
  if (!rehearsals.has(name) && !environmentOf.has(name) && name !== 'az') return run();
  const words = fields.slice(1).map(({ text }) => text);
  const known = fields.every(({ text, unknown }) => unknown === undefined || (text !== '' && !text.startsWith(hole)));
  const isRehearsal =
    known && (isDry(name, words) || meetsEmulator(machine, name, words) || takesTestDatabase(machine, name, words));
  if (!isRehearsal || !spend(machine, (commands.size + operands.size) >> 4)) return run();
  const before = {
    commands: commands.size,
    operands: operands.size,
    effects: effects.size,
    started: machine.started,
  };
  const output = run();
  // A command that it runs is another one, and no rehearsal.
  if (machine.started !== before.started) return output;
  forget(commands, before.commands);
  forget(operands, before.operands);
  forget(effects, before.effects);
  return output;
}

/** Takes back what was added since, except what says that it is a rehearsal. */
function forget(entries: Set<string>, before: number): void {
  let index = 0;
  for (const entry of entries)
    if (index++ >= before && !entry.includes('$') && !kept.test(entry)) entries.delete(entry);
}

/** Hosts that are this machine, or a container beside it. */
export const localHost = /^(?:|localhost|127\.0\.0\.1|::1|\[::1\]|db|postgres|mysql|mariadb|database)$/;

/** Whether a path, as it was written, lies in the workspace. */
export function isOwnFile(machine: Machine, path: string): boolean {
  return path.startsWith('/')
    ? isWithin(machine.workspace, normalizeSegments(path))
    : !/(?:^|\/)\.\.(?:\/|$)|^~/.test(path);
}
