import type { Program } from './programs-program.js';

/** A program whose remaining words are a command. */
function wrapper(options: string, leads = 0, more: Partial<Program> = {}): Program {
  return { options, leads, stop: true, handler: 'wrapper', ...more };
}

/** A language of which only the options that take code are known. */
function language(options: string, more: Partial<Program> = {}): Program {
  return { options, stop: true, handler: 'interpreter', ...more };
}

const text: Program = { operands: 'x*', text: true };
/** A program that looks into the files it is given and runs nothing of them. */
const inspector: Program = { operands: 'm*', text: false };
const tex: Program = {
  options:
    'shell-escape enable-write18 no-shell-escape shell-restricted output-directory=w interaction= jobname= halt-on-error synctex= recorder file-line-error draftmode',
  operands: 'm*',
  singleDash: true,
};
/** A subcommand whose words are code. */
const codeWords: Program = { handler: 'code-words', options: 'e|eval= e= environment=', operands: 'x*' };
const sqlClient: Program = {
  options:
    'e|execute=q c|command=q q|query=q f|file=r queries-file=r h|host=h port= user= u= password= d|database=c format= o=w output=w',
  operands: 'm*',
  handler: 'sql',
};
/** Virtual machines that have the home folder of the host. */
const withHome = (leads: number): Program => wrapper('', leads);
const remoteCommand = (leads: number): Program => wrapper('', leads, { elsewhere: true });
/** Shells of other machines' images and containers; the workspace and the home folder are often there too. */
const image = wrapper('B|bind= H|home= W|workdir= pwd= env= C|contain c|cleanenv e nv w|writable', 1);

/** Programs that few people use, as far as they run commands, hold code or send files; by base name. */
export const rarePrograms: Readonly<Record<string, Program>> = {
  ldd: inspector,
  nm: inspector,
  objdump: { operands: 'm*', options: 'd D j= S t x h a f p s C M= start-address= stop-address=' },
  readelf: { operands: 'm*' },
  size: inspector,
  otool: { operands: 'm*', singleDash: true },
  strip: { operands: 'a*' },
  lldb: { options: 'o|one-line=s s|source=r b|batch p|attach-pid= f|file=r', stop: true, handler: 'wrapper' },
  tldr: text,
  cheat: text,
  apropos: text,
  whatis: text,
  info: text,
  help: text,
  figlet: text,
  semgrep: { options: 'config|c|f=r pattern|e= lang|l= output|o=w json', operands: 'r*', deep: false },
  'ast-grep': { options: 'pattern|p= rewrite|r= lang|l= globs= update-all|U', operands: 'm*' },
  cowsay: { options: 'f=s e= T= W= l n', operands: 'x*', text: true },
  cowthink: { options: 'f=s e= T= W= l n', operands: 'x*', text: true },
  gio: {
    subcommands: {
      trash: { operands: 'd*' },
      remove: { operands: 'd*' },
      copy: { operands: 'r* w' },
      move: { operands: 'a* w' },
      cat: { operands: 'r*' },
      save: { operands: 'w' },
    },
  },
  plutil: { operands: 'a*', singleDash: true, options: 'replace= insert= remove= string= extract= convert= o=w' },
  fuser: { options: 'k m i n= u v s a c f', operands: 'm*' },
  pidof: text,
  nmcli: { deep: true, text: true },
  bridge: { deep: true, text: true },
  'aa-exec': wrapper('p|profile= n|namespace= d|debug i|immediate v|verbose'),
  aoss: wrapper(''),
  cpulimit: wrapper('l|limit= f|foreground p|pid= e|exe= b|background i|include-children z|lazy v|verbose m'),
  fakechroot: wrapper('l= d= s e= c= b= v'),
  ksu: { options: 'e=s n= c= k D r= p|P f q a=s', operands: 'x*', privileged: true },
  genie: { options: 'c|command=s s|shell u|shutdown', operands: 'x*' },
  setlock: wrapper('n N x X d', 1),
  pidstat: { options: 'e=s p= d r u', operands: 'x*' },
  msgfilter: wrapper('i|input=r o|output=w P E s n= D= f|force-po'),
  'lxc-attach': wrapper('n|name= P= e= clear-env keep-env v|set-var=', 0, { elsewhere: true }),
  'systemd-nspawn': wrapper('D|directory=a b|boot M|machine= bind=a bind-ro=r u|user= q|quiet x|ephemeral', 0, {
    privileged: true,
  }),
  'arch-chroot': wrapper('u= N r', 1, { privileged: true }),
  schroot: wrapper('c|chroot= u|user= d|directory= p r b e a', 0),
  machinectl: { subcommands: { shell: remoteCommand(1), login: {}, list: {}, status: {}, remove: {}, poweroff: {} } },
  limactl: { subcommands: { shell: withHome(1), list: {}, start: {}, stop: {}, delete: {} } },
  lima: withHome(0),
  colima: { subcommands: { ssh: withHome(0), start: {}, stop: {}, delete: {}, status: {}, list: {} } },
  apptainer: { subcommands: { exec: image, run: { operands: 'm x*' }, shell: {}, pull: {}, build: {} } },
  singularity: { subcommands: { exec: image, run: { operands: 'm x*' }, shell: {}, pull: {}, build: {} } },
  buildah: { subcommands: { run: remoteCommand(1), from: {}, images: {}, containers: {}, bud: {}, build: {} } },
  ctr: { deep: true },
  runc: { deep: true },
  crun: { deep: true },
  rustup: { subcommands: { run: wrapper('install', 1) }, deep: true },
  cabal: { subcommands: { exec: wrapper('v='), run: { stop: true }, build: {}, test: {}, install: {}, repl: {} } },
  stack: {
    subcommands: { exec: wrapper('package='), build: {}, test: {}, run: { stop: true }, ghci: {}, install: {} },
  },
  opam: { subcommands: { exec: wrapper('switch='), install: {}, switch: {}, update: {} } },
  repo: { subcommands: { forall: { options: 'c|command=s p v g= j=' }, sync: {}, init: {}, status: {} } },
  meta: { subcommands: { exec: { handler: 'shell-text', stop: true }, git: {}, npm: {} } },
  mr: { subcommands: { run: wrapper('') }, options: 'd=r c=r' },
  gita: { subcommands: { shell: { handler: 'shell-text', stop: true }, super: {}, ls: {} } },
  ghq: { deep: true },
  adb: {
    options: 's= d e t= H= P= L=',
    subcommands: {
      shell: { handler: 'shell-text', stop: true, elsewhere: true },
      push: { operands: 'r x' },
      pull: { operands: 'x w' },
      install: { operands: 'r*', options: 'r t d g' },
    },
    deep: true,
  },
  ab: { options: 'p=r T= c= n= u=r H= A= k', operands: 'u' },
  // Its name would read as `k` with a version.
  k6: { subcommands: { run: language('u|vus= d|duration= i|iterations= e|env= o|out= q|quiet') }, deep: true },
  wrk: { options: 't= c= d= s=r H= latency', operands: 'u' },
  hey: { options: 'n= c= D=r d= m= H= T=', operands: 'u', singleDash: true },
  // Languages; what their options hold is code that nobody reads here.
  gs: language('c=e sDEVICE= o=w sOutputFile=w q dNODISPLAY dNOSAFER', { singleDash: true }),
  slsh: language('e=e'),
  hy: language('c=e m='),
  nim: { subcommands: { e: { operands: 'r', stop: true }, c: {}, r: {}, compile: {} }, options: 'eval=e', deep: true },
  crystal: { subcommands: { eval: codeWords, run: {}, build: {}, spec: {}, tool: {} } },
  janet: language('e=e'),
  fennel: language('e|eval=e'),
  gosh: language('e=e E=e l=r'),
  csi: language('e=e p=e P=e eval=e ss=r s=r', { singleDash: true }),
  ecl: language('eval=e load=r shell=r', { singleDash: true }),
  gforth: language('e|evaluate=e'),
  swipl: language('g=e t=e f=r s=r c=r'),
  gprolog: language('query-goal=e init-goal=e entry-goal=e consult-file=r'),
  csharp: language('e=e'),
  qjs: language('e|eval=e I|include=r m|module std'),
  d8: language('e=e'),
  gjs: language('c|command=e'),
  newlisp: language('e=e'),
  pike: language('e=e x=e'),
  babashka: language('e|eval=e f=r m='),
  'scala-cli': language('e=e S='),
  amm: language('c|code=e'),
  kotlinc: { options: 'script e=e expression=e d=w cp= include-runtime', operands: 'r*', singleDash: true },
  groovysh: language('e=e'),
  'rust-script': language('e|expr=e l|loop=e d|dep='),
  factor: language('e=e run='),
  yue: language('e=e'),
  moon: language('e=e'),
  tdbtool: { operands: 'a x*' },
  gore: language('eval=e'),
  yaegi: language('e=e'),
  gomacro: language('e=e'),
  evcxr: text,
  mkcert: {
    options: '-key-file=w -cert-file=w -p12-file=w -install -uninstall -client -ecdsa -pkcs12 -csr=r -CAROOT',
    operands: 'x*',
    singleDash: true,
  },
  ghci: { options: 'e=e', operands: 'r*', singleDash: true },
  rscript: language('e=e'),
  littler: language('e=e'),
  r: language('e=e'),
  sclang: language(''),
  latex: tex,
  pdflatex: tex,
  xelatex: tex,
  lualatex: tex,
  tex,
  pdftex: tex,
  xetex: tex,
  luatex: tex,
  latexmk: {
    options:
      'latex=s pdflatex=s xelatex=s lualatex=s e=e r=r pdf pvc c C f g outdir=w output-directory=w shell-escape interaction= jobname=',
    operands: 'm*',
    singleDash: true,
  },
  mycli: sqlClient,
  pgcli: sqlClient,
  litecli: sqlClient,
  usql: sqlClient,
  duckdb: {
    ...sqlClient,
    options: `${sqlClient.options ?? ''} s=q csv json line markdown box readonly init=r`,
    singleDash: true,
  },
  'clickhouse-client': sqlClient,
  'clickhouse-local': sqlClient,
  clickhouse: {
    subcommands: { client: sqlClient, local: sqlClient },
    options: sqlClient.options ?? '',
    operands: 'm*',
    handler: 'sql',
  },
  cqlsh: { ...sqlClient, operands: 'u x*' },
  trino: sqlClient,
  presto: sqlClient,
  snowsql: sqlClient,
  // Programs that talk to other machines.
  websocat: { options: 'H= n 1 b t E k|insecure exec-sigterm s|server-mode sh-c=s exec=s', operands: 'u*' },
  wscat: {
    options: 'c|connect=u l|listen= x|execute= n|no-check H|header= s= w|wait= p|protocol= o|origin= proxy=u',
    operands: 'u',
  },
  grpcurl: {
    options: 'd= H= plaintext insecure import-path=r proto=r protoset=r cacert= cert=r key=r max-time= v vv',
    operands: 'h x*',
    singleDash: true,
  },
  evans: { options: 'host=h port|p= r|reflection', operands: 'x*' },
  kcat: { options: 'b=h t= P C L G= K= o= e q p= X= D= f= l=r', operands: 'r*' },
  mosquitto_pub: { options: 'h=h p= t= m= f=r s l u= P= q= r', operands: 'x*' },
  mosquitto_sub: { options: 'h=h p= t= u= P= q= v C=', operands: 'x*' },
  nats: { options: 's|server=h creds=r', deep: true },
  'gnutls-cli': { options: 'p|port= insecure', operands: 'h' },
  cryptcat: { options: 'l e=s k= p= v n', handler: 'netcat' },
  sbd: { options: 'l e=s c= k= p= v n', handler: 'netcat' },
  socket: { options: 'p=s q v s l b c f w r t', operands: 'h x' },
  ncftp: { options: 'u= p= P=', operands: 'h' },
  ncftpput: { options: 'u= p= P= R m', operands: 'h x r*' },
  finger: { operands: 'h*' },
  smbclient: { options: 'c|command= U= N L=h I=h', operands: 'x*' },
  sshfs: { options: 'o=k p= C F=r f d s', operands: 'o w' },
  ldapsearch: { options: 'H=u h=h p= x D= w= y=r b= s= f=r L Z', operands: 'x*' },
  logger: { options: 'n|server=h f|file=r t|tag= p|priority= s i P= T d u=', operands: 'x*', text: true },
  plink: { options: 'ssh P= l= pw= i=r m=r L= R= D= batch', stop: true, handler: 'ssh', singleDash: true },
  pscp: { options: 'P= pw= i=r r batch', handler: 'rsync', singleDash: true },
  psftp: { options: 'b=r P= pw= i=r', operands: 'h', singleDash: true },
  dcfldd: { handler: 'dd' },
  dc3dd: { handler: 'dd' },
  wp: { subcommands: { eval: codeWords, 'eval-file': { operands: 'r' } }, deep: true },
  drush: { subcommands: { eval: codeWords, 'php-eval': codeWords, ev: codeWords, 'php:eval': codeWords }, deep: true },
  'crystal-eval': language('e=e'),
};
