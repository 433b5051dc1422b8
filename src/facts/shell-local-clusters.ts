import type { Machine } from './shell-machine.js';
import { hole } from './shell-values.js';

/** Programs whose words say which cluster they meet. */
const clusterClients = new Set(['kubectl', 'oc', 'k', 'helm']);

/** Whether a program is a client of clusters. */
export function isClusterClient(name: string): boolean {
  return clusterClients.has(name);
}

/** Contexts that tools for clusters on one's own machine give their name. */
const localContext =
  /^(?:kind-[\w.-]+|k3d-[\w.-]+|minikube|docker-desktop|docker-for-desktop|rancher-desktop|colima|colima-[\w.-]+|orbstack|microk8s|k3s-local|podman-desktop)$/;
/** What sends a client to another cluster than its context does, or to another user of it. */
const otherCluster =
  /^(?:-s|--(?:server|kubeconfig|cluster|token|user|as|as-group|as-uid|kube-(?:apiserver|token|as-user|as-group|ca-file)|post-renderer))(?:=|$)/;
/** What shows secrets, or the settings of every cluster, and what comes from elsewhere. */
const keptByCluster = /:\/\/|^(?:secrets?(?:[./,].*)?|\S*,secrets?|view|proxy|port-forward|attach|debug|--raw)$/;

/** Whether a client of clusters is told the context of one on this machine, or the script made that the current one. */
export function meetsLocalCluster(machine: Machine, words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  const told = own.flatMap((word, i) => {
    const [, given] = /^--(?:kube-?)?context(?:=(.*))?$/.exec(word) ?? [];
    return /^--(?:kube-?)?context(?:=|$)/.test(word) ? [given ?? own[i + 1] ?? ''] : [];
  });
  if (own.join(' ').startsWith('config use-context ')) told.push(own[2] ?? '');
  if (told.length === 0 && machine.cluster !== undefined && !machine.scope.bindings.has('$KUBECONFIG'))
    told.push(machine.cluster);
  const [context] = told;
  if (context === undefined || told.length > 1 || !isLocalContext(machine, context)) return false;
  const makes =
    / create secret generic (?:\S+ )*--from-literal/.test(` ${own.join(' ')} `) &&
    !own.some((word) => /^--from-(?:file|env)|^-o|^--output/.test(word));
  return !own.some((word) => otherCluster.test(word) || (keptByCluster.test(word) && !(makes && word === 'secret')));
}

function isLocalContext(machine: Machine, context: string): boolean {
  if (/prod|live|stag/i.test(context)) return false;
  return localContext.test(context) || machine.ownClusters.has(context);
}

/** Programs that make clusters on this machine, by the words before what they are told. */
const makers: ReadonlyMap<string, (words: readonly string[]) => string | undefined> = new Map([
  [
    'minikube',
    (words) =>
      words.includes('start') ? (valueOfFlag(words, /^(?:-p|--profile)(?:=(.*))?$/) ?? 'minikube') : undefined,
  ],
  [
    'kind',
    (words) =>
      words.join(' ').startsWith('create cluster')
        ? `kind-${valueOfFlag(words, /^(?:-n|--name)(?:=(.*))?$/) ?? 'kind'}`
        : undefined,
  ],
  [
    'k3d',
    (words) =>
      words.join(' ').startsWith('cluster create')
        ? `k3d-${words[2] === undefined || words[2].startsWith('-') ? 'k3s-default' : words[2]}`
        : undefined,
  ],
  [
    'colima',
    (words) => {
      if (words[0] !== 'start' || !words.some((word) => /^(?:-k|--kubernetes)$/.test(word))) return undefined;
      const profile = valueOfFlag(words, /^(?:-p|--profile)(?:=(.*))?$/);
      return profile === undefined ? 'colima' : `colima-${profile}`;
    },
  ],
]);

function valueOfFlag(words: readonly string[], flag: RegExp): string | undefined {
  const at = words.findIndex((word) => flag.test(word));
  return at < 0 ? undefined : (flag.exec(words[at] ?? '')?.[1] ?? words[at + 1]);
}

/** What makes another cluster the current one. */
const changesCluster = /\b(?:update-kubeconfig|get-credentials|kubeconfig|use-context|set-context|login|unset)\b/;

/** Remembers a cluster that a command makes on this machine, or that it goes over to another one. */
export function noteCluster(machine: Machine, name: string, words: readonly string[]): void {
  const made = makers.get(name)?.(words);
  if (made !== undefined) {
    if (made.includes(hole)) return;
    machine.ownClusters.add(made);
    machine.cluster = made;
  } else if (name === 'kubectl' && words[0] === 'config' && words[1] === 'use-context')
    machine.cluster = isLocalContext(machine, words[2] ?? '') ? words[2] : undefined;
  else if (
    machine.cluster !== undefined &&
    (/^(?:kubectx|kctx|kubie|switch)$/.test(name) || words.some((word) => changesCluster.test(word)))
  )
    machine.cluster = undefined;
}
