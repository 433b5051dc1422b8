import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/diagnostics/diagnostic.js';
import { renderDiagnostic } from '../../src/diagnostics/render.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../../src/json/json-value.js';
import { locateDiagnostics, locatePointer, locatePointers } from '../../src/json/locate.js';
import { parseJson } from '../../src/json/parse-json.js';
import { memberPointer, pointerKeys, pointerOf } from '../../src/json/pointer.js';
import { printJson } from '../../src/json/print-json.js';
import { createSource } from '../../src/text/source.js';
import { jsonText, mutatedText } from './json-texts.js';

function textAt(text: string, pointer: string): string | undefined {
  const span = locatePointer(createSource(text), pointer);
  return span === undefined ? undefined : text.slice(span.start, span.end);
}

describe('pointers', () => {
  it('escape `~` and `/` and nothing else', () => {
    expect(pointerOf(['a/b', '~1', 0, '', 'é "'])).toBe('/a~1b/~01/0//é "');
    expect(memberPointer('/x', 'y')).toBe('/x/y');
    expect(pointerOf([])).toBe('');
  });

  it('are read back as the keys they were made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        expect(pointerKeys(pointerOf(keys))).toEqual(keys);
      }),
    );
  });

  it.each(['a', '/~', '/~2', 'a/b'])('are refused when malformed: %s', (text) => {
    expect(pointerKeys(text)).toBeUndefined();
  });
});

describe('locatePointer', () => {
  const text = ' {"a": [1, {"b/c": "x,]}\\"", "\\u0064": -1.5e3}, [[], {}]], "": null, "a": 2, "2": {"0": true}} ';

  it.each<[string, string | undefined]>([
    ['', text.trim()],
    ['/a', '[1, {"b/c": "x,]}\\"", "\\u0064": -1.5e3}, [[], {}]]'],
    ['/a/0', '1'],
    ['/a/1/b~1c', '"x,]}\\""'],
    ['/a/1/d', '-1.5e3'],
    ['/a/2/1', '{}'],
    ['/', 'null'],
    ['/2/0', 'true'],
    ['/a/3', undefined],
    ['/a/00', undefined],
    ['/a/-', undefined],
    ['/a/1/nope', undefined],
    ['/a/0/0', undefined],
    ['nope', undefined],
    ['/constructor', undefined],
  ])('finds %j', (pointer, expected) => {
    expect(textAt(text, pointer)).toBe(expected);
  });

  it('finds every value of a text that can be read', () => {
    const walk = (value: JsonValue, pointer: string): void => {
      const found = textAt(whole, pointer);
      const again = parseJson(createSource(found ?? ''));
      expect(again.ok && printJson(again.value)).toBe(printJson(value));
      if (isJsonArray(value))
        for (const [index, member] of value.entries()) walk(member, memberPointer(pointer, index));
      if (isJsonObject(value))
        for (const [key, member] of Object.entries(value)) walk(member, memberPointer(pointer, key));
    };
    let whole = '';
    fc.assert(
      fc.property(jsonText, (generated) => {
        whole = generated;
        const result = parseJson(createSource(generated));
        if (result.ok) walk(result.value, '');
      }),
      { numRuns: 500 },
    );
  });

  it('never throws and never leaves the text, however broken it is', () => {
    fc.assert(
      fc.property(mutatedText, (broken) => {
        for (const span of locatePointers(createSource(broken), ['', '/a', '/0', '/a/b', '/1/id', '/a/0/a']).values()) {
          expect(span.start).toBeLessThan(span.end);
          expect(span.end).toBeLessThanOrEqual(broken.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('survives deep texts and deep pointers', () => {
    expect(textAt('['.repeat(500_000), '/0'.repeat(500_000))).toBeUndefined();
    expect(textAt('['.repeat(500_000), '/0/0')).toBe('['.repeat(499_998));
  });
});

describe('locateDiagnostics', () => {
  it('adds file, line and column, of the nearest place around when the place itself is missing', () => {
    const source = createSource('[\n  {"uid": 1}\n]', 'entities.json');
    const located = locateDiagnostics(source, [
      diagnostic('x', 'wrong', { pointer: '/0/uid' }),
      diagnostic('y', 'missing', { pointer: '/0/attrs' }),
      diagnostic('z', 'elsewhere'),
    ]);
    expect(located.map((d) => renderDiagnostic(d).split('\n')[0])).toEqual([
      'entities.json:2:11: error[x]: wrong',
      'entities.json:2:3: error[y]: missing',
      'error[z]: elsewhere',
    ]);
    expect(located.map((d) => d.file)).toEqual(['entities.json', 'entities.json', undefined]);
  });
});
