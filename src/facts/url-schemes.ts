/** Default ports by scheme; for a compound scheme (`git+https`) the part after the last plus counts. */
const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map(
  (
    'http:80 https:443 ws:80 wss:443 ftp:21 ftps:990 ssh:22 sftp:22 scp:22 git:9418 svn:3690 rsync:873 ' +
    'telnet:23 smtp:25 smtps:465 imap:143 imaps:993 pop3:110 pop3s:995 ldap:389 ldaps:636 gopher:70 ' +
    'gophers:70 dict:2628 tftp:69 rtsp:554 smb:445 smbs:445 nfs:2049 irc:6667 ircs:6697 redis:6379 ' +
    'rediss:6379 postgres:5432 postgresql:5432 mysql:3306 mariadb:3306 mongodb:27017 mongodb+srv:27017 ' +
    'amqp:5672 amqps:5671 mqtt:1883 mqtts:8883 mssql:1433 sqlserver:1433 cassandra:9042 memcached:11211 ' +
    'nats:4222 kafka:9092 vnc:5900 rdp:3389 dns:53 docker:2375'
  )
    .split(' ')
    .map((entry) => {
      const [scheme = '', port = ''] = entry.split(':');
      return [scheme, Number(port)] as const;
    }),
);

const HTTP_LIKE = new Set(['http', 'https', 'ws', 'wss', 'ftp']);

/** Schemes that carry their whole content in the URL or name a program, not a host. */
const WITHOUT_HOST = new Set(
  (
    'data javascript vbscript about mailto tel sms urn magnet news cid mid geo pkg did arn doi sip sips xmpp ' +
    'node npm jsr workspace link callto facetime intent'
  ).split(' '),
);

/** Schemes whose authority is a bucket, an image or an extension, so that nothing can be said of it as a DNS name. */
const AUTHORITY_IS_NO_HOST = new Set(
  (
    's3 s3a s3n gs gcs az abfs abfss wasb wasbs chrome chrome-extension moz-extension safari-extension edge ' +
    'vscode vscode-insiders cursor slack obsidian raycast secretsmanager op'
  ).split(' '),
);

/** Schemes that only wrap another URL, which is the one that is fetched. */
const WRAPPERS = new Set([
  'view-source',
  'blob',
  'jar',
  'feed',
  'url',
  'filesystem',
  'git',
  'hg',
  's3',
  'gcs',
  'svn',
  'ext',
]);

export function defaultPort(scheme: string): number {
  return DEFAULT_PORTS.get(scheme) ?? DEFAULT_PORTS.get(scheme.slice(scheme.lastIndexOf('+') + 1)) ?? -1;
}

/** Whether browsers read what follows as a host even without slashes (`http:evil.com`). */
export function isHttpLike(scheme: string): boolean {
  return HTTP_LIKE.has(scheme);
}

export function isWithoutHost(scheme: string): boolean {
  return WITHOUT_HOST.has(scheme);
}

export function hasDnsAuthority(scheme: string): boolean {
  return !AUTHORITY_IS_NO_HOST.has(scheme);
}

/** Whether `scheme:` (or `scheme::`, as git and Terraform write it) stands before another whole URL. */
export function isWrapper(scheme: string, rest: string): boolean {
  if (rest.startsWith(':')) return WRAPPERS.has(scheme);
  return WRAPPERS.has(scheme) && !rest.startsWith('/') && /^[a-z][a-z0-9+.-]*:/i.test(rest);
}
