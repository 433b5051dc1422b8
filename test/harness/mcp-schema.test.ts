import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/diagnostics/diagnostic.js';
import { createMcpSchema, type McpSchemaOptions } from '../../src/harness/mcp-schema.js';
import { readMcpTools } from '../../src/harness/mcp-types.js';
import { parseSchema, schemaFromJson } from '../../src/index.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { parseJson } from '../../src/json/parse-json.js';
import { printSchema } from '../../src/schema/print-schema.js';
import { schemaToJsonWithResolvedTypes } from '../../src/schema/schema-to-json.js';
import { createSource } from '../../src/text/source.js';
import { mcpToolLists as toolList } from '../support/arbitrary-mcp.js';
import { CONFORMANCE, conformanceText } from '../support/conformance-data.js';

const official: typeof import('@cedar-policy/mcp-schema-generator-wasm') = createRequire(import.meta.url)(
  '@cedar-policy/mcp-schema-generator-wasm',
);
const cedar: typeof import('@cedar-policy/cedar-wasm/nodejs') = createRequire(import.meta.url)(
  '@cedar-policy/cedar-wasm/nodejs',
);
const RUNS = Number(process.env.DEODAR_MCP_RUNS ?? 300);

const STUB = `namespace MyMcpServer {
  @mcp_principal("User") entity User { id: String, username: String };
  @mcp_context("session") type CommonContext = { currentTimestamp: datetime, ipaddr: ipaddr };
  @mcp_resource("McpServer") entity McpServer;
  @mcp_action("call_tool") action call_tool;
}`;

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics.map((d) => `${d.message} ${d.pointer ?? ''}`).join('\n'));
  return result.value;
}

function generate(stub: string, tools: JsonValue, options: McpSchemaOptions): Result<string> {
  const server = readMcpTools(tools);
  if (!server.ok) return server;
  const fragment = createMcpSchema(unwrap(parseSchema(stub)), server.value, options);
  return fragment.ok ? printSchema(fragment.value) : fragment;
}

/** What the official generator makes; undefined when it refuses. */
function officialSchema(stub: string, tools: unknown, options: McpSchemaOptions): string | undefined {
  const { keepAnnotations = false, deduplicateTypes = false, ...same } = options;
  const config = { ...same, eraseAnnotations: !keepAnnotations, deduplicateEntityTypes: deduplicateTypes };
  const answer = JSON.parse(official.generateSchema(stub, JSON.stringify(tools), JSON.stringify(config)));
  return answer.isOk ? answer.schema : undefined;
}

/** The schema with all names resolved, in which order and spelling do not show. */
function resolved(text: string): JsonValue {
  return unwrap(schemaToJsonWithResolvedTypes(unwrap(parseSchema(text))));
}

describe.skipIf(CONFORMANCE === undefined)('the golden schemas of the official project', () => {
  const simple = 'simple/tool.json';
  it.each<[string, string, McpSchemaOptions]>([
    ['simple/tool_default', simple, {}],
    ['simple/tool_encode_numbers_as_decimal', simple, { numbersAsDecimal: true }],
    ['simple/tool_flattened_namespace', simple, { flattenNamespaces: true }],
    ['simple/tool_include_outputs', simple, { includeOutputs: true }],
    ['simple/tool_keep_annotations', simple, { keepAnnotations: true }],
    ['simple/tool_objects_as_records', simple, { objectsAsRecords: true }],
    ['simple/tool_mixed_array', 'simple/tool_mixed_array.json', {}],
    ['simple/tool_nullable_objects', 'simple/tool_nullable_objects.json', {}],
    ['simple/tool_tuple', 'simple/tool_tuple.json', {}],
    ...[
      'collision_existing_entity',
      'enum_record_name_conflict',
      'leaf_record',
      'leaf_record_different_required',
      'leaf_record_no_match',
      'mixed_enum_and_record',
      'nested_record_not_deduplicated',
      'same_name_different_variants',
      'three_way_lca',
      'tools',
    ].map((name): [string, string, McpSchemaOptions] => [
      `dedup/dedup_${name}`,
      `dedup/dedup_${name}.json`,
      { deduplicateTypes: true },
    ]),
    ...['same_name_different_variants', 'three_way_lca', 'tools'].map((name): [string, string, McpSchemaOptions] => [
      `dedup/dedup_${name}_flat`,
      `dedup/dedup_${name}.json`,
      { deduplicateTypes: true, flattenNamespaces: true },
    ]),
    [
      'dedup/dedup_leaf_record_in_output',
      'dedup/dedup_leaf_record_in_output.json',
      { deduplicateTypes: true, includeOutputs: true },
    ],
  ])('%s', (golden, toolFile, options) => {
    const stub = conformanceText('mcp-schema/stub.cedarschema');
    const tools = unwrap(parseJson(createSource(conformanceText(`mcp-schema/${toolFile}`))));
    const text = unwrap(generate(stub, tools, options));
    const expected = conformanceText(`mcp-schema/${golden}.cedarschema`);
    expect(resolved(text)).toEqual(resolved(expected));
    if (!expected.includes('//')) expect(text.trim()).toBe(expected.trim());
    if (golden.startsWith('simple/tool_') && toolFile === simple) {
      const json = unwrap(parseJson(createSource(conformanceText(`mcp-schema/${golden}.cedarschema.json`))));
      expect(resolved(text)).toEqual(unwrap(schemaToJsonWithResolvedTypes(unwrap(schemaFromJson(json)))));
    }
  });
});

const options: fc.Arbitrary<McpSchemaOptions> = fc.record({
  includeOutputs: fc.boolean(),
  objectsAsRecords: fc.boolean(),
  keepAnnotations: fc.boolean(),
  flattenNamespaces: fc.boolean(),
  numbersAsDecimal: fc.boolean(),
  deduplicateTypes: fc.boolean(),
});

describe('the schema of an MCP server', () => {
  it('is byte for byte that of the official generator, which refuses the same tools', () => {
    let made = 0;
    fc.assert(
      fc.property(toolList, options, (tools, chosen) => {
        const given = { result: { tools } };
        const expected = officialSchema(STUB, given, chosen);
        const text = generate(STUB, unwrap(parseJson(createSource(JSON.stringify(given)))), chosen);
        if (expected === undefined) expect(text.ok).toBe(false);
        else if (text.ok || cedar.checkParseSchema(expected).type === 'success') {
          // The official generator also writes what is no schema: types that are declared twice or contain themselves.
          expect(text.ok ? text.value : text.diagnostics).toBe(expected);
          if (tools.length > 0) made++;
        }
      }),
      { numRuns: RUNS },
    );
    expect(made).toBeGreaterThan(RUNS / 10);
  });
});
