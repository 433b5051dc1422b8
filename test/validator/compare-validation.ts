import type { Policy, PolicySet } from '../../src/ast/policy.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { parseJson } from '../../src/json/parse-json.js';
import { parsePolicies } from '../../src/parser/parse-policies.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import type { Schema } from '../../src/schema/schema.js';
import { schemaFromJson } from '../../src/schema/schema-from-json.js';
import { createSource, utf8Offset } from '../../src/text/source.js';
import { validatePolicies } from '../../src/validator/validate-policies.js';
import type { ValidationDiagnostic } from '../../src/validator/validation-result.js';
import { type OfficialProblem, officialValidation } from './oracle.js';

/** Reads and resolves a schema in Cedar syntax or JSON text. Throws when it is wrong. */
export function schemaOf(text: string): Schema {
  const fragment = text.trimStart().startsWith('{')
    ? schemaFromJson(jsonOf(text))
    : parseSchema(createSource(text, 'schema.cedarschema'));
  if (!fragment.ok) throw new Error(renderDiagnostics(fragment.diagnostics));
  const schema = resolveSchema([fragment.value]);
  if (!schema.ok) throw new Error(renderDiagnostics(schema.diagnostics));
  return schema.value;
}

function jsonOf(text: string) {
  const parsed = parseJson(createSource(text));
  if (!parsed.ok) throw new Error(renderDiagnostics(parsed.diagnostics));
  return parsed.value;
}

/** Reads policies. Throws when they are wrong. */
export function policiesOf(text: string): PolicySet {
  const parsed = parsePolicies(createSource(text, 'policies.cedar'));
  if (!parsed.ok) throw new Error(renderDiagnostics(parsed.diagnostics));
  return parsed.value;
}

/** A problem in one line, to be compared with one of the official engine. */
function lineOf({ policyId, kind, labels }: ValidationDiagnostic, hasPlace = true): string {
  const [label] = labels;
  if (label === undefined || !hasPlace) return `${policyId} ${kind}`;
  const [start, end] = [utf8Offset(label.source, label.span.start), utf8Offset(label.source, label.span.end)];
  return `${policyId} ${kind} ${start}-${end}`;
}

/** The same problem of the official engine in one line. */
function officialLineOf({ policyId, kind, place }: OfficialProblem): string {
  return place === undefined ? `${policyId} ${kind}` : `${policyId} ${kind} ${place.start}-${place.end}`;
}

/** What differs between our problems and the official ones; empty when nothing does. */
export function differences(
  ours: readonly ValidationDiagnostic[],
  theirs: readonly OfficialProblem[],
): readonly string[] {
  const left = new Map<string, number>();
  for (const line of distinctLines(theirs)) count(left, line, 1);
  const extra: string[] = [];
  const unplaced = new Set<string>();
  for (const problem of ours) {
    const line = lineOf(problem);
    if ((left.get(line) ?? 0) > 0 && problem.labels.length > 0) {
      count(left, line, -1);
      continue;
    }
    // The official engine has no places in the scope and in JSON, so that it says the same thing only once there.
    const bare = lineOf(problem, false);
    if (unplaced.has(`${bare} ${problem.message}`)) continue;
    unplaced.add(`${bare} ${problem.message}`);
    if ((left.get(bare) ?? 0) > 0) count(left, bare, -1);
    else extra.push(`ours only: ${line} ${problem.message}`);
  }
  const missing = [...left].flatMap(([line, times]) => (times > 0 ? [`theirs only: ${line} x${times}`] : []));
  return [...extra, ...missing];
}

/**
 * One line for each problem; the same message at the same place twice says nothing more. The official engine repeats
 * itself where it types or reads an operand twice, as that of `is .. in`, and where it prints a tag as it is typed.
 */
function distinctLines(problems: readonly OfficialProblem[]): readonly string[] {
  const seen = new Set<string>();
  return problems.flatMap((problem) => {
    const line = officialLineOf(problem);
    const from = problem.kind === 'UnsafeTagAccess' ? problem.message.lastIndexOf(' on entity type `') : 0;
    const key = `${line} ${problem.message.slice(from)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [line];
  });
}

function count(counts: Map<string, number>, line: string, by: number): void {
  counts.set(line, (counts.get(line) ?? 0) + by);
}

/** Validates policies in both engines and says what differs. */
export function compareValidation(
  schemaText: string,
  policyText: string,
  schema = schemaOf(schemaText),
): readonly string[] {
  const set = policiesOf(policyText);
  const official = officialValidation(schemaText, officialPolicies(set));
  if (typeof official === 'string') throw new Error(official);
  const ours = validatePolicies(set, schema);
  return [...differences(ours.errors, official.errors), ...differences(ours.warnings, official.warnings)];
}

/** Policies as the official engine takes them: static ones and templates apart, each under its id. */
export function officialPolicies(set: PolicySet) {
  return {
    staticPolicies: Object.fromEntries(set.policies.map((policy) => [policy.id, textOf(policy)])),
    templates: Object.fromEntries(set.templates.map((template) => [template.id, textOf(template)])),
    templateLinks: set.links.map(({ id, templateId, values }) => ({
      templateId,
      newId: id,
      values: Object.fromEntries(Object.entries(values).map(([slot, uid]) => [slot, { type: uid.type, id: uid.id }])),
    })),
  };
}

/** Text of a policy, with what is before it blank, so that offsets stay the same. */
function textOf({ source, span }: Policy): string {
  if (source === undefined || span === undefined) throw new Error('a policy without text');
  const before = source.text.slice(0, span.start);
  return ' '.repeat(Buffer.byteLength(before)) + source.text.slice(span.start, span.end);
}
