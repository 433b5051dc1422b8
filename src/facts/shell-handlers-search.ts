import { anywhereBelow } from './path-overlap.js';
import { touch } from './shell-actions.js';
import { type Handler, hasFlag } from './shell-call.js';
import { insert } from './shell-handlers-items.js';
import type { Machine } from './shell-machine.js';
import { readAround, showsFiles } from './shell-searches.js';
import { below, escapeGlob, type Field, plainField, unknownField } from './shell-values.js';

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

/** find deletes, writes and runs by its expression. */
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
  const { narrowed } = expression;
  const names = expression.names.length === 0 ? [undefined] : expression.names;
  const hits = from.flatMap((start) => names.map((name) => found({ start, name, narrowed })));
  if (expression.deletes) for (const hit of hits) touch(machine, 'deleted', hit, true);
  for (const path of expression.writes) touch(machine, 'written', path);
  for (const command of expression.commands) {
    if (expression.names.length === 0 && showsFiles(command)) for (const start of from) readAround(machine, start);
    for (const item of hits.map(each)) {
      machine.runFields(
        command.map((field) => insert(field, '{}', item)),
        { stdin: undefined },
      );
    }
  }
  return { text: undefined, decoded: false, fetched: false, paths: pathsOf(hits) };
};

/** More names, and more of what is found, than people write are not followed one by one. */
const mostNames = 8;
const mostHits = 32;

function pathsOf(hits: readonly Field[]): readonly Field[] {
  return hits.length > 0 && hits.length <= mostHits ? hits.map(each) : [unknownField('substitution')];
}

/** What a command is given of the hits: of a whole folder, everything in it. */
function each(hit: Field): Field {
  const path =
    hit.pattern === undefined ? below(hit, { text: '*', pattern: '*', unknown: undefined, stream: undefined }) : hit;
  return { ...path, unknown: 'substitution' };
}

interface Expression {
  readonly flags: readonly string[];
  /** Names that are asked for; any of them, or all, may have to match. */
  readonly names: readonly Field[];
  readonly narrowed: boolean;
  readonly deletes: boolean;
  readonly writes: readonly Field[];
  readonly commands: readonly (readonly Field[])[];
}

function readExpression(machine: Machine, fields: readonly Field[], from: number): Expression {
  const flags: string[] = [];
  const writes: Field[] = [];
  const commands: (readonly Field[])[] = [];
  let names: Field[] = [];
  let branchNamed = false;
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
      if (branchNarrowed && !branchNamed) names.push(plainField('*'));
      branchNarrowed = false;
      branchNamed = false;
    } else if (/^-(exec|execdir|ok|okdir)$/.test(text)) {
      const end = endOfCommand(fields, i + 1);
      commands.push(fields.slice(i + 1, end));
      i = end;
    } else if (/^-(fprint0?|fls)$/.test(text)) pushField(writes, fields[++i]);
    else if (text === '-fprintf') {
      pushField(writes, fields[++i]);
      i++;
    } else if (takesValue.has(text) || selective.test(text)) {
      const value = text === '-empty' || text === '-nouser' || text === '-nogroup' ? undefined : fields[++i];
      const everything = value !== undefined && /^\*+$|^\.?\/?\*+$|^\.\*$/.test(value.text);
      if (selective.test(text) && !negated && !everything) {
        branchNarrowed = true;
        const named = value === undefined ? undefined : nameOf(text, value);
        if (named !== undefined) names.push(named);
        branchNamed ||= named !== undefined;
      }
    }
    negated = false;
  }
  if (branchNarrowed && !branchNamed && names.length > 0) names.push(plainField('*'));
  if (names.length > mostNames) names = [plainField('*')];
  return {
    flags,
    names,
    narrowed: branchNarrowed && allNarrowed,
    deletes: flags.includes('-delete'),
    writes,
    commands,
  };
}

/** Where the command of an `-exec` ends: at `;`, or at the `+` of `{} +`. */
function endOfCommand(fields: readonly Field[], from: number): number {
  for (let i = from; i < fields.length; i++) {
    const text = fields[i]?.text;
    if (text === ';' || (text === '+' && fields[i - 1]?.text === '{}')) return i;
  }
  return fields.length;
}

/** The last part of what a test of names or paths asks for, as a pattern in the text. */
function nameOf(test: string, value: Field): Field | undefined {
  if (/^-i?name$/.test(test)) return value;
  const last = (text: string): string => text.slice(text.lastIndexOf('/') + 1);
  if (/^-i?(path|wholename)$/.test(test)) return value.pattern === undefined ? plainField(last(value.text)) : undefined;
  if (!/^-i?regex$/.test(test)) return undefined;
  const glob = globOfRegex(last(value.text));
  return glob === undefined ? undefined : plainField(glob);
}

/** A simple regular expression as a pattern of names; undefined when it says more than that. */
function globOfRegex(regex: string): string | undefined {
  const glob = regex
    .replace(/^\^|\$$/g, '')
    .replace(/\.[*+]|\[\^\/\][*+]/g, '*')
    .replace(/(?<!\\)\./g, '?')
    .replace(/\\([.+$-])/g, '$1');
  return /^[\w.*?+$-]+$/.test(glob) ? glob : undefined;
}

function pushField(list: Field[], field: Field | undefined): void {
  if (field !== undefined) list.push(field);
}

/** fd runs the command after `-x` or `-X`. */
export const fd: Handler = (call) => {
  const { machine, args, fields } = call;
  const at = fields.findIndex((field) => /^(-[xX]|--exec|--exec-batch)$/.test(field.text));
  const [pattern, ...starts] = at < 0 ? args.operands : args.operands.filter((_, i) => (args.positions[i] ?? 0) < at);
  const from = starts.length === 0 ? [plainField('.')] : starts;
  for (const start of from) touch(machine, 'read', start);
  const narrowed = pattern !== undefined && !/^(\.|\.\*|\*|)$/.test(pattern.text);
  const glob = pattern === undefined || hasFlag(call, '-e') ? undefined : globOfRegex(pattern.text);
  // A regular expression may match anywhere in the name.
  const open = pattern?.text.startsWith('^') === true ? '' : '*';
  const name =
    glob === undefined ? undefined : plainField(`${open}${glob}${pattern?.text.endsWith('$') === true ? '' : '*'}`);
  const hits = from.map((start) => found({ start, name, narrowed: narrowed || hasFlag(call, '-e') }));
  if (at >= 0) {
    for (const item of hits.map(each)) {
      const command = fields.slice(at + 1).map((field) => insert(field, '{}', item));
      machine.runFields(command.some((field) => field === item) ? command : [...command, item], { stdin: undefined });
    }
  }
  return {
    text: undefined,
    decoded: false,
    fetched: false,
    paths: pathsOf(hits),
  };
};
