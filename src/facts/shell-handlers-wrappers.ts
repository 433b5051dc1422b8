import { joinPath, normalizeSegments } from './path-normal.js';
import {
  applyRole,
  contentOfFile,
  elsewhere,
  isUrl,
  joinFields,
  runShellText,
  runSource,
  runStream,
  touch,
  touchMaybe,
} from './shell-actions.js';
import { type Call, flagValue, type Handler, hasFlag, passedOn } from './shell-call.js';
import { foldersOf, type Io, type Machine, setItems, setVariable } from './shell-machine.js';
import { isPlainCode } from './shell-plain-code.js';
import { bind, isolated } from './shell-scope.js';
import {
  type Field,
  fetchedOutput,
  hole,
  type Output,
  plainField,
  silent,
  sliceField,
  unknownField,
  unknownOutput,
} from './shell-values.js';

const assignment = /^[A-Za-z_]\w*=/;

/** Takes leading `NAME=value` words as environment; returns the rest. */
function takeAssignments(machine: Machine, fields: readonly Field[]): readonly Field[] {
  let at = 0;
  while (at < fields.length && assignment.test(fields[at]?.text ?? '')) {
    const field = fields[at++];
    if (field === undefined) break;
    const equals = field.text.indexOf('=');
    noteEnvironment(machine, field.text.slice(0, equals), sliceField(field, equals + 1));
  }
  return fields.slice(at);
}

/** Variables whose value some program runs as a shell command. */
const commandVariables = new Set(
  'GIT_SSH_COMMAND GIT_SSH GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_PAGER GIT_EXTERNAL_DIFF GIT_ASKPASS GIT_PROXY_COMMAND SSH_ASKPASS SUDO_ASKPASS PAGER MANPAGER EDITOR VISUAL FCEDIT BROWSER LESSOPEN LESSCLOSE PROMPT_COMMAND PS4 RSYNC_RSH CVS_RSH SYSTEMD_PAGER SYSTEMD_EDITOR KUBE_EDITOR PSQL_PAGER PSQL_EDITOR TAR_OPTIONS BUNDLER_EDITOR'.split(
    ' ',
  ),
);
/** Variables that make programs load code from elsewhere. */
const loadingVariables = new Set(
  'LD_PRELOAD LD_AUDIT LD_LIBRARY_PATH DYLD_INSERT_LIBRARIES DYLD_LIBRARY_PATH PERL5OPT PERL5DB PERL5LIB PYTHONSTARTUP PYTHONINSPECT PYTHONHOME RUBYOPT RUBYLIB LUA_INIT BASH_ENV ENV ZDOTDIR BASH_FUNC JAVA_TOOL_OPTIONS _JAVA_OPTIONS GCONV_PATH GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS GIT_EXEC_PATH GIT_TEMPLATE_DIR'.split(
    ' ',
  ),
);

/** Records that an environment variable is set for a program; some values are themselves code. */
export function noteEnvironment(machine: Machine, name: string, value: Field): void {
  machine.findings.environment.add(name);
  if (loadingVariables.has(name) || name.startsWith('BASH_FUNC_')) machine.findings.reasons.add('preloaded-code');
  if (name === 'NODE_OPTIONS' && /-(r|-require|-import|-loader|-experimental-loader)\b/.test(value.text)) {
    machine.findings.reasons.add('preloaded-code');
  }
  if (name === 'NODE_OPTIONS' && value.unknown !== undefined) machine.findings.reasons.add('preloaded-code');
  if (!commandVariables.has(name)) return;
  if (value.unknown === undefined) runShellText(machine, value, { stdin: undefined });
  else machine.findings.reasons.add(`program-from-${value.unknown}`);
}

/** Runs the words after a wrapper's own; nothing when there are none. */
function runRest(call: Call, fields: readonly Field[], io: Io = call.io): Output {
  const { machine, program } = call;
  const words = program.assigns === true ? takeAssignments(machine, fields) : fields;
  const command = words[0]?.text === '--' ? words.slice(1) : words;
  if (command.length === 0) return unknownOutput;
  if (program.elsewhere === true)
    return elsewhere(machine, () => isolated(machine.scope, () => machine.runFields(command, io)));
  return machine.runFields(command, io);
}

/** `nice cmd`, `timeout 5 cmd`, `flock file -c text` and all others that only put words before a command. */
export const wrapper: Handler = (call) => {
  const { machine, program, args, io } = call;
  const leads = program.leads ?? 0;
  const rest = args.operands.slice(leads);
  if (call.name === 'flock') for (const field of args.operands.slice(0, leads)) applyRole(machine, 'w', field);
  if (rest[0]?.text === '-c' && rest[1] !== undefined && leads > 0) return runShellText(machine, rest[1], io);
  const [first] = rest;
  if (first !== undefined && call.command.endsWith(' run') && /\.pyw?$/.test(first.text)) {
    return runRest(call, [plainField('python'), ...rest]);
  }
  return runRest(call, rest);
};

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
    const all = joinFields([text, ...rest]);
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

/** Changes the current folder; unknown folders leave none known. */
export function enterFolder(machine: Machine, field: Field): void {
  const folders: string[] = [];
  const known = !field.text.includes(hole) && field.pattern === undefined;
  if (known && field.text !== '') {
    const bases = field.text.startsWith('/') ? ['/'] : foldersOf(machine);
    for (const base of bases) folders.push(normalizeSegments(joinPath(base, field.text)));
  }
  // `cd $UNSET/` is `cd /` and `cd $UNSET` goes home; neither is certain.
  if (field.unknown !== undefined || field.pattern !== undefined) machine.findings.dynamicPaths = true;
  bind(machine.scope, '.', {
    kind: 'folders',
    folders: field.unknown === 'substitution' && field.text.includes(hole) ? [] : folders,
  });
}

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

export const watch: Handler = (call) => {
  if (hasFlag(call, '-x')) return runRest(call, call.args.operands);
  return call.args.operands.length === 0 ? silent : runShellText(call.machine, joinFields(call.args.operands), call.io);
};

/** npx and its like: the package's name stands for the program it brings. */
export const packageRun: Handler = (call) => {
  const { machine, args, io } = call;
  const text = flagValue(call, '-c', '--call');
  if (text !== undefined) return runShellText(machine, text, io);
  const [first, ...rest] = args.operands[0]?.text === '--' ? args.operands.slice(1) : args.operands;
  if (first === undefined) return unknownOutput;
  // A package that is named by its place rather than by the registry's name for it.
  if (isUrl(first.text) || /^git[+@]|^github:|^[\w-]+\/[\w.-]+$/.test(first.text)) {
    if (isUrl(first.text)) applyRole(machine, 'u', first);
    else machine.findings.hosts.add('github.com');
    machine.findings.reasons.add('script-from-network');
  }
  const name = first.text.replace(/(?!^)@[^/]*$/, '');
  return machine.runFields([{ ...first, text: name.slice(name.lastIndexOf('/') + 1) || name }, ...rest], io);
};

/** Known items of xargs: words, or lines when each stands alone. */
function itemsOf(call: Call, input: Output): readonly Field[] {
  if (input.text === undefined) {
    const item = input.paths ?? unknownField('substitution');
    return [
      { ...item, unknown: item.unknown ?? 'substitution', origin: input.decoded || input.fetched ? input : undefined },
    ];
  }
  const byLine = hasFlag(call, '-d', '-L', '-I', '-0', '--replace', '-J');
  const separator = hasFlag(call, '-0') ? '\0' : (flagValue(call, '-d')?.text.replace('\\n', '\n') ?? '\n');
  const texts = byLine
    ? input.text.split(separator || '\n')
    : input.text.split(/\s+/).map((word) => word.replace(/["'\\]/g, ''));
  return texts.filter((text) => text !== '' && text !== '\n').map((text) => plainField(text.replace(/\n$/, '')));
}

export const xargs: Handler = (call) => {
  const { machine, args, io } = call;
  const file = flagValue(call, '-a');
  const input = file !== undefined ? (contentOfFile(machine, file) ?? unknownOutput) : (io.stdin ?? unknownOutput);
  const command = args.operands.length === 0 ? [plainField('echo')] : args.operands;
  const items = itemsOf(call, input);
  const mark = flagValue(call, '-I', '-J')?.text ?? (hasFlag(call, '-I', '-i', '--replace') ? '{}' : undefined);
  if (mark === undefined || mark === '') return machine.runFields([...command, ...items], { stdin: undefined });
  let output: Output = silent;
  for (const item of items.slice(0, 256))
    output = machine.runFields(
      command.map((field) => insert(field, mark, item)),
      { stdin: undefined },
    );
  if (items.length > 256) machine.findings.reasons.add('too-many-alternatives');
  return items.length === 1 ? output : unknownOutput;
};

/** Puts an item where a mark such as `{}` stands. */
export function insert(field: Field, mark: string, item: Field): Field {
  if (!field.text.includes(mark)) return field;
  if (field.text === mark) return item;
  const text = field.text.replaceAll(mark, item.text);
  const pattern =
    item.pattern === undefined ? field.pattern : (field.pattern ?? field.text).replaceAll(mark, item.pattern);
  return {
    text,
    pattern,
    unknown: field.unknown ?? item.unknown,
    stream: item.stream,
    origin: field.origin ?? item.origin,
  };
}

export const parallel: Handler = (call) => {
  const { machine, args, io } = call;
  const at = args.operands.findIndex((field) => /^:::\+?$|^::::\+?$/.test(field.text));
  const command = at < 0 ? args.operands : args.operands.slice(0, at);
  const fromFile = args.operands[at]?.text.startsWith('::::') === true;
  const given = at < 0 ? undefined : args.operands.slice(at + 1).filter((field) => !field.text.startsWith(':::'));
  if (fromFile) for (const field of given ?? []) touch(machine, 'read', field);
  const items = given === undefined || fromFile ? itemsOf(call, io.stdin ?? unknownOutput) : given;
  if (command.length === 0) {
    if (given !== undefined && !fromFile) for (const item of items) runShellText(machine, item, { stdin: undefined });
    else runStream(machine, io.stdin ?? unknownOutput, { stdin: undefined });
    return unknownOutput;
  }
  const text = joinFields(command);
  const marked = /\{[./#%\d]*\}/.test(text.text);
  for (const item of items.slice(0, 256)) {
    const whole = marked
      ? insert({ ...text, text: text.text.replace(/\{[./#%\d]*\}/g, '{}') }, '{}', item)
      : joinFields([text, item]);
    // An item that is not known is one argument here, as parallel quotes it; the words of the command are known.
    if (item.unknown !== undefined && text.unknown === undefined)
      machine.runFields(marked ? command.map((word) => insert(word, '{}', item)) : [...command, item], {
        stdin: undefined,
      });
    else runShellText(machine, whole, { stdin: undefined });
  }
  return unknownOutput;
};

/** sh, bash and the other shells. */
export const shell: Handler = (call) => {
  // Read as if it were bash, which shows what it can; the rest of their grammar is another.
  if (/^(fish|t?csh)$/.test(call.name)) call.machine.findings.reasons.add('other-shell');
  const { machine, fields, name, io } = call;
  const { commands } = machine.findings;
  let at = 1;
  let text = false;
  let fromInput = false;
  for (; at < fields.length; at++) {
    const word = fields[at]?.text ?? '';
    if (word === '--') {
      at++;
      break;
    }
    if (word === '-' || !/^[-+]/.test(word) || word.includes(hole)) break;
    if (word.startsWith('--')) {
      commands.add(`${name} ${word.split('=', 1)[0] ?? ''}`);
      if (word === '--rcfile' || word === '--init-file') noteSourced(machine, fields[++at]);
      else if (word === '--command') text = true;
      continue;
    }
    for (const letter of word.slice(1)) {
      if (/\w/.test(letter)) commands.add(`${name} -${letter}`);
      if (letter === 'c' && word.startsWith('-')) text = true;
      if (letter === 's') fromInput = true;
      if ((letter === 'o' || letter === 'O') && !word.endsWith('--')) at++;
      if (letter === 'C' && name === 'fish') text = true;
    }
  }
  const script = fields[at];
  const rest = fields.slice(at + 1);
  if (text) {
    if (script === undefined) return silent;
    return runShellText(machine, script, io, () => setItems(machine, '@', rest.slice(1)));
  }
  if (script === undefined || fromInput || script.text === '-' || isStdin(script)) {
    return io.stdin === undefined ? unknownOutput : runStream(machine, io.stdin, { stdin: undefined });
  }
  return runScriptFile(machine, script, rest, io);
};

function isStdin(field: Field): boolean {
  return field.stream === undefined && /^\/dev\/(stdin|fd\/0)$|^\/proc\/self\/fd\/0$/.test(field.text);
}

/** `/dev/fd/3` as a script is something that was opened before, which is not followed here. */
export function isDescriptor(field: Field): boolean {
  return field.stream === undefined && /^\/(dev|proc\/self)\/fd\/\d+$/.test(field.text);
}

export function noteSourced(machine: Machine, field: Field | undefined): void {
  if (field === undefined) return;
  touch(machine, 'read', field);
  machine.findings.reasons.add('sourced-file');
}

/** Runs a script by its path: what the same command wrote into it is known, other files are taken as they are. */
export function runScriptFile(machine: Machine, script: Field, rest: readonly Field[], io: Io): Output {
  const stream = script.stream ?? contentOfFile(machine, script);
  if (isDescriptor(script)) return runStream(machine, unknownOutput, io);
  if (script.unknown !== undefined && script.stream === undefined)
    machine.findings.reasons.add(`program-from-${script.unknown}`);
  if (script.stream === undefined) touch(machine, 'read', script);
  for (const field of rest) touchMaybe(machine, field);
  if (stream === undefined) return unknownOutput;
  if (script.stream !== undefined || stream.text === undefined) {
    if (script.stream === undefined && !stream.fetched && !stream.decoded) return unknownOutput;
    return runStream(machine, stream, io);
  }
  const { text } = stream;
  return isolated(machine.scope, () => {
    setItems(machine, '@', rest);
    return runSource(machine, text, io);
  });
}

/** Interpreters of other languages. */
export const interpreter: Handler = (call) => {
  const { machine, name, command, args, io } = call;
  const { findings } = machine;
  if (command === 'deno eval') findings.reasons.add('other-language');
  noteCode(call);
  const code = args.flags.some((flag) => flag.option?.role === 'l');
  const streamed = args.flags.some(
    (flag) => flag.value?.origin !== undefined || flag.value?.unknown === 'substitution',
  );
  if (code && streamed) findings.pipesToInterpreter = true;
  const module = name === 'python' || name === 'pypy' ? flagValue(call, '-m') : undefined;
  if (module !== undefined) return runModule(call, module);
  const [script, ...rest] = args.operands;
  if (code) {
    for (const field of args.operands) touchMaybe(machine, field);
    return passedOn(call, undefined);
  }
  for (const field of rest) touchMaybe(machine, field);
  if (hasFlag(call, '-jar') && name === 'java') return unknownOutput;
  if (script === undefined || script.text === '-' || isStdin(script)) {
    if (io.stdin !== undefined) feedLanguage(machine, io.stdin);
    return unknownOutput;
  }
  if (isUrl(script.text)) {
    applyRole(machine, 'u', script);
    feedLanguage(machine, fetchedOutput);
    return unknownOutput;
  }
  if (isDescriptor(script)) feedLanguage(machine, unknownOutput);
  else if (script.stream !== undefined) feedLanguage(machine, script.stream);
  else if (script.unknown !== undefined) findings.reasons.add(`program-from-${script.unknown}`);
  const written = contentOfFile(machine, script);
  if (written !== undefined && (written.fetched || written.decoded)) feedLanguage(machine, written);
  if (script.stream === undefined) {
    if (/[./]/.test(script.text)) touch(machine, 'read', script);
    else touchMaybe(machine, script);
  }
  return io.stdin === undefined ? unknownOutput : passedOn(call, undefined);
};

/** Code given as an option is opaque unless it plainly only prints. */
function noteCode(call: Call): void {
  const printsOnly = call.name === 'python' || call.name === 'node';
  for (const { option, value } of call.args.flags) {
    if (option?.role !== 'l') continue;
    if (!printsOnly || value === undefined || value.unknown !== undefined || !isPlainCode(value.text)) {
      call.machine.findings.reasons.add('other-language');
    }
  }
}

function feedLanguage(machine: Machine, stream: Output): void {
  const { findings } = machine;
  findings.pipesToInterpreter = true;
  findings.reasons.add('other-language');
  if (stream.decoded) findings.reasons.add('decoded-into-interpreter');
  if (stream.fetched) findings.reasons.add('script-from-network');
}

function runModule(call: Call, module: Field): Output {
  const { machine, args, io } = call;
  if (module.unknown !== undefined) machine.findings.reasons.add(`program-from-${module.unknown}`);
  if (module.text === 'timeit' || module.text === 'code') machine.findings.reasons.add('other-language');
  if (/^[\w-]+$/.test(module.text) && module.text !== 'venv' && module.text !== 'site') {
    return machine.runFields([module, ...args.operands], io);
  }
  for (const field of args.operands) {
    if (module.text === 'venv') applyRole(machine, 'w', field);
    else touchMaybe(machine, field);
  }
  return unknownOutput;
}

/** at and batch run what they read. */
export const at: Handler = (call) => {
  const { machine, io } = call;
  const file = flagValue(call, '-f');
  if (file !== undefined) return runScriptFile(machine, file, [], io);
  if (hasFlag(call, '-l', '-r', '-d', '-c')) return unknownOutput;
  return io.stdin === undefined ? unknownOutput : runStream(machine, io.stdin, { stdin: undefined });
};

export const crontab: Handler = (call) => {
  const { machine, args, io } = call;
  if (hasFlag(call, '-l', '-r', '-e')) return unknownOutput;
  machine.findings.reasons.add('scheduled-command');
  const [file] = args.operands;
  const fromInput = file === undefined || file.text === '-' || isStdin(file);
  const content = fromInput ? io.stdin : (file.stream ?? contentOfFile(machine, file));
  if (!fromInput) touch(machine, 'read', file);
  for (const line of (content?.text ?? '').split('\n').slice(0, 256)) {
    const command = /^\s*(?:@\w+|(?:\S+\s+){4}\S+)\s+([^#\s].*)$/.exec(line)?.[1];
    if (command !== undefined) runShellText(machine, plainField(command), { stdin: undefined });
  }
  return unknownOutput;
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

/** A makefile from a pipe is a program from a pipe. */
export const make: Handler = (call) => {
  const { machine, io } = call;
  const file = flagValue(call, '--file');
  const stream =
    file?.stream ??
    (file !== undefined && (file.text === '-' || isStdin(file)) ? (io.stdin ?? unknownOutput) : undefined);
  if (stream !== undefined) feedLanguage(machine, stream);
  return undefined;
};

export const runsCode: Handler = (call) => {
  const windows = call.name !== 'bwrap';
  call.machine.findings.reasons.add(windows ? 'windows-shell' : 'unknown-wrapper');
  return unknownOutput;
};
