import { describe, expect, test } from 'vitest';
import { urlFacts } from '../../src/facts/index.js';

describe('names in ASCII that look like known ones', () => {
  test.each<[string]>([
    ['https://g1thub.com/login'],
    ['https://paypa1.com/'],
    ['https://rnicrosoft.com/'],
    ['https://githib.com/'],
    ['https://gtihub.com/'],
    ['https://api-github.com/'],
    ['https://github-com.example.net/'],
    ['https://accounts-google.com.example.net/'],
    ['https://githubusercontent.co/x'],
    ['https://npmjs.co/package'],
  ])('%s', (url) => {
    expect(urlFacts(url).mixedScript).toBe(true);
  });
});

describe('names that are their own', () => {
  test.each<[string]>([
    ['https://github.com/'],
    ['https://user.github.io/'],
    ['https://github.blog/'],
    ['https://www.githubstatus.com/'],
    ['https://www.google-analytics.com/x'],
    ['https://google.com.au/'],
    ['https://google.de/'],
    ['https://gitea.com/'],
    ['https://npms.io/'],
    ['https://paypay.ne.jp/'],
    ['https://docker-registry.example.com/'],
    ['https://my-github-bot.example.com/'],
    ['https://cloudflare-dns.com/dns-query'],
    ['https://pip.pypa.io/'],
    ['https://telegra.ph/'],
    ['http://localhost:3000/'],
  ])('%s', (url) => {
    expect(urlFacts(url).mixedScript).toBe(false);
  });
});

describe('data as it is in a query', () => {
  test.each<[string, boolean]>([
    ['https://example.com/?e=DATABASE_URL%3Dpostgres%3A%2F%2Fu%3Ap%40h%2Fd', true],
    ['https://example.com/?s=import%20os%0Aprint(os.environ)', true],
    ['https://example.com/?q=DATABASE_URL', false],
    ['https://github.com/a/b/issues/new?title=x&body=What%20happens%0AIt%20fails', false],
  ])('%s: %s', (url, expected) => {
    expect(urlFacts(url).carriesData).toBe(expected);
  });
});
