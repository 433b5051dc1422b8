/** Kinds of problems, by the names that the official engine gives them, and their stable codes. */
export const VALIDATION_CODES = {
  UnrecognizedEntityType: 'unrecognized-entity-type',
  UnrecognizedActionId: 'unrecognized-action-id',
  InvalidEnumEntity: 'invalid-enum-entity',
  InvalidActionApplication: 'invalid-action-application',
  ImpossiblePolicy: 'impossible-policy',
  UnexpectedType: 'unexpected-type',
  IncompatibleTypes: 'incompatible-types',
  UnsafeAttributeAccess: 'unsafe-attribute-access',
  UnsafeOptionalAttributeAccess: 'unsafe-optional-attribute-access',
  UnsafeTagAccess: 'unsafe-tag-access',
  NoTagsAllowed: 'no-tags-allowed',
  UndefinedFunction: 'undefined-function',
  WrongNumberArguments: 'wrong-number-arguments',
  FunctionArgumentValidation: 'function-argument-validation',
  NonLitExtConstructor: 'non-lit-ext-constructor',
  EmptySetForbidden: 'empty-set-forbidden',
  InternalInvariantViolation: 'internal-invariant-violation',
  EntityDerefLevelViolation: 'entity-deref-level-violation',
  MixedScriptString: 'mixed-script-string',
  BidiCharsInString: 'bidi-chars-in-string',
  MixedScriptIdentifier: 'mixed-script-identifier',
  BidiCharsInIdentifier: 'bidi-chars-in-identifier',
  ConfusableIdentifier: 'confusable-identifier',
} as const;

export type ValidationKind = keyof typeof VALIDATION_CODES;

const WARNINGS: ReadonlySet<ValidationKind> = new Set([
  'InvalidActionApplication',
  'ImpossiblePolicy',
  'MixedScriptString',
  'BidiCharsInString',
  'MixedScriptIdentifier',
  'BidiCharsInIdentifier',
  'ConfusableIdentifier',
]);

/** Codes of the problems that leave a policy valid. */
export const WARNING_CODES: readonly string[] = [...WARNINGS].map((kind) => VALIDATION_CODES[kind]);

/** Whether a problem of that kind leaves a policy valid. */
export function isWarning(kind: ValidationKind): boolean {
  return WARNINGS.has(kind);
}
