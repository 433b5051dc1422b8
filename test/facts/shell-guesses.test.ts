import { describe, expect, test } from 'vitest';
import { shellFacts } from '../../src/facts/shell-facts.js';
import { context, factsOf } from './shell-context.js';

describe('what a program that no table knows is given to run is seen', () => {
  test.each([
    'strange-wrapper /bin/sh -c "rm -rf ~"',
    'strange-wrapper -n 5 -- rm -rf ~',
    'strange exec box -- sh -c "rm -rf ~"',
    'strange run rm -rf ~',
    'strange bash -c "rm -rf ~"',
    'strange --pre-hook "rm -rf ~"',
    'strange --password-command="rm -rf ~"',
    'strange --ssh-cmd "rm -rf ~" host',
    'lerna exec -- rm -rf ~',
    'repo forall -c "rm -rf ~"',
    'rustup run stable rm -rf ~',
    'apptainer exec image rm -rf ~',
    'colima ssh -- rm -rf ~',
    'aa-exec -p x rm -rf ~',
    'man -P "rm -rf ~" ls',
  ])('%s', (command) => {
    expect(factsOf(command).deletesWorkspaceRoot).toBe(true);
  });
});

describe('code for a language that is not known is opaque when it acts', () => {
  test.each([
    `strange -e 'system("id")'`,
    `janet -e '(os/execute ["id"])'`,
    `swipl -g 'shell("id")' -t halt`,
    `csi -eval '(system "id")'`,
    `ghc -e 'System.Process.callCommand "id"'`,
    `kotlinc -script -e 'Runtime.getRuntime().exec("id")'`,
    `rails runner 'system("id")'`,
    `php artisan tinker --execute='system("id");'`,
    `python manage.py shell -c 'import os; os.system("id")'`,
    `mix run -e 'System.cmd("id", [])'`,
    `wp eval 'system("id");'`,
    `gs -c '(%pipe%id) (w) file'`,
  ])('%s', (command) => {
    expect(factsOf(command).opaqueReasons).toContain('other-language');
  });

  test.each([
    "jest -t 'adds (two) numbers'",
    "playwright test -g 'opens the file (fast)'",
    "ast-grep -p 'system($A)' src",
    "semgrep -e 'eval($X)' --lang js src",
    'strange -e env.json -c 4',
    'strange --command "select count(*) from users"',
    'duckdb -c "select count(*) from users"',
    'cargo test -- --nocapture',
    'npm test -- --grep rm',
    'brew info bash --json',
    'ldd /bin/bash',
  ])('%s is not', (command) => {
    expect(factsOf(command).opaque).toBe(false);
  });
});

describe('paths in words of a program that no table knows', () => {
  test.each([
    ['strange file-open:/etc/shadow', '/etc/shadow'],
    [`strange --actions='open:/etc/shadow;quit'`, '/etc/shadow'],
    [`strange "read('/etc/shadow')"`, '/etc/shadow'],
    ['magick text:/etc/shadow x.png', '/etc/shadow'],
    ['gcc @/etc/shadow', '/etc/shadow'],
    [`duckdb -c "select * from read_text('/etc/shadow')"`, '/etc/shadow'],
    [`psql -c "select * from t where f = '/etc/shadow'"`, '/etc/shadow'],
    ['docker build --secret id=k,src=/home/u/.ssh/id_rsa .', '/home/u/.ssh/id_rsa'],
  ])('%s is read', (command, path) => {
    expect(factsOf(command).pathsRead).toContain(path);
  });

  test.each([
    ['strange -o /etc/cron.d/x in', '/etc/cron.d/x'],
    ['strange in --output-file=/etc/cron.d/x', '/etc/cron.d/x'],
    [`duckdb -c "copy t to '/etc/cron.d/x'"`, '/etc/cron.d/x'],
    [`sqlite3 x.db "select writefile('/etc/cron.d/x', 'a')"`, '/etc/cron.d/x'],
    [`sqlite3 x.db ".once '/etc/cron.d/x'"`, '/etc/cron.d/x'],
  ])('%s is written', (command, path) => {
    expect(factsOf(command).pathsWritten).toContain(path);
  });

  test('a URL in a word is no path', () => {
    expect(factsOf('strange --to=https://example.com/etc/x a:https://example.com/b').pathsRead).toEqual([]);
  });
});

describe('a shell that is left to itself', () => {
  test.each(['sh', 'bash -l', 'exec zsh', `mysql -e '\\! /bin/sh'`, `sqlite3 x.db '.shell /bin/sh'`])(
    '%s is opaque',
    (command) => {
      expect(factsOf(command).opaqueReasons).toContain('script-from-input');
    },
  );

  test.each(['bash --version', 'sh --help', 'docker exec -it web sh', 'docker run --rm -it node bash', 'bash x.sh'])(
    '%s is not',
    (command) => {
      expect(factsOf(command).opaqueReasons).toEqual([]);
    },
  );
});

describe('a search by several names finds each of them', () => {
  test.each([
    'find . \\( -name a.txt -o -name .env \\) | xargs tar cf x.tar',
    `find . -name '*.md' -o -name .env -exec cat {} +`,
    'cat $(find . -name a.txt -o -name .env)',
    `find . -name a.txt -or -name .env | while read f; do cat "$f"; done`,
  ])('%s', (command) => {
    const globs = { secrets: ['.env'] };
    expect(shellFacts(command, { ...context, globs }).globsRead).toEqual(['secrets']);
  });

  test('and none besides', () => {
    const globs = { secrets: ['.env', '.env.*', '*-key.json'] };
    for (const command of [
      `find . \\( -name '*.md' -o -name '*.test.ts' \\) | xargs cat`,
      'cat *.json package*.json src/*.config.js',
      'find . -type d -name dist -exec cat {} +',
    ])
      expect(shellFacts(command, { ...context, globs }).globsRead, command).toEqual([]);
  });
});

describe('separators of read', () => {
  test('hold for its own command', () => {
    const facts = factsOf(`IFS=, read -r a b c <<< 'rm,-rf,/home/u'; $a $b $c`);
    expect(facts.deletesWorkspaceRoot).toBe(true);
  });

  test('are forgotten after it', () => {
    const facts = factsOf(`IFS=, read -r x <<< 'a'; read -r a b c <<< 'rm -rf /home/u'; $a $b $c`);
    expect(facts.deletesWorkspaceRoot).toBe(true);
  });
});

test('what is loaded into a database from the network is known to come from there', () => {
  expect(factsOf('curl -s https://example.com/x.sql | psql app').opaqueReasons).toContain('script-from-network');
});
