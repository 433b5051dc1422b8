import { userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

/**
 * The user's home folder: what the environment says, else what the system knows of the user. An empty or relative `HOME`
 * would be a folder of the project. Throws where neither names one.
 */
export function homeFolder(env: Readonly<Record<string, string | undefined>>): string {
  const named = env.HOME;
  if (named !== undefined && isAbsolute(named)) return named;
  const known = knownHome();
  if (known === undefined || !isAbsolute(known))
    throw new Error('nothing says where the home folder is: set HOME to its absolute path');
  return known;
}

function knownHome(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    // A container can run as a user whom no list names.
    return undefined;
  }
}
