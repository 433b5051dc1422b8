import type { ValidationAnswer } from './answer-types.js';
import { optionalField, readCall, requiredField, wordOf } from './call-fields.js';
import { jsonOfArgument } from './call-json.js';
import type { ValidationCall } from './call-types.js';
import { policySetCallOf, readPolicySet } from './policy-set.js';
import { errorsOf } from './read.js';
import { noSchemas, readSchema } from './schema.js';

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
  const { warnings } = schema;
  if (!policies.ok || !schema.ok) return { type: 'failure', errors: errorsOf([policies, schema]), warnings };
  return { type: 'failure', errors: noSchemas().errors, warnings };
}
