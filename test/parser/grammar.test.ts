import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePolicies, parsePolicy } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { type Example, readGrammar, type Term } from './ebnf.js';
import { Random } from './mutate-policy.js';
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

  it.each(names)('has examples of what %s accepts and refuses', (name) => {
    const examples = grammar.examples.filter((each) => each.rule === name);
    expect(new Set(examples.map((each) => each.accepted))).toEqual(new Set([true, false]));
  });
});

/** What this engine and the official one say to a text in a place of a policy. */
function answers({ place, text }: Pick<Example, 'place' | 'text'>): readonly boolean[] {
  if (place === 'template') {
    const result = parsePolicy(createSource(text), 't');
    return [result.ok && result.value.slots.length > 0, officialTemplateRefusal(text) === undefined];
  }
  const policies = place === 'condition' ? when(text) : text;
  const result = parsePolicies(createSource(policies));
  return [result.ok && result.value.templates.length === 0, officialRefusal(policies) === undefined];
}

describe('every example', () => {
  it.each(grammar.examples.map((each) => [each.accepted ? 'accepts' : 'refuses', each.rule, each.text, each] as const))(
    '%s %s: %s',
    (_accepts, _rule, _text, example) => {
      expect(answers(example)).toEqual([example.accepted, example.accepted]);
    },
  );
});

/** Texts of the tokens; words are mostly fresh, so that keys are seldom used twice. */
const TOKENS: Readonly<Record<string, readonly string[]>> = {
  WORD: ['a', 'if', '__cedar', 'permit', 'A9_'],
  IDENT: ['a', 'permit', 'principal', 'contains', '_', 'ip', 'truex', 'not'],
  INTEGER: ['0', '1', '007', '9223372036854775807'],
  STRING: ['""', '"a"', '"\\u{61}\\n\\x7f"', '"é\u{1d54f}\n*"', '"if"'],
  PATTERN: ['""', '"*"', '"a\\**\\u{2a}"'],
};

/** A random text of a rule. Deep inside, the shortest alternatives are taken. */
function derive(random: Random, name: string): string {
  let fresh = 0;
  const token = (kind: string): string => {
    const text = random.pick(TOKENS[kind] ?? ['']);
    fresh++;
    if (kind === 'WORD') return `w${fresh}${text}`;
    if (kind === 'IDENT') return random.below(2) === 0 ? text : `${text}${fresh}`;
    return text;
  };
  const visit = (term: Term, fuel: number): string => {
    switch (term.kind) {
      case 'text':
        return term.text;
      case 'rule': {
        // Its type must end in `Action`, which the rule cannot say.
        if (term.name === 'ActionRef') return `${random.pick(['', 'N::', 'A :: B::'])}Action::${token('STRING')}`;
        if (term.name === 'Entry') return `k${fresh} : ${visit({ kind: 'rule', name: 'Expr' }, fuel - 1)}`;
        const rule = grammar.rules.get(term.name);
        return rule === undefined ? token(term.name) : visit(rule, fuel - 1);
      }
      case 'sequence':
        return term.terms.map((each) => visit(each, fuel)).join(' ');
      case 'choice': {
        const simple = term.terms.filter((each) => !namesIn(each).some((each) => /^(?:Expr|Exprs|Entries|.*Ref|ActionList)$/.test(each)));
        return visit(random.pick(fuel > 0 || simple.length === 0 ? term.terms : simple), fuel);
      }
      case 'repeat': {
        const most = fuel <= 0 ? term.least : Math.min(term.most ?? 3, 3);
        const count = term.least + (random.below(3) === 0 ? random.below(most - term.least + 1) : 0);
        return Array.from({ length: count }, () => visit(term.term, fuel - 1)).join(' ');
      }
    }
  };
  return visit({ kind: 'rule', name }, 40);
}

describe('random texts of the grammar', () => {
  const runs = Number(process.env.DEODAR_FUZZ_RUNS ?? 2000);
  const seed = Number(process.env.DEODAR_FUZZ_SEED ?? 20251121);

  it(`are accepted here and by the official engine (${runs} texts, seed ${seed})`, () => {
    const random = new Random(seed);
    const refused: unknown[] = [];
    let bytes = 0;
    for (let run = 0; run < runs && refused.length < 10; run++) {
      const text = derive(random, 'Policy');
      bytes += text.length;
      const answer = answers({ place: /\?(?:principal|resource)/.test(text) ? 'template' : 'policies', text });
      if (!answer.every(Boolean)) refused.push({ text, answer });
    }
    console.log(`${runs} texts of the grammar with seed ${seed}, ${bytes} characters`);
    expect(refused).toEqual([]);
    expect(bytes).toBeGreaterThan(runs * 60);
  });
});
