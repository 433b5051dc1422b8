import { isWithin } from './path-normal.js';
import { absoluteOf, contentOfFile, touch } from './shell-actions.js';
import type { Call } from './shell-call.js';
import { foldersOf, type Machine, spend } from './shell-machine.js';
import { below, type Field, hole, plainField } from './shell-values.js';

const programs = new Set(['docker', 'podman', 'nerdctl', 'docker-compose', 'podman-compose', 'buildah']);
/** What starts containers from a file that describes them, and what builds an image. */
const composes =
  /^(?:(?:docker|podman|nerdctl) compose|(?:docker|podman)-compose)(?: (?:up|run|create|start|restart|exec|watch|build))?$/;
const builds =
  /^(?:docker|podman|nerdctl) (?:(?:buildx|image|builder) )?build$|^buildah(?: (?:bud|build|build-using-dockerfile))?$/;
const composeFiles = ['compose', 'docker-compose', 'compose.override', 'docker-compose.override'].flatMap((name) => [
  `${name}.yaml`,
  `${name}.yml`,
]);
const bakeFiles = ['docker-bake.hcl', 'docker-bake.json', 'docker-bake.override.hcl'];
const buildFiles = ['Dockerfile', 'Containerfile'];
/** Longer texts are not read. */
const longestText = 65_536;

/** Reads what a command itself wrote for the program that starts or builds containers by it, and the folder of a build. */
export function readManifests(call: Call): void {
  const { command, name, machine, fields, io } = call;
  if (!programs.has(name) || machine.remote > 0) return;
  if (builds.test(command)) readBuild(call);
  else if (machine.files.size === 0 && io.stdin === undefined) return;
  else if (composes.test(command) || (fields[1]?.text === 'stack' && fields[2]?.text === 'deploy')) {
    const told = toldFiles(call, /^(?:-f|-c|--file|--compose-file)$/);
    for (const file of told.length > 0 ? told : composeFiles) readContainers(call, file);
  } else if (/^docker (?:buildx )?bake$/.test(command)) {
    const told = toldFiles(call, /^(?:-f|--file)$/);
    for (const file of told.length > 0 ? told : [...bakeFiles, ...composeFiles]) readContainers(call, file);
  } else if (name === 'podman' && /^(?:play|kube)$/.test(fields[1]?.text ?? ''))
    for (const { text } of fields.slice(2)) readContainers(call, text);
}

/** The values of a flag wherever it stands. */
function toldFiles({ fields }: Call, flag: RegExp): readonly string[] {
  return fields.flatMap(({ text }, i) => {
    const equals = text.startsWith('--') ? text.indexOf('=') : -1;
    if (equals > 0) return flag.test(text.slice(0, equals)) ? [text.slice(equals + 1)] : [];
    if (/^-[fc](?!=?$)/.test(text)) return [text.slice(2)];
    return flag.test(text) ? [fields[i + 1]?.text ?? ''] : [];
  });
}

function textOf({ machine, io }: Call, file: string): string | undefined {
  const isInput = file === '-' || file === '/dev/stdin';
  const content = isInput ? io.stdin : contentOfFile(machine, plainField(file));
  const text = content?.text ?? content?.partial;
  return text === undefined || text.length > longestText || !spend(machine, 1 + (text.length >> 5)) ? undefined : text;
}

/** Rights of the machine that a container is given. */
const hostRights =
  /(?:^|[\s{,"'])(?:privileged["']?\s*:\s*["']?(?:true|yes|on)\b|(?:pid|ipc|uts|userns_mode|cgroup)["']?\s*:\s*["']?host\b|(?:hostPID|hostIPC)["']?\s*:\s*["']?true\b|(?:cap_add|add)["']?\s*:\s*\[?(?:[\s"',-]*\w+){0,8}?[\s"',-]*(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_RAWIO|SYS_PTRACE|DAC_READ_SEARCH)\b)|(?:seccomp|apparmor)[:=]unconfined/i;
const listOfVolumes = /(?:^|[\s{,])volumes["']?\s*:\s*\[([^\]]*)\]/g;
const shortVolume =
  /^["']?(?=~|\.{0,2}\/|\.{1,2}:|\$)((?:\$\{[^}\s]*\}|\$\w|[^\s:"'$])+):(\/[^\s:"']*)(?::([\w,]+))?["']?$/;
const longSource = /(?:^|[\s{,-])(?:source|src|device|path)["']?\s*:\s*["']?((?:~|\.{0,2}\/|\$)[^\s"',}]*)/g;

const buildContext = /(?:^|[\s{,])(?:context|build)["']?\s*[:=]\s*["']?((?:~|\.{0,2}\/|\.\.|\$)[^\s"',}]*)/g;

/** Reads which of this machine's folders and rights containers get. */
function readContainers(call: Call, file: string): void {
  const whole = textOf(call, file);
  if (whole === undefined) return;
  const text = whole.replace(/(?:^|[ \t])#[^\n]*/g, '');
  if (hostRights.test(text)) call.machine.findings.effects.add('reach-host');
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  const mount = (source: string, readOnly: boolean): void => {
    const here = placeOf(call.machine, source, folder);
    touch(call.machine, 'read', here, true);
    if (!readOnly) touch(call.machine, 'written', here, true);
  };
  const short = (item: string): void => {
    const [, source, , options = ''] = shortVolume.exec(item.trim()) ?? [];
    if (source !== undefined) mount(source, /(?:^|,)ro\b/.test(options));
  };
  for (const [, context = ''] of text.matchAll(buildContext))
    readFolder(call.machine, placeOf(call.machine, context, folder));
  for (const [, list = ''] of text.matchAll(listOfVolumes)) for (const item of list.split(',')) short(item);
  for (const block of blocksOf(text)) {
    for (const line of block.split('\n')) short(line.replace(/^\s*-\s*/, ''));
    for (const [, source = ''] of block.matchAll(longSource)) mount(source, /read_?only["']?\s*:\s*true/i.test(block));
  }
}

/** The indented lines below each key that lists volumes. */
function blocksOf(text: string): readonly string[] {
  const blocks: string[][] = [];
  let depth = -1;
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/);
    if (indent < 0) continue;
    const isItem = indent === depth && line.startsWith('-', indent);
    if (depth >= 0 && (indent > depth || isItem)) blocks.at(-1)?.push(line);
    else {
      const isKey = /^[\s-]*["']?volumes["']?\s*:\s*$/.test(line);
      depth = isKey ? line.search(/[^\s-]/) : -1;
      if (isKey) blocks.push([]);
    }
  }
  return blocks.map((lines) => lines.join('\n'));
}

/** The folder of this machine that a manifest names, with the variables that are known. */
function placeOf(machine: Machine, source: string, folder: string): Field {
  const text = source
    .replace(/^~(?=\/|$)|\$\{?HOME\b\}?/g, machine.home)
    .replace(/\$\{?PWD\b\}?/g, foldersOf(machine)[0] ?? hole)
    .replace(/\$\{\w+:?-([^}]*)\}/g, '$1')
    .replace(/\$\{[^}]*\}|\$\w+/g, hole);
  const place = text.startsWith('/') || text.startsWith(hole) ? text : folder + text;
  return text.includes(hole) ? { ...plainField(place), unknown: 'variable' } : plainField(place);
}

/** Reads the folder that a build is given, and what the build file takes out of it. */
function readBuild(call: Call): void {
  const { machine, args, io } = call;
  const named = args.operands.filter(({ text }) => !/^(?:bud|build|build-using-dockerfile)$/.test(text));
  const context = named.at(-1);
  if (context !== undefined && context.text !== '-' && !context.text.includes('://')) readFolder(machine, context);
  if (machine.files.size === 0 && io.stdin === undefined) return;
  const told = toldFiles(call, /^(?:-f|--file)$/);
  const folder = context === undefined || context.text === '-' ? plainField('.') : context;
  const files =
    told.length > 0 ? told : context?.text === '-' ? ['-'] : buildFiles.map((name) => `${folder.text}/${name}`);
  for (const file of files) {
    const text = textOf(call, file);
    if (text !== undefined) readBuildFile(machine, text, folder);
  }
}

/** Reads a folder with all in it; one around the workspace that is not the home is that of a project in parts. */
function readFolder(machine: Machine, folder: Field): void {
  const path = absoluteOf(machine, folder);
  const isProject =
    path !== undefined && path !== '/' && isWithin(path, machine.workspace) && !isWithin(path, machine.home);
  touch(machine, 'read', folder, !isProject);
}

/** Files of the context that a build file copies into the image. */
function readBuildFile(machine: Machine, text: string, folder: Field): void {
  for (const [, flags = '', words = ''] of text
    .replace(/\\\r?\n/g, ' ')
    .matchAll(/^[ \t]*(?:COPY|ADD)[ \t]+((?:--\S+[ \t]+)*)([^\n]+)$/gim)) {
    if (flags.includes('--from=')) continue;
    const names = words
      .replace(/^\[|\]\s*$/g, '')
      .split(/[\s,]+/)
      .map((word) => word.replace(/^["']|["']$/g, ''))
      .filter((word) => word !== '');
    for (const name of names.slice(0, -1)) {
      if (/:\/\/|^<<|^git@|[$]/.test(name)) continue;
      const source = plainField(name.replace(/^\/+/, ''));
      touch(machine, 'read', below(folder, /[*?[]/.test(name) ? { ...source, pattern: source.text } : source));
    }
  }
}
