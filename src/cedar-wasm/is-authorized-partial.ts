import type { PartialAuthorizationAnswer } from './answer-types.js';
import { readCall, requiredField, validateRequestOf } from './call-fields.js';
import { jsonOfArgument } from './call-json.js';
import type { PartialAuthorizationCall } from './call-types.js';
import { detailedError } from './detailed-error.js';
import { policySetCallOf } from './policy-set.js';

/** Always a failure: policies cannot be evaluated in part. A call that is not well formed throws. */
export function isAuthorizedPartial(call: PartialAuthorizationCall): PartialAuthorizationAnswer {
  const fields = readCall(jsonOfArgument(call), 'PartialAuthorizationCall', [
    'principal',
    'action',
    'resource',
    'context',
    'schema',
    'validateRequest',
    'policies',
    'entities',
  ]);
  requiredField(fields, 'context');
  requiredField(fields, 'entities');
  validateRequestOf(fields);
  policySetCallOf(requiredField(fields, 'policies'));
  const error = detailedError('partial evaluation is not supported', 'use `isAuthorized` with a complete request');
  return { type: 'failure', errors: [error], warnings: [] };
}
