import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useWorkFolder } from '../support/work-folder.js';

const { path, write, run } = useWorkFolder();

const POLICIES = {
  'a.cedar': '@id("a") permit (principal, action, resource);',
  'b.cedar': 'forbid (principal, action, resource);',
};

describe('deodar compile', () => {
  it('writes a module and its types, and --check knows whether they are up to date', async () => {
    write(POLICIES);
    const args = ['compile', 'a.cedar', 'b.cedar', '-o', 'made/policy.mjs'];
    expect(await run(...args, '--check')).toMatchObject({ code: 1 });
    expect(await run(...args)).toMatchObject({ code: 0, err: 'wrote made/policy.mjs\nwrote made/policy.d.mts\n' });
    expect(readFileSync(path('made/policy.d.mts'), 'utf8')).toContain(
      'export type PolicyId =\n  | "a"\n  | "policy1";',
    );
    expect(await run(...args, '--check')).toMatchObject({ code: 0, err: '' });
    writeFileSync(path('made/policy.mjs'), readFileSync(path('made/policy.mjs'), 'utf8').replaceAll('\n', '\r\n'));
    expect(await run(...args, '--check')).toMatchObject({ code: 0 });
    write({ 'b.cedar': 'forbid (principal, action, resource) when { context.x };' });
    const outdated = await run(...args, '--check');
    expect(outdated.code).toBe(1);
    expect(outdated.err).toContain('deodar compile a.cedar b.cedar --output made/policy.mjs');
    writeFileSync(path('made/policy.d.mts'), 'export {};');
    expect((await run(...args, '--check')).err).toContain('made/policy.d.mts');
  });

  it('prints the module without -o', async () => {
    write(POLICIES);
    const { code, out } = await run('compile', 'a.cedar');
    expect([code, out.endsWith('JSON.parse(data), codes);\n')]).toEqual([0, true]);
  });

  it('ends with words for wrong arguments and wrong policies', async () => {
    write({ ...POLICIES, 'bad.cedar': 'permit (', 's.cedarschema': 'entity X in [Y];' });
    for (const args of [
      [],
      ['a.cedar', '--check'],
      ['a.cedar', '-o', 'x.ts'],
      ['a.cedar', '-o', 'a.cedar/x.mjs'],
      ['bad.cedar'],
      ['a.cedar', '-s', 's.cedarschema'],
      ['a.cedar', 'a.cedar/../a.cedar', '-p', 'nope'],
    ]) {
      const { code, out, err } = await run('compile', ...args);
      expect([code, out], args.join(' ')).toEqual([1, '']);
      expect(err).not.toMatch(/internal|^\s+at /);
    }
  });

  it('takes names of files that end a comment or a line', async () => {
    const name = "a*\n'`;process.exit(1)//.cedar";
    write({ [name]: POLICIES['a.cedar'] });
    const { code, out } = await run('compile', '.');
    expect(code).toBe(0);
    expect(out.split('\n')[1]).toBe('/* eslint-disable */');
    const odd = await run('compile', '-p', name);
    if (odd.code === 0) expect(odd.out.split('\n')[1]).toBe('/* eslint-disable */');
  });
});
