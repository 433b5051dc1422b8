import type { Trajectory } from '../harness/trajectory.js';
import { createJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import type { ClaudeCodeInput } from './claude-code-input.js';

/** The trajectory that an input belongs to: the session, or the sub-agent's part of it. */
export function trajectoryOf({ sessionId, agentId }: ClaudeCodeInput): { id: string; parent: string | undefined } {
  if (agentId === undefined) return { id: sessionId, parent: undefined };
  return { id: `${sessionId}/${agentId}`, parent: sessionId };
}

/**
 * The harness's event for an input, as JSON. The text of a completion is given, since older versions of Claude Code
 * leave it in the transcript. What a failed tool says is its result; where the form of its results is declared
 * (`hasOutputSchema`), which no error has, it is a message of the tool to the model.
 */
export function harnessEvent(input: ClaudeCodeInput, completion = '', hasOutputSchema = false): JsonObject {
  switch (input.event) {
    case 'PreToolUse':
      return event('PRE_TOOL', 'model', { toolId: input.toolName, parameters: input.toolInput, ...callId(input) });
    case 'PostToolUse':
      return event('POST_TOOL', 'tool', { toolId: input.toolName, response: input.toolResponse, ...callId(input) });
    case 'PostToolUseFailure':
      return hasOutputSchema
        ? event('PRE_MODEL', 'tool', { text: input.error })
        : event('POST_TOOL', 'tool', { toolId: input.toolName, response: input.error, ...callId(input) });
    case 'UserPromptSubmit':
      return event('PRE_MODEL', 'user', { text: input.prompt });
    case 'Stop':
    case 'SubagentStop':
      return event('POST_MODEL', 'model', { text: completion });
  }
}

function event(stage: string, role: string, content: Readonly<Record<string, JsonValue>>): JsonObject {
  return Object.assign(createJsonObject(), { stage, role, content: Object.assign(createJsonObject(), content) });
}

function callId({ callId: id }: { readonly callId: string | undefined }): { callId?: string } {
  return id === undefined ? {} : { callId: id };
}

/** The calls that the trajectory of an input knows: the one that the input is about, with what became of it before. */
export function callsOf(
  input: ClaudeCodeInput,
  status: 'open' | 'denied' | 'answered' | undefined,
): Trajectory['calls'] {
  if (!('toolName' in input)) return new Map();
  const { callId: id, toolName, toolInput } = input;
  if (id === undefined || (input.event === 'PreToolUse' && status === undefined)) return new Map();
  const call = {
    stage: 'PRE_TOOL',
    role: 'model',
    trajectoryId: undefined,
    host: undefined,
    callId: id,
    toolId: toolName,
    parameters: toolInput,
  } as const;
  // A call from before the hook was installed is taken from the result's own input.
  return new Map([[id, { call, status: status ?? 'open' }]]);
}
