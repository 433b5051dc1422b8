import type { Program } from './programs-program.js';

const ssh =
  '4 6 A a B= b= C c= D= E=w e= F=r f G g I=r i=r J=h K k L= l= M m= N n O= o=k P= p= Q= q R= S= s T t V v W=h w= X x Y y';
const sqlClient: Program = {
  options:
    'h|host=h p|port= U|username= d|dbname=c c|command=q f|file=r queries-file=r W w v|set= A t q X o|output=w L=w E l b F= P= n s S z 0 1',
  handler: 'sql',
};
const mysql: Program = {
  options:
    'h|host=h P|port= u|user= p|password? D|database= e|execute=q B|batch N|skip-column-names S|socket= protocol= ssl-mode= default-character-set= t|table v A f|force tee=w init-command=q',
  handler: 'sql',
};

const httpie: Program = {
  options:
    'form|f json|j multipart output|o=w download|d auth|a= auth-type|A= verify= body|b headers|h meta|m verbose|v print|p= follow|F session=a session-read-only=r timeout= proxy=u ignore-stdin|I cert=r raw= offline check-status quiet|q style|s= pretty= all stream|S chunked compress|x default-scheme= ssl= cert-key=r',
  handler: 'httpie',
};

/** Those of the Perl library: `GET example.com`. */
const lwp: Program = {
  options: 'f b t= i= c= a p=u P h= H= C= u U s S e E d o= x v',
  operands: 'u*',
};
const browser: Program = {
  options:
    '-headless? -dump-dom -print-to-pdf? -screenshot? -proxy-server=u -user-data-dir=a -disable-gpu -no-sandbox -incognito -app=u -remote-debugging-port=',
  operands: 'b*',
  singleDash: true,
};
const video: Program = {
  options:
    'o|output=m P|paths=w proxy=u a|batch-file=r cookies=a f|format= x|extract-audio audio-format= exec=s config-locations=r q|quiet no-playlist write-subs',
  handler: 'wget',
};

/** Programs that talk to other machines, by base name. */
export const networkPrograms: Readonly<Record<string, Program>> = {
  curl: {
    options:
      'o|output=w O|remote-name remote-name-all J|remote-header-name output-dir= create-dirs X|request= d|data=m data-ascii=m data-binary=m ' +
      'data-raw= data-urlencode=m json=m F|form=m form-string= H|header=m proxy-header=m A|user-agent= e|referer= u|user= U|proxy-user= ' +
      'b|cookie=m c|cookie-jar=w T|upload-file=r K|config=r L|location location-trusted k|insecure s|silent S|show-error ' +
      'f|fail fail-with-body I|head i|include v|verbose w|write-out= m|max-time= connect-timeout= retry= retry-delay= ' +
      'retry-max-time= retry-connrefused retry-all-errors x|proxy=u preproxy=u socks5=u socks5-hostname=u socks4=u noproxy= ' +
      'resolve= connect-to= dns-servers= doh-url=u url=u E|cert=r key=r cacert= capath= cert-type= key-type= ' +
      'ciphers= tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tls-max= 0 1 2 3 http1.1 http2 http3 4|ipv4 6|ipv6 a|append ' +
      'C|continue-at= D|dump-header=w G|get g|globoff j l|list-only N|no-buffer n|netrc netrc-file=r netrc-optional p P= Q|quote= q|disable ' +
      'R|remote-time r|range= Y= y= z|time-cond= Z|parallel parallel-max= #|progress-bar compressed limit-rate= ' +
      'max-redirs= stderr=w trace=w trace-ascii=w trace-time unix-socket=a abstract-unix-socket= interface= local-port= aws-sigv4= oauth2-bearer= ' +
      'libcurl=w variable= expand-url=u haproxy-clientip= anyauth basic digest ntlm negotiate path-as-is no-progress-meter etag-save=w etag-compare=r ' +
      'hsts=w alt-svc=w ssl-reqd t|telnet-option= tr-encoding mail-from= mail-rcpt= krb= engine= proto= proto-default= styled-output',
    handler: 'curl',
  },
  wget: {
    options:
      'O|output-document=w P|directory-prefix= o|output-file=w a|append-output=w i|input-file=r B|base=u q|quiet v|verbose -nv|no-verbose ' +
      'c|continue N|timestamping S|server-response spider T|timeout= t|tries= w|wait= waitretry= r|recursive l|level= k|convert-links ' +
      'p|page-requisites m|mirror -np|no-parent -nc|no-clobber -nd|no-directories -nH|no-host-directories cut-dirs= A|accept= R|reject= D|domains= exclude-domains= ' +
      'H|span-hosts L|relative I= X= e|execute=k U|user-agent= header= post-data= post-file=r body-data= body-file=r method= user= password= ' +
      'http-user= http-password= no-check-certificate ca-certificate=r certificate=r private-key=r load-cookies=r save-cookies=w ' +
      'referer= proxy? no-proxy limit-rate= Q|quota= 4 6 x|force-directories b|background use-askpass=s config=r show-progress ' +
      'content-disposition trust-server-names max-redirect= compression= retry-connrefused random-wait backups? warc-file=w',
    handler: 'wget',
  },
  wget2: {
    options:
      'O|output-document=w P|directory-prefix= o|output-file=w i|input-file=r B|base=u http-proxy=u https-proxy=u q|quiet r|recursive m|mirror',
    handler: 'wget',
  },
  aria2c: {
    options:
      'd|dir=w o|out=w i|input-file=r all-proxy=u http-proxy=u https-proxy=u ftp-proxy=u x= s= j= k= c q l|log=w on-download-complete=s on-bt-download-complete=s',
    handler: 'wget',
  },
  axel: { options: 'o|output=w n= s= q a k', handler: 'wget' },
  http: httpie,
  https: httpie,
  xh: httpie,
  xhs: httpie,
  curlie: { options: 'X|request= d|data= H= F= T=r k L s S v o=w O u= x=u', handler: 'httpie' },
  lynx: {
    options: 'dump source nolist listonly width= cmd_script=r accept_all_cookies useragent= cfg=r',
    operands: 'b*',
    singleDash: true,
  },
  w3m: { options: 'dump dump_source T= cols= o= config=r', operands: 'b*', singleDash: true },
  links: { options: 'dump source http-proxy=u https-proxy=u socks-proxy=u', operands: 'b*', singleDash: true },
  elinks: { options: 'dump source http-proxy=u https-proxy=u socks-proxy=u', operands: 'b*', singleDash: true },
  links2: { options: 'dump source http-proxy=u https-proxy=u socks-proxy=u', operands: 'b*', singleDash: true },
  browsh: { options: '-startup-url=u -time-limit=', operands: 'b*', singleDash: true },
  chromium: browser,
  'chromium-browser': browser,
  chrome: browser,
  'google-chrome': browser,
  firefox: {
    options: 'headless screenshot? P= profile=a new-window=b new-tab=b url=b',
    operands: 'b*',
    singleDash: true,
  },
  GET: lwp,
  POST: lwp,
  // Where names of files have no case it is `head` as well.
  HEAD: { ...lwp, operands: 'b*' },
  'lwp-request': { ...lwp, options: `${lwp.options ?? ''} m=` },
  'lwp-download': { operands: 'u w', options: 'a s' },
  'lwp-mirror': { operands: 'u w', options: 't=' },
  'lwp-dump': { operands: 'u*' },
  fetch: { options: 'o=w q v d m n= a r s w= T= N=r', handler: 'wget' },
  'yt-dlp': video,
  'youtube-dl': video,
  ssh: { options: ssh, stop: true, handler: 'ssh' },
  autossh: { options: `${ssh} M=`, stop: true, handler: 'ssh' },
  mosh: { options: 'ssh=s server= p|port= n|predict= 4 6 a', stop: true, handler: 'ssh' },
  slogin: { options: ssh, stop: true, handler: 'ssh' },
  sshpass: { options: 'p= f=r d= e P= v', stop: true, handler: 'wrapper' },
  'ssh-copy-id': { options: 'i=r n f p= o= s', operands: 'h' },
  'ssh-keyscan': { options: 't= p= T= H f=r 4 6', operands: 'h*' },
  'ssh-keygen': {
    handler: 'keygen',
    options: 't= b= f= N= C= q R= F= y p i e m= P= l H A D=s s=r I= n= V= z= E=',
    operands: 'x*',
  },
  'ssh-add': { options: 'l L d D k K t= c q s=', operands: 'r*' },
  scp: {
    options: '3 4 6 A B C O p q R r s T v c= D= F=r i=r J=h l= o=k P= S=s X=',
    handler: 'rsync',
    recursive: ['-r'],
  },
  sftp: { options: '4 6 A a C f N p q r v B= b=r c= D= F=r i=r J=h l= o=k P= R= S=s s= X=', operands: 'h w' },
  rsync: {
    lists: ['--files-from'],
    options:
      'a|archive v|verbose q|quiet r|recursive R|relative b|backup backup-dir=w suffix= u|update inplace append l|links L|copy-links ' +
      'H|hard-links p|perms E|executability chmod= A|acls X|xattrs o|owner g|group D t|times O S|sparse n|dry-run W|whole-file ' +
      'x|one-file-system B= e|rsh=s rsync-path=s existing ignore-existing remove-source-files delete del delete-before delete-during ' +
      'delete-delay delete-after delete-excluded force max-delete= max-size= min-size= partial partial-dir= P z|compress ' +
      'compress-level= C|cvs-exclude f|filter= exclude= exclude-from=r include= include-from=r files-from=r 0|from0 stats h|human-readable ' +
      'progress i|itemize-changes out-format= log-file=w password-file=r bwlimit= port= timeout= contimeout= k|copy-dirlinks K|keep-dirlinks c|checksum I|ignore-times ' +
      'size-only T|temp-dir=w mkpath numeric-ids info= debug= 4 6 y|fuzzy compare-dest=r copy-dest=r link-dest=r delete-missing-args s d|dirs m|prune-empty-dirs M|remote-option=',
    handler: 'rsync',
    recursive: ['-r', '-a'],
  },
  rclone: {
    deep: false,
    options: 'config=r P|progress v|verbose n|dry-run',
    subcommands: {
      copy: { operands: 'r w' },
      copyto: { operands: 'r w' },
      sync: { operands: 'r w' },
      serve: {},
      rcat: {},
      move: { operands: 'a w' },
      delete: { operands: 'd' },
      purge: { operands: 'd' },
    },
  },
  nc: { options: 'l k n u v w= p= s= q= i= z e= c= C d D h N r S t U T= X= x=u 4 6', handler: 'netcat' },
  ncat: {
    options:
      'l|listen k|keep-open n u|udp v w|wait= p|source-port= s|source= q= i= z e|exec= c|sh-exec= lua-exec=r C ssl proxy=u allow= o|output=w',
    handler: 'netcat',
  },
  netcat: { options: 'l k n u v w= p= s= q= i= z e= c= C d N X= x=u 4 6', handler: 'netcat' },
  socat: { options: 'd v x u U t= T= b= L= lf=w ly', handler: 'socat', singleDash: true },
  telnet: { options: '4 6 8 E K L a d r x S= X= b= e= k= l= n=w', handler: 'netcat' },
  ftp: { options: '4 6 A a d e g i n p t v N=r P= o=w r= s=', operands: 'h x' },
  tftp: { options: '4 6 c l m= v R=', operands: 'h x*' },
  lftp: { options: 'c=e e=e u= p= f=r d', operands: 'u*' },
  dig: { options: 't= c= p= x= f=r b= k=r y= q= 4 6 m u v', handler: 'netcat' },
  drill: { operands: 'h*' },
  host: { options: 't= a v T W= R= c= 4 6 r N= m= s w C d i l', operands: 'h*' },
  nslookup: { operands: 'h*', singleDash: true },
  ping: { options: '4 6 c= i= w= W= s= q n f I= t= l= p= M= Q= S= m= a A b B d D L O r R U v V', operands: 'h*' },
  ping6: { options: 'c= i= w= W= s= q n', operands: 'h*' },
  traceroute: { options: '4 6 n m= w= q= p= I T i= s= f= g= N= z= U', operands: 'h x' },
  tracepath: { options: '4 6 n b l= m= p=', operands: 'h' },
  mtr: { options: 'F|filename=r r c= w n 4 6 i= s= b T u P= j x', operands: 'h' },
  nmap: {
    options: 'p= o=w oN=w oX=w oG=w oA=w sS sT sU sV sC sn Pn A O T= v n iL=r script= top-ports= e= D= S=',
    operands: 'h*',
    singleDash: true,
  },
  masscan: { options: 'p= rate= oL=w oX=w', operands: 'h*', singleDash: true },
  whois: { options: 'h=h p= H', operands: 'x*' },
  arp: { operands: 'x*', text: true, options: 'f|file=r' },
  ip: {
    deep: true,
    operands: 'x*',
    text: true,
    options: 'b|batch=r 4 6 s|stats br|brief c|color o|oneline n|netns= j|json d|details f|family=',
  },
  ifconfig: { operands: 'x*', text: true },
  netstat: { operands: 'x*', text: true },
  ss: { operands: 'x*', text: true, options: 'F|filter=r D|diag=w' },
  iptables: { operands: 'x*', text: true, singleDash: true },
  ufw: { operands: 'x*', text: true },
  openssl: {
    options:
      'connect=h in=r out=w inkey=r key=r cert=r CAfile=r keyout=w d e a A base64 k= pass= passin= passout= K= iv= days= subj= nodes newkey= new x509 text noout servername= verify= starttls= host=h port= proxy=h config=r rand=w',
    operands: 'x t*',
    singleDash: true,
  },
  gpg: {
    options:
      'd|decrypt e|encrypt c|symmetric s|sign b|detach-sign a|armor r|recipient= u|local-user= o|output=w keyserver=u recv-keys import export export-secret-keys delete-secret-keys verify batch yes passphrase= passphrase-file=r passphrase-fd= homedir= k|list-keys K|list-secret-keys dearmor no-default-keyring keyring= q',
    operands: 'r*',
  },
  age: {
    options: 'e|encrypt d|decrypt o|output=w a|armor p|passphrase r|recipient= R|recipients-file=r i|identity=r',
    operands: 'r',
  },
  psql: sqlClient,
  pg_dump: { options: 'h|host=h p|port= U|username= d|dbname=c f|file=w F= t= n= a s c C v W w O x', operands: 'c' },
  pg_dumpall: { options: 'h|host=h p|port= U|username= d|dbname=c f|file=w l= g r t w W', operands: 'x*' },
  mongodump: {
    options: 'h|host=h port= uri=u u|username= p|password= d|db= c|collection= o|out=w archive? gzip',
    operands: 'x*',
  },
  mongoexport: {
    options: 'h|host=h port= uri=u u|username= p|password= d|db= c|collection= o|out=w q|query= type= fields=',
    operands: 'x*',
  },
  mongorestore: { options: 'h|host=h port= uri=u drop archive? gzip d|db= nsInclude=', operands: 'r*' },
  pg_restore: { options: 'h|host=h p|port= U|username= d|dbname=c f|file=w c|clean C 1 v j= t= n=', operands: 'r' },
  createdb: { options: 'h|host=h p|port= U|username= O= T= e', operands: 'x*' },
  dropdb: {
    options: 'h|host=h p|port= U|username= f|force i|interactive if-exists e',
    operands: 'x*',
    handler: 'dropdb',
  },
  mysql,
  mariadb: mysql,
  mysqldump: {
    options: 'h|host=h P|port= u|user= p|password? r|result-file=w B|databases A|all-databases S= t d',
    operands: 'x*',
  },
  mysqladmin: { options: 'h|host=h P|port= u|user= p|password? f|force', operands: 'x*', deep: true },
  sqlite3: {
    options:
      'cmd=q init=r header csv json line column batch bail readonly separator= html list box table markdown echo',
    operands: 'a q*',
    singleDash: true,
    handler: 'sql',
  },
  sqlcmd: { options: 'S=h U= P= d= Q=q q=q i=r o=w E', operands: 'x*', handler: 'sql' },
  mongosh: {
    options: 'host=h port= u|username= p|password= eval=e f|file=r nodb quiet shell',
    operands: 'x*',
    handler: 'scripts',
  },
  mongo: {
    options: 'host=h port= u|username= p|password= eval=e nodb quiet shell',
    operands: 'x*',
    handler: 'scripts',
  },
  'redis-cli': {
    options: 'h=h p= a= n= u=u x r= i= c eval=r pipe scan pattern= bigkeys raw no-raw user= pass= tls',
    operands: 'x*',
    handler: 'scripts',
  },
  mail: { options: 's= a=r c= b= r= A=r', operands: 'x*' },
  sendmail: { options: 't f= i bs bm', operands: 'x*' },
  mutt: { options: 's= a=r c= b= i=r', operands: 'x*' },
};
