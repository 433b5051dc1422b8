import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

function repeated(text: string, length = 100_000): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

function numbered(length: number, part: (i: number) => string): string {
  const parts: string[] = [];
  for (let i = 0, total = 0; total < length; i++) total += parts[parts.push(part(i)) - 1]?.length ?? 1;
  return parts.join('');
}

describe('nesting without end is opaque, and what stands before it is still seen', () => {
  test.each<[string, string]>([
    ['substitutions', `rm a; ${'$(echo '.repeat(3000)}${')'.repeat(3000)}`],
    ['groups', `rm a; ${'{ '.repeat(3000)}ls${'; }'.repeat(3000)}`],
    ['subshells', `rm a; ${'( '.repeat(3000)}ls${' )'.repeat(3000)}`],
    ['wrappers', `rm a; ${'sudo '.repeat(5000)}ls`],
    ['evals', `rm a; ${'eval '.repeat(5000)}ls`],
    ['loops', `rm a; ${'while a; do '.repeat(500)}ls${'; done'.repeat(500)}`],
    [
      'quoted shells',
      `rm a; ${Array.from({ length: 60 }).reduce<string>((text) => `env sh -c "$(echo ${text})"`, 'ls')}`,
    ],
  ])('%s', (_, command) => {
    const facts = factsOf(command);
    expect(facts.opaque).toBe(true);
    expect(facts.programs).toContain('rm');
  });
});

describe('a megabyte of nesting is opaque too', () => {
  const million = 1_000_000;
  test.each<[string, string]>([
    ['substitutions', repeated('$(', million)],
    ['closed substitutions', `${repeated('$(', million)}${repeated(')', million / 2)}`],
    ['quoted substitutions', repeated('"$(', million)],
    ['parameter expansions', repeated('${a:-', million)],
    ['process substitutions', repeated('<(', million)],
    ['arithmetic', repeated('$((', million)],
    ['subshells', repeated('( ', million)],
  ])('%s', (_, command) => {
    const facts = factsOf(`rm a; ${command}`);
    expect(facts.opaqueReasons).toContain('too-deep');
    expect(facts.programs).toContain('rm');
  });
});

describe('a megabyte of commands, words or values is read up to a fixed amount, and is opaque', () => {
  const million = 1_000_000;
  test.each<[string, string]>([
    ['commands', numbered(million, (i) => `p${i};`)],
    ['pipes', numbered(million, (i) => `p${i} | `)],
    ['substitutions', repeated('`a` ', million)],
    ['words with ranges', `echo ${repeated('{1..9} ', million)}`],
    ['functions', numbered(million, (i) => `f${i}(){ ls; };`)],
    ['assignments', numbered(million, (i) => `a${i}=x;`)],
    ['items of an array', repeated('a+=(x);', million)],
    ['redirections', numbered(million, (i) => `>f${i} `)],
    ['patterns', `cat ${numbered(million, (i) => `a${i}*b `)}`],
    ['patterns whose start is unknown', `cat ${numbered(million, (i) => `$X/a${i}*b `)}`],
    ['one pattern', `cat ${repeated('*a', million)}`],
    ['one path', `cat /${repeated('*/', million)}`],
    ['commands of a search', `find . ${repeated('-exec ls {} ";" ', million)}`],
    ['evals', repeated('eval ', million)],
    ['texts that are read again', `a='${repeated('ls;', million / 2)}';${repeated('eval "$a";', million / 2)}`],
    ['folders', `cd ${repeated('a/', million / 2)};${repeated('cat b;', million / 2)}`],
    ['hosts', `curl ${numbered(million, (i) => `http://é${i}.example `)}`],
    ['statements that name files', `psql -c "${repeated('copy ', million)}"`],
    ['here-documents in one line', repeated('<<E ', million)],
    ['commands with here-documents in one line', repeated('cat <<E$', million)],
    ['items of a list that grows by itself', repeated('set -- $@ a;', million)],
  ])('%s', (_, command) => {
    const facts = factsOf(command);
    expect(facts.opaqueReasons).toContain('too-deep');
    for (const list of Object.values(facts))
      if (Array.isArray(list)) expect(list.length).toBeLessThanOrEqual(4 * 65_536);
  });
});

describe('work without end is cut off and opaque', () => {
  test.each<[string, string]>([
    [
      'functions that call the one before twice',
      `a0(){ ls; };${Array.from({ length: 60 }, (_, i) => `a${i + 1}(){ a${i}; a${i}; };`).join('')}a60`,
    ],
    ['a function that calls itself', 'f() { f; f; }; f'],
    [
      'loops in loops over many words',
      `${'for i in a b c d e f g h i j k l m n o p q; do '.repeat(8)}$x${'; done'.repeat(8)}`,
    ],
    [
      'variables with many values each',
      `${[...'abcdefgh'].map((v) => `if x; then ${v}=1; else ${v}=2; fi;`).join('')} $a$b$c$d$e$f$g$h`,
    ],
  ])('%s', (_, command) => {
    expect(factsOf(command).opaque).toBe(true);
  });
});

describe('long inputs come back, whatever they are made of', () => {
  test.each<[string, string]>([
    ['commands', repeated('ls -la foo; ')],
    ['words', `echo ${repeated('aa ')}`],
    ['one word', repeated('a')],
    ['one path', `cat ${repeated('a/../')}`],
    ['slashes', `cat ${repeated('/')}`],
    ['patterns', `cat ${repeated('*')}`],
    ['classes', `cat ${repeated('[')}`],
    ['quotes', repeated('"a b" \'c\' ')],
    ['open braces', repeated('{a,')],
    ['closed braces', `echo ${repeated('{a,b}')}`],
    ['ranges', `echo ${repeated('{1..999999}')}`],
    ['pipes', `${repeated('cat a | ')} cat`],
    ['substitutions', repeated('$(ls) ')],
    ['backticks', repeated('`ls` ')],
    ['here-documents', repeated('cat <<E\nfoo\nE\n')],
    ['a doubling variable', `x=aaaa;${repeated('x=$x$x;', 700)}${repeated('echo $x;')}`],
    ['arithmetic', `echo $((${repeated('1+')}1))`],
    ['tests', `[[ ${repeated('a && ')} a ]]`],
    ['and-lists', `${repeated('a && ')} a`],
    ['or-lists', `${repeated('a || ')} a`],
    ['branches', repeated('if a; then x=1; fi; ')],
    ['an else-if chain', `if a; then b; ${repeated('elif a; then b; ')} fi`],
    ['cases', `case x in ${repeated('a) ls;; ')} esac`],
    ['assignments to items', repeated('a[1]=x;')],
    ['sed scripts', `sed '${repeated('s/a/b/;')}' x`],
    ['awk programs', `awk '${repeated('{print $1 /')}'`],
    ['statements', `psql -c '${repeated('select 1;')}'`],
    ['encoded text', `echo ${repeated('QUFB')} | base64 -d | sh`],
    ['hosts', `curl ${repeated('http://a.b/ ')}`],
    ['options', `rm ${repeated('-rf ')}`],
    ['letters of one option', `rm -${repeated('rf')}`],
    ['python code', `python -c '${repeated('print(1);')}'`],
    ['NUL', repeated('\0')],
    ['backslashes', repeated('\\')],
    ['dollars', repeated('$')],
    ['parameter expansions', `x=${'a'.repeat(500)};${repeated('echo ${x%%*b};')}`],
    ['replacements', `x=${'ab'.repeat(200)};${repeated('echo ${x//a*b/c};')}`],
  ])('%s', (_, command) => {
    expect(typeof factsOf(command).opaque).toBe('boolean');
  });
});

test('marks of patterns are read up to a number', () => {
  expect(factsOf(`echo ${'?'.repeat(1000)}; rm -rf /`).opaque).toBe(false);
  expect(factsOf(`echo ${'?'.repeat(200_000)}`).opaqueReasons).toEqual(['too-deep']);
});

test('a command at the end of a long text is seen', () => {
  expect(factsOf(`${repeated('ls -la foo; ')}; rm -rf /`).deletesWorkspaceRoot).toBe(true);
  expect(factsOf(`echo ${repeated('a ')}; rm -rf /`).deletesWorkspaceRoot).toBe(true);
  expect(factsOf(`${repeated(' ')}rm -rf /`).deletesWorkspaceRoot).toBe(true);
  expect(factsOf(`${repeated('#x\n')}\nrm -rf /`).deletesWorkspaceRoot).toBe(true);
});

describe('the text of a long here-document is no script, and takes no more time than its length', () => {
  const lines = repeated('some $x `y` "text\n', 1_000_000);

  test.each<[string, string]>([
    ['with a quoted end', `cat > f <<'E'\n${lines}\nE\n`],
    ['with an end in double quotes', `cat > f <<"E"\n${lines}\nE\n`],
    ['indented', `cat > f <<-'E'\n${lines}\n\tE\n`],
    ['without anything to expand', `cat > f <<E\n${repeated('ls\n', 1_000_000)}\nE\n`],
    ['one after another', `mkdir -p a\ncat > f <<'E'\n${lines}\nE\ncat > a/g <<'E'\n${lines}\nE\n`],
  ])('%s', (_, command) => {
    const facts = factsOf(command);
    expect(facts.opaque).toBe(false);
    expect(facts.pathsWritten).toContain('/home/u/proj/f');
    expect(factsOf(`${command}rm -rf /`).deletesWorkspaceRoot).toBe(true);
  });

  const script = `${repeated('ls\n', 3000)}rm -rf /\n`;

  test.each<[string, string]>([
    ['as the script of a shell', `sh <<'E'\n${script}E\n`],
    ['from a pipe', `cat <<'E' | sh\n${script}E\n`],
    ['in a file that runs later', `cat > x.sh <<-"E"\n${script}\tE\nsh x.sh`],
    ['in a file that is read later', `cat > x.sh <<E\n${script}E\n. ./x.sh`],
    ['of a script of its own', `sh -c 'sh <<E\n${script}E\n'`],
  ])('but is one where it is run: %s', (_, command) => {
    expect(factsOf(command).deletesWorkspaceRoot).toBe(true);
  });

  test.each<[string, string]>([
    ['a quoted operator', `echo "<<'E'"\n${script}E\n`],
    ['a comment', `# cat <<'E'\n${script}E\n`],
    ['a number', `((1<<E))\n${script}E\n`],
    ['a here-string', `cat <<<'E'\n${script}E\n`],
    ['an open quote', `echo 'a\ncat <<"E"\n'\n${script}E\n`],
    ['an end before', `cat <<'E'\nE\n${script}E\n`],
    ['a substitution in it', `cat <<E\n${repeated('ls\n', 3000)}$(rm -rf /)\nE\n`],
    ['a line that goes on', `cat <<E\n${repeated('ls\n', 3000)}\\\nE\nE\nrm -rf /\nE\n`],
  ])('and what only looks like one is read: %s', (_, command) => {
    expect(factsOf(command).deletesWorkspaceRoot).toBe(true);
  });

  test('without an end, or with one that is another, it goes on', () => {
    expect(factsOf(`cat <<'E'\n${script}`).programs).toEqual(['cat']);
    expect(factsOf(`cat <<'E'\n${script} E\nE \nrm -rf /\nE\n`).programs).toEqual(['cat']);
  });
});
