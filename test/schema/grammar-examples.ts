/** An example of a grammar file: a whole text that the language accepts or rejects. */
export interface GrammarExample {
  readonly verdict: string;
  readonly text: string;
}

/** The examples in the comments of a grammar, line feeds put in. */
export function grammarExamples(grammar: string): readonly GrammarExample[] {
  return [...grammar.matchAll(/\(\* (accept|reject):(?: (.*?))? \*\)/g)].map(([, verdict = '', text = '']) => ({
    verdict,
    text: text.replaceAll('\u2424', '\n'),
  }));
}
