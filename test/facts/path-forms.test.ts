import { describe, expect, test } from 'vitest';
import { pathFacts, urlFacts } from '../../src/facts/index.js';

const context = {
  cwd: '/workspace/app',
  workspace: '/workspace/app',
  home: '/home/dev',
  globs: { secrets: ['.env', '!.env.example', '**/.kube/config'] },
};

describe('a path belongs to the sets of every form that somebody may read it in', () => {
  test.each<[string, boolean]>([
    ['%2e%65nv', true],
    ['%252eenv', true],
    ['.env%00.example', true],
    ['.env.', true],
    ['.env ', true],
    ['.env::$DATA', true],
    ['\uff0eenv', true],
    ['..%2f..%2fhome%2fdev%2f.kube%2fconfig', false],
  ])('%s', (path, inside) => {
    const facts = pathFacts(path, context);
    expect(facts.globs).toEqual(['secrets']);
    expect(facts.insideWorkspace).toBe(inside);
  });

  test.each<[string]>([
    ['docs/100%25.md'],
    ['src/%5Bid%5D.tsx'],
    ['.env.example'],
    ['src/\u65e5\u672c\u8a9e.json'],
    ['a%zz'],
  ])('not %s', (path) => {
    expect(pathFacts(path, context)).toMatchObject({ globs: [], insideWorkspace: true });
  });
});

describe('a URL that hands over another one', () => {
  test.each<[string, boolean]>([
    ['https://a.example/fetch?url=http%3A%2F%2F169.254.169.254%2Flatest', true],
    ['https://a.example/fetch?url=http%253A%252F%252F169.254.169.254%252F', true],
    ['https://a.example/http://metadata.google.internal/x', true],
    ['https://a.example/login?returnUrl=http%3A%2F%2Flocalhost%3A3000%2F', false],
    ['https://web.archive.org/web/2020/https://example.com/', false],
  ])('%s', (url, metadata) => {
    expect(urlFacts(url).metadata).toBe(metadata);
  });

  test('a host after `#@` and a name that changes its address are told', () => {
    expect(urlFacts('http://example.com#@172.16.0.1/').hasUserinfo).toBe(true);
    expect(urlFacts('https://medium.com/@someone').hasUserinfo).toBe(false);
    expect(urlFacts('http://7b1c0a3e.rbndr.us/').private).toBe(true);
  });
});
