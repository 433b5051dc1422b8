import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ledgerFolder } from '../ledger/ledger-folder.js';

// What the README shows of guards, approvals and the ledger, pasted into the folder that `deodar init` writes. Uses the
// built package; `npm test` builds it first.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const { folder } = ledgerFolder();

function run(...args: readonly string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync(process.execPath, args, { cwd: folder(), encoding: 'utf8' });
}

const deodar = (line: string) => run(join(ROOT, 'dist/cli/bin.js'), ...line.split(' ').slice(2));

/** The code blocks of a language under a heading. */
function blocks(heading: string, language: string): readonly string[] {
  const section = README.split(`### ${heading}\n`)[1]?.split(/\n##/)[0] ?? '';
  return [...section.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '');
}

it('runs as the README shows it', () => {
  mkdirSync(join(folder(), 'node_modules'));
  symlinkSync(ROOT, join(folder(), 'node_modules/deodar'), 'dir');
  expect(deodar('npx deodar init').status).toBe(0);
  const [inside = ''] = blocks('Inside your agent', 'js');
  const [approvals = ''] = blocks('Approvals and the ledger', 'js');
  writeFileSync(join(folder(), 'inside.mjs'), inside);
  writeFileSync(join(folder(), 'approvals.mjs'), approvals);
  expect(run('inside.mjs')).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringContaining('Action blocked: '),
  });
  const { status, stdout, stderr } = run('approvals.mjs');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /: may shell run with \{"command":"rm -rf build"\}\? Needs approval.*\nran rm -rf build\nTool blocked: /,
  );
  const [commands = ''] = blocks('Approvals and the ledger', 'sh');
  const lines = commands.trim().split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines)
    expect([line, deodar(line).status, deodar(line).stderr.includes('error')]).toEqual([line, 0, false]);
});
