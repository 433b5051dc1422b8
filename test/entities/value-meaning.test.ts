import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextFromJson } from '../../src/entities/entities-from-json.js';
import { valueToJson } from '../../src/entities/entity-to-json.js';
import { valueFromJson } from '../../src/entities/value-from-json.js';
import { printExtensionValue } from '../../src/extensions/print-extension-value.js';
import { isJsonObject } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { printJson } from '../../src/json/print-json.js';
import { createSource } from '../../src/text/source.js';
import { valuesEqual } from '../../src/values/equality.js';
import { FieldList, FieldNames } from '../../src/values/field-list.js';
import { printEntityUid, quoteText } from '../../src/values/print.js';
import type { RecordValue, Value } from '../../src/values/value.js';
import { satisfiedPolicies } from '../json/oracle.js';
import { valueText } from './entity-texts.js';

const RUNS = Number(process.env.DEODAR_RUNS ?? 1000);

function expressionOf(value: Value): string {
  if (typeof value === 'string') return quoteText(value);
  if (typeof value !== 'object') return String(value);
  switch (value.kind) {
    case 'entity':
      return printEntityUid(value);
    case 'set':
      return `[${value.elements.map(expressionOf).join(', ')}]`;
    case 'record':
      return `{${[...value.fields].map(([key, field]) => `${quoteText(key)}: ${expressionOf(field)}`).join(', ')}}`;
    default:
      return printExtensionValue(value);
  }
}

function readValueText(text: string): Value | undefined {
  const json = parseJson(createSource(text));
  const value = json.ok ? valueFromJson(json.value) : json;
  return value.ok ? value.value : undefined;
}

describe('a value read from JSON', () => {
  it('is equal to what the official engine reads', () => {
    fc.assert(
      fc.property(valueText, (text) => {
        const json = parseJson(createSource(`{"v":${text}}`));
        const context = json.ok ? contextFromJson(json.value) : json;
        const value = context.ok ? context.value.fields.get('v') : undefined;
        if (value === undefined) return;
        const policy = `permit(principal, action, resource) when { context.v == ${expressionOf(value)} };`;
        const uid = '{"type":"A","id":"x"}';
        const call = `{"principal":${uid},"action":${uid},"resource":${uid},"context":{"v":${text}},"entities":[],"policies":{"staticPolicies":${JSON.stringify(policy)}}}`;
        expect(satisfiedPolicies(call)).toEqual(['policy0']);
      }),
      { numRuns: RUNS },
    );
  });

  it('is read back from what it is written as, unless a record holds a key of an escape', () => {
    fc.assert(
      fc.property(valueText, (text) => {
        const value = readValueText(text);
        if (value === undefined) return;
        const written = valueToJson(value);
        if (!written.ok) {
          expect(written.diagnostics.every((d) => d.code === 'reserved-key')).toBe(true);
          return;
        }
        const again = readValueText(printJson(written.value));
        expect(again !== undefined && valuesEqual(again, value), printJson(written.value)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it.each<[string, string]>([
    ['{"__extn":{"fn":"decimal","arg":"01.50"}}', '{"__extn":{"fn":"decimal","arg":"1.5000"}}'],
    ['{"__extn":{"fn":"ip","arg":"10.0.0.1"}}', '{"__extn":{"fn":"ip","arg":"10.0.0.1/32"}}'],
    ['{"__extn":{"fn":"duration","arg":"1m1s"}}', '{"__extn":{"fn":"duration","arg":"61000ms"}}'],
    [
      '{"__extn":{"fn":"datetime","arg":"1970-01-02"}}',
      '{"__extn":{"fn":"offset","args":[{"__extn":{"fn":"datetime","arg":"1970-01-01"}},{"__extn":{"fn":"duration","arg":"86400000ms"}}]}}',
    ],
    [
      '{"b":1,"a":[true,"x",{"__entity":{"type":"A","id":"i"}}]}',
      '{"a":[true,"x",{"__entity":{"type":"A","id":"i"}}],"b":1}',
    ],
    ['9223372036854775807', '9223372036854775807'],
  ])('%s is written as %s', (text, expected) => {
    const value = readValueText(text);
    const written = value === undefined ? undefined : valueToJson(value);
    expect(written?.ok === true && printJson(written.value)).toBe(expected);
  });

  it('with a reserved key in a record is not written', () => {
    const value = readValueText('{"a":[{"__entity":1}],"b":{"__expr":2,"x":3}}');
    const written = value === undefined ? undefined : valueToJson(value);
    expect(written?.diagnostics.map((d) => d.pointer)).toEqual(['/a/0/__entity', '/b/__expr']);
  });

  it('keeps __proto__ and constructor as keys of records', () => {
    const value = readValueText('{"__proto__":{"constructor":1}}');
    const inner: RecordValue = { kind: 'record', fields: new FieldList(new FieldNames(['constructor']), [1]) };
    expect(value).toEqual({ kind: 'record', fields: new FieldList(new FieldNames(['__proto__']), [inner]) });
    const json = parseJson(createSource('{"__proto__":1}'));
    expect(json.ok && isJsonObject(json.value)).toBe(true);
  });
});
