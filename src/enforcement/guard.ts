import { type Adjudication, Decision } from '../harness/adjudication.js';
import { HARNESS } from '../harness/check-settings.js';
import type { PolicyHarness } from '../harness/policy-harness.js';
import { ApprovalPendingError, BlockedError, messageOf } from './blocked-error.js';
import { type GuardOptions, type GuardSettings, guardSettings } from './guard-options.js';
import {
  type GuardedCall,
  isShadow,
  type Judged,
  type JudgedResult,
  judgeCall,
  judgedValue,
  judgeResult,
  noteOutcome,
  openCall,
  requireAllowed,
  requireApproved,
  steeringText,
} from './guarded-call.js';
import { requireToolMap, warnOfUndeclared } from './known-tools.js';

/** A tool: takes the object of its parameters. */
export type ToolFunction<Arguments = never, Output = unknown> = (parameters: Arguments) => Output;

/** An entry of a tool map: a function, or an object with `execute`, whose further arguments are passed on unjudged. */
export type ToolEntry = ToolFunction | { readonly execute: (parameters: never, ...context: never[]) => unknown };

/** A guarded tool of a map. */
export type Guarded<Entry> = Entry extends (parameters: infer Arguments) => infer Output
  ? (parameters: Arguments) => Promise<Awaited<Output> | string>
  : Entry extends { readonly execute: (parameters: infer Arguments, ...context: infer Context) => infer Output }
    ? Omit<Entry, 'execute'> & {
        readonly execute: (parameters: Arguments, ...context: Context) => Promise<Awaited<Output> | string>;
      }
    : never;

/** Options of a guard that throws what it blocks. */
export type BlockOptions = GuardOptions & { readonly onDeny?: 'block' };

/**
 * Wraps a tool, or every tool of a map: each call is judged first, in the order in which the calls are made, and the
 * tool runs only on ALLOW or after an approval, with the deep frozen copy of the arguments that was judged. Arguments that
 * are no JSON are denied: the tool would run with something else. What it returns is judged, too, by all that is in it, and
 * passed on as it is where it is plain data, dates, maps, sets or copied bytes, and otherwise, or after an approval, as the
 * frozen JSON that was judged; what cannot be read, such as a stream, is denied. What it throws is thrown on, unchanged. A guarded tool takes one
 * argument, the object of its parameters; a tool given as a function alone is known by its name. In shadow mode the
 * tool runs as if it were not guarded, whatever the answers are. Rejects with `BlockedError` only, beside what the tool
 * throws; wrapping throws where a tool has no name or an option is wrong, and warns (`process.emitWarning`, code
 * `DEODAR_UNDECLARED_TOOL`) of a tool that the agent does not declare, all of whose calls are denied.
 */
export function guard<Arguments, Output>(
  harness: PolicyHarness,
  toolId: string,
  run: ToolFunction<Arguments, Output>,
  options?: BlockOptions,
): (parameters: Arguments) => Promise<Awaited<Output>>;
export function guard<Arguments, Output>(
  harness: PolicyHarness,
  toolId: string,
  run: ToolFunction<Arguments, Output>,
  options: GuardOptions,
): (parameters: Arguments) => Promise<Awaited<Output> | string>;
export function guard<Arguments, Output>(
  harness: PolicyHarness,
  run: ToolFunction<Arguments, Output>,
  options?: BlockOptions,
): (parameters: Arguments) => Promise<Awaited<Output>>;
export function guard<Tools extends Readonly<Record<string, ToolEntry>>>(
  harness: PolicyHarness,
  tools: Tools,
  options?: GuardOptions,
): { readonly [Name in keyof Tools]: Guarded<Tools[Name]> };
export function guard(harness: PolicyHarness, tool: unknown, second?: unknown, third?: GuardOptions): unknown {
  requireHarness(harness, 'guard()');
  if (typeof tool === 'string') {
    requireTool(tool, second);
    return guardFunction(harness, tool, second, guardSettings(third), 1);
  }
  if (!isFunction(tool)) requireToolMap(tool, TAKES);
  const settings = guardSettings(isOptions(second) ? second : undefined);
  if (isFunction(tool)) return guardFunction(harness, nameOf(tool), tool, settings, 1);
  return Object.fromEntries(
    Object.entries(tool).map(([name, entry]) => [name, guardEntry(harness, name, entry, settings)]),
  );
}

/**
 * Wraps a synchronous tool for hosts that cannot wait: an ESCALATE is blocked, as nobody can be asked. A tool that
 * returns a promise gets one back, as its result is judged when it is there.
 */
export function guardSync<Arguments, Output>(
  harness: PolicyHarness,
  toolId: string,
  run: ToolFunction<Arguments, Output>,
  options?: BlockOptions,
): (parameters: Arguments) => Output;
export function guardSync<Arguments, Output>(
  harness: PolicyHarness,
  toolId: string,
  run: ToolFunction<Arguments, Output>,
  options: GuardOptions,
): (parameters: Arguments) => Output | string;
export function guardSync(
  harness: PolicyHarness,
  toolId: string,
  run: AnyFunction,
  options?: GuardOptions,
): AnyFunction {
  requireHarness(harness, 'guardSync()');
  requireTool(toolId, run);
  return guardSyncFunction(harness, toolId, run, guardSettings(options, 'guardSync()'), 1);
}

/** A guarded function for those who cannot wait, which takes at most so many arguments. */
export function guardSyncFunction(
  harness: PolicyHarness,
  toolId: string,
  run: AnyFunction,
  settings: GuardSettings,
  most: number,
): AnyFunction {
  warnOfUndeclared(harness, toolId);
  return (...args) => {
    if (isShadow(harness)) return runInShadow(harness, toolId, run, settings, args);
    const call = openCall(harness, toolId, settings);
    return steered(call, () => {
      requireArguments(args, most);
      const judged = judgeCall(call, args);
      requireAllowed(call, judged);
      const startedAt = performance.now();
      const output = runTool(call, judged, startedAt, () => run(judgedValue(judged, 'parameters'), ...args.slice(1)));
      if (isPromise(output)) return steeredLater(call, () => finishLater(call, judged, startedAt, output));
      const ended = { adjudication: judged.adjudication, outcome: 'success', startedAt } as const;
      if (settings.results === 'judge') return allowedResult(call, judgeResult(call, output, ended));
      noteOutcome(call, ended);
      return output;
    });
  };
}

const TAKES = 'guard() takes the name of a tool and the tool, a function with a name, or an object of tools';

export type AnyFunction = (...args: readonly unknown[]) => unknown;

export function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function';
}

/** Whatever stands in the place of options is looked at as such. */
function isOptions(value: unknown): value is GuardOptions {
  return value !== undefined;
}

export function requireHarness(harness: unknown, of: string): void {
  if (!HARNESS.test(harness)) throw new TypeError(`${of} takes a PolicyHarness first`);
}

function requireTool(toolId: unknown, run: unknown): asserts run is AnyFunction {
  if (typeof toolId !== 'string' || toolId === '')
    throw new TypeError('the name of the tool is no text that is not empty');
  if (!isFunction(run)) throw new TypeError(`the tool ${JSON.stringify(toolId)} is no function`);
}

function nameOf(run: AnyFunction): string {
  if (run.name === '') throw new TypeError('the tool has no name: write guard(harness, name, tool)');
  return run.name;
}

function guardEntry(harness: PolicyHarness, name: string, entry: unknown, settings: GuardSettings): unknown {
  if (isFunction(entry)) return guardFunction(harness, name, entry, settings, 1);
  if (typeof entry === 'object' && entry !== null && 'execute' in entry && isFunction(entry.execute)) {
    const { execute } = entry;
    return { ...entry, execute: guardFunction(harness, name, execute.bind(entry), settings, Number.POSITIVE_INFINITY) };
  }
  throw new TypeError(`the tool ${JSON.stringify(name)} is no function and has no function execute`);
}

/** A guarded function, which takes at most so many arguments; the first is the object of the parameters. */
export function guardFunction(
  harness: PolicyHarness,
  toolId: string,
  run: AnyFunction,
  settings: GuardSettings,
  most: number,
): AnyFunction {
  warnOfUndeclared(harness, toolId);
  // Up to the first `await` a call runs at once, so calls are judged in the order in which they are made.
  return async (...args) => {
    if (isShadow(harness)) return runInShadow(harness, toolId, run, settings, args);
    const call = openCall(harness, toolId, settings);
    return steeredLater(call, async () => {
      requireArguments(args, most);
      const judged = judgeCall(call, args);
      const approved = await requireApproved(call, judged, 'parameters');
      return runApproved(call, approved, (parameters) => run(parameters, ...args.slice(1)));
    });
  };
}

/** Runs a tool that may run, and judges what it returns. */
export async function runApproved(
  call: GuardedCall,
  judged: Judged,
  run: (parameters: unknown) => unknown,
): Promise<unknown> {
  const startedAt = performance.now();
  const output = runTool(call, judged, startedAt, () => run(judgedValue(judged, 'parameters')));
  return finishLater(call, judged, startedAt, output);
}

function requireArguments(args: readonly unknown[], most: number): void {
  if (args.length <= most) return;
  const takes = most === 1 ? 'A guarded tool takes one argument, the object of its parameters.' : TOO_MANY;
  throw new BlockedError('denied', takes);
}

const TOO_MANY = 'The action was given arguments that nobody named.';

function runTool(call: GuardedCall, { adjudication }: Judged, startedAt: number, run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    noteOutcome(call, { adjudication, outcome: 'error', error, startedAt });
    throw new ToolThrew(error);
  }
}

async function finishLater(
  call: GuardedCall,
  { adjudication }: Judged,
  startedAt: number,
  output: unknown,
): Promise<unknown> {
  let value: unknown;
  try {
    value = await output;
  } catch (error) {
    noteOutcome(call, { adjudication, outcome: 'error', error, startedAt });
    throw new ToolThrew(error);
  }
  const ended = { adjudication, outcome: 'success', startedAt } as const;
  if (call.settings.results === 'judge') return approvedResult(call, judgeResult(call, value, ended));
  noteOutcome(call, ended);
  return value;
}

function allowedResult(call: GuardedCall, judged: JudgedResult): unknown {
  requireAllowed(call, judged);
  return judged.given();
}

/** What was approved may have changed while somebody was asked, so that then the reading of it is passed on. */
async function approvedResult(call: GuardedCall, judged: JudgedResult): Promise<unknown> {
  if (judged.adjudication.decision !== Decision.ESCALATE) return allowedResult(call, judged);
  return judgedValue(await requireApproved(call, judged, 'response'), 'response');
}

/** Carries what a tool threw past the guard's own handling of errors. */
class ToolThrew extends Error {
  readonly error: unknown;

  constructor(error: unknown) {
    super('the tool threw');
    this.error = error;
  }
}

/** Runs a guarded call: a steering guard turns what is blocked into text, and what the tool threw goes on unchanged. */
function steered(call: GuardedCall, run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return settle(call, error);
  }
}

export async function steeredLater(call: GuardedCall, run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return settle(call, error);
  }
}

function settle(call: GuardedCall, error: unknown): string {
  if (error instanceof ToolThrew) throw error.error;
  const blocked =
    error instanceof BlockedError
      ? error
      : new BlockedError('failed', `The guard failed: ${messageOf(error, 'it threw')}.`);
  if (call.settings.onDeny === 'block' || blocked instanceof ApprovalPendingError) throw blocked;
  return steeringText(call, blocked);
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  try {
    return typeof value === 'object' && value !== null && 'then' in value && isFunction(value.then);
  } catch {
    // Whoever judges the result cannot read it either.
    return false;
  }
}

/** Judges and records what would have happened, and touches neither the call nor what it returns or throws. */
function runInShadow(
  harness: PolicyHarness,
  toolId: string,
  run: AnyFunction,
  settings: GuardSettings,
  args: readonly unknown[],
): unknown {
  const call = openCall(harness, toolId, settings);
  const adjudication: Adjudication | undefined = quietly(() => judgeCall(call, args))?.adjudication;
  const startedAt = performance.now();
  const failed = (error: unknown): void => noteOutcome(call, { adjudication, outcome: 'error', error, startedAt });
  const ended = (output: unknown): void => {
    const how = { adjudication, outcome: 'success', startedAt } as const;
    if (settings.results === 'judge') quietly(() => judgeResult(call, output, how));
    else noteOutcome(call, how);
  };
  let output: unknown;
  try {
    output = run(...args);
  } catch (error) {
    failed(error);
    throw error;
  }
  // Other thenables may do their work anew each time that somebody waits for them.
  if (output instanceof Promise) output.then(ended, failed);
  else ended(output);
  return output;
}

function quietly<T>(judge: () => T): T | undefined {
  try {
    return judge();
  } catch {
    return undefined;
  }
}
