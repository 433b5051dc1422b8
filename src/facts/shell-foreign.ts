import { isWithin, normalizeSegments, parentOf } from './path-normal.js';
import { absoluteOf, contentOfFile, isUrl, remoteHost } from './shell-actions.js';
import { type Call, hasFlag } from './shell-call.js';
import { foldersOf, type Machine } from './shell-machine.js';
import { isUsualPlace } from './shell-places.js';
import { type Field, hole, plainField } from './shell-values.js';

/** Folders that anybody, or any download, may put files into. */
const anybodys = /^(?:\/private)?\/(?:tmp|var\/tmp|dev\/shm)\/|^\/(?:mnt|media|Volumes|srv|run\/media|Users\/Shared)\//;
/** Programs of an environment of Python, which are those that were installed into it. */
const ownEnvironment = /\/\.?v?env[\w.-]*\/bin\/[\w.+-]+$/;

/** What is run: a program by its own path, a script that another program reads, or what lies in a folder. */
type Ran = 'program' | 'script' | 'folder';

/** Records that a file is run that came from the network, or lies outside the workspace and was not written here. */
export function noteRun(machine: Machine, field: Field, ran: Ran = 'script'): void {
  if (machine.remote > 0 || field.stream !== undefined || field.text === '') return;
  for (const path of placesOf(machine, field)) noteRunAt(machine, path, ran);
}

/** Records a program that is named by its path, which is the one of its base name only where programs usually lie. */
export function noteProgramPath(machine: Machine, field: Field): void {
  if (machine.remote > 0 || field.stream !== undefined || field.text.startsWith(hole)) return;
  const places = placesOf(machine, field);
  if (places.length === 0) machine.findings.dynamicPaths = true;
  for (const path of places) {
    machine.findings.programPaths.add(path.replaceAll(hole, '*'));
    // What a pattern or a variable names is opaque as it is.
    noteRunAt(machine, path, field.pattern === undefined && field.unknown === undefined ? 'program' : 'script');
  }
}

function placesOf(machine: Machine, { text }: Field): readonly string[] {
  const whole = text.startsWith('~/') ? machine.home + text.slice(1) : text;
  if (whole.startsWith('/')) return [normalizeSegments(whole)];
  return foldersOf(machine).map((folder) => normalizeSegments(`${folder}/${whole}`));
}

/** Whether a file lies in a folder that the command filled from the network. */
export function liesInFetched(machine: Machine, field: Field): boolean {
  return machine.fetched.size > 0 && placesOf(machine, field).some((path) => isFetched(machine, path));
}

function isFetched({ fetched }: Machine, path: string): boolean {
  for (const folder of fetched) {
    const inner = folder.endsWith('/*') ? folder.slice(0, -2) : undefined;
    if (inner === undefined ? isWithin(folder, path) : isWithin(inner, path) && path.indexOf('/', inner.length + 1) > 0)
      return true;
  }
  return false;
}

function noteRunAt(machine: Machine, path: string, ran: Ran): void {
  const { findings } = machine;
  if (isFetched(machine, path)) findings.reasons.add('script-from-network');
  const foreign = ran === 'program' ? isForeignProgram(machine, path) : isForeign(machine, path);
  if (foreign && !isWrittenHere(machine, path, ran)) findings.reasons.add('foreign-file');
}

function isForeignProgram(machine: Machine, path: string): boolean {
  return !isWithin(machine.workspace, path) && !isUsualPlace(path, machine.home);
}

/** Whether a file lies in a folder in which anybody or any download may put one. */
function isForeign({ workspace, home }: Machine, path: string): boolean {
  if (isWithin(workspace, path) || path.startsWith(`/${hole}`) || ownEnvironment.test(path)) return false;
  if (anybodys.test(path)) return true;
  if (isWithin(home, path)) return /^\/(?:Downloads|Desktop)\//.test(path.slice(home.length));
  return /^\/(?:home|Users)\/(?!linuxbrew\/)[^/]+\//.test(path);
}

/** Folders that hold what others put there, whatever this command puts beside it. */
const shared =
  /^(?:\/private)?\/(?:tmp|var|var\/tmp|dev|dev\/shm|home|Users|opt|usr|usr\/local|etc|root|mnt|media|srv)$/;

/** Whether the same command put the file there, or filled the folder in which it lies. */
function isWrittenHere(machine: Machine, path: string, ran: Ran): boolean {
  const { filled, home } = machine;
  if (filled.has(path)) return true;
  if (filled.size > 0)
    for (let folder = parentOf(path); folder !== '/'; folder = parentOf(folder))
      if (filled.has(folder) && !shared.test(folder) && !isWithin(folder, home)) return true;
  // A package of the workspace, under the name that npm gave it.
  if (path.endsWith('.tgz') && machine.findings.commands.has('npm pack') && filled.has(parentOf(path))) return true;
  if (ran !== 'folder') return false;
  for (const [folder, chain] of machine.made) if (machine.chains.includes(chain) && isWithin(folder, path)) return true;
  return false;
}

/** What changes a file, or makes an empty one or a folder, and what lies in a container: none of it says what a file holds. */
const leavesContent = new Set(
  'mkdir touch chmod chown chgrp chattr chcon setfacl setcap truncate fallocate mkfifo mknod sed perl ruby strip patch docker podman nerdctl'.split(
    ' ',
  ),
);
const copies = new Set(['cp', 'mv', 'ln', 'rsync', 'install', 'gcp', 'gmv']);

/** Whether what a program writes is known to be its own, or a copy of what may be run. */
export function fillsFiles(call: Call): boolean {
  const { machine, name, command, args } = call;
  if (leavesContent.has(name) || command === 'git init') return false;
  if (name === 'tee') return !hasFlag(call, '-a');
  if (name === 'install' && hasFlag(call, '-d')) return false;
  if (!copies.has(name)) return true;
  const sources = hasFlag(call, '-t', '--target-directory') ? args.operands : args.operands.slice(0, -1);
  return !sources.some((field) =>
    placesOf(machine, field).some((path) => isForeign(machine, path) && !isWrittenHere(machine, path, 'script')),
  );
}

/** Remembers a folder that did not exist before, for what follows in the same list of commands that all have to succeed. */
export function noteMade({ machine, name, args }: Call): void {
  const chain = machine.chains.at(-1);
  if (name !== 'mkdir' || chain === undefined || args.flags.some((flag) => flag.name === '-p')) return;
  for (const field of args.operands) {
    const path = absoluteOf(machine, field);
    if (path !== undefined) machine.made.set(path, chain);
  }
}

/** Programs that run what the files of a folder say. */
const builders = new Set(
  'make gmake ninja cmake just task rake gradle gradlew mvn mvnw ant npm pnpm yarn bun cargo go pip uv poetry pdm hatch tox nox pytest jest vitest mocha bundle composer mix dotnet swift stack cabal bazel sbt lein docker-compose scons waf meson'.split(
    ' ',
  ),
);
const dockerBuilds = /^docker (?:compose (?:up|run|build|start)|(?:buildx |image )?build)$/;
/** What these programs do without running what is there. */
const reading =
  /^(?:npm|pnpm|yarn|bun|cargo|go|pip|uv|poetry|composer|dotnet) (?:view|info|show|list|ls|outdated|audit|why|explain|init|config|pack|tree|metadata|fmt|search|help|version|env|doc|mod|vet|get|cache|download|freeze|check|lock)$/;
const folderFlags = new Set(
  '-C --directory --prefix --cwd --dir --manifest-path -f --file --makefile --justfile --taskfile -p --project-dir --project --project-directory --build -S --build-file --buildfile --rootdir'.split(
    ' ',
  ),
);
const installs = /^(?:(?:uv )?pip|npm|pnpm|bun) install$|^(?:npm|pnpm|yarn|bun|uv|poetry) add$|^yarn install$/;
const runsFirst = /^(?:go|deno|bun) (?:run|test)$/;

/** Records the folders and files that a building program is told by its flags. */
export function noteBuildFolders({ machine, name, args }: Call, command: string): void {
  if (machine.remote > 0 || (!builders.has(name) && name !== 'docker') || reading.test(command)) return;
  for (const { name: flag, value } of args.flags)
    if (value !== undefined && folderFlags.has(flag) && /^[./~\w]/.test(value.text)) noteRun(machine, value, 'folder');
}

/** Programs whose operands are scripts of their own kind, of which a dry run looks up and computes what they ask for. */
const players = new Set(['ansible-playbook', 'ansible', 'ansible-inventory']);
/** Options of these that name what is run: inventories, modules, what prints a password. */
const playFlags =
  /^(?:-i|-M|--inventory(?:-file)?|--module-path|--playbook-dir|--(?:vault|become|connection)-password-file)$/;

function notePlays({ machine, name, args, io }: Call): void {
  const named = args.flags.filter((flag) => playFlags.test(flag.name)).flatMap(({ value }) => value ?? []);
  for (const field of name === 'ansible-playbook' ? [...args.operands, ...named] : named) {
    const fromInput = /^(?:-|\/dev\/stdin)$/.test(field.text);
    const stream = field.stream ?? (fromInput ? io.stdin : contentOfFile(machine, field));
    if (isUrl(field.text) || stream?.fetched === true) machine.findings.reasons.add('script-from-network');
    if (stream?.decoded === true) machine.findings.reasons.add('decoded-into-interpreter');
    noteRun(machine, field);
  }
}

/** Records from where a program takes what it builds or runs. */
export function noteBuild(call: Call): void {
  const { machine, name, command, args } = call;
  if (machine.remote > 0) return;
  if (players.has(name)) return notePlays(call);
  if (name === 'R' && args.operands[0]?.text === 'CMD')
    for (const field of args.operands.slice(2)) noteRun(machine, field);
  if (!builders.has(name) && !(name === 'docker' && dockerBuilds.test(command)) && !runsFirst.test(command)) return;
  if (reading.test(command) || command === 'cmake -E') return;
  noteBuildFolders(call, command);
  if (installs.test(command)) for (const field of args.operands) if (/^[./~]/.test(field.text)) noteRun(machine, field);
  const [first] = args.operands;
  if (first !== undefined && runsFirst.test(command)) noteRun(machine, first);
  // An archive or a file of build steps that comes in.
  const fromInput =
    first?.text === '-' || args.flags.some((flag) => flag.name === '--file' && flag.value?.text === '-');
  if (name === 'docker' && fromInput && call.io.stdin?.fetched === true)
    machine.findings.reasons.add('script-from-network');
  if (command !== 'go run' || first === undefined || !first.text.startsWith('/'))
    noteRun(machine, plainField('./*'), 'folder');
}

const clones = new Set(['git clone', 'git submodule add', 'hg clone', 'svn checkout', 'svn co', 'svn export']);
/** Systems whose verbs are read as operands. */
const otherCloners = new Set(['gh', 'glab', 'jj', 'sl', 'darcs', 'pijul', 'brz', 'bzr', 'fossil']);
const cloning = /^(?:clone|branch)$/;
/** What copies a repository that is named `owner/name`, without its history. */
const copiers = new Set(['degit', 'tiged', 'giget', 'gitpick']);

/** Remembers the folders that a command fills from the network. */
export function noteFetchedFolder(call: Call): void {
  const { machine, name: program, command, args } = call;
  const isPlain = clones.has(command) || copiers.has(program);
  if (!isPlain && !otherCloners.has(program)) return;
  const words = args.operands.slice(0, 3).map(({ text }) => text);
  const isShort = program === 'gh' || program === 'glab';
  if (isShort && !/^(?:gh|glab) (?:repo )?(?:repo|clone) /.test(`${command} ${words.join(' ')} `)) return;
  if (!isPlain && !words.some((word) => cloning.test(word))) return;
  const [from, to] = args.operands.slice(words.findIndex((word) => cloning.test(word)) + 1);
  if (from === undefined) return;
  if (!isShort && !copiers.has(program) && !isUrl(from.text) && remoteHost(from.text) === undefined) return;
  const name = /([^/:]+?)(?:\.git)?\/*$/.exec(from.text)?.[1];
  const folder = to ?? (name === undefined ? undefined : plainField(name));
  const path = folder === undefined ? undefined : absoluteOf(machine, folder);
  if (path !== undefined) machine.fetched.add(path);
}

/** A further work tree beside the workspace, which git makes only where there is nothing yet. */
export function noteWorktree(call: Call): void {
  const { machine, command, args } = call;
  if (command !== 'git worktree add' || args.operands.some(({ unknown }) => unknown !== undefined)) return;
  const [folder] = args.operands;
  const path = folder === undefined ? undefined : absoluteOf(machine, folder);
  if (path === undefined || hasFlag(call, '--force') || parentOf(path) !== parentOf(machine.workspace)) return;
  if (parentOf(path) !== '/') machine.findings.worktrees.add(path);
}

/** Remembers the folder into which an archive from the network is unpacked; of the current one, the folders in it. */
export function noteUnpacked(call: Call, archive: Field | undefined, folder: Field | undefined): void {
  const { machine, io } = call;
  const content = archive === undefined || archive.text === '-' ? io.stdin : contentOfFile(machine, archive);
  if (content?.fetched !== true) return;
  const here = foldersOf(machine)[0];
  const path = folder === undefined ? here : absoluteOf(machine, folder);
  if (path !== undefined) machine.fetched.add(path === here ? `${path}/*` : path);
}
