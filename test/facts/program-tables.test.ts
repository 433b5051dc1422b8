import { describe, expect, it } from 'vitest';
import { programNamed, programNames } from '../../src/facts/program-tables.js';
import type { Program } from '../../src/facts/programs-program.js';

/** Subcommands that stand for another one, as `path: name`, where that other one is missing or no program of its own. */
function danglingNames(program: Program, path: string): readonly string[] {
  const { subcommands = {} } = program;
  return Object.entries(subcommands).flatMap(([name, each]) => {
    if (typeof each !== 'string') return danglingNames(each, `${path} ${name}`);
    const meant = Object.hasOwn(subcommands, each) ? subcommands[each] : undefined;
    return typeof meant === 'object' ? [] : [`${path} ${name}: ${each}`];
  });
}

describe('the tables of programs', () => {
  it.each(programNames())('%s: each other name of a subcommand stands for one that is there', (name) => {
    expect(danglingNames(programNamed(name) ?? {}, name)).toEqual([]);
  });

  it('are data that JSON can hold, which the build relies on', () => {
    for (const name of programNames())
      expect(JSON.parse(JSON.stringify(programNamed(name)))).toEqual(programNamed(name));
  });
});
