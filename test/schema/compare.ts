import type { SchemaFragment } from '../../src/ast/schema-fragment.js';
import type { Diagnostic, Result } from '../../src/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { jsonFromJavaScript } from '../../src/json/from-javascript.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { printSchema } from '../../src/schema/print-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { requestEnvironments, type Schema } from '../../src/schema/schema.js';
import { schemaFromJson } from '../../src/schema/schema-from-json.js';
import { schemaToJson, schemaToJsonWithResolvedTypes } from '../../src/schema/schema-to-json.js';
import { createSource } from '../../src/text/source.js';
import { printEntityUid } from '../../src/values/print.js';
import { describeSchema } from './describe-schema.js';
import {
  type Answer,
  type OfficialSchema,
  officialEnvironments,
  officialJson,
  officialRefusal,
  officialResolvedJson,
  officialText,
} from './oracle.js';

/** One thing in which we and the official engine differ. */
export interface Difference {
  readonly schema: OfficialSchema;
  readonly what: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** Reads a schema in either format, as far as its form goes. */
export function readFragment(schema: OfficialSchema): Result<SchemaFragment> {
  if (typeof schema === 'string') return parseSchema(createSource(schema));
  const json = jsonFromJavaScript(schema);
  return json.ok ? schemaFromJson(json.value) : json;
}

/** Everything in which we differ from the official engine on one schema, and whether that accepts it. */
export function compareSchema(schema: OfficialSchema): {
  readonly accepted: boolean;
  readonly differences: readonly Difference[];
} {
  const refusal = officialRefusal(schema);
  const fragment = readFragment(schema);
  const resolved = fragment.ok ? resolveSchema([fragment.value]) : fragment;
  const differences: Difference[] = [];
  const differ = (what: string, ours: unknown, theirs: unknown): void => {
    if (ours !== theirs) differences.push({ schema, what, ours, theirs });
  };
  if (!fragment.ok || !resolved.ok || refusal !== undefined) {
    if (resolved.ok !== (refusal === undefined))
      differ('verdict', resolved.ok ? 'accepted' : shown(resolved.diagnostics), refusal);
    return { accepted: refusal === undefined, differences };
  }
  differ('environments', JSON.stringify(environments(resolved.value)), JSON.stringify(officialEnvironments(schema)));
  const json = officialJson(schema);
  differ('JSON', JSON.stringify(schemaToJson(fragment.value)), jsonText(json));
  if (typeof schema === 'string') {
    const full = schemaToJsonWithResolvedTypes(fragment.value);
    differ(
      'resolved JSON',
      full.ok ? JSON.stringify(full.value) : shown(full.diagnostics),
      jsonText(officialResolvedJson(schema)),
    );
    const warnings = resolved.diagnostics.filter((d) => d.code !== 'duplicate-attribute').length;
    differ('warnings', warnings, 'warnings' in json ? json.warnings.length : undefined);
  }
  const [printed, official] = [printSchema(fragment.value), officialText(schema)];
  if (printed.ok !== 'value' in official)
    differ('printing', printed.ok ? printed.value : shown(printed.diagnostics), official);
  else if (printed.ok && 'value' in official) {
    differ('text', printed.value, official.value);
    if (printed.diagnostics.length === 0)
      differ('text read back', describeText(printed.value), describeSchema(resolved.value));
  }
  return { accepted: true, differences };
}

/** Principal types, actions and resource types of all request environments, each sorted. */
function environments(schema: Schema): readonly (readonly string[])[] {
  const all = [...requestEnvironments(schema)];
  const lists = [
    all.map(({ principal }) => principal),
    all.map(({ action }) => printEntityUid(action.uid)),
    all.map(({ resource }) => resource),
  ];
  return lists.map((names) => [...new Set(names)].sort());
}

function jsonText(answer: Answer<unknown>): string | undefined {
  return 'value' in answer ? JSON.stringify(answer.value) : answer.refusal;
}

function describeText(text: string): string {
  const fragment = parseSchema(createSource(text));
  const resolved = fragment.ok ? resolveSchema([fragment.value]) : fragment;
  return resolved.ok ? describeSchema(resolved.value) : shown(resolved.diagnostics);
}

function shown(diagnostics: readonly Diagnostic[]): string {
  return renderDiagnostics(diagnostics.filter((d) => d.severity === 'error'));
}
