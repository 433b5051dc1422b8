import type { JsonValue } from '../json/json-value.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { validRequestEnvironments } from '../validator/type-policy.js';
import { printEntityUid } from '../values/print.js';
import type { GetValidRequestEnvsResult } from './answer-types.js';
import { jsonOfArgument } from './call-json.js';
import type { Policy, Schema, Template } from './call-types.js';
import { readOnePolicy } from './convert-policies.js';
import type { Read } from './read.js';
import { readSchema } from './schema.js';

/** For which principals, actions and resources a static policy can apply. */
export function getValidRequestEnvsPolicy(t: Policy, s: Schema): GetValidRequestEnvsResult {
  return validRequestEnvs(jsonOfArgument(t), jsonOfArgument(s), 'policy');
}

/** For which principals, actions and resources a template can apply. */
export function getValidRequestEnvsTemplate(t: Template, s: Schema): GetValidRequestEnvsResult {
  return validRequestEnvs(jsonOfArgument(t), jsonOfArgument(s), 'template');
}

function validRequestEnvs(
  policy: JsonValue,
  schema: JsonValue,
  kind: 'policy' | 'template',
): GetValidRequestEnvsResult {
  const policyRead = readOnePolicy(policy, kind);
  if (!policyRead.ok) return failure(policyRead);
  const schemaRead = readSchema(schema);
  if (!schemaRead.ok) return failure(schemaRead);
  const environments = validRequestEnvironments(policyRead.value, schemaRead.value);
  return {
    type: 'success',
    principals: sorted(environments.map(({ principal }) => principal)),
    actions: sorted(environments.map(({ action }) => printEntityUid(action.uid))),
    resources: sorted(environments.map(({ resource }) => resource)),
  };
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compareCodePoints);
}

function failure(read: Read<unknown> & { readonly ok: false }): GetValidRequestEnvsResult {
  return { type: 'failure', error: read.errors[0]?.message ?? '' };
}
