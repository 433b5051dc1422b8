import { describe, expect, test } from 'vitest';
import { shellFacts } from '../../src/facts/shell-facts.js';
import { madeStatements } from '../../src/facts/sql-making.js';
import { factsOf } from './shell-context.js';

describe('settings that a known program prints for a shell', () => {
  test.each([
    'eval "$(fnm env --shell bash)" && node -v',
    'eval "$(rbenv init - bash)"',
    'eval $(opam env)',
    'eval "$(conda shell.bash hook)"',
    'eval "$(/opt/homebrew/bin/brew shellenv)"',
    'eval "$(perl -I/home/u/perl5/lib/perl5 -Mlocal::lib)"',
    'source <(kubectl completion bash)',
  ])('%s is nothing to be seen', (command) => {
    expect(factsOf(command)).toMatchObject({ opaque: false, pipesToInterpreter: false });
  });

  test.each([
    'eval "$(fnm exec cat x)"',
    'eval "$(fnm env $X)"',
    'eval "$(./fnm env)"',
    'eval "$(/tmp/fnm env)"',
    'fnm() { cat x; }; eval "$(fnm env)"',
    'eval "$(fnm env | sed s/a/b/)"',
    'eval "$(fnm env; cat x)"',
    'eval "x$(fnm env)"',
    'eval "$(perl -I./lib -Mlocal::lib)"',
    'source <(fnm exec cat x)',
  ])('%s is', (command) => {
    expect(factsOf(command).opaque || factsOf(command).pipesToInterpreter).toBe(true);
  });
});

describe('statements that a query makes', () => {
  test.each([
    ["select format('drop table %I.%I cascade;', a, b) from t", 'drop table'],
    ["select concat('TRUNCATE ', name, ';') from t", 'TRUNCATE'],
    ["select 'dr' || 'op table ' || name from t", 'drop table'],
  ])('%s', (query, start) => {
    expect(madeStatements(query)).toMatch(new RegExp(`^${start}`));
  });

  test.each(["select 'dropped' as state", 'select count(*) from t', "update t set a = 'drop table x'"])(
    '%s makes none',
    (query) => {
      expect(madeStatements(query)).toBeUndefined();
    },
  );

  test.each([
    `psql -Atc "select 'drop table '||t||';' from x" | psql`,
    `psql -Atc "select 'drop table '||t||';' from x" > a.sql; psql -f a.sql`,
    `psql -c "$(psql -Atc "select 'drop table '||t||';' from x")"`,
    `psql -Atc "select 'drop table '||t from x" | sort | psql`,
  ])('%s runs them', (command) => {
    expect(factsOf(command).commands).toContain('psql drop table');
  });
});

describe('devices that a program prints', () => {
  const isDevice = (command: string): boolean =>
    shellFacts(command, {
      cwd: '/w',
      workspace: '/w',
      home: '/h',
      globs: { devices: ['/dev/**'] },
    }).globsWritten.includes('devices');

  test.each([
    'cp a.img "$(lsblk -ndpo NAME | head -1)"',
    'D=$(findmnt -no SOURCE /); cat a.iso > "$D"',
    `D=$(df / | awk 'END{print $1}'); tee "$D" < a.iso`,
    'dd if=a of="$(blkid -L data)"',
  ])('%s writes one', (command) => {
    expect(isDevice(command)).toBe(true);
  });

  test.each(['dd if=a of="$(mktemp)"', 'echo "$(df -h)" >> build.log', 'lsblk -f > disks.txt'])(
    '%s writes none',
    (command) => {
      expect(isDevice(command)).toBe(false);
    },
  );

  test.each([
    ['dd if=/dev/zero of="$(some-program)"', true],
    ['dd if=/dev/zero of="$X"', true],
    ['cp /dev/zero "$X"', true],
    ['dd if=/dev/zero of=./a.img', false],
    ['dd if=/dev/zero of="$(mktemp)"', false],
    ['cp a "$X"', false],
  ])('%s overwrites what nobody knows: %s', (command, expected) => {
    expect(factsOf(command).effects.includes('overwrite-unknown')).toBe(expected);
  });
});

describe('words of digits in a path', () => {
  test.each([
    'ts=$(date +%Y%m%d%H%M%S); cat x > "a/${ts}_key.txt"',
    'cat x > "a/$(git rev-parse --short HEAD).env.txt"',
    'touch "a/$(uuidgen).log"',
  ])('%s writes no secrets', (command) => {
    expect(factsOf(command).globsWritten).toEqual([]);
  });

  test.each(['cat x > ".env$(date +%s)"', 'cat x > "id_rsa$(date +%s)"', 'cat x > "$(date +%s).pem"'])(
    '%s may',
    (command) => {
      expect(factsOf(command).globsWritten).toContain('secrets');
    },
  );
});

describe('a work tree that the command makes beside the workspace', () => {
  test.each([
    ['git worktree add ../review main; touch ../review/a', false],
    ['git worktree add ../review main; touch ../other/a', true],
    ['git worktree add --force ../review main; touch ../review/a', true],
    ['git worktree add /tmp/review main; touch /opt/review/a', true],
  ])('%s writes outside: %s', (command, expected) => {
    expect(factsOf(command).writesOutsideWorkspace).toBe(expected);
  });

  test('is not its own to delete', () => {
    expect(factsOf('rm -rf ../review; git worktree add ../review').deletesOutsideWorkspace).toBe(true);
  });
});

describe('archives', () => {
  test.each([
    '7z x a.7z -o/etc -y',
    'jar xf a.jar -C /etc',
    'cd /etc && pax -r -f a.pax',
    'python3 -m zipfile -e a.zip /etc',
    'tar -C /etc -xf a.tar',
  ])('%s is unpacked there', (command) => {
    expect(factsOf(command).pathsWritten).toContain('/etc');
  });
});

describe('refs of a push that another command prints', () => {
  test.each([
    "git for-each-ref --format='%(refname)' | sed 's/^/:/' | xargs git push origin",
    'git ls-remote origin | parallel git push origin',
  ])('%s may hold anything', (command) => {
    expect(factsOf(command).opaqueReasons).toContain('unknown-flags');
  });

  test('a format that deletes is seen', () => {
    expect(factsOf("git push origin $(git for-each-ref --format=':%(refname)')").commands).toContain(
      'git push --delete',
    );
    expect(factsOf("git push origin $(git for-each-ref --format='%(refname)')").commands).not.toContain(
      'git push --delete',
    );
  });
});
