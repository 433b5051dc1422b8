import { expect } from 'vitest';
import { type Block, commandsOf, printedBy } from './markdown.js';
import type { PackedProject } from './packed-project.js';

/** Languages of blocks that are run or written; all others are only shown. */
export const RUNNABLE: ReadonlySet<string> = new Set(['cedar', 'cedarschema', 'js', 'sh', 'text', 'ts']);

/**
 * Runs the blocks of a page one after the other, as somebody would who pastes them:
 * - `sh`: each command ends with 0, or as its comment says: `# exits with 1`;
 * - `text` behind `sh`: lines that were printed, in their order;
 * - `js`, `ts`: the file that the first line names is written and run, and prints what the comments behind
 *   `console.log(..)` say; `ts` is checked by the compiler before;
 * - `cedar`, `cedarschema`: written; a policy that names no file is validated for the pack of the coding agent.
 */
export function blockRunner(project: PackedProject): (block: Block) => void {
  let printed = '';
  return (block) => {
    const { language, code, file = '' } = block;
    switch (language) {
      case 'sh':
        printed = runCommands(project, code);
        return;
      case 'text':
        expectLines(printed, code.trimEnd().split('\n'));
        return;
      case 'cedar':
      case 'cedarschema':
        if (file === '') expectValid(project, code);
        else project.write(file, code);
        return;
      case 'ts':
        project.write(file, code);
        expect(project.compile(file)).toMatchObject({ status: 0, stdout: '' });
        expectPrinted(project, file.replace(/ts$/, 'js'), code);
        return;
      case 'js':
        project.write(file, code);
        expectPrinted(project, file, code);
        return;
      default:
        throw new Error(`nothing is known of ${language}`);
    }
  };
}

function runCommands(project: PackedProject, code: string): string {
  let printed = '';
  for (const command of commandsOf(code)) {
    const { status, stdout, stderr } = project.shell(command);
    const expected = Number(/ # exits with (\d)$/.exec(command)?.[1] ?? 0);
    expect({ command, status, stderr }).toMatchObject({ command, status: expected });
    if (expected === 0) expect({ command, stderr }).not.toMatchObject({ stderr: expect.stringContaining('error') });
    printed += stdout + stderr;
  }
  return printed;
}

function expectValid(project: PackedProject, code: string): void {
  project.write('shown.cedar', code);
  const schema = 'node_modules/deodar/policies/coding-agent/schema.cedarschema';
  expect(project.shell(`deodar validate shown.cedar --schema ${schema} && rm shown.cedar`)).toMatchObject({
    status: 0,
  });
}

function expectPrinted(project: PackedProject, file: string, code: string): void {
  const { status, stdout, stderr } = project.node(file);
  expect([status, stderr]).toEqual([0, '']);
  const said = printedBy(code);
  expect(said).toHaveLength(code.split('console.log(').length - 1);
  expectLines(stdout, said);
}

function expectLines(printed: string, lines: readonly string[]): void {
  let rest = printed;
  for (const line of lines) {
    expect(rest).toContain(line);
    rest = rest.slice(rest.indexOf(line) + line.length);
  }
}
