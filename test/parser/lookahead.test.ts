import {
  EOF,
  type ILookaheadStrategy,
  type IProduction,
  LLkLookaheadStrategy,
  type Rule,
  type TokenType,
} from 'chevrotain';
import { describe, expect, it } from 'vitest';
import { FirstTokenLookahead } from '../../src/parser/first-token-lookahead.js';
import { PolicyGrammar } from '../../src/parser/policy-grammar.js';
import { SchemaGrammar } from '../../src/parser/schema-grammar.js';
import { SCHEMA_TOKEN_TYPES } from '../../src/parser/schema-tokens.js';
import { TOKEN_TYPES } from '../../src/parser/tokens.js';

const OPTIONAL = [
  'Option',
  'Repetition',
  'RepetitionMandatory',
  'RepetitionMandatoryWithSeparator',
  'RepetitionWithSeparator',
] as const;

const grammars = {
  policies: { rules: Object.values(new PolicyGrammar().getGAstProductions()), tokens: [...TOKEN_TYPES, EOF] },
  schemas: { rules: Object.values(new SchemaGrammar().getGAstProductions()), tokens: [...SCHEMA_TOKEN_TYPES, EOF] },
};

interface Choice {
  readonly rule: string;
  readonly kind: string;
  readonly index: number;
  readonly byToken: readonly unknown[];
}

/** All productions of a rule in which something is to be decided, with their numbers. */
function deciding(part: Rule | IProduction): { kind: string; idx: number }[] {
  const kind = part.constructor.name.replace(/\d+$/, '');
  const inner = 'definition' in part && kind !== 'NonTerminal' ? part.definition : [];
  const own = 'idx' in part && !/^(?:Terminal|NonTerminal)$/.test(kind) ? [{ kind, idx: Number(part.idx) }] : [];
  return [...own, ...inner.flatMap(deciding)];
}

/** What a strategy answers at every decision of a grammar for every token that may come next. */
function choicesOf(strategy: ILookaheadStrategy, rules: readonly Rule[], tokens: readonly TokenType[]): Choice[] {
  return rules.flatMap((rule) =>
    deciding(rule).map(({ kind, idx }) => {
      const common = { prodOccurrence: idx, rule, maxLookahead: 1, dynamicTokensEnabled: false };
      const prodType = OPTIONAL.find((each) => each === kind);
      const choose: (this: unknown, alternatives?: never) => unknown =
        prodType === undefined
          ? strategy.buildLookaheadForAlternation({ ...common, hasPredicates: false })
          : strategy.buildLookaheadForOptional({ ...common, prodType });
      const byToken = tokens.map((tokenType) => {
        const next = () => ({ tokenType, tokenTypeIdx: tokenType.tokenTypeIdx });
        return choose.call({ LA: next, LA_FAST: next });
      });
      return { rule: rule.name, kind, index: idx, byToken };
    }),
  );
}

describe.each(Object.entries(grammars))('the grammar of %s', (_, { rules, tokens }) => {
  it('decides by the next token as the library does', () => {
    const expected = choicesOf(new LLkLookaheadStrategy({ maxLookahead: 1 }), rules, tokens);
    expect(expected.length).toBeGreaterThan(15);
    expect(new Set(expected.map(({ kind }) => kind)).size).toBeGreaterThan(2);
    expect(choicesOf(new FirstTokenLookahead(), rules, tokens)).toEqual(expected);
  });
});

describe('the checks of the parsing library', () => {
  it.each([
    ['policies', () => new PolicyGrammar({ skipValidations: false })],
    ['schemas', () => new SchemaGrammar({ skipValidations: false })],
  ])('find nothing wrong or ambiguous in the grammar of %s', (_, make) => {
    expect(make).not.toThrow();
  });
});
