/**
 * How much is asked of a policy. `strict` accepts only what can be analysed exactly; `permissive` also accepts sets and
 * comparisons of mixed types, empty sets, and constructors of extension values whose argument is computed.
 */
export type ValidationMode = 'strict' | 'permissive';
