import { type ChildProcess, spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { useWorkFolder } from '../support/work-folder.js';

// With the command as it is installed, in a process of its own. `npm test` builds it first.

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
const { path, write, run } = useWorkFolder();

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
});

/**
 * Starts a command and gives what it has written since the last look, when some texts have come. Results and messages
 * come by two pipes, of which either may be the later one: who waits for both names a text of each.
 */
function start(...args: string[]): (...texts: string[]) => Promise<string> {
  const started = spawn(process.execPath, [BIN, ...args], { cwd: path(), stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  let seen = '';
  let wake = (): void => {};
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      wake();
    });
  return async (...texts) => {
    while (!texts.every((text) => seen.includes(text))) {
      await new Promise<void>((proceed) => {
        wake = proceed;
      });
    }
    const all = seen;
    seen = '';
    return all;
  };
}

const GOOD = 'permit (principal, action, resource);\n';
const WATCHING = 'watching for changes';

describe('--watch', () => {
  it('checks again after each change, also of files that are new, renamed or in new folders', async () => {
    write({ 'policies/a.cedar': GOOD });
    const until = start('check', 'policies', '--watch');
    await until(WATCHING, '1 file, 1 policy, no errors');
    write({ 'policies/a.cedar': 'permit' });
    await until(WATCHING, 'policies/a.cedar:1:7: error[');
    write({ 'policies/.a.tmp': GOOD + GOOD });
    renameSync(path('policies/.a.tmp'), path('policies/a.cedar'));
    await until(WATCHING, '1 file, 2 policies, no errors');
    write({ 'policies/sub/b.cedar': GOOD });
    await until(WATCHING, '2 files, 3 policies, no errors');
    write({ 'policies/sub/b.cedar': GOOD + GOOD });
    expect(await until(WATCHING, '2 files, 4 policies, no errors')).not.toContain('error[');
  });

  it('validates again when the schema changes, and writes no control sequences into pipes', async () => {
    write({ 'p.cedar': GOOD, 's.cedarschema': 'entity A; action a appliesTo { principal: A, resource: A };' });
    const until = start('validate', 'p.cedar', '--watch');
    const first = await until(WATCHING, 'valid for s.cedarschema');
    write({ 's.cedarschema': 'entity' });
    const second = await until(WATCHING, 's.cedarschema:1:7: error[');
    expect(second).not.toContain('valid for');
    expect(first + second).not.toContain('\u001b');
  });

  it('judges a session again when a policy or an event changes', async () => {
    const event = { stage: 'PRE_MODEL', role: 'user', content: { text: 'hello' } };
    write({
      'agent.json': { id: 'a' },
      'p.cedar': '@id("x") permit (principal, action, resource);',
      'events.jsonl': `${JSON.stringify(event)}\n`,
    });
    const until = start('adjudicate', '--agent', 'agent.json', '-p', 'p.cedar', '--watch', 'events.jsonl');
    await until(WATCHING, '1 event: 1 ALLOW');
    write({ 'p.cedar': '@id("x") permit (principal, action == Action::"completion", resource);' });
    await until(WATCHING, '0 ALLOW, 1 DENY');
    write({ 'events.jsonl': `${JSON.stringify(event)}\n${JSON.stringify(event)}\n` });
    await until(WATCHING, '2 events: 0 ALLOW, 2 DENY');
  });

  it('ends when the command is called wrongly', async () => {
    write({ 'p.cedar': GOOD });
    const until = start('validate', 'p.cedar', '--watch', '--level', 'x');
    const ended = new Promise((proceed) => child?.on('exit', proceed));
    expect(await until('See `deodar validate --help`')).toContain('--level takes a number');
    expect(await ended).toBe(1);
  });

  it('is refused for standard input, and where there is nothing to watch', async () => {
    expect((await run('validate', '--watch')).err).toContain('--watch needs files');
    expect((await run('adjudicate', '--agent', 'a', '-p', 'p', '--watch')).err).toContain('--watch needs files');
    expect((await run('format', '--watch')).err).toContain('there is no option --watch');
  });
});
