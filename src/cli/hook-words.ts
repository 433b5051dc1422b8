import { resolve } from 'node:path';

/** The words of a command as installing writes it, with the project's folder in its place. */
export function hookWords(command: string, project: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g) ?? [];
  return words.map((word) => {
    const text = word.replaceAll(
      /'([^']*)'|"([^"]*)"|\\(.)/g,
      (_, a?: string, b?: string, c?: string) => a ?? b ?? c ?? '',
    );
    return text.startsWith('$CLAUDE_PROJECT_DIR')
      ? resolve(`${project}${text.slice('$CLAUDE_PROJECT_DIR'.length)}`)
      : text;
  });
}
