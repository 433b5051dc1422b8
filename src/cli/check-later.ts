import { DeodarError } from '../diagnostics/deodar-error.js';
import { count } from './count.js';

// What judging leaves out of the check of policies since it takes too long: a process that answers many events does it
// between two of them.

type Check = () => Promise<void>;

const waiting = new Map<string, Check>();
/** What was found, by what was checked; empty where nothing is wrong, or it is not known yet. */
const found = new Map<string, string>();
const told = new Set<string>();

/** Most names that are remembered. */
const MOST = 64;

/** Keeps a check, which throws what it finds, for when there is time; each name is checked once. */
export function checkLater(name: string, check: Check): void {
  if (found.has(name)) return;
  if (found.size >= MOST) for (const each of [waiting, found, told]) each.clear();
  found.set(name, '');
  waiting.set(name, check);
}

/** Runs the checks that wait; false where one was broken off or failed, which may have left something half done. */
export async function runChecks(): Promise<boolean> {
  for (const [name, check] of waiting) {
    waiting.delete(name);
    try {
      await check();
    } catch (error) {
      if (!(error instanceof DeodarError)) return false;
      found.set(name, textOf(error));
    }
  }
  return true;
}

/** What a check found, for the first who asks in each session. */
export function foundLater(name: string, session: string): string | undefined {
  const text = found.get(name);
  const key = `${session} ${name}`;
  if (text === undefined || text === '' || told.has(key)) return undefined;
  told.add(key);
  return text;
}

function textOf({ diagnostics }: DeodarError): string {
  const [first] = diagnostics;
  const many = count(diagnostics.length, 'problem', 'problems');
  return `${many} in the policies, which \`deodar doctor\` shows: ${first?.message}`;
}
