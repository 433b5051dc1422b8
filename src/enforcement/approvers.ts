import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { ANYTHING, type OptionRule, required, requireOptions } from '../diagnostics/check-options.js';
import { canonicalJson } from '../json/canonical-json.js';
import { jsonFromJavaScript } from '../json/from-javascript.js';
import {
  type ApprovalContext,
  type ApprovalRequest,
  type ApprovalSignal,
  type Approver,
  isApproverName,
} from './approval.js';

/**
 * An approver that is a function of the host; `approver` is the name that its answers are recorded under. Only `true` is a
 * yes, and what is neither `true` nor `false` is a failure.
 */
export function callbackApprover(
  ask: (request: ApprovalRequest, context: ApprovalContext) => boolean | Promise<boolean>,
  options: { readonly approver: string },
): Approver {
  if (typeof ask !== 'function') throw new TypeError('callbackApprover() takes a function first');
  requireOptions(options, { approver: required(NAME) }, 'callbackApprover()');
  const { approver } = options;
  return {
    requestApproval: async (request, context) => {
      const approved: unknown = await ask(request, context);
      if (typeof approved !== 'boolean') throw new TypeError('The callback answered neither true nor false');
      return { approved, approver };
    },
  };
}

export interface ConsoleApproverOptions {
  /** Name that answers are recorded under; default: the user of the operating system. */
  readonly approver?: string;
  /** A readable stream of Node; default `process.stdin`. */
  readonly input?: object;
  /** A writable stream of Node; default `process.stderr`, so that the output of the program stays its own. */
  readonly output?: object;
}

const NAME: OptionRule = { allowed: 'the name of a person', test: isApproverName };

function isReadable(stream: object): stream is NodeJS.ReadableStream {
  return 'read' in stream && typeof stream.read === 'function' && 'readable' in stream;
}

function isWritable(stream: object): stream is NodeJS.WritableStream {
  return 'write' in stream && typeof stream.write === 'function';
}

/** Most characters of arguments that are shown; how many are left out is said. */
const MOST_SHOWN = 4000;

/** Asks on the terminal, one question at a time; only `y` or `Y` is a yes, and the end of the input is a no. */
export function consoleApprover(options: ConsoleApproverOptions = {}): Approver {
  requireOptions(options, { approver: NAME, input: ANYTHING, output: ANYTHING }, 'consoleApprover()');
  const { input = process.stdin, output = process.stderr } = options;
  if (!isReadable(input) || !isWritable(output)) throw new TypeError('input and output are streams of Node');
  const approver = options.approver ?? userInfo().username;
  let before: Promise<unknown> = Promise.resolve();
  const ask = async (request: ApprovalRequest, signal: ApprovalSignal): Promise<boolean> => {
    // A stream that has ended says so once only: a question about it would never be answered.
    if (signal.aborted || !input.readable) return false;
    const lines = createInterface({ input, output });
    try {
      const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
      signal.addEventListener('abort', () => lines.close());
      const answer = await Promise.race([lines.question(question(request)), closed]);
      return /^[yY]$/.test(answer.trim());
    } catch {
      return false;
    } finally {
      lines.close();
    }
  };
  return {
    requestApproval: async (request, { signal }) => {
      const answer = before.then(() => ask(request, signal));
      before = answer;
      return { approved: await answer, approver };
    },
  };
}

function question({ routeTo, action, args }: ApprovalRequest): string {
  const json = jsonFromJavaScript(args);
  const text = json.ok ? canonicalJson(json.value) : '?';
  const rest = text.length - MOST_SHOWN;
  const shown = rest > 0 ? `${text.slice(0, MOST_SHOWN)}... (${rest} more characters)` : text;
  // What an agent wants to do must not steer the terminal of the person who decides on it.
  const safe = (part: string): string => part.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '.');
  return `[${safe(routeTo ?? 'a person')}] Approve '${safe(action)}' with args ${safe(shown)}? (y/n): `;
}
