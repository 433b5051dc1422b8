import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { Agent } from './agent.js';
import { STAGES } from './event.js';

/** Groups that actions of a tool belong to because of the tool's hints. */
export const HINT_GROUPS = ['readOnly', 'destructive', 'openWorld', 'unregistered'] as const;
export type HintGroup = (typeof HINT_GROUPS)[number];

/** The action that stands for calls of tools that the agent did not declare. */
export const UNREGISTERED_ACTION = 'unregistered-tool';

const RESERVED: ReadonlySet<string> = new Set(['prompt', 'completion', UNREGISTERED_ACTION, ...STAGES, ...HINT_GROUPS]);

/** Name of the action that stands for calls of a tool: the tool's own name unless the agent renames it. */
export function actionOfTool(tool: string, agent: Agent): string {
  return agent.rename !== undefined && Object.hasOwn(agent.rename, tool) ? (agent.rename[tool] ?? tool) : tool;
}

/** Name of the action that stands for results of a tool. */
export function resultAction(action: string): string {
  return `${action}:result`;
}

/**
 * Tools that would share an action with something else. `data.rename` of a diagnostic is what the agent's `rename` has to
 * hold to make them differ.
 */
export function checkActionNames(agent: Agent): readonly Diagnostic[] {
  const names = agent.tools.map(({ name }) => name);
  const actions = new Set(names.map((name) => actionOfTool(name, agent)));
  const taken = new Set([...RESERVED, ...actions, ...[...actions].map(resultAction)]);
  const found: Diagnostic[] = unknownRenames(agent, names);
  const owners = new Map<string, string>();
  for (const name of names) {
    const action = actionOfTool(name, agent);
    const owner = owners.get(action);
    if (owner === name) found.push(duplicateTool(name));
    else if (owner !== undefined || RESERVED.has(action) || isResultOf(action, actions)) {
      const free = freeName(action, taken);
      taken.add(free);
      found.push(collision(name, action, free));
    }
    owners.set(action, owner ?? name);
  }
  return found;
}

function isResultOf(action: string, actions: ReadonlySet<string>): boolean {
  return action.endsWith(':result') && actions.has(action.slice(0, -':result'.length));
}

function freeName(action: string, taken: ReadonlySet<string>): string {
  const base = `${action.replaceAll(':', '-')}-tool`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

function collision(tool: string, action: string, free: string): Diagnostic {
  return diagnostic(
    'tool-name-collision',
    `the tool name ${shown(action)} is the name of another action or action group`,
    {
      help: `write "rename": { ${shown(tool)}: ${shown(free)} } in the agent; its policies then name Action::${shown(free)}, and events still name the tool`,
      data: { tool, rename: { [tool]: free } },
    },
  );
}

function duplicateTool(name: string): Diagnostic {
  return diagnostic('duplicate-tool', `the agent declares the tool ${shown(name)} twice`, {
    help: 'a tool is known by its name: remove or rename one of them',
    data: { tool: name },
  });
}

function unknownRenames(agent: Agent, names: readonly string[]): Diagnostic[] {
  return Object.keys(agent.rename ?? {}).flatMap((name) => {
    if (names.includes(name)) return [];
    const near = didYouMean(name, names);
    return [
      diagnostic('unknown-tool', `\`rename\` names the tool ${shown(name)}, which the agent does not have`, {
        pointer: '/rename',
        ...(near === undefined ? {} : { help: `did you mean ${shown(near)}?` }),
      }),
    ];
  });
}

function shown(name: string): string {
  return JSON.stringify(name.length <= 200 ? name : `${name.slice(0, 200)}...`);
}
