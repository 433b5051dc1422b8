import { deletingCall } from './programs-effects-table.js';
import { runShellText, touch } from './shell-actions.js';
import type { Call } from './shell-call.js';
import { readCode } from './shell-code.js';
import { noteRun } from './shell-foreign.js';
import { actingCode } from './shell-guesses.js';
import { noInput } from './shell-machine.js';
import { type Field, plainField } from './shell-values.js';

/** Programs whose own language, as it comes in, can name files and commands. */
const consoles =
  /^(?:(?:terraform|tofu) console|cpp|gcc|g\+\+|cc|c\+\+|clang|m4|gnuplot|gs|bc|dc|octave|maxima|gdb|jshell|yacas|gawk|nickle|units|calc)$/;
/** A file in quotes or angles, of which the start says that it is one. */
const quotedFile = /["'`<(]((?:~|\.{1,2})?\/[^"'`<>()\n]{1,512})["'`>)]/g;
/** Calls and lines by which they run a command. */
const commands = /\b(?:e?syscmd|system|shell)\s*\(\s*["'`]([^"'`\n]{1,512})["'`]|^[ \t]*!([^\n]{1,512})$/gm;

/** Languages that take their program from what comes in, and that nobody asks for more than a sum in a command. */
const languages = new Set(
  'ghci nim escript picolisp pil scsh chez petite gsi chibi-scheme bigloo mit-scheme kawa abcl ccl lfe io gst hugs yap scryer-prolog maude wren gravity duk mujs jsc rhino hermes micropython pyston graalpy bpython ptpython gp gap scilab-cli jimsh tclkit coqtop idris2 txr rebol red ijconsole jconsole bqn uiua'.split(
    ' ',
  ),
);

/** Code that such a language is sent: what starts programs, removes or connects is another language's, a sum is none. */
function readLanguage({ machine, name, io }: Call): void {
  const { stdin } = io;
  if (stdin === undefined || !languages.has(name)) return;
  const { findings } = machine;
  if (stdin.fetched || stdin.decoded) {
    findings.pipesToInterpreter = true;
    findings.reasons.add(stdin.fetched ? 'script-from-network' : 'decoded-into-interpreter');
  }
  if (stdin.text === undefined || !(actingCode.test(stdin.text) || deletingCall.test(stdin.text))) return;
  findings.reasons.add('other-language');
  readCode(machine, stdin.text);
}

/** Files that are read, and commands that are run, by what a console is sent. */
export function readConsole(call: Call): void {
  readLanguage(call);
  const { machine, command, io } = call;
  const text = io.stdin?.text;
  if (text === undefined || text.length > 16384 || !consoles.test(command)) return;
  for (const [, path = ''] of text.matchAll(quotedFile)) touch(machine, 'read', plainField(path));
  for (const [, called, line] of text.matchAll(commands))
    runShellText(machine, plainField(called ?? line ?? ''), noInput);
}

/** Clients of data stores that take a file of statements, as no other reader knows them. */
const clients =
  /^(?:cypher-shell|sqlplus|sqlcl|sql|bq|wrangler|sqlcmd|isql|tsql|osql|db2|hive|beeline|impala-shell|influx|spark-sql|arangosh|cockroach|vsql|turso|surreal|snow|dolt|ysqlsh|ycqlsh|gsql|nzsql)$/;
const fileFlags = /^(?:-f|-i|--file|--filename|--script|--input-file|--source|--javascript\.execute)$/;

/** Notes files of statements that a client runs. */
export function readClient(call: Call): void {
  const { machine, name, args, io } = call;
  if (!clients.test(name)) return;
  const run = (field: Field | undefined): void => {
    if (field !== undefined && /[./]/.test(field.text)) noteRun(machine, field);
  };
  run(io.stdin?.file);
  for (const { name: flag, value } of args.flags) if (fileFlags.test(flag)) run(value);
  args.operands.forEach((field, index) => {
    if (field.text.startsWith('@')) run({ ...field, text: field.text.slice(1) });
    else if (fileFlags.test(call.fields[(args.positions[index] ?? 0) - 1]?.text ?? '')) run(field);
  });
}

/** Scripts that the code for a document store's shell loads. */
export function noteLoaded(call: Call, code: string): void {
  for (const [, path = ''] of code.matchAll(/\b(?:load|require|source)\s*\(\s*["'`]([^"'`\n]{1,512})["'`]/g))
    if (/^[./~]/.test(path)) noteRun(call.machine, plainField(path));
}
