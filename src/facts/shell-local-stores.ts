import { areLoopback, isPassingName, isPassingStore } from './local-names.js';
import { type Machine, valuesOfVariable } from './shell-machine.js';
import { hole } from './shell-values.js';

/** The words of a command in two kinds. */
interface Words {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Flags that take no value as far as is known. */
  readonly flags: readonly string[];
  readonly rest: readonly string[];
}

/** Sorts words; `valued` are the flags whose value is the next word. From the first other word on, `leading` reads no flags. */
function sortWords(words: readonly string[], valued: string, leading = false): Words {
  const takes = new Set(valued.split(' '));
  const values = new Map<string, string[]>();
  const flags: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    if (!word.startsWith('-') || (leading && rest.length > 0)) rest.push(word);
    else if (takes.has(name)) {
      const value = equals < 0 ? words[++i] : word.slice(equals + 1);
      values.set(name, [...(values.get(name) ?? []), value ?? '']);
    } else flags.push(word);
  }
  return { values, flags, rest };
}

function valuesOf({ values }: Words, names: string): readonly string[] {
  return names.split(' ').flatMap((name) => values.get(name) ?? []);
}

/** Whether places are given and this machine; in a container, none need be given, and names without dots are beside it. */
function areHere(machine: Machine, places: readonly string[]): boolean {
  if (places.length === 0) return machine.remote > 0;
  return places.every(
    (place) =>
      areLoopback(place) ||
      (machine.remote > 0 && /^(?:\w+:\/\/)?[a-z][a-z\d_-]*(?::\d+)?$/i.test(place) && !/prod|live|stag/i.test(place)),
  );
}

function arePassing(names: readonly string[]): boolean {
  return names.length > 0 && names.every(isPassingName);
}

/** Values of a variable that the script sets. */
function setValues(machine: Machine, variable: string): readonly string[] {
  if (!machine.scope.bindings.has(`$${variable}`)) return [];
  return valuesOfVariable(machine, variable).map(({ text, unknown }) => (unknown === undefined ? text : hole));
}

const composeValued =
  '-p --project-name -f --file --profile --env-file --project-directory --ansi --progress --parallel -t --timeout --rmi';

/** Containers of a project, or volumes, that have names of tests or of development. */
function takesTestProject(machine: Machine, name: string, words: readonly string[]): boolean {
  if (/^(?:docker|podman)$/.test(name) && words[0] === 'volume' && /^(?:rm|remove)$/.test(words[1] ?? '')) {
    const { rest, flags } = sortWords(words.slice(2), '');
    return flags.every((flag) => /^(?:-f|--force)$/.test(flag)) && arePassing(rest);
  }
  const isCompose = words[0] === 'compose' && !name.endsWith('-compose');
  if (!isCompose && !/^(?:docker|podman)-compose$/.test(name)) return false;
  const sorted = sortWords(isCompose ? words.slice(1) : words, composeValued);
  if (!/^(?:down|rm|stop)$/.test(sorted.rest[0] ?? '')) return false;
  const projects = valuesOf(sorted, '-p --project-name');
  const named = projects.length > 0 ? projects : setValues(machine, 'COMPOSE_PROJECT_NAME');
  if (named.length > 0) return arePassing(named);
  const given = valuesOf(sorted, '-f --file');
  const files = (given.length > 0 ? given : setValues(machine, 'COMPOSE_FILE')).flatMap((file) => file.split(':'));
  // A folder of tests says as little of whose data it is as a file of any other name.
  const names = [...files.map((file) => file.slice(file.lastIndexOf('/') + 1)), ...valuesOf(sorted, '--profile')];
  return names.some(isPassingName) && !names.some((one) => /prod|live|stag/i.test(one));
}

const redisUrl = /^rediss?:\/\/(?:[^@/\s]*@)?([^/@\s]+)\/[1-9]\d?$/;

/** A numbered database of redis, which is not the first, on this machine. */
function takesNumberedDatabase(machine: Machine, words: readonly string[]): boolean {
  const sorted = sortWords(words, '-h -p -a -n -u -r -i -t --user --pass', true);
  const { rest, flags } = sorted;
  const [verb = ''] = rest;
  if (!/^(?:flushdb|del|unlink)$/i.test(verb) || flags.some((flag) => !/^--(?:raw|no-raw|no-auth-warning)$/.test(flag)))
    return false;
  const urls = valuesOf(sorted, '-u');
  const hosts = valuesOf(sorted, '-h');
  if (urls.length > 0)
    return hosts.length === 0 && urls.every((url) => areHere(machine, [redisUrl.exec(url)?.[1] ?? '']));
  const [number, ...more] = valuesOf(sorted, '-n');
  return more.length === 0 && /^[1-9]\d?$/.test(number ?? '') && areHere(machine, hosts);
}

/** What takes code of a document store to other databases, machines or programs. */
const awayCode =
  /\b(?:getSibling\w*|getMongo|getDB|Mongo|connect|load|require|process|import|eval|Function|constructor|globalThis|this|\w*[cC]ommand|use|fs|os|child_process|\w*Database(?<!dropDatabase)|\w*(?:Server|Lock|User|Role|Users|Roles)|sh|rs|version|config|admin|\w*[pP]rod\w*)\b|[`\\\uffff]/;

function takesTestDocuments(machine: Machine, words: readonly string[], fed: string | undefined): boolean {
  const sorted = sortWords(
    words,
    '--host --port -u --username -p --password --eval -f --file --authenticationDatabase',
  );
  const { rest, flags } = sorted;
  const [place, ...scripts] = rest;
  const code = [...valuesOf(sorted, '--eval'), ...(fed === undefined ? [] : [fed])];
  if (place === undefined || scripts.length > 0 || code.length === 0 || valuesOf(sorted, '-f --file').length > 0)
    return false;
  if (flags.some((flag) => !/^--(?:quiet|norc|json(?:=\w+)?)$/.test(flag)) || code.some((one) => awayCode.test(one)))
    return false;
  const hosts = valuesOf(sorted, '--host');
  const isNamed = /[:/]/.test(place)
    ? place.startsWith('mongodb:') && (isPassingStore(place) || isBeside(machine, place))
    : isPassingName(place);
  return isNamed && (hosts.length === 0 || areHere(machine, hosts));
}

/** A store in a container beside the one that the client runs in. */
function isBeside(machine: Machine, url: string): boolean {
  return (
    machine.remote > 0 && isPassingStore(url.replace(/^(\w+:\/\/(?:[^@/]*@)?)[a-z][a-z\d_-]*(?=[:/])/i, '$1localhost'))
  );
}

function takesTestTopic(machine: Machine, name: string, words: readonly string[]): boolean {
  const sorted = sortWords(words, '--bootstrap-server --topic --group --to-offset --shift-by --partitions --timeout');
  if (sorted.flags.some((flag) => /^--(?:command-config|all-\w+|regex|zookeeper)/.test(flag))) return false;
  const groups = valuesOf(sorted, '--group');
  return (
    areHere(machine, valuesOf(sorted, '--bootstrap-server')) &&
    arePassing(/groups/.test(name) && groups.length > 0 ? groups : valuesOf(sorted, '--topic'))
  );
}

function takesTestQueue(machine: Machine, name: string, words: readonly string[]): boolean {
  if (name === 'rabbitmqctl') {
    const { rest, flags } = sortWords(words, '-p --vhost -t --timeout');
    const isOwn = flags.every((flag) => /^(?:-q|-s|--quiet|--silent|--if-empty|--if-unused)$/.test(flag));
    return isOwn && /^(?:purge_queue|delete_queue|delete_vhost)$/.test(rest[0] ?? '') && arePassing(rest.slice(1));
  }
  const sorted = sortWords(words, '-H --host -P --port -u --username -p --password -V --vhost');
  const [verb = '', kind = '', ...names] = sorted.rest;
  return (
    sorted.flags.length === 0 &&
    /^(?:delete|purge)$/.test(verb) &&
    /^(?:queue|exchange|vhost)$/.test(kind) &&
    areHere(machine, valuesOf(sorted, '-H --host')) &&
    names.length === 1 &&
    (names[0] ?? '').startsWith('name=') &&
    isPassingName((names[0] ?? '').slice(5))
  );
}

function takesTestStream(machine: Machine, words: readonly string[]): boolean {
  const sorted = sortWords(words, '-s --server --timeout');
  const [kind = '', verb = '', ...names] = sorted.rest;
  const given = valuesOf(sorted, '-s --server');
  return (
    sorted.flags.every((flag) => /^(?:-f|--force)$/.test(flag)) &&
    /^(?:stream|str|kv|consumer|con|object|obj)$/.test(kind) &&
    /^(?:rm|del|delete|purge)$/.test(verb) &&
    areHere(machine, given.length > 0 ? given : setValues(machine, 'NATS_URL')) &&
    arePassing(names.slice(0, 1))
  );
}

function takesTestBucket(machine: Machine, words: readonly string[]): boolean {
  const sorted = sortWords(words, '--host --bucket -b --org -o --token -t --start --stop --predicate -p');
  const hosts = valuesOf(sorted, '--host');
  return sorted.rest[0] === 'delete' && areHere(machine, hosts) && arePassing(valuesOf(sorted, '--bucket -b'));
}

function takesTestSchema(machine: Machine, words: readonly string[]): boolean {
  const sorted = sortWords(words, '-h --host -P --port -u --user --protocol');
  const [verb, ...names] = sorted.rest;
  const isPlain = sorted.flags.every((flag) => /^(?:-f|--force|-p.*|--password(?:=.*)?|-u\w+|-P\d+)$/.test(flag));
  return isPlain && verb === 'drop' && arePassing(names) && areHere(machine, valuesOf(sorted, '-h --host'));
}

function takesTestDump(machine: Machine, words: readonly string[]): boolean {
  const sorted = sortWords(words, '-h --host --port --uri -d --db --nsInclude --archive -u --username -p --password');
  const uris = valuesOf(sorted, '--uri');
  const names = valuesOf(sorted, '-d --db');
  const hosts = valuesOf(sorted, '-h --host');
  if (sorted.flags.some((flag) => !/^--(?:drop|gzip|quiet|archive(?:=\S+)?)$/.test(flag))) return false;
  return uris.length > 0
    ? hosts.length + names.length === 0 && uris.every(isPassingStore)
    : arePassing(names) && (hosts.length === 0 || areHere(machine, hosts));
}

function takesTestKeys(machine: Machine, words: readonly string[]): boolean {
  const sorted = sortWords(words, '--endpoints');
  const [verb, key, ...more] = sorted.rest;
  const isPlain = sorted.flags.every((flag) => flag === '--prefix');
  return (
    isPlain &&
    verb === 'del' &&
    more.length === 0 &&
    arePassing([key ?? '']) &&
    areHere(machine, valuesOf(sorted, '--endpoints'))
  );
}

/** By program: whether its words, and what is fed to it, say that only what is there to be thrown away is meant. */
const stores: ReadonlyMap<
  string,
  (machine: Machine, words: readonly string[], name: string, fed: string | undefined) => boolean
> = new Map([
  ...'docker podman docker-compose podman-compose'
    .split(' ')
    .map(
      (name) => [name, (machine: Machine, words: readonly string[]) => takesTestProject(machine, name, words)] as const,
    ),
  ...'redis-cli valkey-cli'.split(' ').map((name) => [name, takesNumberedDatabase] as const),
  ...'mongosh mongo'
    .split(' ')
    .map(
      (name) =>
        [
          name,
          (machine: Machine, words: readonly string[], _: string, fed: string | undefined) =>
            takesTestDocuments(machine, words, fed),
        ] as const,
    ),
  ...'kafka-topics kafka-topics.sh kafka-consumer-groups kafka-consumer-groups.sh'
    .split(' ')
    .map(
      (name) => [name, (machine: Machine, words: readonly string[]) => takesTestTopic(machine, name, words)] as const,
    ),
  ...'rabbitmqctl rabbitmqadmin'
    .split(' ')
    .map(
      (name) => [name, (machine: Machine, words: readonly string[]) => takesTestQueue(machine, name, words)] as const,
    ),
  ['nats', takesTestStream],
  ['influx', takesTestBucket],
  ['mysqladmin', takesTestSchema],
  ['etcdctl', takesTestKeys],
  ['mongorestore', takesTestDump],
]);

/** Programs of which {@link takesPassingStore} knows something. */
export function isStoreClient(name: string): boolean {
  return stores.has(name);
}

/**
 * Whether a client takes away nothing but data of tests or of development on this machine. `words` have a hole for what
 * is not known; `fed` is what comes in, with a hole where it is not known.
 */
export function takesPassingStore(
  machine: Machine,
  name: string,
  words: readonly string[],
  fed: string | undefined,
): boolean {
  return stores.get(name)?.(machine, words, name, fed) ?? false;
}
