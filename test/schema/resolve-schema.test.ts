import { describe, expect, it } from 'vitest';
import type { SchemaFragment } from '../../src/ast/schema-fragment.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { actionsOf, findAction, requestEnvironments, type Schema } from '../../src/schema/schema.js';
import { schemaFromJson } from '../../src/schema/schema-from-json.js';
import { createSource } from '../../src/text/source.js';
import { describeType } from '../../src/types/cedar-type.js';
import { printEntityUid } from '../../src/values/print.js';
import { entityUid } from '../../src/values/value.js';

function fragment(text: string, name?: string): SchemaFragment {
  const result = parseSchema(createSource(text, name));
  if (!result.ok) throw new Error(renderDiagnostics(result.diagnostics));
  return result.value;
}

function schema(...texts: readonly string[]): Schema {
  const result = resolveSchema(texts.map((text) => fragment(text)));
  if (!result.ok) throw new Error(renderDiagnostics(result.diagnostics));
  return result.value;
}

function attributes(of: Schema, type: string): string | undefined {
  const found = of.entityTypes.get(type);
  return found && describeType(found.attributes);
}

describe('entity types', () => {
  it('have the ancestors and descendants that their declarations lead to', () => {
    const { entityTypes } = schema(
      'entity Org; entity Group in [Org, Group]; entity User in Group; entity Bot in [User, User];',
    );
    const sets = [...entityTypes.values()].map(({ name, parents, ancestors, descendants }) => [
      name,
      parents,
      [...ancestors].sort(),
      [...descendants].sort(),
    ]);
    expect(sets).toEqual([
      ['Bot', ['User'], ['Group', 'Org', 'User'], []],
      ['Group', ['Org', 'Group'], ['Group', 'Org'], ['Bot', 'Group', 'User']],
      ['Org', [], [], ['Bot', 'Group', 'User']],
      ['User', ['Group'], ['Group', 'Org'], ['Bot']],
    ]);
  });

  it('with listed ids have nothing else', () => {
    const color = schema('entity Color enum ["red", "green", "red"];').entityTypes.get('Color');
    expect(color?.kind === 'enum' ? [...color.ids] : undefined).toEqual(['red', 'green']);
    expect([color?.attributes.attributes.size, color?.tags, color?.parents]).toEqual([0, undefined, []]);
  });

  it('keep annotations and the place of their names', () => {
    const user = schema('@doc("people") @internal entity Group, User;').entityTypes.get('User');
    expect([...(user?.annotations ?? [])]).toEqual([
      ['doc', 'people'],
      ['internal', ''],
    ]);
    expect(user?.origin.kind === 'text' ? user.origin.span : undefined).toEqual({ start: 39, end: 43 });
  });

  it('have attributes that say where they are declared, and of repeated ones the last', () => {
    const resolved = resolveSchema([fragment('entity User { a: Long, b?: Bool, a: String };')]);
    const user = resolved.ok ? resolved.value.entityTypes.get('User') : undefined;
    expect(user && describeType(user.attributes)).toBe('{ a: String, b?: Bool }');
    const origin = user?.attributes.attributes.get('a')?.origin;
    expect(origin?.kind === 'text' ? origin.span.start : undefined).toBe(33);
    expect(resolved.diagnostics.map((d) => [d.code, d.severity])).toEqual([['duplicate-attribute', 'warning']]);
  });
});

describe('names', () => {
  const names = `
    entity Shared; type Text = String;
    namespace A { entity Own; type Own = Long; entity X { own: Own, shared: Shared, text: Text, other: B::Own, log: Action }; action go; }
    namespace B { entity Own; entity Long; entity X { own: Own, long: Long, real: __cedar::Long, act: A::Action }; }
  `;

  it('mean types of the own namespace, then of the empty one, common types first', () => {
    expect(attributes(schema(names), 'A::X')).toBe(
      '{ own: Long, shared: Shared, text: String, other: B::Own, log: A::Action }',
    );
    expect(attributes(schema(names), 'B::X')).toBe('{ own: B::Own, long: B::Long, real: Long, act: A::Action }');
  });

  it('of common types are gone from types, and equal types are one object', () => {
    const { commonTypes } = schema('type A = { b: B, c: Set<B> }; type B = { d: C }; type C = Long;');
    expect(describeType(commonTypes.get('A')?.type ?? { kind: 'bool' })).toBe(
      '{ b: { d: Long }, c: Set<{ d: Long }> }',
    );
    const a = commonTypes.get('A')?.type;
    expect(a?.kind === 'record' && a.attributes.get('b')?.type === commonTypes.get('B')?.type).toBe(true);
  });
});

describe('actions', () => {
  const text = `
    entity User, Doc;
    type Session = { mfa: Bool };
    action all;
    action read in all;
    action view in [read, read] appliesTo { principal: [User, User], resource: [Doc, User], context: Session };
    namespace N { action list in [Action::"read", own]; action own; }
  `;

  it('have all groups that they are in', () => {
    const found = schema(text);
    const groups = [...actionsOf(found)].map((action) => [
      printEntityUid(action.uid),
      [...action.ancestors].map(({ uid }) => printEntityUid(uid)),
      [...action.descendants].map(({ uid }) => printEntityUid(uid)),
    ]);
    expect(groups).toEqual([
      ['Action::"all"', [], ['Action::"read"', 'Action::"view"', 'N::Action::"list"']],
      ['Action::"read"', ['Action::"all"'], ['Action::"view"', 'N::Action::"list"']],
      ['Action::"view"', ['Action::"read"', 'Action::"all"'], []],
      ['N::Action::"list"', ['Action::"read"', 'N::Action::"own"', 'Action::"all"'], []],
      ['N::Action::"own"', [], ['N::Action::"list"']],
    ]);
    const types = [...found.actionTypes.values()].map((type) => [
      type.name,
      [...type.ancestors],
      [...type.descendants],
    ]);
    expect(types).toEqual([
      ['Action', ['Action'], ['Action', 'N::Action']],
      ['N::Action', ['Action', 'N::Action'], ['N::Action']],
    ]);
  });

  it('are found by their uid', () => {
    const found = schema(text);
    expect(findAction(found, entityUid('N::Action', 'list'))?.uid.id).toBe('list');
    expect(findAction(found, entityUid('Action', 'list'))).toBeUndefined();
    expect(findAction(found, entityUid('M::Action', 'list'))).toBeUndefined();
  });

  it('give an environment for each principal and resource type', () => {
    const environments = [...requestEnvironments(schema(text))].map(({ action, principal, resource, context }) => [
      printEntityUid(action.uid),
      principal,
      resource,
      describeType(context),
    ]);
    expect(environments).toEqual([
      ['Action::"view"', 'User', 'Doc', '{ mfa: Bool }'],
      ['Action::"view"', 'User', 'User', '{ mfa: Bool }'],
    ]);
  });
});

describe('several fragments', () => {
  it('make one schema, whichever comes first and whatever their format', () => {
    const json = schemaFromJson(
      { N: { entityTypes: { Doc: { memberOfTypes: ['Folder'] } }, actions: {} } },
      'docs.json',
    );
    const parts = [
      fragment('namespace N { entity Folder { owner: User }; }', 'folders.cedarschema'),
      fragment('entity User;'),
    ];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const all = order.map((index) => [...parts, json.ok ? json.value : undefined][index]);
      const resolved = resolveSchema(all.flatMap((part) => part ?? []));
      expect(resolved.ok ? [...resolved.value.entityTypes.keys()] : resolved.diagnostics).toEqual([
        'N::Doc',
        'N::Folder',
        'User',
      ]);
    }
  });

  it('cannot declare the same twice, and the problem is shown in both files', () => {
    const result = resolveSchema([
      fragment('entity User;', 'a.cedarschema'),
      fragment('entity User;', 'b.cedarschema'),
    ]);
    const [problem] = result.diagnostics;
    expect(result.ok).toBe(false);
    expect(problem?.code).toBe('duplicate-declaration');
    expect(problem?.labels.map(({ source }) => source.name)).toEqual(['b.cedarschema', 'a.cedarschema']);
  });

  it('in JSON are named in problems, with a pointer', () => {
    const json = schemaFromJson({ '': { entityTypes: { 'A/B': {} }, actions: {} } }, 'a.json');
    expect(json.diagnostics.map(({ file, pointer }) => [file, pointer])).toEqual([['a.json', '//entityTypes/A~1B']]);
    const wrong = schemaFromJson({ '': { entityTypes: { A: { memberOfTypes: ['B'] } }, actions: {} } }, 'b.json');
    const resolved = wrong.ok ? resolveSchema([wrong.value]) : wrong;
    expect(resolved.diagnostics.map(({ code, file, pointer }) => [code, file, pointer])).toEqual([
      ['unknown-type', 'b.json', '//entityTypes/A/memberOfTypes/0'],
    ]);
  });

  it('of which there are none are an empty schema', () => {
    const empty = schema();
    expect([empty.entityTypes.size, empty.actionTypes.size, empty.commonTypes.size]).toEqual([0, 0, 0]);
  });
});

describe('problems', () => {
  it('are all reported, in the order of the text, each once', () => {
    const text =
      'entity A in B { x: C };\ntype T = { y: D };\ntype U = T;\naction a in b appliesTo { principal: E, resource: T, context: U };\ntype V = V;';
    const result = resolveSchema([fragment(text)]);
    expect(result.diagnostics.map((d) => [d.code, d.data?.['name'] ?? d.data?.['id'] ?? d.data?.['cycle']])).toEqual([
      ['unknown-type', 'B'],
      ['unknown-type', 'C'],
      ['unknown-type', 'D'],
      ['unknown-action', 'b'],
      ['unknown-type', 'E'],
      ['unknown-type', 'T'],
      ['common-type-cycle', ['V']],
    ]);
  });

  it('of a declaration with several names are reported once', () => {
    const result = resolveSchema([fragment('entity A, B in C { x: D, x: D }; action a, b in c;')]);
    expect(result.diagnostics.map((d) => d.code)).toEqual([
      'unknown-type',
      'duplicate-attribute',
      'unknown-type',
      'unknown-action',
    ]);
  });

  it('with one of several cycles name each of them', () => {
    const result = resolveSchema([
      fragment(
        'type A = B; type B = A; type C = Set<D>; type D = { c: C, a: A }; action x in y; action y in x; action z in z;',
      ),
    ]);
    expect(result.diagnostics.map((d) => [d.code, d.data?.['cycle']])).toEqual([
      ['common-type-cycle', ['A', 'B']],
      ['common-type-cycle', ['C', 'D']],
      ['action-cycle', ['Action::"x"', 'Action::"y"']],
      ['action-cycle', ['Action::"z"']],
    ]);
  });
});
