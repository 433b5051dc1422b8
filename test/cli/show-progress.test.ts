import { describe, expect, it } from 'vitest';
import { showProgress } from '../../src/cli/show-progress.js';
import { useWorkFolder } from '../support/work-folder.js';

/** What is written while work goes on for some milliseconds a step. */
function shown(isErrorScreen: boolean, steps: number, milliseconds: number): readonly string[] {
  const written: string[] = [];
  let time = 0;
  const progress = showProgress({ isErrorScreen, err: (text) => written.push(text) }, () => time);
  for (let done = 0; done <= steps; done++) {
    progress('work', done, steps);
    time += milliseconds;
  }
  return written;
}

describe('how far work is', () => {
  it('is one line that goes when the work is done', () => {
    expect(shown(true, 6, 200)).toEqual([
      '\r\u001b[2Kwork: 2 of 6',
      '\r\u001b[2Kwork: 3 of 6',
      '\r\u001b[2Kwork: 4 of 6',
      '\r\u001b[2Kwork: 5 of 6',
      '\r\u001b[2K',
    ]);
  });

  it('is not said of short work, nor where nobody watches', () => {
    expect(shown(true, 6, 10)).toEqual([]);
    expect(shown(false, 6, 200)).toEqual([]);
  });

  it('is said anew for other work, and seldom enough to be read', () => {
    expect(shown(true, 1000, 1)).toHaveLength(7);
  });
});

describe('deodar test --mutate', () => {
  const { run } = useWorkFolder();

  it('writes nothing of it into pipes', async () => {
    await run('init');
    const { code, out, err } = await run('test', '--mutate');
    expect(out).toContain('mutation score: 100 %');
    expect(err).toBe('');
    expect(code).toBe(0);
  });
});
