import type { Program } from './programs-program.js';

/** A language: options of which the role `e` takes code, then the script and its own words. */
function language(options: string, more: Partial<Program> = {}): Program {
  return { options, stop: true, handler: 'interpreter', ...more };
}

const php = language(
  'r|run=e B|process-begin=e R|process-code=e E|process-end=e F|process-file=r f|file=r c=r d= n q i a|interactive S= t= z= l v m s w',
);
const ruby = language('e=e r= I= n p a i? l 0? F= W? w c v C= E= K= S s x? d');

/** Interpreters of other languages, by base name. */
export const languagePrograms: Readonly<Record<string, Program>> = {
  python: language('c=e m= W= X= B d E i I O q s S u v x P b V', { ends: ['-c', '-m'] }),
  pypy: language('c=e m= W= X= B d E i I O q s S u v', { ends: ['-c', '-m'] }),
  ipython: language('c=e m= i', { singleDash: false }),
  node: language(
    'e|eval=e p|print=e r|require=r import=r loader=r experimental-loader=r c|check i|interactive test watch? inspect? inspect-brk? max-old-space-size= env-file=r enable-source-maps trace-warnings no-warnings title= input-type= conditions= C= run=',
  ),
  bun: language('e|eval=e p|print=e r|preload=r watch hot cwd= b|bun silent smol c|config=r inspect? env-file=r port='),
  deno: {
    subcommands: {
      eval: { handler: 'interpreter', options: 'p|print e= ext= T ' },
      run: language(
        'A|allow-all allow-read? allow-write? allow-net? allow-env? allow-run? c|config=r import-map=r watch? q|quiet no-check r|reload? unstable N? R? W? E? S?',
      ),
      test: {},
      fmt: {},
      lint: {},
      task: {},
      install: {},
      compile: {},
      repl: { handler: 'interpreter', options: 'eval=e eval-file=r' },
    },
  },
  tsx: language('e|eval=e p|print=e r|require=r import=r tsconfig=r watch no-cache'),
  'ts-node': language('e|eval=e p|print r|require=r T|transpile-only P|project=r esm swc'),
  perl: language('e=e E=e n p i? l? 0? a F= I= M= m= w W c v V d? D? s S t T u U x? C? h'),
  raku: language('e=e n p I= M= c v'),
  ruby,
  jruby: ruby,
  irb: language('e=e r= I= f'),
  php,
  lua: language('e=e l= i v E W'),
  luajit: language('e=e l= i v j= O? b'),
  R: language('e=e f|file=r no-save no-restore vanilla q|quiet slave args'),
  Rscript: language('e=e vanilla no-save verbose'),
  julia: language('e|eval=e E|print=e L|load=r p= t= q project? i O? startup-file='),
  tclsh: language(''),
  wish: language(''),
  guile: language('c=e s=r l=r e= L= q'),
  scheme: language('load=r q'),
  racket: language('e=e f=r t=r l= i u=r r=r'),
  sbcl: language('eval=e load=r script=r noinform non-interactive no-userinit'),
  clisp: language('x=e i=r q'),
  clojure: language('e|eval=e M? X? A? P S? m|main='),
  bb: language('e=e f=r m|main='),
  ghc: { options: 'e=e o=w O? Wall', operands: 'r*', singleDash: true },
  runghc: language(''),
  ocaml: language('e=e init=r I='),
  elixir: language('e|eval=e r=r S= pa= pz= no-halt'),
  iex: language('e|eval=e r=r S='),
  erl: language('eval=e noshell s= run= pa= name= sname= noinput', { singleDash: true }),
  groovy: language('e=e n p i? c= cp= D='),
  kotlin: language('e=e cp= script', { singleDash: true }),
  scala: language('e=e cp= classpath= nc', { singleDash: true }),
  swift: language('e=e I= L= F='),
  java: {
    options: '-cp= -classpath= -p= -jar=r -m= -version -ea -da',
    stop: true,
    ends: ['-jar'],
    singleDash: true,
    handler: 'interpreter',
  },
  jshell: language('R= class-path= startup=r s v q'),
  osascript: language('e=e l= s= i'),
  octave: language('eval=e'),
  jrunscript: language('e=e f=r l='),
  jjs: language('scripting cp='),
  bpftrace: language('e=e'),
  dc: language('e=e f=r'),
  puppet: { subcommands: { apply: language('e=e') } },
  knife: { subcommands: { exec: language('E=e') } },
  nu: language('c|commands=e e|execute=e n'),
  xonsh: language('c=e rc=r i'),
  elvish: language('c|codeonly=e'),
  maxima: language('batch-string=e'),
  sage: language('c=e'),
  gimp: language('b=e i'),
  latex: { options: 'shell-escape output-directory=w interaction= jobname=', operands: 'r*', singleDash: true },
  nasm: { operands: 'r*' },
  dotnet: {
    deep: true,
    options:
      'c|configuration= o|output=w f|framework= r|runtime= p|project=r v|verbosity= no-restore no-build filter= logger=',
  },
  powershell: { handler: 'runs-code' },
  pwsh: { handler: 'runs-code' },
  cscript: { handler: 'runs-code' },
  wscript: { handler: 'runs-code' },
  mshta: { handler: 'runs-code' },
};
