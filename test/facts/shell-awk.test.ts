import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('awk programs', () => {
  test.each([
    `awk '{ printf "%s", (NR>1 ? "," : "") }' a.csv`,
    `awk '{ print ($1 > $2 ? "up" : "down") }' a.csv`,
    `awk '{ print $1 | "sort -u | head" }' a.txt`,
    `awk 'BEGIN { while (("git log --format=%h" | getline h) > 0) n++; print n }'`,
    `awk '{ print > ("split/" $1 ".txt") }' a.txt`,
  ])('%s does nothing that its text does not name', (command) => {
    expect(factsOf(command).opaqueReasons).toEqual([]);
  });

  test.each([
    `awk '{ print $1 | "sh" }' a`,
    `awk '{ print > $1 }' a`,
    `awk 'BEGIN { x = "rm"; x " -rf /" | getline }'`,
    `awk 'BEGIN { "sort | sh" | getline }'`,
    `awk 'BEGIN { system("id") }'`,
    `awk 'BEGIN { while ((getline line < ARGV[1]) > 0) print line }' a`,
  ])('%s runs or opens what it does not name', (command) => {
    expect(factsOf(command).opaqueReasons).toContain('other-language');
  });

  test('files are written and read under the names that the program gives them', () => {
    expect(factsOf(`awk '{ print $1 > "/etc/hosts" }' a`).pathsWritten).toEqual(['/etc/hosts']);
    expect(factsOf(`awk 'BEGIN { while ((getline l < "/etc/shadow") > 0) print l }'`).pathsRead).toContain(
      '/etc/shadow',
    );
    expect(factsOf(`awk 'BEGIN { "cat /etc/shadow" | getline x; print x }'`).pathsRead).toContain('/etc/shadow');
  });
});
