import { didYouMean } from '../diagnostics/did-you-mean.js';
import { UNREGISTERED_ACTION } from '../harness/action-names.js';
import type { PolicyHarness } from '../harness/policy-harness.js';

/**
 * What is to be said of a tool that the agent does not declare, so that every call of it would be denied; undefined for
 * any other, and where policies decide about such tools.
 */
export function undeclaredTool({ prepared }: PolicyHarness, toolId: string): string | undefined {
  if (prepared === undefined) return undefined;
  const { actions } = prepared.profile;
  if (actions.some(({ tool, uid }) => tool === toolId || uid.id === UNREGISTERED_ACTION)) return undefined;
  const near = didYouMean(
    toolId,
    prepared.agent.tools.map(({ name }) => name),
  );
  const hint = near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
  return `the agent does not declare the tool ${JSON.stringify(toolId)}, so every call would be denied${hint}`;
}

/** Says so to the process, for a guard that is made before anybody calls it. */
export function warnOfUndeclared(harness: PolicyHarness, toolId: string): void {
  const message = undeclaredTool(harness, toolId);
  if (message !== undefined) process.emitWarning(message, { type: 'DeodarWarning', code: 'DEODAR_UNDECLARED_TOOL' });
}

/**
 * Throws for what is no object of tools by their names. Of a list, a `Map` or an instance of a class tools would be left out
 * without a word: those that are no members of its own.
 */
export function requireToolMap(value: unknown, message: string): asserts value is object {
  if (typeof value !== 'object' || value === null || Symbol.iterator in value) throw new TypeError(message);
  for (let from = prototypeOf(value); from !== null && prototypeOf(from) !== null; from = prototypeOf(from)) {
    const inherited = Object.getOwnPropertyNames(from).find((name) => name !== 'constructor');
    if (inherited !== undefined)
      throw new TypeError(
        `the tool ${JSON.stringify(inherited)} belongs to a class: give an object with tools of its own`,
      );
  }
}

function prototypeOf(value: object): object | null {
  const prototype: unknown = Object.getPrototypeOf(value);
  return typeof prototype === 'object' ? prototype : null;
}
