import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// The command as it is installed, in processes of its own. `npm test` builds it first.

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function deodar(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...env },
  });
  return { status, stdout, stderr };
}

describe('the installed command', () => {
  it('answers --help and --version', () => {
    expect(deodar(['--help'])).toMatchObject({ status: 0, stderr: '' });
    expect(deodar(['--version']).stdout).toMatch(/^deodar \d+\.\d+\.\d+\n$/);
  });

  it('exits with 1 for a mistake in a policy from standard input', () => {
    const { status, stderr } = deodar(['check', '-'], 'permit (principal, action, resource)');
    expect(status).toBe(1);
    expect(stderr).toContain('<stdin>:1:37: error[missing-semicolon]');
  });

  it('colours problems when it is told to, and never into a pipe by itself', () => {
    const red = '\u001b[1;31m';
    expect(deodar(['check', '-'], 'permit').stderr).not.toContain('\u001b');
    expect(deodar(['check', '-'], 'permit', { FORCE_COLOR: '1' }).stderr).toContain(red);
    expect(deodar(['check', '-'], 'permit', { FORCE_COLOR: '1', NO_COLOR: '1' }).stderr).not.toContain('\u001b');
  });

  it.skipIf(process.platform === 'win32')('reads what is no ordinary file: pipes, devices, files of a process', () => {
    const policy = 'permit (principal, action, resource);';
    expect(deodar(['check', '/dev/stdin'], policy)).toMatchObject({ status: 0, stderr: '' });
    const command = `echo '${policy}' > "$0/p.cedar"; mkfifo "$0/f.cedar"; cat "$0/p.cedar" > "$0/f.cedar" & "${process.execPath}" "${BIN}" check "$0/f.cedar"`;
    const folder = mkdtempSync(join(tmpdir(), 'deodar-fifo-'));
    const fifo = spawnSync('sh', ['-c', command, folder], { encoding: 'utf8', timeout: 30_000 });
    rmSync(folder, { recursive: true });
    expect(fifo.stdout).toBe('1 file, 1 policy, no errors\n');
  });

  it('judges the session of the coding agent with every event in its place', () => {
    const pack = 'policies/coding-agent';
    const { status, stdout, stderr } = deodar([
      'adjudicate',
      '--agent',
      `${pack}/agent.json`,
      '-p',
      pack,
      `${pack}/session.jsonl`,
    ]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n\d+ events: \d+ ALLOW, \d+ DENY, \d+ ESCALATE\n/);
    expect(stdout).not.toContain('\u001b');
  });

  it('ends quietly when its reader goes away', () => {
    const pack = 'policies/coding-agent';
    const command = `"${process.execPath}" "${BIN}" adjudicate --agent ${pack}/agent.json -p ${pack} ${pack}/session.jsonl | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: ROOT, encoding: 'utf8' });
    expect(stdout).toMatch(/^STEP/);
    expect(stderr).toBe('');
  });

  it('does not end as if it had allowed when nobody reads the answer', () => {
    const request = `-l 'User::"a"' -a 'Action::"b"' -r 'User::"c"'`;
    const command = `(echo 'permit (principal, action, resource);' | "${process.execPath}" "${BIN}" authorize -p - ${request}; echo "ends with $?" >&2) | true`;
    const { stderr } = spawnSync('sh', ['-c', command], { cwd: ROOT, encoding: 'utf8' });
    expect(stderr).toBe('ends with 1\n');
  });
});
