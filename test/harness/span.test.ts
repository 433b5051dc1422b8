import { SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterEach, describe, expect, it } from 'vitest';
import { type HarnessOptions, spanOf } from '../../src/index.js';
import { openHarness, PERMIT_ALL } from '../support/harness.js';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer('deodar');
afterEach(() => exporter.reset());

/** The hook as a host writes it. */
const onAdjudication: NonNullable<HarnessOptions['onAdjudication']> = (adjudication, moment) => {
  const { name, attributes } = spanOf(adjudication, moment, {
    llm: { model: 'm-1', inputTokens: 10, outputTokens: 20, stopReason: 'end_turn' },
  });
  const end = Date.now();
  const span = tracer.startSpan(name, {
    attributes: { ...attributes },
    startTime: end - adjudication.durationNs / 1e6,
  });
  if (adjudication.decision !== 'ALLOW') span.setStatus({ code: SpanStatusCode.ERROR, message: adjudication.reason });
  span.end(end);
};

describe('adjudications as spans', () => {
  it('have the names and attributes that agents are traced with', async () => {
    const harness = await openHarness(
      `${PERMIT_ALL} @id("big") forbid (principal, action == Action::"pay", resource) when { context.parameters.amount > 5 };`,
      { onAdjudication },
    );
    await harness.adjudicate('PRE_MODEL', 'user', { text: 'hello' });
    await harness.adjudicate('POST_MODEL', 'model', { text: 'hi' });
    await harness.adjudicate('PRE_TOOL', 'model', {
      toolId: 'shell',
      parameters: { command: `echo ${'x'.repeat(2000)}` },
    });
    await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'pay', parameters: { amount: 9, to: 'bob' } });
    await harness.adjudicate('POST_TOOL', 'tool', { toolId: 'shell', response: 'x' });
    await harness.adjudicate('PRE_MODEL', 'user', { text: 'more' });
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name }) => name)).toEqual([
      'agent.turn',
      'agent.turn',
      'agent.tool',
      'agent.tool',
      'agent.tool',
      'agent.turn',
    ]);
    const [turn, , shell, pay, result, second] = spans.map(({ attributes }) => attributes);
    expect(turn).toMatchObject({
      'session.id': 't1',
      'turn.number': 1,
      'llm.model': 'm-1',
      'llm.input_tokens': 10,
      'llm.output_tokens': 20,
      'llm.stop_reason': 'end_turn',
      'deodar.decision': 'ALLOW',
    });
    expect(second?.['turn.number']).toBe(2);
    expect(shell).toMatchObject({
      'tool.name': 'shell',
      'tool.session_id': 't1',
      'tool.success': true,
      'deodar.stage': 'PRE_TOOL',
    });
    expect(shell?.['tool.inputs']).toHaveLength(500);
    expect(pay).toMatchObject({
      'tool.inputs': '{"amount":9,"to":"bob"}',
      'tool.success': false,
      'deodar.policies': ['big'],
    });
    expect(pay?.['tool.duration_ms']).toBeGreaterThan(0);
    expect(result).not.toHaveProperty('tool.inputs');
    expect(spans[3]?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'Forbidden by "big".' });
  });

  it('are made for events that are wrong, and can leave arguments out', async () => {
    const seen: object[] = [];
    const harness = await openHarness(PERMIT_ALL, {
      onAdjudication: (adjudication, moment) => seen.push(spanOf(adjudication, moment, { inputs: false })),
    });
    await harness.adjudicate('PRE_TOOL', 'model', { toolId: 'nope', parameters: { secret: 's' } });
    await harness.adjudicate('PRE_TOOL', 'user', { toolId: 'shell', parameters: { command: 'ls' } });
    expect(seen).toMatchObject([
      { name: 'agent.tool', attributes: { 'tool.name': 'nope', 'tool.success': false } },
      { name: 'agent.tool', attributes: { 'tool.name': 'unknown', 'tool.success': false } },
    ]);
    expect(JSON.stringify(seen)).not.toContain('secret');
  });

  it('nest in the span that is active', async () => {
    const harness = await openHarness(PERMIT_ALL, { onAdjudication });
    provider.register();
    await tracer.startActiveSpan('agent.run', async (run) => {
      await harness.adjudicate('PRE_MODEL', 'user', { text: 'hello' });
      run.end();
    });
    const [turn, run] = exporter.getFinishedSpans();
    expect(turn?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId);
    trace.disable();
  });
});
