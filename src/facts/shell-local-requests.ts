import { isLoopback } from './local-names.js';
import type { Machine } from './shell-machine.js';
import { hole, type Output } from './shell-values.js';

const clients = new Set(['curl', 'curlie', 'wget', 'http', 'https', 'httpie', 'xh', 'xhs']);

/** Whether a program sends requests over the web, by words that name each place. */
export function isWebClient(name: string): boolean {
  return clients.has(name);
}

/** Settings from a file, which may name further places. */
const otherPlaces =
  /^(?:-[a-zA-Z]*K|--config|-i|--input-file|--resolve|--connect-to|--doh-url|--interface|--unix-socket)/;
/** Doors of programs that run what they are told: of containers, nodes of clusters, debuggers, tunnels. */
const controlDoor = /:(?:2375|2376|2377|2378|4040|4194|4243|6443|8001|9222|9229|10250|10255|10257|10259)(?!\d)/;
/** Those of daemons that start containers for whoever asks. */
const hostDoor = /:(?:2375|2376|4243|10250)(?!\d)/;
/** All that a store for searches holds. */
const everything = /\/_all(?:[/?]|$)|:92\d\d(?:\/\*?)?$|\/\*|_delete_by_query/;
/** Options whose value may be anything at all. */
const takesAnything =
  /^-(?:[a-zA-Z]*[dFHouAewbcX]|-(?:data[\w-]*|json|header|form[\w-]*|user|output|cookie|write-out|post-data|body-data|user-agent|request|method|max-time|url-query))$/;
/** Entries of what is sent and of how it is kept secret on the way, which is nobody else's business. */
const sends =
  /^\S+ (?:-[dFTX]|--(?:data(?:-\w+)?|json|form(?:-string)?|url-query|upload-file|post-(?:data|file)|body-(?:data|file)|method|multipart|request|variable)|post|put|patch|delete|mkcol|propfind|POST|-k|--insecure|--no-check-certificate|--verify|\$\(\))$/;

/** Runs a client of the web. Of one that reaches no other machine than this, what it sends and how are no facts. */
export function requestHere(machine: Machine, words: readonly string[], run: () => Output): Output {
  const { commands, operands, hosts, effects } = machine.findings;
  if (words.some((word) => hostDoor.test(word))) effects.add('reach-host');
  const isPlain = words.every(
    (word, i) =>
      !otherPlaces.test(word) &&
      !controlDoor.test(word) &&
      (!word.startsWith(hole) || takesAnything.test(words[i - 1] ?? '')),
  );
  if (!isPlain || words.some((word) => everything.test(word))) return run();
  const before = { commands: new Set(commands), operands: new Set(operands), hosts: [...hosts] };
  hosts.clear();
  const output = run();
  const own = [...hosts];
  hosts.clear();
  for (const host of [...before.hosts, ...own]) hosts.add(host);
  if (own.length === 0 || !own.every(isLoopback)) return output;
  for (const entry of commands) if (!before.commands.has(entry) && sends.test(entry)) commands.delete(entry);
  for (const entry of operands) if (!before.operands.has(entry) && sends.test(entry)) operands.delete(entry);
  return output;
}
