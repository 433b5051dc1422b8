import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { useWorkFolder } from '../support/work-folder.js';

const { path, write, run } = useWorkFolder();

const POLICIES = `@id("staff")
permit (principal, action, resource)
when { context.role == "staff" && (context.hour > 8 || context.urgent) };

@id("no-secrets")
forbid (principal, action, resource)
when { context.path like "*.env" };

@id("never")
forbid (principal, action == Action::"delete", resource);
`;
const request = (context: object): object => ({
  principal: 'U::"u"',
  action: 'Action::"view"',
  resource: 'R::"r"',
  context,
});
const TESTS = [
  { name: 'staff', request: request({ role: 'staff', hour: 9, path: 'a' }), entities: [], decision: 'allow' },
  { name: 'others', request: request({ role: 'guest', path: 'a <b> & "c"' }), entities: [], decision: 'deny' },
];

beforeEach(() => {
  write({ 'p.cedar': POLICIES, 'tests/x.test.json': TESTS });
});

describe('deodar test --coverage', () => {
  it('shows each policy, what no test did, and the figures', async () => {
    const { code, out, err } = await run('test', '--coverage');
    expect(err).toBe('');
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot('golden/coverage.txt');
  });

  it('fails below a threshold, for all figures or for one', async () => {
    expect((await run('test', '--coverage', '--threshold', '33')).code).toBe(0);
    const { code, err } = await run('test', '--coverage', '--threshold', 'policies=33.4');
    expect(code).toBe(1);
    expect(err).toContain('error[below-threshold]: policies: 33.3 % is less than 33.4 %');
    expect((await run('test', '--coverage', '--threshold', 'branches=30,policies=0')).code).toBe(0);
    for (const wrong of ['x', '101', '-1', 'lines=3', 'policies', 'policies=1=2', ''])
      expect((await run('test', '--coverage', `--threshold=${wrong}`)).err, wrong).toContain('--threshold takes');
    expect((await run('test', '--threshold', '3')).err).toContain('--threshold needs --coverage');
  });

  it('writes JSON, alone or among the results', async () => {
    const { out } = await run('test', '--coverage-format', 'json');
    const data = JSON.parse(out);
    expect(data.figures.policies).toEqual({ covered: 1, total: 3, percent: 33.3 });
    expect(data.policies[1]).toMatchObject({
      id: 'no-secrets',
      file: 'p.cedar',
      line: 5,
      satisfied: 0,
      points: [{ kind: 'condition', line: 7, column: 8, endLine: 7, endColumn: 33, true: 0, false: 2 }],
    });
    const all = JSON.parse((await run('test', '--coverage', '--json')).out);
    expect(all).toMatchObject({ passed: 2, failed: 0, coverage: data });
    expect(Object.keys(all.files[0].tests[0])).toEqual(['name', 'differences', 'pointer']);
  });

  it('writes LCOV whose sums are right', async () => {
    expect((await run('test', '--coverage-format', 'lcov', '--coverage-out', 'c')).code).toBe(0);
    const lines = readFileSync(path('c/lcov.info'), 'utf8').trimEnd().split('\n');
    for (const line of lines)
      expect(line).toMatch(
        /^(?:TN:|SF:p\.cedar|FN:\d+,[^,\s]+|FNDA:\d+,[^,\s]+|BRDA:\d+,\d+,\d+,(?:\d+|-)|DA:\d+,\d+|(?:FN|BR|L)[FH]:\d+|end_of_record)$/,
      );
    const number = (key: string): number => Number(lines.find((line) => line.startsWith(`${key}:`))?.split(':')[1]);
    const of = (key: string): string[] => lines.filter((line) => line.startsWith(`${key}:`));
    expect(number('FNF')).toBe(of('FNDA').length);
    expect(number('FNH')).toBe(of('FNDA').filter((line) => !line.startsWith('FNDA:0')).length);
    expect(number('BRF')).toBe(of('BRDA').length);
    expect(number('BRH')).toBe(of('BRDA').filter((line) => !/,[0-]$/.test(line)).length);
    expect(number('LF')).toBe(of('DA').length);
    expect(of('BRDA')).toContain('BRDA:3,4,0,-');
  });

  it('writes a page whose text is the policies, harmless whatever they say', async () => {
    write({
      'p.cedar': `${POLICIES}@id("<script>alert(1)</script>") permit (principal, action, resource) when { context.x == "</pre>" };`,
    });
    expect((await run('test', '--coverage-format', 'html', '--coverage-out', 'c')).code).toBe(0);
    const html = readFileSync(path('c/index.html'), 'utf8');
    expect(html).not.toContain('<script>');
    expect(html.match(/<span/g)?.length).toBe(html.match(/<\/span>/g)?.length);
    const text = html.slice(html.indexOf('<pre>') + 5, html.lastIndexOf('</pre>')).replaceAll(/<[^>]*>/g, '');
    const plain = text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    expect(plain).toBe(readFileSync(path('p.cedar'), 'utf8'));
  });

  it('says what cannot be written', async () => {
    const { code, err } = await run('test', '--coverage-out', 'p.cedar/x');
    expect(code).toBe(1);
    expect(err).toContain('error[file-unwritable]: cannot be written');
  });

  it('takes files that test the same policies together, and counts failed tests too', async () => {
    write({
      'tests/y.test.json': [
        { name: 'secret', request: request({ role: 'staff', hour: 9, path: '.env' }), entities: [], decision: 'allow' },
      ],
    });
    const { code, out } = await run('test', '--coverage');
    expect(code).toBe(1);
    expect(out).toContain('coverage: policies 66.6 % (2 of 3)');
  });

  it('covers the events of agents', async () => {
    await run('init', 'agent');
    const { code, out } = await run('test', 'agent', '--coverage', '--threshold', 'policies=50');
    expect(code).toBe(0);
    expect(out).toMatch(/coverage: policies \d+(?:\.\d)? % \(\d of 7\)/);
  });
});

describe('deodar test --mutate', () => {
  it('shows the changes that no test notices, with their places', async () => {
    const { code, out, err } = await run('test', '--mutate');
    expect(err).toBe('');
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot('golden/mutation.txt');
  });

  it('fails below a threshold', async () => {
    const { code, err } = await run('test', '--mutate', '--threshold', 'score=90');
    expect(code).toBe(1);
    expect(err).toMatch(/error\[below-threshold\]: score: [\d.]+ % is less than 90 %/);
    expect((await run('test', '--mutate', '--threshold', 'score=10')).code).toBe(0);
  });

  it('writes JSON', async () => {
    const { mutation } = JSON.parse((await run('test', '--mutate', '--json')).out);
    expect(mutation.killed + mutation.survived).toBe(mutation.mutants.length);
    expect(mutation.mutants[0]).toEqual({
      policy: 'staff',
      kind: 'removed',
      change: 'without the permit',
      file: 'p.cedar',
      line: 1,
      column: 1,
      endLine: 3,
      endColumn: 74,
      killedBy: 'staff',
    });
  });

  it('takes the escalations of agents into account', async () => {
    await run('init', 'agent');
    const { mutation } = JSON.parse((await run('test', 'agent', '--mutate', '--json')).out);
    const escalations = mutation.mutants.filter(({ kind }: { kind: string }) => kind === 'escalate');
    expect(escalations.length).toBeGreaterThan(0);
    for (const { killedBy } of escalations) expect(killedBy).not.toBeNull();
  });
});

describe('deodar test --junit', () => {
  it('writes well-formed XML, whatever names and differences say', async () => {
    write({
      'tests/y.test.json': [
        { name: 'a <b> & "c"\u0000\n]]>', request: request({ role: 'x' }), entities: [], decision: 'allow' },
      ],
      'tests/z.test.json': '{',
    });
    const { code } = await run('test', '--junit', 'out/junit.xml');
    expect(code).toBe(1);
    const xml = readFileSync(path('out/junit.xml'), 'utf8');
    expect(xml).toContain('<testsuites name="deodar" tests="4" failures="1" errors="1">');
    expect(xml).toContain('name="a &lt;b&gt; &amp; &quot;c&quot;\ufffd');
    expect(xml).toContain('<failure message="expected allow, got deny">expected allow, got deny</failure>');
    // Every tag is closed, and no raw character is left that XML does not have.
    const tags = Array.from(xml.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g), ([, close, name, alone]) =>
      alone === '/' ? [] : [`${close}${name}`],
    ).flat();
    const open: string[] = [];
    for (const tag of tags)
      if (tag.startsWith('/')) expect(open.pop()).toBe(tag.slice(1));
      else open.push(tag);
    expect(open).toEqual([]);
    expect(xml).not.toContain('\0');
  });

  it('annotates failed tests in their files', async () => {
    write({ 'tests/x.test.json': [{ ...TESTS[0], decision: 'deny' }] });
    const { code, err } = await run('test', '--format', 'github');
    expect(code).toBe(1);
    expect(err).toMatch(/^::error file=tests\/x\.test\.json,line=1,/);
  });
});
