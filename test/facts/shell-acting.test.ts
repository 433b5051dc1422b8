import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('one command that does something', () => {
  test.each([
    '',
    'git clean -n',
    'cd app && git push --dry-run 2>&1 | head -5',
    'env | grep NODE | sort | uniq -c',
    'sudo env X=1 timeout 5 git clean -n',
    'command git clean -n',
    'eval "git clean -n"',
    'sh -c "git clean -n"',
    'kubectl exec web -- node --version',
    'uv run python manage.py flush',
    'NODE_ENV=test npx prisma migrate reset',
    'export X=1; git clean -n',
    'set -euo pipefail; declare -x A=1; git clean -n',
    'git status --short && git clean -n',
    'until nc -z localhost 5432; do sleep 1; done',
    'for i in 1 2; do git clean -n; done',
    'echo a | xargs git clean | cat',
    'node --version; git clean -n',
    'git clean -n > list.txt',
  ])('is %s', (command) => {
    expect(factsOf(command).single).toBe(true);
  });

  test.each([
    'git clean -n; git clean -f',
    'git clean -n; git clean -n',
    'git clean -n | xargs rm',
    'git clean -n | cat .env',
    'git clean -n | cat < .env',
    'git clean -n | sort -o x',
    'git clean -n | grep -f x',
    'git clean -n | tee x',
    'git clean -n; $X',
    'git clean -n; declare -p A',
    'git clean -n; ruby -v x.rb',
    'git clean -n; npm version major',
    'git clean -n && echo $(rm x)',
    'sh -c "a; b"',
    'find . -exec a \\; -exec b \\;',
    'f() { git clean -n; }; f',
    'env | grep A; export -p',
    'env | grep A; set',
    'env | jq -n env',
    'kubectl exec web -- sh -c "kubectl delete x; y --dry-run"',
    'for i in a b; do git clean -n $i; done',
  ])('is not %s', (command) => {
    expect(factsOf(command).single).toBe(false);
  });
});
