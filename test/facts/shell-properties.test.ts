import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ShellFacts } from '../../src/facts/shell-facts.js';
import { corpusCommands } from '../packs/corpus.js';
import { factsOf } from './shell-context.js';
import { dailyCommands } from './shell-daily.js';
import { opaqueCommands, rootDeletions, secretReads } from './shell-evasions.js';

const everyCommand = [
  ...dailyCommands,
  ...rootDeletions,
  ...secretReads,
  ...opaqueCommands.map(([command]) => command),
  ...corpusCommands(),
];

/** Pieces of shell grammar, so that random texts reach deep into it. */
const piece = fc.constantFrom(
  ...'rm -rf / ~ . * ? [a-z] $x ${x} ${x:-y} ${x/a/b} ${!x} ${a[@]} ${#x} $(ls) `ls` $((1+x)) <(ls) >(tee) {a,b} {1..3}'.split(
    ' ',
  ),
  ...'| |& || && ; ;; & > >> < <<< <<E 2>&1 &> ( ) (( )) [[ ]] { } ! # \\ " \' $\' $" = += x= x=rm a=(1'.split(' '),
  ...'if then else fi for in do done while case esac function coproc time eval exec sh -c bash sudo env xargs find -exec'.split(
    ' ',
  ),
  ...'echo printf base64 -d cd alias source trap export declare read set git push -f curl http://a.b/ docker run -- E \n \t'.split(
    ' ',
  ),
  '\n',
  '\0',
  '\r\n',
  '\ud800',
  '\uffff',
  '\u0001',
  'é',
  '__proto__',
  'constructor',
  '-',
  '--',
  '=',
  '/dev/tcp/a/1',
  '-I{}',
  '{}',
);

describe('no text throws', () => {
  test('any string of any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void factsOf(text)),
      { numRuns: 1500 },
    );
  });

  test('any sequence of pieces of shell grammar, with and without blanks between them', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom(' ', ''),
        (pieces, gap) => void factsOf(pieces.join(gap)),
      ),
      { numRuns: 3000 },
    );
  });

  test('any command of the corpus with a part cut out', () => {
    fc.assert(
      fc.property(fc.constantFrom(...everyCommand), fc.nat(80), fc.nat(20), (command, at, length) => {
        factsOf(command.slice(0, at) + command.slice(at + length));
      }),
      { numRuns: 3000 },
    );
  });

  test('the same text always gives the same facts', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const command = pieces.join(' ');
        expect(factsOf(command)).toEqual(factsOf(command));
      }),
      { numRuns: 500 },
    );
  });
});

const word = fc.constantFrom(
  ...'rm cp mv ls cat git push commit curl sudo env sh xargs find echo npm run docker exec kubectl delete tar grep sed'.split(
    ' ',
  ),
  ...'-r -f -rf --force -m -c -C -o -exec -delete -n 5 / . .. src src/a.ts ../x /etc/passwd .env a=b X=1 https://a.com/x host:path'.split(
    ' ',
  ),
);
const quoting = fc.constantFrom(
  (text: string) => text,
  (text: string) => `'${text}'`,
  (text: string) => `"${text}"`,
  (text: string) => `$'${text}'`,
  (text: string) => `''${text}""`,
  (text: string) => [...text].map((c) => `\\${c}`).join(''),
  (text: string) => [...text].map((c) => `"${c}"`).join(''),
  (text: string) => `${text.slice(0, 1)}''${text.slice(1)}`,
);

/** An assignment in front of a command is grammar, which quotes would take away. */
function isGrammar(words: readonly string[]): boolean {
  return /^\w+=/.test(words[0] ?? '');
}

test('quoting a word that has no expansion in another way never changes the facts', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, quoting), { minLength: 1, maxLength: 8 }), (words) => {
      const plain = words.map(([text]) => text);
      fc.pre(!isGrammar(plain));
      expect(factsOf(words.map(([text, quote]) => quote(text)).join(' '))).toEqual(factsOf(plain.join(' ')));
    }),
    { numRuns: 3000 },
  );
});

const prefixes = [
  'sudo',
  'sudo -u root',
  'doas',
  'env',
  'env -i A=b',
  'nohup',
  'timeout 5',
  'time',
  'nice -n 5',
  'ionice -c 3',
  'setsid',
  'stdbuf -oL',
  'command',
  'exec',
  'xargs',
  'xargs -n 1 -0',
  'strace -f',
  'flock /tmp/l',
  'busybox',
  'chroot /x',
  'unshare -r',
  'watch -n 1',
  'parallel',
  'npx',
  'npm exec --',
  'poetry run',
  'uv run',
  'bundle exec',
  'docker exec web',
  'kubectl exec pod --',
  'ssh host',
  'find . -exec',
  'fd . -x',
  'entr',
  'git submodule foreach',
  'git bisect run',
  'systemd-run --user',
  'setarch x86_64',
  'proot -r /x',
  'runuser -u dev --',
  'ld.so',
  '/lib64/ld-linux-x86-64.so.2',
  'pnpm exec',
  'cross-env A=b',
  '/usr/bin/env',
  '\\sudo',
  's""udo',
  'A=b',
  '! ',
  'coproc',
];

function contains(whole: readonly string[], part: readonly string[]): void {
  expect(whole).toEqual(expect.arrayContaining([...part]));
}

describe('a wrapper never hides a program', () => {
  test('in front of any plain command', () => {
    const plain = everyCommand.filter(
      (command) =>
        /^[\w ./:@-]+$/.test(command) &&
        // What is put behind it would be the command of an xargs that has none.
        !/^xargs(?: -\S+(?: [./]\S+)?)*$/.test(command) &&
        !/^(time|coproc|cd|source|\.|exec|eval|set|if|for|while|export) /.test(command),
    );
    fc.assert(
      fc.property(fc.constantFrom(...prefixes), fc.constantFrom(...plain), (prefix, command) => {
        contains(factsOf(`${prefix} ${command}`).programs, factsOf(command).programs);
        contains(factsOf(`${prefix} ${command}`).commands, factsOf(command).commands);
      }),
      { numRuns: 2000 },
    );
  });

  test('around any command as the text of a shell', () => {
    // Words after the text become its positional parameters.
    const alone = everyCommand.filter((command) => !/\$[0-9@*]/.test(command));
    const around = [
      (text: string) => `sh -c ${text}`,
      (text: string) => `bash -lc ${text}`,
      (text: string) => `sudo bash -c ${text}`,
      (text: string) => `eval ${text}`,
      (text: string) => `env A=1 zsh -ec ${text}`,
      (text: string) => `bash <<< ${text}`,
      (text: string) => `echo ${text} | sh`,
      (text: string) => `__x=${text}; eval "$__x"`,
      (text: string) => `su -c ${text}`,
      (text: string) => `timeout 5 sh -c ${text}`,
      (text: string) => `xargs sh -c ${text}`,
      (text: string) => `watch ${text}`,
      (text: string) => `trap ${text} EXIT`,
      (text: string) => `printf %s ${text} | bash -s`,
      (text: string) => `ssh host ${text}`,
      (text: string) => `script -c ${text}`,
    ];
    fc.assert(
      fc.property(fc.constantFrom(...around), fc.constantFrom(...alone), (wrap, command) => {
        contains(factsOf(wrap(`'${command.replaceAll("'", "'\\''")}'`)).programs, factsOf(command).programs);
      }),
      { numRuns: 3000 },
    );
  });
});

const lists = [
  'programs',
  'programPaths',
  'commands',
  'operands',
  'settings',
  'codeNames',
  'opaqueReasons',
  'pathsRead',
  'pathsWritten',
  'pathsDeleted',
  'globsRead',
  'globsWritten',
  'globsDeleted',
  'hosts',
  'environment',
] as const;
const flags = [
  'opaque',
  'readsOutsideWorkspace',
  'writesOutsideWorkspace',
  'deletesOutsideWorkspace',
  'deletesWorkspaceRoot',
  'printsEnvironment',
  'pipesToInterpreter',
  'privileged',
  'dynamicPaths',
] as const;

function expectContained(whole: ShellFacts, part: ShellFacts): void {
  for (const name of lists) contains(whole[name], part[name]);
  for (const name of flags) if (part[name]) expect(whole[name], name).toBe(true);
}

/** Words by which a command changes how a later one reads, or which cluster it meets. */
const changesState =
  /\b(cd|pushd|popd|alias|function|set|shift|read|mapfile|readarray|export|declare|typeset|local|readonly|unset|printf -v|getopts|hash|source|exec|let|for|select|shopt|eval|trap|minikube|kind create|k3d|colima|use-context)\b|\w\+?=|\(\)|\(\(|:=|^\. |<<|#/;

test('a command after another keeps its facts, and so does the one before it', () => {
  const stateless = everyCommand.filter(
    (command) => !changesState.test(command) && !/unparsable/.test(factsOf(command).opaqueReasons.join()),
  );
  const later = everyCommand.filter((command) => !/unparsable/.test(factsOf(command).opaqueReasons.join()));
  fc.assert(
    fc.property(
      fc.constantFrom(...stateless),
      fc.constantFrom(...later),
      fc.constantFrom('; ', '\n', ' && ', ' || '),
      (a, b, joint) => {
        fc.pre(!a.endsWith('\\') && !(a.endsWith('&') && joint !== '\n'));
        // Of a sum over a variable that only may have been set, the value is not known.
        fc.pre(joint === '; ' || joint === '\n' || !b.includes('$(('));
        const both = factsOf(a + joint + b);
        // More combinations of values than are followed make the command opaque instead.
        fc.pre(!both.opaqueReasons.includes('too-many-alternatives'));
        expectContained(both, factsOf(a));
        expectContained(both, factsOf(b));
      },
    ),
    { numRuns: 4000 },
  );
});

/** What runs something outside the workspace, and the folders and files that it names. */
const foreignRuns: readonly (readonly [string, string])[] = [
  ['/tmp/nobody/evil', '/tmp/nobody /tmp/nobody/evil /tmp /'],
  ['/tmp/nobody/git status', '/tmp/nobody /tmp/nobody/git'],
  ['bash /var/tmp/nobody.sh', '/var/tmp/nobody.sh /var/tmp'],
  ['make -C /tmp/nobody', '/tmp/nobody /tmp'],
  ['cd /tmp/nobody && npm test', '/tmp/nobody'],
  ['/opt/nobody/git status', '/opt/nobody /opt/nobody/git /opt'],
  ['~/nobody/git status', '~/nobody ~/nobody/git ~'],
];
/** What makes, touches or changes a file or folder without giving it content that is known. */
const makers: readonly string[] = [
  'mkdir',
  'mkdir -p',
  'install -d',
  'touch',
  'chmod +x',
  'chmod -R 755',
  'chown -R dev',
  'chgrp dev',
  'setfacl -m u:dev:rwx',
  'truncate -s 0',
  'git init',
  'ls -la',
  'stat',
  'echo a >>',
  'tee -a < a',
  'sed -i s/a/b/',
  'perl -pi -e s/a/b/',
  'docker run --rm -v a:/b alpine ls',
  'rm -rf',
  'cp -r /tmp/other',
  'mv /tmp/other',
];

test('nothing that makes or touches a file makes it one of ours, before or after what runs it', () => {
  for (const [run, names] of foreignRuns) {
    const alone = factsOf(run);
    expect(alone.opaqueReasons).toContain('foreign-file');
    for (const name of names.split(' ')) {
      for (const maker of makers) expectContained(factsOf(`${maker} ${name}; ${run}`), alone);
    }
  }
});

test('no command of the corpus makes a file that it does not name one of ours', () => {
  const stateless = everyCommand.filter(
    (command) => !changesState.test(command) && !/unparsable/.test(factsOf(command).opaqueReasons.join()),
  );
  fc.assert(
    fc.property(fc.constantFrom(...stateless), fc.constantFrom(...foreignRuns), (command, [run]) => {
      fc.pre(!/[\\&]$/.test(command));
      expectContained(factsOf(`${command}; ${run}`), factsOf(run));
    }),
    { numRuns: 3000 },
  );
});
