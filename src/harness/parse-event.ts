import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { describeJson, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { ROLES_OF_STAGE, Role, STAGES, type Stage } from './event.js';

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

/** Reads an event in the form of the recorded JSON Lines; all problems of its form are reported. */
export function parseEvent(json: JsonValue): Result<ParsedEvent> {
  if (!isJsonObject(json)) return failure([problem('an event is an object', '', `found ${describeJson(json)}`)]);
  const problems: Diagnostic[] = [];
  const stage = readStage(json.stage, problems);
  const role = readRole(json.role, stage, problems);
  const content = readObject(json.content, '/content', problems);
  const trajectoryId = readOptionalText(json, 'trajectoryId', '', problems);
  if (stage === undefined || role === undefined || content === undefined) return failure(problems);
  const callId = readOptionalText(content, 'callId', '/content', problems);
  const common: ParsedCommon = { role, trajectoryId, host: json.host, callId };
  const event =
    stage === 'PRE_MODEL' || stage === 'POST_MODEL'
      ? readMessage(stage, content, common, problems)
      : readTool(stage, content, common, problems);
  return event === undefined || problems.length > 0 ? failure(problems) : success(event);
}

function readMessage(
  stage: 'PRE_MODEL' | 'POST_MODEL',
  content: JsonObject,
  common: ParsedCommon,
  problems: Diagnostic[],
): ParsedEvent | undefined {
  const text = readText(content.text, '/content/text', problems);
  return text === undefined ? undefined : { ...common, stage, text };
}

function readTool(
  stage: 'PRE_TOOL' | 'POST_TOOL',
  content: JsonObject,
  common: ParsedCommon,
  problems: Diagnostic[],
): ParsedEvent | undefined {
  const toolId = readText(content.toolId, '/content/toolId', problems);
  if (stage === 'PRE_TOOL') {
    const parameters = content.parameters ?? content.args;
    if (parameters === undefined)
      problems.push(
        problem(
          'the arguments of the call are missing',
          '/content/parameters',
          'give an object, `{}` for a call without arguments',
        ),
      );
    return toolId === undefined || parameters === undefined ? undefined : { ...common, stage, toolId, parameters };
  }
  const { response } = content;
  if (response === undefined)
    problems.push(
      problem(
        'the response of the tool is missing',
        '/content/response',
        'give the value that the tool returned, or null',
      ),
    );
  return toolId === undefined || response === undefined ? undefined : { ...common, stage, toolId, response };
}

function readStage(json: JsonValue | undefined, problems: Diagnostic[]): Stage | undefined {
  const stage = STAGES.find((known) => known === json);
  if (stage === undefined) {
    const near = typeof json === 'string' ? didYouMean(json, STAGES) : undefined;
    problems.push(
      problem(
        json === undefined ? 'the stage is missing' : 'no such stage',
        '/stage',
        near === undefined ? `the stages are ${STAGES.join(', ')}` : `did you mean ${near}?`,
      ),
    );
  }
  return stage;
}

function readRole(json: JsonValue | undefined, stage: Stage | undefined, problems: Diagnostic[]): Role | undefined {
  const roles = Object.values(Role);
  const role = typeof json === 'string' ? roles.find((known) => known === json.toLowerCase()) : undefined;
  if (role === undefined) {
    problems.push(
      problem(
        json === undefined ? 'the role is missing' : 'no such role',
        '/role',
        `the roles are ${roles.join(', ')}`,
      ),
    );
    return undefined;
  }
  const allowed = stage === undefined ? roles : ROLES_OF_STAGE[stage];
  if (!allowed.includes(role))
    problems.push(
      problem(`the role ${role} does not speak at ${stage}`, '/role', `at this stage: ${allowed.join(', ')}`),
    );
  return role;
}

function readObject(json: JsonValue | undefined, pointer: string, problems: Diagnostic[]): JsonObject | undefined {
  if (isJsonObject(json)) return json;
  problems.push(
    problem(
      json === undefined ? 'the content is missing' : 'the content is an object',
      pointer,
      json === undefined ? undefined : `found ${describeJson(json)}`,
    ),
  );
  return undefined;
}

function readText(json: JsonValue | undefined, pointer: string, problems: Diagnostic[]): string | undefined {
  if (typeof json === 'string') return json;
  problems.push(
    problem(
      json === undefined ? 'a text is missing' : 'expected a text',
      pointer,
      json === undefined ? undefined : `found ${describeJson(json)}`,
    ),
  );
  return undefined;
}

function readOptionalText(
  object: JsonObject,
  key: string,
  pointer: string,
  problems: Diagnostic[],
): string | undefined {
  const value = object[key];
  return value === undefined || value === null ? undefined : readText(value, `${pointer}/${key}`, problems);
}

function problem(message: string, pointer: string, help: string | undefined): Diagnostic {
  return diagnostic('bad-event', message, { pointer, ...(help === undefined ? {} : { help }) });
}
