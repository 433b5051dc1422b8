import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareSchema } from './compare.js';
import { grammarExamples } from './grammar-examples.js';
import { officialRefusal } from './oracle.js';

const grammar = readFileSync(resolve(import.meta.dirname, '../../grammar/schema.ebnf'), 'utf8');
const examples = grammarExamples(grammar);

describe('the grammar of schemas', () => {
  it('shows every rule with an example of what it accepts, or is a part of one that does', () => {
    const rules = grammar.split(/\n(?=[A-Z]\w* = )/).slice(1);
    const bare = rules.filter((rule) => !rule.includes('(* accept:')).map((rule) => rule.split(' ')[0]);
    expect(bare).toEqual(['Name', 'Word', 'Letter', 'String', 'Escape']);
    expect(examples.length).toBeGreaterThan(130);
  });

  it.each(examples)('$verdict: $text', ({ verdict, text }) => {
    expect(compareSchema(text).differences).toEqual([]);
    expect(officialRefusal(text) === undefined ? 'accept' : 'reject').toBe(verdict);
  });
});
