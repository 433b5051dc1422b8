import {
  type AndOr,
  type Case,
  type CompoundList,
  type Coproc,
  type For,
  forEachChild,
  type If,
  type ParsedScript,
  type Pipeline,
  type Script,
  type Select,
  type Statement,
  type SyntaxNode,
  type TestExpression,
  type While,
} from 'unbash';
import { forgetAssigned } from './shell-builtins.js';
import { deepest, runCommand, runFields } from './shell-command.js';
import type { Findings } from './shell-findings.js';
import {
  type FunctionBody,
  type Io,
  itemsOfVariable,
  type Machine,
  noInput,
  setItems,
  spend,
} from './shell-machine.js';
import { mostWords, parseScript } from './shell-parse.js';
import { redirect } from './shell-redirections.js';
import { giveVariable, noteArithmetic } from './shell-reread.js';
import {
  bind,
  chained,
  changedSince,
  createScope,
  either,
  isolated,
  mostAlternatives,
  perhaps,
} from './shell-scope.js';
import {
  eitherOutput,
  type Field,
  joinOutputs,
  type Output,
  silent,
  unknownField,
  unknownOutput,
} from './shell-values.js';
import { expandText, expandWord, isReadable, runEmbedded } from './shell-words.js';

/** Commands, words and values that are followed, so that no text takes longer than some tenths of a second. */
const mostSteps = 60_000;

/** A machine at the start of a script. */
export function createMachine(findings: Findings, places: { cwd: string; workspace: string; home: string }): Machine {
  const scope = createScope();
  scope.bindings.set('.', { kind: 'folders', folders: [places.cwd] });
  const machine: Machine = {
    home: places.home,
    workspace: places.workspace,
    findings,
    scope,
    depth: 0,
    budget: mostSteps,
    bodies: [],
    words: mostWords,
    remote: 0,
    mounts: [],
    repeating: 0,
    started: 0,
    network: false,
    timed: false,
    integers: new Set(),
    temporary: new Set(),
    running: new Set(),
    files: new Map(),
    hiddenNames: false,
    filling: true,
    filled: new Set(),
    chains: [],
    made: new Map(),
    fetched: new Set(),
    ownClusters: new Set(),
    cluster: undefined,
    called: new Set(),
    defined: [],
    runBody: (body, io) => runNode(machine, body, io),
    runFields: (fields, io) => runFields(machine, fields, io),
    runScript: (script, io) => runScript(machine, script, io),
    runText: (text, io) => runScript(machine, parseScript(machine, text), io),
  };
  return machine;
}

/** Reads a script and then the functions that it defined and did not call. */
export function runWhole(machine: Machine, script: ParsedScript): void {
  runScript(machine, script, noInput);
  // Reading a body may define further functions.
  for (let i = 0; i < machine.defined.length && machine.budget >= 0; i++) {
    const body = machine.defined[i];
    if (body === undefined || machine.called.has(body)) continue;
    machine.called.add(body);
    isolated(machine.scope, () => {
      setItems(machine, '@', [unknownField('variable')]);
      bind(machine.scope, '$@', { kind: 'items', items: [unknownField('variable')], whole: false });
      return runNode(machine, body, noInput);
    });
  }
}

function runScript(machine: Machine, script: Script & Pick<ParsedScript, 'errors'>, io: Io): Output {
  for (const error of script.errors ?? []) {
    machine.findings.reasons.add(error.message.includes('nesting') ? 'too-deep' : 'unparsable');
  }
  return runStatements(machine, script.commands, io);
}

function runStatements(machine: Machine, statements: readonly Statement[], io: Io): Output {
  if (machine.depth >= deepest) {
    machine.findings.reasons.add('too-deep');
    return unknownOutput;
  }
  machine.depth++;
  let output = silent;
  for (const statement of statements) {
    if (machine.budget < 0) break;
    const { command } = statement;
    const printed = command.type === 'AndOr' ? runAndOr(machine, command, io) : runNode(machine, command, io);
    output = joinOutputs(output, printed);
  }
  machine.depth--;
  return output;
}

/**
 * `a && b || c && d`: what follows `&&` has all of its chain behind it, what follows `||` may have any part of it.
 */
function runAndOr(machine: Machine, node: AndOr, io: Io): Output {
  const { commands, operators } = node;
  const isChain = operators.every((operator) => operator === '&&');
  if (isChain) machine.chains.push(node);
  let output = silent;
  const run = (index: number): void => {
    const command = commands[index];
    if (command === undefined) return;
    const printed = runNode(machine, command, io);
    const certain = index === 0 || operators[index - 1] === '&&' || printed === silent;
    output = certain ? joinOutputs(output, printed) : eitherOutput(output, printed);
  };
  run(0);
  for (let from = 1; from < commands.length; ) {
    if (operators[from - 1] === '||') {
      const at = from++;
      perhaps(machine.scope, () => run(at));
      continue;
    }
    const steps: (() => void)[] = [];
    for (; from < commands.length && operators[from - 1] === '&&'; from++) {
      const at = from;
      steps.push(() => run(at));
    }
    chained(machine.scope, steps);
  }
  if (isChain) machine.chains.pop();
  return output;
}

function runNode(machine: Machine, node: FunctionBody | Pipeline, io: Io): Output {
  switch (node.type) {
    case 'Command':
      return runCommand(machine, node, io);
    case 'Pipeline':
      return runPipeline(machine, node, io);
    case 'CompoundList':
      return runStatements(machine, node.commands, io);
    case 'BraceGroup':
      return runStatements(machine, node.body.commands, io);
    case 'Subshell':
      return isolated(machine.scope, () => runStatements(machine, node.body.commands, io));
    case 'Redirected': {
      const { io: inner, targets } = redirect(machine, node.redirects, io);
      const output = runNode(machine, node.command, inner);
      return targets.length > 0 ? silent : output;
    }
    case 'Function':
      bind(machine.scope, `${node.name.value}()`, { kind: 'function', body: node.body, certain: true });
      machine.defined.push(node.body);
      return silent;
    case 'Coproc':
      return runCoproc(machine, node);
    case 'If':
      return runIf(machine, node, io);
    case 'For':
      return runFor(machine, node, io);
    case 'Select':
      return runFor(machine, node, io);
    case 'While':
      return runWhile(machine, node, io);
    case 'ArithmeticFor':
      if (isReadable(machine, { pos: node.pos, end: node.body.pos })) {
        for (const part of [node.initialize, node.test, node.update]) {
          if (part !== undefined) readArithmetic(machine, part);
        }
      }
      return loop(machine, () => runStatements(machine, node.body.commands, io));
    case 'Case':
      return runCase(machine, node, io);
    case 'TestCommand':
      readTest(machine, node.expression);
      return silent;
    case 'ArithmeticCommand':
      // Shells without arithmetic commands read `((cmd x))` as groups.
      if (looksLikeCommand.test(node.body)) {
        machine.findings.reasons.add('unparsable');
        isolated(machine.scope, () => machine.runText(node.body, io));
      }
      if (isReadable(machine, node) && node.expression !== undefined) readArithmetic(machine, node.expression);
      return silent;
  }
}

/** A word followed by another word or a flag, which no arithmetic has. */
const looksLikeCommand = /[\w)'"]\s+-?[A-Za-z_/.~'"$`]|[;&]\s*\w+\s/;

function runPipeline(machine: Machine, node: Pipeline, io: Io): Output {
  if (node.prefixes.some((prefix) => prefix.type === 'Time')) {
    machine.findings.programs.add('time');
    machine.findings.commands.add('time');
    machine.timed = true;
    const output = runStages(machine, node, io);
    machine.timed = false;
    return output;
  }
  return runStages(machine, node, io);
}

function runStages(machine: Machine, node: Pipeline, io: Io): Output {
  if (node.commands.length === 1 && node.commands[0] !== undefined) return runNode(machine, node.commands[0], io);
  let output: Output | undefined = io.stdin;
  for (const command of node.commands) {
    const stdin = output;
    output = isolated(machine.scope, () => runNode(machine, command, { stdin }));
  }
  return output ?? silent;
}

function runCoproc(machine: Machine, node: Coproc): Output {
  isolated(machine.scope, () => runNode(machine, node.body, { stdin: unknownOutput }));
  return silent;
}

function runIf(machine: Machine, node: If, io: Io): Output {
  let output = runList(machine, node.clause, io);
  const note = (printed: Output): void => {
    if (printed !== silent) output = eitherOutput(output, printed);
  };
  for (const one of node.elif) note(perhaps(machine.scope, () => runList(machine, one.clause, io)));
  const lists = [node.then, ...node.elif.map((one) => one.then), ...(node.else === undefined ? [] : [node.else])];
  either(
    machine.scope,
    node.else !== undefined,
    lists.map((list) => () => note(runList(machine, list, io))),
  );
  return output;
}

function runList(machine: Machine, list: CompoundList, io: Io): Output {
  return runStatements(machine, list.commands, io);
}

/** Reads a body that may run again: a second time when the first changed what the second would see. */
function loop(machine: Machine, run: () => Output): Output {
  const printed = perhaps(machine.scope, () => {
    const mark = machine.scope.log.length;
    if (machine.repeating > 0) return run();
    const first = run();
    if (!changedSince(machine.scope, mark)) return first;
    machine.repeating++;
    const second = run();
    machine.repeating--;
    return eitherOutput(first, second);
  });
  return printed === silent ? silent : eitherOutput(printed, printed);
}

function runFor(machine: Machine, node: For | Select, io: Io): Output {
  const name = node.name.value;
  const fields: Field[] = [];
  if (node.wordlist === undefined) fields.push(...(itemsOfVariable(machine, '@') ?? []));
  else for (const word of node.wordlist) fields.push(...expandWord(machine, word).flat());
  const values = representatives(fields);
  let output = silent;
  if (values.length === 0) return loop(machine, () => runStatements(machine, node.body.commands, io));
  for (let at = 0; at < values.length && spend(machine, 1); at += mostAlternatives) {
    const some = values.slice(at, at + mostAlternatives);
    output = joinOutputs(
      output,
      loop(machine, () => runValues(machine, name, some, node.body, io)),
    );
  }
  return output;
}

function runValues(machine: Machine, name: string, values: readonly Field[], body: CompoundList, io: Io): Output {
  giveVariable(machine, name, values);
  return runList(machine, body, io);
}

/** Of many plain numbers or names without meaning a few stand for all. */
function representatives(fields: readonly Field[]): readonly Field[] {
  if (fields.length <= mostAlternatives) return fields;
  const numbers = fields.filter((field) => /^\d+$/.test(field.text) && field.unknown === undefined);
  if (numbers.length <= 2) return fields;
  const others = fields.filter((field) => !/^\d+$/.test(field.text) || field.unknown !== undefined);
  const [first] = numbers;
  const last = numbers.at(-1);
  return [...others, ...(first === undefined ? [] : [first]), ...(last === undefined ? [] : [last])];
}

function runWhile(machine: Machine, node: While, io: Io): Output {
  return loop(machine, () => {
    const printed = runList(machine, node.clause, io);
    return joinOutputs(printed, runList(machine, node.body, io));
  });
}

function runCase(machine: Machine, node: Case, io: Io): Output {
  expandText(machine, node.word);
  let output = silent;
  for (const item of node.items) for (const pattern of item.pattern) runEmbedded(machine, pattern);
  const certain = node.items.some((item) => item.pattern.some((pattern) => pattern.text === '*'));
  // `;&` and `;;&` go on with the next item, so no item is certain to be left out of another.
  const falls = node.items.some((item) => item.terminator === ';&' || item.terminator === ';;&');
  const runs = node.items.map((item) => () => {
    const printed = runList(machine, item.body, io);
    if (printed !== silent) output = eitherOutput(output, printed);
  });
  if (falls) for (const run of runs) perhaps(machine.scope, run);
  else either(machine.scope, certain, runs);
  return output;
}

function readArithmetic(machine: Machine, node: SyntaxNode): void {
  runEmbedded(machine, node);
  forgetAssigned(machine, node);
}

const arithmeticTests = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-v']);

/** Words of `[[ … ]]` only matter for what they run. */
function readTest(machine: Machine, expression: TestExpression): void {
  const numeric =
    (expression.type === 'TestBinary' || expression.type === 'TestUnary') && arithmeticTests.has(expression.operator);
  forEachChild(expression, (child) => {
    if (child.type === 'Word') {
      const fields = expandText(machine, child);
      if (numeric) noteArithmetic(machine, fields);
    } else if (isTest(child)) readTest(machine, child);
    else runEmbedded(machine, child);
  });
}

function isTest(node: SyntaxNode): node is TestExpression {
  return node.type.startsWith('Test') && node.type !== 'TestCommand';
}
