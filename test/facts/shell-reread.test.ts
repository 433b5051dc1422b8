import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

const run = '$(rm -rf /)';

describe('a value that is expanded as a prompt runs the substitutions in it, wherever it stands', () => {
  test.each<[string]>([
    [`x='${run}'; echo \${x@P}`],
    [`x='${run}'; : "\${x@P}"`],
    ["x='`rm -rf /`'; echo ${x@P}"],
    [`x='${run}'; y=\${x@P}`],
    [`x='${run}'; [[ \${x@P} ]]`],
    [`x='${run}'; [[ a == \${x@P} ]]`],
    [`x='${run}'; case a in \${x@P}) ;; esac`],
    [`x='${run}'; cat <<< \${x@P}`],
    [`x='${run}'; cat <<E\n\${x@P}\nE`],
    [`x='${run}'; cat > \${x@P}`],
    [`x='${run}'; echo \${y:-\${x@P}}`],
    [`x='${run}'; y=x; echo \${!y@P}`],
    [`x='${run}'; y='\${x@P}'; echo \${y@P}`],
    [`x=(a '${run}'); echo "\${x[1]@P}"`],
    [`x=(a '${run}'); echo "\${x[@]@P}"`],
    [`set -- a '${run}'; echo \${@@P}`],
    [`set -- a '${run}'; echo "\${*@P}"`],
    [`f() { echo \${1@P}; }; f '${run}'`],
  ])('%s', (command) => {
    const facts = factsOf(command);
    expect(facts.opaqueReasons).toContain('eval');
    expect(facts.deletesWorkspaceRoot).toBe(true);
  });

  test('an unknown value, and one whose characters are given by numbers, are opaque', () => {
    expect(factsOf('read x; echo ${x@P}').opaqueReasons).toEqual(['eval']);
    expect(factsOf("x='\\044(rm -rf /)'; echo ${x@P}").opaqueReasons).toEqual(['eval']);
    expect(factsOf('x=plain; echo ${x@P}').opaque).toBe(false);
  });
});

describe('a prompt that runs something is opaque however it was given its value', () => {
  test.each<[string]>([
    [`PS4='${run}'; set -x; :`],
    [`printf -v PS4 '${run}'; set -x; :`],
    [`read PS4 <<< '${run}'; set -x; :`],
    [`mapfile -t PS4 <<< '${run}'; set -x; :`],
    [`for PS4 in '${run}'; do set -x; :; done`],
    [`select PS4 in '${run}'; do set -x; :; done`],
    [`: "\${PS4:=\\${run}}"; set -x; :`],
    [`declare PS4='${run}'; set -x; :`],
    [`if a; then x=b; else x='${run}'; fi; PS4=$x; set -x; :`],
  ])('%s', (command) => {
    const facts = factsOf(command);
    expect(facts.opaqueReasons).toContain('preloaded-code');
    expect(facts.deletesWorkspaceRoot).toBe(true);
  });

  test.each<[string]>([
    ["read PROMPT_COMMAND <<< 'rm -rf /'; bash -i"],
    ["PROMPT_COMMAND=(ls 'rm -rf /'); bash -i"],
    ["printf -v GIT_PAGER 'rm -rf /'; export GIT_PAGER; git log"],
  ])('a variable that holds a command: %s', (command) => {
    expect(factsOf(command).deletesWorkspaceRoot).toBe(true);
  });

  test('a prompt of which the value is not known, and a file that a shell reads first, are opaque', () => {
    expect(factsOf('read PS4; set -x; :').opaqueReasons).toContain('preloaded-code');
    expect(factsOf('read BASH_ENV <<< x; export BASH_ENV; bash -c :').opaqueReasons).toContain('preloaded-code');
  });

  test('prompts of every day are not', () => {
    expect(factsOf("PS4='+ ${LINENO}: '; set -x; npm test").opaque).toBe(false);
    expect(factsOf("PS1='\\[\\033[01;32m\\]\\u@\\h\\$ '").opaque).toBe(false);
  });
});

const index = `a[${run}]`;

describe('a number or an index that runs something is opaque, whatever names the variable', () => {
  test.each<[string]>([
    [`read x <<< '${index}'; ((x))`],
    [`printf -v x '%s' '${index}'; ((x))`],
    [`mapfile x <<< '${index}'; ((x))`],
    [`read -a x <<< '${index}'; echo $((x))`],
    [`x=$(echo '${index}'); ((x))`],
    [`for x in '${index}'; do ((x)); done`],
    [`set -- '${index}'; (( $1 ))`],
    [`f() { (( $1 + 1 )); }; f '${index}'`],
    [`x='a[1+${run}]'; echo $((x))`],
    [`x='${run}'; (( a[$x] ))`],
    [`x='${run}'; echo \${a[$x]}`],
    [`x='${run}'; a[$x]=1`],
    [`x='${run}'; a=([$x]=1)`],
    [`x='${run}'; y=abc; echo \${y:a[$x]}`],
    [`x='${run}'; [[ -v a[$x] ]]`],
    [`x='${run}'; test -v "a[$x]"`],
    [`x='${run}'; read "a[$x]" <<< b`],
    [`x='${run}'; wait -p "a[$x]"`],
    [`read x <<< '${index}'; [[ x -eq 0 ]]`],
    [`read x <<< '${index}'; y=x; z=y; let z`],
    [`read x <<< '${index}'; echo $[x]`],
    [`read x <<< '${index}'; for ((;x;)); do :; done`],
    [`read x <<< '${index}'; b=(1 2); echo \${b[x]}`],
    [`typeset -i x; read x <<< '${index}'`],
    [`declare -i x; for x in '${index}'; do :; done`],
    [`declare -i x; printf -v x '${index}'`],
    [`declare -ix x='${index}'`],
    [`typeset -ia x=('${index}')`],
    [`declare 'x[${run}]=1'`],
    [`typeset 'x[${run}]=1'`],
    [`f() { local 'x[${run}]=1'; }; f`],
    [`readonly -a 'y=([${run}]=1)'`],
    [`declare -a 'y=([${run}]=1)'`],
    [`declare -a "y=(\\${run})"`],
    [`declare -A 'y=([a]=${run})'`],
    [`declare -a y; declare y='(${run})'`],
    [`f() { local -a 'y=(${run})'; }; f`],
    ['declare -a "y=($(cat f))"'],
    ['x=$(base64 -d f); ((x))'],
  ])('%s', (command) => {
    expect(factsOf(command).opaqueReasons).toContain('eval');
  });

  test.each<[string]>([
    ['n=$(wc -l < f); (( n > 5 )) && echo many'],
    ['i=0; while [ $i -lt 5 ]; do i=$((i+1)); done'],
    ['declare -A m=([a]=1 [b]=2); echo ${m[a]}'],
    ['declare -i n=5; n+=3'],
    ["declare -a 'files=(a b)'; cat ${files[@]}"],
    ['local msg="($x)"; echo "$msg"'],
    ['code=$(curl -s -o /dev/null http://localhost); [[ $code -eq 200 ]]'],
  ])('and daily numbers are not: %s', (command) => {
    expect(factsOf(command).opaque).toBe(false);
  });
});

describe('an operation on a list keeps all of it', () => {
  test.each<[string]>([
    ['set -- x rm -rf /; ${@:2}'],
    ['set -- x rm -rf /; "${@:2}"'],
    ['set -- rm -rf / x; "${@:1:3}"'],
    ['x=(ls rm -rf /); "${x[@]:1}"'],
    ['x=(ls rm -rf /); "${x[@]: -3}"'],
    ['x=(xrm -rf /); "${x[@]#x}"'],
    ['set -- xrm -rf /; "${@#x}"'],
    ['set -- rm -rf /; ${@:-ls}'],
    ["declare -a 'x=(rm -rf /)'; ${x[@]}"],
  ])('%s', (command) => {
    expect(factsOf(command).deletesWorkspaceRoot).toBe(true);
  });

  test('from a place that is not known, any of it may be left', () => {
    const facts = factsOf('x=(a b rm -rf /); ${x[@]:n:$(wc -l < f)}');
    expect(facts.opaque).toBe(true);
  });
});

describe('a command in the place of a file is run', () => {
  test.each<[string]>([
    ["strace -o '|rm -rf /' true"],
    ["strace -o '!rm -rf /' true"],
    ["strace -o'| rm -rf /' true"],
    ["psql -o '|rm -rf /' -c 'select 1'"],
    ["dvips -o '!rm -rf /' x"],
    ["gs -sOutputFile='%pipe%rm -rf /' x"],
    ["tar xf a --to-command='rm -rf /'"],
    ["sort --compress-program='rm -rf /' f"],
    ["tcpdump -G 1 -w x -z 'rm -rf /'"],
    ["fzf --preview 'rm -rf /'"],
    ["dpkg --pre-invoke='rm -rf /' -i x"],
    ['prlimit --nofile=10 rm -rf /'],
  ])('%s', (command) => {
    expect(factsOf(command).deletesWorkspaceRoot).toBe(true);
  });
});
