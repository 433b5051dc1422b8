import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePolicies, parsePolicy } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { Random } from '../support/random.js';
import { type Example, readGrammar, type Term } from './ebnf.js';
import { officialRefusal, officialTemplateRefusal } from './oracle.js';
import { when } from './wrong-policies.js';

const grammar = readGrammar(readFileSync(resolve(import.meta.dirname, '../../grammar/policy.ebnf'), 'utf8'));
const names = [...grammar.rules.keys(), ...grammar.tokens];

function namesIn(term: Term): readonly string[] {
  switch (term.kind) {
    case 'text':
      return [];
    case 'rule':
      return [term.name];
    case 'repeat':
      return namesIn(term.term);
    default:
      return term.terms.flatMap(namesIn);
  }
}

describe('grammar/policy.ebnf', () => {
  it('defines every rule that it uses, and uses every rule for syntax', () => {
    const used = new Set(['Policies', ...[...grammar.rules.values()].flatMap(namesIn)]);
    expect([...used].filter((name) => !names.includes(name))).toEqual([]);
    expect([...grammar.rules.keys()].filter((name) => !used.has(name))).toEqual([]);
    expect(grammar.rules.size).toBeGreaterThan(30);
  });

  it('has examples of what is accepted and of what is rejected under every rule', () => {
    const groups = new Map<string, Set<boolean>>();
    for (const { rules, accepted } of grammar.examples)
      groups.set(rules, (groups.get(rules) ?? new Set()).add(accepted));
    expect([...groups.keys()].flatMap((rules) => rules.split(','))).toEqual(names);
    expect([...groups].filter(([, kinds]) => kinds.size < 2)).toEqual([]);
  });
});

/** What this engine and the official one say to a text in a place of a policy. */
function answers({ place, text }: Pick<Example, 'place' | 'text'>): readonly boolean[] {
  if (place === 'template') {
    const result = parsePolicy(createSource(text), 't');
    return [result.ok && result.value.slots.length > 0, officialTemplateRefusal(text) === undefined];
  }
  const policies = place === 'when' ? when(text) : text;
  const result = parsePolicies(createSource(policies));
  return [result.ok && result.value.templates.length === 0, officialRefusal(policies) === undefined];
}

describe('every example', () => {
  it.each(
    grammar.examples.map((each) => [each.rules, each.accepted ? 'accepts' : 'rejects', each.text, each] as const),
  )('%s %s %s', (_rules, _accepts, _text, example) => {
    expect(answers(example)).toEqual([example.accepted, example.accepted]);
  });
});

/** Texts of the tokens. */
const TOKENS: Readonly<Record<string, readonly string[]>> = {
  Word: ['a', 'if', '__cedar', 'permit', 'A9_'],
  Identifier: ['a', 'permit', 'principal', 'contains', '_', 'ip', 'truex', 'not'],
  Integer: ['0', '1', '007', '9223372036854775807'],
  String: ['""', '"a"', '"\\u{61}\\n\\x7f"', '"é\u{1d54f}\n*"', '"if"'],
  Pattern: ['""', '"*"', '"a\\**\\u{2a}"'],
};

/** Rules whose texts may be long; when a text is long enough, no alternative with one of them is taken. */
const LONG = /^(?:Expr|Exprs|Entries|\w+Ref|ActionList)$/;

/** Derives random texts of rules. */
class Derivation {
  private readonly random: Random;
  /** Expressions that the text may still hold. */
  private left: number;
  private fresh = 0;

  constructor(random: Random) {
    this.random = random;
    this.left = random.below(12);
  }

  textOf(name: string): string {
    if (name === 'Expr') this.left--;
    // Two things that the rules cannot say: the type of an action ends in `Action`, and keys are unique.
    if (name === 'ActionRef') return `${this.random.pick(['', 'N::', 'A :: B::'])}Action::${this.token('String')}`;
    if (name === 'Entry') return `k${this.fresh++} : ${this.textOf('Expr')}`;
    const rule = grammar.rules.get(name);
    return rule === undefined ? this.token(name) : this.textOfTerm(rule);
  }

  private textOfTerm(term: Term): string {
    switch (term.kind) {
      case 'text':
        return term.text;
      case 'rule':
        return this.textOf(term.name);
      case 'sequence':
        return term.terms.map((each) => this.textOfTerm(each)).join(' ');
      case 'choice': {
        const short = term.terms.filter((each) => !namesIn(each).some((name) => LONG.test(name)));
        return this.textOfTerm(this.random.pick(this.left > 0 || short.length === 0 ? term.terms : short));
      }
      case 'repeat': {
        const more = this.left > 0 && this.random.below(3) === 0 ? 1 + this.random.below(3) : 0;
        const count = Math.min(more, term.most ?? 3);
        return Array.from({ length: count }, () => this.textOfTerm(term.term)).join(' ');
      }
    }
  }

  private token(kind: string): string {
    const text = this.random.pick(TOKENS[kind] ?? ['']);
    if (kind === 'Word') return `w${this.fresh++}${text}`;
    return kind === 'Identifier' && this.random.below(2) === 0 ? `${text}${this.fresh++}` : text;
  }
}

describe('random texts of the grammar', () => {
  const runs = Number(process.env.DEODAR_FUZZ_RUNS ?? 2000);
  const seed = Number(process.env.DEODAR_FUZZ_SEED ?? 20251121);

  it(`are accepted here and by the official engine (${runs} texts, seed ${seed})`, () => {
    const random = new Random(seed);
    const refused: unknown[] = [];
    let bytes = 0;
    for (let run = 0; run < runs && refused.length < 10; run++) {
      const text = new Derivation(random).textOf('Policy');
      bytes += text.length;
      const answer = answers({ place: /\?(?:principal|resource)/.test(text) ? 'template' : 'policies', text });
      if (!answer.every(Boolean)) refused.push({ text, answer });
    }
    console.log(`${runs} texts of the grammar with seed ${seed}, ${bytes} characters`);
    expect(refused).toEqual([]);
    expect(bytes).toBeGreaterThan(runs * 60);
  });
});
