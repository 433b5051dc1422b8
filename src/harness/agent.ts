import type { FactKind } from './fact-declarations.js';
import type { NumberMapping } from './shape.js';

/** What a tool's server says about it, as the Model Context Protocol names it. */
export interface ToolHints {
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly openWorldHint?: boolean;
}

export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments; none means that the tool takes no arguments. */
  readonly inputSchema?: unknown;
  /** JSON Schema of the result; without one a policy sees the result as `{ text }`. */
  readonly outputSchema?: unknown;
  readonly annotations?: ToolHints;
  /** What a parameter is, by its name; overrides the defaults. `none` computes no facts. */
  readonly facts?: Readonly<Record<string, FactKind | 'none'>>;
  /** How single fields of type `number` are represented, by their JSON pointer in the arguments, such as `/amount`. */
  readonly numbers?: Readonly<Record<string, NumberMapping>>;
}

/** Where the agent works; paths are absolute. Facts about commands and paths are computed against it. */
export interface Workspace {
  /** Folder that the agent may work in. */
  readonly root: string;
  /** Current directory of its commands; the root when absent. */
  readonly cwd?: string;
  readonly home?: string;
  /** Named sets of glob patterns that policies can test paths against. */
  readonly globs?: Readonly<Record<string, readonly string[]>>;
}

/** The agent that is judged. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly provider?: string;
  readonly description?: string;
  readonly tools: readonly Tool[];
  /** Id of the `Tenant` that the agent belongs to. */
  readonly tenant?: string;
  readonly workspace?: Workspace;
  /** JSON Schema of what the host passes with an event as `host`. */
  readonly hostSchema?: unknown;
  /** JSON Schema of the attributes of `User` entities; without one they have none. */
  readonly userSchema?: unknown;
  /** The host trusts the servers of the tools, so that their `readOnlyHint` counts. */
  readonly trustToolHints?: boolean;
  /** Tools without a hint are what the protocol assumes of them: destructive and open to the world. Default false. */
  readonly assumeToolHints?: boolean;
  /** Names of the actions of tools whose own name is taken: `{ "prompt": "prompt-tool" }`. Events name the tool. */
  readonly rename?: Readonly<Record<string, string>>;
}
