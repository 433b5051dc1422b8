import type { Arguments } from './programs-options.js';
import type { Program } from './programs-program.js';
import type { Io, Machine } from './shell-machine.js';
import { type Field, type Output, unknownOutput } from './shell-values.js';

/** One run of a known program, with its words told apart. */
export interface Call {
  readonly machine: Machine;
  /** Name of the program in facts. */
  readonly name: string;
  /** The program with its subcommands, such as `git push`. */
  readonly command: string;
  readonly program: Program;
  /** All words, the program first. */
  readonly fields: readonly Field[];
  readonly args: Arguments;
  readonly io: Io;
}

/**
 * Reads what a table row cannot say. Undefined leaves the operands to the row; `filtered` says that they are done and the
 * output is that of an ordinary filter.
 */
export type Handler = (call: Call) => Output | 'filtered' | undefined;

/** Whether one of these flags was given, by the name that facts use. */
export function hasFlag(call: Call, ...names: readonly string[]): boolean {
  return call.args.flags.some((flag) => names.includes(flag.name));
}

/** The first value given to one of these flags. */
export function flagValue(call: Call, ...names: readonly string[]): Field | undefined {
  return call.args.flags.find((flag) => names.includes(flag.name) && flag.value !== undefined)?.value;
}

/** Output that carries on what came in: a decoder stays a decoder further down the pipe. */
export function passedOn(call: Call, text: string | undefined): Output {
  const from = call.io.stdin ?? unknownOutput;
  return { text, decoded: from.decoded, fetched: from.fetched, assumed: from.assumed, paths: from.paths };
}

/** Whether the program covers everything below its paths with these flags. */
export function isRecursive(program: Program, args: Arguments): boolean {
  const { recursive } = program;
  if (recursive === undefined) return false;
  return recursive.includes('*') || args.flags.some((flag) => recursive.includes(flag.name));
}
