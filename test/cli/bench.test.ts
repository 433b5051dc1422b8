import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { useWorkFolder } from '../support/work-folder.js';

const { path, write, run } = useWorkFolder();

const POLICIES = `@id("staff") permit (principal in Group::"staff", action, resource) when { resource.isPublic };
@id("limit") forbid (principal, action, resource) when { context.size > 10 };
@id("broken") permit (principal, action, resource) when { resource.missing };
`;
const ENTITIES = [
  { uid: { type: 'User', id: 'alice' }, attrs: {}, parents: [{ type: 'Group', id: 'staff' }] },
  { uid: { type: 'Photo', id: 'p' }, attrs: { isPublic: true }, parents: [] },
];
const requestOf = (user: string, size: number): object => ({
  principal: `User::"${user}"`,
  action: 'Action::"view"',
  resource: { type: 'Photo', id: 'p' },
  context: { size },
});
const REQUESTS = [requestOf('alice', 1), requestOf('bob', 2), requestOf('alice', 11)];
const lines = REQUESTS.map((request) => JSON.stringify(request)).join('\n');

const bench = (...args: string[]): ReturnType<typeof run> =>
  run('bench', 'p.cedar', '--entities', 'entities.json', '--requests', 'r.jsonl', '--seconds', '0.1', ...args);

beforeEach(() => write({ 'p.cedar': POLICIES, 'entities.json': ENTITIES, 'r.jsonl': lines, 'r.json': REQUESTS }));

describe('deodar bench', () => {
  it('prints figures, how they are spread, the phases and the slowest policies', async () => {
    const { code, out, err } = await bench();
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^3 policies, 3 requests\n/);
    expect(out).toMatch(/engine +decisions\/s +p50 +p99/);
    expect(out).toMatch(/deodar +[\d,]+ +[\d.]+ [nµm]s/);
    expect(out).toMatch(/[nµm]s - [\d.]+ [nµm]s +#+ +[\d.]+ %/);
    expect(out).toContain('compile what the requests need');
    expect(out).toMatch(/staff +[\d.]+ [nµm]s +fires for 2 requests/);
  });

  it('gives the same as JSON, from an array of requests too', async () => {
    const { out } = await bench('--json');
    const report = JSON.parse(out);
    expect(report).toMatchObject({ policies: 3, requests: 3, isOfficial: false, timings: [{ engine: 'deodar' }] });
    expect(report.timings[0].perSecond).toBeGreaterThan(0);
    expect(report.timings[0].p99).toBeGreaterThanOrEqual(report.timings[0].p50);
    expect(Object.keys(report.phases)).toEqual(['parse', 'index', 'compile', 'decide']);
    expect(report.slowest).toHaveLength(3);
    const array = await run('bench', '-p', 'p.cedar', '--requests', 'r.json', '--seconds', '0.05', '--json');
    expect(JSON.parse(array.out).requests).toBe(3);
  });

  it('measures the official engine where it is installed, after both have answered equally', async () => {
    mkdirSync(path('node_modules/@cedar-policy'), { recursive: true });
    const installed = fileURLToPath(new URL('../../node_modules/@cedar-policy/cedar-wasm', import.meta.url));
    symlinkSync(installed, path('node_modules/@cedar-policy/cedar-wasm'), 'dir');
    const { code, out } = await bench();
    expect(code).toBe(0);
    expect(out).toContain('each answered equally by @cedar-policy/cedar-wasm');
    expect(out).toMatch(/cedar-wasm +[\d,]+ +.* x\n/);
  });

  it('measures nothing where another engine answers otherwise', async () => {
    write({
      'node_modules/@cedar-policy/cedar-wasm/package.json': {
        name: '@cedar-policy/cedar-wasm',
        exports: { './nodejs': './a.cjs' },
      },
      'node_modules/@cedar-policy/cedar-wasm/a.cjs': `exports.preparsePolicySet = () => ({ type: 'success' });
exports.statefulIsAuthorized = () => ({ type: 'success', response: { decision: 'allow', diagnostics: { reason: ['x'], errors: [] } } });`,
    });
    const { code, out, err } = await bench();
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(
      'error[different-answers]: request 1: deodar says allow (staff), 1 error, cedar-wasm allow (x)',
    );
  });

  it('compares with a revision, and names the requests that it answers otherwise', async () => {
    const git = (...args: string[]): void => {
      const done = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: path(),
        encoding: 'utf8',
      });
      expect(done.stderr).not.toContain('fatal');
    };
    git('init', '-q');
    git('add', 'p.cedar');
    git('commit', '-q', '-m', 'first');
    write({ 'p.cedar': POLICIES.replace('> 10', '> 1') });
    const { code, out } = await bench('--compare', 'HEAD');
    expect(code).toBe(0);
    expect(out).toMatch(/now +[\d,]+/);
    expect(out).toMatch(/HEAD +[\d,]+ +.* x\n/);
    expect(out).toContain('HEAD answers 1 request otherwise: 2\n');
    expect((await bench('--compare', 'nope')).err).toContain('error[no-revision]: the revision "nope" cannot be read');
    expect((await bench('--compare=--output=x')).err).toContain('begins like an option');
  });

  it.each([
    [['bench'], 'no policies'],
    [['bench', 'p.cedar'], 'no requests'],
    [['bench', 'p.cedar', '--requests', 'r.jsonl', '--seconds', '0'], '--seconds takes'],
    [['bench', 'p.cedar', '--requests', 'nope'], 'nope: error[file-not-found]'],
    [['bench', 'p.cedar', '--requests', 'empty'], 'error[no-requests]'],
    [['bench', 'p.cedar', '--requests', 'bad'], 'bad:2:16: error[bad-entity-reference]'],
    [['bench', 'p.cedar', '--requests', 'r.jsonl', '--compare', 'HEAD'], 'error[no-revision]'],
  ])('%j is refused: %s', async (args, said) => {
    write({
      empty: '\n',
      bad: `${JSON.stringify(REQUESTS[0])}\n{ "principal": 1, "action": "Action::\\"a\\"", "resource": "A::\\"a\\"" }`,
    });
    const { code, err } = await run(...args);
    expect(code).toBe(1);
    expect(err).toContain(said);
  });
});
