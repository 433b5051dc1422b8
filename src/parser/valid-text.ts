import type { Expr } from '../ast/expression.js';
import { isActionType } from '../ast/names.js';
import {
  type ActionConstraint,
  type ActionReference,
  type Annotation,
  type Condition,
  type EntityReference,
  type Policy,
  type ScopeConstraint,
  type Slot,
  slotsOf,
} from '../ast/policy.js';
import type { Source } from '../text/source.js';
import { readString } from './literals.js';
import { NotPlain, ValidExpressions } from './valid-expression.js';
import { END, SLOT, TEXT, validTokens, WORD } from './valid-tokens.js';

/** The policies of a text; undefined where only the grammar can say what they are, or what is wrong. */
export function readValidPolicies(source: Source): readonly Policy[] | undefined {
  return read(source, (reader) => reader.policies());
}

/** The same for a text that is one expression. */
export function readValidExpression(source: Source): Expr | undefined {
  return read(source, (reader) => reader.soleExpression());
}

function read<T>(source: Source, rule: (reader: ValidText) => T): T | undefined {
  const tokens = validTokens(source.text);
  if (tokens === undefined) return undefined;
  const reader = new ValidText(source, tokens);
  try {
    const found = rule(reader);
    return reader.isRight ? found : undefined;
  } catch (error) {
    // The stack of the caller may be nearly full: the grammar knows what to say.
    if (error instanceof NotPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}

const ANY = { kind: 'any' } as const;

class ValidText extends ValidExpressions {
  /** Whether nothing was complained about. */
  get isRight(): boolean {
    return this.problems.isEmpty;
  }

  policies(): readonly Policy[] {
    const policies: Policy[] = [];
    while (this.kind() !== END) policies.push(this.policy(`policy${policies.length}`));
    return policies;
  }

  soleExpression(): Expr {
    const value = this.expression();
    return this.kind() === END ? value : this.refuse();
  }

  private policy(id: string): Policy {
    const start = this.here();
    const annotations = this.annotations();
    const effect = this.takeKind(WORD).image;
    if (effect !== 'permit' && effect !== 'forbid') return this.refuse();
    this.expect('(');
    const principal = this.entityConstraint('principal', '?principal');
    this.expect(',');
    const action = this.actionConstraint();
    this.expect(',');
    const resource = this.entityConstraint('resource', '?resource');
    this.skip(',');
    this.expect(')');
    const conditions = this.conditions();
    this.expect(';');
    const span = { start, end: this.previousEnd() };
    const slots = slotsOf(principal, resource);
    const { source } = this.problems;
    return { id, effect, annotations, principal, action, resource, conditions, slots, span, source };
  }

  private annotations(): readonly Annotation[] {
    const annotations: Annotation[] = [];
    const keys = new Set<string>();
    for (let start = this.here(); this.skip('@'); start = this.here()) {
      const { image: key } = this.takeKind(WORD);
      let value: string | null = null;
      if (this.skip('(')) {
        value = readString(this.problems, this.takeKind(TEXT));
        this.expect(')');
      }
      if (keys.has(key)) this.refuse();
      keys.add(key);
      annotations.push({ key, value, span: { start, end: this.previousEnd() } });
    }
    return annotations;
  }

  private conditions(): readonly Condition[] {
    const conditions: Condition[] = [];
    for (;;) {
      const kind = this.image();
      if (kind !== 'when' && kind !== 'unless') return conditions;
      const { startOffset: start } = this.take();
      this.expect('{');
      const body = this.expression();
      this.expect('}');
      conditions.push({ kind, body, span: { start, end: this.previousEnd() } });
    }
  }

  private entityConstraint(variable: string, slot: Slot): ScopeConstraint {
    this.expect(variable);
    if (this.skip('is')) {
      const { name: entityType, span: typeSpan } = this.typeName();
      return { kind: 'is', entityType, typeSpan, in: this.skip('in') ? this.reference(slot) : undefined };
    }
    if (this.skip('==')) return { kind: 'equal', entity: this.reference(slot) };
    return this.skip('in') ? { kind: 'in', entity: this.reference(slot) } : ANY;
  }

  private reference(slot: Slot): EntityReference {
    if (this.kind() !== SLOT) return { kind: 'entity', ...this.entity() };
    const token = this.take();
    const span = { start: token.startOffset, end: this.previousEnd() };
    return token.image === slot ? { kind: 'slot', slot, span } : this.refuse();
  }

  private entity(): ActionReference {
    const name = this.name();
    return name.kind === 'entity' ? { uid: name.uid, span: name.span } : this.refuse();
  }

  private actionConstraint(): ActionConstraint {
    this.expect('action');
    if (this.skip('==')) return { kind: 'equal', action: this.actionReference() };
    if (!this.skip('in')) return ANY;
    if (!this.skip('[')) return { kind: 'in', action: this.actionReference() };
    const actions: ActionReference[] = [];
    while (this.image() !== ']') {
      actions.push(this.actionReference());
      if (!this.skip(',')) break;
    }
    this.expect(']');
    return { kind: 'in-list', actions };
  }

  private actionReference(): ActionReference {
    const action = this.entity();
    return isActionType(action.uid.type) ? action : this.refuse();
  }
}
