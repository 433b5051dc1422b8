import { expect, test } from 'vitest';
import { shellFacts } from '../../src/facts/index.js';
import { normalCommand } from '../../src/facts/shell-normal-command.js';
import { corpusCommands } from '../packs/corpus.js';

test.each<[string, string | undefined]>([
  ['rm -r', 'rm -r'],
  ['rm -R', 'rm -r'],
  ['rm --recursive', 'rm -r'],
  ['git push -f', 'git push --force'],
  ['git push  --force', 'git push --force'],
  ['git remote rm', 'git remote remove'],
  ['curl --proxy', 'curl -x'],
  ['pnpm add --global', 'pnpm install --global'],
  ['pip3 install', 'pip install'],
  ['tofu destroy', 'terraform destroy'],
  ['psql drop', 'psql drop'],
  ['psql drop table', 'psql drop table'],
  ['chmod 777', 'chmod 777'],
  ['unknown --flag', 'unknown --flag'],
  ['rm -rf', undefined],
  ['rm -r -f', undefined],
])('%s is %s in the facts', (text, normal) => {
  expect(normalCommand(text)).toBe(normal);
});

test('a normal form comes from the command that it spells, or from the statement that it names', () => {
  const place = { cwd: '/', workspace: '/', home: '/' };
  const entries = new Set(corpusCommands().flatMap((command) => shellFacts(command, place).commands));
  const normal = [...entries].filter((entry) => normalCommand(entry) === entry);
  expect(normal.length).toBeGreaterThan(7000);
  const others = normal.filter((entry) => {
    const [program = '', ...rest] = entry.split(' ');
    const commands = [entry, `echo '${rest.join(' ')}' | ${program}`];
    return !commands.some((command) => shellFacts(command, place).commands.includes(entry));
  });
  // Only `--preview-only=false` leaves the flag there.
  expect(others).toEqual(['pulumi up --preview-only']);
});
