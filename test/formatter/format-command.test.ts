import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../support/terminal.js';

const UGLY = 'permit(principal,action,resource) ; // all\n';
const NEAT = 'permit (principal, action, resource); // all\n';
const WRONG = 'permit (principal, action);\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deodar-format-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const format = (args: readonly string[], stdin = '') => runCli(folder, ['format', ...args], stdin);

describe('deodar format', () => {
  it.each([[[]], [['-']], [['-p', '-']]])('formats standard input with the arguments %j', async (args) => {
    expect(await format(args, UGLY)).toEqual({ code: 0, out: NEAT, err: '' });
  });

  it('prints one file and leaves it alone', async () => {
    write({ 'a.cedar': UGLY });
    expect(await format(['a.cedar'])).toEqual({ code: 0, out: NEAT, err: '' });
    expect(await format(['--policies', 'a.cedar'])).toEqual({ code: 0, out: NEAT, err: '' });
    expect(read('a.cedar')).toBe(UGLY);
  });

  it('takes the widths', async () => {
    const text = 'permit(principal,action in [Action::"a",Action::"b"],resource);';
    const { out } = await format(['-l', '20', '-i', '4'], text);
    expect(out).toBe(
      'permit (\n    principal,\n    action in\n        [Action::"a",\n         Action::"b"],\n    resource\n);\n',
    );
    expect((await format(['--line-width=20', '--indent-width=4'], text)).out).toBe(out);
  });

  it('does not print several files as one', async () => {
    write({ 'a.cedar': UGLY, 'b.cedar': UGLY });
    const { code, out, err } = await format(['.']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('2 files cannot be printed as one: use --write or --check');
  });

  it('writes the files back that change, and only those', async () => {
    write({ 'a.cedar': UGLY, 'sub/b.cedar': UGLY, 'c.cedar': NEAT, 'd.txt': UGLY });
    const before = statSync(join(folder, 'c.cedar')).mtimeMs;
    expect(await format(['--write', '.'])).toEqual({
      code: 0,
      out: 'a.cedar\nsub/b.cedar\n',
      err: '2 files of 3 changed\n',
    });
    expect(['a.cedar', 'sub/b.cedar', 'c.cedar', 'd.txt'].map(read)).toEqual([NEAT, NEAT, NEAT, UGLY]);
    expect(statSync(join(folder, 'c.cedar')).mtimeMs).toBe(before);
    expect(await format(['-w', '*.cedar'])).toEqual({ code: 0, out: '', err: '0 files of 2 changed\n' });
  });

  it.each(['--write', '--check'])('%s does nothing when any file has errors', async (option) => {
    write({ 'a.cedar': UGLY, 'b.cedar': WRONG });
    const { code, out, err } = await format([option, '.']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^b\.cedar:1:\d+: error\[/);
    expect(read('a.cedar')).toBe(UGLY);
  });

  it('lists with --check the files that would change', async () => {
    write({ 'a.cedar': UGLY, 'b.cedar': NEAT });
    expect(await format(['--check', '.'])).toEqual({ code: 1, out: 'a.cedar\n', err: '1 file of 2 not formatted\n' });
    expect(read('a.cedar')).toBe(UGLY);
    expect(await format(['-c', 'b.cedar'])).toEqual({ code: 0, out: '', err: '' });
    expect(await format(['-c'], UGLY)).toEqual({ code: 1, out: '<stdin>\n', err: '1 file of 1 not formatted\n' });
    expect(await format(['-c'], NEAT)).toEqual({ code: 0, out: '', err: '' });
  });

  it('reports errors of standard input with their place', async () => {
    const { code, out, err } = await format([], WRONG);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^<stdin>:1:\d+: error\[/);
  });

  it.each([
    [['--write'], '--write needs files'],
    [['--write', '-'], '--write needs files'],
    [['--write', '--check', 'a.cedar'], '--write and --check exclude each other'],
    [['--line-width', 'wide'], '--line-width takes a number from 0 to 10000, not "wide"'],
    [['--indent-width', '10001'], '--indent-width takes a number from 0 to 10000, not "10001"'],
    [['missing.cedar'], 'missing.cedar: error[file-not-found]'],
  ])('refuses %j', async (args, message) => {
    const { code, out, err } = await format(args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(message);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'reports a file that cannot be written',
    async () => {
      write({ 'a.cedar': UGLY });
      chmodSync(join(folder, 'a.cedar'), 0o444);
      const { code, err } = await format(['-w', 'a.cedar']);
      expect(code).toBe(1);
      expect(err).toContain('a.cedar: error[file-unwritable]');
    },
  );
});
