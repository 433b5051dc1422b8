import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type UrlFacts, urlFacts } from '../../src/facts/url-facts.js';

const WARNINGS = ['loopback', 'private', 'linkLocal', 'metadata', 'hasUserinfo', 'mixedScript', 'carriesData'] as const;

function warningsOf(facts: UrlFacts): string {
  return WARNINGS.filter((name) => facts[name]).join(' ');
}

describe('the host of a URL', () => {
  it.each([
    ['https://example.com', 'example.com'],
    ['HTTPS://EXAMPLE.COM/', 'example.com'],
    ['https://example.com.', 'example.com'],
    ['https://example.com:8443/x', 'example.com'],
    ['https://user:pass@example.com/', 'example.com'],
    ['https://good.com@evil.com/', 'evil.com'],
    ['https://good.com:443@evil.com/', 'evil.com'],
    ['https://good.com%40evil.com@evil.net/', 'evil.net'],
    ['https://evil.com#@good.com/', 'evil.com'],
    ['https://evil.com?@good.com/', 'evil.com'],
    ['https://evil.com/@good.com', 'evil.com'],
    ['http:evil.com', 'evil.com'],
    ['http:/evil.com', 'evil.com'],
    ['http:///evil.com', 'evil.com'],
    ['http:\\\\evil.com', 'evil.com'],
    ['http:/\\evil.com', 'evil.com'],
    ['//evil.com/x', 'evil.com'],
    ['///evil.com/x', 'evil.com'],
    ['\\\\evil.com', 'evil.com'],
    ['  https://evil.com\n', 'evil.com'],
    ['h\ttt\nps://ev\til.com', 'evil.com'],
    ['https://ev\u200bil.com', 'evil.com'],
    ['ht\u200btps://evil.com', 'evil.com'],
    ['\ufeffhttps://evil.com', 'evil.com'],
    ['https://ev\u00adil.com', 'evil.com'],
    ['https://%65%76il%2ecom', 'evil.com'],
    ['https://ｅｖｉｌ．ｃｏｍ', 'evil.com'],
    ['ｈｔｔｐｓ://evil.com', 'evil.com'],
    ['https://evil。com', 'evil.com'],
    ['https://bücher.de', 'xn--bcher-kva.de'],
    ['example.com', 'example.com'],
    ['example.com/x?y', 'example.com'],
    ['example.com:8080/x', 'example.com'],
    ['localhost:3000', 'localhost'],
    ['user:pass@example.com/x', 'example.com'],
    ['git@github.com:owner/repo.git', 'github.com'],
    ['github.com:owner/repo.git', 'github.com'],
    ['ssh://git@GitHub.com:22/owner/repo', 'github.com'],
    ['ssh://ex%61mple.com/', 'example.com'],
    ['git+https://github.com/a/b', 'github.com'],
    ['git::https://github.com/a/b', 'github.com'],
    ['postgres://u:p@db.example.com/app', 'db.example.com'],
    ['gopher://127.0.0.1:6379/_x', '127.0.0.1'],
    ['view-source:https://evil.com/', 'evil.com'],
    ['blob:https://evil.com/0f', 'evil.com'],
    ['ws://evil.com', 'evil.com'],
    ['my_host.example.com', 'my_host.example.com'],
    ['data:text/html,https://evil.com', ''],
    ['javascript:fetch("https://evil.com")', ''],
    ['mailto:a@evil.com', ''],
    ['about:blank', ''],
    ['file:///etc/passwd', ''],
    ['file://server/share', 'server'],
    ['unix:///var/run/docker.sock', ''],
    ['s3://my-bucket/key', 'my-bucket'],
  ])('of %j is %j', (url, host) => {
    const facts = urlFacts(url);
    expect([facts.valid, facts.host]).toEqual([true, host]);
    expect(facts.text).toBe(url);
  });
});

describe('a URL that readers understand differently, or not at all', () => {
  it.each([
    '',
    ' ',
    '\0',
    'https://',
    'https:///',
    'http://good.com\\@evil.com',
    'http://good.com\\.evil.com',
    '\\\\evil.com\\share',
    'https://good.com\\path',
    'http://good.com@evil.com@other.com',
    'http://1.1.1.1 &@2.2.2.2#@3.3.3.3/',
    'http://evil .com',
    'http://a..b',
    'http://.example.com',
    'http://example.com..',
    'http://exa%00mple.com',
    'http://good.com%2f.evil.com',
    'http://good.com／.evil.com',
    'http://good.com＠evil.com',
    'http://good.c℀.evil.com',
    'http://good.com＃.evil.com',
    'http://256.256.256.256',
    'http://1.2.3.4.5',
    'http://[::1',
    'http://[::1]evil.com',
    'http://example.com:99999',
    'http://example.com:8o',
    'http://$HOST/',
    'http://${HOST}/',
    'http://{tenant}.example.com/',
    'http://*.example.com',
    'http://good.com;evil.com',
    'http://xn--a',
    `http://${'a'.repeat(64)}.com`,
    `http://${'a.'.repeat(140)}com`,
    'foo:bar',
    'ext::sh -c id',
    '/etc/passwd',
    './relative',
    '../up',
    '~/x',
    '?query',
    '#fragment',
    'C:\\Windows\\x',
    'hello world',
    'jar:jar:jar:jar:jar:jar:https://evil.com',
    '\ud800',
  ])('%j is not valid, and every warning is given', (url) => {
    const facts = urlFacts(url);
    expect(facts).toEqual({
      text: url,
      valid: false,
      scheme: '',
      host: '',
      suffixes: [],
      port: -1,
      path: '',
      ip: '',
      isIp: false,
      loopback: true,
      private: true,
      linkLocal: true,
      metadata: true,
      hasUserinfo: true,
      mixedScript: true,
      carriesData: true,
    });
  });
});

describe('addresses', () => {
  it.each([
    // every spelling of 127.0.0.1
    ['http://127.0.0.1', '127.0.0.1', 'loopback private'],
    ['http://127.0.0.1.', '127.0.0.1', 'loopback private'],
    ['http://2130706433/', '127.0.0.1', 'loopback private'],
    ['http://0x7f000001/', '127.0.0.1', 'loopback private'],
    ['http://0x7f.0.0.1/', '127.0.0.1', 'loopback private'],
    ['http://0X7F.1/', '127.0.0.1', 'loopback private'],
    ['http://017700000001/', '127.0.0.1', 'loopback private'],
    ['http://0177.0.0.01/', '127.0.0.1', 'loopback private'],
    ['http://127.1/', '127.0.0.1', 'loopback private'],
    ['http://127.0.1/', '127.0.0.1', 'loopback private'],
    ['127.1', '127.0.0.1', 'loopback private'],
    ['2130706433', '127.0.0.1', 'loopback private'],
    ['http://①②⑦.⓪.⓪.①/', '127.0.0.1', 'loopback private'],
    ['http://127。0。0。1', '127.0.0.1', 'loopback private'],
    ['http://%31%32%37.0.0.1', '127.0.0.1', 'loopback private'],
    ['http://[::1]/', '::1', 'loopback private'],
    ['http://[0:0:0:0:0:0:0:1]/', '::1', 'loopback private'],
    ['::1', '::1', 'loopback private'],
    ['[::1]:8080', '::1', 'loopback private'],
    ['http://[::ffff:127.0.0.1]/', '127.0.0.1', 'loopback private'],
    ['http://[::ffff:7f00:1]/', '127.0.0.1', 'loopback private'],
    ['http://[::127.0.0.1]/', '127.0.0.1', 'loopback private'],
    ['http://[::ffff:0:127.0.0.1]/', '127.0.0.1', 'loopback private'],
    ['http://[64:ff9b::127.0.0.1]/', '127.0.0.1', 'loopback private'],
    ['http://[64:ff9b:1::7f00:1]/', '127.0.0.1', 'loopback private'],
    ['http://[2002:7f00:1::]/', '127.0.0.1', 'loopback private'],
    ['http://[2001:0:0:0:0:0:80ff:fffe]/', '127.0.0.1', 'loopback private'],
    ['http://[2001:4860::5efe:7f00:1]/', '127.0.0.1', 'loopback private'],
    ['gopher://0x7f.1:6379/', '127.0.0.1', 'loopback private'],
    ['http://127.255.255.254', '127.255.255.254', 'loopback private'],
    ['http://0/', '0.0.0.0', 'loopback private'],
    ['http://0.0.0.0', '0.0.0.0', 'loopback private'],
    ['http://[::]/', '::', 'loopback private'],
    // private
    ['http://10.0.0.1', '10.0.0.1', 'private'],
    ['http://172.16.0.1', '172.16.0.1', 'private'],
    ['http://172.17.0.1', '172.17.0.1', 'private'],
    ['http://172.31.255.255', '172.31.255.255', 'private'],
    ['http://192.168.1.1', '192.168.1.1', 'private'],
    ['http://3232235777', '192.168.1.1', 'private'],
    ['http://100.64.0.1', '100.64.0.1', 'private'],
    ['http://198.18.0.1', '198.18.0.1', 'private'],
    ['http://224.0.0.1', '224.0.0.1', 'private'],
    ['http://255.255.255.255', '255.255.255.255', 'private'],
    ['http://[fc00::1]', 'fc00::1', 'private'],
    ['http://[fd12:3456::1]', 'fd12:3456::1', 'private'],
    ['http://[ff02::1]', 'ff02::1', 'private'],
    ['http://[fec0::1]', 'fec0::1', 'private'],
    ['http://[::ffff:10.1.2.3]', '10.1.2.3', 'private'],
    // two readings: octal 8.8.8.8 is also decimal 10.8.8.8
    ['http://010.8.8.8', '8.8.8.8', 'private'],
    ['http://0010.010.8.8', '8.8.8.8', 'private'],
    // link-local and metadata
    ['http://169.254.1.1', '169.254.1.1', 'private linkLocal'],
    ['http://[fe80::1]', 'fe80::1', 'private linkLocal'],
    ['http://[fe80::1%25eth0]/', 'fe80::1', 'private linkLocal'],
    ['fe80::1', 'fe80::1', 'private linkLocal'],
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254', 'private linkLocal metadata'],
    ['http://2852039166/', '169.254.169.254', 'private linkLocal metadata'],
    ['http://0xa9fea9fe/', '169.254.169.254', 'private linkLocal metadata'],
    ['http://0xa9.0xfe.0xa9.0xfe/', '169.254.169.254', 'private linkLocal metadata'],
    ['http://0251.0376.0251.0376/', '169.254.169.254', 'private linkLocal metadata'],
    ['http://169.254.43518/', '169.254.169.254', 'private linkLocal metadata'],
    ['http://[::ffff:a9fe:a9fe]/', '169.254.169.254', 'private linkLocal metadata'],
    ['http://[64:ff9b::a9fe:a9fe]/', '169.254.169.254', 'private linkLocal metadata'],
    ['http://169.254.170.2/v2/credentials', '169.254.170.2', 'private linkLocal metadata'],
    ['http://[fd00:ec2::254]/', 'fd00:ec2::254', 'private metadata'],
    ['http://[fd00:0ec2:0::0254]/', 'fd00:ec2::254', 'private metadata'],
    ['http://100.100.100.200/', '100.100.100.200', 'private metadata'],
    ['http://168.63.129.16/', '168.63.129.16', 'private metadata'],
    // public
    ['http://8.8.8.8', '8.8.8.8', ''],
    ['http://172.15.0.1', '172.15.0.1', ''],
    ['http://172.32.0.1', '172.32.0.1', ''],
    ['http://192.169.1.1', '192.169.1.1', ''],
    ['http://11.0.0.1', '11.0.0.1', ''],
    ['http://[2606:4700::1111]', '2606:4700::1111', ''],
    ['http://[::ffff:8.8.8.8]', '8.8.8.8', ''],
  ])('%j is %s: %s', (url, ip, warnings) => {
    const facts = urlFacts(url);
    expect([facts.valid, facts.isIp, facts.ip, warningsOf(facts)]).toEqual([true, true, ip, warnings]);
    expect(facts.suffixes).toEqual([facts.host]);
  });

  it('keeps the IPv6 text as the host where it carries IPv4', () => {
    expect(urlFacts('http://[::ffff:127.0.0.1]:80/').host).toBe('::ffff:7f00:1');
  });
});

describe('names that say where they lead', () => {
  it.each([
    ['http://localhost', 'loopback private'],
    ['http://LOCALHOST.', 'loopback private'],
    ['http://foo.localhost:8000', 'loopback private'],
    ['http://ip6-localhost', 'loopback private'],
    ['http://lvh.me', 'loopback private'],
    ['http://app.localtest.me', 'loopback private'],
    ['http://127.0.0.1.nip.io', 'loopback private'],
    ['http://app-127-0-0-1.sslip.io', 'loopback private'],
    ['http://7f000001.nip.io', 'loopback private'],
    ['http://7f000001.08080808.rbndr.us', 'loopback private'],
    ['http://--1.sslip.io', 'loopback private'],
    ['http://169.254.169.254.nip.io', 'private linkLocal metadata'],
    ['http://169-254-169-254.sslip.io', 'private linkLocal metadata'],
    ['http://10.1.2.3.wildcard.example.com', 'private'],
    ['http://metadata.google.internal/computeMetadata/v1/', 'private metadata'],
    ['http://METADATA.GOOGLE.INTERNAL.', 'private metadata'],
    ['http://metadata/', 'private metadata'],
    ['http://instance-data/latest', 'private metadata'],
    ['http://metadata.tencentyun.com', 'private metadata'],
    ['http://redis:6379', 'private'],
    ['http://intranet/', 'private'],
    ['http://printer.local', 'private'],
    ['http://vault.corp', 'private'],
    ['http://db.internal', 'private'],
    ['http://api.default.svc', 'private'],
    ['http://api.default.svc.cluster.local', 'private'],
    ['http://router.home.arpa', 'private'],
    ['file:///etc/passwd', 'loopback private'],
    ['unix:///var/run/docker.sock', 'loopback private'],
    ['http://example.com', ''],
    ['http://10.example.com', ''],
    ['http://192.168.example.com', ''],
    ['http://8.8.8.8.nip.io', ''],
    ['http://v1-2-3-4.example.com', ''],
    ['http://internal.example.com', ''],
    ['http://notlocalhost.com', ''],
    ['http://localhost.example.com', ''],
    ['http://metadata.google.internal.evil.com', ''],
    ['s3://my-bucket/key', ''],
    ['https://user@example.com', 'hasUserinfo'],
    ['https://@example.com', 'hasUserinfo'],
    ['https://:@example.com', 'hasUserinfo'],
    ['git@github.com:a/b.git', 'hasUserinfo'],
    ['https://example.com/@user', ''],
    ['https://example.com/?a@b', ''],
    ['http://аррӏе.com', 'mixedScript'],
    ['http://pаypal.com', 'mixedScript'],
    ['http://xn--pypal-4ve.com', 'mixedScript'],
    ['http://gооgle.com', 'mixedScript'],
    ['http://ɡoogle.com', 'mixedScript'],
    ['https://githuḅ.com/x', 'mixedScript'],
    ['https://gıthub.com/x', 'mixedScript'],
    ['https://xn--pypi-7ub.org.example.net/', 'mixedScript'],
    ['https://github.com.example.net/', 'mixedScript'],
    ['https://accounts.google.com.example.top/', 'mixedScript'],
    ['https://www.google.com.au/', ''],
    ['https://café.fr/', ''],
    ['https://github.community/', ''],
    ['http://президент.рф', ''],
    ['http://bücher.de', ''],
    ['http://kırmızı.com', ''],
    ['http://日本語.jp', ''],
    ['http://東京tokyo.jp', ''],
    ['http://한국.kr', ''],
    ['http://ελλάδα.gr', ''],
    ['http://пример.com', ''],
  ])('%j: %s', (url, warnings) => {
    const facts = urlFacts(url);
    expect([facts.valid, facts.isIp, facts.ip, warningsOf(facts)]).toEqual([true, false, '', warnings]);
  });
});

describe('the other fields', () => {
  it('lists the dot-suffixes, so that evilexample.com and evil-example.com are not example.com', () => {
    expect(urlFacts('https://a.b.example.com/').suffixes).toEqual([
      'a.b.example.com',
      'b.example.com',
      'example.com',
      'com',
    ]);
    for (const host of ['evilexample.com', 'evil-example.com', 'example.com.evil.net']) {
      expect(urlFacts(`https://${host}/`).suffixes).not.toContain('example.com');
    }
  });

  it.each([
    ['http://x.io', 80],
    ['https://x.io', 443],
    ['https://x.io:443', 443],
    ['https://x.io:80', 80],
    ['http://x.io:0', 0],
    ['wss://x.io', 443],
    ['ftp://x.io', 21],
    ['ssh://x.io', 22],
    ['git@x.io:a/b', 22],
    ['x.io', 80],
    ['x.io:8443', 8443],
    ['git+ssh://x.io/a', 22],
    ['git+https://x.io/a', 443],
    ['redis://x.io', 6379],
    ['postgresql://x.io', 5432],
    ['unheard-of://x.io', -1],
    ['unheard-of://x.io:7', 7],
    ['file:///x', -1],
    ['data:,', -1],
  ])('port of %j is %i', (url, port) => {
    expect(urlFacts(url).port).toBe(port);
  });

  it.each([
    ['https://x.io', '/'],
    ['https://x.io/a/../b/./c', '/b/c'],
    ['https://x.io/a/%2e%2e/b', '/b'],
    ['https://x.io/%61dmin', '/admin'],
    ['https://x.io/a%2fb', '/a%2Fb'],
    ['https://x.io\\a\\..\\b', undefined],
    ['https://x.io/a\\b', '/a/b'],
    ['https://x.io/a b', '/a%20b'],
    ['git@github.com:owner/repo.git', '/owner/repo.git'],
    ['data:text/plain,hello', 'text/plain,hello'],
    ['file:///etc/../etc/passwd', '/etc/passwd'],
  ])('path of %j is %j', (url, path) => {
    expect(urlFacts(url).path).toBe(path ?? '');
  });

  it.each([
    ['HTTPS://x.io', 'https'],
    ['x.io', 'http'],
    ['//x.io', 'http'],
    ['git@x.io:a', 'ssh'],
    ['JavaScript:alert(1)', 'javascript'],
    ['java\nscript:alert(1)', 'javascript'],
    ['\u0001javascript:alert(1)', 'javascript'],
    ['view-source:https://x.io', 'view-source'],
  ])('scheme of %j is %j', (url, scheme) => {
    expect(urlFacts(url).scheme).toBe(scheme);
  });
});

describe('laws', () => {
  const urlLike = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc
      .array(
        fc.constantFrom(
          'http',
          'https',
          ':',
          '/',
          '\\',
          '@',
          '.',
          '[',
          ']',
          '%',
          '127',
          '0x7f',
          'evil',
          'com',
          '#',
          '?',
          ' ',
          '\t',
          '\u200b',
          'ａ',
          'а',
          '-',
          'xn--',
          '\ud800',
          '$',
          '1',
          '::',
          'git',
        ),
        { maxLength: 14 },
      )
      .map((parts) => parts.join('')),
  );

  it('never throws, and the fields agree with each other', () => {
    fc.assert(
      fc.property(urlLike, (url) => {
        const facts = urlFacts(url);
        expect(facts.text).toBe(url);
        expect(facts.isIp).toBe(facts.ip !== '');
        expect(facts.host).toBe(facts.host.toLowerCase());
        if (!facts.valid) expect([facts.host, warningsOf(facts)]).toEqual(['', WARNINGS.join(' ')]);
        if (facts.host !== '') expect(facts.suffixes[0]).toBe(facts.host);
        if (facts.loopback || facts.metadata || facts.linkLocal) expect(facts.private).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with the browser on the host of every web URL that it accepts', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        const facts = urlFacts(url);
        if (facts.valid) expect(facts.host).toBe(new URL(url).hostname.replace(/\.$/, ''));
      }),
    );
  });

  it('does not change with letter case, a trailing dot or a default port', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        const { text: _, ...facts } = urlFacts(`https://${domain}/`);
        for (const other of [`HTTPS://${domain.toUpperCase()}/`, `https://${domain}./`, `https://${domain}:443/`]) {
          const { text: __, ...same } = urlFacts(other);
          expect(same).toEqual(facts);
        }
      }),
    );
  });

  it('sees every IPv4 address in all its spellings alike', () => {
    fc.assert(
      fc.property(fc.ipV4(), (ip) => {
        const bytes = ip.split('.').map(Number);
        const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
        const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
        const words = `${hex(bytes[0] ?? 0)}${hex(bytes[1] ?? 0)}:${hex(bytes[2] ?? 0)}${hex(bytes[3] ?? 0)}`;
        const plain = urlFacts(`http://${ip}/`);
        for (const spelling of [
          `${number}`,
          `0x${number.toString(16)}`,
          bytes.map((byte) => `0x${hex(byte)}`).join('.'),
          `[::ffff:${words}]`,
          `[64:ff9b::${words}]`,
        ]) {
          const facts = urlFacts(`http://${spelling}/`);
          expect([spelling, facts.ip, warningsOf(facts)]).toEqual([spelling, plain.ip, warningsOf(plain)]);
        }
      }),
    );
  });
});
