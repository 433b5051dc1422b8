import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';
import { dailyCommands } from './shell-daily.js';
import { opaqueCommands, rootDeletions, secretReads } from './shell-evasions.js';

describe('deleting everything is seen however it is written', () => {
  test.each(rootDeletions)('%s', (command) => {
    expect(factsOf(command).deletesWorkspaceRoot).toBe(true);
  });
});

describe('what cannot be known is opaque and says why', () => {
  test.each(opaqueCommands)('%s', (command, reason) => {
    const facts = factsOf(command);
    expect(facts.opaque).toBe(true);
    expect(facts.opaqueReasons).toContain(reason);
  });
});

describe('reading a secret is seen however it is written', () => {
  test.each(secretReads)('%s', (command) => {
    expect(factsOf(command).globsRead).toContain('secrets');
  });
});

describe('daily commands look harmless', () => {
  test.each(dailyCommands)('%s', (command) => {
    const facts = factsOf(command);
    expect({
      opaqueReasons: facts.opaqueReasons,
      globs: [...facts.globsRead, ...facts.globsWritten, ...facts.globsDeleted],
      outside: [facts.readsOutsideWorkspace, facts.writesOutsideWorkspace, facts.deletesOutsideWorkspace],
      deletesWorkspaceRoot: facts.deletesWorkspaceRoot,
      pipesToInterpreter: facts.pipesToInterpreter,
      privileged: facts.privileged,
    }).toEqual({
      opaqueReasons: [],
      globs: [],
      outside: [false, false, false],
      deletesWorkspaceRoot: false,
      pipesToInterpreter: false,
      privileged: false,
    });
  });
});
