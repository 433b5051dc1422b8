/** Operators of one operand. `neg` is unary minus, as Cedar's JSON format names it. */
export type UnaryOperator = '!' | 'neg' | 'isEmpty';

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in';

/** Built-in methods of one argument, and the number of arguments of every built-in method. */
export type BinaryMethod = 'contains' | 'containsAll' | 'containsAny' | 'getTag' | 'hasTag';

export type BinaryOperator = ComparisonOperator | BinaryMethod;

/** Arity (without receiver) of the built-in methods; the parser checks it. */
export const BUILTIN_METHODS: Readonly<Record<BinaryMethod | 'isEmpty', 0 | 1>> = {
  contains: 1,
  containsAll: 1,
  containsAny: 1,
  isEmpty: 0,
  getTag: 1,
  hasTag: 1,
};

export function isBuiltinMethod(name: string): name is BinaryMethod | 'isEmpty' {
  return Object.hasOwn(BUILTIN_METHODS, name);
}

/** Words that cannot be written bare where an attribute, record key or type is named. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  'true',
  'false',
  'if',
  'then',
  'else',
  'in',
  'is',
  'like',
  'has',
]);

/** The function of partial evaluation that stands for a value nobody knows yet; it is called like a constructor. */
export const UNKNOWN = 'unknown';
