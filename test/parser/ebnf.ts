/** What the right side of a rule in `grammar/policy.ebnf` is made of. */
export type Term =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence'; readonly terms: readonly Term[] }
  | { readonly kind: 'choice'; readonly terms: readonly Term[] }
  | { readonly kind: 'repeat'; readonly term: Term; readonly most: 1 | undefined };

export interface Example {
  /** The rules that it stands under. */
  readonly rules: string;
  readonly accepted: boolean;
  readonly place: 'policies' | 'template' | 'when';
  readonly text: string;
}

export interface Grammar {
  /** Rules of the syntax by name, in the order of the file. */
  readonly rules: ReadonlyMap<string, Term>;
  /** Names of the rules for tokens, whose right sides are for people. */
  readonly tokens: readonly string[];
  readonly examples: readonly Example[];
}

const EXAMPLE = /^\(\* (accept|reject)(?: (template|when))?:(?: (.*))? \*\)$/;

/** Reads a grammar in EBNF with its examples. */
export function readGrammar(text: string): Grammar {
  const rules = new Map<string, Term>();
  const tokens: string[] = [];
  const examples: Example[] = [];
  let group: string[] = [];
  let areTokens = false;
  let body = '';
  for (const line of text.split('\n')) {
    const start = /^(\w+) = (.*)$/.exec(line);
    const example = EXAMPLE.exec(line);
    if (line.startsWith('(* Tokens')) areTokens = true;
    if (line === '') group = [];
    if (example !== null) {
      const place = example[2] === 'template' || example[2] === 'when' ? example[2] : 'policies';
      examples.push({
        rules: group.join(),
        accepted: example[1] === 'accept',
        place,
        text: characters(example[3] ?? ''),
      });
    } else if (start !== null) {
      group.push(start[1] ?? '');
      body = start[2] ?? '';
      if (areTokens) tokens.push(start[1] ?? '');
    } else if (/^ +\|/.test(line)) body += line;
    else continue;
    const name = group.at(-1);
    if (name !== undefined && example === null && !areTokens && body.endsWith(';')) rules.set(name, readTerm(body));
  }
  return { rules, tokens, examples };
}

function characters(text: string): string {
  return text.replaceAll(/<U\+([0-9A-F]{4,6})>/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

function readTerm(body: string): Term {
  const symbols = body.match(/"[^"]+"|\w+|[()[\]{}|]/g) ?? [];
  let at = 0;
  const choice = (): Term => {
    const terms = [sequence()];
    while (symbols[at] === '|') {
      at++;
      terms.push(sequence());
    }
    return { kind: 'choice', terms };
  };
  const sequence = (): Term => {
    const terms: Term[] = [];
    while (symbols[at] !== undefined && !/^[|)\]}]$/.test(symbols[at] ?? '')) terms.push(factor());
    return { kind: 'sequence', terms };
  };
  const factor = (): Term => {
    const symbol = symbols[at++] ?? '';
    if (symbol.startsWith('"')) return { kind: 'text', text: symbol.slice(1, -1) };
    if (!/^[([{]$/.test(symbol)) return { kind: 'rule', name: symbol };
    const term = choice();
    at++;
    return symbol === '(' ? term : { kind: 'repeat', term, most: symbol === '[' ? 1 : undefined };
  };
  return choice();
}
