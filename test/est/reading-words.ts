/** Keys and texts of the policy format, good and bad ones, that mutated JSON is made of. */
export const POLICY_WORDS: readonly string[] = `
  effect permit forbid principal action resource context conditions annotations kind body when unless
  op All all == != < <= > >= in is entity entities slot ?principal ?resource ?x entity_type entityType
  Value Var Slot ! neg && || + - * . has like contains containsAll getTag isEmpty Set Record
  if-then-else if then else left right arg attr pattern Literal Wildcard __entity __extn __expr type id fn args
  ip decimal unknown nope lessThan isIpv4 User A::B A::Action Action A::if __cedar A::__cedar::B x
  staticPolicies templates templateLinks templateId newId values policy0 template0 link0
`
  .split(/\s+/)
  .concat('', 'a b', 'A:: B');
