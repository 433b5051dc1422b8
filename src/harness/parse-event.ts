import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { validateJson } from '../json/validate.js';
import { ROLES_OF_STAGE, Role, STAGES } from './event.js';

/** An event whose form is right; whether its tool exists and its arguments fit is not known yet. */
export type ParsedEvent = ParsedMessage | ParsedCall | ParsedResult;

interface ParsedCommon {
  readonly role: Role;
  readonly trajectoryId: string | undefined;
  readonly host: JsonValue | undefined;
  readonly callId: string | undefined;
}

export interface ParsedMessage extends ParsedCommon {
  readonly stage: 'PRE_MODEL' | 'POST_MODEL';
  readonly text: string;
}

export interface ParsedCall extends ParsedCommon {
  readonly stage: 'PRE_TOOL';
  readonly toolId: string;
  readonly parameters: JsonValue;
}

export interface ParsedResult extends ParsedCommon {
  readonly stage: 'POST_TOOL';
  readonly toolId: string;
  readonly response: JsonValue;
}

const ROLES = Object.values(Role);

/** Reads an event (`grammar/schemas/event.schema.json`); all problems of its form are reported. */
export function parseEvent(json: JsonValue): Result<ParsedEvent> {
  const problems = [...validateJson('event', json)];
  if (problems.length > 0 || !isJsonObject(json) || !isJsonObject(json.content)) return failure(withOne(problems));
  const { content, trajectoryId, host } = json;
  const stage = STAGES.find((known) => known === json.stage);
  const spelt = typeof json.role === 'string' ? json.role.toLowerCase() : undefined;
  const role = ROLES.find((known) => known === spelt);
  if (stage === undefined || role === undefined) return failure(withOne(problems));
  const allowed = ROLES_OF_STAGE[stage];
  if (!allowed.includes(role))
    problems.push(
      problem(`the role ${role} does not speak at ${stage}`, '/role', `at this stage: ${allowed.join(', ')}`),
    );
  const common: ParsedCommon = {
    role,
    trajectoryId: typeof trajectoryId === 'string' ? trajectoryId : undefined,
    host,
    callId: typeof content.callId === 'string' ? content.callId : undefined,
  };
  const event =
    stage === 'PRE_MODEL' || stage === 'POST_MODEL'
      ? readMessage(stage, content, common, problems)
      : readTool(stage, content, common, problems);
  return event === undefined || problems.length > 0 ? failure(withOne(problems)) : success(event);
}

/** A failure names at least one problem. */
function withOne(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  return problems.length > 0 ? problems : [problem('this is no event', '', undefined)];
}

function readMessage(
  stage: 'PRE_MODEL' | 'POST_MODEL',
  content: JsonObject,
  common: ParsedCommon,
  problems: Diagnostic[],
): ParsedEvent | undefined {
  if (typeof content.text === 'string') return { ...common, stage, text: content.text };
  problems.push(problem('the text of the message is missing', '/content/text', undefined));
  return undefined;
}

function readTool(
  stage: 'PRE_TOOL' | 'POST_TOOL',
  content: JsonObject,
  { role, trajectoryId, host, callId }: ParsedCommon,
  problems: Diagnostic[],
): ParsedEvent | undefined {
  const { toolId, response } = content;
  // Older hosts call the arguments `args`.
  const parameters = content.parameters ?? content.args;
  if (typeof toolId !== 'string')
    problems.push(problem('the name of the tool is missing', '/content/toolId', undefined));
  if (stage === 'PRE_TOOL') {
    if (parameters === undefined)
      problems.push(
        problem(
          'the arguments of the call are missing',
          '/content/parameters',
          'give an object, `{}` for a call without arguments',
        ),
      );
    return typeof toolId !== 'string' || parameters === undefined
      ? undefined
      : { role, trajectoryId, host, callId, stage, toolId, parameters };
  }
  if (response === undefined)
    problems.push(
      problem(
        'the response of the tool is missing',
        '/content/response',
        'give the value that the tool returned, or null',
      ),
    );
  return typeof toolId !== 'string' || response === undefined
    ? undefined
    : { role, trajectoryId, host, callId, stage, toolId, response };
}

function problem(message: string, pointer: string, help: string | undefined): Diagnostic {
  return diagnostic('bad-event', message, { pointer, ...(help === undefined ? {} : { help }) });
}
