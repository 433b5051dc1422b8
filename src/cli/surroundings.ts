import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Source } from '../text/source.js';
import type { Session } from './command.js';
import { pathOf } from './load-policies.js';
import { SCHEMA_ENDINGS } from './load-schema.js';

/** What lies around policies: each is looked for in their folder, then in the folder above, up to the current one. */
export interface Surroundings {
  /** All schema files of the nearest folder that has any; empty when there is none. */
  readonly schemas: readonly string[];
  /** The nearest `agent.json`. */
  readonly agent: string | undefined;
}

/** Name of an agent's file in folders. */
const AGENT_FILE = 'agent.json';

const NOTHING: Surroundings = { schemas: [], agent: undefined };

/** Policies that have the same surroundings: they are one set. */
export interface PolicyGroup extends Surroundings {
  readonly sources: readonly Source[];
}

/**
 * Divides policies by what lies around them, so that a folder of several packs is several sets. `inputs` are the files
 * and folders that were named: outside of the current folder nothing above them is looked at. What is `given` holds for
 * all policies instead of what is found; its `stub`, of the profile mcp, is no schema of policies.
 */
export function groupPolicies(
  session: Session,
  sources: readonly Source[],
  inputs: readonly string[],
  given: Surroundings & { readonly stub: string | undefined },
): readonly PolicyGroup[] {
  const search = new Search(
    session.cwd,
    inputs,
    given.stub === undefined ? undefined : resolve(session.cwd, given.stub),
  );
  const groups = new Map<string, { readonly around: Surroundings; readonly sources: Source[] }>();
  for (const source of sources) {
    const path = pathOf(session, source);
    const found = shortened(search.around(path === undefined ? session.cwd : dirname(path)), session.cwd);
    const schemas = given.schemas.length > 0 ? given.schemas : found.schemas;
    const around = { schemas, agent: given.agent ?? found.agent };
    const key = JSON.stringify(around);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { around, sources: [source] });
    else group.sources.push(source);
  }
  return [...groups.values()].map((group) => ({ ...group.around, sources: group.sources }));
}

class Search {
  private readonly known = new Map<string, Surroundings>();
  private readonly roots: readonly string[];

  private readonly stub: string | undefined;

  constructor(cwd: string, inputs: readonly string[], stub: string | undefined) {
    this.stub = stub;
    this.roots = [cwd, ...inputs.map((input) => resolve(cwd, input))];
  }

  around(folder: string): Surroundings {
    const known = this.known.get(folder);
    if (known !== undefined) return known;
    // Written down first: a file system that says of a folder that it is its own parent ends here.
    this.known.set(folder, NOTHING);
    const schemas = schemasIn(folder).filter((file) => file !== this.stub);
    const agent = agentIn(folder);
    const above = dirname(folder);
    const isComplete = schemas.length > 0 && agent !== undefined;
    const outer = !isComplete && this.roots.some((root) => isBelow(folder, root)) ? this.around(above) : NOTHING;
    const found = { schemas: schemas.length > 0 ? schemas : outer.schemas, agent: agent ?? outer.agent };
    this.known.set(folder, found);
    return found;
  }
}

/** Whether a path is in a folder, the folder itself excepted. */
function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !isAbsolute(way) && way.split(/[\\/]/, 1)[0] !== '..';
}

/** A JSON schema beside a text of the same name is the same schema in another form. */
function schemasIn(folder: string): readonly string[] {
  const [text, json] = SCHEMA_ENDINGS;
  const names = listFolder(folder).filter((name) => SCHEMA_ENDINGS.some((ending) => name.endsWith(ending)));
  return names
    .filter((name) => !name.endsWith(json) || !names.includes(`${name.slice(0, -json.length)}${text}`))
    .map((name) => join(folder, name))
    .filter(isFile)
    .sort();
}

function agentIn(folder: string): string | undefined {
  const path = join(folder, AGENT_FILE);
  return existsSync(path) && isFile(path) ? path : undefined;
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether an input names a folder. */
export function isFolder(session: Session, input: string): boolean {
  try {
    return statSync(resolve(session.cwd, input)).isDirectory();
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function shortened({ schemas, agent }: Surroundings, cwd: string): Surroundings {
  const shorten = (path: string): string => (isBelow(path, cwd) ? relative(cwd, path) : path);
  return { schemas: schemas.map(shorten), agent: agent === undefined ? undefined : shorten(agent) };
}
