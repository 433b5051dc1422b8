import { type Adjudication, Decision } from '../harness/adjudication.js';
import type { ClaudeCodeInput } from './claude-code-input.js';

export interface AnswerOptions {
  /** `ask`: Claude Code asks its user; `deny`: a call that needs approval is refused. */
  readonly escalate: 'ask' | 'deny';
  /** `allow`: the call runs without a question; `defer`: Claude Code's own permissions decide about it. */
  readonly allow: 'allow' | 'defer';
}

/** What a hook writes to standard output, with exit code 0. */
export type ClaudeCodeAnswer = Readonly<Record<string, unknown>>;

const NOTHING_TO_SAY: ClaudeCodeAnswer = { suppressOutput: true };

/**
 * An adjudication in the words of Claude Code. Only a call can be asked about: a prompt, a result or a completion that
 * needs approval is withheld like one that is denied, with the route in the reason. The error of a failed tool cannot be
 * withheld: everything ends before the model goes on with it.
 */
export function claudeCodeAnswer(
  input: ClaudeCodeInput,
  adjudication: Pick<Adjudication, 'decision' | 'reason' | 'mode'>,
  options: AnswerOptions,
): ClaudeCodeAnswer {
  const { decision, reason, mode } = adjudication;
  if (mode === 'shadow') {
    if (decision === Decision.ALLOW) return NOTHING_TO_SAY;
    return { suppressOutput: true, systemMessage: `deodar (shadow): ${decision}. ${reason}` };
  }
  if (input.event === 'PreToolUse') return callAnswer(decision, reason, options);
  if (decision === Decision.ALLOW) return NOTHING_TO_SAY;
  switch (input.event) {
    case 'PostToolUse':
      return withheldAnswer(input, reason);
    case 'PostToolUseFailure':
      return endAnswer(input.toolName, reason);
    case 'UserPromptSubmit':
      return { decision: 'block', reason };
    case 'Stop':
    case 'SubagentStop':
      // A second refusal would make the model try for ever.
      return input.again ? { continue: false, stopReason: reason } : { decision: 'block', reason };
  }
}

/** An answer that also tells the user something about the hook itself. */
export function withNote(answer: ClaudeCodeAnswer, note: string | undefined): ClaudeCodeAnswer {
  if (note === undefined) return answer;
  const text = `deodar: ${note}`;
  const { systemMessage } = answer;
  return { ...answer, systemMessage: typeof systemMessage === 'string' ? `${systemMessage}\n${text}` : text };
}

/**
 * What can be said of an input that could not be judged, in the place of the exit code that blocks: a result that is there
 * already is withheld all the same, and a model that was told once to go on is let stop, or it would try for ever.
 * `input` is what any reader of JSON makes of it, be the rest of it wrong, too deep or no text: what a tool says must not
 * pass for that. Undefined where the exit code blocks.
 */
export function unjudgedAnswer(
  input: unknown,
  { why, shadow }: { readonly why: string; readonly shadow: boolean },
): ClaudeCodeAnswer | undefined {
  const reason = `This could not be judged. ${why}`;
  if (shadow) return { suppressOutput: true, systemMessage: `deodar (shadow): ${reason}` };
  if (typeof input !== 'object' || input === null || !('hook_event_name' in input)) return undefined;
  const toolName = 'tool_name' in input && typeof input.tool_name === 'string' ? input.tool_name : '';
  switch (input.hook_event_name) {
    case 'PostToolUse':
      return 'tool_response' in input
        ? withheldAnswer({ toolName, toolResponse: input.tool_response }, reason)
        : undefined;
    case 'PostToolUseFailure':
      return 'error' in input && typeof input.error === 'string' ? endAnswer(toolName, reason) : undefined;
    case 'Stop':
    case 'SubagentStop':
      return 'stop_hook_active' in input && input.stop_hook_active === true
        ? { continue: false, stopReason: reason }
        : undefined;
    default:
      return undefined;
  }
}

/** Ends everything before the model goes on with the error of a failed tool. */
function endAnswer(toolName: string, reason: string): ClaudeCodeAnswer {
  return { continue: false, stopReason: `The error of the tool ${toolName} is not for the model: ${reason}` };
}

function callAnswer(decision: Decision, reason: string, options: AnswerOptions): ClaudeCodeAnswer {
  if (decision === Decision.ALLOW && options.allow === 'defer') return NOTHING_TO_SAY;
  const permissionDecision =
    decision === Decision.ALLOW ? 'allow' : decision === Decision.DENY ? 'deny' : options.escalate;
  return {
    ...(decision === Decision.ALLOW ? NOTHING_TO_SAY : {}),
    hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason: reason },
  };
}

interface Result {
  readonly toolName: string;
  readonly toolResponse: unknown;
}

function withheldAnswer(result: Result, reason: string): ClaudeCodeAnswer {
  return { decision: 'block', reason, hookSpecificOutput: withheld(result, reason) };
}

/** What stands in place of a result that is not for the model; Claude Code takes it only in the form of the result. */
function withheld({ toolName, toolResponse }: Result, reason: string): ClaudeCodeAnswer {
  const notice = `Tool result withheld: ${reason}`;
  const hookEventName = 'PostToolUse';
  if (toolName.startsWith('mcp__')) return { hookEventName, updatedMCPToolOutput: [{ type: 'text', text: notice }] };
  return { hookEventName, updatedToolOutput: replaceTexts(toolResponse, notice) };
}

/** Members whose texts say what form an object has; another text there would make the form unknown. */
const FORM_MEMBERS: ReadonlySet<string> = new Set(['type', 'mode', 'kind']);

/** Levels of a result whose form is kept. */
const DEEPEST = 100;

/** A value of the same form without its texts and numbers; the first text is the notice. */
function replaceTexts(json: unknown, notice: string): unknown {
  let next = notice;
  const replace = (value: unknown, name: string, depth: number): unknown => {
    if (depth > DEEPEST) return null;
    if (typeof value === 'string') {
      if (FORM_MEMBERS.has(name) && /^[a-z_-]{1,32}$/i.test(value)) return value;
      const text = next;
      next = '';
      return text;
    }
    if (Array.isArray(value)) return value.map((member: unknown) => replace(member, name, depth + 1));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replace(member, key, depth + 1)]));
    return typeof value === 'boolean' || value === null ? value : 0;
  };
  return replace(json, '', 0);
}
