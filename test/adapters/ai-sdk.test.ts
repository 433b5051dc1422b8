import { generateText, jsonSchema, type ModelMessage, stepCountIs, streamText, type ToolSet, tool } from 'ai';
import { MockLanguageModelV3, simulateReadableStream } from 'ai/test';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type GuardToolsOptions,
  guardTools,
  SteeredError,
  stopOnBlock,
  WithheldError,
} from '../../src/adapters/ai-sdk.js';
import {
  type Adjudication,
  type Approver,
  BlockedError,
  type HarnessOptions,
  type Ledger,
  PolicyHarness,
} from '../../src/index.js';

const POLICIES = `
@id("all") permit (principal, action, resource);
@id("no-rm") @description("Nothing is deleted") forbid (principal, action == Action::"shell", resource)
when { context.facts.command.programs.contains("rm") };
@id("ask") @escalate("ops") forbid (principal, action == Action::"shell", resource)
when { context.facts.command.programs.contains("git") };
@id("three-calls") forbid (principal, action in Action::"PRE_TOOL", resource) when { resource.toolCalls >= 3 };
@id("no-secrets") forbid (principal, action in Action::"POST_TOOL", resource) when { context.facts.response.secretCount > 0 };
`;
const SECRET = ['ghp', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_');

type Command = { command: string };
const inputSchema = jsonSchema<Command>({
  type: 'object',
  properties: { command: { type: 'string' } },
  required: ['command'],
});

interface World {
  readonly ran: Command[];
  readonly harness: PolicyHarness;
  readonly judged: Adjudication[];
}

async function world(options: Partial<HarnessOptions> = {}): Promise<World> {
  const judged: Adjudication[] = [];
  const harness = new PolicyHarness({
    agent: {
      id: 'a',
      name: 'A',
      tools: [
        {
          name: 'shell',
          inputSchema: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] },
        },
      ],
    },
    policies: POLICIES,
    onAdjudication: (adjudication) => judged.push(adjudication),
    ...options,
  });
  await harness.initialize({ trajectoryId: 't' });
  return { ran: [], harness, judged };
}

function shell({ ran }: World, run: (input: Command) => unknown = ({ command }) => `ran ${command}`) {
  return tool({
    description: 'Runs a command',
    inputSchema,
    execute: (input) => {
      ran.push(input);
      return run(input);
    },
  });
}

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: 1, reasoning: undefined },
};

/** A model that makes the calls, one list a step, and then says that it is done. */
function model(...steps: readonly string[][]) {
  let step = 0;
  let id = 0;
  const calls = (commands: readonly string[]) =>
    commands.map((command) => ({
      type: 'tool-call' as const,
      toolCallId: `call-${++id}`,
      toolName: 'shell',
      input: JSON.stringify({ command }),
    }));
  const prompts: unknown[] = [];
  const next = (prompt: unknown) => {
    prompts.push(prompt);
    return steps[step++];
  };
  const mock = new MockLanguageModelV3({
    doGenerate: ({ prompt }) => {
      const commands = next(prompt);
      return Promise.resolve({
        content: commands === undefined ? [{ type: 'text' as const, text: 'done' }] : calls(commands),
        finishReason: { unified: commands === undefined ? ('stop' as const) : ('tool-calls' as const), raw: undefined },
        usage,
        warnings: [],
      });
    },
    doStream: ({ prompt }) => {
      const commands = next(prompt);
      const finish = {
        type: 'finish' as const,
        usage,
        finishReason: { unified: commands === undefined ? ('stop' as const) : ('tool-calls' as const), raw: undefined },
      };
      const text = [
        { type: 'text-start' as const, id: '1' },
        { type: 'text-delta' as const, id: '1', delta: 'done' },
        { type: 'text-end' as const, id: '1' },
      ];
      return Promise.resolve({
        stream: simulateReadableStream({
          chunks: [
            { type: 'stream-start' as const, warnings: [] },
            ...(commands === undefined ? text : calls(commands)),
            finish,
          ],
        }),
      });
    },
  });
  return { mock, prompts };
}

async function generate(
  tools: ToolSet,
  script: ReturnType<typeof model>,
  messages?: ModelMessage[],
  stopWhen = [stepCountIs(5)],
) {
  return generateText({
    model: script.mock,
    tools,
    stopWhen,
    ...(messages === undefined ? { prompt: 'go' } : { messages }),
  });
}

/** What the model read of its calls in its last step. */
function outputs({ prompts }: ReturnType<typeof model>): unknown[] {
  const prompt = prompts.at(-1) as { role: string; content: { type: string; output: unknown }[] }[];
  return prompt.filter(({ role }) => role === 'tool').flatMap(({ content }) => content.map((part) => part.output));
}

describe('guardTools with generateText', () => {
  it('runs what is allowed, with a frozen copy of what was judged, and judges the result', async () => {
    const w = await world();
    const script = model(['ls']);
    const { text } = await generate(guardTools({ shell: shell(w) }, { harness: w.harness }), script);
    expect(text).toBe('done');
    expect(w.ran).toEqual([{ command: 'ls' }]);
    expect(Object.isFrozen(w.ran[0])).toBe(true);
    expect(outputs(script)).toEqual([{ type: 'text', value: 'ran ls' }]);
    expect(w.judged.map(({ stage, decision }) => `${stage} ${decision}`)).toEqual([
      'PRE_TOOL ALLOW',
      'POST_TOOL ALLOW',
    ]);
  });

  it('does not run what is denied, and gives the model the reason', async () => {
    const w = await world();
    const script = model(['rm x'], ['ls']);
    await generate(guardTools({ shell: shell(w) }, { harness: w.harness }), script);
    expect(w.ran).toEqual([{ command: 'ls' }]);
    expect(outputs(script)[0]).toEqual({
      type: 'error-text',
      value: 'Action blocked: Forbidden by "no-rm" (Nothing is deleted).',
    });
  });

  it('steers the model', async () => {
    const w = await world();
    const script = model(['rm x']);
    const result = await generate(guardTools({ shell: shell(w) }, { harness: w.harness, onDeny: 'steer' }), script);
    expect(w.ran).toEqual([]);
    expect(outputs(script)).toEqual([
      {
        type: 'error-text',
        value: 'Tool blocked: Forbidden by "no-rm" (Nothing is deleted). Try a different approach.',
      },
    ]);
    const [error] = result.steps[0]?.content.filter((part) => part.type === 'tool-error') ?? [];
    expect(error?.error).toBeInstanceOf(SteeredError);
  });

  it('ends the run on a blocked call, not on a steered one', async () => {
    for (const [onDeny, steps] of [
      ['block', 1],
      ['steer', 2],
    ] as const) {
      const w = await world();
      const tools = guardTools({ shell: shell(w) }, { harness: w.harness, onDeny });
      const result = await generateText({
        model: model(['rm x']).mock,
        tools,
        prompt: 'go',
        stopWhen: [stepCountIs(5), stopOnBlock],
      });
      expect(result.steps).toHaveLength(steps);
    }
  });

  it('judges parallel calls in the order of the model', async () => {
    const w = await world();
    const script = model(['a', 'b', 'c', 'd', 'e']);
    const slow = ({ command }: Command) =>
      new Promise((resolve) => setTimeout(() => resolve(command), command === 'a' ? 30 : 1));
    await generate(guardTools({ shell: shell(w, slow) }, { harness: w.harness }), script);
    expect(w.ran.map(({ command }) => command)).toEqual(['a', 'b', 'c']);
    expect(outputs(script).map((output) => (output as { type: string }).type)).toEqual([
      'text',
      'text',
      'text',
      'error-text',
      'error-text',
    ]);
    expect(w.judged.filter(({ stage }) => stage === 'PRE_TOOL').map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
  });

  it('withholds a result', async () => {
    const w = await world();
    const script = model(['cat key']);
    await generate(guardTools({ shell: shell(w, () => ({ nested: [SECRET] })) }, { harness: w.harness }), script);
    expect(w.ran).toHaveLength(1);
    expect(outputs(script)).toEqual([
      { type: 'error-text', value: 'Tool result withheld: Forbidden by "no-secrets".' },
    ]);
  });

  it('passes on the error of a tool, unless it is withheld', async () => {
    const w = await world();
    const script = model(['x', 'y']);
    const fail = ({ command }: Command) => {
      throw new Error(command === 'x' ? 'no such file' : SECRET);
    };
    await generate(guardTools({ shell: shell(w, fail) }, { harness: w.harness }), script);
    expect(outputs(script)).toEqual([
      { type: 'error-text', value: 'no such file' },
      { type: 'error-text', value: 'Tool result withheld: Forbidden by "no-secrets".' },
    ]);
  });

  it.each<readonly [string, () => unknown, string]>([
    ['an object', () => ({ code: SECRET }), 'withheld'],
    ['a text', () => SECRET, 'withheld'],
    ['an error of another kind', () => ({ cause: new Error(SECRET) }), 'withheld'],
    [
      'an error whose message changes',
      () => {
        let reads = 0;
        return Object.defineProperty(new Error('x'), 'message', { get: () => (reads++ === 0 ? 'safe' : SECRET) });
      },
      'safe',
    ],
    ['an error whose message cannot be read', () => new Proxy(new Error(SECRET), { get: () => 1 }), 'safe'],
    [
      'an object that throws',
      () => ({
        toJSON: () => {
          throw new Error(SECRET);
        },
      }),
      'withheld',
    ],
    ['an object that can be had as it is', () => ({ code: 5 }), '{"code":5}'],
  ])('has the model read what was judged of what a tool throws: %s', async (_what, make, wanted) => {
    const w = await world();
    const script = model(['x']);
    const fail = () => {
      throw make();
    };
    await generate(guardTools({ shell: shell(w, fail) }, { harness: w.harness }), script);
    const text = JSON.stringify(outputs(script));
    expect(text).not.toContain(SECRET);
    if (wanted === 'withheld') expect(text).toContain('Tool result withheld');
    else if (wanted === 'safe') expect(text).toContain('error-text');
    else expect(text).toContain(JSON.stringify(wanted).slice(1, -1));
  });

  const resultOf = async (make: () => unknown): Promise<unknown> => {
    const w = await world();
    const { execute } = guardTools({ shell: shell(w, make) }, { harness: w.harness }).shell;
    return execute?.({ command: 'ls' }, { toolCallId: '1', messages: [] });
  };

  it.each([[undefined], [null], [new Date(0)], [{ a: undefined, b: [1.5] }]])(
    'passes the result %j on',
    async (value) => {
      expect(await resultOf(() => value)).toBe(value);
    },
  );

  it.each<readonly [string, () => unknown, unknown]>([
    ['a large integer', () => [2n ** 70n], ['1180591620717411303424']],
    ['a map', () => ({ map: new Map([['a', new Set([1])]]) }), { map: { a: [1] } }],
    ['bytes', () => Buffer.from('text'), 'text'],
    ['an error', () => [new Error('no')], [{ name: 'Error', message: 'no' }]],
    [
      'an accessor that answers otherwise later',
      () => {
        let reads = 0;
        return Object.defineProperty({}, 'a', { get: () => (reads++ === 0 ? 'safe' : SECRET), enumerable: true });
      },
      { a: 'safe' },
    ],
    [
      'a toJSON that answers otherwise later',
      () => {
        let reads = 0;
        return { toJSON: () => (reads++ === 0 ? 'safe' : SECRET) };
      },
      'safe',
    ],
  ])('passes on what JSON says of a result: %s', async (_what, make, json) => {
    expect(await resultOf(make)).toEqual(json);
  });

  it.each<readonly [string, () => unknown]>([
    ['a map', () => new Map([['a', SECRET]])],
    ['bytes', () => ({ file: Buffer.from(SECRET) })],
    ['an error', () => new Error(SECRET)],
    ['a promise', () => [Promise.resolve(SECRET)]],
  ])('withholds what is in a result: %s', async (_what, make) => {
    await expect(resultOf(make)).rejects.toBeInstanceOf(WithheldError);
  });

  it('runs everything in shadow mode, and judges it', async () => {
    const w = await world({ mode: 'shadow' });
    const script = model(['rm x', 'git push', `cat ${SECRET}`]);
    await generate(guardTools({ shell: shell(w) }, { harness: w.harness }), script);
    expect(outputs(script).map((output) => (output as { value: string }).value)).toEqual([
      'ran rm x',
      'ran git push',
      `ran cat ${SECRET}`,
    ]);
    expect(w.judged.map(({ decision }) => decision).sort()).toEqual([
      'ALLOW',
      'ALLOW',
      'ALLOW',
      'DENY',
      'DENY',
      'ESCALATE',
    ]);
  });
});

describe('guardTools in shadow mode', () => {
  it('hold nothing back: what is closed, cannot be copied, is no JSON or fails', async () => {
    const w = await world({ mode: 'shadow' });
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const { execute, needsApproval } = guardTools({ shell: shell(w, () => cycle) }, { harness: w.harness }).shell;
    const call = { toolCallId: '1', messages: [] };
    const input = { command: 'git x', more: () => 'x' };
    expect(await execute?.(input, call)).toBe(cycle);
    await w.harness.finalize();
    expect(typeof needsApproval === 'function' && (await needsApproval(input, call))).toBe(false);
    expect(await execute?.(input, call)).toBe(cycle);
    expect(w.ran).toEqual([input, input]);
  });
});

describe('guardTools that finalize', () => {
  const guarded = (w: World, run?: (input: Command) => unknown, more = {}) =>
    guardTools({ shell: shell(w, run) }, { harness: w.harness, onDeny: 'finalize', ...more });

  it('run nothing more after a call that was denied', async () => {
    const w = await world();
    const script = model(['rm x'], ['ls'], ['git push']);
    await generate(guarded(w), script);
    expect(w.ran).toEqual([]);
    expect(outputs(script)).toMatchObject([
      { value: 'Action blocked: Forbidden by "no-rm" (Nothing is deleted).' },
      { value: 'Action blocked: The run is over.' },
      { value: 'Action blocked: The run is over.' },
    ]);
    expect(w.harness.trajectory('t')?.status).toBe('finalized');
    const stopped = await world();
    const { steps } = await generateText({
      model: model(['rm x'], ['ls']).mock,
      tools: guarded(stopped),
      prompt: 'go',
      stopWhen: [stepCountIs(5), stopOnBlock],
    });
    expect(steps).toHaveLength(1);
  });

  it('judge the results of the calls that are under way, and refuse those that come after', async () => {
    const w = await world();
    const script = model(['a', 'rm x', 'b', 'leak']);
    const slow = ({ command }: Command) => new Promise((resolve) => setTimeout(() => resolve(`ran ${command}`), 20));
    await generate(guarded(w, slow), script);
    expect(w.ran).toEqual([{ command: 'a' }]);
    expect(outputs(script)).toMatchObject([
      { type: 'text', value: 'ran a' },
      { value: 'Action blocked: Forbidden by "no-rm" (Nothing is deleted).' },
      { value: 'Action blocked: The run is over.' },
      { value: 'Action blocked: The run is over.' },
    ]);
    expect(w.judged.map(({ stage, decision }) => `${stage} ${decision}`)).toEqual([
      'PRE_TOOL ALLOW',
      'PRE_TOOL DENY',
      'POST_TOOL ALLOW',
    ]);
    expect(w.harness.trajectory('t')?.status).toBe('finalized');
  });

  it('share the calls that are under way, and the end of the run, with other maps of the harness', async () => {
    const w = await world();
    const slow = ({ command }: Command) => new Promise((resolve) => setTimeout(() => resolve(`ran ${command}`), 20));
    const others = guardTools({ shell: shell(w, slow) }, { harness: w.harness });
    const call = (tools: typeof others, command: string, toolCallId: string) =>
      Promise.resolve(tools.shell.execute?.({ command }, { toolCallId, messages: [] }));
    const underWay = call(others, 'a', '1');
    await expect(call(guarded(w), 'rm x', '2')).rejects.toThrow('Forbidden by "no-rm"');
    for (const tools of [others, guarded(w)])
      await expect(call(tools, 'b', '3')).rejects.toThrow('Action blocked: The run is over.');
    expect(w.harness.trajectory('t')?.status).toBe('open');
    expect(await underWay).toBe('ran a');
    expect(w.judged.map(({ stage, decision }) => `${stage} ${decision}`)).toEqual([
      'PRE_TOOL ALLOW',
      'PRE_TOOL DENY',
      'POST_TOOL ALLOW',
    ]);
    expect(w.harness.trajectory('t')?.status).toBe('finalized');
    await expect(call(others, 'c', '4')).rejects.toThrow('Action blocked: The run is over.');
  });

  it('end the run with a result that is denied, and with streams too', async () => {
    for (const generation of ['generate', 'stream']) {
      const w = await world();
      const script = model(['cat key'], ['ls']);
      const tools = guarded(w, () => SECRET);
      if (generation === 'generate') await generate(tools, script);
      else await streamText({ model: script.mock, tools, prompt: 'go', stopWhen: stepCountIs(5) }).consumeStream();
      expect(w.ran).toEqual([{ command: 'cat key' }]);
      expect(outputs(script)).toMatchObject([
        { value: 'Tool result withheld: Forbidden by "no-secrets".' },
        { value: 'Action blocked: The run is over.' },
      ]);
      expect(w.harness.trajectory('t')?.status).toBe('finalized');
    }
  });

  it('do not run what was approved beside a call that was denied', async () => {
    const w = await world();
    const tools = guarded(w);
    const first = await generate(tools, model(['git push', 'rm x']));
    const request = first.content.find((part) => part.type === 'tool-approval-request');
    if (request === undefined) throw new Error('nobody was asked');
    const { approvalId } = request;
    await generate(tools, model(), [
      { role: 'user', content: 'go' },
      ...first.response.messages,
      { role: 'tool', content: [{ type: 'tool-approval-response', approvalId, approved: true }] },
    ]);
    expect(w.ran).toEqual([]);
  });

  it('go on where nothing is denied, another run begins, or nothing is held back', async () => {
    const w = await world();
    const failing = ({ command }: Command) => {
      if (command === 'fail') throw new Error('no');
      return 'x';
    };
    const tools = guarded(w, failing);
    await generate(tools, model(['a', 'fail'], ['b']));
    expect([w.ran.length, w.harness.trajectory('t')?.status]).toEqual([3, 'open']);
    await generate(tools, model(['rm x']));
    await w.harness.initialize({ trajectoryId: 'next' });
    await generate(tools, model(['c']));
    expect(w.ran.at(-1)).toEqual({ command: 'c' });
    const shadow = await world({ mode: 'shadow' });
    await generate(guarded(shadow), model(['rm x'], ['ls']));
    expect([shadow.ran.length, shadow.harness.trajectory('t')?.status]).toEqual([2, 'open']);
  });
});

describe('guardTools and approvals', () => {
  async function asked(w: World, approved: boolean, options: Partial<GuardToolsOptions> = {}) {
    const tools = guardTools({ shell: shell(w) }, { harness: w.harness, ...options });
    const first = await generate(tools, model(['git push']));
    expect(w.ran).toEqual([]);
    const request = first.content.find((part) => part.type === 'tool-approval-request');
    if (request === undefined) throw new Error('nobody was asked');
    const messages: ModelMessage[] = [
      { role: 'user', content: 'go' },
      ...first.response.messages,
      {
        role: 'tool',
        content: [{ type: 'tool-approval-response', approvalId: request.approvalId, approved, reason: 'not today' }],
      },
    ];
    const script = model();
    return { tools, messages, script };
  }

  it('asks for what escalates, and runs it once it is approved', async () => {
    const w = await world();
    const { tools, messages, script } = await asked(w, true);
    await generate(tools, script, messages);
    expect(w.ran).toEqual([{ command: 'git push' }]);
    expect(outputs(script)).toEqual([{ type: 'text', value: 'ran git push' }]);
    expect(w.judged.map(({ stage, decision }) => `${stage} ${decision}`)).toEqual([
      'PRE_TOOL ESCALATE',
      'PRE_TOOL ALLOW',
      'POST_TOOL ALLOW',
    ]);
    // One answer is for one call.
    await generate(tools, model(), messages);
    expect(w.ran).toHaveLength(1);
  });

  it('does not run what is rejected', async () => {
    const w = await world();
    const { tools, messages, script } = await asked(w, false);
    await generate(tools, script, messages);
    expect(w.ran).toEqual([]);
    expect(outputs(script)).toEqual([{ type: 'execution-denied', reason: 'not today' }]);
  });

  it('judges again after the approval: a call that is denied by then does not run', async () => {
    const w = await world();
    const { tools, messages, script } = await asked(w, true);
    for (let i = 0; i < 3; i++)
      await w.harness.adjudicate('PRE_TOOL', 'model', { toolId: 'shell', parameters: { command: 'ls' } });
    await generate(tools, script, messages);
    expect(w.ran).toEqual([]);
  });

  it('does not take a call for approved that nobody was asked about', async () => {
    const request = { type: 'tool-approval-request' as const, approvalId: 'a', toolCallId: '1' };
    const response = (approvalId: string, approved = true): ModelMessage => ({
      role: 'tool',
      content: [{ type: 'tool-approval-response', approvalId, approved }],
    });
    const wrong: ModelMessage[][] = [
      [],
      [{ role: 'assistant', content: [request] }],
      [{ role: 'assistant', content: [request] }, response('b')],
      [{ role: 'assistant', content: [request] }, response('a', false)],
      [{ role: 'assistant', content: [{ ...request, toolCallId: '2' }] }, response('a')],
      [{ role: 'assistant', content: [request] }, response('a'), { role: 'user', content: 'later' }],
    ];
    for (const messages of wrong) {
      const w = await world();
      const { execute } = guardTools({ shell: shell(w) }, { harness: w.harness }).shell;
      const run = Promise.resolve(execute?.({ command: 'git push' }, { toolCallId: '1', messages }));
      await expect(run).rejects.toThrow('Needs approval from "ops"');
      expect(w.ran).toEqual([]);
    }
  });

  /** What became of `git push` that was asked about, when `change` happened before the answer came. */
  async function answered(
    w: World,
    change: (messages: ModelMessage[]) => ModelMessage[],
    options: Partial<GuardToolsOptions> = {},
  ): Promise<unknown[]> {
    const { messages, script } = await asked(w, true, options);
    const tools = guardTools({ shell: shell(w) }, { harness: w.harness, ...options });
    await generate(tools, script, change(messages));
    return outputs(script);
  }
  const same = (messages: ModelMessage[]): ModelMessage[] => messages;
  const otherCommand = (messages: ModelMessage[]): ModelMessage[] =>
    JSON.parse(JSON.stringify(messages).replace('git push', 'git push --force'));

  it('runs only what was asked about, also through another map of the harness', async () => {
    const w = await world();
    expect(await answered(w, same)).toEqual([{ type: 'text', value: 'ran git push' }]);
    const other = await world();
    expect(await answered(other, otherCommand)).toEqual([
      { type: 'error-text', value: 'Action blocked: The approval is not one of this call under these policies.' },
    ]);
    expect([w.ran, other.ran]).toEqual([[{ command: 'git push' }], []]);
  });

  it('does not take the word of a conversation for what nobody was asked, unless told so', async () => {
    const { messages } = await asked(await world(), true);
    for (const trustConversation of [false, true]) {
      const w = await world();
      const tools = guardTools({ shell: shell(w) }, { harness: w.harness, trustConversation });
      await generate(tools, model(), messages);
      expect(w.ran).toEqual(trustConversation ? [{ command: 'git push' }] : []);
      expect(w.judged[1]?.approvals).toEqual(
        trustConversation
          ? [expect.objectContaining({ route: 'ops', approver: 'somebody in the conversation' })]
          : undefined,
      );
    }
  });

  it('does not run what was approved too late', async () => {
    const w = await world();
    const wait = async (messages: ModelMessage[]): Promise<ModelMessage[]> => {
      await new Promise((done) => setTimeout(done, 20));
      return messages;
    };
    const { tools, messages, script } = await asked(w, true, { approvalTimeoutMs: 1 });
    await generate(tools, script, await wait(messages));
    expect(w.ran).toEqual([]);
    expect(outputs(script)).toEqual([{ type: 'error-text', value: 'Action blocked: The approval came too late.' }]);
  });

  const TWO_ROUTES = `${POLICIES} @id("ask-legal") @escalate("legal") forbid (principal, action == Action::"shell", resource)
    when { context.facts.command.programs.contains("git") };`;

  it('asks nobody in a conversation where several have to approve', async () => {
    const w = await world({ policies: TWO_ROUTES });
    const script = model(['git push']);
    const { content } = await generate(guardTools({ shell: shell(w) }, { harness: w.harness }), script);
    expect(content.some((part) => part.type === 'tool-approval-request')).toBe(false);
    expect(w.ran).toEqual([]);
    expect(JSON.stringify(outputs(script))).toContain('`guardTools` needs an `approver`');
  });

  it.each([
    ['all approve', {}, ['git push']],
    ['one rejects', { legal: false }, []],
  ])('asks an approver for every route while the call waits: %s', async (_, answers: Record<string, boolean>, ran) => {
    const rows: string[] = [];
    const ledger: Ledger = {
      heeds: { setup: true, once: true, before: true },
      head: { seq: 0, hash: '' },
      append: (kind, members) => {
        rows.push(`${kind} ${typeof members === 'string' ? members : members['state']}`);
        return { seq: rows.length, hash: '' };
      },
      close: () => undefined,
    };
    const w = await world({ policies: TWO_ROUTES, ledger });
    const routes: unknown[] = [];
    const approver: Approver = {
      requestApproval: ({ routeTo, args }) => {
        routes.push({ routeTo, args });
        return { approved: answers[String(routeTo)] ?? true, approver: 'ann' };
      },
    };
    const script = model(['git push']);
    await generate(guardTools({ shell: shell(w) }, { harness: w.harness, approver, onDeny: 'steer' }), script);
    const args = { command: 'git push' };
    expect(routes).toEqual(['ops', 'legal'].map((routeTo) => ({ routeTo, args })));
    expect(w.ran.map(({ command }) => command)).toEqual(ran);
    expect(outputs(script)).toEqual([
      ran.length > 0
        ? { type: 'text', value: 'ran git push' }
        : { type: 'error-text', value: "Tool blocked: Action 'shell' was rejected. Try a different approach." },
    ]);
    expect(rows.filter((row) => row === 'approval "used"')).toHaveLength(ran.length * 2);
    expect(rows.filter((row) => row.startsWith('outcome'))).toHaveLength(ran.length);
  });

  it("keeps a tool's own wish to ask", async () => {
    const w = await world();
    for (const needsApproval of [true, () => true, () => Promise.resolve(true)]) {
      const tools = guardTools({ shell: { ...shell(w), needsApproval } }, { harness: w.harness });
      const { content } = await generate(tools, model(['ls']));
      expect(content.some((part) => part.type === 'tool-approval-request')).toBe(true);
    }
    expect(w.ran).toEqual([]);
  });
});

describe('guardTools with streamText', () => {
  it('judges calls and results', async () => {
    const w = await world();
    const script = model(['ls'], ['rm x']);
    const result = streamText({
      model: script.mock,
      tools: guardTools({ shell: shell(w) }, { harness: w.harness }),
      prompt: 'go',
      stopWhen: stepCountIs(5),
    });
    await result.consumeStream();
    expect(await result.text).toBe('done');
    expect(w.ran).toEqual([{ command: 'ls' }]);
    expect(outputs(script)).toEqual([
      { type: 'text', value: 'ran ls' },
      { type: 'error-text', value: 'Action blocked: Forbidden by "no-rm" (Nothing is deleted).' },
    ]);
  });

  it('asks for what escalates', async () => {
    const w = await world();
    const result = streamText({
      model: model(['git push']).mock,
      tools: guardTools({ shell: shell(w) }, { harness: w.harness }),
      prompt: 'go',
    });
    await result.consumeStream();
    expect((await result.content).some((part) => part.type === 'tool-approval-request')).toBe(true);
    expect(w.ran).toEqual([]);
  });

  it('waits for results that come piece by piece before anybody sees one', async () => {
    const w = await world();
    async function* pieces({ command }: Command) {
      yield command === 'leak' ? SECRET : 'half';
      yield command === 'leak' ? SECRET : 'whole';
    }
    const script = model(['ls', 'leak']);
    const result = streamText({
      model: script.mock,
      tools: guardTools({ shell: shell(w, pieces) }, { harness: w.harness }),
      prompt: 'go',
      stopWhen: stepCountIs(3),
    });
    let seen = '';
    for await (const part of result.fullStream)
      seen += JSON.stringify(part, (key, value) => (key === 'request' || key === 'response' ? undefined : value));
    expect(seen).not.toContain(SECRET);
    expect(outputs(script)).toEqual([
      { type: 'text', value: 'whole' },
      { type: 'error-text', value: 'Tool result withheld: Forbidden by "no-secrets".' },
    ]);
  });
});

describe('guardTools and what tools make of their results for the model', () => {
  type Made = { readonly type: 'text'; readonly value: string };
  const telling = (w: World, text: (output: unknown) => string) => ({
    ...shell(w),
    toModelOutput: ({ output }: { readonly output: unknown }): Made => ({ type: 'text', value: text(output) }),
  });
  const leaking = (w: World) =>
    telling(w, (output) => (String(output).includes('cat') ? SECRET : `seen: ${String(output)}`));

  it('judges it before the model reads it', async () => {
    for (const stream of [false, true]) {
      const w = await world();
      const tools = guardTools({ shell: leaking(w) }, { harness: w.harness });
      const script = model(['ls', 'cat x']);
      if (stream)
        await streamText({ model: script.mock, tools, prompt: 'go', stopWhen: stepCountIs(5) }).consumeStream();
      else await generate(tools, script);
      expect(outputs(script)).toEqual([
        { type: 'text', value: 'seen: ran ls' },
        { type: 'error-text', value: 'Tool result withheld: Forbidden by "no-secrets".' },
      ]);
      expect(JSON.stringify(script.prompts)).not.toContain(SECRET);
      expect(w.judged.map(({ decision }) => decision).join()).toBe('ALLOW,ALLOW,ALLOW,ALLOW,ALLOW,DENY');
    }
  });

  it('stays what it was when the run is over and the conversation is read again', async () => {
    const w = await world();
    const tools: ToolSet = guardTools({ shell: leaking(w) }, { harness: w.harness });
    const { response } = await generate(tools, model(['ls']));
    await w.harness.finalize('t');
    const asked = { toolCallId: 'call-1', input: {}, output: 'ran ls' };
    expect(JSON.stringify(response.messages)).toContain('seen: ran ls');
    expect(await tools['shell']?.toModelOutput?.(asked)).toEqual({ type: 'text', value: 'seen: ran ls' });
    expect(await tools['shell']?.toModelOutput?.({ ...asked, output: 'other' })).toMatchObject({ type: 'error-text' });
    expect(await tools['shell']?.toModelOutput?.({ ...asked, toolCallId: '2' })).toMatchObject({ type: 'error-text' });
  });

  it('passes on every form of it as it is', async () => {
    const w = await world();
    for (const made of [
      { type: 'text', value: 'a' },
      { type: 'json', value: { a: [1, null] } },
      { type: 'json', value: null },
      { type: 'content', value: [{ type: 'text', text: 'a' }] },
      { type: 'execution-denied' },
    ]) {
      const given = { ...shell(w), toModelOutput: () => Promise.resolve(made) };
      const tools: ToolSet = guardTools({ shell: given }, { harness: w.harness }) as unknown as ToolSet;
      expect(await tools['shell']?.toModelOutput?.({ toolCallId: 'x', input: {}, output: '' })).toBe(made);
    }
    expect(guardTools({ shell: shell(w) }, { harness: w.harness }).shell).not.toHaveProperty('toModelOutput');
  });

  it('withholds a secret in any form, and what cannot be judged', async () => {
    const w = await world();
    const circle: { me?: unknown } = {};
    circle.me = circle;
    const made = async (value: unknown) => {
      const given = { ...shell(w), toModelOutput: () => value };
      const tools: ToolSet = guardTools({ shell: given }, { harness: w.harness }) as unknown as ToolSet;
      return tools['shell']?.toModelOutput?.({ toolCallId: 'x', input: {}, output: '' });
    };
    const withheld = { type: 'error-text', value: expect.stringContaining('Tool result withheld: ') };
    for (const value of [
      { type: 'text', value: SECRET },
      { type: 'json', value: { deep: [SECRET] } },
      { type: 'content', value: [{ type: 'text', text: SECRET }] },
      { type: 'execution-denied', reason: SECRET },
      { type: 'json', value: [Promise.resolve(SECRET)] },
    ])
      expect(await made(value)).toEqual(withheld);
    expect(await made({ type: 'json', value: circle })).toEqual({ type: 'json', value: { me: '[circular]' } });
    let reads = 0;
    const changing = {
      type: 'text',
      get value() {
        return reads++ === 0 ? 'safe' : SECRET;
      },
    };
    expect(await made(changing)).toEqual({ type: 'text', value: 'safe' });
    await w.harness.finalize('t');
    expect(await made({ type: 'text', value: 'a' })).toEqual(withheld);
  });

  it('judges it as a message where results have a schema', async () => {
    const w = await world({
      agent: {
        id: 'a',
        name: 'A',
        tools: [
          {
            name: 'shell',
            inputSchema: { type: 'object', properties: { command: { type: 'string' } } },
            outputSchema: { type: 'object', properties: { lines: { type: 'number' } } },
          },
        ],
      },
      policies: `@id("all") permit (principal, action, resource);
@id("no-secrets") forbid (principal, action == Action::"prompt", resource) when { context.facts.text.secretCount > 0 };`,
    });
    const script = model(['ls'], ['cat x']);
    const run = ({ command }: Command) => ({ lines: command.length });
    const { toModelOutput } = telling(w, (output) => (JSON.stringify(output).includes('5') ? SECRET : 'a'));
    await generate(guardTools({ shell: { ...shell(w, run), toModelOutput } }, { harness: w.harness }), script);
    expect(outputs(script)).toEqual([
      { type: 'text', value: 'a' },
      { type: 'error-text', value: 'Tool result withheld: Forbidden by "no-secrets".' },
    ]);
  });

  it('holds nothing back in shadow mode, and ends the run where a DENY does', async () => {
    const shadow = await world({ mode: 'shadow' });
    const script = model(['cat x']);
    await generate(guardTools({ shell: leaking(shadow) }, { harness: shadow.harness }), script);
    expect(outputs(script)).toEqual([{ type: 'text', value: SECRET }]);
    const w = await world();
    const ending = guardTools({ shell: leaking(w) }, { harness: w.harness, onDeny: 'finalize' });
    await generate(ending, model(['cat x'], ['ls']));
    expect(w.harness.trajectory('t')?.status).toBe('finalized');
    expect(w.ran).toEqual([{ command: 'cat x' }]);
  });
});

describe('guardTools and other tools', () => {
  it('refuses a tool that it cannot hold back, unless that is said', async () => {
    const w = await world();
    const client = tool({ inputSchema });
    const tools = { shell: shell(w), client };
    expect(() => guardTools(tools, { harness: w.harness })).toThrow('the tool "client" has no `execute`');
    const guarded = guardTools(tools, { harness: w.harness, unguarded: ['client'] });
    expect(guarded.client).toBe(client);
    expect(guarded.shell).not.toBe(tools.shell);
    expect(() => guardTools(tools, { harness: w.harness, unguarded: ['klient'] })).toThrow('there is no tool "klient"');
    const misspelt: object = { harness: w.harness, unguarded: ['client'], onDeny: 'finalise' };
    expect(() => Reflect.apply(guardTools, undefined, [tools, misspelt])).toThrow(
      'the option of guardTools() `onDeny` has a value that it does not know (known: block, steer, finalize)',
    );
  });

  it('refuses what is no object of tools', async () => {
    const { harness } = await world();
    for (const tools of [undefined, null, [], new Map([['shell', {}]])])
      expect(() => guardTools(tools as never, { harness })).toThrow('guardTools() takes an object of tools');
  });

  it('refuses a tool that the agent does not declare', async () => {
    const w = await world();
    const tools = { shell: shell(w), other: shell(w) };
    expect(() => guardTools(tools, { harness: w.harness })).toThrow('the agent does not declare the tool "other"');
    const open = await world({ unregistered: 'policy' });
    expect(Object.keys(guardTools({ other: shell(open) }, { harness: open.harness }))).toEqual(['other']);
  });

  it('keeps the types and everything else of the tools', async () => {
    const w = await world();
    const tools = { shell: { ...shell(w), title: 'A shell' } };
    const guarded = guardTools(tools, { harness: w.harness });
    expectTypeOf(guarded).toEqualTypeOf(tools);
    expect(guarded.shell).toMatchObject({ title: 'A shell', description: 'Runs a command', inputSchema });
  });

  it('judges in the trajectory that is named', async () => {
    const w = await world();
    await w.harness.initialize({ trajectoryId: 'other' });
    await generate(guardTools({ shell: shell(w) }, { harness: w.harness, trajectoryId: 't' }), model(['ls']));
    expect(w.judged.map(({ trajectoryId }) => trajectoryId)).toEqual(['t', 't']);
  });

  it('does not run arguments that cannot be copied', async () => {
    const w = await world();
    const { execute } = guardTools({ shell: shell(w) }, { harness: w.harness }).shell;
    const input = { command: 'ls', more: () => 'x' };
    await expect(Promise.resolve(execute?.(input, { toolCallId: '1', messages: [] }))).rejects.toBeInstanceOf(
      BlockedError,
    );
    expect(w.ran).toEqual([]);
  });
});
