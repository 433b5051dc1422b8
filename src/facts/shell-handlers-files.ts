import { absoluteOf, applyRole, contentOfFile, noteContent, runShellText, touch } from './shell-actions.js';
import { type Call, flagValue, type Handler, hasFlag, isRecursive, passedOn } from './shell-call.js';
import { noteRun, noteUnpacked } from './shell-foreign.js';
import type { Machine } from './shell-machine.js';
import { leavesSecretsOut, readAround } from './shell-searches.js';
import { below, type Field, hole, type Output, plainField, silent, sliceField, unknownOutput } from './shell-values.js';

function baseOf(field: Field): Field {
  const trimmed = field.text.replace(/\/+$/, '');
  const start = trimmed.lastIndexOf('/') + 1;
  return { ...sliceField(field, start), text: trimmed.slice(start) };
}

/** cp, mv, ln and install. */
export const copy: Handler = (call) => {
  const { machine, name, args } = call;
  const { operands } = args;
  if (name === 'install') noteMode(machine, name, flagValue(call, '-m')?.text ?? '');
  if (name === 'install' && hasFlag(call, '-d')) {
    for (const field of operands) touch(machine, 'written', field);
    return silent;
  }
  const folder = flagValue(call, '-t');
  const alone = folder === undefined && operands.length === 1;
  const target = folder ?? (alone ? (name === 'ln' ? plainField('.') : undefined) : operands.at(-1));
  const sources = folder === undefined && !alone ? operands.slice(0, -1) : operands;
  const recursive = name === 'mv' || hasFlag(call, '-r', '-a', '-R');
  for (const given of sources) {
    const intoFolder = sources.length > 1 || folder !== undefined || alone;
    // A symbolic link leads to its target from the folder that it lies in.
    const isLink = name === 'ln' && hasFlag(call, '-s') && target !== undefined;
    const source = isLink ? seenFrom(given, target, intoFolder) : given;
    touch(machine, 'read', source, recursive);
    if (endless.test(source.text) && target !== undefined && isNowhere(target))
      machine.findings.effects.add('overwrite-unknown');
    if (name === 'mv') leave(machine, source, target);
    if (target !== undefined) copyOne(call, source, target, intoFolder);
  }
  if (sources.length === 0 && target !== undefined) touch(machine, 'written', target);
  return silent;
};

/** What is moved is gone from its place; moved below the current folder it is not lost, be it all there is. */
function leave(machine: Machine, source: Field, target: Field | undefined): void {
  const { findings } = machine;
  const before = findings.deletesRoot;
  touch(machine, 'deleted', source, true);
  const stays = target !== undefined && target.text !== '' && !/^[/~\uffff]|(^|\/)\.\.(\/|$)/.test(target.text);
  if (stays && source.unknown === 'substitution') findings.deletesRoot = before;
}

function seenFrom(source: Field, link: Field, intoFolder: boolean): Field {
  if (/^[/~]/.test(source.text) || source.text === '' || source.unknown !== undefined || link.unknown !== undefined)
    return source;
  const slash = link.text.lastIndexOf('/');
  if (intoFolder || slash === link.text.length - 1) return below(link, source);
  return slash < 0 ? source : below(plainField(link.text.slice(0, slash + 1)), source);
}

function copyOne(call: Call, source: Field, target: Field, intoFolder: boolean): void {
  const { machine } = call;
  const isFolder = intoFolder || /(^|\/)\.{0,2}$/.test(target.text);
  const written = isFolder && !hasFlag(call, '-T') ? below(target, baseOf(source)) : target;
  touch(machine, 'written', written);
  const path = absoluteOf(machine, written);
  if (path === undefined) return;
  const content = contentOfFile(machine, source);
  machine.files.set(path, {
    content,
    copyOf: content === undefined ? source : undefined,
  });
}

/** dd names its files as `if=` and `of=`. */
export const dd: Handler = (call) => {
  const { machine, args } = call;
  let output: Output = unknownOutput;
  let target: Field | undefined;
  for (const field of args.operands) {
    const equals = field.text.indexOf('=');
    const value = sliceField(field, equals + 1);
    if (field.text.startsWith('if=')) {
      touch(machine, 'read', value);
      output = contentOfFile(machine, value) ?? unknownOutput;
    }
    if (field.text.startsWith('of=')) {
      touch(machine, 'written', value);
      if (isNowhere(value)) machine.findings.effects.add('overwrite-unknown');
      target = value;
    }
  }
  if (!args.operands.some((field) => field.text.startsWith('if='))) output = call.io.stdin ?? unknownOutput;
  if (target === undefined) return output;
  noteContent(machine, target, output);
  return silent;
};

/** Whether nothing of a path is known, not even the folder. */
function isNowhere({ text, unknown }: Field): boolean {
  return unknown !== undefined && (text === '' || text.startsWith(hole));
}

/** Devices of which a copy only overwrites. */
const endless = /^\/dev\/(?:zero|u?random|full)$/;

/** tee writes what it reads, and passes it on. */
export const tee: Handler = (call) => {
  const { machine, args, io } = call;
  for (const field of args.operands) {
    touch(machine, 'written', field);
    noteContent(machine, field, io.stdin ?? unknownOutput, hasFlag(call, '-a'));
  }
  return passedOn(call, io.stdin?.text);
};

/** A mode with which a program runs as its owner, however that is written, counts as `u+s`. */
function noteMode(machine: Machine, name: string, mode: string): void {
  const asOwner = mode.split(',').some((clause) => {
    const [, who = '-', rights = ''] = /^([ugoa]*)[+=]([rwxXst]*)$/.exec(clause) ?? [];
    return rights.includes('s') && (who === '' || /[ua]/.test(who));
  });
  if (asOwner || /^0*[4-7]\d{3}$/.test(mode)) machine.findings.operands.add(`${name} u+s`);
}

/** chmod, chown and their like; the mode of chmod is named like a subcommand, as in `chmod 777`. */
export const chmod: Handler = (call) => {
  const { machine, name, program, args } = call;
  const modeAsFlag = name === 'chmod' && args.flags.some((flag) => /^-[rwxXst]$/.test(flag.name));
  const byReference = hasFlag(call, '--reference');
  const from = modeAsFlag || byReference ? 0 : 1;
  const mode = args.operands[0];
  if (from === 1 && mode !== undefined && name === 'chmod' && /^[\w+=,-]{1,24}$/.test(mode.text)) {
    machine.findings.commands.add(`chmod ${mode.text}`);
  }
  if (from === 1 && mode !== undefined && name === 'chmod') noteMode(machine, name, mode.text);
  // A file of elsewhere that is made a program is about to be run.
  const makesProgram = name === 'chmod' && !modeAsFlag && /x|[1357]/.test(mode?.text ?? '');
  for (const field of args.operands.slice(from)) {
    if (makesProgram && !/^[-=]|-x/.test(mode?.text ?? '')) noteRun(machine, field);
    touch(machine, 'written', field, isRecursive(program, args));
  }
  return silent;
};

/** tar in both styles of options, with the programs that it can be made to run. */
export const tar: Handler = (call) => {
  const { machine, args } = call;
  let operands = args.operands;
  const names = new Set(args.flags.map((flag) => flag.name));
  let archive = flagValue(call, '-f');
  const [first] = operands;
  if (first !== undefined && !['-c', '-x', '-t', '-r', '-u', '-A', '-d'].some((name) => names.has(name))) {
    // The old style: `tar xzf archive`.
    operands = operands.slice(1);
    for (const letter of first.text) {
      names.add(`-${letter}`);
      if (/\w/.test(letter)) machine.findings.commands.add(`tar -${letter}`);
      if (letter === 'f') {
        archive = operands[0];
        operands = operands.slice(1);
      }
    }
  }
  for (const flag of args.flags) {
    const action = flag.name === '--checkpoint-action' && flag.value?.text.startsWith('exec=') === true;
    if (action && flag.value !== undefined) runShellText(machine, sliceField(flag.value, 5), { stdin: undefined });
  }
  const folder = flagValue(call, '-C');
  const creates = names.has('-c') || names.has('-r') || names.has('-u') || names.has('-A');
  if (archive !== undefined && archive.text !== '-') {
    if (/^[^/]+:/.test(archive.text) && !hasFlag(call, '--force-local')) applyRole(machine, 'u', archive);
    else touch(machine, creates ? 'written' : 'read', archive);
  }
  if (creates) {
    // Without a name for it the archive is shown.
    const isShown = (archive === undefined || archive.text === '-') && !leavesSecretsOut(call);
    for (const field of operands) {
      const path = folder === undefined || field.text.startsWith('/') ? field : below(folder, field);
      if (isShown) readAround(machine, path);
      touch(machine, 'read', path, true);
      if (hasFlag(call, '--remove-files')) touch(machine, 'deleted', path, true);
    }
  } else if (names.has('-x') && !names.has('-O')) {
    touch(machine, 'written', folder ?? plainField('.'));
    noteUnpacked(call, archive, folder);
    if (names.has('-P')) machine.findings.dynamicPaths = true;
  }
  return passedOn(call, undefined);
};

/** Archives that take their files away: `zip -m`, `7z a -sdel`, `rar m`. */
export const zip: Handler = (call) => {
  const { name, args, machine } = call;
  const [first, ...rest] = args.operands;
  const moves =
    name === 'zip'
      ? hasFlag(call, '-m')
      : hasFlag(call, '-sdel', '-df', '-dr', '-dw') || /^mf?$/.test(first?.text ?? '');
  if (!moves) return undefined;
  machine.findings.commands.add(`${name} -m`);
  for (const field of name === 'zip' ? rest : rest.slice(1)) touch(machine, 'deleted', field, true);
  return undefined;
};

/** unzip writes into its folder unless it only lists or prints. */
export const unzip: Handler = (call) => {
  const { machine, args } = call;
  const [archive] = args.operands;
  if (archive !== undefined) touch(machine, 'read', archive);
  noteUnpacked(call, archive, flagValue(call, '-d'));
  if (!hasFlag(call, '-l', '-p', '-t', '-v', '-Z')) touch(machine, 'written', flagValue(call, '-d') ?? plainField('.'));
  return unknownOutput;
};

/** `w file`, `saveas file` and `r file` of vi and ed. */
function touchByEditor(call: Call, text: string): void {
  const match =
    /(?:^|\|)\s*:?[\d,.$%']*\s*(w|wr(?:i|it|ite)?|wq|x|sav(?:e|ea|eas)?|up(?:date)?|r|re(?:a|ad)?|e|ed(?:i|it)?)!?\s+(?:>>\s*)?([^\s!|]+)/.exec(
      text.slice(0, 4096),
    );
  if (match === null || match[2] === undefined) return;
  applyRole(call.machine, /^(r|re|e)/.test(match[1] ?? '') ? 'r' : 'w', plainField(match[2]));
}

/** Runners of tests, help and leaving, of which the words run nothing else. */
const ownCommand =
  /^\s*:?\s*(?:(?:Plenary(?:BustedDirectory|BustedFile)|Vader!?|TestSuite|TestFile|MiniTest|checkhealth|helptags|messages|version|syntax|filetype|colorscheme|runtime!?)(?=\s|$)[^|!`\n]*|(?:w|wa|q|qa|wq|wqa|x|xa|cq|cquit|quit|quitall|qall|wqall|xall)!?|lua\s+(?:require\(?\s*["'](?:plenary\.(?:busted|test_harness)|mini\.test|busted|luassert)["']\)?\.|MiniTest\.)[\w.]+\((?:\s*["'{][^()|`]{0,256})?\))\s*$/;

/** Editors run commands given on the command line. */
export const editor: Handler = (call) => {
  const { machine, args, io } = call;
  const texts = args.flags
    .filter((flag) => ['-c', '--cmd', '-S'].includes(flag.name))
    .map((flag) => flag.value?.text ?? '');
  for (const field of args.operands) if (field.text.startsWith('+')) texts.push(field.text.slice(1));
  for (const text of [...texts, ...(io.stdin?.text ?? '').split('\n').slice(0, 256)]) touchByEditor(call, text);
  if (
    texts.some(
      (text) =>
        !ownCommand.test(text) &&
        /[!|]|system|execute|\blua\b|\bpy|\bperl\b|\bruby\b|\bsource\b|\bso\b|\bcall\b|\bdelete\(|\bwritefile\b|\blibcall|\bnorm(?:al)?!?\s/.test(
          text,
        ),
    )
  )
    machine.findings.reasons.add('other-language');
  if (hasFlag(call, '--eval', '--execute', '-l', '--script', '-S')) machine.findings.reasons.add('other-language');
  if ((call.name === 'ed' || call.name === 'ex' || hasFlag(call, '-s')) && /^\s*!|\n\s*!|:!/.test(io.stdin?.text ?? ''))
    machine.findings.reasons.add('other-language');
  return undefined;
};

/** sysctl sets what is given with a value, with `-w` or without it. */
export const sysctl: Handler = ({ machine, args }) => {
  if (args.operands.some(({ text }) => text.includes('='))) machine.findings.commands.add('sysctl -w');
  return undefined;
};
