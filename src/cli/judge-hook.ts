import { closeSync, constants, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { claudeCodeAgent, withUndescribedTool } from '../adapters/claude-code-agent.js';
import {
  type AnswerOptions,
  type ClaudeCodeAnswer,
  claudeCodeAnswer,
  unjudgedAnswer,
  withNote,
} from '../adapters/claude-code-answer.js';
import { callsOf, harnessEvent, trajectoryOf } from '../adapters/claude-code-event.js';
import { type ClaudeCodeInput, parseClaudeCodeInput, type StopInput } from '../adapters/claude-code-input.js';
import { lastAssistantText } from '../adapters/claude-code-transcript.js';
import { DeodarError } from '../diagnostics/deodar-error.js';
import { diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { adjudicateEvent, type JudgingHarness } from '../harness/adjudicate-event.js';
import type { Agent } from '../harness/agent.js';
import { restoreHarness } from '../harness/compiled-harness.js';
import type { Stage } from '../harness/event.js';
import type { MadeHarness } from '../harness/made-harness.js';
import type { PolicyFile } from '../harness/prepare-harness.js';
import { openTrajectory, type Trajectory } from '../harness/trajectory.js';
import type { JsonObject } from '../json/json-value.js';
import { parseJson } from '../json/parse-json.js';
import { printJson } from '../json/print-json.js';
import { createSource, positionAt } from '../text/source.js';
import { checkLater, foundLater } from './check-later.js';
import type { Session } from './command.js';
import { homeFolder } from './home-folder.js';
import {
  cacheKey,
  readCompiled,
  rememberedHarness,
  rememberHarness,
  remembersHarnesses,
  writeCompiled,
} from './hook-cache.js';
import { keptFolder, stateFolder } from './kept-file.js';
import { readAgentFile } from './load-agent.js';
import { readPolicySources } from './policy-sources.js';
import { expectLongWork } from './process-flags.js';
import { claimStep } from './session-log.js';
import { withinTime } from './within-time.js';

export interface HookSettings extends AnswerOptions {
  /** Files, folders or globs; relative ones count from the workspace. */
  readonly policies: readonly string[];
  readonly agent: string | undefined;
  readonly workspace: string | undefined;
  readonly state: string | undefined;
  readonly labels: readonly string[];
  readonly unregistered: 'deny' | 'policy';
  readonly shadow: boolean;
}

/** Characters of policies and input from which on code is worth being optimised. */
const LONG_TEXTS = 500_000;

/** Characters of input up to which reading it takes less than watching the time. */
const SHORT_TEXT = 20_000;

/** Judges what Claude Code wrote to standard input; throws whatever is wrong, and where it takes longer than it may. */
export async function judgeHook(
  session: Session,
  text: string,
  settings: HookSettings,
  seconds: number,
): Promise<ClaudeCodeAnswer> {
  // What `performance` needs of Node would have to be read first.
  const end = process.uptime() + seconds;
  const inTime: InTime = (work) => withinTime(Math.max(1, (end - process.uptime()) * 1000), work, seconds);
  const parse = (): ClaudeCodeInput =>
    orThrow(parseClaudeCodeInput(orThrow(unquoted(parseJson(createSource(text, '<stdin>'))))));
  const input = text.length < SHORT_TEXT ? parse() : inTime(parse);
  const completion = input.event === 'Stop' || input.event === 'SubagentStop' ? completionOf(input) : '';
  // The model ended with a tool call or was interrupted: there is nothing that it said.
  if (completion === undefined) return { suppressOutput: true };
  const folder = resolve(
    rootOf(session, input, settings),
    settings.state ?? join(stateFolder(session.env), 'claude-code'),
  );
  const { agent, policies } = await readHookFiles(session, input, settings);
  const size = policies.reduce((sum, policy) => sum + policy.text.length, text.length);
  if (size > LONG_TEXTS) expectLongWork();
  const judge = (harness: JudgingHarness): ClaudeCodeAnswer =>
    judgeInput(harness, input, completion, { ...settings, folder });
  const name = harnessName({ agent, policies }, settings);
  const answer = await withHarness(
    { agent, policies },
    name,
    settings,
    keptFolder(session.env),
    toolOf(input),
    inTime,
    judge,
  );
  return withNote(answer, foundLater(name.here, input.sessionId));
}

/** Without what stands in the input: the model reads what is said of a result, and must not read the result there. */
function unquoted<T>(json: Result<T>): Result<T> {
  if (json.ok) return json;
  return failure(
    json.diagnostics.map(({ code, message, labels: [label], help }) => {
      const at = label === undefined ? undefined : positionAt(label.source, label.span.start);
      const file = at === undefined ? '<stdin>' : `<stdin>:${at.line}:${at.column}`;
      return diagnostic(code, code === 'json-duplicate-key' ? 'a key stands twice in an object' : message, {
        file,
        help,
      });
    }),
  );
}

/** Runs what takes some time, and throws where it takes longer than it may. */
type InTime = <T>(work: () => T) => T;

function judgeInput(
  harness: JudgingHarness,
  input: ClaudeCodeInput,
  completion: string,
  settings: HookSettings & { readonly folder: string },
): ClaudeCodeAnswer {
  const tool = harness.agent.tools.find(({ name }) => name === toolOf(input));
  const event = harnessEvent(input, completion, tool?.outputSchema !== undefined);
  const { id, parent } = trajectoryOf(input);
  const claim = claimStep(settings.folder, id, {
    parent,
    stage: input.event === 'PostToolUseFailure' ? 'POST_TOOL' : stageOf(event),
    callId: 'callId' in input ? input.callId : undefined,
    event: printJson(event),
    labels: settings.labels,
  });
  const trajectory: Trajectory = {
    ...openTrajectory(id, { parent: parent === undefined ? undefined : openTrajectory(parent) }),
    steps: claim.steps,
    toolCalls: claim.toolCalls,
    labels: claim.labels,
    calls: callsOf(input, claim.callStatus),
  };
  const { adjudication } = adjudicateEvent(harness, trajectory, success(event));
  claim.settle(adjudication.decision);
  return withNote(claudeCodeAnswer(input, adjudication, settings), claim.note);
}

/** What a hook is loaded from. */
interface HookFiles {
  readonly agent: Agent;
  readonly policies: readonly PolicyFile[];
}

/** What a harness is kept under for other processes, and in this one. */
interface HarnessName {
  readonly key: string;
  /** What is remembered serves events of any tool, and of this workspace alone. */
  readonly here: string;
}

function harnessName({ agent, policies }: HookFiles, settings: HookSettings): HarnessName {
  // Where the workspace lies is no part of what is compiled.
  const { workspace, ...rest } = agent;
  const key = cacheKey([
    JSON.stringify([rest, workspace?.globs ?? null, harnessOptions(settings)]),
    ...policies.flatMap(({ file, text }) => [file ?? '', text]),
  ]);
  return { key, here: `${key} ${JSON.stringify(workspace)}` };
}

function harnessOptions({ unregistered, shadow }: HookSettings) {
  return { unregistered, mode: shadow ? 'shadow' : 'enforce' } as const;
}

/** Milliseconds for what is checked when there is nothing to answer: an event that comes then waits for so long. */
const CHECK_TIME = 500;

/** Judges by a harness from what an earlier process kept, or from the texts, which is kept for the next. */
async function withHarness<T>(
  { agent, policies }: HookFiles,
  { key, here }: HarnessName,
  settings: HookSettings,
  folder: string,
  toolName: string | undefined,
  inTime: InTime,
  judge: (harness: JudgingHarness) => T,
): Promise<T> {
  const options = harnessOptions(settings);
  const known = rememberedHarness(here);
  if (known !== undefined) return inTime(() => judge(known));
  if (remembersHarnesses())
    checkLater(here, async () => {
      const { prepareHook } = await import('./prepare-hook.js');
      withinTime(CHECK_TIME, () => prepareHook({ agent, policies }, settings));
    });
  const compiled = readCompiled(folder, key);
  const used = agent.tools.filter(({ name }) => name === toolName);
  // A tool that is not declared is refused with a look at those that are.
  const tools = remembersHarnesses() || (toolName !== undefined && used.length === 0) ? agent.tools : used;
  if (compiled !== undefined)
    return inTime(() => judge(rememberHarness(here, orThrow(restoreHarness(compiled, { ...agent, tools }, options)))));
  const { compiledHarness, makeHook } = await import('./make-hook.js');
  const judged = (made: MadeHarness): { readonly answer: T } => {
    const kept = compiledHarness(made);
    if (kept !== undefined) writeCompiled(folder, key, kept);
    return { answer: judge(rememberHarness(here, made.harness)) };
  };
  const done = inTime(() => {
    const made = makeHook({ agent, policies }, options);
    return made === undefined ? undefined : judged(made);
  });
  if (done !== undefined) return done.answer;
  const { prepareHook } = await import('./prepare-hook.js');
  return inTime(() => {
    const harness = prepareHook({ agent, policies }, settings);
    return judged({ harness, policySet: harness.policySet }).answer;
  });
}

/** Reads the policies and the agent's file; problems are thrown. */
export async function readHookFiles(
  session: Session,
  input: Pick<ClaudeCodeInput, 'cwd'> & Partial<ClaudeCodeInput>,
  settings: HookSettings,
): Promise<HookFiles> {
  const root = rootOf(session, input, settings);
  const read: Session['read'] = (file, most) => {
    const path = resolve(root, file);
    // A pipe would have this process wait until somebody writes to it.
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && !found.isFile() && !found.isDirectory()) throw new Error(`${path} is no file`);
    return session.read(path, most);
  };
  const there: Session = { ...session, cwd: root, read };
  const sources = orThrow(fromProject(await readPolicySources(there, settings.policies), root));
  const agentFile =
    settings.agent ??
    settings.policies
      .map((path) => join(isFile(resolve(root, path)) ? dirname(path) : path, 'agent.json'))
      .find((path) => existsSync(resolve(root, path)));
  const file = agentFile === undefined ? undefined : orThrow(await readAgentFile(there, agentFile));
  const agent = claudeCodeAgent({ root, cwd: input.cwd, home: homeFolder(session.env) }, file);
  return {
    agent: withTool(agent, input, settings),
    policies: sources.map(({ name, text }) => ({ text, ...(name === undefined ? {} : { file: name }) })),
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Says from which folder the paths of policies count, where one of them leads nowhere or to none. */
function fromProject<T>(found: Result<T>, root: string): Result<T> {
  if (found.ok) return found;
  const help = `policies are looked for in the project's folder, ${root}; put them there, or name others with --policies`;
  return failure(
    found.diagnostics.map((d) =>
      d.code === 'file-not-found' || (d.code === 'no-files' && d.help === undefined) ? { ...d, help } : d,
    ),
  );
}

function toolOf(input: ClaudeCodeInput): string | undefined {
  return 'toolName' in input ? input.toolName : undefined;
}

/** The project's folder: the agent can change its current folder, and with it what would count as inside, but not this. */
function rootOf(session: Session, { cwd }: Pick<ClaudeCodeInput, 'cwd'>, { workspace }: HookSettings): string {
  return resolve(session.cwd, workspace ?? nonEmpty(session.env.CLAUDE_PROJECT_DIR) ?? cwd);
}

/** The harness has no action for results of tools that nobody declared; who lets policies decide about them declares them here. */
function withTool(agent: Agent, input: Partial<ClaudeCodeInput>, settings: HookSettings): Agent {
  const isResult = input.event === 'PostToolUse' || input.event === 'PostToolUseFailure';
  if (!isResult || settings.unregistered !== 'policy') return agent;
  const { toolName } = input;
  if (toolName === undefined || agent.tools.some((tool) => tool.name === toolName)) return agent;
  return withUndescribedTool(agent, toolName);
}

/** What is answered where judging failed; undefined where the exit code has to block. */
export function answerUnjudged(text: string, settings: HookSettings, why: string): ClaudeCodeAnswer | undefined {
  return unjudgedAnswer(looselyRead(text), { why, shadow: settings.shadow });
}

/** What any reader of JSON makes of a text: it takes deep values, numbers out of range and halves of surrogate pairs. */
function looselyRead(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function completionOf(input: StopInput): string | undefined {
  if (input.message !== undefined) return input.message;
  if (input.transcript === undefined)
    throw new Error('nothing says what the model said: neither last_assistant_message nor a transcript');
  return orThrow(lastAssistantText(readTail(input.transcript)));
}

/** Most that is read of a transcript, from its end. */
const TAIL = 4 * 1024 * 1024;

function readTail(file: string): string {
  const descriptor = openTranscript(file);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new Error(`the transcript ${file} is no file`);
    const { size } = found;
    const tail = Buffer.alloc(Math.min(size, TAIL));
    const read = readSync(descriptor, tail, 0, tail.length, size - tail.length);
    return tail.toString('utf8', 0, read);
  } finally {
    closeSync(descriptor);
  }
}

function openTranscript(file: string): number {
  try {
    // Opening a pipe would wait until somebody writes to it.
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the transcript ${file} cannot be read: ${why}`, { cause: error });
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function stageOf(event: JsonObject): Stage {
  const { stage } = event;
  return stage === 'PRE_TOOL' || stage === 'POST_TOOL' || stage === 'PRE_MODEL' ? stage : 'POST_MODEL';
}

function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new DeodarError(result.diagnostics);
  return result.value;
}
