import { describe, expect, it } from 'vitest';
import type { Expr } from '../../src/ast/expression.js';
import { walkExpression } from '../../src/ast/walk.js';
import { normalCommand, type ShellFacts, shellFacts } from '../../src/facts/index.js';
import { loadPack, openHarness } from './pack.js';

const nowhere = { cwd: '/', workspace: '/', home: '/' };
const factsOf = (command: string): ShellFacts => shellFacts(command, nowhere);

/** The texts that the policies look for in one of the sets of `context.facts.command`. */
function literalsFor(field: string): string[] {
  const found = new Set<string>();
  for (const { policy } of openHarness(loadPack('coding-agent')).prepared?.policies ?? []) {
    for (const { body } of policy.conditions) {
      walkExpression(body, (expr) => {
        if (expr.kind === 'binary' && isField(expr.left, field))
          for (const text of textsOf(expr.right)) found.add(text);
        return undefined;
      });
    }
  }
  return [...found].sort();
}

function isField(expr: Expr, field: string): boolean {
  return expr.kind === 'access' && expr.attribute === field && expr.object.kind === 'access';
}

function textsOf(expr: Expr): readonly string[] {
  if (expr.kind === 'string') return [expr.value];
  return expr.kind === 'set' ? expr.elements.flatMap(textsOf) : [];
}

/** Commands that could give rise to an entry of `operands`. */
function operandCommands(literal: string): readonly string[] {
  const at = literal.lastIndexOf(' ');
  const command = literal.slice(0, at);
  const word = literal.slice(at + 1);
  return [literal, `${command} a '${word}'`, `${command} a ${word}-x`, `${command} x=${word}`, `${command} -- ${word}`];
}

/** Commands that could give rise to an entry of `settings`. */
function settingCommands(literal: string): readonly string[] {
  const [program = '', name = ''] = literal.split(' ');
  const key = name.replaceAll('*', 'x');
  return [
    `${program} -c ${key}=y status`,
    `${program} config set ${key} y`,
    `${program} set ${key}=y`,
    `${program} -o ${key}=y x`,
    `${program} ${key}=y`,
    `${program} --config ${key}=y build`,
    `${program} -o ${key}=y update`,
    ...settingsFiles(program).flatMap((file) =>
      [key, `${key}=off`, `${key} = false`, `${key}: 0`, `${key}: false`, `"${key}": true`].map(
        (line) => `echo '${line}' >> ${file}`,
      ),
    ),
  ];
}

/** Where clients keep their settings. */
function settingsFiles(program: string): readonly string[] {
  return [`~/.${program}rc`, `~/.${program}/config`, `~/.${program}.toml`, `${program}.toml`, `${program}.json`];
}

describe('what the policies look for can occur', () => {
  it('each spelling in `commands` is a normal form', () => {
    expect(literalsFor('commands').filter((literal) => normalCommand(literal) !== literal)).toEqual([]);
  });

  it('each name in `programs` is the one that facts use', () => {
    expect(literalsFor('programs').filter((name) => !factsOf(name).programs.includes(name))).toEqual([]);
  });

  it('each entry of `operands` is given rise to by some command', () => {
    const never = literalsFor('operands').filter((literal) =>
      operandCommands(literal).every((command) => !factsOf(command).operands.includes(literal)),
    );
    expect(never).toEqual([]);
  });

  it('each entry of `settings` is given rise to by some command', () => {
    const never = literalsFor('settings').filter((literal) =>
      settingCommands(literal).every((command) => !factsOf(command).settings.includes(literal)),
    );
    expect(never).toEqual([]);
  });

  it('each name in `codeNames` can be read from code', () => {
    const never = literalsFor('codeNames').filter((name) => {
      const shown = name.startsWith('.') ? `a${name}` : name;
      const codes = [`${shown}(b)`, `"${name}"`, `a ${name}(b)${name}`];
      return codes.every((code) => !factsOf(`ruby -e '${code}'`).codeNames.includes(name));
    });
    expect(never).toEqual([]);
  });
});
