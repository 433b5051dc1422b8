import { beforeEach, describe, expect, it } from 'vitest';
import { useWorkFolder } from '../support/work-folder.js';

// Commands that read data by a schema.

const { write, run } = useWorkFolder();

const REQUEST = {
  principal: 'User::"a"',
  action: 'Action::"view"',
  resource: 'Doc::"d"',
  context: { from: '10.0.0.1' },
};

beforeEach(() => {
  write({
    's.cedarschema':
      'entity Team; entity User in [Team] { age: Long }; entity Doc; action read; ' +
      'action view in read appliesTo { principal: User, resource: Doc, context: { from: ipaddr } };',
    'p.cedar':
      'permit(principal in Team::"t", action in Action::"read", resource) when { context.from.isInRange(ip("10.0.0.0/8")) };',
    'entities.json': [
      { uid: { type: 'User', id: 'a' }, attrs: { age: 7 }, parents: [{ type: 'Team', id: 't' }] },
      { uid: { type: 'Team', id: 't' }, attrs: {}, parents: [] },
    ],
    'wrong.json': [{ uid: { type: 'User', id: 'a' }, attrs: { age: '7' }, parents: [{ type: 'Doc', id: 'd' }] }],
    'request.json': REQUEST,
    'other.json': { ...REQUEST, context: { from: 'here' } },
    'turned.json': { ...REQUEST, principal: 'Doc::"d"' },
  });
});

describe('deodar authorize --schema', () => {
  const authorize = (...args: string[]) => run('authorize', '-p', 'p.cedar', '-s', 's.cedarschema', ...args);

  it('reads addresses by it and knows the groups of its actions', async () => {
    const { code, out, err } = await authorize('--entities', 'entities.json', '--request-json', 'request.json');
    expect({ code, out, err }).toEqual({ code: 0, out: 'ALLOW\n', err: '' });
    const without = await run(
      'authorize',
      '-p',
      'p.cedar',
      '--entities',
      'entities.json',
      '--request-json',
      'request.json',
    );
    expect(without.code).toBe(2);
  });

  it.each([
    ['entities', ['--entities', 'wrong.json', '--request-json', 'request.json'], ['wrong.json:', 'age', 'Doc']],
    ['a context', ['--entities', 'entities.json', '--request-json', 'other.json'], ['other.json:', 'from']],
    ['a principal', ['--entities', 'entities.json', '--request-json', 'turned.json'], ['turned.json:', 'principal']],
  ])('reports %s that do not conform, with their place, and decides nothing', async (_what, args, words) => {
    const { code, out, err } = await authorize(...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    for (const word of words) expect(err).toContain(word);
  });
});

describe('other commands with --schema', () => {
  it('check-parse checks entities by it', async () => {
    expect((await run('check-parse', '-s', 's.cedarschema', '--entities', 'entities.json')).code).toBe(0);
    const { code, out, err } = await run('check-parse', '-s', 's.cedarschema', '--entities', 'wrong.json');
    expect(code).toBe(1);
    expect(out + err).toContain('wrong.json:');
  });

  it('evaluate reads entities and a whole request by it', async () => {
    const given = ['-s', 's.cedarschema', '--entities', 'entities.json'];
    const inGroup = await run('evaluate', ...given, 'Action::"view" in Action::"read" && User::"a".age == 7');
    expect(inGroup).toMatchObject({ code: 0, out: 'true\n' });
    const address = await run('evaluate', ...given, '--request-json', 'request.json', 'context.from.isIpv4()');
    expect(address).toMatchObject({ code: 0, out: 'true\n' });
    expect((await run('evaluate', '-s', 's.cedarschema', '--entities', 'wrong.json', 'true')).code).toBe(1);
    expect((await run('evaluate', ...given, '--request-json', 'other.json', 'true')).code).toBe(1);
  });
});
