import { forEachChild, type SyntaxNode } from 'unbash';
import { joinPath, normalizeSegments } from './path-normal.js';
import { contentOfFile, runShellText, runSource, runStream, touch } from './shell-actions.js';
import { declare } from './shell-builtins-declare.js';
import { type Builtin, read, readArray } from './shell-builtins-input.js';
import { enterFolder, leaveFor } from './shell-environment.js';
import { isDescriptor, noteSourced } from './shell-handlers-interpreters.js';
import { foldersOf, itemsOfVariable, type Machine, setItems, setVariable, valuesOfVariable } from './shell-machine.js';
import { echoOutput, printfOutput } from './shell-printing.js';
import { giveVariable, noteArithmetic } from './shell-reread.js';
import { bind } from './shell-scope.js';
import type { OpaqueReason } from './shell-types.js';
import {
  type Field,
  hole,
  joinFields,
  type Output,
  plainField,
  silent,
  sliceField,
  textOutput,
  unknownField,
  unknownOutput,
} from './shell-values.js';

const nothing: Builtin = () => silent;
const prints: Builtin = () => unknownOutput;

const changeFolder: Builtin = (machine, fields) => {
  const operands = fields.slice(1).filter((field) => !/^-[LPe@n]+$|^--$/.test(field.text));
  const [target] = operands;
  if (target === undefined) {
    if (fields[0]?.text === 'pushd') return unknownFolder(machine);
    enterFolder(machine, plainField(machine.home));
  } else if (target.text === '-') return goBack(machine);
  else if (/^[-+]\d+$/.test(target.text)) return unknownFolder(machine);
  else if (target.text === '' && target.unknown !== undefined) return unknownFolder(machine);
  else enterFolder(machine, target, startsOf(machine, target.text));
  return silent;
};

function unknownFolder(machine: Machine): Output {
  leaveFor(machine, []);
  return silent;
}

/** `cd -`, where the script itself came from another folder. */
function goBack(machine: Machine): Output {
  const before = machine.scope.bindings.get('$OLDPWD');
  const values = before?.kind === 'values' ? before.values : [];
  const isKnown = values.every(({ text, unknown }) => unknown === undefined && text.startsWith('/'));
  leaveFor(machine, isKnown ? values.map(({ text }) => text) : []);
  return unknownOutput;
}

/** More folders than these are not told apart. */
const mostStarts = 4;

/** The folders in which a name is looked for, those of CDPATH first; none when they are not known. */
function startsOf(machine: Machine, text: string): readonly string[] {
  const here = foldersOf(machine);
  if (!machine.scope.bindings.has('$CDPATH') || /^\.{0,2}(?:\/|$)/.test(text)) return here;
  const starts = new Set<string>();
  for (const { text: list, unknown } of valuesOfVariable(machine, 'CDPATH')) {
    // Where nobody may have set it, names are looked for here.
    if (unknown !== undefined && list === '') continue;
    if (unknown !== undefined) return [];
    for (const one of list.split(':'))
      for (const folder of one.startsWith('/') ? ['/'] : here) starts.add(normalizeSegments(joinPath(folder, one)));
  }
  for (const folder of here) starts.add(folder);
  return starts.size > mostStarts ? [] : [...starts];
}

const evaluate: Builtin = (machine, fields, io) => {
  const [, only, ...more] = fields;
  if (only?.origin?.settings === true && only.text === hole && only.variables === undefined && more.length === 0)
    return unknownOutput;
  machine.findings.reasons.add('eval');
  const text = joinFields(fields.slice(fields[1]?.text === '--' ? 2 : 1));
  if (text.origin !== undefined) {
    machine.findings.pipesToInterpreter = true;
    if (text.origin.decoded) machine.findings.reasons.add('decoded-into-interpreter');
    else if (text.origin.fetched) machine.findings.reasons.add('script-from-network');
  }
  if (text.unknown === 'substitution') machine.findings.pipesToInterpreter = true;
  return text.text === '' || text.text === hole ? unknownOutput : runSource(machine, text.text, io);
};

/** Files that only prepare the shell for a language's tools, as daily work sources them. */
const activation =
  /(^|\/)(\.?v?env[\w.-]*|\.direnv\/[^/]+|\.?conda[\w.-]*|[\w.-]*venv[\w.-]*)\/bin\/activate(\.fish|\.csh)?$|(^|\/)(nvm|conda|sdkman-init|gvm|rvm)(\.sh)?$/;

/** The files that a person's own shell reads when it starts. */
const startup =
  /^\/\.(bashrc|bash_profile|bash_login|profile|zshrc|zprofile|zshenv|cargo\/env|nvm\/nvm\.sh|sdkman\/bin\/sdkman-init\.sh)$/;

function isActivation(machine: Machine, path: string): boolean {
  return activation.test(path) || (path.startsWith(machine.home) && startup.test(path.slice(machine.home.length)));
}

const source: Builtin = (machine, fields, io) => {
  const [file, ...rest] = fields.slice(fields[1]?.text === '--' ? 2 : 1);
  if (file === undefined) return silent;
  if (file.stream === undefined && /^\/dev\/(stdin|fd\/0)$/.test(file.text)) {
    return io.stdin === undefined ? silent : runStream(machine, io.stdin, { stdin: undefined });
  }
  if (file.stream?.settings === true) return unknownOutput;
  if (isDescriptor(file)) return runStream(machine, unknownOutput, { stdin: undefined });
  const content = file.stream ?? contentOfFile(machine, file);
  if (file.stream !== undefined) {
    machine.findings.pipesToInterpreter = true;
    if (file.stream.decoded) machine.findings.reasons.add('decoded-into-interpreter');
    if (file.stream.fetched) machine.findings.reasons.add('script-from-network');
  } else if (content?.fetched === true) machine.findings.reasons.add('script-from-network');
  if (content?.text === undefined) {
    if (file.unknown === 'substitution' || !isActivation(machine, file.text)) noteSourced(machine, file);
    else touch(machine, 'read', file);
    return unknownOutput;
  }
  touch(machine, 'read', file);
  if (rest.length > 0) setItems(machine, '@', rest);
  return runSource(machine, content.text, io);
};

const execute: Builtin = (machine, fields, io) => {
  let at = 1;
  while (/^-[cla]+$|^--$/.test(fields[at]?.text ?? '')) at += fields[at]?.text.includes('a') === true ? 2 : 1;
  return at < fields.length ? machine.runFields(fields.slice(at), io) : silent;
};

const command: Builtin = (machine, fields, io) => {
  let at = 1;
  for (; /^-[pvV]+$|^--$/.test(fields[at]?.text ?? ''); at++) {
    if (/[vV]/.test(fields[at]?.text ?? '')) return textOutput(`${fields[at + 1]?.text ?? ''}\n`);
  }
  return at < fields.length ? machine.runFields(fields.slice(at), io) : silent;
};

const unset: Builtin = (machine, fields) => {
  noteArithmetic(machine, fields);
  let functions = false;
  for (const field of fields.slice(1)) {
    if (/^-\w/.test(field.text)) functions = field.text.includes('f');
    else if (functions) bind(machine.scope, `${field.text}()`, undefined);
    else bind(machine.scope, `$${field.text}`, { kind: 'values', values: [plainField('')] });
    // Without it nothing is kept of what is typed.
    if (field.text === 'HISTFILE') machine.findings.environment.add(field.text);
  }
  return silent;
};

const set: Builtin = (machine, fields) => {
  if (fields.length === 1) machine.findings.printsEnvironment = true;
  for (const [i, { text }] of fields.entries()) {
    const option = /^[-+]\w*o$/.test(text) ? fields[i + 1]?.text : undefined;
    if (option !== undefined && /^\w+$/.test(option))
      machine.findings.commands.add(`set ${text.slice(0, 1)}o ${option}`);
  }
  const at = fields.findIndex((field, i) => i > 0 && (field.text === '--' || !/^[-+]/.test(field.text)));
  if (at < 0) return silent;
  // `set -o pipefail` takes a word that is no operand.
  if (/^[-+]\w*o$/.test(fields[at - 1]?.text ?? '') && fields[at]?.text !== '--') return silent;
  setItems(machine, '@', fields.slice(fields[at]?.text === '--' ? at + 1 : at));
  return silent;
};

const shift: Builtin = (machine, fields) => {
  const count = Number(fields[1]?.text ?? 1);
  setItems(
    machine,
    '@',
    (itemsOfVariable(machine, '@') ?? []).slice(Number.isSafeInteger(count) && count > 0 ? count : 1),
  );
  return silent;
};

const printFormat: Builtin = (machine, fields) => {
  if (fields[1]?.text === '-v' && fields[2] !== undefined) {
    noteArithmetic(machine, [fields[2]]);
    const { text } = printfOutput(fields, 3);
    giveVariable(machine, fields[2].text, [text === undefined ? unknownField('variable') : plainField(text)]);
    return silent;
  }
  return printfOutput(fields, fields[1]?.text === '--' ? 2 : 1);
};

const trap: Builtin = (machine, fields, io) => {
  const code = fields[fields[1]?.text === '--' ? 2 : 1];
  if (code === undefined || fields.length < 3 || code.text === '-' || /^-[lp]$/.test(code.text)) return silent;
  runShellText(machine, code, io);
  return silent;
};

const alias: Builtin = (machine, fields, io) => {
  for (const field of fields.slice(1)) {
    const equals = field.text.indexOf('=');
    if (equals <= 0) continue;
    machine.findings.reasons.add('alias');
    const text = sliceField(field, equals + 1);
    runShellText(machine, text, io);
    bind(machine.scope, `${field.text.slice(0, equals)}=`, { kind: 'alias', text: text.text });
  }
  return silent;
};

const letBuiltin: Builtin = (machine, fields) => {
  noteArithmetic(machine, fields);
  for (const field of fields.slice(1)) {
    const name = /^\s*([A-Za-z_]\w*)\s*(?:[-+*/%&|^]|<<|>>)?=|^(?:\+\+|--)?([A-Za-z_]\w*)/.exec(field.text);
    const target = name?.[1] ?? name?.[2];
    if (target !== undefined) setVariable(machine, target, [unknownField('variable')]);
  }
  return silent;
};

const test: Builtin = (machine, fields) => {
  fields.forEach((field, index) => {
    if (fields[index - 1]?.text === '-v') noteArithmetic(machine, [field]);
    else if (/\$\(|`/.test(field.text)) machine.findings.reasons.add('eval');
  });
  return silent;
};

const getopts: Builtin = (machine, fields) => {
  const name = fields[2]?.text;
  if (name !== undefined) {
    noteArithmetic(machine, [plainField(name)]);
    giveVariable(machine, name, [unknownField('variable')]);
  }
  setVariable(machine, 'OPTARG', [unknownField('variable')]);
  return silent;
};

const hash: Builtin = (machine, fields) => {
  const at = fields.findIndex((field) => field.text === '-p');
  const [target, name] = at < 0 ? [] : fields.slice(at + 1);
  if (target === undefined) return silent;
  machine.findings.reasons.add('alias');
  machine.runFields([target], { stdin: undefined });
  if (name !== undefined) bind(machine.scope, `${name.text}=`, { kind: 'alias', text: target.text });
  return silent;
};

const opaqueAs =
  (reason: OpaqueReason): Builtin =>
  (machine, fields, io) => {
    machine.findings.reasons.add(reason);
    const at = fields.findIndex((field) => /^-\w*[CFx]$/.test(field.text));
    const code = fields[at + 1];
    if (at > 0 && code !== undefined) runShellText(machine, code, io);
    return unknownOutput;
  };

const complete: Builtin = (machine, fields, io) => {
  if (fields.some(({ text }) => /^-(\w*[ev]|A)$/.test(text))) machine.findings.printsEnvironment = true;
  const at = fields.findIndex((field) => /^-[CFW]$/.test(field.text));
  const code = fields[at + 1];
  return at > 0 && code !== undefined ? opaqueAs('completion')(machine, fields, io) : silent;
};

/** The builtins of the shell; `hasOwn` lookups go through a map, so no name can reach a prototype. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['cd', changeFolder],
  ['chdir', changeFolder],
  ['pushd', changeFolder],
  ['popd', unknownFolder],
  ['eval', evaluate],
  ['source', source],
  ['.', source],
  ['exec', execute],
  ['command', command],
  ['builtin', execute],
  ['export', declare],
  ['declare', declare],
  ['typeset', declare],
  ['local', declare],
  ['readonly', declare],
  ['unset', unset],
  ['set', set],
  ['shift', shift],
  ['read', read],
  ['mapfile', readArray],
  ['readarray', readArray],
  ['echo', (_, fields) => echoOutput(fields)],
  ['printf', printFormat],
  ['print', (_, fields) => echoOutput(fields)],
  ['trap', trap],
  ['alias', alias],
  ['unalias', nothing],
  ['let', letBuiltin],
  [
    'wait',
    (machine, fields) => {
      noteArithmetic(machine, fields);
      return silent;
    },
  ],
  ['test', test],
  ['[', test],
  ['getopts', getopts],
  ['hash', hash],
  [
    'enable',
    (machine, fields, io) =>
      fields.some((field) => /^-\w*f/.test(field.text)) ? opaqueAs('preloaded-code')(machine, fields, io) : silent,
  ],
  ['bind', opaqueAs('completion')],
  ['complete', complete],
  ['compgen', complete],
  ['fc', opaqueAs('history-expansion')],
  [
    'pwd',
    (machine) => (foldersOf(machine).length === 1 ? textOutput(`${foldersOf(machine)[0] ?? ''}\n`) : unknownOutput),
  ],
  [
    'dirname',
    (_, fields) =>
      pathPart(
        fields.at(-1),
        (text) => text.replace(/\/+$/, '').replace(/\/?[^/]*$/, '') || (text.startsWith('/') ? '/' : '.'),
      ),
  ],
  [
    'basename',
    (_, fields) => {
      const known = pathPart(fields[1], (text) => baseName(text, fields[2]?.text ?? ''));
      // Whatever it is the name of, it has no slash.
      return known.text === undefined && fields.length < 4 ? { ...known, paths: [someName] } : known;
    },
  ],
  ['which', (_, fields) => textOutput(`${fields[1]?.text ?? ''}\n`)],
  ['type', (_, fields) => textOutput(`${fields.at(-1)?.text ?? ''}\n`)],
  ...[
    'true',
    'false',
    ':',
    'return',
    'exit',
    'break',
    'continue',
    'umask',
    'ulimit',
    'unsetopt',
    'bg',
    'disown',
    'suspend',
    'logout',
    'emulate',
    'autoload',
    'zmodload',
    'times',
    'sleep',
  ].map((name): readonly [string, Builtin] => [name, nothing]),
  ['shopt', shellOptions],
  ['setopt', shellOptions],
  ['history', history],
  ...['jobs', 'fg', 'dirs', 'caller', 'help', 'kill'].map((name): readonly [string, Builtin] => [name, prints]),
]);

/** With `dotglob` patterns match hidden names. */
function shellOptions(machine: Machine, fields: readonly Field[]): Output {
  if (fields.slice(1).some(({ text }) => /^(?:dotglob|glob_?dots)$/i.test(text))) machine.hiddenNames = true;
  return silent;
}

/** `history -r file` takes the lines of a file for what was typed, and `-w` and `-a` write them. */
function history(machine: Machine, fields: readonly Field[]): Output {
  const flags = fields.slice(1).filter(({ text }) => text.startsWith('-'));
  const operand = fields.slice(1).find(({ text }) => !text.startsWith('-'));
  const files = operand === undefined ? valuesOfVariable(machine, 'HISTFILE') : [operand];
  for (const { text } of flags) {
    if (/^-\w*[rn]/.test(text)) for (const file of files) touch(machine, 'read', file);
    if (/^-\w*[aw]/.test(text)) for (const file of files) touch(machine, 'written', file);
  }
  return unknownOutput;
}

/** One name of a file, whichever. */
const someName: Field = { text: '*', pattern: '*', unknown: 'substitution', stream: undefined };

function pathPart(field: Field | undefined, part: (text: string) => string): Output {
  if (field === undefined || field.unknown !== undefined || field.pattern !== undefined) return unknownOutput;
  return textOutput(`${part(field.text)}\n`);
}

function baseName(text: string, suffix: string): string {
  const name = text.replace(/\/+$/, '').replace(/^.*\//s, '');
  return suffix !== '' && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

const assigns = /^([-+*/%&|^]|<<|>>)?=$/;

/** Variables that an arithmetic expression assigns are not known afterwards. */
export function forgetAssigned(machine: Machine, node: SyntaxNode): void {
  const waiting: SyntaxNode[] = [node];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const target = one.type === 'ArithmeticBinary' && assigns.test(one.operator) ? one.left : steppedBy(one);
    if (target?.type === 'ArithmeticWord') setVariable(machine, target.value, [unknownField('variable')]);
    forEachChild(one, (child) => {
      waiting.push(child);
    });
  }
}

function steppedBy(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === 'ArithmeticUnary' && (node.operator === '++' || node.operator === '--')
    ? node.operand
    : undefined;
}
