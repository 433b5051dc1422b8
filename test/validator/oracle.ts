import { createRequire } from 'node:module';
import type { DetailedError, PolicySet as OfficialPolicySet, SchemaJson } from '@cedar-policy/cedar-wasm';
import type { ValidationKind } from '../../src/validator/validation-kinds.js';

type Engine = typeof import('@cedar-policy/cedar-wasm/nodejs');

const require = createRequire(import.meta.url);
const engine: Engine = require('@cedar-policy/cedar-wasm/nodejs');

/** The official messages, which have no codes, and the kinds that they are of. */
const OFFICIAL_MESSAGES: readonly (readonly [RegExp, ValidationKind])[] = [
  [/^for policy `.*`, unrecognized entity type `/s, 'UnrecognizedEntityType'],
  [/^for policy `.*`, unrecognized action `/s, 'UnrecognizedActionId'],
  [/^for policy `.*`: entity `.*` is of an enumerated entity type/s, 'InvalidEnumEntity'],
  [/^for policy `.*`, unable to find an applicable action/s, 'InvalidActionApplication'],
  [/^for policy `.*`, policy is impossible/s, 'ImpossiblePolicy'],
  [/^for policy `.*`, unexpected type: expected /s, 'UnexpectedType'],
  [/^the types .* are not compatible$/s, 'IncompatibleTypes'],
  [/^for policy `.*`, attribute .* not found$/s, 'UnsafeAttributeAccess'],
  [/^for policy `.*`, unable to guarantee safety of access to optional attribute /s, 'UnsafeOptionalAttributeAccess'],
  [/^for policy `.*`, unable to guarantee safety of access to tag /s, 'UnsafeTagAccess'],
  [/^for policy `.*`, `\.getTag\(\)` is not allowed on entities/s, 'NoTagsAllowed'],
  [/^for policy `.*`, undefined extension function: /s, 'UndefinedFunction'],
  [/^for policy `.*`, wrong number of arguments in extension function application/s, 'WrongNumberArguments'],
  [/^for policy `.*`, error during extension function argument validation/s, 'FunctionArgumentValidation'],
  [/^for policy `.*`, extension constructors may not be called with non-literal/s, 'NonLitExtConstructor'],
  [/^for policy `.*`, empty set literals are forbidden/s, 'EmptySetForbidden'],
  [/^internal invariant violated$/, 'InternalInvariantViolation'],
  [/^for policy `.*`, string `.*` contains mixed scripts$/s, 'MixedScriptString'],
  [/^for policy `.*`, string `.*` contains BIDI control characters$/s, 'BidiCharsInString'],
  [/^for policy `.*`, identifier `.*` contains mixed scripts$/s, 'MixedScriptIdentifier'],
  [/^for policy `.*`, identifier `.*` contains BIDI control characters$/s, 'BidiCharsInIdentifier'],
  [/^for policy `.*`, identifier `.*` contains the character `/s, 'ConfusableIdentifier'],
];

/** Kind of an official message. Throws for one that the table does not know. */
export function kindOfMessage(message: string): ValidationKind {
  const row = OFFICIAL_MESSAGES.find(([pattern]) => pattern.test(message));
  if (row === undefined) throw new Error(`unknown message of the official engine: ${message}`);
  return row[1];
}

/** What the official engine found: kind, policy, and UTF-8 offsets where it gives any. */
export interface OfficialProblem {
  readonly policyId: string;
  readonly kind: ValidationKind;
  readonly place: { readonly start: number; readonly end: number } | undefined;
  readonly message: string;
}

export interface OfficialResult {
  readonly errors: readonly OfficialProblem[];
  readonly warnings: readonly OfficialProblem[];
}

/** The answer of the official validator; a string when it does not even read its input. */
export function officialValidation(schema: string | object, policies: OfficialPolicySet): OfficialResult | string {
  const answer = engine.validate({ schema: schema as SchemaJson<string>, policies });
  if (answer.type === 'failure') return answer.errors.map(({ message }) => message).join('; ');
  const read = ({ policyId, error }: { policyId: string; error: DetailedError }): OfficialProblem => {
    const [place] = error.sourceLocations ?? [];
    return { policyId, kind: kindOfMessage(error.message), place, message: error.message };
  };
  return { errors: answer.validationErrors.map(read), warnings: answer.validationWarnings.map(read) };
}

/** The request environments that the official engine finds for a static policy or a template. */
export function officialEnvironments(
  policy: string,
  schema: string,
  isTemplate: boolean,
): {
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
} {
  const ask = isTemplate ? engine.getValidRequestEnvsTemplate : engine.getValidRequestEnvsPolicy;
  const answer = ask(policy, schema);
  if (answer.type === 'failure') throw new Error(answer.error);
  return answer;
}
