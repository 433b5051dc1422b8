import { describe, expect, it } from 'vitest';
import type { Expr } from '../../src/ast/expression.js';
import { describeExpressionType } from '../../src/validator/describe-expression-type.js';
import { type TypedPolicy, typePolicy } from '../../src/validator/type-policy.js';
import { policiesOf, schemaOf } from './compare-validation.js';
import { EXAMPLE_SCHEMA } from './wrong-policies.js';

const schema = schemaOf(EXAMPLE_SCHEMA);

function typed(text: string): readonly TypedPolicy[] {
  const { policies, templates } = policiesOf(text);
  return [...policies, ...templates].flatMap((policy) => [...typePolicy(policy, schema)]);
}

/** The typed expressions of a policy in one environment, by their text. */
function typesByText({ policy, types }: TypedPolicy): Readonly<Record<string, string>> {
  const { source } = policy;
  const text = ({ span }: Expr): string =>
    source === undefined || span === undefined ? '' : source.text.slice(span.start, span.end);
  return Object.fromEntries([...types].map(([expr, type]) => [text(expr), describeExpressionType(type)]));
}

function nameOf({ environment, verdict }: TypedPolicy): string {
  return `${environment.principal} ${environment.action.uid.id} ${environment.resource}: ${verdict}`;
}

describe('a typed policy', () => {
  it('has a verdict for every request environment', () => {
    const text = 'permit(principal is User, action in Action::"all", resource) when { principal.age > 1 };';
    expect(typed(text).map(nameOf)).toEqual([
      'User read Acme::Document: impossible',
      'User edit Photo: possible',
      'Admin edit Photo: impossible',
      'User join Group: possible',
      'User view Photo: possible',
      'Admin view Photo: impossible',
    ]);
  });

  it('fails where something is wrong, be it only the name of an entity', () => {
    expect(typed('permit(principal, action == Action::"join", resource) when { principal.x };').map(nameOf)).toContain(
      'User join Group: failed',
    );
    const unknown = typed('permit(principal, action == Action::"join", resource) when { principal in Nobody::"n" };');
    expect(unknown.map(nameOf)).toContain('User join Group: failed');
  });

  it('can be impossible and wrong at the same time', () => {
    const [first] = typed(
      'permit(principal, action == Acme::Action::"read", resource) when { 1 + "a" == 2 && false };',
    );
    expect(first).toMatchObject({ verdict: 'impossible', ok: false });
  });

  it('knows the types of what can be evaluated, in each environment its own', () => {
    const text =
      'permit(principal, action == Action::"view", resource) when { principal is User && principal has nick && principal.nick == context.key };';
    const [user, admin] = typed(text).filter(({ environment }) => environment.action.uid.id === 'view');
    expect(user && typesByText(user)).toMatchObject({
      principal: 'User',
      'principal is User': 'Bool (always true)',
      'principal has nick': 'Bool',
      'principal.nick': 'String',
      'context.key': 'String',
      'principal.nick == context.key': 'Bool',
    });
    expect(admin && typesByText(admin)).toMatchObject({ 'principal is User': 'Bool (always false)' });
    expect(admin && Object.keys(typesByText(admin))).not.toContain('principal.nick');
  });

  it('leaves out what is never evaluated', () => {
    const text =
      'permit(principal, action == Acme::Action::"read", resource) when { true || principal.nope } when { if false then principal.nope else true } unless { false && principal.nope };';
    const [first] = typed(text);
    expect(first).toMatchObject({ verdict: 'possible', ok: true });
    expect(first && Object.keys(typesByText(first))).not.toContain('principal.nope');
  });

  it('types templates for any entity in their slots', () => {
    const found = typed('permit(principal == ?principal, action, resource in ?resource) when { principal.age > 1 };');
    expect(found.map(nameOf)).toContain('Admin view Photo: failed');
    expect(found.map(nameOf)).toContain('User view Photo: possible');
  });

  it('takes types of attributes from the schema as they are', () => {
    const [first] = typed(
      'permit(principal, action == Acme::Action::"read", resource) when { principal has address && principal.address has zip };',
    );
    const declared = schema.entityTypes.get('User')?.attributes.attributes.get('address')?.type;
    expect(declared).toBeDefined();
    expect([...(first?.types.values() ?? [])]).toContain(declared);
  });
});
