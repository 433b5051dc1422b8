/** The four points of an agent's loop at which it is judged. */
export const Stage = {
  PRE_MODEL: 'PRE_MODEL',
  POST_MODEL: 'POST_MODEL',
  PRE_TOOL: 'PRE_TOOL',
  POST_TOOL: 'POST_TOOL',
} as const;
export type Stage = (typeof Stage)[keyof typeof Stage];

export const STAGES: readonly Stage[] = [Stage.PRE_MODEL, Stage.POST_MODEL, Stage.PRE_TOOL, Stage.POST_TOOL];

/** Who speaks, spelt as the ids of the `Role` entities. */
export const Role = {
  USER: 'user',
  MODEL: 'model',
  SYSTEM: 'system',
  TOOL: 'tool',
} as const;
export type Role = (typeof Role)[keyof typeof Role];

/** Which roles may speak at which stage. */
export const ROLES_OF_STAGE: Readonly<Record<Stage, readonly Role[]>> = {
  PRE_MODEL: [Role.USER, Role.SYSTEM, Role.TOOL],
  POST_MODEL: [Role.MODEL],
  PRE_TOOL: [Role.MODEL],
  POST_TOOL: [Role.TOOL],
};

/** Content of PRE_MODEL and POST_MODEL. */
export interface MessageContent {
  readonly text: string;
}

/** Content of PRE_TOOL. */
export interface ToolCallContent {
  readonly toolId: string;
  /** The arguments, as the model gave them. */
  readonly parameters: unknown;
  /** Ties the result to the call. */
  readonly callId?: string;
}

/** Content of POST_TOOL. */
export interface ToolResultContent {
  readonly toolId: string;
  readonly response: unknown;
  readonly callId?: string;
}

export type Content = MessageContent | ToolCallContent | ToolResultContent;

/** One thing that an agent is about to do or has just done, as recorded in JSON Lines. */
export interface AgentEvent {
  readonly stage: Stage;
  readonly role: Role;
  readonly content: Content;
  readonly trajectoryId?: string;
  /** What the host wants policies to see as `context.host`. */
  readonly host?: unknown;
}
