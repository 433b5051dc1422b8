import { expect, test } from 'vitest';
import { normalCommand } from '../../src/facts/shell-normal-command.js';

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
