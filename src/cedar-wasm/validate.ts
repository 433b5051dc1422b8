import { validatePolicies } from '../validator/validate-policies.js';
import type { ValidationDiagnostic } from '../validator/validation-result.js';
import type { ValidationAnswer, ValidationError } from './answer-types.js';
import { optionalField, readCall, requiredField, wordOf } from './call-fields.js';
import { jsonOfArgument } from './call-json.js';
import type { ValidationCall } from './call-types.js';
import { problemOf } from './detailed-error.js';
import { policySetCallOf, readPolicySet } from './policy-set.js';
import { errorsOf } from './read.js';
import { readSchema } from './schema.js';

/** Checks policies against a schema. Policies or a schema that cannot be read are a failure. */
export function validate(call: ValidationCall): ValidationAnswer {
  const fields = readCall(jsonOfArgument(call), 'ValidationCall', ['validationSettings', 'schema', 'policies']);
  const schemaJson = requiredField(fields, 'schema');
  const policySetCall = policySetCallOf(requiredField(fields, 'policies'));
  const settings = optionalField(fields, 'validationSettings');
  if (settings !== undefined)
    wordOf(requiredField(readCall(settings, 'ValidationSettings', ['mode']), 'mode'), ['strict']);
  const policies = readPolicySet(policySetCall);
  const schema = readSchema(schemaJson);
  if (!policies.ok || !schema.ok) return { type: 'failure', errors: errorsOf([policies, schema]), warnings: [] };
  const found = validatePolicies(policies.value, schema.value);
  return {
    type: 'success',
    validationErrors: found.errors.map(validationError),
    validationWarnings: found.warnings.map(validationError),
    otherWarnings: schema.warnings,
  };
}

function validationError(d: ValidationDiagnostic): ValidationError {
  return { policyId: d.policyId, error: problemOf(`for policy \`${d.policyId}\`, `, d) };
}
