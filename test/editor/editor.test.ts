import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanSource } from '../../src/parser/scan.js';
import { createSource } from '../../src/text/source.js';
import { readGrammar } from '../parser/ebnf.js';
import { when } from '../parser/wrong-policies.js';
import { CONFORMANCE } from '../support/conformance-data.js';
import { EDITOR, loadGrammar, type Piece, scopesOf, tokenize } from './tokenize.js';

const ROOT = resolve(import.meta.dirname, '../..');
const cedar = await loadGrammar('cedar');
const cedarschema = await loadGrammar('cedarschema');

const POLICIES: readonly (readonly [text: string, scopes: readonly string[]])[] = [
  [
    '@id("a") // why\npermit(principal, action, resource);',
    [
      '@ punctuation.definition.annotation',
      'id entity.other.attribute-name.annotation',
      '( punctuation.section.parens.begin',
      '" punctuation.definition.string.begin',
      'a string.quoted.double',
      '" punctuation.definition.string.end',
      ') punctuation.section.parens.end',
      '// punctuation.definition.comment',
      'why comment.line.double-slash',
      'permit keyword.control.effect',
      '( punctuation.section.parens.begin',
      'principal variable.language',
      ', punctuation.separator.comma',
      'action variable.language',
      ', punctuation.separator.comma',
      'resource variable.language',
      ') punctuation.section.parens.end',
      '; punctuation.terminator.policy',
    ],
  ],
  [
    'forbid(principal is A::User in ?principal, action in [Action::"a"], resource)',
    [
      'forbid keyword.control.effect',
      '( punctuation.section.parens.begin',
      'principal variable.language',
      'is keyword.operator.word',
      'A::User entity.name.type',
      'in keyword.operator.word',
      '?principal variable.parameter.slot',
      ', punctuation.separator.comma',
      'action variable.language',
      'in keyword.operator.word',
      '[ punctuation.section.brackets.begin',
      'Action:: entity.name.type',
      '" punctuation.definition.string.begin',
      'a string.quoted.double',
      '" punctuation.definition.string.end',
      '] punctuation.section.brackets.end',
      ', punctuation.separator.comma',
      'resource variable.language',
      ') punctuation.section.parens.end',
    ],
  ],
  [
    'when { context.command like "\\*rm*\\u{1F600}" && -1 + 2 * 3 <= resource["a\\q"].size() }',
    [
      'when keyword.control.condition',
      '{ punctuation.section.braces.begin',
      'context variable.language',
      '. punctuation.accessor',
      'command variable.other.property',
      'like keyword.operator.word',
      '" punctuation.definition.string.begin',
      '\\* constant.character.escape',
      'rm string.quoted.double',
      '* constant.other.wildcard',
      '\\u{1F600} constant.character.escape',
      '" punctuation.definition.string.end',
      '&& keyword.operator.logical',
      '- keyword.operator.arithmetic',
      '1 constant.numeric.integer',
      '+ keyword.operator.arithmetic',
      '2 constant.numeric.integer',
      '* keyword.operator.arithmetic',
      '3 constant.numeric.integer',
      '<= keyword.operator.comparison',
      'resource variable.language',
      '[ punctuation.section.brackets.begin',
      '" punctuation.definition.string.begin',
      'a string.quoted.double',
      '\\q invalid.illegal.escape',
      '" punctuation.definition.string.end',
      '] punctuation.section.brackets.end',
      '. punctuation.accessor',
      'size variable.other.property',
      '( punctuation.section.parens.begin',
      ') punctuation.section.parens.end',
      '} punctuation.section.braces.end',
    ],
  ],
  [
    'unless { if principal has a.b then ip("::1").isLoopback() else { in: true, "x": [1] }.in }',
    [
      'unless keyword.control.condition',
      '{ punctuation.section.braces.begin',
      'if keyword.control.conditional',
      'principal variable.language',
      'has keyword.operator.word',
      'a variable.other.attribute',
      '. punctuation.accessor',
      'b variable.other.property',
      'then keyword.control.conditional',
      'ip support.function.extension',
      '( punctuation.section.parens.begin',
      '" punctuation.definition.string.begin',
      '::1 string.quoted.double',
      '" punctuation.definition.string.end',
      ') punctuation.section.parens.end',
      '. punctuation.accessor',
      'isLoopback support.function.method',
      '( punctuation.section.parens.begin',
      ') punctuation.section.parens.end',
      'else keyword.control.conditional',
      '{ punctuation.section.braces.begin',
      'in variable.other.property',
      ': punctuation.separator.key-value',
      'true constant.language.boolean',
      ', punctuation.separator.comma',
      '" punctuation.definition.string.begin',
      'x string.quoted.double',
      '" punctuation.definition.string.end',
      ': punctuation.separator.key-value',
      '[ punctuation.section.brackets.begin',
      '1 constant.numeric.integer',
      '] punctuation.section.brackets.end',
      '} punctuation.section.braces.end',
      '. punctuation.accessor',
      'in variable.other.property',
      '} punctuation.section.braces.end',
    ],
  ],
];

const SCHEMAS: readonly (readonly [text: string, scopes: readonly string[]])[] = [
  [
    'namespace A::B { entity User in [Group] = { name?: String } tags Set<C::D>; }',
    [
      'namespace keyword.declaration.namespace',
      'A::B entity.name.namespace',
      '{ punctuation.section.braces.begin',
      'entity keyword.declaration.entity',
      'User entity.name.type',
      'in keyword.operator.word',
      '[ punctuation.section.brackets.begin',
      'Group entity.name.type',
      '] punctuation.section.brackets.end',
      '= keyword.operator.assignment',
      '{ punctuation.section.braces.begin',
      'name variable.other.property',
      '? keyword.operator.optional',
      ': punctuation.separator.key-value',
      'String support.type.primitive',
      '} punctuation.section.braces.end',
      'tags keyword.other',
      'Set support.type.set',
      '< punctuation.definition.typeparameters',
      'C::D entity.name.type',
      '> punctuation.definition.typeparameters',
      '; punctuation.terminator.declaration',
      '} punctuation.section.braces.end',
    ],
  ],
  [
    '@doc("x") action view, "a b" in PRE appliesTo { principal: User, resource: [Doc], context: { ip: ipaddr } };',
    [
      '@ punctuation.definition.annotation',
      'doc entity.other.attribute-name.annotation',
      '( punctuation.section.parens.begin',
      '" punctuation.definition.string.begin',
      'x string.quoted.double',
      '" punctuation.definition.string.end',
      ') punctuation.section.parens.end',
      'action keyword.declaration.action',
      'view entity.name.function.action',
      ', punctuation.separator.comma',
      '" punctuation.definition.string.begin',
      'a b string.quoted.double',
      '" punctuation.definition.string.end',
      'in keyword.operator.word',
      'PRE entity.name.type',
      'appliesTo keyword.other',
      '{ punctuation.section.braces.begin',
      'principal variable.language',
      ': punctuation.separator.key-value',
      'User entity.name.type',
      ', punctuation.separator.comma',
      'resource variable.language',
      ': punctuation.separator.key-value',
      '[ punctuation.section.brackets.begin',
      'Doc entity.name.type',
      '] punctuation.section.brackets.end',
      ', punctuation.separator.comma',
      'context variable.language',
      ': punctuation.separator.key-value',
      '{ punctuation.section.braces.begin',
      'ip variable.other.property',
      ': punctuation.separator.key-value',
      'ipaddr support.type.primitive',
      '} punctuation.section.braces.end',
      '} punctuation.section.braces.end',
      '; punctuation.terminator.declaration',
    ],
  ],
  [
    'type T = Boolean; // c\nentity E enum ["a"];',
    [
      'type keyword.declaration.type',
      'T entity.name.type',
      '= keyword.operator.assignment',
      'Boolean support.type.primitive',
      '; punctuation.terminator.declaration',
      '// punctuation.definition.comment',
      'c comment.line.double-slash',
      'entity keyword.declaration.entity',
      'E entity.name.type',
      'enum keyword.other',
      '[ punctuation.section.brackets.begin',
      '" punctuation.definition.string.begin',
      'a string.quoted.double',
      '" punctuation.definition.string.end',
      '] punctuation.section.brackets.end',
      '; punctuation.terminator.declaration',
    ],
  ],
];

describe('the scopes of policies', () => {
  it.each(POLICIES)('%s', (text, scopes) => {
    expect(scopesOf(cedar, text)).toEqual(scopes);
  });
});

describe('the scopes of schemas', () => {
  it.each(SCHEMAS)('%s', (text, scopes) => {
    expect(scopesOf(cedarschema, text)).toEqual(scopes);
  });
});

/** What has no scope but that of the language, or of a region. */
function bare(pieces: readonly Piece[]): string[] {
  return pieces
    .filter(({ text, scopes }) => text.trim() !== '' && /^(?:source|meta)\./.test(scopes.at(-1) ?? ''))
    .map(({ text }) => text.trim());
}

function invalid(pieces: readonly Piece[]): string[] {
  return pieces.filter(({ scopes }) => scopes.some((scope) => scope.startsWith('invalid'))).map(({ text }) => text);
}

/** Whether all of a stretch of text has a scope that begins so. */
function covered(pieces: readonly Piece[], start: number, end: number, scope: string): boolean {
  const touched = pieces.filter((piece) => piece.start < end && piece.start + piece.text.length > start);
  return touched.length > 0 && touched.every(({ scopes }) => scopes.some((each) => each.startsWith(scope)));
}

function filesIn(folder: string, end: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(end))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}

function examples(name: string): string[] {
  const grammar = readGrammar(readFileSync(join(ROOT, `grammar/${name}.ebnf`), 'utf8'));
  return grammar.examples
    .filter(({ accepted }) => accepted)
    .map(({ place, text }) => (place === 'when' ? when(text) : text))
    .filter((text) => !/[^\S \n]/.test(text));
}

const folders = [join(ROOT, 'policies'), ...(CONFORMANCE === undefined ? [] : [CONFORMANCE])];
const policyTexts = [...folders.flatMap((each) => filesIn(each, '.cedar')), ...examples('policy')];
const schemaTexts = [...folders.flatMap((each) => filesIn(each, '.cedarschema')), ...examples('schema')];

describe('every text that the language accepts', () => {
  it('has strings and comments where the scanner finds them', () => {
    for (const text of policyTexts) {
      const pieces = tokenize(cedar, text);
      const { tokens, comments } = scanSource(createSource(text));
      for (const { startOffset, image, tokenType } of tokens) {
        if (tokenType.name !== 'Text') continue;
        expect(covered(pieces, startOffset, startOffset + image.length, 'string.quoted'), text).toBe(true);
      }
      for (const { start, end } of comments) expect(covered(pieces, start, end, 'comment'), text).toBe(true);
    }
    expect(policyTexts.length).toBeGreaterThan(100);
  });

  it.each([
    ['cedar', cedar, policyTexts, 100],
    ['cedarschema', cedarschema, schemaTexts, 50],
  ] as const)('has no word without a scope and nothing that is called illegal: %s', (_name, grammar, texts, least) => {
    const wrong = texts.flatMap((text) => {
      const pieces = tokenize(grammar, text);
      const found = [...bare(pieces), ...invalid(pieces)];
      return found.length === 0 ? [] : [{ found, text }];
    });
    expect(wrong.slice(0, 1)).toEqual([]);
    expect(texts.length).toBeGreaterThan(least);
  });
});

it('the language configuration names the comment and the brackets of the language', () => {
  const { comments, brackets, wordPattern } = JSON.parse(
    readFileSync(join(EDITOR, 'language-configuration.json'), 'utf8'),
  );
  expect(comments).toEqual({ lineComment: '//' });
  expect(brackets.flat().join('')).toBe('{}[]()');
  expect('@id("a") permit(principal == ?principal'.match(new RegExp(wordPattern, 'g'))).toEqual([
    '@id',
    'a',
    'permit',
    'principal',
    '?principal',
  ]);
});
