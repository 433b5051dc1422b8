import { type ShellFacts, shellFacts } from '../../src/facts/shell-facts.js';

/** A workspace below a home folder, with two sets of the kind that hosts declare. */
export const context = {
  cwd: '/home/u/proj',
  workspace: '/home/u/proj',
  home: '/home/u',
  globs: {
    secrets: ['**/.env*', '**/*.pem', '~/.ssh/**', '~/.aws/**', '/etc/shadow', '**/id_rsa*'],
    git: ['.git/**'],
  },
};

export function factsOf(command: string): ShellFacts {
  return shellFacts(command, context);
}
