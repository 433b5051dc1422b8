import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/json/parse-json.js';
import { type PolicyTest, parseTestFile } from '../../src/packs/test-file.js';
import { createSource } from '../../src/text/source.js';
import { blocksOf } from '../docs/markdown.js';
import { useWorkFolder } from '../support/work-folder.js';

function parse(json: unknown): ReturnType<typeof parseTestFile> {
  const parsed = parseJson(createSource(typeof json === 'string' ? json : JSON.stringify(json)));
  if (!parsed.ok) throw new Error('the test is no JSON');
  return parseTestFile(parsed.value);
}

function testsOf(json: unknown): readonly PolicyTest[] {
  const parsed = parse(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.value.tests;
}

/** `pointer: message (help)` of each problem. */
function problemsOf(json: unknown): readonly string[] {
  return parse(json).diagnostics.map((d) => `${d.pointer}: ${d.message}${d.help === undefined ? '' : ` (${d.help})`}`);
}

const EVENT = { stage: 'PRE_TOOL', role: 'model', content: { toolId: 'shell', parameters: { command: 'ls' } } };
const COMMAND = '/event/content/parameters/command';
const REQUEST = { principal: 'U::"a"', action: 'Action::"x"', resource: 'U::"a"', context: { mfa: false } };

describe('a test with a table', () => {
  it('is one test for each row, which has what the row says in its place', () => {
    const table = {
      columns: [COMMAND, 'decision', 'policies'],
      rows: [
        ['npm test', 'ALLOW', ['tool-calls']],
        ['cat .env', 'DENY'],
      ],
    };
    expect(testsOf({ tests: [{ name: 'shell', event: EVENT, table }] })).toEqual([
      {
        kind: 'event',
        name: 'shell: npm test',
        events: [{ ...EVENT, content: { toolId: 'shell', parameters: { command: 'npm test' } } }],
        decision: 'ALLOW',
        policies: ['tool-calls'],
        routes: undefined,
        pointer: '/tests/0/table/rows/0',
      },
      expect.objectContaining({ name: 'shell: cat .env', decision: 'DENY', policies: undefined }),
    ]);
  });

  it('shares what no row changes, and may have cases with members of their own', () => {
    const cases = [
      { '/request/context/mfa': true, decision: 'allow' },
      { name: 'no context', '/request/context': {} },
      { '/entities/-': { uid: { type: 'U', id: 'b' }, attrs: {}, parents: [] }, num_errors: 0 },
    ];
    const tests = testsOf([{ name: 't', request: REQUEST, entities: [], decision: 'deny', cases }]);
    expect(tests.map(({ name, decision, pointer }) => [name, decision, pointer])).toEqual([
      ['t: true', 'allow', '/0/cases/0'],
      ['t: no context', 'deny', '/0/cases/1'],
      ['t: {"uid":{"type":"U","id":"b"},"attrs":{},"parents":[]}', 'deny', '/0/cases/2'],
    ]);
    expect(tests[2]).toMatchObject({ entities: [{ uid: { id: 'b' } }], request: REQUEST, errorCount: 0 });
    expect(tests[0]).toMatchObject({ entities: [], request: { ...REQUEST, context: { mfa: true } } });
  });

  it('may change one of several events, or a whole part', () => {
    const events = [EVENT, EVENT];
    const table = { columns: ['/events/1/content/toolId', '/events/0'], rows: [['other', EVENT]] };
    expect(testsOf({ tests: [{ events, decision: 'DENY', table }] })[0]).toMatchObject({
      name: 'test 1: other, {"stage":"PRE_TOOL","role":"model","content":{"toolI…',
      events: [EVENT, { content: { toolId: 'other' } }],
    });
  });

  it('names a row by its number where it changes no input', () => {
    const table = { columns: ['decision'], rows: [['ALLOW'], ['DENY']] };
    expect(testsOf({ tests: [{ event: EVENT, table }] }).map(({ name }) => name)).toEqual([
      'test 1: row 1',
      'test 1: row 2',
    ]);
  });

  it.each([
    [
      'a column that leads nowhere',
      { columns: ['/event/contnt/toolId'], rows: [['x'], ['y']] },
      ['/tests/0/table/columns/0: the column leads to no place: there is no `contnt` (did you mean "content"?)'],
    ],
    [
      'a member that tests do not have',
      { columns: ['decison'], rows: [['ALLOW']] },
      ['/tests/0/table/columns/0: the column leads to no place: there is no `decison` (did you mean "decision"?)'],
    ],
    ['a table in a table', { columns: ['table'], rows: [[1]] }, [expect.stringContaining('there is no `table`')]],
    [
      'a column twice',
      { columns: ['decision', 'decision'], rows: [['ALLOW']] },
      ['/tests/0/table/columns/1: the column `decision` stands twice'],
    ],
    [
      'a member of a text',
      { columns: ['/event/stage/x'], rows: [['ALLOW']] },
      ['/tests/0/table/columns/0: the column leads to no place: `x` is asked of what has no members'],
    ],
    [
      'an item that is not there',
      { columns: ['/policies/7'], rows: [['p']] },
      ['/tests/0/table/columns/0: the column leads to no place: the list has no `7`'],
    ],
    [
      'a row that is too long',
      { columns: ['decision'], rows: [['ALLOW', 'p']] },
      ['/tests/0/table/rows/0: the row has 2 cells, and the table 1 columns'],
    ],
    [
      'a decision of another kind',
      { columns: ['decision'], rows: [['ALLOW'], ['allow'], ['ALOW']] },
      [
        '/tests/0/table/rows/1/decision: `decision` of an event is "ALLOW", "DENY" or "ESCALATE"',
        '/tests/0/table/rows/2: `decision` has a value that is not allowed (/decision) (did you mean "ALLOW"?)',
        '/tests/0/table/rows/2/decision: `decision` of an event is "ALLOW", "DENY" or "ESCALATE"',
      ],
    ],
    [
      'a list that is none',
      { columns: ['policies'], rows: [['p']] },
      ['/tests/0/table/rows/0: `policies` must be an array (/policies)'],
    ],
    ['no rows', { columns: ['decision'], rows: [] }, ['/tests/0/table/rows: `rows` is empty']],
    ['no columns', { rows: [[]] }, ['/tests/0/table: `columns` is missing']],
    [
      'a key that tables do not have',
      { columns: ['decision'], row: [], rows: [['ALLOW']] },
      ['/tests/0/table/row: the key "row" means nothing here (did you mean "rows"?)'],
    ],
  ])('is refused with %s', (_, table, expected) => {
    expect(problemsOf({ tests: [{ event: EVENT, decision: 'ALLOW', policies: ['p'], table }] })).toEqual(expected);
  });

  it('needs a decision for each row', () => {
    const table = { columns: [COMMAND, 'decision'], rows: [['ls', 'ALLOW'], ['rm']] };
    expect(problemsOf({ tests: [{ event: EVENT, table }] })).toEqual([
      '/tests/0/table/rows/1: `decision` is missing',
      expect.stringContaining('/tests/0/table/rows/1'),
    ]);
    expect(problemsOf({ tests: [{ event: EVENT }] })[0]).toBe('/tests/0: `decision` is missing');
  });

  it.each(['__proto__', 'constructor', '/event/__proto__/x', '/event/constructor', '/~2', '', '/'])(
    'makes nothing of the column %j that is not there',
    (column) => {
      const parsed = parse(`{"tests":[{"event":{},"decision":"ALLOW","cases":[{${JSON.stringify(column)}:1}]}]}`);
      const made: object = {};
      expect('x' in made).toBe(false);
      if (column !== '/event/constructor') expect(parsed.ok).toBe(false);
    },
  );
});

it('the guide shows a table that can be read', () => {
  const guide = readFileSync(new URL('../../policies/README.md', import.meta.url), 'utf8');
  const block = blocksOf(guide).find(({ heading, language }) => heading === 'Tests as tables' && language === 'json');
  expect(testsOf(block?.code ?? '').map(({ name }) => name)).toEqual([
    'what a shell may do: npm test',
    'what a shell may do: /bin/r"m" -fr build',
    'what a shell may do: a command that cannot be read',
  ]);
});

describe('deodar test with tables', () => {
  const { write, run } = useWorkFolder();
  const allow = 'permit (principal == U::"a", action, resource);';
  const table = {
    columns: ['name', '/request/principal', 'decision'],
    rows: [
      ['its owner', 'U::"a"', 'allow'],
      ['a stranger', 'U::"b"', 'deny'],
      ['a guest', 'U::"c"', 'allow'],
    ],
  };

  it('runs each row as a test of its own, says which failed and where, and filters them', async () => {
    write({
      'p.cedar': allow,
      't.test.json': JSON.stringify([{ name: 'who', request: REQUEST, entities: [], table }], null, 1),
    });
    const { code, out } = await run('test', '-p', 'p.cedar', 't.test.json');
    expect(code).toBe(1);
    expect(out).toContain('t.test.json: 3 tests, 1 failed\n  FAILED who: a guest\n    expected allow, got deny');
    expect((await run('test', '-p', 'p.cedar', '--filter', 'who: a stranger')).out).toContain('1 passed, 0 failed');
    const { err } = await run('test', '-p', 'p.cedar', '--format', 'github');
    expect(err).toMatch(/file=t\.test\.json,line=\d+/);
    const { files } = JSON.parse((await run('test', '-p', 'p.cedar', '--json')).out);
    expect(files[0].tests[2]).toMatchObject({ name: 'who: a guest', pointer: '/0/table/rows/2' });
    expect((await run('test', '-p', 'p.cedar', '--coverage', '--mutate')).out).toContain(
      'mutation score: 100 % (3 of 3)',
    );
  });
});
