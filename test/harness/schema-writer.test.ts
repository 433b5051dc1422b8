import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/diagnostics/diagnostic.js';
import { type AgentSchema, createAgentSchema } from '../../src/harness/agent-schema.js';
import { parseAgent } from '../../src/harness/parse-agent.js';
import { SchemaWriter } from '../../src/harness/schema-writer.js';
import { parseJson } from '../../src/json/parse-json.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { createSource } from '../../src/text/source.js';
import { LONG, optional, recordType, required, setType } from '../../src/types/cedar-type.js';
import { tools } from '../support/arbitrary-tool.js';

// The declarations that are written beside a text are those that the parser reads from it, places included.

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

const read = (text: string) => unwrap(parseSchema(createSource(text, '<schema of the agent>')));
const schemaOf = (json: string, unregistered: 'deny' | 'policy'): AgentSchema =>
  unwrap(createAgentSchema(unwrap(parseAgent(unwrap(parseJson(createSource(json))))), { unregistered }));

describe('what is written of a schema', () => {
  it.each(['assistant', 'coding-agent', 'payments', 'research'])('is what is read of it: the agent of %s', (pack) => {
    const json = readFileSync(new URL(`../../policies/${pack}/agent.json`, import.meta.url), 'utf8');
    for (const unregistered of ['deny', 'policy'] as const) {
      const { text, fragment } = schemaOf(json, unregistered);
      expect(fragment).toEqual(read(text));
    }
  });

  it('is what is read of it for any tools', () => {
    fc.assert(
      fc.property(fc.array(tools({ structural: false }), { maxLength: 3 }), (list) => {
        const named = list.map((tool, index) => ({ ...tool, name: `${tool.name}${index}` }));
        const schema = createAgentSchema({ id: 'a', name: 'a', tools: named });
        if (!schema.ok) return;
        expect(schema.value.fragment).toEqual(read(schema.value.text));
      }),
    );
  });

  it('is left to be read where a name has half a surrogate pair', () => {
    const tool = { name: 't\ud800', inputSchema: { type: 'object' } };
    const schema = unwrap(createAgentSchema({ id: 'a', name: 'a', tools: [tool] }));
    expect(schema.fragment).toBeUndefined();
    expect(parseSchema(createSource(schema.text)).ok).toBe(false);
  });

  it('is what is read of it for any names', () => {
    const anyName = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', '\0"\\', '𝄞'));
    const names = fc.array(anyName, { maxLength: 5 });
    fc.assert(
      fc.property(names, names, (attributes, ids) => {
        const shape = recordType(
          attributes.map((name, index) => [
            name,
            index % 2 === 0 ? required(setType(LONG)) : optional(recordType([[name, required(recordType([]))]])),
          ]),
        );
        const writer = new SchemaWriter('<schema of the agent>');
        writer.entity('A', [], undefined);
        writer.entity('B', ['A', 'B'], shape);
        writer.enumeration('C', ['', ...ids]);
        writer.action({ id: 'all', groups: [] });
        const appliesTo = { principals: ['A', 'B'], resources: ['C'], context: shape };
        for (const id of new Set(ids)) writer.action({ id, groups: ['all', id], appliesTo });
        const { text, fragment } = writer.finish();
        const parsed = parseSchema(createSource(text, '<schema of the agent>'));
        expect(fragment).toEqual(parsed.ok ? parsed.value : undefined);
      }),
    );
  });
});
