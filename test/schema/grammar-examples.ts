import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Grammar, readGrammar } from '../parser/ebnf.js';

/** The grammar of schemas with its examples, which are whole schemas. */
export const SCHEMA_GRAMMAR: Grammar = readGrammar(
  readFileSync(resolve(import.meta.dirname, '../../grammar/schema.ebnf'), 'utf8'),
);
