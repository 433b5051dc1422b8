import type { Program } from './programs-program.js';

/** A program whose remaining words are a command. */
function wrapper(options: string, leads = 0, more: Partial<Program> = {}): Program {
  return { options, leads, stop: true, handler: 'wrapper', ...more };
}

const sudo = wrapper(
  'A|askpass b|background B|bell C|close-from= D|chdir= E preserve-env? e|edit g|group= H|set-home h|host= i|login K k|reset-timestamp ' +
    'l|list n|non-interactive N P|preserve-groups p|prompt= R|chroot= r|role= S|stdin s|shell T|command-timeout= t|type= ' +
    'U|other-user= u|user= v|validate V',
  0,
  { privileged: true, assigns: true, handler: 'su' },
);
const shell: Program = { handler: 'shell', stop: true };
const su: Program = {
  options:
    'c|command|session-command= l|login m|p|preserve-environment s|shell= g|group= G|supp-group= u|user= w|whitelist-environment= P f|fast',
  handler: 'su',
  privileged: true,
};
const runner = wrapper('p|package=m c|call= y|yes no n q|quiet no-install ignore-existing shell? node-options=', 0, {
  handler: 'package-run',
});

/** Programs that run another command, and the shells, by base name. */
export const wrapperPrograms: Readonly<Record<string, Program>> = {
  sh: shell,
  bash: shell,
  dash: shell,
  ash: shell,
  zsh: shell,
  ksh: shell,
  ksh93: shell,
  mksh: shell,
  rbash: shell,
  yash: shell,
  osh: shell,
  csh: shell,
  tcsh: shell,
  fish: shell,
  sudo,
  sudoedit: { options: sudo.options ?? '', operands: 'a*', privileged: true },
  doas: wrapper('a= C=r L n s u=', 0, { privileged: true, handler: 'su' }),
  pkexec: wrapper('user= disable-internal-agent keep-cwd version', 0, { privileged: true }),
  gosu: wrapper('', 1, { privileged: true }),
  'su-exec': wrapper('', 1, { privileged: true }),
  run0: wrapper('u|user= g|group= D|chdir= setenv= nice= unit= slice= background= property=', 0, { privileged: true }),
  su,
  runuser: su,
  sg: { options: 'c=s', leads: 1, stop: true, handler: 'wrapper', privileged: true },
  env: wrapper(
    'i|ignore-environment 0|null u|unset= C|chdir= S|split-string= v|debug block-signal? default-signal? ignore-signal? P= L= a|argv0=',
    0,
    { assigns: true, handler: 'env', ends: ['-S'] },
  ),
  nohup: wrapper(''),
  setsid: wrapper('c|ctty f|fork w|wait'),
  disown: wrapper(''),
  time: wrapper('p|portability f|format= o|output=w a|append v|verbose q|quiet l h'),
  timeout: wrapper('k|kill-after= s|signal= v|verbose preserve-status f|foreground', 1),
  nice: wrapper('n|adjustment= 0 1 2 3 4 5 6 7 8 9'),
  ionice: wrapper('c|class= n|classdata= p= P= u= t|ignore'),
  chrt: wrapper('a b d f i o r T= P= D= R v', 1),
  taskset: wrapper('a c p', 1),
  numactl: wrapper('i|interleave= m|membind= N|cpunodebind= C|physcpubind= l|localalloc preferred='),
  stdbuf: wrapper('i|input= o|output= e|error='),
  unbuffer: wrapper('p'),
  chronic: wrapper('v e'),
  ts: { operands: 'x*', text: true },
  ifne: wrapper('n'),
  pv: { operands: 'r*' },
  cgexec: wrapper('g= sticky'),
  catchsegv: wrapper(''),
  strace: wrapper('f ff c C d q r t T v x y i k a= b= e= E= I= o=w O= p= P= s= S= u= X='),
  ltrace: wrapper('f c C i L r S t T b a= A= D= e= F= l= n= o=w p= s= u= w= x='),
  gdb: {
    options: 'args batch e|ex|eval-command|eval|iex= x=r command=r p= q n nx',
    handler: 'wrapper',
    stop: true,
    singleDash: true,
  },
  valgrind: wrapper(
    'tool= log-file=w v q leak-check= suppressions=r xml= error-exitcode= track-origins= show-leak-kinds=',
  ),
  perf: {
    subcommands: {
      stat: wrapper('e= a p= r= o=w d v x='),
      record: wrapper('e= a p= g o=w F= c= call-graph= v'),
      trace: wrapper('e= o=w p='),
      report: {},
      top: {},
    },
  },
  hyperfine: {
    options:
      'w|warmup= m|min-runs= M|max-runs= r|runs= p|prepare=s s|setup=s c|cleanup=s L= P= S|shell= i|ignore-failure export-json=w export-markdown=w export-csv=w n|command-name= N u=',
    operands: 's*',
  },
  chroot: wrapper('userspec= groups= skip-chdir', 1, { privileged: true }),
  unshare: wrapper(
    'm|mount? u|uts? i|ipc? n|net? p|pid? U|user? C|cgroup? T? f|fork r|map-root-user c mount-proc? R|root= w|wd= S|setuid= G|setgid= kill-child? propagation= setgroups=',
    0,
  ),
  nsenter: wrapper(
    't|target= a|all m|mount? u|uts? i|ipc? n|net? p|pid? U|user? C|cgroup? r|root? w|wd? F Z S= G=',
    0,
    { privileged: true },
  ),
  setpriv: wrapper(
    'reuid= regid= clear-groups keep-groups init-groups groups= inh-caps= bounding-set= no-new-privs securebits= pdeathsig= reset-env ambient-caps= d',
  ),
  capsh: { options: 'print drop= caps= user= uid= gid= chroot=', handler: 'wrapper', stop: true, privileged: true },
  flock: {
    options:
      's|shared x|e|exclusive u|unlock n|nb|nonblock w|wait|timeout= o|close E|conflict-exit-code= F c|command=s v',
    leads: 1,
    stop: true,
    handler: 'wrapper',
  },
  'start-stop-daemon': {
    options:
      'S|start K|stop x|exec= a|startas= p|pidfile=w b|background m|make-pidfile c|chuid= n|name= d|chdir= N= u= s= q v',
    handler: 'wrapper',
    stop: true,
  },
  'systemd-run': wrapper(
    'user system scope t|pty p|property= u|unit= r wait slice= d same-dir G|collect q P|pipe E|setenv= S|shell uid= gid= M= H= on-active= on-calendar= working-directory= description=',
  ),
  'systemd-inhibit': wrapper('what= who= why= mode='),
  'dbus-run-session': wrapper('config-file=r dbus-daemon='),
  'dbus-launch': wrapper('exit-with-session sh-syntax'),
  'xvfb-run': wrapper(
    'a|auto-servernum e|error-file=w f|auth-file= n|server-num= l p|xauth-protocol= s|server-args= w|wait=',
  ),
  fakeroot: wrapper('l|lib= faked= s=w i=r u b= '),
  proot: wrapper('r|rootfs= b|bind= q= w|cwd= S= R= 0 k= v='),
  firejail: wrapper('quiet net= private? noprofile profile=r whitelist= blacklist= read-only='),
  bwrap: { handler: 'runs-code' },
  caffeinate: wrapper('d i m s u t= w='),
  rlwrap: wrapper('a? A? b= c C= f=r H=w i n p? r s= S='),
  'ssh-agent': wrapper('a= c s k d D E= t= P= O='),
  setarch: wrapper('R B F I L S T X Z 3 4', 1),
  linux32: wrapper('R B F I L S T X Z 3 4'),
  linux64: wrapper('R B F I L S T X Z 3 4'),
  noglob: wrapper(''),
  nocorrect: wrapper(''),
  chpst: wrapper('u= U= b= e= d= o= l=w L= m= n= p= c= v P 0 1 2'),
  softlimit: wrapper('a= d= f= l= m= o= p= r= s= t='),
  setuidgid: wrapper('', 1, { privileged: true }),
  envdir: wrapper('', 1),
  'ld.so': wrapper(
    'library-path= preload=r list verify inhibit-rpath= audit=r argv0= inhibit-cache glibc-hwcaps-prepend=',
  ),
  lxc: {
    subcommands: {
      exec: {
        options: 'env= cwd= user= group= n T t mode=',
        stop: true,
        leads: 1,
        handler: 'wrapper',
        elsewhere: true,
      },
      delete: { options: 'force|f' },
      stop: {},
      list: {},
      launch: {},
    },
  },
  incus: {
    subcommands: {
      exec: {
        options: 'env= cwd= user= group= n T t mode=',
        stop: true,
        leads: 1,
        handler: 'wrapper',
        elsewhere: true,
      },
      delete: { options: 'force|f' },
      list: {},
    },
  },
  multipass: {
    subcommands: {
      exec: {
        options: 'working-directory|d= no-map-working-directory|n',
        stop: true,
        leads: 1,
        handler: 'wrapper',
        elsewhere: true,
      },
      delete: { options: 'purge|p all' },
      list: {},
    },
  },
  crictl: {
    subcommands: {
      exec: {
        options: 'interactive|i tty|t sync|s timeout=',
        stop: true,
        leads: 1,
        handler: 'wrapper',
        elsewhere: true,
      },
      rm: { options: 'force|f all|a' },
      ps: {},
    },
  },
  distrobox: { subcommands: { enter: { options: 'name|n= root|r', stop: true, leads: 1, handler: 'wrapper' } } },
  toolbox: { subcommands: { run: { options: 'container|c= distro|d= release|r=', stop: true, handler: 'wrapper' } } },
  choom: wrapper('n|adjust= p|pid='),
  logsave: wrapper('a s v', 1),
  torify: wrapper(''),
  torsocks: wrapper('i u= p= a= P='),
  proxychains: wrapper('q f=r'),
  proxychains4: wrapper('q f=r'),
  grc: wrapper('e s c=r colour='),
  multitime: wrapper('n= q v i= r= s= b= f='),
  pexec: wrapper('n= r= e= o= m= p='),
  openvt: wrapper('c|console= s w u v f e'),
  distcc: wrapper('j'),
  ccache: wrapper(''),
  sccache: wrapper(''),
  nocache: wrapper('n='),
  eatmydata: wrapper(''),
  'run-parts': { options: 'test list regex= arg= a= v report', operands: 'r*' },
  watch: {
    options: 'n|interval= d|differences? t|no-title b|beep e|errexit g|chgexit c|color x|exec p|precise',
    stop: true,
    handler: 'watch',
  },
  entr: wrapper('a c d n p r s z x'),
  xargs: {
    options:
      '0|null a|arg-file=r d|delimiter= E|eof? e? I= i? L= l? n|max-args= P|max-procs= p|interactive r|no-run-if-empty s|max-chars= t|verbose x|exit o|open-tty process-slot-var= show-limits replace? J= R= S=',
    stop: true,
    handler: 'xargs',
  },
  parallel: {
    options:
      'j|jobs= a|arg-file=r 0|null d|delimiter= C|colsep= I= i? k|keep-order n|N|max-args= m X q|quote t|verbose v dry-run bar progress joblog=w results=w S|sshlogin= tmpdir= wd= tagstring= tag timeout= retries= halt= delay= load= will-cite pipe block= ungroup u eta shuf env= colsep= header= rpl=',
    stop: true,
    handler: 'parallel',
  },
  script: {
    options:
      'c|command=s a|append e|return f|flush q|quiet t|timing? O|log-out=w I|log-in=w B|log-io=w T|log-timing=w E=',
    operands: 'w',
    handler: 'shell-text',
  },
  expect: { options: 'c=l f=r i b d', handler: 'interpreter' },
  tmux: {
    options: 'L= S= f=r c=s 2 u v C l',
    subcommands: {
      'new-session': { options: 'd A s= n= c= x= y= t= P F= e=', stop: true, handler: 'shell-text' },
      new: 'new-session',
      'new-window': { options: 'd n= c= t= k a P F= e=', stop: true, handler: 'shell-text' },
      neww: 'new-window',
      'split-window': { options: 'h v d b c= t= l= p= P F= f e=', stop: true, handler: 'shell-text' },
      splitw: 'split-window',
      'send-keys': { options: 't= l R M X H N=', handler: 'shell-text' },
      send: 'send-keys',
      'run-shell': { options: 'b t= d= C c=', handler: 'shell-text' },
      run: 'run-shell',
      'if-shell': { options: 'b F t=', handler: 'shell-text' },
      'respawn-pane': { options: 'k c= t= e=', handler: 'shell-text' },
      'pipe-pane': { options: 'I O o t=', handler: 'shell-text' },
    },
  },
  screen: { options: '-Logfile=w d D m S= r x R t= c=r L l h= s= T= e= p= A a q X', stop: true, handler: 'wrapper' },
  at: { options: 'f=r m v l d c q= t= M', operands: 'x*', handler: 'at' },
  batch: { handler: 'at' },
  crontab: { options: 'e l r i u= s T', operands: 'r', handler: 'crontab' },
  busybox: { handler: 'wrapper', stop: true, options: 'list list-full install help s' },
  toybox: { handler: 'wrapper', stop: true, options: 'long help' },
  coreutils: { handler: 'wrapper', stop: true, options: 'coreutils-prog?' },
  npx: runner,
  bunx: runner,
  pnpx: runner,
  uvx: wrapper('from=m with=m p|python= q|quiet v refresh isolated index-url=u', 0, { handler: 'package-run' }),
  pipx: {
    subcommands: {
      run: wrapper('spec=m no-cache python= pip-args= q verbose', 0, { handler: 'package-run' }),
      install: {},
      uninstall: {},
      upgrade: {},
      list: {},
    },
  },
  'cross-env': wrapper('', 0, { assigns: true }),
  'cross-env-shell': { handler: 'shell-text', stop: true, assigns: true },
  dotenv: wrapper('e= f=r p= c? o quiet'),
  dotenvx: { subcommands: { run: wrapper('f|env-file=r e|env= q|quiet overload') } },
  direnv: { subcommands: { exec: wrapper('', 1), allow: {}, reload: {} } },
  doppler: { subcommands: { run: wrapper('command=s p|project= c|config= t|token= mount= silent') } },
  op: { subcommands: { run: wrapper('env-file=r no-masking account=') } },
  'aws-vault': { subcommands: { exec: wrapper('d|duration= n|no-session s|server j ecs-server region=', 1) } },
  mise: { subcommands: { exec: wrapper('c|command=s j= q', 0), x: 'exec', run: {}, install: {}, use: {} } },
  asdf: { subcommands: { exec: wrapper(''), env: wrapper('', 1) } },
  rbenv: { subcommands: { exec: wrapper('') } },
  pyenv: { subcommands: { exec: wrapper('') } },
  nodenv: { subcommands: { exec: wrapper('') } },
  fnm: { subcommands: { exec: wrapper('using=') } },
  volta: { subcommands: { run: wrapper('node= npm= yarn= bundled-npm no-yarn env=') } },
  conda: {
    subcommands: {
      run: wrapper('n|name= p|prefix= cwd= no-capture-output live-stream v'),
      install: {},
      create: {},
      remove: {},
      activate: {},
    },
  },
  mamba: { subcommands: { run: wrapper('n|name= p|prefix= cwd='), install: {}, create: {}, remove: {} } },
  micromamba: { subcommands: { run: wrapper('n|name= p|prefix= cwd='), install: {}, create: {} } },
  'nix-shell': { options: 'run=s command=s p|packages attr= A= I= pure keep= E|expr=e', operands: 'x*' },
  concurrently: {
    options:
      'n|names= c|prefix-colors= k|kill-others p|prefix= s|success= r|raw kill-others-on-fail g|group max-processes=',
    operands: 's*',
  },
  forever: { options: 'c|command=s w|watch watchDirectory=r l=w o=w e=w', operands: 'm*' },
  pm2: {
    subcommands: {
      start: { options: 'interpreter=s name|n= watch' },
      exec: {},
      list: {},
      logs: {},
      stop: {},
      delete: {},
      restart: {},
      save: {},
      startup: {},
    },
  },
  nodemon: { options: 'x|exec=s w|watch= e|ext= i|ignore= d|delay= q V L inspect? config=r', operands: 'r' },
  chokidar: { options: 'c|command=s d= t= i= initial', operands: 'x*' },
  watchexec: {
    options: 'e|exts= w|watch= i|ignore= r|restart c|clear s|signal= n|no-shell shell= p d|debounce=',
    stop: true,
    handler: 'shell-text',
  },
  foreman: { subcommands: { run: wrapper('e=r f=r d='), start: {} } },
};
