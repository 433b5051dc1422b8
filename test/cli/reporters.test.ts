import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayColor } from '../../src/cli/process-terminal.js';
import { githubReport } from '../../src/cli/reporters/github.js';
import { prettyReporter } from '../../src/cli/reporters/pretty.js';
import { sarifReport } from '../../src/cli/reporters/sarif.js';
import { type Diagnostic, diagnostic } from '../../src/diagnostics/diagnostic.js';
import { createSource } from '../../src/text/source.js';
import { useWorkFolder } from '../support/work-folder.js';

const CWD = resolve('/work/checkout/app');
const FOLDERS = { cwd: CWD, env: {} };

/** Behind a character of two UTF-16 units; the label spans two lines. */
const TEXT = 'permit (\n  // \u{1f600} smile\n  principal, wrong\n);\n';
const SOURCE = createSource(TEXT, 'sub folder/a%b,c:d.cedar');
const AT_WORD = { start: TEXT.indexOf('smile'), end: TEXT.indexOf('smile') + 5 };
const SCHEMA = createSource('entity User;\n', 'schema.cedarschema');

const WORD = diagnostic('unknown-variable', '100% wrong:\r\n  a, b', {
  labels: [
    { source: SOURCE, span: AT_WORD },
    { source: SCHEMA, span: { start: 7, end: 11 }, message: '`User` is declared here' },
  ],
  help: 'mend it',
});
const LINES = diagnostic('missing-comma', 'two lines', {
  severity: 'warning',
  labels: [{ source: SOURCE, span: { start: 0, end: TEXT.indexOf('principal') } }],
});
const WHOLE_FILE = diagnostic('file-not-found', 'no such file', { file: 'nope.cedar' });
const DATA = diagnostic('bad-event', 'wrong', { file: '<stdin>', pointer: '/a', severity: 'note' });
const NOWHERE = diagnostic('bad-setting', 'wrong');
const ALL = [WORD, LINES, WHOLE_FILE, DATA, NOWHERE];

describe('the SARIF report', () => {
  const log = JSON.parse(sarifReport(ALL, FOLDERS)) as Sarif;
  const [run] = log.runs;

  it('is one run of SARIF 2.1.0 with a named tool', () => {
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toMatch(/sarif.*2\.1\.0.*\.json$/);
    expect(log.runs).toHaveLength(1);
    expect(run?.tool.driver.name).toBe('deodar');
    expect(run?.tool.driver.semanticVersion).toMatch(/^\d+\.\d+\.\d+$/);
    expect(run?.columnKind).toBe('utf16CodeUnits');
    // Only keys that the published schema has, where it allows no others.
    expect(Object.keys(log).sort()).toEqual(['$schema', 'runs', 'version']);
    expect(Object.keys(run ?? {}).sort()).toEqual(
      ['columnKind', 'newlineSequences', 'originalUriBaseIds', 'results', 'tool'].sort(),
    );
  });

  it('has a rule with texts for every code, and results that point at their rule', () => {
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.map((rule) => rule.id)).toEqual(ALL.map((d) => d.code));
    for (const rule of rules) {
      expect(rule.shortDescription.text).toMatch(/^[^a-z].*\.$/);
      expect(rule.help.text.length).toBeGreaterThan(20);
      expect(['error', 'warning', 'note', 'none']).toContain(rule.defaultConfiguration.level);
    }
    for (const result of run?.results ?? []) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.message.text).not.toBe('');
    }
    expect(run?.results.map((result) => result.level)).toEqual(['error', 'warning', 'error', 'note', 'error']);
  });

  it('has regions in UTF-16 units, related locations and relative URIs', () => {
    const [word, lines, file, data, nowhere] = run?.results ?? [];
    const [location] = word?.locations ?? [];
    expect(location?.physicalLocation).toEqual({
      artifactLocation: { uri: 'sub%20folder/a%25b%2Cc%3Ad.cedar', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 9, endLine: 2, endColumn: 14 },
    });
    expect(word?.relatedLocations).toEqual([
      {
        id: 1,
        physicalLocation: {
          artifactLocation: { uri: 'schema.cedarschema', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1, startColumn: 8, endLine: 1, endColumn: 12 },
        },
        message: { text: '`User` is declared here' },
      },
    ]);
    expect(lines?.locations?.[0]?.physicalLocation.region).toEqual({
      startLine: 1,
      startColumn: 1,
      endLine: 3,
      endColumn: 3,
    });
    expect(file?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'nope.cedar', uriBaseId: '%SRCROOT%' },
    });
    expect(data?.locations?.[0]?.physicalLocation.artifactLocation.uri).toBe('%3Cstdin%3E');
    expect(nowhere).not.toHaveProperty('locations');
    expect(run?.originalUriBaseIds).toHaveProperty(['%SRCROOT%']);
  });

  it('counts paths from the checkout of a workflow, and names what is elsewhere as a file URI', () => {
    const inWorkflow = { cwd: CWD, env: { GITHUB_WORKSPACE: resolve('/work/checkout') } };
    const outside = diagnostic('x', 'x', { file: resolve('/etc/a b.cedar') });
    const uris = (text: string) =>
      (JSON.parse(text) as Sarif).runs[0]?.results.map((r) => r.locations?.[0]?.physicalLocation.artifactLocation);
    expect(uris(sarifReport([WHOLE_FILE, outside], inWorkflow))).toEqual([
      { uri: 'app/nope.cedar', uriBaseId: '%SRCROOT%' },
      { uri: expect.stringMatching(/^file:\/\/\/.*a%20b\.cedar$/) as string },
    ]);
  });

  it('without findings is a run without results', () => {
    expect((JSON.parse(sarifReport([], FOLDERS)) as Sarif).runs[0]).toMatchObject({
      results: [],
      tool: { driver: { rules: [] } },
    });
  });
});

interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly semanticVersion: string;
        readonly rules: readonly {
          readonly id: string;
          readonly shortDescription: { readonly text: string };
          readonly help: { readonly text: string };
          readonly defaultConfiguration: { readonly level: string };
        }[];
      };
    };
    readonly columnKind: string;
    readonly originalUriBaseIds: object;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly relatedLocations?: readonly object[];
      readonly locations?: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: object };
      }[];
    }[];
  }[];
}

describe('the report for GitHub', () => {
  it('is one annotation a line, with everything escaped', () => {
    expect(githubReport(ALL, FOLDERS).split('\n')).toEqual([
      '::error file=sub folder/a%25b%2Cc%3Ad.cedar,line=2,endLine=2,col=9,endColumn=14,title=unknown-variable::100%25 wrong:%0D%0A  a, b%0Aschema.cedarschema:1:8: `User` is declared here%0Ahelp: mend it',
      // GitHub takes columns only within one line.
      '::warning file=sub folder/a%25b%2Cc%3Ad.cedar,line=1,endLine=3,title=missing-comma::two lines',
      '::error file=nope.cedar,title=file-not-found::no such file',
      '::notice title=bad-event::wrong%0Aat /a',
      '::error title=bad-setting::wrong',
      '',
    ]);
  });

  it('cannot be made to say something else by the text of a policy', () => {
    const forged = diagnostic('x', 'a\n::error::forged\r\n::set-env name=X::y');
    expect(githubReport([forged], FOLDERS)).toBe('::error title=x::a%0A::error::forged%0D%0A::set-env name=X::y\n');
  });
});

describe('the report for people', () => {
  function pretty(diagnostics: readonly Diagnostic[], errorColor = false): string {
    let text = '';
    const write = (more: string): void => {
      text += more;
    };
    const reporter = prettyReporter({ out: write, err: write, errorColor });
    reporter.add(diagnostics);
    reporter.summarize({ text: 'the end', isFailure: true, facts: {} });
    reporter.finish();
    return text;
  }

  it('shows both places with carets below them, and the help', () => {
    expect(pretty([WORD])).toBe(`sub folder/a%b,c:d.cedar:2:9: error[unknown-variable]: 100% wrong:.\n  a, b
  2 |   // \u{1f600} smile
    |         ^^^^^
  schema.cedarschema:1:8:
  1 | entity User;
    |        ^^^^ \`User\` is declared here
  help: mend it

the end
`);
  });

  it('uses colours where they are wanted, and says the same', () => {
    const colored = pretty([WORD, LINES], true);
    expect(colored).toContain('\u001b[1;31merror[unknown-variable]\u001b[0m');
    expect(colored).toContain('\u001b[1;34m^^^^ `User` is declared here\u001b[0m');
    const plain = colored.replaceAll(/\p{Cc}\[[0-9;]*m/gu, '');
    expect(plain).toBe(pretty([WORD, LINES]));
  });

  it('shows the first hundred of very many, errors first, and counts the rest', () => {
    const many = Array.from({ length: 30_000 }, (_, i) => (i % 300 === 0 ? WORD : LINES));
    const text = pretty(many);
    expect(text.match(/ error\[/g)).toHaveLength(100);
    expect(text).not.toContain('warning[');
    expect(text).toContain('\nand 29900 more problems; --format json lists all\n\nthe end\n');
  });
});

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ TERM: 'dumb' }, true, false],
  ])('with %j on a terminal (%s): %s', (env, isTerminal, expected) => {
    expect(mayColor(env, isTerminal)).toBe(expected);
  });
});

const { write, run } = useWorkFolder();

describe('--format', () => {
  const BROKEN = 'permit (principal, action, resource)';

  it('takes one of four formats, and --json is short for one', async () => {
    write({ 'p.cedar': BROKEN });
    expect((await run('check', 'p.cedar', '--format', 'jsn')).err).toContain(
      '--format takes pretty or json or sarif or github',
    );
    expect((await run('check', 'p.cedar', '--json', '--format', 'sarif')).err).toContain('exclude each other');
    expect((await run('check', 'p.cedar', '--json')).out).toBe((await run('check', 'p.cedar', '--format', 'json')).out);
  });

  it('writes the report of check and validate to standard output, also when there is nothing to report', async () => {
    write({ 'p.cedar': `${BROKEN};`, 's.cedarschema': 'entity A; action a appliesTo { principal: A, resource: A };' });
    for (const command of ['check', 'validate']) {
      const sarif = await run(command, 'p.cedar', '--format', 'sarif');
      expect(sarif).toMatchObject({ code: 0, err: '' });
      expect((JSON.parse(sarif.out) as Sarif).runs[0]?.results).toEqual([]);
      expect(await run(command, 'p.cedar', '--format', 'github')).toEqual({ code: 0, out: '', err: '' });
      expect(JSON.parse((await run(command, 'p.cedar', '--json')).out)).toMatchObject({ errors: 0, diagnostics: [] });
    }
  });

  it.each([
    ['format', ['format', 'p.cedar']],
    ['authorize', ['authorize', '-p', 'p.cedar', '-l', 'A::"a"', '-a', 'Action::"a"', '-r', 'A::"a"']],
    ['adjudicate', ['adjudicate', '-p', 'p.cedar', '--agent', 'agent.json']],
    ['test', ['test', 'x.test.json', '-p', 'p.cedar']],
    ['translate-policy', ['translate-policy', '--direction', 'cedar-to-json', 'p.cedar']],
    ['link', ['link', '-p', 'p.cedar', '--template-id', 'a', '-n', 'b', '-a', '{}']],
  ])('of %s goes to standard error, beside the result', async (_name, args) => {
    write({ 'p.cedar': BROKEN, 'agent.json': { id: 'a', tools: [] }, 'x.test.json': [] });
    const github = await run(...args, '--format', 'github');
    expect(github.code).toBe(1);
    expect(github.err).toContain('::error file=p.cedar,line=1,endLine=1,col=37,');
    const sarif = await run(...args, '--format', 'sarif');
    const [result] = (JSON.parse(sarif.err) as Sarif).runs[0]?.results ?? [];
    expect(result?.ruleId).toBe('missing-semicolon');
  });
});
