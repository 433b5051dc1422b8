import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('what shows all of a folder reads the secrets in it', () => {
  test.each<[string]>([
    ['shopt -s dotglob; cat *'],
    ['shopt -s dotglob; cat src/*'],
    ['GLOBIGNORE=zz; cat *'],
    ["bash -O dotglob -c 'cat *'"],
    ['grep -r "" .'],
    ['grep -rh "" .'],
    ['grep -R . config'],
    ['grep -rn "=" .'],
    ["grep -rE '^[A-Z_]+=' ."],
    ["grep -rE 'foo|.*' ."],
    ["grep -rhoE '[A-Za-z_]+=.+' ."],
    ["grep -r -e foo -e '' ."],
    ['grep -rv zzz .'],
    ['grep -rf words .'],
    ['grep -r ""'],
    ['echo | grep -r ""'],
    ['grep -r "$nope" .'],
    ['grep -rn API_KEY .'],
    ['grep -rni password ..'],
    ['rg --hidden ""'],
    ['rg -uu .'],
    ['rg -uuu SECRET'],
    ['ag --hidden ""'],
    ['git grep --no-index ""'],
    ['git grep --untracked .'],
    ['tar c . | cat'],
    ['tar cf - . | wc -c'],
    ['find . -type f -exec cat {} +'],
    ['find . -size -2 -exec head {} ;'],
    ['find . -type f | xargs cat'],
    ['cat $(find . -type f)'],
    ['find . -type f -print0 | xargs -0 head -n 50'],
    ['shopt -s extglob\ncat @(.env|x)'],
    ['shopt -s extglob\ncat ?(.)env .e@(nv)'],
    ['history -r .env; history'],
    ['HISTFILE=.env; history -r; history'],
    ['cat .*'],
  ])('%s', (command) => {
    expect(factsOf(command).globsRead).toContain('secrets');
  });
});

describe('what shows lines that were asked for, or names only, does not', () => {
  test.each<[string]>([
    ['cat *'],
    ['ls -la'],
    ['grep -rn foo src'],
    ['grep -r TODO .'],
    ['grep -rn "=>" .'],
    ['grep -rn "token" .'],
    ['grep -rn API_KEY src'],
    ['grep -rl "" .'],
    ['grep -rc . .'],
    ['grep -r "" . --include=*.ts'],
    ["grep -r '' . --exclude='.*'"],
    ['grep -n "" src/a.ts'],
    ['rg foo'],
    ['rg ""'],
    ["rg --hidden -g '!.git' TODO"],
    ["rg --hidden -g '*.ts' ''"],
    ['git grep ""'],
    ['tar czf a.tgz .'],
    ['tar c dist | cat'],
    ['tar c --exclude=.env . | cat'],
    ["find . -name '*.ts' -exec cat {} +"],
    ['find . -type f -exec wc -l {} +'],
    ['find . -type f -exec grep -n foo {} +'],
    ['find src -type f | xargs cat'],
    ['find . -type f | xargs grep -n foo'],
    ["find . -name '*.ts' | xargs cat"],
    ['ls | xargs cat'],
    ['cat $(git ls-files)'],
    ['shopt -s extglob\ncat @(a|b).txt'],
    ['history | tail'],
  ])('%s', (command) => {
    expect(factsOf(command).globsRead).toEqual([]);
  });
});
