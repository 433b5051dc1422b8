import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PathContext, pathFacts } from '../../src/facts/path-facts.js';

const context: PathContext = {
  cwd: '/home/u/proj/src',
  workspace: '/home/u/proj',
  home: '/home/u',
  globs: {
    secrets: ['**/.env*', '!**/.env.example', '~/.ssh/**', '*.pem', '/etc/shadow'],
    docs: ['docs/**/*.md', './README.md'],
    none: [],
  },
};

test('a whole answer for a plain path', () => {
  expect(pathFacts('../docs/./a/Guide.MD', context)).toEqual({
    text: '../docs/./a/Guide.MD',
    absolute: '/home/u/proj/docs/a/Guide.MD',
    insideWorkspace: true,
    isWorkspaceRoot: false,
    name: 'Guide.MD',
    extension: 'md',
    hidden: false,
    globs: ['docs'],
    depth: 3,
  });
});

describe('every way to write a path leads to one absolute path', () => {
  test.each<[string, string, boolean]>([
    ['a.ts', '/home/u/proj/src/a.ts', true],
    ['./a.ts', '/home/u/proj/src/a.ts', true],
    ['', '/home/u/proj/src', true],
    ['.', '/home/u/proj/src', true],
    ['..', '/home/u/proj', true],
    ['../', '/home/u/proj', true],
    ['../..', '/home/u', false],
    ['../../proj', '/home/u/proj', true],
    ['../../proj-evil/a', '/home/u/proj-evil/a', false],
    ['../../project', '/home/u/project', false],
    ['/home/u/proj', '/home/u/proj', true],
    ['/home/u/proj/', '/home/u/proj', true],
    ['//home//u///proj//a', '/home/u/proj/a', true],
    ['/home/u/proj/../proj/a', '/home/u/proj/a', true],
    ['/home/u/proj/a/../../x', '/home/u/x', false],
    ['/../../../etc/passwd', '/etc/passwd', false],
    ['/', '/', false],
    ['~', '/home/u', false],
    ['~/proj/a', '/home/u/proj/a', true],
    ['~/../v', '/home/v', false],
    ['~root/x', '/root/x', false],
    ['~v/x', '/home/v/x', false],
    ['~u/proj/x', '/home/u/proj/x', false],
    ['a~', '/home/u/proj/src/a~', true],
    ['./~/x', '/home/u/proj/src/~/x', true],
    ['file:///home/u/proj/a', '/home/u/proj/a', true],
    ['FILE:///etc/passwd', '/etc/passwd', false],
    ['file:///home/u/proj/%2e%2e/x', '/home/u/x', false],
    ['file:///home/u/proj/a%20b', '/home/u/proj/a b', true],
    ['file://localhost/home/u/proj/a', '/home/u/proj/a', true],
    ['file://other/home/u/proj/a', '/home/u/proj/a', false],
    ['file:/home/u/proj/a?x#y', '/home/u/proj/a', true],
    ['%2e%2e/x', '/home/u/proj/src/%2e%2e/x', true],
    ['e\u0301', '/home/u/proj/src/\u00e9', true],
    ['C:\\Windows\\x', 'C:/Windows/x', false],
    ['c:/x/../y', 'C:/y', false],
    ['/proc/self/cwd/a', '/home/u/proj/src/a', true],
    ['/proc/self/root/etc/passwd', '/etc/passwd', false],
    ['/proc/1/root/home/u/proj/a', '/home/u/proj/a', true],
    ['...', '/home/u/proj/src/...', true],
    ['..a', '/home/u/proj/src/..a', true],
  ])('%s', (path, absolute, insideWorkspace) => {
    expect(pathFacts(path, context)).toMatchObject({ absolute, insideWorkspace });
  });
});

describe('a path that systems read in different ways is inside only if it is in all of them', () => {
  test.each<[string, boolean]>([
    ['a\\b', true],
    ['..\\..\\..\\etc\\passwd', false],
    ['a\\..\\..\\..\\..\\x', false],
    ['a\0b', true],
    ['/etc/passwd\0/home/u/proj/a', false],
    ['/home/u/proj\0/../../../etc/passwd', false],
    [' /etc/passwd', false],
    ['/etc/passwd\n', false],
    [' a ', true],
    [`/home/u/proj/${'a/'.repeat(3000)}`, false],
  ])('%j', (path, inside) => {
    expect(pathFacts(path, context).insideWorkspace).toBe(inside);
  });

  test('glob sets of any reading count', () => {
    expect(pathFacts('a\\.env', context).globs).toEqual(['secrets']);
    expect(pathFacts('.env\0.txt', context).globs).toEqual(['secrets']);
    expect(pathFacts('.env ', context).globs).toEqual(['secrets']);
  });
});

describe('name, extension, hidden and depth', () => {
  test.each<[string, object]>([
    ['a.tar.GZ', { name: 'a.tar.GZ', extension: 'gz', hidden: false, depth: 2 }],
    ['.env', { name: '.env', extension: '', hidden: true, depth: 2 }],
    ['.config/x.json', { name: 'x.json', extension: 'json', hidden: true, depth: 3 }],
    ['Makefile', { name: 'Makefile', extension: '', depth: 2 }],
    ['a.', { name: 'a.', extension: '' }],
    ['..', { name: 'proj', isWorkspaceRoot: true, depth: 0, hidden: false }],
    ['/', { name: '', extension: '', depth: 0, isWorkspaceRoot: false }],
    ['/etc/.x/y', { hidden: true, depth: 3 }],
    ['/etc/x', { hidden: false, depth: 2 }],
  ])('%s', (path, facts) => {
    expect(pathFacts(path, context)).toMatchObject(facts);
  });

  test('dots in folders around the workspace do not make its files hidden', () => {
    const inner: PathContext = { cwd: '/home/.cache/w', workspace: '/home/.cache/w' };
    expect(pathFacts('a', inner).hidden).toBe(false);
    expect(pathFacts('../b', inner).hidden).toBe(true);
  });
});

describe('named glob sets', () => {
  test.each<[string, readonly string[]]>([
    ['.env', ['secrets']],
    ['a/b/.env.local', ['secrets']],
    ['.ENV', ['secrets']],
    ['.env.example', []],
    ['env', []],
    ['~/.ssh/id', ['secrets']],
    ['~/.ssh', ['secrets']],
    ['~/.sshx/id', []],
    ['/x/y/key.pem', ['secrets']],
    ['/etc/shadow', ['secrets']],
    ['/etc/../etc/./shadow', ['secrets']],
    ['../docs/a.md', ['docs']],
    ['../docs/a/b/c.md', ['docs']],
    ['docs/a.md', []],
    ['../README.md', ['docs']],
    ['/README.md', []],
  ])('%s', (path, globs) => {
    expect(pathFacts(path, context).globs).toEqual(globs);
  });

  test('case counts when the host says so', () => {
    expect(pathFacts('.ENV', { ...context, ignoreCase: false }).globs).toEqual([]);
  });

  test('the workspace in a relative pattern is text, whatever its characters', () => {
    const odd: PathContext = { cwd: '/w/[a]*', workspace: '/w/[a]*', globs: { x: ['b/*'] } };
    expect(pathFacts('b/c', odd).globs).toEqual(['x']);
    expect(pathFacts('/w/a/b/c', odd).globs).toEqual([]);
  });

  test('a pattern that cannot be read matches nothing', () => {
    expect(pathFacts('a', { ...context, globs: { x: ['', '['.repeat(70_000), '('] } }).globs).toEqual([]);
  });
});

describe("a host's resolver of symbolic links", () => {
  const links = new Map([
    ['/home/u/proj/link', '/etc'],
    ['/home/u/proj/link/passwd', '/etc/passwd'],
    ['/tmp/into', '/home/u/proj/a'],
    ['/home/u/proj/src/key', '/home/u/proj/.env'],
  ]);
  const resolved: PathContext = { ...context, resolve: (path) => links.get(path) };

  test('decides where a path really is', () => {
    expect(pathFacts('/home/u/proj/link/passwd', resolved)).toMatchObject({
      absolute: '/etc/passwd',
      insideWorkspace: false,
    });
    expect(pathFacts('/tmp/into', resolved)).toMatchObject({ absolute: '/home/u/proj/a', insideWorkspace: true });
    expect(pathFacts('a', resolved)).toMatchObject({ absolute: '/home/u/proj/src/a', insideWorkspace: true });
  });

  test('glob sets see both the link and what it leads to', () => {
    expect(pathFacts('key', resolved).globs).toEqual(['secrets']);
  });

  test('a resolver is given the path with its dots, and one that fails places the path outside', () => {
    const seen: string[] = [];
    pathFacts('x/../y', { ...context, resolve: (path) => void seen.push(path) });
    expect(seen).toContain('/home/u/proj/src/x/../y');
    const failing: PathContext = {
      ...context,
      resolve: (path) => {
        if (path.endsWith('gone')) throw new Error('no such file');
        return path;
      },
    };
    expect(pathFacts('gone', failing)).toMatchObject({ insideWorkspace: false, absolute: '/home/u/proj/src/gone' });
    expect(pathFacts('here', failing).insideWorkspace).toBe(true);
  });

  test('the workspace itself is resolved too', () => {
    const linked = (path: string): string => path.replace(/^\/tmp\b/, '/private/tmp');
    const mac: PathContext = { cwd: '/tmp/w', workspace: '/tmp/w', resolve: linked };
    expect(pathFacts('a', mac).insideWorkspace).toBe(true);
    expect(pathFacts('/private/tmp/w/a', mac).insideWorkspace).toBe(true);
  });
});

test('without a home folder a path below it is outside', () => {
  const homeless: PathContext = { cwd: '/w', workspace: '/w' };
  expect(pathFacts('~/x', homeless)).toMatchObject({ absolute: '~/x', insideWorkspace: false });
  expect(pathFacts('~/../../w/x', homeless).insideWorkspace).toBe(false);
});

test('a workspace on a drive is compared without case and with either slash', () => {
  const windows: PathContext = {
    cwd: 'C:\\work\\proj',
    workspace: 'C:\\work\\proj',
    globs: { env: ['**/.env'], src: ['src/*'] },
  };
  expect(pathFacts('src\\a.ts', windows)).toMatchObject({ absolute: 'C:/work/proj/src/a.ts', insideWorkspace: true });
  expect(pathFacts('c:\\WORK\\proj\\.env', windows)).toMatchObject({ insideWorkspace: true, globs: ['env'] });
  expect(pathFacts('..\\other', windows).insideWorkspace).toBe(false);
  expect(pathFacts('C:\\work\\project', windows).insideWorkspace).toBe(false);
  expect(pathFacts('\\\\server\\share', windows).insideWorkspace).toBe(false);
  expect(pathFacts('D:\\work\\proj\\a', windows).insideWorkspace).toBe(false);
});

describe('laws', () => {
  const part = fc.constantFrom(
    'a',
    'b',
    '.',
    '..',
    '',
    '.env',
    'proj',
    'src',
    '~',
    'é',
    '\0',
    '\\',
    ' ',
    '%2e',
    'C:',
    'file:',
    '__proto__',
  );
  const path = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .tuple(fc.constantFrom('', '/', '~/', './', 'file://', '/home/u/proj/'), fc.array(part, { maxLength: 8 }))
      .map(([head, parts]) => head + parts.join('/')),
  );

  test('no text throws, and an absolute path is normal: no dots, no doubled slash, none at the end', () => {
    fc.assert(
      fc.property(path, (text) => {
        const { absolute, name, globs } = pathFacts(text, context);
        expect(absolute.split('/').slice(1)).not.toEqual(expect.arrayContaining(['.']));
        expect(absolute.split('/')).not.toContain('..');
        expect(absolute).not.toMatch(/\/\//);
        expect(absolute === '/' || !absolute.endsWith('/')).toBe(true);
        expect(absolute.endsWith(name)).toBe(true);
        expect(['secrets', 'docs']).toEqual(expect.arrayContaining([...globs]));
      }),
      { numRuns: 3000 },
    );
  });

  test('the facts of an absolute path lead back to themselves', () => {
    fc.assert(
      fc.property(path, (text) => {
        const first = pathFacts(text, context);
        fc.pre(!/[\\\0]|^\s|\s$|^[^/]/.test(first.absolute) && first.absolute.length < 4096);
        expect(pathFacts(first.absolute, context).absolute).toBe(first.absolute);
      }),
      { numRuns: 2000 },
    );
  });

  test('what is inside starts with the workspace as a whole part', () => {
    fc.assert(
      fc.property(path, (text) => {
        const facts = pathFacts(text, context);
        if (facts.insideWorkspace) expect(`${facts.absolute}/`.startsWith('/home/u/proj/')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('adding `./` or `x/..` in front of a relative path changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '..', '.env', 'src'), { minLength: 1, maxLength: 6 }), (parts) => {
        const text = parts.join('/');
        const { text: _, ...facts } = pathFacts(text, context);
        expect(pathFacts(`./${text}`, context)).toMatchObject(facts);
        expect(pathFacts(`x/../${text}`, context)).toMatchObject(facts);
        expect(pathFacts(`/home/u/proj/src/${text}`, context)).toMatchObject(facts);
      }),
    );
  });
});

describe('patterns of tools that search', () => {
  const globs = {
    secrets: ['.env', '.env.{local,test}', '*.pem', '~/.ssh/**', '!.env.example', 'id_rsa', 'secrets.yml'],
  };
  const hits = (path: string): readonly string[] =>
    pathFacts(path, { cwd: '/w/app', workspace: '/w/app', home: '/home/u', globs }).globs;

  test.each([
    '**/.env*',
    '.e?v',
    '{.env,x}',
    '*.pem',
    '**/*.pem',
    '**/id_*',
    '/home/*/.ssh/id_rsa',
    '../../home/u/.ssh/*',
  ])('%s aims at secrets', (pattern) => {
    expect(hits(pattern)).toEqual(['secrets']);
  });

  test.each([
    '**/*',
    '*',
    '**/*.ts',
    '*.{ts,tsx}',
    '**/*.yml',
    '**/*.test.*',
    '!.env',
    '!**/.env*',
    '**/.env.example',
    'app/[id]/*.tsx',
  ])('%s does not', (pattern) => {
    expect(hits(pattern)).toEqual([]);
  });
});
