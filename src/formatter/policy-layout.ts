import { At, Comma, Equal, In, Is, LeftParen, RightParen, Semicolon } from '../parser/tokens.js';
import { expressionLayout, sumLayout } from './expression-layout.js';
import { BREAK, group, type Layout, LINE, NOTHING, nest, SPACE, sequence, sequenceOf } from './layout.js';
import type { TokenReader } from './token-reader.js';

/** Layout of the policy that comes next. */
export function policyLayout(reader: TokenReader, indent: number): Layout {
  const annotations: Layout[] = [];
  while (reader.isAt(At)) annotations.push(annotationLayout(reader));
  const above = reader.leading();
  const head = group(sequence(reader.token(), LINE, reader.token()));
  const scope = scopeLayout(reader, indent);
  const afterScope = reader.isAt(Comma) ? 2 : 1;
  const close = reader.closing(reader.isAhead(afterScope, Semicolon) ? NOTHING : BREAK);
  const conditions: Layout[] = [];
  while (!reader.isAt(Semicolon)) {
    if (conditions.length > 0) conditions.push(BREAK);
    conditions.push(conditionLayout(reader, indent));
  }
  return sequenceOf([...annotations, above, head, scope, close, ...conditions, reader.token()]);
}

function annotationLayout(reader: TokenReader): Layout {
  const key = sequence(reader.token(), reader.token());
  if (!reader.isAt(LeftParen)) return sequence(key, BREAK);
  return sequence(key, reader.token(), reader.token(), reader.token(BREAK));
}

function scopeLayout(reader: TokenReader, indent: number): Layout {
  const isOpen =
    reader.isAhead(1, Comma) && reader.isAhead(3, Comma) && (reader.isAhead(5, Comma) || reader.isAhead(5, RightParen));
  const separator = isOpen ? SPACE : BREAK;
  const principal = variableLayout(reader, indent);
  const first = reader.token(separator);
  const action = variableLayout(reader, indent);
  const second = reader.token(separator);
  const variables = sequence(principal, first, action, second, variableLayout(reader, indent));
  if (isOpen) return group(nest(indent, variables));
  return sequence(nest(indent, sequence(BREAK, variables)), BREAK);
}

function variableLayout(reader: TokenReader, indent: number): Layout {
  const above = reader.leading();
  const variable = sequence(reader.token(), typeTestLayout(reader, indent));
  if (!reader.isAt(Equal) && !reader.isAt(In)) return sequence(above, variable);
  const tested = group(sequence(variable, LINE, reader.token()));
  const right = nest(indent, sequence(LINE, expressionLayout(reader, indent)));
  return sequence(above, group(sequence(tested, right)));
}

function typeTestLayout(reader: TokenReader, indent: number): Layout {
  if (!reader.isAt(Is)) return NOTHING;
  const word = group(sequence(LINE, reader.token()));
  return group(nest(indent, sequence(word, LINE, sumLayout(reader, indent))));
}

function conditionLayout(reader: TokenReader, indent: number): Layout {
  const above = reader.leading();
  const keyword = reader.token(LINE);
  const brace = reader.parted(LINE);
  const inside = sequence(brace.end, reader.leading(), group(expressionLayout(reader, indent)));
  const body = group(sequence(nest(indent, inside), LINE, reader.token()));
  return sequence(above, group(sequence(keyword, brace.start, body)));
}
