import type { Tool } from '../harness/agent.js';
import type { AgentTool } from '../harness/agent-schema.js';
import { sonderaFields } from '../harness/sondera-profile.js';
import type { FieldReport } from '../harness/tool-mapping.js';
import { printJson } from '../json/print-json.js';

/** What policies can and cannot test of a tool, field by field, as text. */
export function fieldReport({ tool, input, output, call, factKinds }: AgentTool): string {
  const groups = call.groups.slice(1);
  return [
    `${tool.name === '' ? '(no name)' : tool.name}${groups.length === 0 ? '' : ` (${groups.join(', ')})`}`,
    ...side('context.parameters', input.report, factKinds),
    ...side('context.response', output?.report ?? [], new Map()),
    ...(output === undefined ? ['  context.response.text: String, the result as text'] : []),
    '',
  ].join('\n');
}

/** The same for the profile sondera. */
export function sonderaReport(tool: Tool): string {
  const { input, output } = sonderaFields(tool);
  return [
    tool.name === '' ? '(no name)' : tool.name,
    ...side('context.parameters', input ?? [], new Map()),
    '  context.parameters_json: String, optional',
    ...side('context.response', output ?? [], new Map()),
    '  context.response_json: String, optional',
    '',
  ].join('\n');
}

function side(root: string, rows: readonly FieldReport[], factKinds: ReadonlyMap<string, string>): readonly string[] {
  return rows.map((row) => {
    const facts = factKinds.get(row.field.slice(1));
    const remarks = [
      ...(facts === undefined ? [] : [`facts of a ${facts}`]),
      ...row.notes,
      ...(row.unchecked.length === 0 ? [] : [`not checked: ${row.unchecked.join(', ')}`]),
      ...(row.fallback === undefined
        ? []
        : [`the tool takes ${printJson(row.fallback).slice(0, 60)} when it is absent`]),
    ];
    const type = row.type ?? 'not visible';
    const head = `  ${root}${row.field.replaceAll('/', '.')}: ${type}${row.required || row.type === undefined ? '' : ', optional'}`;
    return remarks.length === 0 ? head : `${head}\n      ${remarks.join('\n      ')}`;
  });
}
