import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { describeJson, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';

/** The events of Claude Code that can be judged. */
export const CLAUDE_CODE_EVENTS = [
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'UserPromptSubmit',
  'Stop',
  'SubagentStop',
] as const;

interface CommonInput {
  readonly sessionId: string;
  /** Present when a sub-agent acts. */
  readonly agentId: string | undefined;
  /** Current folder of the session, absolute. */
  readonly cwd: string;
}

export interface ToolUseInput extends CommonInput {
  readonly event: 'PreToolUse';
  readonly toolName: string;
  readonly toolInput: JsonObject;
  readonly callId: string | undefined;
}

export interface ToolResultInput extends CommonInput {
  readonly event: 'PostToolUse';
  readonly toolName: string;
  readonly toolInput: JsonObject;
  readonly toolResponse: JsonValue;
  readonly callId: string | undefined;
}

/** A tool that ended with an error, whose text goes to the model like a result. */
export interface ToolFailureInput extends CommonInput {
  readonly event: 'PostToolUseFailure';
  readonly toolName: string;
  readonly toolInput: JsonObject;
  readonly error: string;
  readonly callId: string | undefined;
}

export interface PromptInput extends CommonInput {
  readonly event: 'UserPromptSubmit';
  readonly prompt: string;
}

export interface StopInput extends CommonInput {
  readonly event: 'Stop' | 'SubagentStop';
  /** The model goes on because a hook refused to let it stop. */
  readonly again: boolean;
  /** What the model said last; undefined from versions that do not pass it. */
  readonly message: string | undefined;
  /** File in which the conversation is recorded. */
  readonly transcript: string | undefined;
}

/** What Claude Code writes to a hook's standard input, as far as it is judged. */
export type ClaudeCodeInput = ToolUseInput | ToolResultInput | ToolFailureInput | PromptInput | StopInput;

/** Reads the JSON that Claude Code gives a hook; fields that are not judged are passed over. */
export function parseClaudeCodeInput(json: JsonValue): Result<ClaudeCodeInput> {
  if (!isJsonObject(json)) return failure([problem('', `expected an object, found ${describeJson(json)}`)]);
  const fields = new Fields(json);
  const event = CLAUDE_CODE_EVENTS.find((known) => known === json.hook_event_name);
  const common: CommonInput = {
    sessionId: fields.text('session_id'),
    agentId: fields.optionalText('agent_id'),
    cwd: fields.text('cwd'),
  };
  if (fields.problems.length === 0 && !/^(?:[/\\]|[A-Za-z]:[/\\])/.test(common.cwd))
    fields.problems.push(problem('/cwd', 'the current folder is not an absolute path'));
  if (event === undefined) {
    const name = fields.text('hook_event_name');
    if (name !== '')
      fields.problems.push(
        problem('/hook_event_name', `there is nothing to judge at the event ${JSON.stringify(name.slice(0, 100))}`, {
          help: `register the hook for ${CLAUDE_CODE_EVENTS.join(', ')} only`,
        }),
      );
    return failure(fields.problems);
  }
  const input = readEvent(event, common, fields);
  return fields.problems.length > 0 ? failure(fields.problems) : success(input);
}

function readEvent(event: (typeof CLAUDE_CODE_EVENTS)[number], common: CommonInput, fields: Fields): ClaudeCodeInput {
  switch (event) {
    case 'PreToolUse':
      return { ...common, event, ...callOf(fields) };
    case 'PostToolUse':
      return { ...common, event, ...callOf(fields), toolResponse: fields.value('tool_response') };
    case 'PostToolUseFailure':
      return { ...common, event, ...callOf(fields), error: fields.text('error', 'may be empty') };
    case 'UserPromptSubmit':
      return { ...common, event, prompt: fields.text('prompt', 'may be empty') };
    case 'Stop':
    case 'SubagentStop': {
      const transcript = event === 'Stop' ? 'transcript_path' : 'agent_transcript_path';
      return {
        ...common,
        event,
        again: fields.flag('stop_hook_active'),
        message: fields.optionalText('last_assistant_message', 'may be empty'),
        transcript: fields.optionalText(transcript),
      };
    }
  }
}

function callOf(fields: Fields): Pick<ToolUseInput, 'toolName' | 'toolInput' | 'callId'> {
  return {
    toolName: fields.text('tool_name'),
    toolInput: fields.object('tool_input'),
    callId: fields.optionalText('tool_use_id'),
  };
}

/** Reads the fields of an object; what is missing or of another type becomes a problem. */
class Fields {
  readonly problems: Diagnostic[] = [];
  private readonly json: JsonObject;

  constructor(json: JsonObject) {
    this.json = json;
  }

  value(name: string): JsonValue {
    const value = this.json[name];
    if (value === undefined) this.problems.push(problem(`/${name}`, `the field \`${name}\` is missing`));
    return value ?? null;
  }

  text(name: string, emptiness?: 'may be empty'): string {
    const value = this.value(name);
    if (typeof value === 'string' && (value !== '' || emptiness !== undefined)) return value;
    if (this.json[name] !== undefined) this.wrong(name, 'a text that is not empty', value);
    return '';
  }

  optionalText(name: string, emptiness?: 'may be empty'): string | undefined {
    return this.json[name] === undefined || this.json[name] === null ? undefined : this.text(name, emptiness);
  }

  object(name: string): JsonObject {
    const value = this.value(name);
    if (isJsonObject(value)) return value;
    if (this.json[name] !== undefined) this.wrong(name, 'an object', value);
    return {};
  }

  flag(name: string): boolean {
    const value = this.json[name];
    if (value !== undefined && typeof value !== 'boolean') this.wrong(name, 'true or false', value);
    return value === true;
  }

  private wrong(name: string, expected: string, value: JsonValue): void {
    const found = value === '' ? 'an empty text' : describeJson(value);
    this.problems.push(problem(`/${name}`, `the field \`${name}\` must be ${expected}, found ${found}`));
  }
}

function problem(pointer: string, message: string, options: { readonly help?: string } = {}): Diagnostic {
  return diagnostic('bad-hook-input', message, { pointer, ...options });
}
