import { isWithin, normalizeSegments } from './path-normal.js';
import {
  applyRole,
  contentOfFile,
  isUrl,
  runShellText,
  runSource,
  runStream,
  touch,
  touchMaybe,
} from './shell-actions.js';
import { type Call, flagValue, type Handler, hasFlag, passedOn } from './shell-call.js';
import { noteVariables, readCode } from './shell-code.js';
import { anybodysFolder } from './shell-environment.js';
import { noteRun } from './shell-foreign.js';
import { contactSetting } from './shell-hosts.js';
import { foldersOf, type Io, type Machine, noInput, setItems, setVariable } from './shell-machine.js';
import { noteSetting } from './shell-notes.js';
import { runWritten } from './shell-own-files.js';
import { importedModules, isPlainCode, isPlainDc } from './shell-plain-code.js';
import { noteRPackages } from './shell-r-packages.js';
import { isolated } from './shell-scope.js';
import {
  type Field,
  fetchedOutput,
  hole,
  type Output,
  plainField,
  silent,
  sliceField,
  unknownOutput,
} from './shell-values.js';

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
      if ((letter === 'o' || letter === 'O') && !word.endsWith('--')) {
        at++;
        if (/dotglob|globdots/i.test(fields[at]?.text ?? '')) machine.hiddenNames = true;
      }
      if (letter === 'C' && name === 'fish') text = true;
    }
  }
  const script = fields[at];
  const rest = fields.slice(at + 1);
  if (text) {
    if (script === undefined) return silent;
    return runShellText(machine, script, io, () => {
      if (rest[0] !== undefined) setVariable(machine, '0', rest.slice(0, 1));
      setItems(machine, '@', rest.slice(1));
    });
  }
  if (script === undefined || fromInput || script.text === '-' || isStdin(script)) {
    if (io.stdin !== undefined) return runStream(machine, io.stdin, { stdin: undefined });
    // What is typed into a shell is seen by nobody here.
    if (machine.remote === 0 && !fields.some(({ text: word }) => showsItself.test(word)))
      machine.findings.reasons.add('script-from-input');
    return unknownOutput;
  }
  return runScriptFile(machine, script, rest, io);
};

/** Flags with which a shell only tells about itself. */
const showsItself = /^--(version|help|dump\S*)$/;

/** Whether a path names what comes in. */
export function isStdin(field: Field): boolean {
  return field.stream === undefined && /^\/dev\/(stdin|fd\/0)$|^\/proc\/self\/fd\/0$/.test(field.text);
}

/** `/dev/fd/3` as a script is something that was opened before, which is not followed here. */
export function isDescriptor(field: Field): boolean {
  return field.stream === undefined && /^\/(dev|proc\/self)\/fd\/\d+$/.test(field.text);
}

/** A file whose lines run in this shell, and of which nothing is known. */
export function noteSourced(machine: Machine, field: Field | undefined): void {
  if (field === undefined) return;
  touch(machine, 'read', field);
  machine.findings.reasons.add('sourced-file');
}

/** Runs a script by its path: what the same command wrote into it is known, other files are taken as they are. */
export function runScriptFile(machine: Machine, script: Field, rest: readonly Field[], io: Io): Output {
  const stream = script.stream ?? contentOfFile(machine, script);
  if (isDescriptor(script)) return runStream(machine, unknownOutput, io);
  if (script.unknown !== undefined && script.pattern === undefined && script.stream === undefined)
    machine.findings.reasons.add(`program-from-${script.unknown}`);
  if (script.stream === undefined) touch(machine, 'read', script);
  noteRun(machine, script);
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
  if (command === 'deno eval') {
    findings.reasons.add('other-language');
    for (const field of args.operands) readCode(machine, field.text);
  }
  noteCode(call);
  const code = args.flags.some((flag) => flag.option?.role === 'l');
  const streamed = args.flags.some(
    (flag) => flag.value?.origin !== undefined || flag.value?.unknown === 'substitution',
  );
  if (code && streamed) findings.pipesToInterpreter = true;
  const module = name === 'python' || name === 'pypy' ? flagValue(call, '-m') : undefined;
  if (module !== undefined) return runModule(call, module);
  for (const { option, value } of args.flags) {
    // `node --import https://…` runs what it fetches.
    if (option?.role !== 'r' || value === undefined) continue;
    if (/^https?:/i.test(value.text)) feedLanguage(machine, fetchedOutput);
    else if (/^data:/i.test(value.text)) feedLanguage(machine, { ...unknownOutput, decoded: true });
    else if (loads.test(option.name) && runWritten(machine, 'code', value.text)) continue;
    else if (anybodysFolder.test(value.text) && loads.test(option.name)) findings.reasons.add('preloaded-code');
  }
  const [script, ...rest] = args.operands;
  if (code) {
    for (const field of args.operands) readByCode(call, field);
    return passedOn(call, undefined);
  }
  for (const field of rest) readByCode(call, field);
  if (script !== undefined) runConsole(machine, script, rest);
  if (hasFlag(call, '-jar') && name === 'java') return unknownOutput;
  if (script === undefined || script.text === '-' || isStdin(script)) {
    if (io.stdin !== undefined) feedProgram(call, io.stdin);
    return unknownOutput;
  }
  if (isUrl(script.text)) {
    applyRole(machine, 'u', script);
    feedLanguage(machine, fetchedOutput);
    return unknownOutput;
  }
  if (isDescriptor(script)) feedLanguage(machine, unknownOutput);
  else if (script.stream !== undefined) feedProgram(call, script.stream);
  // Of the files that a search finds, each is a script like any other.
  else if (script.unknown !== undefined && script.pattern === undefined)
    findings.reasons.add(`program-from-${script.unknown}`);
  const written = contentOfFile(machine, script);
  if (written !== undefined && (written.fetched || written.decoded)) feedLanguage(machine, written);
  noteRun(machine, script);
  if (script.stream === undefined) {
    if (/[./]/.test(script.text)) touch(machine, 'read', script);
    else touchMaybe(machine, script);
  }
  return io.stdin === undefined ? unknownOutput : passedOn(call, undefined);
};

/** What is done with the operands of code: with `-i` the files are changed in place, with `-n` and `-p` they are read. */
function readByCode(call: Call, field: Field): void {
  const isLineByLine = call.name === 'perl' || call.name === 'ruby';
  if (isLineByLine && hasFlag(call, '-i')) applyRole(call.machine, 'a', field);
  else if (isLineByLine && hasFlag(call, '-n', '-p')) applyRole(call.machine, 'r', field);
  else touchMaybe(call.machine, field);
}

/** What frameworks read code with: the language, and the option by which it takes code. */
const languageOf: Readonly<Record<string, readonly [string, string]>> = {
  rails: ['ruby', '-e'],
  mix: ['elixir', '-e'],
  wp: ['php', '-r'],
  drush: ['php', '-r'],
  crystal: ['crystal-eval', '-e'],
  'artisan tinker': ['php', '-r'],
  'manage.py shell': ['python', '-c'],
  'manage.py shell_plus': ['python', '-c'],
};

/** `rails runner`, `mix eval` and their like: code, or a file that holds it. */
export const codeWords: Handler = (call) => {
  const { machine, args, name } = call;
  const code = flagValue(call, '--eval', '-e') ?? args.operands[0];
  return code === undefined ? unknownOutput : runLanguage(machine, name, code);
};

function runLanguage(machine: Machine, key: string, code: Field): Output {
  const [language, option] = languageOf[key] ?? ['', ''];
  const isFile = /^[\w./@-]+\.(rb|exs?|php|py)$/.test(code.text) || code.text === '-';
  const words = isFile ? [plainField(language), code] : [plainField(language), plainField(option), code];
  return machine.runFields(words, noInput);
}

/** `php artisan tinker --execute=code` and `python manage.py shell -c code`. */
function runConsole(machine: Machine, script: Field, rest: readonly Field[]): void {
  const key = `${script.text.slice(script.text.lastIndexOf('/') + 1)} ${rest[0]?.text ?? ''}`;
  if (!Object.hasOwn(languageOf, key)) return;
  rest.forEach((field, index) => {
    const attached = /^--?(execute|command|c)=?/.exec(field.text);
    const code = attached?.[0].endsWith('=') === true ? sliceField(field, attached[0].length) : rest[index + 1];
    if (attached !== null && code !== undefined) runLanguage(machine, key, code);
  });
}

/** Options by which code is loaded before the script. */
const loads = /^(-r|--require|--import|--loader|--experimental-loader|--preload|-l|--load)$/;

/** Code given as an option is opaque unless it plainly only prints. */
function noteCode(call: Call): void {
  const isPlain = plainOf(call.name);
  for (const { option, value } of call.args.flags) {
    if (option?.role !== 'l') continue;
    if (
      value === undefined ||
      value.unknown !== undefined ||
      isPlain?.(value.text) !== true ||
      importsWritten(call, value.text)
    ) {
      call.machine.findings.reasons.add('other-language');
      if (value === undefined) continue;
      readCode(call.machine, value.text);
      readDialect(call, value.text);
    } else noteVariables(call.machine, value.text);
  }
}

/** Whether code imports a module that the same command wrote: what is in the current folder comes first. */
function importsWritten({ machine, name }: Call, code: string): boolean {
  if (name !== 'python') return false;
  const modules = importedModules(code);
  for (const module of modules) noteRun(machine, plainField(`./${module}.py`));
  const starts = modules.flatMap((module) =>
    foldersOf(machine).map((folder) => normalizeSegments(`${folder}/${module}`)),
  );
  const written = [...machine.findings.written.keys()];
  return starts.some((start) => written.some((path) => path === `${start}.py` || isWithin(start, path)));
}

/** What tells code of a language that plainly only prints, where something does. */
function plainOf(name: string): ((code: string) => boolean) | undefined {
  if (name === 'python' || name === 'node') return isPlainCode;
  return name === 'dc' ? isPlainDc : undefined;
}

/** What is special to the code of a language. */
function readDialect({ machine, name }: Call, code: string): void {
  if (name === 'R' || name === 'Rscript') noteRPackages(machine, code);
}

/** Runs the program that comes in. */
function feedProgram(call: Call, stream: Output): void {
  const { text, decoded, fetched } = stream;
  if (call.name === 'dc' && text !== undefined && !decoded && !fetched && isPlainDc(text)) return;
  feedLanguage(call.machine, stream);
  if (text !== undefined) readDialect(call, text);
}

function feedLanguage(machine: Machine, stream: Output): void {
  const { findings } = machine;
  findings.pipesToInterpreter = true;
  findings.reasons.add('other-language');
  if (stream.text !== undefined) readCode(machine, stream.text);
  if (stream.decoded) findings.reasons.add('decoded-into-interpreter');
  if (stream.fetched) findings.reasons.add('script-from-network');
}

function runModule(call: Call, module: Field): Output {
  const { machine, args, io } = call;
  if (module.unknown !== undefined) machine.findings.reasons.add(`program-from-${module.unknown}`);
  if (module.text === 'timeit' || module.text === 'code') {
    machine.findings.reasons.add('other-language');
    for (const field of args.operands) readCode(machine, field.text);
  }
  const path = module.text.replaceAll('.', '/');
  if (runWritten(machine, 'code', `${path}.py`) || runWritten(machine, 'code', `${path}/__main__.py`))
    return unknownOutput;
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

/** crontab installs commands that run later. */
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

/** A makefile from a pipe is a program from a pipe. */
export const make: Handler = (call) => {
  const { machine, io } = call;
  const file = flagValue(call, '--file');
  const stream =
    file?.stream ??
    (file !== undefined && (file.text === '-' || isStdin(file)) ? (io.stdin ?? unknownOutput) : undefined);
  if (stream !== undefined) feedLanguage(machine, stream);
  for (const field of call.args.operands) {
    const name = /^([\w.-]{1,64})[:?+]?=/.exec(field.text)?.[1];
    if (name !== undefined) noteSetting(machine, 'make', name);
    const setting = /^(SHELL|\.SHELLFLAGS|MAKEFLAGS)[:?+]?=/.exec(field.text);
    if (setting !== null) runShellText(machine, sliceField(field, setting[0].length), { stdin: undefined });
    if (/\$\(shell|\$\{shell|!=/.test(field.text)) machine.findings.reasons.add('other-language');
  }
  return undefined;
};

/** Scripts that many packages run at installation and that only set up hooks or build what is there. */
const usualScript =
  /^(?:husky(?: install)?|lefthook install|simple-git-hooks|patch-package|is-ci \|\| husky(?: install)?|tsc(?: -[bp])?(?: tsconfig[\w.-]*)?|(?:npm|pnpm|yarn) run (?:build|compile|prepare)|prisma generate|nuxt prepare|svelte-kit sync)$/;

/** A dependency that comes from a repository or a URL rather than from the registry. */
function noteElsewhere(machine: Machine, value: Field): void {
  if (isUrl(value.text)) applyRole(machine, 'u', { ...value, text: value.text.replace(/^git\+/, '') });
  else if (/^(?:git[+@]|(?:github|gitlab|bitbucket|gist):)|^[A-Za-z\d][\w-]*\/[\w.-]+(?:#.*)?$/.test(value.text))
    machine.findings.hosts.add('github.com');
}

/** Settings of npm that name a shell, and scripts that it will run. */
export const npmSettings: Handler = (call) => {
  const { machine, args } = call;
  args.operands.forEach((field, index) => {
    const equals = field.text.indexOf('=');
    const key = equals < 0 ? field.text : field.text.slice(0, equals);
    const value = equals < 0 ? args.operands[index + 1] : sliceField(field, equals + 1);
    const isUsual = value !== undefined && value.unknown === undefined && usualScript.test(value.text);
    if (!isUsual && (index === 0 || equals > 0)) noteSetting(machine, call.name, key);
    if (value !== undefined) contactSetting(machine, key, value);
    if (value !== undefined && /^(?:\w*dependencies|overrides|resolutions)[.[]/i.test(key))
      noteElsewhere(machine, value);
    const isScript = /^scripts[.[]/.test(key);
    if ((isScript || /^(script-)?shell$|^node-options$|^git$|^editor$/.test(key)) && value !== undefined) {
      if (!isScript) machine.findings.reasons.add('alias');
      runShellText(machine, value, { stdin: undefined });
    }
  });
  return undefined;
};

/** Compilers run the program of `-wrapper`, whose words are separated by commas. */
export const compiler: Handler = (call) => {
  const wrapper = flagValue(call, '-wrapper');
  // `@file` holds further words.
  for (const field of call.args.operands) if (field.text.startsWith('@')) touchMaybe(call.machine, field);
  if (wrapper !== undefined) {
    call.machine.runFields(
      wrapper.text.split(',').map((text) => ({ ...plainField(text), unknown: wrapper.unknown })),
      { stdin: undefined },
    );
  }
  return undefined;
};

/** Programs whose arguments are not followed at all. */
export const runsCode: Handler = (call) => {
  const windows = call.name !== 'bwrap';
  call.machine.findings.reasons.add(windows ? 'windows-shell' : 'unknown-wrapper');
  return unknownOutput;
};
