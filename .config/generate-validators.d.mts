/** Text of src/json/validators-generated.ts. */
export function generateValidators(): string;
