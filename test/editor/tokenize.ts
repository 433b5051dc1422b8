import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { IGrammar } from 'vscode-textmate';

// The engine of the editor itself, over the grammars of grammar/editor.

const require = createRequire(import.meta.url);
const oniguruma: typeof import('vscode-oniguruma') = require('vscode-oniguruma');
const textmate: typeof import('vscode-textmate') = require('vscode-textmate');

export const EDITOR = resolve(import.meta.dirname, '../../grammar/editor');

export async function loadGrammar(name: 'cedar' | 'cedarschema'): Promise<IGrammar> {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve(oniguruma),
    loadGrammar: async () => {
      const path = join(EDITOR, `${name}.tmLanguage.json`);
      return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
  });
  const grammar = await registry.loadGrammar(`source.${name}`);
  if (grammar === null) throw new Error(`no grammar source.${name}`);
  return grammar;
}

/** A piece of a text, with the scopes that the grammar gives it, the innermost last. */
export interface Piece {
  readonly text: string;
  /** Where it begins, in UTF-16 code units of the whole text. */
  readonly start: number;
  readonly scopes: readonly string[];
}

export function tokenize(grammar: IGrammar, text: string): Piece[] {
  const pieces: Piece[] = [];
  let stack = textmate.INITIAL;
  let offset = 0;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    for (const { startIndex, endIndex, scopes } of tokens) {
      pieces.push({ text: line.slice(startIndex, endIndex), start: offset + startIndex, scopes });
    }
    stack = ruleStack;
    offset += line.length + 1;
  }
  return pieces;
}

/** The pieces that are more than space, each with its innermost scope, without the name of the language. */
export function scopesOf(grammar: IGrammar, text: string): string[] {
  return tokenize(grammar, text)
    .filter((piece) => piece.text.trim() !== '')
    .map(({ text: piece, scopes }) => `${piece.trim()} ${scopes.at(-1)?.replace(/\.cedar(?:schema)?$/, '') ?? ''}`);
}
