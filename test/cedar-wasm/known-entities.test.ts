import { describe, expect, it } from 'vitest';
import { isAuthorized } from '../../src/cedar-wasm/index.js';

const policies = { staticPolicies: 'permit (principal in Group::"g", action, resource) when { principal.level > 1 };' };
const alice = { type: 'User', id: 'alice' };
const group = { type: 'Group', id: 'g' };

function decide(entities: unknown) {
  // Callers in JavaScript may hand over anything.
  const call: Parameters<typeof isAuthorized>[0] = Object.assign(
    {
      principal: alice,
      action: { type: 'Action', id: 'a' },
      resource: { type: 'Doc', id: 'd' },
      context: {},
      policies,
    },
    { entities: JSON.parse('[]') },
    { entities },
  );
  const answer = isAuthorized(call);
  return answer.type === 'success' ? answer.response.decision : answer.type;
}

const user = (level: unknown, parents: readonly object[] = [group]) => [{ uid: alice, attrs: { level }, parents }];

describe('entities that were given before', () => {
  it('give the same answer as the first time', () => {
    const given = user(2);
    expect([decide(given), decide(given), decide(structuredClone(given))]).toEqual(['allow', 'allow', 'allow']);
  });

  it('are read anew when anything in them has changed', () => {
    const [entity] = user(2);
    const given = [{ uid: alice, attrs: { level: 2 }, parents: entity?.parents ?? [] }];
    expect(decide(given)).toBe('allow');
    const [only] = given;
    if (only !== undefined) only.attrs.level = 1;
    expect(decide(given)).toBe('deny');
    if (only !== undefined) only.attrs.level = 2;
    expect(decide(given)).toBe('allow');
  });

  it('that are wrong stay wrong, also beside good ones of nearly the same text', () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    for (let i = 0; i < 3; i++) {
      expect(decide(user(2))).toBe('allow');
      expect(decide(user(1.5))).toBe('failure');
      expect(decide(user(2n ** 62n))).toBe('allow');
      expect(decide(user('2'))).toBe('deny');
      expect(decide([...user(2), ...user(3)])).toBe('failure');
      expect(() => decide(user('\ud800'))).toThrow('surrogate');
      expect(decide(user('\\ud800'))).toBe('deny');
      expect(() => decide(cyclic)).toThrow('contains itself');
    }
  });

  it('are what they said when they were first asked', () => {
    let asked = 0;
    const changing = () => [
      {
        uid: alice,
        attrs: {
          get level() {
            return asked++ === 0 ? 7 : 0;
          },
        },
        parents: [group],
      },
    ];
    expect(decide(changing())).toBe('allow');
    expect(decide(user(7))).toBe('allow');
    asked = 1;
    expect(decide(changing())).toBe('deny');
    expect(decide(user(0))).toBe('deny');
  });

  it('are still read right after very many others', () => {
    for (let i = 0; i < 300; i++)
      expect(decide(user(i, i % 2 === 0 ? [group] : []))).toBe(i > 1 && i % 2 === 0 ? 'allow' : 'deny');
    for (let i = 0; i < 40; i++) expect(decide(user(7))).toBe('allow');
  });
});
