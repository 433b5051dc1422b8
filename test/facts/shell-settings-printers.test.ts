import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('what tools print to be evaluated', () => {
  test.each([
    ['eval "$(ssh-agent -s)"; git fetch'],
    ['eval $(minikube docker-env)\ndocker build .'],
    ['eval "$(pyenv init -)" && python -V'],
    ['eval "$(fnm env --use-on-cd)"; npm ci'],
  ])('%s prepares the shell', (command) => {
    expect(factsOf(command).opaqueReasons).toEqual([]);
    expect(factsOf(command).pipesToInterpreter).toBe(false);
  });

  test.each([
    ['pyenv() { cat x; }; eval "$(pyenv init -)"'],
    ['alias pyenv=\'cat x\'; eval "$(pyenv init -)"'],
    ['eval "$(pyenv init -)$X"'],
    ['eval "$(pyenv init -)" "$(cat x)"'],
    ['eval "$(pyenv init - | sed s/a/b/)"'],
    ['eval "$(pyenv init -; cat x)"'],
    ['eval "$(./pyenv init -)"'],
    ['eval "$(pyenv exec x)"'],
    ['eval "x$(pyenv init -)"'],
  ])('%s may run anything', (command) => {
    expect(factsOf(command).opaqueReasons).toContain('eval');
  });
});
