import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('numbers that local programs count', () => {
  test.each([
    'a=$(du -sb src | cut -f1); echo $((a + 1))',
    `n=$(wc -l < a.txt | tr -d ' '); echo $((n * 2))`,
    `m=$(free -m | awk '/Mem:/ {print $2}'); echo $((m / 2))`,
    `n=$(jq -r '.items | length' a.json); echo $((n + 1))`,
    `t=$(awk '{ s += $1 } END { print s }' a.txt); echo $((t / 2))`,
    `r=$(awk '/VmRSS/ {print $2}' /proc/self/status); echo $((r / 1024))`,
    `seq 8 | xargs -P 8 -I{} sh -c './bin/import --batch {} >> import.out'`,
    `seq 8 | parallel 'node run.js --seed {} > out-{}.json'`,
  ])('%s evaluates nothing else', (command) => {
    expect(factsOf(command).opaqueReasons).toEqual([]);
  });

  test.each([
    'n=$(curl -s https://example.com/n | cut -d: -f2); echo $((n + 1))',
    'n=$(cat notes.txt | cut -d: -f2); echo $((n + 1))',
    `n=$(du -s . | sed 's/.*/a[$(id)]/'); echo $((n + 1))`,
    `n=$(du -s . | awk '{ print "a[" "$(id)]" }'); echo $((n + 1))`,
    `n=$(date +'a[$(id)]' | cut -c1-); echo $((n + 1))`,
    `seq -f 'rm -rf /%g' 3 | xargs -I{} sh -c '{}'`,
    `cat list | xargs -I{} sh -c '{}'`,
  ])('%s may evaluate anything', (command) => {
    expect(factsOf(command).opaque).toBe(true);
  });

  test('a folder that the script had made may be the repository of a command, another temporary one may not', () => {
    const made = 'd=$(mktemp -d); git init -q "$d"; GIT_DIR="$d/.git" node a.js';
    expect(factsOf(made).opaqueReasons).not.toContain('preloaded-code');
    expect(factsOf('GIT_DIR=/tmp/x/.git node a.js').opaqueReasons).toContain('preloaded-code');
  });

  test.each(['install -m u=rwxs,go=rx a b', 'install --mode=u=rwx,+s a b', 'chmod u=rwxs,go=rx b', 'chmod 04711 b'])(
    '%s lets a program run as its owner',
    (command) => {
      expect(factsOf(command).operands.some((word) => word.endsWith(' u+s'))).toBe(true);
    },
  );
});
