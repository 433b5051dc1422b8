import { isTestName } from './local-names.js';
import { applyRole, elsewhere, isUrl, runShellText, runSource, runStream } from './shell-actions.js';
import { type Call, flagValue, type Handler, hasFlag } from './shell-call.js';
import { assignment, enterFolder, quoted, takeAssignments } from './shell-environment.js';
import { type Io, type Machine, setVariable } from './shell-machine.js';
import { noteWord } from './shell-notes.js';
import { isolated } from './shell-scope.js';
import { type Field, joinFields, type Output, plainField, silent, sliceField, unknownOutput } from './shell-values.js';

/** Runs the words after a wrapper's own; nothing when there are none. */
function runRest(call: Call, fields: readonly Field[], io: Io = call.io): Output {
  const { machine, program } = call;
  const words = program.assigns === true ? takeAssignments(machine, fields) : fields;
  const command = words[0]?.text === '--' ? words.slice(1) : words;
  if (command.length === 0) {
    if (call.name === 'env') machine.findings.printsEnvironment = true;
    return unknownOutput;
  }
  if (program.elsewhere === true)
    return elsewhere(machine, () =>
      isolated(machine.scope, () => {
        setGiven(call);
        return machine.runFields(command, io);
      }),
    );
  return machine.runFields(command, io);
}

/** Variables that a command in a container is given: `-e NAME=value`. */
function setGiven({ machine, args }: Call): void {
  // Whose variables these are is said by the container, too.
  if (/prod|live|stag/i.test(args.operands[0]?.text ?? '')) return;
  for (const { name, value } of args.flags)
    if (/^(?:-e|--env)$/.test(name) && value !== undefined && assignment.test(value.text)) {
      const equals = value.text.indexOf('=');
      setVariable(machine, value.text.slice(0, equals), [sliceField(value, equals + 1)]);
    }
}

const architecture =
  /^(linux(32|64)|uname26|i[3-6]86|x86_64|athlon|ppc\w*|powerpc\w*|arm\w*|aarch64|s390x?|mips\w*|alpha\w*|sparc\w*|ia64|parisc\w*|riscv\w*)$/;

/** `nice cmd`, `timeout 5 cmd`, `flock file -c text` and all others that only put words before a command. */
export const wrapper: Handler = (call) => {
  const { machine, program, args, io } = call;
  const leads = call.name === 'setarch' && !architecture.test(args.operands[0]?.text ?? '') ? 0 : (program.leads ?? 0);
  const rest = args.operands.slice(leads);
  if (call.name === 'flock') for (const field of args.operands.slice(0, leads)) applyRole(machine, 'w', field);
  if (rest[0]?.text === '-c' && rest[1] !== undefined && leads > 0) return runShellText(machine, rest[1], io);
  const started = call.name === 'start-stop-daemon' ? (flagValue(call, '-a') ?? flagValue(call, '-x')) : undefined;
  if (started !== undefined) return runRest(call, [started, ...rest]);
  if (call.name === 'capsh' && rest.length > 0) return runRest(call, [plainField('bash'), ...rest]);
  if (/^(?:dotenvx?|env-cmd)$/.test(call.name)) return runWithFile(call, rest);
  const [first] = rest;
  // `entr -s` hands its first word to a shell.
  if (call.name === 'entr' && hasFlag(call, '-s') && first !== undefined) return runShellText(machine, first, io);
  if (call.name === 'gdb') readDebugger(call);
  if (first !== undefined && call.command.endsWith(' run') && /\.pyw?$/.test(first.text)) {
    return runRest(call, [plainField('python'), ...rest]);
  }
  return runRest(call, rest);
};

/** Runs a command with the variables of a file; one of tests sets the environment of tests. */
function runWithFile(call: Call, fields: readonly Field[]): Output {
  const { machine } = call;
  const file = (flagValue(call, '-e') ?? flagValue(call, '-f'))?.text ?? '';
  if (!/^(?:\.\/)?\.env[\w.-]*$/.test(file) || !isTestName(file)) return runRest(call, fields);
  return isolated(machine.scope, () => {
    setVariable(machine, 'NODE_ENV', [plainField('test')]);
    return runRest(call, fields);
  });
}

/** Commands of gdb that run programs, code or functions of the program. */
function readDebugger({ machine, args }: Call): void {
  for (const { name, value } of args.flags) {
    if (name !== '-e' || value === undefined) continue;
    const shell = /^\s*(?:shell|!|pipe\b.*?\||make)\s*/.exec(value.text);
    if (shell !== null) runShellText(machine, sliceField(value, shell[0].length), { stdin: undefined });
    else if (
      /^\s*(?:python|py|python-interactive|pi|source|compile|guile|call|define|dump|restore)\b|\(/.test(value.text)
    )
      machine.findings.reasons.add('other-language');
  }
}

/** env sets variables, changes the folder, and splits the text of `-S`. */
export const env: Handler = (call) => {
  const { machine, args, io } = call;
  const text = flagValue(call, '-S');
  const folder = flagValue(call, '-C');
  return isolated(machine.scope, () => {
    if (folder !== undefined) enterFolder(machine, folder);
    for (const flag of args.flags)
      if (flag.name === '-u' && flag.value !== undefined) machine.findings.environment.add(flag.value.text);
    const rest = args.operands;
    if (text === undefined) return runEnvironment(call, rest);
    // `env -S` splits its text into words of its own.
    const all = joinFields([text, ...rest.map(quoted)]);
    if (all.unknown !== undefined) machine.findings.reasons.add(`program-from-${all.unknown}`);
    return runSource(machine, all.text, io);
  });
};

function runEnvironment(call: Call, fields: readonly Field[]): Output {
  const { machine } = call;
  for (const field of fields) {
    const equals = field.text.indexOf('=');
    if (!assignment.test(field.text)) break;
    // What is set here is known to a shell inside.
    setVariable(machine, field.text.slice(0, equals), [sliceField(field, equals + 1)]);
  }
  return runRest(call, fields);
}

/** printenv without a name, and ps with the letter that shows the environment of processes. */
export const environment: Handler = (call) => {
  const { machine, name, args, fields } = call;
  const shows =
    name === 'ps'
      ? /^[acfghjlmruvwxSTH]*e[acefghjlmruvwxSTH]*$/.test(fields[1]?.text ?? '')
      : args.operands.length === 0;
  if (shows) machine.findings.printsEnvironment = true;
  if (name === 'printenv') {
    for (const { text } of args.operands)
      if (text.length < 256) noteWord(machine, name, { ...plainField(''), variables: [text] }, false);
  }
  return undefined;
};

/** sudo, doas, su and runuser. */
export const su: Handler = (call) => {
  const { machine, name, args, io } = call;
  const text = flagValue(call, '-c');
  if (name === 'su' || name === 'runuser') {
    let output: Output | undefined;
    for (const flag of args.flags) {
      if (flag.name === '-c' && flag.value !== undefined) output = runShellText(machine, flag.value, io);
    }
    if (output !== undefined) return output;
    const words = args.operands.filter((field) => field.text !== '-');
    const rest = hasFlag(call, '-u') ? words : words.slice(1);
    if (rest.length > 0) return runRest(call, rest);
    return io.stdin === undefined ? unknownOutput : runStream(machine, io.stdin, { stdin: undefined });
  }
  if (text !== undefined && name === 'su') return runShellText(machine, text, io);
  if (hasFlag(call, '-e') && name === 'sudo') {
    for (const field of args.operands) applyRole(machine, 'a', field);
    return silent;
  }
  const folder = flagValue(call, '-D');
  const run = (): Output => {
    if (folder !== undefined) enterFolder(machine, folder);
    const rest = takeAssignments(machine, args.operands);
    if (rest.length === 0 && hasFlag(call, '-s', '-i') && io.stdin !== undefined)
      return runStream(machine, io.stdin, { stdin: undefined });
    return runRest(call, rest);
  };
  return folder === undefined ? run() : isolated(machine.scope, run);
};

/** A command given as words that are joined and handed to a shell: tmux, watchexec, submodule foreach. */
export const shellText: Handler = (call) => {
  const { machine, name, program, args, io } = call;
  if (name === 'script') return undefined;
  const words = program.assigns === true ? takeAssignments(machine, args.operands) : args.operands;
  if (words.length === 0) return unknownOutput;
  const text = joinFields(words);
  return program.elsewhere === true
    ? elsewhere(machine, () => runShellText(machine, text, io))
    : runShellText(machine, text, io);
};

/** watch hands its words to a shell unless told to run them as they are. */
export const watch: Handler = (call) => {
  if (hasFlag(call, '-x')) return runRest(call, call.args.operands);
  return call.args.operands.length === 0 ? silent : runShellText(call.machine, joinFields(call.args.operands), call.io);
};

/** A package that is named by its place rather than by the registry's name for it. */
const elsewherePackage =
  /^git[+@]|^(github|gitlab|bitbucket|gist):|^[A-Za-z\d][\w-]*\/[\w.-]+(#.*)?$|^(?:[\w-]+\.)+[a-z]{2,}\/[\w.-]+\/[\w.-]+/;

/** npm install and its like: `owner/repository` is fetched from GitHub. */
export const packageInstall: Handler = (call) => {
  for (const { text } of call.args.operands) {
    const spec = text.replace(/^(@[\w.-]+\/)?[\w.-]+@(?=\w+:|[\w.-]+\/)/, '');
    if (!isUrl(spec) && elsewherePackage.test(spec)) call.machine.findings.hosts.add('github.com');
  }
  return undefined;
};

/** What builds or runs a description of packages, which may come from a URL. */
export const packagePlace: Handler = ({ machine, args }) => {
  for (const field of [...args.operands, ...args.flags.flatMap(({ value }) => value ?? [])]) {
    if (!isUrl(field.text) || field.text.includes(' ')) continue;
    applyRole(machine, 'u', field);
    machine.findings.reasons.add('script-from-network');
  }
  return undefined;
};

/** Flags that name a package to fetch. */
const packageFlags = new Set(['-p', '--package', '--from', '--with', '--spec']);

/** A package that is fetched from a URL or a repository, and run. */
function notePackage(machine: Machine, spec: Field): void {
  const text = spec.text.replace(/^[\w.-]+(?:\[[\w,-]*\])?(?: @ |@(?=\w+[:+]))/, '');
  if (!isUrl(text) && !elsewherePackage.test(text)) return;
  if (isUrl(text)) applyRole(machine, 'u', { ...spec, text });
  else machine.findings.hosts.add('github.com');
  machine.findings.reasons.add('script-from-network');
}

/** npx and its like: the package's name stands for the program it brings. */
export const packageRun: Handler = (call) => {
  const { machine, args, io } = call;
  const text = flagValue(call, '-c', '--call');
  if (text !== undefined) return runShellText(machine, text, io);
  for (const { name, value } of args.flags)
    if (value !== undefined && packageFlags.has(name)) notePackage(machine, value);
  const [first, ...rest] = args.operands[0]?.text === '--' ? args.operands.slice(1) : args.operands;
  if (first === undefined) return unknownOutput;
  notePackage(machine, first);
  // `@changesets/cli` brings what its makers are called.
  const name = first.text.replace(/(?!^)@[^/]*$/, '').replace(/^@([\w-]+)\/cli$/, '$1');
  return machine.runFields([{ ...first, text: name.slice(name.lastIndexOf('/') + 1) || name }, ...rest], io);
};

/** `cmake -E` runs commands of its own, named as on Unix. */
export const cmake: Handler = (call) => {
  if (!hasFlag(call, '-E')) return undefined;
  const [first, ...rest] = call.args.operands;
  if (first === undefined) return undefined;
  const removes = first.text === 'remove_directory' || first.text === 'remove';
  const words = removes
    ? [plainField('rm'), plainField('-r'), ...rest]
    : first.text.startsWith('copy')
      ? [plainField('cp'), ...rest]
      : [first, ...rest];
  return call.machine.runFields(words, call.io);
};
