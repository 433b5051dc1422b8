import type { Program } from './programs-program.js';

const text: Program = { operands: 'x*', text: true };
const reader: Program = { operands: 'r*' };
const copyOptions =
  'r|R|recursive a|archive f|force i|interactive n|no-clobber u|update? v|verbose p preserve? no-preserve= L|dereference ' +
  'P|no-dereference H d l|link s|symbolic-link t|target-directory= T|no-target-directory b|backup? S|suffix= ' +
  'x|one-file-system reflink? sparse= strip-trailing-slashes remove-destination parents attributes-only c X Z';
const grepOptions =
  'e|regexp= f|file=r r|recursive R|dereference-recursive A|after-context= B|before-context= C|context= m|max-count= ' +
  'include=g exclude= exclude-from=r exclude-dir= color? colour? i|ignore-case v|invert-match w|word-regexp ' +
  'x|line-regexp c|count l|files-with-matches L|files-without-match n|line-number o|only-matching q|quiet s|no-messages ' +
  'E|extended-regexp F|fixed-strings G|basic-regexp P|perl-regexp H|with-filename h|no-filename Z|null z|null-data ' +
  'a|text I b|byte-offset U T label= binary-files= d|directories= D|devices=';
const compressor: Program = {
  options:
    'd|decompress|uncompress k|keep c|stdout|to-stdout f|force r|recursive t|test l|list v|verbose q|quiet S|suffix= T|threads= o=w n N z|compress 1 2 3 4 5 6 7 8 9',
  operands: 'a*',
};
const listing =
  'a|all l A|almost-all h|human-readable r|reverse R|recursive t S|size d|directory 1 F i n p s u c C color? sort= time= time-style= I|ignore= hide= w|width= T|tabsize= group-directories-first';

/** Programs that work on files, by base name. */
export const filePrograms: Readonly<Record<string, Program>> = {
  rm: {
    options:
      'r|R|recursive f|force i I interactive? d|dir v|verbose one-file-system no-preserve-root preserve-root? P W x',
    operands: 'd*',
    recursive: ['-r'],
    silent: true,
  },
  rmdir: { options: 'p|parents v|verbose ignore-fail-on-non-empty', operands: 'd*', silent: true },
  unlink: { operands: 'd', silent: true },
  shred: {
    options: 'u remove? f|force n|iterations= s|size= z|zero v|verbose x|exact random-source=r',
    operands: 'd*',
  },
  srm: { options: 'r|R|recursive f|force v d z l', operands: 'd*', recursive: ['-r'] },
  wipe: { options: 'r f q i s c k', operands: 'd*', recursive: ['-r'] },
  rimraf: { options: 'g|glob no-glob v|verbose preserve-root no-preserve-root', operands: 'd*', recursive: ['*'] },
  'del-cli': { options: 'f|force d|dry-run', operands: 'd*', recursive: ['*'] },
  'trash-put': { options: 'r|R|recursive f|force v|verbose', operands: 'd*', recursive: ['*'] },
  trash: { options: 'r f v F', operands: 'd*', recursive: ['*'] },
  mv: { options: copyOptions, handler: 'copy', silent: true },
  cp: { options: copyOptions, handler: 'copy', silent: true },
  ln: {
    options:
      's|symbolic f|force n|no-dereference i|interactive v|verbose r|relative t|target-directory= T|no-target-directory b|backup? S|suffix= L P',
    handler: 'copy',
    silent: true,
  },
  link: { operands: 'r w' },
  install: {
    options:
      'd|directory m|mode= o|owner= g|group= t|target-directory= T|no-target-directory D C|compare s|strip v|verbose b|backup? S|suffix= p strip-program=s',
    handler: 'copy',
    silent: true,
  },
  ditto: { options: 'V v c k x z arch= bom= rsrc norsrc', operands: 'r* w' },
  mkdir: { options: 'p|parents m|mode= v|verbose Z', operands: 'w*', silent: true },
  touch: { options: 'a c|no-create d|date= m r|reference=r t= h|no-dereference time=', operands: 'w*', silent: true },
  truncate: { options: 's|size= r|reference=r c|no-create o|io-blocks', operands: 'w*', silent: true },
  fallocate: { options: 'l|length= o|offset= d p z c n', operands: 'w*' },
  mkfifo: { options: 'm|mode= Z', operands: 'w*', silent: true },
  mknod: { options: 'm|mode= Z', operands: 'w x*' },
  chmod: {
    options: 'R|recursive v|verbose c|changes f|silent|quiet reference=r preserve-root no-preserve-root',
    handler: 'chmod',
    recursive: ['-R'],
    silent: true,
  },
  chown: {
    options:
      'R|recursive h|no-dereference f|silent|quiet v|verbose c|changes H L P from= reference=r preserve-root no-preserve-root',
    handler: 'chmod',
    recursive: ['-R'],
    silent: true,
  },
  chgrp: {
    options: 'R|recursive h f v c H L P reference=r preserve-root no-preserve-root',
    handler: 'chmod',
    recursive: ['-R'],
    silent: true,
  },
  chattr: { options: 'R V f v= p=', handler: 'chmod', recursive: ['-R'] },
  setfacl: {
    options: 'R|recursive m|modify= M=r x|remove= X=r b|remove-all k d set= restore=r',
    operands: 'w*',
    recursive: ['-R'],
  },
  chflags: { options: 'R f h v H L P', handler: 'chmod', recursive: ['-R'] },
  tee: { options: 'a|append i|ignore-interrupts p output-error?', handler: 'tee' },
  sponge: { options: 'a', operands: 'w*' },
  dd: { handler: 'dd' },
  cat: {
    options: 'n|number A|show-all b|number-nonblank E|show-ends s|squeeze-blank T|show-tabs v|show-nonprinting e t u',
    operands: 'r*',
  },
  tac: { options: 'b r s|separator=', operands: 'r*' },
  nl: { options: 'b= d= f= h= i= l= n= s= v= w= p', operands: 'r*' },
  head: { options: 'n|lines= c|bytes= q|quiet v|verbose z', operands: 'r*' },
  tail: { options: 'n|lines= c|bytes= f|follow? F q|quiet v pid= s|sleep-interval= retry z', operands: 'r*' },
  less: { options: 'N S R F X i n p= P= o=w O=w k=r t= x=', handler: 'editor', operands: 'r*' },
  more: { options: 'd l f p c s u n=', handler: 'editor', operands: 'r*' },
  bat: {
    options:
      'l|language= style= color= theme= p|plain n|number r|line-range= A|show-all paging= pager=s H|highlight-line= file-name= m|map-syntax=',
    operands: 'r*',
  },
  batcat: {
    options: 'l|language= style= color= theme= p|plain n|number r|line-range= paging= pager=s',
    operands: 'r*',
  },
  wc: { options: 'l|lines w|words c|bytes m|chars L files0-from=r', operands: 'r*', lists: ['--files0-from'] },
  stat: { options: 'c|format= printf= f|file-system t|terse L|dereference x s', operands: 'r*' },
  file: { options: 'b|brief i|mime mime-type L z f|files-from=r m=r', operands: 'r*', lists: ['-f'] },
  strings: { options: 'a n= t= e= o f', operands: 'r*' },
  od: { options: 'A= t= N= j= w? v c x d o b a', operands: 'r*' },
  xxd: { options: 'r|revert p|ps|plain b c= g= l= s= u i a', operands: 'r w', singleDash: false },
  hexdump: { options: 'C b c d n= s= v e= f=r o x', operands: 'r*' },
  hd: reader,
  base64: { options: 'd|decode D w|wrap= i|ignore-garbage b= o=w', operands: 'r*' },
  base32: { options: 'd|decode w|wrap= i|ignore-garbage', operands: 'r*' },
  basenc: { options: 'd|decode w|wrap= i base64 base32 base16 base64url', operands: 'r*' },
  uuencode: { options: 'm', operands: 'r x' },
  uudecode: { options: 'o=w', operands: 'r*' },
  sort: {
    options:
      'o|output=w k|key= t|field-separator= n|numeric-sort r|reverse u|unique c|check f h|human-numeric-sort V|version-sort g M b d i m s z R S|buffer-size= T|temporary-directory= compress-program=s parallel= files0-from=r',
    operands: 'r*',
    lists: ['--files0-from'],
  },
  uniq: {
    options: 'c|count d|repeated D u|unique i|ignore-case f|skip-fields= s|skip-chars= w|check-chars= z',
    operands: 'r w',
  },
  cut: {
    options: 'd|delimiter= f|fields= c|characters= b|bytes= s|only-delimited output-delimiter= complement z',
    operands: 'r*',
  },
  paste: { options: 'd|delimiters= s|serial z', operands: 'r*' },
  join: { options: 'a= e= i j= o= t= v= 1= 2=', operands: 'r*' },
  comm: { options: '1 2 3 output-delimiter= z', operands: 'r*' },
  diff: {
    options:
      'r|recursive u U|unified= c C= q|brief s i w b B N|new-file y|side-by-side W|width= x|exclude= X=r I= a color? label= strip-trailing-cr no-index from-file=r to-file=r',
    operands: 'r*',
  },
  colordiff: { options: 'r u U= q', operands: 'r*' },
  cmp: { options: 'l s n= i= b', operands: 'r r x*' },
  fold: { options: 'w|width= s b', operands: 'r*' },
  fmt: { options: 'w= s u p=', operands: 'r*' },
  column: { options: 't s|separator= o= c= n= x N= J', operands: 'r*' },
  rev: reader,
  expand: { options: 't= i', operands: 'r*' },
  unexpand: { options: 't= a', operands: 'r*' },
  split: { options: 'b|bytes= l|lines= n|number= a= d C= x filter=s additional-suffix= verbose', operands: 'r w' },
  csplit: { options: 'f= n= k b= s z', operands: 'r x*' },
  shuf: { options: 'n= e i= o=w r z random-source=r', operands: 'r*' },
  tr: { options: 'd|delete s|squeeze-repeats c|complement C t', operands: 'x*', text: true },
  iconv: { options: 'f|from-code= t|to-code= o|output=w c s l', operands: 'r*' },
  dos2unix: { options: 'n|newfile k q o|oldfile', operands: 'a*' },
  unix2dos: { options: 'n|newfile k q', operands: 'a*' },
  md5sum: { options: 'c|check b t quiet status w tag z', operands: 'r*' },
  sha1sum: { options: 'c|check b t quiet status w tag z', operands: 'r*' },
  sha256sum: { options: 'c|check b t quiet status w tag z', operands: 'r*' },
  sha512sum: { options: 'c|check b t quiet status w tag z', operands: 'r*' },
  shasum: { options: 'a|algorithm= c|check b t s', operands: 'r*' },
  md5: { options: 'q r s=', operands: 'r*' },
  cksum: reader,
  b2sum: reader,
  ls: { options: listing, operands: 'r*', idle: 'r' },
  dir: { options: listing, operands: 'r*', idle: 'r' },
  vdir: { options: listing, operands: 'r*', idle: 'r' },
  ll: { options: listing, operands: 'r*', idle: 'r' },
  la: { options: listing, operands: 'r*', idle: 'r' },
  eza: {
    options: 'l|long a|all T|tree L|level= s|sort= r R|recurse h g git icons? color? I= D 1',
    operands: 'r*',
    idle: 'r',
  },
  exa: { options: 'l|long a|all T|tree L|level= s|sort= r R|recurse h g git', operands: 'r*', idle: 'r' },
  lsd: { options: 'l a A t S r tree depth= F', operands: 'r*', idle: 'r' },
  tree: {
    options:
      'L= I= P= a d f i o=w s h p u g D C n F J X H= charset= prune gitignore noreport filelimit= dirsfirst matchdirs',
    operands: 'r*',
    idle: 'r',
  },
  du: {
    options:
      's|summarize h|human-readable a|all c|total d|max-depth= k m b x exclude= apparent-size X=r t= 0 L D S files0-from=r',
    operands: 'r*',
    idle: 'r',
    lists: ['--files0-from'],
  },
  df: { options: 'h|human-readable T a i k m P t= x= H total output?', operands: 'r*' },
  lsof: { options: 'i? p= u= c= t n P a d= +D=', operands: 'r*' },
  readlink: { options: 'f|canonicalize e m n q s v z', operands: 'r*' },
  realpath: { options: 'e m s z relative-to=x relative-base=x q', operands: 'r*' },
  find: { handler: 'find', singleDash: true },
  fd: {
    options:
      'e|extension= t|type= d|max-depth= H|hidden I|no-ignore g|glob i s a l x|exec X|exec-batch E|exclude= S= c= p L 0 min-depth= changed-within= search-path= base-directory=',
    handler: 'fd',
  },
  fdfind: {
    options:
      'e|extension= t|type= d|max-depth= H|hidden I|no-ignore g|glob i s a l x|exec X|exec-batch E|exclude= S= c= p L 0',
    handler: 'fd',
  },
  locate: { options: 'i l= b c e r= n', operands: 'x*' },
  grep: { options: grepOptions, operands: 'x r*', recursive: ['-r', '-R'], text: true },
  zgrep: { options: grepOptions, operands: 'x r*', text: true },
  rg: {
    options:
      'e|regexp= f|file=r g|glob=g iglob=g t|type= T|type-not= A|after-context= B|before-context= C|context= m|max-count= i|ignore-case S|smart-case s|case-sensitive w|word-regexp v|invert-match l|files-with-matches c|count n|line-number N|no-line-number o|only-matching r|replace= u|unrestricted F|fixed-strings P|pcre2 U|multiline q|quiet H I|no-filename hidden no-ignore files color= colors= sort= sortr= max-depth= j|threads= pre=s pre-glob= json stats heading no-heading L|follow a|text z|search-zip M|max-columns= E|encoding= p|pretty vimgrep column type-list',
    operands: 'x r*',
    recursive: ['*'],
    text: true,
  },
  ag: {
    options: 'A= B= C= G= i s S w v l c n o Q u a hidden ignore= p=r m= depth=',
    operands: 'x r*',
    recursive: ['*'],
    text: true,
  },
  ack: { options: 'A= B= C= i w v l c n o Q type= ignore-dir= m=', operands: 'x r*', recursive: ['*'], text: true },
  look: { options: 'd f t= b', operands: 'x r' },
  awk: {
    options:
      'f|file=r F|field-separator= v|assign= E|exec=r i|include=r l|load= e|source= o? d? D? p? b|characters-as-bytes c C g h L? M n N O P r s S|sandbox t V posix',
    handler: 'awk',
    text: true,
  },
  sed: {
    options:
      'i|in-place? e|expression= f|file=r n|quiet|silent E|r|regexp-extended s|separate u|unbuffered z|null-data l|line-length= posix debug sandbox follow-symlinks a',
    handler: 'sed',
    text: true,
  },
  ed: { options: 'p= s v', handler: 'editor', operands: 'a*' },
  ex: { options: 's c= u=r S=r cmd= R V? e', handler: 'editor', operands: 'a*' },
  vi: { options: 'c= u=r S=r cmd= R V? e E s d n N i=r', handler: 'editor', operands: 'a*' },
  vim: { options: 'c= u=r S=r cmd= R V? e E s d n N i=r T= p o O noplugin clean', handler: 'editor', operands: 'a*' },
  nvim: { options: 'c= u=r S=r cmd= R V? e E s d n i=r headless l=r p o O clean', handler: 'editor', operands: 'a*' },
  view: { options: 'c= u=r S=r', handler: 'editor', operands: 'r*' },
  nano: { options: 'w l v m i T= r= s|speller=s', handler: 'editor', operands: 'a*' },
  emacs: {
    options: 'eval= execute= f|funcall= l|load=r batch Q q nw script=r',
    handler: 'editor',
    operands: 'a*',
    singleDash: false,
  },
  patch: {
    options:
      'i|input=r p|strip= d|directory=w R|reverse N|forward o|output=w b|backup dry-run F= s f t l r|reject-file=w verbose',
    operands: 'w r',
    idle: 'w',
  },
  gzip: compressor,
  gunzip: compressor,
  bzip2: compressor,
  bunzip2: compressor,
  xz: compressor,
  unxz: compressor,
  lz4: compressor,
  zstd: compressor,
  unzstd: compressor,
  brotli: compressor,
  zcat: reader,
  bzcat: reader,
  xzcat: reader,
  zstdcat: reader,
  zless: reader,
  tar: {
    options:
      'c|create x|extract|get t|list r|append u|update A|catenate d|diff|compare delete f|file= C|directory= z|gzip j|bzip2 ' +
      'J|xz a|auto-compress v|verbose k|keep-old-files p|preserve-permissions P|absolute-names O|to-stdout h|dereference ' +
      'exclude= X|exclude-from=r T|files-from=r I|use-compress-program=s to-command=s checkpoint? checkpoint-action= ' +
      'rsh-command=s rmt-command=s F|info-script=s new-volume-script=s strip-components= transform|xform= overwrite ' +
      'remove-files recursive-unlink unlink-first W|verify zstd lzma lzip owner= group= mode= mtime= wildcards no-same-owner ' +
      'no-same-permissions w|interactive m s S g|listed-incremental=w K= N= V= b= L= numeric-owner sort= exclude-vcs null keep-newer-files no-recursion',
    handler: 'tar',
    lists: ['-T'],
  },
  zip: {
    options:
      'r|recurse-paths q|quiet v 0 1 2 3 4 5 6 7 8 9 e|encrypt P|password= x= i= u f m|move d j|junk-paths T|test -TT=s unzip-command=s @ y X s= b= t= n= o',
    operands: 'w r*',
    recursive: ['-r'],
    lists: ['-@'],
    handler: 'zip',
  },
  unzip: { options: 'd= o n q l t v p x= j a u f P= C L X Z', handler: 'unzip' },
  '7z': { operands: 'x w r*', singleDash: true, handler: 'zip' },
  '7za': { operands: 'x w r*', singleDash: true, handler: 'zip' },
  '7zz': { operands: 'x w r*', singleDash: true, handler: 'zip' },
  rar: { operands: 'x w r*', singleDash: true, handler: 'zip' },
  unrar: { operands: 'x r w', singleDash: true },
  cpio: {
    options:
      'i|extract o|create p|pass-through d|make-directories v|verbose u F=a D|directory=w H|format= E=r rsh-command=s',
    operands: 'w*',
    idle: 'w',
    lists: ['-o', '-p'],
  },
  pax: {
    options: 'r w a f=a d i k l n p= s= t u v x= z',
    operands: 'r*',
    lists: ['-w'],
  },
  ar: { operands: 'x a r*', singleDash: true },
  mktemp: { options: 'd|directory p= tmpdir? t u|dry-run q suffix=', operands: 'x*' },
  cd: text,
  echo: text,
  printf: text,
  true: text,
  false: text,
  yes: text,
  seq: text,
  sleep: text,
  date: { options: 'd|date= f|file=r r|reference= s|set= u|utc R I? j v=', operands: 'x*', text: true },
  basename: { options: 'a s= z', operands: 'x*', text: true },
  dirname: { options: 'z', operands: 'x*', text: true },
  pwd: text,
  expr: text,
  bc: { options: 'l q i s w', operands: 'r*' },
  test: text,
  factor: text,
  nproc: text,
  whoami: text,
  id: text,
  groups: text,
  who: text,
  uname: text,
  arch: { operands: 'x*', handler: 'wrapper', stop: true },
  hostname: text,
  uptime: text,
  tty: text,
  ps: { operands: 'x*', text: true, singleDash: true, handler: 'environment' },
  top: text,
  htop: text,
  free: text,
  vmstat: text,
  printenv: { operands: 'x*', text: true, options: '0|null', handler: 'environment' },
  locale: text,
  which: text,
  whereis: text,
  cal: text,
  clear: text,
  tput: text,
  reset: text,
  kill: { operands: 'x*', text: true, options: 's|signal= l n=' },
  killall: { operands: 'x*', text: true, options: 's|signal= u|user= i q v w e r' },
  pkill: { operands: 'x*', text: true, options: 'f|full u= signal= x n o P= g= t= e 9' },
  pgrep: { operands: 'x*', text: true, options: 'f|full u= x n o P= l a c d=' },
  jq: {
    options:
      'r|raw-output c|compact-output n|null-input e|exit-status s|slurp S|sort-keys M C a j arg= argjson= slurpfile= rawfile= f|from-file=r R L= tab indent= args jsonargs',
    operands: 'x r*',
    text: true,
    handler: 'jq',
  },
  gojq: { options: 'r c n e s', operands: 'x r*', text: true, handler: 'jq' },
  jaq: { options: 'r c n e s', operands: 'x r*', text: true, handler: 'jq' },
  yq: {
    options:
      'i|inplace r|raw-output e|exit-status P|prettyPrint o|output-format= p|input-format= n|null-input C M s= f=',
    operands: 'x a*',
    text: true,
    handler: 'jq',
  },
  xmllint: { options: 'format noout xpath= output=w schema=r', operands: 'r*' },
  mkfs: { options: 't|type= L= m= b= q F f n= E= N= O= I=', operands: 'w x*' },
  mkswap: { options: 'L= f p=', operands: 'w' },
  fdisk: { options: 'l u b= c= w= W= x', operands: 'w*' },
  sfdisk: { options: 'l d f N= delete', operands: 'w*' },
  sgdisk: { options: 'Z|zap-all z|zap o|clear n|new= t|typecode= d|delete= p|print g', operands: 'w*' },
  parted: { options: 's|script l|list a= m', operands: 'w x*' },
  wipefs: { options: 'a|all f|force n|no-act o= t= q b', operands: 'w*' },
  blkdiscard: { options: 'f s z o= l= v', operands: 'w' },
  hdparm: { operands: 'w*', singleDash: true },
  badblocks: { options: 'w n s v b= c= o=w', operands: 'w x*' },
  mount: { options: 't|types= o|options= r|read-only w B|bind R v a L= U= n', operands: 'x w' },
  umount: { options: 'f l a r v t= R', operands: 'x*' },
  losetup: { options: 'd D f a P o= c j= r show', operands: 'w r' },
  cryptsetup: { operands: 'x w*' },
  swapoff: text,
  swapon: text,
};
