/** What the right side of a rule in `grammar/policy.ebnf` is made of. */
export type Term =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence'; readonly terms: readonly Term[] }
  | { readonly kind: 'choice'; readonly terms: readonly Term[] }
  | { readonly kind: 'repeat'; readonly term: Term; readonly least: 0 | 1; readonly most: 1 | undefined };

export interface Example {
  readonly rule: string;
  readonly accepted: boolean;
  readonly place: 'policies' | 'template' | 'condition';
  readonly text: string;
}

export interface Grammar {
  /** Rules of the syntax by name, in the order of the file. */
  readonly rules: ReadonlyMap<string, Term>;
  /** Names of the rules for tokens, whose right sides are for people. */
  readonly tokens: readonly string[];
  readonly examples: readonly Example[];
}

/** Reads a grammar in the EBNF of the XML specification with its examples. */
export function readGrammar(text: string): Grammar {
  const rules = new Map<string, Term>();
  const tokens: string[] = [];
  const examples: Example[] = [];
  let rule = '';
  let body = '';
  const finish = (): void => {
    if (rule !== '' && body !== '' && !isToken(rule)) rules.set(rule, readTerm(body));
    body = '';
  };
  for (const line of text.replaceAll(/\/\*(?! (?:accepts|refuses) )[^]*?\*\//g, '').split('\n')) {
    const start = /^(\w+)\s*::= (.*)$/.exec(line);
    const example = /^\/\* (accepts|refuses) (policies|template|condition) (.*) \*\/$/.exec(line);
    if (example !== null) {
      const place = example[2] === 'policies' || example[2] === 'template' ? example[2] : 'condition';
      examples.push({ rule, accepted: example[1] === 'accepts', place, text: characters(example[3] ?? '') });
    } else if (start !== null) {
      finish();
      rule = start[1] ?? '';
      body = start[2] ?? '';
      if (isToken(rule)) tokens.push(rule);
    } else body += ` ${line}`;
  }
  finish();
  return { rules, tokens, examples };
}

function isToken(rule: string): boolean {
  return rule === rule.toUpperCase();
}

function characters(text: string): string {
  return text.replaceAll(/<U\+([0-9A-F]{4,6})>/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

function readTerm(body: string): Term {
  const symbols = body.match(/'[^']+'|\w+|[()|*+?]/g) ?? [];
  let at = 0;
  const choice = (): Term => {
    const terms = [sequence()];
    while (symbols[at] === '|') {
      at++;
      terms.push(sequence());
    }
    return terms.length === 1 && terms[0] !== undefined ? terms[0] : { kind: 'choice', terms };
  };
  const sequence = (): Term => {
    const terms: Term[] = [];
    for (let symbol = symbols[at]; symbol !== undefined && symbol !== '|' && symbol !== ')'; symbol = symbols[at]) terms.push(factor());
    return { kind: 'sequence', terms };
  };
  const factor = (): Term => {
    const symbol = symbols[at++] ?? '';
    let term: Term;
    if (symbol === '(') {
      term = choice();
      at++;
    } else if (symbol.startsWith("'")) term = { kind: 'text', text: symbol.slice(1, -1) };
    else term = { kind: 'rule', name: symbol };
    const mark = symbols[at];
    if (mark !== '*' && mark !== '+' && mark !== '?') return term;
    at++;
    return { kind: 'repeat', term, least: mark === '+' ? 1 : 0, most: mark === '?' ? 1 : undefined };
  };
  return choice();
}
