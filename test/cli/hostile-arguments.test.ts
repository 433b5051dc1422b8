import { mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { type Run, runCli } from '../support/terminal.js';
import { useWorkFolder } from '../support/work-folder.js';

const { path, write, run } = useWorkFolder();

const BINARY = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256);

beforeEach(() => {
  write({
    'good.cedar': '@id("a") permit (principal, action, resource);',
    'binary.cedar': BINARY,
    'empty.cedar': '',
    'nul.cedar': '\0permit\0(\0',
    'agent.json': { id: 'a', tools: [] },
    'request.json': { principal: 'A::"a"', action: 'A::"a"', resource: 'A::"a"', context: {} },
    'x.test.json': [],
  });
  mkdirSync(path('folder.cedar'));
});

/** Clean means: a known exit code, and words instead of a stack or the name of an internal error. */
function expectClean({ code, out, err }: Run): void {
  expect([0, 1, 2, 3]).toContain(code);
  expect(`${out}${err}`).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(err).not.toContain('internal error');
  if (code === 1) expect(err + out).not.toBe('');
}

const NAMES = COMMANDS.map(({ name }) => name).filter((name) => name !== 'init');
const WRONG_FILES = [
  'nope.cedar',
  'folder.cedar',
  'binary.cedar',
  'empty.cedar',
  'nul.cedar',
  '',
  '\0',
  'good.cedar/x',
  `${'x'.repeat(5000)}.cedar`,
  '**/{',
  '/dev/null',
];

describe.each(NAMES)('deodar %s', (name) => {
  it('ends with words for every file that is none, wherever a file is named', async () => {
    const command = await COMMANDS.find((entry) => entry.name === name)?.load();
    const options = Object.entries(command?.options ?? {}).filter(([, { type }]) => type === 'string');
    for (const file of WRONG_FILES) {
      expectClean(await run(name, file));
      for (const [option] of options) expectClean(await run(name, `--${option}=${file}`, 'good.cedar'));
    }
  });

  it('ends with words for unknown, incomplete and repeated options', async () => {
    for (const args of [
      ['--nope'],
      ['-Z'],
      ['--'],
      ['---'],
      ['--help=x'],
      ['--json=1'],
      ['--format'],
      ['--format='],
      ['--__proto__'],
      ['--constructor=1'],
    ]) {
      const result = await run(name, ...args);
      expectClean(result);
      if (args[0] !== '--') expect(result.code).toBe(COMMANDS.find((each) => each.name === name)?.failure ?? 1);
    }
    expect((await run(name, '--formt', 'json')).err).toContain('did you mean --format?');
    expect((await run(name, '--format', 'json', '--format', 'json')).err).toContain('--format is given twice');
  });

  it.each([
    ['nothing', ''],
    ['bytes that are no text', BINARY],
    ['NUL', '\0'],
    ['half a policy', 'permit ('],
  ])('ends with words for %s on standard input', async (_what, stdin) => {
    expectClean(await runCli(path(), [name], stdin));
    expectClean(await runCli(path(), [name, '-'], stdin));
    expectClean(await runCli(path(), [name, '-', '-p', '-', '--entities', '-'], stdin));
  });
});

describe('the command line', () => {
  it('never breaks, whatever the arguments', async () => {
    const words = fc.constantFrom(
      ...NAMES,
      '-',
      '--',
      '-p',
      '-s',
      '-k',
      '--schema',
      '--policies',
      '--entities',
      '--agent',
      '--format',
      'sarif',
      'json',
      'github',
      '--json',
      '--level',
      '1',
      '-a',
      '-l',
      '-r',
      'A::"a"',
      '--direction',
      'cedar-to-json',
      'json-to-cedar',
      '--expression',
      '1 + 1',
      '--template-id',
      'a',
      '-n',
      'good.cedar',
      'agent.json',
      'request.json',
      '--request-json',
      '--tests',
      'x.test.json',
      '.',
      '*.cedar',
      'help',
    );
    // Nothing outside of the folder: a path to the root would search the whole disk.
    const elsewhere = fc.string({ unit: 'binary' }).filter((text) => !/[./\\]/.test(text));
    const args = fc.array(fc.oneof({ weight: 8, arbitrary: words }, elsewhere), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMES), args, fc.string(), async (name, rest, stdin) => {
        expectClean(await runCli(path(), [name, ...rest], stdin));
      }),
      { numRuns: Number(process.env['DEODAR_RUNS'] ?? 300) },
    );
  });

  it('answers -v, -V, --version, help and what it does not know', async () => {
    for (const flag of ['-v', '-V', '--version']) expect((await run(flag)).out).toMatch(/^deodar \d/);
    expect((await run('help')).out).toBe((await run('--help')).out);
    expect((await run('help', 'check')).out).toBe((await run('check', '--help')).out);
    expect((await run('help', 'chek')).err).toContain('did you mean `deodar check`?');
    expect((await run('__proto__')).code).toBe(1);
  });

  it('takes a value that looks like an option only when it is joined to its option', async () => {
    expect((await run('check', '--schema', '--json')).err).toContain(
      '--schema needs a value; if --json is meant to be it, write --schema=--json',
    );
    expect((await run('check', 'good.cedar', '--schema=--json')).err).toContain('--json: error[file-not-found]');
    expect((await run('check', '-s')).err).toContain('-s needs a value');
  });
});
