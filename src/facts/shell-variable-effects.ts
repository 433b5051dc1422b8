import { credentialFileVariable, metadataVariables } from './programs-effects-table.js';

/** Programs that show what is in a file. */
const readers = new Set('cat bat head tail less more strings base64 xxd od nl tac cp tee'.split(' '));
/** What only names a variable, or prints its value. */
const printing = new Set(['echo', 'printf', 'print', 'printenv']);

/** Adds what a variable that nobody set gives to a command: where credentials are told, or a file that holds them. */
export function noteVariableEffect(effects: Set<string>, command: string, variable: string): void {
  if (metadataVariables.has(variable)) {
    if (!printing.has(command)) effects.add('read-instance-data');
  } else if (readers.has(command) && credentialFileVariable.test(variable)) effects.add('reveal-secret');
}
