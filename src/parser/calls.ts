import type { Expr } from '../ast/expression.js';
import { BUILTIN_METHODS, isBuiltinMethod, UNKNOWN } from '../ast/operators.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { EXTENSION_FUNCTIONS } from '../extensions/extension-functions.js';
import type { Span } from '../text/source.js';
import { type BareName, BROKEN, isVariable } from './names.js';
import { type PlacedText, spanOf } from './places.js';
import type { Problems } from './problems.js';

/** Functions and methods of other languages, with what to use in Cedar. */
const FOREIGN_CALLS: ReadonlyMap<string, string> = new Map([
  ['not', 'write `!`'],
  ['and', 'write `a && b`'],
  ['or', 'write `a || b`'],
  ['startsWith', 'write `text like "start*"`'],
  ['endsWith', 'write `text like "*end"`'],
  ['matches', 'write `like` with a pattern; `*` stands for any text'],
  ['includes', 'write `set.contains(element)`, or `text like "*part*"`'],
  ['has', 'write `entity has attribute`'],
  ['hasAttribute', 'write `entity has attribute`'],
  ['exists', 'Cedar has no loops; for an attribute write `entity has attribute`'],
  ['equals', 'write `a == b`'],
  ['isIn', 'write `entity in group`'],
  ['isInstanceOf', 'write `entity is Type`'],
  ['size', 'sets cannot be counted; `isEmpty()` tells whether a set is empty'],
  ['length', 'neither sets nor strings can be counted; `isEmpty()` tells whether a set is empty'],
  ['count', 'sets cannot be counted; `isEmpty()` tells whether a set is empty'],
  ['ipaddr', 'write `ip("..")`'],
  ['isInSubnet', 'write `address.isInRange(ip(".."))`'],
  ['now', 'the policy cannot read a clock: the request passes the time in `context`'],
]);

/** Whether a word names a method, built in or of an extension. */
export function isMethod(word: string): boolean {
  return isBuiltinMethod(word) || EXTENSION_FUNCTIONS.get(word)?.style === 'method';
}

/** Node of `name(args)`. */
export function functionCall(problems: Problems, called: BareName, args: readonly Expr[], span: Span): Expr {
  const { name } = called;
  const known = EXTENSION_FUNCTIONS.get(name);
  if (known?.style === 'function' || name === UNKNOWN) return { kind: 'call', name, args, span };
  if (known !== undefined || isBuiltinMethod(name)) {
    problems.report('method-as-function', called.span, `\`${name}\` is a method, not a function`, {
      help: `write \`value.${name}(${name === 'isEmpty' ? '' : '..'})\``,
      data: { name },
    });
    return BROKEN;
  }
  const functions = namesOf('function');
  const last = name.split('::').at(-1) ?? name;
  const meant = didYouMean(name, [...functions, ...methodNames()]);
  const qualified = last !== name && functions.includes(last);
  const help =
    FOREIGN_CALLS.get(name) ??
    (qualified
      ? `functions have no namespace: write \`${last}(..)\``
      : meant === undefined
        ? `the functions are ${list(functions)}`
        : functions.includes(meant)
          ? `did you mean \`${meant}\`?`
          : `did you mean the method \`${meant}\`, as in \`value.${meant}(..)\`?`);
  problems.report('unknown-function', called.span, `there is no function \`${name}\``, { help, data: { name } });
  return BROKEN;
}

/** Node of `receiver.method(args)`; `span` is that of the whole chain of accesses it stands in. */
export function methodCall(
  problems: Problems,
  receiver: Expr,
  method: PlacedText,
  args: readonly Expr[],
  span: Span,
): Expr {
  const name = method.image;
  if (isBuiltinMethod(name)) {
    const [argument] = args;
    if (args.length !== BUILTIN_METHODS[name]) return refuseArguments(problems, method, args.length);
    if (name === 'isEmpty') return { kind: 'unary', op: name, operand: receiver, span };
    return argument === undefined ? BROKEN : { kind: 'binary', op: name, left: receiver, right: argument, span };
  }
  const known = EXTENSION_FUNCTIONS.get(name);
  if (known?.style === 'method') return { kind: 'call', name, args: [receiver, ...args], span };
  if (receiver === BROKEN) return BROKEN;
  if (known !== undefined || name === UNKNOWN) {
    problems.report('function-as-method', spanOf(method), `\`${name}\` is a function, not a method`, {
      help: `write \`${name}(..)\``,
      data: { name },
    });
    return BROKEN;
  }
  const meant = didYouMean(name, methodNames());
  const help = FOREIGN_CALLS.get(name) ?? (meant === undefined ? METHODS_HELP : `did you mean \`${meant}\`?`);
  problems.report('unknown-method', spanOf(method), `there is no method \`${name}\``, { help, data: { name } });
  return BROKEN;
}

/** Complains about `value(args)` where the value is not the name of a function. */
export function refuseCall(problems: Problems, called: Expr, place: Span): Expr {
  if (called === BROKEN) return BROKEN;
  const word = called.kind === 'variable' && isVariable(called.name) ? `\`${called.name}\`` : 'this';
  problems.report('not-callable', place, `${word} is not a function and cannot be called`, {
    help: called.kind === 'access' ? METHODS_HELP : 'two conditions are joined with `&&` or `||`',
  });
  return BROKEN;
}

function refuseArguments(problems: Problems, method: PlacedText, found: number): Expr {
  const name = method.image;
  const expected = isBuiltinMethod(name) ? BUILTIN_METHODS[name] : 1;
  const takes = expected === 0 ? 'no argument' : 'one argument';
  problems.report('wrong-argument-count', spanOf(method), `\`${name}\` takes ${takes}, not ${found}`, {
    help:
      found > 1 && name === 'contains'
        ? 'for several elements write `containsAll([a, b])` or `containsAny([a, b])`'
        : undefined,
    data: { name, expected, found },
  });
  return BROKEN;
}

const METHODS_HELP = `sets and entities have the methods ${list(Object.keys(BUILTIN_METHODS))}; extension values have their own`;

function namesOf(style: 'function' | 'method'): readonly string[] {
  return [...EXTENSION_FUNCTIONS.values()].filter((each) => each.style === style).map((each) => each.name);
}

function methodNames(): readonly string[] {
  return [...Object.keys(BUILTIN_METHODS), ...namesOf('method')];
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
