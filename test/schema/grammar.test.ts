import { describe, expect, it } from 'vitest';
import type { Term } from '../parser/ebnf.js';
import { Random } from '../support/random.js';
import { compareSchema, type Difference } from './compare.js';
import { SCHEMA_GRAMMAR } from './grammar-examples.js';
import { officialRefusal } from './oracle.js';

const { rules, tokens, examples } = SCHEMA_GRAMMAR;
const names = [...rules.keys(), ...tokens];

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

describe('grammar/schema.ebnf', () => {
  it('defines every rule that it uses, and uses every rule for syntax', () => {
    const used = new Set(['Schema', ...[...rules.values()].flatMap(namesIn)]);
    expect([...used].filter((name) => !names.includes(name))).toEqual([]);
    expect([...rules.keys()].filter((name) => !used.has(name))).toEqual([]);
    expect(rules.size).toBeGreaterThan(15);
  });

  it('has examples of what is accepted and of what is rejected under every rule', () => {
    const groups = new Map<string, Set<boolean>>();
    for (const { rules: group, accepted } of examples)
      groups.set(group, (groups.get(group) ?? new Set()).add(accepted));
    expect([...groups.keys()].flatMap((group) => group.split(','))).toEqual(names);
    expect([...groups].filter(([, kinds]) => kinds.size < 2)).toEqual([]);
  });
});

describe('every example', () => {
  it.each(examples.map((each) => [each.rules, each.accepted ? 'accepts' : 'rejects', each.text, each] as const))(
    '%s %s %s',
    (_rules, _accepts, _text, { text, accepted }) => {
      expect(compareSchema(text).differences).toEqual([]);
      expect(officialRefusal(text) === undefined).toBe(accepted);
    },
  );
});

/** What references may mean: the rules cannot say that names are declared. */
const PRELUDE =
  'namespace Known { entity Kind, Group; type Text = String; type Session = { mfa: Bool }; action all, "go on"; } entity Loose; ';
const TYPES = [
  'Long',
  'Bool',
  'String',
  'ipaddr',
  '__cedar::Long',
  'Known::Kind',
  'Known :: Text',
  'Loose',
  'Known::Session',
];
const ENTITY_TYPES = ['Known::Kind', 'Known :: Group', 'Loose'];
const KEYWORDS = ['entity', 'tags', 'Set', 'type', 'enum', 'in_', 'appliesTo', 'principal', 'permit', '_', 'A9'];
const STRINGS = ['""', '"a"', '"\\u{61}\\n\\x7f"', '"é\u{1d54f}\n*"', '"if"'];

/** Derives random texts of rules. */
class Derivation {
  private readonly random: Random;
  /** Repetitions that the text may still hold. */
  private left: number;
  private fresh = 0;

  constructor(random: Random) {
    this.random = random;
    this.left = 3 + random.below(12);
  }

  textOf(name: string, within = ''): string {
    // Names are unique and references mean something: the rules cannot say either.
    if (name === 'Path') return this.path(within);
    if (name === 'ActionName') return this.random.pick(['Known::Action::"all"', 'Known :: Action :: "go on"']);
    if (name === 'AppliesTo') return this.appliesTo();
    if (name === 'EntityTypes' && within === 'Entry')
      return this.random.pick([this.path(''), `[${this.path('')} , ${this.path('')}]`]);
    const rule = rules.get(name);
    return rule === undefined ? this.token(name, within) : this.textOfTerm(rule, name);
  }

  private path(within: string): string {
    if (within === 'Namespace') return `${this.random.pick(['N', 'Known', 'Known::N'])}${this.fresh++}`;
    if (within === 'Entry') return 'Known::Session';
    return this.random.pick(within === 'Type' ? TYPES : ENTITY_TYPES);
  }

  private appliesTo(): string {
    const types = (): string => this.textOf('EntityTypes', 'Entry');
    const entries = [`principal : ${types()}`, `resource : ${types()}`];
    if (this.random.below(2) === 0)
      entries.push(`context : ${this.random.pick([this.path('Entry'), this.textOf('Record')])}`);
    if (this.random.below(2) === 0) entries.reverse();
    return `${entries.join(' , ')}${this.random.pick(['', ','])}`;
  }

  private textOfTerm(term: Term, within: string): string {
    switch (term.kind) {
      case 'text':
        return term.text;
      case 'rule':
        return this.textOf(term.name, within);
      case 'sequence':
        return term.terms.map((each) => this.textOfTerm(each, within)).join(' ');
      case 'choice': {
        const short = term.terms.filter((each) => !namesIn(each).some((name) => name === 'Type' || name === 'Record'));
        return this.textOfTerm(this.random.pick(this.left > 0 || short.length === 0 ? term.terms : short), within);
      }
      case 'repeat': {
        const more = this.left-- > 0 ? this.random.below(within === 'Schema' ? 5 : 3) : 0;
        const count = Math.min(more, term.most ?? 4);
        return Array.from({ length: count }, () => this.textOfTerm(term.term, within)).join(' ');
      }
    }
  }

  private token(kind: string, within: string): string {
    if (kind === 'String' && within === 'Name') return `"${this.fresh++}${this.random.pick(STRINGS).slice(1)}`;
    if (kind === 'String') return this.random.pick(STRINGS);
    return `${kind === 'Word' ? 'if' : this.random.pick(KEYWORDS)}${this.fresh++}`;
  }
}

describe('random texts of the grammar', () => {
  const runs = Number(process.env.DEODAR_FUZZ_RUNS ?? 200);
  const seed = Number(process.env.DEODAR_FUZZ_SEED ?? 20251123);

  it(`are accepted and converted here as by the official engine (${runs} texts, seed ${seed})`, () => {
    const random = new Random(seed);
    const differences: Difference[] = [];
    const refused: string[] = [];
    let bytes = 0;
    for (let run = 0; run < runs && differences.length < 10; run++) {
      const text = `${PRELUDE}${new Derivation(random).textOf('Schema')}`;
      bytes += text.length - PRELUDE.length;
      const result = compareSchema(text);
      differences.push(...result.differences);
      if (!result.accepted) refused.push(text);
    }
    console.log(`${runs} texts of the grammar with seed ${seed}, ${bytes} characters`);
    expect(differences).toEqual([]);
    expect(refused).toEqual([]);
    expect(bytes).toBeGreaterThan(runs * 60);
  }, 3_600_000);
});
