import { anywhereBelow } from './path-overlap.js';
import { absoluteOf, applyRole, contentOfFile, noteContent, runShellText, touch } from './shell-actions.js';
import { type Call, flagValue, type Handler, hasFlag, isRecursive, passedOn } from './shell-call.js';
import { insert } from './shell-handlers-wrappers.js';
import type { Machine } from './shell-machine.js';
import {
  escapeGlob,
  type Field,
  type Output,
  plainField,
  silent,
  sliceField,
  unknownField,
  unknownOutput,
} from './shell-values.js';

/** A path below a folder, with patterns of either kept. */
export function below(folder: Field, name: Field): Field {
  const slash = folder.text.endsWith('/') ? '' : '/';
  const pattern =
    folder.pattern === undefined && name.pattern === undefined
      ? undefined
      : `${folder.pattern ?? escapeGlob(folder.text)}${slash}${name.pattern ?? escapeGlob(name.text)}`;
  return { text: folder.text + slash + name.text, pattern, unknown: folder.unknown ?? name.unknown, stream: undefined };
}

function baseOf(field: Field): Field {
  const trimmed = field.text.replace(/\/+$/, '');
  const start = trimmed.lastIndexOf('/') + 1;
  return { ...sliceField(field, start), text: trimmed.slice(start) };
}

/** cp, mv, ln and install. */
export const copy: Handler = (call) => {
  const { machine, name, args } = call;
  const { operands } = args;
  if (name === 'install' && hasFlag(call, '-d')) {
    for (const field of operands) touch(machine, 'written', field);
    return silent;
  }
  const folder = flagValue(call, '-t');
  const alone = folder === undefined && operands.length === 1;
  const target = folder ?? (alone ? (name === 'ln' ? plainField('.') : undefined) : operands.at(-1));
  const sources = folder === undefined && !alone ? operands.slice(0, -1) : operands;
  const recursive = name === 'mv' || hasFlag(call, '-r', '-a', '-R');
  for (const source of sources) {
    touch(machine, 'read', source, recursive);
    if (name === 'mv') touch(machine, 'deleted', source, true);
    if (target !== undefined) copyOne(call, source, target, sources.length > 1 || folder !== undefined || alone);
  }
  if (sources.length === 0 && target !== undefined) touch(machine, 'written', target);
  return silent;
};

function copyOne(call: Call, source: Field, target: Field, intoFolder: boolean): void {
  const { machine, name } = call;
  const isFolder = intoFolder || /(^|\/)\.{0,2}$/.test(target.text);
  const written = isFolder && !hasFlag(call, '-T') ? below(target, baseOf(source)) : target;
  touch(machine, 'written', written);
  const path = absoluteOf(machine, written);
  if (path === undefined) return;
  const content = contentOfFile(machine, source);
  machine.files.set(path, {
    content,
    copyOf: content === undefined && name !== 'install' ? source : content === undefined ? source : undefined,
  });
}

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
      target = value;
    }
  }
  if (!args.operands.some((field) => field.text.startsWith('if='))) output = call.io.stdin ?? unknownOutput;
  if (target === undefined) return output;
  noteContent(machine, target, output);
  return silent;
};

export const tee: Handler = (call) => {
  const { machine, args, io } = call;
  for (const field of args.operands) {
    touch(machine, 'written', field);
    noteContent(machine, field, io.stdin ?? unknownOutput, hasFlag(call, '-a'));
  }
  return passedOn(call, io.stdin?.text);
};

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
  for (const field of args.operands.slice(from)) touch(machine, 'written', field, isRecursive(program, args));
  return silent;
};

/** Commands inside sed scripts that run something or touch files. */
export const sed: Handler = (call) => {
  const { machine, args } = call;
  const given = args.flags.filter((flag) => flag.name === '-e' || flag.name === '-f');
  const scripts =
    given.length === 0
      ? args.operands.slice(0, 1)
      : given.filter((flag) => flag.name === '-e').map((flag) => flag.value);
  const files = given.length === 0 ? args.operands.slice(1) : args.operands;
  for (const script of scripts) if (script !== undefined) readSedScript(machine, script);
  const inPlace = hasFlag(call, '-i');
  for (const field of files) applyRole(machine, inPlace ? 'a' : 'r', field);
  return 'filtered';
};

function readSedScript(machine: Machine, script: Field): void {
  const { text } = script;
  let at = 0;
  const skipTo = (delimiter: string): void => {
    for (at++; at < text.length && text[at] !== delimiter; at++) if (text[at] === '\\') at++;
  };
  const toLineEnd = (): string => {
    const end = text.indexOf('\n', at);
    const line = text.slice(at + 1, end < 0 ? text.length : end).trim();
    at = end < 0 ? text.length : end;
    return line;
  };
  for (; at < text.length; at++) {
    const c = text[at] ?? '';
    if (c === '/') skipTo('/');
    else if (c === '\\' && /\W/.test(text[at + 1] ?? ' ')) skipTo(text[++at] ?? '');
    else if (c === '#' || c === 'a' || c === 'i' || c === 'c' || c === ':') toLineEnd();
    else if (c === 'b' || c === 't' || c === 'T')
      while (at + 1 < text.length && !/[;\n}]/.test(text[at + 1] ?? '')) at++;
    else if (c === 'e') runSedCommand(machine, toLineEnd());
    else if (c === 'w' || c === 'W') touch(machine, 'written', plainField(toLineEnd()));
    else if (c === 'r' || c === 'R') touch(machine, 'read', plainField(toLineEnd()));
    else if (c === 's' || c === 'y') {
      const delimiter = text[at + 1] ?? '';
      at++;
      skipTo(delimiter);
      const start = at + 1;
      skipTo(delimiter);
      const replacement = text.slice(start, at);
      at++;
      for (; at < text.length && /[\w]/.test(text[at] ?? ''); at++) {
        if (text[at] === 'e') runSedCommand(machine, replacement);
        if (text[at] === 'w') touch(machine, 'written', plainField(toLineEnd()));
      }
      at--;
    }
  }
}

function runSedCommand(machine: Machine, text: string): void {
  machine.findings.reasons.add('other-language');
  if (text !== '') runShellText(machine, plainField(text), { stdin: undefined });
}

/** Whether an awk program runs commands, reads files of its choice or writes any, read in one pass. */
function awkReachesOut(code: string): boolean {
  let printing = false;
  let before = ';';
  for (let i = 0; i < code.length; i++) {
    const c = code[i] ?? '';
    if (c === '#') i = endOf(code, i, '\n');
    else if (c === '"') i = endOfQuoted(code, i, '"');
    else if (c === '/' && /[(,{;!~&|=\n]/.test(before)) i = endOfQuoted(code, i, '/');
    else if (c === '|' && code[i + 1] === '|') i++;
    else if (c === '|' || c === '@' || (c === '>' && printing)) return true;
    else if (/[A-Za-z_]/.test(c)) {
      let end = i + 1;
      while (end < code.length && /\w/.test(code[end] ?? '')) end++;
      const word = code.slice(i, end);
      if (word === 'system' || word === 'getline' || word === 'close' || word === 'fflush') return true;
      if (word === 'print' || word === 'printf') printing = true;
      i = end - 1;
    } else if (c === ';' || c === '}' || c === '\n') printing = false;
    if (!/[ \t]/.test(c)) before = c;
  }
  return false;
}

function endOf(text: string, from: number, mark: string): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}

function endOfQuoted(text: string, from: number, mark: string): number {
  let i = from + 1;
  while (i < text.length && text[i] !== mark) i += text[i] === '\\' ? 2 : 1;
  return i;
}

/** awk programs that only print are no code worth the name; those that run or write something are. */
export const awk: Handler = (call) => {
  const { machine, args } = call;
  const programGiven = hasFlag(call, '-f', '-E', '-e');
  const texts = programGiven
    ? args.flags.filter((flag) => flag.name === '-e').map((flag) => flag.value)
    : args.operands.slice(0, 1);
  const files = programGiven ? args.operands : args.operands.slice(1);
  for (const text of texts) {
    if (text === undefined) continue;
    if (awkReachesOut(text.text)) machine.findings.reasons.add('other-language');
    if (text.unknown === 'substitution') machine.findings.reasons.add('other-language');
  }
  const inPlace = args.flags.some((flag) => flag.name === '-i' && flag.value?.text === 'inplace');
  for (const field of files) {
    if (/^[A-Za-z_]\w*=/.test(field.text)) continue;
    applyRole(machine, inPlace ? 'a' : 'r', field);
  }
  return 'filtered';
};

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
    const action = flag.name === '--checkpoint-action' ? /^exec=/.test(flag.value?.text ?? '') : false;
    if (action && flag.value !== undefined) runShellText(machine, sliceField(flag.value, 5), { stdin: undefined });
  }
  const folder = flagValue(call, '-C');
  const creates = names.has('-c') || names.has('-r') || names.has('-u') || names.has('-A');
  if (archive !== undefined && archive.text !== '-') {
    if (/^[^/]+:/.test(archive.text) && !hasFlag(call, '--force-local')) applyRole(machine, 'u', archive);
    else touch(machine, creates ? 'written' : 'read', archive);
  }
  if (creates) {
    for (const field of operands) {
      const path = folder === undefined || field.text.startsWith('/') ? field : below(folder, field);
      touch(machine, 'read', path, true);
      if (hasFlag(call, '--remove-files')) touch(machine, 'deleted', path, true);
    }
  } else if (names.has('-x') && !names.has('-O')) {
    touch(machine, 'written', folder ?? plainField('.'));
    if (names.has('-P')) machine.findings.dynamicPaths = true;
  }
  return passedOn(call, undefined);
};

export const unzip: Handler = (call) => {
  const { machine, args } = call;
  const [archive] = args.operands;
  if (archive !== undefined) touch(machine, 'read', archive);
  if (!hasFlag(call, '-l', '-p', '-t', '-v', '-Z')) touch(machine, 'written', flagValue(call, '-d') ?? plainField('.'));
  return unknownOutput;
};

/** Editors run commands given on the command line. */
export const editor: Handler = (call) => {
  const { machine, args, io } = call;
  const texts = args.flags
    .filter((flag) => ['-c', '--cmd', '-S'].includes(flag.name))
    .map((flag) => flag.value?.text ?? '');
  for (const field of args.operands) if (field.text.startsWith('+')) texts.push(field.text.slice(1));
  if (texts.some((text) => /[!|]|system|execute|\blua\b|\bpy|\bperl\b|\bruby\b|\bsource\b|\bso\b/.test(text)))
    machine.findings.reasons.add('other-language');
  if (hasFlag(call, '--eval', '--execute', '-l', '--script', '-S')) machine.findings.reasons.add('other-language');
  if ((call.name === 'ed' || call.name === 'ex' || hasFlag(call, '-s')) && /^\s*!|\n\s*!|:!/.test(io.stdin?.text ?? ''))
    machine.findings.reasons.add('other-language');
  return undefined;
};

const takesValue = new Set(
  '-name -iname -path -ipath -wholename -iwholename -regex -iregex -type -xtype -size -mtime -mmin -atime -amin -ctime -cmin -newer -anewer -cnewer -user -group -uid -gid -perm -maxdepth -mindepth -links -inum -samefile -fstype -lname -ilname -regextype -printf -used -newermt -newerct -context'.split(
    ' ',
  ),
);
/** Tests that leave only some of what is there. */
const selective =
  /^-(i?name|i?path|i?wholename|i?regex|size|[mac](time|min)|newer.*|[ac]newer|user|group|[ug]id|perm|links|inum|samefile|i?lname|used|empty|nouser|nogroup)$/;

interface Search {
  readonly start: Field;
  readonly name: Field | undefined;
  readonly narrowed: boolean;
}

/** What a search finds, as a pattern below its start. */
function found(search: Search): Field {
  const { start, name, narrowed } = search;
  if (!narrowed) return start;
  const shown = name ?? plainField('*');
  const folder: Field = { ...start, text: start.text.replace(/\/$/, '') || '/' };
  const path = below(folder, shown);
  const deep = `${folder.pattern ?? escapeGlob(folder.text)}/${anywhereBelow}${
    name?.pattern ??
    escapeGlob(name?.text ?? '')
      .replaceAll('\\*', '*')
      .replaceAll('\\?', '?')
  }`;
  return { ...path, pattern: deep };
}

export const find: Handler = (call) => {
  const { machine, fields } = call;
  const { commands } = machine.findings;
  let at = 1;
  while (/^-[HLPDO]\S*$/.test(fields[at]?.text ?? '')) at += /^-[D]$/.test(fields[at]?.text ?? '') ? 2 : 1;
  const starts: Field[] = [];
  for (; at < fields.length; at++) {
    const field = fields[at];
    if (field === undefined || /^[-(!),]/.test(field.text)) break;
    starts.push(field);
  }
  const from = starts.length === 0 ? [plainField('.')] : starts;
  const expression = readExpression(machine, fields, at);
  for (const start of from) touch(machine, 'read', start, false);
  for (const name of expression.flags) commands.add(`find ${name}`);
  const hits = from.map((start) => found({ start, name: expression.name, narrowed: expression.narrowed }));
  if (expression.deletes) for (const hit of hits) touch(machine, 'deleted', hit, true);
  for (const path of expression.writes) touch(machine, 'written', path);
  for (const command of expression.commands) {
    for (const item of hits.map(each)) {
      machine.runFields(
        command.map((field) => insert(field, '{}', item)),
        { stdin: undefined },
      );
    }
  }
  const [hit] = hits;
  return {
    text: undefined,
    decoded: false,
    fetched: false,
    paths: hit !== undefined && hits.length === 1 ? each(hit) : unknownField('substitution'),
  };
};

/** What a command is given of the hits: of a whole folder, everything in it. */
function each(hit: Field): Field {
  const path =
    hit.pattern === undefined ? below(hit, { text: '*', pattern: '*', unknown: undefined, stream: undefined }) : hit;
  return { ...path, unknown: 'substitution' };
}

interface Expression {
  readonly flags: readonly string[];
  readonly name: Field | undefined;
  readonly narrowed: boolean;
  readonly deletes: boolean;
  readonly writes: readonly Field[];
  readonly commands: readonly (readonly Field[])[];
}

function readExpression(machine: Machine, fields: readonly Field[], from: number): Expression {
  const flags: string[] = [];
  const writes: Field[] = [];
  const commands: (readonly Field[])[] = [];
  let name: Field | undefined;
  let branchNarrowed = false;
  let allNarrowed = true;
  let negated = false;
  for (let i = from; i < fields.length; i++) {
    const text = fields[i]?.text ?? '';
    if (fields[i]?.unknown !== undefined && fields[i]?.text === '') machine.findings.dynamicPaths = true;
    if (text === '!' || text === '-not') {
      negated = !negated;
      continue;
    }
    if (text.startsWith('-') && text.length < 24) flags.push(text);
    if (text === '-o' || text === '-or' || text === ',') {
      allNarrowed &&= branchNarrowed;
      branchNarrowed = false;
    } else if (/^-(exec|execdir|ok|okdir)$/.test(text)) {
      const end = fields.findIndex(
        (field, at) => at > i && (field.text === ';' || (field.text === '+' && fields[at - 1]?.text === '{}')),
      );
      commands.push(fields.slice(i + 1, end < 0 ? fields.length : end));
      i = end < 0 ? fields.length : end;
    } else if (/^-(fprint0?|fls)$/.test(text)) pushField(writes, fields[++i]);
    else if (text === '-fprintf') {
      pushField(writes, fields[++i]);
      i++;
    } else if (takesValue.has(text) || selective.test(text)) {
      const value = text === '-empty' || text === '-nouser' || text === '-nogroup' ? undefined : fields[++i];
      const everything = value !== undefined && /^\*+$|^\.?\/?\*+$|^\.\*$/.test(value.text);
      if (selective.test(text) && !negated && !everything) {
        branchNarrowed = true;
        if (/^-i?name$/.test(text) && value !== undefined) name = name === undefined ? value : plainField('*');
      }
    }
    negated = false;
  }
  return { flags, name, narrowed: branchNarrowed && allNarrowed, deletes: flags.includes('-delete'), writes, commands };
}

function pushField(list: Field[], field: Field | undefined): void {
  if (field !== undefined) list.push(field);
}

export const fd: Handler = (call) => {
  const { machine, args, fields } = call;
  const at = fields.findIndex((field) => /^(-[xX]|--exec|--exec-batch)$/.test(field.text));
  const [pattern, ...starts] = at < 0 ? args.operands : args.operands.filter((_, i) => (args.positions[i] ?? 0) < at);
  const from = starts.length === 0 ? [plainField('.')] : starts;
  for (const start of from) touch(machine, 'read', start);
  const narrowed = pattern !== undefined && !/^(\.|\.\*|\*|)$/.test(pattern.text);
  const hits = from.map((start) => found({ start, name: undefined, narrowed: narrowed || hasFlag(call, '-e') }));
  if (at >= 0) {
    for (const hit of hits) {
      const item: Field = { ...hit, unknown: 'substitution' };
      const command = fields.slice(at + 1).map((field) => insert(field, '{}', item));
      machine.runFields(command.some((field) => field === item) ? command : [...command, item], { stdin: undefined });
    }
  }
  return {
    text: undefined,
    decoded: false,
    fetched: false,
    paths: hits.length === 1 ? hits[0] : unknownField('substitution'),
  };
};
