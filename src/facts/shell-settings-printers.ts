import type { Machine } from './shell-machine.js';
import { isUsualPlace } from './shell-places.js';
import type { Field, Output } from './shell-values.js';

const versions = /^(?:virtualenv-)?init(?: (?:-|--path|--no-rehash|--detect-shell|bash|zsh|sh))*$/;
const kinds = '(?:bash|zsh|sh|posix|fish)';
const hook = new RegExp(`^init ${kinds}(?: --(?:no-cmd|disable-up-arrow)| --(?:cmd|hook) \\w+)*$`);
const completion = new RegExp(`^completions? (?:-s |--shell[ =])?${kinds}$`);
const completes =
  'kubectl helm kind minikube gh glab deno rustup poetry uv pip docker flux argocd istioctl kustomize k3d stern oc eksctl jj hugo just pnpm cargo golangci-lint goreleaser task'.split(
    ' ',
  );

/** Programs that print settings for a shell to evaluate, by the words with which they do. */
const printers: ReadonlyMap<string, RegExp> = new Map<string, RegExp>([
  ...completes.map((name): [string, RegExp] => [name, completion]),
  ...'rbenv pyenv nodenv goenv jenv phpenv plenv swiftenv tfenv'
    .split(' ')
    .map((name): [string, RegExp] => [name, versions]),
  ...'starship zoxide atuin mcfly'.split(' ').map((name): [string, RegExp] => [name, hook]),
  [
    'fnm',
    /^env(?: --(?:use-on-cd|corepack-enabled|resolve-engines|shell[ =]\w+|version-file-strategy[ =]\w+|log-level[ =]\w+))*$/,
  ],
  ['direnv', new RegExp(`^(?:hook|export) ${kinds}$`)],
  ...'mise rtx'
    .split(' ')
    .map((name): [string, RegExp] => [
      name,
      new RegExp(`^(?:activate|env|hook-env|completion)(?: -s)?(?: ${kinds})?(?: --shims)?$`),
    ]),
  ['brew', new RegExp(`^shellenv(?: ${kinds})?$`)],
  ['ssh-agent', /^(?:-[sc])?$/],
  ['opam', /^(?:config )?env(?: --(?:switch[ =][\w.-]+|set-switch|shell[ =]\w+|safe|revert))*$/],
  ...'conda mamba micromamba'
    .split(' ')
    .map((name): [string, RegExp] => [
      name,
      new RegExp(`^(?:shell\\.${kinds} hook|shell hook(?: (?:-s|--shell)[ =]?${kinds})?)$`),
    ]),
  ['docker-machine', /^env(?: --shell[ =]\w+)? [\w.-]+$/],
  ['minikube', /^(?:-p [\w-]+ )?(?:docker|podman)-env(?: (?:-p [\w-]+|-u|--unset|--shell[ =]\w+))*$/],
  ['dircolors', /^(?:-b|--sh|--bourne-shell)?$/],
  ['luarocks', /^(?:--(?:local|lua-version[ =][\d.]+) )*path(?: --(?:bin|append|no-bin))*$/],
  ['perl', /^(?:-I\S*\/perl5(?:\/lib\/perl5)?\/? )?-Mlocal::lib(?:=[\w/.-]+)?$/],
  ['go', /^env$/],
  ['lesspipe', /^$/],
  ['npm', /^completion$/],
]);

/** What such a program prints: nothing that anybody has to see before it is evaluated. */
export const shellSettings: Output = { text: undefined, decoded: false, fetched: false, settings: true };

/** Whether a command, of plain words only, is one that prints settings for a shell. */
export function printsSettings(machine: Machine, name: string, fields: readonly Field[]): boolean {
  const words = printers.get(name);
  const [first] = fields;
  if (words === undefined || first === undefined || machine.remote > 0) return false;
  const { bindings } = machine.scope;
  if (bindings.size > 0 && ['()', '='].some((end) => bindings.has(`${first.text}${end}`))) return false;
  if (first.text.includes('/') && !isUsualPlace(first.text, machine.home)) return false;
  if (fields.some(({ unknown, pattern, stream }) => (unknown ?? pattern ?? stream) !== undefined)) return false;
  return words.test(
    fields
      .slice(1)
      .map(({ text }) => text)
      .join(' '),
  );
}
