import { isReference, isStandIn, wordyShare } from './randomness.js';
import type { LiteralRule, Reading } from './reading.js';
import { strengthOf } from './value-strength.js';
import { isWeakPassword } from './weak-passwords.js';

/** Passwords in arguments of programs, as histories of shells, scripts and guides have them. */
export const COMMAND_LITERALS: readonly LiteralRule[] = [
  ...of(
    'mysql |mysqldump |mysqladmin |mysqlimport |mariadb |mariadb-dump |mycli ',
    /^[^\n|;&]{0,120}?(?:^|\s)-p([^\s'"$-][^\s'"]{5,64})(?=\s|$|['"])/,
  ),
  ...of(
    'docker login|podman login|nerdctl login|buildah login|skopeo login|crane auth login|az login|registry login|oc login|helm repo add',
    /^[^\n|;&]{0,160}?\s(?:-p|--password)[ =]["']?([^\s'"$<-][^\s'"]{5,200})/,
  ),
  ...of(
    '7z a |7z x |7za a |7za x |7zz a |7zz x |rar a |unrar x ',
    /^[^\n|;&]{0,120}?(?:^|\s)-(?:p|hp)["']?([^\s'"$<][^\s'"]{7,64})/,
  ),
  ...of(
    'lftp |ncftp |ncftpput |ncftpget |curlftpfs ',
    /^[^\n|;&]{0,80}?(?:^|\s)(?:-u|--user|-o user=)[ =]?["']?[^\s,:"'$]{1,64}[,:]([^\s"',;]{6,64})(?=["']?(?:\s|$))/,
  ),
  ...of(
    'smbclient |rpcclient |smbmap |smbget |winexe |smbcacls |net rpc |pth-winexe |mount.cifs ',
    /^[^\n|;&]{0,160}?(?:-U|--user|-o user)[ =]?["']?[^\s%"'$]{1,64}%([^\s"']{6,64})/,
  ),
  ...of(
    'impacket-|secretsdump.py |psexec.py |wmiexec.py |smbexec.py |atexec.py |getuserspns.py |mssqlclient.py |smbclient.py ',
    /^[^\n|;&]{0,80}?(?:^|[\s/'"])[\w.$-]{1,40}:([^\s"'@]{6,64})@/,
  ),
  ...of('net use ', /^\S{0,24}\s{0,2}\\\\\S{1,80}(?:\s\/\S{1,60}){0,3}\s([^\s"'/*<%$][^\s"']{5,64})(?=\s|$)/),
  ...of(
    'send "|send -- "|sendline("|sendline(\'|send_user "',
    /^([^\s"'\\$]{8,64})(?:\\[rn])?["']/,
    /expect|spawn|assword|passphrase|pexpect/i,
  ),
  ...of('quote pass |\npass ', /^([^\s"'$<]{6,64})(?=\s|$)/, /\b(?:ftp|lftp|quote user|\nuser )/i),
  ...of(
    'ftp -n|ftp -i|ftp -v|ftp -p',
    /^[^\n]{0,80}\n(?:[^\n]{0,40}\n){0,2}?\s{0,8}(?:quote )?user \S{1,40} ([^\s"'$<]{6,64})(?=\s|$)/i,
  ),
  ...of('jdbc:oracle:thin:', /^[\w$.]{1,40}\/"?([^\s"'@$<{]{6,64})"?@/),
  ...of('requirepass |masterauth |masterpass ', /^["']?([^\s"'$<]{8,64})(?=["']?(?:\s|$))/),
  ...of('http -a |https -a |xh -a |xhs -a |http --auth |https --auth ', /^["']?[^\s:"'$]{1,64}:([^\s"'$]{6,64})/),
  ...of('net user ', /^[\w.$-]{1,40} ([^\s"'/*<%$]{6,64})(?=\s|$)/),
  ...of('htpasswd -', /^(?=\w{0,5}b)\w{1,6} \S{1,80} \S{1,40} ["']?([^\s"'$<]{6,64})/),
  ...of('convertto-securestring ', /^(?:-string )?["']([^"'$\n]{8,64})["']/),
  ...of('mc alias set |mc config host add ', /^\S{1,40} \S{8,120} \S{3,64} ["']?([^\s"'$<]{8,64})/),
  ...[
    ['redis-cli ', '-a', '--pass'],
    ['sqlcmd ', '-P'],
    ['bcp ', '-P'],
    ['ldapsearch ', '-w'],
    ['ldapmodify ', '-w'],
    ['ldapadd ', '-w'],
    ['ldapwhoami ', '-w'],
    ['ldappasswd ', '-w', '-s'],
    ['mongo ', '-p', '--password'],
    ['mongosh ', '-p', '--password'],
    ['mongodump ', '-p', '--password'],
    ['mongorestore ', '-p', '--password'],
    ['mongoimport ', '-p', '--password'],
    ['mosquitto_pub ', '-P'],
    ['mosquitto_sub ', '-P'],
    ['cqlsh ', '-p', '--password'],
    ['influx ', '-password', '--password'],
    ['clickhouse-client ', '--password'],
    ['redis-server ', '--requirepass', '--masterauth'],
    ['zip ', '-P'],
    ['rabbitmqadmin ', '-p'],
    ['openssl ', '-k', '-passin pass:', '-passout pass:', '-pass pass:'],
    ['keytool ', '-storepass', '-keypass', '-srcstorepass', '-deststorepass', '-srckeypass', '-destkeypass'],
    ['jarsigner ', '-storepass', '-keypass'],
    ['signtool ', '/p'],
    ['ansible', '--vault-password'],
    ['helm registry login', '-p', '--password'],
    ['psexec', '-p'],
    ['wmic ', '/password:'],
    ['cmdkey ', '/pass:'],
    ['xfreerdp ', '/p:'],
    ['wlfreerdp ', '/p:'],
    ['rdesktop ', '-p'],
    ['x11vnc ', '-passwd'],
    ['evil-winrm ', '-p'],
    ['crackmapexec ', '-p'],
    ['nxc ', '-p'],
    ['ipmitool ', '-P'],
    ['snmpwalk ', '-A', '-X'],
    ['snmpget ', '-A', '-X'],
    ['wget ', '--password', '--http-password', '--ftp-password', '--http-passwd'],
    ['plink ', '-pw'],
    ['pscp ', '-pw'],
    ['putty ', '-pw'],
    ['kinit ', '--password'],
    ['gpg ', '--passphrase'],
    ['restic ', '--password'],
    ['svn ', '--password'],
    ['vboxmanage ', '--password'],
    ['expdp ', 'password='],
  ].map(([literal = '', ...options]) => ({
    literal: literal.toLowerCase(),
    onHit: (reading: Reading, _: number, end: number) => readAnyOption(reading, end, options),
  })),
  ...[
    '| sudo -s',
    '|sudo -s',
    '| kinit',
    '| passwd',
    '| chpasswd',
    '| su ',
    '| gpg ',

    '| docker login',
    '| cryptsetup',
    '| wpa_passphrase',
  ].map((literal) => ({ literal, onHit: readPiped })),
  ...['echo $', 'echo "$', 'echo ${', 'printenv ', 'pass show ', 'gopass show ', 'lpass show ', 'op read ', 'cat '].map(
    (literal) => ({ literal, onHit: readShown }),
  ),
];

function of(literals: string, pattern: RegExp, beside?: RegExp): LiteralRule[] {
  return literals.split('|').map((literal) => ({
    literal,
    onHit: (reading: Reading, start: number, end: number) => {
      if (beside === undefined || beside.test(reading.text.slice(Math.max(0, start - 240), start)))
        readPattern(reading, end, pattern);
    },
  }));
}

/** Whether an argument is a password that somebody uses: not a word, a reference or the name of what stands there. */
function isPassword(value: string): boolean {
  if (isWeakPassword(value) || isStandIn(value) || isReference(value) || /^[-$<[{%*]|^\.{0,2}\/|\\r$/.test(value))
    return false;
  if (
    /^(?:my|the|your|some|ftp|user|db|root|admin|new|old|sql|redis|mysql|strong|secure)[-_]?(?:strong[-_]?)?(?:pass(?:word|wd|phrase)?|pw|secret|pwd)\d{0,4}!?$/i.test(
      value,
    )
  )
    return false;
  if (!/[A-Za-z]/.test(value) || (wordyShare(value) > 0.85 && /^\w+$/.test(value))) return false;
  if (/^p[a@4][s$5]{2}w[o0]?r?[dt][\d!@#$%.]*$/i.test(value)) return false;
  return (
    /\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value) && value.length >= 10 && wordyShare(value) <= 0.5)
  );
}

/** The value that a pattern finds behind the name of a program: `mysql -pS3cret`, `docker login -p ...`. */
function readPattern(reading: Reading, end: number, pattern: RegExp): void {
  const match = pattern.exec(reading.text.slice(end, end + 340));
  const value = match?.[1] ?? '';
  if (match === null || !isPassword(value)) return;
  const from = end + match[0].lastIndexOf(value);
  reading.placedSecret('password', from, from + value.length);
}

/** The value of one of the options of a command. */
function readAnyOption(reading: Reading, end: number, options: readonly string[]): void {
  const line = reading.text.slice(end, end + 300).split('\n', 1)[0] ?? '';
  for (const option of options) {
    for (let at = line.indexOf(option); at >= 0; at = line.indexOf(option, at + 1)) {
      if (/[\w-]/.test(line.charAt(at - 1))) continue;
      const match = /^[ =]?(?:"([^"\s]{8,200})"|'([^'\s]{8,200})'|([^\s"'|;&]{8,200}))/.exec(
        line.slice(at + option.length),
      );
      const value = match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
      if (match === null || !isPassword(value) || strengthOf(value) < 1) continue;
      const from = end + at + option.length + match[0].lastIndexOf(value);
      reading.nearSecret('password', from, from + value.length);
      return;
    }
  }
}

const ECHO =
  /\b(?:echo|printf|print)\s{1,2}(?:-\w{1,2}\s{1,2})?(?:"([^"\n]{6,64})"|'([^'\n]{6,64})'|([^\s"'|;&$<]{6,64}))\s{0,3}$/;

/** `echo ... | sudo -S`: what a program that asks for a password is given. */
function readPiped(reading: Reading, start: number): void {
  const { text } = reading;
  const from = Math.max(0, start - 96);
  const match = ECHO.exec(text.slice(from, start));
  const value = match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
  const password = value.slice(value.indexOf(':') + 1).replace(/\\n$/, '');
  if (match === null || /\s/.test(password) || !isPassword(password)) return;
  const at = from + match.index + match[0].lastIndexOf(password);
  reading.placedSecret('password', at, at + password.length);
}

/** The rest of a command on its line, and the one word that it printed. */
const SHOWN = /^([^\n|;&<>]{1,120})\n([^\s"'`]{12,200})[ \t\r]{0,8}(?=\n|$)/;
const OF_A_SECRET = /pass(?:w|phrase|\b)|secret|token|credential|api[-_]?key|private|\.key\b|_key\b|\bop:\/\//i;
const OF_A_HASH = /hash|digest|\bsum\b|sha\d|public|\.pub\b|fingerprint|csrf|\.ts\b|\.js\b|\.py\b|\.md\b/i;

/** `cat token` and the like with their output on the next line. */
function readShown(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (/[\w-]/.test(text.charAt(start - 1))) return;
  const match = SHOWN.exec(text.slice(end, end + 340));
  const value = match?.[2];
  if (match === null || value === undefined) return;
  const command = text.slice(start, end) + (match[1] ?? '');
  const stored = /^(?:\w?o?pass show|op read) /i.test(command);
  if (!(stored || OF_A_SECRET.test(command)) || OF_A_HASH.test(command)) return;
  if (strengthOf(value) < (stored ? 1 : 2)) return;
  const from = end + (match[1] ?? '').length + 1;
  reading.nearSecret('generic-secret', from, from + value.length);
}
