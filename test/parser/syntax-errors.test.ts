import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { parseExpression, parsePolicies, parsePolicy } from '../../src/parser/parse-policies.js';
import { SYNTAX_CODES } from '../../src/parser/syntax-codes.js';
import { createSource } from '../../src/text/source.js';
import { officialRefusal } from './oracle.js';
import { WRONG_POLICIES, when } from './wrong-policies.js';

function problems(text: string): readonly Diagnostic[] {
  return parsePolicies(createSource(text)).diagnostics;
}

/** A text and what is said about it, as people see it; long texts are cut. */
function shown(text: string): string {
  const lines = text.length > 300 ? `${text.slice(0, 120)} ... (${text.length} characters)` : text;
  return `${printable(lines)}\n\n${printable(renderDiagnostics(problems(text)))}\n`;
}

/** Invisible characters as escapes, so that the golden files can be read. */
function printable(text: string): string {
  return text.replaceAll(/[\r\ufeff\u200b]|\p{Cs}/gu, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`);
}

const LINE = `\n${'-'.repeat(80)}\n`;
const codes = Object.keys(WRONG_POLICIES) as (keyof typeof WRONG_POLICIES)[];

describe('every code', () => {
  it('has examples, apart from those that need a call of their own', () => {
    const without = codes.filter((code) => WRONG_POLICIES[code].length === 0);
    expect(without).toEqual(['too-many-problems', 'expected-one-policy']);
    expect(codes).toEqual(Object.keys(SYNTAX_CODES));
  });

  it.each(codes.filter((code) => WRONG_POLICIES[code].length > 0))('%s is explained as written down', async (code) => {
    const text = WRONG_POLICIES[code].map(shown).join(LINE);
    await expect(`${code}: ${SYNTAX_CODES[code]}\n${LINE}${text}`).toMatchFileSnapshot(`golden/${code}.txt`);
  });

  it.each(codes)('%s is the only thing said about one such mistake', (code) => {
    for (const text of WRONG_POLICIES[code])
      expect({ text, codes: problems(text).map((d) => d.code) }).toEqual({ text, codes: [code] });
  });

  // Lone surrogates never reach the official engine: they are replaced on the way. Deep nesting traps its wasm build.
  it.each(codes.filter((code) => code !== 'lone-surrogate' && code !== 'nesting-too-deep'))(
    '%s is refused by the official engine too',
    (code) => {
      for (const text of WRONG_POLICIES[code])
        expect({ text, refusal: officialRefusal(text) }).not.toEqual({ text, refusal: undefined });
    },
  );

  it.each(codes)('%s points into the text', (code) => {
    for (const text of WRONG_POLICIES[code]) {
      for (const { span } of problems(text).flatMap((d) => d.labels)) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    }
  });
});

describe('a text with several mistakes', () => {
  it('has all of them reported, each once and in its order', () => {
    const text = [
      '@id("one") permt(principal, action, resource) when { principal.name = "a" };',
      'permit(principal, action == "view", resource) when { context.a && } unless { foo(1) };',
      'forbid(principal, action, resource) when { {a: [1, == ]} && context.b } when { bar };',
      'forbid(principal, acton, resource)',
      'permit(principal, action, resource) when { context.x; context.y };',
      'permit(principal in [User::"a"], action, resource);',
    ].join('\n');
    expect(problems(text).map((d) => d.code)).toEqual([
      'invalid-effect',
      'foreign-operator',
      'expected-entity',
      'expected-expression',
      'unknown-function',
      'expected-expression',
      'unknown-variable',
      'wrong-scope-variable',
      'missing-semicolon',
      'unclosed-delimiter',
      'scope-set',
    ]);
  });

  it('is given up after a thousand', () => {
    const found = problems(`${when('foo')}\n`.repeat(1200));
    expect(found).toHaveLength(1001);
    expect(found.at(-1)?.code).toBe('too-many-problems');
    expect(found.filter((d) => d.code !== 'unknown-variable')).toHaveLength(1);
  });
});

describe('parsePolicy', () => {
  it.each([
    ['', 'there is no policy in this text'],
    ['// nothing', 'there is no policy in this text'],
    [`${when('true')} ${when('false')}`, 'there is more than one policy in this text'],
  ])('refuses %s', (text, message) => {
    const result = parsePolicy(createSource(text), 'a');
    expect(result.diagnostics.map((d) => [d.code, d.message])).toEqual([['expected-one-policy', message]]);
  });
});

describe('parseExpression', () => {
  it.each([
    ['', 'expected-expression'],
    ['1 +', 'expected-expression'],
    ['1 2', 'unexpected-token'],
    ['true;', 'unexpected-token'],
    ['(1', 'unclosed-delimiter'],
    ['true }', 'unexpected-token'],
    ['?principal', 'slot-in-condition'],
  ])('refuses %s', (text, code) => {
    expect(parseExpression(createSource(text)).diagnostics.map((d) => d.code)).toEqual([code]);
  });
});
