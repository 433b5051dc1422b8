import { contentOfFile, runShellText, runStream, touch } from './shell-actions.js';
import { type Call, flagValue, type Handler, hasFlag } from './shell-call.js';
import { isStdin } from './shell-handlers-interpreters.js';
import type { Machine } from './shell-machine.js';
import { isKnownButForDigits } from './shell-measures.js';
import {
  type Field,
  hole,
  joinFields,
  type Output,
  plainField,
  silent,
  unknownField,
  unknownOutput,
} from './shell-values.js';

/** Known items of xargs: words, or lines when each stands alone. */
function itemsOf(call: Call, input: Output): readonly Field[] {
  if (input.text === undefined) {
    const origin = input.decoded || input.fetched ? input : undefined;
    return (input.paths ?? [unknownField('substitution')]).map((item) => ({
      ...item,
      unknown: item.unknown ?? 'substitution',
      origin,
    }));
  }
  const byLine = hasFlag(call, '-d', '-L', '-I', '-0', '--replace', '-J');
  const separator = hasFlag(call, '-0') ? '\0' : (flagValue(call, '-d')?.text.replace('\\n', '\n') ?? '\n');
  const texts = byLine
    ? input.text.split(separator || '\n')
    : input.text.split(/\s+/).map((word) => word.replace(/["'\\]/g, ''));
  const unknown = input.assumed === true ? 'substitution' : undefined;
  const origin = input.decoded || input.fetched ? input : undefined;
  const items = texts.map((text) => text.replace(/\n$/, '')).filter((text) => text !== '');
  return items.map((text) => ({ ...plainField(text), unknown, origin }));
}

/** xargs runs its command with the words that it reads. */
export const xargs: Handler = (call) => {
  const { machine, args, io } = call;
  const file = flagValue(call, '-a');
  const fromFile = file !== undefined && !isStdin(file);
  const input = (fromFile ? (file.stream ?? contentOfFile(machine, file)) : io.stdin) ?? unknownOutput;
  const command = args.operands.length === 0 ? [plainField('echo')] : args.operands;
  const items = itemsOf(call, input);
  if (input.text === undefined) notePushed(machine, command);
  const mark = flagValue(call, '-I', '-J')?.text ?? (hasFlag(call, '-I', '-i', '--replace') ? '{}' : undefined);
  if (mark === undefined || mark === '') return machine.runFields([...command, ...items], { stdin: undefined });
  const script = scriptOf(command, mark);
  if (script !== undefined && input.paths !== undefined && items.every(isOwnName)) {
    for (const item of items.slice(0, 256)) machine.runFields([...script, plainField('_'), item], { stdin: undefined });
    return unknownOutput;
  }
  let output: Output = silent;
  for (const item of items.slice(0, 256))
    output = machine.runFields(
      command.map((field) => insert(field, mark, item)),
      { stdin: undefined },
    );
  if (items.length > 256) machine.findings.reasons.add('too-many-alternatives');
  return items.length === 1 ? output : unknownOutput;
};

/** A push that is given refs which another command prints: they may force, or delete. */
function notePushed(machine: Machine, command: readonly Field[]): void {
  const [first, ...words] = command;
  if (first?.text === 'git' && words.some(({ text }) => text === 'push')) machine.findings.reasons.add('unknown-flags');
}

/** `sh -c` with a script that nothing else makes up, its mark read as the first argument of the script. */
function scriptOf(command: readonly Field[], mark: string): readonly Field[] | undefined {
  const [shell, flag, script, ...rest] = command;
  if (shell === undefined || flag === undefined || script === undefined || rest.length > 0) return undefined;
  if (!/^(?:\/(?:usr\/)?bin\/)?(?:ba|da|z)?sh$/.test(shell.text) || !/^-e?c$/.test(flag.text)) return undefined;
  if (script.unknown !== undefined || script.stream !== undefined || !script.text.includes(mark)) return undefined;
  // Inside of single quotes a variable would be text.
  const text = script.text.replace(/'[^']*'/g, (piece) => piece.replaceAll(mark, `'"${firstArgument}"'`));
  return [shell, flag, plainField(text.replaceAll(mark, firstArgument))];
}

/** The name of a file of the folder or below it, as a list of names gives it. */
function isOwnName(field: Field): boolean {
  const { text, unknown, origin } = field;
  if (text === hole) return isKnownButForDigits(field);
  return unknown !== undefined && origin === undefined && !/^[/~\uffff]|(?:^|\/)\.\.(?:\/|$)/.test(text);
}

const firstArgument = '\u0024{1}';

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

/** A command line of one word for a shell, with an item that is not known as its first argument. */
function lineOf([line, ...others]: readonly Field[], item: Field): readonly Field[] | undefined {
  if (line === undefined || others.length > 0 || !/\s/.test(line.text) || !isOwnName(item)) return undefined;
  const text = line.text.replace(/\{[./#%\d]*\}/g, '{}');
  return scriptOf([plainField('sh'), plainField('-c'), { ...line, text }], '{}');
}

/** parallel runs its command for each item, or each item as a command. */
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
  if (items.some(({ unknown }) => unknown !== undefined)) notePushed(machine, command);
  const text = joinFields(command);
  const marked = /\{[./#%\d]*\}/.test(text.text);
  for (const item of items.slice(0, 256)) {
    const whole = marked
      ? insert({ ...text, text: text.text.replace(/\{[./#%\d]*\}/g, '{}') }, '{}', item)
      : joinFields([text, item]);
    // An item that is not known is one argument here, as parallel quotes it; the words of the command are known.
    const script = marked ? lineOf(command, item) : undefined;
    if (script !== undefined) machine.runFields([...script, plainField('_'), item], { stdin: undefined });
    else if (item.unknown !== undefined && text.unknown === undefined)
      machine.runFields(marked ? command.map((word) => insert(word, '{}', item)) : [...command, item], {
        stdin: undefined,
      });
    else runShellText(machine, whole, { stdin: undefined });
  }
  return unknownOutput;
};
