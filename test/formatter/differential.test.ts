import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatOptions } from '../../src/formatter/format-policies.js';
import { CONFORMANCE } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';
import { commentsOf, officialFormat, ourFormat } from './oracle.js';
import { policyText, policyTextWithTrailingCommas, widths } from './policy-texts.js';

const MORE_RUNS = process.env.DEODAR_FUZZ_RUNS;
const RUNS = Number(MORE_RUNS ?? 300);
const LONG = 600_000;

const WIDTHS: readonly FormatOptions[] = [20, 40, 80, 120].flatMap((lineWidth) => [
  { lineWidth, indentWidth: 2 },
  { lineWidth, indentWidth: 4 },
]);

/** Policy files in a folder and all folders below. */
function policyFiles(folder: string | undefined): readonly string[] {
  if (folder === undefined || !existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.cedar')).map((name) => join(folder, name));
}

const conformance = policyFiles(CONFORMANCE);
const realworld = policyFiles(CONFORMANCE === undefined ? undefined : resolve(CONFORMANCE, '../realworld'));

describe.skipIf(CONFORMANCE === undefined)('formatPolicies on policies of others', () => {
  it('finds them', () => {
    expect(conformance.length).toBeGreaterThan(50);
  });

  it.each([...conformance, ...realworld])(
    '%s becomes what the official formatter makes of it, in every width',
    (path) => {
      const text = readFileSync(path, 'utf8');
      for (const options of WIDTHS) expect(ourFormat(text, options)).toBe(officialFormat(text, options));
    },
  );

  it.each([...conformance, ...realworld])('%s does not change when it is formatted twice', (path) => {
    const once = ourFormat(readFileSync(path, 'utf8'));
    if (once !== undefined) expect(ourFormat(once)).toBe(once);
  });

  it('formats the policies of the corpus as the official formatter does', { timeout: LONG }, () => {
    const texts = [...readCorpus()].filter(([path]) => path.endsWith('.cedar'));
    expect(texts.length).toBeGreaterThan(3000);
    for (const [index, [path, text]] of texts.entries()) {
      const all = MORE_RUNS === undefined ? WIDTHS.slice(index % WIDTHS.length).slice(0, 1) : WIDTHS;
      for (const options of all) expect(ourFormat(text, options), path).toBe(officialFormat(text, options));
    }
  });
});

const when = (condition: string): string => `permit(principal,action,resource)when{${condition}};`;

describe('formatPolicies on forms that are seldom written', () => {
  it.each([
    'permit(principal==(User::"a"),action in ([Action::"a",(Action::"b")]),resource in(((A::"b"))));',
    'permit(principal is User in (?principal),action,resource in ?resource);',
    'permit(principal,action,resource,);',
    'permit(principal,action in [Action::"a",],resource,)when{1};',
    'permit(principal,action,resource)when{true}when{false}unless{1<2};//x',
    '@a@b("")@c("x")permit(principal,action,resource);',
    '@a // one\n("x" // two\n) // three\n@b // four\npermit(principal,action,resource);',
    '//a\r//b\rpermit(principal,action,resource);\r//c\r',
    'permit(principal,action,resource)\u0085;\u00a0',
    '',
    '\n\n\n',
    '   // a   \n\n// b',
    'permit(principal,action,resource);// a\n\n\n// b\n//c',
    when('"/*\n\n\n//x\n"'),
    when('"\n" // "\n\n == "\\""'),
    when('"x"\n\n// comment\n\nis A'),
    when('principal["a"].b["c"]'),
    when('principal has a.b.c'),
    when('"a" like "b\\*c*"'),
    when('-9223372036854775808 == - 005'),
    when('!!!!true && ----1 < 2'),
    when('if if true then true else false then 1 else if true then 2 else 3'),
    when('{"if":1,a:2,"b c":{}}'),
    when('ip("1.1.1.1",).isIpv4() && [1,] == {a:1,}'),
    when('A // x\n ::"b"'),
    when('User::"a\\u{41}" == "x\ty"'),
    when('context.x\n\n\n//a\n\n.y'),
    when('(//a\n1//b\n)//c\n'),
    when('[//a\n]'),
    when('{//a\n//b\n}'),
    when('ip(//a\n) && ip(\n//a\n)'),
    when('{a//x\n:\n//y\n1//z\n}'),
    when('if//a\ntrue//b\nthen//c\n1//d\nelse//e\n2'),
    when('-//a\n-//b\n1//c\n-//d\n1'),
    when('principal//a\nhas//b\na//c\n.//d\nb'),
    when('principal//a\nis//b\nA//c\n::B//d\nin//e\nA::"b"'),
    when('principal[//y\n"a"]//z\n["b"//x\n]'),
    when('"𝒳𝒴" == "a\u0301\u0302" && "ｗｉｄｅ" == "한글" || "🏳️‍🌈" == "👩🏽‍🚀"'),
    when('principal.__tag.__proto__.constructor'),
  ])('%j becomes what the official formatter makes of it', (text) => {
    for (const options of [
      {},
      { lineWidth: 10, indentWidth: 4 },
      { lineWidth: 25 },
      { lineWidth: 0, indentWidth: 0 },
    ]) {
      expect(officialFormat(text, options)).toBeDefined();
      expect(ourFormat(text, options)).toBe(officialFormat(text, options));
    }
  });

  it.each([
    'permit',
    'permit(principal,action,resource)',
    when(''),
    when('a.b'),
    when('1 = 2'),
    when('-----1'),
    when('"a\\\nb"'),
    when('[,]'),
    when('principal[("a")]'),
    'permit(principal,action,resource);;',
    '\ufeffpermit(principal,action,resource);',
  ])('%j is refused, as by the official formatter', (text) => {
    expect(officialFormat(text)).toBeUndefined();
    expect(ourFormat(text)).toBeUndefined();
  });
});

describe('formatPolicies on generated policies with comments and blank lines anywhere', () => {
  it('gives what the official formatter gives, with every comment', { timeout: LONG }, () => {
    fc.assert(
      fc.property(policyText, widths, (text, options) => {
        const formatted = ourFormat(text, options) ?? '';
        expect(formatted).toBe(officialFormat(text, options));
        expect(commentsOf(formatted)).toEqual(commentsOf(text));
      }),
      { numRuns: RUNS },
    );
  });

  it('changes nothing the second time where there are no comments', { timeout: LONG }, () => {
    fc.assert(
      fc.property(policyText, widths, (text, each) => {
        const once = ourFormat(withoutComments(text), each) ?? '';
        expect(ourFormat(once, each)).toBe(once);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps the comments beside commas that it drops, all of which the official formatter loses', {
    timeout: LONG,
  }, () => {
    let lost = 0;
    fc.assert(
      fc.property(policyTextWithTrailingCommas, widths, (text, options) => {
        const formatted = ourFormat(text, options) ?? '';
        const official = officialFormat(text, options) ?? '';
        expect(commentsOf(formatted)).toEqual(commentsOf(text));
        if (commentsOf(official).length < commentsOf(text).length) lost++;
        else expect(formatted).toBe(official);
        // Without such commas both agree again.
        expect(ourFormat(formatted, options)).toBe(officialFormat(formatted, options));
      }),
      { numRuns: RUNS },
    );
    expect(lost).toBeGreaterThan(0);
  });

  it('loses no comment beside a dropped comma where the official formatter does', () => {
    const list = when('[1, // one\n]');
    expect(officialFormat(list)).not.toContain('// one');
    expect(ourFormat(list)).toBe('permit (principal, action, resource)\nwhen\n{\n  [1] // one\n};\n');
    const scope = 'permit (principal, action, resource, // one\n// two\n);';
    expect(officialFormat(scope)).not.toContain('// two');
    expect(ourFormat(scope)).toBe('permit (principal, action, resource\n// one\n// two\n);\n');
  });
});

/** Takes the comments out of a text; what looks like a comment in a string stays. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*/g, (piece) => (piece.startsWith('"') ? piece : ''));
}
