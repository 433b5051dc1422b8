import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// The command as it is installed, in processes of its own. `npm test` builds it first.

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function deodar(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
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
});
