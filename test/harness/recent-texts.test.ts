import { describe, expect, it } from 'vitest';
import { RecentTexts } from '../../src/harness/recent-texts.js';

describe('what follows from the latest texts', () => {
  it('is computed once for a text that comes again before many others', () => {
    const computed: string[] = [];
    const recent = new RecentTexts<{ readonly text: string }>();
    const ask = (text: string): void => {
      const { text: found } = recent.of(text, (asked) => {
        computed.push(asked);
        return { text: asked };
      });
      expect(found).toBe(text);
    };
    for (let i = 0; i < 1000; i++) {
      ask('often');
      ask(`text ${i}`);
    }
    expect(computed.filter((text) => text === 'often')).toEqual(['often']);
    expect(computed).toHaveLength(1001);
    ask('text 999');
    expect(computed).toHaveLength(1001);
    ask('text 0');
    expect(computed).toHaveLength(1002);
  });

  it('is computed anew for a long text each time', () => {
    const recent = new RecentTexts<object>();
    const long = 'x'.repeat(5000);
    expect(recent.of(long, () => ({}))).not.toBe(recent.of(long, () => ({})));
    expect(recent.of('short', () => ({}))).toBe(recent.of('short', () => ({})));
  });
});
