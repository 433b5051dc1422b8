import { parseArgs } from 'node:util';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { type OptionsConfig, type OptionValues, UsageError } from './command.js';

export interface Arguments {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
}

/** Reads the arguments of a command. Throws a `UsageError` for an option that does not exist or is not used as it must. */
export function parseArguments(args: readonly string[], options: OptionsConfig): Arguments {
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string | boolean | string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined) throw new UsageError(unknownOption(rawName, options));
    if (option.type === 'boolean') {
      if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
      values.set(name, true);
      continue;
    }
    if (value === undefined) throw new UsageError(`${rawName} needs a value`);
    // What looks like an option behind an option without its value most likely is one.
    if (token.inlineValue === false && value.length > 1 && value.startsWith('-'))
      throw new UsageError(`${rawName} needs a value; if ${value} is meant to be it, write ${inlined(rawName, value)}`);
    const known = values.get(name);
    if (option.multiple === true) values.set(name, [...(Array.isArray(known) ? known : []), value]);
    else if (known === undefined) values.set(name, value);
    else throw new UsageError(`${rawName} is given twice, and takes one value`);
  }
  return { values: Object.fromEntries(values), positionals };
}

function inlined(rawName: string, value: string): string {
  return rawName.startsWith('--') ? `${rawName}=${value}` : `${rawName}${value}`;
}

function unknownOption(rawName: string, options: OptionsConfig): string {
  const near = rawName.startsWith('--') ? didYouMean(rawName.slice(2), Object.keys(options)) : undefined;
  return `there is no option ${rawName}${near === undefined ? '' : `; did you mean --${near}?`}`;
}
