import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printDeclarations } from '../../src/declarations/print-declarations.js';
import { createAuthorizer, parsePolicySet } from '../../src/index.js';
import type { JsonValue } from '../../src/json/json-value.js';
import { parseSchema } from '../../src/parser/parse-schema.js';
import { resolveSchema } from '../../src/schema/resolve-schema.js';
import { schemaFromJson } from '../../src/schema/schema-from-json.js';
import { createSource } from '../../src/text/source.js';
import { compile } from './compile.js';
import { entities, rightCalls } from './fixtures/right-calls.js';

function declarationsOf(text: string, policies?: string): string {
  const fragment = parseSchema(createSource(text));
  const schema = fragment.ok ? resolveSchema([fragment.value]) : fragment;
  const set = policies === undefined ? undefined : parsePolicySet(policies);
  if (!schema.ok || set?.ok === false) throw new Error('the test is wrong');
  return printDeclarations(schema.value, { command: 'a test', policies: set?.value });
}

function declarationsOfJson(json: JsonValue): string {
  const fragment = schemaFromJson(json);
  const schema = fragment.ok ? resolveSchema([fragment.value]) : fragment;
  if (!schema.ok) throw new Error('the test is wrong');
  return printDeclarations(schema.value, { command: 'a test' });
}

/** The names that a text exports. */
function exported(text: string): readonly string[] {
  return [...text.matchAll(/^export (?:type|interface) (\S+)/gm)].map(([, name]) => name ?? '');
}

/** The declaration of one name, without its comment. */
function declaration(text: string, name: string): string {
  return (
    new RegExp(`^export (?:type|interface) ${name}\\b[^]*?(?:;|}|{})\\n(?=\\n|$)`, 'm').exec(`${text}\n`)?.[0] ?? ''
  );
}

describe('calls that the compiler accepts', () => {
  const policies = readFileSync(resolve(import.meta.dirname, 'fixtures/photos.cedar'), 'utf8');
  const authorizer = createAuthorizer({ policies, entities });

  it.each(Object.entries(rightCalls))('are accepted when they run: %s', (_name, call) => {
    // Texts of policies know no `@id`, so the ids differ from those of the declarations; nothing else does.
    const answer = call({
      isAuthorized: (request) => ({ ...authorizer.isAuthorized(Object(request)), reason: [], errors: [] }),
      isAuthorizedJson: (request) => ({ ...authorizer.isAuthorizedJson(request), reason: [], errors: [] }),
    });
    expect(answer).toEqual({ decision: 'allow', reason: [], errors: [] });
  });
});

describe('printDeclarations', () => {
  it('writes a schema without anything', () => {
    expect(exported(declarationsOf(''))).toEqual(['Entities', 'Requests', 'Schema']);
    expect(declaration(declarationsOf(''), 'Entities')).toBe('export interface Entities {}\n');
  });

  it('gives the same text whatever the order of the declarations is', () => {
    const parts = [
      'entity A in [B] = { b: T };',
      'entity B enum ["x"];',
      'type T = { n: Long };',
      'action v appliesTo { principal: A, resource: B };',
    ];
    expect(declarationsOf(parts.join('\n'))).toBe(declarationsOf([...parts].reverse().join('\n')));
  });

  it('leaves out actions that apply to nothing, and keeps their ids', () => {
    const text = declarationsOf(
      'entity A; action group; action view in [group] appliesTo { principal: A, resource: A };',
    );
    expect(declaration(text, 'Requests')).toBe(
      `export interface Requests {\n  readonly 'Action::"view"': ViewRequest;\n}\n`,
    );
    expect(declaration(text, 'ActionId')).toBe("export type ActionId = 'group' | 'view';\n");
  });

  it('puts numbers behind names that collide', () => {
    const text = declarationsOf('namespace A { entity BC; } namespace AB { entity C; } namespace A::B { entity C; }');
    expect(exported(text).filter((name) => name.endsWith('Uid'))).toEqual(['ABCUid', 'ABC2Uid', 'ABC3Uid']);
    expect(declaration(text, 'ABC2Uid')).toContain('`A::BC::');
  });

  it('gives every name once, however names are put together', () => {
    const text = declarationsOf(`
      type UserAttributes = { Address: { a: Long } };
      type User = { Attributes: { Address: { b: Long } } };
      entity User = { Address: { c: Long }, address: { d: Long }, "address ": { e: Long } };
      entity UserEntity, user, Entities, Requests, PolicyId, Long;
      action View, view, "view!" appliesTo { principal: User, resource: user, context: { x: { y: Long } } };
    `);
    expect(new Set(exported(text)).size).toBe(exported(text).length);
    expect(compile(new Map([['schema.ts', text]]))).toBe('');
  });

  it('makes readable names of ids in other scripts, and of none', () => {
    const text = declarationsOf(`entity A;
      action "größe ändern", "показать фото", "写真を見る", "🎉", "123 go" appliesTo { principal: A, resource: A };`);
    expect(exported(text).filter((name) => name.endsWith('Request'))).toEqual([
      '_123GoRequest',
      'GrößeÄndernRequest',
      'ПоказатьФотоRequest',
      '写真を見るRequest',
      '_Request',
    ]);
    expect(compile(new Map([['schema.ts', text]]))).toBe('');
  });

  it('writes text that nothing in a schema can break out of', () => {
    const hostile = '*/ export const a = 1; // \u2028 \u202e \n \\ \' " ` ${x} \u0000';
    const attributes = { [hostile]: { type: 'Long' } };
    const text = declarationsOfJson({
      '': {
        entityTypes: {
          A: { shape: { type: 'Record', attributes }, annotations: { doc: hostile } },
          E: { enum: [hostile] },
        },
        actions: { [hostile]: { appliesTo: { principalTypes: ['A'], resourceTypes: ['E'] } } },
      },
    });
    expect([...text].filter((character) => character !== '\n' && /[\p{Zl}\p{Cc}\u202e]/u.test(character))).toEqual([]);
    expect(exported(text)).not.toContain('const');
    const program = `import type { AAttributes, EId } from './schema.js';
      export const id: EId = ${JSON.stringify(hostile)};
      export const attributes: AAttributes = { [${JSON.stringify(hostile)}]: 1 };`;
    expect(
      compile(
        new Map([
          ['schema.ts', text],
          ['program.ts', program],
        ]),
      ),
    ).toBe('');
    expect(
      printDeclarations(
        { entityTypes: new Map(), actionTypes: new Map(), commonTypes: new Map() },
        { command: 'a\nb' },
      ),
    ).toContain('// Made by `a\\nb`.\n// Do not');
  });

  it('names common types, so that text does not grow with their uses', () => {
    const steps = Array.from({ length: 60 }, (_, i) => `type T${i + 1} = { a: T${i}, b: Set<T${i}> };`);
    const text = declarationsOf(`type T0 = { n: Long };\n${steps.join('\n')}\nentity A = { t: T60 };`);
    expect(text.length).toBeLessThan(20_000);
    expect(compile(new Map([['schema.ts', text]]))).toBe('');
  });

  it('compiles types that are nested as deeply as a schema may', () => {
    const sets = Array.from({ length: 990 }, (_, i) => `type S${i + 1} = Set<S${i}>;`);
    const inline = `${'{ a: Set<'.repeat(100)}Long${'> }'.repeat(100)}`;
    const text = declarationsOf(`type S0 = Set<Long>;\n${sets.join('\n')}\nentity A = { s: S990, i: ${inline} };`);
    expect(compile(new Map([['schema.ts', text]]))).toBe('');
  });

  it('writes thousands of types and actions', () => {
    const count = 3000;
    const types = Array.from(
      { length: count },
      (_, i) => `entity E${i} in [E${(i * 7 + 1) % 50}] = { n: Long, o: E${i} };`,
    );
    const actions = Array.from(
      { length: count },
      (_, i) =>
        `action "a ${i}" appliesTo { principal: E${i}, resource: [E1, E2], context: { n: Long, f: { g: Long } } };`,
    );
    const text = declarationsOf([...types, ...actions].join('\n'));
    expect(exported(text).filter((name) => name.endsWith('Request'))).toHaveLength(count);
    const program = `import { createAuthorizer } from 'deodar';
      import type { Schema } from './schema.js';
      const authorizer = createAuthorizer<Schema>({ policies: '' });
      authorizer.isAuthorized({
        principal: 'E7::"a"', action: 'Action::"a 7"', resource: 'E1::"a"', context: { n: 1, f: { g: 2 } } });
      authorizer.isAuthorized({
        principal: 'E7::"a"', action: 'Action::"a 7"', resource: 'E1::"a"',
        // @ts-expect-error: g is no text
        context: { n: 1, f: { g: 'x' } } });`;
    expect(
      compile(
        new Map([
          ['schema.ts', text],
          ['program.ts', program],
        ]),
      ),
    ).toBe('');
  });

  it('names the policies, and any id where templates are linked at run time', () => {
    const fixed = declarationsOf('', 'permit (principal, action, resource); forbid (principal, action, resource);');
    expect(declaration(fixed, 'PolicyId')).toBe("export type PolicyId = 'policy0' | 'policy1';\n");
    expect(declaration(fixed, 'Schema')).toContain('policyId: PolicyId;');
    const open = declarationsOf('', 'permit (principal == ?principal, action, resource);');
    expect(declaration(open, 'TemplateId')).toBe("export type TemplateId = 'policy0';\n");
    expect(declaration(open, 'Schema')).toContain('policyId: string;');
    expect(declaration(declarationsOf('', ''), 'PolicyId')).toBe('export type PolicyId = never;\n');
  });
});
