import type { Program } from './programs-program.js';

/** A language: options of which the role `e` takes code, then the script and its own words. */
function language(options: string, more: Partial<Program> = {}): Program {
  return { options, stop: true, handler: 'interpreter', ...more };
}

const php = language(
  'r|run=l B|process-begin=l R|process-code=l E|process-end=l F|process-file=r f|file=r c=r d= n q i a|interactive S= t= z= l v m s w',
);
const ruby = language('e=l r= I= n p a i? l 0# F= W? w c v C= E= K= S s x? d');

const bunInstall: Program = {
  handler: 'package-install',
  operands: 'm*',
  options:
    'dev|d|D optional peer exact|E global|g registry=u production|p frozen-lockfile force|f no-save trust ignore-scripts dry-run filter= cwd=',
};

const bunSubcommands: Readonly<Record<string, Program | string>> = {
  install: bunInstall,
  i: 'install',
  add: 'install',
  a: 'install',
  remove: { options: 'global|g' },
  rm: 'remove',
  update: {},
  run: language('watch hot silent smol if-present filter= b|bun'),
  x: { options: 'bun package|p=m', stop: true, handler: 'package-run' },
  test: { options: 'watch coverage timeout= bail? t|test-name-pattern= u|update-snapshots preload=r' },
  build: {
    options: 'outdir=w outfile=w target= minify sourcemap? format= splitting external= watch compile',
    operands: 'r*',
  },
  publish: { options: 'dry-run tag= access= otp= registry=u' },
  create: { stop: true },
  init: { options: 'yes|y' },
  link: {},
  unlink: {},
  pm: { deep: true },
  upgrade: {},
  outdated: {},
  patch: {},
  exec: { handler: 'shell-text', stop: true },
  repl: {},
};

/** Interpreters of other languages, by base name. */
export const languagePrograms: Readonly<Record<string, Program>> = {
  python: language('c=l m= W= X= B d E i I O q s S u v x P b V', { ends: ['-c', '-m'] }),
  pypy: language('c=l m= W= X= B d E i I O q s S u v', { ends: ['-c', '-m'] }),
  ipython: language('c=l m= i', { singleDash: false }),
  node: language(
    'e|eval=l p|print=l r|require=r import=r loader=r experimental-loader=r c|check i|interactive test watch? inspect? inspect-brk? max-old-space-size= env-file=r enable-source-maps trace-warnings no-warnings title= input-type= conditions= C= run=',
  ),
  bun: {
    options:
      'e|eval=l p|print=l r|preload=r watch hot cwd= b|bun silent smol c|config=r inspect? env-file=r port= global|g registry=u yes|y',
    subcommands: bunSubcommands,
    handler: 'interpreter',
    stop: true,
  },
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
      repl: { handler: 'interpreter', options: 'eval=l eval-file=r' },
    },
  },
  tsx: language('e|eval=l p|print=l r|require=r import=r tsconfig=r watch no-cache'),
  'ts-node': language('e|eval=l p|print r|require=r T|transpile-only P|project=r esm swc'),
  perl: language('e=l E=l n p i? l# 0# a F= I= M= m= w W c v V d? D? s S t T u U x? C? h'),
  raku: language('e=l n p I= M= c v'),
  ruby,
  jruby: ruby,
  irb: language('e=l r= I= f'),
  php,
  lua: language('e=l l= i v E W'),
  luajit: language('e=l l= i v j= O? b'),
  R: language('e=l f|file=r no-save no-restore vanilla q|quiet slave args'),
  Rscript: language('e=l vanilla no-save verbose'),
  julia: language('e|eval=l E|print=l L|load=r p= t= q project? i O? startup-file='),
  tclsh: language(''),
  wish: language(''),
  guile: language('c=l s=r l=r e= L= q'),
  scheme: language('load=r q'),
  racket: language('e=l f=r t=r l= i u=r r=r'),
  sbcl: language('eval=l load=r script=r noinform non-interactive no-userinit'),
  clisp: language('x=l i=r q'),
  clojure: language('e|eval=l M? X? A? P S? m|main='),
  bb: language('e=l f=r m|main='),
  ghc: language('e=l o=w outputdir=w odir=w hidir=w O? Wall', { singleDash: true, stop: false }),
  runghc: language(''),
  ocaml: language('e=l init=r I='),
  elixir: language('e|eval=l r=r S= pa= pz= no-halt'),
  iex: language('e|eval=l r=r S='),
  erl: language('eval=l noshell s= run= pa= name= sname= noinput', { singleDash: true }),
  groovy: language('e=l n p i? c= cp= D='),
  kotlin: language('e=l cp= script', { singleDash: true }),
  scala: language('e=l cp= classpath= nc', { singleDash: true }),
  swift: language('e=l I= L= F='),
  java: {
    options: '-cp= -classpath= -p= -jar=r -m= -version -ea -da',
    stop: true,
    ends: ['-jar'],
    singleDash: true,
    handler: 'interpreter',
  },
  jshell: language('R= class-path= startup=r s v q'),
  osascript: language('e=l l= s= i'),
  octave: language('eval=l'),
  jrunscript: language('e=l f=r l='),
  jjs: language('scripting cp='),
  bpftrace: language('e=l'),
  dc: language('e=l f=r'),
  puppet: { subcommands: { apply: language('e=l') } },
  knife: { subcommands: { exec: language('E=l') } },
  nu: language('c|commands=l e|execute=l n'),
  xonsh: language('c=l rc=r i'),
  elvish: language('c|codeonly=l'),
  maxima: language('batch-string=l'),
  sage: language('c=l'),
  gimp: language('b=l i'),
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
