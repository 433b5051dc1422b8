import { NONEMPTY_TEXT, type OptionRules, required, requireOptions } from '../diagnostics/check-options.js';
import { HARNESS } from '../harness/check-settings.js';
import type { PolicyHarness } from '../harness/policy-harness.js';
import { ACCOUNT_RULES, type AccountOptions, accountedSettings, isNames } from './accounted-settings.js';
import type { Approver } from './approval.js';
import { type AnyFunction, guardFunction, guardSyncFunction, isFunction } from './guard.js';
import { GUARD_RULES, type GuardOptions, type GuardSettings } from './guard-options.js';

/** Options of a guarded action: those of a guard, and what the action is. */
export interface ActionOptions extends GuardOptions, AccountOptions {
  readonly harness: PolicyHarness;
  /** Name of the tool that the agent declares; default: that of the function. */
  readonly name?: string;
  /**
   * Names of the function's arguments, in their order, by which policies see them. Without it the function takes one
   * argument, the object of its parameters.
   */
  readonly parameters?: readonly string[];
}

/** Any function. */
export type AnyAction = (...args: never[]) => unknown;

/** What may stand in place of a result. */
type Steered<Options> = 'onDeny' extends keyof Options
  ? Options['onDeny'] extends 'block' | undefined
    ? never
    : string
  : never;

type Waiting<Action extends AnyAction, Options> = Promise<Awaited<ReturnType<Action>> | Steered<Options>>;

type Unasked<Action extends AnyAction, Options> =
  ReturnType<Action> extends PromiseLike<infer Output>
    ? Promise<Output | Steered<Options>> | Steered<Options>
    : ReturnType<Action> | Steered<Options>;

/**
 * A guarded action: it takes what the function takes, and returns what that returns, or, where it steers, a text. With an
 * approver it returns a promise.
 */
export type GuardedAction<Action extends AnyAction, Options> = (
  ...args: Parameters<Action>
) => Options extends { readonly approver: Approver }
  ? Waiting<Action, Options>
  : 'approver' extends keyof Options
    ? Waiting<Action, Options> | Unasked<Action, Options>
    : Unasked<Action, Options>;

/**
 * Guards a plain function as `guard` guards a tool, for hosts that have functions and no map of tools. What it costs and
 * its tags are in the ledger's row of each call that ran (`costMicros`, `tags`), and policies see of these what the agent's
 * `hostSchema` declares in `context.host`: `costMicros` of the call; `spentMicros` so far in the run and its parts;
 * `actionSpentMicros` and `sessionSpentMicros`, of the action and of everything that is summed in `spending`; `tags`. A call
 * counts once it may run, whatever becomes of it; what is denied, or waits for approval, costs nothing.
 *
 * An `async` function is guarded as by `guard`, any other as by `guardSync`: it stays synchronous, and blocks at once what would
 * have to be asked about. With an `approver` every function returns a promise. `this` is passed on. Throws for a function
 * without a name, for one with several arguments of which `parameters` does not name each, and for wrong options. `resumeCall`
 * takes price, tags and sums, too.
 */
export function guardAction<Action extends AnyAction, const Options extends ActionOptions>(
  action: Action,
  options: Options,
): GuardedAction<Action, Options>;
export function guardAction(action: unknown, options: ActionOptions): unknown {
  if (!isFunction(action))
    throw new TypeError('guardAction() takes a function first, and the harness with its options');
  return guardedFunction(action, options, action.name, 'guardAction()');
}

/** Options of a decorator: a method keeps its type, so that it cannot return a text instead. */
export type MethodOptions = ActionOptions & { readonly onDeny?: 'block' };

/**
 * `guardAction` as a decorator of methods (standard decorators, as TypeScript has them since version 5): the name is that of the
 * method. With an `approver` the method has to return a promise. A private method, and one whose name is a symbol, need a
 * `name`.
 */
export function guardedAction(
  options: MethodOptions & { readonly approver: Approver },
): <Method extends (...args: never[]) => Promise<unknown>>(
  method: Method,
  context: ClassMethodDecoratorContext,
) => Method;
export function guardedAction(
  options: MethodOptions & { readonly approver?: undefined },
): <Method extends AnyAction>(method: Method, context: ClassMethodDecoratorContext) => Method;
export function guardedAction(options: ActionOptions): unknown {
  return (method: unknown, context: unknown) => {
    if (!isFunction(method) || !isMethodContext(context))
      throw new TypeError('guardedAction() decorates methods, by standard decorators (not `experimentalDecorators`)');
    const { name, private: isPrivate } = context;
    return guardedFunction(method, options, typeof name === 'string' && !isPrivate ? name : '', 'guardedAction()');
  };
}

function isMethodContext(context: unknown): context is ClassMethodDecoratorContext {
  return typeof context === 'object' && context !== null && 'kind' in context && context.kind === 'method';
}

const RULES: OptionRules = {
  ...GUARD_RULES,
  ...ACCOUNT_RULES,
  harness: required(HARNESS),
  name: NONEMPTY_TEXT,
  parameters: {
    allowed: 'a list of names, each once',
    test: (names) => isNames(names) && new Set(names).size === names.length,
  },
};

/** What a guarded function passes on beside the parameters that are judged. */
interface Invocation {
  readonly self: unknown;
  readonly given: number;
}

function guardedFunction(action: AnyFunction, given: ActionOptions, ownName: string, of: string): AnyFunction {
  const { harness, settings, name, names } = readOptions(given, ownName, of);
  const named = names?.length ?? 1;
  if (action.length > named)
    throw new TypeError(
      `the action ${JSON.stringify(name)} has ${action.length} arguments: name each of them in \`parameters\``,
    );
  const run = (parameters: unknown, invocation: unknown, ...more: readonly unknown[]): unknown => {
    const { self, given: count } = invocationOf(invocation);
    const args = names === undefined ? [parameters] : names.map((each) => memberOf(parameters, each));
    return Reflect.apply(action, self, [...args.slice(0, count), ...more]);
  };
  const waits = settings.approver !== undefined || isAsync(action);
  // The parameters, and what is passed on beside them.
  const guarded = (waits ? guardFunction : guardSyncFunction)(harness, name, run, settings, 2);
  const wrapper = function (this: unknown, ...args: readonly unknown[]): unknown {
    const invocation: Invocation = { self: this, given: args.length };
    const parameters =
      names === undefined
        ? args[0]
        : Object.fromEntries(names.slice(0, args.length).map((each, index) => [each, args[index]]));
    return guarded(parameters, invocation, ...args.slice(named));
  };
  return Object.defineProperty(wrapper, 'name', { value: name, configurable: true });
}

interface ReadOptions {
  readonly harness: PolicyHarness;
  readonly settings: GuardSettings;
  readonly name: string;
  readonly names: readonly string[] | undefined;
}

function readOptions(given: ActionOptions, ownName: string, of: string): ReadOptions {
  // Read once, so that nobody can change what was checked, and without a prototype that could hold what is not set.
  const options: ActionOptions = isOptions(given) ? { ...given } : given;
  requireOptions(options, RULES, of);
  Object.setPrototypeOf(options, null);
  const { harness, name = ownName, parameters, ...rest } = options;
  if (name === '') throw new TypeError(`the action has no name: give ${of} one, \`name\``);
  // Also without a price: policies may ask for what others have cost.
  const settings = accountedSettings(harness, { ...rest, costUsd: rest.costUsd ?? 0 }, of);
  return { harness, settings, name, names: parameters === undefined ? undefined : [...parameters] };
}

function isOptions(given: unknown): boolean {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function isAsync(action: AnyFunction): boolean {
  return Object.prototype.toString.call(action) === '[object AsyncFunction]';
}

function invocationOf(given: unknown): Invocation {
  const self: unknown = memberOf(given, 'self');
  return { self, given: Number(memberOf(given, 'given')) };
}

function memberOf(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, name)
    ? Reflect.get(object, name)
    : undefined;
}
