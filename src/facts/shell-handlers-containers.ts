import { normalizeSegments } from './path-normal.js';
import { optionTable, readArguments } from './programs-options.js';
import { contactRegistry, elsewhere, remoteHost, touch } from './shell-actions.js';
import { flagValue, type Handler } from './shell-call.js';
import { wrapper } from './shell-handlers-wrappers.js';
import type { Mount } from './shell-machine.js';
import { noteFlags } from './shell-notes.js';
import { isolated } from './shell-scope.js';
import { type Field, hole, sliceField, unknownOutput } from './shell-values.js';

/** docker run: mounted folders are ours, all other paths lie in the container. */
export const docker: Handler = (call) => {
  const { machine, args } = call;
  const mounts: Mount[] = [];
  for (const { name, value } of args.flags) {
    if (value === undefined) continue;
    const mount = name === '--volume' ? readVolume(value) : name === '--mount' ? readMount(value) : undefined;
    if (mount === undefined) continue;
    const { here, readOnly } = mount;
    touch(machine, 'read', here, true);
    if (!readOnly) touch(machine, 'written', here, true);
    mounts.push(mount);
  }
  const [image] = args.operands;
  if (image !== undefined) contactRegistry(machine, image);
  const before = machine.mounts;
  machine.mounts = [...before, ...mounts];
  const entry = flagValue(call, '--entrypoint');
  const output =
    entry === undefined || entry.text === ''
      ? wrapper(call)
      : elsewhere(machine, () =>
          isolated(machine.scope, () => machine.runFields([entry, ...args.operands.slice(1)], call.io)),
        );
  machine.mounts = before;
  return output;
};

interface ReadMount extends Mount {
  readonly readOnly: boolean;
}

function readVolume(value: Field): ReadMount | undefined {
  const [source = '', inside = '', options = ''] = value.text.split(':');
  return mountOf(value, source, inside, /(^|,)ro\b/.test(options));
}

function readMount(value: Field): ReadMount | undefined {
  const part = (names: string): string => new RegExp(`(?:^|,)(?:${names})=([^,]*)`).exec(value.text)?.[1] ?? '';
  return mountOf(value, part('source|src'), part('target|destination|dst'), /(?:^|,)(readonly|ro)\b/.test(value.text));
}

/** Names of volumes are no folders of ours. */
function mountOf(value: Field, source: string, inside: string, readOnly: boolean): ReadMount | undefined {
  if (!/^[./~]/.test(source) && !source.includes(hole)) return undefined;
  const unknown = source.includes(hole) ? value.unknown : undefined;
  const here: Field = { text: source === '~' ? '~/' : source, pattern: undefined, unknown, stream: undefined };
  return { here, inside: normalizeSegments(`/${inside}`), readOnly };
}

/** docker cp and kubectl cp: a word with a colon is in the container. */
export const containerCopy: Handler = (call) => {
  const { operands } = call.args;
  operands.forEach((field, index) => {
    const place = remoteHost(field.text);
    if (place !== undefined) {
      if (index < operands.length - 1)
        elsewhere(call.machine, () => touch(call.machine, 'read', sliceField(field, place.length + 1)));
    } else touch(call.machine, index === operands.length - 1 ? 'written' : 'read', field, true);
  });
  return unknownOutput;
};

/** kubectl exec and run: the command stands after `--`. */
export const kubectlExec: Handler = (call) => {
  const { machine, fields, args, io } = call;
  const at = fields.findIndex((field) => field.text === '--');
  const command = at >= 0 ? fields.slice(at + 1) : call.command.endsWith(' exec') ? args.operands.slice(1) : [];
  if (at >= 0 && call.command.endsWith(' exec')) {
    const table = optionTable(call.program.options ?? '', false);
    noteFlags(machine, call.command, readArguments(fields.slice(0, at), (args.positions[0] ?? 0) + 1, table, {}));
  }
  if (command.length === 0) return unknownOutput;
  return elsewhere(machine, () => isolated(machine.scope, () => machine.runFields(command, io)));
};
