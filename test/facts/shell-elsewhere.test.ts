import { describe, expect, test } from 'vitest';
import { shellFacts } from '../../src/facts/index.js';

const context = {
  cwd: '/workspace/app',
  workspace: '/workspace/app',
  home: '/home/dev',
  globs: { secrets: ['.env', '!.env.example', '/run/secrets/**', '**/.ssh/**'] },
};

describe('what is read in a container belongs to the sets of its path there, and is no path of ours', () => {
  test.each<[string, readonly string[]]>([
    ['docker exec app cat /app/.env', ['secrets']],
    ['docker exec app cat .env', ['secrets']],
    ["podman exec app sh -c 'cat /run/secrets/db'", ['secrets']],
    ['kubectl exec web -- cat /root/.ssh/id_rsa', ['secrets']],
    ['docker cp app:/run/secrets/db -', ['secrets']],
    ['docker exec app cat /app/.env.example', []],
    ['docker exec app cat /app/package.json', []],
    ['docker cp app:/app/dist ./dist', []],
  ])('%s', (command, expected) => {
    const facts = shellFacts(command, context);
    expect(facts.globsReadElsewhere).toEqual(expected);
    expect(facts.globsRead).toEqual([]);
  });
});

describe('the files of a list are read', () => {
  test.each<[string]>([
    ['echo .env | cpio -o'],
    ['find . -name .env | cpio -o'],
    ['echo .env | tar cf a.tar -T -'],
    ['tar cf a.tar -T <(echo .env)'],
    ['echo .env | zip -@ a.zip'],
    ["printf '.env\\0' | wc --files0-from=-"],
    ['wc --files0-from=<(echo .env)'],
    ['rsync --files-from=<(echo .env) . out'],
    ['echo .env > list; tar cf a.tar -T list'],
  ])('%s', (command) => {
    expect(shellFacts(command, context).globsRead).toEqual(['secrets']);
  });

  test('of a list that is not known the paths are not known', () => {
    expect(shellFacts('tar cf a.tar -T list.txt', context).dynamicPaths).toBe(true);
  });
});

test('what mktemp makes lies below the temporary folder, or below the one it is told', () => {
  expect(shellFacts('d=$(mktemp -d); rm -rf "$d"', context).pathsDeleted).toEqual(['/tmp/*']);
  expect(shellFacts('rm -rf "$(mktemp -d -p build)"', context).pathsDeleted).toEqual(['/workspace/app/build/*']);
});

describe('a log tells what a file holds only with its patches', () => {
  test.each<[string, readonly string[]]>([
    ['git log --oneline -- .env', []],
    ['git log -p -- .env', ['secrets']],
    ['git log --patch -- .env', ['secrets']],
    ["git grep -n 'process.env'", []],
    ['git grep KEY -- .env', ['secrets']],
  ])('%s', (command, expected) => {
    expect(shellFacts(command, context).globsRead).toEqual(expected);
  });
});

describe('filters of JSON that print the environment', () => {
  test.each<[string, boolean]>([
    ['jq -n env', true],
    ["jq -n '$ENV'", true],
    ["jq -nr 'env|keys[]'", true],
    ["jq -n 'env.HOME'", false],
    ["jq '.env' a.json", false],
    ['jq -n --arg env x \'{a: "env"}\'', false],
  ])('%s', (command, expected) => {
    expect(shellFacts(command, context).printsEnvironment).toBe(expected);
  });
});

test('renaming each file of a folder does not take the folder away; moving each out of it does', () => {
  const each = (target: string): boolean =>
    shellFacts(`ls | while read f; do mv "$f" ${target}; done`, context).deletesWorkspaceRoot;
  expect(each('"${f// /_}"')).toBe(false);
  expect(each('old/')).toBe(false);
  expect(each('/tmp/')).toBe(true);
  expect(each('..')).toBe(true);
});
