import { beforeEach, describe, expect, it } from 'vitest';
import { useWorkFolder } from '../support/work-folder.js';

const { write, run } = useWorkFolder();

const POLICIES = `@id("staff")
permit (principal, action, resource)
when { context.role == "staff" && (context.hour > 8 || context.urgent) }
unless { if resource has locked then resource.locked else false };

@id("no-secrets")
forbid (principal, action, resource)
when { !(context.path like "*.env" || ["x", "y"].contains(context.name)) };

@id("elsewhere")
permit (principal == U::"v", action, resource);
`;
const CONTEXT = { role: 'staff', hour: 7, path: 'a.env' };
const REQUEST = ['-l', 'U::"u"', '-a', 'Action::"a"', '-r', 'R::"r"'];

beforeEach(() => {
  write({ 'p.cedar': POLICIES, 'context.json': CONTEXT });
});

describe('deodar explain', () => {
  it('shows what each part of the conditions was, and the values that were seen', async () => {
    const { code, out, err } = await run('explain', '-p', 'p.cedar', ...REQUEST, '-c', 'context.json');
    expect(err).toBe('');
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot('golden/explain.txt');
  });

  it('puts the deciding policies first and leaves out those of other scopes, unless all are asked for', async () => {
    write({ 'context.json': { role: 'staff', hour: 9, urgent: false, path: 'a', name: 'b' } });
    const { out } = await run('explain', '-p', 'p.cedar', ...REQUEST, '-c', 'context.json');
    expect(out).toMatch(/^DENY: Decided by no-secrets\.\n\nforbid `no-secrets` \(p\.cedar:6\) fires\n/);
    expect(out).not.toContain('`elsewhere`');
    const { out: all } = await run('explain', '--all', '-p', 'p.cedar', ...REQUEST, '-c', 'context.json');
    expect(all).toContain('permit `elsewhere` (p.cedar:10) does not fire\n  its scope is not for this principal\n');
  });

  it('writes the same as JSON', async () => {
    const { out } = await run('explain', '-p', 'p.cedar', ...REQUEST, '-c', 'context.json', '--json');
    const data = JSON.parse(out);
    expect(data).toMatchObject({ decision: 'DENY', deciding: [] });
    expect(data.policies[0]).toMatchObject({
      id: 'staff',
      file: 'p.cedar',
      line: 1,
      outcome: { error: { kind: 'RecordAttrDoesNotExist' } },
      scope: { principal: true, action: true, resource: true },
    });
    const [condition] = data.policies[0].conditions;
    expect(condition).toMatchObject({ kind: 'when', seen: { error: {} } });
    expect(condition.parts[0]).toMatchObject({
      text: 'context.role == "staff"',
      line: 3,
      column: 8,
      seen: { value: 'true' },
      values: [{ text: 'context.role', seen: { value: '"staff"' } }],
    });
    expect(data.policies[0].conditions[1]).toMatchObject({ kind: 'unless', seen: null });
  });

  it('explains an event of an agent after those before it', async () => {
    await run('init', 'agent');
    const judged = await run(
      'adjudicate',
      '--agent',
      'agent/agent.json',
      '-p',
      'agent',
      'agent/session.jsonl',
      '--json',
    );
    const answers = judged.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.length).toBeGreaterThan(3);
    for (const [i, answer] of answers.entries()) {
      const { code, out } = await run(
        'explain',
        '-p',
        'agent',
        '--agent',
        'agent/agent.json',
        '--event',
        String(i + 1),
        'agent/session.jsonl',
        '--json',
      );
      expect(code).toBe(0);
      const explained = JSON.parse(out);
      expect(explained.decision).toBe(answer.decision);
      expect(explained.reason).toBe(answer.reason);
      for (const id of explained.deciding)
        expect(explained.policies.find((policy: { id: string }) => policy.id === id).outcome).toEqual({
          value: 'true',
        });
    }
    const last = await run('explain', '-p', 'agent', '--agent', 'agent/agent.json', 'agent/session.jsonl', '--json');
    expect(JSON.parse(last.out).decision).toBe(answers.at(-1).decision);
  });

  it.each([
    [['--event', '0'], '--event takes the number of an event'],
    [['--event', '99'], 'error[no-such-event]: there is no event 99'],
    [['--event', 'x'], '--event takes the number of an event'],
  ])('refuses %s', async (args, message) => {
    await run('init', 'agent');
    const { code, err } = await run(
      'explain',
      '-p',
      'agent',
      '--agent',
      'agent/agent.json',
      'agent/session.jsonl',
      ...args,
    );
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it.each([
    [[...REQUEST], 'no policies'],
    [['-p', 'p.cedar', ...REQUEST, 'x'], 'unexpected argument'],
    [['-p', 'p.cedar'], 'give --request-json, or --principal and --action and --resource'],
    [['-p', 'p.cedar', '-l', 'U::"u"'], 'the request is incomplete: give --request-json, or --action and --resource'],
    [['-p', 'p.cedar', ...REQUEST, '--event', '1'], '--event needs --agent'],
    [['-p', 'p.cedar', '--agent', 'nope.json', 'x'], 'nope.json: error[file-not-found]'],
  ])('says what is missing in %s', async (args, message) => {
    const { code, err } = await run('explain', ...args);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});

describe('a failed test', () => {
  it('shows the policies that it wanted, and those that decided', async () => {
    const request = {
      principal: 'U::"u"',
      action: 'Action::"a"',
      resource: 'R::"r"',
      context: { ...CONTEXT, urgent: false },
    };
    write({
      'tests/x.test.json': [{ name: 'morning', request, entities: [], decision: 'allow', reason: ['staff'] }],
    });
    const { code, out } = await run('test');
    expect(code).toBe(1);
    await expect(out).toMatchFileSnapshot('golden/failed-test.txt');
  });
});
